//! The test page and those who came to it: a page that says "you reached it", tries what Naze needs, and tells us.

use std::collections::HashMap;
use std::future::ready;
use std::io::{self, Write};
use std::net::IpAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response, Sse, sse};
use axum::routing::{get, post};
use bytes::Bytes;
use futures_util::stream;
use shared::docs::workshop::Language;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::agent;
use super::{Try, Verdict};
use crate::addresses::{self, Addresses};
use crate::config::{Encryption, Tls as Wanted};
use crate::http::listen::{self, Door, Front};
use crate::http::{self, in_the_open};
use crate::said::Said;
use crate::tls::{Tls, TlsError};

/// Without a phone for so long, it is told what to look at.
const PATIENCE: Duration = Duration::from_secs(30);
/// Visitors that are told apart; more than these change nothing.
const VISITORS_MAX: usize = 500;
/// News that wait to be shown.
const NEWS_MAX: usize = 64;
/// A phone whose clock differs by more than this shows wrong times.
const CLOCK_SECONDS_MAX: i64 = 120;
/// Bytes of what a page tells.
const TOLD_BYTES_MAX: usize = 1_000;
/// Two words, with a pause: a proxy that keeps them back until the end is noticed.
const STREAM_PAUSE: Duration = Duration::from_millis(300);
/// So long the stream stays open afterwards.
const STREAM_REST: Duration = Duration::from_secs(20);

/// The page, its script and its looks; and where it is behind a proxy that gathers what streams.
const PAGE: &str = include_str!("visit/page.html");
const SCRIPT: &str = include_str!("visit/script.js");
const STYLE: &str = include_str!("visit/style.css");
const NOT_GATHERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// What is known of a visitor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Visitor {
    peer: IpAddr,
    what: Said,
    /// What their page found out, once it has told.
    told: Option<Told>,
}

/// What a page found out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Told {
    socket: Works,
    stream: Works,
    /// By how many seconds its clock is before ours.
    ahead: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Works {
    Yes,
    No,
}

/// A test page that is open.
pub(super) struct Visit {
    news: mpsc::Receiver<Visitor>,
    stop: CancellationToken,
}

struct Desk {
    addresses: Arc<Addresses>,
    /// By address and device; whether they have told.
    known: Mutex<HashMap<(IpAddr, String), bool>>,
    news: mpsc::Sender<Visitor>,
}

impl Visit {
    /// As the server would be opened.
    pub(super) fn door(wanted: &Encryption, data: &Path, addresses: &Arc<Addresses>) -> Result<Door, TlsError> {
        let tls = match (wanted.files(), wanted.tls) {
            (Some(files), _) => Tls::given(files)?,
            (None, Wanted::SelfSigned) => Tls::as_own(data, addresses.public().map(|public| public.host.name()))?,
            (None, Wanted::Off) => return Ok(Door::Open),
        };
        Ok(Door::Locked(Arc::new(tls), in_the_open::router(Arc::clone(addresses))))
    }

    pub(super) fn begin(listener: TcpListener, door: Door, addresses: Arc<Addresses>) -> Self {
        let (sender, news) = mpsc::channel(NEWS_MAX);
        let desk = Arc::new(Desk { addresses, known: Mutex::default(), news: sender });
        let stop = CancellationToken::new();
        let kind = if let Door::Locked(tls, _) = &door { Some(tls.kind()) } else { None };
        let routes = http::sealed(routes(desk), kind);
        tokio::spawn(listen::serve_at(door, Front::Open, listener, routes, stop.clone(), Duration::ZERO));
        Self { news, stop }
    }

    /// Shows who comes.
    pub(super) async fn watch(
        mut self,
        phones: Try,
        language: Language,
        stop: impl Future<Output = ()>,
        out: &mut impl Write,
    ) -> io::Result<Verdict> {
        let begun = Instant::now();
        let end = if let Try::AtMost(limit) = phones { begun + limit } else { begun + Duration::from_secs(24 * 3_600) };
        let (mut came, mut advised) = (Verdict::NotReady, false);
        let mut stop = std::pin::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => break,
                () = sleep_until(end) => break,
                () = sleep_until(begun + PATIENCE), if !advised => {
                    advised = true;
                    if came == Verdict::NotReady {
                        advise(language, out)?;
                    }
                }
                Some(visitor) = self.news.recv() => {
                    writeln!(out, "{}", in_language(&visitor.shown(), language))?;
                    out.flush()?;
                    if visitor.is_here() {
                        continue;
                    }
                    came = Verdict::Ready;
                    if visitor.told.is_some() && matches!(phones, Try::AtMost(_)) {
                        break;
                    }
                }
            }
        }
        self.stop.cancel();
        if came == Verdict::NotReady && !advised {
            advise(language, out)?;
        }
        Ok(came)
    }
}

fn in_language(said: &Said, language: Language) -> &str {
    match language {
        Language::Ja => &said.ja,
        Language::En => &said.en,
    }
}

impl Visitor {
    /// Whether it is this very machine: that proves nothing about the Wi-Fi.
    fn is_here(&self) -> bool {
        self.peer.is_loopback() || addresses::of_this_machine().contains(&self.peer)
    }

    fn shown(&self) -> Said {
        let Self { peer, what, told } = self;
        if self.is_here() {
            return Said::new(
                format!("  {peer}  この機械自身です（Wi-Fi の確認にはなりません）。"),
                format!("  {peer}  this machine itself, which says nothing about the Wi-Fi"),
            );
        }
        let Some(told) = told else {
            return Said::new(
                format!("  {peer}  {}  届きました。", what.ja),
                format!("  {peer}  {}  got here", what.en),
            );
        };
        let (socket, stream) = (told.socket.said(), told.stream.said());
        let mut said = Said::new(
            format!("  {peer}  {}  WebSocket: {}  ストリーム: {}", what.ja, socket.ja, stream.ja),
            format!("  {peer}  {}  websockets: {}  streams: {}", what.en, socket.en, stream.en),
        );
        if told.socket == Works::No && told.stream == Works::No {
            said.ja.push_str("\n    この端末では書きこみが届きません。間にある機器（プロキシなど）が止めています。");
            said.en.push_str("\n    What is written on it would not arrive: something in between (a proxy) stops it.");
        }
        if told.ahead.abs() > CLOCK_SECONDS_MAX {
            let seconds = told.ahead.abs();
            said.ja.push_str(&format!("\n    この端末とこの機械の時計が {seconds} 秒ずれています。"));
            said.en.push_str(&format!("\n    Its clock and this machine's differ by {seconds} seconds."));
        }
        said
    }
}

impl Works {
    fn of(word: &str) -> Self {
        if word == "works" { Self::Yes } else { Self::No }
    }

    const fn said(self) -> SaidBriefly {
        match self {
            Self::Yes => SaidBriefly { ja: "使えます", en: "work" },
            Self::No => SaidBriefly { ja: "止められています", en: "are blocked" },
        }
    }
}

struct SaidBriefly {
    ja: &'static str,
    en: &'static str,
}

fn advise(language: Language, out: &mut impl Write) -> io::Result<()> {
    out.write_all(match language {
        Language::Ja => include_str!("visit/nobody.ja.txt").as_bytes(),
        Language::En => include_str!("visit/nobody.en.txt").as_bytes(),
    })?;
    out.flush()
}

fn routes(desk: Arc<Desk>) -> Router {
    let file = |kind: &'static str, text: &'static str| get(move || ready(([(header::CONTENT_TYPE, kind)], text)));
    Router::new()
        .route("/doctor/script.js", file("text/javascript; charset=utf-8", SCRIPT))
        .route("/doctor/style.css", file("text/css; charset=utf-8", STYLE))
        .route("/doctor/ws", get(async |upgrade: WebSocketUpgrade| upgrade.on_upgrade(greet)))
        .route("/doctor/stream", get(flow))
        .route("/doctor/told", post(told))
        // Whatever was scanned or typed: they are here.
        .fallback(arrived)
        .with_state(desk)
}

async fn greet(mut socket: WebSocket) {
    // Gone again, then.
    let _ = socket.send(Message::text("hello")).await;
    let _ = socket.recv().await;
}

async fn flow() -> Response {
    let words = stream::unfold(0_u8, async |n| {
        let pause = [Duration::ZERO, STREAM_PAUSE, STREAM_REST].get(usize::from(n))?;
        tokio::time::sleep(*pause).await;
        Some((Ok::<_, io::Error>(sse::Event::default().data(n.to_string())), n + 1))
    });
    let mut response = Sse::new(words).into_response();
    response.headers_mut().insert(NOT_GATHERED, HeaderValue::from_static("no"));
    response
}

async fn arrived(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    desk.meet(&request, None);
    let mut response = Html(PAGE).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn told(State(desk): State<Arc<Desk>>, request: Request) -> &'static str {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, TOLD_BYTES_MAX).await.unwrap_or_default();
    desk.meet(&Request::from_parts(head, axum::body::Body::empty()), read(&body, SystemTime::now()));
    "ok"
}

/// `socket=works&stream=blocked&clock=1700000000000`
fn read(body: &Bytes, now: SystemTime) -> Option<Told> {
    let text = std::str::from_utf8(body).ok()?;
    let value = |wanted: &str| text.split('&').filter_map(|part| part.split_once('=')).find(|(key, _)| *key == wanted);
    let clock: i64 = value("clock")?.1.parse().ok()?;
    let now = i64::try_from(now.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()?;
    let ahead = clock.checked_sub(now)? / 1_000;
    Some(Told { socket: Works::of(value("socket")?.1), stream: Works::of(value("stream")?.1), ahead })
}

impl Desk {
    /// Says it on the terminal, the first time and when their page has told.
    fn meet(&self, request: &Request, told: Option<Told>) {
        let peer = http::peer(request, &self.addresses);
        let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        let what = agent::in_words(agent);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let who = (peer, what.en.clone());
        let is_news = match known.get(&who) {
            None => known.len() < VISITORS_MAX,
            Some(has_told) => told.is_some() && !has_told,
        };
        if is_news {
            known.insert(who, told.is_some());
            // Many at once: the first of them are enough to see.
            let _ = self.news.try_send(Visitor { peer, what, told });
        }
    }
}

#[cfg(test)]
mod tests;
