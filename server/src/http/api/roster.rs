//! What the lead does to the roster over HTTP.
//!
//! - `POST /api/workshops/{id}/roster`, a list from a spreadsheet as it is (tabs, commas or semicolons; any common encoding)
//!   → `{added, changed, same, refused, unread, bad: [{row, message: {ja, en}}]}`
//! - `POST /api/workshops/{id}/seating`, roster operations in the form of the socket → `{done}`

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;
use shared::docs::roster::RosterOp;
use shared::wire::{Refusal, decode};
use shared::{Capability, Token, WorkshopId};

use super::{NO_STORE, key, whole};
use crate::http::App;
use crate::http::origin::{self, Asked};
use crate::http::problem::Problem;
use crate::registry::{Imported, NotSeated};
use crate::roster_list::{self, BadRow, Unreadable};
use crate::said::Said;

/// Bytes of a list: two thousand rows of the widest encoding.
const LIST_BYTES_MAX: usize = 512 * 1024;
/// How long a list may take to arrive.
const LIST_SECONDS_MAX: Duration = Duration::from_secs(30);

#[derive(Serialize)]
struct Taken {
    added: u32,
    changed: u32,
    same: u32,
    refused: u32,
    unread: u32,
    bad: Vec<BadRow>,
}

#[derive(Serialize)]
struct Done {
    done: u32,
}

/// Whose key it is, before the body is read.
pub(super) async fn leads(app: &App, asked: &Asked, id: &str, headers: &HeaderMap) -> Result<WorkshopId, Problem> {
    origin::from_our_page(headers, asked, &app.addresses)?;
    let token = key(headers)?;
    let id: WorkshopId = id.parse().map_err(|_| Problem::NoSuchWorkshop)?;
    lead_of(app, id, &token).await
}

/// Whose key it is, after the body was read: the link may have been replaced meanwhile, and a body can be sent slowly.
pub(super) async fn leads_still(app: &App, id: WorkshopId, headers: &HeaderMap) -> Result<(), Problem> {
    let token = key(headers)?;
    lead_of(app, id, &token).await.map(drop)
}

async fn lead_of(app: &App, id: WorkshopId, token: &Token) -> Result<WorkshopId, Problem> {
    match app.registry.capability(id, token).await {
        Ok((Capability::Lead, _)) => Ok(id),
        Ok(_) | Err(Refusal::NoSuchKey) => Err(Problem::NotTheLead),
        Err(why) => Err(refused(why)),
    }
}

pub(super) fn refused(why: Refusal) -> Problem {
    match why {
        Refusal::NoSuchWorkshop => Problem::NoSuchWorkshop,
        Refusal::LinkReplaced => Problem::LinkReplaced,
        Refusal::NoSuchKey | Refusal::Removed | Refusal::TakenOver => Problem::NotTheLead,
        _ => Problem::Busy,
    }
}

/// `POST /api/workshops/{id}/roster`.
pub(in crate::http) async fn import(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let id = leads(&app, &asked, &id, &headers).await?;
    let bytes = whole(body, LIST_SECONDS_MAX, LIST_BYTES_MAX).await?;
    leads_still(&app, id, &headers).await?;
    let groups = app.registry.facts(id).await.map_err(refused)?.borrow().groups;
    let list = roster_list::read(&bytes, groups).map_err(unreadable)?;
    let Imported { added, changed, same, refused } = app.registry.import(id, list.lines).await.map_err(refused)?;
    Ok((NO_STORE, Json(Taken { added, changed, same, refused, unread: list.unread, bad: list.bad })).into_response())
}

/// `POST /api/workshops/{id}/seating`.
pub(in crate::http) async fn rearrange(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let id = leads(&app, &asked, &id, &headers).await?;
    let bytes = whole(body, LIST_SECONDS_MAX, LIST_BYTES_MAX).await?;
    leads_still(&app, id, &headers).await?;
    let ops: Vec<RosterOp> = decode(&bytes).map_err(|_| not_understood())?;
    let done = app.registry.rearrange(id, ops).await.map_err(not_seated)?;
    Ok((NO_STORE, Json(Done { done })).into_response())
}

pub(super) fn unfit(word: &'static str, ja: impl Into<String>, en: impl Into<String>) -> Problem {
    Problem::Unfit { word, field: None, message: Said::new(ja, en) }
}

fn unreadable(why: Unreadable) -> Problem {
    match why {
        Unreadable::Empty => unfit("empty", "名簿が空です。", "The list is empty."),
        Unreadable::Encoding => unfit(
            "not_a_list",
            "文字として読めません。Excel なら「CSV（コンマ区切り）」で保存するか、表をコピーして貼り付けてください。",
            "It cannot be read as text. Save it as CSV, or copy the table and paste it.",
        ),
    }
}

pub(super) fn not_understood() -> Problem {
    unfit(
        "not_understood",
        "内容を読み取れません。ページを読み込み直してください。",
        "It cannot be read. Reload the page.",
    )
}

fn not_seated(why: NotSeated) -> Problem {
    match why {
        NotSeated::Refused(why) => refused(why),
        NotSeated::NotTheLeads => not_understood(),
        NotSeated::NoGroup(group) => {
            unfit("no_group", format!("{group}班はありません。"), format!("There is no group {group}."))
        }
        NotSeated::GroupFull(group) => unfit(
            "group_full",
            format!("{group}班は席が足りません。先にだれかを移してください。"),
            format!("Group {group} has no seat left. Move somebody first."),
        ),
    }
}
