//! Where the cards of a tree stand when it is drawn sideways: children to the right of their parent, every card as large as its
//! words need, nothing over anything else and no room wasted. Knows sizes; nothing of cards, screens or paper.

use self::tidy::Tidy;

mod tidy;

#[cfg(test)]
mod tests;

/// A thing to be placed. Things are listed parents first, siblings in their order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Node {
    /// Its parent's place in the list, which is before its own; of the first, the root, it means nothing.
    pub up: usize,
    /// How wide it is.
    pub width: i32,
    /// How high.
    pub height: i32,
}

/// How much room stays free.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gaps {
    /// Between a parent and its children.
    pub along: i32,
    /// Between neighbours.
    pub across: i32,
}

/// The upper left corner of a thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Spot {
    /// From the left edge of the tree.
    pub x: i32,
    /// From the upper edge of the tree.
    pub y: i32,
}

/// Places the nodes of a tree, in time linear in their number: A. van der Ploeg, "Drawing non-layered tidy trees in linear time",
/// Software: Practice and Experience 44 (2014), which extends Reingold and Tilford's method to nodes of any size. A parent is
/// centred on its children, siblings keep their order, a branch looks the same wherever it stands, and branches lie as close
/// together as their outlines allow.
pub fn tidy(nodes: &[Node], gaps: Gaps) -> Vec<Spot> {
    Tidy::new(nodes, gaps).place()
}

/// How much room placed nodes take, width and height.
pub fn extent(nodes: &[Node], spots: &[Spot]) -> (i32, i32) {
    nodes.iter().zip(spots).fold((0, 0), |(width, height), (node, spot)| {
        (width.max(spot.x + node.width), height.max(spot.y + node.height))
    })
}
