//! Why a group may need somebody, in words, each with what one might ask its people.

use shared::docs::board::Board;
use shared::signs::Need;
use shared::{CardId, GroupId};

use super::sheets::Which;
use super::{View, words};
use crate::i18n::{self, fill, use_speech};
use crate::reactive::*;
use crate::ui::board::Access;
use crate::ui::live::{button, group_name, text, word};
use crate::ui::run_sheet::sheet;

/// What a group may need, on a sheet.
pub fn of_group(view: View, group: GroupId) -> AnyView {
    let speech = use_speech();
    let needs = view.watch.of(group);
    let rows = move || {
        let language = speech.get();
        let row = |need: Need| {
            let ask = words::ask(language, need, &words_of(view, group, need));
            view! {
                <li>
                    <p class="why-what">{words::need(language, need)}</p>
                    <p>{ask}</p>
                </li>
            }
            .into_any()
        };
        needs.get().into_iter().map(row).collect::<Vec<_>>()
    };
    let none = text(move || {
        let t = &i18n::texts(speech.get()).wall;
        if needs.with(Vec::is_empty) { t.need_none.to_owned() } else { String::new() }
    });
    let open = move || {
        sheet::close();
        view.opened.open(group);
    };
    let ask = (view.access == Access::Write)
        .then(|| button("button wide", word(|t| t.wall.ask), move || view.open(Which::Ask, group)));
    view! {
        <div class="sheet-body">
            <h2 id=sheet::TITLE>{group_name(group)} " " {word(|t| t.wall.why)}</h2>
            <ul class="whys">{rows}</ul>
            <p>{none}</p>
            {button("button primary wide", word(|t| t.wall.open), open)}
            {ask}
            {sheet::close_button()}
        </div>
    }
    .into_any()
}

/// The words of the card that a need is about.
fn words_of(view: View, group: GroupId, need: Need) -> String {
    let Need::Repeats(card) = need else { return String::new() };
    let read = |board: &Board, card: CardId| board.get(card).map(|card| card.text.read()).unwrap_or_default();
    view.session.board(group).and_then(|board| board.read(|board| read(board, card))).unwrap_or_default()
}

/// What all groups end with, on a sheet.
pub fn ending(view: View) -> AnyView {
    let speech = use_speech();
    let ask = text(move || {
        let words = view.watch.ending.get().unwrap_or_default();
        fill(i18n::texts(speech.get()).wall.ending_ask, &[("text", &words)])
    });
    view! {
        <div class="sheet-body">
            <h2 id=sheet::TITLE>{word(|t| t.wall.ending)}</h2>
            <p>{ask}</p>
            {sheet::close_button()}
        </div>
    }
    .into_any()
}
