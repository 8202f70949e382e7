//! One quiet question under a card that was just written, when its words ask for one. Nothing waits for it; it goes with a tap, for
//! this card or for good, and by itself once the words are better.

use shared::CardId;
use shared::coach::{self, Rule, Stand};
use shared::docs::board::Board;

use super::piece::{Button, flag, text, when, word};
use super::state::BoardState;
use crate::i18n::Texts;
use crate::platform::storage;
use crate::reactive::*;

const KEY: &str = "naze.coach";
const OFF: &str = "off";

/// Whom the coach speaks of, and where it was asked to be quiet.
#[derive(Clone, Copy)]
pub struct Coach {
    about: RwSignal<Option<CardId>>,
    quiet: StoredValue<Vec<CardId>>,
}

impl Coach {
    /// Begins with nothing to say.
    pub fn begin() -> Self {
        Self { about: RwSignal::default(), quiet: StoredValue::default() }
    }

    /// A card was written. What was said before is over.
    pub fn look(self, card: CardId) {
        let quiet = self.quiet.try_get_value().unwrap_or_default().contains(&card);
        let off = storage::get(KEY).is_some_and(|kept| kept == OFF);
        self.about.try_set((!quiet && !off).then_some(card));
    }

    /// The card that it speaks of.
    pub fn about(self) -> Option<CardId> {
        self.about.get()
    }

    fn dismiss(self, card: CardId) {
        self.quiet.try_update_value(|quiet| quiet.push(card));
        self.about.try_set(None);
    }

    fn dismiss_for_good(self) {
        // Where nothing can be kept it is quiet at least for now.
        storage::set(KEY, OFF);
        self.about.try_set(None);
    }
}

/// The rule that a card breaks as it reads now.
fn rule(board: &Board, card: CardId) -> Option<Rule> {
    let words = board.get(card)?.text.read();
    let parent = board.home(card).and_then(|parent| board.get(parent)).map(|parent| parent.text.read());
    let stand = match &parent {
        None => Stand::Theme,
        Some(parent) => Stand::Under(parent),
    };
    coach::hint(words.trim(), stand).map(|hint| hint.rule)
}

fn question(t: &Texts, rule: Rule) -> &'static str {
    match rule {
        Rule::Blame => t.coach.blame,
        Rule::Vague => t.coach.vague,
        Rule::MissingSolution => t.coach.missing,
        Rule::SeveralCauses => t.coach.several,
        Rule::RepeatsParent => t.coach.repeats,
        Rule::ThemeOnlyNoun => t.coach.noun,
    }
}

/// What is asked about a card, under it.
pub fn under(state: BoardState, id: CardId) -> AnyView {
    let (coach, view) = (state.coach, state.board.card(id));
    let rule = Memo::new(move |_| {
        if coach.about.get() != Some(id) || !state.writes.get() || state.writing.with(Option::is_some) {
            return None;
        }
        view.track();
        state.board.read(|board| rule(board, id)).flatten()
    });
    let says = text(move || rule.get().map(|rule| question(state.t(), rule).to_owned()).unwrap_or_default());
    let edit = Button::new("button quiet", word(|t| t.board.edit));
    let seen = Button::new("button quiet", word(|t| t.coach.seen));
    let never = Button::new("button quiet", word(|t| t.coach.never));
    let hint = move || {
        view! {
            <div class="coach" role="status">
                <p>{says}</p>
                <div class="coach-ways">
                    {edit.on(move || state.write_in(id))}
                    {seen.on(move || {
                        coach.dismiss(id);
                        state.choose(id);
                    })}
                    {never.on(move || {
                        coach.dismiss_for_good();
                        state.choose(id);
                    })}
                </div>
            </div>
        }
        .into_any()
    };
    when(flag(move || rule.with(Option::is_some)), hint)
}
