//! The board on paper and as a picture: the whole tree, whatever is folded away or out of sight. Knows the browser's printing and
//! saving; nothing here can be pressed while it is printed.

use std::cell::Cell;

use shared::CardId;
use web_sys::Element;

use self::content::{Content, TEXT, TITLE};
pub use self::content::{Ruler, Type};
pub use self::draw::escape;
use self::draw::{GAPS, HEAD, Heading, Ink, MARGIN, Pen};
use self::sheets::{Part, Room, sheets};
use super::piece::{Button, Word, word};
use super::screen;
use super::state::BoardState;
use crate::i18n::fill;
use crate::layout::{self, Spot};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::Session;

mod content;
mod draw;
mod ink;
mod save;
mod sheets;
mod wrap;

pub use self::wrap::wrap;

/// The element that is printed instead of everything else.
const PAPER: &str = "paper";
/// Words smaller than this part of their size (11 points) are hard to read.
const LEAST: f64 = 0.7;
/// Room for the page number.
const FOOT: i32 = 20;

/// A sheet of paper, lying.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sheet {
    A4,
    A3,
}

impl Sheet {
    /// Its class in the style sheet, its size there within the margins, and that in pixels.
    const fn size(self) -> (&'static str, [&'static str; 2], (i32, i32)) {
        match self {
            Self::A4 => ("a4", ["277mm", "189mm"], (1_047, 714)),
            Self::A3 => ("a3", ["400mm", "276mm"], (1_512, 1_043)),
        }
    }
}

thread_local! {
    /// What was chosen last; the browser's own command prints on it too.
    static SHEET: Cell<Sheet> = const { Cell::new(Sheet::A4) };
}

/// One board, and whose it is.
#[derive(Clone, Copy)]
struct Desk {
    state: BoardState,
    session: Session,
}

/// Prints the board as sheets when somebody prints the page, where the tree is drawn sideways.
pub fn begin(state: BoardState, session: Session) {
    provide_context(session);
    let desk = Desk { state, session };
    let printed = ["beforeprint", "afterprint"].map(|name| {
        window_event_listener_untyped(name, move |event| {
            take_away();
            if event.type_() == "beforeprint" && super::super::sideways::is_on() {
                desk.lay();
            }
        })
    });
    on_cleanup(move || printed.into_iter().for_each(|listener| listener.remove()));
}

fn take_away() {
    if let Some(paper) = dom::by_id::<Element>(PAPER) {
        paper.remove();
    }
}

/// The ways out of the page.
pub fn ways(state: BoardState) -> AnyView {
    let Some(session) = use_context::<Session>() else { return ().into_any() };
    let desk = Desk { state, session };
    let way = move |what: Word, act: fn(Desk)| {
        Button::new("button action", word(what)).on(move || {
            screen::close_dialog();
            // After the sheet has gone.
            request_animation_frame(move || act(desk));
        })
    };
    view! {
        <h2 id="board-sheet-title">{word(|t| t.paper.title)}</h2>
        <p>{word(|t| t.paper.all)}</p>
        {way(|t| t.paper.print_a4, |_| print(Sheet::A4))}
        {way(|t| t.paper.print_a3, |_| print(Sheet::A3))}
        {way(|t| t.paper.save_svg, |desk| save::svg(&desk.picture().0, &desk.name()))}
        {way(|t| t.paper.save_png, |desk| {
            let (svg, size) = desk.picture();
            save::png(&svg, size, desk.name());
        })}
    }
    .into_any()
}

fn print(sheet: Sheet) {
    SHEET.set(sheet);
    // A browser that cannot print says so itself.
    let _ = window().print();
}

impl Desk {
    /// The workshop's title and the group.
    fn title(self) -> String {
        let mut title =
            self.session.workshop().with_untracked(|w| w.as_ref().map(|w| w.title.clone())).unwrap_or_default();
        title.push('　');
        title.push_str(&fill(self.state.texts().everywhere.group_n, &[("n", &self.state.board.group().to_string())]));
        title
    }

    fn date() -> String {
        let options = wasm_bindgen::JsValue::UNDEFINED;
        let language = document().document_element().and_then(|page| page.get_attribute("lang")).unwrap_or_default();
        js_sys::Date::new_0().to_locale_date_string(&language, &options).into()
    }

    /// What a file is called.
    fn name(self) -> String {
        let day = js_sys::Date::new_0();
        let title = self.title();
        let plain = title.chars().map(|c| if c.is_whitespace() || "/\\:*?\"<>|".contains(c) { '-' } else { c });
        let mut name: String = plain.collect();
        for part in [day.get_full_year(), day.get_month() + 1, day.get_date()] {
            name.push('-');
            if part < 10 {
                name.push('0');
            }
            name.push_str(&part.to_string());
        }
        name
    }

    /// The whole tree as one picture, and its size.
    fn picture(self) -> (String, (i32, i32)) {
        let ruler = Ruler::of_page();
        let content = content::read(self.state, &ruler);
        let spots = layout::tidy(&content.nodes, GAPS);
        let (width, height) = layout::extent(&content.nodes, &spots);
        let title = ruler.lines(&self.title(), TITLE, (width - 120).max(content::WIDTH));
        let heading = Heading { title, date: Self::date(), theme: Vec::new() };
        let lines = i32::try_from(heading.title.len()).unwrap_or(1);
        let top = MARGIN + lines * TITLE.line + MARGIN / 2;
        let size = (width.max(content::WIDTH + 120) + 2 * MARGIN, top + height + MARGIN);
        let ink = ink::by_day();
        let [wide, high] = [size.0, size.1].map(|pixels| pixels.to_string());
        let mut pen = Pen::begin(&ruler.faces, &ink, (&wide, &high), size);
        pen.heading(&heading, Spot { x: MARGIN, y: MARGIN / 2 }, size.0 - MARGIN);
        let part = Part { cards: (0..).zip(spots).collect(), top: 0, continues: false };
        pen.part(&content, &part, Spot { x: MARGIN, y: top }, &|_| None);
        (pen.end(), size)
    }

    /// Lays the sheets into the page, for the printer alone.
    fn lay(self) {
        let (class, [wide, high], size) = SHEET.get().size();
        let ruler = Ruler::of_page();
        let content = content::read(self.state, &ruler);
        let theme = self.state.board.read(|board| board.get(CardId::THEME).map(|card| card.text.read())).flatten();
        let heading = Heading {
            title: ruler.lines(&self.title(), TITLE, size.0 - 160),
            date: Self::date(),
            theme: ruler.lines(&theme.unwrap_or_default(), TEXT, size.0),
        };
        let lines = |lines: &[String], high: i32| i32::try_from(lines.len()).unwrap_or(0) * high;
        let top = lines(&heading.title, TITLE.line) + lines(&heading.theme, TEXT.line) + 10;
        let free = (f64::from(size.0 - HEAD), f64::from(size.1 - top - FOOT));
        // Pixels: whole numbers.
        #[allow(clippy::cast_possible_truncation)]
        let room = Room { width: (free.0 / LEAST) as i32, height: (free.1 / LEAST) as i32, gaps: GAPS, head: HEAD };
        let sheets = sheets(&content.nodes, room);
        let scale = sheets.iter().fold(1.0_f64, |scale, sheet| {
            let (width, height) = extent(&content, sheet);
            scale.min(free.0 / f64::from(width.max(1))).min(free.1 / f64::from(height.max(1)))
        });
        let ink = Ink::black();
        let mut all = String::new();
        for (n, sheet) in (1_usize..).zip(&sheets) {
            let mut pen = Pen::begin(&ruler.faces, &ink, (wide, high), size);
            pen.heading(&heading, Spot::default(), size.0);
            pen.scaled(Spot { x: 1, y: top }, scale);
            for part in sheet {
                self.part(&mut pen, &content, part, &sheets);
            }
            pen.unscaled();
            let numbers = [("n", &*n.to_string()), ("of", &*sheets.len().to_string())];
            pen.foot(size, &fill(self.state.texts().paper.number, &numbers));
            all.push_str(&pen.end());
        }
        if let (Ok(paper), Some(body)) = (document().create_element("div"), document().body()) {
            paper.set_id(PAPER);
            paper.set_class_name(class);
            paper.set_inner_html(&all);
            // A body takes every element.
            let _ = body.append_child(&paper);
        }
    }

    fn part(self, pen: &mut Pen<'_>, content: &Content, part: &Part, sheets: &[Vec<Part>]) {
        let t = &self.state.texts().paper;
        let root = part.cards.first().map(|(n, _)| *n);
        // The sheets of the parts of which this card is the root.
        let of = |card: usize| {
            let parts = (1_usize..).zip(sheets).flat_map(|(n, sheet)| sheet.iter().map(move |part| (n, part)));
            parts.filter(move |(_, part)| part.cards.first().is_some_and(|(n, _)| *n == card))
        };
        let page = |text: &str, n: usize| fill(text, &[("n", &n.to_string())]);
        let onward = |card: usize| {
            let next = if Some(card) == root {
                of(card).skip_while(|(_, other)| *other != part).nth(1)
            } else {
                of(card).find(|(_, other)| other.continues)
            };
            next.map(|(n, _)| page(t.onward, n))
        };
        pen.part(content, part, Spot::default(), &onward);
        if let Some(root) = root.filter(|_| part.continues) {
            let before = of(root).take_while(|(_, other)| *other != part).last().map(|(n, _)| n);
            let has = |sheet: &Vec<Part>| sheet.iter().any(|part| part.cards.iter().skip(1).any(|(n, _)| *n == root));
            let from = before.or_else(|| sheets.iter().position(has).map(|n| n + 1));
            if let Some(from) = from {
                pen.note(Spot { x: 0, y: part.top - 9 }, &page(t.from, from));
            }
        }
    }
}

/// How much room the parts of a sheet take.
fn extent(content: &Content, sheet: &[Part]) -> (i32, i32) {
    let mut most = (0, 0);
    for part in sheet {
        for (n, spot) in &part.cards {
            if let Some(node) = content.nodes.get(*n) {
                most = (most.0.max(spot.x + node.width), most.1.max(part.top + spot.y + node.height));
            }
        }
    }
    most
}
