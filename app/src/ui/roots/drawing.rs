//! From an outline to paths. Whole numbers only: a tenth of a pixel is fine enough, and printing floats weighs in the page.

use std::fmt::Write as _;

use shared::CardId;
use shared::docs::board::Star;

/// The width of a drawing.
const WIDTH: i32 = 3_200;
/// The height of a drawing.
const HEIGHT: i32 = 1_800;

/// Room for a tip at the edges.
const MARGIN: i32 = 130;
/// Tips side by side are never further apart, so that a young tree stays small in the middle.
const ACROSS_MAX: i32 = 460;
/// Levels are never further apart.
const DOWN_MAX: i32 = 420;

/// A card, as far as a drawing cares. In reading order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Knot {
    /// Which.
    pub id: CardId,
    /// Its level, from 1.
    pub level: usize,
    /// Whether it is starred.
    pub star: Star,
}

/// A tree as paths.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Drawing {
    /// Roots from the ground to the first level.
    pub trunk: String,
    /// To the second.
    pub branches: String,
    /// Further down.
    pub fine: String,
    /// The one that has just grown.
    pub fresh: String,
    /// A dot for each card.
    pub tips: String,
    /// A star for each root cause.
    pub stars: String,
}

impl Drawing {
    /// As a picture. Whoever shows it says the same in words.
    pub fn svg(&self) -> String {
        let parts = [
            ("trunk", &self.trunk),
            ("branch", &self.branches),
            ("fine", &self.fine),
            ("fresh", &self.fresh),
            ("tip", &self.tips),
            ("star", &self.stars),
        ];
        let mut svg = format!("<svg class=\"roots\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\">");
        for (class, path) in parts.into_iter().filter(|(_, path)| !path.is_empty()) {
            // Writing into a string cannot fail.
            let _ = write!(svg, "<path class=\"{class}\" d=\"{path}\" pathLength=\"1\"/>");
        }
        svg.push_str("</svg>");
        svg
    }
}

/// Draws them. `fresh` is the card that has just been added.
pub fn draw(knots: &[Knot], fresh: Option<CardId>) -> Drawing {
    let (across, leaves) = columns(knots);
    let depth = knots.iter().map(|knot| knot.level).max().unwrap_or(0);
    let step = fit(WIDTH - 2 * MARGIN, leaves.saturating_sub(1), ACROSS_MAX);
    let down = fit(HEIGHT - MARGIN, depth, DOWN_MAX);
    let left = (WIDTH - step * count(leaves.saturating_sub(1))) / 2;
    // Columns are counted in halves, so that a parent can stand between two of its children.
    let x = |half: i32| left + half * step / 2;
    let ground = middle(knots, &across).map_or(WIDTH / 2, x);
    let mut drawing = Drawing::default();
    let mut above: Vec<i32> = vec![ground];
    for (knot, half) in knots.iter().zip(&across) {
        let (x, y) = (x(*half), down * count(knot.level));
        let from = above.get(knot.level.saturating_sub(1)).copied().unwrap_or(ground);
        let path = match knot.level {
            _ if fresh == Some(knot.id) => &mut drawing.fresh,
            0 | 1 => &mut drawing.trunk,
            2 => &mut drawing.branches,
            _ => &mut drawing.fine,
        };
        root(path, (from, y - down), (x, y));
        match knot.star {
            Star::None => tip(&mut drawing.tips, x, y),
            Star::RootCause | Star::PlaceToAct | Star::Both => star(&mut drawing.stars, x, y),
        }
        above.truncate(knot.level);
        above.push(x);
    }
    drawing
}

/// The column of each knot in halves, and how many columns there are: leaves stand side by side, a parent in the middle of
/// its children. Read from the last to the first, every knot comes after all of its children.
fn columns(knots: &[Knot]) -> (Vec<i32>, usize) {
    let mut spans: Vec<Option<(i32, i32)>> = Vec::new();
    let mut reversed = Vec::with_capacity(knots.len());
    let mut leaves = 0_usize;
    for knot in knots.iter().rev() {
        if spans.len() < knot.level + 2 {
            spans.resize(knot.level + 2, None);
        }
        let half = match spans.get_mut(knot.level + 1).and_then(Option::take) {
            Some((first, last)) => (first + last) / 2,
            None => {
                leaves += 1;
                -2 * count(leaves)
            }
        };
        if let Some(span) = spans.get_mut(knot.level) {
            *span = Some(span.map_or((half, half), |(_, last)| (half, last)));
        }
        reversed.push(half);
    }
    let first = 2 * count(leaves);
    (reversed.into_iter().rev().map(|half| half + first).collect(), leaves)
}

fn middle(knots: &[Knot], across: &[i32]) -> Option<i32> {
    let top = || knots.iter().zip(across).filter(|(knot, _)| knot.level == 1).map(|(_, half)| *half);
    Some((top().min()? + top().max()?) / 2)
}

fn fit(room: i32, steps: usize, max: i32) -> i32 {
    if steps == 0 { max } else { (room / count(steps)).min(max) }
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX / WIDTH)
}

fn root(path: &mut String, (x, y): (i32, i32), (to_x, to_y): (i32, i32)) {
    let bend = (y + to_y) / 2;
    // Writing into a string cannot fail.
    let _ = write!(path, "M{x} {y}C{x} {bend} {to_x} {bend} {to_x} {to_y}");
}

fn tip(path: &mut String, x: i32, y: i32) {
    // A line of no length with round ends is a dot.
    let _ = write!(path, "M{x} {y}h0");
}

fn star(path: &mut String, x: i32, y: i32) {
    let top = y - 110;
    let _ = write!(path, "M{x} {top}l27 76 80 2-64 49 23 78-66-46-66 46 23-78-64-49 80-2z");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knots(levels: &[usize]) -> Vec<Knot> {
        let id = |n| CardId { n, ..CardId::THEME };
        let knot = |(n, level): (usize, &usize)| Knot { id: id(n as u32 + 1), level: *level, star: Star::None };
        levels.iter().enumerate().map(knot).collect()
    }

    fn dots(drawing: &Drawing) -> Vec<(i32, i32)> {
        let numbers = |part: &str| {
            let mut numbers = part.trim_end_matches("h0").split(' ').map(|n| n.parse().unwrap());
            (numbers.next().unwrap(), numbers.next().unwrap())
        };
        drawing.tips.split('M').skip(1).map(numbers).collect()
    }

    #[test]
    fn parents_stand_over_the_middle_of_their_children() {
        let drawing = draw(&knots(&[1, 2, 2, 1]), None);
        assert_eq!(dots(&drawing), [(1370, 420), (1140, 840), (1600, 840), (2060, 420)]);
        assert_eq!(drawing.trunk.matches('M').count(), 2);
        assert_eq!(drawing.branches.matches('M').count(), 2);
        assert!(drawing.trunk.starts_with("M1600 0C"), "{}", drawing.trunk);
    }

    #[test]
    fn nothing_leaves_the_picture() {
        let wide: Vec<usize> = (0..500).flat_map(|_| [1, 2, 2, 3]).collect();
        let deep: Vec<usize> = (1..=40).collect();
        for levels in [wide, deep, vec![1; 300], vec![1]] {
            for (x, y) in dots(&draw(&knots(&levels), None)) {
                assert!((MARGIN..=WIDTH - MARGIN).contains(&x) && (1..=HEIGHT - MARGIN).contains(&y), "{x} {y}");
            }
        }
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert_eq!(draw(&[], None), Drawing::default());
    }

    #[test]
    fn the_new_root_is_drawn_by_itself() {
        let knots = knots(&[1, 2]);
        let drawing = draw(&knots, Some(knots[1].id));
        assert!(drawing.branches.is_empty());
        assert_eq!(drawing.fresh.matches('M').count(), 1);
        assert_eq!(dots(&drawing).len(), 2);
    }

    #[test]
    fn a_picture_has_the_parts_that_are_there() {
        let svg = draw(&knots(&[1, 2]), None).svg();
        assert_eq!(svg.matches("<path").count(), 3);
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>") && !svg.contains("fresh"));
    }

    #[test]
    fn a_root_cause_is_a_star() {
        let mut knots = knots(&[1, 2]);
        knots[1].star = Star::RootCause;
        let drawing = draw(&knots, None);
        assert_eq!((dots(&drawing).len(), drawing.stars.matches('z').count()), (1, 1));
    }

    #[test]
    fn the_picture_on_the_first_page_is_such_a_tree() {
        // A tree as an afternoon grows it; R is a root cause.
        let knots: Vec<Knot> = "1 2 3 3R 2 1 2 3 4R 3 1 2 2 3"
            .split(' ')
            .map(|card| Knot {
                id: CardId::THEME,
                level: card.trim_end_matches('R').parse().unwrap(),
                star: if card.ends_with('R') { Star::RootCause } else { Star::None },
            })
            .collect();
        assert_eq!(draw(&knots, None).svg(), include_str!("../ground.svg").trim_end());
    }
}
