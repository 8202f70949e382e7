//! What follows when a doc has changed, beside telling its subscribers: a workshop publishes its facts, a roster lets the
//! boards know who sits there, a board sends away who has moved, a tray whose owner's group is not silent is emptied, and
//! what groups of a step of 1-2-4-all need of each other is done, and a walk goes on.

use std::sync::Arc;

use shared::docs::board::{BoardOp, Seated};
use shared::docs::directory::DirectoryOp;
use shared::docs::doors::{DoorsOp, Link};
use shared::docs::roster::{Roster, RosterOp, follow};
use shared::docs::tray::TrayOp;
use shared::wire::Close;
use shared::{AnyDoc, By, Capability, DocId, Entry, Op, PersonId, Seq, WorkshopId};
use tokio::sync::watch;

use self::circles::{Choices, Circles};
use self::reveal::{Whose, has_slips, revealed};
use self::silences::Silences;
use self::votes::Votes;
use self::walks::Walks;
use super::fanout::Fanout;
use super::{Decided, Facts, Gone, Standing, Subscriber};
use crate::log::Key;
use crate::registry::Rooms;

mod circles;
pub(crate) mod codes;
mod reveal;
mod silences;
mod votes;
mod walks;

/// What follows from the steps of a workshop.
#[derive(Default)]
pub(super) struct Steps {
    silences: Silences,
    circles: Circles,
    votes: Votes,
    walks: Walks,
}

/// By kind of doc.
pub(super) enum Effects {
    Nothing,
    Workshop(watch::Sender<Facts>, Box<Steps>),
    /// The entry of the roster up to which the boards know.
    Roster(Seq),
    Board(Votes, Choices),
    Tray(PersonId),
    Doors,
    Directory,
}

impl Effects {
    /// A roster that was just loaded is followed from its beginning: what a crash prevented is done now.
    pub(super) fn of(key: Key, doc: &AnyDoc) -> Self {
        match doc {
            AnyDoc::Workshop(doc) => {
                let published = watch::Sender::new(Facts::of(&doc.model));
                Self::Workshop(published, Box::default())
            }
            AnyDoc::Roster(_) => Self::Roster(Seq(0)),
            AnyDoc::Board(_) => Self::Board(Votes::default(), Choices::default()),
            AnyDoc::Doors(_) => Self::Doors,
            AnyDoc::Directory(_) => Self::Directory,
            AnyDoc::Tray(_) => match key.doc {
                DocId::Tray(person) => Self::Tray(person),
                _ => Self::Nothing,
            },
        }
    }

    /// Whether something is left to be done, which failed before.
    pub(super) fn is_behind(&self, doc: &AnyDoc) -> bool {
        matches!(self, Self::Roster(followed) if *followed < doc.seq())
    }

    /// Whether something cannot be done yet: a roster knows where somebody sat before, and not where they sat before that. Who is moved
    /// on before their boards know would stay at the first one.
    pub(super) fn comes_too_soon(&self, doc: &AnyDoc, op: &Op) -> bool {
        match (self, doc, op) {
            (Self::Roster(followed), AnyDoc::Roster(roster), Op::Roster(op)) => {
                let roster = &roster.model;
                let person = match op {
                    RosterOp::Seat { person, .. } | RosterOp::Remove { person } => roster.people.get(person),
                    RosterOp::LetBackIn { person, .. } => roster.removed.get(person),
                    _ => None,
                };
                person.is_some_and(|person| person.from.is_some() && person.seated_by > *followed)
            }
            _ => false,
        }
    }

    /// Does what follows from `entries`, which are stored.
    pub(super) async fn follow(
        &mut self,
        key: Key,
        doc: &AnyDoc,
        entries: &[Entry],
        rooms: &Arc<Rooms>,
        all: &mut Fanout,
    ) {
        match (self, doc) {
            (Self::Workshop(published, steps), AnyDoc::Workshop(workshop)) => {
                let now = Facts::of(&workshop.model);
                published.send_if_modified(|before| {
                    let is_new = *before != now;
                    if is_new {
                        *before = now;
                    }
                    is_new
                });
                if entries.is_empty() && workshop.model.code.is_some() {
                    // A crash may have come between the directory and the workshop.
                    rooms.tasks.spawn(codes::brought(key.workshop, Arc::clone(rooms)));
                }
                steps.silences.follow(key, &workshop.model, rooms);
                steps.circles.follow(key, &workshop.model, rooms);
                steps.votes.follow(key, doc, rooms);
                steps.walks.follow(key, &workshop.model, rooms);
            }
            (Self::Roster(followed), AnyDoc::Roster(doc)) => {
                let moved = moved(&doc.model, *followed);
                match Box::pin(seat(key, &doc.model, *followed, rooms)).await {
                    Ok(()) => {
                        *followed = doc.seq;
                        if !moved.is_empty() {
                            rooms.tasks.spawn(revealed(key, Whose::People(moved), Arc::clone(rooms)));
                        }
                    }
                    Err(Gone) => tracing::warn!(%key, "members could not be told to their boards; tried again soon"),
                }
                for person in entries.iter().filter_map(taken_over) {
                    Box::pin(dismiss(key, &doc.model, person, rooms)).await;
                }
            }
            (Self::Board(votes, choices), AnyDoc::Board(board)) => {
                for person in entries.iter().filter_map(left) {
                    all.close_own_of(By::Person(person), Close::Reseated);
                }
                votes.follow(key, doc, rooms);
                choices.follow(key, &board.model, entries, rooms);
            }
            (Self::Tray(person), doc) => {
                // Where a silence has ended while their phone was away, or a crash kept it from being followed.
                let comes = entries.is_empty() || entries.iter().any(puts_a_slip);
                if comes && has_slips(doc) {
                    rooms.tasks.spawn(revealed(key, Whose::People(vec![*person]), Arc::clone(rooms)));
                }
            }
            (Self::Doors, _) => {
                for whom in entries.iter().filter_map(turned_out) {
                    let workshop = rooms.open(Key { doc: DocId::Workshop, ..key });
                    // A room that is gone has closed everybody.
                    let _ = Box::pin(workshop.turn_out(whom)).await;
                }
            }
            (Self::Directory, _) => {
                for workshop in entries.iter().filter_map(recoded) {
                    rooms.tasks.spawn(codes::brought(workshop, Arc::clone(rooms)));
                }
            }
            _ => {}
        }
    }
}

/// Who has to come again because of what happened to the doors. The lead does whenever another link is another one: what is shown
/// of them is said at the beginning.
fn turned_out(entry: &Entry) -> Option<fn(Capability) -> bool> {
    match &entry.op {
        Op::Doors(DoorsOp::RenewLead { .. }) => {
            Some(|who| matches!(who, Capability::Lead | Capability::Helper | Capability::Observer))
        }
        Op::Doors(DoorsOp::RenewLink { link: Link::Helper, .. }) => {
            Some(|who| matches!(who, Capability::Lead | Capability::Helper))
        }
        Op::Doors(DoorsOp::RenewLink { link: Link::Observer, .. }) => {
            Some(|who| matches!(who, Capability::Lead | Capability::Observer))
        }
        Op::Doors(DoorsOp::RenewKeep { .. }) => Some(|who| matches!(who, Capability::Keeper(_))),
        _ => None,
    }
}

fn recoded(entry: &Entry) -> Option<WorkshopId> {
    match &entry.op {
        Op::Directory(DirectoryOp::Renew { workshop, .. }) => Some(*workshop),
        _ => None,
    }
}

/// Who has changed their seat since the boards were told last: what they wrote in silence comes out where they are now.
fn moved(roster: &Roster, followed: Seq) -> Vec<PersonId> {
    let moved = roster.people.iter().filter(|(_, person)| person.seated_by > followed && person.from.is_some());
    moved.map(|(id, _)| *id).collect()
}

fn puts_a_slip(entry: &Entry) -> bool {
    matches!(entry.op, Op::Tray(TrayOp::PutSlip { .. }))
}

fn left(entry: &Entry) -> Option<PersonId> {
    match &entry.op {
        Op::Board(BoardOp::SetMember { person, member }) if member.seated == Seated::Elsewhere => Some(*person),
        _ => None,
    }
}

fn taken_over(entry: &Entry) -> Option<PersonId> {
    match &entry.op {
        Op::Roster(RosterOp::TakeOver { person, .. }) => Some(*person),
        _ => None,
    }
}

/// Whoever wrote in their name until now comes back, and is told that the key is good for nothing any more.
async fn dismiss(key: Key, roster: &Roster, person: PersonId, rooms: &Arc<Rooms>) {
    if let Some(group) = roster.people.get(&person).map(|person| person.group) {
        let board = rooms.open(Key { doc: DocId::Board(group), ..key });
        // A room that is gone has closed everybody.
        let _ = board.dismiss(By::Person(person)).await;
    }
}

/// Whether a subscriber to a board sits elsewhere: they were let in just before they were moved.
pub(super) fn sits_elsewhere(doc: &AnyDoc, subscriber: &Subscriber) -> bool {
    match (doc, subscriber.who.by()) {
        (AnyDoc::Board(board), Some(By::Person(person))) if subscriber.standing == Standing::Own => {
            board.model.members.get(&person).is_some_and(|member| member.seated == Seated::Elsewhere)
        }
        _ => false,
    }
}

/// Lets the boards know of everybody who was seated after `followed`, in the order in which it happened: a board takes
/// what follows from an earlier entry only before what follows from a later one.
async fn seat(key: Key, roster: &Roster, followed: Seq, rooms: &Arc<Rooms>) -> Result<(), Gone> {
    let mut due: Vec<(Seq, PersonId)> = roster
        .people
        .iter()
        .chain(roster.removed.iter())
        .filter(|(_, person)| person.seated_by > followed)
        .map(|(id, person)| (person.seated_by, *id))
        .collect();
    due.sort_unstable();
    let mut answers = Vec::new();
    for (_, person) in due {
        for (doc, id, op) in follow(roster, person) {
            let board = rooms.open(Key { doc, ..key });
            answers.push(board.propose(Box::new(move |_| Some((id, op)))).await?);
        }
    }
    for answer in answers {
        if let Decided::Rejected(why) = answer.await.map_err(|_| Gone)? {
            tracing::warn!(%key, ?why, "a board refused a member");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use shared::ids::TokenHash;
    use shared::{ClientId, Doc, GroupId, Millis, OpId, Stamp};

    use super::*;

    #[test]
    fn who_moves_waits_for_the_boards_before_they_move_on() {
        let mut doc = Doc::<Roster>::default();
        let done = |doc: &mut Doc<Roster>, op: &RosterOp| {
            let seq = doc.seq.next();
            let id = OpId { client: ClientId::SERVER, n: u32::try_from(seq.0).unwrap() };
            doc.apply(&Stamp { seq, at: Millis(0), by: By::Server, id }, op);
            seq
        };
        let soon = |doc: &Doc<Roster>, followed: Seq, op: &RosterOp| {
            Effects::Roster(followed).comes_too_soon(&AnyDoc::Roster(doc.clone()), &Op::Roster(op.clone()))
        };
        let (key, name) = (TokenHash([1; 32]), "佐藤".to_owned());
        let join = RosterOp::Join { key, name, section: String::new(), group: GroupId(1), seats: 5 };
        let joined = done(&mut doc, &join);
        let person = *doc.model.people.keys().next().unwrap();
        let seat = |group| RosterOp::Seat { person, group: GroupId(group), seats: 5 };
        let back = RosterOp::LetBackIn { person, group: GroupId(3), seats: 5 };
        assert!(!soon(&doc, Seq(0), &seat(2)), "who has never moved has left no board");
        let moved = done(&mut doc, &seat(2));
        for op in [seat(3), RosterOp::Remove { person }] {
            assert!(soon(&doc, joined, &op) && !soon(&doc, moved, &op), "{op:?}");
        }
        let removed = done(&mut doc, &RosterOp::Remove { person });
        assert!(soon(&doc, moved, &back) && !soon(&doc, removed, &back));
    }
}
