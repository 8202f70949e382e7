//! What happens to phones: a pocket, an aeroplane mode, a page that is left and come back to, storage that takes nothing, two tabs, an empty
//! battery. After each of them somebody else has every word once, and at no moment does the phone say more than is true.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use server::client::{Client, Docs, Session};
use shared::{CardId, GroupId, Token};
use tests::ask::{self, Made};
use tests::browser::{AtBoard, Browser, Device, Page, SOON};
use tests::conductor::Conductor;
use tests::naze::Naze;
use tests::proxy::Proxy;

mod battery;
mod ended;
mod network;
mod pocket;
mod reload;
mod silence;
mod storage;
mod tabs;

const GROUP: GroupId = GroupId(1);
const THEME: &str = "若い人が自治会に入らない";

/// A workshop behind a network that can be spoilt, and somebody at the same board whose network is good.
struct Hall {
    naze: Naze,
    proxy: Proxy,
    made: Made,
    browser: Browser,
    peer: Session,
}

/// Remembers every word that the page says about saving.
const DIARY: &str = "window.naze_said = [];
    const look = () => {
        const word = document.querySelector('.bar .saving');
        const said = word === null ? '' : word.matches('.done') ? 'done' : word.textContent;
        if (naze_said.at(-1) !== said) naze_said.push(said);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });";

impl Hall {
    async fn open(test: &str) -> Result<Option<Self>> {
        let Some(browser) = Browser::start(test).await? else { return Ok(None) };
        let naze = Naze::start().await?;
        let (made, proxy) = (ask::make(&naze.base(), 2).await?, Proxy::before(naze.port()).await?);
        Conductor::at(&naze.base(), &made).await?.begin().await?;
        let (mut client, token) = (Client::connect(&naze.base()).await?, Token::of([7; 16]));
        let joined = client.join(made.code, token, "山田", Some(GROUP)).await?;
        let peer = client.hello(joined.workshop, token).await?;
        peer.board(GROUP).reword(CardId::THEME, THEME)?;
        peer.saved(SOON).await?;
        Ok(Some(Self { naze, proxy, made, browser, peer }))
    }

    /// Somebody sits down with a phone; the script runs in each of its documents before their own.
    async fn sit(&self, who: &str, before: &str) -> Result<Page> {
        let page = self.browser.open(who, Device::PHONE).await?;
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": before })).await?;
        page.join(&self.proxy.base(), &self.made.code.to_string(), who, GROUP.0).await?;
        AtBoard(&page).card(THEME).await?;
        page.eval(DIARY, vec![]).await?;
        Ok(page)
    }

    /// What somebody else reads on the board.
    fn texts(&self) -> Vec<String> {
        self.peer.read(|docs| docs.board(GROUP).map(|board| texts(docs, board.view())).unwrap_or_default())
    }

    /// Waits until somebody else has all of these.
    async fn arrive(&self, words: &[&str]) -> Result<()> {
        let there = |docs: &Docs| {
            let texts = docs.board(GROUP).map(|board| texts(docs, board.view())).unwrap_or_default();
            words.iter().all(|word| texts.iter().any(|text| text == word))
        };
        self.peer.until("the words", SOON, there).await.with_context(|| format!("they see {:?}", self.texts()))
    }

    /// Somebody who comes now reads these below the theme, each of them once, and nothing else.
    async fn has_once(&self, words: &[&str]) -> Result<()> {
        self.arrive(words).await?;
        let mut client = Client::connect(&self.naze.base()).await?;
        let token = Token::of([9; 16]);
        client.join(self.made.code, token, "あとから", Some(GROUP)).await?;
        let late = client.hello(self.made.id, token).await?;
        late.until("the board", SOON, Docs::is_complete).await?;
        let mut read = late.read(|docs| docs.board(GROUP).map(|board| texts(docs, board.view())).unwrap_or_default());
        let mut wanted: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        read.sort();
        wanted.sort();
        ensure!(read == wanted, "somebody who comes now reads {read:?}, not {wanted:?}");
        Ok(())
    }

    /// Another card comes from somebody else.
    async fn others_write(&self, words: &str) -> Result<()> {
        self.peer.board(GROUP).add(CardId::THEME, words)?;
        Ok(self.peer.saved(SOON).await?)
    }
}

fn texts(_: &Docs, board: &shared::docs::board::Board) -> Vec<String> {
    board.ever().map(|(_, card)| card.text.read()).filter(|text| text != THEME).collect()
}

/// Writes a card, and writes down what the page says from its first letter on.
async fn write_and_listen(page: &Page, words: &str) -> Result<()> {
    let board = AtBoard(page);
    board.begin_below(THEME).await?;
    page.eval("naze_said = []", vec![]).await?;
    board.typing(words).await?;
    board.finish().await
}

/// Fails when the page has said "saved" since [`write_and_listen`].
async fn never_said_saved(page: &Page) -> Result<()> {
    let said = page.eval("return naze_said", vec![]).await?;
    ensure!(!said.as_array().is_some_and(|all| all.contains(&json!("done"))), "{}: it said {said}", page.who());
    ensure!(!AtBoard(page).told().await?.saved, "{}: it says “saved”", page.who());
    Ok(())
}

/// Waits for the sentence with these words in it; the whole sentence.
async fn says(page: &Page, words: &str) -> Result<String> {
    let script = "const said = document.querySelector('.away-note')?.textContent; return said?.includes(arguments[0]) ? said : null";
    let said = page.until(&format!("「{words}」"), script, vec![json!(words)]).await?;
    said.as_str().map(str::to_owned).context("a sentence is a text")
}

/// How many changes the phone keeps, and of how many different clients.
async fn kept(page: &Page) -> Result<(usize, usize)> {
    let script = "const keys = Object.keys(localStorage).filter((key) => key.startsWith('naze.op.'));
        return [keys.length, new Set(keys.map((key) => key.split('.').at(-2))).size]";
    Ok(serde_json::from_value(page.eval(script, vec![]).await?)?)
}

/// The phone keeps nothing any more.
async fn keeps_nothing(page: &Page) -> Result<()> {
    let script = "return Object.keys(localStorage).every((key) => !key.startsWith('naze.op.'))";
    page.until("nothing kept", script, vec![]).await.map(drop)
}

/// Aeroplane mode: the browser knows that there is no network.
async fn aeroplane(page: &Page, on: bool) -> Result<()> {
    let params = json!({ "offline": on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.cdp("Network.enable", json!({})).await?;
    page.cdp("Network.emulateNetworkConditions", params).await.map(drop)
}

/// Loads the page anew, or tries to: without a network the browser shows a page of its own.
async fn try_to_reload(page: &Page) -> Result<Value> {
    // It says itself that it could not.
    let _ = page.reload().await;
    page.eval("return location.href", vec![]).await
}
