//! In Japanese.

use super::{Line, Shipped};
use crate::docs::workshop::Kind;

const CHECK_IN: &str = "お名前と、ふだんしていることを、ひとことずつどうぞ。";
const THEME: &str = "身のまわりで気になっている困りごとを出しあい、ひとつ選びましょう。";
const SILENCE: &str = "話さずに、ひとりで書きます。なぜそうなるのでしょう？ 思いつくだけ書いてください。";
const DEEPEN: &str = "出てきたカードに「それはなぜ？」「ほかには？」と聞いて、ねっこまで掘りましょう。";
const READ_BACK: &str = "先のカードから「だから」でつないで、声に出して読みます。つながっていますか？";
const STAR: &str = "ねっこの原因だと思うカードに★を付けましょう。いちばん深いカードとはかぎりません。";
const GALLERY: &str = "ほかの班のねっこを見に行きます。「うちも！」や、聞きたいことを残しましょう。";
const CHECK_OUT: &str = "気づいたことを一文で、それから「わたしの一歩」を書きましょう。";

const ANALYSE: &[Line] = &[
    Line(Kind::CheckIn, 5, 45, "はじめまして", CHECK_IN),
    Line(Kind::Theme, 8, 0, "課題を選ぶ", THEME),
    Line(Kind::Silence, 5, 0, "ひとりで書く", SILENCE),
    Line(Kind::Deepen, 20, 0, "なぜ？を深める", DEEPEN),
    Line(Kind::ReadBack, 5, 0, "だから、で読みかえす", READ_BACK),
    Line(Kind::Star, 5, 0, "ねっこに★", STAR),
    Line(Kind::Gallery, 7, 180, "ほかの班を見る", GALLERY),
    Line(Kind::CheckOut, 5, 45, "わたしの一歩", CHECK_OUT),
];

const WHOLE: &[Line] = &[
    Line(Kind::CheckIn, 8, 60, "はじめまして", CHECK_IN),
    Line(Kind::Theme, 14, 0, "課題を持ちよって選ぶ", THEME),
    Line(Kind::Silence, 6, 0, "ひとりで書く", SILENCE),
    Line(Kind::Deepen, 24, 0, "なぜ？を深める", DEEPEN),
    Line(Kind::ReadBack, 6, 0, "だから、で読みかえす", READ_BACK),
    Line(Kind::Star, 6, 0, "ねっこに★", STAR),
    Line(Kind::Gallery, 10, 180, "ほかの班を見る", GALLERY),
    Line(Kind::Free, 8, 0, "休けい", "飲みものをどうぞ。時間になったら席へ戻ってください。"),
    Line(
        Kind::Free,
        16,
        0,
        "だれと何ができる？",
        "★のカードごとに、わたしたち・いっしょに・手のとどかないこと、に分けて話しましょう。",
    ),
    Line(
        Kind::Free,
        14,
        0,
        "はじめの一歩",
        "だれが、どんな持ち味を出して、いつまでに何をするか。★のカードの下に書きましょう。",
    ),
    Line(Kind::CheckOut, 8, 60, "わたしの一歩", CHECK_OUT),
];

/// The steps of a run-sheet.
pub(super) const fn steps(shipped: Shipped) -> &'static [Line] {
    match shipped {
        Shipped::Analyse => ANALYSE,
        Shipped::Whole => WHOLE,
        Shipped::Blank => &[],
    }
}
