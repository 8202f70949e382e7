//! Erasing what the store knows of people: what was wished, what becomes of an entry, and what is written down about it. What is
//! written down names nobody. It knows no file of the store and no room.
//!
//! Names are rewritten, not encrypted with a key that is then thrown away: the store is one file of readable lines, so what is
//! gone can be shown to be gone by searching it, a copy of the file needs no second file of keys, and no key can survive in a
//! backup of them. An entry keeps its place, its author's number and its effect; in the place of the name stands
//! 「参加者12」, and section, age and kind of actor are empty. It is dated a millisecond later, so that the log is another one
//! to every page that has the old one ([`shared::trail`]): it gets the doc anew, whole.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use shared::docs::board::{BoardOp, Member};
use shared::docs::roster::{About, RosterOp};
use shared::docs::workshop::{Language, Phase};
use shared::{Entry, Millis, Op, PersonId, Seq, Stamp, WorkshopId};
use uuid::Uuid;

pub use self::ledger::{LEDGER, Ledger, Noted};
use crate::clock;
use crate::said::Said;

pub mod command;
mod ledger;
#[cfg(test)]
mod tests;

/// A workshop that nobody has ended counts as ended so many days after the last thing was written in it.
pub const FORGOTTEN_DAYS: u64 = 60;
/// Of an entry that was rewritten, how much later it may be dated than it was written.
const REWRITTEN_MS: u64 = 1_000;
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// A server's clock is not believed when it says that nothing was written for so long: it may be one that runs ahead, and names that
/// are erased do not come back.
pub const SILENCE_DAYS: u64 = 400;

/// Whether a workshop in which the last thing was written at `last` is only due because the clock leapt: somewhere between then and
/// now nothing was written in any workshop for too long. So what is made by a wrong clock does not make it right.
pub fn is_by_a_leap(last: Millis, all: impl IntoIterator<Item = Millis>, now: Millis) -> bool {
    let mut moments: Vec<Millis> = all.into_iter().filter(|at| (last..=now).contains(at)).chain([last, now]).collect();
    moments.sort_unstable();
    let gaps = moments.iter().zip(moments.iter().skip(1)).map(|(one, next)| next.0.saturating_sub(one.0));
    gaps.max().is_some_and(|gap| gap > SILENCE_DAYS * DAY_MS)
}

/// Why the clock of this machine is not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// It says that nothing was written for too long: the names of so many workshops are not erased by it.
    Leapt {
        /// Workshops.
        held: usize,
    },
    /// Something was written later than now.
    Behind,
}

/// What is to be erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// Everybody's name, section, age and kind of actor.
    Names,
    /// One person's.
    Person(PersonId),
    /// The workshop: everything that was ever written in it.
    Workshop,
}

impl What {
    const fn said(self) -> (&'static str, &'static str) {
        match self {
            Self::Names => ("全員の名前と属性", "all names and attributes"),
            Self::Person(_) => ("1人の名前と属性", "one person's name and attributes"),
            Self::Workshop => ("ワークショップ全体", "the whole workshop"),
        }
    }
}

/// Who wished it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// Its time had come.
    Clock,
    /// The lead, on the page.
    Lead,
    /// Whoever has the data folder, by a command.
    Operator,
}

/// That something is to be erased. Once it is written down it is done, whatever happens to the server meanwhile.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Wish {
    /// Its name.
    pub id: Uuid,
    /// When it was wished, by the clock.
    pub at: Millis,
    /// Where.
    pub workshop: WorkshopId,
    /// What.
    pub what: What,
    /// By whom.
    pub by: Cause,
    /// How far the workshop had got; none in what was written down before this was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upto: Option<Reach>,
}

/// How far a workshop had got when something was wished of it. Clocks jump; numbers of entries do not.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Reach {
    /// The last entry of its roster.
    pub roster: u64,
    /// Its time: in an old copy that was written on, another entry has that number.
    pub at: Millis,
    /// Entries of all its docs.
    pub entries: u64,
    /// The latest time of any of them: not the last one's, if the clock was ahead and then corrected.
    #[serde(default)]
    pub latest: Millis,
}

/// What is known of a workshop without opening it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Written {
    /// When the last thing was written in it.
    pub last: Millis,
    /// Entries of all its docs.
    pub entries: u64,
}

impl Reach {
    /// Whether a roster goes on from there. One that was rewritten is dated a little later.
    fn is_of(&self, roster: &[Entry]) -> bool {
        let last = usize::try_from(self.roster).ok().and_then(|last| roster.get(last.checked_sub(1)?));
        let is_then =
            |entry: &Entry| entry.stamp.at >= self.at && entry.stamp.at.0.saturating_sub(self.at.0) <= REWRITTEN_MS;
        self.roster == 0 || last.is_some_and(is_then)
    }
}

/// What became of a wish. It says nothing about anybody.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Erased {
    /// The wish.
    pub wish: Wish,
    /// How many people it was about.
    pub people: u32,
    /// When it was done.
    pub done_at: Millis,
    /// When the files had nothing of it any more, copies that the server made by itself included; none as long as they may.
    pub swept_at: Option<Millis>,
    /// So many entries the workshop had then; 0 if somebody came after the wish and is left out of it. None: it was done before this was
    /// noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upto: Option<u64>,
}

impl Wish {
    /// A wish of this moment.
    pub fn now(workshop: WorkshopId, what: What, by: Cause) -> Self {
        Self { id: Uuid::new_v4(), at: clock::now(), workshop, what, by, upto: None }
    }

    /// Which entries of a roster have come since this was wished. Where it goes on from there nothing has that had a number then, however
    /// it is dated. Of what has a later number a copy of before may be put back, so times tell: what is dated after the wish has come
    /// since, and what is dated before the last entry of then, too: the clock was set back meanwhile. In another history only times tell.
    pub fn since(&self, roster: &[Entry]) -> BTreeSet<Seq> {
        let same = self.upto.filter(|upto| upto.is_of(roster));
        let has_come = |stamp: &Stamp| match same {
            Some(upto) => stamp.seq.0 > upto.roster && (stamp.at > self.at || stamp.at < upto.at),
            None => stamp.at > self.latest(),
        };
        roster.iter().map(|entry| entry.stamp).filter(has_come).map(|stamp| stamp.seq).collect()
    }

    /// Nothing that was there when it was wished is dated later.
    fn latest(&self) -> Millis {
        self.upto.map_or(self.at, |upto| upto.latest.max(self.at))
    }

    /// Whether what an entry says of somebody is to go, if so much has come to the roster since. Of who was there then, copies that the
    /// server made of their name since (on another group's board) go too; what the lead says of them since stays.
    pub fn is_about(&self, entry: &Entry, since: &BTreeSet<Seq>) -> bool {
        let said_since = matches!(&entry.op, Op::Roster(RosterOp::Describe { .. })) && since.contains(&entry.stamp.seq);
        // A person's number is that of the entry with which they came.
        let has_come = |person: PersonId| since.contains(&Seq(u64::from(person.0)));
        !said_since && whom(entry).is_some_and(|person| !has_come(person))
    }

    /// Whether something was written since in a workshop that has got so `far`, with that roster.
    pub fn is_overtaken(&self, far: Reach, roster: &[Entry]) -> bool {
        let is_later = match self.upto.filter(|upto| upto.is_of(roster)) {
            Some(upto) => far.entries > upto.entries && far.latest > self.at,
            None => far.latest > self.latest(),
        };
        is_later || !self.since(roster).is_empty()
    }

    /// As one line for whoever answers for the data: it could not be done yet.
    pub fn said(&self) -> Said {
        let (at, workshop) = (clock::written(self.at), self.workshop);
        let (what_ja, what_en) = self.what.said();
        Said::new(format!("{at}  {workshop}  {what_ja}"), format!("{at}  {workshop}  {what_en}"))
    }
}

/// Whom an entry says something about that is to be erased.
fn whom(entry: &Entry) -> Option<PersonId> {
    match &entry.op {
        Op::Roster(op) => match op {
            RosterOp::Join { .. } | RosterOp::Expect { .. } => u32::try_from(entry.stamp.seq.0).ok().map(PersonId),
            RosterOp::Describe { person, .. } => Some(*person),
            // An operation with a name that is added does not compile until it is said here whose.
            RosterOp::Seat { .. }
            | RosterOp::TakeOver { .. }
            | RosterOp::Forget { .. }
            | RosterOp::Reserve { .. }
            | RosterOp::Pair { .. }
            | RosterOp::Arrive { .. }
            | RosterOp::Remove { .. }
            | RosterOp::LetBackIn { .. } => None,
        },
        Op::Board(BoardOp::SetMember { person, .. }) => Some(*person),
        Op::Board(_) | Op::Workshop(_) | Op::Doors(_) | Op::Directory(_) | Op::Tray(_) => None,
    }
}

/// What stands where a name stood.
pub fn label(person: PersonId, language: Language) -> String {
    match language {
        Language::Ja => format!("参加者{}", person.0),
        Language::En => format!("Participant {}", person.0),
    }
}

fn without(op: &Op, called: String) -> Op {
    let nothing = |about: &About| About { hold: about.hold, ..About::default() };
    match op.clone() {
        Op::Roster(RosterOp::Join { key, group, seats, .. }) => {
            Op::Roster(RosterOp::Join { key, name: called, section: String::new(), group, seats })
        }
        Op::Roster(RosterOp::Expect { about, .. }) => {
            Op::Roster(RosterOp::Expect { name: called, section: String::new(), about: nothing(&about) })
        }
        Op::Roster(RosterOp::Describe { person, about, .. }) => {
            Op::Roster(RosterOp::Describe { person, section: String::new(), about: nothing(&about) })
        }
        Op::Board(BoardOp::SetMember { person, member: Member { seated, .. } }) => {
            Op::Board(BoardOp::SetMember { person, member: Member { name: called, seated } })
        }
        other => other,
    }
}

/// An entry without what is to be erased, and whom it was about; none if it says nothing of the kind (any more).
pub fn rewritten(entry: &Entry, what: What, language: Language) -> Option<(PersonId, Entry)> {
    let person = whom(entry).filter(|person| match what {
        What::Names | What::Workshop => true,
        What::Person(one) => one == *person,
    })?;
    let op = without(&entry.op, label(person, language));
    let at = Millis(entry.stamp.at.0.saturating_add(1));
    (op != entry.op).then_some((person, Entry { stamp: Stamp { at, ..entry.stamp }, op }))
}

/// When names are erased by themselves, of a workshop in which the last thing was written at `last`.
pub const fn due(last: Millis, phase: Phase, days: u16) -> Millis {
    let forgotten = match phase {
        Phase::Ended => 0,
        Phase::Lobby | Phase::Open => FORGOTTEN_DAYS,
    };
    Millis(last.0.saturating_add((forgotten + days as u64) * DAY_MS))
}

impl Erased {
    /// Whether nothing was written since in a workshop of which that is known. Numbers say so: times do not, when the clock was ahead.
    pub fn is_last_of(&self, written: Written) -> bool {
        self.upto == Some(written.entries)
    }

    /// Whether the clock has nothing more to do: so, too, by its date where no number was noted. What was done then may have left somebody
    /// out, if the clock was ahead: who asks for it again is not told that it is done.
    pub fn is_enough_for(&self, written: Written) -> bool {
        self.upto.map_or(self.done_at >= written.last, |_| self.is_last_of(written))
    }

    /// A line of the list for whoever answers for the data.
    pub fn said(&self) -> Said {
        let Wish { workshop, what, by, .. } = self.wish;
        let (at, people) = (clock::written(self.done_at), self.people);
        let (what_ja, what_en) = what.said();
        let (by_ja, by_en) = match by {
            Cause::Clock => ("期限により自動", "by the clock"),
            Cause::Lead => ("進行役", "by the lead"),
            Cause::Operator => ("コマンド", "by a command"),
        };
        let (swept_ja, swept_en) = match self.swept_at {
            Some(_) => ("", ""),
            None => {
                ("。ファイルの掃除は次の起動時に終わります", "; its traces in the file are removed at the next start")
            }
        };
        Said::new(
            format!("{at}  {workshop}  {what_ja}（{people}人、{by_ja}）{swept_ja}"),
            format!("{at}  {workshop}  {what_en} (people: {people}, {by_en}){swept_en}"),
        )
    }
}
