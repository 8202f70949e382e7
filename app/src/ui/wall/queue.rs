//! Who has called for help, whoever waits longest first, with one tap to go there, and the two answers. It is there as long as
//! somebody calls.

use shared::GroupId;
use shared::docs::board::{BoardOp, Heard, Help};

use super::large::tile_id;
use super::watch::waited;
use super::{View, charge};
use crate::i18n::{self, use_speech};
use crate::platform::dom;
use crate::reactive::*;
use crate::ui::board::Access;
use crate::ui::live::{button, flag, group_name, rows, text, when, with_number, word};
use crate::ui::lobby::group_of;

/// The queue.
pub fn queue(view: View, access: Access) -> AnyView {
    let calls = view.watch.calls;
    let groups = Memo::new(move |_| calls.with(|calls| calls.iter().map(|(group, _)| u32::from(group.0)).collect()));
    let groups: Signal<Vec<u32>> = groups.into();
    let list = move || {
        view! {
            <section class="help-queue" aria-label=word(|t| t.wall.calls)>
                <ol>{rows(groups, move |key| row(view, group_of(key), access))}</ol>
            </section>
        }
        .into_any()
    };
    when(flag(move || groups.with(|groups| !groups.is_empty())), list)
}

fn row_id(group: GroupId) -> String {
    let mut id = "call-".to_owned();
    id.push_str(&group.to_string());
    id
}

fn row(view: View, group: GroupId, access: Access) -> AnyView {
    let speech = use_speech();
    let calls = view.watch.calls;
    let help = Memo::new(move |_| -> Option<Help> {
        calls.with(|calls| calls.iter().find(|(of, _)| *of == group).map(|(_, help)| *help))
    });
    let comes = flag(move || help.with(|help| help.is_some_and(|help| help.comes.is_some())));
    let said = text(move || {
        let t = &i18n::texts(speech.get()).wall;
        match help.get().map(|help| (waited(&help, view.now()), help.comes)) {
            None => String::new(),
            Some((_, Some(_))) => t.call_comes.to_owned(),
            Some((0, None)) => t.call_now.to_owned(),
            Some((minutes, None)) => with_number(t.call_waits, minutes),
        }
    });
    let open = move |_| view.opened.open(group);
    let answer = move |heard| {
        let (Some(help), Some(board)) = (help.get_untracked(), view.session.board(group)) else { return };
        // It fits always; a call that is over already needs no answer.
        let _ = board.act_on(BoardOp::AnswerHelp { call: help.id, heard });
        // What was pressed goes away, and with the last answer its row.
        request_animation_frame(move || {
            if dom::focus_is_lost() && !dom::focus(&row_id(group)) {
                dom::focus(&tile_id(group));
            }
        });
    };
    let go = move || button("button", word(|t| t.talk.help_go), move || answer(Heard::OnMyWay));
    let ways = (access == Access::Write).then(|| {
        view! {
            {when(flag(move || !comes.get()), go)}
            {button("button", word(|t| t.talk.help_done), move || answer(Heard::Done))}
        }
        .into_any()
    });
    view! {
        <li class:comes=comes>
            <button type="button" class="button quiet call-open" id=row_id(group) on:click=open>
                <strong>{group_name(group)}</strong>
                {charge::mark(view, group)}
                " "
                <span class="tabular">{said}</span>
                <span class="visually-hidden">{word(|t| t.wall.opens)}</span>
            </button>
            {ways}
        </li>
    }
    .into_any()
}
