//! Whole afternoons of one group, without a board.

use shared::docs::workshop::Language;
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

/// Does everything, with as many hands as there are seats, and returns the steps in the order in which they ended.
fn play(plan: &mut Plan, seed: u64, mut outcome: impl FnMut(Step) -> Outcome) -> Vec<Step> {
    let mut human = Human::new(seed, 1.0, Language::Ja);
    let (mut hands, mut done) = (Vec::new(), Vec::new());
    loop {
        match plan.take(|below| human.choose(below)) {
            Next::Do(step) => hands.push(step),
            Next::Wait => assert!(!hands.is_empty(), "everybody waits for nobody: {plan:?}"),
            Next::Over => return done,
        }
        if hands.len() == 5 || human.choose(2) == 0 {
            let step = hands.swap_remove(human.choose(hands.len()));
            plan.finish(step, outcome(step));
            done.push(step);
        }
    }
}

fn written(step: Step) -> Outcome {
    if let Step::Add(card) = step { Outcome::Written(id(card)) } else { Outcome::Done }
}

#[test]
fn everything_is_done_once_and_in_a_possible_order() {
    for seed in 0..20 {
        for mut plan in plans() {
            let steps = plan.steps.len();
            let done = play(&mut plan, seed, written);
            assert_eq!(done.len(), steps);
            let first = done.iter().position(|step| step.card().is_some()).unwrap();
            assert!(done[..first].ends_with(&[Step::Sharpen]), "the theme comes first: {done:?}");
            let when = |step| done.iter().position(|other| *other == step).unwrap();
            for (index, card) in plan.table.cards.iter().enumerate() {
                assert!(card.parent.is_none_or(|parent| when(Step::Add(parent)) < when(Step::Add(index))));
            }
            let last_add = done.iter().rposition(|step| matches!(step, Step::Add(_))).unwrap();
            assert!(done[..last_add].iter().all(|step| !matches!(step, Step::Star(_))), "stars come last");
        }
    }
}

#[test]
fn a_group_that_goes_on_and_on_writes_one_card_after_another() {
    let mut plan = plans().find(|plan| plan.table.pace == Pace::Chain).unwrap();
    let done = play(&mut plan, 3, written);
    let adds: Vec<usize> =
        done.iter().filter_map(|s| if let Step::Add(card) = s { Some(*card) } else { None }).collect();
    assert!(adds.is_sorted());
}

#[test]
fn what_builds_on_a_dropped_card_is_not_done() {
    for mut plan in plans() {
        let steps = plan.steps.len();
        let done = play(&mut plan, 1, |step| if step == Step::Add(0) { Outcome::Dropped } else { written(step) });
        let under_first = |mut card: usize| loop {
            match plan.table.cards[card].parent {
                Some(parent) => card = parent,
                None => return card == 0,
            }
        };
        assert!(done.len() < steps);
        assert!(done.iter().all(|step| *step == Step::Add(0) || step.card().is_none_or(|card| !under_first(card))));
    }
}
