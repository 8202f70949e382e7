//! Texts of `ui::board`.

texts! {
    /// See the module.
    BoardTexts {
        board: "なぜボード", "Why board";
        tree: "課題から「なぜ？」をたどる図", "The whys below the problem";
        theme: "課題", "Problem";
        level: "なぜ {n}", "Why {n}";
        and: "、", ", ";
        you: "あなた", "you";
        goal: "めざすこと", "Goal";
        here: "いまいる人", "Here now";
        away: "（{names}は席を外しています）", "({names} away)";
        new: "新着", "New";
        why: "なぜ？", "Why?";
        other: "＋ほか", "+ Other";
        other_of: "「{text}」のほかの原因を横に書く", "Other cause beside “{text}”";
        write_why: "なぜ？ を書く", "Write a why";
        write_why_of: "「{text}」の なぜ？ を書く", "Write why “{text}”";
        write_theme: "課題を書く", "Write the problem";
        about: "「{text}」", "“{text}”";
        why_of: "なぜ「{text}」なのでしょう？", "Why “{text}”?";
        why_of_nothing: "なぜでしょう？", "Why?";
        theme_field: "課題（1つの文で）", "The problem, in one sentence";
        theme_example: "例：若い人が自治会に入らない", "For example: Young people do not join";
        theme_empty: "ここを押して、みなさんの課題を1つの文で書いてください。例：若い人が自治会に入らない",
            "Tap here and write your problem in one sentence. For example: Young people do not join.";
        theme_none: "課題はまだ書かれていません。", "The problem is not written yet.";
        first_example: "例：役員になると仕事が多そう", "For example: Being on the board looks like a lot of work";
        one_cause: "思いつく原因を1つだけ、短い文で", "One cause you can think of, in a short sentence";
        no_words: "（まだ言葉がありません）", "(no words yet)";
        room_left: "このボードに書けるカードは、あと{n}枚です（取り除いたカードも数えます）。今あるカードは、書き直すことも、動かすことも、つなぐこともできます。",
            "There is room for {n} more cards on this board; removed ones count too. Those that are here can always be reworded, moved and linked.";
        room_none: "このボードのカードはいっぱいになりました。今あるカードは、書き直すことも、動かすことも、つなぐこともできます。取り除いたカードを戻して使うこともできます。",
            "This board has all the cards that it can hold. They can still be reworded, moved and linked, and removed ones can be put back and used.";
        done: "できた", "Done";
        one_more: "＋ もう1つ書く", "+ One more";
        edit: "書き直す", "Edit";
        edit_theme: "課題を書き直す", "Edit the problem";
        more_of: "「{text}」にできること", "What you can do with “{text}”";
        fold: "この枝をたたむ", "Fold this branch";
        unfold: "たたんだ{n}枚を開く", "Show {n} folded cards";
        unfold_branch: "この枝を開く", "Show this branch";
        star_it: "根本原因のしるし", "Root cause star";
        root_cause: "根本原因", "Root cause";
        place_to_act: "ここから動く", "Act here";
        how_sure: "どのくらい確かですか", "How sure are you?";
        fact: "事実", "Fact";
        guess: "推測", "Guess";
        to_check: "要確認", "To check";
        up: "上へ", "Up";
        down: "下へ", "Down";
        move_to: "別のカードの下へ動かす", "Move under another card";
        move_title: "「{text}」をどこへ動かしますか", "Where should “{text}” go?";
        move_hint: "選んだカードの下に、その原因として入ります。下の枝もいっしょに動きます。",
            "It becomes a cause of the card you choose. Its branch comes along.";
        search: "言葉でさがす", "Search by word";
        search_nothing: "見つかりません。別の言葉でさがしてください。", "Nothing found. Please try another word.";
        only_this: "この枝だけを見る", "Look at this branch alone";
        whole: "全体に戻る", "Back to the whole";
        path: "ここまでの道すじ", "The way here";
        remove: "取り除く", "Remove";
        restore: "カードを戻す", "Put the card back";
        removed_by: "{name}がこのカードを取り除きました。書いた言葉は残っています。",
            "This card was removed by {name}. What you wrote is kept.";
        writes_here: "{name}が書いています", "{name} is writing";
        write_here: "{name}とほか{n}人が書いています", "{name} and {n} more are writing";
        adds_here: "{name}が下に書いています", "{name} is adding a card";
        add_here: "{name}とほか{n}人が下に書いています", "{name} and {n} more are adding cards";
        new_cards: "新しいカード {n}枚", "New cards: {n}";
        heard_one: "新しいカード：{text}", "New card: {text}";
        heard_many: "新しいカードが{n}枚あります", "{n} new cards";
        teach_theme: "まず課題を決めましょう。だれが、何に困っているのかが分かる短い文にすると、話しやすくなります。",
            "Start with the problem. A short sentence that says who has trouble with what makes it easy to talk about.";
        teach_why: "次は「なぜ？」を押して、原因だと思うことを1枚に1つ書きます。正しいかどうかは後で考えれば大丈夫です。",
            "Now press “Why?” and write one cause on each card. Whether it is right can be seen later.";
        nothing_yet: "まだカードはありません。書かれると、ここに表れます。", "There are no cards yet. They appear here as they are written.";
        size: "表示の大きさ", "Size";
        smaller: "小さくする", "Smaller";
        larger: "大きくする", "Larger";
        full_size: "{text}（押すと100%に戻ります）", "{text} (press for 100%)";
        fit: "全体を見る", "Fit";
        said_starred: "根本原因のしるしを付けました", "Starred as a root cause";
        said_starred_to_act: "「ここから動く」のしるしを付けました", "Marked as the place to act";
        said_unstarred: "根本原因のしるしを外しました", "The star is taken away";
        said_marked: "「{mark}」のしるしを付けました", "Marked: {mark}";
        said_unmarked: "しるしを外しました", "The mark is taken away";
        said_removed: "「{text}」を取り除きました", "Removed “{text}”";
        said_removed_branch: "「{text}」と下の{n}枚を取り除きました", "Removed “{text}” and {n} below it";
        said_restored: "カードを戻しました", "The card is back";
        said_moved: "「{text}」の下へ動かしました", "Moved under “{text}”";
        said_above: "「{text}」の上に並べました", "Moved above “{text}”";
        said_below: "「{text}」の下に並べました", "Moved below “{text}”";
        said_up: "1つ上へ動かしました", "Moved up";
        said_down: "1つ下へ動かしました", "Moved down";
        said_is_first: "いちばん上にあります", "It is the first already";
        said_is_last: "いちばん下にあります", "It is the last already";
        said_undone: "元に戻しました", "Undone";
        said_redone: "やり直しました", "Done again";
        said_nothing_to_undo: "元に戻せる操作はもうありません", "There is nothing left to undo";
        said_nothing_to_redo: "やり直せる操作はもうありません", "There is nothing left to redo";
        key_arrows: "カードの間を動く", "Go from card to card";
        key_tab: "書いている間：終えて、もう1つ書く", "While writing: finish, and write one more";
        key_fold: "枝をたたむ、開く", "Fold or show the branch";
        key_out: "書くのを終える。全体に戻る", "Leave the field; back to the whole";
    }
}
