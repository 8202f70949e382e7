//! The run-sheets that ship, and whether one fits: people into a step, steps into the time of the room.

pub use self::fit::{Cut, Misfit, misfits};
use crate::docs::workshop::{AtEnd, Kind, Language, Names, Plan};

mod english;
mod fit;
mod japanese;

/// A run-sheet to begin with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Shipped {
    /// 課題分析: one exercise of 60 minutes, from the theme to root causes.
    #[default]
    Analyse,
    /// 課題共有・課題分析・課題解決: all three, in 120 minutes.
    Whole,
    /// No steps: everybody has the whole board all the time.
    Blank,
}

impl Shipped {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Analyse, Self::Whole, Self::Blank];

    /// Its name in addresses and programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Analyse => "analyse",
            Self::Whole => "whole",
            Self::Blank => "blank",
        }
    }

    /// The one of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shipped| shipped.name() == name)
    }

    /// Its steps, in a language.
    pub fn plans(self, language: Language) -> Vec<Plan> {
        let lines = match language {
            Language::Ja => japanese::steps,
            Language::En => english::steps,
        };
        lines(self).iter().map(Line::plan).collect()
    }
}

/// A step as it is written down here: kind, minutes, seconds for each, title, prompt.
struct Line(Kind, u16, u16, &'static str, &'static str);

impl Line {
    fn plan(&self) -> Plan {
        let Self(kind, minutes, each_s, title, prompt) = *self;
        let (title, prompt) = (title.to_owned(), prompt.to_owned());
        Plan { kind, title, minutes, each_s, prompt, at_end: AtEnd::GoOn, names: Names::Shown }
    }
}
