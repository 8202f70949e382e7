//! Before a vote: what there is to choose from, how many dots everybody gets, and, in the room, whether one's own group is left out.

use shared::CardId;
use shared::docs::board::Board;
use shared::docs::dots::{self, DotOption, OwnGroup, suggested};
use shared::limits::DOTS_MAX;

use super::ballot::step;
use super::{Dots, Place};
use crate::element::Element;
use crate::i18n::fill;
use crate::reactive::*;
use crate::store::{BoardStore, Session};
use crate::ui::live::{button, flag, text, when, with_number, word};

/// The cards that a group votes on.
pub fn cards(board: BoardStore) -> Vec<CardId> {
    board.read(dots::at_table).unwrap_or_default()
}

/// What the whole room votes on.
pub fn options(session: Session) -> Vec<DotOption> {
    let groups = session.groups().get_untracked();
    let of_group = |group| session.board(group)?.read(|board| dots::brought(group, board));
    dots::of_room(&groups.into_iter().filter_map(of_group).collect::<Vec<_>>())
}

/// What there is to choose from, in numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Choice {
    options: usize,
    /// From so many groups.
    groups: usize,
    /// How many of them have a star.
    stars: usize,
}

fn at_table(board: &Board) -> Choice {
    let cards = dots::at_table(board);
    let is_starred = |card: &&CardId| board.get(**card).is_some_and(|card| card.star != Default::default());
    Choice { options: cards.len(), groups: 1, stars: cards.iter().filter(is_starred).count() }
}

/// Tracked.
fn choice(dots: Dots) -> Choice {
    match dots.place {
        Place::Table(board) => {
            board.changed().track();
            board.read(at_table).unwrap_or_default()
        }
        Place::Room => {
            let groups = dots.session.groups();
            groups.with(|groups| {
                groups.iter().filter_map(|group| dots.session.board(*group)).for_each(|board| board.changed().track());
            });
            let options = options(dots.session);
            let mut of: Vec<_> = options.iter().map(|option| option.group).collect();
            of.dedup();
            Choice { options: options.len(), groups: of.len(), stars: options.len() }
        }
    }
}

/// The way to open it.
pub fn opening(dots: Dots) -> AnyView {
    let choice = Memo::new(move |_| choice(dots));
    let (changed, own) = (RwSignal::new(None::<u16>), RwSignal::new(OwnGroup::Counts));
    let each = Memo::new(move |_| changed.get().unwrap_or_else(|| suggested(choice.get().options)));
    let enough = flag(move || choice.get().options > 1);
    let few = flag(move || choice.get().options < 2);
    let ways = move || {
        view! {
            <p>{text(move || from(dots, choice.get()))}</p>
            {stepper(dots, choice, changed, each)}
            {matches!(dots.place, Place::Room).then(|| leave_out(own))}
            {button("button primary wide", word(|t| t.dots.open), move || dots.open(each.get_untracked(), own.get_untracked()))}
        }
        .into_any()
    };
    let hint = text(move || {
        let t = &dots.t().dots;
        if matches!(dots.place, Place::Room) { t.room_few } else { t.few }.to_owned()
    });
    view! {
        <div class="dots-opening">
            {when(enough, ways)}
            {when(few, move || view! { <p class="hint">{hint}</p> }.into_any())}
        </div>
    }
    .into_any()
}

/// What there is to choose from, in words.
fn from(dots: Dots, choice: Choice) -> String {
    let t = &dots.t().dots;
    let sentence = match dots.place {
        Place::Room => t.room_n,
        Place::Table(_) if choice.stars == choice.options => t.stars_n,
        Place::Table(_) => t.ends_n,
    };
    fill(sentence, &[("n", &choice.options.to_string()), ("groups", &choice.groups.to_string())])
}

/// How many dots everybody gets.
fn stepper(dots: Dots, choice: Memo<Choice>, changed: RwSignal<Option<u16>>, each: Memo<u16>) -> Element {
    let n = text(move || with_number(dots.t().dots.each_n, each.get().into()));
    let hint = text(move || with_number(dots.t().dots.suggested, suggested(choice.get().options).into()));
    let set = move |now: u16| changed.set(Some(now.clamp(1, DOTS_MAX)));
    let less = move || set(each.get_untracked().saturating_sub(1));
    let more = move || set(each.get_untracked().saturating_add(1));
    view! {
        <div class="dots-each" role="group" aria-labelledby="dots-each">
            <p id="dots-each" class="dots-each-word">{word(|t| t.dots.each)}</p>
            <div class="dot-stepper">
                {step("−", word(|t| t.dots.fewer), flag(move || each.get() <= 1), less)}
                <strong class="dot-n tabular" role="status">{n}</strong>
                {step("＋", word(|t| t.dots.more), flag(move || each.get() >= DOTS_MAX), more)}
            </div>
            <p class="hint">{hint}</p>
        </div>
    }
}

/// Whether one's own group can be chosen.
fn leave_out(own: RwSignal<OwnGroup>) -> Element {
    let left_out = flag(move || own.get() == OwnGroup::LeftOut);
    let pressed = Signal::derive(move || Some(if left_out.get() { "true" } else { "false" }));
    let shape = Signal::derive(move || if left_out.get() { "☑" } else { "☐" });
    let turn: Box<dyn FnMut(web_sys::MouseEvent)> = Box::new(move |_| {
        own.set(if left_out.get_untracked() { OwnGroup::Counts } else { OwnGroup::LeftOut });
    });
    view! {
        <button type="button" class="button toggle tick" aria-pressed=pressed on:click=turn>
            <span class="shape" aria-hidden="true">{shape}</span>
            <span class="word">{word(|t| t.dots.leave_out)}</span>
        </button>
    }
}
