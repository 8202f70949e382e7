//! Texts of the secret vote with dots.

texts! {
    /// See the module.
    DotsTexts {
        title: "シール投票（秘密）", "Secret dot vote";
        room: "全体のシール投票（秘密）", "Secret dot vote of the whole room";
        now: "受付中です", "Open now";
        hint: "よいと思うものに、シールを貼ります。1つに何枚貼ってもかまいません。だれがどこに貼ったかは、だれにも見えません。",
            "Put your dots on what matters most to you; several on one are fine. Nobody sees who put theirs where.";
        watch: "投票の受付中です。結果は締め切ったあとに出ます。", "The vote is open. The result appears when it is closed.";
        hint_one: "シールは1枚です。いちばん大事だと思うものに貼ります。だれがどこに貼ったかは、だれにも見えません。",
            "You have one dot. Put it on what matters most to you. Nobody sees who put theirs where.";
        left: "残り {left}枚（{each}枚のうち）", "{left} of {each} dots left";
        put_one: "「{text}」に1枚貼る", "One dot on “{text}”";
        take_one: "「{text}」から1枚はがす", "Take one dot off “{text}”";
        on_it: "{n}枚", "Dots: {n}";
        own: "自分の班のものには貼れません。", "Your own group’s: no dots here.";
        voted_not: "まだ貼っていません。", "You have not put any dot yet.";
        voted: "投票しました（締め切りまで貼り直せます）。", "You have voted (you can change it until the vote is closed).";
        voted_waits: "投票を送っています。つながりしだい届きます。", "Your vote is on its way. It arrives as soon as there is a connection.";
        close: "締め切って結果を見る", "Close the vote and show the result";
        close_ask: "締め切ると、もう貼り直せません。みんな貼りおわりましたか？", "Once closed, nobody can change their dots. Has everybody finished?";
        close_yes: "締め切る", "Close the vote";
        close_no: "まだ続ける", "Keep it open";
        counting: "数えています…", "Counting…";
        left_open: "締め切られないままワークショップが終わったので、このシール投票の結果はありません。",
            "The workshop ended before this dot vote was closed, so it has no result.";
        none: "まだ投票はありません。", "No vote has been held yet.";
        late: "締め切りのあとに届いたので、あなたの最後の投票は数えられていません。",
            "Your last vote came after the vote was closed, so it was not counted.";
        result: "シール投票の結果", "The result of the dot vote";
        result_nobody: "だれも投票しませんでした。", "Nobody has voted.";
        result_one: "{n}人が投票しました。いちばん多いのは「{text}」（{dots}枚）です。",
            "{n} voted. Most dots: “{text}” ({dots}).";
        result_tie: "{n}人が投票しました。{texts}が同点（{dots}枚ずつ）です。話し合って選びましょう。",
            "{n} voted. A tie: {texts} ({dots} each). Talk about it and choose.";
        result_ties: "{n}人が投票しました。{many}つが同点（{dots}枚ずつ）です。話し合って選びましょう。",
            "{n} voted. A tie of {many} ({dots} each). Talk about it and choose.";
        place: "{n}位", "No. {n}";
        place_tie: "{n}位（同点）", "No. {n} (tie)";
        no_dots: "0枚", "No dots";
        dots: "シール {n}枚", "Dots: {n}";
        stars_n: "★の付いたカード {n}枚から選びます。始めると、選ぶカードは変わりません。",
            "To choose from: {n} starred cards. They stay the same once the vote is open.";
        ends_n: "いちばん深い原因のカード {n}枚から選びます。★を付けておくと、★のカードから選べます。",
            "To choose from: the {n} deepest causes. Star two or more cards to choose from those instead.";
        room_n: "各班の★のカード（なければ、全体に出したカード）、合わせて{n}枚から選びます（{groups}つの班）。始めると、選ぶカードは変わりません。",
            "To choose from: {n} starred cards of {groups} groups. They stay the same once the vote is open.";
        few: "カードが2枚以上になると、シール投票ができます。", "With two cards you can hold a dot vote.";
        room_few: "★の付いたカードか、1-2-4で全体に出したカードが、合わせて2枚以上になると、全体のシール投票ができます。",
            "With two starred cards you can hold a dot vote of the whole room.";
        each: "1人のシール", "Dots for each person";
        each_n: "{n}枚", "{n}";
        fewer: "1枚へらす", "One less";
        more: "1枚ふやす", "One more";
        suggested: "おすすめは{n}枚（候補の3分の1）", "Suggested: {n} (a third of the options)";
        leave_out: "自分の班のものには貼れないことにする", "Nobody may choose their own group’s";
        open: "シール投票を始める", "Open the vote";
        again: "もう一度投票する", "Vote once more";
        command: "シール投票", "Dot vote";
        is_open: "シール投票の受付中です", "A dot vote is open";
        go_vote: "シールを貼る", "Put your dots";
        look: "投票を見る", "Look at the vote";
        look_result: "投票の結果を見る", "Look at the result";
        ready: "このステップでは、シールで投票します。", "In this step you vote with dots.";
        room_ready: "班ごとに投票するほか、全部の班の★から、みんなで選ぶこともできます。",
            "Each group can vote at its table. You can also let everybody choose among the stars of all groups.";
        room_open: "全体で投票する…", "Vote with the whole room…";
        room_is_open: "全体のシール投票の受付中です。", "The dot vote of the whole room is open.";
        room_go: "全体の投票へ", "To the whole-room vote";
        to_board: "班のボードへ", "To our board";
        room_over: "全体のシール投票の結果が出ています。", "The dot vote of the whole room has a result.";
    }
}
