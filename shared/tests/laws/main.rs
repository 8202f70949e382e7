//! The laws of the model (ARCHITECTURE.md): what is true of docs, replicas and the wire whatever happens.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails"
)]

mod anything;
mod convergence;
mod door;
mod dots;
mod full;
mod golden;
mod help;
mod inverse;
mod names;
mod one_two_four;
mod people;
mod random;
mod roles;
mod run_sheet;
mod spotlight;
mod steps;
mod total;
mod tray;
mod tree;
mod turns;
mod world;

/// A value for a person who reads a plan: cut where it gets long.
fn briefly(value: &impl std::fmt::Debug) -> String {
    let text = format!("{value:?}");
    let short: String = text.chars().take(240).collect();
    if short == text { text } else { format!("{short}…") }
}
