//! The proposal that the group takes becomes the theme; then they look at its words: who or what, how, when and where.

use std::rc::Rc;

use shared::coach::{self, Rule, Stand};
use shared::text::Splice;
use shared::{CardId, NoteId};

use super::super::piece::{Button, Word, anew, flag, text, when, word};
use super::super::screen;
use super::super::sheet_field::{self, Asked};
use super::super::state::BoardState;
use super::Themes;
use crate::edit::Target;
use crate::i18n::{Texts, fill, reject};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::Words;

const EDIT: &str = "theme-edit";

/// Makes the words of a proposal the theme: one step, to be undone as one.
pub fn take(themes: Themes, note: NoteId) {
    let (board, theme) = (themes.state.board, Words::Card(CardId::THEME));
    let insert = board.text(Words::Note(note)).read().trim().to_owned();
    let before = board.text(theme);
    if insert.is_empty() || before.read() == insert {
        return;
    }
    let start = board.next_chars(u32::try_from(insert.chars().count()).unwrap_or(u32::MAX));
    let edits = before.splice(&Splice { at: 0, delete: before.chars(), insert }, start);
    let (_, refused) = board.edit(theme, edits, Some(board.step()));
    match refused {
        Some(why) => themes.pad.tell(reject(themes.state.texts(), why)),
        None => themes.sharpens.set(true),
    }
}

/// The theme as it reads now, three questions to it, and the coach's.
pub fn sharpen(state: BoardState, here: RwSignal<bool>) -> AnyView {
    let theme = state.board.card(CardId::THEME);
    let (reads, hinted) = (theme.clone(), theme);
    let open = RwSignal::new(false);
    let field = anew(move || open.get().then(|| untrack(|| field(state, open))));
    let words = move || {
        view! { <p class="note-text theme-now">{text({
            let reads = reads.clone();
            move || reads.with(|theme| theme.text.clone())
        })}</p> }
        .into_any()
    };
    let asked = text(move || hinted.with(|theme| question(state.t(), &theme.text)));
    let hint = move || view! { <p class="coach-theme">{asked}</p> }.into_any();
    // Once its words are written on, the last step is no longer that it was taken.
    let edited = RwSignal::new(false);
    let undo = move || {
        Button::new("button quiet", word(|t| t.everywhere.undo)).on(move || {
            state.board.undo();
            here.set(false);
        })
    };
    let edit = move || {
        let open_field = move |_| {
            sheet_field::hold_keyboard();
            edited.set(true);
            open.set(true);
        };
        view! {
            <button type="button" id=EDIT class="button" on:click=open_field>{word(|t| t.themes.edit_theme)}</button>
            {when(flag(move || !edited.get()), undo)}
        }
        .into_any()
    };
    let idle = flag(move || !open.get());
    request_animation_frame(|| {
        if screen::focus_is_lost() {
            dom::focus(EDIT);
        }
    });
    view! {
        <h2 id="board-sheet-title">{word(|t| t.themes.sharpen)}</h2>
        <p role="status" class="taken">{word(|t| t.themes.taken)}</p>
        {when(idle, words)}
        {field}
        <p class="hint">{word(|t| t.themes.sharpen_hint)}</p>
        <ul class="three">
            {three(|t| t.themes.who)}
            {three(|t| t.themes.how)}
            {three(|t| t.themes.when)}
        </ul>
        {when(flag(move || idle.get() && asked.with(|asked| !asked.is_empty())), hint)}
        <div class="note-own">{when(idle, edit)}</div>
        {Button::new("button wide", word(|t| t.themes.back)).on(move || here.set(false))}
    }
    .into_any()
}

fn three(question: Word) -> AnyView {
    view! { <li>{word(question)}</li> }.into_any()
}

fn field(state: BoardState, open: RwSignal<bool>) -> AnyView {
    let close = move || {
        if open.try_get_untracked() == Some(true) {
            open.set(false);
            request_animation_frame(|| {
                if screen::focus_is_lost() {
                    dom::focus(EDIT);
                }
            });
        }
    };
    let asked = Asked {
        target: Target::Card(CardId::THEME),
        label: word(|t| t.themes.theme_field),
        hint: word(|t| t.board.theme_example),
        made: Rc::new(|_, _| {}),
        close: Rc::new(close),
    };
    sheet_field::field(state, asked)
}

/// The coach's one question about a theme; empty, if it has none.
fn question(t: &Texts, theme: &str) -> String {
    let Some(hint) = coach::hint(theme, Stand::Theme) else { return String::new() };
    let words: String = theme.chars().skip(hint.words.start).take(hint.words.len()).collect();
    let ask = match hint.rule {
        Rule::Blame => t.themes.ask_blame,
        Rule::ThemeOnlyNoun => t.themes.ask_noun,
        _ => t.themes.ask_vague,
    };
    fill(ask, &[("words", &words)])
}
