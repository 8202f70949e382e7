//! One thing that was looked at: how it is, and what to do.

use shared::docs::workshop::Language;

use crate::said::Said;

/// How it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Good,
    /// It may do; better look.
    Advice,
    /// It could not be seen from here.
    Unseen,
    /// It stands in the way.
    Bad,
}

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Finding {
    pub(super) state: State,
    pub(super) said: Said,
}

impl Finding {
    pub(super) const fn good(said: Said) -> Self {
        Self { state: State::Good, said }
    }

    pub(super) const fn advice(said: Said) -> Self {
        Self { state: State::Advice, said }
    }

    pub(super) const fn unseen(said: Said) -> Self {
        Self { state: State::Unseen, said }
    }

    pub(super) const fn bad(said: Said) -> Self {
        Self { state: State::Bad, said }
    }

    pub(super) fn stands_in_the_way(&self) -> bool {
        self.state == State::Bad
    }

    /// As a line of the terminal; the mark is in words that are read aloud too.
    pub(super) fn shown(&self, language: Language) -> String {
        match (self.state, language) {
            (State::Good, Language::Ja) => format!("［○］{}", self.said.ja),
            (State::Advice, Language::Ja) => format!("［注意］{}", self.said.ja),
            (State::Unseen, Language::Ja) => format!("［？］{}", self.said.ja),
            (State::Bad, Language::Ja) => format!("［×］{}", self.said.ja),
            (State::Good, Language::En) => format!("[ok] {}", self.said.en),
            (State::Advice, Language::En) => format!("[!]  {}", self.said.en),
            (State::Unseen, Language::En) => format!("[?]  {}", self.said.en),
            (State::Bad, Language::En) => format!("[x]  {}", self.said.en),
        }
    }
}
