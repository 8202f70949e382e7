//! Laws 2 and 3 with a real process and a real disk: it is killed in the middle of everything, again and again. What was
//! said to be saved is there, what anybody saw is there, and nothing is there twice.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use std::collections::BTreeMap;
use std::time::Duration;

use shared::docs::board::{Board, Seated};
use shared::wire::ServerMessage;
use shared::{AnyDoc, Capability, Doc, DocId, GroupId, PersonId};
use tests::ask::{self, Made};
use tests::diary::{Diary, Dice, seen};
use tests::naze::Naze;
use tests::peer::{Heard, Peer};
use tests::phone::{Owner, Phone};
use tokio::task::JoinSet;
use tokio::time::sleep;

const GROUPS: u16 = 7;
const WRITERS_PER_GROUP: u16 = 2;
const KILLS: usize = 20;
/// No limits on rate: these writers are faster than people.
const FAST: [&str; 6] = ["--log", "warn", "--edits-per-second", "100000", "--edits-at-once", "1000000"];

/// The boards as somebody gets them who has nothing yet.
async fn boards(base: &str, made: &Made) -> BTreeMap<GroupId, Doc<Board>> {
    let mut wall = Wall::open(base, made).await;
    while wall.boards.len() < usize::from(GROUPS) {
        assert!(wall.listen().await, "the wall was closed");
    }
    wall.boards
}

/// Somebody who only looks: what they have seen must not be lost either.
struct Wall {
    peer: Peer,
    boards: BTreeMap<GroupId, Doc<Board>>,
}

impl Wall {
    async fn open(base: &str, made: &Made) -> Self {
        let mut peer = Peer::open(base).await.unwrap();
        let client = server::access::new_client().unwrap();
        let (you, _) = peer.hello(made.id, made.observer, client, Vec::new()).await.unwrap();
        assert_eq!(you, Capability::Observer);
        Self { peer, boards: BTreeMap::new() }
    }

    /// Whether the connection is still there.
    async fn listen(&mut self) -> bool {
        match self.peer.next().await {
            Ok(Heard::Said(ServerMessage::Snapshot { doc: DocId::Board(group), body: AnyDoc::Board(doc) })) => {
                self.boards.insert(group, doc);
            }
            Ok(Heard::Said(ServerMessage::Entries { doc: DocId::Board(group), entries })) => {
                let doc = self.boards.get_mut(&group).expect("a doc comes before its entries");
                for entry in entries {
                    assert_eq!(entry.stamp.seq, doc.seq.next(), "no gap");
                    doc.take(&entry.stamp, &entry.op);
                }
            }
            Ok(Heard::Said(_)) => {}
            Ok(Heard::Closed(_)) | Err(_) => return false,
        }
        true
    }

    async fn watch(mut self) -> Self {
        while self.listen().await {}
        self
    }

    fn check(&self, now: &BTreeMap<GroupId, Doc<Board>>) {
        for (group, doc) in &self.boards {
            agrees(doc, &now[group]);
        }
    }
}

/// `before` is what `now` once was.
fn agrees(before: &Doc<Board>, now: &Doc<Board>) {
    assert!(before.seq <= now.seq, "entries {:?} to {:?} were seen, and are lost", now.seq, before.seq);
    if before.seq == now.seq {
        assert!(before == now, "another doc at {:?}", now.seq);
    }
    seen(&before.model, &now.model).unwrap();
}

async fn writers(base: &str, made: &Made) -> Vec<Diary> {
    let signs = ('A'..='Z').chain('a'..='z');
    let seats = (1..=GROUPS).flat_map(|group| (0..WRITERS_PER_GROUP).map(move |_| group));
    let mut writers = Vec::new();
    for (sign, group) in signs.zip(seats) {
        let owner = Owner::join(base, made, &format!("writer {sign}"), group).await.unwrap();
        writers.push(Diary::new(Phone::new(owner).unwrap(), sign));
    }
    writers
}

/// Everybody connects and writes, until `end` has ended the server.
async fn write_until(base: &str, made: &Made, writers: Vec<Diary>, end: impl AsyncFnOnce()) -> (Vec<Diary>, Wall) {
    let wall = tokio::spawn(Wall::open(base, made).await.watch());
    let mut writing = JoinSet::new();
    for mut writer in writers {
        writer.phone.connect(base).await.unwrap();
        writing.spawn(writer.write());
    }
    end().await;
    (writing.join_all().await, wall.await.unwrap())
}

fn check(writers: &[Diary], wall: &Wall, now: &BTreeMap<GroupId, Doc<Board>>) {
    for writer in writers {
        let board = &now[&writer.phone.owner.group];
        agrees(writer.phone.replica.confirmed(), board);
        writer.check(&board.model).unwrap();
    }
    wall.check(now);
}

/// Everybody comes back, and everything that was pending arrives: once.
async fn come_back(base: &str, made: &Made, writers: &mut [Diary]) {
    for writer in writers.iter_mut() {
        writer.phone.connect(base).await.unwrap();
        writer.phone.saved().await.unwrap();
    }
    let now = boards(base, made).await;
    for writer in writers.iter_mut() {
        let board = &now[&writer.phone.owner.group];
        while writer.phone.replica.seq() < board.seq {
            assert_eq!(writer.phone.hear().await.unwrap(), None);
        }
        assert!(writer.phone.replica.confirmed() == board, "all have the same board");
        assert!(writer.phone.replica.view() == &board.model, "and see it");
        writer.check(&board.model).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_power_cuts_lose_nothing_and_double_nothing() {
    let mut naze = Naze::start_with(&FAST).await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, GROUPS).await.unwrap();
    let mut writers = writers(&base, &made).await;
    let mut dice = Dice(1);
    for _ in 0..KILLS {
        let while_writing = Duration::from_millis(u64::try_from(80 + dice.below(300)).unwrap());
        let (came_out, wall) = write_until(&base, &made, writers, async || {
            sleep(while_writing).await;
            naze.kill();
        })
        .await;
        writers = came_out;
        naze.again().await.unwrap();
        check(&writers, &wall, &boards(&base, &made).await);
    }
    come_back(&base, &made, &mut writers).await;
    let written: usize = writers.iter().map(Diary::len).sum();
    println!("{written} words and {KILLS} power cuts");
    assert!(written > 2_000, "it was hardly a load: {written}");
    assert!(writers.iter().all(|writer| !writer.is_empty()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_asked_to_stop_says_so_and_keeps_everything() {
    let mut naze = Naze::start_with(&FAST).await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, GROUPS).await.unwrap();
    let mut writers = writers(&base, &made).await;
    for _ in 0..2 {
        let (came_out, wall) = write_until(&base, &made, writers, async || {
            sleep(Duration::from_millis(200)).await;
            assert!(naze.stop().await.unwrap().success());
        })
        .await;
        writers = came_out;
        let codes: Vec<Option<u16>> = writers.iter().map(|writer| writer.closed).collect();
        assert!(codes.iter().all(|code| *code == Some(1012)), "{codes:?}");
        naze.again().await.unwrap();
        check(&writers, &wall, &boards(&base, &made).await);
    }
    come_back(&base, &made, &mut writers).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_loses_nothing_that_was_saved_and_stops_nothing_else() {
    let mut naze = Naze::start_with(&FAST).await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, GROUPS).await.unwrap();
    let mut writers = writers(&base, &made).await;
    assert!(naze.stop().await.unwrap().success());
    naze.again_with_files_up_to(1024 * 1024).await.unwrap();
    let wall = tokio::spawn(Wall::open(&base, &made).await.watch());
    let mut failed = 0;
    for _ in 0..10 {
        let mut writing = JoinSet::new();
        for mut writer in writers.drain(..) {
            // Where nothing can be stored, nobody is told that anything is saved: here their connection ends.
            let connected = writer.phone.connect(&base).await;
            writing.spawn(async move { if connected.is_ok() { writer.write().await } else { writer } });
        }
        let (mut ended, mut waited) = (Vec::new(), 0);
        while failed == 0 && waited < 400 {
            failed = ask::figure(&base, "naze_append_errors_total").await.unwrap();
            waited += 1;
            sleep(Duration::from_millis(20)).await;
        }
        while let Ok(Some(writer)) = tokio::time::timeout(Duration::from_secs(2), writing.join_next()).await {
            ended.push(writer.unwrap());
        }
        assert!(writing.is_empty(), "somebody waits for ever for a disk that is full");
        writers = ended;
        if failed > 0 {
            break;
        }
    }
    assert!(failed > 0, "the disk was never full");
    assert_eq!(ask::get(&format!("{base}/healthz")).await.unwrap().status, 200);
    let seen = boards(&base, &made).await;
    naze.kill();
    let wall = wall.await.unwrap();
    naze.again().await.unwrap();
    let now = boards(&base, &made).await;
    check(&writers, &wall, &now);
    seen.iter().for_each(|(group, doc)| agrees(doc, &now[group]));
    come_back(&base, &made, &mut writers).await;
}

/// Joins until the server is gone. Who was told to be in.
async fn join_until_the_end(base: String, made: Made) -> Vec<(Owner, String)> {
    let mut joined = Vec::new();
    for n in 0.. {
        let name = format!("guest {n}");
        let group = u16::try_from(n % usize::from(GROUPS)).unwrap() + 1;
        match Owner::join(&base, &made, &name, group).await {
            Ok(owner) => joined.push((owner, name)),
            Err(_) => break,
        }
    }
    joined
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_was_let_in_is_in_after_a_power_cut() {
    let mut naze = Naze::start_with(&FAST).await.unwrap();
    let base = naze.base();
    let mut people: BTreeMap<PersonId, usize> = BTreeMap::new();
    for round in 0..5 {
        let made = ask::make(&base, GROUPS).await.unwrap();
        let mut joining = JoinSet::new();
        for _ in 0..4 {
            joining.spawn(join_until_the_end(base.clone(), made));
        }
        sleep(Duration::from_millis(30 + 25 * round)).await;
        naze.kill();
        let joined: Vec<(Owner, String)> = joining.join_all().await.into_iter().flatten().collect();
        naze.again().await.unwrap();
        // Whoever comes back opens their board, and the board knows them.
        for (owner, name) in &joined {
            let mut peer = Peer::open(&base).await.unwrap();
            let again = peer.join(made.code, owner.token, name, None).await.unwrap();
            assert_eq!(again, (owner.person, owner.group), "the same person in the same seat");
            let mut phone = Phone::new(*owner).unwrap();
            phone.connect(&base).await.unwrap();
            while phone.replica.view().members.get(&owner.person).is_none_or(|member| member.seated != Seated::Here) {
                assert_eq!(phone.hear().await.unwrap(), None, "{name} is no member of their board");
            }
            *people.entry(owner.person).or_default() += 1;
        }
    }
    assert!(people.values().sum::<usize>() > 20, "hardly anybody joined: {people:?}");
}

/// A copy that is made while everybody writes, put to use on another machine: it is what the boards were at one moment, and that
/// moment is not before the copy was begun.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_while_everybody_writes_is_whole_on_another_machine() {
    let mut naze = Naze::start_with(&FAST).await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, GROUPS).await.unwrap();
    let mut writers = writers(&base, &made).await;
    let elsewhere = tempfile::tempdir().unwrap();
    let mut sizes = Vec::new();
    for round in 0..3 {
        let copy = elsewhere.path().join(format!("copy-{round}.db"));
        let (data, file) = (naze.data().to_str().unwrap().to_owned(), copy.clone());
        let mut acknowledged = BTreeMap::new();
        let (came_out, wall) = write_until(&base, &made, writers, async || {
            sleep(Duration::from_millis(150)).await;
            acknowledged = boards(&base, &made).await;
            let backup = move || tests::naze::run(&["backup", file.to_str().unwrap(), "--data", &data]).unwrap();
            let done = tokio::task::spawn_blocking(backup).await.unwrap();
            assert!(done.status.success(), "{done:?}");
            sleep(Duration::from_millis(100)).await;
            naze.kill();
        })
        .await;
        writers = came_out;
        let other = tempfile::tempdir().unwrap();
        let into = other.path().to_str().unwrap();
        let restored = tests::naze::run(&["restore", copy.to_str().unwrap(), "--data", into]).unwrap();
        assert!(restored.status.success(), "{restored:?}");
        let other = Naze::start_in(other, &FAST).await.unwrap();
        let restored = boards(&other.base(), &made).await;
        naze.again().await.unwrap();
        let now = boards(&base, &made).await;
        check(&writers, &wall, &now);
        for (group, doc) in &restored {
            agrees(&acknowledged[group], doc);
            agrees(doc, &now[group]);
            sizes.push((acknowledged[group].seq.0, doc.seq.0, now[group].seq.0));
        }
    }
    let written_since = sizes.iter().filter(|(_, copied, now)| copied < now).count();
    assert!(written_since > sizes.len() / 2, "hardly anybody wrote while it was copied: {sizes:?}");
}
