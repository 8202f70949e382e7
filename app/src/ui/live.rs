//! What changes on a screen, in as few types as possible: every closure and every list of its own type costs the page
//! about a kilobyte.

use std::sync::Arc;

use send_wrapper::SendWrapper;
use shared::{CardId, GroupId};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, MouseEvent};

use crate::element::anew;
use crate::i18n::{Speech, Texts, fill, texts, use_speech};
use crate::reactive::*;
use crate::route::{Route, use_router};

/// Which text.
pub type Word = fn(&Texts) -> &'static str;

/// A text that follows the language.
pub fn word(word: Word) -> Signal<String> {
    let speech = use_speech();
    Signal::derive(move || word(texts(speech.get())).to_owned())
}

/// A text that follows the language, with a number in it by the name `n`.
pub fn number(word: Word, n: impl Into<u64>) -> Signal<String> {
    let (speech, n): (Speech, u64) = (use_speech(), n.into());
    Signal::derive(move || with_number(word(texts(speech.get())), n))
}

/// A text with a number in it, by the name `n`.
pub fn with_number(text: &str, n: u64) -> String {
    fill(text, &[("n", &n.to_string())])
}

/// What a group is called: 「3班」.
pub fn group_name(group: GroupId) -> Signal<String> {
    number(|t| t.everywhere.group_n, group.0)
}

/// What is said now.
pub fn text(text: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    text_boxed(Arc::new(text))
}

fn text_boxed(text: Arc<dyn Fn() -> String + Send + Sync>) -> Signal<String> {
    Signal::derive(move || text())
}

/// What is true now.
pub fn flag(flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    flag_boxed(Arc::new(flag))
}

fn flag_boxed(flag: Arc<dyn Fn() -> bool + Send + Sync>) -> Signal<bool> {
    Signal::derive(move || flag())
}

/// Does something now, and whenever what it looked at changes.
pub fn follow(act: impl FnMut() + 'static) {
    follow_boxed(Box::new(act));
}

fn follow_boxed(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_| act());
}

/// `aria-…="true"`, or nothing.
pub fn said(flag: Signal<bool>) -> Signal<Option<&'static str>> {
    Signal::derive(move || flag.get().then_some("true"))
}

/// A view that is there as long as something is true.
pub fn when(shown: Signal<bool>, view: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    when_boxed(shown, Arc::new(view))
}

fn when_boxed(shown: Signal<bool>, view: Arc<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    let shown = Memo::new(move |_| shown.get());
    anew(Box::new(move || if shown.get() { untrack(|| view()) } else { ().into_any() }))
}

/// One of several views; `key` tells them apart, and a view stays as long as its key does.
pub fn switch(
    key: impl Fn() -> u32 + Send + Sync + 'static,
    view: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    switch_boxed(Arc::new(key), Arc::new(view))
}

fn switch_boxed(key: Arc<dyn Fn() -> u32 + Send + Sync>, view: Arc<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    let key = Memo::new(move |_| key());
    anew(Box::new(move || {
        // Read, not only tracked: a memo that nobody reads has not looked at anything yet.
        key.get();
        untrack(|| view())
    }))
}

/// What tells rows apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Key {
    /// Anything that is counted.
    Number(u32),
    /// A card.
    Card(CardId),
}

type Keys = Box<dyn Fn() -> Vec<Key>>;
type Row = Box<dyn Fn(Key) -> AnyView>;

/// A row for each key, kept as long as its key is there.
pub fn list(keys: Keys, row: Row) -> AnyView {
    let (keys, row) = (SendWrapper::new(keys), Arc::new(SendWrapper::new(row)));
    let list =
        ForProps::builder().each(move || (*keys)()).key(|key: &Key| *key).children(move |key| (**row)(key)).build();
    For(list).into_any()
}

/// A row for each number, kept as long as its number is there.
pub fn rows(ids: Signal<Vec<u32>>, row: impl Fn(u32) -> AnyView + Send + Sync + 'static) -> AnyView {
    rows_boxed(ids, Arc::new(row))
}

fn rows_boxed(ids: Signal<Vec<u32>>, row: Arc<dyn Fn(u32) -> AnyView + Send + Sync>) -> AnyView {
    list(
        Box::new(move || ids.with(|ids| ids.iter().copied().map(Key::Number).collect())),
        Box::new(move |key| match key {
            Key::Number(id) => row(id),
            Key::Card(_) => ().into_any(),
        }),
    )
}

/// A button with words on it.
pub fn button(class: &'static str, label: Signal<String>, press: impl Fn() + 'static) -> AnyView {
    button_boxed(class, label, Box::new(move |_| press()))
}

fn button_boxed(class: &'static str, label: Signal<String>, press: Box<dyn FnMut(MouseEvent)>) -> AnyView {
    view! { <button type="button" class=class on:click=press>{label}</button> }.into_any()
}

/// For `mousedown`: pressing here does not take the focus from a field. What is in it, its caret, a conversion in it and the
/// on-screen keyboard stay.
pub fn keep_focus(event: MouseEvent) {
    event.prevent_default();
}

/// What is heard before anything in the page hears it, as long as the screen is there.
pub fn hear_first(names: &'static [&'static str], hear: Box<dyn Fn(Event)>) {
    let hear = SendWrapper::new(Closure::wrap(hear));
    for name in names {
        // The window is there as long as the page.
        let _ = window().add_event_listener_with_callback_and_bool(name, hear.as_ref().unchecked_ref(), true);
    }
    on_cleanup(move || {
        for name in names {
            let _ = window().remove_event_listener_with_callback_and_bool(name, hear.as_ref().unchecked_ref(), true);
        }
    });
}

/// A way to another screen: a link, so that it can be opened in another tab too.
pub fn way(class: &'static str, to: Route, label: AnyView) -> AnyView {
    let router = use_router();
    let path = to.path();
    let go: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            router.go(to.clone());
        }
    });
    view! { <a class=class href=path on:click=go>{label}</a> }.into_any()
}
