//! A plan: what happens, in which order. It is made of a seed at once and as a whole, so that steps can be left out and the others stay
//! what they are. It knows nothing of the world in which it is carried out.

use std::fmt;
use std::str::FromStr;

use crate::random::Random;

/// What happens in a step. Which phone, link or job is meant follows from the step's own dice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Somebody does something.
    Act,
    /// The lead goes on, or does something else to everybody.
    Conduct,
    /// A frame of a phone reaches the server.
    Up,
    /// A frame of the server reaches a phone.
    Down,
    /// The server does a few things of what it has to do, and no more.
    Some,
    /// The server does all that it has to do.
    Still,
    /// The disk goes on with one of its jobs.
    Disk,
    /// Time passes.
    Time,
    /// The server's clock is set.
    Jump,
    /// A connection ends; of what was under way a part may still arrive.
    Cut,
    /// A phone connects.
    Connect,
    /// A page is loaded anew.
    Reload,
    /// A phone reads nothing for a while, or reads again.
    Stall,
    /// Somebody is seated elsewhere.
    Seat,
    /// The server dies at this moment.
    Crash,
    /// The server is asked to stop.
    Stop,
    /// The server is started.
    Start,
    /// The disk is full, or no longer.
    Full,
    /// The disk cannot be read, or can again.
    Blind,
}

/// A step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) kind: Kind,
    pub(crate) dice: u64,
}

/// What a run is mostly about.
const FAIR: &[(Kind, usize)] = &[
    (Kind::Act, 26),
    (Kind::Conduct, 5),
    (Kind::Up, 18),
    (Kind::Down, 18),
    (Kind::Some, 8),
    (Kind::Still, 4),
    (Kind::Disk, 16),
    (Kind::Time, 2),
    (Kind::Jump, 1),
    (Kind::Cut, 3),
    (Kind::Connect, 6),
    (Kind::Reload, 1),
    (Kind::Stall, 1),
    (Kind::Seat, 1),
    (Kind::Start, 1),
];

/// What is added to it.
const TROUBLES: &[&[(Kind, usize)]] = &[
    &[],
    &[(Kind::Crash, 3), (Kind::Start, 4)],
    &[(Kind::Crash, 8), (Kind::Start, 10), (Kind::Disk, 10)],
    &[(Kind::Stop, 2), (Kind::Start, 4), (Kind::Crash, 1)],
    &[(Kind::Full, 3), (Kind::Blind, 1), (Kind::Crash, 1), (Kind::Start, 3)],
    &[(Kind::Stall, 6), (Kind::Act, 20), (Kind::Time, 4)],
    &[(Kind::Cut, 14), (Kind::Connect, 18), (Kind::Reload, 4)],
    &[(Kind::Seat, 6), (Kind::Conduct, 10), (Kind::Crash, 1), (Kind::Start, 2)],
    &[(Kind::Jump, 5), (Kind::Time, 6), (Kind::Conduct, 6)],
];

/// A plan, or what is left of it.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    steps: Vec<Step>,
    /// Which of the steps take place.
    kept: Vec<usize>,
}

impl Plan {
    pub(crate) fn of(seed: u64) -> Self {
        let mut random = Random::of(seed);
        let trouble = *random.pick(TROUBLES);
        let weights: Vec<(Kind, usize)> = FAIR.iter().chain(trouble).copied().collect();
        let length = if seed % 100 == 99 { 400 } else { 60 + random.below(120) };
        let steps = (0..length).map(|_| Step { kind: random.weighed(&weights), dice: random.number() }).collect();
        Self { seed, steps, kept: (0..length).collect() }
    }

    /// The steps that take place, with their numbers.
    pub(crate) fn steps(&self) -> impl Iterator<Item = (usize, Step)> + '_ {
        self.kept.iter().filter_map(|at| Some((*at, *self.steps.get(*at)?)))
    }

    pub(crate) fn len(&self) -> usize {
        self.kept.len()
    }

    /// The same without the steps from here to there.
    fn without(&self, from: usize, to: usize) -> Self {
        let kept = self.kept.iter().enumerate().filter(|(at, _)| !(from..to).contains(at)).map(|(_, kept)| *kept);
        Self { kept: kept.collect(), ..self.clone() }
    }

    /// Cut down as long as it still fails: halves first, single steps at last.
    pub(crate) fn cut_down(mut self, fails: impl Fn(&Self) -> bool) -> Self {
        let mut size = self.len().div_ceil(2).max(1);
        loop {
            let (mut at, before) = (0, self.len());
            while at < self.len() {
                let less = self.without(at, at + size);
                if fails(&less) {
                    self = less;
                } else {
                    at += size;
                }
            }
            if size == 1 && self.len() == before {
                return self;
            }
            size = (size / 2).max(1);
        }
    }
}

/// `seed` or `seed:0-4,9,12-20`, what is kept behind the colon.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.seed)?;
        if self.kept.len() == self.steps.len() {
            return Ok(());
        }
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for at in &self.kept {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == *at => *last = *at,
                _ => ranges.push((*at, *at)),
            }
        }
        for (n, (first, last)) in ranges.iter().enumerate() {
            let sign = if n == 0 { ':' } else { ',' };
            if first == last { write!(f, "{sign}{first}")? } else { write!(f, "{sign}{first}-{last}")? }
        }
        Ok(())
    }
}

impl FromStr for Plan {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (seed, kept) = text.split_once(':').map_or((text, None), |(seed, kept)| (seed, Some(kept)));
        let mut plan = Self::of(seed.trim().parse()?);
        if let Some(kept) = kept {
            plan.kept.clear();
            for range in kept.split(',') {
                let (first, last) = range.split_once('-').unwrap_or((range, range));
                plan.kept.extend(first.trim().parse::<usize>()?..=last.trim().parse::<usize>()?);
            }
        }
        Ok(plan)
    }
}

#[test]
fn what_is_printed_of_a_plan_is_the_plan() {
    let plan = Plan::of(7).without(3, 9).without(20, 21).without(30, 50);
    let again: Plan = plan.to_string().parse().unwrap();
    assert_eq!((again.seed, &again.kept), (plan.seed, &plan.kept), "{plan}");
    assert_eq!("7".parse::<Plan>().unwrap().len(), Plan::of(7).len());
}

#[test]
fn a_plan_is_cut_down_to_what_matters() {
    let least = Plan::of(7).cut_down(|plan| [5, 17, 40].iter().all(|needed| plan.kept.contains(needed)));
    assert_eq!(least.to_string(), "7:5,17,40");
}
