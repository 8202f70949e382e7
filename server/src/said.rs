//! A sentence in both languages. It knows no sentence: whoever has something to say writes it.

use std::fmt;

use serde::Serialize;

/// The same sentence twice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Said {
    /// In Japanese.
    pub ja: String,
    /// In English.
    pub en: String,
}

impl Said {
    /// A sentence.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }
}

/// Both, as a terminal shows them: whoever reads it may know one of them only.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.en, self.ja)
    }
}
