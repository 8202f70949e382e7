//! A group walks through the run-sheet on two phones, one of them narrow, while another group has its own: every kind of step shows
//! what it needs and nothing else, within a second; the time is the same everywhere; nobody is torn from a sentence.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use shared::GroupId;
use shared::docs::workshop::{Kind, Whom};
use tests::ask::{self, Made};
use tests::browser::{Browser, Device, Page, Shape};
use tests::conductor::{Conductor, plan};
use tests::naze::Naze;

mod clock;
mod lead_page;
mod lead_says;
mod one_two_four;
mod silence;
mod writing;

/// How soon everybody has moved on.
const SECOND: Duration = Duration::from_secs(1);
const THEME: &str = "若い世代の住民が自治会の活動にほとんど参加しない";

/// Two phones of the first group, one of the second, and the lead without a page.
struct Hall {
    naze: Naze,
    made: Made,
    browser: Browser,
    lead: Conductor,
    sato: Page,
    suzuki: Page,
    tanaka: Page,
}

impl Hall {
    /// Seats them before a workshop with these steps.
    async fn open(test: &str, kinds: &[Kind]) -> Result<Option<Self>> {
        let Some(browser) = Browser::start(test).await? else { return Ok(None) };
        let naze = Naze::start().await?;
        let made = ask::make(&naze.base(), 2).await?;
        let lead = Conductor::at(&naze.base(), &made).await?;
        let prompt = "話さずに、ひとりで書きます。思いつくだけ書いてください。";
        lead.plan(kinds.iter().map(|kind| plan(*kind, name(*kind), prompt)).collect()).await?;
        let narrow = Device { shape: Shape::Narrow, ..Device::PHONE };
        let sato = browser.open("佐藤", Device::PHONE).await?;
        let suzuki = browser.open("鈴木", narrow).await?;
        let tanaka = browser.open("田中", Device::PHONE).await?;
        for (page, group) in [(&sato, 1), (&suzuki, 1), (&tanaka, 2)] {
            page.join(&naze.base(), &made.code.to_string(), page.who(), group).await?;
        }
        Ok(Some(Self { naze, made, browser, lead, sato, suzuki, tanaka }))
    }

    fn pages(&self) -> [&Page; 3] {
        [&self.sato, &self.suzuki, &self.tanaka]
    }

    async fn opens(&self, who: &str, device: Device) -> Result<Page> {
        self.browser.open(who, device).await
    }

    async fn go(&self, kind: Kind) -> Result<()> {
        self.lead.go(Whom::All, kind).await
    }

    async fn behaved(&self) -> Result<()> {
        for page in self.pages() {
            page.behaved().await?;
        }
        Ok(())
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Free => "自由に",
        Kind::CheckIn => "はじめまして",
        Kind::Theme => "課題を選ぶ",
        Kind::Silence => "ひとりで書く",
        Kind::Deepen => "なぜ？を深める",
        Kind::ReadBack => "読みかえす",
        Kind::Star => "ねっこに★",
        Kind::Gallery => "ほかの班を見る",
        Kind::CheckOut => "わたしの一歩",
        Kind::Turns => "順番に話す",
        Kind::OneTwoFour => "1-2-4-みんな",
        Kind::Dots => "シールで選ぶ",
    }
}

/// Waits until the step is on the screen; how long that took is for who cares.
async fn sees_step(page: &Page, kind: Kind, within: Duration) -> Result<()> {
    let script = "return document.querySelector('#step-title')?.textContent === arguments[0]";
    page.until_within(within, name(kind), script, vec![json!(name(kind))]).await.map(drop)
}

/// Which of these can be seen.
async fn seen(page: &Page, css: &[&str]) -> Result<Vec<bool>> {
    let script = "return arguments[0].map((css) =>
        [...document.querySelectorAll(css)].some((e) => e.checkVisibility({ visibilityProperty: true })))";
    Ok(serde_json::from_value(page.eval(script, vec![json!(css)]).await?)?)
}

/// What a phone may show: the tree, the button to write a why, the field of the silence, the two lists at the end, people.
const PARTS: [&str; 6] =
    ["#board-tree", ".board-tools .next", "#silent-field", ".check-out", ".check-in .people", ".step-call .button"];

/// What is to be seen of them.
const fn needs(kind: Kind) -> [bool; 6] {
    match kind {
        Kind::CheckIn => [false, false, false, false, true, false],
        // Its first round.
        Kind::Silence | Kind::OneTwoFour => [false, false, true, false, false, false],
        Kind::CheckOut => [false, false, false, true, false, false],
        Kind::Theme | Kind::ReadBack | Kind::Dots => [true, false, false, false, false, true],
        Kind::Star => [true, false, false, false, false, false],
        Kind::Free | Kind::Deepen | Kind::Gallery | Kind::Turns => [true, true, false, false, false, false],
    }
}

async fn shows_what_is_needed(page: &Page, kind: Kind) -> Result<()> {
    let script = "return JSON.stringify(arguments[0].map((css) =>
        [...document.querySelectorAll(css)].some((e) => e.checkVisibility({ visibilityProperty: true }))))
        === JSON.stringify(arguments[1])";
    let wanted = vec![json!(PARTS), json!(needs(kind))];
    let shown = page.until(&format!("what {kind:?} needs"), script, wanted).await;
    if shown.is_err() {
        ensure!(
            seen(page, &PARTS).await? == needs(kind),
            "{} in {kind:?}: {:?}",
            page.who(),
            seen(page, &PARTS).await?
        );
    }
    Ok(())
}

#[tokio::test]
async fn every_step_shows_what_it_needs_within_a_second() -> Result<()> {
    let kinds = [
        Kind::CheckIn,
        Kind::Theme,
        Kind::Silence,
        Kind::Deepen,
        Kind::ReadBack,
        Kind::Star,
        Kind::Dots,
        Kind::CheckOut,
    ];
    let Some(hall) = Hall::open("steps", &kinds).await? else { return Ok(()) };
    hall.lead.begin().await?;
    for kind in kinds {
        if kind != Kind::CheckIn {
            hall.go(kind).await?;
        }
        for page in hall.pages() {
            // The first one waits for the board's part of the page, too.
            let within = if kind == Kind::CheckIn { Duration::from_secs(20) } else { SECOND };
            sees_step(page, kind, within).await?;
            shows_what_is_needed(page, kind).await?;
            page.finds_no_barrier(name(kind)).await?;
            page.fits(name(kind)).await?;
            page.can_be_touched(name(kind)).await?;
        }
        if kind == Kind::Theme {
            hall.sato.click(".card.theme").await?;
            hall.sato.type_here(THEME).await?;
            hall.sato.press("Enter").await?;
            tests::browser::AtBoard(&hall.suzuki).card(THEME).await?;
            shows_what_is_needed(&hall.sato, kind).await?;
        }
    }
    hall.behaved().await
}

#[tokio::test]
async fn a_group_goes_its_own_way_and_joins_the_others_again() -> Result<()> {
    let kinds = [Kind::CheckIn, Kind::Deepen, Kind::CheckOut];
    let Some(hall) = Hall::open("apart", &kinds).await? else { return Ok(()) };
    hall.lead.begin().await?;
    for page in hall.pages() {
        sees_step(page, Kind::CheckIn, Duration::from_secs(20)).await?;
    }
    hall.lead.go(Whom::Group(GroupId(2)), Kind::Deepen).await?;
    sees_step(&hall.tanaka, Kind::Deepen, SECOND).await?;
    sees_step(&hall.sato, Kind::CheckIn, SECOND).await?;
    hall.go(Kind::Deepen).await?;
    sees_step(&hall.sato, Kind::Deepen, SECOND).await?;
    hall.go(Kind::CheckOut).await?;
    for page in hall.pages() {
        sees_step(page, Kind::CheckOut, SECOND).await?;
    }
    hall.behaved().await
}

#[tokio::test]
async fn everybody_stars_where_the_step_is_about_that_and_says_goodbye() -> Result<()> {
    let Some(hall) = Hall::open("star", &[Kind::Deepen, Kind::Star, Kind::CheckOut]).await? else { return Ok(()) };
    hall.lead.begin().await?;
    let board = tests::browser::AtBoard(&hall.sato);
    board.ready().await?;
    board.write_theme(THEME).await?;
    board.add(THEME, "役員の負担が重い").await?;
    hall.go(Kind::Star).await?;
    sees_step(&hall.sato, Kind::Star, SECOND).await?;
    let stars = "return document.querySelectorAll('.card-foot .star').length";
    ensure!(hall.sato.eval(stars, vec![]).await? == json!(1), "a star on the card, none on the theme");
    hall.sato.click(".card-foot .star").await?;
    let other = tests::browser::AtBoard(&hall.suzuki);
    other.until("the star", |tree| tree.line("役員の負担が重い").is_ok_and(|line| line.starred)).await?;
    hall.go(Kind::CheckOut).await?;
    sees_step(&hall.suzuki, Kind::CheckOut, SECOND).await?;
    for (button, words) in
        [("#note-write", "原因だと思っていたことが結果だった"), ("#note-write-step", "来週、会長さんに聞く")]
    {
        hall.suzuki.click(button).await?;
        hall.suzuki.find(".check-out textarea.field").await?;
        hall.suzuki.type_here(words).await?;
        hall.suzuki.press("Enter").await?;
        hall.suzuki.focus_is_on(button).await?;
        let there = "return document.querySelector('.check-out').innerText.includes(arguments[0])";
        hall.sato.until(words, there, vec![json!(words)]).await?;
    }
    let signed = hall.sato.eval("return document.querySelector('.check-out .note').innerText", vec![]).await?;
    ensure!(matches!(&signed, Value::String(note) if note.contains("鈴木")), "{signed}");
    hall.behaved().await
}
