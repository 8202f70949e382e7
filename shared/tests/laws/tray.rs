//! What is one person's alone: the last ballot counts, a vote that is over takes no more, and nothing depends on who asks twice.

use shared::docs::tray::{Tray, TrayOp};
use shared::limits::{CHOICES_MAX, VOTES_OVER_MAX};
use shared::{By, ClientId, Doc, Millis, NoteId, OpId, Outcome, PersonId, Reject, Stamp, VoteId};

use crate::random::Random;

const ANN: By = By::Person(PersonId(1));

/// Nothing over a limit, no choice twice, no empty ballot.
pub(crate) fn check(tray: &Tray) -> Result<(), String> {
    let choices = tray.ballot.as_ref().map(|ballot| ballot.choices.as_slice()).unwrap_or_default();
    let fits = choices.len() <= CHOICES_MAX && choices.is_sorted_by(|a, b| a < b);
    if !fits || tray.ballot.as_ref().is_some_and(|ballot| ballot.choices.is_empty()) {
        return Err(format!("a ballot with {choices:?}"));
    }
    if tray.over.len() > VOTES_OVER_MAX {
        return Err(format!("{} votes are remembered", tray.over.len()));
    }
    Ok(())
}

fn note(n: u32) -> NoteId {
    NoteId { client: ClientId::of(50), n }
}

fn vote(n: u32) -> VoteId {
    VoteId { client: ClientId::of(60), n }
}

fn cast(vote: VoteId, choices: &[u32]) -> TrayOp {
    TrayOp::CastBallot { vote, choices: choices.iter().copied().map(note).collect() }
}

fn take(doc: &mut Doc<Tray>, by: By, op: &TrayOp) -> Outcome<TrayOp> {
    let seq = doc.seq.next();
    let client = if by == By::Server { ClientId::SERVER } else { ClientId::of(99) };
    let id = OpId { client, n: u32::try_from(seq.0).unwrap() };
    doc.apply(&Stamp { seq, at: Millis(0), by, id }, op)
}

#[test]
fn the_last_ballot_counts_and_an_empty_one_takes_it_back() {
    let mut doc = Doc::default();
    assert_eq!(take(&mut doc, ANN, &cast(vote(1), &[7, 3, 7])), Outcome::Applied(None));
    assert_eq!(doc.model.choices(vote(1)), [note(3), note(7)], "each once, in the order of the ids");
    take(&mut doc, ANN, &cast(vote(1), &[5]));
    assert_eq!(doc.model.choices(vote(1)), [note(5)]);
    assert_eq!(doc.model.choices(vote(2)), [], "it says nothing in another vote");
    take(&mut doc, ANN, &cast(vote(1), &[]));
    assert_eq!(doc.model, Tray::default());
}

#[test]
fn to_take_back_what_was_never_given_leaves_another_ballot_alone() {
    let mut doc = Doc::default();
    take(&mut doc, ANN, &cast(vote(2), &[5]));
    take(&mut doc, ANN, &cast(vote(1), &[]));
    assert_eq!(doc.model.choices(vote(2)), [note(5)]);
}

#[test]
fn a_vote_that_is_over_takes_no_ballot_and_keeps_the_one_it_has() {
    let mut doc = Doc::default();
    take(&mut doc, ANN, &cast(vote(1), &[5]));
    take(&mut doc, By::Server, &TrayOp::EndVote { vote: vote(1) });
    for late in [cast(vote(1), &[6]), cast(vote(1), &[])] {
        assert_eq!(take(&mut doc, ANN, &late), Outcome::Rejected(Reject::VoteIsOver));
    }
    assert_eq!(doc.model.choices(vote(1)), [note(5)]);
    assert_eq!(take(&mut doc, ANN, &cast(vote(2), &[6])), Outcome::Applied(None), "the next vote is another one");
}

#[test]
fn nobody_but_the_server_ends_a_vote() {
    for by in [ANN, By::Lead, By::Helper] {
        let mut doc = Doc::default();
        let end = TrayOp::EndVote { vote: vote(1) };
        assert_eq!(take(&mut doc, by, &end), Outcome::Rejected(Reject::Forbidden));
        assert_eq!(doc, Doc::default());
    }
}

#[test]
fn a_ballot_names_no_more_than_may_be_proposed() {
    let mut doc = Doc::default();
    let choices = |count: usize| TrayOp::CastBallot {
        vote: vote(1),
        choices: (0..count).map(|n| note(u32::try_from(n).unwrap())).collect(),
    };
    assert_eq!(take(&mut doc, ANN, &choices(CHOICES_MAX + 1)), Outcome::Rejected(Reject::OutOfRange));
    assert_eq!(take(&mut doc, ANN, &choices(CHOICES_MAX)), Outcome::Applied(None));
}

#[test]
fn whatever_comes_in_whatever_order_the_ballot_is_the_last_one_taken_before_the_end() {
    for seed in 0..500 {
        let mut random = Random::of(seed);
        let mut doc = Doc::default();
        let (mut last, mut over) = (Vec::<NoteId>::new(), None);
        for _ in 0..30 {
            if random.percent(10) {
                take(&mut doc, By::Server, &TrayOp::EndVote { vote: vote(1) });
                over.get_or_insert_with(|| last.clone());
            } else {
                let choices: Vec<u32> = (0..6).filter(|_| random.percent(30)).collect();
                let outcome = take(&mut doc, ANN, &cast(vote(1), &choices));
                let expected =
                    if over.is_some() { Outcome::Rejected(Reject::VoteIsOver) } else { Outcome::Applied(None) };
                assert_eq!(outcome, expected, "seed {seed}");
                last = choices.into_iter().map(note).collect();
            }
            check(&doc.model).unwrap();
        }
        assert_eq!(doc.model.choices(vote(1)), over.unwrap_or(last), "seed {seed}");
    }
}
