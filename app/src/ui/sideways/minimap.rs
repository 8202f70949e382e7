//! The whole tree in small, where it does not fit into its window, with a frame around what is seen. For the eye and the pointer
//! alone: by keyboard one goes from card to card, and moves the window with Shift and the arrows.

use leptos::ev;
use web_sys::{Element, HtmlElement};

use super::stage::with;
use super::view::{Area, View};
use crate::platform::dom;
use crate::reactive::*;

const MAP: &str = "minimap";
const CARDS: &str = "minimap-cards";
const FRAME: &str = "minimap-frame";
/// The most that it takes of the screen.
const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 140.0;

/// The map; hidden where there is nothing to look for.
pub fn minimap() -> AnyView {
    let hold = |event: ev::PointerEvent| {
        event.prevent_default();
        if let Some(map) = dom::by_id::<Element>(MAP) {
            // A pointer that is gone already needs no holding.
            let _ = map.set_pointer_capture(event.pointer_id());
        }
        go(&event);
    };
    let drag = |event: ev::PointerEvent| {
        if event.buttons() == 1 {
            go(&event);
        }
    };
    view! {
        <div id=MAP class="minimap no-print" aria-hidden="true" on:pointerdown=hold on:pointermove=drag>
            <div id=CARDS></div>
            <div id=FRAME></div>
        </div>
    }
    .into_any()
}

/// Pixels of the map for a pixel of the tree.
fn part((width, height): (i32, i32)) -> f64 {
    (WIDTH / f64::from(width.max(1))).min(HEIGHT / f64::from(height.max(1)))
}

/// What is under the pointer comes into the middle of the window.
fn go(event: &ev::PointerEvent) {
    let Some(map) = dom::by_id::<Element>(CARDS).map(|map| map.get_bounding_client_rect()) else { return };
    let (x, y) = (f64::from(event.client_x()) - map.left(), f64::from(event.client_y()) - map.top());
    with(|stage| {
        let part = part(stage.extent());
        let (width, height) = stage.window();
        let point = Area { x: x / part, y: y / part, ..Area::default() };
        let view = stage.view.with_at(point, width / 2.0, height / 2.0);
        stage.look(view);
    });
}

fn number(out: &mut String, number: f64) {
    // Tenths of a pixel are enough for a picture of this size.
    out.push_str(&((number * 10.0).round() / 10.0).to_string());
    out.push(' ');
}

/// Draws the cards, those with a star apart.
pub fn draw(extent: (i32, i32), cards: &[(Area, Element)]) {
    let Some(map) = dom::by_id::<HtmlElement>(CARDS) else { return };
    let part = part(extent);
    let mut paths = [String::new(), String::new()];
    for (area, face) in cards {
        let [plain, starred] = &mut paths;
        let path = if face.class_list().contains("starred") { starred } else { plain };
        path.push('M');
        number(path, area.x * part);
        number(path, area.y * part);
        path.push('h');
        number(path, area.width * part);
        path.push('v');
        number(path, (area.height * part).max(1.5));
        path.push('h');
        number(path, -area.width * part);
        path.push('z');
    }
    let mut svg = String::from("<svg width=\"");
    number(&mut svg, f64::from(extent.0) * part);
    svg.push_str("\" height=\"");
    number(&mut svg, f64::from(extent.1) * part);
    svg.push_str("\">");
    for (class, path) in ["cards", "stars"].into_iter().zip(&paths) {
        svg.push_str("<path class=\"");
        svg.push_str(class);
        svg.push_str("\" d=\"");
        svg.push_str(path);
        svg.push_str("\"/>");
    }
    svg.push_str("</svg>");
    map.set_inner_html(&svg);
}

/// Draws the frame; without anything outside of it there is no map.
pub fn frame(view: View, extent: (i32, i32), (width, height): (f64, f64)) {
    let (Some(map), Some(frame)) = (dom::by_id::<Element>(MAP), dom::by_id::<HtmlElement>(FRAME)) else { return };
    let (w, h) = (f64::from(extent.0), f64::from(extent.1));
    let tree = view.place(Area { width: w, height: h, ..Area::default() });
    let all = tree.x >= 0.0 && tree.y >= 0.0 && tree.x + tree.width <= width && tree.y + tree.height <= height;
    // A class that cannot be set leaves the map as it is.
    let _ = map.class_list().toggle_with_force("shown", !all && extent.0 > 0);
    let part = part(extent) / view.scale;
    let (left, top) = ((-view.x * part).max(0.0), (-view.y * part).max(0.0));
    let right = ((width - view.x) * part).min(w * part * view.scale);
    let bottom = ((height - view.y) * part).min(h * part * view.scale);
    let sides = [("left", left), ("top", top), ("width", (right - left).max(0.0)), ("height", (bottom - top).max(0.0))];
    for (name, pixels) in sides {
        let mut value = pixels.round().to_string();
        value.push_str("px");
        // Every element takes every style.
        let _ = frame.style().set_property(name, &value);
    }
}
