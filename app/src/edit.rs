//! Writing: a field whose words go into a card as they are typed, and never get in the way of a Japanese conversion.

pub mod diff;
mod field;
mod keys;
mod target;
mod text_field;
pub mod utf16;

pub use field::{Field, Step};
pub use keys::{Done, Keys, is_converting};
pub use target::Target;
pub use text_field::{Wanted, text_field};
