//! Checking out: each writes one sentence that they take with them, and their own next step. The group and the lead see them.

use super::here::Here;
use crate::reactive::*;
use crate::ui::board::{keep, partings};
use crate::ui::live::{switch, word};

/// The screen.
pub fn check_out(here: Here) -> AnyView {
    let groups = here.session.groups();
    let loaded = Memo::new(move |_| {
        groups.track();
        here.session.board(here.group).is_some_and(|board| board.loaded().get())
    });
    let content = move || match here.session.board(here.group).filter(|_| loaded.get_untracked()) {
        Some(board) => {
            let lists = partings::partings(here.session, board);
            view! { <div class="step-body check-out">{lists} {keep::way(here.session)}</div> }.into_any()
        }
        None => view! { <p role="status">{word(|t| t.everywhere.loading)}</p> }.into_any(),
    };
    switch(move || loaded.get().into(), content)
}
