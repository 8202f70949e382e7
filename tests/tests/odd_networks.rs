//! Networks that let no websocket through, keep answers back or want a login first, with real browsers: people join and write as
//! anywhere else, and who comes back to a better network goes the fast way again.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tests::ask::{self, Made};
use tests::browser::{AtBoard, AtWall, Browser, Device, Page};
use tests::conductor::Conductor;
use tests::naze::Naze;
use tests::office::{Answers, Office, Sockets};

const THEME: &str = "若い世代の住民が自治会の活動にほとんど参加しない";
const CAUSE: &str = "役員の仕事が多く、引き受けると休みがなくなる";

/// Waits until so many of all connections go round.
async fn go_round(base: &str, wanted: u64, within: Duration) -> Result<()> {
    let begun = Instant::now();
    loop {
        let now = ask::figure(base, "naze_detours").await?;
        if now == wanted {
            return Ok(());
        }
        ensure!(begun.elapsed() < within, "{now} go round, and not {wanted}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// From opening the door to what is behind it, in milliseconds by the page's own clock: from the first script to the field.
async fn knocks(page: &Page, base: &str, made: &Made) -> Result<f64> {
    page.goto(&format!("{base}/j/{}", made.code)).await?;
    let script =
        "return document.querySelector('#name') && performance.now() - performance.getEntriesByType('resource')
        .filter((e) => e.name.endsWith('.wasm')).map((e) => e.responseEnd).reduce((a, b) => Math.min(a, b))";
    let took = page.until("the door", script, vec![]).await?;
    Ok(took.as_f64().unwrap_or(f64::MAX))
}

/// How long until something that was just written is saved, as the page says.
async fn saves(page: &Page) -> Result<Duration> {
    let begun = Instant::now();
    AtBoard(page).saved().await?;
    Ok(begun.elapsed())
}

/// Two phones and the lead's wall behind the same network: join, first card, seen by the other and by the lead.
#[expect(clippy::print_stdout, reason = "figures to look at")]
async fn an_afternoon(test: &str, sockets: Sockets, answers: Answers) -> Result<()> {
    let Some(browser) = Browser::start(test).await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    Conductor::at(&naze.base(), &made).await?.begin().await?;
    let office = Office::before(naze.port(), sockets, answers).await?;
    let (sato, suzuki) = (browser.open("佐藤", Device::PHONE).await?, browser.open("鈴木", Device::PHONE).await?);
    let lead = browser.open("進行役", Device::LAPTOP).await?;
    let knocked = knocks(&sato, &office.base(), &made).await?;
    println!("{test}: the door answers after {knocked:.0} ms");
    ensure!(knocked < 5_000.0, "the door answers after {knocked} ms");
    sato.give_name("佐藤", 1).await?;
    // From here on it is known which way to go.
    suzuki.join(&office.base(), &made.code.to_string(), "鈴木", 1).await?;
    lead.goto(&format!("{}/w/{}#{}", office.base(), made.id, made.lead)).await?;
    AtWall(&lead).ready().await?;
    let (first, second) = (AtBoard(&sato), AtBoard(&suzuki));
    first.ready().await?;
    second.ready().await?;
    first.write_theme(THEME).await?;
    second.card(THEME).await?;
    second.add(THEME, CAUSE).await?;
    let saved = saves(&suzuki).await?;
    first.card(CAUSE).await?;
    println!("{test}: a card is saved {saved:?} after its last key, as the page says");
    ensure!(saved < Duration::from_secs(3), "a card is saved after {saved:?}");
    let words =
        "return [...document.querySelectorAll('.tiles .tile')].some((tile) => tile.innerText.includes(arguments[0]))";
    lead.until("the theme on the wall", words, vec![json!(THEME)]).await?;
    // The lines of the doors are given up: those between two answers only when nobody has asked for the next.
    go_round(&naze.base(), 3, Duration::from_secs(20)).await?;
    // Reloaded, it goes round at once.
    let begun = Instant::now();
    sato.reload().await?;
    first.card(CAUSE).await?;
    println!("{test}: reloaded and here again after {:?}", begun.elapsed());
    // The same websockets, allowed: everybody comes back to them by themselves when their network changes.
    office.allow(Sockets::Pass, Answers::Flow);
    for page in [&sato, &suzuki, &lead] {
        page.eval("dispatchEvent(new Event('online'))", vec![]).await?;
    }
    go_round(&naze.base(), 0, Duration::from_secs(20)).await?;
    first.append(CAUSE, "。だから断る").await?;
    first.saved().await?;
    second.card(&format!("{CAUSE}。だから断る")).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_websockets_are_refused_everything_works() -> Result<()> {
    an_afternoon("refused", Sockets::Refused, Answers::Flow).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_wish_for_one_is_struck_out_everything_works() -> Result<()> {
    an_afternoon("struck", Sockets::Struck, Answers::Flow).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_websockets_hang_everything_works() -> Result<()> {
    an_afternoon("hang", Sockets::Hang, Answers::Flow).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_websockets_open_and_carry_nothing_everything_works() -> Result<()> {
    an_afternoon("mute", Sockets::Mute, Answers::Flow).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_answers_are_kept_back_everything_works() -> Result<()> {
    an_afternoon("kept-back", Sockets::Refused, Answers::KeptBack).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_round_comes_back_to_websockets_by_themselves() -> Result<()> {
    let Some(browser) = Browser::start("by-itself").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    Conductor::at(&naze.base(), &made).await?.begin().await?;
    let office = Office::before(naze.port(), Sockets::Refused, Answers::Flow).await?;
    let sato = browser.open("佐藤", Device::PHONE).await?;
    sato.join(&office.base(), &made.code.to_string(), "佐藤", 1).await?;
    AtBoard(&sato).write_theme(THEME).await?;
    AtBoard(&sato).saved().await?;
    go_round(&naze.base(), 1, Duration::from_secs(5)).await?;
    office.allow(Sockets::Pass, Answers::Flow);
    // Nothing is touched, and nothing tells the page.
    go_round(&naze.base(), 0, Duration::from_secs(60)).await?;
    AtBoard(&sato).add(THEME, CAUSE).await?;
    AtBoard(&sato).saved().await?;
    // And the other way, in the middle of everything.
    office.allow(Sockets::Hang, Answers::Flow);
    office.snap();
    AtBoard(&sato).append(CAUSE, "。だから断る").await?;
    AtBoard(&sato).saved().await?;
    go_round(&naze.base(), 1, Duration::from_secs(5)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_that_wants_a_login_is_named_in_words_and_nothing_is_lost() -> Result<()> {
    let Some(browser) = Browser::start("login").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    Conductor::at(&naze.base(), &made).await?.begin().await?;
    let office = Office::before(naze.port(), Sockets::Pass, Answers::Flow).await?;
    let sato = browser.open("佐藤", Device::PHONE).await?;
    sato.join(&office.base(), &made.code.to_string(), "佐藤", 1).await?;
    let board = AtBoard(&sato);
    board.write_theme(THEME).await?;
    board.saved().await?;
    office.allow(Sockets::Pass, Answers::Login);
    office.snap();
    let script = "return document.querySelector('.away-note').innerText.includes(arguments[0])";
    sato.until("what this network wants", script, vec![json!("ログイン")]).await?;
    board.add(THEME, CAUSE).await?;
    let told = board.told().await?;
    ensure!(!told.saved && told.long.contains("残ります"), "{told:?}");
    sato.finds_no_barrier("a network that wants a login").await?;
    sato.fits("a network that wants a login").await?;
    sato.shot("board").await?;
    sato.other_language().await?;
    sato.until("the same in English", script, vec![json!("login")]).await?;
    sato.shot("board-en").await?;
    // The other kind of such networks, which the page sees only by what its own policy forbids it.
    office.allow(Sockets::Pass, Answers::Flow);
    board.saved().await?;
    office.allow(Sockets::Pass, Answers::SentOn);
    office.snap();
    sato.until("where it is sent on", script, vec![json!("login")]).await?;
    board.append(CAUSE, "。だから").await?;
    // Who comes to the door meanwhile, with the page open already.
    office.allow(Sockets::Pass, Answers::Flow);
    board.saved().await?;
    sato.reload().await?;
    let cause = format!("{CAUSE}。だから");
    board.card(&cause).await?;
    let late = browser.open("鈴木", Device::PHONE).await?;
    late.goto(&office.base()).await?;
    late.find("#code").await?;
    office.allow(Sockets::Pass, Answers::Login);
    late.type_into("#code", &made.code.to_string()).await?;
    late.click(".code-form button[type=submit]").await?;
    let said = "return document.querySelector('main p[role=status]')?.innerText.includes('ログイン')";
    late.until("what this network wants, at the door", said, vec![]).await?;
    late.shot("door").await?;
    office.allow(Sockets::Pass, Answers::Flow);
    late.give_name("鈴木", 1).await?;
    AtBoard(&late).card(&cause).await?;
    ensure!(
        late.eval("return sessionStorage.getItem('naze.way')", vec![]).await? == Value::Null,
        "a login is no reason to go round"
    );
    Ok(())
}
