//! What two people at one text may expect.

use super::*;

fn client(n: u64) -> ClientId {
    ClientId::of(n + 100)
}

/// Applies a splice in the name of a client and gives the inverses, last first.
fn type_in(text: &mut Text, who: ClientId, start: u32, at: u32, delete: u32, insert: &str) -> Vec<TextEdit> {
    let edits = text.splice(&Splice { at, delete, insert: insert.into() }, start);
    let mut undo: Vec<_> = edits.iter().filter_map(|edit| text.apply(who, edit).unwrap()).collect();
    undo.reverse();
    undo
}

#[test]
fn two_people_write_in_one_text_and_both_survive() {
    let mut text = Text::new(client(1), 0, "役員が重い").unwrap();
    let first = text.splice(&Splice { at: 2, delete: 0, insert: "の負担".into() }, 0);
    let second = text.splice(&Splice { at: 5, delete: 0, insert: "と感じる".into() }, 0);
    for (who, edits) in [(client(2), first), (client(3), second)] {
        for edit in edits {
            text.apply(who, &edit).unwrap();
        }
    }
    assert_eq!(text.read(), "役員の負担が重いと感じる");
}

#[test]
fn an_insertion_into_what_another_deleted_stays() {
    let mut text = Text::new(client(1), 0, "abcdef").unwrap();
    let insert = text.splice(&Splice { at: 3, delete: 0, insert: "X".into() }, 0);
    type_in(&mut text, client(2), 0, 1, 4, "");
    text.apply(client(3), &insert[0]).unwrap();
    assert_eq!(text.read(), "aXf");
}

#[test]
fn typing_makes_one_run() {
    let mut text = Text::default();
    for (i, c) in "なぜ役員が足りないのか".chars().enumerate() {
        let at = u32::try_from(i).unwrap();
        type_in(&mut text, client(1), at, at, 0, &c.to_string());
    }
    assert_eq!(text.runs.len(), 1);
    assert_eq!(text.read(), "なぜ役員が足りないのか");
}

#[test]
fn undo_brings_back_what_was_read() {
    let mut text = Text::new(client(1), 0, "自治会に入らない").unwrap();
    let undo = type_in(&mut text, client(2), 5, 3, 1, "へは若い人が");
    assert_eq!(text.read(), "自治会へは若い人が入らない");
    let mut redo = Vec::new();
    for edit in undo {
        redo.extend(text.apply(client(2), &edit).unwrap());
    }
    assert_eq!(text.read(), "自治会に入らない");
    redo.reverse();
    for edit in redo {
        text.apply(client(2), &edit).unwrap();
    }
    assert_eq!(text.read(), "自治会へは若い人が入らない");
}

#[test]
fn a_caret_keeps_its_place() {
    let mut text = Text::new(client(1), 0, "abcdef").unwrap();
    let caret = text.anchor(4);
    type_in(&mut text, client(2), 0, 0, 0, "12");
    assert_eq!(text.place(caret), 6);
    type_in(&mut text, client(2), 2, 4, 3, "");
    assert_eq!(text.place(caret), 4);
    assert_eq!(text.place(text.anchor(0)), 0);
    assert_eq!(text.place(text.anchor(99)), text.chars());
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let mut text = Text::new(client(1), 0, "abc").unwrap();
    let before = text.clone();
    let insert = |after, start, text: &str| TextEdit::Insert { after, start, text: text.into() };
    let unknown = CharId { client: client(9), n: 0 };
    let known = CharId { client: client(1), n: 0 };
    let cases = [
        (insert(None, 1, "x"), Reject::IdTaken),
        (insert(Some(unknown), 9, "x"), Reject::NoCharacter),
        (insert(None, 9, ""), Reject::BadText),
        (insert(None, 9, "a\nb"), Reject::BadText),
        (insert(None, 9, &"あ".repeat(CARD_CHARS_MAX)), Reject::TextFull),
        (insert(None, u32::MAX, "xy"), Reject::OutOfRange),
        (TextEdit::Delete { spans: vec![Span { first: known, len: 4 }] }, Reject::NoCharacter),
        (TextEdit::Delete { spans: vec![Span { first: known, len: 0 }] }, Reject::NoCharacter),
        (TextEdit::Delete { spans: vec![Span { first: known, len: u32::MAX }] }, Reject::OutOfRange),
    ];
    for (edit, why) in cases {
        assert_eq!(text.apply(client(1), &edit), Err(why), "{edit:?}");
        assert_eq!(text, before);
    }
}

#[test]
fn a_text_that_was_rewritten_for_ever_says_so() {
    let mut text = Text::default();
    let mut n = 0;
    let worn = (0..200).find_map(|_| {
        let insert = TextEdit::Insert { after: None, start: n, text: "x".repeat(CARD_CHARS_MAX) };
        if let Err(why) = text.apply(client(1), &insert) {
            return Some(why);
        }
        let len = u32::try_from(CARD_CHARS_MAX).unwrap();
        let gone = Span { first: CharId { client: client(1), n }, len };
        text.apply(client(1), &TextEdit::Delete { spans: vec![gone] }).unwrap();
        n += len;
        None
    });
    assert_eq!(worn, Some(Reject::TextWorn));
}
