//! The code that leads to a workshop is the directory's to say, and stands in the workshop so that everybody sees it. Here the one
//! follows the other, however often it is begun.

use std::sync::Arc;

use shared::docs::workshop::WorkshopOp;
use shared::{AnyDoc, DocId, JoinCode, Op, WorkshopId};

use super::super::Gone;
use crate::log::Key;
use crate::registry::Rooms;

/// Brings the code that leads to a workshop into it, in the background. Not when the server stops: it would open the workshop once
/// more, which begins this once more, without an end. The next start does it.
pub(super) async fn brought(workshop: WorkshopId, rooms: Arc<Rooms>) {
    if rooms.stop.is_cancelled() {
        return;
    }
    if let Err(Gone) = bring(workshop, &rooms).await {
        tracing::warn!(%workshop, "the new code could not be shown yet; it is when the workshop is opened next");
    }
}

/// Brings the code that leads to a workshop into it.
pub(crate) async fn bring(workshop: WorkshopId, rooms: &Arc<Rooms>) -> Result<(), Gone> {
    let room = rooms.open(Key { workshop, doc: DocId::Workshop });
    let mut brought = None;
    loop {
        let code = code_of(workshop, rooms).await?;
        // Two who do this at once may come with an older one last: then it is looked at again.
        let Some(code) = code.filter(|_| code != brought) else { return Ok(()) };
        room.decide(move |doc| is_another(doc, code).then_some(Op::Workshop(WorkshopOp::SetCode { code }))).await?;
        brought = Some(code);
    }
}

fn is_another(doc: &AnyDoc, code: JoinCode) -> bool {
    matches!(doc, AnyDoc::Workshop(workshop) if workshop.model.code.is_some_and(|now| now != code))
}

async fn code_of(workshop: WorkshopId, rooms: &Arc<Rooms>) -> Result<Option<JoinCode>, Gone> {
    let code = move |doc: &AnyDoc| match doc {
        AnyDoc::Directory(directory) => directory.model.code_of(workshop),
        _ => None,
    };
    rooms.open(Key::directory()).inspect(code).await
}
