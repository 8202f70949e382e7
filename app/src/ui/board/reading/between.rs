//! What is missing between a cause and its effect: a card that goes between the two, in one step.

use std::rc::Rc;

use shared::docs::board::{Board, BoardOp, Place};
use shared::limits::DEPTH_MAX;
use shared::{CardId, Reject};

use super::super::piece::{Button, anew, text, word};
use super::super::screen;
use super::super::sheet_field::{self, Asked};
use super::super::state::BoardState;
use super::chain::Link;
use super::link::LINK;
use super::walk::{Gap, Walk};
use crate::edit::Target;
use crate::i18n::{fill, reject};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::StepKey;

impl BoardState {
    /// A card was made under the effect: the cause goes under it, in the same step.
    fn tie_between(self, link: Link, made: CardId, key: StepKey) {
        let ties = self.board.read(|board| ties(board, link, made)).unwrap_or_default();
        for tie in ties {
            // Where others have moved the cause away meanwhile, what was written stays a cause beside it.
            let _ = self.board.act_in(tie, Some(key));
        }
    }
}

/// What makes a card under the effect a card between: the cause moves under it; one that hangs elsewhere is linked under it
/// instead of under the effect.
fn ties(board: &Board, link: Link, made: CardId) -> Vec<BoardOp> {
    let Link { cause, effect } = link;
    let Some(card) = board.get(cause) else { return Vec::new() };
    let is_effect = |id: &CardId| board.stands_for(*id) == effect;
    if card.parent.is_some_and(|parent| is_effect(&parent)) {
        return vec![BoardOp::MoveCard { card: cause, parent: made, place: Place::Last }];
    }
    let mut ties = vec![BoardOp::LinkCard { card: cause, under: made }];
    ties.extend(card.also.keys().filter(|id| is_effect(id)).map(|id| BoardOp::UnlinkCard { card: cause, under: *id }));
    ties
}

/// Whether one more level fits between.
fn has_room(board: &Board, link: Link) -> bool {
    let level = board.level(link.effect).unwrap_or(DEPTH_MAX);
    level + 1 + board.height(link.cause) < DEPTH_MAX
}

/// The button that opens the field.
pub fn open(walk: Walk) -> AnyView {
    let button = Button::new("button wide reading-between", word(|t| t.reading.between)).with_shape("＋".into());
    button.on(move || begin(walk))
}

fn begin(walk: Walk) {
    let state = walk.state;
    let Some(at) = walk.now.get_untracked().filter(|_| state.may_write()) else { return };
    if state.board.read(|board| has_room(board, at.1)) != Some(true) {
        return walk.trouble.set(reject(state.texts(), Reject::TooDeep));
    }
    sheet_field::hold_keyboard();
    walk.trouble.set(String::new());
    walk.gap.set(Some(Gap { n: state.next(), at }));
}

/// The field between the two, while it is open.
pub fn field(walk: Walk) -> AnyView {
    anew(move || walk.gap.get().map(|gap| untrack(|| gap_field(walk, gap))))
}

fn gap_field(walk: Walk, gap: Gap) -> AnyView {
    let (state, (_, link)) = (walk.state, gap.at);
    let label = text(move || {
        let quoted = |card| untrack(|| state.quoted(card));
        fill(state.t().reading.between_of, &[("cause", &quoted(link.cause)), ("effect", &quoted(link.effect))])
    });
    let made = Rc::new(move |made, key| {
        if let Target::Card(made) = made {
            state.tie_between(link, made, key);
        }
    });
    let asked = Asked {
        target: Target::New(link.effect, Place::After(link.cause)),
        label,
        hint: word(|t| t.reading.between_hint),
        made,
        close: Rc::new(move || close(walk, gap.n)),
    };
    view! {
        <div class="reading-gap">
            <p class="question" aria-hidden="true">{word(|t| t.reading.between)}</p>
            {sheet_field::field(state, asked)}
            <p class="therefore"><span aria-hidden="true">"∴"</span> " " {word(|t| t.reading.therefore)}</p>
        </div>
    }
    .into_any()
}

/// What was written is the next link to read.
fn close(walk: Walk, n: u32) {
    if walk.gap.try_get_untracked().flatten().is_none_or(|gap| gap.n != n) {
        return;
    }
    walk.gap.set(None);
    request_animation_frame(|| {
        if screen::focus_is_lost() {
            dom::focus(LINK);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::chain::chain;
    use super::super::chain::tests::Table;
    use super::*;

    fn insert(table: &mut Table, link: Link) -> CardId {
        let op =
            BoardOp::AddCard { parent: link.effect, place: Place::After(link.cause), text: "間".into(), start: 5_000 };
        let made = table.act(1, 50, op);
        for tie in ties(&table.board, link, made) {
            table.act(1, 50, tie);
        }
        made
    }

    #[test]
    fn a_card_comes_between_at_the_place_of_the_cause() {
        let mut table = Table::default();
        let [one, two, three] = ["一", "二", "三"].map(|text| table.add(CardId::THEME, text));
        let made = insert(&mut table, Link { cause: two, effect: CardId::THEME });
        let drawn: Vec<CardId> = table.board.children(CardId::THEME).map(|(id, _)| id).collect();
        assert_eq!(drawn, [one, made, three]);
        assert_eq!(table.board.home(two), Some(made));
    }

    #[test]
    fn where_the_cause_is_linked_it_stays_where_it_hangs() {
        let mut table = Table::default();
        let (one, other) = (table.add(CardId::THEME, "一"), table.add(CardId::THEME, "別"));
        let cause = table.add(one, "二");
        table.act(1, 20, BoardOp::LinkCard { card: cause, under: other });
        let made = insert(&mut table, Link { cause, effect: other });
        assert_eq!(table.board.effects(cause), [one, made]);
        assert_eq!(table.board.home(made), Some(other));
        assert_eq!(chain(&table.board, cause).len(), 3);
    }
}
