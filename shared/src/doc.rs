//! A doc: a model, how far its log has been applied, and the last operation of each client. Knows no particular model.

use serde::{Deserialize, Serialize};

use crate::access::By;
use crate::docs::Op;
use crate::ids::{CardId, ClientId, GroupId, LaneId, Millis, NoteId, OpId, Seq};
use crate::limits::{CLIENTS_EACH_MAX, CLIENTS_MAX};
use crate::sorted::SortedMap;
use crate::trail::{Point, Trail};

/// One line of a log: an operation in its place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// When, by whom, under which id.
    pub stamp: Stamp,
    /// What.
    pub op: Op,
}

/// All that an entry says beside its operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stamp {
    /// Its place in the log of its doc.
    pub seq: Seq,
    /// The server's clock when it was taken.
    pub at: Millis,
    /// Whose it is.
    pub by: By,
    /// Its name, given by its client.
    pub id: OpId,
}

/// What a doc holds, and the one function that changes it.
pub trait Model: Clone + Default + Serialize + for<'de> Deserialize<'de> {
    /// What can be done to it.
    type Op: Clone;

    /// Takes one operation, or refuses it and stays as it was. Total: never panics, whatever the operation says (law 4).
    /// Returns the operation that undoes it, where there is one.
    ///
    /// # Errors
    /// The reason, when the operation does not fit the model as it is now.
    fn apply(&mut self, stamp: &Stamp, op: &Self::Op) -> Result<Option<Self::Op>, Reject>;

    /// Whether what the operation brought is here, given that its number was passed: the words of one that was refused are
    /// not. What brings no words counts as here; whoever did it sees how things are.
    fn holds(&self, _id: OpId, _op: &Self::Op) -> bool {
        true
    }

    /// The operation, if it is one for this model.
    fn pick(op: &Op) -> Option<&Self::Op>;

    /// The operation, as one of all.
    fn wrap(op: Self::Op) -> Op;
}

/// Why an operation was not taken. It goes to its author alone and becomes a sentence there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Reject {
    /// It belongs to another kind of doc.
    WrongDoc,
    /// Its client id belongs to somebody else.
    NotYourClient,
    /// Its author may not do this.
    Forbidden,
    /// The workshop has ended.
    Ended,
    /// No such card.
    NoCard(CardId),
    /// The theme can be written, but not moved, removed or marked.
    IsTheme,
    /// The card would come under itself.
    Cycle,
    /// Deeper than `limits::DEPTH_MAX`.
    TooDeep,
    /// The board has `limits::CARDS_MAX` cards.
    BoardFull,
    /// The text would be longer than its limit.
    TextFull,
    /// The text has been rewritten so often that its history is full.
    TextWorn,
    /// The text is empty, or has characters that no text may have.
    BadText,
    /// The edit names characters that are not there.
    NoCharacter,
    /// An id that is taken.
    IdTaken,
    /// A number outside its limits.
    OutOfRange,
    /// The group has no seat left.
    GroupFull(GroupId),
    /// No such group.
    NoGroup(GroupId),
    /// No such person.
    NoPerson,
    /// The doc has met a limit.
    DocFull,
    /// No such note.
    NoNote(NoteId),
    /// No such lane.
    NoLane(LaneId),
    /// A vote is open already, or is being counted.
    VoteIsOpen,
    /// This vote is over.
    VoteIsOver,
    /// No such step.
    NoStep,
    /// Somebody is in this step.
    StepInUse,
    /// Somebody else has moved the room, or the group, on before.
    StepMoved,
    /// The workshop has not begun, or is over.
    NotOpen,
    /// In this step no names are kept: that was said to those who write in it.
    IsAnonymous,
    /// No such card in the tray: it lies on the board already.
    NoSlip,
    /// The time of this step is over, and with it the writing.
    TimeIsOver,
    /// No such pair.
    NoPair,
    /// More dots than everybody has in this vote.
    TooManyDots,
    /// In this vote nobody chooses what their own group found.
    OwnGroup,
    /// So much was ever written on the board that its history is full.
    BoardWorn,
    /// The server holds as much as it may, and this doc more of it than is its share. Never said by a doc itself.
    ServerFull,
}

/// What became of an operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome<O> {
    /// It took effect; this undoes it.
    Applied(Option<O>),
    /// It had taken effect before (law 2).
    Duplicate,
    /// It was refused, the same way everywhere (law 4).
    Rejected(Reject),
}

/// The last operation of a client, and whose client it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Last {
    n: u32,
    by: By,
}

/// A model with its place in the log. The same prefix of a log gives the same bytes everywhere (law 1).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Doc<M> {
    /// The last entry taken.
    pub seq: Seq,
    /// What the entries built.
    pub model: M,
    clients: SortedMap<ClientId, Last>,
    /// What the entries up to the last one come down to.
    #[serde(default)]
    trail: Trail,
}

impl<M: Model> Doc<M> {
    /// Takes an entry of the log. Its place counts even where its operation has no effect: a duplicate in the log is passed
    /// over the same way everywhere (laws 1 and 2).
    pub fn take(&mut self, stamp: &Stamp, op: &Op) -> Outcome<M::Op> {
        let outcome = match M::pick(op) {
            Some(op) => self.apply(stamp, op),
            None => Outcome::Rejected(Reject::WrongDoc),
        };
        if !matches!(outcome, Outcome::Applied(_)) {
            self.step(stamp);
        }
        outcome
    }

    /// Does an operation as the log's next entry. Sequence numbers are the caller's business; the doc remembers the last.
    pub fn apply(&mut self, stamp: &Stamp, op: &M::Op) -> Outcome<M::Op> {
        let taken = match self.admits(stamp) {
            Ok(true) => self.model.apply(stamp, op),
            Ok(false) => return Outcome::Duplicate,
            Err(why) => Err(why),
        };
        match taken {
            Ok(inverse) => {
                self.step(stamp);
                self.clients.insert(stamp.id.client, Last { n: stamp.id.n, by: stamp.by });
                Outcome::Applied(inverse)
            }
            Err(why) => Outcome::Rejected(why),
        }
    }

    /// How far the log was taken, and which log it was.
    pub const fn point(&self) -> Point {
        Point { seq: self.seq, trail: self.trail }
    }

    const fn step(&mut self, stamp: &Stamp) {
        Point { seq: self.seq, trail: self.trail } = self.point().after(stamp);
    }

    /// Whether the operation's name is new and its author's own. `Ok(false)`: it was taken before.
    fn admits(&self, stamp: &Stamp) -> Result<bool, Reject> {
        if stamp.id.client.is_reserved() && stamp.by != By::Server {
            return Err(Reject::NotYourClient);
        }
        match self.clients.get(&stamp.id.client) {
            Some(last) if last.by != stamp.by => Err(Reject::NotYourClient),
            Some(last) => Ok(stamp.id.n > last.n),
            None if self.clients.len() >= CLIENTS_MAX || self.tabs_of(stamp.by) >= CLIENTS_EACH_MAX => {
                Err(Reject::DocFull)
            }
            None => Ok(true),
        }
    }

    fn tabs_of(&self, by: By) -> usize {
        self.clients.values().filter(|last| last.by == by).count()
    }

    /// Whose operations it took, by client.
    pub fn owners(&self) -> impl Iterator<Item = (ClientId, By)> {
        self.clients.iter().map(|(client, last)| (*client, last.by))
    }

    /// Whose this client is, if the doc has taken anything of it.
    pub fn owner(&self, client: ClientId) -> Option<By> {
        self.clients.get(&client).map(|last| last.by)
    }

    /// Whether the doc already holds what this client numbered `id.n`, or a later one of theirs.
    pub fn knows(&self, id: OpId) -> bool {
        self.clients.get(&id.client).is_some_and(|last| id.n <= last.n)
    }
}
