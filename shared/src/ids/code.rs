//! The six-character code that people type to join. It finds a workshop and grants nothing else.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::limits::JOIN_CODE_LEN;

/// Letters and digits that are not mistaken for one another in a hall: no 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V.
const ALPHABET: &[u8] = b"3479ACDEFHJKMNPRTWXY";

/// Six characters of [`ALPHABET`]: 64 million codes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct JoinCode([u8; JOIN_CODE_LEN]);

/// What was typed is not a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadCode {
    /// Not six characters.
    Length,
    /// A character that no code has.
    Character(char),
}

impl fmt::Display for BadCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => write!(f, "a code has {JOIN_CODE_LEN} characters"),
            Self::Character(c) => write!(f, "no code contains {c:?}"),
        }
    }
}

impl JoinCode {
    /// A code from random bytes.
    pub fn of(random: [u8; 8]) -> Self {
        let mut left = u64::from_le_bytes(random);
        let base = ALPHABET.len() as u64;
        Self([0; JOIN_CODE_LEN].map(|_| {
            let digit = left % base;
            left /= base;
            usize::try_from(digit).ok().and_then(|i| ALPHABET.get(i)).copied().unwrap_or(b'X')
        }))
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for JoinCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for JoinCode {
    type Err = BadCode;

    /// Forgiving: lower case, full-width letters (as a Japanese keyboard gives them), spaces and hyphens.
    fn from_str(typed: &str) -> Result<Self, BadCode> {
        let mut code = [0; JOIN_CODE_LEN];
        let mut slots = code.iter_mut();
        for c in typed.chars().filter_map(plain) {
            let byte = u8::try_from(c).ok().filter(|b| ALPHABET.contains(b)).ok_or(BadCode::Character(c))?;
            *slots.next().ok_or(BadCode::Length)? = byte;
        }
        if slots.next().is_some() { Err(BadCode::Length) } else { Ok(Self(code)) }
    }
}

/// The character meant: full-width to ASCII, upper case; none for a separator.
fn plain(c: char) -> Option<char> {
    let ascii = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    let separator = ascii.is_whitespace() || matches!(ascii, '-' | '\u{2010}'..='\u{2015}' | 'ー' | '−');
    (!separator).then(|| ascii.to_ascii_uppercase())
}

impl Serialize for JoinCode {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for JoinCode {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_is_understood() {
        let code: JoinCode = "K7M4XR".parse().unwrap();
        for typed in ["k7m4xr", " K7M 4XR ", "K7M-4XR", "Ｋ７Ｍ　４ＸＲ", "ｋ７ｍー４ｘｒ"] {
            assert_eq!(typed.parse(), Ok(code), "{typed}");
        }
    }

    #[test]
    fn what_is_no_code_is_named() {
        assert_eq!("K7M4X".parse::<JoinCode>(), Err(BadCode::Length));
        assert_eq!("K7M4XRR".parse::<JoinCode>(), Err(BadCode::Length));
        assert_eq!("K7M4X0".parse::<JoinCode>(), Err(BadCode::Character('0')));
        assert_eq!("なぜなぜなぜ".parse::<JoinCode>(), Err(BadCode::Character('な')));
    }

    #[test]
    fn random_codes_parse_back() {
        for seed in 0..2_000_u64 {
            let code = JoinCode::of(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes());
            assert_eq!(code.to_string().parse(), Ok(code));
        }
    }
}
