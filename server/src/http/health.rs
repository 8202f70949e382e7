//! `GET /healthz`, for whoever restarts servers: whether the log answers.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::{DocId, WorkshopId};

use super::App;
use crate::log::Key;

/// A log that takes longer than this does not answer.
const ANSWER_SECONDS_MAX: Duration = Duration::from_secs(2);

/// Answers it. The doc that is asked for never exists: finding that out takes a real look and costs next to nothing.
pub(super) async fn health(State(app): State<Arc<App>>) -> Response {
    let nobodys = Key { workshop: WorkshopId::default(), doc: DocId::Roster };
    let (status, text) = match tokio::time::timeout(ANSWER_SECONDS_MAX, app.registry.log().load(nobodys)).await {
        Ok(Ok(_)) => (StatusCode::OK, "ok\n"),
        Ok(Err(why)) => {
            tracing::warn!(%why, "the log does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the log does not answer\n")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the log takes too long to answer\n"),
    };
    (status, [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], text).into_response()
}
