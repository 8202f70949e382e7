//! The bytes of a connection, as they come from the network: whatever they are, the answer is HTTP or the end, never a failure of
//! ours.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use server::addresses::Addresses;
use server::http::about_data::Facts;
use server::http::{Rules, listen, router};
use server::log::MemoryLog;
use server::page::Page;
use server::registry::{Limits, Registry};
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

/// Bytes under way in either direction.
const PIPE_BYTES: usize = 64 * 1024;
/// No answer takes longer: the other end has said everything and closed.
const ANSWER: Duration = Duration::from_secs(30);

/// Tries it.
pub fn http(bytes: &[u8]) {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| Builder::new_current_thread().enable_all().build().ok());
    if let Some(runtime) = runtime {
        runtime.block_on(talk(bytes));
    }
}

async fn talk(bytes: &[u8]) {
    let Ok(registry) = Registry::open(Arc::new(MemoryLog::new()), Limits::default()).await else { return };
    let addresses = Arc::new(Addresses::new(None, ([127, 0, 0, 1], 8080).into()));
    let rules =
        Rules { organiser_key: None, seats: 5, new_workshops_per_minute: 30, encrypted: None, about: Facts::default() };
    let router = router(registry.clone(), Page::Table(Arc::default()), addresses, rules);
    let (ours, theirs) = duplex(PIPE_BYTES);
    let serving = tokio::spawn(listen::talk(ours, router));
    let (mut answers, mut says) = tokio::io::split(theirs);
    let mut answer = Vec::new();
    let heard = timeout(ANSWER, async {
        let say = async {
            // It may have had enough.
            let _ = says.write_all(bytes).await;
            let _ = says.shutdown().await;
        };
        let (_, read) = tokio::join!(say, answers.read_to_end(&mut answer));
        read
    });
    assert!(heard.await.is_ok(), "no end of the answer");
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1."), "an answer that is no HTTP");
    for wrong in [&b"HTTP/1.1 500"[..], b"HTTP/1.0 500"] {
        assert!(!answer.starts_with(wrong), "a failure of ours");
    }
    let served = timeout(ANSWER, serving).await;
    assert!(matches!(served, Ok(Ok(()))), "a panic, or no end");
    registry.close().await;
}
