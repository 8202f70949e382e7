//! Texts of `ui::start`.

texts! {
    /// See the module.
    StartTexts {
        screen: "ワークショップをはじめる", "Start a workshop";
        name: "ワークショップの名前", "Name of the workshop";
        name_hint: "参加する人全員に見えます。{max}字まで。", "Everybody who joins sees it. At most {max} characters.";
        name_example: "例：協働推進研修 第2回", "For example: Working together, session 2";
        name_missing: "ワークショップの名前を入力してください。", "Please give the workshop a name.";
        goal: "めあて（なくてもかまいません）", "Goal (optional)";
        goal_hint: "きょう何のために集まるのかを一文で。{max}字まで。", "Why you meet today, in one sentence. At most {max} characters.";
        goal_example: "例：身近な課題の根っこの原因を、立場のちがう人どうしで見つける", "For example: find the root causes of a local problem, together with people who see it differently";
        too_long: "{n}字多いので、短くしてください。", "Please shorten it by {n} characters.";
        groups: "グループの数", "Number of groups";
        groups_hint: "1〜{max}。人数は1グループ4〜5人くらいが話しやすいです。", "1 to {max}. Four or five people in a group talk best.";
        groups_wrong: "グループの数は1〜{max}で入力してください。", "Please give a number of groups from 1 to {max}.";
        fewer: "グループを1つ減らす", "One group fewer";
        more: "グループを1つ増やす", "One group more";
        run_sheet: "進行表", "Run-sheet";
        run_sheet_hint: "始める前にも、途中でも変えられます。", "You can change it before you begin, and at any time after.";
        analyse: "課題分析 60分", "Analyse, 60 minutes";
        analyse_hint: "課題を選び、なぜ？を掘り、ねっこの原因に★を付けるまで。", "From choosing a theme, through “why?”, to starred root causes.";
        whole: "課題共有・課題分析・課題解決 120分", "Share, analyse and solve, 120 minutes";
        whole_hint: "困りごとを持ちよるところから、はじめの一歩を決めるまで。", "From bringing problems together to a first step.";
        own_hint: "この端末に残したひな形", "A template kept on this device";
        blank: "進行表なし", "No steps";
        blank_hint: "時間もステップも決めず、いつでもボードのすべてを使えます。", "No times and no steps: everybody has the whole board all the time.";
        language: "ワークショップの言語", "Language of the workshop";
        language_hint: "参加する人は、いつでも自分の画面の言語を変えられます。", "Everybody can change the language of their own screen at any time.";
        japanese: "日本語", "日本語 (Japanese)";
        english: "English（英語）", "English";
        key: "主催者の鍵", "Organiser’s key";
        key_hint: "このサーバーでワークショップを作るには鍵が必要です。サーバーの管理者に聞いてください。",
            "This server asks for a key before a workshop is made. Ask whoever runs it.";
        make: "ワークショップを作る", "Make the workshop";
        making: "作っています…", "Making it…";
        unreachable: "サーバーにつながりませんでした。入力はそのまま残っています。接続を確かめて、もう一度押してください。",
            "The server could not be reached. What you typed is still here: check the connection and press again.";
        unreadable: "サーバーの返事が読めませんでした。ページを読み込み直して、もう一度お試しください。",
            "The server’s answer could not be read. Please reload the page and try again.";
    }
}
