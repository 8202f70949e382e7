//! A letter is on the screen before it is taken into its card. Whatever comes between takes it first: nothing that was typed is lost,
//! however quickly one leaves the field or the page.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::browser::table::{THEME, Table};

/// Types and does something else in one breath: no picture is painted between.
async fn type_and(table: &Table, text: &str, act: &str) -> Result<()> {
    let script = format!("document.execCommand('insertText', false, arguments[0]); {act}");
    table.page.eval(&script, vec![json!(text)]).await.map(drop)
}

async fn leaving_the_field(table: &Table) -> Result<()> {
    let board = table.board();
    board.begin_below(THEME).await?;
    type_and(table, "すぐに指をはなした", "document.activeElement.blur()").await?;
    table.others_see("すぐに指をはなした").await?;
    board.begin_below(THEME).await?;
    let enter = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))";
    type_and(table, "すぐにエンターを押した", enter).await?;
    table.others_see("すぐにエンターを押した").await?;
    table.page.behaved().await
}

/// Nothing that waits for a picture ever happens any more.
const FROZEN: &str = "window.requestAnimationFrame = () => 0; window.setTimeout = () => 0;
    window.naze_kept = () => Object.keys(localStorage).filter((key) => key.startsWith('naze.op.')).length;";

async fn leaving_the_page(table: &Table) -> Result<()> {
    let board = table.board();
    board.begin_below(THEME).await?;
    board.saved().await?;
    table.page.eval(FROZEN, vec![]).await?;
    type_and(table, "ページが消える前に書いた", "window.naze_before = naze_kept()").await?;
    let kept = "dispatchEvent(new Event('pagehide')); return [naze_before, naze_kept()]";
    let kept = table.page.eval(kept, vec![]).await?;
    ensure!(kept == json!([0, 1]), "kept before and after: {kept}");
    table.page.reload().await?;
    table.page.click("main.seat .button").await?;
    board.card("ページが消える前に書いた").await?;
    table.others_see("ページが消える前に書いた").await?;
    table.page.behaved().await
}

/// Many end a conversion by beginning the next one.
async fn one_conversion_after_the_other(table: &Table) -> Result<()> {
    let board = table.board();
    board.begin_below(THEME).await?;
    let script = "const field = document.activeElement;
        const put = (text) => { field.value += text; field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true, inputType: 'insertCompositionText' })); };
        const conversion = (kind) => field.dispatchEvent(new CompositionEvent(kind, { bubbles: true }));
        document.execCommand('insertText', false, 'A');
        conversion('compositionstart'); put('前の言葉'); conversion('compositionend');
        conversion('compositionstart'); put('つぎ');";
    table.page.eval(script, vec![]).await?;
    table.others_see("A前の言葉").await?;
    let field = board.field().await?;
    ensure!(field == "A前の言葉つぎ", "the field reads {field}");
    table
        .page
        .eval("document.activeElement.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))", vec![])
        .await?;
    table.others_see("A前の言葉つぎ").await?;
    table.page.behaved().await
}

async fn nothing_typed_is_lost(table: &Table) -> Result<()> {
    leaving_the_field(table).await?;
    one_conversion_after_the_other(table).await?;
    table.board().finish().await?;
    leaving_the_page(table).await
}

tests::on_both! {
    nothing_typed_is_lost: nothing_typed_is_lost_on_a_phone, nothing_typed_is_lost_on_the_large_view;
}
