//! Reading a workshop with its lead's key.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use shared::docs::board::Board;
use shared::docs::roster::Roster;
use shared::docs::workshop::{Language, Workshop};
use shared::wire::Refusal;
use shared::{AnyDoc, Capability, DocId, GroupId, JoinCode, WorkshopId};

use super::{NO_STORE, key};
use crate::export::{self, Export};
use crate::http::App;
use crate::http::problem::Problem;

#[derive(Serialize)]
struct Overview {
    id: String,
    title: String,
    goal: String,
    language: Language,
    code: Option<JoinCode>,
    phase: &'static str,
    groups: Vec<GroupOverview>,
}

#[derive(Serialize)]
struct GroupOverview {
    group: GroupId,
    name: String,
    people: usize,
    cards: usize,
    depth: usize,
}

/// `GET /api/workshops/{id}`.
pub(in crate::http) async fn overview(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (id, workshop) = opened(&app, &id, &headers).await?;
    let mut groups = Vec::with_capacity(workshop.groups.len());
    for group in &workshop.groups {
        let board = board(&app, id, group.id).await?;
        let signs = shared::signs::read(&board);
        let (people, cards, depth) = (board.seated().count(), signs.cards, signs.depth);
        groups.push(GroupOverview { group: group.id, name: group.name.clone(), people, cards, depth });
    }
    let Workshop { title, goal, language, code, phase, .. } = workshop;
    let phase = export::phase(phase);
    Ok((NO_STORE, Json(Overview { id: id.to_string(), title, goal, language, code, phase, groups })).into_response())
}

/// `GET /api/workshops/{id}/export.json`.
pub(in crate::http) async fn export(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (code, export) = exported(&app, &id, &headers).await?;
    Ok(as_file(Json(export).into_response(), &format!("naze-{code}.json")))
}

/// `GET /api/workshops/{id}/cards.csv`.
pub(in crate::http) async fn cards(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (code, export) = exported(&app, &id, &headers).await?;
    let table = export.table().map_err(|why| {
        tracing::error!(%why, "the table of cards could not be written");
        Problem::Busy
    })?;
    let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
    Ok(as_file((kind, table).into_response(), &format!("naze-{code}.csv")))
}

/// The code of a workshop and all that is told of it, for who brings its lead's key.
async fn exported(app: &App, id: &str, headers: &HeaderMap) -> Result<(String, Export), Problem> {
    let (id, workshop) = opened(app, id, headers).await?;
    let Some(AnyDoc::Roster(roster)) = app.registry.snapshot(id, DocId::Roster).await else {
        return Err(Problem::Busy);
    };
    let mut boards: Vec<(GroupId, Board)> = Vec::with_capacity(workshop.groups.len());
    for group in &workshop.groups {
        boards.push((group.id, board(app, id, group.id).await?));
    }
    let roster: Roster = roster.model;
    let code = workshop.code.map(|code| code.to_string()).unwrap_or_default();
    Ok((code, Export::new(id, &workshop, &roster, &boards)))
}

/// What a browser keeps as a file of this name, and nowhere else.
fn as_file(answer: Response, name: &str) -> Response {
    let mut response = (NO_STORE, answer).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// The workshop, for who brings its lead's key.
async fn opened(app: &App, id: &str, headers: &HeaderMap) -> Result<(WorkshopId, Workshop), Problem> {
    let token = key(headers)?;
    let id: WorkshopId = id.parse().map_err(|_| Problem::NoSuchWorkshop)?;
    match app.registry.capability(id, &token).await {
        Ok((Capability::Lead, _)) => {}
        Ok(_) | Err(Refusal::NoSuchKey) => return Err(Problem::NotTheLead),
        Err(Refusal::Busy) => return Err(Problem::Busy),
        Err(Refusal::LinkReplaced) => return Err(Problem::LinkReplaced),
        Err(Refusal::Removed | Refusal::TakenOver) => return Err(Problem::NotTheLead),
        Err(_) => return Err(Problem::NoSuchWorkshop),
    }
    match app.registry.snapshot(id, DocId::Workshop).await {
        Some(AnyDoc::Workshop(doc)) => Ok((id, doc.model)),
        _ => Err(Problem::Busy),
    }
}

async fn board(app: &App, id: WorkshopId, group: GroupId) -> Result<Board, Problem> {
    match app.registry.snapshot(id, DocId::Board(group)).await {
        Some(AnyDoc::Board(doc)) => Ok(doc.model),
        _ => Err(Problem::Busy),
    }
}
