//! Undo shows what was seen before, redo what was seen after, and neither touches what others wrote.

use shared::docs::board::{Board, BoardOp};
use shared::docs::roster::{Roster, RosterOp};
use shared::docs::workshop::{Language, Phase, Screens, Workshop, WorkshopOp};
use shared::ids::TokenHash;
use shared::text::{Splice, Text, TextEdit};
use shared::{By, CardId, ClientId, Doc, GroupId, JoinCode, Millis, Model, OpId, Outcome, PersonId, Seq, Stamp};

use crate::people::{HABITS, Tab, words};
use crate::random::Random;
use crate::tree::{check, is_step, seen};

const SEEDS: u64 = 600;

/// Does something as the log's next entry; the inverse, or nothing when it was refused.
fn take<M: Model>(doc: &mut Doc<M>, by: By, id: OpId, op: &M::Op) -> Option<Option<M::Op>> {
    let stamp = Stamp { seq: doc.seq.next(), at: Millis(doc.seq.0), by, id };
    match doc.apply(&stamp, op) {
        Outcome::Applied(inverse) => Some(inverse),
        Outcome::Rejected(_) => None,
        Outcome::Duplicate => panic!("{id} is no duplicate"),
    }
}

/// A board on which two people have worked for a while.
fn grown(random: &mut Random) -> (Doc<Board>, Tab) {
    let mut doc = Doc::default();
    let mut tabs = [Tab::new(1, 101), Tab::new(2, 102)];
    for _ in 0..random.below(60) {
        let tab = &mut tabs[random.below(2)];
        for op in tab.think(&doc.model, *random.pick(&HABITS), random) {
            let id = tab.next_id();
            take(&mut doc, tab.by, id, &op);
        }
    }
    let [first, _] = tabs;
    (doc, first)
}

#[test]
fn one_step_back_and_forth() {
    for seed in 0..SEEDS {
        let mut random = Random::of(seed);
        let (mut doc, mut tab) = grown(&mut random);
        for op in tab.think(&doc.model, *random.pick(&HABITS), &mut random) {
            if !is_step(&op) {
                assert_eq!(take(&mut doc, tab.by, tab.next_id(), &op).flatten(), None, "seed {seed}: {op:?}");
                continue;
            }
            let before = seen(&doc.model);
            let Some(undo) = take(&mut doc, tab.by, tab.next_id(), &op) else { continue };
            let after = seen(&doc.model);
            let Some(undo) = undo else {
                assert_eq!(before, after, "seed {seed}: {op:?} changed what is seen and cannot be undone");
                continue;
            };
            let redo = take(&mut doc, tab.by, tab.next_id(), &undo)
                .unwrap_or_else(|| panic!("seed {seed}: {undo:?}, the inverse of {op:?}, fits at once"));
            assert_eq!(seen(&doc.model), before, "seed {seed}: {op:?} undone by {undo:?}");
            let redo = redo.expect("what was undone can be done again");
            let undo = take(&mut doc, tab.by, tab.next_id(), &redo).expect("a redo fits at once");
            assert_eq!(seen(&doc.model), after, "seed {seed}: {op:?} done again by {redo:?}");
            assert!(undo.is_some(), "seed {seed}: a redo can be undone");
            check(&doc.model).unwrap();
        }
    }
}

#[test]
fn all_steps_back_and_forth() {
    for seed in 0..SEEDS / 4 {
        let mut random = Random::of(seed);
        let (mut doc, mut tab) = grown(&mut random);
        let before = seen(&doc.model);
        let mut undo = Vec::new();
        for _ in 0..40 {
            for op in tab.think(&doc.model, *random.pick(&HABITS), &mut random) {
                undo.extend(take(&mut doc, tab.by, tab.next_id(), &op).flatten());
            }
        }
        let after = seen(&doc.model);
        let mut redo = Vec::new();
        for op in undo.into_iter().rev() {
            let again = take(&mut doc, tab.by, tab.next_id(), &op);
            let again = again.unwrap_or_else(|| panic!("seed {seed}: {op:?} fits"));
            redo.push(again.unwrap_or_else(|| panic!("seed {seed}: {op:?} can be done again")));
        }
        assert_eq!(seen(&doc.model), before, "seed {seed}");
        for op in redo.into_iter().rev() {
            take(&mut doc, tab.by, tab.next_id(), &op).expect("it fits");
        }
        assert_eq!(seen(&doc.model), after, "seed {seed}");
    }
}

/// Types something somewhere into a text in the name of a client.
fn type_somewhere(
    text: &mut Text,
    client: ClientId,
    start: &mut u32,
    insert: &str,
    random: &mut Random,
) -> Vec<TextEdit> {
    let at = random.below_u32(text.chars() + 1);
    let delete = if insert.contains('★') { 0 } else { random.below_u32(3) };
    let edits = text.splice(&Splice { at, delete, insert: insert.into() }, *start);
    *start += u32::try_from(insert.chars().count()).unwrap();
    edits.iter().filter_map(|edit| text.apply(client, edit).ok().flatten()).collect()
}

#[test]
fn undo_takes_back_my_words_and_leaves_those_of_others() {
    for seed in 0..SEEDS {
        let mut random = Random::of(seed);
        let (mine, theirs) = (ClientId::of(201), ClientId::of(202));
        let mut text = Text::new(theirs, 0, "自治会の役員").unwrap();
        let (mut my_start, mut their_start) = (0, 6);
        let mut undo = Vec::new();
        for _ in 0..12 {
            undo.extend(type_somewhere(&mut text, mine, &mut my_start, "★★", &mut random));
            let insert = words(&mut random);
            type_somewhere(&mut text, theirs, &mut their_start, &insert, &mut random);
        }
        let without_mine = text.read().replace('★', "");
        for edit in undo.iter().rev() {
            text.apply(mine, edit).expect("an undo of typing always fits");
        }
        assert_eq!(text.read(), without_mine, "seed {seed}");
    }
}

#[test]
fn the_lead_takes_back_words_and_phases() {
    let mut doc = Doc::<Workshop>::default();
    let code = JoinCode::of([3; 8]);
    let create = WorkshopOp::Create {
        title: "なぜ？".into(),
        goal: String::new(),
        language: Language::Ja,
        code,
        groups: 7,
        seats: 6,
    };
    let made = take(&mut doc, By::Server, OpId { client: ClientId::FROM_ROSTER, n: 1 }, &create);
    assert_eq!(made, Some(None), "a workshop is made for good");
    let client = ClientId::of(300);
    let ops = [
        WorkshopOp::SetTitle { title: "別の題".into() },
        WorkshopOp::SetGoal { goal: "根本の原因".into() },
        WorkshopOp::NameGroup { group: GroupId(7), name: "七班".into() },
        WorkshopOp::SetPhase { phase: Phase::Open },
        WorkshopOp::SetQueue { groups: vec![GroupId(3), GroupId(1)], screens: Screens::Projector },
    ];
    for (n, op) in (1..).step_by(2).zip(ops) {
        let before = doc.model.clone();
        let undo = take(&mut doc, By::Lead, OpId { client, n }, &op).flatten().expect("it can be undone");
        assert_ne!(doc.model, before);
        take(&mut doc, By::Lead, OpId { client, n: n + 1 }, &undo).expect("it fits");
        assert_eq!(doc.model, before, "{op:?}");
    }
}

#[test]
fn whoever_was_seated_elsewhere_can_be_seated_back() {
    let mut doc = Doc::<Roster>::default();
    let client = ClientId::FROM_ROSTER;
    let (name, section) = ("佐藤".to_owned(), String::new());
    let join = RosterOp::Join { key: TokenHash([1; 32]), name, section, group: GroupId(1), seats: 5 };
    take(&mut doc, By::Server, OpId { client, n: 1 }, &join).expect("there is room");
    let person = PersonId(u32::try_from(Seq(1).0).unwrap());
    let seat = RosterOp::Seat { person, group: GroupId(2), seats: 5 };
    let back = take(&mut doc, By::Server, OpId { client, n: 2 }, &seat).flatten().expect("it can be undone");
    assert_eq!(doc.model.people.get(&person).unwrap().group, GroupId(2));
    take(&mut doc, By::Server, OpId { client, n: 3 }, &back).expect("there is room");
    assert_eq!(doc.model.people.get(&person).unwrap().group, GroupId(1));
}

#[test]
fn who_takes_over_leaves_no_other_key_and_is_nobody_else() {
    let mut doc = Doc::<Roster>::default();
    let client = ClientId::FROM_ROSTER;
    let key = |n| TokenHash([n; 32]);
    let join = |n| {
        let (name, section) = ("佐藤".to_owned(), String::new());
        RosterOp::Join { key: key(n), name, section, group: GroupId(1), seats: 5 }
    };
    take(&mut doc, By::Server, OpId { client, n: 1 }, &join(1)).expect("there is room");
    take(&mut doc, By::Server, OpId { client, n: 2 }, &join(2)).expect("there is room");
    let (one, two) = (PersonId(1), PersonId(2));
    let take_over = |person, n| RosterOp::TakeOver { person, key: key(n) };
    take(&mut doc, By::Server, OpId { client, n: 3 }, &take_over(one, 3)).expect("it fits");
    let keys = |doc: &Doc<Roster>| doc.model.keys.iter().map(|(key, who)| (*key, *who)).collect::<Vec<_>>();
    assert_eq!(keys(&doc), [(key(2), two), (key(3), one)]);
    let before = doc.clone();
    assert_eq!(take(&mut doc, By::Server, OpId { client, n: 4 }, &take_over(one, 2)), None, "another's key");
    assert_eq!(take(&mut doc, By::Server, OpId { client, n: 4 }, &take_over(PersonId(9), 4)), None, "nobody");
    assert_eq!(take(&mut doc, By::Person(two), OpId { client, n: 4 }, &take_over(one, 4)), None, "the server alone");
    assert_eq!(doc, before);
}

#[test]
fn a_step_that_others_made_pointless_says_no_and_changes_nothing() {
    let mut doc = Doc::<Board>::default();
    let (mine, theirs) = (ClientId::of(1_001), ClientId::of(1_002));
    let me = By::Person(PersonId(1));
    let add = |parent, start| BoardOp::AddCard {
        parent,
        place: shared::docs::board::Place::Last,
        text: "なぜ".into(),
        start,
    };
    let under = |n| CardId { client: mine, n };
    take(&mut doc, me, OpId { client: mine, n: 1 }, &add(CardId::THEME, 0));
    take(&mut doc, me, OpId { client: mine, n: 2 }, &add(CardId::THEME, 2));
    take(&mut doc, me, OpId { client: mine, n: 3 }, &add(under(1), 4));
    let go = |card, parent| BoardOp::MoveCard { card, parent, place: shared::docs::board::Place::Last };
    // I move 3 from under 1 to under 2; somebody moves 1 under 3; my undo would make a circle.
    let undo = take(&mut doc, me, OpId { client: mine, n: 4 }, &go(under(3), under(2))).flatten().unwrap();
    take(&mut doc, By::Person(PersonId(2)), OpId { client: theirs, n: 1 }, &go(under(1), under(3))).unwrap();
    let before = doc.clone();
    assert_eq!(take(&mut doc, me, OpId { client: mine, n: 5 }, &undo), None);
    assert_eq!(doc, before);
}
