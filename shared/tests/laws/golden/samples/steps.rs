//! The run-sheet, and all that can happen to a workshop.

use shared::docs::board::{Given, Pass};
use shared::docs::dots::{DotCount, DotOption, OwnGroup, Voters};
use shared::docs::workshop::{
    AtEnd, Attention, Brought, Door, Kind, Language, Names, Phase, Plan, Screens, Skip, Timer, TimerChange, Whom,
    WorkshopOp,
};
use shared::{GroupId, Millis, Seq, StepId, VoteId};

use super::{MINE, Sample, card, code, op_id, sample};

pub(super) fn step(n: u32) -> StepId {
    StepId { client: MINE, n }
}

pub(super) fn plan(kind: Kind) -> Plan {
    let (title, prompt) = ("ひとりで書く".into(), "話さずに、ひとりで書きます。".into());
    Plan { kind, title, minutes: 5, each_s: 45, prompt, at_end: AtEnd::Close, names: Names::Hidden }
}

pub(super) fn steps(all: &mut Vec<Sample>) {
    samples!(all: Kind {
        Free: Kind::Free,
        CheckIn: Kind::CheckIn,
        Theme: Kind::Theme,
        Silence: Kind::Silence,
        Deepen: Kind::Deepen,
        ReadBack: Kind::ReadBack,
        Star: Kind::Star,
        Gallery: Kind::Gallery,
        CheckOut: Kind::CheckOut,
        Turns: Kind::Turns,
        OneTwoFour: Kind::OneTwoFour,
        Dots: Kind::Dots,
    });
    samples!(all: Attention { Work: Attention::Work, EyesUp: Attention::EyesUp, Locked: Attention::Locked });
    samples!(all: Voters { Group: Voters::Group, Room: Voters::Room });
    samples!(all: OwnGroup { Counts: OwnGroup::Counts, LeftOut: OwnGroup::LeftOut });
    samples!(all: DotCount {
        Open: DotCount::Open,
        Counting: DotCount::Counting { closed_by: Seq(300) },
        Counted: DotCount::Counted { ballots: 5, dots: vec![4, 0, 300] },
    });
    samples!(all: Pass { Done: Pass::Done, Later: Pass::Later });
    samples!(all: AtEnd { GoOn: AtEnd::GoOn, Close: AtEnd::Close });
    samples!(all: Names { Shown: Names::Shown, Hidden: Names::Hidden });
    samples!(all: Skip { No: Skip::No, Yes: Skip::Yes });
    samples!(all: Screens { Everywhere: Screens::Everywhere, Projector: Screens::Projector });
    samples!(all: Whom { All: Whom::All, Group: Whom::Group(GroupId(7)) });
    samples!(all: Timer {
        Runs: Timer::Runs { until: Millis(1_790_000_000_000) },
        Paused: Timer::Paused { left_ms: 90_000 },
    });
    samples!(all: Door { Open: Door::Open, Closed: Door::Closed });
    samples!(all: TimerChange { Pause: TimerChange::Pause, GoOn: TimerChange::GoOn, More: TimerChange::More(60) });
}

pub(super) fn workshop_ops(all: &mut Vec<Sample>) {
    let brought =
        Brought { as_of: Seq(300), theme: "自治会の高齢化".into(), card: Some("役員が足りない".into()) };
    samples!(all: WorkshopOp {
        Create: WorkshopOp::Create {
            title: "協働の講座".into(),
            goal: "根本の原因まで".into(),
            language: Language::En,
            code: code(),
            groups: 7,
            seats: 6,
        },
        SetTitle: WorkshopOp::SetTitle { title: "題".into() },
        SetGoal: WorkshopOp::SetGoal { goal: String::new() },
        AddGroup: WorkshopOp::AddGroup,
        NameGroup: WorkshopOp::NameGroup { group: GroupId(7), name: "七班".into() },
        SetPhase: WorkshopOp::SetPhase { phase: Phase::Ended },
        SetSteps: WorkshopOp::SetSteps { plans: vec![plan(Kind::Silence), plan(Kind::Deepen)] },
        AddStep: WorkshopOp::AddStep { plan: plan(Kind::Star), after: Some(step(65)) },
        EditStep: WorkshopOp::EditStep { step: step(65), plan: plan(Kind::CheckIn) },
        RemoveStep: WorkshopOp::RemoveStep { step: step(65) },
        MoveStep: WorkshopOp::MoveStep { step: step(65), after: None },
        SkipStep: WorkshopOp::SkipStep { step: step(65), skip: Skip::Yes },
        GoTo: WorkshopOp::GoTo { whom: Whom::Group(GroupId(7)), from: Some(step(64)), step: step(65) },
        SetTimer: WorkshopOp::SetTimer { whom: Whom::All, step: step(65), change: TimerChange::More(60) },
        Rejoin: WorkshopOp::Rejoin { group: GroupId(7) },
        NextRound: WorkshopOp::NextRound { step: step(65), round: 1 },
        SetRoomTime: WorkshopOp::SetRoomTime { minutes: 90 },
        Announce: WorkshopOp::Announce { text: "休けいは10分です".into() },
        TurnRoles: WorkshopOp::TurnRoles { step: step(65), given: Given::Yes },
        OpenDots: WorkshopOp::OpenDots {
            options: vec![DotOption { group: Some(GroupId(7)), card: card(1), words: "役員が足りない".into() }],
            each: 7,
            own: OwnGroup::LeftOut,
        },
        CloseDots: WorkshopOp::CloseDots { vote: VoteId::from(op_id(300)) },
        CountDots: WorkshopOp::CountDots { vote: VoteId::from(op_id(300)), ballots: 34, dots: vec![4, 0, 300] },
        SetAttention: WorkshopOp::SetAttention { attention: Attention::EyesUp },
        NextRoundOf: WorkshopOp::NextRoundOf { group: GroupId(7), step: step(65), round: 3 },
        Bring: WorkshopOp::Bring { step: step(65), group: GroupId(7), brought },
        Show: WorkshopOp::Show { group: GroupId(7), card: Some(card(3)), screens: Screens::Everywhere },
        EndShow: WorkshopOp::EndShow,
        SetQueue: WorkshopOp::SetQueue { groups: vec![GroupId(3), GroupId(1)], screens: Screens::Projector },
        NextGroup: WorkshopOp::NextGroup { group: GroupId(3) },
        SetCode: WorkshopOp::SetCode { code: code() },
        SetDoor: WorkshopOp::SetDoor { door: Door::Closed },
    });
}
