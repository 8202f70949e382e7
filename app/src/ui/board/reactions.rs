//! Short answers to a card: to give them, to see how many there are, and whose they are.

use shared::CardId;
use shared::access::By;
use shared::docs::board::{BoardOp, Given, Reaction};

use super::commands::quote;
use super::piece::{Button, filled, flag, text, when, word};
use super::state::{BoardState, Offer};
use super::{Sheet, presence};
use crate::i18n::{Texts, fill, reject};
use crate::reactive::*;
use crate::store::CardView;

const ALL: [Reaction; 3] = [Reaction::Agree, Reaction::Question, Reaction::UsToo];

const fn shape(reaction: Reaction) -> &'static str {
    match reaction {
        Reaction::Agree => "♡",
        Reaction::Question => "Q",
        Reaction::UsToo => "〃",
    }
}

fn reaction_word(t: &Texts, reaction: Reaction) -> &'static str {
    match reaction {
        Reaction::Agree => t.talk.agree,
        Reaction::Question => t.talk.question,
        Reaction::UsToo => t.talk.us_too,
    }
}

/// Who answered so; tracked.
fn givers(state: BoardState, card: CardId, reaction: Reaction) -> Vec<By> {
    let given = |(one, by): &(Reaction, By)| (*one == reaction).then_some(*by);
    state.board.card(card).with(|card| card.reactions.iter().filter_map(given).collect())
}

impl BoardState {
    /// Gives a reaction, or takes one's own back.
    fn react(self, card: CardId, reaction: Reaction) {
        let mine = untrack(|| self.me.get().is_some_and(|me| givers(self, card, reaction).contains(&me)));
        let given = if mine { Given::No } else { Given::Yes };
        if let Err(why) = self.board.act_on(BoardOp::React { card, reaction, given }) {
            self.say(reject(self.texts(), why), Offer::Nothing);
        }
    }
}

/// What one can answer, each with how many did.
pub fn toggles(state: BoardState, card: CardId) -> AnyView {
    let one = |reaction| {
        let count = move || givers(state, card, reaction).len();
        let label = text(move || match count() {
            0 => reaction_word(state.t(), reaction).to_owned(),
            n => [reaction_word(state.t(), reaction), &n.to_string()].join(" "),
        });
        let mine = flag(move || state.me.get().is_some_and(|me| givers(state, card, reaction).contains(&me)));
        let toggle = Button::new("button toggle reaction", label).with_shape(shape(reaction).into()).pressed(mine);
        toggle.on(move || state.react(card, reaction))
    };
    view! {
        <div class="sheet-group" role="group" aria-labelledby="board-reactions">
            <p id="board-reactions" class="hint">{word(|t| t.talk.reactions)}</p>
            <div class="sheet-three">{ALL.into_iter().map(one).collect::<Vec<_>>()}</div>
        </div>
    }
    .into_any()
}

/// Who answered what, one sentence each.
fn sentences(state: BoardState, card: CardId) -> Vec<String> {
    let t = state.t();
    let sentence = |reaction: &Reaction| {
        let names: Vec<String> =
            givers(state, card, *reaction).into_iter().filter_map(|by| presence::name_or_you(state, by)).collect();
        let what = [("what", reaction_word(t, *reaction)), ("n", &names.len().to_string())];
        let told = fill(&fill(t.talk.who, &what), &[("names", &names.join(t.board.and))]);
        (!names.is_empty()).then_some(told)
    };
    ALL.iter().filter_map(sentence).collect()
}

/// Who answered what, as a list.
pub fn names(state: BoardState, card: CardId) -> AnyView {
    let all = Memo::new(move |_| sentences(state, card));
    let lines = move || all.get().into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect::<Vec<_>>();
    let list = move || view! { <ul class="reaction-names">{lines}</ul> }.into_any();
    when(flag(move || all.with(|all| !all.is_empty())), list)
}

/// On the card: how many reactions and comments there are. A press opens them.
pub fn counts(state: BoardState, card: CardId, tab: Signal<&'static str>) -> AnyView {
    let view: Signal<CardView> = state.board.card(card).into();
    let quoted = text(move || view.with(|card| quote(&card.text)));
    let reacted = flag(move || view.with(|card| !card.reactions.is_empty()));
    let commented = flag(move || view.with(|card| card.comments > 0));
    let counted = text(move || {
        let count = |reaction: &Reaction| match givers(state, card, *reaction).len() {
            0 => None,
            n => Some([shape(*reaction), &n.to_string()].join(" ")),
        };
        ALL.iter().filter_map(count).collect::<Vec<_>>().join("　")
    });
    // What is seen comes first: who says it aloud to their device means this button.
    let told = text(move || [counted.get(), sentences(state, card).join(state.t().board.and)].join(" "));
    let open = move || {
        state.chosen.set(card);
        state.sheet.set(Some(Sheet::Notes(card)));
    };
    let reactions = move || {
        let button = Button::new("button quiet reacted tabular", counted).tab(tab);
        button.called(filled(|t| t.talk.reactions_of, told)).on(open)
    };
    let comments = move || {
        let n = move || view.with(|card| card.comments).to_string();
        let words = text(move || fill(state.t().talk.comments_n, &[("n", &n())]));
        let called = text(move || fill(state.t().talk.comments_of, &[("n", &n()), ("text", &quoted.get())]));
        Button::new("button quiet commented tabular", words).tab(tab).called(called).on(open)
    };
    let both = move || {
        view! { <div class="card-talk">{when(reacted, reactions)} {when(commented, comments)}</div> }.into_any()
    };
    when(flag(move || reacted.get() || commented.get()), both)
}
