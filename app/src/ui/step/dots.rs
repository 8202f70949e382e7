//! The vote with dots of the whole room, on the phones of who sits in a group: in its step it is the one thing to do.

use shared::docs::dots::DotVote;
use shared::docs::workshop::Kind;

use super::here::Here;
use crate::reactive::*;
use crate::ui::dots::{Dots, dots};
use crate::ui::live::{flag, word};

/// Whether the room votes in this step, or has voted in it; tracked. The result of an earlier step is not this one's.
pub fn is_on(here: Here) -> bool {
    let began = here.run.get().map(|run| run.began_at);
    let of_this_step = |vote: &DotVote| vote.is_open() || began.is_some_and(|began| vote.at >= began);
    let steps = here.plan.with(|plan| plan.as_ref().is_some_and(|plan| plan.kind == Kind::Dots));
    let workshop = here.session.workshop();
    steps && workshop.with(|doc| doc.as_ref().and_then(|doc| doc.dots.as_ref()).is_some_and(of_this_step))
}

/// The screen.
pub fn of_room(here: Here) -> AnyView {
    let vote = Dots::of_room(here.session);
    view! {
        <div class="step-body dots-step">
            <h2>{word(|t| t.dots.room)}</h2>
            {dots(vote, flag(|| false))}
        </div>
    }
    .into_any()
}
