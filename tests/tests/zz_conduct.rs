//! Scratch.
use shared::docs::workshop::{AtEnd, Kind, Language, Names, TimerChange, Whom, WorkshopOp};
use shared::run_sheet::Shipped;
use tests::ask::Made;
use tests::conductor::Conductor;
#[tokio::test]
async fn conduct() -> anyhow::Result<()> {
    let env = |name: &str| std::env::var(name).unwrap_or_default();
    let lead = env("LEAD");
    let (id, token) = lead.rsplit_once('/').unwrap().1.split_once('#').unwrap();
    let token: shared::Token = token.parse().unwrap();
    let made =
        Made { id: id.parse().unwrap(), code: "K7M4XR".parse().unwrap(), lead: token, helper: token, observer: token };
    let lead = Conductor::at(&env("BASE"), &made).await?;
    let cmd = env("CMD");
    let (what, arg) = cmd.split_once(' ').unwrap_or((&cmd, ""));
    let kind = |name: &str| Kind::ALL.into_iter().find(|kind| format!("{kind:?}") == name).unwrap();
    match what {
        "plan" => lead.plan(Shipped::Analyse.plans(if arg == "en" { Language::En } else { Language::Ja })).await?,
        "begin" => lead.begin().await?,
        "go" => lead.go(Whom::All, kind(arg)).await?,
        "pause" => lead.time(Whom::All, TimerChange::Pause).await?,
        "hide" => lead.edit(|plan| plan.names = Names::Hidden).await?,
        "short" => {
            lead.edit(|plan| {
                plan.minutes = 1;
                plan.at_end = AtEnd::Close;
            })
            .await?
        }
        "round" => {
            let run = lead.read(|w| w.run.unwrap());
            lead.act(WorkshopOp::NextRound { step: run.step, round: run.round + 1 }).await?
        }
        _ => panic!("{cmd}"),
    }
    Ok(())
}
