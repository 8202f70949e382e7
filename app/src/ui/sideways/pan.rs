//! Moving the window over the tree with a mouse that holds the ground. Fingers scroll, as everywhere; keys and the map do too.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent};

use super::super::live::hear_first;
use super::stage::with;
use super::{SCROLLER, is_on};
use crate::platform::dom;

/// What moves less was a press.
const SLACK: f64 = 4.0;

/// A mouse that is down on the ground.
#[derive(Clone, Copy)]
struct Grip {
    pointer: i32,
    at: (f64, f64),
    moves: bool,
}

/// Begins to listen, until the board goes.
pub fn begin() {
    let grip = Cell::new(None);
    let names = &["pointerdown", "pointermove", "pointerup", "pointercancel"];
    hear_first(names, Box::new(move |event| hear(&grip, &event)));
}

fn hear(grip: &Cell<Option<Grip>>, event: &Event) {
    let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
    let now = match (event.type_().as_str(), grip.get()) {
        ("pointerdown", None) => press(event),
        ("pointermove", Some(held)) if held.pointer != event.pointer_id() => return,
        ("pointermove", Some(held)) if event.buttons() == 1 => Some(moved(held, event)),
        (_, Some(_)) => None,
        (_, None) => return,
    };
    if now.is_none() {
        show(None);
    }
    grip.set(now);
}

/// The ground is what is neither a card nor its window's bars.
fn press(event: &PointerEvent) -> Option<Grip> {
    let window = dom::by_id::<Element>(SCROLLER)?;
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let ground = target == window || target.id() == super::TREE;
    let from = window.get_bounding_client_rect();
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    let in_bars = at.0 - from.left() >= f64::from(window.client_width())
        || at.1 - from.top() >= f64::from(window.client_height());
    let mouse = event.pointer_type() == "mouse" && event.button() == 0;
    (ground && mouse && !in_bars && is_on()).then(|| Grip { pointer: event.pointer_id(), at, moves: false })
}

fn moved(held: Grip, event: &PointerEvent) -> Grip {
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    let by = (at.0 - held.at.0, at.1 - held.at.1);
    if !held.moves && by.0.hypot(by.1) < SLACK {
        return held;
    }
    if !held.moves {
        show(Some(held.pointer));
    }
    with(|stage| {
        let view = stage.view.moved(by.0, by.1).kept(stage.extent(), stage.window());
        stage.look(view);
    });
    Grip { at, moves: true, ..held }
}

/// Shows that the ground is held: the pointer stays the window's until it lets go.
fn show(held: Option<i32>) {
    let Some(window) = dom::by_id::<Element>(SCROLLER) else { return };
    // A window that is gone, and a pointer that is, show nothing.
    let _ = window.class_list().toggle_with_force("pans", held.is_some());
    if let Some(pointer) = held {
        let _ = window.set_pointer_capture(pointer);
    }
}
