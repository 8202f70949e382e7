//! The run-sheet: who is where, how time runs, and that two who press at once move the room once.

use shared::docs::workshop::{
    AtEnd, Attention, Kind, Language, Names, Phase, Plan, Skip, Timer, TimerChange, Whom, Workshop, WorkshopOp,
};
use shared::{By, ClientId, Doc, GroupId, Millis, OpId, Outcome, Reject, Stamp, StepId};

const ONE: GroupId = GroupId(1);
const TWO: GroupId = GroupId(2);
const MINUTE: u64 = 60_000;

/// A workshop of three groups, and what time it is there.
pub(crate) struct Room {
    pub(crate) doc: Doc<Workshop>,
    now: u64,
}

fn plan(kind: Kind, minutes: u16) -> Plan {
    let (title, prompt) = (format!("{kind:?}"), String::new());
    Plan { kind, title, minutes, each_s: 0, prompt, at_end: AtEnd::GoOn, names: Names::Shown }
}

impl Room {
    pub(crate) fn new(kinds: &[Kind]) -> Self {
        let mut room = Self { doc: Doc::default(), now: 0 };
        let code = "K7M4XR".parse().unwrap();
        let (title, goal) = ("t".to_owned(), String::new());
        room.by(By::Server, WorkshopOp::Create { title, goal, language: Language::Ja, code, groups: 3, seats: 6 })
            .unwrap();
        room.act(WorkshopOp::SetSteps { plans: kinds.iter().map(|kind| plan(*kind, 10)).collect() });
        room
    }

    fn by(&mut self, by: By, op: WorkshopOp) -> Result<Option<WorkshopOp>, Reject> {
        let seq = self.doc.seq.next();
        let client = if by == By::Server { ClientId::SERVER } else { ClientId::of(99) };
        let id = OpId { client, n: u32::try_from(seq.0).unwrap() };
        match self.doc.apply(&Stamp { seq, at: Millis(self.now), by, id }, &op) {
            Outcome::Applied(undo) => Ok(undo),
            Outcome::Rejected(why) => Err(why),
            Outcome::Duplicate => panic!("{op:?} is no duplicate"),
        }
    }

    pub(crate) fn act(&mut self, op: WorkshopOp) -> Option<WorkshopOp> {
        self.by(By::Lead, op.clone()).unwrap_or_else(|why| panic!("{op:?}: {why:?}"))
    }

    pub(crate) fn served(&mut self, op: WorkshopOp) -> Result<Option<WorkshopOp>, Reject> {
        self.by(By::Server, op)
    }

    pub(crate) fn refused(&mut self, op: WorkshopOp) -> Reject {
        let before = self.doc.model.clone();
        let why = self.by(By::Lead, op).unwrap_err();
        assert_eq!(self.doc.model, before);
        why
    }

    pub(crate) fn begin(&mut self) {
        self.act(WorkshopOp::SetPhase { phase: Phase::Open });
    }

    pub(crate) fn step(&self, index: usize) -> StepId {
        self.doc.model.steps[index].id
    }

    fn at(&self, group: GroupId) -> usize {
        let here = self.doc.model.run_of(group).unwrap().step;
        self.doc.model.steps.iter().position(|step| step.id == here).unwrap()
    }

    fn go(&self, whom: Whom, from: usize, to: usize) -> WorkshopOp {
        WorkshopOp::GoTo { whom, from: Some(self.step(from)), step: self.step(to) }
    }

    fn left(&self, group: GroupId) -> u64 {
        self.doc.model.run_of(group).unwrap().timer.left_ms(Millis(self.now))
    }
}

const FIVE: [Kind; 5] = [Kind::CheckIn, Kind::Theme, Kind::Silence, Kind::Deepen, Kind::CheckOut];

#[test]
fn who_begins_begins_the_first_step_that_takes_place() {
    let mut room = Room::new(&FIVE);
    assert_eq!(room.doc.model.run_of(ONE), None);
    room.act(WorkshopOp::SkipStep { step: room.step(0), skip: Skip::Yes });
    room.now = 5_000;
    room.begin();
    assert_eq!((room.at(ONE), room.left(ONE)), (1, 10 * MINUTE));
    room.act(WorkshopOp::SetPhase { phase: Phase::Lobby });
    room.now = 9_000;
    room.begin();
    assert_eq!(room.left(ONE), 10 * MINUTE, "who goes back to the lobby and on again is where they were");
    let blank = &mut Room::new(&[]);
    blank.begin();
    assert_eq!(blank.doc.model.run, None, "without a run-sheet there is nowhere to be");
}

#[test]
fn two_who_press_next_at_once_move_the_room_once() {
    let mut room = Room::new(&FIVE);
    room.begin();
    let next = room.go(Whom::All, 0, 1);
    room.act(next.clone());
    room.now = 1_000;
    room.act(next.clone());
    assert_eq!((room.at(ONE), room.left(ONE)), (1, 10 * MINUTE - 1_000), "the time did not begin again");
    room.act(room.go(Whom::All, 1, 2));
    assert_eq!(room.refused(next), Reject::StepMoved, "who comes late does not bring everybody back");
    room.act(room.go(Whom::All, 2, 1));
    assert_eq!(room.at(TWO), 1, "back is a way too");
    room.now = 2_000;
    room.act(room.go(Whom::All, 1, 1));
    assert_eq!(room.left(ONE), 10 * MINUTE, "a step is done again when that is meant");
}

#[test]
fn a_group_goes_ahead_is_met_and_is_with_the_room_again() {
    let mut room = Room::new(&FIVE);
    room.begin();
    room.act(room.go(Whom::Group(TWO), 0, 1));
    assert_eq!((room.at(ONE), room.at(TWO)), (0, 1));
    room.act(room.go(Whom::All, 0, 1));
    assert!(room.doc.model.apart.is_empty(), "met");
    room.act(room.go(Whom::Group(TWO), 1, 3));
    room.act(room.go(Whom::All, 1, 2));
    assert_eq!((room.at(ONE), room.at(TWO)), (2, 3), "not met yet");
    room.act(room.go(Whom::Group(TWO), 3, 2));
    assert!(room.doc.model.apart.is_empty(), "it went back to the others");
}

#[test]
fn a_group_with_more_time_stays_behind_until_it_is_called() {
    let mut room = Room::new(&FIVE);
    room.begin();
    room.act(WorkshopOp::SetTimer { whom: Whom::Group(TWO), step: room.step(0), change: TimerChange::More(120) });
    assert_eq!((room.left(ONE), room.left(TWO)), (10 * MINUTE, 12 * MINUTE));
    room.act(room.go(Whom::All, 0, 1));
    assert_eq!((room.at(ONE), room.at(TWO)), (1, 0));
    room.act(WorkshopOp::Rejoin { group: TWO });
    assert_eq!(room.at(TWO), 1);
    assert_eq!(room.left(TWO), room.left(ONE));
}

#[test]
fn time_stands_still_goes_on_and_is_given() {
    let mut room = Room::new(&FIVE);
    room.begin();
    let change = |room: &mut Room, change| {
        let step = room.step(0);
        room.act(WorkshopOp::SetTimer { whom: Whom::All, step, change });
    };
    room.now = 4 * MINUTE;
    change(&mut room, TimerChange::Pause);
    room.now = 30 * MINUTE;
    assert_eq!(room.left(ONE), 6 * MINUTE);
    change(&mut room, TimerChange::Pause);
    change(&mut room, TimerChange::More(60));
    assert_eq!(room.left(ONE), 7 * MINUTE);
    change(&mut room, TimerChange::GoOn);
    change(&mut room, TimerChange::GoOn);
    room.now = 40 * MINUTE;
    let timer = room.doc.model.run.unwrap().timer;
    assert_eq!((room.left(ONE), timer.over_ms(Millis(room.now))), (0, 3 * MINUTE));
    change(&mut room, TimerChange::More(60));
    assert_eq!(room.left(ONE), MINUTE, "what is given after the end counts from now");
    let late = WorkshopOp::SetTimer { whom: Whom::All, step: room.step(1), change: TimerChange::More(60) };
    assert_eq!(room.refused(late), Reject::StepMoved, "time of a step that one was not looking at");
    assert_eq!(Timer::Paused { left_ms: 0 }.over_ms(Millis(9)), 0);
}

#[test]
fn writing_ends_with_the_time_only_where_that_was_chosen() {
    let mut room = Room::new(&FIVE);
    room.begin();
    let mut closes = plan(Kind::CheckIn, 10);
    closes.at_end = AtEnd::Close;
    room.now = 11 * MINUTE;
    assert!(room.doc.model.takes_input(ONE, Millis(room.now)));
    room.act(WorkshopOp::EditStep { step: room.step(0), plan: closes });
    assert!(!room.doc.model.takes_input(ONE, Millis(room.now)));
    assert!(room.doc.model.takes_input(ONE, Millis(9 * MINUTE)));
    room.act(WorkshopOp::SetTimer { whom: Whom::Group(TWO), step: room.step(0), change: TimerChange::More(60) });
    assert!(room.doc.model.takes_input(TWO, Millis(room.now)) && !room.doc.model.takes_input(ONE, Millis(room.now)));
}

#[test]
fn a_silence_that_ends_is_remembered_for_each_group_however_it_ends() {
    let mut room = Room::new(&FIVE);
    room.begin();
    room.act(room.go(Whom::All, 0, 2));
    assert!([ONE, TWO].iter().all(|group| room.doc.model.is_silent(*group)) && room.doc.model.spoken.is_empty());
    room.act(room.go(Whom::Group(TWO), 2, 3));
    assert_eq!(
        room.doc.model.spoken.iter().map(|(group, seq)| (*group, *seq)).collect::<Vec<_>>(),
        [(TWO, room.doc.seq)]
    );
    let ended = room.doc.seq;
    room.act(WorkshopOp::SetPhase { phase: Phase::Ended });
    assert_eq!(room.doc.model.spoken.get(&TWO), Some(&ended));
    assert_eq!(room.doc.model.spoken.get(&ONE), Some(&room.doc.seq), "nobody is silent after the end");
}

#[test]
fn what_was_said_about_names_is_kept() {
    let mut room = Room::new(&FIVE);
    let anonymous = Plan { names: Names::Hidden, ..plan(Kind::Silence, 10) };
    let (hide, show) = (
        WorkshopOp::EditStep { step: room.step(2), plan: anonymous },
        WorkshopOp::EditStep { step: room.step(2), plan: plan(Kind::Silence, 10) },
    );
    room.act(hide.clone());
    room.act(show.clone());
    room.act(hide);
    room.begin();
    room.act(room.go(Whom::Group(TWO), 0, 2));
    assert_eq!(room.refused(show), Reject::IsAnonymous);
}

#[test]
fn the_run_sheet_is_edited_and_each_edit_undone() {
    let mut room = Room::new(&FIVE);
    let kinds = |room: &Room| room.doc.model.steps.iter().map(|step| step.plan.kind).collect::<Vec<_>>();
    let edits = [
        WorkshopOp::AddStep { plan: plan(Kind::Star, 5), after: Some(room.step(3)) },
        WorkshopOp::AddStep { plan: plan(Kind::Free, 5), after: None },
        WorkshopOp::MoveStep { step: room.step(4), after: Some(room.step(1)) },
        WorkshopOp::MoveStep { step: room.step(0), after: Some(room.step(4)) },
        WorkshopOp::MoveStep { step: room.step(2), after: None },
        WorkshopOp::EditStep { step: room.step(1), plan: plan(Kind::Gallery, 7) },
        WorkshopOp::SkipStep { step: room.step(1), skip: Skip::Yes },
    ];
    for edit in edits {
        let before = room.doc.model.steps.clone();
        let undo = room.act(edit.clone()).unwrap();
        assert_ne!(room.doc.model.steps, before, "{edit:?}");
        room.act(undo);
        assert_eq!(room.doc.model.steps, before, "{edit:?}");
    }
    assert_eq!(room.act(WorkshopOp::MoveStep { step: room.step(1), after: Some(room.step(0)) }), None);
    room.act(WorkshopOp::RemoveStep { step: room.step(1) });
    assert_eq!(kinds(&room), [Kind::CheckIn, Kind::Silence, Kind::Deepen, Kind::CheckOut]);
    room.begin();
    assert_eq!(room.refused(WorkshopOp::RemoveStep { step: room.step(0) }), Reject::StepInUse);
    room.act(WorkshopOp::SetSteps { plans: vec![plan(Kind::Star, 5)] });
    assert_eq!(kinds(&room), [Kind::CheckIn, Kind::Star], "where the room is stays");
    assert_eq!(room.at(ONE), 0);
}

#[test]
fn next_and_back_pass_over_what_is_skipped() {
    let mut room = Room::new(&FIVE);
    room.act(WorkshopOp::SkipStep { step: room.step(2), skip: Skip::Yes });
    let (model, first) = (&room.doc.model, room.step(0));
    assert_eq!(model.next_after(room.step(1)).map(|step| step.id), Some(room.step(3)));
    assert_eq!(model.last_before(room.step(3)).map(|step| step.id), Some(room.step(1)));
    assert_eq!((model.last_before(first), model.next_after(room.step(4))), (None, None));
}

#[test]
fn in_a_gallery_walk_everybody_sees_others_in_turn_and_nobody_their_own() {
    let mut room = Room::new(&[Kind::Gallery]);
    assert_eq!(room.doc.model.visited_by(ONE), None, "before the beginning");
    room.begin();
    let step = room.step(0);
    let visits = |room: &Room| [1, 2, 3].map(|group| room.doc.model.visited_by(GroupId(group)).unwrap().0);
    assert_eq!(visits(&room), [2, 3, 1]);
    room.act(WorkshopOp::NextRound { step, round: 1 });
    room.act(WorkshopOp::NextRound { step, round: 1 });
    assert_eq!(visits(&room), [3, 1, 2]);
    assert_eq!(room.refused(WorkshopOp::NextRound { step, round: 3 }), Reject::StepMoved);
    room.act(WorkshopOp::NextRound { step, round: 2 });
    assert_eq!(visits(&room), [2, 3, 1], "and from the beginning");
}

#[test]
fn while_everybody_looks_up_the_time_stands_still() {
    let mut room = Room::new(&FIVE);
    room.begin();
    room.act(WorkshopOp::SetTimer { whom: Whom::Group(TWO), step: room.step(0), change: TimerChange::Pause });
    room.now = 2 * MINUTE;
    let turn = |room: &mut Room, attention| room.act(WorkshopOp::SetAttention { attention });
    turn(&mut room, Attention::EyesUp);
    assert_eq!(turn(&mut room, Attention::EyesUp), None, "twice is once");
    room.now = 7 * MINUTE;
    assert_eq!((room.left(ONE), room.left(TWO)), (8 * MINUTE, 10 * MINUTE));
    assert!(room.doc.model.takes_input(ONE, Millis(room.now)), "what was on its way is not refused");
    turn(&mut room, Attention::Work);
    room.now = 8 * MINUTE;
    assert_eq!((room.left(ONE), room.left(TWO)), (7 * MINUTE, 10 * MINUTE), "what stood still before stands still");
    assert!(room.doc.model.takes_input(ONE, Millis(room.now)) && room.doc.model.held.is_empty());
    turn(&mut room, Attention::Locked);
    room.now = 9 * MINUTE;
    assert_eq!(room.left(ONE), 6 * MINUTE, "locked is not still");
    assert!(!room.doc.model.takes_input(ONE, Millis(room.now)));
}

#[test]
fn a_word_to_everybody_stands_until_it_is_taken_back() {
    let mut room = Room::new(&[]);
    room.now = 7;
    room.act(WorkshopOp::Announce { text: "休けいは10分です".into() });
    let said = room.doc.model.announcement.clone().unwrap();
    assert_eq!((said.text.as_str(), said.at), ("休けいは10分です", Millis(7)));
    assert_eq!(room.refused(WorkshopOp::Announce { text: "あ".repeat(121) }), Reject::TextFull);
    assert_eq!(room.refused(WorkshopOp::Announce { text: "a\nb".into() }), Reject::BadText);
    room.act(WorkshopOp::Announce { text: " ".into() });
    assert_eq!(room.doc.model.announcement, None);
}

#[test]
fn what_the_lead_does_while_everybody_looks_up_stays_done() {
    let mut room = Room::new(&FIVE);
    room.begin();
    let turn = |room: &mut Room, attention| room.act(WorkshopOp::SetAttention { attention });
    turn(&mut room, Attention::EyesUp);
    // "Look here, next we…": the time of the next step does not run yet.
    room.act(room.go(Whom::All, 0, 1));
    room.act(WorkshopOp::SetTimer { whom: Whom::Group(TWO), step: room.step(1), change: TimerChange::More(120) });
    room.now = 5 * MINUTE;
    assert_eq!((room.left(ONE), room.left(TWO)), (10 * MINUTE, 12 * MINUTE));
    turn(&mut room, Attention::Work);
    room.now = 6 * MINUTE;
    assert_eq!((room.left(ONE), room.left(TWO)), (9 * MINUTE, 11 * MINUTE), "both go on");
    turn(&mut room, Attention::EyesUp);
    room.act(WorkshopOp::SetTimer { whom: Whom::All, step: room.step(1), change: TimerChange::Pause });
    turn(&mut room, Attention::Work);
    room.now = 8 * MINUTE;
    assert_eq!((room.left(ONE), room.left(TWO)), (9 * MINUTE, 9 * MINUTE), "the room was stopped for good");
}

#[test]
fn who_ends_by_mistake_and_opens_again_has_lost_no_time() {
    let mut room = Room::new(&FIVE);
    room.begin();
    room.act(WorkshopOp::SetAttention { attention: Attention::EyesUp });
    room.now = 3 * MINUTE;
    room.act(WorkshopOp::SetPhase { phase: Phase::Ended });
    assert_eq!(room.doc.model.attention, Attention::Work, "nobody is called to look up after the end");
    assert_eq!(room.refused(WorkshopOp::SetAttention { attention: Attention::EyesUp }), Reject::NotOpen);
    room.now = 20 * MINUTE;
    room.begin();
    room.now = 21 * MINUTE;
    assert_eq!(room.left(ONE), 9 * MINUTE);
}

#[test]
fn a_group_with_more_time_is_met_by_the_next_round() {
    let mut room = Room::new(&[Kind::Gallery]);
    room.begin();
    let step = room.step(0);
    room.act(WorkshopOp::SetTimer { whom: Whom::Group(TWO), step, change: TimerChange::More(60) });
    room.act(WorkshopOp::NextRound { step, round: 1 });
    assert!(room.doc.model.apart.is_empty());
    assert_eq!(room.doc.model.visited_by(TWO), Some(ONE));
}

#[test]
fn that_names_are_not_kept_is_known_once_it_was_said() {
    let mut room = Room::new(&FIVE);
    let anonymous = Plan { names: Names::Hidden, ..plan(Kind::Silence, 10) };
    room.act(WorkshopOp::EditStep { step: room.step(2), plan: anonymous });
    room.begin();
    assert_eq!(room.doc.model.promised, Names::Shown, "planned is not said");
    room.act(room.go(Whom::Group(TWO), 0, 2));
    room.act(room.go(Whom::Group(TWO), 2, 3));
    room.act(WorkshopOp::RemoveStep { step: room.step(2) });
    assert_eq!(room.doc.model.promised, Names::Hidden);
}
