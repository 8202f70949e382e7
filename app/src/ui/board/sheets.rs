//! What lies over the board for a moment: a native dialog, closed with Escape, a tap beside it or its button.

use leptos::ev;
use shared::CardId;
use wasm_bindgen::JsCast;

use super::picker::Picking;
use super::piece::{Button, anew, word};
use super::state::BoardState;
use super::{
    about, actions, comments, dots, find, keep, lanes, links, menu, one_two_four, paper, picker, premises, reading,
    roles, screen, themes, write_for,
};
use crate::edit::is_converting;
use crate::element::{Place, when_there};
use crate::reactive::*;
use crate::store::Session;

/// Which sheet is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sheet {
    /// What can be done with a card.
    Card(CardId),
    /// What is said about it beside its words.
    About(CardId),
    /// Where it stands, and what it is linked with.
    Place(CardId),
    /// Taking another card from the outline for it.
    Pick(Picking, CardId),
    /// Everything that one can do, with its keys.
    Menu,
    /// Cards by words and marks.
    Find,
    /// First-level lanes.
    Lanes,
    /// Proposed themes, and the vote over them.
    Themes,
    /// What the group knows already.
    Premises,
    /// Printing and saving.
    Paper,
    /// Reading back from a card; from the theme, which branch.
    Read(CardId),
    /// What was said to a card.
    Notes(CardId),
    /// Writing for somebody who has no phone.
    WriteFor,
    /// Going on with another device.
    GoOn,
    /// Who has which role.
    Roles,
    /// The link to keep.
    Keep,
    /// The card that the group brings before everybody.
    ForAll,
    /// The vote with dots.
    Dots,
    /// The one of the whole room.
    RoomDots,
}

impl Sheet {
    const fn is_about_a_card(self) -> bool {
        matches!(
            self,
            Self::Card(_) | Self::About(_) | Self::Place(_) | Self::Pick(..) | Self::Read(_) | Self::Notes(_)
        )
    }
}

/// The sheet that is open, if any.
pub fn sheets(state: BoardState, session: Session) -> AnyView {
    anew(move || {
        state.sheet.get().map(|sheet| match sheet {
            Sheet::Card(card) => modal(state, sheet, actions::actions(state, card)),
            Sheet::About(card) => modal(state, sheet, about::about(state, card)),
            Sheet::Place(card) => modal(state, sheet, links::links(state, card)),
            Sheet::Pick(picking, card) => modal(state, sheet, picker::picker(state, picking, card)),
            Sheet::Menu => modal(state, sheet, menu::menu(state)),
            Sheet::Find => modal(state, sheet, find::find(state)),
            Sheet::Lanes => modal(state, sheet, lanes::lanes(state)),
            Sheet::Themes => modal(state, sheet, themes::themes(state, session)),
            Sheet::Premises => modal(state, sheet, premises::premises(state)),
            Sheet::Paper => modal(state, sheet, paper::ways(state)),
            Sheet::Read(card) => modal(state, sheet, reading::sheet(state, card)),
            Sheet::Notes(card) => modal(state, sheet, comments::comments(state, card)),
            Sheet::WriteFor => modal(state, sheet, write_for::sheet(state, session)),
            Sheet::GoOn => modal(state, sheet, write_for::go_on(state, session)),
            Sheet::Dots => modal(state, sheet, dots::sheet(state, session)),
            Sheet::RoomDots => modal(state, sheet, dots::room_sheet(session)),
            Sheet::Roles => modal(state, sheet, roles::sheet(state, session)),
            Sheet::Keep => modal(state, sheet, keep::sheet(session)),
            Sheet::ForAll => modal(state, sheet, one_two_four::sheet(state)),
        })
    })
}

fn modal(state: BoardState, sheet: Sheet, content: AnyView) -> AnyView {
    let dialog = Place::default();
    when_there(dialog, |dialog: web_sys::HtmlDialogElement| {
        // A dialog that is gone again needs no showing.
        let _ = dialog.show_modal();
    });
    let closed = move |_| {
        if state.sheet.try_get_untracked().flatten() == Some(sheet) {
            state.sheet.set(None);
            // What is about no card gives the focus back to where it was.
            if sheet.is_about_a_card() && state.writing.get_untracked().is_none() {
                state.choose(state.chosen_now());
            }
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="sheet board-sheet"
            aria-labelledby="board-sheet-title"
            on:close=closed
            on:keydown=|event: ev::KeyboardEvent| {
                // The Escape that gives up a conversion belongs to it, and closes nothing.
                if event.key() == "Escape" && is_converting(&event) {
                    event.prevent_default();
                }
            }
            on:click=|event| {
                let beside = event.target().is_some_and(|target| target.has_type::<web_sys::HtmlDialogElement>());
                if beside {
                    screen::close_dialog();
                }
            }
        >
            <div class="sheet-body">
                {content}
                {Button::new("button wide", word(|t| t.everywhere.close)).on(screen::close_dialog)}
            </div>
        </dialog>
    }
    .into_any()
}
