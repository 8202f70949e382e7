//! The key without which nobody creates a workshop, on a server that strangers can reach.

use std::ffi::OsStr;
use std::fmt;
use std::str::FromStr;

use clap::builder::TypedValueParser;
use clap::error::ErrorKind;
use sha2::{Digest, Sha256};

/// Shorter ones are guessed.
const CHARS_MIN: usize = 12;
/// Longer ones do not fit where keys are put.
const CHARS_MAX: usize = 200;

/// The SHA-256 of the key: the key itself is kept nowhere, and cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct OrganiserKey([u8; 32]);

/// What was given is no good as a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "it must have {CHARS_MIN} to {CHARS_MAX} characters, letters and digits and signs without spaces, for example what \
     `openssl rand -hex 16` prints"
)]
pub struct BadOrganiserKey;

impl OrganiserKey {
    /// Whether this is the key. Hashes are compared, so the time that it takes tells nothing about the key.
    pub fn is(&self, given: &str) -> bool {
        hash(given) == self.0
    }
}

fn hash(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}

impl FromStr for OrganiserKey {
    type Err = BadOrganiserKey;

    fn from_str(text: &str) -> Result<Self, BadOrganiserKey> {
        let fits = (CHARS_MIN..=CHARS_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if fits { Ok(Self(hash(text))) } else { Err(BadOrganiserKey) }
    }
}

/// Reads a key for clap, whose own refusals repeat what was given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parser;

impl TypedValueParser for Parser {
    type Value = OrganiserKey;

    fn parse_ref(
        &self,
        command: &clap::Command,
        _: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<OrganiserKey, clap::Error> {
        value.to_str().unwrap_or_default().parse().map_err(|why: BadOrganiserKey| {
            let message = format!("the key given with --organiser-key (or NAZE_ORGANISER_KEY) is refused: {why}\n");
            clap::Error::raw(ErrorKind::ValueValidation, message).with_cmd(command)
        })
    }
}

impl fmt::Debug for OrganiserKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OrganiserKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_for_itself_alone() {
        let key: OrganiserKey = "correct-horse-9".parse().unwrap();
        assert!(key.is("correct-horse-9"));
        for other in ["", "correct-horse-", "Correct-horse-9", "correct-horse-99"] {
            assert!(!key.is(other), "{other}");
        }
        assert_eq!(format!("{key:?}"), "OrganiserKey(…)");
    }

    #[test]
    fn keys_that_are_guessed_or_lost_on_the_way_are_refused() {
        for bad in ["", "short", "with a space in it", "なぜなぜなぜなぜなぜなぜ", &"x".repeat(201)] {
            assert!(bad.parse::<OrganiserKey>().is_err(), "{bad}");
        }
    }
}
