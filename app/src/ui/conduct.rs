//! The lead's screens, reception, wall, run-sheet and seating, and how one gets from one to another.

use shared::WorkshopId;
use shared::docs::workshop::{Phase, WorkshopOp};

use super::board::Access;
use super::live::switch;
use super::lobby::lobby;
use super::run_sheet::begin::begin;
use super::run_sheet::run_sheet;
use super::seating::seating;
use super::wall::wall;
use crate::reactive::*;
use crate::store::Session;

/// Where the lead is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Post {
    /// At the reception: code, arrivals, seats.
    Lobby,
    /// Before all boards.
    Wall,
    /// Over the run-sheet.
    RunSheet,
    /// Over the seats.
    Seating,
}

/// Where the lead is, unless they went elsewhere since the phase began.
const fn usual(phase: Phase) -> Post {
    match phase {
        Phase::Lobby => Post::Lobby,
        Phase::Open | Phase::Ended => Post::Wall,
    }
}

/// What the lead can do from all screens.
#[derive(Clone, Copy)]
pub struct Desk {
    session: Session,
    /// Where the lead went, if not where they usually are.
    away: RwSignal<Option<Post>>,
}

impl Desk {
    /// The session that is conducted.
    pub const fn session(self) -> Session {
        self.session
    }

    /// How far the workshop is; tracked.
    pub fn phase(self) -> Phase {
        self.session.workshop().with(|doc| doc.as_ref().map(|doc| doc.phase).unwrap_or_default())
    }

    /// Goes to a screen.
    pub fn go(self, post: Post) {
        let home = untrack(|| self.home());
        self.away.set(Some(post).filter(|post| *post != home));
    }

    /// Begins, ends, or opens again.
    pub fn set_phase(self, phase: Phase) {
        self.away.set(None);
        // Any phase fits; a server that cannot be reached gets it later.
        let _ = self.session.conduct(WorkshopOp::SetPhase { phase });
    }

    fn post(self) -> Post {
        self.away.get().unwrap_or_else(|| self.home())
    }

    /// Where the lead usually is; tracked.
    pub fn home(self) -> Post {
        usual(self.phase())
    }
}

/// The screen where the lead is.
pub fn conduct(session: Session, id: WorkshopId) -> AnyView {
    begin(session, id);
    let desk = Desk { session, away: RwSignal::new(None) };
    let content = move || match desk.post() {
        Post::Lobby => lobby(session, desk),
        Post::Wall => wall(session, Access::Write, Some(desk)),
        Post::RunSheet => run_sheet(session, desk),
        Post::Seating => seating(session, desk),
    };
    switch(move || desk.post() as u32, content)
}
