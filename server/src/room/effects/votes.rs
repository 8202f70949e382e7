//! After a vote was closed: the trays of those who sit at the board take no more ballots, and the board gets the result. It knows
//! whose trays these are, and tells nobody but the reducer what is in them.

use std::sync::Arc;
use std::time::Duration;

use shared::docs::board::{Ballots, Board, Vote};
use shared::docs::tray::{Ballot, TrayOp, count};
use shared::{AnyDoc, DocId, Op, PersonId, VoteId};
use tokio::time::sleep;

use super::super::{Decided, Gone};
use crate::log::Key;
use crate::registry::Rooms;

/// When a vote that could not be counted is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// The votes of a board.
#[derive(Default)]
pub(in crate::room) struct Votes {
    /// The vote that is being counted, or was last.
    counting: Option<VoteId>,
}

impl Votes {
    /// Counts the vote that was closed, if one was. A board that was just opened is looked at too: what a crash prevented is
    /// done now. The room does not wait for it, because the result comes back to it as mail.
    pub(super) fn follow(&mut self, key: Key, board: &Board, rooms: &Arc<Rooms>) {
        let Some(Vote { id, ballots: Ballots::Counting { .. } }) = board.vote else { return };
        if self.counting.replace(id) == Some(id) {
            return;
        }
        let seated: Vec<PersonId> = board.seated().map(|(person, _)| person).collect();
        rooms.tasks.spawn(counted(key, id, seated, Arc::clone(rooms)));
    }
}

/// Until it is done, or the server stops: the next start goes on.
async fn counted(key: Key, vote: VoteId, seated: Vec<PersonId>, rooms: Arc<Rooms>) {
    let mut said = false;
    while !rooms.stop.is_cancelled() {
        match try_to_count(key, vote, &seated, &rooms).await {
            Ok(()) => return,
            Err(Gone) if said => {}
            Err(Gone) => {
                said = true;
                tracing::warn!(%key, "a vote cannot be counted now; tried again until it can");
            }
        }
        tokio::select! {
            () = rooms.stop.cancelled() => {}
            () = sleep(RETRY) => {}
        }
    }
}

async fn try_to_count(key: Key, vote: VoteId, seated: &[PersonId], rooms: &Arc<Rooms>) -> Result<(), Gone> {
    let mut ballots: Vec<Ballot> = Vec::new();
    for person in seated {
        let tray = rooms.open(Key { doc: DocId::Tray(*person), ..key });
        // From here on a late ballot is refused, so nobody is told that one is saved that is not counted.
        tray.decide(move |doc| (!is_over(doc, vote)).then_some(Op::Tray(TrayOp::EndVote { vote }))).await?;
        ballots.extend(tray.inspect(ballot).await?);
    }
    let result = move |doc: &AnyDoc| match doc {
        AnyDoc::Board(board) => count(&board.model, &ballots).map(|(id, op)| (id, Op::Board(op))),
        _ => None,
    };
    match rooms.open(key).propose(Box::new(result)).await?.await.map_err(|_| Gone)? {
        Decided::Rejected(why) => tracing::warn!(%key, ?why, "a board refused the result of a vote"),
        Decided::Stored(_) | Decided::Known | Decided::Nothing => {}
    }
    Ok(())
}

fn is_over(doc: &AnyDoc, vote: VoteId) -> bool {
    matches!(doc, AnyDoc::Tray(tray) if tray.model.over.contains(&vote))
}

fn ballot(doc: &AnyDoc) -> Option<Ballot> {
    match doc {
        AnyDoc::Tray(tray) => tray.model.ballot.clone(),
        _ => None,
    }
}
