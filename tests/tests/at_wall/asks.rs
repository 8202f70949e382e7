//! A question to one group: only its people see it, nothing moves because of it, and the lead sees what became of it.

use super::*;

async fn sends(lead: &Page, group: u16, words: &str) -> Result<()> {
    lead.click(&format!("#alone-{group}")).await?;
    press(lead, "この班に質問を送る").await?;
    lead.find("#nudge").await?;
    owes_nothing(lead, "ask").await?;
    lead.type_into("#nudge", words).await?;
    press(lead, "送る").await?;
    no_sheet(lead).await?;
    lead.focus_is_on(&format!("#alone-{group}")).await
}

async fn a_question(test: &str, device: Device) -> Result<()> {
    let Some(hall) = Hall::open(test, device, 2).await? else { return Ok(()) };
    let lead = &hall.lead;
    let sato = hall.guest("佐藤", Device::PHONE, 1).await?;
    let suzuki = hall.guest("鈴木", Device::LAPTOP, 1).await?;
    let tanaka = hall.guest("田中", Device::PHONE, 2).await?;
    AtBoard(&sato).write_theme("若い人が自治会に入らない").await?;
    AtBoard(&sato).add("若い人が自治会に入らない", "役員の負担が重い").await?;
    AtBoard(&suzuki).until("the card", |outline| outline.count("役員の負担が重い") == 1).await?;
    // Somebody is in the middle of a sentence.
    AtBoard(&suzuki).begin_below("役員の負担が重い").await?;
    AtBoard(&suzuki).typing("会議が多").await?;
    says(&sato, ".card", "会議が多").await?;
    says(&sato, ".card", "鈴木").await?;
    let (read, written) = (places(&sato, ".card").await?, places(&suzuki, ".card, textarea").await?);
    sends(lead, 1, "それは、だれから聞いた話ですか？").await?;
    for page in [&sato, &suzuki] {
        says(page, ".call", "進行役から質問：「それは、だれから聞いた話ですか？」").await?;
    }
    says(lead, ".tile:nth-child(1) .tile-words", "質問：返事待ち").await?;
    ensure!(places(&sato, ".card").await? == read, "nothing moved for who reads");
    ensure!(places(&suzuki, ".card, textarea").await? == written, "nor for who writes");
    suzuki.focus_is_on("textarea").await?;
    ensure!(AtBoard(&suzuki).field().await? == "会議が多", "and the words are theirs");
    ensure!(!tanaka.has(".call").await?, "the others hear nothing of it");
    owes_nothing(&sato, "asked").await?;
    sato.can_be_touched("asked").await?;
    press(&sato, "答えを書く").await?;
    sato.focus_is_on("textarea").await?;
    says(&sato, ".writing .asked", "それは、だれから聞いた話ですか？").await?;
    gone(&suzuki, ".call").await?;
    says(lead, ".tile:nth-child(1) .tile-words", "質問：受け取りました").await?;
    owes_nothing(&sato, "answers").await?;
    sato.type_here("去年の役員がそう話していた").await?;
    AtBoard(&sato).finish().await?;
    lead.click("#alone-1").await?;
    press(lead, "この班に質問を送る").await?;
    says(lead, "dialog[open] .asked", "佐藤さんが受け取りました").await?;
    press(lead, "それは、なぜ起きるのでしょう？").await?;
    ensure!(lead.value("#nudge").await? == "それは、なぜ起きるのでしょう？", "a ready question");
    press(lead, "送る").await?;
    no_sheet(lead).await?;
    says(&sato, ".call", "それは、なぜ起きるのでしょう？").await?;
    press(&sato, "あとで").await?;
    gone(&sato, ".call").await?;
    says(lead, ".tile:nth-child(1) .tile-words", "質問：見送り").await?;
    for page in [lead, &sato, &suzuki, &tanaka] {
        page.behaved().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_on_a_phone_asks_one_group() -> Result<()> {
    a_question("wall-ask-phone", Device::PHONE).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_on_a_laptop_asks_one_group() -> Result<()> {
    a_question("wall-ask-laptop", Device::LAPTOP).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_is_taken_back_and_one_too_long_is_refused_in_words() -> Result<()> {
    let Some(hall) = Hall::open("wall-ask-back", Device::LAPTOP, 2).await? else { return Ok(()) };
    let (lead, sato) = (&hall.lead, hall.guest("佐藤", Device::PHONE, 1).await?);
    sends(lead, 1, "ほかには？").await?;
    says(&sato, ".call", "ほかには？").await?;
    lead.click("#alone-1").await?;
    press(lead, "この班に質問を送る").await?;
    press(lead, "取り下げる").await?;
    gone(&sato, ".call").await?;
    lead.focus_is_on("#nudge").await?;
    lead.eval("document.querySelector('#nudge').value = 'な'.repeat(121)", vec![]).await?;
    press(lead, "送る").await?;
    says(lead, "#nudge-trouble", "長すぎます").await?;
    lead.focus_is_on("#nudge").await?;
    ensure!(!sato.has(".call").await?, "nothing was sent");
    lead.press("Escape").await?;
    no_sheet(lead).await?;
    lead.focus_is_on("#alone-1").await?;
    lead.behaved().await
}
