//! Calling who conducts to one's table, and what became of it: on every phone of the group, in every step. Who conducts sees the same
//! line at the board, with the answers. It stands at the lower end, where nothing that somebody reads moves because of it.

use shared::GroupId;
use shared::access::By;
use shared::docs::board::{BoardOp, Given, Heard, Help};

use super::piece::{Button, anew, flag, text, when, word};
use super::state::{BoardState, Offer};
use super::{Access, focus, presence, screen};
use crate::i18n::{fill, reject};
use crate::reactive::*;
use crate::store::Session;
use crate::ui::step::stage::back_to_step;

impl BoardState {
    /// Calls who conducts to one's own table.
    pub fn call_help(self) {
        self.about_help(BoardOp::CallHelp { given: Given::Yes });
    }

    fn about_help(self, op: BoardOp) {
        if let Err(why) = self.table.act_on(op) {
            self.say(reject(self.texts(), why), Offer::Nothing);
        }
        // What was pressed goes away.
        request_animation_frame(move || focus::find(self));
        back_to_step();
    }

    /// Whether one belongs to a group here; tracked.
    pub fn is_of_group(self) -> bool {
        matches!(self.me.get(), Some(By::Person(_)))
    }
}

/// The call that is open at one's table.
fn open(state: BoardState) -> Memo<Option<Help>> {
    let changed = state.table.changed();
    Memo::new(move |_| {
        changed.track();
        state.table.read(|board| board.help).flatten()
    })
}

/// How a call stands; nothing as long as there is none.
pub fn strip(state: BoardState) -> AnyView {
    let help = open(state);
    let key = Memo::new(move |_| help.get().map(|help| (help.id, help.comes)));
    let strip = anew(move || {
        key.get()?;
        untrack(|| state.me.get().zip(help.get())).map(|(me, help)| untrack(|| stands(state, me, help)))
    });
    view! { <div role="status">{strip}</div> }.into_any()
}

fn stands(state: BoardState, me: By, help: Help) -> AnyView {
    let groups = matches!(me, By::Person(_));
    let said = text(move || {
        let t = &state.t().talk;
        match help.comes.and_then(|by| presence::name_of(state, by)) {
            Some(name) => fill(t.help_comes, &[("name", &name)]),
            None if groups => t.help_called.to_owned(),
            None => t.help_waits.to_owned(),
        }
    });
    let act = move |op: BoardOp| move || state.about_help(op.clone());
    let answer = move |heard| act(BoardOp::AnswerHelp { call: help.id, heard });
    let ways = if groups {
        let label = word(if help.comes.is_some() { |t| t.talk.help_enough } else { |t| t.talk.help_back });
        Button::new("button quiet", label).on(act(BoardOp::CallHelp { given: Given::No }))
    } else {
        let go = help
            .comes
            .is_none()
            .then(|| Button::new("button primary", word(|t| t.talk.help_go)).on(answer(Heard::OnMyWay)));
        view! { {go} {Button::new("button", word(|t| t.talk.help_done)).on(answer(Heard::Done))} }.into_any()
    };
    view! {
        <div class="help-strip" class:comes=help.comes.is_some()>
            <p>{said}</p>
            <div class="help-ways">{ways}</div>
        </div>
    }
    .into_any()
}

/// The button that calls, as long as nobody of the group has.
pub fn way(state: BoardState) -> AnyView {
    let help = open(state);
    let button = move || {
        Button::new("button wide help-way", word(|t| t.talk.help_call)).on(move || {
            screen::close_dialog();
            state.call_help();
        })
    };
    when(flag(move || state.is_of_group() && help.with(Option::is_none)), button)
}

/// Both, on a screen without a board.
pub fn beside(session: Session, group: GroupId) -> AnyView {
    let groups = session.groups();
    let loaded = Memo::new(move |_| {
        groups.track();
        session.board(group).is_some_and(|board| board.loaded().get())
    });
    anew(move || {
        let board = loaded.get().then(|| session.board(group)).flatten()?;
        Some(untrack(|| {
            let state = BoardState::begin(session, board, Access::Write);
            view! { <div class="step-beside">{way(state)} {strip(state)}</div> }.into_any()
        }))
    })
}
