//! Whole afternoons of one group, without a board.

use shared::docs::workshop::{Kind, Language};
use shared::{CardId, ClientId, OpId};

use super::*;
use crate::demo::human::Human;
use crate::demo::script::Script;

fn plans() -> impl Iterator<Item = Plan> {
    Script::of(Language::Ja).unwrap().tables.into_iter().map(|table| Plan::new(Arc::new(table)))
}

fn id(card: usize) -> CardId {
    CardId::from(OpId { client: ClientId::of(99), n: u32::try_from(card).unwrap() })
}

/// The steps of an afternoon in which something is done at a board.
const STEPS: [Kind; 5] = [Kind::Theme, Kind::Silence, Kind::Deepen, Kind::ReadBack, Kind::Star];

/// Does everything that these steps ask for, with as many hands as there are seats, and returns the acts in the order in which
/// they ended. What is begun in a step ends in it.
fn play(plan: &mut Plan, kinds: &[Kind], seed: u64, mut outcome: impl FnMut(Act) -> Outcome) -> Vec<Act> {
    let mut human = Human::new(seed, 1.0, Language::Ja);
    let mut done = Vec::new();
    for kind in kinds {
        let mut hands: Vec<Act> = Vec::new();
        loop {
            match plan.take(*kind, |below| human.choose(below)) {
                Next::Do(act) => {
                    assert!(act.belongs_to(*kind));
                    hands.push(act);
                }
                Next::Wait if hands.is_empty() => break,
                Next::Wait => {}
            }
            if hands.len() == 5 || human.choose(2) == 0 {
                if hands.is_empty() {
                    continue;
                }
                let act = hands.swap_remove(human.choose(hands.len()));
                plan.finish(act, outcome(act));
                done.push(act);
            }
        }
    }
    done
}

fn written(step: Act) -> Outcome {
    if let Act::Add(card) = step { Outcome::Written(id(card)) } else { Outcome::Done }
}

#[test]
fn everything_is_done_once_and_in_a_possible_order() {
    for seed in 0..20 {
        for mut plan in plans() {
            let acts = plan.acts.len();
            let done = play(&mut plan, &STEPS, seed, written);
            assert_eq!(done.len(), acts, "{plan:?}");
            let first = done.iter().position(|step| step.card().is_some()).unwrap();
            assert!(done[..first].ends_with(&[Act::Sharpen]), "the theme comes first: {done:?}");
            let when = |step| done.iter().position(|other| *other == step).unwrap();
            for (index, card) in plan.table.cards.iter().enumerate() {
                assert!(card.parent.is_none_or(|parent| when(Act::Add(parent)) < when(Act::Add(index))));
            }
            let last_add = done.iter().rposition(|step| matches!(step, Act::Add(_))).unwrap();
            assert!(done[..last_add].iter().all(|step| !matches!(step, Act::Star(_))), "stars come last");
        }
    }
}

#[test]
fn without_a_run_sheet_nothing_is_written_in_silence_and_all_else_is_done() {
    for mut plan in plans() {
        let acts = plan.acts.iter().filter(|(act, _)| !matches!(act, Act::Slip(_))).count();
        let done = play(&mut plan, &[Kind::Free], 5, written);
        assert_eq!(done.len(), acts);
        assert!(done.iter().all(|act| !matches!(act, Act::Slip(_))));
    }
}

#[test]
fn a_group_that_is_stuck_gets_no_deeper_before_it_was_helped() {
    let mut plan = plans().find(|plan| plan.table.pace == Pace::Stuck).unwrap();
    let done = play(&mut plan, &STEPS, 2, written);
    let helped = done.iter().position(|act| *act == Act::Help).unwrap();
    let is_deep = |act: &Act| matches!(act, Act::Add(card) if plan.table.cards[*card].parent.is_some());
    assert!(!done[..helped].iter().any(is_deep) && done[helped..].iter().any(is_deep));
}

#[test]
fn a_group_that_goes_on_and_on_writes_one_card_after_another() {
    let mut plan = plans().find(|plan| plan.table.pace == Pace::Chain).unwrap();
    let done = play(&mut plan, &STEPS, 3, written);
    let adds: Vec<usize> =
        done.iter().filter_map(|s| if let Act::Add(card) = s { Some(*card) } else { None }).collect();
    assert!(adds.is_sorted());
}

#[test]
fn what_builds_on_a_dropped_card_is_not_done() {
    for mut plan in plans() {
        let acts = plan.acts.len();
        let done =
            play(&mut plan, &STEPS, 1, |step| if step == Act::Add(0) { Outcome::Dropped } else { written(step) });
        let under_first = |mut card: usize| loop {
            match plan.table.cards[card].parent {
                Some(parent) => card = parent,
                None => return card == 0,
            }
        };
        assert!(done.len() < acts);
        assert!(done.iter().all(
            |step| matches!(step, Act::Add(0) | Act::Slip(_)) || step.card().is_none_or(|card| !under_first(card))
        ));
    }
}
