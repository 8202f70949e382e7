//! The room goes from step to step.

use super::*;

/// Whether the button that moves the room on is where a thumb is, with nothing over it.
async fn in_reach(page: &Page) -> Result<()> {
    let script = "scrollTo(0, 0);
        const box = document.querySelector('#step-next').getBoundingClientRect();
        const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return [box.top > innerHeight / 2, box.bottom <= innerHeight, box.height >= 44, over?.id]";
    let seen = page.eval(script, vec![]).await?;
    ensure!(seen == json!([true, true, true, "step-next"]), "the lower half, on the screen, large, free: {seen}");
    Ok(())
}

async fn next(page: &Page, to: usize) -> Result<()> {
    tokio::time::sleep(CALM).await;
    says(page, "#step-next", &format!("次へ：{}", STEPS[to - 1])).await?;
    page.click("#step-next").await?;
    at(page, to).await
}

async fn time_is_given_and_stands_still(lead: &Page, other: &Page) -> Result<()> {
    let before = seconds(lead).await?;
    press(lead, "+1分").await?;
    for page in [lead, other] {
        let given = "const [m, s] = document.querySelector('.step-time strong').textContent.split(':').map(Number);
            return m * 60 + s > arguments[0] + 50";
        page.until("a minute more", given, vec![json!(before)]).await?;
    }
    press(lead, "一時停止").await?;
    for page in [lead, other] {
        says(page, ".step-time-word", "一時停止中").await?;
    }
    let stands = seconds(other).await?;
    tokio::time::sleep(CALM).await;
    ensure!(
        seconds(other).await? == stands && seconds(lead).await? == stands,
        "it stands still, and both say the same"
    );
    press(other, "再開").await?;
    for page in [lead, other] {
        says(page, ".step-time-word", "残り").await?;
        page.until(
            "the clock to go",
            "return document.querySelector('.step-time strong').textContent !== arguments[0]",
            vec![json!(page.text_of("return document.querySelector('.step-time strong').textContent", vec![]).await?)],
        )
        .await?;
    }
    Ok(())
}

/// Both press at once: the room goes on by one step, not by two.
async fn two_are_one(lead: &Page, other: &Page, to: usize) -> Result<()> {
    tokio::time::sleep(CALM).await;
    let (one, two) = tokio::join!(lead.click("#step-next"), other.click("#step-next"));
    one.and(two)?;
    for page in [lead, other] {
        at(page, to).await?;
    }
    tokio::time::sleep(CALM).await;
    for page in [lead, other] {
        at(page, to).await?;
        ensure!(!page.has(".notice").await?, "{}: who came second is not told off", page.who());
    }
    Ok(())
}

async fn a_finger_that_trembles(lead: &Page, to: usize) -> Result<()> {
    tokio::time::sleep(CALM).await;
    lead.eval(
        "const next = document.querySelector('#step-next'); next.click(); setTimeout(() => next.click(), 150)",
        vec![],
    )
    .await?;
    at(lead, to).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    at(lead, to).await
}

async fn back_and_again(lead: &Page, other: &Page) -> Result<()> {
    next(lead, 2).await?;
    at(other, 2).await?;
    says(lead, ".step-back [role=status]", "進みました").await?;
    press(lead, "戻る").await?;
    at(other, 1).await?;
    ensure!(!lead.has(".step-back button").await?, "the way back was taken");
    lead.focus_is_on("#step-next").await?;
    next(lead, 2).await?;
    lead.click("#step-menu").await?;
    owes_nothing(lead, "step-menu").await?;
    press(lead, "前のステップに戻る：はじめまして").await?;
    no_sheet(lead).await?;
    at(other, 1).await?;
    press(lead, "+1分").await?;
    lead.until("six minutes", "return document.querySelector('.step-time strong').textContent >= '5:3'", vec![])
        .await?;
    lead.click("#step-menu").await?;
    press(lead, "はじめからやり直す").await?;
    let anew = "return /^(5:00|4:5.)$/.test(document.querySelector('.step-time strong').textContent)";
    other.until("five minutes anew", anew, vec![]).await.map(drop)
}

async fn the_room(test: &str, device: Device, second: Device) -> Result<()> {
    let Some(hall) = Hall::open(test, device).await? else { return Ok(()) };
    let lead = &hall.lead;
    hall.begin().await?;
    let other = &hall.second(second).await?;
    at(other, 1).await?;
    if device == Device::PHONE {
        in_reach(lead).await?;
    }
    owes_nothing(lead, "wall-step").await?;
    back_and_again(lead, other).await?;
    time_is_given_and_stands_still(lead, other).await?;
    two_are_one(lead, other, 2).await?;
    a_finger_that_trembles(lead, 3).await?;
    next(other, 4).await?;
    at(lead, 4).await?;
    // A lead's device that dies is followed by another one at the same place.
    lead.reload().await?;
    at(lead, 4).await?;
    for page in [lead, other] {
        page.behaved().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_on_a_phone_moves_the_room() -> Result<()> {
    the_room("conducting-phone", Device::PHONE, Device::LAPTOP).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_on_a_laptop_moves_the_room() -> Result<()> {
    the_room("conducting-laptop", Device::LAPTOP, Device::PHONE).await
}

/// Everybody to a step, from the run-sheet.
async fn leap(lead: &Page, to: usize) -> Result<()> {
    press(lead, "進行表").await?;
    lead.click(&format!(".plan-step:nth-child({to}) [id^=more-]")).await?;
    press(lead, &format!("全員を「{}」へ進める", STEPS[to - 1])).await?;
    at(lead, to).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gallery_goes_from_board_to_board_and_the_last_step_ends_it() -> Result<()> {
    let Some(hall) = Hall::open("conducting-gallery", Device::PHONE).await? else { return Ok(()) };
    let lead = &hall.lead;
    hall.begin().await?;
    leap(lead, 7).await?;
    says(lead, ".step-place", "1班目 / 2班").await?;
    says(lead, "#step-next", "次へ：わたしの一歩").await?;
    owes_nothing(lead, "wall-gallery").await?;
    tokio::time::sleep(CALM).await;
    press(lead, "次の班へ").await?;
    says(lead, ".step-place", "2班目 / 2班").await?;
    ensure!(!lead.has(".step-round").await?, "no board is left to look at");
    lead.focus_is_on("#step-next").await?;
    tokio::time::sleep(CALM).await;
    lead.click("#step-next").await?;
    at(lead, 8).await?;
    says(lead, "#step-next", "おわる").await?;
    tokio::time::sleep(CALM).await;
    lead.click("#step-next").await?;
    AtWall(lead).end().await?;
    lead.until("the end", "return document.querySelector('.step-bar') === null", vec![]).await?;
    lead.behaved().await
}
