//! Getting in as people do: a code typed on the first page, a name, a group of one's choice; a workshop made with the form.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::Page;

impl Page {
    /// Joins from the first page: types the code, gives a name, chooses a group. Ends at the seat, or at the board once the
    /// workshop has begun.
    ///
    /// # Errors
    /// When something that is needed is not there; so for everything below.
    pub async fn join(&self, base: &str, code: &str, name: &str, group: u16) -> Result<()> {
        self.goto(base).await?;
        self.type_into("#code", code).await?;
        self.click(".code-form button[type=submit]").await?;
        self.give_name(name, group).await
    }

    /// At the door: gives a name and chooses a group.
    ///
    /// # Errors
    /// See [`Page::join`].
    pub async fn give_name(&self, name: &str, group: u16) -> Result<()> {
        self.type_into("#name", name).await?;
        self.click(".tables summary").await?;
        self.click(&format!(".tables .choice:has(input[value='{group}'])")).await?;
        self.click(".join-form button[type=submit]").await?;
        self.until("a seat", "return document.querySelector('main.seat, #board-tree') !== null", vec![]).await?;
        let place = self.text_of("return document.querySelector('.bar .place').textContent", vec![]).await?;
        ensure!(place.contains(&group.to_string()), "{} sits at {place}, not in group {group}", self.who());
        Ok(())
    }

    /// Makes a workshop with the form, without a run-sheet: everybody has the whole board. Its join code, as the reception shows
    /// it.
    ///
    /// # Errors
    /// See [`Page::join`].
    pub async fn start_workshop(&self, base: &str, title: &str, goal: &str, groups: u16) -> Result<String> {
        self.goto(&format!("{base}/new")).await?;
        self.type_into("#title", title).await?;
        self.type_into("#goal", goal).await?;
        let now = self.value("#groups").await?;
        if now != groups.to_string() {
            self.find("#groups").await?.clear().await?;
            self.type_into("#groups", &groups.to_string()).await?;
        }
        self.click(".choice:has(#run-sheet-blank)").await?;
        self.click(".start-form button[type=submit]").await?;
        self.code().await
    }

    /// The join code that the reception shows.
    ///
    /// # Errors
    /// See [`Page::join`].
    pub async fn code(&self) -> Result<String> {
        let script = "const code = document.querySelector('.big-code')?.textContent.replace(/\\s/g, '');
            return code && code.length === 6 ? code : null";
        let code = self.until("the join code", script, vec![]).await?;
        code.as_str().map(str::to_owned).context("a code is a text")
    }

    /// The lead's own link, out of sight at the reception until one asks for it.
    ///
    /// # Errors
    /// See [`Page::join`].
    pub async fn lead_link(&self) -> Result<String> {
        self.click(".links summary").await?;
        let link =
            "const link = document.querySelector('#lead-link')?.value; return link && link.includes('#') ? link : null";
        let link = self.until("the lead's link", link, vec![]).await?;
        self.click(".links summary").await?;
        link.as_str().map(str::to_owned).context("a link is a text")
    }

    /// Begins the workshop at the reception; the wall comes by itself.
    ///
    /// # Errors
    /// See [`Page::join`].
    pub async fn begin_workshop(&self) -> Result<()> {
        self.click(".begin .button.primary").await?;
        self.find("main.wall").await.map(drop)
    }

    /// Changes to the other language by its button.
    ///
    /// # Errors
    /// See [`Page::join`].
    pub async fn other_language(&self) -> Result<()> {
        let before = self.language().await?;
        self.click(".bar .language").await?;
        let changed = "return document.documentElement.lang !== arguments[0]";
        self.until("the other language", changed, vec![json!(before)]).await.map(drop)
    }

    /// Changes to the other language without touching anything, as a switch does that does not take the focus.
    ///
    /// # Errors
    /// See [`Page::join`].
    pub async fn other_language_untouched(&self) -> Result<()> {
        let before = self.language().await?;
        self.eval("document.querySelector('.bar .language').click()", vec![]).await?;
        let changed = "return document.documentElement.lang !== arguments[0]";
        self.until("the other language", changed, vec![json!(before)]).await.map(drop)
    }

    /// The language of the page now.
    ///
    /// # Errors
    /// See [`Page::join`].
    pub async fn language(&self) -> Result<String> {
        self.text_of("return document.documentElement.lang", vec![]).await
    }
}
