//! People who were let in try to fill the server's memory: boards are filled in the way that takes most of it, hundreds follow all of
//! them and read nothing, workshops are made and people come without end. It keeps to its ceiling, says so to whoever is refused, and
//! two who work at another board notice little.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use shared::docs::board::{BoardOp, Place};
use shared::text::{Span, TextEdit};
use shared::wire::{ClientMessage, Refusal, ServerMessage};
use shared::{CardId, CharId, ClientId, DocId, GroupId, Op, OpId, Reject};
use tests::ask::{self, Made};
use tests::load::process::memory_bytes;
use tests::naze::Naze;
use tests::peer::{Heard, Peer, Way};
use tests::phone::{Owner, Phone};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::{alone, tell};

/// The ceiling, in megabytes.
const CEILING: u64 = 128;
/// How long they try.
const TIME: Duration = Duration::from_secs(12);
const GROUPS: u16 = 24;
/// Who follows all boards and reads nothing, over sockets and over the way round.
const DEAF: usize = 150;
const DEAF_ROUND: usize = 30;
/// Where nothing else is to do a card is saved within a few milliseconds. The others have the same two cores as the server.
const LATE: Duration = Duration::from_millis(2_500);
const LETTERS: u32 = 200;
/// Cards in one message.
const CARDS: u32 = 16;
/// They may be as quick as they can.
const SETTINGS: [&str; 12] = [
    "--log",
    "error",
    "--joins-per-minute",
    "100000",
    "--new-workshops-per-minute",
    "6000",
    "--edits-per-second",
    "100000",
    "--edits-at-once",
    "1000000",
    "--memory-max",
    "128",
];

/// What they came to.
#[derive(Default)]
struct Counts {
    written: AtomicU64,
    refused: AtomicU64,
    made: AtomicU64,
    not_made: AtomicU64,
    came: AtomicU64,
    not_let_in: AtomicU64,
    turned_away: AtomicU64,
}

impl Counts {
    /// Whether words were refused, and somebody was not let in.
    fn was_full(&self) -> bool {
        let any = |counts: &[&AtomicU64]| counts.iter().any(|count| count.load(Ordering::Relaxed) > 0);
        any(&[&self.refused]) && any(&[&self.not_made, &self.not_let_in, &self.turned_away])
    }
}

fn add(count: &AtomicU64) {
    count.fetch_add(1, Ordering::Relaxed);
}

/// A card, and then every second letter of it is deleted: each that is left stands alone, and takes as much memory as it can.
fn torn(client: ClientId, n: u32) -> [(OpId, Op); 2] {
    let start = n * LETTERS;
    let add = OpId { client, n: 2 * n + 1 };
    let text = "あ".repeat(LETTERS as usize);
    let card = BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text, start };
    let spans = (0..LETTERS / 2).map(|at| Span { first: CharId { client, n: start + 2 * at }, len: 1 }).collect();
    let tear = BoardOp::EditText { card: CardId::from(add), edit: TextEdit::Delete { spans } };
    [(add, Op::Board(card)), (OpId { client, n: 2 * n + 2 }, Op::Board(tear))]
}

/// Fills the board of a group.
async fn fills(base: String, owner: Owner, counts: Arc<Counts>) -> anyhow::Result<()> {
    let client = server::access::new_client()?;
    let mut peer = Peer::open(&base).await?;
    peer.hello(owner.workshop, owner.token, client, vec![]).await?;
    let doc = DocId::Board(owner.group);
    let mut n = 0;
    loop {
        let ops: Vec<_> = (0..CARDS).flat_map(|at| torn(client, n + at)).collect();
        n += CARDS;
        let last = ops.last().map(|(id, _)| *id).unwrap();
        peer.say(&ClientMessage::Ops { doc, ops }).await?;
        loop {
            match peer.hear().await? {
                Heard::Closed(_) => anyhow::bail!("closed"),
                Heard::Said(ServerMessage::Rejected { id, why, .. }) => {
                    if why == Reject::ServerFull {
                        add(&counts.refused);
                    }
                    if id == last {
                        break;
                    }
                }
                Heard::Said(ServerMessage::Entries { entries, .. }) => {
                    counts.written.fetch_add(entries.len() as u64, Ordering::Relaxed);
                    if entries.iter().any(|entry| entry.stamp.id == last) {
                        break;
                    }
                }
                Heard::Said(_) => {}
            }
        }
    }
}

/// Follows all boards, and reads nothing any more once it is in. Again, when it was closed.
async fn is_deaf(way: Way, base: String, made: Made) -> anyhow::Result<()> {
    let mut peer = Peer::by(way, &base).await?;
    peer.hello(made.id, made.observer, server::access::new_client()?, vec![]).await?;
    sleep(TIME / 4).await;
    Ok(())
}

async fn makes(base: &str, counts: &Counts) -> anyhow::Result<()> {
    let body = r#"{"title":"いくらでも","language":"ja","groups":200}"#;
    let headers = [("Content-Type", "application/json")];
    let answer = ask::ask(http::Method::POST, &format!("{base}/api/workshops"), &headers, body).await?;
    match answer.status {
        201 => add(&counts.made),
        503 => {
            assert!(answer.body.contains("無事") && answer.body.contains("--memory-max"), "{}", answer.body);
            add(&counts.not_made);
        }
        _ => {}
    }
    Ok(())
}

/// Somebody new comes, and another one.
async fn comes(base: &str, made: &Made, n: u16, counts: &Counts) -> anyhow::Result<()> {
    let mut peer = Peer::open(base).await?;
    let (token, group) = (server::access::new_token()?, Some(GroupId(1 + n % GROUPS)));
    peer.say(&ClientMessage::Join { code: made.code, token, name: format!("客{n}"), group }).await?;
    match peer.hear().await? {
        Heard::Said(ServerMessage::Joined { .. }) => add(&counts.came),
        Heard::Said(ServerMessage::Refused(Refusal::ServerFull)) => add(&counts.not_let_in),
        Heard::Closed(Some(4006)) => add(&counts.turned_away),
        _ => {}
    }
    Ok(())
}

/// Comes back when it was sent away, as a page does.
async fn connects(phone: &mut Phone, base: &str) {
    while phone.connect(base).await.is_err() {
        sleep(Duration::from_millis(50)).await;
    }
}

/// Two at another board: one writes, the other sees it, for a while, on a slow machine until the server was full. How long each card
/// took until both had it.
async fn work([mut writes, mut sees]: [Phone; 2], counts: &Counts) -> (Phone, Vec<Duration>) {
    let (since, mut took) = (Instant::now(), Vec::new());
    while since.elapsed() < TIME || (!counts.was_full() && since.elapsed() < 6 * TIME) {
        let begun = Instant::now();
        let card = writes.add(CardId::THEME, "だれにも頼まれたことがない").unwrap();
        writes.flush().await.unwrap();
        writes.saved().await.unwrap();
        while sees.replica.view().get(card).is_none() {
            assert_eq!(sees.hear().await.unwrap(), None, "closed");
        }
        took.push(begun.elapsed());
        sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(writes.refused, []);
    took.sort_unstable();
    (sees, took)
}

/// Looks at the server's memory all the time: the most that it took.
fn watched(naze: &Naze) -> (Arc<AtomicBool>, std::thread::JoinHandle<u64>) {
    let (over, process) = (Arc::new(AtomicBool::new(false)), naze.pid().unwrap().to_string());
    let until = Arc::clone(&over);
    let watch = std::thread::spawn(move || {
        let mut most = 0;
        while !until.load(Ordering::Relaxed) {
            most = most.max(memory_bytes(&process).unwrap_or(u64::MAX));
            std::thread::sleep(Duration::from_millis(5));
        }
        most
    });
    (over, watch)
}

fn attack(base: &str, made: &Made, owners: Vec<Owner>, counts: &Arc<Counts>) -> JoinSet<()> {
    let mut all = JoinSet::new();
    for owner in owners {
        let (base, counts) = (base.to_owned(), Arc::clone(counts));
        all.spawn(async move {
            loop {
                let _ = fills(base.clone(), owner, Arc::clone(&counts)).await;
                sleep(Duration::from_millis(20)).await;
            }
        });
    }
    for n in 0..DEAF + DEAF_ROUND {
        let (base, made) = (base.to_owned(), *made);
        let way = if n < DEAF { Way::Socket } else { Way::Detour };
        all.spawn(async move {
            loop {
                let _ = is_deaf(way, base.clone(), made).await;
                sleep(Duration::from_millis(200)).await;
            }
        });
    }
    let (at, theirs) = (base.to_owned(), Arc::clone(counts));
    all.spawn(async move {
        loop {
            let _ = makes(&at, &theirs).await;
            sleep(Duration::from_millis(20)).await;
        }
    });
    let (at, made, theirs) = (base.to_owned(), *made, Arc::clone(counts));
    all.spawn(async move {
        for n in 0.. {
            let _ = timeout(Duration::from_secs(2), comes(&at, &made, n, &theirs)).await;
            sleep(Duration::from_millis(20)).await;
        }
    });
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_keeps_to_its_ceiling() {
    let _alone = alone().await;
    assert_eq!(SETTINGS[11], CEILING.to_string());
    let naze = Naze::start_with(&SETTINGS).await.unwrap();
    let base = naze.base();
    let (mine, theirs) = (ask::make(&base, 2).await.unwrap(), ask::make(&base, GROUPS).await.unwrap());
    let mut owners = Vec::new();
    for group in 1..=GROUPS {
        owners.push(Owner::join(&base, &theirs, &format!("埋める人{group}"), group).await.unwrap());
    }
    let mut pair = Vec::new();
    for name in ["書く人", "見る人"] {
        let mut phone = Phone::new(Owner::join(&base, &mine, name, 1).await.unwrap()).unwrap();
        connects(&mut phone, &base).await;
        pair.push(phone);
    }
    let before = memory_bytes(&naze.pid().unwrap().to_string()).unwrap();
    let (over, watch) = watched(&naze);
    let counts = Arc::<Counts>::default();
    let mut attack = attack(&base, &theirs, owners, &counts);
    let (sees, took) = work(pair.try_into().unwrap(), &counts).await;
    let closed = ask::figure(&base, "naze_overflows_total").await.unwrap();
    attack.shutdown().await;
    over.store(true, Ordering::Relaxed);
    let most = watch.join().unwrap();
    let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
    let p99 = took[(took.len() - 1) * 99 / 100];
    tell(&format!(
        "memory from {} to at most {} MB of {CEILING}; {} edits taken and {} refused, {} workshops made and {} refused, {} people \
         in and {} refused, {} turned away, {closed} closed; two others had {} cards within {p99:?} (99 of 100)",
        before / 1_000_000,
        most / 1_000_000,
        read(&counts.written),
        read(&counts.refused),
        read(&counts.made),
        read(&counts.not_made),
        read(&counts.came),
        read(&counts.not_let_in),
        read(&counts.turned_away),
        took.len(),
    ));
    assert!(most <= CEILING * 1_000_000, "{most} bytes");
    assert!(counts.was_full(), "nothing was refused, or nobody was told: it did not come near");
    assert!(p99 < LATE, "{p99:?}");
    assert_eq!(sees.replica.view().ever().count(), took.len());
    // What it holds is still there for who comes back.
    let mut again = Phone::new(sees.owner).unwrap();
    connects(&mut again, &base).await;
    assert_eq!(again.replica.view(), sees.replica.view());
}
