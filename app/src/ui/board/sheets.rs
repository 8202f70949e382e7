//! What lies over the board for a moment: a native dialog, closed with Escape, a tap beside it or its button.

use shared::CardId;
use wasm_bindgen::JsCast;

use super::piece::{Button, anew, word};
use super::state::BoardState;
use super::{actions, keys, picker, screen};
use crate::element::{Place, when_there};
use crate::reactive::*;

/// Which sheet is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sheet {
    /// What can be done with a card.
    Card(CardId),
    /// Where a card moves to.
    Move(CardId),
    /// The keys.
    Keys,
}

/// The sheet that is open, if any.
pub fn sheets(state: BoardState) -> AnyView {
    anew(move || {
        state.sheet.get().map(|sheet| match sheet {
            Sheet::Card(card) => modal(state, sheet, actions::actions(state, card)),
            Sheet::Move(card) => modal(state, sheet, picker::picker(state, card)),
            Sheet::Keys => modal(state, sheet, keys::help()),
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
            if sheet != Sheet::Keys && state.writing.get_untracked().is_none() {
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
