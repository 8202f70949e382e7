//! Leptos as this page uses it. Its signals, memos and stored values come as types of their own for every type of value, three
//! to four kilobytes of module each; here the same names stand for handles on values of any type, with one reactive type below.
//! What they do is Leptos' own: tracking, order and disposal. Knows nothing of Naze.

pub use leptos::prelude::*;
pub use markup::view;

pub use self::memo::Memo;
pub use self::signal::Signal;
pub use self::state::{ArcRwSignal, RwSignal};
pub use self::stored::StoredValue;

mod followers;
mod handle;
mod memo;
mod signal;
mod state;
mod stored;

#[cfg(test)]
mod tests;
