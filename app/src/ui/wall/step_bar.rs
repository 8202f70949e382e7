//! The step that the room is in, how much time is left, and the buttons with which the lead moves everybody. On a phone it is in
//! reach of the thumb.

use shared::docs::workshop::{TimerChange, Whom, WorkshopOp};
use web_sys::MouseEvent;

use self::back::Back;
use super::View;
use super::calm::Calm;
use super::strip::ask_to_end;
use crate::element::Element;
use crate::i18n::{self, Speech, WallTexts, fill, use_speech};
use crate::reactive::*;
use crate::ui::board::Access;
use crate::ui::board::one_two_four::name;
use crate::ui::conduct::Desk;
use crate::ui::live::{Word, button, flag, text, when, word};
use crate::ui::run_sheet::now::Now;
use crate::ui::step::clock::{Reading, clock};

mod back;
mod menu;

/// The id of the button that moves the room on.
pub const NEXT: &str = "step-next";
/// Seconds of one press on the button that gives time.
const MORE_S: u16 = 60;

/// What the parts of the bar look at.
#[derive(Clone, Copy)]
struct Bar {
    view: View,
    now: Memo<Option<Now>>,
    reading: Memo<Option<Reading>>,
    speech: Speech,
    /// Since the room went on last.
    calm: Calm,
    back: Back,
}

/// The bar, as long as the room is in a step. Helpers have the time, the lead all of it, who looks on has words alone.
pub fn step_bar(view: View, access: Access, desk: Option<Desk>) -> AnyView {
    let workshop = view.session.workshop();
    let now = Memo::new(move |_| workshop.with(|doc| doc.as_deref().and_then(Now::of_room)));
    let run = Signal::derive(move || now.with(|now| now.as_ref().map(|now| now.run)));
    let place = Memo::new(move |_| now.with(|now| now.as_ref().map(|now| (now.step.id, now.run.round))));
    let bar = Bar {
        view,
        now,
        reading: clock(view.session, run),
        speech: use_speech(),
        calm: Calm::about(move || place.track()),
        back: Back::begin(view.session),
    };
    let shown = flag(move || now.with(Option::is_some));
    when(shown, move || bar.section(access, desk))
}

impl Bar {
    fn section(self, access: Access, desk: Option<Desk>) -> AnyView {
        let (place, title) = (text(move || self.place()), self.of_now(|now| now.step.title.clone()));
        let time = (access == Access::Write).then(|| self.time_buttons(desk));
        view! {
            <section class="step-bar" class:conducts=desk.is_some() aria-label=word(|t| t.wall.step_now)>
                <div class="room-head">
                    <div class="step-words">
                        <p class="step-place tabular">{place}</p>
                        <p class="step-title">{title}</p>
                    </div>
                    {desk.map(|_| self.back.view())}
                    {self.time()}
                </div>
                <div class="room-acts">
                    {time}
                    {desk.map(|_| self.way_on())}
                </div>
            </section>
        }
        .into_any()
    }

    /// Something of where the room is.
    fn of_now(self, read: fn(&Now) -> String) -> Signal<String> {
        text(move || self.now.with(|now| now.as_ref().map(read).unwrap_or_default()))
    }

    fn place(self) -> String {
        let texts = i18n::texts(self.speech.get());
        let t = &texts.wall;
        self.now.with(|now| {
            let Some(now) = now else { return String::new() };
            let mut place = fill(t.step_place, &[("n", &now.at.to_string()), ("all", &now.of.to_string())]);
            if now.rounds > 0 {
                let (n, all) = (now.run.round.saturating_add(1).to_string(), now.rounds.to_string());
                let (text, title) = now.circle.map_or((t.visit, ""), |circle| (t.circle, name(circle)(texts)));
                place.push_str(" · ");
                place.push_str(&fill(text, &[("n", &n), ("all", &all), ("title", title)]));
            }
            place
        })
    }

    fn time(self) -> Element {
        let reading = self.reading;
        let digits = text(move || reading.get().map(Reading::digits).unwrap_or_default());
        let state = text(move || {
            let t = &i18n::texts(self.speech.get()).wall;
            reading.get().map_or("", |reading| reading_word(t, reading)).to_owned()
        });
        let class = text(move || {
            let short = reading.get().is_some_and(Reading::is_short);
            if short { "step-time short" } else { "step-time" }.to_owned()
        });
        view! {
            <p class=class role="timer">
                <span class="step-time-word" role="status">{state}</span>
                " "
                <strong class="tabular">{digits}</strong>
            </p>
        }
    }

    /// More time, and standing still.
    fn time_buttons(self, desk: Option<Desk>) -> Element {
        let change = move |change| {
            let step = untrack(|| self.now.with(|now| now.as_ref().map(|now| now.run.step)));
            if let Some(step) = step {
                // Refused only where the room has moved on meanwhile: then this time is not meant any more.
                let _ = self.view.session.conduct(WorkshopOp::SetTimer { whom: Whom::All, step, change });
            }
        };
        let stands = flag(move || matches!(self.reading.get(), Some(Reading::Paused(_))));
        let pause = move || change(if stands.get_untracked() { TimerChange::GoOn } else { TimerChange::Pause });
        let label = text(move || {
            let t = &i18n::texts(self.speech.get()).wall;
            if stands.get() { t.go_on } else { t.pause }.to_owned()
        });
        let sign = text(move || sign(if stands.get() { GO_ON } else { PAUSE }));
        let more = move || change(TimerChange::More(MORE_S));
        view! {
            <div class="step-tools">
                {desk.map(|desk| menu::menu(self.view, self.now, desk))}
                {button("button tabular", word(|t| t.wall.more_time), more)}
                {signed("button", sign, label, Box::new(move |_| pause()))}
            </div>
        }
    }

    /// On to the next step; where groups look at others' boards, to the next board.
    fn way_on(self) -> AnyView {
        let visits = flag(move || self.now.with(|now| now.as_ref().is_some_and(|now| now.next_round().is_some())));
        let label = text(move || {
            let t = &i18n::texts(self.speech.get()).wall;
            let next =
                self.now.with(|now| now.as_ref().and_then(|now| now.next.as_ref().map(|next| next.title.clone())));
            next.map_or_else(|| t.end.to_owned(), |title| fill(t.next, &[("title", &title)]))
        });
        let press: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| self.next());
        let round_label = text(move || {
            let t = i18n::texts(self.speech.get());
            let circle = self.now.with(|now| now.as_ref().and_then(Now::next_circle));
            circle.map_or_else(
                || t.wall.next_visit.to_owned(),
                |circle| fill(t.one_two_four.next_circle, &[("title", name(circle)(t))]),
            )
        });
        let round = move || button("button primary large step-round", round_label, move || self.round());
        let leads = flag(move || !visits.get());
        view! {
            <div class="step-ways">
                {when(visits, round)}
                <button type="button" id=NEXT class="button large" class:primary=leads on:click=press>{label}</button>
            </div>
        }
        .into_any()
    }

    fn next(self) {
        let Some(now) = self.now.get_untracked().filter(|_| self.calm.is_calm()) else { return };
        let Some(next) = now.next else { return ask_to_end() };
        let op = WorkshopOp::GoTo { whom: Whom::All, from: Some(now.step.id), step: next.id };
        if self.view.session.conduct(op).is_ok() {
            self.back.offer(now.step, next);
        }
    }

    fn round(self) {
        let Some(now) = self.now.get_untracked().filter(|_| self.calm.is_calm()) else { return };
        if let Some(round) = now.next_round() {
            // Refused only where somebody else was faster: then it is done.
            let _ = self.view.session.conduct(WorkshopOp::NextRound { step: now.step.id, round });
            // Its button goes with the last round.
            if round.saturating_add(1) >= now.rounds {
                crate::platform::dom::focus(NEXT);
            }
        }
    }
}

/// What the digits of a clock mean.
pub fn reading_word(t: &WallTexts, reading: Reading) -> &'static str {
    match reading {
        Reading::Left(_) => t.time_left,
        Reading::Over(_) => t.time_over,
        Reading::Paused(_) => t.time_stands,
    }
}

const PAUSE: &str = "M8 5v14M16 5v14";
const GO_ON: &str = "M8 5v14l11-7z";
/// Three dots: more of it.
const MORE: &str = "M5 11v2M12 11v2M19 11v2";

fn sign(path: &str) -> String {
    let mut sign =
        "<svg class=\"sign\" viewBox=\"0 0 24 24\" width=\"24\" height=\"24\" aria-hidden=\"true\"><path d=\""
            .to_owned();
    sign.push_str(path);
    sign.push_str("\"/></svg>");
    sign
}

/// A button with a shape and a word; where there is little room the word is only heard.
fn signed(
    class: &'static str,
    sign: Signal<String>,
    label: Signal<String>,
    press: Box<dyn FnMut(MouseEvent)>,
) -> Element {
    view! {
        <button type="button" class=class aria-label=label on:click=press>
            <span class="step-sign" inner_html=sign></span>
            <span class="step-word">{label}</span>
        </button>
    }
}

/// A quiet button behind which more can be done; `label` says of what.
pub fn more_button(id: String, label: Signal<String>, press: Box<dyn FnMut(MouseEvent)>) -> Element {
    view! {
        <button
            type="button"
            class="icon-button step-more"
            id=id
            aria-haspopup="dialog"
            aria-label=label
            title=label
            on:click=press
            inner_html=sign(MORE)
        ></button>
    }
}

/// One line of a sheet of things to do.
pub fn entry(label: Signal<String>, press: impl Fn() + 'static) -> AnyView {
    button("button wide", label, press)
}

/// A text with the title of a step in it.
pub fn titled(sentence: Word, title: String) -> Signal<String> {
    let sentence = word(sentence);
    text(move || fill(&sentence.get(), &[("title", &title)]))
}
