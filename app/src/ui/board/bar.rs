//! The lower edge, under the thumb: what to do next, the way back, what was done.

use shared::CardId;

use super::arrivals::Arrivals;
use super::commands::quote;
use super::piece::{Button, filled, flag, text, when, word};
use super::state::{BoardState, Offer, Said};
use super::{Sheet, help, screen, write_for, zoom};
use crate::reactive::*;

/// The bar.
pub fn bar(state: BoardState, arrivals: Arrivals) -> AnyView {
    let writing = flag(move || state.writing.with(Option::is_some));
    let writes: Signal<bool> = state.writes.into();
    let menu = Button::new("button quiet back menu-button", word(|t| t.craft.menu_short)).with_shape("☰".into());
    let paper = Button::new("button quiet paper-button", word(|t| t.paper.button));
    view! {
        <div id=screen::BAR class="board-bar" class:aside=writing>
            {arrivals.chips()}
            {said(state)}
            {write_for::strip(state)}
            {help::strip(state)}
            <div class="board-tools">
                {when(writes, move || back(state, writing))}
                {zoom::controls(state)}
                {menu.on(move || state.sheet.set(Some(Sheet::Menu)))}
                {paper.on(move || state.sheet.set(Some(Sheet::Paper)))}
                {when(writes, move || next(state))}
            </div>
        </div>
    }
    .into_any()
}

/// One's own steps, back and again.
fn back(state: BoardState, writing: Signal<bool>) -> AnyView {
    let can = state.board.can();
    let (undoes, redoes) = (can.clone(), can);
    let undo = Button::new("button quiet back", word(|t| t.everywhere.undo)).with_shape("↶".into());
    let redo = Button::new("button quiet back redo", word(|t| t.everywhere.redo)).with_shape("↷".into());
    view! {
        {undo.disabled(flag(move || writing.get() || !undoes.get().0)).on(move || state.undo())}
        {redo.disabled(flag(move || writing.get() || !redoes.get().1)).on(move || state.redo())}
    }
    .into_any()
}

/// The one thing to do now.
fn next(state: BoardState) -> AnyView {
    let theme = state.board.card(CardId::THEME);
    let no_theme = flag(move || theme.with(|theme| theme.text.is_empty()));
    let of = text(move || {
        let card = state.chosen.get();
        state.board.card(card).with(|card| quote(&card.text))
    });
    let label = text(move || {
        let t = &state.t().board;
        if no_theme.get() { t.write_theme } else { t.write_why }.to_owned()
    });
    let about = filled(|t| t.board.about, of);
    let write = move |_| {
        if no_theme.get_untracked() { state.write_in(CardId::THEME) } else { state.write_child(state.chosen_now()) }
    };
    let about = move || view! { <span class="next-of">{about}</span> }.into_any();
    view! {
        <button type="button" class="button primary next" on:click=write>
            <span class="next-label">{label}</span>
            {when(flag(move || !no_theme.get()), about)}
        </button>
    }
    .into_any()
}

/// What was done last, read aloud too, with the way back where it is needed.
fn said(state: BoardState) -> AnyView {
    let nothing = flag(move || state.said.with(Option::is_none));
    let said = text(move || state.said.get().map(|said| said.text).unwrap_or_default());
    let offer = move |said: Option<Said>| said.map_or(Offer::Nothing, |said| said.undo);
    let offered = flag(move || offer(state.said.get()) != Offer::Nothing);
    let back = text(move || {
        let t = state.t();
        if offer(state.said.get()) == Offer::Undo { t.everywhere.undo } else { t.board.restore }.to_owned()
    });
    let back = move || {
        Button::new("button", back).on(move || match offer(state.said.get_untracked()) {
            Offer::Undo => state.undo(),
            Offer::Restore(card) => state.restore(card),
            Offer::Nothing => {}
        })
    };
    let close =
        move || Button::shape("icon-button", "×", word(|t| t.everywhere.close)).on(move || state.said.set(None));
    view! {
        <div class="said" class:nothing=nothing>
            <p role="status">{said}</p>
            {when(offered, back)}
            {when(flag(move || !nothing.get()), close)}
        </div>
    }
    .into_any()
}
