//! Pictures as SVG, without anything that only browsers know: rectangles, lines, and words of which every line has its place. Knows
//! what is to be drawn and where.

use super::content::{Content, EDGE, Entry, LABEL, SMALL, TEXT, TITLE, Type, WIDTH};
use super::sheets::Part;
use crate::layout::{Gaps, Node, Spot};

/// Between cards.
pub const GAPS: Gaps = Gaps { along: 44, across: 14 };
/// Above a branch that is continued.
pub const HEAD: i32 = 28;
/// Around a picture.
pub const MARGIN: i32 = 28;

/// With which inks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ink {
    /// The ground.
    pub paper: String,
    /// Words.
    pub ink: String,
    /// What frames and connects.
    pub line: String,
    /// Stars.
    pub star: String,
    /// The head of a card, level by level, and the words on it; on white paper there are none.
    pub earth: Vec<(String, String)>,
}

impl Ink {
    /// Black on white.
    pub fn black() -> Self {
        let black = || String::from("black");
        Self { paper: "white".to_owned(), ink: black(), line: black(), star: black(), earth: Vec::new() }
    }
}

/// What stands above a picture, in lines.
pub struct Heading {
    /// The workshop and the group.
    pub title: Vec<String>,
    /// The day.
    pub date: String,
    /// The theme, where not every sheet shows it.
    pub theme: Vec<String>,
}

/// An SVG under work.
pub struct Pen<'a> {
    out: String,
    ink: &'a Ink,
}

fn number(out: &mut String, name: &str, value: i32) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&value.to_string());
    out.push('"');
}

fn quoted(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}

/// Words, as a picture has them.
pub fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML has no other control characters.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}

/// A rectangle, before it has a place.
struct Shape<'a> {
    size: (i32, i32),
    round: i32,
    fill: &'a str,
    stroke: (&'a str, i32),
}

impl<'a> Pen<'a> {
    /// A picture so large, drawn in so many units.
    pub fn begin(faces: &str, ink: &'a Ink, size: (&str, &str), units: (i32, i32)) -> Self {
        let mut out = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        quoted(&mut out, "width", size.0);
        quoted(&mut out, "height", size.1);
        let mut view = String::from("0 0 ");
        view.push_str(&units.0.to_string());
        view.push(' ');
        view.push_str(&units.1.to_string());
        quoted(&mut out, "viewBox", &view);
        quoted(&mut out, "font-family", faces);
        out.push('>');
        let mut pen = Self { out, ink };
        pen.shape(Spot::default(), &Shape { size: units, round: 0, fill: &ink.paper, stroke: ("none", 0) });
        pen
    }

    /// The picture.
    pub fn end(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }

    fn shape(&mut self, at: Spot, shape: &Shape<'_>) {
        let out = &mut self.out;
        out.push_str("<rect");
        for (name, value) in
            [("x", at.x), ("y", at.y), ("width", shape.size.0), ("height", shape.size.1), ("rx", shape.round)]
        {
            number(out, name, value);
        }
        quoted(out, "fill", shape.fill);
        if shape.stroke.1 > 0 {
            quoted(out, "stroke", shape.stroke.0);
            number(out, "stroke-width", shape.stroke.1);
        }
        out.push_str("/>");
    }

    fn words(&mut self, at: Spot, words: &str, look: Type, fill: &str, anchor: &str) {
        let out = &mut self.out;
        out.push_str("<text");
        number(out, "x", at.x);
        number(out, "y", at.y);
        number(out, "font-size", look.size);
        quoted(out, "font-weight", look.weight);
        quoted(out, "fill", fill);
        quoted(out, "text-anchor", anchor);
        out.push('>');
        escape(out, words);
        out.push_str("</text>");
    }

    /// Lines below each other; how far down they reach.
    fn lines(&mut self, at: Spot, lines: &[String], look: Type, fill: &str) -> i32 {
        let mut y = at.y;
        for line in lines {
            // Letters stand a fifth of a line above its lower edge, about.
            self.words(Spot { x: at.x, y: y + look.line - look.line / 4 }, line, look, fill, "start");
            y += look.line;
        }
        y
    }

    fn card(&mut self, entry: &Entry, node: Node, at: Spot) {
        let ink = self.ink;
        let size = (node.width, node.height);
        let round = 5;
        let tint = ink.earth.get(entry.level.min(ink.earth.len().saturating_sub(1))).filter(|_| entry.level > 0);
        self.shape(at, &Shape { size, round, fill: &ink.paper, stroke: ("none", 0) });
        let mut on_head = &ink.ink;
        if let Some((earth, on_earth)) = tint {
            self.shape(at, &Shape { size: (node.width, LABEL - 2), round, fill: earth, stroke: ("none", 0) });
            on_head = on_earth;
        }
        let stroke = match (entry.starred, entry.level) {
            (true, _) => (ink.star.as_str(), 3),
            (false, 0) => (ink.line.as_str(), 3),
            (false, _) => (ink.line.as_str(), 1),
        };
        self.shape(at, &Shape { size, round, fill: "none", stroke });
        self.words(Spot { x: at.x + EDGE, y: at.y + 15 }, &entry.label, SMALL, on_head, "start");
        let inside = Spot { x: at.x + EDGE, y: at.y + LABEL };
        let y = self.lines(inside, &entry.lines, entry.look, &ink.ink);
        let mut spot = Spot { y, ..inside };
        for mark in &entry.marks {
            let fill = if mark.starts_with('★') { &ink.star } else { &ink.ink };
            spot.y = self.lines(spot, std::slice::from_ref(mark), SMALL, fill);
        }
    }

    /// From a parent to its causes.
    fn twigs(&mut self, content: &Content, part: &Part, from: Spot) {
        let knee = |card: usize, spot: &Spot| spot.y + content.nodes.get(card).map_or(0, |node| node.height) / 2;
        let mut path = String::new();
        for (n, spot) in part.cards.iter().skip(1) {
            let Some(up) = content.nodes.get(*n).map(|node| node.up) else { continue };
            let Some((_, parent)) = part.cards.iter().find(|(card, _)| *card == up) else { continue };
            let (x, y) = (parent.x + WIDTH + from.x, knee(up, parent) + from.y);
            for (letter, value) in
                [("M", x), (" ", y), ("H", x + GAPS.along / 2), ("V", knee(*n, spot) + from.y), ("H", x + GAPS.along)]
            {
                path.push_str(letter);
                path.push_str(&value.to_string());
            }
        }
        if !path.is_empty() {
            self.out.push_str("<path fill=\"none\"");
            quoted(&mut self.out, "stroke", &self.ink.line);
            number(&mut self.out, "stroke-width", 2);
            quoted(&mut self.out, "d", &path);
            self.out.push_str("/>");
        }
    }

    /// A part of the tree. `onward` says where the branch of a card goes on, if not here.
    pub fn part(&mut self, content: &Content, part: &Part, at: Spot, onward: &dyn Fn(usize) -> Option<String>) {
        let at = Spot { y: at.y + part.top, ..at };
        self.twigs(content, part, at);
        for (n, spot) in &part.cards {
            let (Some(entry), Some(node)) = (content.entries.get(*n), content.nodes.get(*n)) else { continue };
            let place = Spot { x: at.x + spot.x, y: at.y + spot.y };
            self.card(entry, *node, place);
            if let Some(onward) = onward(*n) {
                let beside = Spot { x: place.x + node.width + 6, y: place.y + node.height / 2 + 4 };
                self.words(beside, &onward, SMALL, &self.ink.ink, "start");
            }
        }
    }

    /// Words above a part.
    pub fn note(&mut self, at: Spot, words: &str) {
        self.words(at, words, SMALL, &self.ink.ink, "start");
    }

    /// What follows is drawn from here on, so large.
    pub fn scaled(&mut self, at: Spot, scale: f64) {
        self.out.push_str("<g transform=\"translate(");
        for (value, end) in [(at.x, " "), (at.y, ") scale(")] {
            self.out.push_str(&value.to_string());
            self.out.push_str(end);
        }
        self.out.push_str(&scale.to_string());
        self.out.push_str(")\">");
    }

    /// As large as before.
    pub fn unscaled(&mut self) {
        self.out.push_str("</g>");
    }

    /// Title and date along the upper edge, and what else is to be said below them. How far down they reach.
    pub fn heading(&mut self, heading: &Heading, from: Spot, to: i32) -> i32 {
        let ink = self.ink;
        self.words(Spot { x: to, y: from.y + 20 }, &heading.date, Type { weight: "400", ..TEXT }, &ink.ink, "end");
        let y = self.lines(from, &heading.title, TITLE, &ink.ink);
        self.lines(Spot { y, ..from }, &heading.theme, TEXT, &ink.ink)
    }

    /// A word in the lower right corner.
    pub fn foot(&mut self, size: (i32, i32), words: &str) {
        self.words(Spot { x: size.0, y: size.1 - 4 }, words, SMALL, &self.ink.ink, "end");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_break_out_of_the_picture() {
        let ink = Ink::black();
        let mut pen = Pen::begin("\"A\", b", &ink, ("10", "10"), (10, 10));
        pen.note(Spot::default(), "<script>&\u{7}\"");
        let svg = pen.end();
        assert!(svg.contains("&lt;script&gt;&amp; &quot;</text></svg>"), "{svg}");
        assert!(svg.contains("font-family=\"&quot;A&quot;, b\""), "{svg}");
    }
}
