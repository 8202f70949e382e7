//! What can happen to a workshop. Variants are only ever appended (wire and store).

use serde::{Deserialize, Serialize};

use crate::docs::board::Given;
use crate::docs::dots::{DotOption, OwnGroup};

use super::{Attention, Brought, Door, Language, Phase, Plan, Screens, Skip, TimerChange, Whom};
use crate::ids::{CardId, GroupId, JoinCode, StepId, VoteId};

/// An operation on a workshop.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum WorkshopOp {
    /// The first entry of every log.
    Create {
        /// Its title.
        title: String,
        /// Its goal, may be empty.
        goal: String,
        /// Its language.
        language: Language,
        /// Its code.
        code: JoinCode,
        /// How many groups.
        groups: u16,
        /// Seats of each.
        seats: u16,
    },
    /// Another title.
    SetTitle {
        /// The title.
        title: String,
    },
    /// Another goal.
    SetGoal {
        /// The goal.
        goal: String,
    },
    /// One group more, with the next number.
    AddGroup,
    /// A group takes a name.
    NameGroup {
        /// Which.
        group: GroupId,
        /// Its name; empty for none.
        name: String,
    },
    /// The lead begins, ends, or goes back.
    SetPhase {
        /// To what.
        phase: Phase,
    },
    /// Another run-sheet, whole. What the room is in stays, before the new steps.
    SetSteps {
        /// Its steps, in order.
        plans: Vec<Plan>,
    },
    /// A step more.
    AddStep {
        /// What it is.
        plan: Plan,
        /// Behind which one; at the beginning, if none.
        after: Option<StepId>,
    },
    /// A step is to be something else. Time that runs goes on as it was.
    EditStep {
        /// Which.
        step: StepId,
        /// What it is from now on.
        plan: Plan,
    },
    /// A step less; not one that somebody is in.
    RemoveStep {
        /// Which.
        step: StepId,
    },
    /// A step comes elsewhere.
    MoveStep {
        /// Which.
        step: StepId,
        /// Behind which one; at the beginning, if none.
        after: Option<StepId>,
    },
    /// A step is passed over, or not.
    SkipStep {
        /// Which.
        step: StepId,
        /// Whether.
        skip: Skip,
    },
    /// On to a step, or back to it: its time begins. From another step than the one that is named it is refused: somebody else
    /// was faster.
    GoTo {
        /// Who goes.
        whom: Whom,
        /// From where; from nowhere, if none.
        from: Option<StepId>,
        /// To where.
        step: StepId,
    },
    /// A timer stands still, goes on, or gets more time. For one group alone: it keeps its own time from now on.
    SetTimer {
        /// Whose.
        whom: Whom,
        /// In which step: the time of another one is not meant.
        step: StepId,
        /// What.
        change: TimerChange,
    },
    /// A group that went its own way is with the room again.
    Rejoin {
        /// Which.
        group: GroupId,
    },
    /// The next round of a step, for everybody: its time begins.
    NextRound {
        /// Of which step.
        step: StepId,
        /// Which one, from 0. One that is not the next is refused: somebody else was faster.
        round: u16,
    },
    /// How long the room is ours.
    SetRoomTime {
        /// In minutes; 0 when nobody has said so.
        minutes: u16,
    },
    /// A word to everybody; an empty one takes the last one back.
    Announce {
        /// What is said.
        text: String,
    },
    /// Everybody works, or looks up, or may not write.
    SetAttention {
        /// What from now on.
        attention: Attention,
    },
    /// Roles go round in every group with a step, or do not any more.
    TurnRoles {
        /// With which step.
        step: StepId,
        /// Which of both.
        given: Given,
    },
    /// The next round of a step, for one group alone.
    NextRoundOf {
        /// Which group.
        group: GroupId,
        /// Of which step.
        step: StepId,
        /// Which one, from 0. One that is not the next is refused: somebody else was faster.
        round: u16,
    },
    /// What a group brings before everybody. The server's alone: it follows from the group's board while the room hears all of them.
    Bring {
        /// In which step.
        step: StepId,
        /// Who.
        group: GroupId,
        /// What. One that was read from the board before what is known is passed over.
        brought: Brought,
    },
    /// A secret vote with dots over causes of all groups begins. It takes the place of the one before.
    OpenDots {
        /// The causes, as they read now.
        options: Vec<DotOption>,
        /// How many dots everybody has.
        each: u16,
        /// Whether one's own group can be chosen.
        own: OwnGroup,
    },
    /// Nobody may put dots any more.
    CloseDots {
        /// In which vote.
        vote: VoteId,
    },
    /// The result of a vote with dots. The server's alone: it follows from the ballots.
    CountDots {
        /// Of which.
        vote: VoteId,
        /// How many voted.
        ballots: u16,
        /// Dots on each option, in the order of the options.
        dots: Vec<u16>,
    },
    /// "Look here": a group's board is shown, or one card of it, in place of what was shown before.
    Show {
        /// Whose board.
        group: GroupId,
        /// Which card; the whole board, if none.
        card: Option<CardId>,
        /// Where.
        screens: Screens,
    },
    /// Nothing is shown any more.
    EndShow,
    /// Who presents, and in which order; nobody, for none.
    SetQueue {
        /// The groups, the next one first.
        groups: Vec<GroupId>,
        /// Where they will be shown.
        screens: Screens,
    },
    /// The next group presents: its board is shown. Another one than the next is refused: somebody else was faster.
    NextGroup {
        /// Which.
        group: GroupId,
    },
    /// Another code. The server's alone: it follows from the directory.
    SetCode {
        /// The code.
        code: JoinCode,
    },
    /// The door is opened to newcomers, or closed. Who is in already comes and goes as before.
    SetDoor {
        /// Which of both.
        door: Door,
    },
}

impl WorkshopOp {
    /// Whether only the server may do this.
    pub const fn is_servers(&self) -> bool {
        matches!(self, Self::Create { .. } | Self::Bring { .. } | Self::CountDots { .. } | Self::SetCode { .. })
    }

    /// Whether a helper may do this too: the time, and a group alone.
    pub const fn is_helpers(&self) -> bool {
        matches!(
            self,
            Self::SetTimer { .. }
                | Self::Rejoin { .. }
                | Self::GoTo { whom: Whom::Group(_), .. }
                | Self::NextRoundOf { .. }
        )
    }
}
