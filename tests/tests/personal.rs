//! Personal data on the lead's page: until when names are kept, and how they go at once; what phones show then.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::browser::{AtBoard, Browser, Device, Page};
use tests::naze::Naze;
use tests::traces;

const NAMES: [&str; 3] = ["佐藤いちか", "田中みつば", "来ない人ななし"];

async fn press(page: &Page, words: &str) -> Result<()> {
    let script = "const root = document.querySelector('dialog[open]') ?? document;
        const found = [...root.querySelectorAll('button')].find((b) => b.checkVisibility() && b.textContent.trim() === arguments[0]);
        found?.setAttribute('data-test', 'press');
        return found !== undefined";
    page.until(&format!("the button {words}"), script, vec![json!(words)]).await?;
    let clicked = page.click("[data-test=press]").await;
    page.eval("document.querySelector('[data-test=press]')?.removeAttribute('data-test')", vec![]).await?;
    clicked
}

async fn says(page: &Page, css: &str, words: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll(arguments[0])].some((e) => e.innerText.includes(arguments[1]))";
    page.until(&format!("`{css}` to say {words}"), script, vec![json!(css), json!(words)]).await.map(drop)
}

async fn open_person(lead: &Page, name: &str) -> Result<()> {
    let script = "const found = [...document.querySelectorAll('.seat-person')].find((b) => b.querySelector('.seat-name').textContent === arguments[0]);
        found?.click();
        return found !== undefined";
    lead.until(name, script, vec![json!(name)]).await?;
    lead.find("dialog[open]").await.map(drop)
}

fn names_left(naze: &Naze, names: &[&str]) -> Result<Vec<traces::Trace>> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    traces::of(&names, naze.data())
}

async fn gone(naze: &Naze, names: &[&str]) -> Result<()> {
    for _ in 0..100 {
        if names_left(naze, names)?.is_empty() {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    anyhow::bail!("still there: {:?}", names_left(naze, names)?)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lead_is_told_the_date_and_erases_one_and_all() -> Result<()> {
    let Some(browser) = Browser::start("personal").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let lead = browser.open("進行役", Device::LAPTOP).await?;
    let code = lead.start_workshop(&naze.base(), "協働推進研修", "", 2).await?;
    press(&lead, "席決め・名簿").await?;
    let list = "const field = document.querySelector('#roster-text'); document.querySelector('details.roster-in')?.setAttribute('open', '');
        field.focus(); field.value = arguments[0]";
    lead.eval(list, vec![json!(format!("名前\t所属\n{}\t市民課\n", NAMES[2]))]).await?;
    press(&lead, "名簿を読み込む").await?;
    says(&lead, ".seating-told", "新しく1人").await?;
    let phone = browser.open(NAMES[0], Device::PHONE).await?;
    phone.join(&naze.base(), &code, NAMES[0], 1).await?;
    let other = browser.open(NAMES[1], Device::PHONE).await?;
    other.join(&naze.base(), &code, NAMES[1], 1).await?;
    says(&lead, ".personal", "に自動で消えます").await?;
    let told = lead.text_of("return document.querySelector('.personal').innerText", vec![]).await?;
    ensure!(told.contains("年") && told.contains("月") && told.contains("日に自動で"), "{told}");
    says(&lead, ".seat-people", NAMES[1]).await?;

    // One person wishes it.
    open_person(&lead, NAMES[1]).await?;
    press(&lead, "この人の名前を消す…").await?;
    says(&lead, ".personal-sure", "もとには戻せません").await?;
    lead.finds_no_barrier("personal-one").await?;
    press(&lead, "やめる").await?;
    ensure!(!names_left(&naze, &NAMES[1..2])?.is_empty(), "it was done although it was not wished");
    press(&lead, "この人の名前を消す…").await?;
    press(&lead, "この人の名前を消す").await?;
    says(&lead, ".seating-told", "消しました").await?;
    gone(&naze, &NAMES[1..2]).await?;
    ensure!(!names_left(&naze, &NAMES[..1])?.is_empty(), "somebody else went too");
    lead.eval("document.querySelector('dialog[open]')?.close()", vec![]).await?;
    lead.reload().await?;
    press(&lead, "席決め・名簿").await?;

    // All of them, when it is over.
    press(&lead, "全員の名前を消す…").await?;
    says(&lead, ".personal-sure", "参加者1").await?;
    lead.fits("personal-all").await?;
    press(&lead, "名前を消す").await?;
    says(&lead, ".personal", "消してあります").await?;
    gone(&naze, &NAMES).await?;
    // Its connection is renewed, and with it what it shows.
    let none = "return !arguments[0].some((name) => document.body.innerText.includes(name))";
    lead.until("no name on the page", none, vec![json!(NAMES)]).await?;
    says(&lead, ".seat-people", "参加者1").await?;
    // The phone goes on: it is who it was, and writes.
    phone.click("main.seat .button").await?;
    AtBoard(&phone).ready().await?;
    phone.until("no name on the phone", none, vec![json!(&NAMES[1..])]).await?;
    phone.behaved().await?;
    lead.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_page_leads_to_what_is_said_about_data() -> Result<()> {
    let Some(browser) = Browser::start("personal_door").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let page = browser.open("参加者", Device::PHONE).await?;
    page.goto(&naze.base()).await?;
    page.find("#code").await?;
    page.click("a[href='/about-data']").await?;
    says(&page, "h1", "個人情報などの取り扱い").await?;
    page.behaved().await
}
