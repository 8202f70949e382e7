//! The cards of a board as the export tells them: a card once, under the effect that it is drawn under.

use serde::Serialize;
use shared::CardId;
use shared::docs::board::{Answer, Board, Card, Mark, NoteOn, Reach, Reaction, StarFor, Stop};

use super::notes::{NoteOut, notes};
use super::{Author, Names, time};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct CardOut {
    id: CardId,
    pub(super) text: String,
    pub(super) mark: Option<&'static str>,
    /// Whether it is starred as a root cause.
    pub(super) star: bool,
    /// Everything that it is starred as.
    stars: Vec<&'static str>,
    pub(super) by: Author,
    pub(super) at: String,
    /// Who else changed its words, in the order in which they came.
    editors: Vec<Author>,
    /// What it said first, where it says something else now.
    first_wording: Option<String>,
    /// What cards said that were merged into it.
    merged_wordings: Vec<String>,
    /// Who can act on it.
    reach: Option<&'static str>,
    /// Why the group asked no further, and in words.
    stop: Option<&'static str>,
    stop_reason: String,
    /// How the group knows it.
    evidence: String,
    /// The lane that it lies in.
    lane: Option<String>,
    /// Other effects that it is a cause of.
    also_causes: Vec<CardId>,
    /// What was said when its links were read backwards.
    readings: Vec<ReadingOut>,
    reactions: ReactionsOut,
    comments: Vec<NoteOut>,
    /// Its causes.
    pub(super) because: Vec<CardOut>,
}

/// How many said what of one link.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
struct ReadingOut {
    effect: CardId,
    holds: usize,
    jumps: usize,
    check: usize,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
struct ReactionsOut {
    agree: usize,
    question: usize,
    us_too: usize,
}

/// What can be seen below the theme.
pub(super) fn causes(names: &Names<'_>) -> Vec<CardOut> {
    below(CardId::THEME, names)
}

/// As deep as a board may be (`limits::DEPTH_MAX`), which is not deep for a stack.
fn below(of: CardId, names: &Names<'_>) -> Vec<CardOut> {
    names.board.children(of).map(|(id, card)| out(id, card, names)).collect()
}

fn out(id: CardId, card: &Card, names: &Names<'_>) -> CardOut {
    let board = names.board;
    let wordings = board.wordings(id);
    let text = card.text.read();
    let merged = wordings.iter().filter(|wording| **wording != id).filter_map(|id| board.get(*id));
    let comments = wordings.iter().flat_map(|card| notes(names, NoteOn::Card(*card)));
    let home = board.home(id);
    let also = board.effects(id).into_iter().filter(|effect| Some(*effect) != home && board.is_seen(*effect));
    let name = |lane| board.lanes.get(&lane).map(|lane| lane.name.clone()).filter(|name| !name.is_empty());
    CardOut {
        id,
        mark: card.mark.map(mark),
        star: card.star.is_for(StarFor::RootCause),
        stars: stars(card),
        by: names.author(card.by),
        at: time(card.at),
        editors: card.history.editors.iter().map(|by| names.author(*by)).collect(),
        first_wording: card.history.first.clone().filter(|first| *first != text),
        merged_wordings: merged.map(|card| card.text.read()).collect(),
        reach: card.reach.map(reach),
        stop: card.stop.map(stop),
        stop_reason: card.stop_reason.read(),
        evidence: card.evidence.read(),
        lane: card.lane.and_then(name),
        also_causes: also.collect(),
        readings: readings(board, id, card),
        reactions: reactions(board, &wordings),
        comments: comments.collect(),
        because: below(id, names),
        text,
    }
}

fn stars(card: &Card) -> Vec<&'static str> {
    let all = [(StarFor::RootCause, "root_cause"), (StarFor::PlaceToAct, "place_to_act")];
    all.into_iter().filter(|(what, _)| card.star.is_for(*what)).map(|(_, word)| word).collect()
}

/// The tally of each link that was read and still is one.
fn readings(board: &Board, id: CardId, card: &Card) -> Vec<ReadingOut> {
    let tally = |effect: CardId| {
        let of = |answer| {
            let same = |reading: &&shared::docs::board::Reading| {
                board.stands_for(reading.under) == effect && reading.answer == answer
            };
            card.readings.iter().filter(same).count()
        };
        let tally = ReadingOut { effect, holds: of(Answer::Holds), jumps: of(Answer::Jumps), check: of(Answer::Check) };
        (tally.holds + tally.jumps + tally.check > 0).then_some(tally)
    };
    board.effects(id).into_iter().filter_map(tally).collect()
}

/// How many gave each, also to what was merged into the card; whoever gave it twice counts once.
fn reactions(board: &Board, wordings: &[CardId]) -> ReactionsOut {
    let of = |reaction: Reaction| {
        let cards = wordings.iter().filter_map(|id| board.get(*id));
        let who = cards.flat_map(|card| card.reactions.iter()).filter(|(given, _)| *given == reaction);
        who.map(|(_, by)| *by).collect::<std::collections::BTreeSet<_>>().len()
    };
    ReactionsOut { agree: of(Reaction::Agree), question: of(Reaction::Question), us_too: of(Reaction::UsToo) }
}

const fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Fact => "fact",
        Mark::Guess => "guess",
        Mark::ToCheck => "to_check",
    }
}

const fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::Us => "us",
        Reach::WithOthers => "with_others",
        Reach::OutOfHands => "out_of_hands",
    }
}

const fn stop(stop: Stop) -> &'static str {
    match stop {
        Stop::WouldEnd => "would_end",
        Stop::CheckFirst => "check_first",
        Stop::OutOfHands => "out_of_hands",
        Stop::Other => "other",
    }
}
