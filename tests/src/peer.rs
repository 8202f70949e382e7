//! A bare connection: frames as a test wants them, right or wrong. It answers nothing by itself.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use shared::wire::{ClientMessage, ServerMessage, decode, encode};
use shared::{Capability, ClientId, DocId, GroupId, JoinCode, PersonId, Point, Token, WorkshopId};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use crate::detour::Detour;

/// How long anything may take that is expected to happen.
pub const SOON: Duration = Duration::from_secs(30);

/// What a connection hears.
#[derive(Clone, PartialEq, Debug)]
#[allow(clippy::large_enum_variant, reason = "one at a time is held, and nearly all of them are messages")]
pub enum Heard {
    /// A message.
    Said(ServerMessage),
    /// The end, with its code; none when it just broke.
    Closed(Option<u16>),
}

/// How a connection is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// By a websocket.
    Socket,
    /// By requests and answers that last, where no websocket gets through.
    Detour,
}

#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "nearly all of them are sockets")]
enum Carrier {
    Socket(WebSocketStream<TcpStream>),
    Detour(Detour),
}

/// A connection.
#[derive(Debug)]
pub struct Peer {
    carrier: Carrier,
}

/// The `host:port` of a base address.
fn host(base: &str) -> Result<&str> {
    base.strip_prefix("http://").context("a base begins with http://")
}

impl Peer {
    /// Connects to the server at `base`.
    ///
    /// # Errors
    /// When nobody answers, or the upgrade is refused.
    pub async fn open(base: &str) -> Result<Self> {
        let stream = TcpStream::connect(host(base)?).await?;
        stream.set_nodelay(true)?;
        Self::upgrade(stream, base, &[]).await
    }

    /// Makes a websocket of a stream, with more headers.
    ///
    /// # Errors
    /// When the upgrade is refused.
    pub async fn upgrade(stream: TcpStream, base: &str, headers: &[(&'static str, &str)]) -> Result<Self> {
        let mut request = format!("ws://{}/ws", host(base)?).into_client_request()?;
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse()?);
        }
        let config = WebSocketConfig::default().read_buffer_size(16 * 1024);
        let (socket, _) = timeout(SOON, client_async_with_config(request, stream, Some(config))).await??;
        Ok(Self { carrier: Carrier::Socket(socket) })
    }

    /// Connects to the server at `base` in this way.
    ///
    /// # Errors
    /// See [`Peer::open`].
    pub async fn by(way: Way, base: &str) -> Result<Self> {
        match way {
            Way::Socket => Self::open(base).await,
            Way::Detour => Ok(Self { carrier: Carrier::Detour(Detour::open(base).await?) }),
        }
    }

    /// Sends a message.
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn say(&mut self, message: &ClientMessage) -> Result<()> {
        self.frame(Message::Binary(encode(message).into())).await
    }

    /// Sends a frame of any kind.
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn frame(&mut self, frame: Message) -> Result<()> {
        match &mut self.carrier {
            Carrier::Socket(socket) => Ok(socket.send(frame).await?),
            Carrier::Detour(detour) => detour.say(frame.into_data().to_vec()).await,
        }
    }

    /// The stream below, to send what is no frame at all. A detour has many, and not this one.
    pub fn stream(&mut self) -> Option<&mut TcpStream> {
        match &mut self.carrier {
            Carrier::Socket(socket) => Some(socket.get_mut()),
            Carrier::Detour(_) => None,
        }
    }

    /// The next message, or the end.
    ///
    /// # Errors
    /// When nothing comes for long, or something that cannot be read.
    pub async fn hear(&mut self) -> Result<Heard> {
        timeout(SOON, self.next()).await.context("nothing came")?
    }

    /// The next message, or the end, for as long as that takes. Safe to be given up and called again.
    ///
    /// # Errors
    /// When something comes that cannot be read.
    pub async fn next(&mut self) -> Result<Heard> {
        let read = |bytes: &[u8]| match decode(bytes) {
            Ok(message) => Ok(Heard::Said(message)),
            Err(why) => bail!("unreadable: {why:?}"),
        };
        loop {
            let socket = match &mut self.carrier {
                Carrier::Socket(socket) => socket,
                Carrier::Detour(detour) => {
                    return detour
                        .next()
                        .await
                        .map_or_else(|code| Ok(Heard::Closed(code)), |frame: Vec<u8>| read(&frame));
                }
            };
            return Ok(match socket.next().await {
                Some(Ok(Message::Binary(bytes))) => read(&bytes)?,
                Some(Ok(Message::Close(frame))) => Heard::Closed(frame.map(|frame| frame.code.into())),
                Some(Ok(Message::Text(text))) => bail!("a text frame: {text}"),
                Some(Ok(_)) => continue,
                Some(Err(tungstenite::Error::Capacity(why))) => bail!("{why}"),
                Some(Err(_)) | None => Heard::Closed(None),
            });
        }
    }

    /// The next message.
    ///
    /// # Errors
    /// When the connection ends, or nothing comes.
    pub async fn said(&mut self) -> Result<ServerMessage> {
        match self.hear().await? {
            Heard::Said(message) => Ok(message),
            Heard::Closed(code) => bail!("the connection ended: {code:?}"),
        }
    }

    /// The first message that `wanted` knows what to do with; others are passed over.
    ///
    /// # Errors
    /// When the connection ends, or nothing comes.
    pub async fn until<T>(&mut self, mut wanted: impl FnMut(ServerMessage) -> Option<T>) -> Result<T> {
        loop {
            if let Some(found) = wanted(self.said().await?) {
                return Ok(found);
            }
        }
    }

    /// Reads on to the end. Its code; none when it just broke.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn closed(&mut self) -> Result<Option<u16>> {
        let end = async {
            loop {
                if let Heard::Closed(code) = self.next().await? {
                    return Ok(code);
                }
            }
        };
        timeout(SOON, end).await.context("it is still open")?
    }

    /// Joins.
    ///
    /// # Errors
    /// When the server answers something else.
    pub async fn join(
        &mut self,
        code: JoinCode,
        token: Token,
        name: &str,
        group: Option<GroupId>,
    ) -> Result<(PersonId, GroupId)> {
        self.say(&ClientMessage::Join { code, token, name: name.to_owned(), group }).await?;
        match self.said().await? {
            ServerMessage::Joined { person, group, .. } => Ok((person, group)),
            other => bail!("{other:?}"),
        }
    }

    /// Says who it is. What it is, and where it sits.
    ///
    /// # Errors
    /// When the server answers something else.
    pub async fn hello(
        &mut self,
        workshop: WorkshopId,
        token: Token,
        client: ClientId,
        have: Vec<(DocId, Point)>,
    ) -> Result<(Capability, Option<GroupId>)> {
        self.say(&ClientMessage::Hello { workshop, token, client, have }).await?;
        match self.said().await? {
            ServerMessage::Welcome { you, seat, .. } => Ok((you, seat)),
            other => bail!("{other:?}"),
        }
    }
}
