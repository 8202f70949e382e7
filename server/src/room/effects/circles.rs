//! 1-2-4-all: who talks in twos is put into pairs, and while the room hears every group, what each of them has chosen comes from its
//! board before everybody. It keeps nothing of it itself: called again, after a crash or by two at once, it finds what is left to do.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use shared::docs::board::{Board, BoardOp, Seated};
use shared::docs::workshop::{Brought, Circle, Workshop, WorkshopOp};
use shared::{AnyDoc, CardId, DocId, Entry, GroupId, Op, Seq, StepId};
use tokio::time::sleep;

use super::super::{Decided, Gone};
use crate::log::Key;
use crate::registry::Rooms;

/// When what could not be done is tried again.
const RETRY: Duration = Duration::from_secs(1);
/// What is still being written in a chosen card is not sent to everybody letter by letter.
const GATHER: Duration = Duration::from_millis(300);

/// How far the groups of a workshop were followed.
#[derive(Default)]
pub(in crate::room) struct Circles {
    followed: BTreeMap<GroupId, (StepId, Circle)>,
    plenary: Option<StepId>,
}

impl Circles {
    /// Follows every group that has gone on, and the room. A workshop that was just opened is looked at too. The room waits for nothing.
    pub(super) fn follow(&mut self, key: Key, workshop: &Workshop, rooms: &Arc<Rooms>) {
        for group in workshop.groups.iter().map(|group| group.id) {
            let Some(now) = workshop.circle_of(group) else {
                self.followed.remove(&group);
                continue;
            };
            if self.followed.insert(group, now) != Some(now) && now.1 == Circle::Pair {
                rooms.tasks.spawn(done(Due::Pairs, key, group, Arc::clone(rooms)));
            }
        }
        let before = std::mem::replace(&mut self.plenary, workshop.plenary());
        if self.plenary.is_some() && self.plenary != before {
            for group in &workshop.groups {
                rooms.tasks.spawn(done(Due::Choice, key, group.id, Arc::clone(rooms)));
            }
        }
    }
}

/// What a board says to everybody, by step: theme and card.
type Said = BTreeMap<StepId, (String, Option<String>)>;

/// What a board was followed up to.
#[derive(Default)]
pub(in crate::room) struct Choices {
    said: Said,
    waits: Arc<AtomicBool>,
}

impl Choices {
    /// Follows who comes, and what is chosen or written anew in what was chosen.
    pub(super) fn follow(&mut self, key: Key, board: &Board, entries: &[Entry], rooms: &Arc<Rooms>) {
        let DocId::Board(group) = key.doc else { return };
        if entries.iter().any(seats) {
            rooms.tasks.spawn(done(Due::Pairs, key, group, Arc::clone(rooms)));
        }
        let now: Said = board.one_two_four.keys().map(|step| (*step, said(board, *step))).collect();
        if now == self.said {
            return;
        }
        self.said = now;
        if !self.waits.swap(true, Ordering::AcqRel) {
            let (waits, rooms) = (Arc::clone(&self.waits), Arc::clone(rooms));
            rooms.tasks.clone().spawn(async move {
                sleep(GATHER).await;
                // From here on another change is another message.
                waits.store(false, Ordering::Release);
                done(Due::Choice, key, group, rooms).await;
            });
        }
    }
}

fn seats(entry: &Entry) -> bool {
    matches!(&entry.op, Op::Board(BoardOp::SetMember { member, .. }) if member.seated == Seated::Here)
}

fn said(board: &Board, step: StepId) -> (String, Option<String>) {
    let text = |card: CardId| board.get(card).map(|card| card.text.read());
    (text(CardId::THEME).unwrap_or_default(), board.for_all(step).and_then(text))
}

/// What may have to be done for a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Due {
    Pairs,
    Choice,
}

/// Until it is done, or the server stops: the next start goes on.
async fn done(due: Due, key: Key, group: GroupId, rooms: Arc<Rooms>) {
    let mut said = false;
    while !rooms.stop.is_cancelled() {
        let tried = match due {
            Due::Pairs => pair(key, group, &rooms).await,
            Due::Choice => bring(key, group, &rooms).await,
        };
        match tried {
            Ok(()) => return,
            Err(Gone) if said => {}
            Err(Gone) => {
                said = true;
                tracing::warn!(%key, %group, ?due, "a step of 1-2-4-all cannot be followed now; tried again until it can");
            }
        }
        tokio::select! {
            biased;
            () = rooms.stop.cancelled() => {}
            () = sleep(RETRY) => {}
        }
    }
}

/// Puts whoever sits in no pair into one, if the group talks in twos.
async fn pair(key: Key, group: GroupId, rooms: &Arc<Rooms>) -> Result<(), Gone> {
    let circle = move |doc: &AnyDoc| match doc {
        AnyDoc::Workshop(workshop) => workshop.model.circle_of(group),
        _ => None,
    };
    let circle = rooms.open(Key { doc: DocId::Workshop, ..key }).inspect(circle).await?;
    let Some((step, Circle::Pair)) = circle else { return Ok(()) };
    let form = move |doc: &AnyDoc| match doc {
        AnyDoc::Board(board) => board.model.lacks_a_pair(step).then_some(Op::Board(BoardOp::FormPairs { step })),
        _ => None,
    };
    let formed = rooms.open(Key { doc: DocId::Board(group), ..key }).decide(form).await?;
    tell(key, group, &formed);
    Ok(())
}

/// Copies what a group has chosen to where everybody reads it, if the room is there. Until then it is only on the group's board, with
/// who may read that.
async fn bring(key: Key, group: GroupId, rooms: &Arc<Rooms>) -> Result<(), Gone> {
    let room = rooms.open(Key { doc: DocId::Workshop, ..key });
    let Some(step) = room.inspect(plenary).await? else { return Ok(()) };
    let read = move |doc: &AnyDoc| match doc {
        AnyDoc::Board(board) => Some(read(&board.model, board.seq, step)),
        _ => None,
    };
    let board = rooms.open(Key { doc: DocId::Board(group), ..key });
    let brought = board.inspect(read).await?.ok_or(Gone)?;
    let op = move |doc: &AnyDoc| {
        let AnyDoc::Workshop(workshop) = doc else { return None };
        let is_due = plenary(doc) == Some(step) && is_news(&workshop.model, step, group, &brought);
        is_due.then_some(Op::Workshop(WorkshopOp::Bring { step, group, brought }))
    };
    tell(key, group, &room.decide(op).await?);
    Ok(())
}

fn plenary(doc: &AnyDoc) -> Option<StepId> {
    match doc {
        AnyDoc::Workshop(workshop) => workshop.model.plenary(),
        _ => None,
    }
}

fn read(board: &Board, as_of: Seq, step: StepId) -> Brought {
    let (theme, card) = said(board, step);
    Brought { as_of, theme, card }
}

/// Whether it says something else than what is known, and was read later.
fn is_news(workshop: &Workshop, step: StepId, group: GroupId, brought: &Brought) -> bool {
    let known = workshop.brought.get(&step).and_then(|groups| groups.get(&group));
    known.is_none_or(|known| {
        known.as_of < brought.as_of && (&known.theme, &known.card) != (&brought.theme, &brought.card)
    })
}

fn tell(key: Key, group: GroupId, decided: &Decided) {
    if let Decided::Rejected(why) = decided {
        tracing::warn!(%key, %group, ?why, "a step of 1-2-4-all was refused");
    }
}
