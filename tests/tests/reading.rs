//! Two phones at one board: a chain is read back with だから, what is missing is put between, and people tell each other things
//! beside the tree: reactions, comments, hands, calls. Nothing on a screen moves because somebody else did something.

use anyhow::{Result, ensure};
use futures_util::future::try_join;
use serde_json::json;
use tests::ask;
use tests::browser::{AtBoard, Browser, Conversion, Device, Light, Page, Shape, Tongue};
use tests::naze::Naze;

const THEME: &str = "若い人が自治会に入らない";
const UPPER: &str = "役員の負担が重い";
const LOWER: &str = "市からの依頼を断れない";
const MISSING: &str = "頼まれる仕事が増える一方";

const FOCUSED: &str = "return document.activeElement.id === arguments[0]";

/// Two phones with a chain of two links before them.
struct Two {
    one: Page,
    two: Page,
    _naze: Naze,
    _browser: Browser,
}

impl Two {
    async fn sit_down(test: &str) -> Result<Option<Self>> {
        Self::with(test, Device::PHONE).await
    }

    /// The second one has this device.
    async fn with(test: &str, device: Device) -> Result<Option<Self>> {
        let Some(browser) = Browser::start(test).await? else { return Ok(None) };
        let naze = Naze::start().await?;
        let made = ask::make(&naze.base(), 2).await?;
        let one = browser.open("田中", Device::PHONE).await?;
        let two = browser.open("佐藤", device).await?;
        for page in [&one, &two] {
            page.join(&naze.base(), &made.code.to_string(), page.who(), 1).await?;
            page.click("main.seat .button").await?;
            AtBoard(page).ready().await?;
        }
        let board = AtBoard(&one);
        board.write_theme(THEME).await?;
        board.add(THEME, UPPER).await?;
        board.add(UPPER, LOWER).await?;
        AtBoard(&two).card(LOWER).await?;
        Ok(Some(Self { one, two, _naze: naze, _browser: browser }))
    }

    fn boards(&self) -> (AtBoard<'_>, AtBoard<'_>) {
        (AtBoard(&self.one), AtBoard(&self.two))
    }

    async fn behaved(&self) -> Result<()> {
        try_join(self.one.behaved(), self.two.behaved()).await.map(drop)
    }
}

/// Presses what bears this shape on the open sheet.
async fn press(page: &Page, shape: &str) -> Result<()> {
    let script = "document.querySelector('[data-test]')?.removeAttribute('data-test');
        const found = [...document.querySelectorAll('dialog[open] button')]
            .find((b) => b.textContent.trim().startsWith(arguments[0]));
        found?.setAttribute('data-test', 'shape'); return found !== undefined;";
    page.until(&format!("{shape} on the sheet"), script, vec![json!(shape)]).await?;
    page.click("dialog[open] [data-test=shape]").await
}

/// Begins to read back from a card.
async fn read_from(page: &Page, card: &str) -> Result<()> {
    AtBoard(page).open_sheet(card).await?;
    press(page, "∴").await?;
    page.find(".reading .answer").await.map(drop)
}

/// Waits until the element reads so.
async fn reads(page: &Page, css: &str, wanted: &str) -> Result<()> {
    let script =
        "return document.querySelector(arguments[0])?.textContent.replace(/\\s+/g, ' ').trim() === arguments[1]";
    let what = format!("`{css}` to read 「{wanted}」");
    page.until(&what, script, vec![json!(css), json!(wanted)]).await.map(drop)
}

/// Waits until the link that is read is this one.
async fn at_link(page: &Page, place: &str, cause: &str, effect: &str) -> Result<()> {
    reads(page, ".reading-place [aria-hidden]", place).await?;
    reads(page, ".reading-end:first-child .reading-words", cause).await?;
    reads(page, ".reading-end:not(:first-child) .reading-words", effect).await
}

async fn gone(page: &Page, css: &str) -> Result<()> {
    page.until(&format!("no `{css}`"), "return !document.querySelector(arguments[0])", vec![json!(css)]).await.map(drop)
}

async fn close(page: &Page) -> Result<()> {
    page.press("Escape").await?;
    gone(page, "dialog[open]").await
}

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
        let as_before = |tree: &tests::browser::Outline| tree.causes() == [UPPER, LOWER];
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

/// In both languages and lights, and in text twice as large: nothing in the way of anybody, nothing cut off.
async fn looked_at(page: &Page, screen: &str) -> Result<()> {
    for _ in Tongue::ALL {
        let language = page.language().await?;
        for light in Light::ALL {
            page.light(light).await?;
            page.finds_no_barrier(&format!("{screen}-{language}-{}", light.scheme())).await?;
            if let Some(folder) = std::env::var_os("NAZE_SHOTS") {
                let (width, height) = page.device().shape.size();
                let name = format!("{screen}-{width}x{height}-{language}-{}", light.scheme());
                page.picture(std::path::Path::new(&folder), &name).await?;
            }
        }
        page.light(Light::Day).await?;
        for size in [200, 100] {
            page.text_size(size).await?;
            page.fits(&format!("{screen}-{language}-{size}")).await?;
            // The heads of cards are shortened where both the window is narrowest and the text twice as large.
            if size == 100 || page.device().shape != Shape::Narrow {
                page.shows_all(&format!("{screen}-{language}-{size}")).await?;
            }
        }
        page.other_language_untouched().await?;
    }
    Ok(())
}

async fn nothing_is_in_the_way(test: &str, shape: Shape) -> Result<()> {
    let Some(both) = Two::with(test, Device { shape, ..Device::PHONE }).await? else { return Ok(()) };
    let (one, two) = (&both.one, &both.two);
    read_from(one, LOWER).await?;
    one.click(".answer.jumps").await?;
    one.click(".reading-call button").await?;
    close(one).await?;
    one.click(".button.hand").await?;
    two.find(".call").await?;
    looked_at(two, "board-call").await?;
    two.click(".call .primary").await?;
    looked_at(two, "reading").await?;
    two.click(".answer.holds").await?;
    two.find(".reading-break").await?;
    looked_at(two, "reading-answered").await?;
    two.click(".reading-between").await?;
    two.find(".reading-gap textarea").await?;
    looked_at(two, "reading-between").await?;
    two.press("Escape").await?;
    two.click(".reading-next").await?;
    two.click(".reading-next").await?;
    two.find(".reading-done").await?;
    looked_at(two, "reading-end").await?;
    two.click(".reading-next").await?;
    two.find(".reading-branches").await?;
    looked_at(two, "reading-choose").await?;
    close(two).await?;
    let card = AtBoard(two).card(UPPER).await?;
    two.click(&format!("#{card} > .card .more")).await?;
    two.click("dialog[open] .reaction").await?;
    press(two, "❝").await?;
    two.click("#comment-write").await?;
    two.type_into(".comment-add textarea", "去年の記録を見ると、行事が三つ増えています").await?;
    two.press("Enter").await?;
    two.find(".comment-text").await?;
    looked_at(two, "comments").await?;
    close(two).await?;
    two.click(".hands button").await?;
    looked_at(two, "board-hands").await?;
    both.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_in_the_way_of_who_reads_on_a_phone() -> Result<()> {
    nothing_is_in_the_way("reading-phone", Shape::Phone).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_in_the_way_of_who_reads_where_it_is_narrow() -> Result<()> {
    nothing_is_in_the_way("reading-narrow", Shape::Narrow).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_in_the_way_of_who_reads_on_a_laptop() -> Result<()> {
    nothing_is_in_the_way("reading-laptop", Shape::Laptop).await
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
