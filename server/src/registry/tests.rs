//! Creating, finding and joining, with a log that can be looked into.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::docs::board::Seated;
use shared::docs::roster::RosterOp;
use shared::docs::workshop::{Language, Phase, WorkshopOp};
use shared::ids::TokenHash;
use shared::run_sheet::Shipped;
use shared::wire::{Refusal, ServerMessage};
use shared::{By, Capability, ClientId, Entry, GroupId, Millis, Op, OpId, PersonId, Seq, Stamp, Token};

use super::*;
use crate::access::{NOBODY, hash};
use crate::log::MemoryLog;
use crate::room::Decided;

fn new(groups: u16, seats: u16) -> New {
    let (title, goal, run_sheet) = (" なぜ会 ".to_owned(), "協働".to_owned(), Shipped::Blank);
    New { title, goal, language: Language::Ja, groups, seats, run_sheet }
}

fn token(n: u8) -> Token {
    Token::of([n; 16])
}

async fn opened(log: &Arc<MemoryLog>) -> Registry {
    let log: Arc<dyn Log> = log.clone();
    Registry::open(log, Limits::default()).await.unwrap()
}

async fn workshop(groups: u16, seats: u16) -> (Arc<MemoryLog>, Registry, Created) {
    let log = Arc::new(MemoryLog::new());
    let registry = opened(&log).await;
    let created = registry.create(new(groups, seats)).await.unwrap();
    (log, registry, created)
}

async fn set_phase(registry: &Registry, id: WorkshopId, phase: Phase) {
    let op = Op::Workshop(WorkshopOp::SetPhase { phase });
    let decided = registry.room(id, DocId::Workshop).decide(move |_| Some(op)).await;
    assert!(matches!(decided, Ok(Decided::Stored(_))), "{decided:?}");
}

/// Who the boards say sits where.
async fn members(registry: &Registry, id: WorkshopId, groups: u16) -> BTreeMap<GroupId, Vec<(PersonId, Seated)>> {
    let mut all = BTreeMap::new();
    for group in (1..=groups).map(GroupId) {
        let Some(AnyDoc::Board(board)) = registry.snapshot(id, DocId::Board(group)).await else { panic!("no board") };
        all.insert(group, board.model.members.iter().map(|(id, member)| (*id, member.seated)).collect());
    }
    all
}

#[tokio::test]
async fn a_workshop_is_found_by_its_code_and_opened_by_its_tokens() {
    let (log, registry, made) = workshop(7, 6).await;
    assert_eq!(registry.find(made.code).await, Ok(made.id));
    assert_eq!(registry.find("K7M4XR".parse().unwrap()).await, Err(Refusal::NoSuchCode));
    for (token, capability) in
        [(made.lead, Capability::Lead), (made.helper, Capability::Helper), (made.observer, Capability::Observer)]
    {
        assert_eq!(registry.capability(made.id, &token).await, Ok((capability, None)));
    }
    assert_eq!(registry.capability(made.id, &token(1)).await, Err(Refusal::NoSuchKey));
    let elsewhere = registry.capability(WorkshopId::default(), &made.lead).await;
    assert_eq!(elsewhere, Err(Refusal::NoSuchWorkshop));
    registry.close().await;
    let again = opened(&log).await;
    assert_eq!(again.find(made.code).await, Ok(made.id));
    assert_eq!(again.capability(made.id, &made.lead).await, Ok((Capability::Lead, None)));
    let Some(AnyDoc::Workshop(doc)) = again.snapshot(made.id, DocId::Workshop).await else { panic!("no workshop") };
    assert_eq!((doc.model.title.as_str(), doc.model.groups.len()), ("なぜ会", 7));
}

#[tokio::test]
async fn what_is_outside_the_limits_is_named() {
    let registry = opened(&Arc::default()).await;
    let limits = [
        (New { title: " \u{202e}\n".to_owned(), ..new(7, 6) }, "title"),
        (New { title: "あ".repeat(81), ..new(7, 6) }, "title"),
        (New { goal: "あ".repeat(201), ..new(7, 6) }, "goal"),
        (new(0, 6), "groups"),
        (new(201, 6), "groups"),
        (new(7, 0), "seats"),
        (new(7, 13), "seats"),
    ];
    for (new, word) in limits {
        let why = registry.create(new).await.unwrap_err();
        assert!(why.to_string().contains(word), "{why}");
    }
    assert!(registry.create(New { title: "あ".repeat(80), goal: "い".repeat(200), ..new(200, 12) }).await.is_ok());
}

#[tokio::test]
async fn thirty_four_people_are_seated_evenly() {
    let (_, registry, made) = workshop(7, 6).await;
    let mut groups = BTreeMap::<GroupId, usize>::new();
    for n in 1..=34 {
        let joined = registry.join(made.id, token(n), &format!("参加者{n}"), None).await.unwrap();
        *groups.entry(joined.group).or_default() += 1;
    }
    let sizes: Vec<usize> = groups.values().copied().collect();
    assert_eq!(sizes, [5, 5, 5, 5, 5, 5, 4]);
    let boards = members(&registry, made.id, 7).await;
    assert_eq!(boards.values().map(Vec::len).collect::<Vec<_>>(), sizes);
}

#[tokio::test]
async fn joining_twice_with_one_token_is_joining_once() {
    let (_, registry, made) = workshop(7, 6).await;
    let first = registry.join(made.id, token(1), "佐藤", Some(GroupId(4))).await.unwrap();
    assert_eq!(first.group, GroupId(4));
    assert_eq!(registry.join(made.id, token(1), "別の名", Some(GroupId(2))).await, Ok(first));
    assert_eq!(
        registry.capability(made.id, &token(1)).await,
        Ok((Capability::Participant(first.person), Some(GroupId(4))))
    );
    let (one, other) =
        tokio::join!(registry.join(made.id, token(2), "鈴木", None), registry.join(made.id, token(2), "鈴木", None));
    assert_eq!(one, other);
    set_phase(&registry, made.id, Phase::Ended).await;
    assert_eq!(registry.join(made.id, token(1), "佐藤", None).await, Ok(first));
}

#[tokio::test]
async fn who_cannot_join_is_told_why() {
    let (_, registry, made) = workshop(2, 1).await;
    let join = async |n, name: &str, group| registry.join(made.id, token(n), name, group).await.map(|_| ());
    assert_eq!(join(1, " \u{200b} ", None).await, Err(Refusal::BadName));
    assert_eq!(join(1, &"あ".repeat(25), None).await, Err(Refusal::BadName));
    assert_eq!(join(1, "佐藤", Some(GroupId(9))).await, Err(Refusal::GroupFull(GroupId(9))));
    assert_eq!(join(1, "佐藤", Some(GroupId(2))).await, Ok(()));
    assert_eq!(join(2, "鈴木", Some(GroupId(2))).await, Err(Refusal::GroupFull(GroupId(2))));
    assert_eq!(join(2, "鈴木", None).await, Ok(()));
    assert_eq!(join(3, "高橋", None).await, Err(Refusal::AllFull));
    set_phase(&registry, made.id, Phase::Ended).await;
    assert_eq!(join(3, "高橋", None).await, Err(Refusal::Ended));
    let elsewhere = registry.join(WorkshopId::default(), token(3), "高橋", None).await;
    assert_eq!(elsewhere, Err(Refusal::NoSuchWorkshop));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn forty_who_come_at_once_take_twenty_four_seats() {
    let (_, registry, made) = workshop(2, 12).await;
    let joins: Vec<_> = (1..=40)
        .map(|n| {
            let registry = registry.clone();
            let chosen = (n % 3 == 0).then_some(GroupId(1));
            tokio::spawn(async move { registry.join(made.id, token(n), "参加者", chosen).await })
        })
        .collect();
    let mut seated = BTreeMap::<GroupId, usize>::new();
    let mut refused = 0;
    for join in joins {
        match join.await.unwrap() {
            Ok(joined) => *seated.entry(joined.group).or_default() += 1,
            Err(Refusal::AllFull | Refusal::GroupFull(GroupId(1))) => refused += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(seated, BTreeMap::from([(GroupId(1), 12), (GroupId(2), 12)]));
    assert_eq!(refused, 16);
    let boards = members(&registry, made.id, 2).await;
    assert_eq!(boards.values().map(Vec::len).collect::<Vec<_>>(), [12, 12]);
}

#[tokio::test]
async fn who_is_moved_leaves_one_board_and_comes_to_another() {
    let (log, registry, made) = workshop(3, 6).await;
    let who = registry.join(made.id, token(1), "佐藤", Some(GroupId(1))).await.unwrap().person;
    registry.seat(made.id, who, GroupId(2)).await.unwrap();
    registry.seat(made.id, who, GroupId(3)).await.unwrap();
    assert_eq!(registry.seat(made.id, who, GroupId(4)).await, Err(Refusal::GroupFull(GroupId(4))));
    let wanted = [Seated::Elsewhere, Seated::Elsewhere, Seated::Here].map(|seated| vec![(who, seated)]);
    assert_eq!(members(&registry, made.id, 3).await.into_values().collect::<Vec<_>>(), wanted);
    registry.close().await;
    let again = opened(&log).await;
    assert_eq!(again.capability(made.id, &token(1)).await, Ok((Capability::Participant(who), Some(GroupId(3)))));
    assert_eq!(members(&again, made.id, 3).await.into_values().collect::<Vec<_>>(), wanted);
}

#[tokio::test]
async fn two_moves_at_once_are_told_to_all_boards() {
    let (_, registry, made) = workshop(3, 6).await;
    let who = registry.join(made.id, token(1), "佐藤", Some(GroupId(1))).await.unwrap().person;
    let moves = tokio::join!(registry.seat(made.id, who, GroupId(2)), registry.seat(made.id, who, GroupId(3)));
    assert_eq!(moves, (Ok(()), Ok(())));
    let wanted = [Seated::Elsewhere, Seated::Elsewhere, Seated::Here].map(|seated| vec![(who, seated)]);
    assert_eq!(members(&registry, made.id, 3).await.into_values().collect::<Vec<_>>(), wanted);
}

/// The server died between storing a seat and telling the board.
#[tokio::test]
async fn what_a_crash_prevented_is_done_when_the_roster_is_opened() {
    let (log, registry, made) = workshop(2, 6).await;
    let before = registry.join(made.id, token(1), "佐藤", Some(GroupId(1))).await.unwrap().person;
    registry.close().await;
    let seq = Seq(u64::from(before.0)).next();
    let id = OpId { client: ClientId::SERVER, n: u32::try_from(seq.0).unwrap() };
    let (key, name) = (TokenHash([9; 32]), "鈴木".to_owned());
    let op = Op::Roster(RosterOp::Join { key, name, section: String::new(), group: GroupId(1), seats: 6 });
    let entry = Entry { stamp: Stamp { seq, at: Millis(5), by: By::Server, id }, op };
    let roster = Key { workshop: made.id, doc: DocId::Roster };
    log.append(roster, Seq(u64::from(before.0)), [entry].into()).await.unwrap();
    let again = opened(&log).await;
    again.snapshot(made.id, DocId::Roster).await.unwrap();
    let boards = members(&again, made.id, 2).await;
    let both = vec![(before, Seated::Here), (PersonId(before.0 + 1), Seated::Here)];
    assert_eq!(boards, BTreeMap::from([(GroupId(1), both), (GroupId(2), vec![])]));
    let entries = log.load(Key { workshop: made.id, doc: DocId::Board(GroupId(1)) }).await.unwrap();
    let all = entries.snapshot.map_or(0, |doc| doc.seq().0) + u64::try_from(entries.entries.len()).unwrap();
    assert_eq!(all, 2, "nobody is seated twice");
}

#[tokio::test]
async fn the_door_tells_what_is_behind_it() {
    let (_, registry, made) = workshop(2, 6).await;
    registry.join(made.id, token(1), "佐藤", Some(GroupId(2))).await.unwrap();
    let Ok(ServerMessage::Door { workshop, title, goal, phase, tables, .. }) = registry.door(made.code).await else {
        panic!("no door")
    };
    assert_eq!((workshop, title.as_str(), goal.as_str(), phase), (made.id, "なぜ会", "協働", Phase::Lobby));
    assert_eq!(
        tables.iter().map(|table| (table.group.0, table.taken, table.seats)).collect::<Vec<_>>(),
        [(1, 0, 6), (2, 1, 6)]
    );
    assert_eq!(registry.door("K7M4XR".parse().unwrap()).await, Err(Refusal::NoSuchCode));
}

#[tokio::test]
async fn a_damaged_directory_stops_the_start() {
    let log = Arc::new(MemoryLog::new());
    let id = OpId { client: ClientId::SERVER, n: 1 };
    let stray = Op::Workshop(WorkshopOp::AddGroup);
    let entry = Entry { stamp: Stamp { seq: Seq(1), at: Millis(0), by: By::Server, id }, op: stray };
    log.append(Key::directory(), Seq(0), [entry].into()).await.unwrap();
    let log: Arc<dyn Log> = log;
    assert!(Registry::open(log, Limits::default()).await.is_err());
}

#[tokio::test]
async fn a_workshop_begins_with_the_run_sheet_that_was_asked_for() {
    let (_, registry, _) = workshop(1, 1).await;
    for (run_sheet, entries) in [(Shipped::Blank, 1), (Shipped::Analyse, 2), (Shipped::Whole, 2)] {
        let made = registry.create(New { run_sheet, ..new(7, 6) }).await.unwrap();
        let Some(AnyDoc::Workshop(workshop)) = registry.snapshot(made.id, DocId::Workshop).await else { panic!() };
        let plans: Vec<_> = workshop.model.steps.into_iter().map(|step| step.plan).collect();
        assert_eq!((plans, workshop.seq), (run_sheet.plans(Language::Ja), Seq(entries)));
    }
}

#[tokio::test]
async fn one_grant_of_a_workshop_is_nobodys() {
    let (_, registry, made) = workshop(1, 1).await;
    let Some(AnyDoc::Doors(doors)) = registry.snapshot(made.id, DocId::Doors).await else { panic!("no doors") };
    let keys = [made.lead, made.helper, made.observer].map(|token| hash(&token));
    let others: Vec<Capability> =
        doors.model.grants.iter().filter(|(key, _)| !keys.contains(key)).map(|(_, capability)| *capability).collect();
    assert_eq!(others, [NOBODY]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_stopped_while_a_workshop_opens_comes_to_an_end() {
    let (log, registry, made) = workshop(2, 5).await;
    registry.close().await;
    for _ in 0..300 {
        let registry = opened(&log).await;
        // Asked for, and not waited for.
        let asked = tokio::spawn({
            let room = registry.room(made.id, DocId::Workshop);
            async move { room.inspect(|_| ()).await }
        });
        tokio::task::yield_now().await;
        timeout(Duration::from_secs(5), registry.close()).await.expect("it ends");
        // Read or not, both are well.
        let _ = asked.await.unwrap();
    }
}
