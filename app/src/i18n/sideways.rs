//! Texts of `ui::sideways` and of what belongs to the tree drawn large.

texts! {
    /// See the module.
    SidewaysTexts {
        branch: "枝を見る", "Branch";
        key_size: "大きく、小さく、100%に", "Larger, smaller, 100%";
        key_fit: "全体を見る", "See the whole";
        key_branch: "選んだ枝の全体を見る", "See the whole branch";
        key_pan: "見る場所をずらす", "Move the window";
        drag_hint: "マウスでは、カードをつかんで動かすこともできます。何もない所をつかむと、見る場所がずれます。",
            "With a mouse you can also drag a card to another place. Drag the ground to move the window.";
        drop_under: "この原因にする", "A cause of this";
        drop_above: "この上に並べる", "Above this one";
        drop_below: "この下に並べる", "Below this one";
        drop_stays: "元の場所です", "It is here now";
        drop_nowhere: "ここで放しても動きません", "Let go here and nothing moves";
        drags_branch: "下の{n}枚も", "and {n} below it";
        drag_gone: "動かしていたカードは、ほかの人が取り除きました", "Somebody removed the card that you were moving";
    }
}
