//! One link in big type: the cause, 「だから」, the effect; three answers; what the group said.

use shared::CardId;
use shared::docs::board::Answer;

use super::super::piece::{Button, Word, flag, text, when, word};
use super::between;
use super::mark::shape;
use super::walk::{Mine, Walk};
use crate::i18n::{Texts, fill};
use crate::reactive::*;

/// The element that has the focus when a new link comes after a field.
pub const LINK: &str = "reading-link";

/// An answer as a word.
pub fn answer_word(t: &Texts, answer: Answer) -> &'static str {
    match answer {
        Answer::Holds => t.reading.holds,
        Answer::Jumps => t.reading.jumps,
        Answer::Check => t.reading.check,
    }
}

/// The link that the walk is at.
pub fn link(walk: Walk) -> AnyView {
    let writes: Signal<bool> = walk.state.writes.into();
    let open = flag(move || walk.gap.get().is_some());
    let asks = flag(move || writes.get() && !open.get());
    let several = flag(move || {
        let several = |(_, link): (usize, super::chain::Link)| {
            walk.links.with(|links| links.iter().filter(|one| one.cause == link.cause).count() > 1)
        };
        walk.now.get().is_some_and(several)
    });
    let also = move || view! { <p class="hint">{word(|t| t.reading.also)}</p> }.into_any();
    view! {
        <section id=LINK class="reading-link" tabindex="-1" aria-labelledby="board-sheet-title">
            {end_of(walk, |link| link.cause)}
            <p class="therefore"><span aria-hidden="true">"∴"</span> " " {word(|t| t.reading.therefore)}</p>
            {between::field(walk)}
            {end_of(walk, |link| link.effect)}
            {when(several, also)}
        </section>
        {when(asks, move || answers(walk))}
        {when(flag(move || !open.get()), move || tally(walk))}
        {when(asks, move || between::open(walk))}
        <p class="trouble" role="alert">{text(move || walk.trouble.get())}</p>
    }
    .into_any()
}

/// One end of the link: its level and its words.
fn end_of(walk: Walk, which: fn(super::chain::Link) -> CardId) -> AnyView {
    let state = walk.state;
    let card = move || walk.now.get().map_or(CardId::THEME, |(_, link)| which(link));
    let level = text(move || {
        let (t, card) = (&state.t().board, card());
        match state.board.read(|board| board.level(card)).flatten() {
            None | Some(0) => t.theme.to_owned(),
            Some(level) => fill(t.level, &[("n", &level.to_string())]),
        }
    });
    let words = text(move || {
        let words = state.board.card(card()).with(|card| card.text.clone());
        if words.is_empty() { state.t().board.no_words.to_owned() } else { words }
    });
    view! {
        <div class="reading-end">
            <p class="level">{level}</p>
            <p class="reading-words">{words}</p>
        </div>
    }
    .into_any()
}

fn answers(walk: Walk) -> AnyView {
    let one = |answer, class| {
        let label = text(move || {
            let word = answer_word(walk.state.t(), answer);
            match seen(walk) {
                true => [word, &walk.standing.get().said(answer).to_string()].join(" "),
                false => word.to_owned(),
            }
        });
        Button::new(class, label)
            .with_shape(shape(answer).into())
            .pressed(flag(move || walk.mine.get() == Mine::Said(answer)))
            .on(move || walk.answer(answer))
    };
    view! {
        <p id="reading-ask" class="reading-ask">{word(|t| t.reading.ask)}</p>
        <div class="reading-answers" role="group" aria-labelledby="reading-ask">
            {one(Answer::Holds, "button toggle answer holds")}
            {one(Answer::Jumps, "button toggle answer jumps")}
            {one(Answer::Check, "button toggle answer check")}
        </div>
    }
    .into_any()
}

/// Whether one sees what the others said: only after one's own answer, so that nobody follows the first or the loudest. Who
/// cannot answer sees it at once.
fn seen(walk: Walk) -> bool {
    !walk.state.writes.get() || matches!(walk.mine.get(), Mine::Said(_))
}

fn tally(walk: Walk) -> AnyView {
    let count = text(move || {
        let (t, standing) = (&walk.state.t().reading, walk.standing.get());
        let sentence: &str = match (standing.answered(), walk.mine.get()) {
            (_, Mine::Outdated) => t.reworded,
            (0, _) if standing.is_reworded() => t.reworded,
            (0, _) => t.nobody,
            _ if seen(walk) => t.answered,
            _ => t.hidden,
        };
        fill(sentence, &[("n", &standing.answered().to_string())])
    });
    let said = text(move || {
        let (t, standing) = (walk.state.t(), walk.standing.get());
        if standing.answered() == 0 || !seen(walk) {
            return String::new();
        }
        let one = |answer| [answer_word(t, answer), &standing.said(answer).to_string()].join(" ");
        [Answer::Holds, Answer::Jumps, Answer::Check].map(one).join(t.board.and)
    });
    let breaks = flag(move || seen(walk) && walk.standing.get().jumps > 0);
    let flagged: Word = |t| t.reading.jumps_here;
    let flagged = move || {
        view! { <p class="reading-break"><span aria-hidden="true">{shape(Answer::Jumps)}</span> " " {word(flagged)}</p> }
            .into_any()
    };
    // Who answers sees the numbers on what they press; who hears the page is told them here.
    let class = text(move || if walk.state.writes.get() { "visually-hidden" } else { "reading-said" }.to_owned());
    view! {
        <div class="reading-tally" role="status">
            <p class="hint">{count} <span class=class>" " {said}</span></p>
            {when(breaks, flagged)}
        </div>
    }
    .into_any()
}
