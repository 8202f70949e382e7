//! Texts of a step in which people think alone, in twos, at the table and before everybody.

texts! {
    /// See the module.
    OneTwoFourTexts {
        circles: "進みかた", "How it goes on";
        alone: "ひとりで", "Alone";
        pair: "ふたりで", "In twos";
        table: "班で", "Table";
        all: "みんなで", "All";
        pair_with: "{names}と、ふたりで", "You and {names}";
        pair_of_three: "{names}と、3人で", "You, {names}";
        pair_forming: "ふたり組を作っています…", "Finding you a partner …";
        pair_alone: "いまは、おひとりです。このまま続けてください。あとから来た人が加わることもあります。",
            "You are on your own for now. Please go on; somebody who comes later may join you.";
        pair_hint: "書いたものを読みあって、いちばん大事なことを1つの文にまとめます。",
            "Read to each other what you wrote, and put what matters most into one sentence.";
        own: "あなたが書いたもの", "What you wrote";
        own_hint: "いまは、あなただけに見えます。「班で」の時間になると、班のボードに並びます。出したくないものは「取り消す」で消せます。",
            "Only you see it now. When the table’s round begins it goes to your group’s board. Take back what you do not want to show.";
        own_add: "書いたものに入れる", "Add it to what I wrote";
        own_none: "まだ何も書いていません。話すだけでもかまいません。", "You have not written anything. Talking is enough.";
        draft: "まとめの文", "In one sentence";
        draft_hint: "相手も同じところに書けます。同時に書いても、どちらも残ります。",
            "Your partner can write here too, at the same time: nothing is lost.";
        draft_empty: "まだありません", "Nothing yet";
        draft_field: "まとめの文", "What you say, in one sentence";
        draft_example: "例：役員の仕事が多すぎて、断る人がふえた", "For example: The board has so much to do that people say no";
        draft_write: "まとめの文を書く", "Write it";
        draft_change: "まとめの文を直す", "Change it";
        drafts: "ふたりで話したこと", "What the pairs say";
        no_drafts: "ふたりのまとめは、ありません。", "No pair has written anything.";
        and: "・", ", ";
        take: "カードにする", "Make it a card";
        take_of: "「{text}」をカードにする", "Make “{text}” a card";
        look: "カードを見る", "Show the card";
        look_of: "「{text}」のカードを見る", "Show the card “{text}”";
        taken: "カードになりました", "It is a card";
        for_all: "全体に出すカード", "For everybody";
        none_yet: "まだ選んでいません", "None chosen yet";
        choose: "1枚えらぶ", "Choose one";
        choose_again: "えらび直す", "Choose another";
        choose_title: "全体に出すカードを1枚えらびます", "Choose the card for everybody";
        choose_hint: "みんなに聞いてもらいたい原因を、1枚だけ。あとで変えられます。",
            "The one cause that everybody should hear. You can change it later.";
        choose_nothing: "まだカードがありません。先にカードを書きましょう。", "There is no card yet. Write one first.";
        take_back: "えらばない", "Choose none";
        bring: "全体に出す", "For everybody";
        chosen: "全体に出すカードにしました", "This is your card for everybody";
        not_chosen: "全体に出すカードを取り消しました", "No card is chosen for everybody";
        plenary: "みんなのカード", "Everybody’s cards";
        plenary_hint: "班ごとに1枚。順番に聞きましょう。", "One card from each group. Listen to each in turn.";
        not_yet: "まだ決まっていません", "Not yet";
        yours: "あなたの班", "Your group";
        next_circle: "次の回へ：{title}", "Next round: {title}";
        other_round: "回が違います：{title}", "Another round: {title}";
        alone_next: "この班だけ次の回へ：{title}", "This group on to: {title}";
    }
}
