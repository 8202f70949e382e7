//! The screens of who sits in a group: the seat before it begins, then the board. They come after the door's (`later`).

use shared::docs::workshop::Phase;
use shared::{GroupId, Token, WorkshopId};

use super::board::{keep, roles, write_for};
use super::inside::inside;
use super::kept::kept;
use super::live::{flag, text, when, word};
use super::screen::{TITLE, screen};
use super::seat::seat;
use super::shell::use_frame;
use super::step::here::Here;
use super::step::{head, lead_says, stage};
use crate::reactive::*;
use crate::store::Session;

/// How a workshop is seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Seen {
    /// As it follows from what one may.
    Usual,
    /// As the room sees it, on its large screen.
    Projector,
}

/// How it ended on this phone for who was in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// They go on with another device.
    GoneOn,
    /// The server does not know their key.
    NoSeat,
    /// The server does not know the workshop: it was erased.
    NoWorkshop,
}

/// Which screen of them.
#[derive(Clone, Copy)]
pub enum AtBoard {
    /// A workshop, as far as this key lets one see it: all that follows.
    Inside(WorkshopId, Token, Seen),
    /// The seat, until the lead begins; the signal says that they want to see the board already.
    Seat(Session, GroupId, RwSignal<bool>),
    /// The board.
    Board(Session, GroupId),
    /// What a group built, for who has the link to keep.
    Kept(Session, GroupId),
    /// Nothing more: somebody for whom this phone wrote has one of their own now.
    TakenOver(Session),
    /// Nothing more.
    Ended(Ending),
}

/// That screen.
pub fn at_board(what: AtBoard) -> AnyView {
    match what {
        AtBoard::Inside(id, token, seen) => inside(id, token, seen),
        AtBoard::Seat(session, group, looked) => seat(session, group, looked),
        AtBoard::Board(session, group) => own_board(session, group),
        AtBoard::Kept(session, group) => kept(session, group),
        AtBoard::Ended(ending) => write_for::ended(ending),
        AtBoard::TakenOver(session) => {
            screen("narrow", word(|t| t.everywhere.back_to_myself), write_for::taken_over(session))
        }
    }
}

fn own_board(session: Session, group: GroupId) -> AnyView {
    let (workshop, place) = (session.workshop(), use_frame().place);
    let place = text(move || place.get());
    let here = Here::of(session, group);
    let ended = flag(move || workshop.with(|doc| doc.as_ref().is_some_and(|doc| doc.phase == Phase::Ended)));
    let banner = move || {
        let said = view! { <p class="banner">{word(|t| t.everywhere.ended_banner)}</p> };
        view! { {said} {keep::way(session)} }.into_any()
    };
    let content = view! {
        <h1 id=TITLE tabindex="-1" class="visually-hidden">{place} " " {word(|t| t.everywhere.board)}</h1>
        <div role="status">{when(ended, banner)}</div>
        {head::head(here)}
        {roles::card(here)}
        {lead_says::lead_says(session)}
        {stage::stage(here)}
    };
    screen("at-board", word(|t| t.everywhere.board), content.into_any())
}
