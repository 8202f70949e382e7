//! A line to fill in: label, hint with the limit, field, and what is wrong with it. The browser owns what is in it.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::edit::is_converting;

/// A field of one line. `name` is its id too.
#[component]
pub fn LineField(
    /// Its name and id.
    name: &'static str,
    /// What to write in it.
    #[prop(into)]
    label: Signal<&'static str>,
    /// How, and how much.
    #[prop(into)]
    hint: Signal<String>,
    /// An example.
    #[prop(into, optional)]
    example: Option<Signal<&'static str>>,
    /// What is wrong with it, if anything.
    #[prop(into)]
    trouble: Signal<Option<String>>,
    /// What browsers and keyboards make of it.
    #[prop(default = "text")]
    kind: &'static str,
    /// Where one reads what is in it.
    element: NodeRef<Input>,
) -> impl IntoView {
    let (hint_id, trouble_id) = (format!("{name}-hint"), format!("{name}-trouble"));
    let described = format!("{hint_id} {trouble_id}");
    let example = move || example.map(|example| example.get());
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
                aria-invalid=move || trouble.with(Option::is_some).then_some("true")
                placeholder=example
                on:keydown=keep_conversion
            />
            <p class="trouble" id=trouble_id role="alert">{trouble}</p>
        </div>
    }
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
