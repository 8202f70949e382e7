//! What is written in silence: it lies in its author's tray, and comes onto the board of their group once, whatever happens.

use shared::docs::tray::{Tray, TrayOp};
use shared::docs::workshop::{AtEnd, Kind, Names, Plan, Whom};
use shared::limits::CARDS_MAX;
use shared::{AnyDoc, By, Entry, Millis, Seq, SlipId, Stamp, StepId};

use super::someone::{Someone, plan, steps_of};
use super::torn::Torn;
use super::*;
use crate::log::{Key, Log, MemoryLog};

/// In the order in which the steps are.
const SILENCE: usize = 0;
const DEEPEN: usize = 1;
const AGAIN: usize = 2;

/// A workshop that writes in silence, and who leads it.
async fn silent(hall: &Hall) -> Someone {
    silent_with(hall, Names::Shown).await
}

async fn silent_with(hall: &Hall, names: Names) -> Someone {
    let mut lead = Someone::with(hall, hall.made.lead).await;
    let step = |kind| Plan { names, ..plan(kind, AtEnd::GoOn) };
    let plans = [Kind::Silence, Kind::Deepen, Kind::Silence].map(step).to_vec();
    lead.does(DocId::Workshop, Op::Workshop(WorkshopOp::SetSteps { plans })).await;
    lead.does(DocId::Workshop, phase(1, Phase::Open).1).await;
    lead
}

async fn go(hall: &Hall, whom: Whom, from: usize, to: usize) -> Op {
    let steps: Vec<StepId> = steps_of(hall).await.iter().map(|step| step.id).collect();
    Op::Workshop(WorkshopOp::GoTo { whom, from: Some(steps[from]), step: steps[to] })
}

fn slip(text: &str, names: Names) -> Op {
    Op::Tray(TrayOp::PutSlip { text: text.to_owned(), names })
}

impl Someone {
    async fn writes(&mut self, text: &str) -> SlipId {
        SlipId::from(self.does(self.tray(), slip(text, Names::Shown)).await)
    }

    async fn goes(&mut self, hall: &Hall, whom: Whom, from: usize, to: usize) {
        self.does(DocId::Workshop, go(hall, whom, from, to).await).await;
    }
}

/// What hangs under the theme, and who wrote it.
async fn causes(hall: &Hall, group: u16) -> Vec<(String, By)> {
    let Some(AnyDoc::Board(doc)) = hall.registry.snapshot(hall.made.id, board(group)).await else { panic!("no board") };
    let theme = doc.model.get(CardId::THEME).unwrap();
    let cards = theme.children.iter().map(|id| doc.model.get(*id).unwrap());
    cards.map(|card| (card.text.read(), card.by)).collect()
}

async fn tray(hall: &Hall, one: &Someone) -> Tray {
    match hall.registry.snapshot(hall.made.id, one.tray()).await {
        Some(AnyDoc::Tray(tray)) => tray.model,
        other => panic!("{other:?}"),
    }
}

async fn texts_in(hall: &Hall, one: &Someone) -> Vec<String> {
    tray(hall, one).await.slips.into_iter().map(|slip| slip.text).collect()
}

/// Waits until nothing is left in the tray.
async fn emptied(hall: &Hall, one: &Someone) {
    let waits = async {
        while !texts_in(hall, one).await.is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(20), waits).await.unwrap();
}

fn sorted(mut all: Vec<(String, By)>) -> Vec<(String, By)> {
    all.sort();
    all
}

fn by(one: &Someone, texts: &[&str]) -> Vec<(String, By)> {
    texts.iter().map(|text| ((*text).to_owned(), By::Person(one.person))).collect()
}

#[tokio::test]
async fn what_was_written_comes_out_when_the_silence_of_its_group_ends() {
    let hall = Hall::open(Limits::default()).await;
    let mut lead = silent(&hall).await;
    let (mut sato, mut suzuki) = (Someone::seated(&hall, 1, 1).await, Someone::seated(&hall, 2, 1).await);
    let mut tanaka = Someone::seated(&hall, 3, 2).await;
    for text in ["い", "あ", "う"] {
        sato.writes(text).await;
    }
    let changed = suzuki.writes("え").await;
    suzuki.does(suzuki.tray(), Op::Tray(TrayOp::ChangeSlip { slip: changed, text: "えっと".into() })).await;
    let back = suzuki.writes("お").await;
    suzuki.does(suzuki.tray(), Op::Tray(TrayOp::TakeBackSlip { slip: back })).await;
    tanaka.writes("か").await;
    assert_eq!(causes(&hall, 1).await, []);
    lead.goes(&hall, Whom::Group(GroupId(1)), SILENCE, DEEPEN).await;
    emptied(&hall, &sato).await;
    emptied(&hall, &suzuki).await;
    let shown = causes(&hall, 1).await;
    let own: Vec<_> = shown.iter().filter(|(_, author)| *author == By::Person(sato.person)).cloned().collect();
    assert_eq!(own, by(&sato, &["い", "あ", "う"]), "in the order in which they were written");
    assert_eq!(sorted(shown), sorted([own, by(&suzuki, &["えっと"])].concat()));
    assert_eq!((causes(&hall, 2).await, texts_in(&hall, &tanaka).await), (vec![], vec!["か".to_owned()]));
    lead.goes(&hall, Whom::All, SILENCE, DEEPEN).await;
    emptied(&hall, &tanaka).await;
    assert_eq!(causes(&hall, 2).await, by(&tanaka, &["か"]));
    assert_eq!(causes(&hall, 1).await.len(), 4);
}

#[tokio::test]
async fn what_comes_late_comes_out_at_once_and_what_is_written_next_time_waits() {
    let log = Arc::new(MemoryLog::new());
    let hall = Hall::open_on(log.clone(), Limits::default()).await;
    let mut lead = silent(&hall).await;
    let mut sato = Someone::seated(&hall, 1, 1).await;
    let early = sato.writes("まえ").await;
    lead.goes(&hall, Whom::All, SILENCE, DEEPEN).await;
    emptied(&hall, &sato).await;
    sato.writes("あと").await;
    emptied(&hall, &sato).await;
    assert_eq!(causes(&hall, 1).await, by(&sato, &["まえ", "あと"]));
    for late in [TrayOp::ChangeSlip { slip: early, text: "もう".into() }, TrayOp::TakeBackSlip { slip: early }] {
        assert_eq!(sato.tries(sato.tray(), Op::Tray(late)).await, Err(Reject::NoSlip));
    }
    lead.goes(&hall, Whom::All, DEEPEN, AGAIN).await;
    sato.writes("つぎ").await;
    // Whatever is looked at anew when a server starts: this silence has not ended.
    let hall = hall.again(log).await;
    let mut sato = Someone::seated(&hall, 1, 1).await;
    sato.writes("つぎのつぎ").await;
    sato.peer.quiet().await;
    assert_eq!(causes(&hall, 1).await, by(&sato, &["まえ", "あと"]));
    assert_eq!(texts_in(&hall, &sato).await, ["つぎ", "つぎのつぎ"]);
    let mut lead = Someone::with(&hall, hall.made.lead).await;
    lead.goes(&hall, Whom::All, AGAIN, DEEPEN).await;
    emptied(&hall, &sato).await;
    assert_eq!(causes(&hall, 1).await, by(&sato, &["まえ", "あと", "つぎ", "つぎのつぎ"]));
}

#[tokio::test]
async fn who_is_moved_to_a_group_that_talks_already_brings_it_along() {
    let hall = Hall::open(Limits::default()).await;
    let mut lead = silent(&hall).await;
    let mut sato = Someone::seated(&hall, 1, 1).await;
    sato.writes("かさ").await;
    hall.registry.seat(hall.made.id, sato.person, GroupId(3)).await.unwrap();
    let mut sato = Someone::seated(&hall, 1, 1).await;
    sato.writes("ぼうし").await;
    assert_eq!(texts_in(&hall, &sato).await.len(), 2, "that group is silent too");
    lead.goes(&hall, Whom::Group(GroupId(2)), SILENCE, DEEPEN).await;
    hall.registry.seat(hall.made.id, sato.person, GroupId(2)).await.unwrap();
    emptied(&hall, &sato).await;
    assert_eq!(causes(&hall, 2).await, by(&sato, &["かさ", "ぼうし"]));
    lead.goes(&hall, Whom::All, SILENCE, DEEPEN).await;
    sato.peer.closed().await;
    for group in [1, 3] {
        assert_eq!(causes(&hall, group).await, []);
    }
}

#[tokio::test]
async fn without_names_nobody_is_named_and_no_two_cards_are_of_one_hand() {
    let hall = Hall::open(Limits::default()).await;
    let mut lead = silent_with(&hall, Names::Hidden).await;
    let mut people = [Someone::seated(&hall, 1, 1).await, Someone::seated(&hall, 2, 1).await];
    for (text, at) in [("あ", 0), ("い", 0), ("う", 1), ("え", 0), ("お", 1)] {
        people[at].does(people[at].tray(), slip(text, Names::Hidden)).await;
    }
    lead.goes(&hall, Whom::All, SILENCE, DEEPEN).await;
    for one in &people {
        emptied(&hall, one).await;
    }
    let shown = causes(&hall, 1).await;
    assert!(shown.iter().all(|(_, author)| *author == By::Server), "{shown:?}");
    let texts: Vec<String> = sorted(shown).into_iter().map(|(text, _)| text).collect();
    assert_eq!(texts, ["あ", "い", "う", "え", "お"]);
    let Some(AnyDoc::Board(doc)) = hall.registry.snapshot(hall.made.id, board(1)).await else { panic!("no board") };
    let cards = doc.model.get(CardId::THEME).unwrap().children.clone();
    assert!(cards.is_sorted() && cards.windows(2).all(|two| two[0].client != two[1].client), "{cards:?}");
    assert!(cards.iter().all(|card| card.n == 1));
}

#[tokio::test]
async fn what_a_crash_kept_from_the_board_comes_at_the_next_start_once() {
    let log = Arc::new(MemoryLog::new());
    let hall = Hall::open_on(log.clone(), Limits::default()).await;
    silent(&hall).await;
    let mut sato = Someone::seated(&hall, 1, 1).await;
    sato.writes("あ").await;
    sato.writes("い").await;
    let op = go(&hall, Whom::All, SILENCE, DEEPEN).await;
    let (after, boarded) = (hall.point(DocId::Workshop).await.seq, hall.point(board(1)).await.seq);
    hall.registry.close().await;
    // The end of the silence is the last thing that was stored.
    let id = OpId { client: ClientId::of(9_000), n: 1 };
    let stamp = Stamp { seq: after.next(), at: Millis(0), by: By::Lead, id };
    let key = Key { workshop: hall.made.id, doc: DocId::Workshop };
    log.append(key, after, Arc::new([Entry { stamp, op }])).await.unwrap();
    let mut hall = hall.again(log.clone()).await;
    for _ in 0..3 {
        // Nobody of the group is there: it is enough that somebody opens the workshop.
        Someone::with(&hall, hall.made.observer).await;
        emptied(&hall, &sato).await;
        assert_eq!(causes(&hall, 1).await, by(&sato, &["あ", "い"]));
        assert_eq!(hall.point(board(1)).await.seq, Seq(boarded.0 + 2), "nothing was appended twice");
        hall = hall.again(log.clone()).await;
    }
}

#[tokio::test]
async fn what_lies_on_the_board_and_in_the_tray_after_a_crash_is_there_once_even_after_a_move() {
    for moves in [false, true] {
        let log = Arc::new(Torn::default());
        let hall = Hall::open_on(log.clone(), Limits::default()).await;
        let mut lead = silent(&hall).await;
        let mut sato = Someone::seated(&hall, 1, 1).await;
        sato.writes("あ").await;
        sato.peer.quiet().await;
        log.seal(Some(sato.tray()));
        lead.goes(&hall, Whom::All, SILENCE, DEEPEN).await;
        while causes(&hall, 1).await.is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(texts_in(&hall, &sato).await, ["あ"]);
        let hall = hall.again(log.clone()).await;
        if moves {
            hall.registry.seat(hall.made.id, sato.person, GroupId(2)).await.unwrap();
        }
        log.seal(None);
        let mut back = Someone::seated(&hall, 1, 1).await;
        emptied(&hall, &back).await;
        back.writes("い").await;
        emptied(&hall, &back).await;
        let (here, there): (&[&str], &[&str]) = if moves { (&["あ"], &["い"]) } else { (&["あ", "い"], &[]) };
        assert_eq!((causes(&hall, 1).await, causes(&hall, 2).await), (by(&sato, here), by(&sato, there)));
    }
}

#[tokio::test]
async fn a_tray_that_cannot_be_read_keeps_no_other_one_waiting() {
    let log = Arc::new(Torn::default());
    let hall = Hall::open_on(log.clone(), Limits::default()).await;
    silent(&hall).await;
    let (mut sato, mut suzuki) = (Someone::seated(&hall, 1, 1).await, Someone::seated(&hall, 2, 1).await);
    sato.writes("あ").await;
    suzuki.writes("い").await;
    let hall = hall.again(log.clone()).await;
    log.tear(Some(sato.tray()));
    let mut lead = Someone::with(&hall, hall.made.lead).await;
    lead.goes(&hall, Whom::All, SILENCE, DEEPEN).await;
    emptied(&hall, &suzuki).await;
    assert_eq!(causes(&hall, 1).await, by(&suzuki, &["い"]));
    log.tear(None);
    emptied(&hall, &sato).await;
    assert_eq!(causes(&hall, 1).await, [by(&suzuki, &["い"]), by(&sato, &["あ"])].concat());
}

#[tokio::test]
async fn what_a_full_board_does_not_take_stays_with_its_author() {
    let log = Arc::new(MemoryLog::new());
    let hall = Hall::open_on(log.clone(), Limits::default()).await;
    silent(&hall).await;
    let mut sato = Someone::seated(&hall, 1, 1).await;
    for text in ["あ", "い", "う"] {
        sato.writes(text).await;
    }
    sato.peer.quiet().await;
    let after = hall.point(board(1)).await.seq;
    hall.registry.close().await;
    // The theme is a card too; one place is left.
    let fill = (1..u32::try_from(CARDS_MAX).unwrap() - 1).map(|n| {
        let stamp = Stamp { seq: Seq(after.0 + u64::from(n)), at: Millis(0), by: By::Lead, id: id(n) };
        Entry { stamp, op: adds(n).1 }
    });
    log.append(Key { workshop: hall.made.id, doc: board(1) }, after, fill.collect()).await.unwrap();
    let hall = hall.again(log).await;
    let mut lead = Someone::with(&hall, hall.made.lead).await;
    let before = causes(&hall, 1).await.len();
    lead.goes(&hall, Whom::All, SILENCE, DEEPEN).await;
    while texts_in(&hall, &sato).await.len() == 3 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(texts_in(&hall, &sato).await, ["い", "う"]);
    assert_eq!(causes(&hall, 1).await[before..], by(&sato, &["あ"]));
}

#[tokio::test]
async fn a_word_that_is_said_to_be_saved_is_the_one_that_is_shown() {
    let log = Arc::new(Torn::default());
    let hall = Hall::open_on(log.clone(), Limits::default()).await;
    let mut lead = silent(&hall).await;
    let mut sato = Someone::seated(&hall, 1, 1).await;
    // So that much can happen between the tray and the board.
    log.slow(board(1));
    let (mut expected, mut in_time) = (Vec::new(), 0);
    for round in 0..30 {
        if round > 0 {
            lead.goes(&hall, Whom::All, DEEPEN, SILENCE).await;
        }
        let (before, after) = (format!("まえ{round}"), format!("あと{round}"));
        let slip = sato.writes(&before).await;
        let (tray, op) = (sato.tray(), go(&hall, Whom::All, SILENCE, DEEPEN).await);
        let change = Op::Tray(TrayOp::ChangeSlip { slip, text: after.clone() });
        let wait = Duration::from_millis(round % 10);
        let late = async {
            if !wait.is_zero() {
                tokio::time::sleep(wait).await;
            }
            sato.tries(tray, change).await
        };
        let (changed, _) = tokio::join!(late, lead.does(DocId::Workshop, op));
        expected.push(match changed {
            Ok(_) => {
                in_time += 1;
                after
            }
            Err(why) => {
                assert_eq!(why, Reject::NoSlip);
                before
            }
        });
        emptied(&hall, &sato).await;
    }
    let shown: Vec<String> = causes(&hall, 1).await.into_iter().map(|(text, _)| text).collect();
    assert_eq!(shown, expected);
    assert!((1..30).contains(&in_time), "{in_time}");
}
