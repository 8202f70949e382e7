//! What a picture of a board says: its cards with their words already in lines, and what stands above them. Knows the board and the
//! widths of letters, nothing of places.

use shared::CardId;
use shared::docs::board::{Board, Line, StarFor};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::super::commands::quote;
use super::super::marks;
use super::super::state::BoardState;
use super::wrap::wrap;
use crate::i18n::{Texts, fill};
use crate::layout::Node;
use crate::reactive::*;

/// How wide a card is, in pixels at full size like everything here.
pub const WIDTH: i32 = 240;
/// From its edge to its words.
pub const EDGE: i32 = 12;
/// How high the line with its level is.
pub const LABEL: i32 = 22;
/// The words of a card.
pub const TEXT: Type = Type { size: 15, weight: "400", line: 22 };
/// Those of the theme.
pub const THEME: Type = Type { size: 17, weight: "700", line: 24 };
/// Marks, and what stands at the edge of the paper.
pub const SMALL: Type = Type { size: 12, weight: "700", line: 18 };
/// The title.
pub const TITLE: Type = Type { size: 20, weight: "700", line: 28 };

/// How letters look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Type {
    /// How high.
    pub size: i32,
    /// How bold.
    pub weight: &'static str,
    /// From line to line.
    pub line: i32,
}

/// A card, ready to be drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// 0 for the theme.
    pub level: usize,
    /// Its level in words.
    pub label: String,
    /// Its words.
    pub lines: Vec<String>,
    /// How they look.
    pub look: Type,
    /// What the group says of it, each with its shape.
    pub marks: Vec<String>,
    /// Whether it has a star.
    pub starred: bool,
}

/// A board on paper.
pub struct Content {
    /// The cards, parents first.
    pub entries: Vec<Entry>,
    /// How large they are, and where they hang.
    pub nodes: Vec<Node>,
}

/// Measures letters.
pub struct Ruler {
    canvas: Option<CanvasRenderingContext2d>,
    /// The faces that are measured.
    pub faces: String,
}

impl Ruler {
    /// With the faces of the page.
    pub fn of_page() -> Self {
        let canvas = document().create_element("canvas").ok().and_then(|c| c.dyn_into::<HtmlCanvasElement>().ok());
        let faces = document().body().map(|body| super::ink::style_of(&body, "font-family")).unwrap_or_default();
        let context = canvas.and_then(|canvas| canvas.get_context("2d").ok().flatten());
        Self { canvas: context.and_then(|context| context.dyn_into().ok()), faces }
    }

    /// The lines of a text in a room so wide.
    pub fn lines(&self, text: &str, look: Type, room: i32) -> Vec<String> {
        wrap(text, f64::from(room), &mut self.widths(look))
    }

    /// How wide letters are.
    pub fn widths(&self, look: Type) -> impl FnMut(char) -> f64 + '_ {
        if let Some(canvas) = &self.canvas {
            let mut font = String::from(look.weight);
            font.push(' ');
            font.push_str(&look.size.to_string());
            font.push_str("px ");
            font.push_str(&self.faces);
            canvas.set_font(&font);
        }
        let mut letter = [0; 4];
        move |c: char| {
            let measured = self.canvas.as_ref().and_then(|canvas| canvas.measure_text(c.encode_utf8(&mut letter)).ok());
            // Without a canvas every letter is as wide as it is high: nothing sticks out.
            measured.map_or(f64::from(look.size), |measured| measured.width())
        }
    }
}

/// How a card is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum As {
    Itself,
    /// It is a cause of this too, and drawn elsewhere.
    Reference,
}

/// Reads a board, all of it, whatever is folded away on the screen.
pub fn read(state: BoardState, ruler: &Ruler) -> Content {
    let mut content = Content { entries: Vec::new(), nodes: Vec::new() };
    let read = |board: &Board| {
        let mut left = vec![(CardId::THEME, 0, 0, As::Itself)];
        while let Some((id, up, level, drawn)) = left.pop() {
            let at = content.nodes.len();
            let entry = entry((state, board), (id, drawn), level, ruler);
            content.nodes.push(Node { up, width: WIDTH, height: entry.height() });
            content.entries.push(entry);
            if drawn == As::Itself {
                left.extend(board.references(id).into_iter().rev().map(|card| (card, at, level + 1, As::Reference)));
                left.extend(board.children(id).rev().map(|(card, _)| (card, at, level + 1, As::Itself)));
            }
        }
    };
    state.board.read(read);
    content
}

fn label(t: &Texts, level: usize) -> String {
    if level == 0 { t.board.theme.to_owned() } else { fill(t.board.level, &[("n", &level.to_string())]) }
}

fn entry((state, board): (BoardState, &Board), (id, drawn): (CardId, As), level: usize, ruler: &Ruler) -> Entry {
    let t = state.texts();
    let card = board.get(id);
    let text = card.map(|card| card.text.read()).unwrap_or_default();
    let text = match (text.is_empty(), level) {
        (false, _) => text,
        (true, 0) => t.board.theme_none.to_owned(),
        (true, _) => t.board.no_words.to_owned(),
    };
    let look = if level == 0 { THEME } else { TEXT };
    let room = WIDTH - 2 * EDGE;
    if drawn == As::Reference {
        let mut label = String::from("↪ ");
        label.push_str(&self::label(t, board.level(id).unwrap_or(level)));
        let lines = ruler.lines(&quote(&text), look, room);
        return Entry { level, label, lines, look, marks: Vec::new(), starred: false };
    }
    let starred = card.is_some_and(|card| card.star.is_for(StarFor::RootCause));
    let view = state.board.card(id).get_untracked();
    let mut marks = Vec::new();
    let mut mark = |shape: &str, word: &str| {
        let mut said = String::from(shape);
        said.push(' ');
        said.push_str(word);
        marks.extend(ruler.lines(&said, SMALL, room));
    };
    for shown in marks::of(t, &view) {
        mark(shown.shape, &shown.word);
    }
    let evidence = view.line(Line::Evidence).trim();
    if !evidence.is_empty() {
        let mut said = String::from(t.craft.evidence_short);
        said.push_str("： ");
        said.push_str(evidence);
        mark("└", &said);
    }
    Entry { level, label: label(t, level), lines: ruler.lines(&text, look, room), look, marks, starred }
}

impl Entry {
    fn height(&self) -> i32 {
        let lines = |count: usize, high: i32| i32::try_from(count).unwrap_or(0) * high;
        LABEL + lines(self.lines.len(), self.look.line) + lines(self.marks.len(), SMALL.line) + EDGE + 4
    }
}
