//! Measures Naze against a floor in the same run: `cargo xtask bench`. Both servers are processes of their own; the load is
//! real websockets with hand-written frames, so that measuring costs little beside what is measured.
//!
//! Times on a shared machine are not worth much; ratios of rounds that alternate are.

use std::time::Duration;

use anyhow::{Context, Result, bail};

mod load;
mod report;
mod server;

use load::Load;
use report::{Row, Rows};
use server::Server;
use tests::load::crowd::Pace;
use tests::load::talk::Kind;

/// Sockets of the largest scenario, with room to spare.
const FILES: u64 = 8_192;

/// As somebody writes who does not stop.
const TWICE_A_SECOND: Duration = Duration::from_millis(500);

const SIDES: [Kind; 2] = [Kind::Floor, Kind::Naze];

#[derive(Clone, Copy)]
struct Plan {
    seconds: u64,
    rounds: usize,
}

fn main() -> Result<()> {
    let plan = plan(std::env::args().skip(1))?;
    rlimit::increase_nofile_limit(FILES).context("raising the number of open files")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(run(plan))
}

fn plan(mut flags: impl Iterator<Item = String>) -> Result<Plan> {
    let mut plan = Plan { seconds: 5, rounds: 3 };
    while let Some(flag) = flags.next() {
        let number = |value: Option<String>| -> Result<u64> {
            let value = value.with_context(|| format!("{flag} needs a number"))?;
            let number: u64 = value.parse().with_context(|| format!("{flag}: {value:?} is not a number"))?;
            if (1..=100).contains(&number) { Ok(number) } else { bail!("{flag}: 1 to 100, not {number}") }
        };
        match flag.as_str() {
            "--seconds" => plan.seconds = number(flags.next())?,
            "--rounds" => plan.rounds = usize::try_from(number(flags.next())?)?,
            other => bail!("unknown flag {other}. There are: --seconds N (of each measurement, 5), --rounds N (3)"),
        }
    }
    Ok(plan)
}

async fn run(plan: Plan) -> Result<()> {
    let mut rows = Rows::default();
    let time = Duration::from_secs(plan.seconds);
    for round in 1..=plan.rounds {
        report::progress(&format!("round {round} of {}", plan.rounds));
        // Side by side in time, so that both meet the same company on this machine.
        for kind in SIDES {
            rows.add(afternoon(kind, time).await?);
        }
        for kind in SIDES {
            rows.add(hundred(kind, time).await?);
        }
        for kind in SIDES {
            rows.add(saturation(kind, time).await?);
        }
    }
    for kind in SIDES {
        rows.add(idle(kind).await?);
    }
    rows.print();
    Ok(())
}

/// 7 groups of 5 and, at Naze, a lead who sees all of them.
async fn afternoon(kind: Kind, time: Duration) -> Result<Row> {
    let server = Server::start(kind).await?;
    let mut load = Load::arrive(&server, 7, 5).await?;
    if kind == Kind::Naze {
        load.add_lead(&server).await?;
    }
    load.measure("7 x 5 + lead, 2 edits/s each", &server, Pace::Every(TWICE_A_SECOND), time)
}

async fn hundred(kind: Kind, time: Duration) -> Result<Row> {
    let server = Server::start(kind).await?;
    let load = Load::arrive(&server, 100, 10).await?;
    load.measure("100 x 10, 2 edits/s each", &server, Pace::Every(TWICE_A_SECOND), time)
}

async fn saturation(kind: Kind, time: Duration) -> Result<Row> {
    let server = Server::start(kind).await?;
    let load = Load::arrive(&server, 100, 10).await?;
    // With a window of 16 both servers have to wait for the crowd: Naze then delivers a fifth less.
    load.measure("100 x 10, as fast as it goes", &server, Pace::Window(48), time)
}

async fn idle(kind: Kind) -> Result<Row> {
    let server = Server::start(kind).await?;
    let empty = server.memory_bytes()?;
    let load = Load::arrive(&server, 200, 10).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok(Row::idle("2,000 idle", kind, load.people(), server.memory_bytes()?, empty))
}
