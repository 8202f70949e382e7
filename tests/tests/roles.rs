//! Roles in a group, on two phones: chosen, drawn by lot, going round with a step; what one's own has to do now; and the phone of who
//! looks after the time rings.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use shared::docs::board::{Given, Role};
use shared::docs::workshop::{Kind, Whom, WorkshopOp};
use shared::{GroupId, PersonId};
use tests::ask;
use tests::browser::{Browser, Device, Page, Shape};
use tests::conductor::{Conductor, plan};
use tests::naze::Naze;

const GROUP: GroupId = GroupId(1);
/// A step that takes a minute is over by then.
const MINUTE: Duration = Duration::from_secs(75);

/// What one's own role has to do, as this phone says it.
async fn card(page: &Page) -> Result<String> {
    page.text_of("return document.querySelector('.role-card')?.innerText ?? ''", vec![]).await
}

async fn card_says(page: &Page, words: &str) -> Result<()> {
    let says = "return (document.querySelector('.role-card')?.innerText ?? '').includes(arguments[0]) || null";
    page.until(words, says, vec![json!(words)]).await.map(drop)
}

/// Chooses somebody for a role by their name, as a hand does.
async fn choose(page: &Page, role: &str, name: &str) -> Result<()> {
    let choose = "const select = document.getElementById(arguments[0]);
        const option = [...(select?.options ?? [])].find((one) => one.textContent.includes(arguments[1]));
        if (!option) return null;
        select.value = option.value; select.dispatchEvent(new Event('change', { bubbles: true })); return true";
    page.until(name, choose, vec![json!(role), json!(name)]).await.map(drop)
}

/// Who is chosen for a role.
async fn chosen(page: &Page, role: &str, name: &str) -> Result<()> {
    let chosen = "const select = document.getElementById(arguments[0]);
        return select?.selectedOptions[0]?.textContent.includes(arguments[1]) || null";
    page.until(name, chosen, vec![json!(role), json!(name)]).await.map(drop)
}

/// Counts the sounds that this page makes from now on, instead of making them.
const LISTEN: &str = "window.heard = 0;
    const node = () => ({ connect() {}, frequency: {}, gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} },
        start() { window.heard += 1; }, stop() {} });
    window.AudioContext = class { currentTime = 0; destination = {}; createOscillator = node; createGain = node; };
    return true";

#[tokio::test]
async fn roles_are_chosen_drawn_and_go_round() -> Result<()> {
    let Some(browser) = Browser::start("roles").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 1).await?;
    let lead = Conductor::at(&naze.base(), &made).await?;
    let steps = [(Kind::CheckIn, "はじめまして"), (Kind::Deepen, "深める"), (Kind::Star, "ねっこに★")];
    lead.plan(steps.iter().map(|(kind, title)| plan(*kind, title, "")).collect()).await?;
    let ids = lead.read(|workshop| workshop.steps.iter().map(|step| step.id).collect::<Vec<_>>());
    lead.act(WorkshopOp::TurnRoles { step: ids[2], given: Given::Yes }).await?;
    let narrow = Device { shape: Shape::Narrow, ..Device::PHONE };
    let sato = browser.open("佐藤", Device::PHONE).await?;
    let suzuki = browser.open("鈴木", narrow).await?;
    for page in [&sato, &suzuki] {
        page.join(&naze.base(), &made.code.to_string(), page.who(), GROUP.0).await?;
    }
    lead.begin().await?;

    // While they check in.
    sato.click(".roles-beside > summary").await?;
    choose(&sato, "role-scribe", "あなた").await?;
    card_says(&sato, "書き役").await?;
    suzuki.click(".roles-beside > summary").await?;
    chosen(&suzuki, "role-scribe", "佐藤").await?;
    ensure!(card(&suzuki).await?.is_empty(), "nobody else's role is shown as one's own");
    sato.finds_no_barrier("roles while checking in").await?;
    choose(&suzuki, "role-timekeeper", "あなた").await?;
    card_says(&suzuki, "時間役").await?;
    // Somebody else's role is taken by whoever is chosen, and given back to nobody.
    choose(&suzuki, "role-scribe", "まだいません").await?;
    let empty = "return document.querySelector('.role-card') === null || null";
    sato.until("no role any more", empty, vec![]).await?;

    // Who comes late finds all of it, too.
    let tanaka = browser.open("田中", Device::PHONE).await?;
    tanaka.goto(&format!("{}/j/{}", naze.base(), made.code)).await?;
    tanaka.type_into("#name", "田中").await?;
    tanaka.click(".join-form button[type=submit]").await?;
    tanaka.find(".turns .button").await?;
    tanaka.find(".roles-beside > summary").await?;
    choose(&tanaka, "role-timekeeper", "鈴木").await?;
    card_says(&suzuki, "時間役").await?;
    drop(tanaka);

    // At the board, from the menu; by lot each of three has one, and one of them two.
    lead.go(Whom::All, Kind::Deepen).await?;
    sato.find("#board-tree").await?;
    sato.press("y").await?;
    sato.find("#role-presenter").await?;
    let lot = "const found = [...document.querySelectorAll('dialog[open] button')].find((b) => b.textContent === 'くじで決める');
        found?.click(); return Boolean(found) || null";
    sato.until("the lot", lot, vec![]).await?;
    for page in [&sato, &suzuki] {
        page.until("a role", "return document.querySelector('.role-card p') !== null || null", vec![]).await?;
    }
    sato.finds_no_barrier("the sheet of roles").await?;
    sato.press("Escape").await?;
    let before = (card(&sato).await?, card(&suzuki).await?);
    ensure!(before.0 != before.1, "{before:?}");

    // With the step that the lead chose they go to the next one, in the order in which people came.
    lead.go(Whom::All, Kind::Star).await?;
    for role in ["進め役", "書き役", "時間役", "伝え役"].into_iter().filter(|role| before.0.contains(role))
    {
        card_says(&suzuki, role).await?;
    }
    sato.behaved().await?;
    suzuki.behaved().await
}

#[tokio::test]
async fn the_phone_of_who_looks_after_the_time_rings() -> Result<()> {
    let Some(browser) = Browser::start("roles-time").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 1).await?;
    let lead = Conductor::at(&naze.base(), &made).await?;
    let mut short = plan(Kind::Deepen, "深める", "");
    short.minutes = 1;
    lead.plan(vec![plan(Kind::CheckIn, "はじめまして", ""), short]).await?;
    let (sato, suzuki) = (browser.open("佐藤", Device::PHONE).await?, browser.open("鈴木", Device::PHONE).await?);
    for page in [&sato, &suzuki] {
        page.join(&naze.base(), &made.code.to_string(), page.who(), GROUP.0).await?;
        page.eval(LISTEN, vec![]).await?;
    }
    lead.begin().await?;
    suzuki.click(".roles-beside > summary").await?;
    choose(&suzuki, "role-timekeeper", "あなた").await?;
    card_says(&suzuki, "時間役").await?;
    lead.go(Whom::All, Kind::Deepen).await?;
    suzuki.find("#board-tree").await?;
    suzuki.until_within(MINUTE, "the phone to ring", "return window.heard > 0 || null", vec![]).await?;
    ensure!(sato.eval("return window.heard", vec![]).await? == json!(0), "nobody else's phone rings");
    let peer = server::client::Client::connect(&naze.base()).await?.hello(made.id, made.lead).await?;
    let held = |person: PersonId| peer.read(|docs| docs.board(GROUP).map(|board| board.view().roles_of(person, 0)));
    let people: Vec<PersonId> = peer.read(|docs| docs.roster().view().people.keys().copied().collect());
    let all: Vec<Role> = people.into_iter().filter_map(held).flatten().collect();
    ensure!(all == [Role::Timekeeper], "the lead sees it too: {all:?}");
    suzuki.behaved().await
}
