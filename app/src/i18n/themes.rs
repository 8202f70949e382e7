//! Texts of choosing a theme together, and of what the group knows already.

texts! {
    /// See the module.
    ThemesTexts {
        title: "課題の候補", "Problems to choose from";
        hint: "気になっている困りごとを、1つずつ書きます。みんなの候補がここに並びます。",
            "Write what troubles you, one at a time. Everybody’s proposals appear here.";
        open_first: "みんなで課題の候補を出す", "Collect proposals together";
        open_n: "課題の候補を見る（{n}）", "Look at the proposals ({n})";
        command: "課題の候補と投票", "Proposed problems and vote";
        write: "＋ 候補を書く", "+ Write a proposal";
        write_more: "＋ もう1つ候補を書く", "+ Write one more";
        field: "課題の候補（1つの文で）", "A proposed problem, in one sentence";
        example: "例：一人暮らしの高齢者が買い物に困っている", "For example: Old people who live alone cannot get to the shops";
        none: "候補はまだありません。", "There are no proposals yet.";
        by: "{name}の候補", "Proposed by {name}";
        edit: "書き直す", "Edit";
        edit_of: "「{text}」を書き直す", "Edit “{text}”";
        remove: "取り除く", "Remove";
        remove_of: "「{text}」を取り除く", "Remove “{text}”";
        removed: "取り除きました", "Removed";
        seen: "自分も見た・経験した", "I have seen this myself";
        seen_of: "自分も見た・経験した：「{text}」", "I have seen this myself: “{text}”";
        seen_by: "見た・経験した人 {n}：{names}", "Have seen it themselves, {n}: {names}";
        vote: "秘密の投票", "Secret vote";
        vote_open: "秘密の投票を始める", "Start a secret vote";
        vote_again: "もう一度投票する", "Vote once more";
        vote_hint: "1人でいくつでも選べます。だれが何を選んだかは、だれにも見えません。",
            "Everybody may choose as many as they like. Nobody sees who chose what.";
        vote_few: "候補が2つになると、秘密の投票ができます。", "With two proposals you can hold a secret vote.";
        vote_now: "投票中です。よいと思うものを、いくつでも選んでください。", "The vote is open. Choose as many as you like.";
        vote_watch: "投票中です。結果は締め切ったあとに出ます。", "The vote is open. The result appears when it is closed.";
        choose: "これがよい", "I choose this";
        choose_of: "これがよい：「{text}」", "I choose this: “{text}”";
        voted_not: "まだ投票していません。", "You have not voted yet.";
        voted: "投票しました（締め切りまで変えられます）。", "You have voted (you can change it until the vote is closed).";
        voted_waits: "投票を送っています。つながりしだい届きます。", "Your vote is on its way. It arrives as soon as there is a connection.";
        close: "締め切って結果を見る", "Close the vote and show the result";
        counting: "数えています…", "Counting…";
        late: "締め切りのあとに届いたので、あなたの最後の投票は数えられていません。",
            "Your last vote came after the vote was closed, so it was not counted.";
        result: "投票の結果", "The result";
        result_nobody: "だれも投票しませんでした。", "Nobody has voted.";
        result_one: "{n}人が投票しました。いちばん多いのは「{text}」（{votes}票）です。",
            "{n} voted. Most chose “{text}” ({votes}).";
        result_tie: "{n}人が投票しました。{texts}が同じ票数（{votes}票ずつ）です。話し合って選びましょう。",
            "{n} voted. {texts} have the same number of votes ({votes} each). Talk about it and choose.";
        result_gone: "{n}人が投票しましたが、選ばれた候補は取り除かれています。",
            "{n} voted, but what they chose was removed.";
        quoted: "「{text}」", "“{text}”";
        votes: "{n}票", "Votes: {n}";
        open_vote: "投票中です", "A vote is open";
        go_vote: "投票する", "Vote";
        take: "これを課題にする", "Make this our problem";
        take_of: "これを課題にする：「{text}」", "Make this our problem: “{text}”";
        is_theme: "いまの課題", "Our problem now";
        taken: "課題にしました。ほかの候補は残っています。", "This is your problem now. The other proposals are kept.";
        sharpen: "課題をはっきりさせる", "Make the problem clear";
        sharpen_hint: "次の3つが分かる文にすると、「なぜ？」を考えやすくなります。",
            "Asking why is easier when the sentence tells these three.";
        who: "だれが・何が", "Who, or what";
        how: "どうなっている", "How it is";
        when: "いつ・どこで", "When and where";
        theme_field: "課題（1つの文で）", "The problem, in one sentence";
        edit_theme: "課題を書き直す", "Edit the problem";
        back: "候補に戻る", "Back to the proposals";
        ask_noun: "「{words}」だけだと、人によって思い浮かべるものが違うかもしれません。だれが、どうなっているのでしょう？",
            "“{words}” alone may mean something else to each of you. Who, or what, is how?";
        ask_blame: "「{words}」——何がそうさせているのでしょう？", "“{words}”: what makes it so?";
        ask_vague: "「{words}」——だれの、何が、いつでしょう？", "“{words}”: whose, which, when?";
        premises: "分かっていること", "What we know already";
        premises_n: "分かっていること（{n}）", "What we know already ({n})";
        premises_hint: "課題について、みんなが知っている事実や決まりごとを書いておけます。",
            "Write down facts and rules about the problem that all of you know.";
        premises_none: "まだ何も書かれていません。", "Nothing is written here yet.";
        premise_write: "＋ 分かっていることを書く", "+ Write something you know";
        premise_field: "分かっていること", "Something you know already";
        premise_example: "例：会員は120世帯、半分は70歳以上", "For example: 120 households, half of them over 70";
        premise_edit: "書き足す・直す", "Add or edit";
    }
}
