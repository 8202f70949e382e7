//! Over everything that a step shows: what it is, what to do, how much time is left. When it is over, that is said, felt and,
//! where somebody asked for it, heard; nothing is taken from anybody's hands by it.

use shared::docs::workshop::{AtEnd, Circle, Kind};

use super::clock::Reading;
use super::here::Here;
use super::stage::STEP_TITLE;
use super::{bell, circles};
use crate::i18n::{self, use_speech};
use crate::reactive::*;
use crate::ui::board::one_two_four::name;
use crate::ui::lit;
use crate::ui::live::{flag, follow, text, when};
use crate::ui::shell::use_frame;

/// A step that has been over for so many seconds was forgotten.
const FORGOTTEN_S: u64 = 30 * 60;

/// The head of a step; nothing where there is none.
pub fn head(here: Here) -> AnyView {
    let frame = use_frame();
    let digits = text(move || here.clock.get().map(Reading::digits).unwrap_or_default());
    let short = flag(move || here.clock.get().is_some_and(Reading::is_short));
    frame.show_time(digits, short);
    bell::begin(here);
    // Who is thinking touches nothing. But where nobody has ended it for long, nobody is there.
    let forgotten = move || matches!(here.clock.get(), Some(Reading::Over(seconds)) if seconds > FORGOTTEN_S);
    lit::lit(flag(move || here.plan.with(Option::is_some) && !forgotten()));
    when(flag(move || here.plan.with(Option::is_some)), move || shown(here))
}

fn shown(here: Here) -> AnyView {
    let speech = use_speech();
    let plan = here.plan;
    let title = text(move || plan.with(|plan| plan.as_ref().map(|plan| plan.title.clone()).unwrap_or_default()));
    let prompt = text(move || plan.with(|plan| plan.as_ref().map(|plan| plan.prompt.clone()).unwrap_or_default()));
    // What is written in silence can be put down until the lead goes on.
    let silent = move || {
        let alone = matches!(here.circle.get(), Some((_, Circle::Alone)));
        alone || plan.with(|plan| plan.as_ref().is_some_and(|plan| plan.kind == Kind::Silence))
    };
    let closes = move || plan.with(|plan| plan.as_ref().is_some_and(|plan| plan.at_end == AtEnd::Close)) && !silent();
    let over = Memo::new(move |_| here.is_over());
    let paused = Memo::new(move |_| matches!(here.clock.get(), Some(Reading::Paused(_))));
    let said = text(move || {
        let t = &i18n::texts(speech.get()).step;
        match (over.get(), paused.get()) {
            (true, _) if closes() => t.over_closed,
            (true, _) => t.over,
            (false, true) => t.paused,
            (false, false) => "",
        }
        .to_owned()
    });
    let minutes = text(move || {
        let t = i18n::texts(speech.get());
        here.clock.get().map(|reading| left_in_words(t, reading)).unwrap_or_default()
    });
    // Said once when the step begins, and not with every second.
    let announced = text(move || {
        let circle = here.circle.get().map(|(_, circle)| (name(circle))(i18n::texts(speech.get())).to_owned());
        let said = [Some(title.get()), circle, Some(prompt.get())];
        said.into_iter().flatten().collect::<Vec<_>>().join("。")
    });
    view! {
        <section class="step-head" aria-labelledby=STEP_TITLE>
            <div class="step-line">
                <h2 id=STEP_TITLE tabindex="-1">{title}</h2>
                {bell::switch(here)}
            </div>
            {circles::way(here)}
            <p class="step-prompt">{prompt}</p>
            <p class="visually-hidden">{minutes}</p>
            <p class="step-over" role="status">{said}</p>
            <p class="visually-hidden" role="status">{announced}</p>
        </section>
    }
    .into_any()
}

/// "About 5 minutes left": words for who does not look at the digits, which stay the same for a minute.
fn left_in_words(t: &i18n::Texts, reading: Reading) -> String {
    let about = |seconds: u64| match seconds.div_ceil(60) {
        0 | 1 => t.step.left_short.to_owned(),
        minutes => i18n::fill(t.step.left, &[("n", &minutes.to_string())]),
    };
    match reading {
        Reading::Left(seconds) | Reading::Paused(seconds) => about(seconds),
        Reading::Over(_) => String::new(),
    }
}

/// What happens at a moment, once.
pub fn at(moment: Signal<bool>, act: impl Fn() + 'static) {
    let before = StoredValue::new(untrack(|| moment.get()));
    follow(move || {
        let now = moment.get();
        if now && !before.get_value() {
            act();
        }
        before.set_value(now);
    });
}
