//! The tree of a board as the page shows it, line by line.

use std::fmt;

use anyhow::{Context, Result};
use serde::Deserialize;

/// Reads the tree as the page shows it. A card that is being written in reads as its field does.
pub(super) const OUTLINE: &str = "
    return [...document.querySelectorAll('#board-tree li.node')].map((node) => {
        const card = node.querySelector(':scope > .card');
        const field = card.querySelector('textarea');
        const words = card.querySelector('.card-text:not(.empty)');
        let level = 0;
        for (let up = node.parentElement.closest('li.node'); up; up = up.parentElement.closest('li.node')) level += 1;
        const mark = ['fact', 'guess', 'to-check'].find((mark) => card.querySelector(`.marks .${mark}`));
        return {
            id: node.id,
            level,
            text: field ? field.value : words ? words.textContent : '',
            starred: card.querySelector('.marks .star') !== null,
            mark: mark || null,
        };
    });";

/// One line of the tree.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Line {
    /// The element; empty for a field that is open.
    pub id: String,
    /// How deep; the theme is 0.
    pub level: usize,
    /// What stands there.
    pub text: String,
    /// With the star of a root cause.
    pub starred: bool,
    /// With which mark.
    pub mark: Option<String>,
}

/// The tree of a board, line by line. Two are equal when they read the same.
#[derive(Clone, Debug)]
pub struct Outline(pub Vec<Line>);

impl Outline {
    /// How often this text stands on a card.
    pub fn count(&self, text: &str) -> usize {
        self.0.iter().filter(|line| line.text == text).count()
    }

    /// The texts of all cards below the theme.
    pub fn causes(&self) -> Vec<&str> {
        self.0.iter().filter(|line| line.level > 0).map(|line| line.text.as_str()).collect()
    }

    /// The card with this text.
    ///
    /// # Errors
    /// When there is none.
    pub fn line(&self, text: &str) -> Result<&Line> {
        self.0.iter().find(|line| line.text == text).with_context(|| format!("no card 「{text}」 in\n{self}"))
    }

    /// The card above the one with this text.
    ///
    /// # Errors
    /// When there is none.
    pub fn above(&self, text: &str) -> Result<&str> {
        let at = self.0.iter().position(|line| line.text == text).with_context(|| format!("no card 「{text}」"))?;
        let level = self.line(text)?.level;
        let above = self.0.iter().take(at).rev().find(|line| line.level < level);
        Ok(&above.with_context(|| format!("nothing above 「{text}」"))?.text)
    }
}

impl PartialEq for Outline {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl fmt::Display for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.0 {
            let star = if line.starred { " ★" } else { "" };
            let mark = line.mark.as_ref().map_or_else(String::new, |mark| format!(" [{mark}]"));
            writeln!(f, "{}{}{star}{mark}", "  ".repeat(line.level), line.text)?;
        }
        Ok(())
    }
}
