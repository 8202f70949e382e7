//! `GET /qr.svg?to=ADDRESS`: a code for the projector. Only this server's own addresses, so that nobody borrows its name
//! for another; and no key, which would be sent in the query.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::origin::Asked;
use super::problem::Problem;
use super::{App, links};
use crate::qr;

/// Characters of an address: far more than ours have, far fewer than a code holds.
const CHARS_MAX: usize = 300;

/// What to show.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    to: String,
}

/// Answers it.
pub(super) async fn picture(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Problem> {
    let Ok(Query(Wanted { to })) = wanted else { return Err(Problem::NotOurAddress) };
    if to.chars().count() > CHARS_MAX {
        return Err(Problem::TooLong);
    }
    let mut ours = links::invitation(&asked.host, &app.addresses);
    ours.push(links::own(&asked.host, &app.addresses));
    if to.contains('#') || !to.chars().all(|c| c.is_ascii_graphic()) || !ours.iter().any(|base| is_below(base, &to)) {
        return Err(Problem::NotOurAddress);
    }
    let svg = qr::svg(&to).map_err(|_| Problem::TooLong)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600")),
    ];
    Ok((headers, svg).into_response())
}

/// `http://a:80800` begins with `http://a:8080` and is another server.
fn is_below(base: &str, to: &str) -> bool {
    to.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
