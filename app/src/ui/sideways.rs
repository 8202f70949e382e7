//! The tree of a board drawn sideways, on tablets and laptops. The page has the same nested list as on a phone; here its items get
//! their places (`crate::layout`), move there smoothly, and what one looks at stays where it is on the screen. Knows elements, their
//! sizes and scrolling; what cards mean, and when somebody may write, is the board's business.

use std::cell::Cell;

use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DomRect, Element, MutationObserver, MutationObserverInit, ResizeObserver};

pub use self::aim::{Aim, Part};
pub use self::minimap::minimap;
use self::stage::{Stage, with};
pub use self::stage::{length_of, pixels};
pub use self::view::View;
use super::live::follow;
use crate::platform::dom;
use crate::reactive::*;

mod aim;
mod items;
mod minimap;
mod moves;
mod pan;
mod stage;
mod view;

/// The id of the list of all cards.
pub const TREE: &str = "board-tree";
/// The element that scrolls; on a phone the page itself scrolls.
pub const SCROLLER: &str = "board-scroll";

/// Screens on which the tree is drawn sideways: the same as in `style/sideways.css` and `style/board.css`.
const WIDE: &str = "(min-width: 900px), (min-width: 700px) and (min-height: 600px)";

/// Whether the tree is drawn sideways now.
pub fn is_on() -> bool {
    dom::media(WIDE)
}

/// Of whom the board asks which card is to stand still: the ids of elements, the first that is there and in sight counts. What
/// is in an open field stands still in any case.
pub type Still = Box<dyn Fn() -> Vec<String>>;

/// Begins to give the items of the tree their places, and goes on until the board goes.
pub fn begin(zoom: RwSignal<u16>, still: Still) {
    let number = with(|stage| stage.begin(still)).unwrap_or_default();
    // Never inside a notice of sizes: what is placed there has new sizes itself, and the browser complains of a loop.
    let changed = Closure::<dyn Fn()>::new(settle_soon);
    let watcher = MutationObserver::new(changed.as_ref().unchecked_ref()).ok();
    let sizes = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok();
    with(|stage| stage.sizes.clone_from(&sizes));
    // The window becomes smaller when something opens above it: seen to before the next picture, when all have their sizes.
    let room = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok();
    let watched = (watcher.clone(), room.clone());
    Effect::new(move |_| {
        watch(watched.0.as_ref());
        if let (Some(room), Some(scroller)) = (&watched.1, dom::by_id::<Element>(SCROLLER)) {
            room.observe(&scroller);
        }
    });
    follow(move || {
        draw_at(f64::from(zoom.get()) / 100.0);
    });
    let scrolled = window_event_listener_untyped("scroll", |_| {
        with(Stage::scrolled);
    });
    let turned = window_event_listener_untyped("resize", |_| settle_soon());
    pan::begin();
    let kept = StoredValue::new(SendWrapper::new((watcher, [sizes, room], changed)));
    on_cleanup(move || {
        scrolled.remove();
        turned.remove();
        kept.try_with_value(|kept| {
            if let Some(watcher) = &kept.0 {
                watcher.disconnect();
            }
            kept.1.iter().flatten().for_each(ResizeObserver::disconnect);
        });
        with(|stage| stage.end(number));
    });
}

/// Tells when cards come and go.
fn watch(watcher: Option<&MutationObserver>) {
    if let (Some(watcher), Some(tree)) = (watcher, dom::by_id::<Element>(TREE)) {
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        // A list that is gone again changes no more.
        let _ = watcher.observe_with_options(&tree, &options);
    }
}

thread_local! {
    static WAITS: Cell<bool> = const { Cell::new(false) };
}

/// Before the next picture is painted, once.
fn settle_soon() {
    with(|stage| stage.changed = true);
    if !WAITS.replace(true) {
        request_animation_frame(|| {
            WAITS.set(false);
            settle();
        });
    }
}

/// Draws everything so large from now on.
pub fn draw_at(scale: f64) {
    with(|stage| stage.scale = scale);
    settle();
}

/// Gives everything its place now.
pub fn settle() {
    with(Stage::settle);
}

/// The size at which an item with its branch, or the whole tree, can be seen at once; none where nothing is drawn sideways.
pub fn whole(of: Option<&str>) -> Option<f64> {
    settle();
    with(|stage| stage.whole(of)).flatten()
}

/// Brings an item with its branch, or the whole tree, into the middle.
pub fn centre(of: Option<&str>) {
    settle();
    with(|stage| stage.centre(of));
}

/// Scrolls as little as brings an element into sight. False where nothing is drawn sideways, or it is no part of the tree.
pub fn show(element: &Element) -> bool {
    settle();
    with(|stage| stage.show(element)).unwrap_or(false)
}

/// Which part of the tree is in the window.
pub fn view() -> View {
    with(|stage| stage.view).unwrap_or_default()
}

/// Looks at that part again, where the tree is drawn sideways.
pub fn look(view: View) {
    settle();
    with(|stage| stage.look(view));
}

/// Scrolls by so many windows.
pub fn pan(right: f64, down: f64) {
    with(|stage| {
        let (width, height) = stage.window();
        let view = stage.view.moved(-right * width, -down * height);
        stage.look(view);
    });
}

/// What of the tree is meant by a pointer at this place of the screen.
pub fn aim(x: f64, y: f64) -> Option<Aim> {
    with(|stage| stage.aim(x, y)).flatten()
}

/// At the next change this item stands still, whatever else would.
pub fn hold(id: String) {
    with(|stage| stage.held = Some(id));
}

/// For a pointer that drags something: what is hidden behind the edge that it is near comes into sight, a step for each picture.
pub fn pull(x: f64, y: f64) {
    with(|stage| stage.pull(x, y));
}

/// Where an item will be on the screen when it has stopped moving.
pub fn rect(id: &str) -> Option<DomRect> {
    let area = with(|stage| stage.on_screen(id)).flatten()?;
    DomRect::new_with_x_and_y_and_width_and_height(area.x, area.y, area.width, area.height).ok()
}
