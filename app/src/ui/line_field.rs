//! A line to fill in: label, hint with the limit, field, and what is wrong with it. The browser owns what is in it.

use leptos::ev::KeyboardEvent;
use shared::docs::workshop::Language;
use web_sys::HtmlInputElement;

use super::live::text;
use crate::edit::is_converting;
use crate::i18n::use_speech;
use crate::platform::dom;
use crate::reactive::*;

/// A field of one line.
pub struct LineField {
    /// Its name and id.
    pub name: &'static str,
    /// Its `type`: `text`, or `password` for a secret.
    pub kind: &'static str,
    /// What to write in it.
    pub label: Signal<String>,
    /// How, and how much.
    pub hint: Signal<String>,
    /// An example; may be empty.
    pub example: Signal<String>,
    /// What is wrong with it; empty when nothing is.
    pub trouble: Signal<String>,
}

impl LineField {
    /// The field with all that belongs to it.
    pub fn view(self) -> AnyView {
        let Self { name, kind, label, hint, example, trouble } = self;
        let (hint_id, trouble_id) = (format!("{name}-hint"), format!("{name}-trouble"));
        let described = format!("{hint_id} {trouble_id}");
        view! {
            <div class="form-row">
                <label for=name>{label}</label>
                <p class="hint" id=hint_id>{hint}</p>
                <input
                    class="field"
                    id=name
                    name=name
                    type=kind
                    autocomplete="off"
                    aria-describedby=described
                    aria-invalid=invalid(trouble)
                    placeholder=example
                    on:keydown=keep_conversion
                />
                <p class="trouble" id=trouble_id role="alert">{trouble}</p>
            </div>
        }
        .into_any()
    }
}

/// `aria-invalid` of a field with this trouble.
pub fn invalid(trouble: Signal<String>) -> Signal<Option<&'static str>> {
    Signal::derive(move || (!trouble.with(String::is_empty)).then_some("true"))
}

/// The Enter that ends a conversion belongs to it: it must not send the form.
pub fn keep_conversion(event: KeyboardEvent) {
    if event.key() == "Enter" && is_converting(&event) {
        event.prevent_default();
    }
}

/// A field by its name.
pub fn field(name: &str) -> Option<HtmlInputElement> {
    dom::by_id(name)
}

/// What a field holds now; empty when it is not there.
pub fn value(name: &str) -> String {
    field(name).map(|field| field.value()).unwrap_or_default()
}

/// What is wrong in a form: with which field, and why, in every language.
#[derive(Clone, Copy)]
pub struct Trouble(RwSignal<String>);

impl Trouble {
    /// Nothing is wrong yet.
    pub fn none() -> Self {
        Self(RwSignal::default())
    }

    /// Says what is wrong and puts the focus on the field, if it is about one.
    pub fn set(self, field: &str, say: impl Fn(Language) -> String) {
        // One line each: what is said never has a line break.
        let said = format!("{field}\n{}\n{}", say(Language::Ja), say(Language::En));
        self.0.try_set(said);
        dom::focus(field);
    }

    /// All is well again.
    pub fn clear(self) {
        self.0.try_set(String::new());
    }

    /// What is wrong with a field; empty when nothing is.
    pub fn about(self, field: &'static str) -> Signal<String> {
        let speech = use_speech();
        text(move || {
            let line = match speech.get() {
                Language::Ja => 0,
                Language::En => 1,
            };
            self.0.with(|said| {
                let mut lines = said.split('\n');
                let of_this = lines.next() == Some(field);
                lines.nth(line).filter(|_| of_this).unwrap_or_default().to_owned()
            })
        })
    }
}
