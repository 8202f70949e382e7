//! A value that follows others, and whose followers hear of it only when it is another.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::{ArcMemo, Get, GetUntracked};
use send_wrapper::SendWrapper;

use super::followers::Followers;
use super::handle::{Handle, there};

/// The value and how often it was another: followers follow the number.
struct Computed<T> {
    value: Arc<SendWrapper<RefCell<Option<T>>>>,
    version: ArcMemo<u32>,
    followers: SendWrapper<Followers>,
}

/// Lives as long as the owner in which it was made. Copied freely.
pub struct Memo<T>(Handle<Computed<T>>);

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

impl<T: PartialEq + 'static> Memo<T> {
    /// `compute` is given the value before. It runs when somebody looks and something that it looked at has changed.
    pub fn new(compute: impl Fn(Option<&T>) -> T + 'static) -> Self {
        let value: Arc<SendWrapper<RefCell<Option<T>>>> = Arc::new(SendWrapper::new(RefCell::new(None)));
        let place = value.clone();
        let version = counted(Box::new(move || {
            let before = RefCell::take(&place);
            let now = compute(before.as_ref());
            let is_another = before.as_ref() != Some(&now);
            place.replace(Some(now));
            is_another
        }));
        Self(Handle::new(Arc::new(Computed { value, version, followers: Followers::begin() })))
    }
}

fn counted(is_another: Box<dyn Fn() -> bool>) -> ArcMemo<u32> {
    let is_another = SendWrapper::new(is_another);
    ArcMemo::new(move |version: Option<&u32>| version.copied().unwrap_or(0_u32).wrapping_add(u32::from(is_another())))
}

impl<T: 'static> Memo<T> {
    /// Whoever looks now follows it.
    pub fn track(self) {
        there(self.0.get()).track();
    }

    /// Looks at it; tracked.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        let computed = there(self.0.get());
        computed.track();
        there(computed.look(look))
    }

    /// Looks at it.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        there(self.try_with_untracked(look))
    }

    /// Looks at it, if it is there.
    pub fn try_with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
        let computed = self.0.get()?;
        computed.version.get_untracked();
        computed.look(look)
    }

    /// A copy of it; tracked.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of it.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// A copy of it, if it is there.
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_untracked(T::clone)
    }
}

impl<T> Computed<T> {
    fn track(&self) {
        self.version.get();
        self.followers.note(&self.version);
    }

    fn look<R>(&self, look: impl FnOnce(&T) -> R) -> Option<R> {
        self.value.borrow().as_ref().map(look)
    }
}
