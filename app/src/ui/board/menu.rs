//! Everything that one can do here, in one list with its keys: to be read, searched and pressed.

use shared::CardId;

use super::super::{lit, sideways};
use super::command::{self, About, Entry, TABLE};
use super::piece::{Word, flag, text, when, word};
use super::state::BoardState;
use super::{help, keys, screen, zoom};
use crate::i18n::fill;
use crate::reactive::*;

/// The sheet's content.
pub fn menu(state: BoardState) -> AnyView {
    let wanted = RwSignal::new(String::new());
    let card = state.chosen_now();
    let found = move |about: fn(About) -> bool| {
        let wanted = wanted.get().trim().to_lowercase();
        let t = state.t();
        let fits = move |entry: &&Entry| {
            let named = wanted.is_empty() || (entry.label)(t).to_lowercase().contains(&wanted);
            named && about(entry.about) && entry.fits(state, card)
        };
        TABLE.iter().filter(fits).copied().collect::<Vec<_>>()
    };
    let title = text(move || {
        let t = &state.t().craft;
        if card == CardId::THEME { t.menu_theme.to_owned() } else { fill(t.menu_of, &[("text", &state.quoted(card))]) }
    });
    let of_card = Memo::new(move |_| Listed(found(|about| about != About::Board)));
    let of_board = Memo::new(move |_| Listed(found(|about| about == About::Board)));
    view! {
        <h2 id="board-sheet-title">{word(|t| t.craft.menu)}</h2>
        <input
            type="search"
            class="field"
            enterkeyhint="search"
            autocomplete="off"
            aria-label=word(|t| t.craft.menu_search)
            placeholder=word(|t| t.craft.menu_search)
            on:input=move |event| wanted.set(event_target_value(&event))
        />
        // Who looks for something finds that behind the field, and calls nobody.
        {when(flag(move || wanted.with(String::is_empty)), move || help::way(state))}
        {part(state, title, of_card)}
        {part(state, word(|t| t.craft.menu_board), of_board)}
        {lit::or_else(|t| t.craft.menu_dark)}
        <h3>{word(|t| t.craft.menu_keys)}</h3>
        {sideways::is_on().then(|| view! { <p class="hint">{word(|t| t.sideways.drag_hint)}</p> })}
        <dl class="keys">{keys::LINES.into_iter().chain(zoom::KEYS).map(line).collect_view()}</dl>
    }
    .into_any()
}

/// Commands that are listed. The same ones are told by their keys.
#[derive(Clone)]
struct Listed(Vec<Entry>);

impl PartialEq for Listed {
    fn eq(&self, other: &Self) -> bool {
        self.0.iter().map(|entry| entry.keys).eq(other.0.iter().map(|entry| entry.keys))
    }
}

fn part(state: BoardState, title: Signal<String>, entries: Memo<Listed>) -> AnyView {
    let any = flag(move || entries.with(|entries| !entries.0.is_empty()));
    let entries = move || {
        let rows = move || entries.get().0.into_iter().map(|entry| row(state, entry)).collect_view();
        view! {
            <h3>{title}</h3>
            <ul class="menu">{rows}</ul>
        }
        .into_any()
    };
    when(any, entries)
}

fn row(state: BoardState, entry: Entry) -> AnyView {
    let press = move |_| {
        screen::close_dialog();
        command::run(state, entry.command);
    };
    view! {
        <li>
            <button type="button" class="button wide action" on:click=press>
                <span class="word">{word(entry.label)}</span>
                <kbd aria-hidden="true">{entry.keys}</kbd>
            </button>
        </li>
    }
    .into_any()
}

fn line((keys, what): (&'static str, Word)) -> AnyView {
    view! {
        <div>
            <dt><kbd>{keys}</kbd></dt>
            <dd>{word(what)}</dd>
        </div>
    }
    .into_any()
}
