//! A capability as its holder keeps it, and as everybody else may see it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// 128 unguessable bits: who has them may. Never logged, never in the part of an address that is sent: `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token([u8; 16]);

/// The SHA-256 of a token: what is stored, and safe to be read by others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TokenHash(pub [u8; 32]);

/// What was given is not a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BadToken;

impl fmt::Display for BadToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a key: expected hexadecimal digits")
    }
}

impl Token {
    /// A token from random bytes.
    pub const fn of(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// The bytes, for hashing.
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

fn write_hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

pub(super) fn read_hex<const N: usize>(text: &str) -> Result<[u8; N], BadToken> {
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()).ok_or(BadToken))
        .collect::<Result<_, _>>()?;
    let bytes: Vec<u8> =
        digits.chunks_exact(2).map(|pair| pair.iter().fold(0_u8, |byte, digit| (byte << 4) | digit)).collect();
    if digits.len() % 2 == 1 {
        return Err(BadToken);
    }
    bytes.try_into().map_err(|_| BadToken)
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, f)
    }
}

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(&self.0, f)
    }
}

impl FromStr for Token {
    type Err = BadToken;
    fn from_str(text: &str) -> Result<Self, BadToken> {
        read_hex(text).map(Self)
    }
}

impl FromStr for TokenHash {
    type Err = BadToken;
    fn from_str(text: &str) -> Result<Self, BadToken> {
        read_hex(text).map(Self)
    }
}

/// As text hexadecimal, on the wire the bytes.
macro_rules! hex_or_bytes {
    ($name:ident, $len:literal) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                if to.is_human_readable() { to.collect_str(self) } else { self.0.serialize(to) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                if from.is_human_readable() {
                    let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                    text.parse().map_err(serde::de::Error::custom)
                } else {
                    <[u8; $len]>::deserialize(from).map(Self)
                }
            }
        }
    };
}

hex_or_bytes!(Token, 16);
hex_or_bytes!(TokenHash, 32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_written() {
        let token = Token::of([7, 0, 255, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
        assert_eq!(token.to_string().parse(), Ok(token));
        for bad in ["", "07", "zz", "070", &format!("{token}00"), "なぜなぜなぜなぜ"] {
            assert_eq!(bad.parse::<Token>(), Err(BadToken), "{bad}");
        }
    }

    #[test]
    fn a_token_is_never_printed_for_debugging() {
        assert_eq!(format!("{:?}", Token::of([9; 16])), "Token(…)");
    }
}
