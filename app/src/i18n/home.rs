//! Texts of `ui::home`.

texts! {
    /// See the module.
    HomeTexts {
        title: "「なぜ？」を重ねて、根っこの原因へ", "Ask why, again and again, down to the root";
        lead: "グループで「なぜ？」を繰り返し、課題の根本的な原因をいっしょに探すボードです。",
            "A board on which groups keep asking why until they reach the root causes of a problem.";
        join_title: "参加する", "Join";
        join_lead: "進行役から聞いた6文字のコードを入力してください。", "Type the six-character code that the lead shows you.";
        code: "参加コード", "Join code";
        code_hint: "英字と数字の6文字です。小文字でも、全角でもかまいません。", "Six letters and digits. Upper or lower case, both are fine.";
        code_go: "つぎへ", "Next";
        code_empty: "コードを入力してください。進行役の画面に大きく出ています。", "Please type the code. It is shown large on the lead’s screen.";
        code_length: "コードは6文字です（いまは{n}文字）。もう一度確かめてください。", "A code has six characters (this has {n}). Please check it again.";
        code_character: "「{c}」はコードに使われない文字です。似た文字と見間違えていないか、確かめてください。",
            "No code contains “{c}”. Please check whether it is a similar-looking character.";
        known_title: "この端末で開いたワークショップ", "Workshops opened on this device";
        as_lead: "進行役として", "as lead";
        as_helper: "補助として", "as helper";
        as_participant: "参加者として", "as participant";
        as_observer: "見学として", "as observer";
        as_keeper: "結果を見る", "to look at the result";
        start_title: "ワークショップをはじめる", "Start a workshop";
        start_lead: "進行役の方はこちら。すぐに参加コードとQRコードができます。", "For the lead: you get a join code and a QR code at once.";
        start_go: "はじめる画面へ", "Go and start one";
        about_data: "個人情報などの取り扱い", "How data is handled";
    }
}
