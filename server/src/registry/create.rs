//! A new workshop: its code, its tokens, its first entries.

use shared::docs::directory::DirectoryOp;
use shared::docs::doors::DoorsOp;
use shared::docs::workshop::{Language, WorkshopOp};
use shared::limits::{GOAL_CHARS_MAX, GROUPS_MAX, SEATS_MAX, TITLE_CHARS_MAX};
use shared::run_sheet::Shipped;
use shared::text::tidy;
use shared::{AnyDoc, Capability, DocId, JoinCode, Op, Reject, Token, WorkshopId};

use super::Registry;
use crate::access::{Keys, NOBODY, NoRandom, hash, new_code, new_token, new_workshop};
use crate::log::Key;
use crate::memory::Room;
use crate::room::{Decided, Gone, Handle};

/// Codes that are tried before giving up: with all workshops that one server keeps, one in 6,000 is taken.
const CODES_TRIED_MAX: usize = 8;

/// What a new workshop is to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct New {
    /// Its title.
    pub title: String,
    /// What it is for, may be empty.
    pub goal: String,
    /// The language it begins with.
    pub language: Language,
    /// How many groups.
    pub groups: u16,
    /// Seats of each.
    pub seats: u16,
    /// The run-sheet that it begins with.
    pub run_sheet: Shipped,
}

/// A new workshop.
#[derive(Clone, Copy, Debug)]
pub struct Created {
    /// Its id.
    pub id: WorkshopId,
    /// Its code.
    pub code: JoinCode,
    /// Who has it conducts.
    pub lead: Token,
    /// Who has it helps.
    pub helper: Token,
    /// Who has it sees.
    pub observer: Token,
}

/// Why there is no new workshop.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CreateError {
    /// The title.
    #[error("give the workshop a title of 1 to {TITLE_CHARS_MAX} characters")]
    Title,
    /// The goal.
    #[error("shorten the goal to {GOAL_CHARS_MAX} characters")]
    Goal,
    /// The number of groups.
    #[error("choose 1 to {GROUPS_MAX} groups")]
    Groups,
    /// The seats of a group.
    #[error("choose 1 to {SEATS_MAX} seats a group")]
    Seats,
    /// The server keeps as many as it can.
    #[error("this server has as many workshops as it can keep: start another one with another data folder")]
    TooMany,
    /// There is no memory for more.
    #[error(
        "this server has no memory left for another workshop: try again later, or start it with more in --memory-max"
    )]
    NoMemory,
    /// It could not be stored.
    #[error("the workshop could not be stored: look at the server's log, then try again")]
    NotStored,
    /// Nothing unguessable can be made here.
    #[error(transparent)]
    NoRandom(#[from] NoRandom),
}

impl From<Gone> for CreateError {
    fn from(_: Gone) -> Self {
        Self::NotStored
    }
}

fn line(text: &str) -> String {
    tidy(text).trim().to_owned()
}

fn checked(new: New) -> Result<New, CreateError> {
    let New { title, goal, language, groups, seats, run_sheet } = new;
    let (title, goal) = (line(&title), line(&goal));
    if !(1..=TITLE_CHARS_MAX).contains(&title.chars().count()) {
        return Err(CreateError::Title);
    }
    if goal.chars().count() > GOAL_CHARS_MAX {
        return Err(CreateError::Goal);
    }
    if !(1..=GROUPS_MAX).contains(&groups) {
        return Err(CreateError::Groups);
    }
    if !(1..=SEATS_MAX).contains(&seats) {
        return Err(CreateError::Seats);
    }
    Ok(New { title, goal, language, groups, seats, run_sheet })
}

impl Registry {
    /// Makes a workshop.
    ///
    /// # Errors
    /// When something about it is outside the limits, or it cannot be stored.
    pub async fn create(&self, new: New) -> Result<Created, CreateError> {
        let New { title, goal, language, groups, seats, run_sheet } = checked(new)?;
        if self.memory() >= Room::Full {
            return Err(CreateError::NoMemory);
        }
        let id = new_workshop()?;
        let Keys { lead, helper, observer } = Keys::of(new_token()?);
        // The code comes first, because it may be taken. Until the workshop's own first entry is stored it leads nowhere.
        let code = self.take_code(id).await?;
        let doors = self.room(id, DocId::Doors);
        let secret = (new_token()?, NOBODY);
        let grants = [(lead, Capability::Lead), (helper, Capability::Helper), (observer, Capability::Observer)];
        for (token, capability) in grants.into_iter().chain([secret]) {
            let grant = DoorsOp::Grant { key: hash(&token), capability };
            stored(&doors, Op::Doors(grant)).await?;
        }
        let create = WorkshopOp::Create { title, goal, language, code, groups, seats };
        let workshop = self.room(id, DocId::Workshop);
        stored(&workshop, Op::Workshop(create)).await?;
        let plans = run_sheet.plans(language);
        if !plans.is_empty() {
            stored(&workshop, Op::Workshop(WorkshopOp::SetSteps { plans })).await?;
        }
        Ok(Created { id, code, lead, helper, observer })
    }

    async fn take_code(&self, workshop: WorkshopId) -> Result<JoinCode, CreateError> {
        let directory = self.inner.rooms.open(Key::directory());
        for _ in 0..CODES_TRIED_MAX {
            let code = new_code()?;
            let open = Op::Directory(DirectoryOp::Open { code, workshop });
            match directory.decide(move |_| Some(open)).await? {
                Decided::Stored(_) => return Ok(code),
                Decided::Rejected(Reject::DocFull) => return Err(CreateError::TooMany),
                Decided::Rejected(_) | Decided::Known | Decided::Nothing => {}
            }
        }
        Err(CreateError::TooMany)
    }

    /// Whether this workshop was made here.
    pub(super) async fn exists(&self, workshop: WorkshopId) -> Result<bool, Gone> {
        let known = move |doc: &AnyDoc| match doc {
            AnyDoc::Directory(directory) => directory.model.codes.values().any(|id| *id == workshop),
            _ => false,
        };
        self.inner.rooms.open(Key::directory()).inspect(known).await
    }
}

async fn stored(room: &Handle, op: Op) -> Result<(), CreateError> {
    match room.decide(move |_| Some(op)).await? {
        Decided::Stored(_) => Ok(()),
        Decided::Known | Decided::Nothing | Decided::Rejected(_) => Err(CreateError::NotStored),
    }
}
