//! The chain itself: answered on both phones, mended where it breaks, by hand and by keyboard alone.

use anyhow::{Result, ensure};
use futures_util::future::try_join;
use serde_json::json;
use tests::browser::{AtBoard, Conversion, Device, Outline};

use super::{FOCUSED, LOWER, MISSING, THEME, Two, UPPER, at_link, close, gone, read_from, reads};

/// Nobody sees what others said before they have answered; then everybody sees the same, and where it breaks.
async fn answer(both: &Two) -> Result<()> {
    let (one, two) = (&both.one, &both.two);
    try_join(read_from(one, LOWER), read_from(two, LOWER)).await?;
    at_link(one, "1 / 2", LOWER, UPPER).await?;
    one.click(".answer.holds").await?;
    reads(one, ".answer.holds .word", "つながる 1").await?;
    reads(two, ".reading-tally .hint", "1人が答えました。あなたが答えると、だれが何人かが見えます。").await?;
    reads(two, ".answer.holds .word", "つながる").await?;
    two.press("2").await?;
    for page in [one, two] {
        reads(page, ".answer.holds .word", "つながる 1").await?;
        reads(page, ".answer.jumps .word", "飛んでいる 1").await?;
        page.find(".reading-break").await?;
    }
    one.click(".answer.holds").await?;
    reads(two, ".answer.holds .word", "つながる 0").await?;
    reads(one, ".answer.jumps .word", "飛んでいる").await?;
    one.click(".answer.check").await?;
    reads(two, ".answer.check .word", "確かめたい 1").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chain_is_read_on_two_phones_and_mended_where_it_breaks() -> Result<()> {
    let Some(both) = Two::sit_down("reading").await? else { return Ok(()) };
    let (one, two) = (&both.one, &both.two);
    answer(&both).await?;
    // What is missing is written between, and is the next link to read.
    let link = one.eval("return document.querySelector('.reading-words').textContent", vec![]).await?;
    ensure!(link == json!(LOWER), "{link}");
    two.click(".reading-between").await?;
    two.type_into(".reading-gap textarea", MISSING).await?;
    two.press("Enter").await?;
    for page in [one, two] {
        at_link(page, "1 / 3", LOWER, MISSING).await?;
        reads(page, ".reading-tally .hint", "まだだれも答えていません").await?;
    }
    for (n, next) in ["2 / 3", "3 / 3"].into_iter().enumerate() {
        two.click(".answer.holds").await?;
        two.click(".reading-next").await?;
        at_link(two, next, [MISSING, UPPER][n], [UPPER, THEME][n]).await?;
    }
    two.click(".answer.holds").await?;
    two.click(".reading-next").await?;
    two.find(".reading-done").await?;
    try_join(close(one), close(two)).await?;
    let (first, second) = both.boards();
    for board in [first, second] {
        board.until("the card between", |tree| tree.above(LOWER).is_ok_and(|above| above == MISSING)).await?;
        let card = board.card(LOWER).await?;
        board.0.find(&format!("#{card} > .card .read-marks .holds")).await?;
    }
    // One step takes it out again, and what was said of the link counts again.
    second.undo().await?;
    second.undo().await?;
    second.undo().await?;
    for board in [first, second] {
        let card = board.card(LOWER).await?;
        gone(board.0, &format!("#{card} > .card .read-marks .holds")).await?;
        ensure!(board.outline().await?.above(LOWER)? == MISSING, "each answer is a step of its own");
    }
    second.undo().await?;
    for board in [first, second] {
        let as_before = |tree: &Outline| tree.causes() == [UPPER, LOWER];
        board.until("no card between", as_before).await?;
        let card = board.card(LOWER).await?;
        board.0.find(&format!("#{card} > .card .read-marks .jumps")).await?;
    }
    // Other words have to be read again.
    first.append(UPPER, "、断れない").await?;
    let card = second.card(LOWER).await?;
    two.find(&format!("#{card} > .card .read-marks .again")).await?;
    both.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversion_between_two_cards_is_not_disturbed() -> Result<()> {
    let Some(both) = Two::sit_down("reading-conversion").await? else { return Ok(()) };
    let (one, two) = (&both.one, &both.two);
    read_from(two, LOWER).await?;
    two.click(".reading-between").await?;
    two.find(".reading-gap textarea").await?;
    two.eval("window.naze_field = document.querySelector('.reading-gap textarea')", vec![]).await?;
    let conversion = Conversion::begin(two, "しごと").await?;
    AtBoard(one).append(UPPER, "から").await?;
    AtBoard(one).add(LOWER, "頼まれた仕事").await?;
    conversion.candidate("仕事").await?;
    let card = AtBoard(two).card("頼まれた仕事").await?;
    let seen = two
        .eval("return [document.activeElement === naze_field, naze_field.isConnected, naze_field.value]", vec![])
        .await?;
    ensure!(seen == json!([true, true, "仕事"]), "focus, in the page, text: {seen}");
    ensure!(!card.is_empty() && AtBoard(two).outline().await?.count("仕事") == 0, "nothing is made in a conversion");
    conversion.take("仕事").await?;
    two.press("Enter").await?;
    AtBoard(one).until("the converted card", |tree| tree.above(LOWER).is_ok_and(|above| above == "仕事")).await?;
    at_link(two, "1 / 3", LOWER, "仕事").await?;
    both.behaved().await
}

/// Without touching anything: from the card to the end of the chain and back, a comment, a hand.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chain_is_read_by_keyboard_alone() -> Result<()> {
    let Some(both) = Two::with("reading-keys", Device::LAPTOP).await? else { return Ok(()) };
    let (one, two) = (&both.one, &both.two);
    let card = AtBoard(two).card(LOWER).await?;
    two.eval("document.querySelector('#board-tree [tabindex=\\'0\\']').focus()", vec![]).await?;
    two.press("ArrowRight").await?;
    two.press("ArrowRight").await?;
    two.until("the card chosen", FOCUSED, vec![json!(card)]).await?;
    two.press("r").await?;
    at_link(two, "1 / 2", LOWER, UPPER).await?;
    two.press("1").await?;
    reads(two, ".answer.holds .word", "つながる 1").await?;
    two.press("ArrowRight").await?;
    at_link(two, "2 / 2", UPPER, THEME).await?;
    two.press("ArrowLeft").await?;
    at_link(two, "1 / 2", LOWER, UPPER).await?;
    close(two).await?;
    two.until("the focus back on the card", FOCUSED, vec![json!(card)]).await?;
    two.press("c").await?;
    two.find("#comment-write").await?;
    for _ in 0..3 {
        two.press("Tab").await?;
    }
    two.until("the focus on the button", FOCUSED, vec![json!("comment-write")]).await?;
    two.press("Enter").await?;
    two.find(".comment-add textarea").await?;
    two.type_here("記録がある").await?;
    two.press("Enter").await?;
    reads(two, ".comment-text", "記録がある").await?;
    two.until("the focus back on the button", FOCUSED, vec![json!("comment-write")]).await?;
    close(two).await?;
    two.press("h").await?;
    reads(one, ".hands .word", "佐藤さん").await?;
    two.press("h").await?;
    gone(one, ".hands").await?;
    both.behaved().await
}
