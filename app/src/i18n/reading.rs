//! Texts of `ui::board::reading`.

texts! {
    /// See the module.
    ReadingTexts {
        title: "だから で読む", "Read back";
        start: "ここから「だから」で読む", "Read back from here: therefore";
        therefore: "だから", "therefore";
        place: "{n}個のつながりの{at}番目", "Link {at} of {n}";
        told: "「{cause}」だから「{effect}」", "“{cause}”, therefore “{effect}”";
        ask: "声に出して読むと、つながりますか", "Read it aloud. Does it follow?";
        holds: "つながる", "It follows";
        jumps: "飛んでいる", "It jumps";
        check: "確かめたい", "To check";
        nobody: "まだだれも答えていません", "Nobody has answered yet";
        answered: "{n}人が答えました", "Answered: {n}";
        hidden: "{n}人が答えました。あなたが答えると、だれが何人かが見えます。",
            "Answered: {n}. You see what the others said once you have answered.";
        reworded: "言葉が変わったので読み直し", "Reworded: read it again";
        jumps_here: "ここで飛んでいるという声があります。間に何が足りないのでしょう。",
            "Some say that it jumps here. What is missing between?";
        also: "このカードは、ほかのカードの原因でもあります。", "This card is a cause of another card too.";
        between: "間に足りないものを書く", "Write what is missing between";
        between_of: "「{cause}」と「{effect}」の間にあること", "What lies between “{cause}” and “{effect}”";
        between_hint: "間にあった原因を1つだけ、短い文で", "The one cause between, in a short sentence";
        back: "前へ", "Back";
        next: "次へ", "Next";
        finish: "読み終える", "Finish";
        another: "ほかの枝を読む", "Another branch";
        call: "みんなも呼ぶ", "Call all";
        called: "みんなに知らせました", "The group was told";
        done: "課題まで読みました", "Read up to the problem";
        done_hint: "押すと、そのつながりに戻ります。", "Press a link to go back to it.";
        choose: "どの枝を読みますか", "Which branch shall we read?";
        choose_hint: "いちばん下の原因から課題まで、「だから」でつないで読みます。",
            "From the last cause up to the problem, joined by “therefore”.";
        unread: "まだ読んでいない枝", "Not read yet";
        read: "読んだ枝", "Read";
        links_left: "まだ読んでいないつながり {n}", "Links not read yet: {n}";
        nothing: "読める枝がまだありません。まず「なぜ？」を書きましょう。", "There is no branch to read yet. Write a why first.";
        to: "「{text}」へ", "to “{text}”";
    }
}
