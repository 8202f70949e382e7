//! A place in the arena of the current owner, for a value of any type: one type of Leptos for all of them.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{StoredValue, WithValue};

type Erased = Arc<dyn Any + Send + Sync>;

/// A copy is the same place. Gone when the owner is.
pub(super) struct Handle<T> {
    place: StoredValue<Erased>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Handle<T> {}

impl<T: Send + Sync + 'static> Handle<T> {
    pub(super) fn new(value: Arc<T>) -> Self {
        Self { place: place(value), of: PhantomData }
    }

    /// What is there; none when its owner is gone.
    pub(super) fn get(self) -> Option<Arc<T>> {
        taken(self.place)?.downcast().ok()
    }
}

fn place(value: Erased) -> StoredValue<Erased> {
    StoredValue::new(value)
}

fn taken(place: StoredValue<Erased>) -> Option<Erased> {
    place.try_with_value(Erased::clone)
}

/// Reading what is gone is a mistake of ours, as in Leptos: the page says so and asks for a reload.
pub(super) fn there<T>(value: Option<T>) -> T {
    match value {
        Some(value) => value,
        None => gone(),
    }
}

#[allow(clippy::panic)]
#[cold]
fn gone() -> ! {
    panic!("what was read is gone with its owner")
}
