//! One of every operation at a board.

use shared::docs::board::{
    Answer, BoardOp, CallFor, Given, GivenRole, Heard, Line, Mark, Member, NoteOn, Pass, Place, Reach, Reaction, Reply,
    Role, Seated, Star, Stop,
};
use shared::text::TextEdit;
use shared::{By, CardId, PairId, PersonId, SortedMap, VoteId};

use super::{Sample, card, lane, note, op_id, sample};

/// Samples of them.
pub(super) fn ops(all: &mut Vec<Sample>) {
    let edit = TextEdit::Insert { after: None, start: 0, text: "自治会の高齢化".into() };
    let (member, pair) = (Member { name: "佐藤".into(), seated: Seated::Here }, edit.clone());
    samples!(all: BoardOp {
        AddCard: BoardOp::AddCard { parent: card(1), place: Place::After(card(2)), text: "なぜ".into(), start: 9 },
        EditText: BoardOp::EditText { card: CardId::THEME, edit: edit.clone() },
        MoveCard: BoardOp::MoveCard { card: card(1), parent: card(2), place: Place::First },
        RemoveCard: BoardOp::RemoveCard { card: card(1) },
        RestoreCard: BoardOp::RestoreCard { card: card(1) },
        SetStar: BoardOp::SetStar { card: card(1), star: Star::RootCause },
        SetMark: BoardOp::SetMark { card: card(1), mark: Some(Mark::ToCheck) },
        SetMember: BoardOp::SetMember { person: PersonId(34), member },
        LinkCard: BoardOp::LinkCard { card: card(1), under: card(2) },
        UnlinkCard: BoardOp::UnlinkCard { card: card(1), under: card(2) },
        MergeCard: BoardOp::MergeCard { card: card(1), into: card(2) },
        SetReach: BoardOp::SetReach { card: card(1), reach: Some(Reach::WithOthers) },
        SetStop: BoardOp::SetStop { card: card(1), stop: Some(Stop::Other) },
        EditLine: BoardOp::EditLine { card: card(1), line: Line::Evidence, edit: edit.clone() },
        ReadLink: BoardOp::ReadLink { card: card(1), under: CardId::THEME, answer: Some(Answer::Jumps) },
        PutLane: BoardOp::PutLane { lane: Some(lane(1)), name: "学校".into() },
        SetLane: BoardOp::SetLane { card: card(1), lane: Some(lane(1)) },
        React: BoardOp::React { card: card(1), reaction: Reaction::UsToo, given: Given::Yes },
        AddNote: BoardOp::AddNote { on: NoteOn::Proposal, text: "空き家が増えた".into(), start: 9 },
        EditNote: BoardOp::EditNote { note: note(1), edit },
        RemoveNote: BoardOp::RemoveNote { note: note(1) },
        RestoreNote: BoardOp::RestoreNote { note: note(1) },
        SeeMyself: BoardOp::SeeMyself { note: note(1), given: Given::No },
        RaiseHand: BoardOp::RaiseHand,
        LowerHand: BoardOp::LowerHand { of: By::Person(PersonId(34)) },
        Call: BoardOp::Call { card: Some(card(1)), what: CallFor::ReadBack },
        OpenVote: BoardOp::OpenVote,
        CloseVote: BoardOp::CloseVote { vote: VoteId::from(op_id(300)) },
        CountVote: BoardOp::CountVote {
            vote: VoteId::from(op_id(300)),
            ballots: 5,
            votes: SortedMap::from([(note(1), 4), (note(2), 300)]),
        },
        Reveal: BoardOp::Reveal { author: Some(PersonId(34)), text: "役員が足りない".into() },
        TakeTurns: BoardOp::TakeTurns,
        PassTurn: BoardOp::PassTurn { of: PersonId(34), how: Pass::Later },
        CallHelp: BoardOp::CallHelp { given: Given::Yes },
        AnswerHelp: BoardOp::AnswerHelp { call: op_id(7), heard: Heard::OnMyWay },
        Nudge: BoardOp::Nudge { text: "ほかの見方は？".into() },
        GiveRoles: BoardOp::GiveRoles {
            roles: vec![
                (Role::Scribe, Some(GivenRole { to: PersonId(34), round: 300, order: vec![PersonId(34), PersonId(35)] })),
                (Role::Presenter, None),
            ],
        },
        OpenDots: BoardOp::OpenDots { cards: vec![card(1), card(2)], each: 3 },
        CloseDots: BoardOp::CloseDots { vote: VoteId::from(op_id(300)) },
        CountDots: BoardOp::CountDots { vote: VoteId::from(op_id(300)), ballots: 5, dots: vec![4, 300] },
        AnswerNudge: BoardOp::AnswerNudge { nudge: op_id(300), reply: Reply::Taken },
        FormPairs: BoardOp::FormPairs { step: super::steps::step(65) },
        EditPair: BoardOp::EditPair { step: super::steps::step(65), pair: PairId(1), edit: pair },
        TakePair: BoardOp::TakePair { step: super::steps::step(65), pair: PairId(300), start: 9 },
        ChooseForAll: BoardOp::ChooseForAll { step: super::steps::step(65), card: Some(card(1)) },
    });
}
