//! The lead's two screens, reception and wall, and how one gets from one to the other.

use shared::docs::workshop::{Phase, WorkshopOp};
use shared::{Token, WorkshopId};

use super::board::Access;
use super::live::switch;
use super::lobby::lobby;
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
}

/// Where the lead is, unless they went elsewhere since the phase began.
const fn usual(phase: Phase) -> Post {
    match phase {
        Phase::Lobby => Post::Lobby,
        Phase::Open | Phase::Ended => Post::Wall,
    }
}

/// What the lead can do from both screens.
#[derive(Clone, Copy)]
pub struct Desk {
    session: Session,
    /// Whether the lead is where they usually are not.
    away: RwSignal<bool>,
}

impl Desk {
    /// How far the workshop is; tracked.
    pub fn phase(self) -> Phase {
        self.session.workshop().with(|doc| doc.as_ref().map(|doc| doc.phase).unwrap_or_default())
    }

    /// Goes to a screen.
    pub fn go(self, post: Post) {
        self.away.set(post != usual(untrack(|| self.phase())));
    }

    /// Begins, ends, or opens again.
    pub fn set_phase(self, phase: Phase) {
        self.away.set(false);
        // Any phase fits; a server that cannot be reached gets it later.
        let _ = self.session.conduct(WorkshopOp::SetPhase { phase });
    }

    fn post(self) -> Post {
        match (usual(self.phase()), self.away.get()) {
            (Post::Lobby, false) | (Post::Wall, true) => Post::Lobby,
            (Post::Wall, false) | (Post::Lobby, true) => Post::Wall,
        }
    }
}

/// The lead's screens.
pub fn conduct(session: Session, id: WorkshopId, token: Token) -> AnyView {
    let desk = Desk { session, away: RwSignal::new(false) };
    let content = move || match desk.post() {
        Post::Lobby => lobby(session, desk, id, token),
        Post::Wall => wall(session, Access::Write, Some(desk)),
    };
    switch(move || desk.post() as u32, content)
}
