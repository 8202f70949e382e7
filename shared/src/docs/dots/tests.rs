//! Votes with dots: what is taken, what is counted, what there is to choose from.

use super::*;
use crate::access::By;
use crate::doc::Model;
use crate::docs::board::{Board, BoardOp, Place, Star};

fn stamp(n: u32) -> Stamp {
    Stamp { seq: Seq(n.into()), at: Millis(5), by: By::Lead, id: OpId { client: ClientId::of(50), n } }
}

fn option(group: u16, n: u32) -> DotOption {
    DotOption { group: Some(GroupId(group)), card: CardId { client: ClientId::of(60), n }, words: format!("原因{n}") }
}

/// Options of three groups, two of the first.
fn vote(own: OwnGroup) -> DotVote {
    let options = vec![option(1, 1), option(1, 2), option(2, 3), option(3, 4)];
    DotVote::begin(&stamp(7), options, 2, own).unwrap()
}

fn ballot(vote: &DotVote, dots: &[u16]) -> DotBallot {
    DotBallot { vote: vote.id, dots: dots.to_vec() }
}

fn closed(own: OwnGroup) -> DotVote {
    DotVote { count: DotCount::Counting { closed_by: Seq(31) }, ..vote(own) }
}

fn counted(vote: &DotVote, ballots: &[(u16, DotBallot)]) -> Option<(OpId, u16, Vec<u16>)> {
    vote.counted(ballots.iter().map(|(group, ballot)| (Some(GroupId(*group)), ballot)))
}

#[test]
fn a_third_of_the_options_is_suggested_rounded_up() {
    let suggested = [0, 1, 2, 3, 4, 6, 7, 21, 37, 48, 60, 100_000].map(suggested);
    assert_eq!(suggested, [1, 1, 1, 1, 2, 2, 3, 7, 13, 16, 20, 20]);
}

#[test]
fn a_vote_needs_two_options_each_once_and_a_dot() {
    let begin = |options: Vec<DotOption>, each| DotVote::begin(&stamp(1), options, each, OwnGroup::Counts).err();
    let many = |n: u32| (0..n).map(|n| option(1, n)).collect::<Vec<_>>();
    assert_eq!(begin(many(1), 1), Some(Reject::OutOfRange));
    assert_eq!(begin(many(2), 0), Some(Reject::OutOfRange));
    assert_eq!(begin(many(2), DOTS_MAX + 1), Some(Reject::OutOfRange));
    assert_eq!(begin(many(49), 1), Some(Reject::OutOfRange));
    assert_eq!(begin(many(48), DOTS_MAX), None);
    assert_eq!(begin(vec![option(1, 1), option(1, 1)], 1), Some(Reject::IdTaken));
    let long = DotOption { words: "長".repeat(CARD_CHARS_MAX + 1), ..option(1, 1) };
    assert_eq!(begin(vec![long, option(1, 2)], 1), Some(Reject::TextFull));
    let bad = DotOption { words: "a\nb".into(), ..option(1, 1) };
    assert_eq!(begin(vec![bad, option(1, 2)], 1), Some(Reject::BadText));
}

#[test]
fn nobody_has_more_dots_than_everybody_and_all_may_lie_on_one_option() {
    let vote = vote(OwnGroup::Counts);
    let takes = |dots: &[u16]| vote.takes(Some(GroupId(1)), dots);
    for fits in [&[][..], &[0, 0, 0, 0], &[2], &[1, 0, 0, 1], &[0, 0, 2, 0]] {
        assert_eq!(takes(fits), Ok(()), "{fits:?}");
    }
    assert_eq!(takes(&[3]), Err(Reject::TooManyDots));
    assert_eq!(takes(&[1, 1, 1, 0]), Err(Reject::TooManyDots));
    assert_eq!(takes(&[u16::MAX, u16::MAX]), Err(Reject::TooManyDots));
    assert_eq!(takes(&[0, 0, 0, 0, 0]), Err(Reject::OutOfRange));
    assert_eq!(closed(OwnGroup::Counts).takes(None, &[1]), Err(Reject::VoteIsOver));
}

#[test]
fn where_ones_own_group_is_left_out_it_takes_no_dot_and_counts_none() {
    let open = vote(OwnGroup::LeftOut);
    assert_eq!(open.takes(Some(GroupId(1)), &[1]), Err(Reject::OwnGroup));
    assert_eq!(open.takes(Some(GroupId(1)), &[0, 0, 2]), Ok(()));
    assert_eq!(open.takes(Some(GroupId(2)), &[1, 1]), Ok(()));
    let vote = closed(OwnGroup::LeftOut);
    // One moved to the second group after they had voted for it, another has nothing left that counts.
    let ballots =
        [(2, ballot(&vote, &[1, 0, 1])), (3, ballot(&vote, &[0, 0, 0, 2])), (1, ballot(&vote, &[0, 0, 1, 1]))];
    let (_, voted, dots) = counted(&vote, &ballots).unwrap();
    assert_eq!((voted, dots), (2, vec![1, 0, 1, 1]));
    let (_, voted, dots) = counted(&closed(OwnGroup::Counts), &ballots).unwrap();
    assert_eq!((voted, dots), (3, vec![1, 0, 2, 3]));
}

#[test]
fn ballots_of_another_vote_or_with_too_many_dots_say_nothing() {
    assert_eq!(counted(&vote(OwnGroup::Counts), &[]), None, "nothing is counted before the end");
    let vote = closed(OwnGroup::Counts);
    let other = DotBallot { vote: VoteId { client: ClientId::of(1), n: 1 }, dots: vec![1] };
    let ballots = [(1, other), (1, ballot(&vote, &[2, 1])), (1, ballot(&vote, &[0, 1, 0, 0, 1]))];
    let (id, voted, dots) = counted(&vote, &ballots).unwrap();
    assert_eq!(id, OpId { client: ClientId::FROM_DOTS, n: 31 }, "after the entry that closed it");
    assert_eq!((voted, dots), (1, vec![0, 1, 0, 0]), "what lies beyond the options lies on none");
}

#[test]
fn ties_have_one_place_and_say_so() {
    let ranked = |dots: &[u16]| {
        let vote = DotVote { count: DotCount::Counted { ballots: 4, dots: dots.to_vec() }, ..vote(OwnGroup::Counts) };
        vote.ranking().iter().map(|one| (one.option, one.dots, one.place, one.level)).collect::<Vec<_>>()
    };
    assert_eq!(ranked(&[1, 3, 1, 0]), [(1, 3, 1, 1), (0, 1, 2, 2), (2, 1, 2, 2), (3, 0, 4, 1)]);
    assert_eq!(ranked(&[2, 0, 2, 2]), [(0, 2, 1, 3), (2, 2, 1, 3), (3, 2, 1, 3), (1, 0, 4, 1)]);
    assert_eq!(vote(OwnGroup::Counts).ranking(), []);
    assert_eq!(closed(OwnGroup::Counts).ranking(), []);
}

#[test]
fn a_vote_is_over_before_the_next_one_begins_and_is_counted_once() {
    let (mut place, first) = (None, vote(OwnGroup::Counts));
    open(&mut place, first.clone()).unwrap();
    let second = DotVote { id: VoteId { client: ClientId::of(50), n: 8 }, ..first.clone() };
    assert_eq!(open(&mut place, second.clone()), Err(Reject::VoteIsOpen));
    assert_eq!(count(&mut place, first.id, 1, &[1, 0, 0, 0]), Err(Reject::VoteIsOver), "it is still open");
    assert_eq!(close(&mut place, second.id, Seq(2)), Err(Reject::VoteIsOver));
    close(&mut place, first.id, Seq(2)).unwrap();
    assert_eq!(close(&mut place, first.id, Seq(3)), Err(Reject::VoteIsOver));
    assert_eq!(open(&mut place, second.clone()), Err(Reject::VoteIsOpen), "it is being counted");
    assert_eq!(count(&mut place, first.id, 1, &[1, 0, 0]), Err(Reject::OutOfRange));
    count(&mut place, first.id, 1, &[1, 0, 0, 0]).unwrap();
    assert_eq!(count(&mut place, first.id, 2, &[2, 0, 0, 0]), Err(Reject::VoteIsOver));
    assert_eq!(place.as_ref().unwrap().on(option(1, 1).card), Some(1));
    open(&mut place, second).unwrap();
    assert_eq!(place.unwrap().on(option(1, 1).card), None, "nothing is told before the end");
}

/// A board with a chain of two under the theme and one card beside it.
fn board() -> (Board, [CardId; 3]) {
    let mut board = Board::default();
    let mut n = 0;
    let mut add = |parent, text: &str| {
        n += 1;
        let (place, text) = (Place::Last, text.to_owned());
        board.apply(&stamp(n), &BoardOp::AddCard { parent, place, text, start: n * 100 }).unwrap();
        CardId::from(stamp(n).id)
    };
    let top = add(CardId::THEME, "役員の負担が重い");
    let below = add(top, "仕事が増える一方");
    let beside = add(CardId::THEME, "何をする所か知らない");
    add(CardId::THEME, "");
    (board, [top, below, beside])
}

fn star(board: &mut Board, n: u32, card: CardId, star: Star) {
    board.apply(&stamp(n), &BoardOp::SetStar { card, star }).unwrap();
}

#[test]
fn a_group_votes_on_its_stars_and_else_on_where_its_chains_end() {
    let (mut board, [top, below, beside]) = board();
    assert_eq!(at_table(&board), [below, beside]);
    star(&mut board, 20, top, Star::PlaceToAct);
    assert_eq!(at_table(&board), [below, beside], "there is nothing to choose between one");
    star(&mut board, 30, top, Star::None);
    let step = crate::ids::StepId { client: ClientId::of(99), n: 64 };
    assert!(brought(GroupId(3), &board).is_empty());
    board.apply(&stamp(31), &BoardOp::ChooseForAll { step, card: Some(below) }).unwrap();
    let chosen: Vec<CardId> = brought(GroupId(3), &board).into_iter().map(|option| option.card).collect();
    assert_eq!(chosen, [below], "without a star, what it chose for everybody");
    star(&mut board, 32, top, Star::PlaceToAct);
    star(&mut board, 21, beside, Star::RootCause);
    assert_eq!(at_table(&board), [top, beside]);
    let words: Vec<String> = brought(GroupId(3), &board).into_iter().map(|option| option.words).collect();
    assert_eq!(words, ["役員の負担が重い", "何をする所か知らない"]);
    board.apply(&stamp(22), &BoardOp::RemoveCard { card: top }).unwrap();
    assert_eq!(brought(GroupId(3), &board).len(), 1, "what was removed is no option");
}

#[test]
fn a_board_opens_a_vote_over_cards_that_are_there() {
    let (mut board, [top, below, beside]) = board();
    let mut open = |n, cards: &[CardId]| board.apply(&stamp(n), &BoardOp::OpenDots { cards: cards.to_vec(), each: 1 });
    let nowhere = CardId { client: ClientId::of(9), n: 9 };
    assert_eq!(open(20, &[top, nowhere]), Err(Reject::NoCard(nowhere)));
    assert_eq!(open(20, &[top, CardId::THEME]), Err(Reject::NoCard(CardId::THEME)));
    assert_eq!(open(20, &[top]), Err(Reject::OutOfRange));
    assert_eq!(open(20, &[below, beside]), Ok(None));
    let vote = board.dots.unwrap();
    assert_eq!(
        vote.options.iter().map(|option| &*option.words).collect::<Vec<_>>(),
        ["仕事が増える一方", "何をする所か知らない"]
    );
    assert!(vote.options.iter().all(|option| vote.may_choose(option, Some(GroupId(1)))));
}

#[test]
fn where_there_is_too_much_every_group_brings_as_many() {
    let groups: Vec<Vec<DotOption>> =
        [40, 2, 30].iter().zip(1..).map(|(count, group)| (0..*count).map(|n| option(group, n)).collect()).collect();
    let all = of_room(&groups);
    let of = |group| all.iter().filter(|option| option.group == Some(GroupId(group))).count();
    assert_eq!((all.len(), of(1), of(2), of(3)), (DOT_OPTIONS_MAX, 23, 2, 23));
    assert!(all.is_sorted_by_key(|option| option.group), "group by group");
    assert_eq!(of_room(&groups[1..2]), groups[1]);
    assert_eq!(of_room(&[]), []);
}
