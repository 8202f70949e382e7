//! What a drawn tree must be, on a thousand random ones, beside the plain way to draw it: a box around every branch.

use std::hint::black_box;
use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const GAPS: Gaps = Gaps { along: 40, across: 12 };

/// A tree of up to `most` nodes: where each hangs is drawn among those before it, mostly near the end, as people write.
fn trees(most: usize) -> impl Strategy<Value = Vec<Node>> {
    vec((any::<u16>(), 20..400_i32, 10..300_i32), 1..most).prop_map(|nodes| {
        let up = |n: usize, pick: u16| match pick % 3 {
            0 => usize::from(pick / 3) % n.max(1),
            1 => n.saturating_sub(1),
            _ => n.saturating_sub(1 + usize::from(pick / 3) % 6),
        };
        nodes
            .iter()
            .enumerate()
            .map(|(n, (pick, width, height))| Node { up: up(n, *pick), width: *width, height: *height })
            .collect()
    })
}

fn children(nodes: &[Node], n: usize) -> Vec<usize> {
    (n + 1..nodes.len()).filter(|child| nodes[*child].up == n).collect()
}

/// The nodes of a branch; its root is the first.
fn branch(nodes: &[Node], root: usize) -> Vec<usize> {
    let mut inside = vec![root];
    for (n, node) in nodes.iter().enumerate().skip(root + 1) {
        if inside.contains(&node.up) {
            inside.push(n);
        }
    }
    inside
}

/// How far one node is below another, beyond the gap; nothing if they pass each other sideways.
fn clearance(nodes: &[Node], spots: &[Spot], above: usize, below: usize) -> Option<i32> {
    let right = |n: usize| spots[n].x + nodes[n].width + GAPS.along;
    let beside = right(above) > spots[below].x && right(below) > spots[above].x;
    beside.then(|| spots[below].y - (spots[above].y + nodes[above].height + GAPS.across))
}

/// A box around every branch, boxes below each other: the plain way.
fn boxes(nodes: &[Node]) -> (Vec<Spot>, i32) {
    fn bands(nodes: &[Node], children: &[Vec<usize>], n: usize, bands_of: &mut [i32]) {
        for child in &children[n] {
            bands(nodes, children, *child, bands_of);
        }
        let gaps = GAPS.across * i32::try_from(children[n].len().saturating_sub(1)).unwrap();
        bands_of[n] = nodes[n].height.max(children[n].iter().map(|child| bands_of[*child]).sum::<i32>() + gaps);
    }
    fn put(nodes: &[Node], children: &[Vec<usize>], n: usize, at: Spot, bands: &[i32], spots: &mut [Spot]) {
        spots[n] = Spot { x: at.x, y: at.y + (bands[n] - nodes[n].height) / 2 };
        let mut y = at.y;
        for child in &children[n] {
            put(nodes, children, *child, Spot { x: at.x + nodes[n].width + GAPS.along, y }, bands, spots);
            y += bands[*child] + GAPS.across;
        }
    }
    let mut children = vec![Vec::new(); nodes.len()];
    for (n, node) in nodes.iter().enumerate().skip(1) {
        children[node.up].push(n);
    }
    let (mut bands_of, mut spots) = (vec![0; nodes.len()], vec![Spot::default(); nodes.len()]);
    bands(nodes, &children, 0, &mut bands_of);
    put(nodes, &children, 0, Spot::default(), &bands_of, &mut spots);
    (spots, bands_of[0])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn nothing_lies_over_anything_else(nodes in trees(80)) {
        let spots = tidy(&nodes, GAPS);
        prop_assert_eq!(spots.len(), nodes.len());
        for a in 0..nodes.len() {
            for b in 0..a {
                let apart = |above, below| clearance(&nodes, &spots, above, below).is_none_or(|room| room >= 0);
                prop_assert!(apart(a, b) || apart(b, a), "{} and {}", a, b);
            }
        }
    }

    #[test]
    fn siblings_keep_their_order_and_parents_are_centred(nodes in trees(80)) {
        let spots = tidy(&nodes, GAPS);
        for n in 0..nodes.len() {
            let children = children(&nodes, n);
            for pair in children.windows(2) {
                prop_assert!(clearance(&nodes, &spots, pair[0], pair[1]).unwrap() >= 0);
            }
            for child in &children {
                prop_assert_eq!(spots[*child].x, spots[n].x + nodes[n].width + GAPS.along);
            }
            if let (Some(first), Some(last)) = (children.first(), children.last()) {
                let middle = spots[*first].y + spots[*last].y + nodes[*last].height;
                let off = middle - (2 * spots[n].y + nodes[n].height);
                prop_assert!((0..=1).contains(&off), "{} halves of a pixel", off);
            }
        }
    }

    #[test]
    fn a_branch_looks_the_same_wherever_it_stands(nodes in trees(60), pick in any::<prop::sample::Index>()) {
        let root = pick.index(nodes.len());
        let inside = branch(&nodes, root);
        let place = |n: usize| inside.iter().position(|other| *other == n);
        let alone: Vec<Node> = inside.iter().map(|n| Node { up: place(nodes[*n].up).unwrap_or(0), ..nodes[*n] }).collect();
        let (whole, part) = (tidy(&nodes, GAPS), tidy(&alone, GAPS));
        let from = |spot: Spot, root: Spot| (spot.x - root.x, spot.y - root.y);
        for (n, at) in inside.iter().zip(&part) {
            prop_assert_eq!(from(whole[*n], whole[root]), from(*at, part[0]));
        }
    }

    #[test]
    fn branches_lie_as_close_as_they_can_and_never_farther_apart_than_boxes(nodes in trees(60)) {
        let spots = tidy(&nodes, GAPS);
        for n in 0..nodes.len() {
            let children = children(&nodes, n);
            if let [before @ .., last] = children.as_slice() && !before.is_empty() {
                let below = branch(&nodes, *last);
                let above: Vec<usize> = before.iter().flat_map(|child| branch(&nodes, *child)).collect();
                let room = above.iter().flat_map(|a| below.iter().filter_map(|b| clearance(&nodes, &spots, *a, *b))).min();
                prop_assert_eq!(room, Some(0));
            }
        }
        let (_, height) = extent(&nodes, &spots);
        let (_, boxed) = boxes(&nodes);
        // Where a parent is higher than its causes, boxes can end half of the difference earlier or later.
        let slack = nodes.iter().map(|node| node.height).max().unwrap_or(0);
        prop_assert!(height <= boxed + slack, "{} and {}", height, boxed);
    }
}

#[test]
fn a_small_branch_slips_under_the_edge_of_a_large_one() {
    let node = |up, height| Node { up, width: 100, height };
    // A tall card, a short one with a tall cause, and a short one that fits beside that.
    let nodes = [node(0, 40), node(0, 40), node(1, 400), node(0, 40)];
    let spots = tidy(&nodes, GAPS);
    assert_eq!(spots[3].y - spots[1].y, 52);
    assert_eq!(extent(&nodes, &spots), (380, 400));
    assert_eq!(boxes(&nodes).1, 452);
}

#[test]
fn nothing_and_one_are_trees_too() {
    assert_eq!(tidy(&[], GAPS), []);
    assert_eq!(tidy(&[Node { up: 7, width: -1, height: 10 }], GAPS), [Spot::default()]);
    // Who names a parent that does not stand before it hangs on the one before it.
    let wrong = [Node { up: 0, width: 10, height: 10 }, Node { up: 5, width: 10, height: 10 }];
    assert_eq!(tidy(&wrong, GAPS)[1], Spot { x: 50, y: 0 });
}

/// Time is no test: it is printed, with `cargo test -p app --release layout -- --nocapture`.
#[test]
fn two_thousand_cards_and_a_chain_of_as_many() {
    let mut seed = 7_u32;
    let mut random = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % below
    };
    let bushy: Vec<Node> = (0..2_000_usize)
        .map(|n| {
            let back = usize::try_from(random(40)).unwrap();
            Node { up: n.saturating_sub(1 + back), width: 288, height: 90 + i32::try_from(random(80)).unwrap() }
        })
        .collect();
    let chain: Vec<Node> = (0..2_000_usize).map(|n| Node { up: n.saturating_sub(1), width: 288, height: 90 }).collect();
    for (name, nodes) in [("bushy", bushy), ("chain", chain)] {
        let (tidy_time, boxes_time) = (least(|| tidy(&nodes, GAPS)), least(|| boxes(&nodes)));
        let ((_, height), (_, boxed)) = (extent(&nodes, &tidy(&nodes, GAPS)), boxes(&nodes));
        println!(
            "{name}, 2000 nodes: tidy {tidy_time:?}, boxes {boxes_time:?} ({:.1} times); height {height}, boxes {boxed}",
            tidy_time.as_secs_f64() / boxes_time.as_secs_f64()
        );
        assert!(height <= boxed);
    }
}

fn least<T>(act: impl Fn() -> T) -> Duration {
    let once = || {
        let begin = Instant::now();
        black_box(act());
        begin.elapsed()
    };
    (0..20).map(|_| once()).min().unwrap_or_default()
}
