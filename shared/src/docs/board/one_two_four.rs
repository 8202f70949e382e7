//! What a group makes in a step of 1-2-4-all: pairs with a draft each, and the card that it brings before everybody. Who sits in
//! which pair is said once and kept: nobody is taken from their partner because somebody else comes or goes.

use serde::{Deserialize, Serialize};

use super::{Board, Kept, Seated};
use crate::ids::{CardId, PairId, PersonId, StepId};
use crate::text::Text;

/// Two people, or three, or who is left of them, and the text that they share.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Pair {
    /// Who. Those who have left the group among them: who comes back is where they were.
    pub people: Vec<PersonId>,
    /// What they write together.
    pub draft: Text,
    /// The card that it became last.
    pub card: Option<CardId>,
}

/// One step of a group.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct OneTwoFour {
    /// The pairs, in the order in which they came about; none before the group talks in twos.
    pub pairs: Vec<Pair>,
    /// The card that was chosen for everybody, whatever became of it.
    pub for_all: Option<CardId>,
}

/// How people sit in twos: those who are in no pair yet. First who has lost a partner gets one; the others make pairs of their own,
/// in their order. One who is left over makes the smallest pair a three; nobody is alone who need not be.
pub(super) fn paired(pairs: &[Vec<PersonId>], seated: &[PersonId]) -> Vec<Vec<PersonId>> {
    let mut pairs = pairs.to_vec();
    let here = |pair: &[PersonId]| pair.iter().filter(|person| seated.contains(person)).count();
    let mut new: Vec<PersonId> =
        seated.iter().copied().filter(|person| !pairs.iter().any(|pair| pair.contains(person))).collect();
    for pair in &mut pairs {
        if here(pair) == 1 && !new.is_empty() {
            pair.push(new.remove(0));
        }
    }
    let mut twos = new.chunks_exact(2);
    pairs.extend(twos.by_ref().map(<[PersonId]>::to_vec));
    for person in twos.remainder() {
        // Of several that are as small the last one: who comes late sits with who came late.
        let smallest = pairs.iter_mut().rev().filter(|pair| here(pair) > 0).min_by_key(|pair| here(pair));
        match smallest {
            Some(pair) => pair.push(*person),
            None => pairs.push(vec![*person]),
        }
    }
    pairs
}

impl Board {
    /// The pair of a step.
    pub fn pair(&self, step: StepId, pair: PairId) -> Option<&Pair> {
        self.one_two_four.get(&step)?.pairs.get(usize::from(pair.0))
    }

    /// The pairs of a step, by number.
    pub fn pairs(&self, step: StepId) -> impl Iterator<Item = (PairId, &Pair)> {
        (0..).map(PairId).zip(self.one_two_four.get(&step).into_iter().flat_map(|made| made.pairs.iter()))
    }

    /// The pair that somebody sits in.
    pub fn pair_of(&self, step: StepId, person: PersonId) -> Option<PairId> {
        self.pairs(step).find(|(_, pair)| pair.people.contains(&person)).map(|(id, _)| id)
    }

    /// Who of a pair sits here now.
    pub fn sit_in<'a>(&'a self, pair: &'a Pair) -> impl Iterator<Item = PersonId> + 'a {
        let sits = |person: &PersonId| self.members.get(person).is_some_and(|member| member.seated == Seated::Here);
        pair.people.iter().copied().filter(sits)
    }

    /// Whether somebody who sits here is in no pair of a step.
    pub fn lacks_a_pair(&self, step: StepId) -> bool {
        self.seated().any(|(person, _)| self.pair_of(step, person).is_none())
    }

    /// The card that a pair's draft lies on; none when it lies on none, or that was removed.
    pub fn card_of(&self, pair: &Pair) -> Option<CardId> {
        pair.card.filter(|card| !matches!(self.get(*card).map(|card| card.kept), None | Some(Kept::RemovedBy(_))))
    }

    /// The card that the group brings before everybody in a step: the one that stands for what was chosen, as long as it is seen.
    pub fn for_all(&self, step: StepId) -> Option<CardId> {
        let chosen = self.stands_for(self.one_two_four.get(&step)?.for_all?);
        self.is_seen(chosen).then_some(chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(ids: &[u32]) -> Vec<PersonId> {
        ids.iter().copied().map(PersonId).collect()
    }

    fn after(before: &[&[u32]], seated: &[u32]) -> Vec<Vec<u32>> {
        let before: Vec<_> = before.iter().map(|pair| people(pair)).collect();
        paired(&before, &people(seated)).iter().map(|pair| pair.iter().map(|person| person.0).collect()).collect()
    }

    #[test]
    fn people_sit_in_twos_in_their_order_and_an_odd_one_makes_a_three() {
        assert_eq!(after(&[], &[]), Vec::<Vec<u32>>::new());
        assert_eq!(after(&[], &[7]), [[7]]);
        assert_eq!(after(&[], &[7, 9]), [[7, 9]]);
        assert_eq!(after(&[], &[1, 2, 3]), [[1, 2, 3]]);
        assert_eq!(after(&[], &[1, 2, 3, 4, 5]), [vec![1, 2], vec![3, 4, 5]]);
    }

    #[test]
    fn who_comes_late_joins_and_nobody_else_moves() {
        assert_eq!(after(&[&[1, 2], &[3, 4, 5]], &[1, 2, 3, 4, 5, 6]), [vec![1, 2, 6], vec![3, 4, 5]]);
        assert_eq!(after(&[&[1, 2], &[3, 4]], &[0, 1, 2, 3, 4]), [vec![1, 2], vec![3, 4, 0]]);
        assert_eq!(after(&[&[1, 2]], &[1, 2, 8, 9]), [[1, 2], [8, 9]], "two who come late are a pair");
        assert_eq!(after(&[&[1]], &[1, 5]), [[1, 5]]);
    }

    #[test]
    fn who_leaves_takes_nobody_with_them() {
        assert_eq!(after(&[&[1, 2], &[3, 4]], &[1, 3, 4]), [[1, 2], [3, 4]], "one goes on alone, and 2 may come back");
        assert_eq!(after(&[&[1, 2], &[3, 4]], &[1, 3, 4, 5]), [vec![1, 2, 5], vec![3, 4]], "and gets a new partner");
        assert_eq!(after(&[&[1, 2], &[3, 4]], &[3, 4, 5]), [vec![1, 2], vec![3, 4, 5]], "nobody is left there");
        assert_eq!(after(&[&[1, 2]], &[5]), [vec![1, 2], vec![5]]);
    }
}
