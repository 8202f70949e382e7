//! The lead without a page: moves the run-sheet, as a lead elsewhere in the hall would.

use anyhow::{Context, Result};
use server::client::{Client, Docs, Session};
use shared::GroupId;
use shared::docs::workshop::{AtEnd, Kind, Names, Phase, Plan, Step, TimerChange, Whom, Workshop, WorkshopOp};

use crate::ask::Made;

/// How long anything may take that is expected to happen.
const SOON: std::time::Duration = std::time::Duration::from_secs(30);

/// A step of some kind, ten minutes long.
pub fn plan(kind: Kind, title: &str, prompt: &str) -> Plan {
    let (title, prompt) = (title.to_owned(), prompt.to_owned());
    Plan { kind, title, minutes: 10, each_s: 0, prompt, at_end: AtEnd::GoOn, names: Names::Shown }
}

/// The lead.
#[derive(Debug)]
pub struct Conductor {
    session: Session,
}

impl Conductor {
    /// Comes in with the lead's key.
    ///
    /// # Errors
    /// When something does not come, or the server does not take it; so for everything below.
    pub async fn at(base: &str, made: &Made) -> Result<Self> {
        let session = Client::connect(base).await?.hello(made.id, made.lead).await?;
        session.until("the workshop", SOON, Docs::is_complete).await?;
        Ok(Self { session })
    }

    /// Does something.
    ///
    /// # Errors
    /// See [`Conductor::at`].
    pub async fn act(&self, op: WorkshopOp) -> Result<()> {
        self.session.conduct(op)?;
        Ok(self.session.saved(SOON).await?)
    }

    /// Lays out a run-sheet.
    ///
    /// # Errors
    /// See [`Conductor::at`].
    pub async fn plan(&self, plans: Vec<Plan>) -> Result<()> {
        self.act(WorkshopOp::SetSteps { plans }).await
    }

    /// Begins: the first step with it.
    ///
    /// # Errors
    /// See [`Conductor::at`].
    pub async fn begin(&self) -> Result<()> {
        self.act(WorkshopOp::SetPhase { phase: Phase::Open }).await
    }

    /// On to the first step of a kind.
    ///
    /// # Errors
    /// See [`Conductor::at`].
    pub async fn go(&self, whom: Whom, kind: Kind) -> Result<()> {
        let (from, step) = self.read(|workshop| {
            let now = match whom {
                Whom::All => workshop.run,
                Whom::Group(group) => workshop.run_of(group),
            };
            let to = workshop.steps.iter().find(|step| step.plan.kind == kind).map(|step| step.id);
            (now.map(|run| run.step), to)
        });
        self.act(WorkshopOp::GoTo { whom, from, step: step.context("no such step")? }).await
    }

    /// The time of the step that a group, or the room, is in.
    ///
    /// # Errors
    /// See [`Conductor::at`].
    pub async fn time(&self, whom: Whom, change: TimerChange) -> Result<()> {
        let group = if let Whom::Group(group) = whom { group } else { GroupId(0) };
        let step = self.read(|workshop| workshop.run_of(group).map(|run| run.step)).context("no step")?;
        self.act(WorkshopOp::SetTimer { whom, step, change }).await
    }

    /// Makes the step that the room is in something else.
    ///
    /// # Errors
    /// See [`Conductor::at`].
    pub async fn edit(&self, change: impl FnOnce(&mut Plan)) -> Result<()> {
        let now = |workshop: &Workshop| workshop.run.and_then(|run| workshop.step(run.step).cloned());
        let Step { id, mut plan, .. } = self.read(now).context("no step")?;
        change(&mut plan);
        self.act(WorkshopOp::EditStep { step: id, plan }).await
    }

    /// Reads from the workshop.
    pub fn read<T>(&self, read: impl FnOnce(&Workshop) -> T) -> T {
        self.session.read(|docs| read(docs.workshop().view()))
    }
}
