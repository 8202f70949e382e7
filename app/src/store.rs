//! What this page knows: the docs it may read, what is not saved yet, who is here. Screens read signals and call methods.

mod board;
pub mod charge;
mod door;
mod errand;
pub mod keyring;
mod left;
mod outbox;
mod own;
mod session;
mod undo;
pub mod writers;

pub use board::{BoardStore, CardView, Turned, Words};
pub use door::{Door, DoorView, PlaceView};
pub use errand::Errand;
pub use own::Own;
pub use session::{Cast, Me, Notice, Saved, Session, TrayView};
pub use undo::StepKey;
pub use writers::{Adding, Lent, Writer, Writers, silent_key, use_writers};
