//! The browser, as far as the page needs it: clock, random numbers, storage, the document. Nothing else touches it by itself.

pub mod clock;
pub mod dom;
pub mod random;
pub mod storage;
pub mod wake;
