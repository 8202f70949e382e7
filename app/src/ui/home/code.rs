//! The field for a join code: one field, any way of typing it.

use leptos::html::Input;
use leptos::prelude::*;
use shared::JoinCode;
use shared::ids::BadCode;
use shared::limits::JOIN_CODE_LEN;
use web_sys::SubmitEvent;

use crate::i18n::{self, Texts, use_speech};
use crate::route::{Route, use_router};
use crate::ui::line_field::{self, invalid, keep_conversion};
use crate::ui::live::{text, word};

/// Two halves are easier to read than six characters in a row.
pub fn halves(code: JoinCode) -> String {
    let text = code.to_string();
    match text.split_at_checked(JOIN_CODE_LEN / 2) {
        Some((first, second)) => format!("{first} {second}"),
        None => text,
    }
}

#[derive(Clone, Copy)]
enum Trouble {
    Empty,
    Length(usize),
    Character(char),
}

impl Trouble {
    fn say(self, texts: &Texts) -> String {
        let t = &texts.home;
        match self {
            Self::Empty => t.code_empty.to_owned(),
            Self::Length(n) => i18n::fill(t.code_length, &[("n", &n.to_string())]),
            Self::Character(c) => i18n::fill(t.code_character, &[("c", &c.to_string())]),
        }
    }
}

fn read(typed: &str) -> Result<JoinCode, Trouble> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Trouble::Empty);
    }
    typed.parse().map_err(|why| match why {
        BadCode::Length => Trouble::Length(typed.chars().filter(|c| c.is_alphanumeric()).count()),
        BadCode::Character(c) => Trouble::Character(c),
    })
}

/// The field and its button.
pub fn code_form() -> AnyView {
    let (router, speech) = (use_router(), use_speech());
    let element = NodeRef::<Input>::new();
    let wrong = RwSignal::new(None::<Trouble>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match read(&line_field::value(element)) {
            Ok(code) => router.go(Route::Join(code)),
            Err(why) => {
                wrong.set(Some(why));
                line_field::focus(element);
            }
        }
    };
    // Only when one has left the field: rewriting it while somebody types, or converts, gets in the way.
    let leave = move |_| {
        if let (Ok(code), Some(element)) = (read(&line_field::value(element)), element.get_untracked()) {
            element.set_value(&halves(code));
            wrong.set(None);
        }
    };
    let trouble = text(move || match wrong.get() {
        Some(why) => why.say(i18n::texts(speech.get())),
        None => String::new(),
    });
    view! {
        <form class="code-form" novalidate on:submit=submit>
            <div class="form-row">
                <label for="code">{word(|t| t.home.code)}</label>
                <input
                    node_ref=element
                    class="field code"
                    id="code"
                    name="code"
                    type="text"
                    placeholder="K7M 4XR"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    enterkeyhint="go"
                    aria-describedby="code-hint code-trouble"
                    aria-invalid=invalid(trouble)
                    on:keydown=keep_conversion
                    on:blur=leave
                />
                <p class="hint" id="code-hint">{word(|t| t.home.code_hint)}</p>
                <p class="trouble" id="code-trouble" role="alert">{trouble}</p>
            </div>
            <button type="submit" class="button primary large wide">{word(|t| t.home.code_go)}</button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_shown_in_halves_and_read_back() {
        let code: JoinCode = "K7M4XR".parse().unwrap();
        assert_eq!(halves(code), "K7M 4XR");
        assert!(matches!(read(" ｋ７ｍ－４ｘｒ "), Ok(read) if read == code));
    }

    #[test]
    fn what_is_wrong_with_a_code_is_told() {
        assert!(matches!(read(" \u{3000}"), Err(Trouble::Empty)));
        assert!(matches!(read("k7m 4x"), Err(Trouble::Length(5))));
        assert!(matches!(read("K7M4X0"), Err(Trouble::Character('0'))));
    }
}
