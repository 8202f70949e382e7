//! A value that nobody follows, in the arena of the current owner.

use std::cell::RefCell;
use std::sync::Arc;

use send_wrapper::SendWrapper;

use super::handle::{Handle, there};

/// Lives as long as the owner in which it was made. Copied freely.
pub struct StoredValue<T>(Handle<SendWrapper<RefCell<T>>>);

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T: Default + 'static> Default for StoredValue<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: 'static> StoredValue<T> {
    /// Begins with a value.
    pub fn new(value: T) -> Self {
        Self(Handle::new(Arc::new(SendWrapper::new(RefCell::new(value)))))
    }

    /// Looks at it, if it is there.
    pub fn try_with_value<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
        Some(look(&self.0.get()?.borrow()))
    }

    /// Changes it where it is, if it is there.
    pub fn try_update_value<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        Some(change(&mut self.0.get()?.borrow_mut()))
    }

    /// Changes it where it is.
    pub fn update_value(self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    /// Another value, if there is a place for it; else it is given back.
    pub fn try_set_value(self, value: T) -> Option<T> {
        match self.0.get() {
            Some(place) => {
                let _before = place.replace(value);
                None
            }
            None => Some(value),
        }
    }

    /// Another value.
    pub fn set_value(self, value: T) {
        self.try_set_value(value);
    }

    /// A copy of it.
    pub fn get_value(self) -> T
    where
        T: Clone,
    {
        there(self.try_get_value())
    }

    /// A copy of it, if it is there.
    pub fn try_get_value(self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_value(T::clone)
    }
}
