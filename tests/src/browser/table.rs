//! A board with one card, a window at it, and somebody else at the same board without a page: what others do is done by them.

use anyhow::{Context, Result};
use server::client::{Client, Session};
use shared::docs::board::Place;
use shared::docs::workshop::{Phase, WorkshopOp};
use shared::text::Splice;
use shared::{CardId, GroupId, JoinCode, Token};

use super::{AtBoard, AtWall, Browser, Device, Page, SOON};
use crate::ask::{self, Made};
use crate::naze::Naze;

const GROUP: u16 = 1;

/// What the theme says.
pub const THEME: &str = "若い人が入らない";
/// What the one card below it says.
pub const CARD: &str = "役員が重い";

/// Two at one board.
#[derive(Debug)]
pub struct Table {
    naze: Naze,
    made: Made,
    browser: Browser,
    /// The window.
    pub page: Page,
    /// The other one.
    pub peer: Session,
    /// The card below the theme.
    pub card: CardId,
}

async fn peer(base: &str, code: JoinCode) -> Result<Session> {
    let token = Token::of([7; 16]);
    let mut client = Client::connect(base).await?;
    let joined = client.join(code, token, "山田", Some(GroupId(GROUP))).await?;
    Ok(client.hello(joined.workshop, token).await?)
}

impl Table {
    /// Seats both. None where browsers are left out.
    ///
    /// # Errors
    /// When something that is needed is not there; so for everything below.
    pub async fn lay(test: &str, device: Device) -> Result<Option<Self>> {
        let Some(browser) = Browser::start(test).await? else { return Ok(None) };
        let naze = Naze::start().await?;
        let page = browser.open("佐藤", device).await?;
        let made = ask::make(&naze.base(), 2).await?;
        let peer = peer(&naze.base(), made.code).await?;
        peer.board(GroupId(GROUP)).reword(CardId::THEME, THEME)?;
        let card = peer.board(GroupId(GROUP)).add(CardId::THEME, CARD)?;
        peer.saved(SOON).await?;
        page.join(&naze.base(), &made.code.to_string(), "佐藤", GROUP).await?;
        page.click("main.seat .button").await?;
        AtBoard(&page).card(CARD).await?;
        Ok(Some(Self { naze, made, browser, page, peer, card }))
    }

    /// The lead ends the workshop.
    ///
    /// # Errors
    /// When the server does not take it.
    pub async fn end(&self) -> Result<()> {
        self.conduct(Phase::Ended).await
    }

    /// And opens it again.
    ///
    /// # Errors
    /// See [`Table::end`].
    pub async fn open_again(&self) -> Result<()> {
        self.conduct(Phase::Open).await
    }

    async fn conduct(&self, phase: Phase) -> Result<()> {
        let lead = Client::connect(&self.naze.base()).await?.hello(self.made.id, self.made.lead).await?;
        lead.until("the workshop", SOON, server::client::Docs::is_complete).await?;
        lead.conduct(WorkshopOp::SetPhase { phase })?;
        Ok(lead.saved(SOON).await?)
    }

    /// Where the server is.
    pub fn base(&self) -> String {
        self.naze.base()
    }

    /// An observer's window at the same board.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn observer(&self) -> Result<Page> {
        self.open_again().await?;
        let page = self.browser.open("見学", self.page.device()).await?;
        page.goto(&format!("{}/w/{}#{}", self.naze.base(), self.made.id, self.made.observer)).await?;
        AtWall(&page).open(GROUP).await?;
        Ok(page)
    }

    /// The board as the window shows it.
    pub const fn board(&self) -> AtBoard<'_> {
        AtBoard(&self.page)
    }

    /// The board under the other one's hands.
    pub fn others(&self) -> server::client::AtBoard<'_> {
        self.peer.board(GroupId(GROUP))
    }

    /// What the other one sees on the board, theme first.
    pub fn others_view(&self) -> Vec<String> {
        self.peer.read(|docs| {
            let board = docs.board(GroupId(GROUP)).map(|board| board.view());
            let texts = board.map(|b| b.outline().iter().filter_map(|(id, _)| Some(b.get(*id)?.text.read())).collect());
            texts.unwrap_or_default()
        })
    }

    /// Waits until the other one sees this text. Its card.
    ///
    /// # Errors
    /// When they never do.
    pub async fn others_see(&self, text: &str) -> Result<CardId> {
        let find = |docs: &server::client::Docs| {
            let board = docs.board(GroupId(GROUP))?.view();
            board.ever().find(|(_, card)| card.text.read() == text).map(|(id, _)| id)
        };
        let seen = self.peer.until(text, SOON, |docs| find(docs).is_some()).await;
        seen.with_context(|| format!("they see {:?}", self.others_view()))?;
        self.peer.read(find).context("it was there")
    }

    /// The other one writes in front of the card, then adds a card, and the window shows that it has heard of both.
    ///
    /// # Errors
    /// See [`Table::lay`].
    pub async fn others_write(&self, before: &str, then: &str) -> Result<()> {
        let splice = Splice { at: 0, delete: 0, insert: before.to_owned() };
        self.others().splice(self.card, &splice)?;
        self.others().add_at(CardId::THEME, Place::Last, then)?;
        self.peer.saved(SOON).await?;
        self.board().card(then).await.map(drop)
    }

    /// Remembers the open field, and counts the conversions that end in it.
    ///
    /// # Errors
    /// See [`Table::lay`].
    pub async fn mark_field(&self) -> Result<()> {
        self.mark("#board-writing textarea").await
    }

    /// The same with any field.
    ///
    /// # Errors
    /// See [`Table::lay`].
    pub async fn mark(&self, css: &str) -> Result<()> {
        self.page.find(css).await?;
        let script = "window.naze_css = arguments[0]; window.naze_field = document.querySelector(naze_css);
            window.naze_ends = 0; naze_field.addEventListener('compositionend', () => { naze_ends += 1; });";
        self.page.eval(script, vec![serde_json::json!(css)]).await.map(drop)
    }

    /// Fails unless the marked field is where it was, has the focus, converts, and holds exactly this.
    ///
    /// # Errors
    /// When it does not.
    pub async fn undisturbed(&self, holds: &str) -> Result<()> {
        let script = "const now = document.querySelector(naze_css);
            return [now === naze_field, document.activeElement === naze_field, naze_ends, naze_field.value]";
        let seen = self.page.eval(script, vec![]).await?;
        anyhow::ensure!(
            seen == serde_json::json!([true, true, 0, holds]),
            "same field, focus, ends, text: {seen}, not 「{holds}」"
        );
        Ok(())
    }
}

/// The same test at a phone and at a large window.
#[macro_export]
macro_rules! on_both {
    ($($name:ident: $phone:ident, $large:ident;)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $phone() -> anyhow::Result<()> {
            use $crate::browser::{Device, table::Table};
            let Some(table) = Table::lay(stringify!($phone), Device::PHONE).await? else { return Ok(()) };
            $name(&table).await
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $large() -> anyhow::Result<()> {
            use $crate::browser::{Device, table::Table};
            let Some(table) = Table::lay(stringify!($large), Device::LAPTOP).await? else { return Ok(()) };
            $name(&table).await
        }
    )*};
}
