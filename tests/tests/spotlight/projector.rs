//! On the room's large screen: it follows by itself, can be read from far away, and has nothing to press. Groups present one after
//! another, and phones stay where they are when the lead wants them to.

use super::*;

/// A cheap projector.
const SIZE: (u32, u32) = (1280, 720);

impl Hall {
    /// The projector's page, by the link that the lead has.
    pub(super) async fn projector(&self, link: &str) -> Result<Page> {
        let page = self.browser.open("投影", Device::LAPTOP).await?;
        let size = json!({ "width": SIZE.0, "height": SIZE.1, "deviceScaleFactor": 1, "mobile": false });
        page.cdp("Emulation.setDeviceMetricsOverride", size).await?;
        let (_, path) = link.split_once("/w/").context("a link into the workshop")?;
        page.goto(&format!("{}/w/{path}", self.naze.base())).await?;
        page.sees("main.projector").await?;
        Ok(page)
    }
}

async fn link_of(lead: &Page) -> Result<String> {
    lead.click("#to-all").await?;
    let link = "return document.querySelector('dialog[open] a[target=_blank]')?.href || null";
    let link = lead.until("the projector's link", link, vec![]).await?;
    press(lead, "閉じる").await?;
    gone(lead, "dialog[open]").await?;
    Ok(link.as_str().unwrap_or_default().to_owned())
}

/// Nothing to press, nothing cut off, and large enough.
pub(super) async fn is_for_a_room(page: &Page, scene: &str) -> Result<()> {
    let press = "return document.querySelectorAll('main :is(button, input, textarea, select, a, summary)').length";
    ensure!(page.eval(press, vec![]).await? == json!(0), "{scene} has something to press");
    // Letters of a face may stick out of their line by some pixels.
    let whole = "return [...document.querySelectorAll('main, main section, main aside')]
        .every((e) => e.scrollHeight <= e.clientHeight + 8 && e.scrollWidth <= e.clientWidth + 1)";
    page.until(&format!("{scene} to be whole"), whole, vec![]).await?;
    page.finds_no_barrier(scene).await?;
    page.shot(scene).await.map(drop)
}

/// Waits until a group presents; who is next.
async fn presents(page: &Page, group: usize, next: Option<usize>) -> Result<()> {
    let (theme, deep) = (THEMES.get(group - 1).context("a theme")?, DEEP.get(group - 1).context("a cause")?);
    says(page, ".projector-board .number", &format!("{group}班")).await?;
    says(page, ".projector-board .theme", theme).await?;
    says(page, ".projector-stars li", deep).await?;
    match next {
        Some(next) => says(page, ".projector-next", &format!("次の発表：{next}班")).await?,
        None => gone(page, ".projector-next").await?,
    }
    let tree = "return document.querySelectorAll('#projector-tree svg g').length === 20";
    page.until("the whole tree", tree, vec![]).await?;
    let size = "return parseFloat(getComputedStyle(document.querySelector('.projector-board .theme')).fontSize) >= 32";
    ensure!(page.eval(size, vec![]).await? == json!(true), "the theme is too small");
    is_for_a_room(page, &format!("presents-{group}")).await
}

/// Two presses at once: the button means the next group as soon as it is pressed, but only one group was meant.
async fn a_finger_trembles(page: &Page, words: &str) -> Result<()> {
    tokio::time::sleep(CALM).await;
    let twice =
        "const way = [...document.querySelectorAll('.showing button')].find((b) => b.textContent === arguments[0]);
        way?.click();
        setTimeout(() => way?.click(), 150);
        return way !== undefined";
    ensure!(page.eval(twice, vec![json!(words)]).await? == json!(true), "no {words}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn groups_present_one_after_another_on_the_projector() -> Result<()> {
    let Some(hall) = Hall::open("projector").await? else { return Ok(()) };
    let lead = hall.at_wall(Device::LAPTOP).await?;
    let sato = hall.guest("佐藤", Device::PHONE, 1).await?;
    let link = link_of(&lead).await?;
    ensure!(link.ends_with(&format!("/w/{}/projector#{}", hall.made.id, hall.made.observer)), "{link}");
    let projector = hall.projector(&link).await?;
    ensure!(projector.path().await? == format!("/w/{}/projector", hall.made.id), "the key is out of sight");
    says(&projector, ".projector-groups", THEMES[2]).await?;
    is_for_a_room(&projector, "works").await?;

    lead.click("#to-all").await?;
    press(&lead, "班の発表").await?;
    says(&lead, ".present-order", THEMES[0]).await?;
    press(&lead, "2班を前に").await?;
    press(&lead, "3班を外す").await?;
    press(&lead, "＋ 3班").await?;
    press(&lead, "スクリーンだけ").await?;
    owes_nothing(&lead, "present-sheet").await?;
    press(&lead, "次の発表：2班").await?;
    presents(&projector, 2, Some(1)).await?;
    says(&lead, ".showing", "スクリーンに2班を見せています").await?;
    owes_nothing(&lead, "presenting").await?;
    a_finger_trembles(&lead, "次の発表：1班").await?;
    presents(&projector, 1, Some(3)).await?;
    // What the group stars meanwhile is there at once.
    let board = hall.peers.first().context("somebody of group 1")?.board(GroupId(1));
    let another = board.add(CardId::THEME, "何をする会か知らない")?;
    board.star(another, Star::RootCause)?;
    says(&projector, ".projector-stars li:nth-child(2)", "何をする会か知らない").await?;
    ensure!(!sato.has(".spot-bar").await?, "nobody's phone moves");
    press_calmly(&lead, "次の発表：3班").await?;
    presents(&projector, 3, None).await?;
    press_calmly(&lead, "見せるのを終わる").await?;
    says(&projector, ".projector-groups", THEMES[1]).await?;
    gone(&lead, ".showing").await?;
    for page in [&lead, &sato, &projector] {
        page.behaved().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_projector_shows_what_the_room_needs_by_itself() -> Result<()> {
    use shared::docs::workshop::{Attention, Kind, Phase};
    let Some(hall) = Hall::open("projector-scenes").await? else { return Ok(()) };
    hall.lead.act(WorkshopOp::SetPhase { phase: Phase::Lobby }).await?;
    let projector = hall.projector(&format!("/w/{}/projector#{}", hall.made.id, hall.made.observer)).await?;
    let code = hall.made.code.to_string();
    says(&projector, ".big-code", code.get(..3).context("a code")?).await?;
    says(&projector, ".projector-arrived", "3人").await?;
    is_for_a_room(&projector, "lobby").await?;
    let deepen = tests::conductor::plan(Kind::Deepen, "なぜ？を深める", "原因の原因を、もう一段考えてみましょう。");
    hall.lead.plan(vec![deepen]).await?;
    hall.lead.begin().await?;
    says(&projector, "h2", "なぜ？を深める").await?;
    says(&projector, ".projector-time", ":").await?;
    hall.lead.act(WorkshopOp::Announce { text: "休けいは10分です".into() }).await?;
    says(&projector, ".projector-said", "休けいは10分です").await?;
    is_for_a_room(&projector, "step").await?;
    hall.lead.act(WorkshopOp::Announce { text: String::new() }).await?;
    hall.lead.act(WorkshopOp::SetAttention { attention: Attention::EyesUp }).await?;
    says(&projector, ".projector-words", "進行役を見てください").await?;
    is_for_a_room(&projector, "eyes-up").await?;
    hall.shows(1, hall.starred.first().copied()).await?;
    says(&projector, ".projector-meant", DEEP[0]).await?;
    says(&projector, ".projector-said", "進行役を見てください").await?;
    projector.sees("#projector-tree svg .meant").await?;
    is_for_a_room(&projector, "meant").await?;
    // A board from the sheet of its tile, for the projector alone.
    let lead = hall.at_wall(Device::LAPTOP).await?;
    lead.click("#alone-3").await?;
    press(&lead, "スクリーンだけで見せる").await?;
    says(&projector, ".projector-board .theme", THEMES[2]).await?;
    lead.behaved().await?;
    // Who only looks comes here from the wall.
    let observer = hall.browser.open("見学", Device::LAPTOP).await?;
    observer.goto(&format!("{}/w/{}#{}", hall.naze.base(), hall.made.id, hall.made.observer)).await?;
    AtWall(&observer).ready().await?;
    observer.click(".strip a.button").await?;
    says(&observer, ".projector-board .theme", THEMES[2]).await?;
    observer.behaved().await?;
    hall.lead.act(WorkshopOp::SetPhase { phase: Phase::Ended }).await?;
    says(&projector, ".projector-words", "おつかれさまでした").await?;
    is_for_a_room(&projector, "ended").await?;
    projector.behaved().await
}
