//! Texts of `ui::wall`.

texts! {
    /// See the module.
    WallTexts {
        screen: "ウォール", "Wall";
        to_lobby: "受付（QRコード）", "Reception (QR code)";
        groups: "すべての班", "All groups";
        keys: "矢印キーで班を移動し、Enterで大きく開きます。", "Move between groups with the arrow keys; Enter opens one.";
        code: "コード", "Code";
        not_begun: "まだ始まっていません", "Not begun yet";
        open_phase: "進行中", "Under way";
        ended: "終わりました", "Ended";
        begin: "はじめる", "Begin";
        end: "おわる", "End";
        end_title: "ワークショップを終わりますか？", "End the workshop?";
        end_text: "みんなの画面に終わりのお知らせが出て、だれも書けなくなります。書いたものはすべて残り、読むことができます。あとでもう一度ひらくこともできます。",
            "Everybody is told that it is over, and nobody can write any more. All that was written stays and can be read. You can open it again later.";
        end_yes: "終わる", "End it";
        end_no: "続ける", "Go on";
        reopen: "もう一度ひらく", "Open again";
        no_theme: "課題はまだありません", "No theme yet";
        no_cards: "カードはまだありません", "No cards yet";
        cards: "カード {n}枚", "Cards {n}";
        depth: "深さ {n}", "Depth {n}";
        stars: "★ {n}", "★ {n}";
        stars_label: "根っこの原因 {n}", "Root causes {n}";
        just_now: "最後のカードは今", "Last card just now";
        minutes: "最後のカードから {n}分", "Last card {n} min ago";
        here: "つながっている人 {n} / {seated}", "Connected {n} of {seated}";
        not_yet: "まだ書いていない人 {n}", "Not yet written: {n}";
        all_written: "全員が書きました", "Everybody has written";
        nobody_seated: "まだだれもいません", "Nobody here yet";
        need_nobody: "だれもつながっていません", "Nobody is connected";
        need_theme: "課題が決まっていないようです", "They seem to have no theme yet";
        need_silent: "{n}分間、新しいカードがありません", "No new card for {n} minutes";
        need_chain: "{n}段の一本道です。「ほかには？」と聞いてみては", "One chain of {n}. Perhaps ask “what else?”";
        need_level: "{n}枚が横並びです。「それはなぜ？」と聞いてみては", "{n} side by side. Perhaps ask “why is that?”";
        need_count: "声をかけたい班 {n}", "Groups to look in on: {n}";
        opens: "ボードを大きく開く", "open the board";
        back: "ウォールに戻る", "Back to the wall";
    }
}
