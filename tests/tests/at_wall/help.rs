//! A group calls, and sees that it is heard; the lead, or a helper, sees who waits longest, goes there with one tap, and answers.

use super::*;

/// From the menu of the board, as who does not know the keys finds it.
async fn calls(page: &Page) -> Result<()> {
    page.click(".menu-button").await?;
    page.find("dialog[open] .help-way").await?;
    owes_nothing(page, "menu-help").await?;
    page.click("dialog[open] .help-way").await?;
    no_sheet(page).await?;
    says(page, ".help-strip", "進行役を呼んでいます").await
}

/// The groups in the queue, as they stand.
async fn queue(page: &Page) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('.help-queue li strong')].map((e) => e.textContent)";
    Ok(serde_json::from_value(page.eval(script, vec![]).await?)?)
}

async fn the_answer_reaches_all_phones(hall: &Hall, sato: &Page, suzuki: &Page) -> Result<()> {
    let lead = &hall.lead;
    let before = stand(lead).await?;
    calls(sato).await?;
    says(suzuki, ".help-strip", "進行役を呼んでいます").await?;
    says(lead, ".strip-needs", "呼んでいる班 1").await?;
    says(lead, ".tile:nth-child(2) .need", "いま呼んでいます").await?;
    says(lead, ".help-queue li", "いま呼びました").await?;
    owes_nothing(lead, "wall-called").await?;
    lead.can_be_touched("wall-called").await?;
    lead.click(".help-queue li .button:nth-of-type(2)").await?;
    for page in [sato, suzuki] {
        says(page, ".help-strip.comes", "進行役がいま行きます").await?;
    }
    says(lead, ".help-queue li", "向かっています").await?;
    owes_nothing(sato, "help-comes").await?;
    sato.can_be_touched("help-comes").await?;
    lead.click("#call-2").await?;
    AtBoard(lead).ready().await?;
    says(lead, ".large-name", "2班").await?;
    says(lead, ".help-strip", "進行役がいま行きます").await?;
    press(lead, "対応しました").await?;
    for page in [lead, sato, suzuki] {
        gone(page, ".help-strip").await?;
    }
    lead.click("#wall-back").await?;
    ensure!(!lead.has(".help-queue").await?, "nobody calls any more");
    ensure!(stand(lead).await? == before, "tiles stand still");
    Ok(())
}

async fn a_call(test: &str, device: Device) -> Result<()> {
    let Some(hall) = Hall::open(test, device, 3).await? else { return Ok(()) };
    let narrow = Device { shape: Shape::Narrow, ..Device::PHONE };
    let sato = hall.guest("佐藤", Device::PHONE, 2).await?;
    let suzuki = hall.guest("鈴木", narrow, 2).await?;
    the_answer_reaches_all_phones(&hall, &sato, &suzuki).await?;
    for page in [&hall.lead, &sato, &suzuki] {
        page.behaved().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_calls_a_lead_on_a_phone() -> Result<()> {
    a_call("wall-help-phone", Device::PHONE).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_calls_a_lead_on_a_laptop() -> Result<()> {
    a_call("wall-help-laptop", Device::LAPTOP).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_longest_comes_first_and_a_helper_answers_too() -> Result<()> {
    let Some(hall) = Hall::open("wall-queue", Device::LAPTOP, 3).await? else { return Ok(()) };
    let helper = hall.browser.open("補助", Device::PHONE).await?;
    hall.goes_to_wall(&helper, hall.made.helper).await?;
    let observer = hall.browser.open("見学", Device::PHONE).await?;
    hall.goes_to_wall(&observer, hall.made.observer).await?;
    let (third, first) = (hall.guest("高橋", Device::PHONE, 3).await?, hall.guest("田中", Device::LAPTOP, 1).await?);
    third.press("q").await?;
    says(&hall.lead, ".help-queue", "3班").await?;
    // With the key alone, and the focus stays where it was.
    first.eval("document.querySelector('[role=treeitem]').focus()", vec![]).await?;
    first.press("q").await?;
    says(&first, ".help-strip", "進行役を呼んでいます").await?;
    says(&hall.lead, ".strip-needs", "呼んでいる班 2").await?;
    for page in [&hall.lead, &helper, &observer] {
        says(page, ".help-queue", "1班").await?;
        ensure!(queue(page).await? == ["3班", "1班"], "{}: {:?}", page.who(), queue(page).await?);
    }
    ensure!(!observer.has(".help-queue li .button:nth-of-type(2)").await?, "who looks on answers nobody");
    // By keys: the row stays, the button goes, and the focus is on the row.
    helper.eval("document.querySelector('.help-queue li .button:nth-of-type(2)').focus()", vec![]).await?;
    helper.press("Enter").await?;
    says(&third, ".help-strip.comes", "補助がいま行きます").await?;
    helper.focus_is_on("#call-3").await?;
    press(&third, "もう大丈夫です").await?;
    for page in [&hall.lead, &helper] {
        says(page, ".strip-needs", "呼んでいる班 1").await?;
    }
    press(&first, "呼ぶのをやめる").await?;
    gone(&hall.lead, ".help-queue").await?;
    for page in [&hall.lead, &helper, &observer, &third, &first] {
        ensure!(!page.has(".notice").await?, "{}: nothing was refused", page.who());
        page.behaved().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_calls_from_every_step_and_while_writing_is_stopped() -> Result<()> {
    let Some(browser) = Browser::start("wall-help-steps").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    let conductor = Conductor::at(&naze.base(), &made).await?;
    let kinds = [Kind::CheckIn, Kind::Silence, Kind::Gallery, Kind::CheckOut];
    conductor.plan(kinds.map(|kind| plan(kind, &format!("{kind:?}"), "")).to_vec()).await?;
    let page = browser.open("佐藤", Device::PHONE).await?;
    page.join(&naze.base(), &made.code.to_string(), "佐藤", 1).await?;
    conductor.begin().await?;
    for kind in kinds {
        conductor.go(shared::docs::workshop::Whom::All, kind).await?;
        says(&page, "#step-title", &format!("{kind:?}")).await?;
        if kind == Kind::Gallery {
            page.find(".gallery .menu-button").await?;
            page.click(".menu-button").await?;
        }
        page.find(".help-way").await?;
        owes_nothing(&page, "help-step").await?;
        page.click(".help-way").await?;
        says(&page, ".help-strip", "進行役を呼んでいます").await?;
        press(&page, "呼ぶのをやめる").await?;
        gone(&page, ".help-strip").await?;
    }
    conductor.act(WorkshopOp::SetAttention { attention: shared::docs::workshop::Attention::Locked }).await?;
    page.find(".at-board .banner").await?;
    page.click(".help-way").await?;
    says(&page, ".help-strip", "進行役を呼んでいます").await?;
    AtBoard(&page).saved().await?;
    ensure!(!page.has(".notice").await?, "a call is taken while writing is stopped");
    page.behaved().await
}
