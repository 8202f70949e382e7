//! Texts of `ui::board`.

texts! {
    /// See the module.
    BoardTexts {
        why: "なぜ？", "Why?";
    }
}
