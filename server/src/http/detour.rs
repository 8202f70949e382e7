//! The way round, for networks that let no websocket through: what is said on it is for `detour` and `ws` to know. Everything is a
//! POST, so that a browser says from which page it comes; the name of a line is in bodies alone, which nobody logs.
//!
//! - `POST /detour` → 200 the name of a new line, 32 characters
//! - `POST /detour/hear` name → 200 events that last (`text/event-stream`, see `detour::telling`)
//! - `POST /detour/say` name, number of this request (4 bytes, little end first, from 1), frames (length in 4 bytes, bytes) → 204
//! - `POST /detour/brief` name → 204: answers are to end as soon as they have told something

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::{Buf, Bytes};
use shared::Token;
use shared::limits::CLIENT_MESSAGE_BYTES_MAX;

use super::api::{BODY_SECONDS_MAX, NO_STORE, whole};
use super::origin::{self, Asked};
use super::problem::Problem;
use super::talk::Talk;
use super::{App, links};
use crate::detour::{FRAMES_PER_SAY_MAX, LASTS_MAX, NoLine, NotTaken};
use crate::said::Said;
use crate::ws::Invitation;

/// Characters of a name.
const NAME: usize = 32;
/// What is beside a frame in a request: the name, the number, the lengths.
const BESIDE: usize = NAME + 4 + 4 * FRAMES_PER_SAY_MAX;
/// Who does not take an answer that has ended makes room after so long.
const PATIENCE: Duration = Duration::from_secs(30);

const EVENTS: [(HeaderName, HeaderValue); 3] = [
    (header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
    // Neither kept nor compressed: what compresses waits for more.
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-transform")),
    (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
];

impl From<NotTaken> for Problem {
    fn from(why: NotTaken) -> Self {
        match why {
            NotTaken::Gone => Self::NoSuchLine,
            NotTaken::OutOfTurn => Self::OutOfTurn,
        }
    }
}

fn unfit() -> Problem {
    let message = Said::new("読み取れない要求です。", "This request cannot be read.");
    Problem::Unfit { word: "unreadable", field: None, message }
}

/// The name at the head of a body, and what follows it.
async fn named(body: Body, bytes_max: usize) -> Result<(Token, Bytes), Problem> {
    let mut body = whole(body, BODY_SECONDS_MAX, bytes_max).await?;
    if body.len() < NAME {
        return Err(unfit());
    }
    let name = body.split_to(NAME);
    let name = std::str::from_utf8(&name).ok().and_then(|name| name.parse().ok()).ok_or_else(unfit)?;
    Ok((name, body))
}

/// The number of a request and its frames.
fn read(mut body: Bytes) -> Option<(u32, Vec<Bytes>)> {
    let number = body.try_get_u32_le().ok()?;
    let mut frames = Vec::new();
    while body.has_remaining() {
        let length = usize::try_from(body.try_get_u32_le().ok()?).ok()?;
        if length > body.remaining() || frames.len() == FRAMES_PER_SAY_MAX {
            return None;
        }
        frames.push(body.split_to(length));
    }
    (!frames.is_empty()).then_some((number, frames))
}

/// Opens a line.
pub(super) async fn open(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    origin::from_our_page(&headers, &asked, &app.addresses)?;
    let base = Arc::new(Invitation { addresses: links::invitation(&asked.host, &app.addresses) });
    match app.detours.open(&app.registry, asked.peer, base) {
        Ok(name) => Ok((NO_STORE, name.to_string()).into_response()),
        Err(NoLine::Full) => Err(Problem::TooManyHere),
        Err(NoLine::NoName) => Err(Problem::Busy),
    }
}

/// Tells what waits on a line.
pub(super) async fn hear(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    talk: Option<Extension<Talk>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    origin::from_our_page(&headers, &asked, &app.addresses)?;
    let (name, _) = named(body, NAME).await?;
    let telling = app.detours.find(&name).ok_or(Problem::NoSuchLine)?.hear()?;
    if let Some(Extension(talk)) = talk {
        talk.lasts(LASTS_MAX + PATIENCE);
    }
    Ok((EVENTS, Body::from_stream(telling.events())).into_response())
}

/// Takes what is said on a line.
pub(super) async fn say(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Problem> {
    origin::from_our_page(&headers, &asked, &app.addresses)?;
    let (name, rest) = named(body, CLIENT_MESSAGE_BYTES_MAX + BESIDE).await?;
    let (number, frames) = read(rest).ok_or_else(unfit)?;
    app.detours.find(&name).ok_or(Problem::NoSuchLine)?.say(number, frames).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Has answers end as soon as they have told something.
pub(super) async fn brief(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Problem> {
    origin::from_our_page(&headers, &asked, &app.addresses)?;
    let (name, _) = named(body, NAME).await?;
    app.detours.find(&name).ok_or(Problem::NoSuchLine)?.be_brief();
    Ok(StatusCode::NO_CONTENT)
}
