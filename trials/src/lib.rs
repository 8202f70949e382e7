//! What any bytes must not do to us: one function for each door through which they come in. Each takes whatever there is, and
//! panics when a promise is broken. The fuzzer looks for such bytes (`cargo xtask fuzz`); what it once found lies among the seeds,
//! which every test run tries again.

pub use self::http::http;
pub use self::import::import;
pub use self::ops::ops;
pub use self::wire::wire;

mod http;
mod import;
mod ops;
mod wire;

/// A door, by its name and the function that tries it.
pub type Trial = (&'static str, fn(&[u8]));

/// All of them.
pub const ALL: [Trial; 4] = [("wire", wire), ("ops", ops), ("import", import), ("http", http)];
