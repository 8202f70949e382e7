//! Van der Ploeg's method. It is the one of the paper (appendix A), turned by 90 degrees, in whole numbers, and without recursion:
//! a node comes after its parent in the list, so that going through it backwards meets all children first. The gaps are part of
//! the nodes here: every node is larger by one of each.

use super::{Gaps, Node, Spot};

/// A node under work. What is `upper` and `lower` here is left and right in the paper, `x` is its y.
#[derive(Clone, Copy, Default)]
struct Work {
    width: i32,
    height: i32,
    x: i32,
    first: Option<usize>,
    last: Option<usize>,
    next: Option<usize>,
    /// Which child it is.
    nth: i32,
    /// Its place relative to its branch ("prelim"), and its branch's relative to its parent ("mod").
    at: i32,
    by: i32,
    /// What is to be spread among the siblings between two that met.
    shift: i32,
    change: i32,
    upper: Edge,
    lower: Edge,
}

/// One outline of a branch.
#[derive(Clone, Copy, Default)]
struct Edge {
    /// Where it goes on after this node, a leaf.
    thread: Option<usize>,
    /// The node that reaches farthest.
    end: usize,
    /// How far that is moved in all.
    moved: i32,
}

/// The siblings that can be met from below, the one that reaches least far last.
type Low = Vec<(i32, usize)>;

pub struct Tidy {
    nodes: Vec<Work>,
    spare: Work,
}

impl Tidy {
    pub fn new(nodes: &[Node], gaps: Gaps) -> Self {
        let works = nodes.iter().map(|node| Work {
            width: node.width.max(0) + gaps.along,
            height: node.height.max(0) + gaps.across,
            ..Work::default()
        });
        let mut tidy = Self { nodes: works.collect(), spare: Work::default() };
        for (n, node) in nodes.iter().enumerate().skip(1) {
            tidy.link(n, node.up.min(n - 1));
        }
        tidy
    }

    fn at(&self, n: usize) -> Work {
        self.nodes.get(n).copied().unwrap_or_default()
    }

    fn edit(&mut self, n: usize) -> &mut Work {
        self.nodes.get_mut(n).unwrap_or(&mut self.spare)
    }

    fn link(&mut self, n: usize, parent: usize) {
        let up = self.at(parent);
        match up.last {
            Some(before) => self.edit(before).next = Some(n),
            None => self.edit(parent).first = Some(n),
        }
        self.edit(parent).last = Some(n);
        let nth = up.last.map_or(0, |before| self.at(before).nth + 1);
        let node = self.edit(n);
        node.nth = nth;
        node.x = up.x + up.width;
    }

    pub fn place(mut self) -> Vec<Spot> {
        let mut low = Low::new();
        for n in (0..self.nodes.len()).rev() {
            self.gather(n, &mut low);
        }
        // `shift` is spent when a node is reached: from there on it holds how far its branch is moved in all.
        for n in 0..self.nodes.len() {
            self.spread(n);
        }
        let top = self.nodes.iter().map(|node| node.at + node.shift).min().unwrap_or(0);
        self.nodes.iter().map(|node| Spot { x: node.x, y: node.at + node.shift - top }).collect()
    }

    /// How far to the right a node reaches.
    fn reach(&self, n: usize) -> i32 {
        let node = self.at(n);
        node.x + node.width
    }

    /// Puts the branches of the children of a node together, and the node beside them ("first walk").
    fn gather(&mut self, n: usize, low: &mut Low) {
        let node = self.at(n);
        let (Some(first), Some(last)) = (node.first, node.last) else {
            let node = self.edit(n);
            (node.upper.end, node.lower.end) = (n, n);
            return;
        };
        low.clear();
        low.push((self.reach(self.at(first).upper.end), first));
        let mut before = first;
        while let Some(child) = self.at(before).next {
            let reach = self.reach(self.at(child).lower.end);
            self.separate(first, before, child, low);
            while low.last().is_some_and(|(other, _)| reach >= *other) {
                low.pop();
            }
            low.push((reach, child));
            before = child;
        }
        let (above, below) = (self.at(first), self.at(last));
        let node = self.edit(n);
        // Shifting rounds down whatever the sign, so that a branch looks the same wherever it is.
        node.at = (above.at + above.by + below.at + below.by + below.height - node.height) >> 1;
        node.upper = Edge { thread: None, ..above.upper };
        node.lower = Edge { thread: None, ..below.lower };
    }

    /// Moves a branch down until it meets none of those before it, going along both outlines. Where the two siblings themselves
    /// stand is where it begins, so that a branch also moves up; the paper leaves room there.
    fn separate(&mut self, first: usize, before: usize, child: usize, low: &Low) {
        let (mut above, mut above_by) = (Some(before), self.at(before).by);
        let (mut below, mut below_by) = (Some(child), self.at(child).by);
        let mut lows = low.iter().rev();
        let mut met = lows.next();
        while let (Some(a), Some(b)) = (above, below) {
            while met.is_some_and(|(reach, _)| self.reach(a) > *reach) {
                met = lows.next();
            }
            let (up, down) = (self.at(a), self.at(b));
            let distance = above_by + up.at + up.height - (below_by + down.at);
            if distance > 0 || (a, b) == (before, child) {
                below_by += distance;
                self.shove(child, met.map_or(before, |(_, sibling)| *sibling), distance);
            }
            let (up_reach, down_reach) = (self.reach(a), self.reach(b));
            if up_reach <= down_reach {
                above = up.last.or(up.lower.thread);
                above_by += above.map_or(0, |next| self.at(next).by);
            }
            if up_reach >= down_reach {
                below = down.first.or(down.upper.thread);
                below_by += below.map_or(0, |next| self.at(next).by);
            }
        }
        match (above, below) {
            (None, Some(rest)) => self.thread_above(first, child, rest, below_by),
            (Some(rest), None) => self.thread_below(before, child, rest, above_by),
            _ => {}
        }
    }

    /// Moves a branch, which has met that of `sibling`; those between them are spread evenly.
    fn shove(&mut self, child: usize, sibling: usize, distance: i32) {
        let between = self.at(child).nth - self.at(sibling).nth;
        let each = if between > 1 { distance / between } else { 0 };
        let moved = self.edit(child);
        moved.by += distance;
        moved.upper.moved += distance;
        moved.lower.moved += distance;
        if each > 0 {
            moved.shift -= each;
            moved.change -= each * (between - 1);
            if let Some(next) = self.at(sibling).next {
                self.edit(next).shift += each;
            }
        }
    }

    /// The new branch reaches farther than all before it: the upper outline goes on there.
    fn thread_above(&mut self, first: usize, child: usize, rest: usize, by: i32) {
        let edge = self.at(first).upper;
        let difference = by - self.at(rest).by - edge.moved;
        let end = self.edit(edge.end);
        end.upper.thread = Some(rest);
        end.by += difference;
        end.at -= difference;
        self.edit(first).upper = Edge { thread: self.at(first).upper.thread, ..self.at(child).upper };
    }

    /// Those before the new branch reach farther than it: the lower outline goes on there.
    fn thread_below(&mut self, before: usize, child: usize, rest: usize, by: i32) {
        let edge = self.at(child).lower;
        let difference = by - self.at(rest).by - edge.moved;
        let end = self.edit(edge.end);
        end.lower.thread = Some(rest);
        end.by += difference;
        end.at -= difference;
        self.edit(child).lower = Edge { thread: self.at(child).lower.thread, ..self.at(before).lower };
    }

    /// Spreads the children of a node and moves their branches with it ("second walk").
    fn spread(&mut self, n: usize) {
        let node = self.at(n);
        let (mut step, mut moved, mut next) = (0, 0, node.first);
        while let Some(child) = next {
            let work = self.edit(child);
            step += work.shift;
            moved += step + work.change;
            work.shift = node.shift + work.by + moved;
            next = work.next;
        }
    }
}
