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
        to_all: "みんなへ", "To everybody";
        say: "みんなに伝える", "Tell everybody";
        say_hint: "{max}文字まで。みんなの画面の上に出ます。", "Up to {max} characters. It appears at the top of every phone.";
        say_example: "例：休けいは10分です", "For example: A break of ten minutes";
        say_long: "長すぎます。短くしてください。", "That is too long. Please shorten it.";
        say_it: "伝える", "Tell them";
        said: "みんなに伝えています：{text}", "On every phone: {text}";
        take_back: "取り下げる", "Take it back";
        eyes_up: "手を止めて、こちらを見てもらう", "Eyes up: stop and look at me";
        lock: "書きこみを止める", "Stop the writing";
        to_work: "作業に戻ってもらう", "Let them go on";
        eyes_are_up: "みんなの手を止めています。時計も止まっています。", "Everybody has stopped. The clocks stand still.";
        is_locked: "書きこみを止めています。", "Writing is stopped.";
        partings: "気づいたことと、わたしの一歩", "What people take with them";
        no_partings: "まだありません。チェックアウトのステップで書かれると、ここに集まります。", "Nothing yet. What people write at check-out is collected here.";
        back: "ウォールに戻る", "Back to the wall";
        run_sheet: "進行表", "Run-sheet";
        step_now: "いまのステップ", "The step now";
        step_place: "ステップ {n} / {all}", "Step {n} of {all}";
        visit: "{n}班目 / {all}班", "board {n} of {all}";
        time_left: "残り", "left";
        time_over: "時間を過ぎています", "over";
        time_stands: "一時停止中", "paused";
        more_time: "+1分", "+1 min";
        pause: "一時停止", "Pause";
        go_on: "再開", "Go on";
        next: "次へ：{title}", "Next: {title}";
        next_visit: "次の班へ", "Next board";
        moved_on: "進みました", "Moved on";
        step_back: "戻る", "Undo";
        step_menu: "ほかの操作", "More to do";
        back_to: "前のステップに戻る：{title}", "Back to: {title}";
        again: "はじめからやり直す：{title}", "Begin again: {title}";
        alone: "{n}班だけの進行", "Group {n} alone";
        alone_now: "{title}（{state} {time}）", "{title} ({time} {state})";
        alone_more: "+2分 この班だけ", "+2 min for this group alone";
        alone_next: "この班だけ次へ：{title}", "This group on to: {title}";
        rejoin: "みんなに合流", "Back with everybody";
        apart: "ステップが違います：{title}", "Another step: {title}";
        own_time: "この班だけの時間", "Their own time";
    }
}
