//! A workshop as a document that people and other programs read: names instead of numbers, the why-tree as a tree.
//! Built from docs alone; it knows no room, no request and no key (none is in it).

use serde::Serialize;
use shared::docs::board::{Board, Seated};
use shared::docs::roster::Roster;
use shared::docs::workshop::{Language, Phase, Workshop};
use shared::{By, GroupId, JoinCode, Millis, PersonId, WorkshopId};

use self::cards::CardOut;
use self::dots::DotsOut;
use self::notes::{NoteOut, VoteOut};

mod cards;
mod dots;
mod notes;
mod table;

/// The version of this form. A field that is added does not change it; one that is removed or means something else does.
const FORM: u32 = 1;

/// All of a workshop.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Export {
    form: u32,
    workshop: About,
    roster: Vec<Guest>,
    /// The last vote with dots of the whole room.
    dots: Option<DotsOut>,
    boards: Vec<BoardOut>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
struct About {
    id: String,
    code: Option<JoinCode>,
    title: String,
    goal: String,
    language: Language,
    phase: &'static str,
    made_at: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
struct Guest {
    person: PersonId,
    name: String,
    section: String,
    group: GroupId,
    joined_at: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
struct BoardOut {
    group: GroupId,
    name: String,
    theme: String,
    members: Vec<MemberOut>,
    /// What the group knew already.
    premises: Vec<NoteOut>,
    /// Themes that were proposed, the chosen one included.
    proposals: Vec<NoteOut>,
    /// The last vote over them, in numbers; who voted for what is in no document.
    vote: Option<VoteOut>,
    /// The last vote with dots over its cards.
    dots: Option<DotsOut>,
    cards: Vec<CardOut>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
struct MemberOut {
    person: PersonId,
    name: String,
    /// Whether they sit here now; who does not has moved to another group.
    seated: bool,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
struct Author {
    role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<PersonId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// The word for a phase, here and in the API.
pub const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Lobby => "lobby",
        Phase::Open => "open",
        Phase::Ended => "ended",
    }
}

impl Export {
    /// Of these docs; a board that is not there is one on which nothing was written yet.
    pub fn new(id: WorkshopId, workshop: &Workshop, roster: &Roster, boards: &[(GroupId, Board)]) -> Self {
        let about = About {
            id: id.to_string(),
            code: workshop.code,
            title: workshop.title.clone(),
            goal: workshop.goal.clone(),
            language: workshop.language,
            phase: phase(workshop.phase),
            made_at: time(workshop.made_at),
        };
        let guest = |(id, person): (&PersonId, &shared::docs::roster::Person)| Guest {
            person: *id,
            name: person.name.clone(),
            section: person.section.clone(),
            group: person.group,
            joined_at: time(person.joined_at),
        };
        let boards = boards.iter().map(|(group, board)| {
            let name = workshop.group(*group).map(|group| group.name.clone()).unwrap_or_default();
            board_out(*group, name, board, roster)
        });
        Self {
            form: FORM,
            workshop: about,
            roster: roster.people.iter().map(guest).collect(),
            dots: DotsOut::of(workshop.dots.as_ref()),
            boards: boards.collect(),
        }
    }
}

fn board_out(group: GroupId, name: String, board: &Board, roster: &Roster) -> BoardOut {
    let members = board.members.iter().map(|(id, member)| MemberOut {
        person: *id,
        name: member.name.clone(),
        seated: member.seated == Seated::Here,
    });
    let names = Names { board, roster };
    BoardOut {
        group,
        name,
        theme: board.theme(),
        members: members.collect(),
        premises: notes::premises(&names),
        proposals: notes::proposals(&names),
        vote: VoteOut::of(board),
        dots: DotsOut::of(board.dots.as_ref()),
        cards: cards::causes(&names),
    }
}

struct Names<'a> {
    board: &'a Board,
    roster: &'a Roster,
}

impl Names<'_> {
    fn author(&self, by: By) -> Author {
        let plain = |role| Author { role, person: None, name: None };
        match by {
            By::Server => plain("server"),
            By::Lead => plain("lead"),
            By::Helper => plain("helper"),
            By::Person(id) => {
                let listed = self.roster.people.get(&id).map(|person| person.name.clone());
                let name = listed.or_else(|| self.board.members.get(&id).map(|member| member.name.clone()));
                Author { role: "participant", person: Some(id), name }
            }
        }
    }
}

/// ISO 8601, in UTC to the second.
fn time(at: Millis) -> String {
    let seconds = i64::try_from(at.0 / 1_000).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX).to_string()
}

#[cfg(test)]
mod tests;
