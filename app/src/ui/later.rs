//! What is loaded after the first picture: people who join wait for what joining needs, and the rest comes while they give their
//! name. Fetched until it is here; as long as a screen waits for it, that is said in words. Where it is cut is said in `chunks`.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use leptos::task::spawn_local;

use super::at_board::AtBoard;
use super::chunks;
use super::join::notice;
use super::lead::Lead;
use super::live::{button, switch, text, when, word};
use super::screen::screen;
use crate::i18n;
use crate::reactive::*;

/// Between two tries: a network that fails is not asked without end.
const RETRY: Duration = Duration::from_secs(2);

/// What comes later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// For who sits at a board.
    Board,
    /// For who leads, helps or looks.
    Lead,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Away,
    Coming,
    /// It did not come, and is tried again.
    Late,
    Here,
}

/// How far everything is. It lives as long as the page.
#[derive(Clone, Copy)]
pub struct Later {
    board: RwSignal<Stage>,
    lead: RwSignal<Stage>,
}

impl Later {
    /// Nothing but the first picture; when that is painted, the board is sent for: most people join.
    pub fn begin() -> Self {
        let later = Self { board: RwSignal::new(Stage::Away), lead: RwSignal::new(Stage::Away) };
        request_animation_frame(move || set_timeout(move || later.fetch(Part::Board), Duration::ZERO));
        later
    }

    /// Sends for a part, unless that was done.
    pub fn fetch(self, part: Part) {
        let stage = self.stage(part);
        if stage.get_untracked() == Stage::Away {
            stage.set(Stage::Coming);
            attempt(part, stage);
        }
    }

    const fn stage(self, part: Part) -> RwSignal<Stage> {
        match part {
            Part::Board => self.board,
            Part::Lead => self.lead,
        }
    }
}

fn attempt(part: Part, stage: RwSignal<Stage>) {
    spawn_local(async move {
        let came = match part {
            Part::Board => chunks::fetch_board().await,
            Part::Lead => chunks::fetch_lead().await,
        };
        if came.is_ok() {
            stage.set(Stage::Here);
        } else {
            stage.set(Stage::Late);
            set_timeout(move || attempt(part, stage), RETRY);
        }
    });
}

/// What is loaded after the first picture, for this page.
pub fn use_later() -> Later {
    expect_context()
}

/// A screen of who sits at a board.
pub fn at_board(what: AtBoard) -> AnyView {
    once_here(Part::Board, move || now(chunks::board(what)))
}

/// A screen of who leads, helps or looks.
pub fn lead(what: Lead) -> AnyView {
    once_here(Part::Lead, move || now(chunks::lead(what)))
}

/// What is ready: a function whose module is here does not wait.
fn now<T, E>(made: impl Future<Output = Result<T, E>>) -> Option<T> {
    match pin!(made).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(made) => made.ok(),
        Poll::Pending => None,
    }
}

fn once_here(part: Part, view: impl Fn() -> Option<AnyView> + Send + Sync + 'static) -> AnyView {
    let later = use_later();
    later.fetch(part);
    let stage = later.stage(part);
    let here = move || stage.get() == Stage::Here;
    switch(
        move || here().into(),
        move || {
            let made = if here() { view() } else { None };
            made.unwrap_or_else(|| waiting(stage))
        },
    )
}

fn waiting(stage: RwSignal<Stage>) -> AnyView {
    let late = Signal::derive(move || stage.get() == Stage::Late);
    let said = text(move || {
        let t = &i18n::now().everywhere;
        if late.get() { t.loading_late } else { t.loading }.to_owned()
    });
    let reload = || {
        button("button large", word(|t| t.everywhere.reload), || {
            // A browser that refuses leaves the tries that go on by themselves.
            let _ = window().location().reload();
        })
    };
    screen("narrow", word(|t| t.everywhere.loading), notice(|t| t.everywhere.loading, said, when(late, reload)))
}
