//! Texts of what people tell each other at a board: reactions, comments, hands, calls.

texts! {
    /// See the module.
    TalkTexts {
        reactions: "ひとこと", "In a word";
        agree: "そうそう", "I agree";
        question: "質問", "Question";
        us_too: "うちも", "Us too";
        who: "{what} {n}：{names}", "{what} {n}: {names}";
        talk: "ひとことコメント", "Reactions and comments";
        talk_of: "「{text}」について", "About “{text}”";
        comments: "コメント", "Comments";
        comments_n: "コメント {n}", "Comments: {n}";
        comments_of: "コメント {n}（「{text}」）", "Comments: {n} (“{text}”)";
        reactions_of: "{text}（押すとコメントも見えます）", "{text} (press for the comments)";
        no_comments: "コメントはまだありません。原因ではないこと（気づいたこと、たずねたいこと）を書けます。",
            "No comments yet. Write what is no cause: what you noticed, what you would like to ask.";
        write: "コメントを書く", "Write a comment";
        write_hint: "原因ではないこと。気づいたこと、たずねたいこと", "What is no cause: what you noticed or would like to ask";
        edit: "書き直す", "Edit";
        edit_of: "コメント「{text}」を書き直す", "Edit the comment “{text}”";
        remove: "取り除く", "Remove";
        remove_of: "コメント「{text}」を取り除く", "Remove the comment “{text}”";
        removed: "コメントを取り除きました", "The comment was removed";
        now: "たった今", "just now";
        minutes: "{n}分前", "{n} min ago";
        hours: "{n}時間前", "{n} h ago";
        days: "{n}日前", "{n} d ago";
        hand: "話したい", "I want to speak";
        hands: "手を上げている人", "Hands up";
        hands_n: "話したい人 {n}", "Hands up: {n}";
        hand_of: "聞いたので下ろす（{name}の手）", "Heard: lower it (the hand of {name})";
        heard: "聞いたので下ろす", "Heard: lower it";
        said_lowered: "{name}の手を下ろしました", "Lowered the hand of {name}";
        look: "みんなに「ここを見て」", "Ask all to look here";
        show_to_all: "みんなの画面で見せる", "Show it to everybody";
        said_shown: "みんなに見せています", "Everybody is being shown this";
        said_called: "みんなに知らせました", "The others were told";
        calls_look: "{name}：ここを見てください「{text}」", "{name}: please look here: “{text}”";
        calls_read: "{name}：いっしょに「だから」で読みましょう「{text}」", "{name}: let us read back together: “{text}”";
        go_look: "見る", "Look";
        go_read: "いっしょに読む", "Come along";
        not_now: "あとで", "Not now";
        asks: "{name}から質問：「{text}」", "{name} asks: “{text}”";
        asks_take: "答えを書く", "Write an answer";
        asked: "質問：「{text}」", "The question: “{text}”";
        help_call: "進行役を呼ぶ", "Call the facilitator";
        help_called: "進行役を呼んでいます", "The facilitator has been called";
        help_comes: "{name}がいま行きます", "On the way to you: {name}";
        help_waits: "この班が進行役を呼んでいます", "This group is calling for help";
        help_back: "呼ぶのをやめる", "Never mind";
        help_enough: "もう大丈夫です", "We are fine now";
        help_go: "いま行きます", "On my way";
        help_done: "対応しました", "Done";
    }
}
