//! One connection: from the upgrade to the last close frame. It decodes, asks who may, and passes on; docs are the rooms'
//! business.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::WebSocketUpgrade;
use axum::extract::ws::{CloseFrame, Message};
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use shared::limits::CLIENT_MESSAGE_BYTES_MAX;
use shared::wire::Close;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite;

pub(crate) use self::reader::Heard;
pub(crate) use self::session::Session;
use crate::registry::{Counted, Registry};

mod bucket;
mod hello;
mod inside;
pub(crate) mod reader;
mod session;
#[cfg(test)]
mod tests;
mod writer;

/// tungstenite's default of 128 KiB is most of the memory of an idle connection.
const READ_BUFFER_BYTES: usize = 2 * 1024;
/// Messages that go out together are gathered up to here.
const WRITE_BUFFER_BYTES: usize = 16 * 1024;
/// The largest doc that can be sent.
const WRITE_BUFFER_BYTES_MAX: usize = 64 * 1024 * 1024;
/// How long a peer may take to answer a close frame. A socket that is dropped with unread bytes is reset, and the reason lost.
pub(crate) const FAREWELL: Duration = Duration::from_secs(1);

/// The addresses of this server, as phones reach it, best first: `http://192.168.1.7:8080`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Invitation {
    /// The addresses, without a slash at the end.
    pub addresses: Vec<String>,
}

/// The buffers and limits of a connection.
pub fn configure<F>(upgrade: WebSocketUpgrade<F>) -> WebSocketUpgrade<F> {
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .max_message_size(CLIENT_MESSAGE_BYTES_MAX)
        .max_frame_size(CLIENT_MESSAGE_BYTES_MAX)
}

/// What carries frames in both directions: a websocket, or whatever behaves like one.
pub trait Socket:
    Stream<Item = Result<Message, axum::Error>> + Sink<Message, Error = axum::Error> + Send + Unpin + 'static
{
}

impl<S> Socket for S where
    S: Stream<Item = Result<Message, axum::Error>> + Sink<Message, Error = axum::Error> + Send + Unpin + 'static
{
}

/// Serves a connection until it ends.
pub async fn run(socket: impl Socket, registry: Registry, peer: IpAddr, base: Arc<Invitation>) {
    let sessions = registry.sessions().clone();
    sessions.track_future(serve(socket, registry, peer, base)).await;
}

async fn serve(socket: impl Socket, registry: Registry, peer: IpAddr, base: Arc<Invitation>) {
    let Ok(_admission) = registry.enter(peer) else {
        return turn_away(socket, &registry).await;
    };
    let _counted = Counted::new(registry.counters(), |metrics| &metrics.connections);
    let outbox = registry.outbox();
    let (sink, stream) = socket.split();
    let mut stream = stream.map(heard);
    let writer = tokio::spawn(writer::run(sink, Arc::clone(&outbox), Arc::clone(registry.counters())));
    let mut session = Session::new(registry, peer, base, Arc::clone(&outbox));
    reader::run(&mut stream, &mut session, &outbox).await;
    session.leave().await;
    // What the peer still sends is read and forgotten, until it has seen the close frame.
    let farewell = async { while stream.next().await.is_some_and(|heard| heard != Heard::Gone) {} };
    let (_, _) = tokio::join!(writer, timeout(FAREWELL, farewell));
}

fn heard(frame: Result<Message, axum::Error>) -> Heard {
    match frame {
        Ok(Message::Binary(bytes)) => Heard::Frame(bytes),
        Ok(Message::Text(_)) => Heard::Garbage,
        Ok(Message::Ping(_) | Message::Pong(_)) => Heard::Sign,
        Err(why) if is_too_large(&why) => Heard::Garbage,
        // tungstenite answers a close frame while it is read on.
        Ok(Message::Close(_)) | Err(_) => Heard::Gone,
    }
}

fn is_too_large(why: &axum::Error) -> bool {
    let inner = std::error::Error::source(why).and_then(|inner| inner.downcast_ref::<tungstenite::Error>());
    matches!(inner, Some(tungstenite::Error::Capacity(_)))
}

/// A browser cannot read why an upgrade is refused. So nobody is refused that, as long as few are turned away at once.
async fn turn_away(mut socket: impl Socket, registry: &Registry) {
    let Some(_place) = registry.turn_away() else { return };
    let _ = timeout(FAREWELL, socket.send(close_frame(Close::TooMany))).await;
    // What a page says as soon as it is in is read too, or the reason is lost.
    let _ = timeout(FAREWELL, async { while let Some(Ok(_)) = socket.next().await {} }).await;
}

fn close_frame(why: Close) -> Message {
    Message::Close(Some(CloseFrame { code: why as u16, reason: "".into() }))
}
