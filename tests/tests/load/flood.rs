//! Somebody does what they can to spoil it for the others: seats that are taken and not used, and from a second address codes that are
//! guessed, requests and edits as fast as they go. Whoever comes from elsewhere works on, and may still come in.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use shared::CardId;
use shared::wire::ClientMessage;
use tests::ask::{self, Made};
use tests::naze::Naze;
use tests::peer::Peer;
use tests::phone::{Owner, Phone};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::{alone, tell};

const FLOOD: Duration = Duration::from_secs(6);
/// Streams that it keeps open without a word.
const SILENT: usize = 6_000;
/// Whoever takes seats has all of them within so long.
const FILLS: Duration = Duration::from_secs(8);
/// Codes that it tries on each connection.
const GUESSES: u64 = 20;
/// Where nothing else is to do a card is saved within a few milliseconds. The flood has the same two cores as the server.
const LATE: Duration = Duration::from_millis(1_500);

/// Where the one sits who takes seats, and the one who makes noise: a seat that it has taken is none for its noise.
const SITS: &str = "127.0.0.2:0";
const NOISY: &str = "127.0.0.3:0";

async fn from(address: &str, base: &str) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(address.parse().unwrap())?;
    socket.connect(base.strip_prefix("http://").unwrap().parse().unwrap()).await
}

/// Does it over and over until the time is over; how often.
async fn again_and_again<F: Future<Output = anyhow::Result<()>>>(done: Arc<AtomicU64>, mut act: impl FnMut() -> F) {
    loop {
        // What fails is what it is for.
        let _ = act().await;
        done.fetch_add(1, Ordering::Relaxed);
        tokio::task::yield_now().await;
    }
}

/// Guesses codes, some on each connection.
async fn guesses(base: String) -> anyhow::Result<()> {
    let mut peer = Peer::upgrade(from(NOISY, &base).await?, &base, &[]).await?;
    for _ in 0..GUESSES {
        peer.say(&ClientMessage::Knock(server::access::new_code()?)).await?;
    }
    for _ in 0..GUESSES {
        peer.hear().await?;
    }
    Ok(())
}

/// Somebody who was let in writes faster than anybody can.
async fn scribbles(base: String, owner: Owner) -> anyhow::Result<()> {
    let mut phone = Phone::new(owner)?;
    phone.connect(&base).await?;
    for _ in 0..2_000 {
        phone.add(CardId::THEME, "あ");
    }
    phone.flush().await?;
    phone.saved().await
}

/// Asks for the page, and does not read what comes.
async fn asks(base: String) -> anyhow::Result<()> {
    let mut stream = from(NOISY, &base).await?;
    let host = base.strip_prefix("http://").unwrap();
    stream.write_all(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).await?;
    let mut some = [0; 512];
    stream.read(&mut some).await.map(drop)?;
    Ok(())
}

/// Takes seats and says nothing.
async fn sits(base: String, taken: Arc<AtomicU64>) {
    let mut kept = Vec::new();
    loop {
        match from(SITS, &base).await {
            Ok(stream) if kept.len() < SILENT => {
                kept.push(stream);
                taken.fetch_add(1, Ordering::Relaxed);
            }
            _ => sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Writes a card now and then; how long each took until it was saved.
async fn works(mut phone: Phone, time: Duration) -> (Phone, Vec<Duration>) {
    let (since, mut took) = (Instant::now(), Vec::new());
    while since.elapsed() < time {
        let begun = Instant::now();
        phone.add(CardId::THEME, "だれにも頼まれたことがない").unwrap();
        phone.flush().await.unwrap();
        phone.saved().await.unwrap();
        took.push(begun.elapsed());
        sleep(Duration::from_millis(100)).await;
    }
    took.sort_unstable();
    (phone, took)
}

/// Somebody new opens the page, comes in and sees the board; how long that takes.
async fn comes(base: &str, made: &Made, n: usize) -> Duration {
    let begun = Instant::now();
    let page = ask::get(&format!("{base}/")).await.unwrap();
    assert_eq!(page.status, 200);
    let mut phone = Phone::new(Owner::join(base, made, &format!("あとから{n}"), 2).await.unwrap()).unwrap();
    phone.connect(base).await.unwrap();
    begun.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_from_one_address_does_not_hurt_the_others() {
    let _alone = alone().await;
    let naze = Naze::start_with(&["--log", "error"]).await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, 3).await.unwrap();
    let mut phone = Phone::new(Owner::join(&base, &made, "静かに書く人", 1).await.unwrap()).unwrap();
    phone.connect(&base).await.unwrap();
    let (phone, quiet) = works(phone, Duration::from_secs(2)).await;
    let scribbler = Owner::join(&base, &made, "とめどなく書く人", 3).await.unwrap();
    let counts: [Arc<AtomicU64>; 4] = std::array::from_fn(|_| Arc::default());
    let [guessed, scribbled, asked, taken] = counts.clone();
    let mut flood = JoinSet::new();
    flood.spawn(sits(base.clone(), taken));
    // It has all that it gets before anybody else comes.
    let begun = Instant::now();
    while counts[3].load(Ordering::Relaxed) < SILENT as u64 && begun.elapsed() < FILLS {
        sleep(Duration::from_millis(50)).await;
    }
    for _ in 0..8 {
        let at = base.clone();
        flood.spawn(again_and_again(Arc::clone(&guessed), move || guesses(at.clone())));
        let at = base.clone();
        flood.spawn(again_and_again(Arc::clone(&asked), move || asks(at.clone())));
    }
    let at = base.clone();
    flood.spawn(again_and_again(scribbled, move || scribbles(at.clone(), scribbler)));
    let newcomers = async {
        let mut took = Vec::new();
        for n in 0..5 {
            took.push(comes(&base, &made, n).await);
            sleep(FLOOD / 6).await;
        }
        took
    };
    let ((phone, busy), came) = tokio::join!(works(phone, FLOOD), newcomers);
    flood.shutdown().await;
    let p99 = |times: &[Duration]| times[(times.len() - 1) * 99 / 100];
    tell(&format!(
        "flood of {} guesses, {} scribbles, {} requests, {} silent streams: saved within {:?} (p99; {:?} before it); newcomers {came:?}",
        counts[0].load(Ordering::Relaxed) * GUESSES,
        counts[1].load(Ordering::Relaxed),
        counts[2].load(Ordering::Relaxed),
        counts[3].load(Ordering::Relaxed),
        p99(&busy),
        p99(&quiet),
    ));
    assert!(p99(&busy) < LATE, "{:?}", p99(&busy));
    assert!(came.iter().all(|took| *took < 3 * LATE), "{came:?}");
    assert_eq!(phone.refused, []);
}
