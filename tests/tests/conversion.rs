//! Japanese conversion in a real browser: nothing is sent by its Enter, nothing that others do disturbs it, nothing of it is
//! lost. On the phone and on the large view, in a new card, in a card that is there, and in the field for a name.

#![allow(clippy::indexing_slicing, reason = "a test that meets what it does not expect fails")]

use anyhow::{Context, Result, ensure};
use serde_json::json;
use server::client::{Client, Session};
use shared::docs::board::Place;
use shared::text::Splice;
use shared::{CardId, GroupId, JoinCode, Token};
use tests::ask;
use tests::browser::{AtBoard, Browser, Conversion, Device, Page, SOON};
use tests::naze::Naze;

const GROUP: u16 = 1;
const EXISTING: &str = "役員が重い";

/// A board with one card, somebody else at it without a page, and a window.
struct Table {
    _naze: Naze,
    _browser: Browser,
    page: Page,
    peer: Session,
    card: CardId,
}

fn group() -> GroupId {
    GroupId(GROUP)
}

/// Whoever else sits at the table, without a page.
async fn peer(base: &str, code: JoinCode) -> Result<Session> {
    let token = Token::of([7; 16]);
    let mut client = Client::connect(base).await?;
    let joined = client.join(code, token, "山田", Some(group())).await?;
    Ok(client.hello(joined.workshop, token).await?)
}

impl Table {
    /// None where browsers are left out.
    async fn lay(test: &str, device: Device) -> Result<Option<Self>> {
        let Some(browser) = Browser::start(test).await? else { return Ok(None) };
        let naze = Naze::start().await?;
        let page = browser.open("佐藤", device).await?;
        let made = ask::make(&naze.base(), 2).await?;
        let peer = peer(&naze.base(), made.code).await?;
        peer.board(group()).reword(CardId::THEME, "若い人が入らない")?;
        let card = peer.board(group()).add(CardId::THEME, EXISTING)?;
        peer.saved(SOON).await?;
        page.join(&naze.base(), &made.code.to_string(), "佐藤", GROUP).await?;
        page.click("main.seat .button").await?;
        AtBoard(&page).card(EXISTING).await?;
        Ok(Some(Self { _naze: naze, _browser: browser, page, peer, card }))
    }

    fn board(&self) -> AtBoard<'_> {
        AtBoard(&self.page)
    }

    /// What the other one sees on the board, theme first.
    fn others_view(&self) -> Vec<String> {
        self.peer.read(|docs| {
            let board = docs.board(group()).map(|board| board.view());
            let texts = board.map(|b| b.outline().iter().filter_map(|(id, _)| Some(b.get(*id)?.text.read())).collect());
            texts.unwrap_or_default()
        })
    }

    async fn others_see(&self, text: &str) -> Result<()> {
        let seen = self.peer.until(text, SOON, |docs| {
            docs.board(group()).is_some_and(|board| board.view().ever().any(|(_, card)| card.text.read() == text))
        });
        seen.await.with_context(|| format!("they see {:?}", self.others_view()))
    }

    /// The other one writes in front of the card, then adds a card, and the window shows that it has heard of both.
    async fn others_write(&self, before: &str, then: &str) -> Result<()> {
        let splice = Splice { at: 0, delete: 0, insert: before.to_owned() };
        self.peer.board(group()).splice(self.card, &splice)?;
        self.peer.board(group()).add_at(CardId::THEME, Place::Last, then)?;
        self.peer.saved(SOON).await?;
        self.board().card(then).await.map(drop)
    }

    /// Remembers the open field, and counts the conversions that end in it.
    async fn mark_field(&self) -> Result<()> {
        let script = "window.naze_field = document.querySelector('#board-writing textarea'); window.naze_ends = 0;
            naze_field.addEventListener('compositionend', () => { naze_ends += 1; });";
        self.page.eval(script, vec![]).await.map(drop)
    }

    /// Fails unless the marked field is where it was, has the focus, converts, and holds exactly this.
    async fn undisturbed(&self, holds: &str) -> Result<()> {
        let script = "const now = document.querySelector('#board-writing textarea');
            return [now === naze_field, document.activeElement === naze_field, naze_ends, naze_field.value]";
        let seen = self.page.eval(script, vec![]).await?;
        ensure!(seen == json!([true, true, 0, holds]), "same field, focus, ends, text: {seen}, not 「{holds}」");
        Ok(())
    }
}

async fn a_new_card(table: &Table) -> Result<()> {
    let board = table.board();
    let before = table.others_view();
    board.begin_below("若い人が入らない").await?;
    table.mark_field().await?;
    let conversion = Conversion::begin(&table.page, "にんずう").await?;
    conversion.enter().await?;
    table.undisturbed("にんずう").await?;
    table.others_write("町の", "知らせが来ない").await?;
    conversion.candidate("人数").await?;
    table.undisturbed("人数").await?;
    let heard = table.others_view();
    ensure!(heard.len() == before.len() + 1, "an unfinished conversion made a card: {heard:?}");
    conversion.take("人数").await?;
    table.others_see("人数").await?;
    Conversion::begin(&table.page, "がへった").await?.take_as_safari("が減った").await?;
    ensure!(board.field().await? == "人数が減った", "{}", board.field().await?);
    board.finish().await?;
    table.others_see("人数が減った").await?;
    let now = table.others_view();
    ensure!(now.len() == heard.len() + 1, "one card, once: {now:?}");
    board.saved().await?;
    table.page.behaved().await
}

async fn a_card_that_is_there(table: &Table) -> Result<()> {
    let board = table.board();
    board.begin_in(EXISTING).await?;
    table.mark_field().await?;
    let conversion = Conversion::begin(&table.page, "すぎる").await?;
    table.others_write("町の", "声をかけない").await?;
    table.undisturbed("役員が重いすぎる").await?;
    conversion.enter().await?;
    table.peer.board(group()).append(table.card, "。")?;
    table.peer.board(group()).add(table.card, "合図")?;
    table.peer.saved(SOON).await?;
    board.card("合図").await?;
    conversion.candidate("過ぎる").await?;
    table.undisturbed("役員が重い過ぎる").await?;
    conversion.take("過ぎる").await?;
    let both = table
        .page
        .until(
            "both texts in the field",
            "const text = document.querySelector('#board-writing textarea').value;
        return text.startsWith('町の') && text.includes('過ぎる') && text.includes('。') ? text : null",
            vec![],
        )
        .await?;
    let both = both.as_str().unwrap_or_default().to_owned();
    ensure!(both.chars().count() == "町の役員が重い過ぎる。".chars().count(), "{both}");
    board.finish().await?;
    table.others_see(&both).await?;
    ensure!(board.outline().await?.count(&both) == 1, "{}", board.outline().await?);
    table.page.behaved().await
}

async fn another_language(table: &Table) -> Result<()> {
    let board = table.board();
    board.begin_in(EXISTING).await?;
    table.mark_field().await?;
    let conversion = Conversion::begin(&table.page, "から").await?;
    table.page.other_language_untouched().await?;
    table.undisturbed("役員が重いから").await?;
    conversion.take("から").await?;
    table.others_see("役員が重いから").await?;
    board.finish().await?;
    board.begin_below("役員が重いから").await?;
    let _unfinished = Conversion::begin(&table.page, "ひるま").await?;
    table.page.other_language().await?;
    table.others_see("ひるま").await?;
    board.card("ひるま").await?;
    ensure!(board.outline().await?.count("ひるま") == 1, "{}", board.outline().await?);
    table.page.behaved().await
}

macro_rules! on_both {
    ($($name:ident: $phone:ident, $large:ident;)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $phone() -> Result<()> {
            let Some(table) = Table::lay(stringify!($phone), Device::PHONE).await? else { return Ok(()) };
            $name(&table).await
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $large() -> Result<()> {
            let Some(table) = Table::lay(stringify!($large), Device::LAPTOP).await? else { return Ok(()) };
            $name(&table).await
        }
    )*};
}

on_both! {
    a_new_card: a_new_card_on_a_phone, a_new_card_on_the_large_view;
    a_card_that_is_there: a_card_that_is_there_on_a_phone, a_card_that_is_there_on_the_large_view;
    another_language: another_language_on_a_phone, another_language_on_the_large_view;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_at_the_door() -> Result<()> {
    let Some(browser) = Browser::start("a_name_at_the_door").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let page = browser.open("佐藤", Device::PHONE).await?;
    let made = ask::make(&naze.base(), 2).await?;
    page.goto(&format!("{}/j/{}", naze.base(), made.code)).await?;
    page.click("#name").await?;
    let conversion = Conversion::begin(&page, "さとう").await?;
    conversion.enter().await?;
    page.other_language_untouched().await?;
    ensure!(page.value("#name").await? == "さとう", "the language switch touched the name");
    conversion.candidate("佐藤").await?;
    conversion.take_as_safari("佐藤").await?;
    ensure!(page.value("#name").await? == "佐藤", "{}", page.value("#name").await?);
    ensure!(page.path().await?.starts_with("/j/"), "Enter of the conversion joined");
    page.press("Enter").await?;
    page.find("main.seat").await?;
    page.until("the name at the seat", "return document.querySelector('.people').textContent.includes('佐藤')", vec![])
        .await?;
    page.behaved().await
}
