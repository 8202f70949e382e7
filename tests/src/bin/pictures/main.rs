//! Pictures of every state of a board and of every step, for the docs: `cargo xtask pictures` writes them into `docs/pictures`. Everything on them
//! is done through the page or by people who take part; nothing is painted.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as STANDARD;
use serde_json::{Value, json};
use server::client::{AtBoard as Hands, Client, Docs, Session};
use shared::docs::board::{Answer, BoardOp, CallFor, Given, Line, Mark, NoteOn, Place, Reach, Reaction, Star, Stop};
use shared::{CardId, GroupId, JoinCode, LaneId, NoteId, Token, VoteId};
use tests::ask::{self, Made};
use tests::browser::{AtBoard, Browser, Device, Page, SOON, Shape};
use tests::naze::Naze;

mod room;
mod steps;

const GROUP: GroupId = GroupId(1);
const THEME: &str = "若い世代が自治会の活動に参加しない";
const BUSY: &str = "役員になると、毎週の会合で家族と過ごす時間がなくなる";
const EVENING: &str = "会合がいつも平日の夜七時から始まる";
const ALWAYS: &str = "何十年も同じやり方で、変える手順がどこにもない";
const UNKNOWN: &str = "引っ越してきた人に、自治会が何をしているか伝わらない";
const PAPER: &str = "知らせは回覧板だけで、昼間いない家には届くのが遅い";

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures");
    let naze = Naze::start().await?;
    let browser = Browser::start("pictures").await?.context("pictures need a browser")?;
    let made = ask::make(&naze.base(), 1).await?;
    let sato = sits_down(&naze, made.code, 1, "佐藤", GROUP).await?;
    let suzuki = sits_down(&naze, made.code, 2, "鈴木", GROUP).await?;
    let phone = browser.open("田中", Device::PHONE).await?;
    phone.join(&naze.base(), &made.code.to_string(), "田中", GROUP.0).await?;
    phone.click("main.seat > .button").await?;
    AtBoard(&phone).ready().await?;
    let album = Album { folder, phone, sato, suzuki };
    album.themes().await?;
    let tree = album.tree().await?;
    album.cards(&tree).await?;
    album.talk(&tree).await?;
    album.reading(&tree).await?;
    album.places(&tree).await?;
    album.write_for().await?;
    album.large(&naze, &made, &browser).await?;
    steps::steps(&naze, &browser, &album.folder).await?;
    room::room(&naze, &browser, &album.folder).await
}

async fn sits_down(naze: &Naze, code: JoinCode, n: u8, name: &str, group: GroupId) -> Result<Session> {
    let (mut client, token) = (Client::connect(&naze.base()).await?, Token::of([n; 16]));
    let joined = client.join(code, token, name, Some(group)).await?;
    Ok(client.hello(joined.workshop, token).await?)
}

/// Takes a picture that is small enough to be kept with the code.
#[allow(clippy::print_stdout, reason = "whoever takes pictures wants to know how far it is")]
async fn take(page: &Page, folder: &Path, name: &str) -> Result<()> {
    let taken = page.cdp("Page.captureScreenshot", json!({ "format": "webp", "quality": 70 })).await?;
    let data = taken.get("data").and_then(Value::as_str).context("a picture comes as text")?;
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(format!("{name}.webp")), STANDARD.decode(data)?)?;
    println!("{name}");
    Ok(())
}

/// The cards that are looked at.
struct Tree {
    busy: CardId,
    evening: CardId,
    always: CardId,
    unknown: CardId,
}

struct Album {
    folder: PathBuf,
    phone: Page,
    sato: Session,
    suzuki: Session,
}

impl Album {
    fn board(&self) -> AtBoard<'_> {
        AtBoard(&self.phone)
    }

    fn hands(&self) -> Hands<'_> {
        self.sato.board(GROUP)
    }

    async fn picture(&self, name: &str) -> Result<()> {
        self.phone.eval("return document.fonts.ready.then(() => true)", vec![]).await?;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        take(&self.phone, &self.folder, name).await
    }

    async fn settled(&self) -> Result<()> {
        self.sato.saved(SOON).await?;
        self.suzuki.saved(SOON).await?;
        let far = |docs: &Docs| docs.board(GROUP).map(|board| board.seq());
        let farthest = self.sato.read(far).max(self.suzuki.read(far));
        for who in [&self.sato, &self.suzuki] {
            who.until("what the others did", SOON, |docs| far(docs) >= farthest).await?;
        }
        self.board().saved().await
    }

    /// Opens something from the menu.
    async fn command(&self, words: &str) -> Result<()> {
        self.phone.click(".menu-button").await?;
        self.press(words).await
    }

    /// Presses a button of the open sheet by its words.
    async fn press(&self, words: &str) -> Result<()> {
        let script = "const all = [...document.querySelectorAll('dialog[open] button')];
            const found = all.find((b) => b.checkVisibility() && b.textContent.includes(arguments[0]));
            if (!found) return null; found.click(); return true";
        self.phone.until(words, script, vec![json!(words)]).await.map(drop)
    }

    /// Presses a button in the row of a proposal.
    async fn press_in(&self, row: &str, button: &str) -> Result<()> {
        let script = "const rows = [...document.querySelectorAll('dialog[open] .proposal')];
            const found = rows.find((r) => r.textContent.includes(arguments[0]))?.querySelector(arguments[1]);
            if (!found) return null; found.click(); return true";
        self.phone.until(button, script, vec![json!(row), json!(button)]).await.map(drop)
    }

    async fn close(&self) -> Result<()> {
        self.phone.press("Escape").await?;
        self.board().no_sheet().await
    }

    /// Choosing a theme together.
    async fn themes(&self) -> Result<()> {
        self.picture("empty").await?;
        let propose = |who: &Session, text: &str| who.board(GROUP).add_note(NoteOn::Proposal, text);
        let shops: NoteId = propose(&self.sato, "一人暮らしの高齢者が買い物に困っている")?;
        let young = propose(&self.suzuki, THEME)?;
        self.suzuki.board(GROUP).apply(BoardOp::SeeMyself { note: young, given: Given::Yes })?;
        self.settled().await?;
        self.command("課題の候補").await?;
        self.picture("theme-proposals").await?;
        let vote = VoteId::from(self.hands().apply(BoardOp::OpenVote)?);
        self.settled().await?;
        self.suzuki.until("the vote", SOON, |docs| docs.board(GROUP).is_some_and(|b| b.view().vote.is_some())).await?;
        self.sato.cast(vote, vec![young])?;
        self.suzuki.cast(vote, vec![young, shops])?;
        self.press_in(THEME, ".tick").await?;
        self.settled().await?;
        self.picture("theme-vote").await?;
        self.hands().apply(BoardOp::CloseVote { vote })?;
        self.settled().await?;
        let counted = "return document.querySelector('dialog[open]').innerText.includes('いちばん多い') || null";
        self.phone.until("the result", counted, vec![]).await?;
        self.picture("theme-result").await?;
        self.press_in(THEME, ".primary").await?;
        self.picture("theme-sharpened").await?;
        self.close().await?;
        self.hands().add_note(NoteOn::Premise, "加入率は10年で8割から6割に下がった（市民課の集計）")?;
        self.settled().await
    }

    /// A tree of some cards, with the marks that a group gives them.
    async fn tree(&self) -> Result<Tree> {
        let hands = self.hands();
        let busy = hands.add(CardId::THEME, BUSY)?;
        let evening = hands.add(busy, EVENING)?;
        let always = hands.add(evening, ALWAYS)?;
        let unknown = hands.add(CardId::THEME, UNKNOWN)?;
        let paper = hands.add(unknown, PAPER)?;
        self.settled().await?;
        hands.apply(BoardOp::LinkCard { card: always, under: paper })?;
        let same = self.suzuki.board(GROUP).add(busy, "夜の会議が多く、子どもを寝かせる時間に出られない")?;
        self.settled().await?;
        hands.apply(BoardOp::MergeCard { card: same, into: evening })?;
        hands.mark(evening, Some(Mark::Fact))?;
        hands.write_line(evening, Line::Evidence, "昨年の会合12回のうち11回が夜だった（役員会の記録）")?;
        hands.mark(unknown, Some(Mark::ToCheck))?;
        hands.apply(BoardOp::SetReach { card: always, reach: Some(Reach::Us) })?;
        hands.star(always, Star::Both)?;
        hands.apply(BoardOp::SetStop { card: always, stop: Some(Stop::WouldEnd) })?;
        hands.reword(busy, "役員になると、毎週の会合で家族と過ごす時間がほとんどなくなる")?;
        let lane = LaneId::from(hands.apply(BoardOp::PutLane { lane: None, name: "自治会の中".to_owned() })?);
        hands.apply(BoardOp::SetLane { card: busy, lane: Some(lane) })?;
        self.settled().await?;
        self.board().card(PAPER).await?;
        Ok(Tree { busy, evening, always, unknown })
    }

    async fn to_card(&self, card: CardId) -> Result<()> {
        let script = "const card = document.getElementById(`card-${arguments[0]}`);
            card.scrollIntoView({ block: 'start' }); scrollBy(0, -190); return true";
        self.phone.eval(script, vec![json!(card.to_string())]).await.map(drop)
    }

    /// Brings a card where nothing lies over it.
    async fn middle(&self, text: &str) -> Result<()> {
        let script =
            "const card = [...document.querySelectorAll('.card')].find((c) => c.textContent.includes(arguments[0]));
            card?.scrollIntoView({ block: 'center' }); return Boolean(card) || null";
        self.phone.until(text, script, vec![json!(text)]).await.map(drop)
    }

    async fn cards(&self, tree: &Tree) -> Result<()> {
        self.picture("board").await?;
        self.to_card(tree.evening).await?;
        self.picture("board-marks").await?;
        self.board().begin_below(UNKNOWN).await?;
        self.board().typing("みんなの意識が低い").await?;
        self.picture("writing").await?;
        self.board().finish().await?;
        self.board().card("みんなの意識が低い").await?;
        self.picture("coach").await?;
        self.middle("みんなの意識が低い").await?;
        self.board().begin_in("みんなの意識が低い").await?;
        self.board().typing("。回覧板を読む時間がない").await?;
        self.picture("split").await?;
        self.board().finish().await?;
        self.middle(EVENING).await?;
        self.board().open_sheet(EVENING).await?;
        self.picture("card-sheet").await?;
        self.press("根拠").await?;
        self.picture("about").await?;
        self.close().await?;
        self.command("さがす").await?;
        self.picture("find").await?;
        self.close().await?;
        self.phone.click(".menu-button").await?;
        self.picture("menu").await?;
        self.close().await
    }

    async fn talk(&self, tree: &Tree) -> Result<()> {
        let others = self.suzuki.board(GROUP);
        for (who, reaction) in [(&self.sato, Reaction::Agree), (&self.suzuki, Reaction::UsToo)] {
            who.board(GROUP).apply(BoardOp::React { card: tree.evening, reaction, given: Given::Yes })?;
        }
        others.add_note(NoteOn::Card(tree.evening), "消防団の会議も同じ時間です")?;
        others.apply(BoardOp::RaiseHand)?;
        others.apply(BoardOp::Call { card: Some(tree.always), what: CallFor::Look })?;
        self.settled().await?;
        self.phone.eval("scrollTo(0, 0); return true", vec![]).await?;
        self.phone.find(".call").await?;
        self.picture("hands-and-call").await?;
        self.phone.click(".call .quiet").await?;
        self.middle(EVENING).await?;
        self.board().open_sheet(EVENING).await?;
        self.press("コメント").await?;
        self.picture("comments").await?;
        self.close().await
    }

    async fn reading(&self, tree: &Tree) -> Result<()> {
        for (who, answer) in [(&self.sato, Answer::Holds), (&self.suzuki, Answer::Jumps)] {
            let read = |card, under, answer| BoardOp::ReadLink { card, under, answer: Some(answer) };
            who.board(GROUP).apply(read(tree.always, tree.evening, Answer::Holds))?;
            who.board(GROUP).apply(read(tree.evening, tree.busy, answer))?;
        }
        self.settled().await?;
        self.middle(ALWAYS).await?;
        self.board().open_sheet(ALWAYS).await?;
        self.press("だから").await?;
        self.phone.find(".reading .answer").await?;
        self.picture("reading-back").await?;
        self.close().await?;
        self.to_card(tree.evening).await?;
        self.picture("links-read").await
    }

    async fn places(&self, tree: &Tree) -> Result<()> {
        self.middle(ALWAYS).await?;
        self.board().open_place(ALWAYS).await?;
        self.picture("links").await?;
        self.close().await?;
        self.middle(EVENING).await?;
        self.board().open_picker(EVENING).await?;
        self.picture("move").await?;
        self.close().await?;
        self.command("第1段を分ける（立場・段階など）").await?;
        self.picture("lanes").await?;
        self.close().await?;
        self.hands().add_at(tree.unknown, Place::Last, "話しかける機会がない")?;
        self.settled().await
    }

    async fn write_for(&self) -> Result<()> {
        self.command("スマートフォンのない人").await?;
        self.phone.type_into("#write-for-name", "山田 太郎").await?;
        self.phone.click(".write-for-form button").await?;
        self.press("山田").await?;
        self.phone.find(".write-for-strip.other").await?;
        self.picture("write-for").await?;
        self.phone.click(".write-for-strip button").await?;
        self.press("コードを出す").await?;
        self.phone.find(".write-for-typed").await?;
        self.phone.eval("document.querySelector('.write-for-code').scrollIntoView(); return true", vec![]).await?;
        self.picture("write-for-code").await?;
        self.close().await
    }

    /// The same board on a laptop, as the lead sees it.
    async fn large(&self, naze: &Naze, made: &Made, browser: &Browser) -> Result<()> {
        for (name, shape) in [("large", Shape::Laptop), ("tablet", Shape::Tablet)] {
            let large = browser.open("進行役", Device { shape, ..Device::LAPTOP }).await?;
            large.goto(&format!("{}/j/{}", naze.base(), made.code)).await?;
            large.give_name(if shape == Shape::Laptop { "大西" } else { "小川" }, GROUP.0).await?;
            large.click("main.seat > .button").await?;
            AtBoard(&large).card(PAPER).await?;
            let fit = "const all = [...document.querySelectorAll('.board-tools button')];
                const found = all.find((b) => b.textContent.includes('全体')); found?.click(); return Boolean(found)";
            large.until("the whole tree", fit, vec![]).await?;
            tokio::time::sleep(std::time::Duration::from_millis(600)).await;
            take(&large, &self.folder, name).await?;
            if shape == Shape::Laptop {
                large.click(".paper-button").await?;
                large.find("dialog[open]").await?;
                take(&large, &self.folder, "paper").await?;
            }
        }
        Ok(())
    }
}
