//! 1-2-4-all on phones: alone, in twos with one draft for both, at the table, before everybody; through the lead's own button.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use shared::docs::workshop::Kind;
use tests::browser::{AtBoard, Conversion, Device, Page};

use crate::{Hall, THEME};

const FIELD: &str = ".pair-draft textarea.field";
const WRITE: &str = "#pair-write";

/// Waits until the round that is marked is the `n`-th.
async fn is_in_round(page: &Page, n: usize) -> Result<()> {
    let script = "return [...document.querySelectorAll('.circles li')]
        .findIndex((one) => one.getAttribute('aria-current') === 'step') + 1 === arguments[0]";
    page.until_within(Duration::from_secs(20), &format!("round {n}"), script, vec![json!(n)]).await.map(drop)
}

async fn says(page: &Page, css: &str, words: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll(arguments[0])].some((e) => e.innerText.includes(arguments[1]))";
    page.until(&format!("`{css}` to say {words}"), script, vec![json!(css), json!(words)]).await.map(drop)
}

async fn knows_nothing_of(page: &Page, words: &str) -> Result<()> {
    let script = "return document.documentElement.textContent.includes(arguments[0])";
    ensure!(page.eval(script, vec![json!(words)]).await? == json!(false), "{} sees {words}", page.who());
    Ok(())
}

/// All that a screen owes to everybody; and a picture of it for people, where one is asked for.
async fn owes_nothing(page: &Page, screen: &str) -> Result<()> {
    if let Ok(folder) = std::env::var("NAZE_SHOTS") {
        page.picture(folder.as_ref(), &format!("{screen}-{}", page.who())).await?;
        page.other_language_untouched().await?;
        page.picture(folder.as_ref(), &format!("{screen}-{}-en", page.who())).await?;
        page.other_language_untouched().await?;
    }
    page.finds_no_barrier(screen).await?;
    page.fits(screen).await?;
    page.can_be_touched(screen).await
}

async fn put(page: &Page, words: &str) -> Result<()> {
    page.click("#silent-field").await?;
    page.type_here(words).await?;
    page.press("Enter").await?;
    says(page, ".slip-text", words).await
}

/// Two who share a draft write in it at once, one of them with a conversion; the third, of the other pair, sees nothing of it.
async fn both_write(sato: &Page, suzuki: &Page, takahashi: &Page) -> Result<()> {
    sato.click(WRITE).await?;
    sato.find(FIELD).await?;
    sato.type_here("仕事が多い").await?;
    says(suzuki, ".pair-text", "仕事が多い").await?;
    sato.eval("document.querySelector(arguments[0]).setAttribute('data-test', 'same')", vec![json!(FIELD)]).await?;
    let conversion = Conversion::begin(sato, "から").await?;
    suzuki.click(WRITE).await?;
    suzuki.find(FIELD).await?;
    suzuki.press("Home").await?;
    suzuki.type_here("役員の").await?;
    AtBoard(suzuki).saved().await?;
    ensure!(sato.value(FIELD).await? == "仕事が多いから", "a conversion is not touched: {}", sato.value(FIELD).await?);
    ensure!(sato.has(&format!("{FIELD}[data-test=same]")).await?, "it is another field");
    owes_nothing(suzuki, "pair-field").await?;
    conversion.take("から").await?;
    for page in [sato, suzuki] {
        let both = "return document.querySelector(arguments[0])?.value === arguments[1]";
        page.until("both texts", both, vec![json!(FIELD), json!("役員の仕事が多いから")]).await?;
    }
    for page in [sato, suzuki] {
        page.press("Enter").await?;
        page.focus_is_on(WRITE).await?;
        says(page, ".pair-text", "役員の仕事が多いから").await?;
    }
    knows_nothing_of(takahashi, "仕事が多い").await
}

/// The first group before the tree: what the pairs say becomes cards, and one is chosen.
async fn at_the_table(sato: &Page, suzuki: &Page, takahashi: &Page) -> Result<()> {
    let board = AtBoard(takahashi);
    board.until("what was written alone", |tree| tree.count("頼まれると断れない") == 1).await?;
    for page in [sato, suzuki, takahashi] {
        says(page, ".draft-text", "役員の仕事が多いから").await?;
        says(page, ".for-all.none", "まだ").await?;
    }
    owes_nothing(suzuki, "table").await?;
    takahashi.click(".draft .button").await?;
    board.until("the draft as a card", |tree| tree.count("役員の仕事が多いから") == 1).await?;
    says(sato, ".draft.on-card", "カードになりました").await?;
    sato.click(".draft .button").await?;
    let focused = "return document.activeElement.id.startsWith('card-')";
    sato.until("the way to the card", focused, vec![]).await?;
    // From the list, and from the card's own sheet.
    sato.click(".for-all .button").await?;
    sato.find("dialog[open] .choice-card").await?;
    owes_nothing(sato, "choose").await?;
    let other = "const found = [...document.querySelectorAll('dialog[open] .choice-card')]
        .find((one) => one.innerText.includes('断れない'));
        found?.click();
        return found !== undefined";
    sato.until("a card to choose", other, vec![]).await?;
    says(suzuki, ".for-all-text", "頼まれると断れない").await?;
    let board = AtBoard(suzuki);
    board.open_sheet("役員の仕事が多いから").await?;
    let toggle = "const found = [...document.querySelectorAll('dialog[open] .action.toggle')]
        .find((one) => one.innerText.includes('全体に出す'));
        found?.click();
        return found !== undefined";
    suzuki.until("the choice in the sheet", toggle, vec![]).await?;
    for page in [sato, suzuki, takahashi] {
        says(page, ".for-all:not(.none) .for-all-text", "役員の仕事が多いから").await?;
    }
    AtBoard(suzuki).saved().await?;
    owes_nothing(sato, "table-chosen").await
}

/// The lead, with a page: on to the next round.
async fn next_round(lead: &Page) -> Result<()> {
    // The bar takes no second press within a second.
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    lead.click(".step-round").await
}

/// One group goes on alone, from its own sheet; the others stay where they are.
async fn goes_ahead(lead: &Page, ahead: &Page, behind: &Page) -> Result<()> {
    lead.click("#alone-2").await?;
    let press = "const found = [...document.querySelectorAll('dialog[open] button')]
        .find((one) => one.textContent.includes('この班だけ次の回へ：ふたりで'));
        found?.click();
        return found !== undefined";
    lead.until("the next round of one group", press, vec![]).await?;
    is_in_round(ahead, 2).await?;
    is_in_round(behind, 1).await?;
    says(lead, ".apart", "回が違います：ふたりで").await?;
    owes_nothing(lead, "lead-apart").await
}

#[tokio::test]
async fn alone_in_twos_at_the_table_and_before_everybody() -> Result<()> {
    let Some(hall) = Hall::open("one-two-four", &[Kind::OneTwoFour, Kind::Deepen]).await? else { return Ok(()) };
    let mut four = Vec::new();
    for (name, device) in [("高橋", Device::PHONE), ("伊藤", Device::LAPTOP)] {
        let page = hall.opens(name, device).await?;
        page.join(&hall.naze.base(), &hall.made.code.to_string(), name, 1).await?;
        four.push(page);
    }
    let lead = hall.opens("進行役", Device::LAPTOP).await?;
    lead.goto(&format!("{}/w/{}#{}", hall.naze.base(), hall.made.id, hall.made.lead)).await?;
    hall.lead.begin().await?;
    let Hall { sato, suzuki, tanaka, .. } = &hall;
    let [takahashi, ito] = &four[..] else { return Ok(()) };
    let all = [sato, suzuki, takahashi, ito, tanaka];
    for page in all {
        is_in_round(page, 1).await?;
    }
    put(sato, "頼まれると断れない").await?;
    put(tanaka, "会議が夜にある").await?;
    owes_nothing(suzuki, "alone").await?;
    knows_nothing_of(suzuki, "頼まれると断れない").await?;
    lead.sees(".step-round").await?;
    owes_nothing(&lead, "lead-alone").await?;
    goes_ahead(&lead, tanaka, sato).await?;
    next_round(&lead).await?;
    for page in all {
        is_in_round(page, 2).await?;
    }
    says(sato, ".pair-with", "鈴木").await?;
    says(takahashi, ".pair-with", "伊藤").await?;
    says(tanaka, ".pair-with", "おひとり").await?;
    says(sato, ".slip-text", "頼まれると断れない").await?;
    knows_nothing_of(suzuki, "頼まれると断れない").await?;
    owes_nothing(sato, "pair").await?;
    owes_nothing(tanaka, "pair-alone").await?;
    owes_nothing(ito, "pair").await?;
    both_write(sato, suzuki, takahashi).await?;
    owes_nothing(suzuki, "pair-written").await?;
    next_round(&lead).await?;
    for page in all {
        is_in_round(page, 3).await?;
    }
    at_the_table(sato, suzuki, takahashi).await?;
    owes_nothing(ito, "table").await?;
    knows_nothing_of(tanaka, "役員の仕事が多いから").await?;
    AtBoard(tanaka).write_theme(THEME).await?;
    next_round(&lead).await?;
    for page in all {
        is_in_round(page, 4).await?;
        says(page, ".brought", "役員の仕事が多いから").await?;
        says(page, ".brought.none", "まだ").await?;
    }
    owes_nothing(suzuki, "plenary").await?;
    owes_nothing(ito, "plenary").await?;
    ensure!(!lead.has(".step-round").await?, "there is no fifth");
    // Who has not chosen yet does so here.
    tanaka.click(".brought.own .button").await?;
    tanaka.find("dialog[open] .choice-card").await?;
    tanaka.click("dialog[open] .choice-card").await?;
    for page in all.into_iter().chain([&lead]) {
        says(page, ".brought", "会議が夜にある").await?;
        says(page, ".brought", "役員の仕事が多いから").await?;
    }
    says(&lead, ".brought-theme", THEME).await?;
    owes_nothing(tanaka, "plenary-chosen").await?;
    owes_nothing(&lead, "lead-plenary").await?;
    lead.behaved().await?;
    for page in &four {
        page.behaved().await?;
    }
    hall.behaved().await
}
