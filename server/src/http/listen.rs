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
use axum::http::{HeaderValue, Request, Response, StatusCode, header};
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

pub use super::seats::Front;
use super::seats::{SEATS, Seats, Turns};
use super::talk::Talk;
use crate::tls::{Arrived, HANDSHAKE_SECONDS_MAX, Tls};

/// How long the head of a request may take, and how long a connection may say nothing between two requests.
const HEAD_SECONDS_MAX: Duration = Duration::from_secs(15);
/// Bytes of the head of a request.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// How long a connection may talk HTTP in all: who does not read its answers makes room in the end. See [`Talk`].
const TALK_SECONDS_MAX: Duration = Duration::from_secs(120);
/// Connections that are served, or wait for a seat.
pub(crate) const CONNECTIONS_MAX: usize = 2 * SEATS;
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
    serve_at(Door::Open, Front::Open, listener, router, stop, patience).await;
}

/// The same behind any door, and whoever stands before it.
pub async fn serve_at(
    door: Door,
    front: Front,
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
    patience: Duration,
) {
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let seats = Seats::new(front);
    let connections = TaskTracker::new();
    loop {
        // Never closed, so this waits and does not fail.
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { break };
        let taken = tokio::select! {
            () = stop.cancelled() => break,
            taken = listener.accept() => taken,
        };
        match taken {
            Ok((stream, from)) => {
                let Some(mut visit) = seats.visit(from.ip()) else { continue };
                let (door, router, stop) = (door.clone(), router.clone(), stop.clone());
                connections.spawn(async move {
                    // Who waits longer than for a slow head has given up, or will.
                    if let Ok(Some(turns)) = timeout(HEAD_SECONDS_MAX, visit.sit()).await {
                        come_in(door, stream, from, turns, router, stop).await;
                    }
                    drop((visit, place));
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
    let talk = Talk::of(TALK_SECONDS_MAX);
    let asked = talk.clone();
    let answer = service_fn(move |request| answer(router.clone(), (socket, asked.clone()), turns, request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_SECONDS_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
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
    (socket, talk): (Socket, Talk),
    turns: Turns,
    mut request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    request.extensions_mut().insert(socket);
    request.extensions_mut().insert(talk);
    let mut response = router.call(request).await?;
    // What became a websocket keeps no seat. (Without `keep_alive` hyper would close that, too.)
    if turns == Turns::One && response.status() != StatusCode::SWITCHING_PROTOCOLS {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}
