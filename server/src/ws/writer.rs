//! Sends what waits: everything at once, flushed once (8 times the throughput of one flush a message), and never waits for
//! a peer longer than is fair.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::Message;
use bytes::Bytes;
use futures_util::SinkExt;
use futures_util::stream::SplitSink;
use shared::wire::Close;
use tokio::time::timeout;

use super::{FAREWELL, Socket, close_frame};
use crate::registry::Metrics;
use crate::room::{Next, Outbox};

/// How long what waits may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Much of it, or a large doc, may take longer: as long as a poor line of this many bytes a second needs.
const POOR_LINE_BYTES_PER_SECOND: u64 = 16 * 1024;
/// Messages for which memory is kept between two bursts.
const BATCH_KEPT: usize = 32;

/// The peer is gone, or takes nothing.
struct Lost;

/// Sends until the outbox is closed or the peer is lost.
pub(super) async fn run(mut sink: SplitSink<impl Socket, Message>, outbox: Arc<Outbox>, metrics: Arc<Metrics>) {
    let mut batch = Vec::new();
    loop {
        let next = outbox.take(&mut batch).await;
        let sent = match next {
            Next::Stop => return,
            Next::Send => tokio::select! {
                biased;
                sent = send(&mut sink, &mut batch, &metrics) => sent,
                () = outbox.is_cut() => Err(Lost),
            },
            Next::Ask => ask(&mut sink).await,
            Next::Close(why) => {
                if send(&mut sink, &mut batch, &metrics).await.is_ok() {
                    farewell(&mut sink, why).await;
                }
                return;
            }
        };
        if sent.is_err() {
            outbox.over();
            return;
        }
        outbox.sent();
        if batch.capacity() > BATCH_KEPT {
            batch = Vec::new();
        }
    }
}

async fn send(
    sink: &mut SplitSink<impl Socket, Message>,
    batch: &mut Vec<Bytes>,
    metrics: &Metrics,
) -> Result<(), Lost> {
    if batch.is_empty() {
        return Ok(());
    }
    let bytes = batch.iter().map(Bytes::len).sum();
    let all = async {
        for message in batch.drain(..) {
            sink.feed(Message::Binary(message)).await?;
        }
        sink.flush().await
    };
    match timeout(patience(bytes), all).await {
        Ok(sent) => sent.map_err(|_: axum::Error| Lost)?,
        Err(_) => {
            metrics.overflows.add(1);
            return Err(Lost);
        }
    }
    metrics.bytes_out.add(bytes);
    Ok(())
}

async fn ask(sink: &mut SplitSink<impl Socket, Message>) -> Result<(), Lost> {
    match timeout(PATIENCE, sink.send(Message::Ping(Bytes::new()))).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Lost),
    }
}

fn patience(bytes: usize) -> Duration {
    PATIENCE + Duration::from_secs(u64::try_from(bytes).unwrap_or(u64::MAX) / POOR_LINE_BYTES_PER_SECOND)
}

async fn farewell(sink: &mut SplitSink<impl Socket, Message>, why: Close) {
    // Whether the peer hears it is the peer's affair: it resumes in any case.
    let _ = timeout(FAREWELL, sink.send(close_frame(why))).await;
}
