//! Texts of `ui::board::coach`: questions, never verdicts.

texts! {
    /// See the module.
    CoachTexts {
        blame: "人のせいのように読めます。何がそうさせたのでしょう？", "This may sound like blame. What made it so?";
        vague: "人によって受け取り方が変わりそうです。だれの、何が、いつのことでしょう？",
            "People may read this differently. Whose, which, when?";
        missing: "「ない」ものは答えかもしれません。それがないために、実際に何が起きていますか？",
            "What is missing may be a solution already. Without it, what is it that happens?";
        several: "原因が2つ入っているかもしれません。1枚に1つにすると、それぞれに「なぜ？」を聞けます。",
            "There may be two causes in it. With one on each card, each can be asked why.";
        repeats: "上のカードと同じことを言っているようです。それは、なぜ起きるのでしょう？",
            "This seems to say the same as the card above. And why does that happen?";
        noun: "言葉1つだと、思い浮かべるものが人によって違います。だれが、どうなっているのでしょう？",
            "A single word means something else to everybody. Who, or what, is how?";
        seen: "このままでよい", "Leave it so";
        never: "もう出さない", "No more hints";
    }
}
