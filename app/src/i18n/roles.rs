//! Texts of the roles in a group, and of what each has to do.

texts! {
    /// See the module.
    RolesTexts {
        title: "役割を決める", "Choose roles";
        hint: "一人で二つ受け持っても、決めなくてもかまいません。あとで代われます。",
            "One person may have two, and you may do without. You can swap later.";
        card: "あなたの役割", "Your role";
        yours: "あなたは{role}です。", "You are the {role}.";
        nobody: "まだいません", "Nobody yet";
        lot: "くじで決める", "Draw lots";
        drawn: "くじで決めました", "Drawn by lot";
        facilitator: "進め役", "facilitator";
        facilitator_is: "みんなが一度は話せるように、声をかけます。", "See to it that everybody speaks.";
        facilitator_turns: "一人ずつ順番に回しましょう。", "Let one speak after another.";
        facilitator_theme: "気になっていることを、一人ずつたずねましょう。", "Ask one after another what troubles them.";
        facilitator_deepen: "「それはなぜ？」「ほかには？」と、まだ話していない人から聞きましょう。",
            "Ask “why is that?” and “what else?”, first those who have not spoken.";
        facilitator_read: "つながらない所で止めて、間に何があるか聞きましょう。",
            "Stop where it does not follow, and ask what lies between.";
        facilitator_star: "★を付けた理由を、一人ずつ聞きましょう。", "Ask each why they starred it.";
        facilitator_gallery: "まず静かに読んで、それから質問を出しあいましょう。", "Read first, then collect questions.";
        in_silence: "いまは、みんなと同じように自分のカードを書きましょう。", "For now, write your own cards like everybody else.";
        in_twos: "いまは、相手の話をよく聞いて、ふたりで1つの文にしましょう。",
            "For now, listen to your partner and make one sentence of it together.";
        facilitator_drafts: "ふたりの話を組ごとに聞いてから、全体に出す1枚を選びましょう。",
            "Hear each pair first, then choose the one card for everybody.";
        scribe_drafts: "ふたりのまとめを、1つずつカードにしましょう。", "Make what each pair says a card, one after another.";
        presenter_all: "番が来たら、選んだカードのわけを1分で話しましょう。", "When it is your turn, say in a minute why this card.";
        listen: "ほかの班の話を、最後まで聞きましょう。", "Listen to the other groups to the end.";
        scribe: "書き役", "scribe";
        scribe_is: "出た言葉を、言いかえずにカードに書きます。", "Put what is said on cards, in the speaker’s own words.";
        scribe_theme: "選んだ課題を、1つの文で書きましょう。", "Write the theme that was chosen in one sentence.";
        scribe_read: "抜けていた原因が出たら、間に1枚はさみましょう。", "When a missing cause turns up, put a card between.";
        scribe_star: "★のカードに、根拠を書き足しましょう。", "Add to the starred cards how you know it.";
        scribe_gallery: "聞きたいことを、カードに残しましょう。", "Leave your group’s questions on the cards.";
        scribe_end: "まだ書いていない人に、声をかけましょう。", "Ask those who have not written yet.";
        timekeeper: "時間役", "timekeeper";
        timekeeper_is: "時間になると、この電話が鳴ります。残りが少なくなったら、声をかけましょう。",
            "When the time is over this phone rings. Tell the others when little is left.";
        timekeeper_turns: "一人の時間が過ぎたら、「次の人へ」と声をかけましょう。", "When somebody’s time is over, pass the word on.";
        presenter: "伝え役", "presenter";
        presenter_is: "あとで話せるように、気になるカードを見ておきます。", "Keep an eye on what you will tell the others.";
        presenter_star: "★の理由を、1分で話せるようにまとめましょう。", "Be ready to say in a minute why you starred it.";
        presenter_gallery: "見てきたことを、あとで班に話しましょう。", "Tell your group later what you saw.";
    }
}
