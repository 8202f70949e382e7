//! One group on its own way, and who may what.

use super::*;

/// How large the tiles are, and where they stand.
async fn tiles(page: &Page) -> Result<Value> {
    let script = "return [...document.querySelectorAll('.tile')].map((tile) => {
        const box = tile.getBoundingClientRect();
        return [box.left, box.top + scrollY, box.width, box.height].map(Math.round);
    })";
    page.eval(script, vec![]).await
}

async fn a_group_goes_on_alone(hall: &Hall) -> Result<()> {
    let lead = &hall.lead;
    let before = tiles(lead).await?;
    lead.click("#alone-2").await?;
    says(lead, "dialog[open]", "はじめまして（残り ").await?;
    owes_nothing(lead, "alone").await?;
    lead.can_be_touched("alone").await?;
    press(lead, "+2分 この班だけ").await?;
    says(lead, "dialog[open]", "残り 6:").await?;
    press(lead, "閉じる").await?;
    no_sheet(lead).await?;
    lead.focus_is_on("#alone-2").await?;
    says(lead, ".tile:nth-child(2) .apart", "この班だけの時間").await?;
    lead.click("#alone-3").await?;
    press(lead, "この班だけ次へ：課題を選ぶ").await?;
    no_sheet(lead).await?;
    says(lead, ".tile:nth-child(3) .apart", "ステップが違います：課題を選ぶ").await?;
    ensure!(tiles(lead).await? == before, "tiles stand still: {before} {}", tiles(lead).await?);
    owes_nothing(lead, "wall-alone").await?;
    at(lead, 1).await
}

async fn in_the_large_view(lead: &Page) -> Result<()> {
    AtWall(lead).open(3).await?;
    says(lead, ".large-step", "課題を選ぶ").await?;
    lead.click("#alone-large-3").await?;
    press(lead, "みんなに合流").await?;
    no_sheet(lead).await?;
    says(lead, ".large-step", "はじめまして").await?;
    lead.click("#wall-back").await?;
    let with_all = "return document.querySelector('.tile:nth-child(3) .apart').innerText.trim() === ''";
    lead.until("the group to be with the others", with_all, vec![]).await.map(drop)
}

async fn what_others_may(hall: &Hall) -> Result<()> {
    let lead = &hall.lead;
    lead.press("Escape").await?;
    press(lead, "受付").await?;
    lead.click(".links summary").await?;
    let link = |name: &str| {
        format!("const link = document.querySelector('#{name}').value; return link.includes('#') ? link : null")
    };
    let mut people = Vec::new();
    for (who, name) in [("補助", "helper-link"), ("見学", "observer-link")] {
        let address = lead.until("the link", &link(name), vec![]).await?;
        let (_, path) = address.as_str().and_then(|link| link.split_once("/w/")).context("a link into the workshop")?;
        let page = hall.browser.open(who, Device::PHONE).await?;
        page.goto(&format!("{}/w/{path}", hall.naze.base())).await?;
        at(&page, 1).await?;
        ensure!(!page.has("#step-next").await? && !page.has("#step-menu").await?, "{who} moves nobody");
        people.push(page);
    }
    let (helper, observer) = (&people[0], &people[1]);
    ensure!(!observer.has(".step-tools button").await? && !observer.has("#alone-1").await?, "who looks on only looks");
    owes_nothing(helper, "wall-helper").await?;
    press(helper, "一時停止").await?;
    says(observer, ".step-time-word", "一時停止中").await?;
    helper.click("#alone-1").await?;
    press(helper, "この班だけ次へ").await?;
    says(observer, ".tile:nth-child(1) .apart", "課題を選ぶ").await?;
    for page in &people {
        ensure!(!page.has(".notice").await?, "{}: nothing was refused", page.who());
        page.behaved().await?;
    }
    Ok(())
}

async fn a_group(test: &str, device: Device) -> Result<()> {
    let Some(hall) = Hall::open(test, device).await? else { return Ok(()) };
    hall.begin().await?;
    a_group_goes_on_alone(&hall).await?;
    in_the_large_view(&hall.lead).await?;
    what_others_may(&hall).await?;
    hall.lead.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_goes_its_own_way_on_a_phone() -> Result<()> {
    a_group("alone-phone", Device::PHONE).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_goes_its_own_way_on_a_laptop() -> Result<()> {
    a_group("alone-laptop", Device::LAPTOP).await
}
