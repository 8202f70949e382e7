//! One connection: frames in, frames out, counted. Knows messages, not what they mean; tests that misbehave use it bare.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use shared::wire::{self, ClientMessage, ServerMessage};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Bytes, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::ClientError;
use super::wire::{AnyWire, To};

/// How long a frame may take to leave. A server that does not read for this long is taken for dead.
const SEND: Duration = Duration::from_secs(10);
/// The buffers of one line are small: a load test has thousands of them.
const READ_BUFFER_BYTES: usize = 4 * 1024;
/// The largest message that is taken: a snapshot of a full board fits many times.
const MESSAGE_BYTES_MAX: usize = 32 * 1024 * 1024;

/// What has gone over a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Traffic {
    /// Binary frames received.
    pub frames_in: u64,
    /// Their bytes.
    pub bytes_in: u64,
    /// Binary frames sent.
    pub frames_out: u64,
    /// Their bytes.
    pub bytes_out: u64,
}

/// One connection.
#[derive(Debug)]
pub struct Line {
    base: String,
    socket: WebSocketStream<AnyWire>,
    traffic: Traffic,
}

impl Line {
    /// Connects to `{base}/ws`, as a page of `base` would.
    ///
    /// # Errors
    /// When the address is none, or nobody answers there.
    pub async fn connect(base: &str) -> Result<Self, ClientError> {
        let base = base.trim_end_matches('/').to_owned();
        let bad = || ClientError::BadAddress(base.clone());
        let to = To::read(&base).ok_or_else(bad)?;
        let mut request = format!("ws://{}/ws", to.host).into_client_request().map_err(|_| bad())?;
        request.headers_mut().insert("origin", HeaderValue::from_str(&base).map_err(|_| bad())?);
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER_BYTES)
            .write_buffer_size(0)
            .max_message_size(Some(MESSAGE_BYTES_MAX))
            .max_frame_size(Some(MESSAGE_BYTES_MAX));
        let unreachable = |why: String| ClientError::Unreachable { base: base.clone(), why };
        let wire = to.connect().await.map_err(|why| unreachable(why.to_string()))?;
        let (socket, _) =
            client_async_with_config(request, wire, Some(config)).await.map_err(|why| unreachable(why.to_string()))?;
        Ok(Self { base, socket, traffic: Traffic::default() })
    }

    /// Sends a message.
    ///
    /// # Errors
    /// When the connection is over, or the server does not read.
    pub async fn send(&mut self, message: &ClientMessage) -> Result<(), ClientError> {
        self.send_bytes(wire::encode(message)).await
    }

    /// Sends any bytes as one frame, whether they mean something or not.
    ///
    /// # Errors
    /// When the connection is over, or the server does not read.
    pub async fn send_bytes(&mut self, bytes: Vec<u8>) -> Result<(), ClientError> {
        let length = bytes.len() as u64;
        self.send_frame(Message::Binary(bytes.into())).await?;
        self.traffic.frames_out += 1;
        self.traffic.bytes_out += length;
        Ok(())
    }

    /// Sends any frame that a websocket has.
    ///
    /// # Errors
    /// When the connection is over, or the server does not read.
    pub async fn send_frame(&mut self, frame: Message) -> Result<(), ClientError> {
        match timeout(SEND, self.socket.send(frame)).await {
            Ok(sent) => sent.map_err(|why| ClientError::Broken(why.to_string())),
            Err(_) => Err(ClientError::TimedOut { what: "the server to read".to_owned(), after: SEND }),
        }
    }

    /// The next message. May be dropped while it waits: nothing is lost.
    ///
    /// # Errors
    /// When the connection is over, or the message cannot be read.
    pub async fn next(&mut self) -> Result<ServerMessage, ClientError> {
        let bytes = self.next_bytes().await?;
        wire::decode(&bytes).map_err(ClientError::Unreadable)
    }

    /// The next binary frame, unread. May be dropped while it waits: nothing is lost.
    ///
    /// # Errors
    /// When the connection is over.
    pub async fn next_bytes(&mut self) -> Result<Bytes, ClientError> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Binary(bytes))) => {
                    self.traffic.frames_in += 1;
                    self.traffic.bytes_in += bytes.len() as u64;
                    return Ok(bytes);
                }
                Some(Ok(Message::Close(frame))) => return Err(ClientError::Closed(frame.map(|f| f.code.into()))),
                Some(Ok(_)) => {}
                Some(Err(why)) => return Err(ClientError::Broken(why.to_string())),
                None => return Err(ClientError::Closed(None)),
            }
        }
    }

    /// What has gone over it.
    pub const fn traffic(&self) -> Traffic {
        self.traffic
    }

    /// The address that it leads to.
    pub fn base(&self) -> &str {
        &self.base
    }
}
