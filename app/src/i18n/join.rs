//! Texts of `ui::join`.

texts! {
    /// See the module.
    JoinTexts {
        why: "なぜ？", "Why?";
    }
}
