//! Texts of `ui::home`.

texts! {
    /// See the module.
    HomeTexts {
        why: "なぜ？", "Why?";
    }
}
