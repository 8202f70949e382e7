//! Texts of `ui::join` and `ui::seat`.

texts! {
    /// See the module.
    JoinTexts {
        screen: "参加する", "Join";
        knocking: "コード {code} のワークショップを探しています…", "Looking for the workshop of code {code}…";
        waiting: "サーバーにつながるのを待っています。この画面のままお待ちください。", "Waiting for the server. Please keep this page open.";
        retype: "コードを入力し直す", "Type the code again";
        name: "お名前（あだ名でもかまいません）", "Your name (a nickname is fine)";
        kept_refused: "このリンクでは、結果を開けません。途中で切れているか、進行役が新しいリンクに取り替えたのかもしれません。もう一度コピーし直すか、主催者に聞いてください。",
            "This link does not open a result. It may be cut off, or the lead may have replaced it: please copy it again, or ask the organiser.";
        name_hint: "進行役と、同じ班の人に見えます。班のボードを見る人にも見えます。{max}字まで。",
            "The lead, your group, and whoever looks at your group’s board see it. At most {max} characters.";
        name_missing: "お名前を入力してください。あだ名でもかまいません。", "Please give a name. A nickname is fine.";
        name_long: "お名前は{max}字までです。短い呼び名を入力してください。", "A name has at most {max} characters. Please give a shorter one.";
        which: "班", "Group";
        any: "おまかせ（空きの多い班に入ります）", "Any group (the one with most room)";
        choose: "班を自分で選ぶ", "Choose a group yourself";
        free: "あと{n}人", "seats free: {n}";
        full: "満席です", "full";
        join: "参加する", "Join";
        joining: "参加しています…", "Joining…";
        joining_offline: "接続が切れています。つながりしだい参加します。", "No connection. You will join as soon as it is back.";
        all_full: "いまは、すべての班が満席です。進行役に声をかけてください。", "All groups are full now. Please tell the lead.";
        ended_title: "このワークショップは終わりました", "This workshop has ended";
        ended: "新しく参加することはできません。結果は進行役に聞いてください。", "Nobody can join any more. Please ask the lead for the results.";
        seat_screen: "あなたの席", "Your seat";
        seat_hello: "ようこそ。あなたは", "Welcome. You are in";
        seat_is: "{n}班です", "Group {n}";
        seat_sit: "同じ班の人とならんで座りましょう。", "Please sit together with your group.";
        seat_with: "{n}班の人", "People in group {n}";
        seat_you: "あなた", "you";
        seat_alone: "まだほかの人は来ていません。もうすぐ来ます。", "Nobody else is here yet. They will come soon.";
        seat_wait: "進行役が始めるまで、このままお待ちください。始まると、この画面が自動で変わります。",
            "Please wait until the lead begins. This screen then changes by itself.";
        seat_look: "ボードを見る・先に書いてみる", "Look at the board, or begin to write";
        place_go: "{name}さんとして続ける", "Go on as {name}";
        place: "{n}班の{name}さんの続きを、このスマートフォンで書きます。これまでに書いたものは、そのまま残っています。",
            "On this phone you go on as {name}, group {n}. What was written so far stays.";
        refused_title: "入れませんでした", "You could not get in";
        rejoin: "コードを入力して参加する", "Join with the code";
        closed_title: "入口が閉まっています", "The door is closed";
        again: "もう一度試す", "Try again";
        removed_title: "このワークショップから外れました", "You were taken out of this workshop";
        removed_words: "次の言葉は、まだ保存されていませんでした。必要なら、ここから書き写してください。",
            "These words were not saved yet. Copy them from here if you need them.";
        connecting_title: "接続しています", "Connecting";
        connecting: "ワークショップを開いています…", "Opening the workshop…";
    }
}
