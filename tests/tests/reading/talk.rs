//! What people tell each other beside the tree.

use anyhow::{Result, ensure};
use futures_util::future::try_join;
use serde_json::json;
use tests::browser::AtBoard;

use super::{LOWER, THEME, Two, UPPER, at_link, close, gone, press, read_from, reads};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reactions_and_comments_arrive_at_the_other_phone() -> Result<()> {
    let Some(both) = Two::sit_down("talk").await? else { return Ok(()) };
    let (one, two) = (&both.one, &both.two);
    let (_, second) = both.boards();
    let card = second.card(LOWER).await?;
    AtBoard(one).open_sheet(LOWER).await?;
    one.click("dialog[open] .reaction").await?;
    press(one, "❝").await?;
    one.click("#comment-write").await?;
    one.type_into(".comment-add textarea", "去年の記録がある").await?;
    one.press("Enter").await?;
    reads(two, &format!("#{card} > .card .reacted .word"), "♡ 1").await?;
    reads(two, &format!("#{card} > .card .commented .word"), "コメント 1").await?;
    two.click(&format!("#{card} > .card .commented")).await?;
    reads(two, ".comment-text", "去年の記録がある").await?;
    reads(two, ".comment-head .author", "田中").await?;
    reads(two, ".reaction-names li", "そうそう 1：田中").await?;
    ensure!(!two.has(".comment-own").await?, "only one's own can be changed");
    // Changed, removed, brought back.
    one.click(".comment-own button:first-child").await?;
    one.type_into(".comment textarea", "。市の棚に").await?;
    one.press("Enter").await?;
    reads(two, ".comment-text", "去年の記録がある。市の棚に").await?;
    one.click(".comment-own button:last-child").await?;
    gone(two, ".comment").await?;
    one.click(".comment-undo button").await?;
    reads(two, ".comment-text", "去年の記録がある。市の棚に").await?;
    one.click("dialog[open] .reaction").await?;
    gone(two, ".reaction-names").await?;
    both.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hand_goes_up_and_is_lowered_by_another() -> Result<()> {
    let Some(both) = Two::sit_down("hands").await? else { return Ok(()) };
    let (one, two) = (&both.one, &both.two);
    one.click(".button.hand").await?;
    reads(two, ".hands .word", "田中さん").await?;
    two.click(".button.hand").await?;
    reads(one, ".hands li:last-child .word", "佐藤さん").await?;
    two.click(".hands li:first-child button").await?;
    two.click(".hands li:first-child button:last-child").await?;
    reads(one, ".hands .word", "佐藤さん").await?;
    let down = "return document.querySelector('.button.hand').getAttribute('aria-pressed') === 'false'";
    one.until("one's own hand down", down, vec![]).await?;
    two.click(".button.hand").await?;
    try_join(gone(one, ".hands"), gone(two, ".hands")).await?;
    both.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_called_goes_there_with_one_tap_and_is_moved_by_nobody() -> Result<()> {
    let Some(both) = Two::sit_down("call").await? else { return Ok(()) };
    let (one, two) = (&both.one, &both.two);
    for n in 1..=6 {
        AtBoard(one).add(THEME, &format!("ほかの原因{n}")).await?;
    }
    AtBoard(two).card("ほかの原因6").await?;
    two.eval("scrollTo(0, document.body.scrollHeight)", vec![]).await?;
    let place = "return [scrollY, document.querySelector('#board-tree').getBoundingClientRect().y]";
    let before = two.eval(place, vec![]).await?;
    AtBoard(one).open_sheet(UPPER).await?;
    press(one, "☞").await?;
    reads(two, ".call > p", &format!("田中さん：ここを見てください「{UPPER}」")).await?;
    ensure!(two.eval(place, vec![]).await? == before, "a call moves nothing: {before}");
    ensure!(!one.has(".call").await?, "who calls is not called");
    two.click(".call .primary").await?;
    gone(two, ".call").await?;
    let there = "const card = document.querySelector('.card.chosen'), box = card.getBoundingClientRect();
        return card.textContent.includes(arguments[0]) && box.top >= 0 && box.bottom <= innerHeight";
    two.until("the card in sight", there, vec![json!(UPPER)]).await?;
    // Called to read along.
    read_from(one, LOWER).await?;
    one.click(".reading-call button").await?;
    two.find(".call").await?;
    ensure!(!two.has("dialog[open]").await?, "nothing opens by itself");
    two.click(".call .primary").await?;
    at_link(two, "1 / 2", LOWER, UPPER).await?;
    // Called back, the banner goes.
    close(two).await?;
    one.click(".reading-call button").await?;
    one.click(".reading-call button").await?;
    two.find(".call").await?;
    one.click(".reading-call button").await?;
    gone(two, ".call").await?;
    both.behaved().await
}
