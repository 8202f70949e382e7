//! After a vote was closed: the trays of those who could vote take no more ballots, and the doc that the vote is in gets the result.
//! It knows whose trays these are, and tells nobody but the reducer what is in them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::try_join_all;
use shared::docs::board::{Ballots, Vote};
use shared::docs::dots::{DotBallot, DotCount, DotVote};
use shared::docs::tray::{Ballot, Tray, TrayOp, count, count_dots};
use shared::{AnyDoc, DocId, GroupId, Op, OpId, PersonId, VoteId};
use tokio::time::sleep;

use super::super::{Decided, Gone};
use crate::log::Key;
use crate::registry::Rooms;

/// When a vote that could not be counted is tried again.
const RETRY: Duration = Duration::from_secs(1);
/// Trays that are asked at once.
const AT_ONCE: usize = 64;

/// Who could vote.
#[derive(Clone)]
enum Who {
    /// These, who sit at one board.
    Members(Vec<PersonId>),
    /// Everybody.
    Room,
}

/// What somebody said in a vote, and their group where that makes a difference.
type Given<T> = (Option<GroupId>, T);

/// The result of a vote, as an operation on its doc.
type Outcome = Option<(OpId, Op)>;

/// How a kind of vote is counted.
struct Way<T> {
    /// What a tray says in it.
    read: fn(&Tray, VoteId) -> Option<T>,
    /// What all that comes to.
    result: fn(&AnyDoc, &[Given<T>]) -> Outcome,
}

static THEMES: Way<Ballot> = Way {
    read: |tray, vote| tray.ballot.clone().filter(|ballot| ballot.vote == vote),
    result: |doc, given| match doc {
        AnyDoc::Board(board) => {
            let ballots: Vec<Ballot> = given.iter().map(|(_, ballot)| ballot.clone()).collect();
            count(&board.model, &ballots).map(|(id, op)| (id, Op::Board(op)))
        }
        _ => None,
    },
};

static DOTS: Way<DotBallot> = Way { read: |tray, vote| tray.dots_in(vote).cloned(), result: count_dots };

/// The votes of a doc.
#[derive(Default)]
pub(in crate::room) struct Votes {
    /// Those that are being counted, or were.
    counting: BTreeSet<VoteId>,
}

impl Votes {
    /// Counts the votes that were closed. A doc that was just opened is looked at too: what a crash prevented is done now. The
    /// room does not wait for it, because the result comes back to it as mail.
    pub(super) fn follow(&mut self, key: Key, doc: &AnyDoc, rooms: &Arc<Rooms>) {
        let (vote, dots) = match doc {
            AnyDoc::Board(board) => (board.model.vote.as_ref(), board.model.dots.as_ref()),
            AnyDoc::Workshop(workshop) => (None, workshop.model.dots.as_ref()),
            _ => return,
        };
        let who = || match doc {
            AnyDoc::Board(board) => Who::Members(board.model.seated().map(|(person, _)| person).collect()),
            _ => Who::Room,
        };
        if let Some(Vote { id, ballots: Ballots::Counting { .. } }) = vote
            && self.counting.insert(*id)
        {
            rooms.tasks.spawn(counted(key, *id, who(), &THEMES, Arc::clone(rooms)));
        }
        if let Some(DotVote { id, count: DotCount::Counting { .. }, .. }) = dots
            && self.counting.insert(*id)
        {
            rooms.tasks.spawn(counted(key, *id, who(), &DOTS, Arc::clone(rooms)));
        }
    }
}

/// Until it is done, or the server stops: the next start goes on.
async fn counted<T: Send + Sync + 'static>(key: Key, vote: VoteId, who: Who, way: &'static Way<T>, rooms: Arc<Rooms>) {
    let mut said = false;
    while !rooms.stop.is_cancelled() {
        match try_to_count(key, vote, &who, way, &rooms).await {
            Ok(()) => return,
            Err(Gone) if said => {}
            Err(Gone) => {
                said = true;
                tracing::warn!(%key, "a vote cannot be counted now; tried again until it can");
            }
        }
        tokio::select! {
            biased;
            () = rooms.stop.cancelled() => {}
            () = sleep(RETRY) => {}
        }
    }
}

async fn try_to_count<T: Send + Sync + 'static>(
    key: Key,
    vote: VoteId,
    who: &Who,
    way: &'static Way<T>,
    rooms: &Arc<Rooms>,
) -> Result<(), Gone> {
    let mut given: Vec<Given<T>> = Vec::new();
    for some in voters(key, who, rooms).await?.chunks(AT_ONCE) {
        let asked = some.iter().map(async |(group, person)| {
            let said = ended(Key { doc: DocId::Tray(*person), ..key }, vote, way.read, rooms).await?;
            Ok::<_, Gone>(said.map(|said| (*group, said)))
        });
        given.extend(try_join_all(asked).await?.into_iter().flatten());
    }
    let result = move |doc: &AnyDoc| (way.result)(doc, &given);
    match rooms.open(key).propose(Box::new(result)).await?.await.map_err(|_| Gone)? {
        Decided::Rejected(why) => tracing::warn!(%key, ?why, "the result of a vote was refused"),
        Decided::Stored(_) | Decided::Known | Decided::Nothing => {}
    }
    Ok(())
}

/// Who could vote, each with their group where that makes a difference.
async fn voters(key: Key, who: &Who, rooms: &Arc<Rooms>) -> Result<Vec<Given<PersonId>>, Gone> {
    match who {
        Who::Members(people) => Ok(people.iter().map(|person| (None, *person)).collect()),
        Who::Room => {
            // Whoever voted was in the roster before the vote was closed.
            let everybody = |doc: &AnyDoc| match doc {
                AnyDoc::Roster(roster) => {
                    Some(roster.model.people.iter().map(|(id, person)| (Some(person.group), *id)).collect())
                }
                _ => None,
            };
            rooms.open(Key { doc: DocId::Roster, ..key }).inspect(everybody).await?.ok_or(Gone)
        }
    }
}

/// What a tray says in a vote, which is over there.
async fn ended<T: Send + 'static>(
    key: Key,
    vote: VoteId,
    read: fn(&Tray, VoteId) -> Option<T>,
    rooms: &Arc<Rooms>,
) -> Result<Option<T>, Gone> {
    let tray = rooms.open(key);
    // From here on a late ballot is refused, so nobody is told that one is saved that is not counted.
    tray.decide(move |doc| (!is_over(doc, vote)).then_some(Op::Tray(TrayOp::EndVote { vote }))).await?;
    tray.inspect(move |doc| match doc {
        AnyDoc::Tray(tray) => read(&tray.model, vote),
        _ => None,
    })
    .await
}

fn is_over(doc: &AnyDoc, vote: VoteId) -> bool {
    matches!(doc, AnyDoc::Tray(tray) if tray.model.over.contains(&vote))
}
