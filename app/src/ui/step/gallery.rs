//! The gallery walk: the board of another group, to look at, with what one may leave there.

use shared::GroupId;

use super::here::Here;
use crate::reactive::*;
use crate::ui::board::{Access, board};
use crate::ui::live::{group_name, word};

/// The screen.
pub fn gallery(here: Here, visited: GroupId) -> AnyView {
    view! {
        <div class="gallery">
            <p class="gallery-where">
                <strong>{group_name(visited)}</strong>
                " "
                {word(|t| t.step.gallery)}
            </p>
            {board(here.session, visited, Access::Visit)}
        </div>
    }
    .into_any()
}
