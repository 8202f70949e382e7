//! What is true of every board after every history, and what a person sees of it.

use std::collections::BTreeMap;

use shared::docs::board::{Answer, Board, BoardOp, Kept, Mark, NoteOn, Reach, Reaction, Star, Stop};
use shared::limits::{CARD_CHARS_MAX, CARDS_MAX, DEPTH_MAX, LANES_MAX, LINKS_MAX, NOTES_MAX, SIGNS_EACH_MAX};
use shared::{By, CardId};

/// Every card, removed ones included, hangs in the tree exactly once, where it says; no cycle, nothing over a limit.
pub(crate) fn check(board: &Board) -> Result<(), String> {
    let mut met: BTreeMap<CardId, usize> = BTreeMap::new();
    let mut left = vec![(CardId::THEME, None, 0)];
    while let Some((id, parent, level)) = left.pop() {
        let card = board.get(id).ok_or_else(|| format!("{id} is a child of {parent:?}, but there is no such card"))?;
        if met.insert(id, level).is_some() {
            return Err(format!("{id} hangs in the tree twice"));
        }
        if card.parent != parent {
            return Err(format!("{id} is a child of {parent:?}, but says {:?}", card.parent));
        }
        if level > DEPTH_MAX {
            return Err(format!("{id} is {level} levels deep"));
        }
        if card.text.chars() as usize > CARD_CHARS_MAX || card.text.chars() as usize != card.text.read().chars().count()
        {
            return Err(format!("{id} has {} characters: {:?}", card.text.chars(), card.text.read()));
        }
        left.extend(card.children.iter().map(|child| (*child, Some(id), level + 1)));
    }
    let all = board.ever().count() + 1;
    if met.len() != all {
        return Err(format!("{} cards hang in the tree, {all} are there", met.len()));
    }
    if all > CARDS_MAX {
        return Err(format!("{all} cards"));
    }
    if board.is_plain()
        && let Some((id, level)) = met.iter().find(|(id, level)| board.level(**id) != Some(**level))
    {
        return Err(format!("{id} is at level {level}, but says {:?}", board.level(*id)));
    }
    graph(board)?;
    if board.notes.len() > NOTES_MAX || board.lanes.len() > LANES_MAX {
        return Err("too many notes or lanes".into());
    }
    Ok(())
}

/// Links are told at both ends; nothing is its own cause, over however many links; what can be seen is drawn exactly once.
fn graph(board: &Board) -> Result<(), String> {
    let all = || board.ever().chain(board.get(CardId::THEME).map(|theme| (CardId::THEME, theme)));
    for (id, card) in all() {
        let linked = |other: &CardId| board.get(*other).is_some_and(|other| other.linked.contains_key(&id));
        let also = |other: &CardId| board.get(*other).is_some_and(|other| other.also.contains_key(&id));
        if !card.also.keys().all(linked) || !card.linked.keys().all(also) {
            return Err(format!("a link of {id} is told at one end only"));
        }
        if card.also.len() > LINKS_MAX || card.readings.len().max(card.reactions.len()) > SIGNS_EACH_MAX {
            return Err(format!("{id} has met a limit and gone on"));
        }
        if matches!(card.kept, Kept::MergedInto(into) if !board.wordings(board.stands_for(into)).contains(&id)) {
            return Err(format!("{id} was merged into a card that does not know of it"));
        }
        if matches!(board.get(board.stands_for(id)).map(|card| card.kept), Some(Kept::MergedInto(_)) | None) {
            return Err(format!("{id} was merged in a circle"));
        }
    }
    let outline = board.outline();
    let drawn: BTreeMap<CardId, usize> = outline.iter().copied().collect();
    if drawn.len() != outline.len() {
        return Err("a card is drawn twice".into());
    }
    match all().find(|(id, _)| board.is_seen(*id) != drawn.contains_key(id)) {
        Some((id, _)) => Err(format!("{id}: seen {}, drawn {:?}", board.is_seen(id), drawn.get(&id))),
        None => cycles(board),
    }
}

fn cycles(board: &Board) -> Result<(), String> {
    // Cards whose effects have all been passed: on a graph without cycles all cards are passed in the end.
    let mut passed = BTreeMap::from([(CardId::THEME, ())]);
    let mut left: Vec<CardId> = board.ever().map(|(id, _)| board.stands_for(id)).collect();
    left.sort();
    left.dedup();
    loop {
        let before = left.len();
        left.retain(|id| {
            let free = board.effects(*id).iter().all(|effect| passed.contains_key(effect));
            if free {
                passed.insert(*id, ());
            }
            !free
        });
        match (left.len(), before) {
            (0, _) => return Ok(()),
            (now, before) if now == before => return Err(format!("{left:?} go round in a circle")),
            _ => {}
        }
    }
}

/// What can be seen of a card.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Seen {
    card: CardId,
    level: usize,
    texts: [String; 3],
    star: Star,
    said: (Option<Mark>, Option<Reach>, Option<Stop>),
    lane: Option<String>,
    wordings: Vec<CardId>,
    references: Vec<CardId>,
    readings: Vec<(CardId, By, Answer)>,
    reactions: Vec<(Reaction, By)>,
}

/// All that a person sees of a board, in the order in which it is read: cards, then notes and lanes.
pub(crate) fn seen(board: &Board) -> (Vec<Seen>, Vec<String>) {
    let look = |(id, level)| {
        let card = board.get(id)?;
        let mut readings: Vec<_> = card.readings.iter().map(|one| (one.under, one.by, one.answer)).collect();
        readings.sort();
        let mut reactions = card.reactions.clone();
        reactions.sort();
        Some(Seen {
            card: id,
            level,
            texts: [card.text.read(), card.evidence.read(), card.stop_reason.read()],
            star: card.star,
            said: (card.mark, card.reach, card.stop),
            lane: card.lane.and_then(|lane| board.lanes.get(&lane)).map(|lane| lane.name.clone()),
            wordings: board.wordings(id),
            references: board.references(id),
            readings,
            reactions,
        })
    };
    let about = |on| board.notes_on(on).into_iter().map(|(id, note)| (id, note.clone()));
    let cards = board.ever().map(|(id, _)| NoteOn::Card(id));
    let kinds = cards.chain([NoteOn::Premise, NoteOn::Proposal, NoteOn::Card(CardId::THEME)]);
    let notes = kinds.flat_map(about).map(|(id, note)| {
        let mut seen_by = note.seen_by.clone();
        seen_by.sort();
        format!("{id} {:?} {} {:?} {seen_by:?}", note.on, note.text.read(), note.by)
    });
    let lanes = board.lanes.values().filter(|lane| !lane.name.is_empty()).map(|lane| lane.name.clone());
    (board.outline().into_iter().filter_map(look).collect(), notes.chain(lanes).collect())
}

/// Whether an operation is a step of the work, which one can take back: signs of the moment are not.
pub(crate) const fn is_step(op: &BoardOp) -> bool {
    !matches!(
        op,
        BoardOp::RaiseHand
            | BoardOp::LowerHand { .. }
            | BoardOp::Call { .. }
            | BoardOp::OpenVote
            | BoardOp::CloseVote { .. }
            | BoardOp::CountVote { .. }
            | BoardOp::OpenDots { .. }
            | BoardOp::CloseDots { .. }
            | BoardOp::CountDots { .. }
            | BoardOp::SetMember { .. }
            | BoardOp::CallHelp { .. }
            | BoardOp::AnswerHelp { .. }
            | BoardOp::Nudge { .. }
            | BoardOp::AnswerNudge { .. }
            | BoardOp::FormPairs { .. }
    )
}
