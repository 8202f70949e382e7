//! Which item of the tree a pointer means, and what near the edge of the window it pulls into sight. What it is that is dragged, and
//! what may be done with it, is not its business.

use super::stage::Stage;
use super::view::{Area, PAD};

/// Half of the room between neighbours: what is there belongs to the nearer one.
const HALF_GAP: f64 = 6.0;
/// The room between an item and its children: what is there is about its children.
const BESIDE: f64 = 48.0;
/// The part of an item that counts as its upper edge, and as its lower one.
const EDGE: f64 = 0.3;
/// So near to the edge of the window a pointer pulls.
const NEAR: f64 = 48.0;
/// Pixels a picture for every pixel that the pointer is nearer than that.
const PULL: f64 = 0.3;

/// Which part of an item is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Its upper edge: the place before it.
    Before,
    /// Its middle, or the room for its children.
    On,
    /// Its lower edge: the place after it.
    After,
}

/// What a pointer means.
#[derive(Clone, PartialEq, Debug)]
pub struct Aim {
    /// The id of the item's element.
    pub id: String,
    /// Which part of it.
    pub part: Part,
    /// Where it is in the window.
    pub area: Area,
    /// How large it is drawn.
    pub scale: f64,
}

impl Aim {
    /// Where the part is that is meant: the item, or a line in the room before or after it.
    pub fn mark(&self) -> Area {
        let Area { x, y, width, height } = self.area;
        let line = |y| Area { x, y, width, height: 0.0 };
        let gap = HALF_GAP * self.scale;
        match self.part {
            Part::Before => line(y - gap),
            Part::On => self.area,
            Part::After => line(y + height + gap),
        }
    }
}

/// The item at a place, and which part of it. Items come with their parent's place in the list, parents first and siblings in
/// their order; nothing stands beside the first.
pub fn aim(items: &[(usize, Area)], (x, y): (f64, f64)) -> Option<(usize, Part)> {
    let sibling = |of: usize, n: Option<usize>| {
        let n = n.filter(|n| *n > 0)?;
        items.get(n).filter(|(up, _)| items.get(of).is_some_and(|(own, _)| own == up))
    };
    for (n, (_, area)) in items.iter().enumerate() {
        let (top, bottom) = (area.y, area.y + area.height);
        let to_sides = (area.x..area.x + area.width + BESIDE).contains(&x);
        // Between neighbours everything belongs to the nearer one.
        let above = sibling(n, n.checked_sub(1)).map_or(HALF_GAP, |(_, up)| (top - up.y - up.height) / 2.0);
        let below = sibling(n, n.checked_add(1)).map_or(HALF_GAP, |(_, down)| (down.y - bottom) / 2.0);
        if !to_sides || n > 0 && !(top - above..bottom + below).contains(&y) || n == 0 && !(top..bottom).contains(&y) {
            continue;
        }
        let edge = area.height * EDGE;
        let part = match () {
            () if n == 0 || x >= area.x + area.width && (top..bottom).contains(&y) => Part::On,
            () if y < top + edge => Part::Before,
            () if y >= bottom - edge => Part::After,
            () => Part::On,
        };
        return Some((n, part));
    }
    None
}

/// By how much the view moves in one picture for a pointer at this place of the window: towards what is out of sight, faster the
/// nearer the edge is.
pub fn pull((x, y): (f64, f64), (width, height): (f64, f64), tree: Area) -> (f64, f64) {
    (along(x, width, tree.x, tree.width), along(y, height, tree.y, tree.height))
}

fn along(at: f64, room: f64, from: f64, size: f64) -> f64 {
    let near = NEAR.min(room / 4.0);
    let (before, after) = ((near - at).clamp(0.0, near), (at - room + near).clamp(0.0, near));
    let (hidden, hidden_after) = ((PAD - from).max(0.0), (from + size + PAD - room).max(0.0));
    (before * PULL).min(hidden) - (after * PULL).min(hidden_after)
}

impl Stage {
    /// A place of the screen as one of the window; none outside of it.
    fn inside(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let window = Self::scroller()?.get_bounding_client_rect();
        let ((x, y), (width, height)) = ((x - window.left(), y - window.top()), self.window());
        ((0.0..width).contains(&x) && (0.0..height).contains(&y)).then_some((x, y))
    }

    /// What is meant by a pointer at this place of the screen.
    pub fn aim(&self, x: f64, y: f64) -> Option<Aim> {
        let items: Vec<(usize, Area)> = self.items.iter().map(|item| (item.node.up, item.area())).collect();
        let (n, part) = aim(&items, self.view.back(self.inside(x, y)?))?;
        let item = self.items.get(n)?;
        Some(Aim { id: item.element.id(), part, area: self.view.place(item.area()), scale: self.view.scale })
    }

    /// Moves the view towards what is hidden behind the edge that a pointer is near.
    pub fn pull(&mut self, x: f64, y: f64) {
        let Some(at) = self.inside(x, y) else { return };
        let size = Area { width: f64::from(self.extent().0), height: f64::from(self.extent().1), ..Area::default() };
        let (right, down) = pull(at, self.window(), self.view.place(size));
        if right != 0.0 || down != 0.0 {
            self.look(self.view.moved(right, down));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(x: f64, y: f64) -> Area {
        Area { x, y, width: 288.0, height: 100.0 }
    }

    /// The root with three children, the last of them far below the second.
    fn items() -> Vec<(usize, Area)> {
        vec![(0, area(0.0, 200.0)), (0, area(336.0, 0.0)), (0, area(336.0, 112.0)), (0, area(336.0, 400.0))]
    }

    fn at(x: f64, y: f64) -> Option<(usize, Part)> {
        aim(&items(), (x, y))
    }

    #[test]
    fn the_middle_of_a_card_is_the_card_and_its_edges_are_places_beside_it() {
        assert_eq!(at(400.0, 162.0), Some((2, Part::On)));
        assert_eq!(at(400.0, 115.0), Some((2, Part::Before)));
        assert_eq!(at(400.0, 141.9), Some((2, Part::Before)));
        assert_eq!(at(400.0, 142.1), Some((2, Part::On)));
        assert_eq!(at(400.0, 205.0), Some((2, Part::After)));
    }

    #[test]
    fn between_neighbours_the_nearer_one_is_meant() {
        assert_eq!(at(400.0, 105.9), Some((1, Part::After)));
        assert_eq!(at(400.0, 106.1), Some((2, Part::Before)));
        assert_eq!(at(400.0, 300.0), Some((2, Part::After)));
        assert_eq!(at(400.0, 320.0), Some((3, Part::Before)));
    }

    #[test]
    fn the_room_for_children_is_about_their_parent() {
        assert_eq!(at(640.0, 120.0), Some((2, Part::On)));
        assert_eq!(at(300.0, 290.0), Some((0, Part::On)));
    }

    #[test]
    fn nothing_stands_beside_the_root_and_nothing_is_meant_outside() {
        assert_eq!(at(100.0, 201.0), Some((0, Part::On)));
        assert_eq!(at(100.0, 299.0), Some((0, Part::On)));
        assert_eq!(at(100.0, 301.0), None);
        assert_eq!(at(-1.0, 250.0), None);
        assert_eq!(at(680.0, 50.0), None);
        assert_eq!(at(400.0, -7.0), None);
        assert_eq!(at(400.0, 507.0), None);
    }

    #[test]
    fn a_line_is_drawn_in_the_room_beside_the_card() {
        let mark = |part| Aim { id: String::new(), part, area: area(10.0, 20.0), scale: 0.5 }.mark();
        assert_eq!(mark(Part::On), area(10.0, 20.0));
        assert_eq!((mark(Part::Before).y, mark(Part::After).y), (17.0, 123.0));
        assert_eq!((mark(Part::After).width, mark(Part::After).height), (288.0, 0.0));
    }

    #[test]
    fn a_pointer_near_the_edge_pulls_what_is_hidden_there_and_no_more() {
        let tree = Area { x: -500.0, y: 24.0, width: 2_000.0, height: 300.0 };
        let pull = |x, y| pull((x, y), (800.0, 600.0), tree);
        assert_eq!(pull(400.0, 300.0), (0.0, 0.0));
        assert!(pull(40.0, 300.0).0 > 0.0 && pull(4.0, 300.0).0 > pull(40.0, 300.0).0);
        assert!(pull(790.0, 300.0).0 < 0.0);
        // Above and below nothing is hidden.
        assert_eq!((pull(400.0, 2.0).1, pull(400.0, 598.0).1), (0.0, 0.0));
        // What is hidden by a hair comes in by a hair.
        let tree = Area { x: 23.0, ..tree };
        assert_eq!(super::pull((1.0, 300.0), (800.0, 600.0), tree).0, 1.0);
    }
}
