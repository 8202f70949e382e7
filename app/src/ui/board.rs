//! The board of one group, to write on or to look at. One document for phones and large screens: `style/board.css` turns the nested
//! list into a tree drawn sideways. Knows cards; what a card means to the lead's wall is not its business.

use leptos::ev;
use shared::docs::workshop::Kind;
use shared::{CardId, GroupId};

use self::anchor::keep_still;
use self::arrivals::Arrivals;
use self::piece::{flag, text, when, word};
pub use self::sheets::Sheet;
use self::state::BoardState;
use self::writing::Converting;
use super::live::follow;
use super::sideways;
use crate::element::anew;
use crate::i18n::tr;
use crate::reactive::*;
use crate::store::{BoardStore, Session};

mod about;
mod actions;
mod age;
mod anchor;
mod arrivals;
mod bar;
mod call;
mod card;
mod coach;
mod command;
mod commands;
mod comments;
mod concern;
mod dots;
mod draft;
mod drag;
mod find;
mod focus;
mod hands;
pub mod help;
mod history;
pub mod keep;
pub mod kept;
mod keys;
mod lanes;
mod lines;
mod links;
mod marks;
mod menu;
mod notepad;
mod nudge;
pub mod one_two_four;
pub mod paper;
pub mod partings;
mod path;
mod picker;
mod piece;
mod premises;
mod presence;
mod reactions;
mod reading;
pub mod roles;
mod room;
mod screen;
mod sheet_field;
mod sheets;
mod spot;
mod state;
mod step_call;
mod themes;
mod tree;
pub mod turns;
mod weave;
pub mod write_for;
mod writing;
mod zoom;

/// What somebody may do at a board.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Everything.
    Write,
    /// Look, and leave a word: a guest in a gallery walk.
    Visit,
    /// Look.
    Read,
}

/// The board of a group.
pub fn board(session: Session, group: GroupId, access: Access) -> AnyView {
    let groups = session.groups();
    let loaded = Memo::new(move |_| {
        groups.track();
        session.board(group).is_some_and(|board| board.loaded().get())
    });
    let loading = tr(|t| t.everywhere.loading);
    anew(Box::new(move || match loaded.get().then(|| session.board(group)).flatten() {
        Some(board) => here(session, board, access),
        None => view! { <p class="board-loading" role="status">{loading}</p> }.into_any(),
    }))
}

fn here(session: Session, board: BoardStore, access: Access) -> AnyView {
    let state = BoardState::begin(session, board, access);
    state.concern.watch(state);
    if access == Access::Write {
        kept::come_back(state);
    }
    let arrivals = Arrivals::begin(state);
    keep_still(state, arrivals);
    focus::watch(state);
    let keys = window_event_listener(ev::keydown, move |event| keys::on_board(state, &event));
    on_cleanup(move || keys.remove());
    zoom::begin(state);
    spot::begin(state, access);
    paper::begin(state, session);
    let drag = drag::Drag::begin(state);
    follow(move || {
        if !state.writes.get() {
            state.stop_when_ended();
        }
    });
    let workshop = session.workshop();
    let goal = text(move || workshop.with(|w| w.as_ref().map(|w| w.goal.clone()).unwrap_or_default()));
    view! {
        <section
            class="board"
            class:reads=move || !state.writes.get()
            class:drags=drag.is_on()
            data-step=step_call::name(state)
            aria-label=word(|t| t.board.board)
            on:compositionstart=move |_| state.set_converting(Converting::Now)
            on:compositionend=move |_| state.set_converting(Converting::No)
        >
            <header class="board-top">
                {when(flag(move || !goal.with(String::is_empty)), move || goal_line(goal))}
                {presence::who_is_here(state)}
                {hands::hands(state)}
            </header>
            {room::strip(state)}
            {call::banner(state)}
            {path::path(state)}
            {find::strip(state)}
            {step_call::call(state)}
            {step_call::turns(state, session)}
            {one_two_four::strip(state, access)}
            {themes::call(state, session)}
            {dots::room_way(state, session)}
            {dots::way(state, session)}
            {premises::strip(state, screen::Layout::Sideways)}
            <div class="board-stage">
                <div id=screen::SCROLLER class="board-scroll">
                    {tree::tree(state)}
                    {first_step(state)}
                    {themes::way(state)}
                </div>
                {sideways::minimap()}
                {drag.layer()}
            </div>
            {bar::bar(state, arrivals)}
            {sheets::sheets(state, session)}
        </section>
    }
    .into_any()
}

/// What to do on an empty board, in the voice of a kind facilitator.
fn first_step(state: BoardState) -> AnyView {
    let theme = state.board.card(CardId::THEME);
    let children = state.board.children(CardId::THEME);
    let empty = flag(move || children.with(Vec::is_empty) && state.writing.with(Option::is_none));
    let text = text(move || {
        let t = &state.t().board;
        match (state.writes.get(), theme.with(|theme| theme.text.is_empty())) {
            (true, false) if state.step.get() == Some(Kind::Theme) => state.t().step.theme_ready,
            (true, true) => t.teach_theme,
            (true, false) => t.teach_why,
            (false, _) => t.nothing_yet,
        }
        .to_owned()
    });
    when(empty, move || view! { <p class="teach">{text}</p> }.into_any())
}

fn goal_line(goal: Signal<String>) -> AnyView {
    view! { <p class="board-goal"><span class="label">{word(|t| t.board.goal)}</span> " " {goal}</p> }.into_any()
}
