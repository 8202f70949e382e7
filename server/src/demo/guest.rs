//! One simulated participant: joins like a phone, does what the step of the run-sheet asks for, at a person's pace, and carries on
//! whatever the others do.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shared::docs::board::{BoardOp, Reply};
use shared::docs::workshop::{Kind, Phase, Run};
use shared::presence::Doing;
use shared::{GroupId, JoinCode, StepId};
use tokio::sync::Semaphore;

use super::human::Human;
use super::plan::{Next, Outcome, Plan};
use super::script::{Guest, Pace, Part, Table};
use crate::access::new_token;
use crate::client::{AtBoard, Client, ClientError, Docs, LinkState, Session};
use crate::clock::now;

mod board;
mod step;

/// Nobody waits longer than a day for the workshop to begin.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// What an act takes without the pause behind it, in seconds.
const ACT: u64 = 20;
/// The longest pause behind an act, in seconds.
const PAUSE_MAX: u64 = 45;

/// Where a guest goes.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) base: String,
    pub(super) code: JoinCode,
    pub(super) group: GroupId,
}

/// What a group shares.
#[derive(Clone, Debug)]
pub(super) struct Work {
    pub(super) table: Arc<Table>,
    pub(super) plan: Arc<Mutex<Plan>>,
    /// The phone of the first one, for those who have none: it is in one hand at a time.
    pub(super) phone: Arc<Semaphore>,
}

impl Work {
    pub(super) fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Joins: looks at the door, thinks of a name, is seated.
pub(super) async fn arrive(way: &Way, guest: &Guest, human: &mut Human) -> Result<Session, ClientError> {
    let mut client = Client::connect(&way.base).await?;
    client.knock(way.code).await?;
    human.wait(2, 5).await;
    let token = new_token()?;
    let joined = client.join(way.code, token, &guest.name, Some(way.group)).await?;
    client.hello(joined.workshop, token).await
}

/// Somebody at their table.
pub(super) struct Seat<'a> {
    pub(super) guest: &'a Guest,
    /// Their place at the table, from 0.
    pub(super) place: usize,
    pub(super) work: &'a Work,
    /// The phone that they write with.
    pub(super) phone: Arc<Semaphore>,
}

/// Takes part until the workshop is over.
pub(super) async fn take_part(session: &Session, seat: Seat<'_>, human: Human) -> Result<(), ClientError> {
    let Some(group) = session.read(|docs| docs.seat()) else { return Ok(()) };
    let phone = Arc::clone(&seat.phone);
    let mut hands = Hands { session, board: session.board(group), group, seat, human, said: Vec::new() };
    hands.begun().await?;
    hands.human.wait(2, 8).await;
    loop {
        hands.begun().await?;
        if let LinkState::Ended(why) = session.link() {
            return Err(why);
        }
        let Ok(mine) = phone.acquire().await else { return Ok(()) };
        let did = hands.act().await;
        drop(mine);
        match did {
            Did::Nothing => hands.human.wait(1, 3).await,
            Did::Something => {
                let (from, to) = hands.pause();
                hands.human.wait(from, to).await;
            }
        }
    }
}

/// Whether somebody did anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Did {
    Something,
    Nothing,
}

/// A guest at their board.
struct Hands<'a> {
    session: &'a Session,
    board: AtBoard<'a>,
    group: GroupId,
    seat: Seat<'a>,
    human: Human,
    /// The steps, and their rounds, in which they have had their say.
    said: Vec<(StepId, u16)>,
}

impl Hands<'_> {
    /// Waits until the lead has begun, or begun again.
    async fn begun(&self) -> Result<(), ClientError> {
        let open = |docs: &Docs| docs.workshop().view().phase == Phase::Open;
        self.session.until("the lead to begin", DAY, open).await
    }

    fn kind(&self) -> Kind {
        let kind = |docs: &Docs| docs.workshop().view().step_of(self.group).map(|step| step.plan.kind);
        self.session.read(kind).unwrap_or(Kind::Free)
    }

    fn run(&self) -> Option<Run> {
        self.session.read(|docs| docs.workshop().view().run_of(self.group))
    }

    /// One thing that the step asks for.
    async fn act(&mut self) -> Did {
        let kind = self.kind();
        let did = match kind {
            Kind::CheckIn => self.take_turns().await,
            Kind::CheckOut => self.part().await,
            Kind::Gallery => self.visit().await,
            _ if self.seat.guest.part == Part::Listens => Ok(Did::Nothing),
            _ => return self.work(kind).await,
        };
        // What a step does not take any more is not said.
        did.unwrap_or(Did::Nothing)
    }

    /// The next act of the group's work.
    async fn work(&mut self, kind: Kind) -> Did {
        if self.is_late(kind) {
            return Did::Nothing;
        }
        if self.seat.place == 0 {
            self.hear_question().await;
        }
        let next = self.seat.work.plan().take(kind, |below| self.human.choose(below));
        let Next::Do(act) = next else { return Did::Nothing };
        let outcome = self.do_act(act).await;
        self.board.doing(Doing::Reading);
        self.seat.work.plan().finish(act, outcome.unwrap_or(Outcome::Dropped));
        Did::Something
    }

    /// The first one at the table takes what the lead asks the group.
    async fn hear_question(&mut self) {
        let asked = |docs: &Docs| {
            let nudge = docs.board(self.group)?.view().nudge.as_ref().filter(|nudge| nudge.reply.is_none())?;
            Some(nudge.id)
        };
        if let Some(nudge) = self.session.read(asked) {
            self.human.wait(10, 20).await;
            // Who takes it back has the last word.
            let _ = self.board.apply(BoardOp::AnswerNudge { nudge, reply: Reply::Taken });
        }
    }

    /// Whether the group has not begun yet, while others have.
    fn is_late(&self, kind: Kind) -> bool {
        let late = self.seat.work.table.pace == Pace::Late && matches!(kind, Kind::Deepen);
        late && self.run().is_some_and(|run| self.human.seconds_since(run.began_at, now()) < 90)
    }

    /// How long to pause: who has time takes it, unless the group is one that hurries.
    fn pause(&self) -> (u32, u32) {
        let kind = self.kind();
        let calm = matches!(kind, Kind::Deepen) && self.seat.work.table.pace != Pace::Early;
        let minutes = |docs: &Docs| docs.workshop().view().step_of(self.group).map(|step| step.plan.minutes);
        let (Some(run), Some(minutes), true) = (self.run(), self.session.read(minutes), calm) else { return (10, 30) };
        let gone = self.human.seconds_since(run.began_at, now());
        // Two minutes are left over, to look at it.
        let time = (u64::from(minutes) * 60).saturating_sub(gone).saturating_sub(120);
        let hands = self.seat.work.table.guests.len() as u64;
        let each = time.saturating_mul(hands) / (self.seat.work.plan().left(kind).max(1) as u64);
        let pause = u32::try_from(each.saturating_sub(ACT).clamp(4, PAUSE_MAX)).unwrap_or(4);
        (pause / 2, pause.saturating_mul(3) / 2)
    }
}
