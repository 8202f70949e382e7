//! The run-sheet: its steps with when they begin, changed before and during the workshop; whether it fits; others to take instead.

use shared::docs::workshop::{Phase, Step, Workshop};
use shared::{Millis, StepId};

use self::day::Day;
use self::done::Done;
use super::conduct::{Desk, Post};
use super::live::{button, flag, text, when, word};
use super::screen::{TITLE, screen};
use crate::i18n::{self, RunSheetTexts, Speech, fill, use_speech};
use crate::platform::clock;
use crate::reactive::*;
use crate::store::Session;

pub mod begin;
mod day;
mod done;
mod draft;
mod editor;
mod fit;
mod list;
mod load;
pub mod now;
mod room_time;
mod row;
pub mod sheet;
mod step_menu;
pub mod template;

/// What all parts of the screen look at.
#[derive(Clone, Copy)]
pub struct Table {
    session: Session,
    speech: Speech,
    day: Memo<Day>,
    done: Done,
    /// Which step's menu is open; see [`Table::open`].
    menu: RwSignal<u32>,
    /// Whether a step is being written.
    editor: RwSignal<u32>,
    /// What is being written: a step that is there, or a new one behind another.
    about: StoredValue<About>,
    /// Turns when a template comes or goes.
    templates: RwSignal<u32>,
}

/// What the open sheet is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// This step.
    Step(StepId),
    /// One that is to come behind this one; at the beginning, if none.
    New(Option<StepId>),
}

/// `14:05`, as clocks here have it.
pub fn time_of_day(at: Millis) -> String {
    let (hours, minutes) = clock::of_day(at);
    let mut text = hours.to_string();
    text.push_str(if minutes < 10 { ":0" } else { ":" });
    text.push_str(&minutes.to_string());
    text
}

impl Table {
    /// The workshop as it is now; tracked.
    fn with<T: Default>(self, look: impl FnOnce(&Workshop) -> T) -> T {
        self.session.workshop().with(|doc| doc.as_deref().map(look)).unwrap_or_default()
    }

    /// A step as it is now.
    fn step(self, id: StepId) -> Option<Step> {
        untrack(|| self.with(|doc| doc.step(id).cloned()))
    }

    /// The step that stands before one.
    fn before(self, id: StepId) -> Option<StepId> {
        untrack(|| self.with(|doc| doc.steps.iter().take_while(|step| step.id != id).last().map(|step| step.id)))
    }

    /// The last step of all.
    fn last(self) -> Option<StepId> {
        untrack(|| self.with(|doc| doc.steps.last().map(|step| step.id)))
    }

    /// Opens a sheet about something.
    fn open(self, sheet: RwSignal<u32>, about: About) {
        self.about.set_value(about);
        sheet.set(1);
    }

    /// The texts; tracked.
    fn t(self) -> &'static RunSheetTexts {
        &i18n::texts(self.speech.get()).run_sheet
    }
}

/// The screen.
pub fn run_sheet(session: Session, desk: Desk) -> AnyView {
    let (workshop, tick) = (session.workshop(), super::wall::clock());
    let day = Memo::new(move |_| {
        tick.track();
        workshop.with(|doc| doc.as_deref().map(|doc| Day::of(doc, session.now()))).unwrap_or_default()
    });
    let table = Table {
        session,
        speech: use_speech(),
        day,
        done: Done::begin(session),
        menu: RwSignal::new(0),
        editor: RwSignal::new(0),
        about: StoredValue::new(About::New(None)),
        templates: RwSignal::new(0),
    };
    let title = word(|t| t.run_sheet.screen);
    let home = text(move || {
        let t = table.t();
        if desk.home() == Post::Lobby { t.to_lobby } else { t.to_wall }.to_owned()
    });
    let go_home = move || desk.go(untrack(|| desk.home()));
    let none = flag(move || day.with(|day| day.slots.is_empty()));
    let content = view! {
        <header class="run-sheet-title">
            <h1 id=TITLE tabindex="-1">{title}</h1>
            <div class="desk">{button("button", home, go_home)}</div>
            <p class="run-sheet-sum tabular">{summary(table)}</p>
        </header>
        {room_time::room_time(table)}
        {fit::misfits(table)}
        {when(none, move || view! { <p class="hint">{word(|t| t.run_sheet.none)}</p> }.into_any())}
        {list::list(table)}
        <p>{button("button wide", word(|t| t.run_sheet.add), move || table.open(table.editor, About::New(table.last())))}</p>
        {load::templates(table)}
        {load::others(table)}
        {table.done.view(table)}
        {step_menu::step_menu(table, desk)}
        {editor::editor(table)}
    };
    screen("run-sheet", title, content.into_any())
}

/// How long all of it takes, and until when.
fn summary(table: Table) -> Signal<String> {
    let workshop = table.session.workshop();
    text(move || {
        let t = table.t();
        let phase = workshop.with(|doc| doc.as_ref().map(|doc| doc.phase)).unwrap_or_default();
        table.day.with(|day| {
            if day.slots.is_empty() {
                return String::new();
            }
            let mut said = fill(t.total, &[("n", &day.minutes.to_string())]);
            if let Some(ends) = day.ends {
                let sentence = if phase == Phase::Lobby { t.would_end } else { t.will_end };
                said.push_str(&fill(sentence, &[("time", &time_of_day(ends))]));
            }
            said
        })
    })
}
