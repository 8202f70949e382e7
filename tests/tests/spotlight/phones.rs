//! On phones: everybody is brought there but who writes, goes back and comes again, and is where they were when it ends.

use super::*;

const BAR: &str = ".spot-bar";

/// Waits until the board of a group is on the screen.
async fn is_at(page: &Page, group: usize) -> Result<()> {
    let theme = THEMES.get(group - 1).context("a theme")?;
    says(page, "#board-tree .card.theme .card-text", theme).await
}

/// Waits until the card that is meant stands out, and is in sight.
async fn stands_out(page: &Page, words: &str) -> Result<()> {
    let script = "const card = document.querySelector('.node[aria-current] > .card');
        if (!card?.innerText.includes(arguments[0])) return false;
        const box = card.getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth";
    page.until(&format!("「{words}」 to stand out in sight"), script, vec![json!(words)]).await.map(drop)
}

/// Touches the button of the bar where it is: it is in sight, and nothing scrolls for it.
async fn tap(page: &Page, words: &str) -> Result<()> {
    says(page, ".spot-bar .button", words).await?;
    let middle = "const box = document.querySelector('.spot-bar .button').getBoundingClientRect();
        return [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]";
    let at = page.eval(middle, vec![]).await?;
    for (kind, points) in [("touchStart", at), ("touchEnd", json!([]))] {
        page.cdp("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await?;
    }
    Ok(())
}

/// The first card that is whole in sight, and how far down it is.
async fn reads(page: &Page) -> Result<(String, i64)> {
    let script = "const all = [...document.querySelectorAll('.branch > .node')];
        const first = all.find((e) => e.getBoundingClientRect().top > 200);
        return [first.id, Math.round(first.getBoundingClientRect().top)]";
    Ok(serde_json::from_value(page.eval(script, vec![]).await?)?)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lead_brings_everybody_to_a_card_but_who_writes() -> Result<()> {
    let Some(hall) = Hall::open("spotlight").await? else { return Ok(()) };
    let narrow = Device { shape: Shape::Narrow, ..Device::PHONE };
    let lead = hall.at_wall(Device::LAPTOP).await?;
    let sato = hall.guest("佐藤", Device::PHONE, 1).await?;
    let suzuki = hall.guest("鈴木", narrow, 2).await?;
    let tanaka = hall.guest("田中", Device::PHONE, 3).await?;
    // One reads far down, one is in the middle of a sentence.
    sato.eval("scrollTo(0, 900)", vec![]).await?;
    sato.until("to have scrolled", "return scrollY > 800", vec![]).await?;
    let (first, down) = reads(&sato).await?;
    let writes = AtBoard(&suzuki);
    writes.begin_below("2班の原因1").await?;
    writes.typing("途中まで").await?;

    // From the sheet of a card in the large view.
    AtWall(&lead).open(3).await?.open_sheet(DEEP[2]).await?;
    press(&lead, "みんなの画面で見せる").await?;
    says(&lead, ".large .showing", "みんなの画面に3班を見せています").await?;
    says(&lead, ".large .showing", DEEP[2]).await?;
    owes_nothing(&lead, "lead-shows").await?;

    says(&sato, BAR, "進行役が 3班のボードを見せています").await?;
    is_at(&sato, 3).await?;
    stands_out(&sato, DEEP[2]).await?;
    ensure!(!sato.has(".board-tools .next").await?, "a guest writes no cards");
    owes_nothing(&sato, "brought").await?;
    says(&tanaka, BAR, "あなたの班のボード").await?;
    ensure!(!tanaka.has(".spot-bar .button").await?, "who is shown has nowhere to go");
    ensure!(tanaka.has(".board-tools .next").await?, "and works on");

    says(&suzuki, BAR, "3班").await?;
    writes.typing("書いている").await?;
    ensure!(writes.field().await? == "途中まで書いている", "{}", writes.field().await?);
    owes_nothing(&suzuki, "not-torn-away").await?;
    writes.finish().await?;
    is_at(&suzuki, 2).await?;
    suzuki.click(".spot-bar .button").await?;
    is_at(&suzuki, 3).await?;
    stands_out(&suzuki, DEEP[2]).await?;
    owes_nothing(&suzuki, "brought-narrow").await?;

    // Back to one's own board, and there again.
    tap(&sato, "自分の班に戻る").await?;
    is_at(&sato, 1).await?;
    tap(&sato, "見に行く").await?;
    is_at(&sato, 3).await?;
    tap(&sato, "自分の班に戻る").await?;
    is_at(&sato, 1).await?;
    // Something else is shown: everybody is called again.
    hall.shows(2, None).await?;
    is_at(&sato, 2).await?;
    is_at(&tanaka, 2).await?;
    says(&suzuki, BAR, "あなたの班のボード").await?;
    is_at(&suzuki, 2).await?;

    press_calmly(&lead, "見せるのを終わる").await?;
    for (page, group) in [(&sato, 1), (&suzuki, 2), (&tanaka, 3)] {
        gone(page, BAR).await?;
        is_at(page, group).await?;
    }
    // The bar above has come and gone meanwhile.
    let back =
        "return Math.abs(document.getElementById(arguments[0]).getBoundingClientRect().top - arguments[1]) < 120";
    sato.until("to be where one was", back, vec![json!(first), json!(down)]).await?;
    for page in [&lead, &sato, &suzuki, &tanaka] {
        page.behaved().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_english_on_narrow_phones_and_with_the_keyboard() -> Result<()> {
    let Some(hall) = Hall::open("spotlight-en").await? else { return Ok(()) };
    let narrow = Device { shape: Shape::Narrow, tongue: Tongue::En, ..Device::PHONE };
    let lead = hall.at_wall(Device { tongue: Tongue::En, ..Device::LAPTOP }).await?;
    let sato = hall.guest("佐藤", narrow, 1).await?;
    let phone = hall.at_wall(narrow).await?;
    let at = AtWall(&lead).open(2).await?;
    let card = at.card("2班の原因1").await?;
    lead.click(&format!("#{card} .card-text")).await?;
    lead.press("j").await?;
    says(&sato, BAR, "The lead is showing the board of group 2").await?;
    stands_out(&sato, "2班の原因1").await?;
    owes_nothing(&sato, "brought-en").await?;
    press(&sato, "Back to my group").await?;
    is_at(&sato, 1).await?;
    // Another of the lead's devices has the same line.
    says(&phone, ".showing", "Everybody is being shown group 2").await?;
    owes_nothing(&phone, "wall-shows-en").await?;
    phone.can_be_touched("wall-shows-en").await?;
    phone.click("#to-all").await?;
    press(&phone, "Groups present").await?;
    says(&phone, ".present-order", THEMES[0]).await?;
    owes_nothing(&phone, "present-en").await?;
    press(&phone, "Next: group 1").await?;
    says(&sato, BAR, "Your group’s board is being shown").await?;
    press_calmly(&phone, "Stop showing").await?;
    gone(&sato, BAR).await?;
    says(&lead, ".showing", "Groups are waiting to present").await?;
    press_calmly(&lead, "No more presenting").await?;
    owes_nothing(&lead, "queue-ask-en").await?;
    press(&lead, "Keep it").await?;
    press(&lead, "No more presenting").await?;
    press_calmly(&lead, "Drop the order").await?;
    gone(&phone, ".showing").await?;
    // The reception has the projector's link for another computer.
    press(&phone, "Reception").await?;
    phone.click(".links summary").await?;
    let link = phone.value("#projector-link").await?;
    ensure!(link.ends_with(&format!("/projector#{}", hall.made.observer)), "{link}");
    owes_nothing(&phone, "reception-en").await?;
    for page in [&lead, &phone, &sato] {
        page.behaved().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversion_goes_on_and_its_words_are_there_when_one_comes_back() -> Result<()> {
    let Some(hall) = Hall::open("spotlight-conversion").await? else { return Ok(()) };
    let sato = hall.guest("佐藤", Device::PHONE, 1).await?;
    let board = AtBoard(&sato);
    board.begin_below("1班の原因1").await?;
    board.typing("夜の会議が").await?;
    let conversion = Conversion::begin(&sato, "おおい").await?;
    hall.shows(3, None).await?;
    says(&sato, BAR, "3班").await?;
    ensure!(board.field().await? == "夜の会議がおおい", "{}", board.field().await?);
    conversion.take("多い").await?;
    ensure!(board.field().await? == "夜の会議が多い", "{}", board.field().await?);
    // From the middle of the sentence, with one tap.
    tap(&sato, "見に行く").await?;
    is_at(&sato, 3).await?;
    tap(&sato, "自分の班に戻る").await?;
    is_at(&sato, 1).await?;
    board.card("夜の会議が多い").await?;
    board.saved().await?;
    sato.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sheet_that_lay_open_lies_open_again() -> Result<()> {
    let Some(hall) = Hall::open("spotlight-sheet").await? else { return Ok(()) };
    let sato = hall.guest("佐藤", Device::PHONE, 1).await?;
    let tanaka = hall.guest("田中", Device::LAPTOP, 1).await?;
    for page in [&sato, &tanaka] {
        AtBoard(page).open_sheet("1班の原因3").await?;
    }
    hall.shows(2, hall.starred.get(1).copied()).await?;
    for page in [&sato, &tanaka] {
        is_at(page, 2).await?;
        stands_out(page, DEEP[1]).await?;
        ensure!(!page.has("dialog[open]").await?, "the sheet is of another board");
    }
    owes_nothing(&tanaka, "brought-laptop").await?;
    hall.ends().await?;
    for page in [&sato, &tanaka] {
        says(page, "dialog[open] .sheet-card", "1班の原因3").await?;
        is_at(page, 1).await?;
        page.behaved().await?;
    }
    Ok(())
}
