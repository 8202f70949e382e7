//! The board of one group, to write on or to look at. Knows cards; what a card means to the lead's wall is not its business.

use leptos::prelude::*;
use shared::GroupId;

use crate::store::Session;

/// What somebody may do at a board.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// Everything.
    Write,
    /// Look.
    Read,
}

/// The board of a group.
#[component]
pub fn BoardScreen(session: Session, group: GroupId, access: Access) -> impl IntoView {
    let _ = (session, access);
    view! { <p>{group.to_string()}</p> }
}
