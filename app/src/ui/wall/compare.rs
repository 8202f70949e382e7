//! Two groups side by side, to read: their trees as lists, which grow as the groups write. On a phone one stands below the other.

use shared::docs::board::{Board, Mark, StarFor};
use shared::{CardId, GroupId};
use web_sys::{KeyboardEvent, MouseEvent};

use super::large::{BACK, is_taken};
use super::{View, words};
use crate::i18n::{self, use_speech};
use crate::reactive::*;
use crate::store::BoardStore;
use crate::ui::live::{Key, button, flag, group_name, list, rows, text, when, with_number, word};
use crate::ui::lobby::group_of;
use crate::ui::run_sheet::sheet;

/// Which other group.
pub fn choose(view: View, group: GroupId, groups: Signal<Vec<u32>>) -> AnyView {
    let others = Memo::new(move |_| {
        groups.with(|groups| groups.iter().copied().filter(|other| group_of(*other) != group).collect::<Vec<_>>())
    });
    let row = move |key| {
        let other = group_of(key);
        button("button", group_name(other), move || {
            sheet::close();
            view.opened.open_both(group, other);
        })
    };
    view! {
        <div class="sheet-body">
            <h2 id=sheet::TITLE>{group_name(group)} " " {word(|t| t.wall.compare)}</h2>
            <p>{word(|t| t.wall.compare_with)}</p>
            <div class="compare-ways">{rows(others.into(), row)}</div>
            {sheet::close_button()}
        </div>
    }
    .into_any()
}

/// Both, over the wall.
pub fn compare(view: View, one: GroupId, other: GroupId) -> AnyView {
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !is_taken(&event) {
            view.opened.close();
        }
    };
    let back: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| view.opened.close());
    view! {
        <section class="compare" aria-label=word(|t| t.wall.compare) on:keydown=escape>
            <div class="large-bar no-print">
                <button type="button" class="button" id=BACK on:click=back>
                    <span aria-hidden="true">"←"</span>
                    {word(|t| t.wall.back)}
                </button>
                <h1 class="large-name">{group_name(one)} " ・ " {group_name(other)}</h1>
            </div>
            <div class="compare-both">{half(view, one)} {half(view, other)}</div>
        </section>
    }
    .into_any()
}

fn half(view: View, group: GroupId) -> AnyView {
    let groups = view.session.groups();
    let here = flag(move || groups.with(|groups| groups.contains(&group)));
    let body = move || view.session.board(group).map(|board| tree(view, board)).into_any();
    view! {
        <section class="compare-half" aria-label=group_name(group)>
            <h2>{group_name(group)}</h2>
            {when(here, body)}
        </section>
    }
    .into_any()
}

fn tree(view: View, board: BoardStore) -> AnyView {
    let speech = use_speech();
    let changed = board.changed();
    let none = word(|t| t.wall.no_theme);
    let theme = board.card(CardId::THEME);
    let theme = text(move || match theme.with(|theme| theme.text.trim().to_owned()) {
        theme if theme.is_empty() => none.get(),
        theme => theme,
    });
    let signs = board.signs();
    let size = text(move || signs.with(|signs| words::size(speech.get(), signs)));
    let needs = view.watch.of(board.group());
    let need = text(move || {
        let first = needs.with(|needs| needs.first().copied());
        first.map(|need| words::need(speech.get(), need)).unwrap_or_default()
    });
    // What stands where; the words of each card follow by themselves.
    let outline = Memo::new(move |_| {
        changed.track();
        let read = |board: &Board| board.outline().into_iter().filter(|(id, _)| *id != CardId::THEME).collect();
        board.read(read).unwrap_or_default()
    });
    let keys = Box::new(move || {
        outline.with(|outline: &Vec<(CardId, usize)>| outline.iter().map(|(id, _)| Key::Card(*id)).collect())
    });
    let row = Box::new(move |key| match key {
        Key::Card(card) => one(board, card, outline),
        Key::Number(_) => ().into_any(),
    });
    view! {
        <p class="compare-theme">{theme}</p>
        <p class="hint">{size}</p>
        <p class="need">{need}</p>
        <ol class="compare-tree">{list(keys, row)}</ol>
    }
    .into_any()
}

fn one(board: BoardStore, id: CardId, outline: Memo<Vec<(CardId, usize)>>) -> AnyView {
    let speech = use_speech();
    let level = Memo::new(move |_| {
        outline.with(|outline| outline.iter().find(|(card, _)| *card == id).map_or(1, |(_, level)| *level))
    });
    let card = board.card(id);
    let (marked, starred) = (card.clone(), card.clone());
    let words = text(move || card.with(|card| card.text.clone()));
    let why = text(move || with_number(i18n::texts(speech.get()).board.level, level.get() as u64));
    let signs = text(move || {
        let t = i18n::texts(speech.get());
        let mark = marked.with(|card| card.mark);
        mark.map_or("", |mark| match mark {
            Mark::Fact => t.board.fact,
            Mark::Guess => t.board.guess,
            Mark::ToCheck => t.board.to_check,
        })
        .to_owned()
    });
    let star = text(move || {
        let stars = starred.with(|card| card.star.is_for(StarFor::RootCause));
        if stars { "★" } else { "" }.to_owned()
    });
    // Deep trees are not pushed out of a narrow column.
    let indent = text(move || level.get().min(8).to_string());
    view! {
        <li data-level=indent>
            <span class="compare-level">{why}</span>
            " "
            <span>{words}</span>
            " "
            <span class="compare-signs">
                <span class="stars">{star}</span>
                " "
                {signs}
            </span>
        </li>
    }
    .into_any()
}
