//! `GET /ws`: the way into the one socket. What is said on it is for `ws` to know.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::HeaderMap;
use axum::response::Response;

use super::origin::{self, Asked};
use super::problem::Problem;
use super::{App, links};
use crate::ws::{self, Invitation};

/// Opens it.
pub(super) async fn open(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    origin::from_our_page(&headers, &asked, &app.addresses)?;
    let upgrade = upgrade.map_err(|_| Problem::NotASocket)?;
    app.registry.may_enter(asked.peer).map_err(|_| Problem::TooManyHere)?;
    let base = Arc::new(Invitation { addresses: links::invitation(&asked.host, &app.addresses) });
    let registry = app.registry.clone();
    Ok(ws::configure(upgrade).on_upgrade(move |socket| ws::run(socket, registry, asked.peer, base)))
}
