//! Japanese conversion in the fields of the sheets: proposals, the words of the theme, premises, comments, evidence, lanes, and the
//! fields in which one searches. Its Enter sends nothing, its Escape closes nothing, and what others do meanwhile (they propose,
//! vote, count, remove the very card) does not take, move or rewrite the field. On a phone and on the large view.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use shared::docs::board::{BoardOp, Given, Mark, NoteOn, Reaction};
use shared::{CardId, VoteId};
use tests::browser::table::{CARD, Table};
use tests::browser::{Conversion, SOON};

const SHOPS: &str = "高齢者が買い物に困っている";
const HOUSES: &str = "空き家が増えて夜道が暗い";

const NEW: &str = "dialog[open] .note-top textarea";

async fn sheet_says(table: &Table, words: &str) -> Result<()> {
    let script =
        "return document.querySelector('dialog[open]')?.innerText.replaceAll('\\n', '').includes(arguments[0])";
    table.page.until(&format!("the sheet to say {words}"), script, vec![json!(words)]).await.map(drop)
}

/// Where the field is on its sheet.
async fn place(table: &Table) -> Result<Value> {
    let script = "const body = document.querySelector('dialog[open] .sheet-body').getBoundingClientRect();
        const field = naze_field.getBoundingClientRect();
        return [field.left - body.left, field.top - body.top, field.width].map(Math.round)";
    table.page.eval(script, vec![]).await
}

/// The field was not disturbed, and is where it was.
async fn stands(table: &Table, holds: &str, before: &Value) -> Result<()> {
    table.undisturbed(holds).await?;
    let now = place(table).await?;
    ensure!(now == *before, "the field went from {before} to {now}");
    Ok(())
}

/// Waits until the other one sees a note that reads so.
async fn others_see_note(table: &Table, text: &str) -> Result<()> {
    let seen = |docs: &server::client::Docs| {
        let board = docs.board(shared::GroupId(1));
        board.is_some_and(|board| board.view().notes.values().any(|note| note.text.read() == text))
    };
    table.peer.until(text, SOON, seen).await.map_err(Into::into)
}

async fn notes(table: &Table) -> usize {
    table.peer.read(|docs| docs.board(shared::GroupId(1)).map_or(0, |board| board.view().notes.len()))
}

/// Converts, with all that a person may press, while others do something.
async fn converts(table: &Table, letters: &str, word: &str, others: impl AsyncFnOnce() -> Result<()>) -> Result<()> {
    let before = place(table).await?;
    let conversion = Conversion::begin(&table.page, letters).await?;
    conversion.enter().await?;
    stands(table, letters, &before).await?;
    others().await?;
    stands(table, letters, &before).await?;
    conversion.escape().await?;
    ensure!(table.page.has("dialog[open]").await?, "Escape of the conversion closed the sheet");
    conversion.candidate(word).await?;
    stands(table, word, &before).await?;
    conversion.take(word).await
}

async fn gone(table: &Table, css: &str) -> Result<()> {
    let script = "return document.querySelector(arguments[0]) === null";
    table.page.until(&format!("no `{css}`"), script, vec![json!(css)]).await.map(drop)
}

async fn focus_on(table: &Table, id: &str) -> Result<()> {
    let script = "return document.activeElement.id === arguments[0]";
    table.page.until(&format!("the focus on `{id}`"), script, vec![json!(id)]).await.map(drop)
}

async fn a_proposal(table: &Table) -> Result<()> {
    table.others().add_note(NoteOn::Proposal, SHOPS)?;
    table.peer.saved(SOON).await?;
    table.page.press("u").await?;
    sheet_says(table, SHOPS).await?;
    table.page.click("#note-write").await?;
    table.mark(NEW).await?;
    converts(table, "あきや", "空き家", async || {
        table.others().add_note(NoteOn::Proposal, HOUSES)?;
        sheet_says(table, HOUSES).await?;
        let vote = table.others().apply(BoardOp::OpenVote)?;
        table.page.find("dialog[open] .tick").await?;
        table.others().apply(BoardOp::CloseVote { vote: VoteId::from(vote) })?;
        table.page.find("dialog[open] .vote.over").await?;
        let seen =
            table.peer.read(|docs| Some(docs.board(shared::GroupId(1))?.view().notes_on(NoteOn::Proposal).first()?.0));
        let note = seen.ok_or_else(|| anyhow::anyhow!("a note"))?;
        table.others().apply(BoardOp::SeeMyself { note, given: Given::Yes })?;
        table.others().append(CardId::THEME, "。")?;
        sheet_says(table, "見た・経験した人 1").await
    })
    .await?;
    others_see_note(table, "空き家").await?;
    ensure!(notes(table).await == 3, "one note, once");
    table.page.press("Enter").await?;
    gone(table, NEW).await?;
    focus_on(table, "note-write").await?;
    table.page.behaved().await
}

async fn the_words_of_the_theme(table: &Table) -> Result<()> {
    table.others().add_note(NoteOn::Proposal, SHOPS)?;
    table.peer.saved(SOON).await?;
    table.page.press("u").await?;
    sheet_says(table, SHOPS).await?;
    let take = "const take = [...document.querySelectorAll('dialog[open] .note-own button')].find((b) => b.textContent.includes('課題にする'));
        take?.click(); return take !== undefined";
    table.page.until("the button that takes it", take, vec![]).await?;
    table.page.click("#theme-edit").await?;
    table.mark("dialog[open] .sheet-field textarea").await?;
    // What others write in it stands behind what is converted.
    let conversion = Conversion::begin(&table.page, "むらで").await?;
    let before = place(table).await?;
    let holds = format!("{SHOPS}むらで");
    conversion.enter().await?;
    let chosen =
        |docs: &server::client::Docs| docs.board(shared::GroupId(1)).is_some_and(|b| b.view().theme() == SHOPS);
    table.peer.until("the theme", SOON, chosen).await?;
    table.others().append(CardId::THEME, "。")?;
    table.others().add_note(NoteOn::Proposal, HOUSES)?;
    table.others().apply(BoardOp::OpenVote)?;
    table.peer.saved(SOON).await?;
    table.page.until("the vote", "return document.querySelector('.themes-way.votes') !== null", vec![]).await?;
    stands(table, &holds, &before).await?;
    conversion.escape().await?;
    stands(table, &holds, &before).await?;
    conversion.take("村で").await?;
    // Both stay, in whatever order.
    let both = "const text = naze_field.value; return text.includes('村で') && text.includes('。')";
    table.page.until("both texts", both, vec![]).await?;
    table.page.press("Enter").await?;
    focus_on(table, "theme-edit").await?;
    table.page.behaved().await
}

async fn a_premise(table: &Table) -> Result<()> {
    table.page.press("w").await?;
    table.page.click("#note-write").await?;
    table.mark(NEW).await?;
    converts(table, "かいいん", "会員", async || {
        table.others().add_note(NoteOn::Premise, "総会は4月")?;
        sheet_says(table, "総会は4月").await
    })
    .await?;
    others_see_note(table, "会員").await?;
    table.page.press("Escape").await?;
    gone(table, NEW).await?;
    ensure!(table.page.has("dialog[open]").await?, "Escape leaves the field first");
    table.board().close_sheet().await?;
    // The strip on the board comes while somebody writes in a card.
    table.board().begin_in(CARD).await?;
    table.mark_field().await?;
    let conversion = Conversion::begin(&table.page, "から").await?;
    let at = "return Math.round(naze_field.getBoundingClientRect().top)";
    let before = table.page.eval(at, vec![]).await?;
    table.others().add_note(NoteOn::Premise, "会費は年に3千円")?;
    let known = "return document.querySelector('.premises').textContent.includes('3千円')";
    table.page.until("the premise on the board", known, vec![]).await?;
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    table.undisturbed(&format!("{CARD}から")).await?;
    let now = table.page.eval(at, vec![]).await?;
    ensure!(now == before, "the field went from {before} to {now}");
    conversion.take("から").await?;
    table.others_see(&format!("{CARD}から")).await?;
    table.board().finish().await?;
    table.page.behaved().await
}

async fn a_comment(table: &Table) -> Result<()> {
    let first = table.others().add_note(NoteOn::Card(table.card), "去年も聞いた")?;
    table.peer.saved(SOON).await?;
    let id = table.board().card(CARD).await?;
    table.page.click(&format!("#{id} > .card .card-text")).await?;
    table.page.press("c").await?;
    sheet_says(table, "去年も聞いた").await?;
    table.page.click("#comment-write").await?;
    table.mark("dialog[open] .comment-add textarea").await?;
    let conversion = Conversion::begin(&table.page, "きろく").await?;
    conversion.enter().await?;
    table.undisturbed("きろく").await?;
    table.others().add_note(NoteOn::Card(table.card), "記録はない")?;
    sheet_says(table, "記録はない").await?;
    table.others().apply(BoardOp::React { card: table.card, reaction: Reaction::UsToo, given: Given::Yes })?;
    table.others().apply(BoardOp::RemoveNote { note: first })?;
    let less = "return !document.querySelector('dialog[open]').innerText.includes('去年も聞いた')";
    table.page.until("one comment less", less, vec![]).await?;
    table.undisturbed("きろく").await?;
    conversion.escape().await?;
    table.others().remove(table.card)?;
    table.board().until("the card to go", |tree| tree.count(CARD) == 0).await?;
    conversion.candidate("記録").await?;
    table.undisturbed("記録").await?;
    conversion.take("記録").await?;
    others_see_note(table, "記録").await?;
    table.page.press("Enter").await?;
    focus_on(table, "comment-write").await?;
    table.page.behaved().await
}

async fn how_we_know(table: &Table) -> Result<()> {
    let id = table.board().card(CARD).await?;
    table.page.click(&format!("#{id} > .card .card-text")).await?;
    table.page.press("p").await?;
    table.page.click("dialog[open] .sheet-group .action").await?;
    table.mark("dialog[open] textarea.field").await?;
    converts(table, "きいた", "聞いた", async || {
        table.others().mark(table.card, Some(Mark::Fact))?;
        table.others().append(table.card, "から")?;
        table.others().add(table.card, "合図")?;
        table.board().card("合図").await.map(drop)
    })
    .await?;
    table.page.press("Enter").await?;
    gone(table, "dialog[open] textarea.field").await?;
    sheet_says(table, "聞いた").await?;
    table.page.behaved().await
}

/// Fields of one line: a name for a lane, and where one searches.
async fn lines_to_fill_in(table: &Table) -> Result<()> {
    let id = table.board().card(CARD).await?;
    table.page.click(&format!("#{id} > .card .card-text")).await?;
    let search = "dialog[open] [type=search]";
    for (key, field, then) in [("n", "#lane-name", "役員"), ("m", search, "見つかりません"), ("/", search, CARD)]
    {
        table.page.press(key).await?;
        table.page.click(field).await?;
        table.mark(field).await?;
        converts(table, "やくいん", "役員", async || {
            table.others().apply(BoardOp::PutLane { lane: None, name: format!("区分{key}") })?;
            table.others().add(CardId::THEME, &format!("合図{key}"))?;
            table.board().card(&format!("合図{key}")).await.map(drop)
        })
        .await?;
        ensure!(table.page.value(field).await? == "役員", "{}", table.page.value(field).await?);
        ensure!(key != "n" || table.page.has("dialog[open] .linked li:only-child").await?, "Enter made a lane");
        // An Enter of its own does what it says.
        table.page.press("Enter").await?;
        sheet_says(table, then).await?;
        table.board().close_sheet().await?;
    }
    table.page.behaved().await
}

/// The lead ends the workshop while somebody converts: the field stays until they have left it.
async fn the_end(table: &Table) -> Result<()> {
    table.page.press("u").await?;
    table.page.click("#note-write").await?;
    table.mark(NEW).await?;
    let conversion = Conversion::begin(&table.page, "おわり").await?;
    table.end().await?;
    table.page.find("main .banner").await?;
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    table.undisturbed("おわり").await?;
    conversion.take("終わり").await?;
    // The words are kept where they can be copied.
    let kept =
        "return [...document.querySelectorAll('textarea[readonly]')].some((kept) => kept.value.includes('終わり'))";
    table.page.until("the words that could not be taken", kept, vec![]).await?;
    table.page.press("Escape").await?;
    gone(table, NEW).await?;
    table.board().close_sheet().await?;
    table.page.behaved().await
}

tests::on_both! {
    the_end: the_end_on_a_phone, the_end_on_the_large_view;
    a_proposal: a_proposal_on_a_phone, a_proposal_on_the_large_view;
    the_words_of_the_theme: the_words_of_the_theme_on_a_phone, the_words_of_the_theme_on_the_large_view;
    a_premise: a_premise_on_a_phone, a_premise_on_the_large_view;
    a_comment: a_comment_on_a_phone, a_comment_on_the_large_view;
    how_we_know: how_we_know_on_a_phone, how_we_know_on_the_large_view;
    lines_to_fill_in: lines_on_a_phone, lines_on_the_large_view;
}
