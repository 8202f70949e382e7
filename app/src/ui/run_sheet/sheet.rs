//! What lies over the lead's screens for a moment: a native dialog, closed with Escape, a tap beside it, or its buttons. It gives
//! the focus back to what opened it.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement, KeyboardEvent};

use crate::edit::is_converting;
use crate::element::{Place, when_there};
use crate::platform::dom;
use crate::reactive::*;
use crate::ui::live::{switch, word};

/// The id of a sheet's title.
pub const TITLE: &str = "sheet-title";
const SHEET: &str = "lead-sheet";

/// What closes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Beside {
    /// A tap beside it too.
    Closes,
    /// Not a tap beside it: there are words in it.
    Stays,
}

/// The sheet that is open: `open` is 0 when none is, and else tells one from another.
pub fn sheet(open: RwSignal<u32>, beside: Beside, content: impl Fn(u32) -> AnyView + Send + Sync + 'static) -> AnyView {
    let shown = move || match open.get() {
        0 => ().into_any(),
        which => dialog(open, beside, content(which)),
    };
    switch(move || open.get(), shown)
}

fn dialog(open: RwSignal<u32>, beside: Beside, content: AnyView) -> AnyView {
    let place = Place::default();
    when_there(place, |dialog: HtmlDialogElement| {
        // A dialog that is gone again needs no showing.
        let _ = dialog.show_modal();
    });
    let gone: Box<dyn FnMut(Event)> = Box::new(move |_| {
        open.try_set(0);
    });
    let key: Box<dyn FnMut(KeyboardEvent)> = Box::new(|event| {
        // The Escape that gives up a conversion belongs to it, and closes nothing.
        if event.key() == "Escape" && is_converting(&event) {
            event.prevent_default();
        }
    });
    let click: Box<dyn FnMut(web_sys::MouseEvent)> = Box::new(move |event| {
        let on_itself = event.target().is_some_and(|at| at.has_type::<HtmlDialogElement>());
        if on_itself && beside == Beside::Closes {
            close();
        }
    });
    view! {
        <dialog
            node_ref=place
            id=SHEET
            class="sheet lead-sheet"
            aria-labelledby=TITLE
            on:close=gone
            on:keydown=key
            on:click=click
        >
            {content}
        </dialog>
    }
    .into_any()
}

/// Closes the sheet that is open.
pub fn close() {
    if let Some(sheet) = dom::by_id::<HtmlDialogElement>(SHEET) {
        sheet.close();
    }
}

/// The button that only closes.
pub fn close_button() -> AnyView {
    crate::ui::live::button("button wide", word(|t| t.everywhere.close), close)
}
