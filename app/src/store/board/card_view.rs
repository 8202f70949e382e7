//! What a card shows: read from the board once for each change of it.

use shared::access::By;
use shared::docs::board::{Board, Kept, Line, Mark, NoteOn, Reach, Reaction, Reading, Star, Stop};
use shared::{CardId, LaneId, Millis};

/// What a card shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardView {
    /// What it says.
    pub text: String,
    /// The card that it is drawn under; none for the theme.
    pub parent: Option<CardId>,
    /// Who added it.
    pub by: By,
    /// When.
    pub at: Millis,
    /// Whether it is starred.
    pub star: Star,
    /// How sure the group is.
    pub mark: Option<Mark>,
    /// Whether it was removed.
    pub kept: Kept,
    /// Who can act on it.
    pub reach: Option<Reach>,
    /// Why the group asks no further.
    pub stop: Option<Stop>,
    /// How the group knows it, and why it stops, in words.
    pub lines: [String; 2],
    /// Its first wording, where it reads otherwise now.
    pub first: Option<String>,
    /// Who else changed its wording, and when somebody did last.
    pub editors: Vec<By>,
    /// When its wording was changed last.
    pub worded_at: Millis,
    /// Cards that were merged into it.
    pub merged: Vec<CardId>,
    /// Causes of it that are drawn elsewhere.
    pub references: Vec<CardId>,
    /// Further effects that can be seen; it is drawn elsewhere.
    pub also: Vec<CardId>,
    /// What was said about its links.
    pub readings: Vec<Reading>,
    /// Short answers to it, and to what was merged into it.
    pub reactions: Vec<(Reaction, By)>,
    /// How many comments there are on it.
    pub comments: usize,
    /// The lane that it lies in, with its name.
    pub lane: Option<(LaneId, String)>,
    /// What it got in the last vote with dots; none where it got nothing, or was not voted on.
    pub dots: Option<u16>,
}

impl Default for CardView {
    fn default() -> Self {
        Self {
            text: String::new(),
            parent: None,
            by: By::Server,
            at: Millis(0),
            star: Star::None,
            mark: None,
            kept: Kept::Yes,
            reach: None,
            stop: None,
            lines: [String::new(), String::new()],
            first: None,
            editors: Vec::new(),
            worded_at: Millis(0),
            merged: Vec::new(),
            references: Vec::new(),
            also: Vec::new(),
            readings: Vec::new(),
            reactions: Vec::new(),
            comments: 0,
            lane: None,
            dots: None,
        }
    }
}

impl CardView {
    /// A line that belongs to the card.
    pub fn line(&self, line: Line) -> &str {
        let [evidence, stop_reason] = &self.lines;
        match line {
            Line::Evidence => evidence,
            Line::StopReason => stop_reason,
        }
    }

    /// Whether there is anything to show but its words.
    pub fn says_more(&self) -> bool {
        let marked = self.mark.is_some() || self.reach.is_some() || self.stop.is_some() || self.star != Star::None;
        let linked = !self.references.is_empty() || !self.also.is_empty();
        let told = !self.readings.is_empty() || !self.reactions.is_empty() || self.comments > 0;
        marked || linked || told || self.dots.is_some() || !self.line(Line::Evidence).is_empty()
    }

    /// What a board says of a card.
    pub(super) fn of(board: &Board, id: CardId) -> Self {
        let Some(card) = board.get(id) else { return Self::default() };
        let text = card.text.read();
        let wordings = board.wordings(id);
        let mut reactions: Vec<(Reaction, By)> = Vec::new();
        for card in wordings.iter().filter_map(|id| board.get(*id)) {
            let new: Vec<_> = card.reactions.iter().filter(|one| !reactions.contains(one)).copied().collect();
            reactions.extend(new);
        }
        let (parent, mut also) = (board.home(id), board.effects(id));
        also.retain(|effect| Some(*effect) != parent && board.is_seen(*effect));
        Self {
            parent,
            by: card.by,
            at: card.at,
            star: card.star,
            mark: card.mark,
            kept: card.kept,
            reach: card.reach,
            stop: card.stop,
            lines: [card.evidence.read(), card.stop_reason.read()],
            first: card.history.first.clone().filter(|first| *first != text),
            editors: card.history.editors.clone(),
            worded_at: card.history.last.map_or(card.at, |(_, at)| at),
            references: board.references(id),
            also,
            readings: card.readings.clone(),
            reactions,
            comments: wordings.iter().map(|id| board.notes_on(NoteOn::Card(*id)).len()).sum(),
            merged: wordings.into_iter().filter(|wording| *wording != id).collect(),
            lane: board.lane_of(id).map(|(lane, name)| (lane, name.to_owned())),
            dots: board.dots.as_ref().and_then(|vote| vote.on(id)).filter(|dots| *dots > 0),
            text,
        }
    }
}
