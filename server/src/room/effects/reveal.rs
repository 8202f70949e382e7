//! From trays to boards: slips of people whose group is not silent come onto its board, once, and leave the tray. It asks nobody
//! to remember anything: called again, after a crash or by two at once, it finds what is left to be done.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::try_join_all;
use shared::docs::roster::Roster;
use shared::docs::tray::TrayOp;
use shared::{AnyDoc, CardId, ClientId, DocId, GroupId, Op, OpId, PersonId};
use tokio::time::sleep;

use self::card::{Card, Secret};
use super::super::held::Held;
use super::super::{Decided, Gone, Handle};
use crate::log::Key;
use crate::registry::Rooms;

mod card;

/// When what could not be brought onto a board is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Whose trays are looked into.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Whose {
    /// Of everybody who sits in a group.
    Group(GroupId),
    /// Of these.
    People(Vec<PersonId>),
}

/// Until it is done, or the server stops: the next start goes on.
pub(super) async fn revealed(key: Key, whose: Whose, rooms: Arc<Rooms>) {
    let mut said = false;
    while !rooms.stop.is_cancelled() {
        match Box::pin(try_to_reveal(key, &whose, &rooms)).await {
            Ok(()) => return,
            Err(Gone) if said => {}
            Err(Gone) => {
                said = true;
                tracing::warn!(%key, "what was written in silence cannot be shown now; tried again until it can");
            }
        }
        tokio::select! {
            biased;
            () = rooms.stop.cancelled() => {}
            () = sleep(RETRY) => {}
        }
    }
}

async fn try_to_reveal(key: Key, whose: &Whose, rooms: &Arc<Rooms>) -> Result<(), Gone> {
    let whose = whose.clone();
    let seated = roster(key, rooms, move |roster| seated(roster, &whose)).await?;
    let mut all = Ok(());
    for (group, people) in seated {
        // One group does not wait for what another one lacks.
        all = all.and(Box::pin(reveal(key, group, people, rooms)).await);
    }
    all
}

fn seated(roster: &Roster, whose: &Whose) -> BTreeMap<GroupId, Vec<PersonId>> {
    let mut seated = BTreeMap::<GroupId, Vec<PersonId>>::new();
    for (id, person) in roster.people.iter() {
        let meant = match whose {
            Whose::Group(group) => person.group == *group,
            Whose::People(people) => people.contains(id),
        };
        if meant {
            seated.entry(person.group).or_default().push(*id);
        }
    }
    seated
}

/// Brings what these people of a group wrote onto its board, unless it is silent. What came there before a silence that began since,
/// and could not be taken out of its tray, goes even then: its author must not change there what everybody has seen.
async fn reveal(key: Key, group: GroupId, mut people: Vec<PersonId>, rooms: &Arc<Rooms>) -> Result<(), Gone> {
    if hush(key, group, rooms).await? == Hush::First {
        let moved = roster(key, rooms, move |roster| sat_before(roster, group)).await?;
        people.retain(|person| moved.get(person).is_some_and(Option::is_some));
    }
    let (mut held, mut all) = (BTreeMap::new(), Ok(()));
    // Held in the order of their numbers: two who do this at once never wait for each other.
    for person in people {
        match Box::pin(hold(Key { doc: DocId::Tray(person), ..key }, rooms)).await {
            Ok(Some(tray)) => drop(held.insert(person, tray)),
            Ok(None) => {}
            // The others do not wait for a tray that cannot be read.
            Err(Gone) => all = Err(Gone),
        }
    }
    // Asked once more: what lies in the trays now was not written in a silence that begins later, or at another table.
    let sat = roster(key, rooms, move |roster| sat_before(roster, group)).await?;
    let hush = hush(key, group, rooms).await?;
    held.retain(|person, _| sat.get(person).is_some_and(|from| from.is_some() || hush != Hush::First));
    if held.is_empty() {
        return all;
    }
    let secret = Secret::of(key, rooms).await?;
    let mut cards: Vec<Card> = held.iter().flat_map(|(person, tray)| secret.cards(*person, &tray.doc)).collect();
    // By names that tell nobody who wrote what, and so in an order that does not either.
    cards.sort_unstable_by_key(|card| card.id);
    // A server that stopped before it was done, or did not hear from its disk, may have shown them where their author sat before: a
    // roster knows the last of those tables, not all of them.
    let roams = |card: &Card| sat.get(&card.author).is_some_and(Option::is_some);
    let theirs: Vec<OpId> = cards.iter().filter(|card| roams(card)).map(|card| card.id).collect();
    let elsewhere = shown_elsewhere(key, group, theirs, rooms).await;
    // Where one of those boards cannot be read, they wait; whoever always sat here does not.
    let can_be_anywhere = |card: &Card| elsewhere.is_err() && roams(card);
    let mut landed: BTreeSet<OpId> = elsewhere.iter().flatten().copied().collect();
    all = all.and(elsewhere.as_ref().map(drop).map_err(|Gone| Gone));
    let is_due = |card: &&Card| hush == Hush::Over && !landed.contains(&card.id) && !can_be_anywhere(card);
    let due: Vec<&Card> = cards.iter().filter(is_due).collect();
    let board = board(key, group, rooms);
    show(key, &board, &due).await?;
    landed.extend(shown(&board, cards.iter().map(|card| card.id).collect()).await?);
    let hand_over = held.into_iter().filter_map(|(person, tray)| {
        let gone = cards.iter().filter(|card| card.author == person && landed.contains(&card.id));
        let slips: Vec<_> = gone.map(|card| card.slip).collect();
        (!slips.is_empty()).then(|| tray.release(Op::Tray(TrayOp::HandOver { slips })))
    });
    try_join_all(hand_over).await?;
    all
}

/// Everybody of a group, and where each sat before.
fn sat_before(roster: &Roster, group: GroupId) -> BTreeMap<PersonId, Option<GroupId>> {
    let here = roster.people.iter().filter(|(_, person)| person.group == group);
    here.map(|(id, person)| (*id, person.from)).collect()
}

/// Whether a group writes in silence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Hush {
    /// It does not.
    Over,
    /// It does, and no group's silence has ever ended: what lies in a tray can be on a board only if its author sat at another table.
    First,
    /// It does again.
    Again,
}

async fn hush(key: Key, group: GroupId, rooms: &Arc<Rooms>) -> Result<Hush, Gone> {
    let hush = move |doc: &AnyDoc| match doc {
        AnyDoc::Workshop(workshop) if workshop.model.is_silent(group) => {
            if workshop.model.spoken.iter().next().is_some() { Hush::Again } else { Hush::First }
        }
        _ => Hush::Over,
    };
    rooms.open(Key { doc: DocId::Workshop, ..key }).inspect(hush).await
}

async fn roster<T: Send + 'static>(
    key: Key,
    rooms: &Arc<Rooms>,
    read: impl FnOnce(&Roster) -> T + Send + 'static,
) -> Result<T, Gone> {
    let read = move |doc: &AnyDoc| match doc {
        AnyDoc::Roster(roster) => Some(read(&roster.model)),
        _ => None,
    };
    rooms.open(Key { doc: DocId::Roster, ..key }).inspect(read).await?.ok_or(Gone)
}

fn board(key: Key, group: GroupId, rooms: &Arc<Rooms>) -> Handle {
    rooms.open(Key { doc: DocId::Board(group), ..key })
}

/// A tray, if anything lies in it.
async fn hold(key: Key, rooms: &Arc<Rooms>) -> Result<Option<Held>, Gone> {
    let tray = rooms.open(key);
    if tray.inspect(has_slips).await? { tray.hold().await.map(Some) } else { Ok(None) }
}

/// Whether something that was written in silence lies in a tray.
pub(super) fn has_slips(doc: &AnyDoc) -> bool {
    matches!(doc, AnyDoc::Tray(tray) if !tray.model.slips.is_empty())
}

/// Puts cards onto a board. Of one that is refused nothing that follows under the same name is tried: it would be passed over.
async fn show(key: Key, board: &Handle, cards: &[&Card]) -> Result<(), Gone> {
    let (mut answers, mut last) = (Vec::new(), BTreeMap::<ClientId, OpId>::new());
    for card in cards {
        let (id, op) = (card.id, card.op.clone());
        let before = last.insert(id.client, id);
        let decide = move |doc: &AnyDoc| before.is_none_or(|before| has(doc, before)).then_some((id, op));
        answers.push(board.propose(Box::new(decide)).await?);
    }
    for answer in answers {
        if let Decided::Rejected(why) = answer.await.map_err(|_| Gone)? {
            tracing::warn!(%key, ?why, "a board refused what was written in silence; it stays in its tray");
        }
    }
    Ok(())
}

/// Which of these cards the boards of all other groups have.
async fn shown_elsewhere(key: Key, here: GroupId, cards: Vec<OpId>, rooms: &Arc<Rooms>) -> Result<Vec<OpId>, Gone> {
    if cards.is_empty() {
        return Ok(cards);
    }
    let groups = |doc: &AnyDoc| match doc {
        AnyDoc::Workshop(workshop) => workshop.model.groups.iter().map(|group| group.id).collect(),
        _ => Vec::new(),
    };
    let groups = rooms.open(Key { doc: DocId::Workshop, ..key }).inspect(groups).await?;
    let boards: Vec<Handle> =
        groups.into_iter().filter(|group| *group != here).map(|group| board(key, group, rooms)).collect();
    let found = try_join_all(boards.iter().map(|board| shown(board, cards.clone()))).await?;
    Ok(found.into_iter().flatten().collect())
}

/// Which of these cards a board has.
async fn shown(board: &Handle, cards: Vec<OpId>) -> Result<Vec<OpId>, Gone> {
    board.inspect(move |doc| cards.into_iter().filter(|card| has(doc, *card)).collect()).await
}

fn has(doc: &AnyDoc, card: OpId) -> bool {
    matches!(doc, AnyDoc::Board(board) if board.model.get(CardId::from(card)).is_some())
}
