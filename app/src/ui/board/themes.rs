//! Choosing a theme together: everybody proposes, says what they have seen themselves, votes in secret; the group takes one. The
//! others are kept.

use shared::access::By;
use shared::docs::board::{BoardOp, Given, NoteOn};
use shared::{CardId, NoteId};

use self::ballot::Voting;
use super::Sheet;
use super::commands::quote;
use super::notepad::{Notepad, Words, notes, of, words_of};
use super::piece::{Button, anew, filled, flag, text, when, word};
use super::state::BoardState;
use super::{hands, presence, sheet_field};
use crate::i18n::fill;
use crate::reactive::*;
use crate::store::Session;

mod ballot;
mod outcome;
mod sharpen;

const WORDS: Words = Words {
    write: |t| t.themes.write,
    more: |t| t.themes.write_more,
    field: |t| t.themes.field,
    example: |t| t.themes.example,
};

/// The sheet. Copied freely.
#[derive(Clone, Copy)]
struct Themes {
    state: BoardState,
    pad: Notepad,
    voting: Voting,
    /// Whether the group has just taken one, and looks at its words.
    sharpens: RwSignal<bool>,
}

/// The sheet's content.
pub fn themes(state: BoardState, session: Session) -> AnyView {
    let pad = Notepad::begin(state, NoteOn::Proposal, WORDS);
    let themes = Themes { state, pad, voting: Voting::begin(state, session), sharpens: RwSignal::new(false) };
    let content = move || {
        Some(if themes.sharpens.get() {
            untrack(|| sharpen::sharpen(state, themes.sharpens))
        } else {
            untrack(|| proposals(themes))
        })
    };
    view! { {anew(content)} {sheet_field::keeper()} }.into_any()
}

fn proposals(themes: Themes) -> AnyView {
    let Themes { pad, voting, .. } = themes;
    let none = || view! { <p class="hint">{word(|t| t.themes.none)}</p> }.into_any();
    view! {
        <h2 id="board-sheet-title">{word(|t| t.themes.title)}</h2>
        <p class="hint">{word(|t| t.themes.hint)}</p>
        {pad.top()}
        {ballot::head(voting)}
        {when(flag(move || pad.notes.with(Vec::is_empty)), none)}
        {pad.rows(move |id| row(themes, id))}
        {pad.below()}
        {ballot::foot(voting, pad)}
    }
    .into_any()
}

fn row(themes: Themes, id: NoteId) -> AnyView {
    let Themes { state, pad, voting, .. } = themes;
    let (words, by) = (words_of(state, id), of(state, id, |note| Some(note.by)));
    let quoted = text(move || words.with(|words| quote(words)));
    let author = text(move || {
        let (me, by) = (state.you.get(), by.get());
        let name = by.map(|by| if me == Some(by) { state.t().board.you.to_owned() } else { hands::called(state, by) });
        fill(state.t().themes.by, &[("name", &name.unwrap_or_default())])
    });
    let mine = flag(move || state.writes.get() && by.get().is_some() && by.get() == state.me.get());
    view! {
        <li class="note proposal">
            <p class="note-text">{words}</p>
            <p class="hint">{author}</p>
            {ballot::choice(voting, pad, id, quoted)}
            {seen(themes, id, quoted)}
            <div class="note-own">
                {when(state.writes.into(), move || take(themes, id, words, quoted))}
                {when(mine, move || pad.own(id))}
            </div>
        </li>
    }
    .into_any()
}

/// Who has seen it themselves.
fn seen(themes: Themes, id: NoteId, quoted: Signal<String>) -> AnyView {
    let Themes { state, pad, .. } = themes;
    let seen = of(state, id, |note| note.seen_by.clone());
    let mine = flag(move || state.me.get().is_some_and(|me: By| seen.with(|seen| seen.contains(&me))));
    let shape = Signal::derive(move || if mine.get() { "☑" } else { "☐" });
    let names = text(move || {
        let names: Vec<String> =
            seen.with(|seen| seen.iter().filter_map(|by| presence::name_or_you(state, *by)).collect());
        if names.is_empty() {
            return String::new();
        }
        let (n, names) = (names.len().to_string(), names.join(state.t().board.and));
        fill(state.t().themes.seen_by, &[("n", &n), ("names", &names)])
    });
    let toggle = move || {
        let button = Button::new("button toggle seen", word(|t| t.themes.seen)).with_shape(shape).pressed(mine);
        button.called(filled(|t| t.themes.seen_of, quoted)).on(move || {
            let given = if mine.get_untracked() { Given::No } else { Given::Yes };
            pad.act(BoardOp::SeeMyself { note: id, given });
        })
    };
    view! {
        {when(state.writes.into(), toggle)}
        <p class="hint seen-by">{names}</p>
    }
    .into_any()
}

/// Its words become the theme; or a word that says that they are.
fn take(themes: Themes, id: NoteId, words: Memo<String>, quoted: Signal<String>) -> AnyView {
    let Themes { state, voting, .. } = themes;
    let theme = state.board.card(CardId::THEME);
    let is_theme = flag(move || theme.with(|theme| words.with(|words| *words == theme.text)));
    let leads = flag(move || voting.leads(id));
    let class = Signal::derive(move || if leads.get() { "button primary" } else { "button" });
    let button = move || {
        let button = Button::new("", word(|t| t.themes.take)).class(class);
        button.called(filled(|t| t.themes.take_of, quoted)).on(move || sharpen::take(themes, id))
    };
    let may = flag(move || !is_theme.get() && !voting.is_open() && words.with(|words| !words.trim().is_empty()));
    let now = || view! { <p class="is-theme">{word(|t| t.themes.is_theme)}</p> }.into_any();
    view! { {when(is_theme, now)} {when(may, button)} }.into_any()
}

/// On the board with an empty theme: the way here.
pub fn way(state: BoardState) -> AnyView {
    let (notes, theme) = (notes(state, NoteOn::Proposal), state.board.card(CardId::THEME));
    let shown = flag(move || {
        let empty = theme.with(|theme| theme.text.is_empty());
        empty && state.writes.get() && state.writing.with(Option::is_none)
    });
    let label = text(move || {
        let t = &state.t().themes;
        match notes.with(Vec::len) {
            0 => t.open_first.to_owned(),
            n => fill(t.open_n, &[("n", &n.to_string())]),
        }
    });
    when(shown, move || view! { <div class="themes-way">{open(state, label)}</div> }.into_any())
}

/// On every board of the group while a vote is open: the way to it.
pub fn call(state: BoardState, session: Session) -> AnyView {
    let voting = Voting::begin(state, session);
    let label = text(move || {
        let t = &state.t().themes;
        if voting.waits_for_me() { t.go_vote } else { t.command }.to_owned()
    });
    let call = move || {
        view! {
            <div class="themes-way votes">
                <p role="status">{word(|t| t.themes.open_vote)}</p>
                {open(state, label)}
            </div>
        }
        .into_any()
    };
    when(flag(move || voting.is_open()), call)
}

fn open(state: BoardState, label: Signal<String>) -> AnyView {
    Button::new("button", label).on(move || state.sheet.set(Some(Sheet::Themes)))
}
