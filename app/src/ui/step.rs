//! The step that a group is in, as every screen has it: on phones and before all boards. What one sees in a step, and how one
//! step gives way to the next; what happens at a board is `ui::board`'s business.

mod bell;
mod check_in;
mod check_out;
mod circles;
pub mod clock;
pub mod dots;
mod gallery;
pub mod head;
pub mod here;
pub mod lead_says;
mod silence;
pub mod spotlight;
pub mod stage;
