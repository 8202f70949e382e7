//! Pieces of the board, beside those of `ui::live`: made once, because every closure and every element of its own type costs the
//! page about a kilobyte.

use leptos::ev;

pub use super::super::live::{Word, flag, keep_focus, text, when, word};
use crate::element::{self, Element};
use crate::i18n::fill;
use crate::reactive::*;

/// A text with something in it, by the name `text`.
pub fn filled(sentence: Word, text: Signal<String>) -> Signal<String> {
    let sentence = word(sentence);
    Signal::derive(move || text.with(|text| fill(&sentence.get(), &[("text", text)])))
}

/// `true` and `false` as attributes have them.
pub fn said(flag: Signal<bool>) -> Signal<Option<&'static str>> {
    Signal::derive(move || Some(if flag.get() { "true" } else { "false" }))
}

/// A view that is made anew when what it reads changes.
pub fn anew(view: impl Fn() -> Option<AnyView> + Send + Sync + 'static) -> AnyView {
    element::anew(Box::new(move || view().unwrap_or_else(|| ().into_any())))
}

/// A button: a shape, a word, and for whom hears it another word if the first says too little.
#[derive(Clone, Copy)]
pub struct Button {
    class: Signal<&'static str>,
    shape: Signal<&'static str>,
    text: Signal<String>,
    label: Signal<Option<String>>,
    tab: Signal<&'static str>,
    pressed: Signal<Option<&'static str>>,
    disabled: Signal<Option<&'static str>>,
}

impl Button {
    /// A button with a word on it.
    pub fn new(class: &'static str, text: Signal<String>) -> Self {
        let nothing: Signal<Option<&'static str>> = None.into();
        Self {
            class: class.into(),
            shape: "".into(),
            text,
            label: None.into(),
            tab: "0".into(),
            pressed: nothing,
            disabled: nothing,
        }
    }

    /// A button with a shape alone, and what it is called.
    pub fn shape(class: &'static str, shape: &'static str, label: Signal<String>) -> Self {
        Self::new(class, String::new().into()).with_shape(shape.into()).called(label)
    }

    /// Its look, where that changes.
    pub fn class(self, class: Signal<&'static str>) -> Self {
        Self { class, ..self }
    }

    /// A shape before the word.
    pub fn with_shape(self, shape: Signal<&'static str>) -> Self {
        Self { shape, ..self }
    }

    /// What it is called.
    pub fn called(self, label: Signal<String>) -> Self {
        Self { label: Signal::derive(move || Some(label.get())), ..self }
    }

    /// Whether Tab reaches it.
    pub fn tab(self, tab: Signal<&'static str>) -> Self {
        Self { tab, ..self }
    }

    /// Whether it is pressed in.
    pub fn pressed(self, pressed: Signal<bool>) -> Self {
        Self { pressed: said(pressed), ..self }
    }

    /// Whether it does nothing now; it says so and can still be found.
    pub fn disabled(self, disabled: Signal<bool>) -> Self {
        Self { disabled: said(disabled), ..self }
    }

    /// The button itself.
    pub fn on(self, press: impl Fn() + 'static) -> AnyView {
        self.element(Box::new(move |_| press())).into_any()
    }

    /// The same, as a part of the element that it stands in.
    pub fn part(self, press: impl Fn() + 'static) -> Element {
        self.element(Box::new(move |_| press()))
    }

    fn element(self, press: Box<dyn FnMut(ev::MouseEvent)>) -> Element {
        let Self { class, shape, text, label, tab, pressed, disabled } = self;
        view! {
            <button
                type="button"
                class=class
                tabindex=tab
                aria-label=label
                aria-pressed=pressed
                aria-disabled=disabled
                on:click=press
            >
                <span class="shape" aria-hidden="true">{shape}</span>
                <span class="word">{text}</span>
            </button>
        }
    }
}
