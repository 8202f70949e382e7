//! Texts of `ui::lobby`.

texts! {
    /// See the module.
    LobbyTexts {
        why: "なぜ？", "Why?";
    }
}
