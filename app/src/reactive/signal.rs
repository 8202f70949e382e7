//! A value to follow, wherever it comes from.

use std::sync::Arc;

use leptos::prelude::{AnyView, IntoAny};
use send_wrapper::SendWrapper;

use super::handle::{Handle, there};
use super::{ArcRwSignal, Memo, RwSignal};
use crate::element::anew;

type See<'a, T> = &'a mut dyn FnMut(&T);
type Show<T> = Box<dyn Fn(See<'_, T>)>;

/// Where a value comes from.
enum Source<T> {
    /// It stays.
    Fixed(SendWrapper<T>),
    /// It is shown, tracked.
    Shown(SendWrapper<Show<T>>),
}

/// Lives as long as the owner in which it was made. Copied freely.
pub struct Signal<T>(Handle<Source<T>>);

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T: 'static> Signal<T> {
    fn of(show: Show<T>) -> Self {
        Self(Handle::new(Arc::new(Source::Shown(SendWrapper::new(show)))))
    }

    /// A copy of it, if it stays for ever: who follows it need not.
    pub fn fixed(self) -> Option<T>
    where
        T: Clone,
    {
        match &*there(self.0.get()) {
            Source::Fixed(value) => Some((**value).clone()),
            Source::Shown(_) => None,
        }
    }

    /// Computed whenever somebody looks.
    pub fn derive(compute: impl Fn() -> T + 'static) -> Self {
        Self::of(Box::new(move |see| see(&compute())))
    }

    /// Looks at it; tracked.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        let (mut look, mut seen) = (Some(look), None);
        match &*there(self.0.get()) {
            Source::Fixed(value) => seen = look.take().map(|look| look(value)),
            Source::Shown(show) => show(&mut |value| seen = look.take().map(|look| look(value))),
        }
        there(seen)
    }

    /// A copy of it; tracked.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of it, if it is there; untracked.
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        self.0.get().map(|_| self.get_untracked())
    }

    /// A copy of it.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        leptos::prelude::untrack(|| self.get())
    }
}

impl<T: 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self(Handle::new(Arc::new(Source::Fixed(SendWrapper::new(value)))))
    }
}

impl<T: 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::of(Box::new(move |see| signal.with(|value| see(value))))
    }
}

impl<T: 'static> From<ArcRwSignal<T>> for Signal<T> {
    fn from(signal: ArcRwSignal<T>) -> Self {
        Self::of(Box::new(move |see| signal.with(|value| see(value))))
    }
}

impl<T: 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::of(Box::new(move |see| memo.with(|value| see(value))))
    }
}

impl Signal<String> {
    /// As words on the screen.
    pub fn into_any(self) -> AnyView {
        anew(Box::new(move || IntoAny::into_any(self.get())))
    }
}

impl From<&'static str> for Signal<String> {
    fn from(value: &'static str) -> Self {
        value.to_owned().into()
    }
}
