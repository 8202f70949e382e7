//! The JSON API: creating a workshop, and reading and seating one with its lead's key (see [`roster`]).
//!
//! - `POST /api/workshops` `{title, goal, language: "ja" | "en", groups, run_sheet: "analyse" | "whole" | "blank"}`
//!   → 201 `{id, code, lead_url, helper_url, observer_url}`
//! - `GET /api/workshops/{id}` → `{id, title, goal, language, code, phase, groups: [{group, name, people, cards, depth}]}`
//! - `GET /api/workshops/{id}/export.json` → everything, see [`crate::export`]
//! - `GET /api/workshops/{id}/cards.csv` → the cards as a table for a spreadsheet
//! - `POST /api/workshops/{id}/doors` and `/lend`, see [`doors`]
//!
//! A refusal is `{error, message: {ja, en}, field?}`, see [`super::problem`].

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;
use shared::{JoinCode, Token};

use self::new_workshop::NewWorkshop;
use super::App;
use super::links::Links;
use super::origin::{self, Asked};
use super::problem::Problem;
use crate::registry::{CreateError, New};

mod data;
mod doors;
mod new_workshop;
mod read;
mod roster;

pub(super) use self::data::{data, erase};
pub(super) use self::doors::{lend, renew};
pub(super) use self::read::{cards, export, overview};
pub(super) use self::roster::{import, rearrange};

/// Bytes of the body of a request.
pub(super) const BODY_BYTES_MAX: usize = 16 * 1024;
/// How long a body may take to arrive.
pub(super) const BODY_SECONDS_MAX: Duration = Duration::from_secs(10);

#[derive(Serialize)]
struct Made {
    id: String,
    code: JoinCode,
    lead_url: String,
    helper_url: String,
    observer_url: String,
}

/// `POST /api/workshops`.
pub(super) async fn create(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    origin::from_our_page(&headers, &asked, &app.addresses)?;
    // Before the key is looked at: it must not be guessed by trying.
    app.creating.take(asked.peer, Instant::now()).map_err(|_| Problem::TooManyNew)?;
    if let Some(key) = &app.organiser_key
        && !bearer(&headers).is_some_and(|given| key.is(given))
    {
        return Err(Problem::OrganiserKey);
    }
    let wanted = NewWorkshop::read(&whole(body, BODY_SECONDS_MAX, BODY_BYTES_MAX).await?)?;
    let NewWorkshop { title, goal, language, groups, run_sheet } = wanted;
    let new = New { title, goal, language, groups, seats: app.seats, run_sheet };
    let created = app.registry.create(new).await.map_err(refused)?;
    let links = Links::new(&asked.host, &app.addresses);
    let made = Made {
        id: created.id.to_string(),
        code: created.code,
        lead_url: links.own(created.id, &created.lead),
        helper_url: links.to_share(created.id, &created.helper),
        observer_url: links.to_share(created.id, &created.observer),
    };
    Ok((StatusCode::CREATED, NO_STORE, Json(made)).into_response())
}

pub(super) const NO_STORE: [(header::HeaderName, HeaderValue); 1] =
    [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];

pub(super) async fn whole(body: Body, patience: Duration, bytes_max: usize) -> Result<bytes::Bytes, Problem> {
    match tokio::time::timeout(patience, axum::body::to_bytes(body, bytes_max)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Problem::TooLarge { bytes_max }),
        Err(_) => Err(Problem::TooSlow),
    }
}

fn refused(why: CreateError) -> Problem {
    match why {
        CreateError::TooMany => Problem::Full,
        CreateError::NoMemory => Problem::NoMemory,
        // What was asked for has been looked at, so whatever is left is the server's own trouble.
        other => {
            tracing::error!(why = %other, "a workshop could not be made");
            Problem::Busy
        }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, given) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(given.trim())
}

/// The key that a request brings.
fn key(headers: &HeaderMap) -> Result<Token, Problem> {
    bearer(headers).and_then(|given| given.parse().ok()).ok_or(Problem::NoKey)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_that_never_ends_is_given_up() {
        let never = futures_util::stream::pending::<Result<bytes::Bytes, std::io::Error>>();
        let body = Body::from_stream(never);
        assert_eq!(whole(body, Duration::from_millis(20), BODY_BYTES_MAX).await, Err(Problem::TooSlow));
    }
}
