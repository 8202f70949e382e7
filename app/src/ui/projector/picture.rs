//! A why-tree as one picture that is as large as a room allows: of several widths of cards the one at which its letters are largest.
//! Knows sizes and words; colours are the stylesheet's.

use std::fmt::Write as _;

use crate::layout::{self, Gaps, Node, Spot};
use crate::ui::board::paper::{Type, escape, wrap};

/// How letters are drawn, before the whole is made as large as it can be.
pub const LETTERS: Type = Type { size: 20, weight: "500", line: 27 };
/// The widths that are tried.
const WIDTHS: [i32; 6] = [130, 160, 200, 250, 310, 380];
/// The widest that the theme is.
const THEME: i32 = 170;
/// The narrowest that a card is.
const LEAST: i32 = 60;
const GAPS: Gaps = Gaps { along: 30, across: 12 };
const EDGE: i32 = 10;
/// Room for strong frames.
const AROUND: i32 = 4;
/// Nothing is drawn larger than so many times its size: a tree of three cards is not a poster.
const LARGEST: f64 = 1.8;

/// What a card says beside its words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// Nothing.
    Plain,
    /// That it is a root cause.
    Starred,
    /// That it is the one that is meant.
    Meant,
}

/// A card. Cards are listed parents first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// Its parent's place in the list.
    pub up: usize,
    /// 0 for the theme.
    pub level: usize,
    /// Its words.
    pub text: String,
    /// Whether it stands out.
    pub look: Look,
}

/// Cards of at most one width; those of a level are as wide as the widest of them needs.
struct Draft {
    lines: Vec<Vec<String>>,
    nodes: Vec<Node>,
    spots: Vec<Spot>,
    size: (i32, i32),
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX / 100)
}

impl Draft {
    fn of(cards: &[Card], width: i32, measure: &mut dyn FnMut(char) -> f64) -> Self {
        // The theme stands in the head of the screen, too.
        let room = |card: &Card| if card.level == 0 { width.min(THEME) } else { width } - 2 * EDGE;
        let lines: Vec<Vec<String>> =
            cards.iter().map(|card| wrap(&card.text, f64::from(room(card)), measure)).collect();
        let mut widths: Vec<i32> = Vec::new();
        for (card, lines) in cards.iter().zip(&lines) {
            let wide = lines.iter().map(|line| line.chars().map(&mut *measure).sum::<f64>()).fold(0.0, f64::max);
            // Pixels: whole numbers. Words that stand out are bolder than they were measured.
            #[allow(clippy::cast_possible_truncation)]
            let wide = (wide * 1.04).ceil() as i32 + 2 * EDGE;
            if widths.len() <= card.level {
                widths.resize(card.level + 1, LEAST);
            }
            if let Some(widest) = widths.get_mut(card.level) {
                *widest = wide.max(*widest);
            }
        }
        let high = |lines: &Vec<String>| count(lines.len()) * LETTERS.line + 2 * EDGE;
        let node = |(card, lines): (&Card, &Vec<String>)| Node {
            up: card.up,
            width: widths.get(card.level).copied().unwrap_or(width),
            height: high(lines),
        };
        let nodes: Vec<Node> = cards.iter().zip(&lines).map(node).collect();
        let spots = layout::tidy(&nodes, GAPS);
        let (wide, high) = layout::extent(&nodes, &spots);
        Self { lines, nodes, spots, size: (wide + 2 * AROUND, high + 2 * AROUND) }
    }

    /// How many times its size it can be drawn.
    fn scale(&self, room: (i32, i32)) -> f64 {
        let fits = |room: i32, size: i32| f64::from(room) / f64::from(size.max(1));
        fits(room.0, self.size.0).min(fits(room.1, self.size.1)).min(LARGEST)
    }
}

/// Draws them for a room so large.
pub fn draw(cards: &[Card], room: (i32, i32), measure: &mut dyn FnMut(char) -> f64) -> String {
    let drafts = WIDTHS.map(|width| Draft::of(cards, width, measure));
    let best = drafts.iter().reduce(|best, next| if next.scale(room) > best.scale(room) { next } else { best });
    best.map(|best| svg(cards, best, best.scale(room))).unwrap_or_default()
}

fn svg(cards: &[Card], draft: &Draft, scale: f64) -> String {
    let mut out = String::from("<svg class=\"picture\" aria-hidden=\"true\"");
    // Pixels: whole numbers.
    #[allow(clippy::cast_possible_truncation)]
    let pixels = |size: i32| (f64::from(size) * scale) as i32;
    let (width, height) = draft.size;
    // Writing into a string cannot fail.
    let _ = write!(out, " width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\">", pixels(width), pixels(height));
    twigs(&mut out, draft);
    for (n, card) in cards.iter().enumerate() {
        let (Some(lines), Some(node), Some(spot)) = (draft.lines.get(n), draft.nodes.get(n), draft.spots.get(n)) else {
            continue;
        };
        let look = match card.look {
            Look::Plain => "",
            Look::Starred => " starred",
            Look::Meant => " meant",
        };
        let (x, y, level) = (spot.x + AROUND, spot.y + AROUND, card.level.min(6));
        let _ = write!(out, "<g class=\"level-{level}{look}\" transform=\"translate({x} {y})\">");
        let _ = write!(out, "<rect width=\"{}\" height=\"{}\" rx=\"5\"/>", node.width, node.height);
        for (line, words) in (1..).zip(lines) {
            // Letters stand a quarter of a line above its lower edge, about.
            let base = EDGE + line * LETTERS.line - LETTERS.line / 4;
            let _ = write!(out, "<text x=\"{EDGE}\" y=\"{base}\" font-size=\"{}\">", LETTERS.size);
            escape(&mut out, words);
            out.push_str("</text>");
        }
        out.push_str("</g>");
    }
    out.push_str("</svg>");
    out
}

fn twigs(out: &mut String, draft: &Draft) {
    let knee = |n: usize| {
        let (spot, node) = (draft.spots.get(n)?, draft.nodes.get(n)?);
        Some((spot.x + AROUND, spot.y + node.height / 2 + AROUND, node.width))
    };
    let mut path = String::new();
    for (n, node) in draft.nodes.iter().enumerate().skip(1) {
        let (Some((x, y, wide)), Some((to, down, _))) = (knee(node.up), knee(n)) else { continue };
        let from = x + wide;
        let _ = write!(path, "M{from} {y}H{}V{down}H{to}", (from + to) / 2);
    }
    let _ = write!(out, "<path d=\"{path}\"/>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(parents: &[usize]) -> Vec<Card> {
        let mut all = vec![Card { up: 0, level: 0, text: "課題".repeat(8), look: Look::Plain }];
        for up in parents {
            let level = all[*up].level + 1;
            all.push(Card { up: *up, level, text: "役員の負担が重い".repeat(2), look: Look::Plain });
        }
        all
    }

    fn wide(c: char) -> f64 {
        if c.is_ascii() { 11.0 } else { 20.0 }
    }

    fn size(svg: &str, name: &str) -> i32 {
        svg.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    }

    #[test]
    fn it_is_never_larger_than_its_room() {
        for parents in [vec![], vec![0], vec![0, 0, 0, 1, 1, 4, 4, 5], (0..60).collect(), vec![0; 60]] {
            for room in [(880, 520), (300, 900), (10, 10)] {
                let svg = draw(&cards(&parents), room, &mut wide);
                assert!(size(&svg, "width") <= room.0 && size(&svg, "height") <= room.1, "{room:?}: {svg}");
            }
        }
    }

    #[test]
    fn cards_are_wide_where_that_makes_letters_large() {
        let width = |parents: &[usize]| {
            let svg = draw(&cards(parents), (880, 520), &mut wide);
            let rect = svg.split("<rect").nth(2).unwrap().to_owned();
            size(&rect, "width")
        };
        assert!(width(&[0; 8]) > width(&[0, 1, 2, 3, 4]), "many side by side, and a long chain");
    }

    #[test]
    fn words_cannot_break_out_and_what_stands_out_says_so() {
        let mut all = cards(&[0]);
        all[1].text = "<script>&".to_owned();
        all[1].look = Look::Meant;
        let svg = draw(&all, (500, 500), &mut wide);
        assert!(!svg.contains("<script") && svg.contains("level-1 meant"), "{svg}");
    }
}
