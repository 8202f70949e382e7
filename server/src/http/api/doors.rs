//! The lead replaces a link, or the code: `POST /api/workshops/{id}/doors`, a `shared::wire::Renew` in the form of the socket → `{}`.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;
use shared::WorkshopId;
use shared::wire::{Renew, decode};

use super::roster::{not_understood, refused};
use super::{BODY_BYTES_MAX, BODY_SECONDS_MAX, NO_STORE, key, whole};
use crate::http::App;
use crate::http::origin::{self, Asked};
use crate::http::problem::Problem;

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
