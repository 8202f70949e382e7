//! The board that is shown to the room: its tree as large as it can be, its root causes beside it, and who is next. It follows every
//! change of the board, and has nothing to press.

use std::cell::RefCell;
use std::rc::Rc;

use shared::docs::board::{Board, StarFor};
use shared::docs::workshop::Spotlight;
use shared::{CardId, GroupId, SortedMap};
use web_sys::Element;

use super::picture::{Card, LETTERS, Look, draw};
use crate::i18n::{fill, use_speech};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::Session;
use crate::ui::board::paper::Ruler;
use crate::ui::live::{Key, flag, follow, group_name, list, number, text, when, word};

/// The place of the tree.
const TREE: &str = "projector-tree";

/// The cards of a board, parents first.
fn read(board: &Board, meant: Option<CardId>) -> Vec<Card> {
    let (mut all, mut above) = (Vec::new(), Vec::new());
    for (id, level) in board.outline() {
        let Some(card) = board.get(id) else { continue };
        let starred = card.star.is_for(StarFor::RootCause);
        let look = match () {
            () if meant == Some(id) => Look::Meant,
            () if starred => Look::Starred,
            () => Look::Plain,
        };
        above.truncate(level);
        let up = above.last().copied().unwrap_or(0);
        above.push(all.len());
        let words = card.text.read();
        let text = if starred { ["★ ", &words].concat() } else { words };
        all.push(Card { up, level, text, look });
    }
    all
}

fn starred(board: &Board) -> Vec<Key> {
    let is_starred = |id: &CardId| board.get(*id).is_some_and(|card| card.star.is_for(StarFor::RootCause));
    board.outline().into_iter().map(|(id, _)| id).filter(is_starred).map(Key::Card).collect()
}

/// One group's board.
pub fn shown(session: Session, group: GroupId, spot: Memo<Option<Spotlight>>) -> AnyView {
    let workshop = session.workshop();
    let next = Memo::new(move |_| workshop.with(|doc| doc.as_ref().and_then(|doc| doc.queue.next())));
    let speech = use_speech();
    let coming = text(move || {
        let group = next.get().map(|group| group.to_string()).unwrap_or_default();
        fill(crate::i18n::texts(speech.get()).projector.next, &[("n", &group)])
    });
    let coming = move || view! { <p class="projector-next">{coming}</p> }.into_any();
    let written = words(session, group, CardId::THEME);
    let none = word(|t| t.wall.no_theme);
    let theme = text(move || Some(written.get()).filter(|theme| !theme.is_empty()).unwrap_or_else(|| none.get()));
    let card = Memo::new(move |_| spot.get().filter(|spot| spot.group == group).and_then(|spot| spot.card));
    let meant = text(move || card.get().map(|card| words(session, group, card).get()).unwrap_or_default());
    let look_here = move || {
        view! {
            <section class="projector-meant">
                <h3>{word(|t| t.projector.look_here)}</h3>
                <p>{meant}</p>
            </section>
        }
        .into_any()
    };
    view! {
        <section class="projector-board">
            <header>
                <h2>
                    <span class="number">{group_name(group)}</span>
                    " "
                    <span class="theme">{theme}</span>
                </h2>
                {when(flag(move || next.get().is_some()), coming)}
            </header>
            {tree(session, group, card)}
            <aside>
                {when(flag(move || !meant.with(String::is_empty)), look_here)}
                {stars(session, group)}
            </aside>
        </section>
    }
    .into_any()
}

/// The words of a card, once the board is here.
fn words(session: Session, group: GroupId, card: CardId) -> Signal<String> {
    let groups = session.groups();
    text(move || {
        groups.track();
        let board = session.board(group);
        board.map(|board| board.card(card).with(|card| card.text.trim().to_owned())).unwrap_or_default()
    })
}

fn stars(session: Session, group: GroupId) -> AnyView {
    let groups = session.groups();
    let all = Memo::new(move |_| {
        groups.track();
        let board = session.board(group)?;
        board.changed().track();
        board.read(starred)
    });
    let row = move |key: Key| match key {
        Key::Card(card) => view! { <li>{words(session, group, card)}</li> }.into_any(),
        Key::Number(_) => ().into_any(),
    };
    let none = move || view! { <p class="hint">{word(|t| t.projector.no_stars)}</p> }.into_any();
    let is_none = flag(move || all.with(|all| all.as_ref().is_none_or(Vec::is_empty)));
    view! {
        <section class="projector-stars">
            <h3>{word(|t| t.projector.stars)}</h3>
            <ul>{list(Box::new(move || all.get().unwrap_or_default()), Box::new(row))}</ul>
            {when(is_none, none)}
        </section>
    }
    .into_any()
}

/// The tree, drawn anew at most once a picture.
fn tree(session: Session, group: GroupId, meant: Memo<Option<CardId>>) -> AnyView {
    let drawn = RwSignal::new(String::new());
    let resized = RwSignal::new(0_u32);
    let listener = window_event_listener_untyped("resize", move |_| {
        resized.try_update(|n| *n = n.wrapping_add(1));
    });
    on_cleanup(move || listener.remove());
    let (groups, waits) = (session.groups(), StoredValue::new(false));
    let letters: Rc<RefCell<SortedMap<char, f64>>> = Rc::default();
    follow(move || {
        groups.track();
        resized.track();
        meant.track();
        let Some(board) = session.board(group) else { return };
        board.changed().track();
        if waits.get_value() {
            return;
        }
        waits.set_value(true);
        let letters = letters.clone();
        request_animation_frame(move || {
            if waits.try_set_value(false).is_some() {
                return;
            }
            // What is meant by now: it may have changed since this picture was asked for.
            let meant = meant.try_get_untracked().flatten();
            let (Some(place), Some(cards)) = (dom::by_id::<Element>(TREE), board.read(|board| read(board, meant)))
            else {
                return;
            };
            let ruler = Ruler::of_page();
            let mut measure = ruler.widths(LETTERS);
            let mut measure = |c: char| {
                let known = letters.borrow().get(&c).copied();
                known.unwrap_or_else(|| {
                    let width = measure(c);
                    letters.borrow_mut().insert(c, width);
                    width
                })
            };
            drawn.try_set(draw(&cards, (place.client_width(), place.client_height()), &mut measure));
        });
    });
    let label = number(|t| t.projector.tree, group.0);
    view! { <div id=TREE class="projector-tree" role="img" aria-label=label inner_html=drawn></div> }.into_any()
}
