//! A server on a free port, and peers that say exactly what the test wants.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::routing::get;
use futures_util::{SinkExt, StreamExt};
use shared::docs::workshop::Language;
use shared::presence::Doing;
use shared::run_sheet::Shipped;
use shared::wire::{ClientMessage, Invite, ServerMessage, decode, encode};
use shared::{Capability, ClientId, DocId, GroupId, OpId, Point, Token};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, sleep, timeout};
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{WebSocketStream, client_async};

use super::super::*;
use crate::log::{Log, MemoryLog};
use crate::registry::{Created, Figures, Limits, New};

const ANSWER: Duration = Duration::from_secs(10);

pub(super) struct Hall {
    pub(super) registry: Registry,
    pub(super) made: Created,
    address: SocketAddr,
}

async fn upgrade(
    upgrade: WebSocketUpgrade,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    State(registry): State<Registry>,
) -> axum::response::Response {
    let base = Arc::new(Invitation { addresses: vec!["http://192.168.1.7:8080".to_owned()] });
    configure(upgrade).on_upgrade(move |socket| run(socket, registry, peer.ip(), base))
}

impl Hall {
    /// A workshop of three groups.
    pub(super) async fn open(limits: Limits) -> Self {
        Self::open_on(Arc::new(MemoryLog::new()), limits).await
    }

    /// The same on this log.
    pub(super) async fn open_on(log: Arc<dyn Log>, limits: Limits) -> Self {
        let registry = Registry::open(log, limits).await.unwrap();
        let (title, goal) = ("なぜ会".to_owned(), String::new());
        let new = New { title, goal, language: Language::Ja, groups: 3, seats: 6, run_sheet: Shipped::Blank };
        let made = registry.create(new).await.unwrap();
        Self::serve(registry, made).await
    }

    /// The server stops, and another one goes on with its log.
    pub(super) async fn again(self, log: Arc<dyn Log>) -> Self {
        self.registry.close().await;
        let registry = Registry::open(log, *self.registry.limits()).await.unwrap();
        Self::serve(registry, self.made).await
    }

    async fn serve(registry: Registry, made: Created) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/ws", get(upgrade)).with_state(registry.clone());
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(axum::serve(listener, service).into_future());
        Self { registry, made, address }
    }

    pub(super) async fn peer(&self) -> Peer {
        let stream = TcpStream::connect(self.address).await.unwrap();
        let (socket, _) = client_async(format!("ws://{}/ws", self.address), stream).await.unwrap();
        Peer { socket }
    }

    /// How far the log of a doc is.
    pub(super) async fn point(&self, doc: DocId) -> Point {
        self.registry.snapshot(self.made.id, doc).await.unwrap().point()
    }

    /// Waits until the figures are so.
    pub(super) async fn settles(&self, so: impl Fn(&Figures) -> bool) {
        let waits = async {
            while !so(&self.registry.metrics()) {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(ANSWER, waits).await.unwrap_or_else(|_| panic!("never so: {:?}", self.registry.metrics()));
    }
}

pub(super) struct Peer {
    socket: WebSocketStream<TcpStream>,
}

impl Peer {
    pub(super) async fn frame(&mut self, frame: Frame) {
        // The server may have closed already, which is what some tests are about.
        let _ = self.socket.send(frame).await;
    }

    pub(super) async fn send(&mut self, message: &ClientMessage) {
        self.socket.send(Frame::binary(encode(message))).await.unwrap();
    }

    pub(super) async fn next(&mut self) -> ServerMessage {
        match timeout(ANSWER, self.socket.next()).await.unwrap() {
            Some(Ok(Frame::Binary(bytes))) => decode(&bytes).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    pub(super) async fn next_but_present(&mut self) -> ServerMessage {
        loop {
            match self.next().await {
                ServerMessage::Present { .. } => {}
                other => return other,
            }
        }
    }

    pub(super) async fn ask(&mut self, message: &ClientMessage) -> ServerMessage {
        self.send(message).await;
        self.next_but_present().await
    }

    pub(super) async fn hello(
        &mut self,
        hall: &Hall,
        token: Token,
        have: Vec<(DocId, Point)>,
    ) -> (Capability, Option<GroupId>, Option<Invite>) {
        let client = ClientId::of(4_711);
        match self.ask(&ClientMessage::Hello { workshop: hall.made.id, token, client, have }).await {
            ServerMessage::Welcome { you, seat, invite, .. } => (you, seat, invite),
            other => panic!("{other:?}"),
        }
    }

    /// The next docs that come whole.
    pub(super) async fn docs(&mut self, count: usize) -> Vec<DocId> {
        let mut docs = Vec::new();
        while docs.len() < count {
            match self.next_but_present().await {
                ServerMessage::Snapshot { doc, .. } => docs.push(doc),
                other => panic!("{other:?}"),
            }
        }
        docs
    }

    /// The next entries, which are of this doc.
    pub(super) async fn entries(&mut self, wanted: DocId) -> Vec<OpId> {
        match self.next_but_present().await {
            ServerMessage::Entries { doc, entries } if doc == wanted => entries.iter().map(|e| e.stamp.id).collect(),
            other => panic!("{other:?}"),
        }
    }

    /// Waits until the operation is answered in one way or another.
    pub(super) async fn answered(&mut self, wanted: DocId, op: OpId) {
        loop {
            match self.next().await {
                ServerMessage::Entries { doc, entries }
                    if doc == wanted && entries.iter().any(|entry| entry.stamp.id == op) =>
                {
                    return;
                }
                ServerMessage::Rejected { id, .. } | ServerMessage::Known { id, .. } if id == op => return,
                _ => {}
            }
        }
    }

    /// Waits until presence of the board is so, by person.
    pub(super) async fn present(&mut self, wanted: DocId, so: &[Doing]) {
        loop {
            if let ServerMessage::Present { doc, present } = self.next().await
                && doc == wanted
                && present.iter().map(|one| one.doing).collect::<Vec<_>>() == so
            {
                return;
            }
        }
    }

    /// Waits until the doc comes whole.
    pub(super) async fn gets_whole(&mut self, wanted: DocId) {
        while !matches!(self.next().await, ServerMessage::Snapshot { doc, .. } if doc == wanted) {}
    }

    /// Waits until the server asks whether anybody is there. The answer goes with what is sent or read next.
    pub(super) async fn is_asked(&mut self, patience: Duration) {
        let asked = async { while !matches!(self.socket.next().await, Some(Ok(Frame::Ping(_)))) {} };
        timeout(patience, asked).await.unwrap();
        self.socket.flush().await.unwrap();
    }

    /// Reads until nothing comes any more.
    pub(super) async fn quiet(&mut self) {
        while let Ok(Some(Ok(_))) = timeout(Duration::from_millis(400), self.socket.next()).await {}
    }

    /// Nothing but presence comes, although everything had time to.
    pub(super) async fn gets_no_more(&mut self) {
        while let Ok(frame) = timeout(Duration::from_millis(400), self.next()).await {
            assert!(matches!(frame, ServerMessage::Present { .. }), "{frame:?}");
        }
    }

    /// Nothing but presence and words of this doc.
    pub(super) async fn gets_no_more_but(&mut self, may: DocId) {
        while let Ok(message) = timeout(Duration::from_millis(400), self.next()).await {
            match message {
                ServerMessage::Present { .. } => {}
                ServerMessage::Entries { doc, .. } if doc == may => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The code with which the server closes.
    pub(super) async fn closed(&mut self) -> u16 {
        loop {
            match timeout(ANSWER, self.socket.next()).await.unwrap() {
                Some(Ok(Frame::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(_)) => {}
                other => panic!("closed without a reason: {other:?}"),
            }
        }
    }

    pub(super) async fn closes(mut self) {
        let _ = self.socket.close(None).await;
    }
}
