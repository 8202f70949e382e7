//! A network between phones and the server that can be cut, frozen and slowed. It carries bytes and knows none of them.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, sleep_until};

/// Bytes that are carried at a time.
const PIECE_BYTES: usize = 16 * 1024;
/// Pieces that may be under way in one direction.
const PIECES_MAX: usize = 256;

/// What the network does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Weather {
    /// It carries.
    Fair,
    /// Nothing arrives, and nobody is told: a phone in the background, a hall's Wi-Fi that is stuck.
    Frozen,
    /// Nobody gets through.
    Cut,
}

#[derive(Clone, Copy, Debug)]
struct State {
    weather: Weather,
    delay: Duration,
    /// Connections of an earlier age have ended.
    age: u64,
    /// Connections of an earlier tide carry nothing any more.
    tide: u64,
}

/// A proxy before one port of this machine.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    state: Arc<watch::Sender<State>>,
    task: AbortHandle,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    /// Starts one before `port`, on a port of its own.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn before(port: u16) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let own = listener.local_addr()?.port();
        let (state, _) = watch::channel(State { weather: Weather::Fair, delay: Duration::ZERO, age: 0, tide: 0 });
        let state = Arc::new(state);
        let task = tokio::spawn(accept(listener, port, Arc::clone(&state))).abort_handle();
        Ok(Self { port: own, state, task })
    }

    /// Where phones go.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends all connections, and lets nobody through until [`Proxy::mend`].
    pub fn cut(&self) {
        self.state.send_modify(|state| {
            state.age += 1;
            state.weather = Weather::Cut;
        });
    }

    /// Carries again, and what was frozen arrives.
    pub fn mend(&self) {
        self.state.send_modify(|state| state.weather = Weather::Fair);
    }

    /// Ends all connections; new ones get through.
    pub fn snap(&self) {
        self.cut();
        self.mend();
    }

    /// Carries nothing until [`Proxy::mend`], and tells nobody.
    pub fn freeze(&self) {
        self.state.send_modify(|state| state.weather = Weather::Frozen);
    }

    /// All connections carry nothing from now on, for ever, and nobody is told; new ones get through. A phone that was in a pocket
    /// comes back to such a socket.
    pub fn strand(&self) {
        self.state.send_modify(|state| state.tide += 1);
    }

    /// Everything arrives so much later.
    pub fn delay(&self, delay: Duration) {
        self.state.send_modify(|state| state.delay = delay);
    }
}

async fn accept(listener: TcpListener, port: u16, state: Arc<watch::Sender<State>>) {
    let mut connections = JoinSet::new();
    while let Ok((phone, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        if state.borrow().weather != Weather::Cut {
            connections.spawn(carry(phone, port, state.subscribe()));
        }
    }
}

async fn carry(phone: TcpStream, port: u16, mut state: watch::Receiver<State>) {
    let age = state.borrow().age;
    let Ok(server) = TcpStream::connect(("127.0.0.1", port)).await else { return };
    for end in [&phone, &server] {
        // Only slower without it.
        let _ = end.set_nodelay(true);
    }
    let ((phone_out, phone_in), (server_out, server_in)) = (phone.into_split(), server.into_split());
    let both = async {
        tokio::join!(
            one_way(phone_out, server_in, state.clone(), state.clone()),
            one_way(server_out, phone_in, state.clone(), state.clone())
        )
    };
    let mut cut = state.clone();
    tokio::select! {
        _ = both => {}
        // The sender lives as long as the proxy: then everything ends.
        _ = cut.wait_for(|state| state.age != age) => {}
    }
    state.mark_unchanged();
}

/// Carries until one end closes. Each piece arrives when its time has come and the network carries.
async fn one_way(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    reading: watch::Receiver<State>,
    mut writing: watch::Receiver<State>,
) {
    let tide = writing.borrow().tide;
    let (sender, mut pieces) = mpsc::channel::<(Instant, Vec<u8>)>(PIECES_MAX);
    let read = async move {
        let mut piece = vec![0; PIECE_BYTES];
        while let Ok(length @ 1..) = from.read(&mut piece).await {
            let due = Instant::now() + reading.borrow().delay;
            let bytes = piece.get(..length).unwrap_or_default().to_vec();
            if sender.send((due, bytes)).await.is_err() {
                return;
            }
        }
    };
    let write = async move {
        while let Some((due, bytes)) = pieces.recv().await {
            sleep_until(due).await;
            if writing.wait_for(|state| state.weather == Weather::Fair && state.tide == tide).await.is_err() {
                return;
            }
            if to.write_all(&bytes).await.is_err() {
                return;
            }
        }
        // The other end has closed already.
        let _ = to.shutdown().await;
    };
    tokio::join!(read, write);
}
