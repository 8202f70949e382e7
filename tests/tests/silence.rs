//! Writing in silence over real sockets and a real process: nobody else hears one byte before the end, after it everything is there
//! once, and where it was promised nobody learns who wrote what. Whatever happens to the server or to a phone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use shared::docs::board::{Board, BoardOp};
use shared::docs::tray::TrayOp;
use shared::docs::workshop::{AtEnd, Kind, Names, Plan, Whom};
use shared::presence::Doing;
use shared::wire::ClientMessage;
use shared::{AnyDoc, By, CardId, DocId, GroupId, Op, SlipId, StepId};
use tests::ask::{self, Made};
use tests::naze::Naze;
use tests::phone::Owner;
use tests::someone::Someone;
use tokio::time::{sleep, timeout};

const GROUPS: u16 = 3;
const EACH: u16 = 2;
const SOON: Duration = Duration::from_secs(20);

fn plan(kind: Kind, names: Names) -> Plan {
    Plan { kind, title: "t".into(), minutes: 5, each_s: 0, prompt: String::new(), at_end: AtEnd::GoOn, names }
}

const fn board(group: u16) -> DocId {
    DocId::Board(GroupId(group))
}

fn put(text: &str, names: Names) -> Op {
    Op::Tray(TrayOp::PutSlip { text: text.to_owned(), names })
}

/// A sentence of characters that nothing else here is written with, and no other sentence has.
struct Sentences(u32);

impl Sentences {
    fn next(&mut self) -> String {
        let from = self.0;
        self.0 += 8;
        (from..self.0).map(|code| char::from_u32(code).unwrap()).collect()
    }
}

/// Two characters are enough to know it by: six bytes that come by chance nowhere.
fn traces(text: &str) -> Vec<Vec<u8>> {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(2).map(|two| two.iter().collect::<String>().into_bytes()).collect()
}

/// Three groups of two, a lead, a helper and an observer.
struct Hall {
    naze: Naze,
    base: String,
    made: Made,
    lead: Someone,
    steps: Vec<StepId>,
    /// Who sits in which group.
    people: Vec<(u16, Owner, Someone)>,
    /// Who only listens.
    others: Vec<Someone>,
}

impl Hall {
    async fn silent(names: Names) -> Self {
        let naze = Naze::start().await.unwrap();
        let base = naze.base();
        let made = ask::make(&base, GROUPS).await.unwrap();
        let mut people = Vec::new();
        for n in 0..GROUPS * EACH {
            let group = n % GROUPS + 1;
            let owner = Owner::join(&base, &made, &format!("名前{n}"), group).await.unwrap();
            people.push((group, owner, Someone::seated(&base, &made, owner).await.unwrap()));
        }
        let mut lead = Someone::with(&base, &made, "the lead", made.lead).await.unwrap();
        let others = vec![
            Someone::with(&base, &made, "a helper", made.helper).await.unwrap(),
            Someone::with(&base, &made, "an observer", made.observer).await.unwrap(),
        ];
        let kinds = [(Kind::Silence, names), (Kind::Deepen, Names::Shown)];
        let steps = lead.begins(kinds.map(|(kind, names)| plan(kind, names)).to_vec()).await.unwrap();
        Self { naze, base, made, lead, steps, people, others }
    }

    async fn talks(&mut self) {
        self.lead.goes(Whom::All, self.steps[0], self.steps[1]).await.unwrap();
    }

    async fn falls_silent(&mut self) {
        self.lead.goes(Whom::All, self.steps[1], self.steps[0]).await.unwrap();
    }

    /// A power cut, and everybody comes back.
    async fn is_cut(&mut self) {
        self.naze.kill();
        self.naze.again().await.unwrap();
        self.lead.comes_back(&self.base).await.unwrap();
        for (_, _, one) in &mut self.people {
            one.comes_back(&self.base).await.unwrap();
        }
    }

    fn everybody(&mut self) -> impl Iterator<Item = &mut Someone> {
        self.people.iter_mut().map(|(_, _, one)| one).chain(&mut self.others).chain([&mut self.lead])
    }

    async fn everybody_listens(&mut self) {
        for one in self.everybody() {
            one.listens().await.unwrap();
        }
    }

    /// The boards as somebody gets them who has nothing yet, once they hold so many cards in all.
    async fn boards(&self, cards: usize) -> BTreeMap<u16, Board> {
        let mut newcomer = Someone::with(&self.base, &self.made, "a newcomer", self.made.observer).await.unwrap();
        let waits = async {
            loop {
                newcomer.listens().await.unwrap();
                let boards: BTreeMap<u16, Board> =
                    (1..=GROUPS).filter_map(|group| Some((group, as_board(newcomer.doc(board(group))?)))).collect();
                if boards.values().map(|board| causes(board).len()).sum::<usize>() >= cards {
                    return boards;
                }
                newcomer.next().await.unwrap();
            }
        };
        timeout(SOON, waits).await.expect("something is not shown")
    }
}

fn as_board(doc: AnyDoc) -> Board {
    match doc {
        AnyDoc::Board(doc) => doc.model,
        other => panic!("{other:?}"),
    }
}

/// What hangs under the theme: what it says, and whose it is.
fn causes(board: &Board) -> Vec<(String, By, CardId)> {
    let children = board.get(CardId::THEME).unwrap().children.iter();
    children.map(|id| (*id, board.get(*id).unwrap())).map(|(id, card)| (card.text.read(), card.by, id)).collect()
}

fn texts(boards: &BTreeMap<u16, Board>, group: u16) -> BTreeSet<String> {
    let all = causes(&boards[&group]);
    let texts: BTreeSet<String> = all.iter().map(|(text, ..)| text.clone()).collect();
    assert_eq!(texts.len(), all.len(), "something is there twice");
    texts
}

/// Everybody writes so many sentences. Whose each is.
async fn everybody_writes(
    hall: &mut Hall,
    sentences: &mut Sentences,
    names: Names,
    each: usize,
) -> Vec<(String, usize)> {
    let mut written = Vec::new();
    for (at, (group, _, one)) in hall.people.iter_mut().enumerate() {
        for n in 0..each {
            let text = sentences.next();
            one.does(one.tray(), put(&text, names)).await.unwrap();
            let doing = Doing::Silent(u16::try_from(n + 1).unwrap());
            one.says(&ClientMessage::Doing { doc: board(*group), doing }).await.unwrap();
            written.push((text, at));
        }
    }
    written
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_hears_one_byte_before_the_end_and_everybody_of_the_group_once_after_it() {
    let mut hall = Hall::silent(Names::Shown).await;
    let mut sentences = Sentences(0x9000);
    let mut written = everybody_writes(&mut hall, &mut sentences, Names::Shown, 3).await;
    // One thinks again, one takes back.
    let (first, changed, never) = (sentences.next(), sentences.next(), sentences.next());
    let one = &mut hall.people[0].2;
    let slip = SlipId::from(one.does(one.tray(), put(&first, Names::Shown)).await.unwrap());
    let change = TrayOp::ChangeSlip { slip, text: changed.clone() };
    one.does(one.tray(), Op::Tray(change)).await.unwrap();
    let slip = SlipId::from(one.does(one.tray(), put(&never, Names::Shown)).await.unwrap());
    one.does(one.tray(), Op::Tray(TrayOp::TakeBackSlip { slip })).await.unwrap();
    written.push((changed, 0));
    sleep(Duration::from_millis(400)).await;
    hall.everybody_listens().await;
    let secret: Vec<(String, usize)> =
        written.iter().cloned().chain([(first.clone(), 0), (never.clone(), 0)]).collect();
    let authors: Vec<String> = hall.people.iter().map(|(_, _, one)| one.who.clone()).collect();
    for one in hall.everybody() {
        for (text, _) in secret.iter().filter(|(_, author)| authors[*author] != one.who) {
            assert!(traces(text).iter().all(|trace| !one.has_heard(trace)), "{} has heard of {text}", one.who);
        }
    }
    let told = ask::export(&hall.base, &hall.made).await.unwrap().to_string();
    assert!(
        secret.iter().all(|(text, _)| traces(text).iter().all(|part| !told.contains(&*String::from_utf8_lossy(part))))
    );
    hall.talks().await;
    let boards = hall.boards(written.len()).await;
    for (group, person, ..) in hall.people.iter().map(|(group, owner, _)| (*group, owner.person)) {
        let of = |(text, at): &(String, usize)| (hall.people[*at].1.person == person).then(|| text.clone());
        let expected: Vec<String> = written.iter().filter_map(of).collect();
        let shown = causes(&boards[&group]).into_iter().filter(|(_, by, _)| *by == By::Person(person));
        assert_eq!(shown.map(|(text, ..)| text).collect::<Vec<_>>(), expected, "in the order in which it was written");
    }
    assert_eq!(boards.values().map(|board| causes(board).len()).sum::<usize>(), written.len(), "and nothing else");
    hall.everybody_listens().await;
    for (group, _, one) in &hall.people {
        let mut heard: Vec<&str> = one.revealed(board(*group)).into_iter().map(|(_, text)| text).collect();
        let count = heard.len();
        heard.sort_unstable();
        heard.dedup();
        assert_eq!((count, heard.len()), (causes(&boards[group]).len(), count), "{}: each once", one.who);
        for other in (1..=GROUPS).filter(|other| other != group) {
            assert!(one.entries(board(other)).next().is_none());
        }
    }
    // What was taken back, and what was said first, is never heard by anybody else.
    for one in hall.everybody().filter(|one| one.who != authors[0]) {
        for text in [&first, &never] {
            assert!(traces(text).iter().all(|trace| !one.has_heard(trace)), "{} has heard of {text}", one.who);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_no_names_are_kept_nobody_is_told_who_wrote_it() {
    let mut hall = Hall::silent(Names::Hidden).await;
    let written = everybody_writes(&mut hall, &mut Sentences(0x9000), Names::Hidden, 4).await;
    hall.talks().await;
    let boards = hall.boards(written.len()).await;
    hall.everybody_listens().await;
    let tabs: BTreeSet<_> = hall.everybody().map(|one| one.client).collect();
    for (group, board) in &boards {
        assert_eq!(texts(&boards, *group).len(), usize::from(EACH) * 4);
        for (text, by, id) in causes(board) {
            let card = board.get(id).unwrap();
            assert_eq!((by, card.history.editors.len()), (By::Server, 0), "{text}");
            assert!(matches!(card.history.last, Some((By::Server, _)) | None), "{text}");
            assert!(!tabs.contains(&id.client) && id.n == 1, "{text} is named {id}");
        }
        // They lie in the order of names that were made of a secret, not one author after the other.
        let order: Vec<CardId> = causes(board).into_iter().map(|(_, _, id)| id).collect();
        assert!(order.is_sorted());
        let different: BTreeSet<_> = order.iter().map(|card| card.client).collect();
        assert_eq!(different.len(), order.len(), "no two are known to be of one hand");
    }
    for one in hall.everybody() {
        for group in 1..=GROUPS {
            for (entry, text) in one.revealed(board(group)) {
                let Op::Board(BoardOp::Reveal { author, .. }) = &entry.op else { panic!("it is revealed") };
                assert_eq!((*author, entry.stamp.by), (None, By::Server), "{text}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_power_cuts_after_a_silence_lose_nothing_and_show_nothing_twice() {
    let mut hall = Hall::silent(Names::Hidden).await;
    let (mut sentences, mut all) = (Sentences(0x5000), Vec::new());
    for round in 0..20 {
        let names = if round % 2 == 0 { Names::Shown } else { Names::Hidden };
        all.extend(everybody_writes(&mut hall, &mut sentences, names, 2).await);
        hall.talks().await;
        sleep(Duration::from_micros(700 * (round / 2))).await;
        hall.is_cut().await;
        let boards = hall.boards(all.len()).await;
        for group in 1..=GROUPS {
            let of = |(text, at): &(String, usize)| (hall.people[*at].0 == group).then(|| text.clone());
            let expected: BTreeSet<String> = all.iter().filter_map(of).collect();
            assert_eq!(texts(&boards, group), expected, "round {round}");
        }
        hall.falls_silent().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_phone_brings_late_is_shown_once() {
    let mut hall = Hall::silent(Names::Shown).await;
    let mut sentences = Sentences(0x9000);
    let (said, unheard, offline) = (sentences.next(), sentences.next(), sentences.next());
    let (base, one) = (hall.base.clone(), &mut hall.people[0].2);
    let tray = one.tray();
    one.does(tray, put(&said, Names::Shown)).await.unwrap();
    // Sent, and the phone is away before it hears that it is saved; and one that was never sent.
    let sent = (one.next_id(), put(&unheard, Names::Shown));
    one.says(&ClientMessage::Ops { doc: tray, ops: vec![sent.clone()] }).await.unwrap();
    let kept = (one.next_id(), put(&offline, Names::Shown));
    hall.talks().await;
    let before = hall.boards(1).await;
    assert!(texts(&before, 1).contains(&said) && !texts(&before, 1).contains(&offline));
    let one = &mut hall.people[0].2;
    for _ in 0..2 {
        one.comes_back(&base).await.unwrap();
        for (id, op) in [&sent, &kept] {
            assert_eq!(one.sends(tray, *id, op.clone()).await.unwrap(), Ok(()), "a tray always takes it");
        }
    }
    let boards = hall.boards(3).await;
    assert_eq!(texts(&boards, 1), BTreeSet::from([said, unheard, offline]));
    assert_eq!(texts(&boards, 2).len() + texts(&boards, 3).len(), 0);
    // The next silence keeps what is written in it, also for who comes back in it.
    hall.falls_silent().await;
    let (later, one) = (sentences.next(), &mut hall.people[0].2);
    one.does(tray, put(&later, Names::Shown)).await.unwrap();
    one.comes_back(&base).await.unwrap();
    hall.is_cut().await;
    sleep(Duration::from_millis(300)).await;
    assert_eq!(texts(&hall.boards(3).await, 1).len(), 3);
    hall.talks().await;
    assert!(texts(&hall.boards(4).await, 1).contains(&later));
}
