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
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service;

use crate::tls::{Arrived, HANDSHAKE_SECONDS_MAX, Tls};

/// How long the head of a request may take, and how long a connection may say nothing between two requests.
const HEAD_SECONDS_MAX: Duration = Duration::from_secs(15);
/// Bytes of the head of a request.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// How long a connection may talk HTTP in all: who does not read its answers makes room in the end.
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

/// How connections come in.
#[derive(Clone)]
pub enum Door {
    /// In the open.
    Open,
    /// Encrypted. Who comes in the open all the same is answered by the second.
    Locked(Arc<Tls>, Router),
}

/// Serves in the open until `stop`, then lets requests that are under way finish, for `patience` at most.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken, patience: Duration) {
    serve_at(Door::Open, listener, router, stop, patience).await;
}

/// The same behind any door.
pub async fn serve_at(door: Door, listener: TcpListener, router: Router, stop: CancellationToken, patience: Duration) {
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
                let connection = come_in(door.clone(), stream, from, turns, router.clone(), stop.clone());
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

async fn come_in(
    door: Door,
    stream: TcpStream,
    from: SocketAddr,
    turns: Turns,
    router: Router,
    stop: CancellationToken,
) {
    // Without it the socket still works, only slower.
    let _ = stream.set_nodelay(true);
    let socket = Socket(from.ip().to_canonical());
    let (tls, in_the_open) = match door {
        Door::Open => return converse(stream, socket, turns, router, stop).await,
        Door::Locked(tls, in_the_open) => (tls, in_the_open),
    };
    let arrived = timeout(HANDSHAKE_SECONDS_MAX, tls.accept(stream));
    match stop.run_until_cancelled(arrived).await {
        Some(Ok(Ok(Arrived::Secure(stream)))) => converse(*stream, socket, turns, router, stop).await,
        Some(Ok(Ok(Arrived::Plain(stream)))) => converse(stream, socket, Turns::One, in_the_open, stop).await,
        // A phone that does not know the certificate ends it here, each time until its owner has said yes.
        Some(Ok(Err(why))) => tracing::debug!(%why, "no keys were agreed on"),
        Some(Err(_)) => tracing::debug!("agreeing on keys took too long"),
        None => {}
    }
}

/// One connection in the open that comes by another way than a socket: from this machine, as far as anybody can tell.
pub async fn talk(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, router: Router) {
    let socket = Socket(IpAddr::from([127, 0, 0, 1]));
    converse(stream, socket, Turns::Many, router, CancellationToken::new()).await;
}

fn converse<S>(
    stream: S,
    socket: Socket,
    turns: Turns,
    router: Router,
    stop: CancellationToken,
) -> impl Future<Output = ()>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let answer = service_fn(move |request| answer(router.clone(), socket, request));
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
            () = sleep(TALK_SECONDS_MAX) => return tracing::debug!("a connection took too long"),
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
    mut request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    request.extensions_mut().insert(socket);
    router.call(request).await
}
