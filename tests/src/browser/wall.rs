//! The wall as the lead and observers use it.

use anyhow::Result;
use serde::Deserialize;

use super::{AtBoard, Page};

/// What one reads on a tile.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Tile {
    /// The theme, or that there is none.
    pub theme: String,
    /// Everything else in words.
    pub words: String,
    /// Whether roots are drawn.
    pub drawn: bool,
}

/// Somebody before all groups.
#[derive(Clone, Copy, Debug)]
pub struct AtWall<'a>(pub &'a Page);

impl<'a> AtWall<'a> {
    /// Waits until the wall is there.
    ///
    /// # Errors
    /// When something that is needed is not there; so for everything below.
    pub async fn ready(self) -> Result<()> {
        self.0.find("main.wall .tiles .tile").await.map(drop)
    }

    /// What stands on the tiles, in order.
    ///
    /// # Errors
    /// See [`AtWall::ready`].
    pub async fn tiles(self) -> Result<Vec<Tile>> {
        let script = "return [...document.querySelectorAll('.tiles .tile')].map((tile) => ({
            theme: tile.querySelector('.theme').textContent,
            words: tile.querySelector('.tile-words')?.innerText ?? '',
            drawn: [...tile.querySelectorAll('svg.roots path')].some((path) => path.getAttribute('d')),
        }))";
        Ok(serde_json::from_value(self.0.eval(script, vec![]).await?)?)
    }

    /// Opens a group large.
    ///
    /// # Errors
    /// See [`AtWall::ready`].
    pub async fn open(self, group: u16) -> Result<AtBoard<'a>> {
        self.0.click(&format!("#tile-{group}")).await?;
        let board = AtBoard(self.0);
        board.ready().await?;
        Ok(board)
    }

    /// Goes back to all groups with one key.
    ///
    /// # Errors
    /// See [`AtWall::ready`].
    pub async fn back(self) -> Result<()> {
        self.0.press("Escape").await?;
        self.0.find(".tiles .tile").await.map(drop)
    }

    /// Asks to end the workshop: a question comes.
    ///
    /// # Errors
    /// See [`AtWall::ready`].
    pub async fn ask_to_end(self) -> Result<()> {
        self.0.click(".strip .desk > .button:last-child").await?;
        self.0.find("dialog[open] .button.primary").await.map(drop)
    }

    /// Says yes to the question.
    ///
    /// # Errors
    /// See [`AtWall::ready`].
    pub async fn end(self) -> Result<()> {
        self.0.click("dialog[open] .button.primary").await?;
        let gone = "return document.querySelector('dialog[open]') === null";
        self.0.until("the question to close", gone, vec![]).await.map(drop)
    }
}
