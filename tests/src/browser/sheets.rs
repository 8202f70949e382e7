//! A walk through the sheets of a board in all their states, filled as a talkative group fills them: at each one the visitor may look.

use anyhow::{Context, Result};
use serde_json::json;
use shared::CardId;
use shared::docs::board::{BoardOp, CallFor, Given, NoteOn, Reaction};

use super::table::{CARD, THEME, Table};
use super::{AtBoard, Page, SOON};

const SHOPS: &str = "一人暮らしの高齢者が、雪の多い冬のあいだ買い物に行けずに困っている";
const MEETINGS: &str = "Meetings are held on weekday evenings, when parents of small children cannot come";
const BELOW: &str = "仕事が増える一方で減らない";
const DEEP: &str = "引き継ぎの資料がhttps://example.jp/kumiai/shiryou/2019/hikitsugi/ichiranhyou.htmlにしかない";

/// Looks at a state.
type Look<'a> = (&'a Page, &'a str);

async fn press(page: &Page, script: &str, what: &str) -> Result<()> {
    let script = format!("const found = {script}; found?.click(); return Boolean(found)");
    page.until(what, &script, vec![]).await.map(drop)
}

async fn choose(table: &Table, card: &str) -> Result<()> {
    let id = table.board().card(card).await?;
    // On the large view nothing lies over it then.
    table.page.press("f").await?;
    table.page.click(&format!("#{id} > .card .card-head")).await?;
    let here = "return document.activeElement.id === arguments[0]";
    table.page.until("the focus on the card", here, vec![json!(id)]).await.map(drop)
}

async fn close(table: &Table) -> Result<()> {
    table.page.press("Escape").await?;
    table.board().no_sheet().await
}

/// Walks through all of them.
///
/// # Errors
/// When a sheet is not there, or the visitor finds something.
pub async fn sheets(table: &Table, visit: &mut impl AsyncFnMut(&Page, &str) -> Result<()>) -> Result<()> {
    let below = table.others().add(table.card, BELOW)?;
    table.others().add(below, DEEP)?;
    table.others().add(CardId::THEME, MEETINGS)?;
    table.peer.saved(SOON).await?;
    for text in [BELOW, DEEP, MEETINGS] {
        table.board().card(text).await?;
    }
    let mut look = async |(page, state): Look<'_>| visit(page, state).await;
    themes(table, &mut look).await?;
    premises(table, &mut look).await?;
    about_a_card(table, &mut look).await?;
    reading(table, &mut look).await?;
    comments(table, &mut look).await?;
    of_the_board(table, &mut look).await
}

async fn themes(table: &Table, look: &mut impl AsyncFnMut(Look<'_>) -> Result<()>) -> Result<()> {
    let page = &table.page;
    page.press("u").await?;
    page.find("#note-write").await?;
    look((page, "themes-empty")).await?;
    page.click("#note-write").await?;
    page.find("dialog[open] textarea.field").await?;
    look((page, "themes-field")).await?;
    page.type_here(SHOPS).await?;
    page.press("Enter").await?;
    let other = table.others().add_note(NoteOn::Proposal, MEETINGS)?;
    table.others().apply(BoardOp::SeeMyself { note: other, given: Given::Yes })?;
    page.click("dialog[open] .proposal .seen").await?;
    page.find("dialog[open] .proposal:nth-child(2)").await?;
    look((page, "themes-proposals")).await?;
    press(page, "[...document.querySelectorAll('dialog[open] .sheet-body > button.wide')].at(-2)", "the vote").await?;
    page.find("dialog[open] .vote .hint").await?;
    look((page, "themes-vote")).await?;
    page.click("dialog[open] .tick").await?;
    page.find("dialog[open] .tick[aria-pressed=true]").await?;
    page.click("dialog[open] .sheet-body > .button.primary.wide").await?;
    page.find("dialog[open] .votes.leads").await?;
    look((page, "themes-counted")).await?;
    page.click("dialog[open] .note-own .quiet:last-child").await?;
    page.find("dialog[open] .note-undo .button").await?;
    look((page, "themes-removed")).await?;
    page.click("dialog[open] .note-undo .button").await?;
    page.click("dialog[open] .note-own .button:not(.quiet)").await?;
    page.find("#theme-edit").await?;
    look((page, "themes-sharpen")).await?;
    page.click("#theme-edit").await?;
    page.find("dialog[open] textarea.field").await?;
    look((page, "themes-sharpen-field")).await?;
    page.press("Escape").await?;
    close(table).await?;
    table.others().reword(CardId::THEME, THEME)?;
    table.board().card(THEME).await.map(drop)
}

async fn premises(table: &Table, look: &mut impl AsyncFnMut(Look<'_>) -> Result<()>) -> Result<()> {
    let page = &table.page;
    page.press("w").await?;
    page.find("#note-write").await?;
    look((page, "premises-empty")).await?;
    table.others().add_note(NoteOn::Premise, MEETINGS)?;
    page.click("#note-write").await?;
    page.find("dialog[open] textarea.field").await?;
    page.type_here(DEEP).await?;
    look((page, "premises-field")).await?;
    page.press("Enter").await?;
    page.find("dialog[open] .note:nth-child(2)").await?;
    look((page, "premises")).await?;
    close(table).await?;
    let open = "document.querySelectorAll('.premises').forEach((strip) => { strip.open = true; }); return true";
    page.eval(open, vec![]).await?;
    look((page, "premises-strip")).await
}

async fn about_a_card(table: &Table, look: &mut impl AsyncFnMut(Look<'_>) -> Result<()>) -> Result<()> {
    let page = &table.page;
    choose(table, BELOW).await?;
    page.press("p").await?;
    page.click("dialog[open] .stop").await?;
    look((page, "about")).await?;
    page.click("dialog[open] .sheet-group .action").await?;
    page.find("dialog[open] textarea.field").await?;
    page.type_here(DEEP).await?;
    look((page, "about-field")).await?;
    page.press("Enter").await?;
    page.click("dialog[open] .sheet-address summary").await?;
    look((page, "about-address")).await?;
    close(table).await?;
    let card = table.others_see(MEETINGS).await?;
    let below = table.others_see(BELOW).await?;
    table.others().apply(BoardOp::LinkCard { card, under: below })?;
    let double = table.others().add(CardId::THEME, "仕事が多い")?;
    table.others().apply(BoardOp::MergeCard { card: double, into: below })?;
    table.others().append(below, "と聞いた")?;
    table.peer.saved(SOON).await?;
    let words = format!("{BELOW}と聞いた");
    choose(table, &words).await?;
    page.press("t").await?;
    page.find("dialog[open] .linked-row").await?;
    look((page, "place")).await?;
    close(table).await?;
    for (key, state) in [("m", "picker-move"), ("l", "picker-cause-of"), ("k", "picker-cause"), ("g", "picker-same")] {
        page.press(key).await?;
        page.find("dialog[open] [type=search]").await?;
        look((page, state)).await?;
        if key == "m" {
            page.type_into("dialog[open] [type=search]", "どこにもない言葉").await?;
            look((page, "picker-nothing")).await?;
        }
        table.board().close_sheet().await?;
    }
    table.others().splice(below, &shared::text::Splice { at: 13, delete: 4, insert: String::new() })?;
    table.board().card(BELOW).await.map(drop)
}

async fn reading(table: &Table, look: &mut impl AsyncFnMut(Look<'_>) -> Result<()>) -> Result<()> {
    let page = &table.page;
    choose(table, THEME).await?;
    page.press("r").await?;
    page.find("dialog[open] .choice-card").await?;
    look((page, "reading-branches")).await?;
    close(table).await?;
    choose(table, BELOW).await?;
    page.press("r").await?;
    page.find("dialog[open] .answer").await?;
    look((page, "reading")).await?;
    page.click("dialog[open] .answer.jumps").await?;
    page.find("dialog[open] .reading-break").await?;
    look((page, "reading-answered")).await?;
    page.click("dialog[open] .reading-between").await?;
    page.find("dialog[open] textarea.field").await?;
    look((page, "reading-between")).await?;
    page.press("Escape").await?;
    page.find("dialog[open] .reading-next").await?;
    for place in ["2", "3", "none"] {
        page.click("dialog[open] .reading-next").await?;
        let there = "return (document.querySelector('.reading-place [aria-hidden]')?.textContent ?? 'none').startsWith(arguments[0])";
        page.until("the next link", there, vec![json!(place)]).await?;
    }
    page.find("dialog[open] .reading-done").await?;
    look((page, "reading-end")).await?;
    close(table).await
}

async fn comments(table: &Table, look: &mut impl AsyncFnMut(Look<'_>) -> Result<()>) -> Result<()> {
    let page = &table.page;
    choose(table, CARD).await?;
    page.press("c").await?;
    page.find("#comment-write").await?;
    look((page, "comments-empty")).await?;
    table.others().add_note(NoteOn::Card(table.card), DEEP)?;
    for reaction in [Reaction::Agree, Reaction::Question, Reaction::UsToo] {
        table.others().apply(BoardOp::React { card: table.card, reaction, given: Given::Yes })?;
    }
    page.click("#comment-write").await?;
    page.find("dialog[open] textarea.field").await?;
    page.type_here(MEETINGS).await?;
    look((page, "comments-field")).await?;
    page.press("Enter").await?;
    page.find("dialog[open] .comment:nth-child(2)").await?;
    look((page, "comments")).await?;
    page.click("dialog[open] .comment-own button:first-child").await?;
    page.find("dialog[open] textarea.field").await?;
    look((page, "comments-edit")).await?;
    page.press("Enter").await?;
    page.click("dialog[open] .comment-own button:last-child").await?;
    page.find("dialog[open] .comment-undo .button").await?;
    look((page, "comments-removed")).await?;
    close(table).await
}

async fn of_the_board(table: &Table, look: &mut impl AsyncFnMut(Look<'_>) -> Result<()>) -> Result<()> {
    let page = &table.page;
    page.press("n").await?;
    page.find("#lane-name").await?;
    look((page, "lanes-none")).await?;
    for name in ["役所", "毎日の暮らしのなかで見ている人たち", "Residents of the new flats"] {
        page.type_into("#lane-name", name).await?;
        page.press("Enter").await?;
    }
    page.find("dialog[open] .linked-row:nth-child(3)").await?;
    look((page, "lanes")).await?;
    close(table).await?;
    choose(table, CARD).await?;
    page.press("t").await?;
    page.click("dialog[open] .chips-row .toggle:nth-child(2)").await?;
    look((page, "place-lanes")).await?;
    close(table).await?;
    page.press("?").await?;
    page.find("dialog[open] .keys").await?;
    look((page, "menu")).await?;
    close(table).await?;
    page.press("/").await?;
    page.find("dialog[open] .chips-row").await?;
    look((page, "find")).await?;
    page.click("dialog[open] .chips-row .toggle:last-child").await?;
    page.find("dialog[open] .sheet-body > .action").await?;
    look((page, "find-marked")).await?;
    page.click("dialog[open] .sheet-body > .action").await?;
    page.find(".lit-strip").await?;
    table.others().apply(BoardOp::RaiseHand)?;
    let card = table.others_see(DEEP).await?;
    table.others().apply(BoardOp::Call { card: Some(card), what: CallFor::Look })?;
    page.click(".hands button").await?;
    page.find(".call .primary").await.context("a call")?;
    look((page, "strip-hands-call")).await?;
    page.click(".call .quiet").await?;
    page.click(".lit-strip .button").await?;
    if page.eval("return document.querySelector('.paper-button').checkVisibility()", vec![]).await? == json!(true) {
        page.click(".paper-button").await?;
        look((page, "paper")).await?;
        close(table).await?;
    }
    AtBoard(page).open_sheet(CARD).await?;
    look((page, "card")).await?;
    close(table).await
}
