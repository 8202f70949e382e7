//! Who may do what, as a page (`docs/doors.md`) that is made of the code, and as it is on a server that runs: every operation on every
//! doc by everybody, every message at the door and every address of the API with every key. What is allowed is not refused for lack of
//! right; what is not is refused, counted once, written nowhere and heard by nobody.
//!
//! `NAZE_GOLDEN=add cargo test -p tests --test rights` writes the page anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

mod at_door;
mod live;
mod rows;
mod table;

use std::path::PathBuf;

fn page() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/doors.md")
}

#[tokio::test]
async fn the_page_is_what_the_code_does() {
    let now = format!("{}{}{}", table::HEAD, table::docs_and_operations(), at_door::found().await);
    if std::env::var("NAZE_GOLDEN").is_ok_and(|what| what == "add") {
        std::fs::write(page(), &now).unwrap();
    }
    let written = std::fs::read_to_string(page()).unwrap_or_default();
    for (line, (written, now)) in written.lines().zip(now.lines()).enumerate() {
        assert_eq!(written, now, "docs/doors.md, line {}: NAZE_GOLDEN=add writes it anew", line + 1);
    }
    assert_eq!(written, now, "docs/doors.md: NAZE_GOLDEN=add writes it anew");
}
