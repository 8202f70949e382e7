//! A line to fill in: label, hint with the limit, field, and what is wrong with it. The browser owns what is in it.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::edit::is_converting;

/// What browsers and keyboards make of a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// A secret.
    Secret,
}

/// A field of one line.
pub struct LineField {
    /// Its name and id.
    pub name: &'static str,
    /// What it is for.
    pub kind: Kind,
    /// What to write in it.
    pub label: Signal<String>,
    /// How, and how much.
    pub hint: Signal<String>,
    /// An example; may be empty.
    pub example: Signal<String>,
    /// What is wrong with it; empty when nothing is.
    pub trouble: Signal<String>,
    /// Where one reads what is in it.
    pub element: NodeRef<Input>,
}

impl LineField {
    /// The field with all that belongs to it.
    pub fn view(self) -> AnyView {
        let Self { name, kind, label, hint, example, trouble, element } = self;
        let (hint_id, trouble_id) = (format!("{name}-hint"), format!("{name}-trouble"));
        let described = format!("{hint_id} {trouble_id}");
        let kind = match kind {
            Kind::Text => "text",
            Kind::Secret => "password",
        };
        view! {
            <div class="form-row">
                <label for=name>{label}</label>
                <p class="hint" id=hint_id>{hint}</p>
                <input
                    node_ref=element
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

/// What a field holds now; empty when it is gone.
pub fn value(element: NodeRef<Input>) -> String {
    element.try_get_untracked().flatten().map(|element| element.value()).unwrap_or_default()
}

/// Puts the focus on a field that has to be looked at again.
pub fn focus(element: NodeRef<Input>) {
    if let Some(element) = element.try_get_untracked().flatten() {
        // A field that does not take it is still marked.
        let _ = element.focus();
    }
}
