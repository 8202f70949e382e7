//! Where a card stands: how it moves, what it is linked with, what it was merged of; where each leads, and how it is undone.

use std::sync::Arc;

use shared::{CardId, SortedSet};

use super::actions::{action, away};
use super::commands::Step;
use super::picker::Picking;
use super::piece::{Button, filled, flag, text, when, word};
use super::state::BoardState;
use super::{Sheet, history, lanes, screen};
use crate::i18n::fill;
use crate::reactive::*;
use crate::store::CardView;

/// The sheet's content.
pub fn links(state: BoardState, id: CardId) -> AnyView {
    let view: Signal<CardView> = state.board.card(id).into();
    let title = text(move || fill(state.t().craft.links_title, &[("text", &state.quoted(id))]));
    let home = Memo::new(move |_| view.with(|card| card.parent.into_iter().collect::<Vec<_>>()));
    let also = Memo::new(move |_| view.with(|card| card.also.clone()));
    let references = Memo::new(move |_| view.with(|card| card.references.clone()));
    let merged = Memo::new(move |_| view.with(|card| card.merged.clone()));
    let places = move || places(state, id, view);
    view! {
        <h2 id="board-sheet-title">{title}</h2>
        {when(state.writes.into(), places)}
        {part(word(|t| t.craft.hangs_under), home, Arc::new(move |effect| go_row(state, effect, None)))}
        {part(word(|t| t.craft.also_of), also, Arc::new(move |effect| go_row(state, effect, Some((id, effect)))))}
        {part(word(|t| t.craft.references), references, Arc::new(move |cause| go_row(state, cause, Some((cause, id)))))}
        {part(word(|t| t.craft.also_said), merged, Arc::new(move |wording| wording_row(state, wording)))}
        {history::history(state, view)}
    }
    .into_any()
}

/// Where the card goes, and what it is linked or merged with.
fn places(state: BoardState, id: CardId, view: Signal<CardView>) -> AnyView {
    let open = move |picking| state.sheet.set(Some(Sheet::Pick(picking, id)));
    view! {
        <div class="sheet-pair">
            {action(|t| t.board.up, "↑", move || state.shift(id, Step::Up))}
            {action(|t| t.board.down, "↓", move || state.shift(id, Step::Down))}
        </div>
        {action(|t| t.board.move_to, "↪", move || open(Picking::Move))}
        {action(|t| t.craft.between, "＋", move || away(|| state.write_between(id)))}
        {action(|t| t.craft.cause_of, "↗", move || open(Picking::CauseOf))}
        {action(|t| t.craft.cause, "↖", move || open(Picking::Cause))}
        {action(|t| t.craft.same, "＝", move || open(Picking::Same))}
        {lanes::choice(state, id, view)}
    }
    .into_any()
}

type Row = Arc<dyn Fn(CardId) -> AnyView + Send + Sync>;

fn part(title: Signal<String>, cards: Memo<Vec<CardId>>, row: Row) -> AnyView {
    let rows = move || {
        let row = row.clone();
        let rows = move || cards.get().into_iter().map(|card| row(card)).collect_view();
        view! {
            <h3>{title}</h3>
            <ul class="linked">{rows}</ul>
        }
        .into_any()
    };
    when(flag(move || cards.with(|cards| !cards.is_empty())), rows)
}

/// A card to go to; and a link to it that can be taken away.
fn go_row(state: BoardState, to: CardId, link: Option<(CardId, CardId)>) -> AnyView {
    let says = text(move || state.board.card(to).with(|card| super::commands::quote(&card.text)));
    let go = Button::new("button wide action", says).with_shape("↗".into()).called(filled(|t| t.craft.go_to, says));
    let go = go.on(move || {
        screen::close_dialog();
        state.reveal(to);
    });
    // A link that came with a merged wording goes when that becomes a card again.
    let own = link.filter(|(card, under)| !state.links_between(*card, *under).is_empty());
    let take = Button::new("button quiet", word(|t| t.craft.unlink)).called(filled(|t| t.craft.unlink_of, says));
    let take = move || match own {
        Some((card, under)) => take.on(move || state.unlink(card, under)),
        None => ().into_any(),
    };
    let may = flag(move || state.writes.get() && own.is_some());
    view! { <li class="linked-row">{go}{when(may, take)}</li> }.into_any()
}

fn wording_row(state: BoardState, wording: CardId) -> AnyView {
    let view = state.board.card(wording);
    let says = text(move || view.with(|card| card.text.clone()));
    let part = Button::new("button quiet", word(|t| t.craft.part)).called(filled(|t| t.craft.part_of, says));
    let part = move || part.on(move || state.part(wording));
    view! { <li class="linked-row"><p class="sheet-line">{says}</p>{when(state.writes.into(), part)}</li> }.into_any()
}

/// References to causes that are drawn elsewhere, and to further effects, on the card itself: each leads there.
pub fn on_card(state: BoardState, id: CardId, tab: Signal<&'static str>) -> AnyView {
    let view: Signal<CardView> = state.board.card(id).into();
    let causes = Memo::new(move |_| view.with(|card| SortedSet::of(card.references.iter().copied())));
    let effects = Memo::new(move |_| view.with(|card| SortedSet::of(card.also.iter().copied())));
    let any = flag(move || !causes.with(SortedSet::is_empty) || !effects.with(SortedSet::is_empty));
    let button = move |to: CardId, shape: &'static str, label: super::piece::Word| {
        let says = text(move || state.board.card(to).with(|card| super::commands::quote(&card.text)));
        let button = Button::new("button quiet reference", says).with_shape(shape.into()).tab(tab);
        button.called(filled(label, says)).on(move || state.reveal(to))
    };
    let rows = move || {
        let causes = causes.get().keys().map(|to| button(*to, "↗", |t| t.craft.reference_of)).collect::<Vec<_>>();
        let effects = effects.get().keys().map(|to| button(*to, "↖", |t| t.craft.leads_too)).collect::<Vec<_>>();
        causes.into_iter().chain(effects).collect_view()
    };
    when(any, move || view! { <p class="references">{rows}</p> }.into_any())
}
