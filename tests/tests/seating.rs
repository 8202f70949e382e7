//! Seating through the page: the lead pastes a roster, mixes, phones join and sit where it was planned; somebody is moved and their
//! cards stay; the card of a table leads to it; the cards are printed.

#![allow(clippy::indexing_slicing, reason = "a test that meets what it does not expect fails")]

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::browser::{AtBoard, Browser, Device, Light, Page, Shape, Tongue};
use tests::naze::Naze;

const THEME: &str = "若い人が自治会に入らない";
const CARD: &str = "役員の負担が重い";

/// Twelve people of three sections and three ages; one row has no name.
fn roster() -> String {
    let mut rows = "名前\t所属\t年代\t立場\n".to_owned();
    for n in 0..12 {
        let (section, age) = (["市民課", "福祉課", "自治会"][n / 4], ["20代", "40代", "60代"][n % 3]);
        rows.push_str(&format!("参加者{n}\t{section}\t{age}\t\n"));
    }
    rows.push_str("\t市民課\t20代\t\n");
    rows
}

async fn press(page: &Page, words: &str) -> Result<()> {
    let script = "const root = document.querySelector('dialog[open]') ?? document;
        const found = [...root.querySelectorAll('button, summary')].find((b) => b.checkVisibility() && b.textContent.includes(arguments[0]));
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

async fn owes_nothing(page: &Page, screen: &str) -> Result<()> {
    page.finds_no_barrier(screen).await?;
    page.fits(screen).await?;
    page.shows_all(screen).await
}

/// Who is shown at which table: the names, table by table.
async fn seats(lead: &Page) -> Result<Vec<Vec<String>>> {
    let script = "return [...document.querySelectorAll('.seat-table')].map((table) =>
        [...table.querySelectorAll('.seat-name')].map((name) => name.textContent))";
    Ok(serde_json::from_value(lead.eval(script, vec![]).await?)?)
}

async fn open_person(lead: &Page, name: &str) -> Result<()> {
    let script = "const found = [...document.querySelectorAll('.seat-person')].find((b) => b.querySelector('.seat-name').textContent === arguments[0]);
        found?.setAttribute('data-test', 'person');
        return found !== undefined";
    lead.until(name, script, vec![json!(name)]).await?;
    lead.click("[data-test=person]").await?;
    lead.eval("document.querySelector('[data-test=person]')?.removeAttribute('data-test')", vec![]).await?;
    lead.find("dialog[open]").await.map(drop)
}

async fn choose(lead: &Page, css: &str, value: &str) -> Result<()> {
    let script = "const select = document.querySelector(arguments[0]);
        select.value = [...select.options].find((o) => o.value === arguments[1] || o.textContent === arguments[1]).value;
        select.dispatchEvent(new Event('change', { bubbles: true }))";
    lead.eval(script, vec![json!(css), json!(value)]).await.map(drop)
}

/// A workshop of three groups and its lead over the seats.
async fn hall(test: &str, device: Device) -> Result<Option<(Naze, Browser, Page, String)>> {
    let Some(browser) = Browser::start(test).await? else { return Ok(None) };
    let naze = Naze::start().await?;
    let lead = browser.open("進行役", device).await?;
    let code = lead.start_workshop(&naze.base(), "協働推進研修", "", 3).await?;
    press(&lead, "席決め・名簿").await?;
    says(&lead, "h1", "席決め").await?;
    Ok(Some((naze, browser, lead, code)))
}

async fn paste(lead: &Page) -> Result<()> {
    // As a paste puts it there: at once, and not key by key.
    let script = "const field = document.querySelector('#roster-text'); field.focus(); field.value = arguments[0]";
    lead.eval(script, vec![json!(roster())]).await?;
    press(lead, "名簿を読み込む").await?;
    says(lead, ".seating-told", "新しく12人").await?;
    says(lead, ".bad-rows", "14行目：名前がありません").await
}

async fn mixed(lead: &Page) -> Result<Vec<Vec<String>>> {
    lead.click("#mix").await?;
    says(lead, ".seating-told", "案ができました").await?;
    let proposed = seats(lead).await?;
    ensure!(proposed.iter().all(|table| table.len() == 4), "four each: {proposed:?}");
    says(lead, ".seat-table:nth-child(1) .seat-mixed", "所属 3種類のうち3種類").await?;
    says(lead, ".seat-table:nth-child(2) .seat-mixed", "年代 3のうち3").await?;
    Ok(proposed)
}

async fn at_group(page: &Page, group: usize) -> Result<()> {
    says(page, ".bar .place", &format!("{group}班")).await
}

#[tokio::test]
async fn a_roster_is_mixed_phones_sit_where_planned_and_who_is_moved_keeps_their_cards() -> Result<()> {
    let Some((naze, browser, lead, code)) = hall("seating", Device::LAPTOP).await? else { return Ok(()) };
    owes_nothing(&lead, "seating-empty").await?;
    paste(&lead).await?;
    owes_nothing(&lead, "seating-list").await?;
    mixed(&lead).await?;
    owes_nothing(&lead, "seating-proposal").await?;
    press(&lead, "この席にする").await?;
    says(&lead, ".seating-told", "席を決めました").await?;
    let planned = seats(&lead).await?;
    let table_of = |name: &str| planned.iter().position(|table| table.iter().any(|one| one == name)).map(|at| at + 1);
    let phone = browser.open("参加者5", Device::PHONE).await?;
    phone.goto(&format!("{}/j/{code}", naze.base())).await?;
    phone.type_into("#name", "参加者５").await?;
    phone.click(".join-form button[type=submit]").await?;
    let group = table_of("参加者5").context("a place for everybody")?;
    at_group(&phone, group).await?;
    says(&lead, ".seating-sum", "来た人 1人 · これから来る人 11人").await?;
    // The lead begins; a card is written, and its author is moved.
    press(&lead, "受付に戻る").await?;
    lead.begin_workshop().await?;
    AtBoard(&phone).ready().await?;
    AtBoard(&phone).write_theme(THEME).await?;
    AtBoard(&phone).add(THEME, CARD).await?;
    AtBoard(&phone).saved().await?;
    press(&lead, "受付").await?;
    press(&lead, "席決め・名簿").await?;
    let other = group % 3 + 1;
    open_person(&lead, "参加者5").await?;
    owes_nothing(&lead, "seating-person").await?;
    choose(&lead, "#person-group", &other.to_string()).await?;
    press(&lead, "この班に移す").await?;
    says(&lead, ".seating-told", "席を移しました").await?;
    at_group(&phone, other).await?;
    let now = seats(&lead).await?;
    ensure!(now[other - 1].iter().any(|name| name == "参加者5"), "{now:?}");
    let script = "return document.activeElement.matches('.seat-person') ? document.activeElement.querySelector('.seat-name').textContent : null";
    let focus = lead.until("the focus to go with them", script, vec![]).await?;
    ensure!(focus == json!("参加者5"), "{focus}");
    press(&lead, "全班のボードに戻る").await?;
    says(&lead, &format!(".tile:nth-child({group})"), THEME).await?;
    lead.behaved().await?;
    phone.behaved().await
}

#[tokio::test]
async fn rules_fixed_seats_and_no_shows_are_kept_on_a_phone() -> Result<()> {
    let Some((_naze, _browser, lead, _)) = hall("seating-phone", Device::PHONE).await? else { return Ok(()) };
    paste(&lead).await?;
    mixed(&lead).await?;
    press(&lead, "この席にする").await?;
    says(&lead, ".seating-told", "席を決めました").await?;
    let before = seats(&lead).await?;
    let (one, other) = (before[0][0].clone(), before[0][1].clone());
    open_person(&lead, &one).await?;
    owes_nothing(&lead, "seating-person-phone").await?;
    lead.can_be_touched("seating-person-phone").await?;
    choose(&lead, "#person-other", &other).await?;
    press(&lead, "別の班にする").await?;
    says(&lead, ".seating-told", "次にまぜるとき、別の班にします").await?;
    says(&lead, ".broken-rules", &one).await?;
    open_person(&lead, &one).await?;
    press(&lead, "この席に固定する").await?;
    says(&lead, ".seating-told", "席を固定しました").await?;
    open_person(&lead, &before[1][0]).await?;
    press(&lead, "来ない（席をあける）").await?;
    says(&lead, ".seating-told", "席をあけました").await?;
    says(&lead, ".seat-apart", "来ない人・帰った人 1人").await?;
    press(&lead, "まぜた案を見る").await?;
    says(&lead, ".seating-told", "案ができました").await?;
    owes_nothing(&lead, "seating-phone").await?;
    let after = seats(&lead).await?;
    let at = |name: &str| after.iter().position(|table| table.iter().any(|one| one == name));
    ensure!(at(&one) == Some(0), "who is fixed stays: {after:?}");
    ensure!(at(&other) != Some(0) && !lead.has(".broken-rules").await?, "they are apart: {after:?}");
    let mut sizes: Vec<usize> = after.iter().map(Vec::len).collect();
    sizes.sort_unstable();
    ensure!(sizes == [3, 4, 4], "{after:?}");
    press(&lead, "案をやめる").await?;
    lead.focus_is_on("#mix").await?;
    lead.behaved().await
}

/// Looks at what is shown in both languages, in both lights, and in text twice as large.
async fn for_everybody(lead: &Page, screen: &str) -> Result<()> {
    for _ in Tongue::ALL {
        let name = format!("{screen}-{}", lead.language().await?);
        for light in Light::ALL {
            lead.light(light).await?;
            lead.finds_no_barrier(&format!("{name}-{}", light.scheme())).await?;
        }
        lead.light(Light::Day).await?;
        for size in [200, 100] {
            lead.text_size(size).await?;
            lead.fits(&format!("{name}-{size}")).await?;
            lead.shows_all(&format!("{name}-{size}")).await?;
        }
        lead.other_language_untouched().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_screen_is_for_everybody_on_a_narrow_phone() -> Result<()> {
    let Some((_naze, _browser, lead, _)) =
        hall("seating-narrow", Device { shape: Shape::Narrow, ..Device::PHONE }).await?
    else {
        return Ok(());
    };
    paste(&lead).await?;
    mixed(&lead).await?;
    for_everybody(&lead, "seating-proposal").await?;
    open_person(&lead, "参加者5").await?;
    lead.finds_no_barrier("seating-person-narrow").await?;
    lead.fits("seating-person-narrow").await?;
    lead.press("Escape").await?;
    lead.behaved().await
}

#[tokio::test]
async fn the_card_of_a_table_leads_to_it_and_cards_are_printed_two_on_a_sheet() -> Result<()> {
    let Some((naze, browser, lead, code)) = hall("seating-cards", Device::LAPTOP).await? else { return Ok(()) };
    let phone = browser.open("カードから", Device::PHONE).await?;
    phone.goto(&format!("{}/j/{code}/3", naze.base())).await?;
    phone.type_into("#name", "卓のカードから来た人").await?;
    phone.click(".join-form button[type=submit]").await?;
    at_group(&phone, 3).await?;
    lead.eval("window.print = () => { window.naze_printed = true; }", vec![]).await?;
    lead.type_into("#wifi-name", "会議室;A").await?;
    lead.type_into("#wifi-password", "<b>naze&1</b>").await?;
    press(&lead, "カードを印刷する").await?;
    ensure!(lead.eval("return window.naze_printed === true", vec![]).await? == json!(true), "it prints");
    let pdf = lead.cdp("Page.printToPDF", json!({ "preferCSSPageSize": true, "printBackground": true })).await?;
    ensure!(pdf["data"].as_str().is_some_and(|data| data.len() > 1_000), "a PDF");
    lead.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    lead.eval("dispatchEvent(new Event('beforeprint'))", vec![]).await?;
    let script = "return [...document.querySelectorAll('#paper > .table-card')].map((card) => {
        const page = card.getBoundingClientRect();
        const inside = [...card.querySelectorAll('*')].every((e) => {
            const box = e.getBoundingClientRect();
            return box.right <= page.right + 1 && box.bottom <= page.bottom + 1;
        });
        return [card.querySelector('.card-group').textContent, card.querySelectorAll('svg').length, inside, card.innerText];
    })";
    let cards = lead.eval(script, vec![]).await?;
    let rest =
        lead.eval("return [...document.body.children].filter((e) => e.checkVisibility()).length", vec![]).await?;
    lead.cdp("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
    lead.eval("dispatchEvent(new Event('afterprint'))", vec![]).await?;
    ensure!(!lead.has("#paper").await?, "the cards stay in the page");
    ensure!(rest == json!(1), "only the cards are printed");
    let cards = cards.as_array().context("a list")?;
    ensure!(cards.len() == 3, "{cards:?}");
    for (n, card) in (1..).zip(cards) {
        ensure!(card[0] == json!(format!("{n}班")) && card[1] == json!(2) && card[2] == json!(true), "{card}");
        let said = card[3].as_str().unwrap_or_default();
        let (first, second) = code.split_at(3);
        for words in [&format!("{first} {second}"), "会議室;A", "<b>naze&1</b>"] {
            ensure!(said.contains(words), "{words} is not on {said}");
        }
    }
    ensure!(pages(&pdf) == 2, "three cards are two sheets, not {}", pages(&pdf));
    lead.behaved().await
}

#[tokio::test]
async fn a_file_in_the_encoding_of_spreadsheets_in_japan_is_read() -> Result<()> {
    let Some((_naze, _browser, lead, _)) = hall("seating-file", Device::LAPTOP).await? else { return Ok(()) };
    // 「名前」 and 「佐藤」 in Shift_JIS.
    let script = "const bytes = new Uint8Array([0x96, 0xbc, 0x91, 0x4f, 10, 0x8d, 0xb2, 0x93, 0xa1, 10]);
        const files = new DataTransfer();
        files.items.add(new File([bytes], 'meibo.csv', { type: 'text/csv' }));
        document.querySelector('#roster-file').files = files.files";
    lead.eval(script, vec![]).await?;
    press(&lead, "名簿を読み込む").await?;
    says(&lead, ".seating-told", "新しく1人").await?;
    says(&lead, ".seat-apart", "佐藤").await?;
    lead.focus_is_on("#roster-summary").await?;
    lead.behaved().await
}

/// How many sheets a PDF has.
fn pages(pdf: &Value) -> usize {
    let Some(data) = pdf["data"].as_str() else { return 0 };
    let bytes = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, data).unwrap_or_default();
    String::from_utf8_lossy(&bytes).matches("/MediaBox").count()
}
