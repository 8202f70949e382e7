//! A walk along a chain: which link is read now, and how one goes on. Whatever others do to the chain meanwhile, the walk stays
//! at its link; while a field is open, nothing around it changes.

use leptos::ev::KeyboardEvent;
use shared::CardId;
use shared::docs::board::{Answer, BoardOp};

use super::super::piece::{Button, flag, text, when, word};
use super::super::state::BoardState;
use super::super::{Sheet, call, screen, sheet_field};
use super::chain::{Link, chain, place_of};
use super::standing::{Standing, answer_of, is_outdated};
use super::{end, link};
use crate::edit::is_converting;
use crate::i18n::{fill, reject};
use crate::reactive::*;

/// The link that is read, to be found again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Spot {
    /// The `at`th link, which was this one.
    At(usize, Link),
    /// Behind the last.
    End,
}

/// An open field for what is missing in a link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    /// Distinguishes it from the one before.
    pub n: u32,
    /// Which link it was when the field was opened, and the how manieth.
    pub at: (usize, Link),
}

/// What one has said oneself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mine {
    /// Nothing.
    Nothing,
    /// This.
    Said(Answer),
    /// Something, of other words.
    Outdated,
}

/// One person's walk along a chain. Copied freely.
#[derive(Clone, Copy)]
pub struct Walk {
    /// The board.
    pub state: BoardState,
    /// Where it began.
    pub from: CardId,
    /// The chain.
    pub links: Memo<Vec<Link>>,
    /// The link that is read, and the how manieth it is; none at the end.
    pub now: Memo<Option<(usize, Link)>>,
    /// How it stands.
    pub standing: Memo<Standing>,
    /// What one has said of it oneself.
    pub mine: Memo<Mine>,
    /// The open field.
    pub gap: RwSignal<Option<Gap>>,
    /// What went wrong.
    pub trouble: RwSignal<String>,
    spot: RwSignal<Option<Spot>>,
}

impl Walk {
    fn begin(state: BoardState, from: CardId) -> Self {
        let changed = state.board.changed();
        let links = Memo::new(move |_| {
            changed.track();
            state.board.read(|board| chain(board, from)).unwrap_or_default()
        });
        let first = links.with_untracked(|links| links.first().copied()).map(|link| Spot::At(0, link));
        let (spot, gap) = (RwSignal::new(first), RwSignal::new(None::<Gap>));
        let now = Memo::new(move |_| match (gap.get(), spot.get()) {
            (Some(gap), _) => Some(gap.at),
            (None, Some(Spot::At(at, link))) => links.with(|links| {
                let at = place_of(links, at, link)?;
                Some((at, *links.get(at)?))
            }),
            (None, Some(Spot::End) | None) => None,
        });
        let follow = move || {
            let (_, link) = now.get()?;
            state.board.card(link.cause).track();
            state.board.card(link.effect).track();
            Some(link)
        };
        let standing = Memo::new(move |_| {
            let link = follow();
            link.and_then(|link| state.board.read(|board| Standing::of(board, link))).unwrap_or_default()
        });
        let mine = Memo::new(move |_| {
            let (link, me) = (follow(), state.me.get());
            let said = link.zip(me).and_then(|(link, me)| {
                state.board.read(|board| match answer_of(board, link, me) {
                    Some(answer) => Mine::Said(answer),
                    None if is_outdated(board, link, me) => Mine::Outdated,
                    None => Mine::Nothing,
                })
            });
            said.unwrap_or(Mine::Nothing)
        });
        Self { state, from, links, now, standing, mine, gap, trouble: RwSignal::default(), spot }
    }

    /// Goes to a link of the chain; behind the last is the end.
    pub fn go(self, at: usize) {
        if self.gap.get_untracked().is_none() {
            let link = self.links.with_untracked(|links| links.get(at).copied());
            self.trouble.set(String::new());
            self.spot.set(Some(link.map_or(Spot::End, |link| Spot::At(at, link))));
        }
    }

    fn next(self) {
        match self.now.get_untracked() {
            Some((at, _)) => self.go(at + 1),
            None => self.state.sheet.set(Some(Sheet::Read(CardId::THEME))),
        }
    }

    fn back(self) {
        let at = self.now.get_untracked().map_or_else(|| self.links.with_untracked(Vec::len), |(at, _)| at);
        if let Some(before) = at.checked_sub(1) {
            self.go(before);
        }
    }

    /// Says whether the link holds; the same once more takes it back.
    pub fn answer(self, answer: Answer) {
        let Some((_, link)) = self.now.get_untracked().filter(|_| self.state.may_write()) else { return };
        let answer = (self.mine.get_untracked() != Mine::Said(answer)).then_some(answer);
        let op = BoardOp::ReadLink { card: link.cause, under: link.effect, answer };
        let refused = self.state.board.act_on(op).err();
        self.trouble.set(refused.map(|why| reject(self.state.texts(), why)).unwrap_or_default());
    }

    /// The link in words, for who hears it.
    fn told(self) -> String {
        let Some((at, link)) = self.now.get() else { return self.state.t().reading.done.to_owned() };
        // Told when one goes on, not with every letter that others write.
        let quoted = |card| untrack(|| self.state.board.card(card).with(|card| card.text.clone()));
        let t = &self.state.t().reading;
        let place = self.place(at);
        let told = fill(t.told, &[("cause", &quoted(link.cause)), ("effect", &quoted(link.effect))]);
        [place, told].join(": ")
    }

    fn place(self, at: usize) -> String {
        let n = self.links.with(Vec::len).max(at + 1);
        fill(self.state.t().reading.place, &[("at", &(at + 1).to_string()), ("n", &n.to_string())])
    }
}

/// The sheet's content.
pub fn walk(state: BoardState, from: CardId) -> AnyView {
    let walk = Walk::begin(state, from);
    let reads = flag(move || walk.now.get().is_some());
    let keys: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| on_key(walk, &event));
    view! {
        <div class="reading" on:keydown=keys>
            {head(walk, reads)}
            {when(reads, move || link::link(walk))}
            {when(flag(move || !reads.get()), move || end::end(walk))}
            {feet(walk, reads)}
            {sheet_field::keeper()}
        </div>
    }
    .into_any()
}

fn head(walk: Walk, reads: Signal<bool>) -> AnyView {
    let state = walk.state;
    let place = text(move || walk.now.get().map(|(at, _)| walk.place(at)).unwrap_or_default());
    let short = text(move || {
        let count = walk.links.with(Vec::len);
        walk.now
            .get()
            .map(|(at, _)| [(at + 1).to_string(), count.max(at + 1).to_string()].join(" / "))
            .unwrap_or_default()
    });
    let told = text(move || walk.told());
    let progress = move || {
        view! {
            <p class="reading-place tabular">
                <span aria-hidden="true">{short}</span>
                <span class="visually-hidden">{place}</span>
            </p>
        }
        .into_any()
    };
    view! {
        <header class="reading-head">
            <h2 id="board-sheet-title">{word(|t| t.reading.title)}</h2>
            {when(reads, progress)}
            {when(state.writes.into(), move || call::invite(state, walk.from))}
            <p class="visually-hidden" role="status">{told}</p>
        </header>
    }
    .into_any()
}

/// Back and on; always at the same place, so that one can press on.
fn feet(walk: Walk, reads: Signal<bool>) -> AnyView {
    let first = flag(move || walk.now.get().is_some_and(|(at, _)| at == 0) || walk.links.with(Vec::is_empty));
    let on = text(move || {
        let t = &walk.state.t().reading;
        let last = walk.now.get().is_some_and(|(at, _)| at + 1 >= walk.links.with(Vec::len));
        let on = if last { t.finish } else { t.next };
        if reads.get() { on } else { t.another }.to_owned()
    });
    let back = Button::new("button", word(|t| t.reading.back)).with_shape("←".into()).disabled(first);
    view! {
        <div class="reading-feet" hidden=flag(move || walk.gap.get().is_some())>
            {back.on(move || walk.back())}
            {Button::new("button primary reading-next", on).on(move || walk.next())}
        </div>
    }
    .into_any()
}

fn on_key(walk: Walk, event: &KeyboardEvent) {
    let in_field = event.target().is_some_and(|target| screen::takes_keys(&target));
    let held = event.ctrl_key() || event.meta_key() || event.alt_key();
    if is_converting(event) || in_field || held {
        return;
    }
    match event.key().as_str() {
        "ArrowRight" if walk.now.get_untracked().is_some() => walk.next(),
        "ArrowLeft" => walk.back(),
        "1" => walk.answer(Answer::Holds),
        "2" => walk.answer(Answer::Jumps),
        "3" => walk.answer(Answer::Check),
        _ => return,
    }
    event.prevent_default();
}
