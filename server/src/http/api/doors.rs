//! What the lead does about keys.
//!
//! - `POST /api/workshops/{id}/doors`, a `shared::wire::Renew` in the form of the socket → `{}`: a link, or the code, is replaced
//! - `POST /api/workshops/{id}/lend` `{person: 12}` → `{code, until}`: that person goes on with another phone, until then (milliseconds
//!   since 1970); their own one is empty or lost

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use shared::wire::{Renew, decode};
use shared::{JoinCode, Millis, PersonId, WorkshopId};

use super::roster::{leads, not_understood, refused};
use super::{BODY_BYTES_MAX, BODY_SECONDS_MAX, NO_STORE, key, whole};
use crate::http::App;
use crate::http::origin::{self, Asked};
use crate::http::problem::Problem;
use crate::registry::NotLent;

#[derive(Serialize)]
struct Replaced {}

/// `POST /api/workshops/{id}/doors`. Whose key it is, is looked at at the moment at which it is done: of two who replace the lead's
/// link at once, one does.
pub(in crate::http) async fn renew(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    origin::from_our_page(&headers, &asked, &app.addresses)?;
    app.renewing.take(asked.peer, Instant::now()).map_err(|_| Problem::TooManyRenewed)?;
    let token = key(&headers)?;
    let id: WorkshopId = id.parse().map_err(|_| Problem::NoSuchWorkshop)?;
    let what: Renew = decode(&whole(body, BODY_SECONDS_MAX, BODY_BYTES_MAX).await?).map_err(|_| not_understood())?;
    app.registry.renew(id, &token, what).await.map_err(refused)?;
    Ok((NO_STORE, Json(Replaced {})).into_response())
}

#[derive(Deserialize)]
struct Whom {
    person: PersonId,
}

#[derive(Serialize)]
struct Lent {
    code: JoinCode,
    until: Millis,
}

/// `POST /api/workshops/{id}/lend`.
pub(in crate::http) async fn lend(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let id = leads(&app, &asked, &id, &headers).await?;
    app.renewing.take(asked.peer, Instant::now()).map_err(|_| Problem::TooOften)?;
    let bytes = whole(body, BODY_SECONDS_MAX, BODY_BYTES_MAX).await?;
    let Whom { person } = serde_json::from_slice(&bytes).map_err(|_| not_understood())?;
    let (code, until) = app.registry.lend_for(id, &key(&headers)?, person).await.map_err(|why| match why {
        NotLent::Refused(why) => refused(why),
        NotLent::NoSuchPerson => Problem::NoSuchPerson,
    })?;
    Ok((NO_STORE, Json(Lent { code, until })).into_response())
}
