//! The screens of those who do not sit at a board. Only the lead's bundle has them; in the phones' bundle `elsewhere` stands
//! here.

use shared::{Token, WorkshopId};

use super::board::Access;
use super::conduct::conduct;
pub use super::start::start;
use super::wall::wall;
use crate::platform::storage;
use crate::reactive::*;
use crate::store::Session;

/// Read by `boot.js`, which takes the lead's bundle at once the next time.
fn remember(id: WorkshopId) {
    // Where nothing can be kept, the phones' bundle comes first and sends for this one again.
    storage::set(&format!("naze.page.{id}"), "lead");
}

/// The lead's screens.
pub fn conducting(session: Session, id: WorkshopId, token: Token) -> AnyView {
    remember(id);
    conduct(session, id, token)
}

/// All boards, for who helps or looks.
pub fn watching(session: Session, access: Access, id: WorkshopId, _token: Token) -> AnyView {
    remember(id);
    wall(session, access, None)
}
