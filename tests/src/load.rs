//! Many at once: a crowd on one thread with hand-written frames, which costs little beside the server that it loads.

pub mod crowd;
pub mod meter;
pub mod process;
pub mod socket;
pub mod talk;
