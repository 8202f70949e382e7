//! The edges of the rules, and that the coach takes whatever it is given.

use shared::{
    coach::{Hint, Rule, Stand, hint},
    limits::CARD_CHARS_MAX,
};

fn card(text: &str) -> Option<Rule> {
    hint(text, Stand::Under("")).map(|hint| hint.rule)
}

fn theme(text: &str) -> Option<Rule> {
    hint(text, Stand::Theme).map(|hint| hint.rule)
}

/// The words that a hint shows.
fn shown(text: &str, stand: Stand) -> String {
    let words = hint(text, stand).unwrap_or_else(|| panic!("no hint for {text}")).words;
    text.chars().skip(words.start).take(words.len()).collect()
}

#[test]
fn the_words_that_broke_the_rule_are_shown_as_they_were_written() {
    for (text, words) in [
        ("防災意識が低いから", "意識が低いから"),
        ("  各課の連携不足。", "連携不足"),
        ("ﾏﾆｭｱﾙがない", "ﾏﾆｭｱﾙがない"),
        ("窓口の看板がない\u{3000}", "看板がない"),
        ("か\u{3099}くせいの態度が悪い。マナーが悪い", "マナーが悪い"),
        ("場所が遠く、しかも料金が高い", "しかも"),
        ("Ｔｈｅ ｓｔａｆｆ ａｒｅ ｌａｚｙ", "ｓｔａｆｆ ａｒｅ ｌａｚｙ"),
        ("It’s late because the STAFF are   lazy!", "STAFF are   lazy"),
        ("There’s no manual 😢", "There’s no manual"),
        ("☂ There are no rules", "There are no rules"),
    ] {
        assert!(shown(text, Stand::Under("")).ends_with(words), "{text}: {}", shown(text, Stand::Under("")));
    }
    assert_eq!(shown("\n 自治会の高齢化。 ", Stand::Theme), "自治会の高齢化");
}

#[test]
fn widths_and_marks_of_voice_make_no_difference() {
    for text in ["コミュニケーション不足", "ｺﾐｭﾆｹｰｼｮﾝ不足", "コミュニケーション不足です。", " コミュニケーション不足\n"]
    {
        assert_eq!(card(text), Some(Rule::Vague), "{text}");
    }
    for text in ["ガイドラインがない", "ｶﾞｲﾄﾞﾗｲﾝがない", "カ\u{3099}イト\u{3099}ラインか\u{3099}ない"]
    {
        assert_eq!(card(text), Some(Rule::MissingSolution), "{text}");
    }
    assert_eq!(shown("ｶﾞｲﾄﾞﾗｲﾝがない", Stand::Under("")), "ｶﾞｲﾄﾞﾗｲﾝがない");
}

#[test]
fn what_somebody_is_said_to_say_is_no_breach() {
    for text in [
        "「やる気がない」と書かれた紙が貼ってある",
        "若い人はやる気がないと言われている",
        "マニュアルがないわけではない",
        "「意識が低い」",
        "職員は無責任ではない",
        "The staff are not lazy",
        "Cooperation is good",
        "Posters say \"the staff are lazy\"",
        "It is not that there is no manual",
    ] {
        assert_eq!(card(text), None, "{text}");
    }
}

#[test]
fn the_language_is_that_of_the_words() {
    assert_eq!(card("lack of communication"), Some(Rule::Vague));
    assert_eq!(card("communicationが不足 lack of communication"), None, "one kana makes it Japanese");
    assert_eq!(card("担当者がlazyだ"), None);
    assert_eq!(card("담당자가 게으르다"), None);
    assert_eq!(card("Le personnel est paresseux"), None);
}

#[test]
fn a_card_repeats_only_its_own_parent() {
    let text = "訓練に来る人が少ないから";
    let repeats = |parent| hint(text, Stand::Under(parent));
    assert_eq!(repeats("訓練に来る人が少ない"), Some(Hint { rule: Rule::RepeatsParent, words: 0..12 }));
    assert_eq!(repeats("訓練の日が大会と重なる"), None);
    assert_eq!(repeats(""), None);
    assert_eq!(hint(text, Stand::Theme), None);
    assert_eq!(hint("訓練に来る人が多い", Stand::Under("訓練に来る人が少ない")), None, "the contrary is no repetition");
    assert_eq!(hint("水を飲まない", Stand::Under("水を飲む")), None);
    assert_eq!(hint("More people come to the drill", Stand::Under("Few people come to the drill")), None);
    assert_eq!(hint("Callers get through", Stand::Under("Callers do not get through")), None);
    let kana = hint("エアコンをつかわない", Stand::Under("えあこんを使わない"));
    assert_eq!(kana.map(|hint| hint.rule), Some(Rule::RepeatsParent));
    assert_eq!(
        hint("ｴｱｺﾝを、使わない", Stand::Under("エアコンを使わない。")).map(|h| h.rule),
        Some(Rule::RepeatsParent)
    );
}

#[test]
fn only_a_theme_may_not_be_a_bare_noun() {
    for text in [
        "自治会の高齢化",
        "少子化について",
        "地域のつながり",
        "Ageing associations",
        "Children's lack of time",
        "Falls at night",
    ] {
        assert_eq!(theme(text), Some(Rule::ThemeOnlyNoun), "{text}");
        assert_eq!(card(text), None, "{text}");
    }
    for text in ["なぜ来ないのか", "役員が決まらない", "マニュアルがない", "Nobody comes", "Why so late?", "?", "。"]
    {
        assert_eq!(theme(text), None, "{text}");
    }
}

#[test]
fn nothing_is_said_of_nothing_nor_of_more_than_a_card() {
    let long = |text: &str| text.repeat(CARD_CHARS_MAX).chars().take(CARD_CHARS_MAX + 1).collect::<String>();
    for text in ["", " ", "\n\n", "\u{3000}", "😀", "👨‍👩‍👧", "…", "。。。", "\u{3099}", "ﾞﾟ", "'", "\"", "「", "」"]
    {
        assert_eq!((card(text), theme(text)), (None, None), "{text:?}");
    }
    for text in ["意識が低い", "The staff are lazy. "] {
        assert_eq!(card(&long(text)), None);
        assert_eq!(hint("意識が低い", Stand::Under(&long(text))).map(|hint| hint.rule), Some(Rule::Vague));
    }
}

/// Pieces that meet in ways that nobody writes.
const PIECES: [&str; 40] = [
    "意識",
    "が低い",
    "担当者",
    "が悪い",
    "し、",
    "。",
    "\n",
    " ",
    "、",
    "「",
    "」",
    "\"",
    "'",
    "ﾞ",
    "\u{3099}",
    "\u{309a}",
    "ｶ",
    "は",
    "のせい",
    "マニュアル",
    "がない",
    "😀",
    "\u{200d}",
    "é",
    "e\u{301}",
    "İ",
    "ß",
    "①",
    "②",
    "もあ",
    "lack of ",
    "no ",
    "staff ",
    "are ",
    "lazy",
    ", ",
    ". ",
    "and also",
    "\u{feff}",
    "\r\n",
];

#[test]
fn the_coach_takes_whatever_is_written_and_its_words_lie_inside() {
    let mut state: u64 = 7;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut hints = 0;
    for _ in 0..4000 {
        let mut text = |most: usize| (0..next(most)).map(|_| PIECES[next(PIECES.len())]).collect::<String>();
        let (text, parent) = (text(14), text(8));
        for stand in [Stand::Theme, Stand::Under(&parent), Stand::Under(&text)] {
            let Some(hint) = hint(&text, stand) else { continue };
            hints += 1;
            assert!(hint.words.start < hint.words.end && hint.words.end <= text.chars().count(), "{text:?} {hint:?}");
        }
    }
    assert!(hints > 500, "{hints} hints: the pieces meet too seldom");
}
