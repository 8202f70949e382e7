//! Everything that can be done with one card, in words.

use shared::CardId;
use shared::docs::board::{Mark, StarFor};

use super::marks::{self, mark_word};
use super::piece::{Button, Word, flag, text, when, word};
use super::state::BoardState;
use super::{Sheet, call, comments, one_two_four, reactions, reading, screen, spot};
use crate::reactive::*;
use crate::store::CardView;

/// The sheet's content.
pub fn actions(state: BoardState, id: CardId) -> AnyView {
    let (view, children) = (state.board.card(id), state.board.children(id));
    let has_branch = flag(move || children.with(|children| !children.is_empty()));
    let folded = flag(move || state.folded.with(|folded| folded.contains_key(&id)));
    let fold = text(move || if folded.get() { state.t().board.unfold_branch } else { state.t().board.fold }.to_owned());
    let writes: Signal<bool> = state.writes.into();
    let open = move |sheet| state.sheet.set(Some(sheet));
    let first = move || {
        view! {
            {action(|t| t.board.edit, "✎", move || away(|| state.write_in(id)))}
            {choices(state, id)}
            {one_two_four::toggle(state, id)}
            {action(|t| t.craft.about, "■", move || open(Sheet::About(id)))}
        }
        .into_any()
    };
    let fold =
        move || Button::new("button wide action", fold).with_shape("▾".into()).on(move || away(|| state.fold(id)));
    let alone = move || action(|t| t.board.only_this, "◎", move || away(|| state.look_at(id)));
    let last = move || action(|t| t.board.remove, "×", move || away(|| state.remove(id)));
    view! {
        <h2 id="board-sheet-title" class="sheet-card">{text(move || view.with(|card| card.text.clone()))}</h2>
        {when(writes, first)}
        {when(state.talks.into(), move || reactions::toggles(state, id))}
        {comments::open(state, id)}
        {reading::start(state, id)}
        {when(writes, move || call::look(state, id))}
        {spot::show(state, id)}
        {action(|t| t.craft.place, "⇄", move || open(Sheet::Place(id)))}
        {when(has_branch, fold)}
        {when(flag(move || state.root.get() != id), alone)}
        {when(writes, last)}
    }
    .into_any()
}

/// Closes the sheet first: nothing behind it takes the focus before.
pub(super) fn away(run: impl FnOnce()) {
    screen::close_dialog();
    run();
}

/// A way that leads on.
pub(super) fn action(label: Word, shape: &'static str, run: impl Fn() + Send + 'static) -> AnyView {
    Button::new("button wide action", word(label)).with_shape(shape.into()).on(run)
}

fn view_of(state: BoardState, id: CardId) -> Signal<CardView> {
    state.board.card(id).into()
}

fn choices(state: BoardState, id: CardId) -> AnyView {
    let view = view_of(state, id);
    let choice = move |mark: Mark, class: &'static str| {
        Button::new(class, text(move || mark_word(state.t(), mark).to_owned()))
            .with_shape(marks::shape(mark).into())
            .pressed(flag(move || view.with(|card: &CardView| card.mark) == Some(mark)))
            .on(move || state.mark(id, mark))
    };
    let star = move |what: StarFor, class: &'static str, label: Word, shapes: [&'static str; 2]| {
        let starred = flag(move || view.with(|card: &CardView| card.star.is_for(what)));
        let [on, off] = shapes;
        let star = Button::new(class, word(label))
            .with_shape(Signal::derive(move || if starred.get() { on } else { off }))
            .pressed(starred);
        star.on(move || state.star(id, what))
    };
    view! {
        <div class="sheet-pair">
            {star(StarFor::RootCause, "button toggle mark star", |t| t.board.star_it, ["★", "☆"])}
            {star(StarFor::PlaceToAct, "button toggle mark to-act", |t| t.board.place_to_act, ["◆", "◇"])}
        </div>
        <div class="sheet-group" role="group" aria-labelledby="board-sure">
            <p id="board-sure" class="hint">{word(|t| t.board.how_sure)}</p>
            <div class="sheet-three">
                {choice(Mark::Fact, "button toggle mark fact")}
                {choice(Mark::Guess, "button toggle mark guess")}
                {choice(Mark::ToCheck, "button toggle mark to-check")}
            </div>
        </div>
    }
    .into_any()
}
