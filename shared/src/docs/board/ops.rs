//! What can be done at a board. Variants are only ever appended (wire and store).

use serde::{Deserialize, Serialize};

use super::marks::{Answer, CallFor, Given, Line, Mark, Reach, Reaction, Star, Stop};
use super::{GivenRole, Heard, Member, NoteOn, Pass, Reply, Role};
use crate::access::By;
use crate::ids::{CardId, LaneId, NoteId, OpId, PairId, PersonId, StepId, VoteId};
use crate::sorted::SortedMap;
use crate::text::TextEdit;

/// Where among its siblings a card goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Place {
    /// Before all.
    First,
    /// Behind this sibling; behind all, if that one has gone elsewhere meanwhile.
    After(CardId),
    /// Behind all.
    Last,
}

/// An operation on a board.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum BoardOp {
    /// A new card, named after the operation that adds it.
    AddCard {
        /// The effect that it is a cause of.
        parent: CardId,
        /// Where among the other causes.
        place: Place,
        /// Its first wording; may be empty.
        text: String,
        /// The number of its first character.
        start: u32,
    },
    /// A change to the wording of a card or of the theme.
    EditText {
        /// Which.
        card: CardId,
        /// The change.
        edit: TextEdit,
    },
    /// A card, with its branch, becomes a cause of another.
    MoveCard {
        /// Which.
        card: CardId,
        /// Under which.
        parent: CardId,
        /// Where among the causes there.
        place: Place,
    },
    /// A card goes out of sight, with its branch.
    RemoveCard {
        /// Which.
        card: CardId,
    },
    /// A removed card comes back, with its branch.
    RestoreCard {
        /// Which.
        card: CardId,
    },
    /// A card is starred, or no longer.
    SetStar {
        /// Which.
        card: CardId,
        /// How.
        star: Star,
    },
    /// A card is marked, or no longer.
    SetMark {
        /// Which.
        card: CardId,
        /// How.
        mark: Option<Mark>,
    },
    /// A member comes, goes or is renamed. The server's alone: it follows from the roster.
    SetMember {
        /// Who.
        person: PersonId,
        /// As what.
        member: Member,
    },
    /// A card is a cause of one more effect: there it is shown as a reference.
    LinkCard {
        /// The cause.
        card: CardId,
        /// The effect.
        under: CardId,
    },
    /// It is no longer.
    UnlinkCard {
        /// The cause.
        card: CardId,
        /// The effect.
        under: CardId,
    },
    /// A card says the same as another: its causes and links are the other's from now on, both wordings are kept. Restoring the
    /// card takes them apart again.
    MergeCard {
        /// The one that goes out of sight.
        card: CardId,
        /// The one that stays.
        into: CardId,
    },
    /// Who can act on a cause, or nothing said.
    SetReach {
        /// Which.
        card: CardId,
        /// Who.
        reach: Option<Reach>,
    },
    /// The group asks no further here, or does.
    SetStop {
        /// Which.
        card: CardId,
        /// Why.
        stop: Option<Stop>,
    },
    /// A change to a line that belongs to a card.
    EditLine {
        /// Whose.
        card: CardId,
        /// Which line.
        line: Line,
        /// The change.
        edit: TextEdit,
    },
    /// Somebody says, or no longer says, whether a link holds.
    ReadLink {
        /// The cause.
        card: CardId,
        /// The effect.
        under: CardId,
        /// The answer.
        answer: Option<Answer>,
    },
    /// A lane gets a name; with an empty one it is given up.
    PutLane {
        /// Which; none for a new one, named after this operation.
        lane: Option<LaneId>,
        /// The name.
        name: String,
    },
    /// A first-level cause goes into a lane, or out of all.
    SetLane {
        /// Which.
        card: CardId,
        /// Into which.
        lane: Option<LaneId>,
    },
    /// A short answer to a card.
    React {
        /// To which.
        card: CardId,
        /// What.
        reaction: Reaction,
        /// Whether it is given or taken back.
        given: Given,
    },
    /// A new note, named after the operation that adds it.
    AddNote {
        /// What it is about.
        on: NoteOn,
        /// Its first wording; may be empty.
        text: String,
        /// The number of its first character.
        start: u32,
    },
    /// A change to the wording of a note.
    EditNote {
        /// Which.
        note: NoteId,
        /// The change.
        edit: TextEdit,
    },
    /// A note goes out of sight.
    RemoveNote {
        /// Which.
        note: NoteId,
    },
    /// A removed note comes back.
    RestoreNote {
        /// Which.
        note: NoteId,
    },
    /// Somebody has seen this themselves.
    SeeMyself {
        /// What.
        note: NoteId,
        /// Whether they have.
        given: Given,
    },
    /// Somebody has something to say. The hand is one's own.
    RaiseHand,
    /// A hand goes down: one's own, or that of one who has been heard.
    LowerHand {
        /// Whose.
        of: By,
    },
    /// Everybody at the board is called to a card.
    Call {
        /// Where to; none takes the call back.
        card: Option<CardId>,
        /// What for.
        what: CallFor,
    },
    /// A secret vote over the proposed themes begins. It ends the one before.
    OpenVote,
    /// Nobody may vote any more.
    CloseVote {
        /// In which vote.
        vote: VoteId,
    },
    /// The result of a vote. The server's alone: it follows from the ballots.
    CountVote {
        /// Of which.
        vote: VoteId,
        /// How many voted.
        ballots: u16,
        /// How many for which.
        votes: SortedMap<NoteId, u16>,
    },
    /// What somebody wrote in silence comes onto the board, as the last first-level cause. The server's alone: it follows from
    /// the end of the silence.
    Reveal {
        /// Who wrote it; nobody, where it was promised that no name is kept.
        author: Option<PersonId>,
        /// What it says.
        text: String,
    },
    /// Everybody who sits here speaks in turn, from the beginning. Who begins is another one every time.
    TakeTurns,
    /// The word goes to the next one.
    PassTurn {
        /// From whom. When somebody else has the word already, nothing happens: two who press at once pass it once.
        of: PersonId,
        /// How.
        how: Pass,
    },
    /// The group calls for help, or takes the call back.
    CallHelp {
        /// Which of both.
        given: Given,
    },
    /// Who conducts answers a call for help. When that call is over already, nothing happens.
    AnswerHelp {
        /// Which call.
        call: OpId,
        /// How.
        heard: Heard,
    },
    /// Who conducts asks the group something, which takes the place of what was asked before; without words, takes it back.
    Nudge {
        /// What is asked.
        text: String,
    },
    /// The group takes what it was asked, or puts it away. The first answer counts.
    AnswerNudge {
        /// Which question.
        nudge: OpId,
        /// How.
        reply: Reply,
    },
    /// Roles are given, or taken back; those that are not named stay as they are.
    GiveRoles {
        /// Which, and to whom.
        roles: Vec<(Role, Option<GivenRole>)>,
    },
    /// Everybody who sits here and is in no pair of a step is in one from now on. The server's alone: it follows from the step, and
    /// from who comes.
    FormPairs {
        /// Of which step.
        step: StepId,
    },
    /// A change to what a pair writes together. Its own people's, and of who conducts.
    EditPair {
        /// In which step.
        step: StepId,
        /// Whose.
        pair: PairId,
        /// The change.
        edit: TextEdit,
    },
    /// What a pair wrote becomes a card, named after this operation: as it reads when this is taken. One that is a card already
    /// stays so.
    TakePair {
        /// In which step.
        step: StepId,
        /// Whose.
        pair: PairId,
        /// The number of the card's first character: as many as a card may have are its own.
        start: u32,
    },
    /// The card that the group brings before everybody; or none of them.
    ChooseForAll {
        /// In which step.
        step: StepId,
        /// Which.
        card: Option<CardId>,
    },
    /// A secret vote with dots over cards begins. It takes the place of the one before.
    OpenDots {
        /// The cards; they stay the same until the end.
        cards: Vec<CardId>,
        /// How many dots everybody has.
        each: u16,
    },
    /// Nobody may put dots any more.
    CloseDots {
        /// In which vote.
        vote: VoteId,
    },
    /// The result of a vote with dots. The server's alone: it follows from the ballots.
    CountDots {
        /// Of which.
        vote: VoteId,
        /// How many voted.
        ballots: u16,
        /// Dots on each option, in the order of the options.
        dots: Vec<u16>,
    },
}

impl BoardOp {
    /// The card that it changes, if the operation itself says so (`AddCard` is named after its id).
    pub const fn card(&self) -> Option<CardId> {
        match self {
            Self::EditText { card, .. }
            | Self::MoveCard { card, .. }
            | Self::RemoveCard { card }
            | Self::RestoreCard { card }
            | Self::SetStar { card, .. }
            | Self::SetMark { card, .. }
            | Self::LinkCard { card, .. }
            | Self::UnlinkCard { card, .. }
            | Self::MergeCard { card, .. }
            | Self::SetReach { card, .. }
            | Self::SetStop { card, .. }
            | Self::EditLine { card, .. }
            | Self::ReadLink { card, .. }
            | Self::SetLane { card, .. }
            | Self::React { card, .. } => Some(*card),
            _ => None,
        }
    }

    /// Whether it goes from a group to who conducts: neither a lock nor the end of a step stands in its way.
    pub const fn is_groups_own(&self) -> bool {
        matches!(self, Self::CallHelp { .. } | Self::AnswerNudge { .. })
    }

    /// Whether only who conducts may do it.
    pub const fn is_conductors(&self) -> bool {
        matches!(self, Self::AnswerHelp { .. } | Self::Nudge { .. })
    }

    /// Whether only the server may do it.
    pub const fn is_servers(&self) -> bool {
        matches!(
            self,
            Self::SetMember { .. }
                | Self::CountVote { .. }
                | Self::Reveal { .. }
                | Self::FormPairs { .. }
                | Self::CountDots { .. }
        )
    }
}
