//! Where the page is cut: what these functions need, and the first screens do not, becomes a module of its own when the page is
//! built (`xtask/src/page/split.rs`). One function for each module; `later` waits for them.

// A function that comes from another module is an import to the compiler, and calling an import is unsafe. It is safe here: the
// import is cut out of the same compilation, with the same types, and nothing is called before it has come.
#![allow(unsafe_code, reason = "the macro writes the import and the export that the page is cut at")]

use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{at_board, lead};
use crate::reactive::AnyView;

/// The screens of who sits at a board.
#[wasm_split(board, fallible, preload(fetch_board))]
pub fn board(what: at_board::AtBoard) -> Result<AnyView, SplitLoaderError> {
    Ok(at_board::at_board(what))
}

/// The screens of who leads, helps or looks.
#[wasm_split(lead, fallible, preload(fetch_lead))]
pub fn lead(what: lead::Lead) -> Result<AnyView, SplitLoaderError> {
    Ok(lead::lead(what))
}
