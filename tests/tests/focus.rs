//! The focus at a board is never nowhere: after every command it is on the card that the command was about, or on what is left
//! near it; what others do meanwhile takes it from nobody. On a phone with keys and on the large view.

use anyhow::{Result, ensure};
use serde_json::json;
use shared::CardId;
use shared::docs::board::Place;
use tests::browser::table::{CARD, THEME, Table};
use tests::browser::{Conversion, Outline, SOON};

const BELOW: &str = "仕事が増える";
const BESIDE: &str = "昼間に集まる";

/// The card with this text has the focus.
async fn on_card(table: &Table, text: &str) -> Result<()> {
    let id = table.board().card(text).await?;
    on(table, &format!("#{id}")).await
}

async fn on(table: &Table, css: &str) -> Result<()> {
    let here = "return document.activeElement.matches(arguments[0])";
    table.page.until(&format!("the focus on `{css}`"), here, vec![json!(css)]).await.map(drop)
}

async fn press(table: &Table, keys: &[&str]) -> Result<()> {
    for key in keys {
        table.page.press(key).await?;
    }
    Ok(())
}

/// What a screen reader or Tab would find: one card, and it is on the screen.
async fn tab_reaches_one_card(table: &Table) -> Result<()> {
    let script = "const found = [...document.querySelectorAll('[role=treeitem][tabindex=\"0\"]')];
        return found.map((item) => item.checkVisibility())";
    let found = table.page.eval(script, vec![]).await?;
    ensure!(found == json!([true]), "cards that Tab reaches, and whether they can be seen: {found}");
    Ok(())
}

/// Grows the board to the theme with two causes, one of which has a cause of its own; the focus is on the first.
async fn grow(table: &Table) -> Result<(CardId, CardId)> {
    let below = table.others().add(table.card, BELOW)?;
    let beside = table.others().add(CardId::THEME, BESIDE)?;
    table.peer.saved(SOON).await?;
    table.board().card(BELOW).await?;
    table.board().card(BESIDE).await?;
    let id = table.board().card(CARD).await?;
    table.page.click(&format!("#{id} > .card .card-text")).await?;
    on_card(table, CARD).await?;
    Ok((below, beside))
}

async fn own_commands(table: &Table) -> Result<()> {
    let board = table.board();
    grow(table).await?;
    for (key, what) in
        [("s", "star"), ("1", "mark"), ("1", "no mark"), ("s", "no star"), (" ", "fold"), (" ", "unfold")]
    {
        press(table, &[key]).await?;
        on_card(table, CARD).await.map_err(|e| e.context(what))?;
    }
    press(table, &["F2", "Escape"]).await?;
    on_card(table, CARD).await?;
    press(table, &["Enter", "Escape"]).await?;
    on_card(table, CARD).await?;
    press(table, &["Shift+Enter"]).await?;
    board.typing("会費が高い").await?;
    board.finish().await?;
    on_card(table, "会費が高い").await?;
    press(table, &["Alt+ArrowUp"]).await?;
    board.until("the step up", |tree| tree.causes() == ["会費が高い", CARD, BELOW, BESIDE]).await?;
    on_card(table, "会費が高い").await?;
    press(table, &["Alt+ArrowDown"]).await?;
    board.until("the step down", |tree| tree.causes() == [CARD, BELOW, "会費が高い", BESIDE]).await?;
    on_card(table, "会費が高い").await?;
    press(table, &["ArrowUp", "Control+z"]).await?;
    board.until("the step undone", |tree| tree.causes().first() == Some(&"会費が高い")).await?;
    on_card(table, "会費が高い").await?;
    press(table, &["Control+y"]).await?;
    board.until("the step again", |tree| tree.causes().first() == Some(&CARD)).await?;
    on_card(table, "会費が高い").await?;
    table.page.behaved().await
}

async fn sheets(table: &Table) -> Result<()> {
    let board = table.board();
    grow(table).await?;
    for open in ["m", "?"] {
        press(table, &[open]).await?;
        table.page.find("dialog[open]").await?;
        press(table, &["Escape"]).await?;
        on_card(table, CARD).await.map_err(|e| e.context(open))?;
    }
    // What others do moves nothing under the finger.
    let lines = "return [...document.querySelectorAll('dialog[open] .choice-card')].map((line) => line.textContent)";
    board.open_picker(CARD).await?;
    let before = table.page.eval(lines, vec![]).await?;
    table.others().add_at(CardId::THEME, Place::First, "会費が高い")?;
    board.card("会費が高い").await?;
    let after = table.page.eval(lines, vec![]).await?;
    ensure!(before == after, "{before} became {after}");
    press(table, &["Escape"]).await?;
    on_card(table, CARD).await?;
    board.move_under(CARD, BESIDE).await?;
    board.until("the move", |tree| tree.above(CARD).is_ok_and(|up| up == BESIDE)).await?;
    on_card(table, CARD).await?;
    press(table, &["Control+z"]).await?;
    board.until("the undo", |tree| tree.above(CARD).is_ok_and(|up| up == THEME)).await?;
    on_card(table, CARD).await?;
    // What tells what was done is closed by keyboard.
    table.page.eval("document.querySelector('.said .icon-button').focus()", vec![]).await?;
    press(table, &["Enter"]).await?;
    on_card(table, CARD).await?;
    // A list of keys opened by its button goes back to it.
    table.page.eval("document.querySelector('.menu-button')?.focus()", vec![]).await?;
    if table.page.eval("return document.activeElement.matches('.menu-button')", vec![]).await? == json!(true) {
        press(table, &["Enter"]).await?;
        table.page.find("dialog[open]").await?;
        press(table, &["Escape"]).await?;
        on(table, ".menu-button").await?;
    }
    table.page.behaved().await
}

async fn removing(table: &Table) -> Result<()> {
    let board = table.board();
    grow(table).await?;
    press(table, &["Delete"]).await?;
    board.until("the removal", |tree| tree.causes() == [BESIDE]).await?;
    on_card(table, BESIDE).await?;
    press(table, &["Control+z"]).await?;
    board.until("the card again", |tree| tree.causes() == [CARD, BELOW, BESIDE]).await?;
    on_card(table, CARD).await?;
    press(table, &["Control+Shift+z"]).await?;
    board.until("the removal again", |tree| tree.causes() == [BESIDE]).await?;
    on_card(table, THEME).await?;
    // Undoing by the button, again and again, stays at the button.
    table.page.eval("document.querySelector('.board-tools .back').focus()", vec![]).await?;
    press(table, &["Enter"]).await?;
    board.until("the card again", |tree| tree.causes() == [CARD, BELOW, BESIDE]).await?;
    on(table, ".board-tools .back").await?;
    table.page.behaved().await
}

async fn folding(table: &Table) -> Result<()> {
    grow(table).await?;
    let (card, below) = (table.board().card(CARD).await?, table.board().card(BELOW).await?);
    table.page.click(&format!("#{below} > .card .card-text")).await?;
    on_card(table, BELOW).await?;
    table.page.click(&format!("#{card} > .card .fold")).await?;
    let gone = "return document.getElementById(arguments[0]) === null";
    table.page.until("the branch folded", gone, vec![json!(below)]).await?;
    tab_reaches_one_card(table).await?;
    // By keyboard from within the branch that goes.
    table.page.click(&format!("#{card} > .card .fold")).await?;
    table.page.click(&format!("#{below} > .card .card-text")).await?;
    on_card(table, BELOW).await?;
    press(table, &["ArrowLeft", " "]).await?;
    on_card(table, CARD).await?;
    tab_reaches_one_card(table).await?;
    table.page.behaved().await
}

async fn what_others_do(table: &Table) -> Result<()> {
    let board = table.board();
    let (below, beside) = grow(table).await?;
    table.page.click(&format!("#{} > .card .card-text", board.card(BELOW).await?)).await?;
    on_card(table, BELOW).await?;
    table.others().move_to(table.card, CardId::THEME, Place::Last)?;
    board.until("the card above moved", |tree| tree.causes() == [BESIDE, CARD, BELOW]).await?;
    on_card(table, BELOW).await?;
    table.others().move_to(below, beside, Place::Last)?;
    board.until("the card moved", |tree| tree.causes() == [BESIDE, BELOW, CARD]).await?;
    on_card(table, BELOW).await?;
    table.others().remove(below)?;
    board.until("the card removed", |tree| tree.causes() == [BESIDE, CARD]).await?;
    on_card(table, BESIDE).await?;
    table.others().remove(beside)?;
    board.until("the card above removed", |tree| tree.causes() == [CARD]).await?;
    on_card(table, THEME).await?;
    tab_reaches_one_card(table).await?;
    table.page.behaved().await
}

/// Others remove the card that is being written in: it can be put back, while one writes and after.
async fn a_card_that_goes(table: &Table) -> Result<()> {
    let board = table.board();
    grow(table).await?;
    board.begin_in(CARD).await?;
    table.others().remove(table.card)?;
    table.page.find("#board-writing .lost").await?;
    board.typing("から").await?;
    let written = format!("{CARD}から");
    table.others_see(&written).await?;
    board.finish().await?;
    on_card(table, THEME).await?;
    table.page.find(".said .button").await?;
    table.page.eval("document.querySelector('.said .button').focus()", vec![]).await?;
    press(table, &["Enter"]).await?;
    on_card(table, &written).await?;
    board.until("the branch again", |tree| tree.causes() == [written.as_str(), BELOW, BESIDE]).await?;
    table.page.behaved().await
}

/// Others move the cards above the one that is being written elsewhere; one even below it.
async fn another_place(table: &Table) -> Result<()> {
    let board = table.board();
    let (below, beside) = grow(table).await?;
    board.begin_below(BELOW).await?;
    board.typing("会費").await?;
    let written = table.others_see("会費").await?;
    table.mark_field().await?;
    let conversion = Conversion::begin(&table.page, "たかい").await?;
    let moves = [(below, beside), (table.card, beside), (written, CardId::THEME), (below, written)];
    for (n, (card, parent)) in moves.into_iter().enumerate() {
        table.others().move_to(card, parent, Place::Last)?;
        let sign = format!("合図{n}");
        table.others().add(beside, &sign)?;
        board.card(&sign).await?;
        table.undisturbed("会費たかい").await.map_err(|e| e.context(format!("after move {n}")))?;
    }
    conversion.take("高い").await?;
    board.finish().await?;
    on_card(table, "会費高い").await?;
    let tree = board.until("the tree of all", |tree| tree.above(BELOW).is_ok_and(|up| up == "会費高い")).await?;
    ensure!(tree.above(CARD)? == BESIDE && tree.above("会費高い")? == THEME, "{tree}");
    table.page.behaved().await
}

/// Others put the cards in another order while one is being written among them.
async fn another_order(table: &Table) -> Result<()> {
    let board = table.board();
    let (_, beside) = grow(table).await?;
    board.begin_below(THEME).await?;
    board.typing("会費").await?;
    let written = table.others_see("会費").await?;
    table.mark_field().await?;
    let conversion = Conversion::begin(&table.page, "たかい").await?;
    let order = [(table.card, Place::Last), (beside, Place::Last), (beside, Place::First), (written, Place::First)];
    for (n, (card, place)) in order.into_iter().enumerate() {
        table.others().move_to(card, CardId::THEME, place)?;
        let sign = format!("合図{n}");
        table.others().add(table.card, &sign)?;
        board.card(&sign).await?;
        table.undisturbed("会費たかい").await.map_err(|e| e.context(format!("after move {n}")))?;
    }
    conversion.take("高い").await?;
    board.finish().await?;
    on_card(table, "会費高い").await?;
    let wanted = ["会費高い", BESIDE, CARD, BELOW];
    let causes = |tree: &Outline| tree.causes().into_iter().filter(|text| !text.starts_with("合図")).eq(wanted);
    board.until("the order of all", causes).await?;
    table.page.behaved().await
}

tests::on_both! {
    own_commands: own_commands_on_a_phone, own_commands_on_the_large_view;
    sheets: sheets_on_a_phone, sheets_on_the_large_view;
    removing: removing_on_a_phone, removing_on_the_large_view;
    folding: folding_on_a_phone, folding_on_the_large_view;
    what_others_do: what_others_do_on_a_phone, what_others_do_on_the_large_view;
    a_card_that_goes: a_card_that_goes_on_a_phone, a_card_that_goes_on_the_large_view;
    another_place: another_place_on_a_phone, another_place_on_the_large_view;
    another_order: another_order_on_a_phone, another_order_on_the_large_view;
}
