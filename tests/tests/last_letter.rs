//! A letter is on the screen before it is taken into its card. Whatever comes between takes it first: nothing that was typed is lost,
//! however quickly one leaves the field or the page.

use anyhow::Result;
use serde_json::json;
use tests::browser::table::{THEME, Table};

/// Types and does something else in one breath: no picture is painted between.
async fn type_and(table: &Table, text: &str, act: &str) -> Result<()> {
    let script = format!("document.execCommand('insertText', false, arguments[0]); {act}");
    table.page.eval(&script, vec![json!(text)]).await.map(drop)
}

async fn nothing_typed_is_lost(table: &Table) -> Result<()> {
    let board = table.board();
    board.begin_below(THEME).await?;
    type_and(table, "すぐに指をはなした", "document.activeElement.blur()").await?;
    table.others_see("すぐに指をはなした").await?;
    board.begin_below(THEME).await?;
    let enter = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))";
    type_and(table, "すぐにエンターを押した", enter).await?;
    table.others_see("すぐにエンターを押した").await?;
    board.begin_below(THEME).await?;
    type_and(table, "ページが消える前に書いた", "location.reload()").await?;
    table.page.click("main.seat .button").await?;
    board.card("ページが消える前に書いた").await?;
    table.others_see("ページが消える前に書いた").await?;
    table.page.behaved().await
}

tests::on_both! {
    nothing_typed_is_lost: nothing_typed_is_lost_on_a_phone, nothing_typed_is_lost_on_the_large_view;
}
