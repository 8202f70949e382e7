//! The vote with dots of the whole room, on the phones of who sits in a group: in its step it is the one thing to do. Whoever wants
//! their own board, where the group may vote too, goes there with a tap; the board knows the way back.

use shared::VoteId;
use shared::docs::dots::DotVote;
use shared::docs::workshop::Kind;

use super::here::Here;
use crate::reactive::*;
use crate::ui::dots::{Dots, dots};
use crate::ui::live::{button, flag, word};

/// The vote of the room in this step, open or not; tracked. The result of an earlier step is not this one's.
fn vote_here(here: Here) -> Option<VoteId> {
    let began = here.run.get().map(|run| run.began_at);
    let of_this_step = |vote: &&DotVote| vote.is_open() || began.is_some_and(|began| vote.at >= began);
    here.plan.with(|plan| plan.as_ref().filter(|plan| plan.kind == Kind::Dots).map(drop))?;
    let workshop = here.session.workshop();
    workshop.with(|doc| doc.as_ref().and_then(|doc| doc.dots.as_ref()).filter(of_this_step).map(|vote| vote.id))
}

/// Whether the room votes in this step, or has voted in it; tracked.
pub fn is_on(here: Here) -> bool {
    vote_here(here).is_some()
}

/// The vote that somebody has left for their board; the next one is before them again.
#[derive(Clone, Copy)]
pub struct Aside(RwSignal<Option<VoteId>>);

impl Aside {
    /// Nobody has left.
    pub fn begin() -> Self {
        Self(RwSignal::new(None))
    }

    /// Whether one is before the vote of the room; tracked.
    pub fn is_before(self, here: Here) -> bool {
        let vote = vote_here(here);
        vote.is_some() && vote != self.0.get()
    }

    fn leave(self, here: Here) {
        self.0.set(untrack(|| vote_here(here)));
    }
}

/// The screen.
pub fn of_room(here: Here, aside: Aside) -> AnyView {
    let vote = Dots::of_room(here.session);
    view! {
        <div class="step-body dots-step">
            <h2>{word(|t| t.dots.room)}</h2>
            {button("button dots-aside", word(|t| t.dots.to_board), move || aside.leave(here))}
            {dots(vote, flag(|| false))}
        </div>
    }
    .into_any()
}
