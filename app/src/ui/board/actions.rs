//! Everything that can be done with one card, in words.

use shared::CardId;
use shared::docs::board::{Mark, StarFor};

use super::commands::Step;
use super::marks::{self, mark_word};
use super::picker::Picking;
use super::piece::{Button, Word, flag, text, when, word};
use super::state::BoardState;
use super::{Sheet, about, call, comments, lanes, reactions, reading, screen};
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
            {about::reaches(state, id, view_of(state, id))}
            {action(|t| t.craft.about, "■", move || open(Sheet::About(id)))}
            {lanes::choice(state, id, view_of(state, id))}
        }
        .into_any()
    };
    let places = move || {
        view! {
            <div class="sheet-pair">
                {action(|t| t.board.up, "↑", move || state.shift(id, Step::Up))}
                {action(|t| t.board.down, "↓", move || state.shift(id, Step::Down))}
            </div>
            {action(|t| t.board.move_to, "↪", move || open(Sheet::Pick(Picking::Move, id)))}
            {action(|t| t.craft.between, "＋", move || away(|| state.write_between(id)))}
            {action(|t| t.craft.cause_of, "↗", move || open(Sheet::Pick(Picking::CauseOf, id)))}
            {action(|t| t.craft.cause, "↖", move || open(Sheet::Pick(Picking::Cause, id)))}
            {action(|t| t.craft.same, "＝", move || open(Sheet::Pick(Picking::Same, id)))}
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
        {when(writes, move || reactions::toggles(state, id))}
        {comments::open(state, id)}
        {reading::start(state, id)}
        {when(writes, move || call::look(state, id))}
        {when(writes, places)}
        {action(|t| t.craft.links, "⌥", move || open(Sheet::Links(id)))}
        {when(has_branch, fold)}
        {when(flag(move || state.root.get() != id), alone)}
        {when(writes, last)}
    }
    .into_any()
}

/// Closes the sheet first: nothing behind it takes the focus before.
fn away(run: impl FnOnce()) {
    screen::close_dialog();
    run();
}

fn action(label: Word, shape: &'static str, run: impl Fn() + Send + 'static) -> AnyView {
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
