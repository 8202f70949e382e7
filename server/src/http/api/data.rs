//! What the lead asks of the data of a workshop.
//!
//! - `GET /api/workshops/{id}/data` → `{people, names_until, days, erased: [{at, what, people, by, swept}]}`
//! - `POST /api/workshops/{id}/erase` `{what: "names" | "workshop" | {person: 12}}` → `{at, what, people, by, swept}`

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use shared::Millis;

use super::roster::{leads, leads_still, refused, unfit};
use super::{BODY_BYTES_MAX, BODY_SECONDS_MAX, NO_STORE, whole};
use crate::clock;
use crate::erase::{Cause, Erased, What};
use crate::http::App;
use crate::http::origin::Asked;
use crate::http::problem::Problem;
use crate::registry::{Data, NotErased};

#[derive(Deserialize)]
struct Wanted {
    what: What,
}

/// A line of the record.
#[derive(Serialize)]
struct Line {
    at: String,
    what: What,
    people: u32,
    by: Cause,
    swept: Option<String>,
}

impl From<Erased> for Line {
    fn from(erased: Erased) -> Self {
        let Erased { wish, people, done_at, swept_at, .. } = erased;
        Self { at: clock::written(done_at), what: wish.what, people, by: wish.by, swept: swept_at.map(clock::written) }
    }
}

#[derive(Serialize)]
struct Known {
    people: usize,
    names_until: Option<Millis>,
    days: Option<u16>,
    erased: Vec<Line>,
}

/// `GET /api/workshops/{id}/data`.
pub(in crate::http) async fn data(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let id = leads(&app, &asked, &id, &headers).await?;
    let Data { people, names_until, days, erased } = app.registry.data(id).await.map_err(|_| Problem::Busy)?;
    let erased = erased.into_iter().map(Line::from).collect();
    Ok((NO_STORE, Json(Known { people, names_until, days, erased })).into_response())
}

/// `POST /api/workshops/{id}/erase`.
pub(in crate::http) async fn erase(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let id = leads(&app, &asked, &id, &headers).await?;
    app.erasing.take(asked.peer, Instant::now()).map_err(|_| Problem::TooOften)?;
    let bytes = whole(body, BODY_SECONDS_MAX, BODY_BYTES_MAX).await?;
    leads_still(&app, id, &headers).await?;
    let Wanted { what } = serde_json::from_slice(&bytes).map_err(|_| {
        unfit(
            "not_understood",
            "何を消去するのか読み取れません。ページを読み込み直してください。",
            "It cannot be read what is to be erased. Reload the page.",
        )
    })?;
    let erased = app.registry.erase(id, what, Cause::Lead).await.map_err(|why| match why {
        NotErased::NoSuchWorkshop => refused(shared::wire::Refusal::NoSuchWorkshop),
        NotErased::NoSuchPerson => Problem::NoSuchPerson,
        NotErased::Log(why) => {
            tracing::error!(workshop = %id, %why, "what the lead wished could not be erased");
            Problem::Busy
        }
    })?;
    Ok((NO_STORE, Json(Line::from(erased))).into_response())
}
