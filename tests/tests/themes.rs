//! A group chooses its theme on two phones while the lead looks on: proposals, what one has seen oneself, a secret vote, its result,
//! the choice and its undoing, three questions to the words; premises; and a phone that votes without a network.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use shared::docs::board::NoteOn;
use tests::ask;
use tests::browser::table::Table;
use tests::browser::{AtBoard, AtWall, Browser, Device, Page, Shape};
use tests::naze::Naze;
use tests::proxy::Proxy;

const SHOPS: &str = "一人暮らしの高齢者が買い物に困っている";
const HOUSES: &str = "空き家が増えて夜道が暗い";

/// Presses a button of the open sheet, or of the board, by its words.
async fn press(page: &Page, words: &str) -> Result<()> {
    let script =
        "const all = [...document.querySelectorAll('dialog[open] button, .themes-way button, .premises button')];
        const found = all.find((b) => b.checkVisibility() && b.textContent.includes(arguments[0]));
        if (found) found.click();
        return found !== undefined";
    page.until(&format!("the button {words}"), script, vec![json!(words)]).await.map(drop)
}

/// Presses a button in the row of a proposal.
async fn press_in(page: &Page, row: &str, class: &str) -> Result<()> {
    let script = "const rows = [...document.querySelectorAll('dialog[open] .proposal')];
        const row = rows.find((r) => r.textContent.includes(arguments[0]));
        const found = row?.querySelector(arguments[1]);
        found?.click();
        return Boolean(found)";
    page.until(&format!("{class} of {row}"), script, vec![json!(row), json!(class)]).await.map(drop)
}

async fn sheet_says(page: &Page, words: &str) -> Result<()> {
    let script =
        "return document.querySelector('dialog[open]')?.innerText.replaceAll('\\n', '').includes(arguments[0])";
    page.until(&format!("the sheet to say {words}"), script, vec![json!(words)]).await.map(drop)
}

async fn sheet_is_silent_about(page: &Page, words: &str) -> Result<()> {
    let script = "return document.querySelector('dialog[open]').innerText";
    let text = page.text_of(script, vec![]).await?;
    ensure!(!text.contains(words), "{}: {words} is on the sheet: {text}", page.who());
    Ok(())
}

async fn propose(page: &Page, text: &str) -> Result<()> {
    page.click("#note-write").await?;
    page.find("dialog[open] textarea.field").await?;
    page.type_here(text).await?;
    page.press("Enter").await?;
    sheet_says(page, text).await
}

/// Where the open field is, and what is in it.
async fn field(page: &Page) -> Result<Value> {
    let script = "const f = document.querySelector('dialog[open] textarea.field'), box = f.getBoundingClientRect();
        return [Math.round(box.top - document.querySelector('dialog[open] .sheet-body').getBoundingClientRect().top),
            document.activeElement === f, f.value]";
    page.eval(script, vec![]).await
}

struct Group {
    _naze: Naze,
    /// Between the second phone and the server.
    proxy: Proxy,
    _browser: Browser,
    sato: Page,
    suzuki: Page,
    lead: Page,
}

/// Two at an empty board on phones (one of them narrow), and the lead at the same board on a laptop.
async fn group(test: &str) -> Result<Option<Group>> {
    let Some(browser) = Browser::start(test).await? else { return Ok(None) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    let (sato, suzuki) = (
        browser.open("佐藤", Device::PHONE).await?,
        browser.open("鈴木", Device { shape: Shape::Narrow, ..Device::PHONE }).await?,
    );
    let proxy = Proxy::before(naze.port()).await?;
    for (page, base) in [(&sato, naze.base()), (&suzuki, proxy.base())] {
        page.join(&base, &made.code.to_string(), page.who(), 1).await?;
        page.click("main.seat .button").await?;
        AtBoard(page).ready().await?;
    }
    let lead = browser.open("進行役", Device::LAPTOP).await?;
    lead.goto(&format!("{}/w/{}#{}", naze.base(), made.id, made.lead)).await?;
    lead.begin_workshop().await?;
    AtWall(&lead).open(1).await?;
    Ok(Some(Group { _naze: naze, proxy, _browser: browser, sato, suzuki, lead }))
}

async fn both_propose(sato: &Page, suzuki: &Page) -> Result<()> {
    press(sato, "課題の候補を出す").await?;
    propose(sato, SHOPS).await?;
    press(suzuki, "課題の候補").await?;
    sheet_says(suzuki, SHOPS).await?;
    // While one writes, what others propose moves nothing of theirs.
    sato.click("#note-write").await?;
    sato.find("dialog[open] textarea.field").await?;
    sato.type_here("若い人が").await?;
    let before = field(sato).await?;
    propose(suzuki, HOUSES).await?;
    sheet_says(sato, HOUSES).await?;
    ensure!(field(sato).await? == before, "the field moved: {before} {}", field(sato).await?);
    sato.type_here("入らない").await?;
    sato.press("Enter").await?;
    sheet_says(suzuki, "若い人が入らない").await?;
    // One's own can be taken away, and back; another's cannot.
    press_in(sato, "若い人が入らない", ".note-own .quiet:last-child").await?;
    sheet_says(sato, "取り除きました").await?;
    sato.click("dialog[open] .note-undo .button").await?;
    sheet_says(sato, "若い人が入らない").await?;
    press_in(sato, "若い人が入らない", ".note-own .quiet:last-child").await?;
    let gone = "return !document.querySelector('dialog[open]').innerText.includes(arguments[0])";
    suzuki.until("it to go there too", gone, vec![json!("若い人が入らない")]).await?;
    let own = "return document.querySelectorAll('dialog[open] .proposal .quiet').length";
    ensure!(suzuki.eval(own, vec![]).await? == json!(2), "two buttons, for one's own alone");
    for page in [sato, suzuki] {
        press_in(page, SHOPS, ".seen").await?;
    }
    sheet_says(sato, "見た・経験した人 2").await?;
    press_in(suzuki, SHOPS, ".seen").await?;
    sheet_says(sato, "見た・経験した人 1：あなた").await
}

async fn they_vote(sato: &Page, suzuki: &Page, lead: &Page) -> Result<()> {
    press(sato, "秘密の投票を始める").await?;
    sheet_says(suzuki, "まだ投票していません").await?;
    lead.find(".themes-way.votes").await?;
    press_in(sato, SHOPS, ".tick").await?;
    press_in(suzuki, SHOPS, ".tick").await?;
    press_in(suzuki, HOUSES, ".tick").await?;
    for page in [sato, suzuki] {
        sheet_says(page, "投票しました（締め切りまで変えられます）").await?;
        sheet_is_silent_about(page, "票です").await?;
    }
    press(lead, "課題の候補と投票").await?;
    sheet_says(lead, "結果は締め切ったあとに出ます").await?;
    ensure!(!lead.has("dialog[open] .tick").await?, "who does not sit here has no ballot");
    sheet_is_silent_about(lead, "2人").await?;
    press(suzuki, "締め切って結果を見る").await?;
    for page in [sato, suzuki, lead] {
        sheet_says(page, &format!("2人が投票しました。いちばん多いのは「{SHOPS}」（2票）です。")).await?;
    }
    sheet_says(sato, "1票").await
}

async fn they_choose(sato: &Page, suzuki: &Page) -> Result<()> {
    press_in(sato, SHOPS, ".primary").await?;
    sheet_says(sato, "課題をはっきりさせる").await?;
    let theme = "return document.querySelector('.card.theme .card-text').textContent === arguments[0]";
    suzuki.until("the theme", theme, vec![json!(SHOPS)]).await?;
    sheet_says(suzuki, "いまの課題").await?;
    // One step back takes all of it back.
    press(sato, "元に戻す").await?;
    suzuki.until("no theme", "return document.querySelector('.card.theme .empty') !== null", vec![]).await?;
    press_in(sato, SHOPS, ".primary").await?;
    for words in ["だれが・何が", "どうなっている", "いつ・どこで"] {
        sheet_says(sato, words).await?;
    }
    sato.click("#theme-edit").await?;
    sato.find("dialog[open] textarea.field").await?;
    sato.type_here("（坂の上の3丁目で）").await?;
    sato.press("Enter").await?;
    let now = format!("{SHOPS}（坂の上の3丁目で）");
    suzuki.until("the sharpened theme", theme, vec![json!(now)]).await?;
    // The ones that were not chosen are kept.
    press(sato, "候補に戻る").await?;
    sheet_says(sato, HOUSES).await?;
    AtBoard(sato).close_sheet().await?;
    AtBoard(suzuki).close_sheet().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_proposes_votes_in_secret_and_takes_one() -> Result<()> {
    let Some(Group { sato, suzuki, lead, .. }) = &group("themes").await? else { return Ok(()) };
    both_propose(sato, suzuki).await?;
    for page in [sato, suzuki] {
        page.finds_no_barrier("proposals").await?;
        page.fits("proposals").await?;
    }
    they_vote(sato, suzuki, lead).await?;
    for page in [sato, suzuki, lead] {
        page.finds_no_barrier("the result of a vote").await?;
    }
    they_choose(sato, suzuki).await?;
    for page in [sato, suzuki, lead] {
        page.behaved().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ballot_without_a_network_waits_and_a_late_one_is_said_not_to_count() -> Result<()> {
    let Some(Group { proxy, sato, suzuki, .. }) = &group("themes-offline").await? else { return Ok(()) };
    press(sato, "課題の候補を出す").await?;
    propose(sato, SHOPS).await?;
    propose(sato, HOUSES).await?;
    press(suzuki, "課題の候補").await?;
    press(sato, "秘密の投票を始める").await?;
    sheet_says(suzuki, "まだ投票していません").await?;
    proxy.cut();
    press_in(suzuki, HOUSES, ".tick").await?;
    sheet_says(suzuki, "投票を送っています").await?;
    sheet_is_silent_about(suzuki, "投票しました").await?;
    proxy.mend();
    sheet_says(suzuki, "投票しました（締め切りまで変えられます）").await?;
    proxy.cut();
    press_in(suzuki, SHOPS, ".tick").await?;
    sheet_says(suzuki, "投票を送っています").await?;
    press(sato, "締め切って結果を見る").await?;
    sheet_says(sato, &format!("1人が投票しました。いちばん多いのは「{HOUSES}」（1票）です。")).await?;
    proxy.mend();
    sheet_says(suzuki, "あなたの最後の投票は数えられていません").await?;
    sheet_says(suzuki, &format!("いちばん多いのは「{HOUSES}」（1票）")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_group_knows_stands_under_the_theme() -> Result<()> {
    let Some(table) = Table::lay("premises", Device::PHONE).await? else { return Ok(()) };
    let page = &table.page;
    ensure!(!page.has(".premises").await?, "nothing is known yet, and nothing is shown");
    table.others().add_note(NoteOn::Premise, "会員は120世帯")?;
    page.find(".premises.nested").await?;
    page.click(".premises.nested > summary").await?;
    let known = "return document.querySelector('.premises.nested').innerText.includes(arguments[0])";
    page.until("what is known", known, vec![json!("会員は120世帯")]).await?;
    page.fits("premises").await?;
    press(page, "書き足す・直す").await?;
    propose(page, "総会は4月").await?;
    page.finds_no_barrier("premises").await?;
    press(page, "取り除く").await?;
    sheet_says(page, "取り除きました").await?;
    page.click("dialog[open] .note-undo .button").await?;
    table.board().close_sheet().await?;
    page.until("both", known, vec![json!("総会は4月")]).await?;
    page.behaved().await
}
