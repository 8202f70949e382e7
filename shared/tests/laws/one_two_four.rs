//! 1-2-4-all: four rounds with their times, silence until the table, pairs with a draft each, one card for everybody, and nothing
//! before everybody that the room is not there for.

use shared::docs::board::{Board, BoardOp, Kept, Member, Place, Seated};
use shared::docs::workshop::{Brought, Circle, Kind, Plan, Run, Timer, TimerChange, Whom, WorkshopOp};
use shared::limits::{CARD_CHARS_MAX, STEPS_MAX};
use shared::text::{Splice, TextEdit};
use shared::{By, CardId, ClientId, Doc, GroupId, Millis, OpId, Outcome, PairId, PersonId, Reject, Seq, Stamp, StepId};

use super::steps::Room;

const ONE: GroupId = GroupId(1);
const TWO: GroupId = GroupId(2);
const STEP: StepId = StepId { client: ClientId::GENESIS, n: 64 };
const FIRST: PairId = PairId(0);

fn round(room: &Room, step: StepId, round: u16) -> WorkshopOp {
    assert!(room.doc.model.step(step).is_some());
    WorkshopOp::NextRound { step, round }
}

fn circles(room: &Room) -> [Option<Circle>; 2] {
    [ONE, TWO].map(|group| room.doc.model.circle_of(group).map(|(_, circle)| circle))
}

fn left_ms(room: &Room) -> u64 {
    match room.doc.model.run.unwrap().timer {
        Timer::Runs { until } => until.0,
        Timer::Paused { left_ms } => left_ms,
    }
}

#[test]
fn four_rounds_share_the_time_and_there_is_no_fifth() {
    let mut room = Room::new(&[Kind::OneTwoFour, Kind::Deepen]);
    assert_eq!(circles(&room), [None, None]);
    room.begin();
    let step = room.doc.model.steps[0].id;
    let plan = Plan { minutes: 12, ..room.doc.model.steps[0].plan.clone() };
    room.act(WorkshopOp::EditStep { step, plan: plan.clone() });
    room.act(WorkshopOp::GoTo { whom: Whom::All, from: Some(step), step });
    let mut minutes = Vec::new();
    for (n, circle) in (0..).zip(Circle::EVERY) {
        room.act(round(&room, step, n));
        assert_eq!(circles(&room), [Some(circle); 2]);
        assert_eq!(room.doc.model.is_silent(ONE), circle < Circle::Table);
        assert_eq!(room.doc.model.plenary(), (circle == Circle::All).then_some(step));
        minutes.push(left_ms(&room) / 60_000);
    }
    assert_eq!(minutes, [1, 2, 4, 5]);
    assert_eq!(room.refused(round(&room, step, 4)), Reject::OutOfRange);
    room.act(WorkshopOp::EditStep { step, plan: Plan { each_s: 90, ..plan } });
    room.act(WorkshopOp::GoTo { whom: Whom::All, from: Some(step), step });
    assert_eq!((circles(&room)[0], left_ms(&room)), (Some(Circle::Alone), 90_000), "a time for each round");
}

#[test]
fn what_was_written_alone_comes_out_at_the_table() {
    let mut room = Room::new(&[Kind::OneTwoFour]);
    room.begin();
    let step = room.doc.model.steps[0].id;
    room.act(round(&room, step, 1));
    assert_eq!(room.doc.model.spoken.get(&ONE), None, "in twos it is read out");
    room.act(round(&room, step, 2));
    assert_eq!(room.doc.model.spoken.get(&ONE), Some(&room.doc.seq));
    let spoken = room.doc.seq;
    room.act(round(&room, step, 3));
    assert_eq!(room.doc.model.spoken.get(&ONE), Some(&spoken), "once");
}

#[test]
fn a_group_goes_through_the_rounds_alone_and_is_met() {
    let mut room = Room::new(&[Kind::OneTwoFour]);
    room.begin();
    let step = room.doc.model.steps[0].id;
    let alone = |round| WorkshopOp::NextRoundOf { group: TWO, step, round };
    room.act(alone(1));
    room.act(alone(1));
    room.act(alone(2));
    assert_eq!(circles(&room), [Some(Circle::Alone), Some(Circle::Table)]);
    assert_eq!(room.refused(alone(1)), Reject::StepMoved);
    assert_eq!(
        room.refused(WorkshopOp::NextRoundOf { group: GroupId(9), step, round: 1 }),
        Reject::NoGroup(GroupId(9))
    );
    room.act(alone(3));
    assert_eq!(room.refused(alone(4)), Reject::OutOfRange);
    assert_eq!(room.doc.model.plenary(), None, "one group is not everybody");
    for n in 1..3 {
        room.act(round(&room, step, n));
        assert_eq!(circles(&room)[1], Some(Circle::All), "who is further is not thrown back");
    }
    room.act(round(&room, step, 3));
    assert!(room.doc.model.apart.is_empty(), "met");
    room.act(WorkshopOp::GoTo { whom: Whom::All, from: Some(step), step });
    room.act(round(&room, step, 1));
    room.act(WorkshopOp::SetTimer { whom: Whom::Group(TWO), step, change: TimerChange::More(60) });
    room.act(round(&room, step, 2));
    room.act(WorkshopOp::SetTimer { whom: Whom::Group(ONE), step, change: TimerChange::More(60) });
    assert_eq!((circles(&room), room.doc.model.apart.len()), ([Some(Circle::Table); 2], 1));
}

#[test]
fn who_is_behind_catches_up_with_the_room() {
    let mut room = Room::new(&[Kind::OneTwoFour, Kind::Deepen]);
    room.begin();
    let [step, other] = [0, 1].map(|at| room.doc.model.steps[at].id);
    room.act(WorkshopOp::GoTo { whom: Whom::Group(TWO), from: Some(step), step: other });
    room.act(round(&room, step, 1));
    room.doc.model.apart.insert(TWO, Run { round: 0, ..room.doc.model.run.unwrap() });
    room.act(WorkshopOp::NextRoundOf { group: TWO, step, round: 1 });
    assert!(room.doc.model.apart.is_empty());
}

#[test]
fn what_is_brought_is_the_latest_and_goes_with_its_step() {
    let mut room = Room::new(&[Kind::OneTwoFour, Kind::Deepen]);
    let [step, other] = [0, 1].map(|at| room.doc.model.steps[at].id);
    let said = |as_of, card: &str| Brought { as_of: Seq(as_of), theme: "高齢化".into(), card: Some(card.into()) };
    let bring = |step, group, brought| WorkshopOp::Bring { step, group, brought };
    assert_eq!(room.refused(bring(step, ONE, said(1, "x"))), Reject::Forbidden, "it is the server's");
    let here = |room: &Room| room.doc.model.brought.get(&step).and_then(|all| all.get(&ONE)).cloned();
    room.served(bring(step, ONE, said(7, "役員が足りない"))).unwrap();
    for old in [said(7, "x"), said(3, "x")] {
        room.served(bring(step, ONE, old)).unwrap();
    }
    assert_eq!(here(&room), Some(said(7, "役員が足りない")));
    room.served(bring(step, ONE, Brought { card: None, ..said(8, "") })).unwrap();
    assert_eq!(here(&room).unwrap().card, None, "they choose anew");
    let long = "あ".repeat(CARD_CHARS_MAX + 1);
    assert_eq!(room.served(bring(step, ONE, said(9, &long))), Err(Reject::TextFull));
    assert_eq!(room.served(bring(STEP, ONE, said(9, "x"))), Err(Reject::NoStep));
    assert_eq!(room.served(bring(step, GroupId(9), said(9, "x"))), Err(Reject::NoGroup(GroupId(9))));
    room.served(bring(other, TWO, said(1, "x"))).unwrap();
    room.act(WorkshopOp::RemoveStep { step: other });
    assert_eq!(room.doc.model.brought.len(), 1);
    room.act(WorkshopOp::SetSteps { plans: Vec::new() });
    assert_eq!(room.doc.model.brought.len(), 0);
}

/// A board with people, each with a tab of their own.
struct Table(Doc<Board>);

impl Table {
    fn of(people: &[u32]) -> Self {
        let mut table = Self(Doc::default());
        people.iter().for_each(|person| table.seat(*person, Seated::Here));
        table
    }

    fn by(&mut self, by: By, op: BoardOp) -> Result<Option<BoardOp>, Reject> {
        let seq = self.0.seq.next();
        let client = match by {
            By::Person(person) => ClientId::of(100 + u64::from(person.0)),
            By::Lead => ClientId::of(99),
            _ => ClientId::SERVER,
        };
        let id = OpId { client, n: u32::try_from(seq.0).unwrap() };
        match self.0.apply(&Stamp { seq, at: Millis(seq.0), by, id }, &op) {
            Outcome::Applied(undo) => Ok(undo),
            Outcome::Rejected(why) => Err(why),
            Outcome::Duplicate => panic!("{op:?}"),
        }
    }

    fn person(&mut self, person: u32, op: BoardOp) -> Result<Option<BoardOp>, Reject> {
        self.by(By::Person(PersonId(person)), op)
    }

    fn seat(&mut self, person: u32, seated: Seated) {
        let member = Member { name: format!("{person}"), seated };
        self.by(By::Server, BoardOp::SetMember { person: PersonId(person), member }).unwrap();
    }

    fn pairs(&mut self) -> Vec<Vec<u32>> {
        self.by(By::Server, BoardOp::FormPairs { step: STEP }).unwrap();
        assert!(!self.0.model.lacks_a_pair(STEP));
        let board = &self.0.model;
        board.pairs(STEP).map(|(_, pair)| board.sit_in(pair).map(|person| person.0).collect()).collect()
    }

    fn writes(&mut self, person: u32, at: u32, insert: &str) -> Result<(), Reject> {
        let draft = self.0.model.pair(STEP, FIRST).unwrap().draft.clone();
        let start = u32::try_from(self.0.seq.0).unwrap() * 1_000;
        for edit in draft.splice(&Splice { at, delete: 0, insert: insert.into() }, start) {
            self.person(person, BoardOp::EditPair { step: STEP, pair: FIRST, edit })?;
        }
        Ok(())
    }

    fn draft(&self) -> String {
        self.0.model.pair(STEP, FIRST).unwrap().draft.read()
    }
}

fn add(text: &str) -> BoardOp {
    BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: text.into(), start: 20_000 }
}

const TAKE: BoardOp = BoardOp::TakePair { step: STEP, pair: FIRST, start: 9_000 };

#[test]
fn pairs_stay_whoever_comes_and_goes() {
    let mut table = Table::of(&[1, 2, 3, 4, 5]);
    assert_eq!(table.person(1, BoardOp::FormPairs { step: STEP }), Err(Reject::Forbidden));
    assert!(table.0.model.lacks_a_pair(STEP));
    assert_eq!(table.pairs(), [vec![1, 2], vec![3, 4, 5]]);
    table.seat(1, Seated::Elsewhere);
    assert_eq!(table.pairs(), [vec![2], vec![3, 4, 5]]);
    table.seat(0, Seated::Here);
    assert_eq!(table.pairs(), [vec![2, 0], vec![3, 4, 5]]);
    table.seat(1, Seated::Here);
    assert_eq!(table.pairs(), [vec![1, 2, 0], vec![3, 4, 5]], "who comes back is where they were");
    assert_eq!(table.0.model.pair_of(STEP, PersonId(4)), Some(PairId(1)));
}

#[test]
fn two_write_in_one_draft_and_nobody_else_does() {
    let mut table = Table::of(&[1, 2, 3, 4]);
    let first = TextEdit::Insert { after: None, start: 0, text: "x".into() };
    let early = BoardOp::EditPair { step: STEP, pair: FIRST, edit: first.clone() };
    assert_eq!(table.person(1, early.clone()), Err(Reject::NoStep));
    table.pairs();
    table.writes(1, 0, "負担が重い").unwrap();
    // Both have typed at once: the second does not know of the first.
    let start =
        table.0.model.pair(STEP, FIRST).unwrap().draft.splice(&Splice { at: 0, delete: 0, insert: "役員の".into() }, 5);
    table.writes(1, 5, "から").unwrap();
    for edit in start {
        table.person(2, BoardOp::EditPair { step: STEP, pair: FIRST, edit }).unwrap();
    }
    assert_eq!(table.draft(), "役員の負担が重いから");
    assert_eq!(table.person(3, early.clone()), Err(Reject::Forbidden), "they sit in another pair");
    table.by(By::Lead, early).unwrap();
    assert_eq!(table.person(1, BoardOp::EditPair { step: STEP, pair: PairId(2), edit: first }), Err(Reject::NoPair));
    let long = "あ".repeat(CARD_CHARS_MAX);
    assert_eq!(table.writes(1, 0, &long), Err(Reject::TextFull));
}

#[test]
fn a_draft_becomes_a_card_once() {
    let mut table = Table::of(&[1, 2]);
    table.pairs();
    assert_eq!(table.person(1, TAKE), Err(Reject::BadText), "nothing is written");
    table.writes(1, 0, " 仕事が多い ").unwrap();
    let undo = table.person(2, TAKE).unwrap().unwrap();
    let board = &table.0.model;
    let (card, text) = board.children(CardId::THEME).map(|(id, card)| (id, card.text.read())).next().unwrap();
    assert_eq!((text.as_str(), board.card_of(board.pair(STEP, FIRST).unwrap())), ("仕事が多い", Some(card)));
    assert_eq!(table.person(1, TAKE), Ok(None), "two press at once");
    assert_eq!(table.0.model.children(CardId::THEME).count(), 1);
    table.person(2, undo).unwrap();
    assert_eq!(table.0.model.card_of(table.0.model.pair(STEP, FIRST).unwrap()), None);
    table.writes(2, 0, "断れない").unwrap();
    table.person(1, TAKE).unwrap();
    let texts: Vec<String> = table.0.model.children(CardId::THEME).map(|(_, card)| card.text.read()).collect();
    assert_eq!(texts, ["断れない 仕事が多い"], "as it reads now");
}

#[test]
fn one_card_is_chosen_for_everybody_and_can_be_another() {
    let mut table = Table::of(&[1, 2]);
    table.pairs();
    table.writes(1, 0, "仕事が多い").unwrap();
    table.person(1, TAKE).unwrap();
    let card = table.0.model.children(CardId::THEME).next().unwrap().0;
    let choose = |card| BoardOp::ChooseForAll { step: STEP, card };
    assert_eq!(table.person(1, choose(Some(CardId::THEME))), Err(Reject::IsTheme));
    let nowhere = CardId { n: 999, ..card };
    assert_eq!(table.person(1, choose(Some(nowhere))), Err(Reject::NoCard(nowhere)));
    assert_eq!(table.person(1, choose(Some(card))), Ok(Some(choose(None))));
    assert_eq!(table.person(2, choose(Some(card))), Ok(None));
    assert_eq!(table.0.model.for_all(STEP), Some(card));
    table.person(2, BoardOp::RemoveCard { card }).unwrap();
    assert_eq!(table.0.model.for_all(STEP), None, "a card that is gone is no choice");
    table.person(2, BoardOp::RestoreCard { card }).unwrap();
    assert_eq!(table.0.model.for_all(STEP), Some(card));
    table.person(2, add("多すぎる")).unwrap();
    let into = table.0.model.children(CardId::THEME).last().unwrap().0;
    table.person(1, BoardOp::MergeCard { card, into }).unwrap();
    assert_eq!(table.0.model.get(card).unwrap().kept, Kept::MergedInto(into));
    assert_eq!(table.0.model.for_all(STEP), Some(into), "what stands for it is chosen");
}

#[test]
fn steps_that_nobody_talked_in_keep_nobody_out_of_pairs() {
    let mut table = Table::of(&[1, 2]);
    table.person(1, add("役員が足りない")).unwrap();
    let card = table.0.model.children(CardId::THEME).next().unwrap().0;
    let step = |n: usize| StepId { n: u32::try_from(n).unwrap() * 64, ..STEP };
    let choose = |n, card| BoardOp::ChooseForAll { step: step(n), card };
    assert_eq!(table.person(1, choose(900, None)), Ok(None));
    assert_eq!(table.0.model.one_two_four.len(), 0, "to choose nothing leaves nothing");
    for n in 100..100 + STEPS_MAX {
        table.person(1, choose(n, Some(card))).unwrap();
    }
    assert_eq!(table.person(1, choose(99, Some(card))), Err(Reject::DocFull));
    assert_eq!(table.pairs(), [vec![1, 2]]);
    assert_eq!(table.0.model.one_two_four.len(), STEPS_MAX);
}
