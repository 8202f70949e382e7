//! A hundred groups, all at work at once, before one wall: it stays alive, no task holds it up, and it does not grow. `--nocapture`
//! prints what was measured. Processor time, because other work on the machine is none of the page's.
//!
//! `NAZE_CROWD=10` seats ten people in each group; without it there are four, because a thousand take a minute and a half to come in.

use std::io::Write;

use anyhow::Context;
use tests::browser::Ms;
use tokio::task::JoinSet;

use super::*;

const GROUPS: u16 = 100;
/// People of a group, without being asked.
const EACH: u16 = 4;
/// Cards of a group before it is measured.
const CARDS: usize = 12;
/// How long everybody writes, and how often each group does something.
const ROUNDS: u16 = 20;
const ROUND: Duration = Duration::from_millis(500);
/// A task that takes longer is felt.
const TASK_MAX: Ms = 100.0;
/// What is held at the end, in parts of what was held before.
const MOST: f64 = 1.15;

fn tell(line: &str) {
    // Where nobody listens nothing is lost.
    let _ = writeln!(std::io::stderr(), "    crowd: {line}");
}

fn each() -> Result<u16> {
    match std::env::var("NAZE_CROWD") {
        Ok(people) => people.parse().with_context(|| format!("NAZE_CROWD is {people}, not a number of people")),
        Err(_) => Ok(EACH),
    }
}

/// People of a group, the first of whom writes a theme and cards.
async fn people(base: String, made: Made, group: u16, each: u16) -> Result<Vec<Session>> {
    let mut people = Vec::new();
    for n in 0..each {
        people.push(join(&base, &made, &format!("{group}の{n}"), group).await?);
    }
    theme(&people[0], group, &format!("{group}番目の地区で空き家が増えている"))?;
    let mut above = CardId::THEME;
    for n in 0..CARDS {
        let board = people[0].board(GroupId(group));
        let card = board.add(above, &format!("持ち主がわからない家の{n}番目の理由"))?;
        above = if n % 3 == 2 { CardId::THEME } else { card };
    }
    people[0].saved(SOON).await?;
    Ok(people)
}

/// Somebody of each group writes on in a card; now and then one calls, or has been helped.
fn a_round(crowd: &[(u16, Vec<Session>)], n: u16) -> Result<()> {
    use shared::docs::board::Given;
    for (group, people) in crowd {
        let person = &people[usize::from(n + group) % people.len()];
        let at = GroupId(*group);
        let cards: Vec<CardId> = person.read(|docs| {
            docs.board(at).map(|board| board.view().ever().map(|(id, _)| id).collect()).unwrap_or_default()
        });
        let card = cards[usize::from(n) % cards.len()];
        let words = if n.is_multiple_of(2) {
            "持ち主を知っている人がもういない"
        } else {
            "持ち主が遠くに住んでいて連絡がつかない"
        };
        person.board(at).reword(card, words)?;
        if (group + n).is_multiple_of(40) {
            person.board(at).apply(BoardOp::CallHelp { given: Given::Yes })?;
        } else if (group + n) % 40 == 8 {
            person.board(at).apply(BoardOp::CallHelp { given: Given::No })?;
        }
    }
    Ok(())
}

async fn rounds(crowd: &[(u16, Vec<Session>)], from: u16) -> Result<()> {
    let mut clock = tokio::time::interval(ROUND);
    for n in from..from + ROUNDS {
        clock.tick().await;
        a_round(crowd, n)?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wall_over_a_hundred_groups_stays_alive() -> Result<()> {
    let Some(browser) = Browser::start("wall-crowd").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), GROUPS).await?;
    let conductor = Conductor::at(&naze.base(), &made).await?;
    conductor.act(WorkshopOp::SetPhase { phase: Phase::Open }).await?;
    let each = each()?;
    let begun = std::time::Instant::now();
    let mut coming = JoinSet::new();
    for group in 1..=GROUPS {
        let base = naze.base();
        coming.spawn(async move { people(base, made, group, each).await.map(|people| (group, people)) });
    }
    let mut crowd = Vec::new();
    while let Some(group) = coming.join_next().await {
        crowd.push(group??);
    }
    tell(&format!("{} people came in {:.0} s", GROUPS * each, begun.elapsed().as_secs_f64()));
    let lead = browser.open("進行役", Device::LAPTOP).await?;
    lead.watch_module().await?;
    browser.trace().await?;
    lead.goto(&format!("{}/w/{}#{}", naze.base(), made.id, made.lead)).await?;
    let all = "return [...document.querySelectorAll('.tile .theme')].filter((e) => e.textContent.includes('空き家')).length === 100";
    lead.until_within(SOON, "a hundred themes", all, vec![]).await?;
    let opening = browser.traced().await?;
    tell(&format!("opening: the longest task {:.0} ms, {:.0} ms in all", opening.longest(), opening.sum()));
    // The words of the first round are longer than those before.
    rounds(&crowd, 0).await?;
    let before = lead.memory().await?;
    browser.trace().await?;
    rounds(&crowd, ROUNDS).await?;
    let tasks = browser.traced().await?;
    let after = lead.memory().await?;
    let s = ROUND.as_secs_f64() * f64::from(ROUNDS);
    tell(&format!(
        "{s} s, {GROUPS} groups of {each}, {:.0} changes a second: the longest task {:.0} ms, {} above 50 ms, {:.0} % busy",
        f64::from(GROUPS) / ROUND.as_secs_f64(),
        tasks.longest(),
        tasks.longer_than(50.0).count(),
        tasks.sum() / s / 10.0,
    ));
    tell(&format!("memory before {before:?}, after {after:?}"));
    ensure!(tasks.longest() <= TASK_MAX, "a task of {:.0} ms", tasks.longest());
    for (what, before, after) in [
        ("heap", before.heap, after.heap),
        ("module", before.module, after.module),
        ("nodes", before.nodes, after.nodes),
        ("listeners", before.listeners, after.listeners),
    ] {
        ensure!(after <= before * MOST, "{what}: {before} before, {after} after");
    }
    let others = "return [...document.querySelectorAll('.tile')].map((e) => e.innerText).filter((e) => !e.includes(arguments[0]))";
    let others = lead.eval(others, vec![json!(format!("いる人 {each} / {each}"))]).await?;
    ensure!(others == json!([]), "not everybody is on the wall: {others}");
    for (group, people) in &crowd {
        for person in people {
            person.saved(SOON).await?;
            ensure!(person.connections() == 1, "somebody of group {group} was cut off");
        }
    }
    lead.behaved().await
}
