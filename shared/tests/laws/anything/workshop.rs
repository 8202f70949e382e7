//! Operations on a workshop that no page would send.

use shared::docs::dots::OwnGroup;
use shared::docs::workshop::{
    AtEnd, Attention, Brought, Door, Kind, Language, Names, Phase, Plan, Screens, Skip, TimerChange, Whom, WorkshopOp,
};
use shared::limits::{GROUPS_MAX, STEPS_MAX};
use shared::{Seq, StepId};

use super::Anything;

impl Anything<'_> {
    pub(super) fn workshop_op(&mut self) -> WorkshopOp {
        match self.0.below(18) {
            16 => WorkshopOp::SetCode { code: self.code() },
            17 => WorkshopOp::SetDoor { door: *self.0.pick(&[Door::Open, Door::Closed]) },
            14.. => self.show_op(),
            8.. => self.step_op(),
            0..3 => WorkshopOp::Create {
                title: self.text(),
                goal: self.text(),
                language: *self.0.pick(&[Language::Ja, Language::En]),
                code: self.code(),
                groups: self.small(),
                seats: self.small(),
            },
            3 => WorkshopOp::SetTitle { title: self.text() },
            4 => WorkshopOp::SetGoal { goal: self.text() },
            5 => WorkshopOp::AddGroup,
            6 => WorkshopOp::NameGroup { group: self.group(), name: self.text() },
            _ => WorkshopOp::SetPhase { phase: *self.0.pick(&[Phase::Lobby, Phase::Open, Phase::Ended]) },
        }
    }

    pub(super) fn step(&mut self) -> StepId {
        let n = self.number();
        // Steps are numbered in blocks, one for each operation.
        StepId { client: self.client(), n: *self.0.pick(&[n, n.wrapping_shl(6), n.wrapping_shl(6) | 1]) }
    }

    fn plan(&mut self) -> Plan {
        let (title, prompt) = (self.text(), self.text());
        Plan {
            kind: *self.0.pick(&Kind::ALL),
            title: if self.0.percent(80) { "深める".into() } else { title },
            minutes: *self.0.pick(&[0, 1, 5, 20, 240, 241, u16::MAX]),
            each_s: *self.0.pick(&[0, 0, 45, 180, 3_600, 3_601]),
            prompt: if self.0.percent(80) { String::new() } else { prompt },
            at_end: *self.0.pick(&[AtEnd::GoOn, AtEnd::Close]),
            names: *self.0.pick(&[Names::Shown, Names::Hidden]),
        }
    }

    fn step_op(&mut self) -> WorkshopOp {
        let (step, other, group) = (self.step(), self.step(), self.group());
        let after = *self.0.pick(&[None, Some(other)]);
        let whom = *self.0.pick(&[Whom::All, Whom::Group(group)]);
        let count = *self.0.pick(&[0, 1, 2, 5, STEPS_MAX, STEPS_MAX + 1, 70]);
        let changes = [TimerChange::Pause, TimerChange::GoOn, TimerChange::More(60), TimerChange::More(u16::MAX)];
        match self.0.below(21) {
            18 => WorkshopOp::NextRoundOf { group, step, round: *self.0.pick(&[0, 1, 2, 3, 4, u16::MAX]) },
            19 => {
                let card = Some(self.text());
                let brought = Brought { as_of: Seq(self.large()), theme: self.text(), card };
                WorkshopOp::Bring { step, group, brought }
            }
            14 => WorkshopOp::TurnRoles { step, given: self.given() },
            15 => {
                let own = *self.0.pick(&[OwnGroup::Counts, OwnGroup::LeftOut]);
                WorkshopOp::OpenDots { options: self.options(), each: self.small(), own }
            }
            16 => WorkshopOp::CloseDots { vote: self.vote() },
            17 => WorkshopOp::CountDots { vote: self.vote(), ballots: self.small(), dots: self.dots() },
            0 => WorkshopOp::SetSteps { plans: (0..count).map(|_| self.plan()).collect() },
            1..4 => WorkshopOp::AddStep { plan: self.plan(), after },
            4 => WorkshopOp::EditStep { step, plan: self.plan() },
            5 => WorkshopOp::RemoveStep { step },
            6 => WorkshopOp::MoveStep { step, after },
            7 => WorkshopOp::SkipStep { step, skip: *self.0.pick(&[Skip::Yes, Skip::No]) },
            8 => WorkshopOp::GoTo { whom, from: after, step },
            9 => WorkshopOp::SetTimer { whom, step, change: *self.0.pick(&changes) },
            12 => WorkshopOp::Announce { text: self.text() },
            13 => {
                let attention =
                    *self.0.pick(&[Attention::Work, Attention::EyesUp, Attention::EyesUp, Attention::Locked]);
                WorkshopOp::SetAttention { attention }
            }
            10 => WorkshopOp::NextRound { step, round: self.small() },
            _ if self.0.percent(50) => WorkshopOp::Rejoin { group },
            _ => WorkshopOp::SetRoomTime { minutes: self.small() },
        }
    }

    fn show_op(&mut self) -> WorkshopOp {
        let (group, card) = (self.group(), self.card());
        let card = *self.0.pick(&[None, Some(card)]);
        let screens = *self.0.pick(&[Screens::Everywhere, Screens::Projector]);
        let count = *self.0.pick(&[0, 1, 2, 3, usize::from(GROUPS_MAX) + 1]);
        match self.0.below(6) {
            0 | 1 => WorkshopOp::Show { group, card, screens },
            2 => WorkshopOp::EndShow,
            3 | 4 => WorkshopOp::SetQueue { groups: (0..count).map(|_| self.group()).collect(), screens },
            _ => WorkshopOp::NextGroup { group },
        }
    }
}
