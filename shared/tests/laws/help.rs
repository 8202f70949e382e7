//! A group that calls for help, and a question that it may take or put away.

use shared::docs::board::{Board, BoardOp, Given, Heard, Reply};
use shared::limits::NUDGE_CHARS_MAX;
use shared::{By, ClientId, Doc, Millis, OpId, Outcome, PersonId, Reject, Stamp};

const SATO: By = By::Person(PersonId(1));
const SUZUKI: By = By::Person(PersonId(2));

/// Does something, each in a tab of their own; its name.
fn act(doc: &mut Doc<Board>, by: By, op: BoardOp) -> (OpId, Outcome<BoardOp>) {
    let client = match by {
        By::Person(person) => ClientId::of(100 + u64::from(person.0)),
        By::Lead => ClientId::of(98),
        By::Helper | By::Server => ClientId::of(99),
    };
    let seq = doc.seq.next();
    let id = OpId { client, n: u32::try_from(seq.0).unwrap() };
    let outcome = doc.apply(&Stamp { seq, at: Millis(seq.0 * 1_000), by, id }, &op);
    (id, outcome)
}

fn done(doc: &mut Doc<Board>, by: By, op: BoardOp) -> OpId {
    let (id, outcome) = act(doc, by, op);
    assert_eq!(outcome, Outcome::Applied(None), "there is nothing to undo");
    id
}

#[test]
fn a_group_calls_once_whoever_of_it_presses() {
    let mut doc = Doc::default();
    let call = done(&mut doc, SATO, BoardOp::CallHelp { given: Given::Yes });
    done(&mut doc, SUZUKI, BoardOp::CallHelp { given: Given::Yes });
    let help = doc.model.help.unwrap();
    assert_eq!((help.id, help.by, help.at, help.comes), (call, SATO, Millis(1_000), None), "who waits longest");
    done(&mut doc, SUZUKI, BoardOp::CallHelp { given: Given::No });
    assert_eq!(doc.model.help, None, "anybody of the group takes it back");
}

#[test]
fn the_first_who_comes_is_named_until_the_group_has_been_helped() {
    let mut doc = Doc::default();
    let call = done(&mut doc, SATO, BoardOp::CallHelp { given: Given::Yes });
    done(&mut doc, By::Helper, BoardOp::AnswerHelp { call, heard: Heard::OnMyWay });
    done(&mut doc, By::Lead, BoardOp::AnswerHelp { call, heard: Heard::OnMyWay });
    assert_eq!(doc.model.help.unwrap().comes, Some(By::Helper));
    done(&mut doc, By::Lead, BoardOp::AnswerHelp { call, heard: Heard::Done });
    assert_eq!(doc.model.help, None);
}

#[test]
fn an_answer_to_an_old_call_leaves_a_new_one_alone() {
    let mut doc = Doc::default();
    let old = done(&mut doc, SATO, BoardOp::CallHelp { given: Given::Yes });
    done(&mut doc, SATO, BoardOp::CallHelp { given: Given::No });
    let new = done(&mut doc, SATO, BoardOp::CallHelp { given: Given::Yes });
    done(&mut doc, By::Lead, BoardOp::AnswerHelp { call: old, heard: Heard::Done });
    done(&mut doc, By::Lead, BoardOp::AnswerHelp { call: old, heard: Heard::OnMyWay });
    let help = doc.model.help.unwrap();
    assert_eq!((help.id, help.comes), (new, None));
}

#[test]
fn the_first_answer_to_a_question_counts_and_a_new_question_takes_its_place() {
    let mut doc = Doc::default();
    let asked = |text: &str| BoardOp::Nudge { text: text.into() };
    let nudge = done(&mut doc, By::Lead, asked("ほかには？"));
    done(&mut doc, SATO, BoardOp::AnswerNudge { nudge, reply: Reply::Taken });
    done(&mut doc, SUZUKI, BoardOp::AnswerNudge { nudge, reply: Reply::PutAway });
    assert_eq!(doc.model.nudge.clone().unwrap().reply, Some((SATO, Reply::Taken)));
    let next = done(&mut doc, By::Helper, asked("それはなぜ？"));
    done(&mut doc, SUZUKI, BoardOp::AnswerNudge { nudge, reply: Reply::PutAway });
    let now = doc.model.nudge.clone().unwrap();
    assert_eq!((now.id, now.by, now.reply, now.text.as_str()), (next, By::Helper, None, "それはなぜ？"));
    done(&mut doc, By::Lead, asked("  "));
    assert_eq!(doc.model.nudge, None, "without words it is taken back");
}

#[test]
fn a_question_is_a_line_within_its_limit() {
    let mut doc = Doc::default();
    let refused = |doc: &mut Doc<Board>, text: String, why| {
        assert_eq!(act(doc, By::Lead, BoardOp::Nudge { text }).1, Outcome::Rejected(why));
        assert_eq!(doc.model.nudge, None);
    };
    refused(&mut doc, "あ".repeat(NUDGE_CHARS_MAX + 1), Reject::TextFull);
    refused(&mut doc, "二\n行".into(), Reject::BadText);
    refused(&mut doc, "\u{202e}olleh".into(), Reject::BadText);
    done(&mut doc, By::Lead, BoardOp::Nudge { text: "あ".repeat(NUDGE_CHARS_MAX) });
}
