//! The one tree that is drawn sideways: which items it has, where they were put, which part of it is in the window. All sizes are
//! read before anything is written.

use std::cell::RefCell;

use js_sys::Map;
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlElement, ResizeObserver};

use super::items::{Item, ends, read};
use super::moves::{self, Move};
use super::view::{Area, PAD, View};
use super::{SCROLLER, Still, TREE, minimap};
use crate::layout::{self, Gaps, Node};
use crate::platform::dom;

/// Between cards; half of the first is a twig in `style/sideways.css`.
const GAPS: Gaps = Gaps { along: 48, across: 12 };

thread_local! {
    static STAGE: RefCell<Stage> = RefCell::default();
}

/// Does something with the stage. Nothing, while something is being done with it.
pub fn with<T>(act: impl FnOnce(&mut Stage) -> T) -> Option<T> {
    STAGE.with(|stage| stage.try_borrow_mut().ok().map(|mut stage| act(&mut stage)))
}

/// See the module.
#[derive(Default)]
pub struct Stage {
    number: u32,
    still: Option<Still>,
    /// What stands still at the next change before anything else: the id of its element.
    pub held: Option<String>,
    /// The items, parents first.
    pub items: Vec<Item>,
    extent: (i32, i32),
    /// What is looked at.
    pub view: View,
    /// How large it is to be drawn.
    pub scale: f64,
    /// Tells when a card becomes larger or smaller.
    pub sizes: Option<ResizeObserver>,
    /// Whether the list has changed since it was put in order: then the browser may have scrolled for a field that had no place yet.
    pub changed: bool,
    drawn: bool,
    /// How large the window was when it was last looked through, and where on the page.
    room: (f64, f64),
    corner: (f64, f64),
}

/// A length in both directions, as styles have it.
pub fn pixels(x: f64, y: f64) -> String {
    let mut out = x.to_string();
    out.push_str("px ");
    out.push_str(&y.to_string());
    out.push_str("px");
    out
}

fn set(element: &HtmlElement, property: &str, value: &str) {
    // Every element takes every style.
    let _ = element.style().set_property(property, value);
}

impl Stage {
    /// Another board is on the stage. Its number.
    pub fn begin(&mut self, still: Still) -> u32 {
        *self = Self { number: self.number.wrapping_add(1), still: Some(still), scale: 1.0, ..Self::default() };
        self.number
    }

    /// A board leaves, unless another one has come already.
    pub fn end(&mut self, number: u32) {
        if self.number == number {
            *self = Self { number, ..Self::default() };
        }
    }

    /// The element that scrolls.
    pub fn scroller() -> Option<HtmlElement> {
        dom::by_id(SCROLLER)
    }

    /// How large the window is.
    pub fn window(&self) -> (f64, f64) {
        Self::scroller()
            .map_or((0.0, 0.0), |window| (f64::from(window.client_width()), f64::from(window.client_height())))
    }

    /// How large the tree is.
    pub const fn extent(&self) -> (i32, i32) {
        self.extent
    }

    /// Somebody has scrolled.
    pub fn scrolled(&mut self) {
        if !self.drawn || self.changed {
            return;
        }
        if let Some(window) = Self::scroller() {
            let [(x, before_x), (y, before_y)] = self.view.scroll();
            let (left, top) = (f64::from(window.scroll_left()), f64::from(window.scroll_top()));
            // Browsers round what they are told.
            let far = |now: f64, wanted: f64| (now - wanted).abs() >= 1.0;
            if far(left, x) || far(top, y) {
                self.view = View { x: PAD + before_x - left, y: PAD + before_y - top, ..self.view };
            }
            minimap::frame(self.view, self.extent, self.window());
        }
    }

    /// Gives every item its place. What one looks at stays where it is in the window.
    pub fn settle(&mut self) {
        let Some(tree) = dom::by_id::<HtmlElement>(TREE).filter(|_| self.still.is_some()) else { return };
        if !super::is_on() {
            self.leave(&tree);
            return;
        }
        let mut items = read(&tree);
        let nodes: Vec<Node> = items.iter().map(|item| item.node).collect();
        let known = Map::new();
        for (n, item) in (0_u32..).zip(&self.items) {
            known.set(&item.element, &JsValue::from(n));
        }
        let before = |item: &Item| {
            let n = known.get(&item.element).as_f64()?;
            // It was put in as such.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(n as usize)
        };
        let before: Vec<Option<usize>> = items.iter().map(before).collect();
        let same = self.drawn
            && self.view.scale == self.scale
            && self.room == self.window()
            && items.len() == self.items.len()
            && (0..).zip(&before).all(|(n, before)| *before == Some(n))
            && nodes.iter().zip(&self.items).all(|(node, item)| *node == item.node);
        self.changed = false;
        if same {
            return;
        }
        for (item, spot) in items.iter_mut().zip(layout::tidy(&nodes, GAPS)) {
            item.spot = spot;
        }
        self.extent = layout::extent(&nodes, &items.iter().map(|item| item.spot).collect::<Vec<_>>());
        if let Some(sizes) = &self.sizes {
            items.iter().zip(&before).filter(|(_, before)| before.is_none()).for_each(|(item, _)| {
                if let Some(face) = item.element.first_element_child() {
                    sizes.observe(&face);
                }
            });
        }
        let moves = self.place(items, &before);
        moves::show(moves);
        minimap::draw(self.extent, &self.areas());
        minimap::frame(self.view, self.extent, self.window());
    }

    /// Writes the new places into the page. What moves.
    fn place(&mut self, mut items: Vec<Item>, before: &[Option<usize>]) -> Vec<Move> {
        let was = |n: usize| before.get(n).copied().flatten().and_then(|n| self.items.get(n));
        let mut moves = Vec::new();
        let ends = ends(&items);
        for (n, end) in ends.iter().enumerate() {
            let Some(item) = items.get(n) else { continue };
            if let (Some((first, last)), Some(branch)) = (end, &item.branch) {
                let (top, below) = (first - item.spot.y, item.node.height - (last - first));
                let old = was(n).and_then(|was| was.line);
                if old != Some((top, below)) {
                    set(branch, "translate", &pixels(0.0, f64::from(top)));
                    set(branch, "bottom", &length(below));
                }
                if let (Some((old_top, old_below)), Some(old)) = (old, was(n)) {
                    if old_top != top {
                        moves.push(Move::by(branch, 0.0, f64::from(old_top - top)));
                    }
                    let grown = (item.node.height - below) - (old.node.height - old_below);
                    if grown != 0 {
                        moves.push(Move::edge(branch, grown));
                    }
                }
                if let Some(item) = items.get_mut(n) {
                    item.line = Some((top, below));
                }
            }
        }
        for n in 1..items.len() {
            let Some(item) = items.get(n) else { continue };
            let Some(Some((line, _))) = ends.get(item.node.up) else { continue };
            let drop = item.spot.y - line;
            let old = was(n).and_then(|was| was.drop);
            if old != Some(drop) {
                set(&item.element, "translate", &pixels(0.0, f64::from(drop)));
                if let Some(old) = old {
                    moves.push(Move::by(&item.element, 0.0, f64::from(old - drop)));
                }
            }
            if let Some(item) = items.get_mut(n) {
                item.drop = Some(drop);
            }
        }
        self.look_on(items, before, &mut moves);
        moves
    }

    /// Chooses the view after a change, so that what is looked at stays.
    fn look_on(&mut self, items: Vec<Item>, before: &[Option<usize>], moves: &mut Vec<Move>) {
        // What comes or goes above the window moves it, and nothing in it.
        let corner = Self::scroller().filter(|_| self.drawn).map_or(self.corner, |window| corner(&window));
        self.view = self.view.moved(self.corner.0 - corner.0, self.corner.1 - corner.1);
        let now = View { scale: self.scale, ..self.view };
        let view = self.still(&items, before).map(|(was, is)| {
            let at = self.view.place(was);
            now.with_at(is, at.x, at.y)
        });
        let view = view.unwrap_or(now);
        let root = |items: &[Item]| items.first().map(Item::area);
        if let (Some(was), Some(is), true) =
            (root(&self.items), root(&items), self.drawn && view.scale == self.view.scale)
            && let Some(Some(_)) = before.first()
            && let Some(item) = items.first()
        {
            let (was, is) = (self.view.place(was), view.place(is));
            if was.x != is.x || was.y != is.y {
                moves.push(Move::by(&item.element, was.x - is.x, was.y - is.y));
            }
        } else {
            moves.clear();
        }
        (self.items, self.held, self.drawn) = (items, None, true);
        self.look(view);
    }

    /// What stands still: where it was in the tree, and where it is.
    fn still(&self, items: &[Item], before: &[Option<usize>]) -> Option<(Area, Area)> {
        let pair = |n: usize| Some((before.get(n).copied().flatten()?, n));
        let named = |ids: &[Item], id: &str| ids.iter().position(|item| item.element.id() == id);
        let area = |(was, is): (usize, usize)| Some((self.items.get(was)?.area(), items.get(is)?.area()));
        let mut chosen: Vec<String> = self.held.iter().cloned().collect();
        chosen.extend(self.still.as_ref().map(|still| still()).unwrap_or_default());
        // The open field; once it is closed, the card that it has made.
        if let Some(was) = self.items.iter().position(|item| item.writing) {
            let is = (0..items.len()).find(|n| before.get(*n) == Some(&Some(was)));
            let made = || chosen.first().and_then(|id| named(items, id));
            if let Some(pair) = is.or_else(made).and_then(|is| area((was, is))) {
                return Some(pair);
            }
        }
        let window = self.window();
        let in_sight = |n: &usize| self.items.get(*n).is_some_and(|item| is_in(self.view.place(item.area()), window));
        let pairs = || (0..items.len()).filter_map(pair).filter(|(was, _)| in_sight(was));
        let chosen =
            chosen.iter().find_map(|id| pairs().find(|(_, is)| items.get(*is).is_some_and(|i| i.element.id() == *id)));
        let middle = (window.0 / 2.0, window.1 / 2.0);
        let far = |(was, _): &(usize, usize)| {
            let (x, y) = self.items.get(*was).map_or((0.0, 0.0), |item| self.view.place(item.area()).middle());
            (x - middle.0).abs() + (y - middle.1).abs()
        };
        let nearest = || pairs().min_by(|a, b| far(a).total_cmp(&far(b)));
        let root = || pair(0);
        chosen.or_else(nearest).or_else(root).and_then(area)
    }

    /// Looks at this part of the tree.
    pub fn look(&mut self, view: View) {
        let (Some(window), Some(tree), Some(root)) =
            (Self::scroller(), dom::by_id::<HtmlElement>(TREE), self.items.first())
        else {
            return;
        };
        let (width, height) = self.window();
        let [(left, before), (top, above)] = view.scroll();
        let spot = root.area();
        set(&root.element, "translate", &pixels(PAD + before + spot.x * view.scale, PAD + above + spot.y * view.scale));
        set(&root.element, "scale", &view.scale.to_string());
        let size = |before: f64, extent: i32, scroll: f64, room: f64| {
            (2.0 * PAD + before + f64::from(extent) * view.scale).ceil().max(scroll + room)
        };
        set(&tree, "width", &length_of(size(before, self.extent.0, left, width)));
        set(&tree, "height", &length_of(size(above, self.extent.1, top, height)));
        window.scroll_to_with_x_and_y(left, top);
        (self.view, self.room, self.corner) = (view, (width, height), corner(&window));
        minimap::frame(view, self.extent, (width, height));
    }

    /// The tree is nested again: its items stand where they stand.
    fn leave(&mut self, tree: &HtmlElement) {
        if !self.drawn {
            return;
        }
        for item in &self.items {
            ["translate", "scale"].into_iter().for_each(|name| set(&item.element, name, ""));
            if let Some(branch) = &item.branch {
                ["translate", "bottom"].into_iter().for_each(|name| set(branch, name, ""));
            }
        }
        ["width", "height"].into_iter().for_each(|name| set(tree, name, ""));
        (self.items, self.drawn) = (Vec::new(), false);
        minimap::draw((0, 0), &[]);
    }

    fn areas(&self) -> Vec<(Area, Element)> {
        self.items.iter().filter_map(|item| Some((item.area(), item.element.first_element_child()?))).collect()
    }

    fn named(&self, id: &str) -> Option<usize> {
        self.items.iter().position(|item| item.element.id() == id)
    }

    /// An item with all that is below it.
    fn branch(&self, root: usize) -> Option<Area> {
        let mut inside = vec![root];
        for (n, item) in self.items.iter().enumerate().skip(root + 1) {
            if inside.contains(&item.node.up) {
                inside.push(n);
            }
        }
        inside.into_iter().filter_map(|n| Some(self.items.get(n)?.area())).reduce(Area::with)
    }

    fn part(&self, of: Option<&str>) -> Option<(Area, Area)> {
        let root = of.map_or(Some(0), |id| self.named(id))?;
        Some((self.branch(root)?, self.items.get(root)?.area()))
    }

    /// The size at which a part can be seen at once.
    pub fn whole(&self, of: Option<&str>) -> Option<f64> {
        let (part, _) = self.part(of).filter(|_| self.drawn)?;
        let (width, height) = self.window();
        let fits = |room: f64, size: f64| if size > 0.0 { (room - 2.0 * PAD) / size } else { 1.0 };
        Some(fits(width, part.width).min(fits(height, part.height)))
    }

    /// Brings a part into the middle.
    pub fn centre(&mut self, of: Option<&str>) {
        if let Some((part, root)) = self.part(of) {
            let view = self.view.centred(part, root, self.window());
            self.look(view);
        }
    }

    /// Brings the item of an element into sight.
    pub fn show(&mut self, element: &Element) -> bool {
        let own = element.closest(".node").ok().flatten();
        let Some(item) = own.and_then(|own| self.items.iter().find(|item| *item.element == own)) else { return false };
        let view = self.view.showing(item.area(), self.window());
        if view != self.view {
            self.look(view);
        }
        true
    }

    /// Where an item is on the screen.
    pub fn on_screen(&self, id: &str) -> Option<Area> {
        let at = self.view.place(self.items.get(self.named(id)?)?.area());
        let window = Self::scroller()?.get_bounding_client_rect();
        Some(Area { x: at.x + window.left(), y: at.y + window.top(), ..at })
    }
}

/// Where it is on the page, however far that is scrolled.
fn corner(window: &HtmlElement) -> (f64, f64) {
    let area = window.get_bounding_client_rect();
    let scrolled = |by: Result<f64, JsValue>| by.unwrap_or_default();
    let page = leptos::prelude::window();
    (area.left() + scrolled(page.scroll_x()), area.top() + scrolled(page.scroll_y()))
}

fn is_in(area: Area, (width, height): (f64, f64)) -> bool {
    let (x, y) = area.middle();
    (0.0..width).contains(&x) && (0.0..height).contains(&y)
}

fn length(pixels: i32) -> String {
    let mut out = pixels.to_string();
    out.push_str("px");
    out
}

/// A length, as styles have it.
pub fn length_of(pixels: f64) -> String {
    let mut out = pixels.to_string();
    out.push_str("px");
    out
}
