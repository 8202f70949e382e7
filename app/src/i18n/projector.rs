//! Texts of `ui::projector`.

texts! {
    /// See the module.
    ProjectorTexts {
        screen: "投影画面", "Projector";
        open: "投影画面", "Projector view";
        arrived: "{n}人が参加しました", "Joined: {n}";
        next: "次の発表：{n}班", "Next: group {n}";
        look_here: "ここに注目", "Look here";
        stars: "★ 根っこの原因", "★ Root causes";
        no_stars: "★はまだありません", "No ★ yet";
        tree: "{n}班のボード", "The board of group {n}";
        ended: "おつかれさまでした", "Thank you, everybody";
        code: "コード", "Code";
        offline: "サーバーにつながっていません", "Not connected";
    }
}
