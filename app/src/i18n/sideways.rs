//! Texts of `ui::sideways` and of what belongs to the tree drawn large.

texts! {
    /// See the module.
    SidewaysTexts {
        branch: "枝を見る", "Branch";
        key_size: "大きく、小さく、100%に", "Larger, smaller, 100%";
        key_fit: "全体を見る", "See the whole";
        key_branch: "選んだ枝の全体を見る", "See the whole branch";
        key_pan: "見る場所をずらす", "Move the window";
    }
}
