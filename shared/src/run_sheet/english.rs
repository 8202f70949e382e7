//! In English.

use super::{Line, Shipped};
use crate::docs::workshop::Kind;

const CHECK_IN: &str = "Each in turn: your name, and what you do on an ordinary day.";
const THEME: &str = "Tell each other of a problem that you have seen yourselves, and choose one of them.";
const SILENCE: &str = "No talking: everybody writes alone. Why is it so? Write as many causes as come to mind.";
const DEEPEN: &str = "Ask the cards “why is that?” and “what else?”, down to the root.";
const READ_BACK: &str = "From the last card upwards, read aloud with “therefore”. Does each link hold?";
const STAR: &str = "Star the cards that you take for root causes. The deepest is not always the one.";
const GALLERY: &str = "Look at the roots of other groups. Leave “us too!” or a question.";
const CHECK_OUT: &str = "Write one sentence that you take with you, and then your own next step.";

const ANALYSE: &[Line] = &[
    Line(Kind::CheckIn, 5, 45, "Getting to know each other", CHECK_IN),
    Line(Kind::Theme, 8, 0, "Choose a theme", THEME),
    Line(Kind::Silence, 5, 0, "Write in silence", SILENCE),
    Line(Kind::Deepen, 20, 0, "Ask why", DEEPEN),
    Line(Kind::ReadBack, 5, 0, "Read back: therefore", READ_BACK),
    Line(Kind::Star, 5, 0, "Star the root causes", STAR),
    Line(Kind::Gallery, 7, 180, "Look at other groups", GALLERY),
    Line(Kind::CheckOut, 5, 45, "My one step", CHECK_OUT),
];

const WHOLE: &[Line] = &[
    Line(Kind::CheckIn, 8, 60, "Getting to know each other", CHECK_IN),
    Line(Kind::Theme, 14, 0, "Bring and choose a theme", THEME),
    Line(Kind::Silence, 6, 0, "Write in silence", SILENCE),
    Line(Kind::Deepen, 24, 0, "Ask why", DEEPEN),
    Line(Kind::ReadBack, 6, 0, "Read back: therefore", READ_BACK),
    Line(Kind::Star, 6, 0, "Star the root causes", STAR),
    Line(Kind::Gallery, 10, 180, "Look at other groups", GALLERY),
    Line(Kind::Free, 8, 0, "Break", "Have a drink. Please be back at your table in time."),
    Line(
        Kind::Free,
        16,
        0,
        "Who can do what?",
        "For each starred card: is it ours, ours with others, or out of our hands?",
    ),
    Line(
        Kind::Free,
        14,
        0,
        "The first step",
        "Who does what by when, with what they can bring? Write it under the starred card.",
    ),
    Line(Kind::CheckOut, 8, 60, "My one step", CHECK_OUT),
];

/// The steps of a run-sheet.
pub(super) const fn steps(shipped: Shipped) -> &'static [Line] {
    match shipped {
        Shipped::Analyse => ANALYSE,
        Shipped::Whole => WHOLE,
        Shipped::Blank => &[],
    }
}
