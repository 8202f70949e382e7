//! The items of the tree as they are in the page: read once, with their sizes, before anything is written.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::view::Area;
use crate::layout::{Node, Spot};

/// An item of the tree.
pub struct Item {
    /// It.
    pub element: HtmlElement,
    /// The list of its children.
    pub branch: Option<HtmlElement>,
    /// How large it is.
    pub node: Node,
    /// Where it is put.
    pub spot: Spot,
    /// What is written into the page: how far it is below the upper end of the line of its siblings; how far below its upper edge
    /// the line of its children begins, and by how much that line is shorter than it is high.
    pub drop: Option<i32>,
    /// See `drop`.
    pub line: Option<(i32, i32)>,
    /// Whether the open field is in it.
    pub writing: bool,
}

impl Item {
    /// Its place.
    pub fn area(&self) -> Area {
        let [x, y, width, height] = [self.spot.x, self.spot.y, self.node.width, self.node.height].map(f64::from);
        Area { x, y, width, height }
    }

    /// Half of its height: there lines reach it.
    pub const fn knee(&self) -> i32 {
        self.node.height / 2
    }
}

/// Of every item the knees of its first and its last child, between which their line goes.
pub fn ends(items: &[Item]) -> Vec<Option<(i32, i32)>> {
    let mut ends: Vec<Option<(i32, i32)>> = items.iter().map(|_| None).collect();
    for item in items.iter().skip(1) {
        let knee = item.spot.y + item.knee();
        if let Some(end) = ends.get_mut(item.node.up) {
            *end = Some((end.map_or(knee, |(first, _)| first), knee));
        }
    }
    ends
}

/// The items of the list, parents first, with their sizes.
pub fn read(tree: &HtmlElement) -> Vec<Item> {
    let mut items = Vec::new();
    take(&mut items, tree, 0);
    let mut n = 0;
    while let Some(branch) = items.get(n).map(|item: &Item| item.branch.clone()) {
        if let Some(branch) = branch {
            take(&mut items, &branch, n);
        }
        n += 1;
    }
    items
}

fn take(items: &mut Vec<Item>, list: &HtmlElement, up: usize) {
    let mut next = list.first_element_child();
    while let Some(element) = next {
        next = element.next_element_sibling();
        let face = element.first_element_child().and_then(|face| face.dyn_into::<HtmlElement>().ok());
        let (Some(face), Ok(element)) = (face, element.dyn_into::<HtmlElement>()) else { continue };
        let branch = element.last_element_child().filter(|last| last.tag_name() == "UL");
        items.push(Item {
            branch: branch.and_then(|branch| branch.dyn_into().ok()),
            node: Node { up, width: face.offset_width(), height: even(face.offset_height()) },
            spot: Spot::default(),
            drop: None,
            line: None,
            writing: face.id() == "board-writing" || face.query_selector("#board-writing").is_ok_and(|w| w.is_some()),
            element,
        });
    }
}

/// Half of an even height is a whole number: a parent and its only child are level.
const fn even(height: i32) -> i32 {
    height + (height & 1)
}
