//! How things move to their new places: they are there at once, and what is drawn of them follows. Every move is an animation of
//! its own that is added to those under way, so that a change in the middle of a move makes no jump, and moves that cancel out
//! (a card that is kept still, in a branch that moves) stay cancelled out in every picture.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use crate::platform::dom;

const MILLISECONDS: f64 = 200.0;
/// More moves than this at once show nobody anything.
const MOST: usize = 240;

/// A move: of what, in which property, from which difference. All are linear in theirs, so that they add up.
pub struct Move(pub Element, pub &'static str, pub String, pub &'static str);

impl Move {
    /// From so far beside its place.
    pub fn by(element: &Element, x: f64, y: f64) -> Self {
        Self(element.clone(), "translate", super::stage::pixels(x, y), "0px 0px")
    }

    /// From a lower edge that is so much higher.
    pub fn edge(element: &Element, up: i32) -> Self {
        let mut from = up.to_string();
        from.push_str("px");
        Self(element.clone(), "bottom", from, "0px")
    }
}

/// Shows the moves, unless somebody wants none.
pub fn show(moves: Vec<Move>) {
    if moves.is_empty() || moves.len() > MOST || dom::media("(prefers-reduced-motion: reduce)") {
        return;
    }
    let options = object(&[
        ("duration", JsValue::from_f64(MILLISECONDS)),
        ("easing", JsValue::from_str("ease-out")),
        ("composite", JsValue::from_str("add")),
    ]);
    for Move(element, property, from, to) in moves {
        let frames =
            Array::of2(&object(&[(property, JsValue::from_str(&from))]), &object(&[(property, JsValue::from_str(to))]));
        let animate = Reflect::get(&element, &JsValue::from_str("animate")).ok();
        if let Some(animate) = animate.and_then(|animate| animate.dyn_into::<Function>().ok()) {
            // What cannot be animated is at its place all the same.
            let _ = animate.call2(&element, &frames, &options);
        }
    }
}

fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // A plain object takes every property.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}
