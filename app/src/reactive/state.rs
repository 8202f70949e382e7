//! A value that somebody changes and others follow.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::{ArcTrigger, Notify, Track};
use send_wrapper::SendWrapper;

use super::followers::Followers;
use super::handle::{Handle, there};

struct State<T> {
    value: SendWrapper<RefCell<T>>,
    changed: ArcTrigger,
    followers: SendWrapper<Followers>,
}

/// Lives as long as somebody holds it.
pub struct ArcRwSignal<T>(Arc<State<T>>);

impl<T> Clone for ArcRwSignal<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Default + 'static> Default for ArcRwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: 'static> ArcRwSignal<T> {
    /// Begins with a value.
    pub fn new(value: T) -> Self {
        let value = SendWrapper::new(RefCell::new(value));
        Self(Arc::new(State { value, changed: ArcTrigger::new(), followers: Followers::begin() }))
    }

    /// Whoever looks now follows it.
    pub fn track(&self) {
        self.0.changed.track();
        self.0.followers.note(&self.0.changed);
    }

    /// Tells who follows it, whether anything changed or not.
    pub fn notify(&self) {
        self.0.followers.clear();
        self.0.changed.notify();
    }

    /// Looks at it; tracked.
    pub fn with<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.with_untracked(look)
    }

    /// Looks at it.
    pub fn with_untracked<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.0.value.borrow())
    }

    /// Changes it where it is.
    pub fn update<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = change(&mut self.0.value.borrow_mut());
        self.notify();
        result
    }

    /// Another value.
    pub fn set(&self, value: T) {
        // What was there is dropped when nothing is borrowed any more: it may hold signals of its own.
        let _before = self.0.value.replace(value);
        self.notify();
    }

    /// A copy of it; tracked.
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of it.
    pub fn get_untracked(&self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }
}

/// Lives as long as the owner in which it was made. Copied freely.
pub struct RwSignal<T>(Handle<State<T>>);

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RwSignal<T> {}

impl<T: Default + 'static> Default for RwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: 'static> From<ArcRwSignal<T>> for RwSignal<T> {
    fn from(signal: ArcRwSignal<T>) -> Self {
        Self(Handle::new(signal.0))
    }
}

impl<T: 'static> RwSignal<T> {
    /// Begins with a value.
    pub fn new(value: T) -> Self {
        ArcRwSignal::new(value).into()
    }

    pub(super) fn shared(self) -> Option<ArcRwSignal<T>> {
        self.0.get().map(ArcRwSignal)
    }

    fn there(self) -> ArcRwSignal<T> {
        there(self.shared())
    }

    /// Whoever looks now follows it.
    pub fn track(self) {
        self.there().track();
    }

    /// Looks at it; tracked.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.there().with(look)
    }

    /// Looks at it.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.there().with_untracked(look)
    }

    /// Looks at it, if it is there.
    pub fn try_with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
        Some(self.shared()?.with_untracked(look))
    }

    /// Changes it where it is.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Changes it, if it is there.
    pub fn try_update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        Some(self.shared()?.update(change))
    }

    /// Another value.
    pub fn set(self, value: T) {
        self.try_set(value);
    }

    /// Another value, if there is a place for it; else it is given back.
    pub fn try_set(self, value: T) -> Option<T> {
        match self.shared() {
            Some(signal) => {
                signal.set(value);
                None
            }
            None => Some(value),
        }
    }

    /// A copy of it; tracked.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.there().get()
    }

    /// A copy of it.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.there().get_untracked()
    }

    /// A copy of it, if it is there.
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        self.shared().map(|signal| signal.get_untracked())
    }
}
