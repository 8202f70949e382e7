//! 1-2-4-all on a phone: how far the four rounds are, and the screens that have no tree: in twos, and before everybody.

use shared::docs::workshop::Circle;

use super::here::Here;
use super::silence;
use crate::i18n::{self, use_speech};
use crate::reactive::*;
use crate::store::BoardStore;
use crate::ui::board::one_two_four::{name, pair, plenary};
use crate::ui::live::{flag, switch, text, when, word};

/// The four rounds, with the one that is now.
pub fn way(here: Here) -> AnyView {
    let speech = use_speech();
    let now = Memo::new(move |_| here.circle.get().map(|(_, circle)| circle));
    let one = move |circle: Circle| {
        let current = Signal::derive(move || (now.get() == Some(circle)).then_some("step"));
        let said = text(move || name(circle)(i18n::texts(speech.get())).to_owned());
        view! { <li aria-current=current>{said}</li> }
    };
    let all = move || {
        view! { <ol class="circles" aria-label=word(|t| t.one_two_four.circles)>{Circle::EVERY.into_iter().map(one).collect::<Vec<_>>()}</ol> }
            .into_any()
    };
    when(flag(move || now.get().is_some()), all)
}

/// In twos.
pub fn pair(here: Here) -> AnyView {
    at_board(here, "step-body pair", move |board| pair::pair(here, board, move || silence::own(here.session)))
}

/// Before everybody.
pub fn plenary(here: Here) -> AnyView {
    at_board(here, "step-body plenary", move |board| plenary::plenary(here, board))
}

/// A screen that needs the group's board, once that is here.
fn at_board(here: Here, class: &'static str, view: impl Fn(BoardStore) -> AnyView + Send + Sync + 'static) -> AnyView {
    let groups = here.session.groups();
    let loaded = Memo::new(move |_| {
        groups.track();
        here.session.board(here.group).is_some_and(|board| board.loaded().get())
    });
    let content = move || match here.session.board(here.group).filter(|_| loaded.get_untracked()) {
        Some(board) => view! { <div class=class>{view(board)}</div> }.into_any(),
        None => view! { <p role="status">{word(|t| t.everywhere.loading)}</p> }.into_any(),
    };
    switch(move || loaded.get().into(), content)
}
