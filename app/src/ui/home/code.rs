//! The field for a join code: one field, any way of typing it.

use shared::JoinCode;
use shared::docs::workshop::Language;
use shared::ids::BadCode;
use shared::limits::JOIN_CODE_LEN;
use web_sys::SubmitEvent;

use crate::element::Element;
use crate::i18n::{fill, texts};
use crate::reactive::*;
use crate::route::{Route, use_router};
use crate::ui::line_field::{self, Trouble, invalid, keep_conversion};
use crate::ui::live::{with_number, word};

/// Two halves are easier to read than six characters in a row.
pub fn halves(code: JoinCode) -> String {
    let text = code.to_string();
    match text.split_at_checked(JOIN_CODE_LEN / 2) {
        Some((first, second)) => format!("{first} {second}"),
        None => text,
    }
}

/// Why what was typed is no code.
#[derive(Clone, Copy)]
enum Wrong {
    Empty,
    Length(usize),
    Character(char),
}

impl Wrong {
    fn say(self, language: Language) -> String {
        let t = &texts(language).home;
        match self {
            Self::Empty => t.code_empty.to_owned(),
            Self::Length(n) => with_number(t.code_length, n as u64),
            Self::Character(c) => fill(t.code_character, &[("c", c.encode_utf8(&mut [0; 4]))]),
        }
    }
}

fn read(typed: &str) -> Result<JoinCode, Wrong> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Wrong::Empty);
    }
    typed.parse().map_err(|why| match why {
        BadCode::Length => Wrong::Length(typed.chars().filter(|c| c.is_alphanumeric()).count()),
        BadCode::Character(c) => Wrong::Character(c),
    })
}

/// The field and its button.
pub fn code_form() -> Element {
    let router = use_router();
    let trouble = Trouble::none();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match read(&line_field::value("code")) {
            Ok(code) => router.go(Route::Join(code, None)),
            Err(why) => trouble.set("code", |language| why.say(language)),
        }
    };
    // Only when one has left the field: rewriting it while somebody types, or converts, gets in the way.
    let leave = move |_| {
        if let (Ok(code), Some(field)) = (read(&line_field::value("code")), line_field::field("code")) {
            field.set_value(&halves(code));
            trouble.clear();
        }
    };
    let said = trouble.about("code");
    view! {
        <form class="code-form" novalidate on:submit=submit>
            <div class="form-row">
                <label for="code">{word(|t| t.home.code)}</label>
                <input
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
                    aria-invalid=invalid(said)
                    on:keydown=keep_conversion
                    on:blur=leave
                />
                <p class="hint" id="code-hint">{word(|t| t.home.code_hint)}</p>
                <p class="trouble" id="code-trouble" role="alert">{said}</p>
            </div>
            <button type="submit" class="button primary large wide">{word(|t| t.home.code_go)}</button>
        </form>
    }
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
        assert!(matches!(read(" \u{3000}"), Err(Wrong::Empty)));
        assert!(matches!(read("k7m 4x"), Err(Wrong::Length(5))));
        assert!(matches!(read("K7M4X0"), Err(Wrong::Character('0'))));
    }
}
