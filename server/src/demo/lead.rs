//! The simulated lead: conducts the run-sheet by its own minutes, with the exceptions that a real afternoon has. Whoever opens the
//! lead's link conducts beside it: what they do stands, and it goes on from there.

use std::time::Duration;

use shared::docs::board::{BoardOp, Heard, Help};
use shared::docs::workshop::{
    Attention, Kind, Names, Phase, Plan as StepPlan, Run, Step, Timer, TimerChange, Whom, Workshop, WorkshopOp,
};
use shared::{By, GroupId, Millis, StepId, signs};

use super::guest::Work;
use super::human::Human;
use super::script::Pace;
use crate::client::{ClientError, LinkState, Session};
use crate::clock::now;

/// How long the lead waits for those who come in time, in a person's seconds.
const ARRIVING: f64 = 120.0;
/// How much more time a group gets that began late, in seconds; it is asked for so long before the end.
const MORE_S: u16 = 120;
/// How long a word to everybody stands, in seconds.
const WORD_S: u64 = 60;
/// A call for help is answered after so many seconds, and the group has been helped so many after it called.
const ON_MY_WAY_S: u64 = 30;
const HELPED_S: u64 = 150;
/// A chain of so many cards is long.
const CHAIN: usize = 4;

/// Who conducts.
pub(super) struct Lead {
    pub(super) session: Session,
    pub(super) human: Human,
    /// The groups, and what they have left to do: they say so at their tables.
    pub(super) tables: Vec<(GroupId, Work)>,
    /// What is said to everybody.
    pub(super) word: String,
}

impl Lead {
    /// Prepares the run-sheet, waits until so many are here, and begins, unless somebody else has.
    pub(super) async fn begin(&self, people: usize, speed: f64) -> Result<(), ClientError> {
        let limit = Duration::from_secs_f64(ARRIVING / speed);
        // Nobody's name is kept with what they write in silence.
        let silence = |workshop: &Workshop| {
            workshop
                .steps
                .iter()
                .find(|step| step.plan.kind == Kind::Silence && step.plan.names == Names::Shown)
                .cloned()
        };
        if let Some(Step { id: step, plan, .. }) = self.session.read(|docs| silence(docs.workshop().view())) {
            self.session.conduct(WorkshopOp::EditStep { step, plan: StepPlan { names: Names::Hidden, ..plan } })?;
        }
        // Who has not come by then comes late.
        let here = self.session.until("everybody", limit, |docs| docs.roster().view().people.len() >= people).await;
        tracing::debug!(everybody = here.is_ok(), "the demo begins");
        if self.phase() == Phase::Lobby {
            self.session.conduct(WorkshopOp::SetPhase { phase: Phase::Open })?;
        }
        self.session.saved(limit).await
    }

    /// Conducts until the last step, and leaves that open.
    pub(super) async fn conduct(&mut self) -> Result<(), ClientError> {
        loop {
            if let LinkState::Ended(why) = self.session.link() {
                return Err(why);
            }
            let workshop = self.session.read(|docs| docs.workshop().view().clone());
            let stands_still = workshop.phase != Phase::Open || workshop.attention == Attention::EyesUp;
            if let (Some(run), false) = (workshop.run, stands_still) {
                self.look_after(&workshop, run);
                self.help(&workshop);
            }
            self.human.wait(1, 2).await;
        }
    }

    fn phase(&self) -> Phase {
        self.session.read(|docs| docs.workshop().view().phase)
    }

    /// What the lead does at a moment. What does not fit any more was done by somebody else.
    fn look_after(&self, workshop: &Workshop, run: Run) {
        for op in self.ops(workshop, run) {
            if let Err(why) = self.session.conduct(op) {
                tracing::debug!(%why, "somebody else conducts too");
            }
        }
    }

    /// Who calls is helped, one after another; a group on one long chain is asked something.
    fn help(&self, workshop: &Workshop) {
        for (group, work) in &self.tables {
            let (help, nudge, chain) = self.session.read(|docs| {
                let board = docs.board(*group).map(|board| board.view());
                let chain =
                    board.map(signs::read).is_some_and(|signs| signs.depth >= CHAIN && signs.cards <= signs.depth + 1);
                (board.and_then(|board| board.help), board.and_then(|board| board.nudge.clone()), chain)
            });
            let since = |from| self.human.seconds_since(from, now());
            let answer = |help: Help, heard| BoardOp::AnswerHelp { call: help.id, heard };
            let deepens = workshop.step_of(*group).is_some_and(|step| step.plan.kind == Kind::Deepen);
            let op = match (help, &work.table.asked) {
                (Some(help), _) if help.comes.is_none() && since(help.at) >= ON_MY_WAY_S => {
                    answer(help, Heard::OnMyWay)
                }
                (Some(help), _) if help.comes == Some(By::Lead) && since(help.at) >= HELPED_S => {
                    answer(help, Heard::Done)
                }
                (None, Some(text)) if chain && deepens && nudge.is_none() => BoardOp::Nudge { text: text.clone() },
                _ => continue,
            };
            if let Err(why) = self.session.board(*group).apply(op) {
                tracing::debug!(%why, "somebody else helps too");
            }
        }
    }

    fn ops(&self, workshop: &Workshop, run: Run) -> Vec<WorkshopOp> {
        let Some(step) = workshop.step(run.step) else { return Vec::new() };
        let mut ops = Vec::new();
        if self.is_over(step, run) {
            let next = workshop.next_after(step.id).map(|next| next.id);
            ops.extend(next.map(|next| WorkshopOp::GoTo { whom: Whom::All, from: Some(step.id), step: next }));
            return ops;
        }
        let gone = self.human.seconds_since(run.began_at, now());
        let half = u64::from(step.plan.minutes) * 30;
        if step.plan.kind == Kind::Deepen {
            let said = workshop.announcement.as_ref().is_some_and(|said| said.text == self.word);
            if !said && (half..half + WORD_S).contains(&gone) {
                ops.push(WorkshopOp::Announce { text: self.word.clone() });
            } else if said && gone >= half + WORD_S {
                ops.push(WorkshopOp::Announce { text: String::new() });
            }
            ops.extend(
                self.tables.iter().filter_map(|(group, work)| self.exception(workshop, step, run, *group, work)),
            );
        }
        if step.plan.kind == Kind::Gallery && self.left_s(step, run) == 0 {
            ops.push(WorkshopOp::NextRound { step: step.id, round: run.round.saturating_add(1) });
        }
        ops.extend(workshop.apart.iter().filter_map(|(group, own)| self.rejoins(workshop, run.step, *group, *own)));
        ops
    }

    /// A group that is done goes on alone; one that began late is given more time.
    fn exception(&self, workshop: &Workshop, step: &Step, run: Run, group: GroupId, work: &Work) -> Option<WorkshopOp> {
        if workshop.apart.contains_key(&group) {
            return None;
        }
        match work.table.pace {
            Pace::Early if work.plan().left(step.plan.kind) == 0 => {
                let next = workshop.next_after(step.id)?.id;
                Some(WorkshopOp::GoTo { whom: Whom::Group(group), from: Some(step.id), step: next })
            }
            Pace::Late if self.left_s(step, run) <= u64::from(MORE_S) => {
                let change = TimerChange::More(MORE_S);
                Some(WorkshopOp::SetTimer { whom: Whom::Group(group), step: step.id, change })
            }
            _ => None,
        }
    }

    /// A group whose own time is over, and which is behind the room, is with it again.
    fn rejoins(&self, workshop: &Workshop, room: StepId, group: GroupId, own: Run) -> Option<WorkshopOp> {
        let place = |id: StepId| workshop.steps.iter().position(|step| step.id == id);
        let behind = place(own.step) < place(room);
        let is_over = workshop.step(own.step).is_none_or(|step| self.left_s(step, own) == 0);
        (behind && is_over).then_some(WorkshopOp::Rejoin { group })
    }

    /// Whether a step has had its minutes. The visits of a walk have their own time each.
    fn is_over(&self, step: &Step, run: Run) -> bool {
        let walk_s = u64::from(step.plan.minutes) * 60;
        match (step.plan.kind, step.plan.each_s) {
            (Kind::Gallery, each_s @ 1..) => {
                let rounds = (walk_s / u64::from(each_s)).max(1);
                u64::from(run.round) + 1 >= rounds && self.left_s(step, run) == 0
            }
            _ => self.left_s(step, run) == 0,
        }
    }

    /// What is left of somebody's time, in a person's seconds: how long it is in all, less what has gone by.
    fn left_s(&self, step: &Step, run: Run) -> u64 {
        let Timer::Runs { until } = run.timer else { return u64::MAX };
        let began = match (step.plan.kind, step.plan.each_s) {
            // Every visit has a time of its own.
            (Kind::Gallery, each_s @ 1..) => Millis(until.0.saturating_sub(u64::from(each_s) * 1_000)),
            _ => run.began_at,
        };
        let all = until.0.saturating_sub(began.0) / 1_000;
        all.saturating_sub(self.human.seconds_since(began, now()))
    }
}
