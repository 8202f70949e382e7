//! One device for a table: a scribe adds somebody without a phone, writes, votes and answers in their name, and hands over to a
//! phone of their own. What was not saved when that happens is shown, not lost.

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::json;
use server::client::{Client, Docs};
use shared::docs::board::{Ballots, BoardOp, NoteOn};
use shared::{By, GroupId, PersonId, Token, VoteId};
use tests::ask;
use tests::browser::table::{CARD, THEME, Table};
use tests::browser::{AtBoard, Browser, Device, Outline, Page, SOON};
use tests::naze::Naze;
use tests::proxy::Proxy;

const NAME: &str = "鈴木 一郎";

/// Chooses a command from the menu.
async fn command(page: &Page, words: &str) -> Result<()> {
    page.click(".menu-button").await?;
    let press = "const all = [...document.querySelectorAll('dialog[open] .menu button')];
        const found = all.find(button => button.textContent.includes(arguments[0]));
        if (!found) return null; found.click(); return true";
    page.until(words, press, vec![json!(words)]).await.map(drop)
}

async fn open(page: &Page) -> Result<()> {
    command(page, "スマートフォンのない人").await?;
    page.find("#write-for-name").await.map(drop)
}

async fn add(page: &Page, name: &str) -> Result<()> {
    page.type_into("#write-for-name", name).await?;
    page.click(".write-for-form button").await?;
    let there = "return [...document.querySelectorAll('.write-for-names button')].some(b => b.textContent.includes(arguments[0]))";
    page.until("the new name", there, vec![json!(name)]).await.map(drop)
}

/// Writes in this name from now on.
async fn write_as(page: &Page, name: &str) -> Result<()> {
    let press = "const all = [...document.querySelectorAll('.write-for-names button')];
        const found = all.find(button => button.textContent.includes(arguments[0]));
        if (!found) return null; found.click(); return true";
    page.until("the name", press, vec![json!(name)]).await?;
    let closed =
        "return document.querySelector('dialog[open]') === null && document.querySelector('#board-tree') !== null";
    page.until("the board", closed, vec![]).await.map(drop)
}

async fn change(page: &Page) -> Result<()> {
    page.click(".write-for-strip button").await?;
    page.find(".write-for-names button").await.map(drop)
}

fn person_called(table: &Table, name: &str) -> Option<PersonId> {
    table.peer.read(|docs| {
        let members = &docs.board(GroupId(1))?.view().members;
        members.iter().find(|(_, member)| member.name == name).map(|(id, _)| *id)
    })
}

/// Asks for the code to go on with.
async fn code(page: &Page) -> Result<String> {
    page.click(".write-for-code button").await?;
    let script = "const code = document.querySelector('.write-for-typed')?.textContent.replace(/\\s/g, '');
        return code && code.length === 6 ? code : null";
    let code = page.until("the code", script, vec![]).await?;
    code.as_str().map(str::to_owned).context("a code is a text")
}

async fn in_anothers_name(table: &Table) -> Result<()> {
    let (page, board) = (&table.page, table.board());
    open(page).await?;
    page.click(".write-for-form button").await?;
    page.until("what is wrong", "return document.querySelector('#write-for-name-trouble').textContent || null", vec![])
        .await?;
    add(page, NAME).await?;
    page.finds_no_barrier("the sheet of names").await?;
    write_as(page, NAME).await?;
    board.add(CARD, "平日の夜に集まれる人しか引き受けられない").await?;
    let card = table.others_see("平日の夜に集まれる人しか引き受けられない").await?;
    let person = person_called(table, NAME).context("they sit here")?;
    let by = |card| table.peer.read(|docs| Some(docs.board(GroupId(1))?.view().get(card)?.by));
    ensure!(by(card) == Some(By::Person(person)), "written in their name: {:?}", by(card));
    let strip = page.text_of("return document.querySelector('.write-for-strip').textContent", vec![]).await?;
    ensure!(strip.contains(NAME), "it is told all the time: {strip}");
    let author = "return document.querySelector(`#card-${arguments[0]} .author`).textContent";
    let named = page.text_of(author, vec![json!(card.to_string())]).await?;
    ensure!(named == NAME, "nobody is called you while one writes for another: {named}");
    // Their own steps are undone, not the scribe's; and back in one's own name, one's own.
    change(page).await?;
    page.finds_no_barrier("the sheet of who writes").await?;
    write_as(page, "自分").await?;
    board.add(THEME, "自分で書いた原因").await?;
    let own = table.others_see("自分で書いた原因").await?;
    ensure!(by(own) != by(card) && matches!(by(own), Some(By::Person(_))), "one's own again");
    change(page).await?;
    write_as(page, NAME).await?;
    page.click(".board-tools .back").await?;
    board.until("their card undone", |tree| tree.count("平日の夜に集まれる人しか引き受けられない") == 0).await?;
    board.until("one's own left", |tree| tree.count("自分で書いた原因") == 1).await?;
    page.reload().await?;
    let place = "return document.querySelector('.bar .place').textContent.includes(arguments[0]) || null";
    page.until("the same name after a reload", place, vec![json!(NAME)]).await?;
    page.behaved().await
}

/// One device votes for two people, in secret, and both are counted.
async fn a_vote_each(table: &Table) -> Result<()> {
    let page = &table.page;
    open(page).await?;
    add(page, NAME).await?;
    let note = table.others().add_note(NoteOn::Proposal, "空き家がふえている")?;
    let vote = VoteId::from(table.others().apply(BoardOp::OpenVote)?);
    table.peer.saved(SOON).await?;
    for name in ["自分", NAME] {
        write_as(page, name).await?;
        command(page, "課題の候補").await?;
        page.click("dialog[open] .proposal .tick").await?;
        let cast = "return document.querySelector('dialog[open]').innerText.includes('投票しました') || null";
        page.until("the ballot", cast, vec![]).await?;
        page.press("Escape").await?;
        table.board().no_sheet().await?;
        table.board().saved().await?;
        change(page).await?;
    }
    table.others().apply(BoardOp::CloseVote { vote })?;
    let result = |docs: &Docs| match &docs.board(GroupId(1))?.view().vote.as_ref()?.ballots {
        Ballots::Counted { ballots, votes } => Some((*ballots, votes.get(&note).copied())),
        _ => None,
    };
    table.peer.until("the result", SOON, |docs| result(docs).is_some()).await?;
    ensure!(table.peer.read(result) == Some((2, Some(2))), "two people, one device: {:?}", table.peer.read(result));
    page.behaved().await
}

async fn handed_over(table: &Table) -> Result<()> {
    let (page, board) = (&table.page, table.board());
    open(page).await?;
    add(page, NAME).await?;
    write_as(page, NAME).await?;
    board.add(CARD, "代わりに書いた原因").await?;
    table.others_see("代わりに書いた原因").await?;
    let person = person_called(table, NAME).context("they sit here")?;
    change(page).await?;
    let code = code(page).await?;
    page.finds_no_barrier("the sheet with the code").await?;
    let Some(browser) = Browser::start("write_for-other").await? else { return Ok(()) };
    let phone = browser.open(NAME, Device::PHONE).await?;
    phone.goto(&table.base()).await?;
    phone.type_into("#code", &code).await?;
    phone.click(".code-form button[type=submit]").await?;
    phone.find("main.join .button.primary").await?;
    let told = phone.text_of("return document.querySelector('main').textContent", vec![]).await?;
    ensure!(told.contains(NAME) && told.contains("1班"), "whose place, and where: {told}");
    phone.finds_no_barrier("the place of somebody").await?;
    phone.click("main.join .button.primary").await?;
    let theirs = AtBoard(&phone);
    phone.click("main.seat .button").await?;
    theirs.card("代わりに書いた原因").await?;
    theirs.add("代わりに書いた原因", "自分の電話で書いた原因").await?;
    let card = table.others_see("自分の電話で書いた原因").await?;
    let by = table.peer.read(|docs| Some(docs.board(GroupId(1))?.view().get(card)?.by));
    ensure!(by == Some(By::Person(person)), "the same person: {by:?}");
    // The scribe is told, and goes on in their own name.
    let told = "return document.querySelector('main.narrow h1')?.textContent.includes(arguments[0]) || null";
    page.until("that they go on themselves", told, vec![json!(NAME)]).await?;
    page.finds_no_barrier("somebody has gone on").await?;
    page.click("main.narrow .button.primary").await?;
    board.card("自分の電話で書いた原因").await?;
    let gone = "return document.querySelector('.write-for-strip') === null";
    page.until("nobody left to write for", gone, vec![]).await?;
    phone.behaved().await?;
    page.behaved().await
}

/// Words that the scribe had typed in their name without a connection cannot be saved any more: they are shown.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_not_saved_in_time_is_shown() -> Result<()> {
    not_saved_in_time(Meanwhile::Open).await
}

/// The same when the page was closed meanwhile: the words are what the phone has kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_not_saved_before_the_page_went_is_shown() -> Result<()> {
    not_saved_in_time(Meanwhile::Closed).await
}

/// What the page does while the other phone takes over.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Meanwhile {
    Open,
    Closed,
}

async fn not_saved_in_time(meanwhile: Meanwhile) -> Result<()> {
    let Some(browser) = Browser::start(&format!("write_for-{meanwhile:?}")).await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let (made, proxy) = (ask::make(&naze.base(), 1).await?, Proxy::before(naze.port()).await?);
    let page = browser.open("佐藤", Device::PHONE).await?;
    page.join(&proxy.base(), &made.code.to_string(), "佐藤", 1).await?;
    // Before it begins, too, somebody can be added.
    page.click("main.seat summary").await?;
    page.type_into("#write-for-name", NAME).await?;
    page.click(".write-for-form button").await?;
    page.find("main.seat .people li:nth-child(2)").await?;
    page.click("main.seat > .button").await?;
    let board = AtBoard(&page);
    board.ready().await?;
    board.write_theme("若い人が入らない").await?;
    change(&page).await?;
    write_as(&page, NAME).await?;
    board.add("若い人が入らない", "届いた言葉").await?;
    board.saved().await?;
    change(&page).await?;
    let code = code(&page).await?;
    page.press("Escape").await?;
    board.no_sheet().await?;
    proxy.cut();
    board.add("若い人が入らない", "まだ届いていない言葉").await?;
    board.kept_here().await?;
    let mut phone = Client::connect(&naze.base()).await?;
    phone.take_over(made.id, code.parse().map_err(|why| anyhow!("{why}"))?, Token::of([77; 16])).await?;
    let path = page.path().await?;
    if meanwhile == Meanwhile::Closed {
        page.goto("about:blank").await?;
    }
    proxy.mend();
    if meanwhile == Meanwhile::Closed {
        page.goto(&format!("{}{path}", proxy.base())).await?;
    }
    let shown = "return document.querySelector('.write-for-words')?.textContent || null";
    let words = page.until("the words", shown, vec![]).await?;
    ensure!(words == json!("まだ届いていない言葉"), "{words}");
    page.finds_no_barrier("words that were not saved").await?;
    page.click("main.narrow .button.primary").await?;
    if meanwhile == Meanwhile::Closed {
        page.click("main.seat > .button").await?;
    }
    let without = |tree: &Outline| tree.count("届いた言葉") == 1 && tree.count("まだ届いていない言葉") == 0;
    board.until("the board without them", without).await?;
    let kept = "return Object.keys(localStorage).filter(key => key.startsWith('naze.op.')).length";
    ensure!(page.eval(kept, vec![]).await? == json!(0), "nothing is kept that nobody may send");
    Ok(())
}

tests::on_both! {
    in_anothers_name: in_anothers_name_on_a_phone, in_anothers_name_on_the_large_view;
    a_vote_each: a_vote_each_on_a_phone, a_vote_each_on_the_large_view;
    handed_over: handed_over_on_a_phone, handed_over_on_the_large_view;
}
