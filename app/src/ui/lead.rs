//! The screens of those who do not sit at a board. They come after the door's (`later`), to who needs them.

use shared::WorkshopId;

use super::board::Access;
use super::conduct::conduct;
use super::projector::projector;
use super::start::start;
use super::wall::wall;
use crate::reactive::*;
use crate::store::Session;

/// Which screen of them.
#[derive(Clone, Copy)]
pub enum Lead {
    /// Where a workshop is started.
    Start,
    /// Reception and wall.
    Conduct(Session, WorkshopId),
    /// All boards, for who helps or looks.
    Watch(Session, Access),
    /// What the room sees on its large screen.
    Projector(Session),
}

/// That screen.
pub fn lead(what: Lead) -> AnyView {
    match what {
        Lead::Start => start(),
        Lead::Conduct(session, id) => {
            session.follow_roster();
            conduct(session, id)
        }
        Lead::Watch(session, access) => wall(session, access, None),
        Lead::Projector(session) => projector(session),
    }
}
