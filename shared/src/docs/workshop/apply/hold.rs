//! While everybody looks up, and while the workshop is not open, the time stands still. Timers that ran go on together afterwards;
//! what the lead does to a timer meanwhile stays done.

use std::mem::{replace, take};

use super::Undo;
use crate::doc::{Reject, Stamp};
use crate::docs::dots;
use crate::docs::workshop::{Attention, Phase, Run, Timer, TimerChange, Whom, Workshop, WorkshopOp};

impl Workshop {
    /// Whether the time stands still.
    pub(super) fn holds(&self) -> bool {
        self.attention == Attention::EyesUp || self.phase != Phase::Open
    }

    pub(super) fn set_attention(&mut self, stamp: &Stamp, attention: Attention) -> Undo {
        if self.phase != Phase::Open {
            return Err(Reject::NotOpen);
        }
        let held = self.holds();
        let was = replace(&mut self.attention, attention);
        if was == attention {
            return Ok(None);
        }
        self.attention_since = stamp.at;
        self.turn(stamp, held);
        Ok(Some(WorkshopOp::SetAttention { attention: was }))
    }

    /// Who begins a workshop that has a run-sheet begins its first step. Before the beginning and after the end nobody is called to
    /// look up, and nothing is shown. The end closes the vote of the room: nobody could close it afterwards, and it stays closed if
    /// the end is taken back.
    pub(super) fn set_phase(&mut self, stamp: &Stamp, phase: Phase) -> Undo {
        let held = self.holds();
        let was = replace(&mut self.phase, phase);
        if phase != Phase::Open {
            self.attention = Attention::Work;
            self.spotlight = None;
        }
        if phase == Phase::Ended {
            dots::end(&mut self.dots, stamp.seq);
        }
        self.turn(stamp, held);
        let first = self.first_step().filter(|_| phase == Phase::Open && self.run.is_none());
        if let Some(run) = first.map(|first| first.begun(stamp.at)) {
            self.run = Some(run);
            return Ok(None);
        }
        Ok(Some(WorkshopOp::SetPhase { phase: was }))
    }

    /// The time stops, or goes on, if it did not before.
    fn turn(&mut self, stamp: &Stamp, held: bool) {
        match (held, self.holds()) {
            (false, true) => {
                let runs = |run: &Run| matches!(run.timer, Timer::Runs { .. });
                let room = self.run.filter(runs).map(|_| Whom::All);
                let apart = self.apart.iter().filter(|(_, run)| runs(run)).map(|(group, _)| Whom::Group(*group));
                self.held = room.into_iter().chain(apart).collect();
                for whom in self.held.clone() {
                    self.turn_timer(stamp, whom, TimerChange::Pause);
                }
            }
            (true, false) => {
                for whom in take(&mut self.held) {
                    self.turn_timer(stamp, whom, TimerChange::GoOn);
                }
            }
            _ => {}
        }
    }

    fn turn_timer(&mut self, stamp: &Stamp, whom: Whom, change: TimerChange) {
        let run = match whom {
            Whom::All => self.run.as_mut(),
            Whom::Group(group) => self.apart.get_mut(&group),
        };
        if let Some(run) = run {
            run.timer = run.timer.changed(stamp.at, change);
        }
    }

    /// A timer that would begin now: while the time stands still it waits with the others.
    pub(super) fn waiting(&mut self, stamp: &Stamp, whom: Whom, timer: Timer) -> Timer {
        if !self.holds() {
            return timer;
        }
        self.hold_too(whom);
        timer.changed(stamp.at, TimerChange::Pause)
    }

    /// What somebody did to a timer while the time stands still.
    pub(super) fn meant(&mut self, whom: Whom, change: TimerChange) {
        match change {
            TimerChange::Pause | TimerChange::GoOn => self.held.retain(|held| *held != whom),
            // A group that gets a time of its own waits on, if the room's did.
            TimerChange::More(_) if self.held.contains(&Whom::All) => self.hold_too(whom),
            TimerChange::More(_) => {}
        }
    }

    fn hold_too(&mut self, whom: Whom) {
        if !self.held.contains(&whom) {
            self.held.push(whom);
        }
    }
}
