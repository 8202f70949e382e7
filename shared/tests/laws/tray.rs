//! What is one person's alone: the last ballot counts, a vote that is over takes no more, what was written in silence stays until
//! it is handed over, and nothing depends on who asks twice.

use shared::docs::dots::{self, DotBallot, Voters};
use shared::docs::tray::{Tray, TrayOp};
use shared::docs::workshop::Names;
use shared::limits::{
    CARD_CHARS_MAX, CHOICES_MAX, DOT_BALLOTS_MAX, DOT_OPTIONS_MAX, DOTS_MAX, SLIPS_MAX, VOTES_OVER_MAX,
};
use shared::{By, ClientId, Doc, Millis, NoteId, OpId, Outcome, PersonId, Reject, Replica, Seq, SlipId, Stamp, VoteId};

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
    let fits =
        |ballot: &DotBallot| ballot.dots.len() <= DOT_OPTIONS_MAX && (1..=DOTS_MAX).contains(&dots::put(&ballot.dots));
    if tray.dots.len() > DOT_BALLOTS_MAX || !tray.dots.iter().all(fits) {
        return Err(format!("dots: {:?}", tray.dots));
    }
    if tray.slips.len() > SLIPS_MAX {
        return Err(format!("{} slips", tray.slips.len()));
    }
    match tray.slips.iter().find(|slip| slip.text.trim().is_empty() || slip.text.chars().count() > CARD_CHARS_MAX) {
        Some(unfit) => Err(format!("{unfit:?}")),
        None => Ok(()),
    }
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

fn put_dots(doc: &mut Doc<Tray>, of: u32, dots: &[u16]) -> Outcome<TrayOp> {
    take(doc, ANN, &TrayOp::CastDots { voters: Voters::Group, vote: vote(of), dots: dots.to_vec() })
}

#[test]
fn dots_are_put_otherwise_until_the_end_and_taken_back_with_none() {
    let mut doc = Doc::default();
    let now = |doc: &Doc<Tray>, of| doc.model.dots_in(vote(of)).map(|ballot| ballot.dots.clone());
    put_dots(&mut doc, 1, &[2, 0, 1]);
    assert_eq!(put_dots(&mut doc, 2, &[0, 1]), Outcome::Applied(None), "the group and the room may vote at once");
    put_dots(&mut doc, 1, &[0, 3]);
    assert_eq!((now(&doc, 1), now(&doc, 2)), (Some(vec![0, 3]), Some(vec![0, 1])));
    put_dots(&mut doc, 2, &[0, 0]);
    assert_eq!(now(&doc, 2), None);
    take(&mut doc, By::Server, &TrayOp::EndVote { vote: vote(1) });
    for late in [&[1][..], &[]] {
        assert_eq!(put_dots(&mut doc, 1, late), Outcome::Rejected(Reject::VoteIsOver));
    }
    assert_eq!(now(&doc, 1), Some(vec![0, 3]), "what lies there is counted");
}

#[test]
fn a_tray_takes_no_more_dots_than_any_vote_has_and_keeps_the_last_ballots() {
    let mut doc = Doc::default();
    assert_eq!(put_dots(&mut doc, 1, &[DOTS_MAX, 1]), Outcome::Rejected(Reject::TooManyDots));
    assert_eq!(put_dots(&mut doc, 1, &[u16::MAX, u16::MAX]), Outcome::Rejected(Reject::TooManyDots));
    assert_eq!(put_dots(&mut doc, 1, &[0; DOT_OPTIONS_MAX + 1]), Outcome::Rejected(Reject::OutOfRange));
    for of in 1..10 {
        assert_eq!(put_dots(&mut doc, of, &[DOTS_MAX]), Outcome::Applied(None));
        check(&doc.model).unwrap();
    }
    assert!(doc.model.dots_in(vote(9)).is_some() && doc.model.dots_in(vote(5)).is_none());
}

#[test]
fn a_ballot_of_an_open_vote_stays_while_one_of_a_vote_that_is_over_can_go() {
    let mut doc = Doc::default();
    put_dots(&mut doc, 1, &[1]);
    for of in 2..20 {
        assert_eq!(put_dots(&mut doc, of, &[1]), Outcome::Applied(None));
        take(&mut doc, By::Server, &TrayOp::EndVote { vote: vote(of) });
        check(&doc.model).unwrap();
        let there = |of| doc.model.dots_in(vote(of)).is_some();
        assert!(there(1) && there(of), "{:?}", doc.model.dots);
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

fn put(doc: &mut Doc<Tray>, text: &str) -> Result<SlipId, Reject> {
    let n = u32::try_from(doc.seq.next().0).unwrap();
    match take(doc, ANN, &TrayOp::PutSlip { text: text.to_owned(), names: Names::Shown }) {
        Outcome::Applied(None) => Ok(SlipId { client: ClientId::of(99), n }),
        Outcome::Rejected(why) => Err(why),
        other => panic!("{other:?}"),
    }
}

fn texts(doc: &Doc<Tray>) -> Vec<&str> {
    doc.model.slips.iter().map(|slip| slip.text.as_str()).collect()
}

fn change(slip: SlipId, text: &str) -> TrayOp {
    TrayOp::ChangeSlip { slip, text: text.to_owned() }
}

#[test]
fn slips_keep_the_order_in_which_they_were_written_however_they_are_changed() {
    let mut doc = Doc::default();
    let [first, second, third] = ["い", "ろ", "は"].map(|text| put(&mut doc, text).unwrap());
    take(&mut doc, ANN, &change(first, "いち"));
    assert_eq!(texts(&doc), ["いち", "ろ", "は"]);
    take(&mut doc, ANN, &TrayOp::TakeBackSlip { slip: second });
    assert_eq!(texts(&doc), ["いち", "は"]);
    let put_by: Vec<Seq> = doc.model.slips.iter().map(|slip| slip.put_by).collect();
    assert_eq!(put_by, [Seq(1), Seq(3)], "the entry that put it here, not the one that changed it");
    take(&mut doc, By::Server, &TrayOp::HandOver { slips: vec![third, second] });
    assert_eq!(texts(&doc), ["いち"], "what is not here any more is passed over");
}

#[test]
fn what_was_handed_over_is_changed_by_nobody_here() {
    let mut doc = Doc::default();
    let slip = put(&mut doc, "な").unwrap();
    take(&mut doc, By::Server, &TrayOp::HandOver { slips: vec![slip] });
    let nowhere = SlipId { n: 77, ..slip };
    for gone in [slip, nowhere] {
        for late in [change(gone, "x"), TrayOp::TakeBackSlip { slip: gone }] {
            assert_eq!(take(&mut doc, ANN, &late), Outcome::Rejected(Reject::NoSlip));
        }
    }
    let again = TrayOp::HandOver { slips: vec![slip] };
    assert_eq!(take(&mut doc, By::Server, &again), Outcome::Applied(None), "twice is once");
    assert_eq!(doc.model, Tray::default());
}

#[test]
fn words_for_a_slip_that_is_gone_are_given_back_and_not_taken_for_saved() {
    let mut doc = Doc::default();
    let slip = put(&mut doc, "な").unwrap();
    let mut phone = Replica::<Tray>::new(ANN);
    phone.load(doc.clone());
    let id = |n| OpId { client: ClientId::of(99), n };
    phone.local(id(10), Millis(0), change(slip, "なぜ")).unwrap();
    // It comes too late, what was written after it comes in time, and the phone hears of neither.
    take(&mut doc, By::Server, &TrayOp::HandOver { slips: vec![slip] });
    let stamp = Stamp { seq: doc.seq.next(), at: Millis(0), by: ANN, id: id(11) };
    doc.apply(&stamp, &TrayOp::PutSlip { text: "た".into(), names: Names::Shown });
    phone.load(doc);
    let lost: Vec<TrayOp> = phone.take_lost().into_iter().map(|lost| lost.op).collect();
    assert_eq!(lost, [change(slip, "なぜ")]);
}

#[test]
fn nobody_but_the_server_hands_over() {
    for by in [ANN, By::Lead, By::Helper] {
        let mut doc = Doc::default();
        let slips = vec![SlipId { client: ClientId::of(99), n: 1 }];
        assert_eq!(take(&mut doc, by, &TrayOp::HandOver { slips }), Outcome::Rejected(Reject::Forbidden));
        assert_eq!(doc, Doc::default());
    }
}

#[test]
fn a_slip_says_what_a_card_may_say() {
    let mut doc = Doc::default();
    let long = "な".repeat(CARD_CHARS_MAX);
    let slip = put(&mut doc, &long).unwrap();
    let unfit = [(format!("{long}な"), Reject::TextFull), (String::new(), Reject::BadText)];
    let unfit =
        unfit.into_iter().chain([" \u{3000}", "な\nぜ", "a\u{202e}b"].map(|text| (text.to_owned(), Reject::BadText)));
    for (text, why) in unfit {
        assert_eq!(put(&mut doc, &text), Err(why), "{text:?}");
        assert_eq!(take(&mut doc, ANN, &change(slip, &text)), Outcome::Rejected(why), "{text:?}");
    }
    assert_eq!(texts(&doc), [long]);
}

#[test]
fn a_full_tray_says_so_and_has_room_again_when_it_is_handed_over() {
    let mut doc = Doc::default();
    let slips: Vec<SlipId> = (0..SLIPS_MAX).map(|_| put(&mut doc, "な").unwrap()).collect();
    assert_eq!(put(&mut doc, "な"), Err(Reject::DocFull));
    check(&doc.model).unwrap();
    assert_eq!(take(&mut doc, ANN, &change(slips[0], "ぜ")), Outcome::Applied(None), "what is here can be changed");
    take(&mut doc, By::Server, &TrayOp::HandOver { slips });
    assert!(put(&mut doc, "な").is_ok());
}

#[test]
fn whatever_comes_nothing_is_lost_but_what_was_taken_back_or_handed_over() {
    for seed in 0..500 {
        let mut random = Random::of(seed);
        let mut doc = Doc::default();
        let (mut here, mut all) = (Vec::<(SlipId, String)>::new(), vec![SlipId { client: ClientId::of(99), n: 999 }]);
        for turn in 0..100 {
            let text = format!("{turn}");
            let meant = *random.pick(&all);
            let known = here.iter().position(|(slip, _)| *slip == meant);
            match random.below(8) {
                0..4 => match put(&mut doc, &text) {
                    Ok(slip) => {
                        here.push((slip, text));
                        all.push(slip);
                    }
                    Err(why) => assert_eq!((why, here.len()), (Reject::DocFull, SLIPS_MAX)),
                },
                4 | 5 => match (take(&mut doc, ANN, &change(meant, &text)), known) {
                    (Outcome::Applied(None), Some(at)) => here[at].1 = text,
                    (outcome, known) => assert_eq!((outcome, known), (Outcome::Rejected(Reject::NoSlip), None)),
                },
                6 => match (take(&mut doc, ANN, &TrayOp::TakeBackSlip { slip: meant }), known) {
                    (Outcome::Applied(None), Some(at)) => drop(here.remove(at)),
                    (outcome, known) => assert_eq!((outcome, known), (Outcome::Rejected(Reject::NoSlip), None)),
                },
                _ => {
                    let slips = vec![meant, *random.pick(&all)];
                    here.retain(|(slip, _)| !slips.contains(slip));
                    take(&mut doc, By::Server, &TrayOp::HandOver { slips });
                }
            }
            check(&doc.model).unwrap();
            let found: Vec<(SlipId, String)> =
                doc.model.slips.iter().map(|slip| (slip.id, slip.text.clone())).collect();
            assert_eq!(found, here, "seed {seed}");
        }
    }
}
