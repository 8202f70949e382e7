//! A board as people use it, on a phone and on a laptop alike: found by what stands on the cards, done with what can be pressed.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::Page;
use super::outline::OUTLINE;
pub use super::outline::{Line, Outline};

/// Where somebody's words are, as the page says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// The word in the bar.
    pub short: String,
    /// The sentence below it, where there is one.
    pub long: String,
    /// Whether the page shows it as saved.
    pub saved: bool,
}

/// Somebody's hands at the board that their window shows.
#[derive(Clone, Copy, Debug)]
pub struct AtBoard<'a>(pub &'a Page);

const FIELD: &str = "#board-writing textarea";

impl AtBoard<'_> {
    /// Waits until the board is there.
    ///
    /// # Errors
    /// When something that is needed is not there; so for everything below.
    pub async fn ready(self) -> Result<()> {
        self.0.find("#board-tree").await.map(drop)
    }

    /// The tree as it is seen now.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn outline(self) -> Result<Outline> {
        let read = self.0.eval(OUTLINE, vec![]).await?;
        let lines = serde_json::from_value(read.clone()).with_context(|| format!("a tree is no tree: {read}"))?;
        Ok(Outline(lines))
    }

    /// Writes the theme of an empty board, by the one big button.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn write_theme(self, text: &str) -> Result<()> {
        self.0.click("#board-bar .next").await?;
        self.write(text).await
    }

    /// Writes a why below the card that reads so.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn add(self, above: &str, text: &str) -> Result<()> {
        self.press(above, ".why").await?;
        self.write(text).await
    }

    /// Writes another cause beside the card that reads so.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn add_beside(self, beside: &str, text: &str) -> Result<()> {
        self.press(beside, ".other").await?;
        self.write(text).await
    }

    /// Opens the field for a why below a card, and writes nothing yet.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn begin_below(self, above: &str) -> Result<()> {
        self.press(above, ".why").await?;
        self.0.find(FIELD).await.map(drop)
    }

    /// Opens the field in a card that is there; the caret is at its end.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn begin_in(self, card: &str) -> Result<()> {
        if self.outline().await?.line(card)?.level == 0 {
            self.press(card, ".edit").await?;
        } else {
            self.open_sheet(card).await?;
            self.choose("✎").await?;
        }
        self.0.find(FIELD).await.map(drop)
    }

    /// Types in the open field.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn typing(self, text: &str) -> Result<()> {
        self.0.type_into(FIELD, text).await
    }

    /// What stands in the open field.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn field(self) -> Result<String> {
        self.0.value(FIELD).await
    }

    /// Leaves the open field with Enter.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn finish(self) -> Result<()> {
        self.0.press("Enter").await?;
        let gone = "return document.querySelector(arguments[0]) === null";
        self.0.until("the field to close", gone, vec![json!(FIELD)]).await.map(drop)
    }

    async fn write(self, text: &str) -> Result<()> {
        self.typing(text).await?;
        self.finish().await
    }

    /// Writes behind what stands on a card.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn append(self, card: &str, text: &str) -> Result<()> {
        self.begin_in(card).await?;
        self.write(text).await
    }

    /// Moves a card below another one with the picker.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn move_under(self, card: &str, parent: &str) -> Result<()> {
        self.pick(card, "↪", parent).await
    }

    /// Opens the picker that this shape stands for, for a card, and takes another card there.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn pick(self, card: &str, shape: &str, other: &str) -> Result<()> {
        self.open_place(card).await?;
        self.choose(shape).await?;
        let script = "const found = [...document.querySelectorAll('dialog[open] .choice-card')]
            .find((b) => b.textContent.replace(/^[^:]*: /, '') === arguments[0]);
            if (found) { found.setAttribute('data-test', 'choice'); } return found !== undefined;";
        self.0.until(&format!("the card 「{other}」 to take"), script, vec![json!(other)]).await?;
        self.0.click("dialog[open] [data-test=choice]").await?;
        self.no_sheet().await
    }

    /// Stars a card, or takes the star away.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn star(self, card: &str) -> Result<()> {
        self.open_sheet(card).await?;
        self.0.click("dialog[open] .star").await?;
        self.close_sheet().await
    }

    /// Marks a card: `fact`, `guess` or `to-check`.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn mark(self, card: &str, mark: &str) -> Result<()> {
        self.open_sheet(card).await?;
        self.0.click(&format!("dialog[open] .{mark}")).await?;
        self.close_sheet().await
    }

    /// Takes a card away, with its branch.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn remove(self, card: &str) -> Result<()> {
        self.open_sheet(card).await?;
        self.choose("×").await?;
        self.no_sheet().await
    }

    /// Undoes one's own last step.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn undo(self) -> Result<()> {
        self.0.click("#board-bar .board-tools .back[aria-disabled=false]").await
    }

    /// Opens what can be done with a card.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn open_sheet(self, card: &str) -> Result<()> {
        self.press(card, ".more").await?;
        self.0.find("dialog[open]").await.map(drop)
    }

    /// Opens where a card stands and what it is linked with.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn open_place(self, card: &str) -> Result<()> {
        self.open_sheet(card).await?;
        self.choose("⇄").await?;
        self.0.find("dialog[open] .history").await.map(drop)
    }

    /// Looks at the branch of a card alone.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn look_at(self, card: &str) -> Result<()> {
        self.open_sheet(card).await?;
        self.choose("◎").await?;
        self.no_sheet().await?;
        self.0.find(".board-path").await.map(drop)
    }

    /// Opens the picker of places for a card.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn open_picker(self, card: &str) -> Result<()> {
        self.open_place(card).await?;
        self.choose("↪").await?;
        self.0.find("dialog[open] .choice-card").await.map(drop)
    }

    /// Closes what lies over the board.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn close_sheet(self) -> Result<()> {
        self.0.click("dialog[open] .sheet-body > .button:last-child").await?;
        self.no_sheet().await
    }

    /// Waits until no sheet is open.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn no_sheet(self) -> Result<()> {
        let gone = "return document.querySelector('dialog[open]') === null";
        self.0.until("the sheet to close", gone, vec![]).await.map(drop)
    }

    /// Presses what bears this shape on the open sheet: shapes are the same in every language.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn choose(self, shape: &str) -> Result<()> {
        let script = "const found = [...document.querySelectorAll('dialog[open] button')]
            .find((b) => b.textContent.trim().startsWith(arguments[0]));
            if (found) { found.setAttribute('data-test', 'choice'); } return found !== undefined;";
        self.0.until(&format!("{shape} on the sheet"), script, vec![json!(shape)]).await?;
        self.0.click("dialog[open] [data-test=choice]").await
    }

    /// Presses a button of the card that reads so.
    async fn press(self, card: &str, button: &str) -> Result<()> {
        let id = self.card(card).await?;
        self.0.click(&format!("#{id} > .card {button}")).await
    }

    /// Waits for a card that reads so. Its id.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn card(self, text: &str) -> Result<String> {
        let script = "const found = [...document.querySelectorAll('#board-tree li.node[id]')].find((node) =>
            node.querySelector(':scope > .card .card-text:not(.empty)')?.textContent === arguments[0]);
            return found ? found.id : null;";
        let found = self.0.until(&format!("the card 「{text}」"), script, vec![json!(text)]).await?;
        found.as_str().map(str::to_owned).context("an id is a text")
    }

    /// Waits until the tree is as wanted.
    ///
    /// # Errors
    /// When that takes too long.
    pub async fn until(self, what: &str, mut met: impl FnMut(&Outline) -> bool) -> Result<Outline> {
        let began = std::time::Instant::now();
        loop {
            let outline = self.outline().await?;
            if met(&outline) {
                return Ok(outline);
            }
            if began.elapsed() > super::SOON {
                return Err(self.0.failed(&format!("waited for {what}; the tree is\n{outline}")).await);
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// What the page says about where one's words are.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn told(self) -> Result<Told> {
        let script = "const word = document.querySelector('.bar .saving');
            return [word.textContent, document.querySelector('.away-note').textContent, word.matches('.done')];";
        let (short, long, saved) = serde_json::from_value(self.0.eval(script, vec![]).await?)?;
        Ok(Told { short, long, saved })
    }

    /// Waits until the page says that everything is saved.
    ///
    /// # Errors
    /// When it never does.
    pub async fn saved(self) -> Result<()> {
        let script = "const word = document.querySelector('.bar .saving'); return word && word.matches('.done')";
        self.0.until_within(Duration::from_secs(45), "“saved”", script, vec![]).await.map(drop)
    }

    /// Waits until the page says that words are kept on this device, and returns what it says.
    ///
    /// # Errors
    /// When it never does.
    pub async fn kept_here(self) -> Result<String> {
        let script = "const said = document.querySelector('.away-note').textContent;
            return /端末に保管|kept on this device/.test(said) ? said : null";
        let said = self.0.until("words about what is kept on this device", script, vec![]).await?;
        ensure!(!self.told().await?.saved, "{}: “saved” beside 「{said}」", self.0.who());
        Ok(said.as_str().unwrap_or_default().to_owned())
    }

    /// Cards whose face says that somebody else writes there.
    ///
    /// # Errors
    /// See [`AtBoard::ready`].
    pub async fn writers(self) -> Result<Vec<String>> {
        let script = "return [...document.querySelectorAll('#board-tree .writers')].map((e) => e.textContent)";
        match self.0.eval(script, vec![]).await? {
            Value::Array(all) => Ok(all.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()),
            _ => Ok(Vec::new()),
        }
    }
}
