//! The step that a group is in, as every screen has it: on phones and before all boards.

pub mod clock;
