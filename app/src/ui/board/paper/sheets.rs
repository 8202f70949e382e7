//! Which part of a tree is drawn on which sheet of paper. What does not fit on one sheet is continued, branch by branch, on others:
//! a card is never cut, and where a branch goes on, its first card stands again. Knows sizes, nothing of what cards say.

use crate::layout::{self, Gaps, Node, Spot};

/// Room on a sheet, at the smallest size that can be read.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
    /// Between cards.
    pub gaps: Gaps,
    /// Above what is continued, for saying so.
    pub head: i32,
}

/// A branch, or as much of it as fits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Its cards, by their place in the list; the first is its root.
    pub cards: Vec<(usize, Spot)>,
    /// How far down on its sheet it begins.
    pub top: i32,
    /// Whether it stands on another sheet too, where it comes from.
    pub continues: bool,
}

/// What is to be drawn still: a branch from one of its causes on.
#[derive(Clone, Copy)]
struct Job {
    root: usize,
    from: usize,
}

struct Cutter<'a> {
    nodes: &'a [Node],
    children: Vec<Vec<usize>>,
    room: Room,
}

/// The sheets, each with its parts. Nodes come parents first, siblings in order.
pub fn sheets(nodes: &[Node], room: Room) -> Vec<Vec<Part>> {
    let mut children = vec![Vec::new(); nodes.len()];
    for (n, node) in nodes.iter().enumerate().skip(1) {
        if let Some(children) = children.get_mut(node.up) {
            children.push(n);
        }
    }
    let cutter = Cutter { nodes, children, room };
    let mut sheets: Vec<Vec<Part>> = Vec::new();
    let mut jobs = vec![Job { root: 0, from: 0 }];
    let (mut at, mut used) = (0, 0);
    while let Some(job) = jobs.get(at).copied() {
        let (mut part, height, next) = cutter.part(job);
        part.continues = at > 0;
        let head = if at > 0 { room.head } else { 0 };
        match sheets.last_mut().filter(|_| used + head + height <= room.height) {
            Some(sheet) => {
                part.top = used + head;
                sheet.push(part);
            }
            None => {
                used = 0;
                part.top = head;
                sheets.push(vec![part]);
            }
        }
        used += head + height + room.gaps.across;
        at += 1;
        // What is left of this branch comes right behind it.
        let behind = usize::from(next.iter().any(|next| next.root == job.root));
        for (n, next) in next.into_iter().enumerate() {
            if n < behind { jobs.insert(at, next) } else { jobs.push(next) }
        }
    }
    sheets
}

impl Cutter<'_> {
    fn below(&self, n: usize) -> &[usize] {
        self.children.get(n).map_or(&[], Vec::as_slice)
    }

    /// The cards of a branch that are shown, below those that are cut none.
    fn shown(&self, job: Job, to: usize, cut: &[usize]) -> Vec<usize> {
        let mut shown = vec![job.root];
        shown.extend(self.below(job.root).iter().skip(job.from).take(to.saturating_sub(job.from)));
        let mut n = 1;
        while let Some(card) = shown.get(n).copied() {
            if !cut.contains(&card) {
                shown.extend(self.below(card));
            }
            n += 1;
        }
        shown
    }

    fn drawn(&self, cards: &[usize]) -> (Vec<Spot>, (i32, i32)) {
        let place = |n: usize| cards.iter().position(|card| *card == n).unwrap_or(0);
        let nodes: Vec<Node> =
            cards.iter().filter_map(|n| self.nodes.get(*n)).map(|node| Node { up: place(node.up), ..*node }).collect();
        let spots = layout::tidy(&nodes, self.room.gaps);
        let extent = layout::extent(&nodes, &spots);
        (spots, extent)
    }

    /// As much of a branch as fits on a sheet, how high it is, and what is left of it: the rest of its causes first.
    fn part(&self, job: Job) -> (Part, i32, Vec<Job>) {
        let mut cut: Vec<usize> = Vec::new();
        let mut to = self.below(job.root).len();
        loop {
            let cards = self.shown(job, to, &cut);
            let (spots, (width, height)) = self.drawn(&cards);
            let more = if width > self.room.width {
                self.too_far(job.root, &cards, &spots)
            } else if height + self.room.head > self.room.height {
                self.largest(job.root, &cards, &cut)
            } else {
                Vec::new()
            };
            let fits = width <= self.room.width && height + self.room.head <= self.room.height;
            if more.is_empty() && !fits && to > job.from + 1 {
                to -= 1;
                continue;
            }
            if more.is_empty() {
                let rest = (to < self.below(job.root).len()).then_some(Job { root: job.root, from: to });
                let cut = cards.iter().filter(|card| cut.contains(card)).map(|root| Job { root: *root, from: 0 });
                let next = rest.into_iter().chain(cut).collect();
                return (
                    Part { cards: cards.into_iter().zip(spots).collect(), top: 0, continues: false },
                    height,
                    next,
                );
            }
            cut.extend(more);
        }
    }

    /// The cards whose causes are too far to the right.
    fn too_far(&self, root: usize, cards: &[usize], spots: &[Spot]) -> Vec<usize> {
        let mut found = Vec::new();
        for (n, spot) in cards.iter().zip(spots) {
            if let Some(node) = self.nodes.get(*n)
                && spot.x + node.width > self.room.width
                && *n != root
                && node.up != root
                && !found.contains(&node.up)
            {
                found.push(node.up);
            }
        }
        found
    }

    /// The card whose branch takes most of the height, if possible one that fits on a sheet.
    fn largest(&self, root: usize, cards: &[usize], cut: &[usize]) -> Vec<usize> {
        let open = cards.iter().filter(|n| **n != root && !cut.contains(n) && !self.below(**n).is_empty());
        let heights = open.map(|n| {
            let branch = self.shown(Job { root: *n, from: 0 }, usize::MAX, cut);
            let (_, (_, height)) = self.drawn(&branch);
            // One that is no higher than its card frees nothing.
            let fits = height + self.room.head <= self.room.height;
            (fits, height - self.nodes.get(*n).map_or(0, |node| node.height), *n)
        });
        heights.filter(|(_, freed, _)| *freed > 0).max().map(|(.., n)| n).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    const ROOM: Room = Room { width: 900, height: 600, gaps: Gaps { along: 40, across: 12 }, head: 24 };

    fn trees() -> impl Strategy<Value = Vec<Node>> {
        vec((any::<u16>(), 40..180_i32), 1..120).prop_map(|nodes| {
            let node = |(n, (pick, height)): (usize, (u16, i32))| {
                let back = 1 + usize::from(pick) % 7;
                Node { up: n.saturating_sub(back), width: 240, height }
            };
            nodes.into_iter().enumerate().map(node).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn every_card_is_on_a_sheet_whole_and_under_its_parent(nodes in trees()) {
            let sheets = sheets(&nodes, ROOM);
            let mut under = vec![0; nodes.len()];
            for part in sheets.iter().flatten() {
                for (n, spot) in &part.cards {
                    let bottom = part.top + spot.y + nodes[*n].height;
                    prop_assert!(spot.x + nodes[*n].width <= ROOM.width && bottom <= ROOM.height, "card {}", n);
                    let parent = part.cards.iter().any(|(other, _)| *other == nodes[*n].up);
                    under[*n] += i32::from(*n == 0 || (parent && part.cards[0].0 != *n));
                }
            }
            // The theme stands again where its causes do not fit on one sheet; every other card is under its parent once.
            prop_assert!(under[0] >= 1);
            prop_assert!(under[1..].iter().all(|times| *times == 1), "{:?}", under);
        }

        #[test]
        fn nothing_lies_over_anything_else_on_a_sheet(nodes in trees()) {
            for sheet in sheets(&nodes, ROOM) {
                let boxes: Vec<_> = sheet.iter().flat_map(|part| part.cards.iter().map(|(n, spot)| {
                    (spot.x, part.top + spot.y, spot.x + nodes[*n].width, part.top + spot.y + nodes[*n].height)
                })).collect();
                for (i, a) in boxes.iter().enumerate() {
                    for b in &boxes[..i] {
                        prop_assert!(a.0 >= b.2 || b.0 >= a.2 || a.1 >= b.3 || b.1 >= a.3);
                    }
                }
            }
        }
    }

    #[test]
    fn what_fits_is_one_part_on_one_sheet() {
        let nodes = [0, 0, 0, 1].map(|up| Node { up, width: 240, height: 80 });
        let sheets = sheets(&nodes, ROOM);
        assert_eq!((sheets.len(), sheets[0].len(), sheets[0][0].cards.len()), (1, 1, 4));
    }

    #[test]
    fn many_causes_of_one_card_go_on_under_it_on_the_next_sheet() {
        let nodes: Vec<Node> = (0..20).map(|_| Node { up: 0, width: 240, height: 80 }).collect();
        let sheets = sheets(&nodes, ROOM);
        assert!(sheets.len() > 1);
        assert!(sheets.iter().flatten().all(|part| part.cards[0].0 == 0));
        assert!(sheets[1][0].continues);
    }
}
