//! Takes connections and lets them go again. It knows bytes and time limits, not what is asked for.
//!
//! Our own loop in the place of `axum::serve`: that one has no limit on how long a request's head may take or on how many
//! connections wait with half of one, and leaves Nagle's algorithm on, which holds small answers back.

use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service;

use super::talk::Talk;

/// How long the head of a request may take, and how long a connection may say nothing between two requests.
const HEAD_SECONDS_MAX: Duration = Duration::from_secs(15);
/// Bytes of the head of a request.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// How long a connection may talk HTTP in all: who does not read its answers makes room in the end. See [`Talk`].
const TALK_SECONDS_MAX: Duration = Duration::from_secs(120);
/// Connections that talk HTTP at once. One that became a websocket does not count: those have a limit of their own.
pub(crate) const HTTP_CONNECTIONS_MAX: usize = 4_000;
/// Fewer free seats than this, and a connection ends with its first answer: when a hall full of phones opens the page at
/// once, nobody keeps a seat for later.
const SEATS_SCARCE: usize = HTTP_CONNECTIONS_MAX / 2;
/// How long to wait when the machine has no socket left.
const BREATH: Duration = Duration::from_millis(100);

/// From where a connection came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Socket(pub IpAddr);

/// Serves until `stop`, then lets requests that are under way finish, for `patience` at most.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken, patience: Duration) {
    let room = Arc::new(Semaphore::new(HTTP_CONNECTIONS_MAX));
    let connections = TaskTracker::new();
    loop {
        // Never closed, so this waits and does not fail.
        let Ok(seat) = Arc::clone(&room).acquire_owned().await else { break };
        let taken = tokio::select! {
            () = stop.cancelled() => break,
            taken = listener.accept() => taken,
        };
        match taken {
            Ok((stream, from)) => {
                let turns = if room.available_permits() < SEATS_SCARCE { Turns::One } else { Turns::Many };
                let connection = converse(stream, from, turns, router.clone(), stop.clone());
                connections.spawn(async move {
                    connection.await;
                    drop(seat);
                });
            }
            Err(why) => {
                tracing::warn!(%why, "no connection could be taken");
                sleep(BREATH).await;
            }
        }
    }
    connections.close();
    if timeout(patience, connections.wait()).await.is_err() {
        tracing::warn!(left = connections.len(), "connections did not end in time");
    }
}

/// How many requests a connection may make.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turns {
    One,
    Many,
}

fn converse(
    stream: TcpStream,
    from: SocketAddr,
    turns: Turns,
    router: Router,
    stop: CancellationToken,
) -> impl Future<Output = ()> {
    // Without it the socket still works, only slower.
    let _ = stream.set_nodelay(true);
    let socket = Socket(from.ip().to_canonical());
    let talk = Talk::of(TALK_SECONDS_MAX);
    let asked = talk.clone();
    let answer = service_fn(move |request| answer(router.clone(), socket, asked.clone(), request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_SECONDS_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .keep_alive(turns == Turns::Many)
        .serve_connection(TokioIo::new(stream), answer)
        .with_upgrades();
    async move {
        let mut connection = pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = talk.over() => return tracing::debug!("a connection took too long"),
            () = stop.cancelled() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(why) = ended {
            tracing::debug!(%why, "a connection broke");
        }
    }
}

async fn answer(
    mut router: Router,
    socket: Socket,
    talk: Talk,
    mut request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    request.extensions_mut().insert(socket);
    request.extensions_mut().insert(talk);
    router.call(request).await
}
