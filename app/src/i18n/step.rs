//! Texts of `ui::step`.

texts! {
    /// See the module.
    StepTexts {
        time_left: "残り時間", "Time left";
        left: "残りおよそ{n}分", "About {n} minutes left";
        left_short: "残り1分ほど", "About a minute left";
        over: "時間です。きりのよいところまで、どうぞ。", "Time is up. Please finish your sentence.";
        over_closed: "時間です。書きこみを閉じました。書いたものは残っています。", "Time is up, and writing is closed. All that you wrote is kept.";
        paused: "時計を止めています。進行役の話を聞きましょう。", "The clock stands still. Please listen to the lead.";
        sound: "音で知らせる", "Ring at the end";
        gone_on: "次へ進みました：{text}", "The room has gone on: {text}";
        go_on_now: "いま進む", "Go on now";
        who_is_here: "この班のみなさん", "In this group";
        each_minutes: "ひとり {n}分", "{n} min each";
        each_seconds: "ひとり {n}秒", "{n} s each";
        look_up: "スマートフォンは置いて、顔を見て話しましょう。", "Put the phone down and look at each other.";
        nobody_sees: "いま書いたものは、進行役が次へ進むまで、ほかのだれにも見えません。", "Until the lead goes on, nobody else can see what you write now.";
        no_names: "名前も残りません。", "No names are kept with it.";
        silent_field: "なぜ？ 原因をひとつ、1つの文で", "Why? One cause, in one sentence";
        put: "置く", "Put it down";
        slips: "あなたが置いたカード", "The cards that you put down";
        slips_n: "{n}枚置きました", "{n} put down";
        change: "書き直す", "Change";
        change_of: "「{text}」を書き直す", "Change “{text}”";
        take_back: "取り消す", "Take back";
        take_back_of: "「{text}」を取り消す", "Take back “{text}”";
        save: "これでよい", "Done";
        leave: "やめる", "Cancel";
        left_over: "ひとりで書いたときの、まだ置いていない言葉があります。", "There are words that you had not put down when the silence ended.";
        put_now: "カードにして出す", "Put them on the board";
        forget: "消す", "Discard";
        gallery: "を見ています。カードの「⋯」から「うちも！」や質問を残せます。", "is what you are looking at. From a card’s “⋯” leave “us too!” or a question.";
        of_another_group: "ほかの班の人", "Somebody of another group";
        turns: "話す順番", "Whose turn it is";
        turns_begin: "順番に話す", "Speak one after another";
        turns_again: "もう一度、順番に話す", "Once more, one after another";
        turns_over: "みんな話しました。", "Everybody has spoken.";
        turn_yours: "あなたの番です", "It is your turn";
        turn_of: "いま：{name}", "Now: {name}";
        turn_next: "このあと：{names}", "Then: {names}";
        turn_pass: "次の人へ", "On to the next";
        turn_last: "おわり", "That was all";
        turn_later: "あとで話す", "Rather later";
        from_the_lead: "進行役から", "From the lead";
        eyes_up: "進行役を見てください", "Eyes up, please";
        eyes_up_hint: "手を止めて、前を見ましょう。書いたものは残っています。", "Please look at the lead. All that you wrote is kept.";
        locked: "いまは書きこみを止めています。読むことはできます。", "Writing is closed for now. You can read everything.";
        shown: "進行役が {n}班のボードを見せています", "The lead is showing the board of group {n}";
        shown_own: "あなたの班のボードを、みんなに見せています", "Your group’s board is being shown to everybody";
        shown_over: "見せるのは終わりました。", "The board is not being shown any more.";
        back_to_own: "自分の班に戻る", "Back to my group";
        go_look: "見に行く", "Go and look";
        theme_ready: "課題が決まりました。進行役の合図を待ちましょう。もっとよい文にしてもかまいません。",
            "There is a theme. Please wait for the lead; you can still make it a better sentence.";
        star: "★を付ける", "Star it";
        unstar: "★を外す", "Take the star away";
        star_of: "「{text}」に★を付ける", "Star it: “{text}”";
        unstar_of: "「{text}」の★を外す", "Take the star away: “{text}”";
        parting: "気づいたこと", "What I take with me";
        parting_write: "＋ 一文で書く", "+ Write a sentence";
        parting_more: "＋ もう一文書く", "+ Write another";
        parting_field: "きょう気づいたこと（一文で）", "What I noticed today, in one sentence";
        parting_example: "例：原因だと思っていたことが、結果のほうだった", "For example: What I took for the cause was an effect";
        keep: "班の結果のリンクを持ち帰る", "Keep a link to your group’s result";
        keep_asking: "リンクを用意しています…", "Getting the link…";
        keep_hint: "このリンクで、自分の班のボードをあとから見られます（書きこみはできません）。リンクを知っている人は、書いた人の名前も見られます。主催者がサーバーを動かしている間、使えます。",
            "With this link you can look at your group’s board later; nothing can be written with it. Whoever has the link can look, and sees who wrote what. It works as long as the organiser keeps the server running.";
        keep_label: "リンク（選んでコピーできます）", "The link (select it to copy)";
        keep_open: "結果のページを開く", "Open the page of the result";
        kept_title: "班の結果", "A group’s result";
        kept_words: "さいごに書いたこと", "What people wrote at the end";
        kept_hint: "見るだけのページです。カードの「⋯」から、理由やコメントも読めます。", "A page to look at. From a card’s “⋯” you can also read its evidence and comments.";
        own_step: "わたしの一歩", "My one step";
        own_step_write: "＋ わたしの一歩を書く", "+ Write my one step";
        own_step_more: "＋ もう一歩書く", "+ Write another step";
        own_step_field: "わたしが次にすること（だれに・何を・いつまでに）", "What I will do next: with whom, what, by when";
        own_step_example: "例：来週、となりの自治会長さんに話を聞きに行く", "For example: Next week I ask our neighbours’ chair how they do it";
    }
}
