//! The lead ends the workshop while somebody writes: what was written before is kept, what cannot be taken any more comes back
//! to whoever wrote it, whole, and a conversion is not cut off.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::browser::Conversion;
use tests::browser::table::{THEME, Table};

const NOTICE: &str = "return document.querySelector('.notices textarea')?.value || null";

async fn the_end_in_the_middle(table: &Table) -> Result<()> {
    let board = table.board();
    board.begin_below(THEME).await?;
    board.typing("夜の会議が多い").await?;
    board.saved().await?;
    table.mark_field().await?;
    let conversion = Conversion::begin(&table.page, "ひるま").await?;
    table.end().await?;
    table.page.find(".banner").await?;
    table.undisturbed("夜の会議が多いひるま").await?;
    conversion.take("昼間").await?;
    let words = table.page.until("the words that were not taken", NOTICE, vec![]).await?;
    ensure!(words == json!("夜の会議が多い昼間"), "{words}");
    let gone = "return document.querySelector('#board-writing') === null";
    table.page.until("the field to go", gone, vec![]).await?;
    board.until("what was saved before the end", |tree| tree.count("夜の会議が多い") == 1).await?;
    let notices = table.page.eval("return document.querySelectorAll('.notice').length", vec![]).await?;
    ensure!(notices == json!(1), "one notice for one card: {notices}");
    table.others_see("夜の会議が多い").await?;
    table.page.finds_no_barrier("a board that has ended, with a notice").await?;
    table.page.behaved().await
}

tests::on_both! {
    the_end_in_the_middle: the_end_in_the_middle_on_a_phone, the_end_in_the_middle_on_the_large_view;
}
