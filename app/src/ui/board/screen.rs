//! Where cards are on the screen, and how to bring one there. Knows element ids and scrolling, nothing of what cards mean.

use shared::CardId;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::super::sideways;
use crate::edit::utf16;
use crate::platform::dom;
use crate::reactive::*;

pub use super::super::sideways::SCROLLER;
pub use crate::platform::dom::focus_is_lost;
/// The open field with what belongs to it.
pub const WRITING: &str = "board-writing";
/// The bar at the lower end.
pub const BAR: &str = "board-bar";

/// From where the focus is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum From {
    /// From wherever it is.
    Anywhere,
    /// Whoever presses the buttons of the bar presses on there.
    AllButBar,
}

/// How the tree is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// Nested, downwards: phones.
    Nested,
    /// Sideways, with connectors.
    Sideways,
}

/// The layout now.
pub fn layout() -> Layout {
    if sideways::is_on() { Layout::Sideways } else { Layout::Nested }
}

/// The id of the element of a card.
pub fn id_of(card: CardId) -> String {
    format!("card-{card}")
}

/// The card whose element has this id.
pub fn card_of(id: &str) -> Option<CardId> {
    id.strip_prefix("card-")?.parse().ok()
}

/// The tree item of a card.
pub fn item(card: CardId) -> Option<HtmlElement> {
    dom::by_id(&id_of(card))
}

/// The face of a card, without its branch.
fn face(card: CardId) -> Option<Element> {
    item(card)?.first_element_child()
}

/// Where a card is, if it is on the screen's page at all.
pub fn rect(card: CardId) -> Option<DomRect> {
    if let Some(rect) = sideways::rect(&id_of(card)) {
        return Some(rect);
    }
    face(card).map(|face| face.get_bounding_client_rect())
}

/// The part of the screen in which cards can be read: top, bottom, left, right.
pub fn window_of_cards() -> (f64, f64, f64, f64) {
    let size = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let bar = dom::by_id::<Element>(BAR).map_or(height, |bar| bar.get_bounding_client_rect().top());
    match (layout(), dom::by_id::<Element>(SCROLLER)) {
        (Layout::Sideways, Some(scroller)) => {
            let rect = scroller.get_bounding_client_rect();
            (rect.top(), rect.bottom().min(bar), rect.left(), rect.right())
        }
        _ => {
            let theme = document().query_selector(".card.theme").ok().flatten();
            let top = theme.map_or(0.0, |theme| theme.get_bounding_client_rect().bottom().max(0.0));
            (if top < height / 2.0 { top } else { 0.0 }, bar.min(height), 0.0, width)
        }
    }
}

/// The id of the first card, but the theme, that begins below this height. The list goes downwards: one need not ask all of them.
pub fn first_below(top: f64) -> Option<String> {
    let cards = document().query_selector_all(".branch > .node").ok()?;
    let card = |at: u32| cards.item(at).and_then(|card| card.dyn_into::<Element>().ok());
    let (mut from, mut to) = (0, cards.length());
    while from < to {
        let middle = from.midpoint(to);
        if card(middle).is_some_and(|card| card.get_bounding_client_rect().top() < top) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    // A new card that nobody has written a word on has no name yet.
    (from..cards.length()).take(3).filter_map(card).map(|card| card.id()).find(|id| !id.is_empty())
}

/// The first card that can be read where the page itself scrolls, and how far down it is.
pub fn first_in_sight() -> Option<(String, f64)> {
    let (top, ..) = window_of_cards();
    let id = first_below(top).filter(|_| layout() == Layout::Nested && scrolled() > 0.0)?;
    let top = dom::by_id::<Element>(&id)?.get_bounding_client_rect().top();
    Some((id, top))
}

/// Scrolls the page so that an element is so far down on the screen.
pub fn bring_to(id: &str, down: f64) {
    if let Some(element) = dom::by_id::<Element>(id).filter(|_| layout() == Layout::Nested) {
        scroll_by(element.get_bounding_client_rect().top() - down);
    }
}

/// How far down the page is scrolled.
pub fn scrolled() -> f64 {
    window().scroll_y().unwrap_or(0.0)
}

/// Scrolls the page by so much at once, without an animation.
pub fn scroll_by(down: f64) {
    window().scroll_by_with_x_and_y(0.0, down);
}

/// Scrolls as little as brings an element into sight.
pub fn show(element: &Element) {
    if sideways::show(element) {
        return;
    }
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Puts the focus on a card; nothing scrolls.
pub fn focus(card: CardId) {
    dom::focus_still(item(card));
}

/// Once a card is drawn, puts the focus on it, unless that is in the bar and may stay there; scrolls as little as shows the card.
pub fn focus_soon(card: CardId, taken: From) {
    request_animation_frame(move || {
        let stays = taken == From::AllButBar && focus_is_in_bar();
        if !stays {
            focus(card);
        }
        if let Some(face) = face(card) {
            show(&face);
        }
    });
}

fn focus_is_in_bar() -> bool {
    let active = document().active_element();
    active.is_some_and(|element| element.closest(&format!("#{BAR}")).is_ok_and(|bar| bar.is_some()))
}

/// Whether the open field holds words that could not be taken: then it stays, and gets the focus back.
pub fn holds_words() -> bool {
    let find = |inside: &str| document().query_selector(&format!("#{WRITING} {inside}")).ok().flatten();
    let field = find(".field-note.trouble").and_then(|_| find("textarea"));
    let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) else { return false };
    // A field that is gone again holds nothing.
    field.focus().is_ok()
}

/// Where the caret is in the open field, in characters.
pub fn caret() -> Option<u32> {
    let field = document().query_selector(&format!("#{WRITING} textarea")).ok().flatten()?;
    let field = field.dyn_into::<web_sys::HtmlTextAreaElement>().ok()?;
    let caret = field.selection_end().ok().flatten()?;
    Some(utf16::to_chars(&field.value(), caret))
}

/// Brings the open field into sight, with its buttons.
pub fn show_field() {
    if let Some(element) = dom::by_id::<Element>(WRITING) {
        show(&element);
    }
}

/// Whether a sheet lies over the board.
pub fn has_dialog() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|found| found.is_some())
}

/// Whether a key that is pressed on this element writes something there, or presses it.
pub fn takes_keys(target: &web_sys::EventTarget) -> bool {
    target
        .dyn_ref::<Element>()
        .is_some_and(|element| element.closest("textarea, input, select, [contenteditable]").is_ok_and(|e| e.is_some()))
}

/// Whether an event happened in something to press.
pub fn in_button(target: &web_sys::EventTarget) -> bool {
    target.dyn_ref::<Element>().is_some_and(|e| e.closest("button, a, textarea, summary").is_ok_and(|e| e.is_some()))
}

/// Whether somebody is selecting text.
pub fn selects_text() -> bool {
    window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
}

/// No text is selected any more.
pub fn unselect() {
    if let Some(selection) = window().get_selection().ok().flatten() {
        // Without a selection nothing is to be taken away.
        let _ = selection.remove_all_ranges();
    }
}

/// This card stands back with its branch, and no other one.
pub fn stand_back(card: Option<CardId>) {
    let (now, before) = (card.and_then(item), document().query_selector(".node.dragged").ok().flatten());
    // An element that is gone needs no class.
    if let Some(before) = before.filter(|before| now.as_deref() != Some(before)) {
        let _ = before.class_list().remove_1("dragged");
    }
    if let Some(now) = now {
        let _ = now.class_list().add_1("dragged");
    }
}

/// Takes the focus from whatever has it: a conversion ends, an on-screen keyboard goes.
pub fn blur() {
    if let Some(element) = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // What cannot lose the focus keeps it.
        let _ = element.blur();
    }
}

/// Closes the sheet that lies over the board; the focus goes back at once.
pub fn close_dialog() {
    let open = document().query_selector("dialog[open]").ok().flatten();
    if let Some(dialog) = open.and_then(|dialog| dialog.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
        dialog.close();
    }
}
