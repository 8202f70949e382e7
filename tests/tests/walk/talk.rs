//! What people tell each other: reactions, comments, hands, calls; and a chain that is read back together.

use anyhow::{Result, ensure};
use shared::docs::board::{Answer, BoardOp, CallFor, NoteOn, Reaction};

use super::Hands;
use super::cards::{BUS, DRIVERS, PAY, SHOP};

pub async fn comments(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    hands.to_card(SHOP).await?;
    hands.open("c").await?;
    hands.go(".reaction").await?;
    page.focus_is_on(".reaction[aria-pressed=true]").await?;
    hands.card(SHOP, |_, _, card| card.reactions.iter().any(|(what, _)| *what == Reaction::Agree)).await?;
    hands.go("#comment-write").await?;
    hands.write("写真がある").await?;
    page.press("Enter").await?;
    page.focus_is_on("#comment-write").await?;
    let card = hands.id(SHOP).await?;
    let said = |text: &'static str| {
        move |board: &shared::docs::board::Board| {
            let on = board.notes_on(NoteOn::Card(card));
            on.len() == usize::from(!text.is_empty()) && on.iter().all(|(_, note)| note.text.read() == text)
        }
    };
    hands.model("the comment", said("写真がある")).await?;
    hands.go(".comment-own .button:first-child").await?;
    hands.write("（去年の春）").await?;
    page.press("Enter").await?;
    hands.model("the comment changed", said("写真がある（去年の春）")).await?;
    page.focus_is_on("dialog[open] *").await?;
    page.focus_is_seen().await?;
    hands.go(".comment-own .button:last-child").await?;
    hands.model("the comment removed", said("")).await?;
    page.focus_is_on("dialog[open] *").await?;
    hands.go(".comment-undo .button").await?;
    hands.model("the comment again", said("写真がある（去年の春）")).await?;
    page.focus_is_on("dialog[open] *").await?;
    page.focus_is_seen().await?;
    hands.close().await?;
    hands.on_card(SHOP).await
}

pub async fn hands(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    page.press("h").await?;
    hands.model("a hand", |board| board.hands.len() == 1).await?;
    page.press("h").await?;
    hands.model("no hand", |board| board.hands.is_empty()).await?;
    hands.on_card(SHOP).await?;
    // Another's hand is lowered when they were heard.
    hands.others().apply(BoardOp::RaiseHand)?;
    page.find(".hands button").await?;
    hands.go(".hands button").await?;
    hands.go_to("聞いたので下ろす").await?;
    hands.model("their hand down", |board| board.hands.is_empty()).await?;
    page.focus_is_seen().await?;
    // Everybody is asked to look, and somebody else asks.
    hands.to_card(DRIVERS).await?;
    page.press("o").await?;
    let card = hands.id(DRIVERS).await?;
    hands.model("the call", |board| board.call.is_some_and(|call| call.card == card)).await?;
    hands.on_card(DRIVERS).await?;
    let other = hands.id(SHOP).await?;
    hands.others().apply(BoardOp::Call { card: Some(other), what: CallFor::Look })?;
    page.find(".call").await?;
    hands.on_card(DRIVERS).await?;
    hands.go(".call .primary").await?;
    hands.on_card(SHOP).await?;
    ensure!(!page.has(".call").await?, "the banner is still there");
    Ok(())
}

/// From a leaf to the theme; each link is answered, by the other one too, and one card is put between.
pub async fn read_back(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    let missing = "手取りが増えない";
    hands.to_card(PAY).await?;
    hands.open("r").await?;
    hands.sheet_says(PAY).await?;
    page.press("2").await?;
    let (pay, drivers) = (hands.id(PAY).await?, hands.id(DRIVERS).await?);
    let answered = |wanted: Answer| {
        move |board: &shared::docs::board::Board| {
            board.get(pay).is_some_and(|card| card.readings.iter().any(|reading| reading.answer == wanted))
        }
    };
    hands.model("the answer", answered(Answer::Jumps)).await?;
    hands.others().apply(BoardOp::ReadLink { card: pay, under: drivers, answer: Some(Answer::Check) })?;
    hands.sheet_says("確かめたい 1").await?;
    hands.go(".reading-between").await?;
    hands.write(missing).await?;
    page.press("Enter").await?;
    hands.hangs_under(PAY, missing).await?;
    hands.hangs_under(missing, DRIVERS).await?;
    hands.sheet_says(missing).await?;
    page.focus_is_seen().await?;
    page.press("1").await?;
    hands.model("another answer", answered(Answer::Holds)).await?;
    page.press("ArrowRight").await?;
    hands.sheet_says(DRIVERS).await?;
    page.press("ArrowLeft").await?;
    hands.sheet_says(PAY).await?;
    // On with Enter, to the end, and back to a link from there.
    page.tab_to(".reading-next").await?;
    for _ in 0..5 {
        page.press("Enter").await?;
        page.focus_is_on(".reading-next").await?;
    }
    page.find(".reading-done").await?;
    hands.go(".reading-end-list .choice-card").await?;
    hands.sheet_says(missing).await?;
    page.focus_is_on("dialog[open] *").await?;
    page.focus_is_seen().await?;
    hands.close().await?;
    hands.on_card(PAY).await?;
    hands.hangs_under(DRIVERS, "会社が赤字だ、").await?;
    hands.to_card(BUS).await
}
