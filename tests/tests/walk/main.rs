//! One walk through everything that a group can do at its board, with keys alone: nothing is clicked, touched or pressed by a
//! script, and every thing is reached with Tab, the arrows or the keys of the list of commands. After every step the board is as
//! it should be, as somebody else sees it, and the focus is somewhere that one sees. On a laptop, and on a phone with a keyboard.

#![allow(clippy::indexing_slicing, reason = "a test that meets what it does not expect fails")]

use anyhow::{Context, Result};
use serde_json::json;
use server::client::{AtBoard as Others, Client, Session};
use shared::docs::board::{Board, Card};
use shared::{CardId, GroupId, Token};
use tests::ask;
use tests::browser::{AtBoard, Browser, Device, Page, SOON, Shape};
use tests::naze::Naze;

mod cards;
mod talk;
mod theme;
mod view;
mod weave;

const GROUP: GroupId = GroupId(1);

/// Somebody's hands on a keyboard, and somebody else at the same board.
struct Hands {
    page: Page,
    peer: Session,
    _naze: Naze,
    _browser: Browser,
}

impl Hands {
    async fn at(test: &str, device: Device) -> Result<Option<Self>> {
        let Some(browser) = Browser::start(test).await? else { return Ok(None) };
        let naze = Naze::start().await?;
        let made = ask::make(&naze.base(), 1).await?;
        let token = Token::of([9; 16]);
        let mut client = Client::connect(&naze.base()).await?;
        let joined = client.join(made.code, token, "山田", Some(GROUP)).await?;
        let peer = client.hello(joined.workshop, token).await?;
        let page = browser.open("佐藤", device).await?;
        page.goto(&naze.base()).await?;
        page.find("#code").await?;
        let hands = Self { page, peer, _naze: naze, _browser: browser };
        hands.fill_in("#code", &made.code.to_string()).await?;
        hands.page.find("#name").await?;
        hands.fill_in("#name", "佐藤").await?;
        hands.page.find("main.seat").await?;
        hands.go("main.seat .button").await?;
        hands.board().ready().await?;
        Ok(Some(hands))
    }

    fn board(&self) -> AtBoard<'_> {
        AtBoard(&self.page)
    }

    fn others(&self) -> Others<'_> {
        self.peer.board(GROUP)
    }

    fn is_large(&self) -> bool {
        self.page.device().shape == Shape::Laptop
    }

    /// Presses keys, one after the other.
    async fn keys(&self, keys: &[&str]) -> Result<()> {
        for key in keys {
            self.page.press(key).await?;
        }
        Ok(())
    }

    /// Types into the field that has the focus.
    async fn write(&self, text: &str) -> Result<()> {
        self.page.focus_is_on("textarea:not([aria-hidden]), input").await?;
        self.page.focus_is_seen().await?;
        self.page.type_here(text).await
    }

    /// Goes to a field with Tab, fills it in and sends it with Enter.
    async fn fill_in(&self, css: &str, text: &str) -> Result<()> {
        self.page.tab_to(css).await?;
        self.write(text).await?;
        self.page.press("Enter").await
    }

    /// Goes to something with Tab and presses it with Enter.
    async fn go(&self, css: &str) -> Result<()> {
        self.page.tab_to(css).await?;
        self.page.press("Enter").await
    }

    /// Goes to the button with these words and presses it with the space bar.
    async fn go_to(&self, words: &str) -> Result<()> {
        self.page.tab_to_words(words).await?;
        self.page.press(" ").await
    }

    /// A key opens a sheet, and the focus is in it.
    async fn open(&self, key: &str) -> Result<()> {
        self.page.press(key).await?;
        self.page.find("dialog[open]").await?;
        self.page.focus_is_on("dialog[open] *").await.with_context(|| format!("in the sheet of {key}"))
    }

    /// Escape closes it, and the focus is somewhere.
    async fn close(&self) -> Result<()> {
        self.page.press("Escape").await?;
        self.board().no_sheet().await?;
        self.page.focus_is_seen().await.context("after the sheet was closed")
    }

    async fn sheet_says(&self, words: &str) -> Result<()> {
        let script =
            "return document.querySelector('dialog[open]')?.innerText.replaceAll('\\n', '').includes(arguments[0])";
        self.page.until(&format!("the sheet to say {words}"), script, vec![json!(words)]).await?;
        self.page.focus_is_on("dialog[open] *").await.with_context(|| format!("while the sheet says {words}"))
    }

    /// The focus is on this card, and one sees it.
    async fn on_card(&self, text: &str) -> Result<()> {
        self.board().has_focus(text).await?;
        self.page.focus_is_seen().await
    }

    /// Goes to a card that can be seen, with the arrows and nothing else.
    async fn to_card(&self, text: &str) -> Result<()> {
        self.page.tab_to("[role=treeitem]").await?;
        self.page.press("Home").await?;
        let tree = self.board().outline().await?;
        if self.is_large() {
            // Down to the level, then along it.
            let level = tree.line(text)?.level;
            let mut up = vec![text.to_owned()];
            for _ in 1..level {
                let above = tree.above(&up[up.len() - 1])?.to_owned();
                up.push(above);
            }
            for step in up.iter().rev() {
                self.page.press("ArrowRight").await?;
                for _ in 0..tree.0.len() {
                    if self.is_on(step).await? {
                        break;
                    }
                    self.page.press("ArrowDown").await?;
                }
            }
        } else {
            for _ in 0..tree.0.len() {
                if self.is_on(text).await? {
                    break;
                }
                self.page.press("ArrowDown").await?;
            }
        }
        self.on_card(text).await
    }

    async fn is_on(&self, text: &str) -> Result<bool> {
        let id = self.board().card(text).await?;
        // The focus follows with the next picture.
        let script = "return document.querySelector('[role=treeitem][aria-selected=true]')?.id === arguments[0]";
        Ok(self.page.eval(script, vec![json!(id)]).await? == json!(true))
    }

    /// Waits until the board is as wanted, as the other one sees it.
    async fn model(&self, what: &str, wanted: impl Fn(&Board) -> bool) -> Result<()> {
        let met = |docs: &server::client::Docs| docs.board(GROUP).is_some_and(|board| wanted(board.view()));
        self.peer.until(what, SOON, met).await.with_context(|| format!("the other one never sees {what}"))
    }

    /// Waits until a card is as wanted.
    async fn card(&self, text: &str, wanted: impl Fn(&Board, CardId, &Card) -> bool) -> Result<()> {
        let find = |board: &Board| {
            let found = board
                .outline()
                .into_iter()
                .map(|(id, _)| id)
                .find(|id| board.get(*id).is_some_and(|card| card.text.read() == text))?;
            wanted(board, found, board.get(found)?).then_some(())
        };
        self.model(&format!("「{text}」 as it should be"), |board| find(board).is_some()).await
    }

    /// The card that reads so, as the other one sees it.
    async fn id(&self, text: &str) -> Result<CardId> {
        self.card(text, |_, _, _| true).await?;
        let find = |docs: &server::client::Docs| {
            let board = docs.board(GROUP)?.view();
            let mut all = board.outline().into_iter().map(|(id, _)| id);
            all.find(|id| board.get(*id).is_some_and(|card| card.text.read() == text))
        };
        self.peer.read(find).context("it was there")
    }

    /// The card above is this one.
    async fn hangs_under(&self, text: &str, above: &str) -> Result<()> {
        let under = |board: &Board, id: CardId, _: &Card| {
            board.home(id).and_then(|home| board.get(home)).is_some_and(|card| card.text.read() == above)
        };
        self.card(text, under).await
    }
}

async fn walk(test: &str, device: Device) -> Result<()> {
    let Some(hands) = Hands::at(test, device).await? else { return Ok(()) };
    theme::choose(&hands).await.context("choosing a theme")?;
    theme::premise(&hands).await.context("premises")?;
    cards::write(&hands).await.context("writing cards")?;
    cards::say(&hands).await.context("saying something about them")?;
    weave::link(&hands).await.context("linking")?;
    weave::between(&hands).await.context("between and in two")?;
    weave::merge(&hands).await.context("merging")?;
    weave::order(&hands).await.context("moving")?;
    view::lanes(&hands).await.context("lanes")?;
    view::find(&hands).await.context("finding")?;
    talk::comments(&hands).await.context("comments")?;
    talk::hands(&hands).await.context("hands and calls")?;
    talk::read_back(&hands).await.context("reading back")?;
    cards::coach(&hands).await.context("the coach")?;
    cards::first_wording(&hands).await.context("the first wording")?;
    view::back_and_again(&hands).await.context("undo")?;
    view::look_around(&hands).await.context("the view")?;
    view::palette(&hands).await.context("the palette")?;
    hands.board().saved().await?;
    hands.page.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_by_keyboard_alone_on_a_laptop() -> Result<()> {
    walk("walk-laptop", Device::LAPTOP).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_by_keyboard_alone_on_a_phone() -> Result<()> {
    walk("walk-phone", Device::PHONE).await
}
