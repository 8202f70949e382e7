//! The roster: who takes part or is expected, and where they sit. Read by the lead and helpers alone.

use serde::{Deserialize, Serialize};

pub use self::ops::RosterOp;
use crate::docs::board::{BoardOp, Member, Seated};
use crate::docs::{DocId, Op};
use crate::ids::{ClientId, GroupId, Millis, OpId, PersonId, Seq, TokenHash};
use crate::sorted::SortedMap;

mod apply;
mod ops;
#[cfg(test)]
mod tests;

/// What only the lead and the helpers know of somebody. Empty is not known.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct About {
    /// How old, in whatever bands the lead thinks in: 「30代」.
    pub age: String,
    /// What kind of actor: 「自治会」, "company".
    pub actor: String,
    /// How they are seated.
    pub hold: Hold,
}

/// How somebody is seated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Hold {
    /// Wherever it mixes best.
    #[default]
    Free,
    /// Where they are, whatever the others do.
    Fixed,
    /// Nowhere: they did not come, or have gone.
    Away,
}

impl Hold {
    const fn of_who_is_here(self) -> Self {
        match self {
            Self::Away => Self::Free,
            hold => hold,
        }
    }
}

/// Somebody who is expected and has not joined yet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Guest {
    /// As they are called in the list of whoever invited them.
    pub name: String,
    /// Where they work or come from; may be empty.
    pub section: String,
    /// What else the lead knows of them.
    pub about: About,
    /// Where a seat is kept for them.
    pub group: Option<GroupId>,
}

/// How two are to sit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Rule {
    /// In different groups.
    Apart,
    /// In one group.
    Together,
}

/// Two people between whom there is a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Pair {
    /// One; the smaller id.
    pub a: PersonId,
    /// The other.
    pub b: PersonId,
    /// How they are to sit.
    pub rule: Rule,
}

/// One who takes part.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Person {
    /// As they wish to be called.
    pub name: String,
    /// Where they work or come from; may be empty.
    pub section: String,
    /// The group they sit in.
    pub group: GroupId,
    /// The group they sat in before.
    pub from: Option<GroupId>,
    /// The entry that seated them where they are.
    pub seated_by: Seq,
    /// When they joined.
    pub joined_at: Millis,
    /// What else the lead knows of them.
    #[serde(default)]
    pub about: About,
}

/// Everybody who joined, and who is expected.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Roster {
    /// The people, in the order in which they came.
    pub people: SortedMap<PersonId, Person>,
    /// The hash of each person's token: coming back with it is being the same person.
    pub keys: SortedMap<TokenHash, PersonId>,
    /// Who is expected and not here yet, in the order in which they were written down. Who comes keeps the id.
    #[serde(default)]
    pub guests: SortedMap<PersonId, Guest>,
    /// Who is to sit with whom, and who is not.
    #[serde(default)]
    pub pairs: Vec<Pair>,
    /// Who was taken out, as they were. Their keys stay theirs, so that nobody comes in again with one.
    #[serde(default)]
    pub removed: SortedMap<PersonId, Person>,
    /// The hashes of keys that were somebody's until they went on with another phone, the last one at the end: whoever comes with one
    /// is told that.
    #[serde(default)]
    pub former: Vec<TokenHash>,
}

impl Roster {
    /// How many sit in a group.
    pub fn seated(&self, group: GroupId) -> usize {
        self.people.values().filter(|person| person.group == group).count()
    }

    /// Who is expected under this name; of several the one who was not given up, and was written down first.
    pub fn expected(&self, name: &str) -> Option<PersonId> {
        let name = same(name);
        let of_this_name = |(id, guest): (&PersonId, &Guest)| {
            (same(&guest.name) == name).then_some((guest.about.hold == Hold::Away, *id))
        };
        self.guests.iter().filter_map(of_this_name).min().map(|(_, id)| id)
    }
}

/// A name or a kind as it is compared: spaces, widths and capitals make no difference.
pub fn same(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(|c| narrow(c).to_ascii_lowercase()).collect()
}

/// What follows for the boards from where a person sits now: members come and go. The ids are made from the entry that
/// seated them, so following twice changes nothing. To repair after a crash, follow everybody in the order of
/// [`Person::seated_by`].
pub fn follow(roster: &Roster, id: PersonId) -> Vec<(DocId, OpId, Op)> {
    let here = roster.people.get(&id).map(|person| (person, Seated::Here));
    let found = here.or_else(|| roster.removed.get(&id).map(|person| (person, Seated::Elsewhere)));
    let Some((person, seated)) = found else { return Vec::new() };
    let Ok(n) = u32::try_from(person.seated_by.0) else { return Vec::new() };
    let set = |group, seated| {
        let member = Member { name: person.name.clone(), seated };
        let op = Op::Board(BoardOp::SetMember { person: id, member });
        (DocId::Board(group), OpId { client: ClientId::FROM_ROSTER, n }, op)
    };
    // Who was taken out and is let in again comes from where they sit.
    let left = person.from.filter(|from| *from != person.group).map(|group| set(group, Seated::Elsewhere));
    left.into_iter().chain([set(person.group, seated)]).collect()
}
