//! Texts of `ui::wall`.

texts! {
    /// See the module.
    WallTexts {
        why: "なぜ？", "Why?";
    }
}
