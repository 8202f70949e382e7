//! The lead's two screens, reception and wall, and how one gets from one to the other.

use leptos::prelude::*;
use shared::docs::workshop::{Phase, WorkshopOp};
use shared::{Token, WorkshopId};

use super::board::Access;
use super::lobby::lobby;
use super::wall::wall;
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
    chosen: RwSignal<Option<(Phase, Post)>>,
    phase: Memo<Phase>,
}

impl Desk {
    fn new(session: Session) -> Self {
        let workshop = session.workshop();
        let phase = Memo::new(move |_| workshop.with(|doc| doc.as_ref().map(|doc| doc.phase).unwrap_or_default()));
        Self { session, chosen: RwSignal::new(None), phase }
    }

    /// How far the workshop is; tracked.
    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// Goes to a screen.
    pub fn go(self, post: Post) {
        self.chosen.set(Some((self.phase.get_untracked(), post)));
    }

    /// Begins, ends, or opens again.
    pub fn set_phase(self, phase: Phase) {
        // Any phase fits; a server that cannot be reached gets it later.
        let _ = self.session.conduct(WorkshopOp::SetPhase { phase });
    }

    fn post(self) -> Post {
        let phase = self.phase.get();
        self.chosen.get().filter(|(when, _)| *when == phase).map_or(usual(phase), |(_, post)| post)
    }
}

/// The lead's screens.
pub fn conduct(session: Session, id: WorkshopId, token: Token) -> AnyView {
    let desk = Desk::new(session);
    let at_wall = Memo::new(move |_| desk.post() == Post::Wall);
    let content =
        move || if at_wall.get() { wall(session, Access::Write, Some(desk)) } else { lobby(session, desk, id, token) };
    content.into_any()
}
