//! Many phones, one log, a bad network: all see the same in the end, and nothing is lost, doubled or refused in silence.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::world::World;

/// Seeds of the test command. More with `NAZE_SEEDS=1000000 cargo test --release -p shared convergence`.
const SEEDS: u64 = 5_000;

/// Failing seeds that are looked at before the shortest is reported.
const REPORTED: usize = 10;

/// Seeds that failed once, and what was mended.
const PINNED: &[u64] = &[];

/// How long a world of this seed goes on: usually a while, sometimes long.
fn steps(seed: u64) -> usize {
    match seed % 100 {
        0 => 1_200,
        1..30 => 60,
        _ => 160,
    }
}

fn run(mut world: World, steps: usize) -> (World, Result<(), String>) {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        (0..steps).try_for_each(|_| world.step())?;
        world.settle()?;
        world.check()
    }));
    (world, outcome.unwrap_or_else(|_| Err("it panicked".into())))
}

/// As few steps as show a failure of this seed.
fn fewest(seed: u64) -> usize {
    (0..=steps(seed)).find(|few| run(World::new(seed), *few).1.is_err()).unwrap_or(steps(seed))
}

/// The failure that is told in the fewest steps.
fn report(seeds: impl Iterator<Item = u64>) -> Option<String> {
    let (few, seed) = seeds.map(|seed| (fewest(seed), seed)).min()?;
    let (world, outcome) = run(World::told(seed), few);
    let plan = world.plan().join("\n  ");
    Some(format!("seed {seed} after {few} steps: {}\n  {plan}", outcome.err().unwrap_or_default()))
}

fn fails(seed: u64) -> bool {
    run(World::new(seed), steps(seed)).1.is_err()
}

#[test]
fn seeds_that_once_failed() {
    let found = report(PINNED.iter().copied().filter(|seed| fails(*seed)));
    assert!(found.is_none(), "{}", found.unwrap_or_default());
}

#[test]
fn all_phones_converge_and_nothing_is_lost_or_doubled() {
    let seeds = std::env::var("NAZE_SEEDS").map_or(SEEDS, |text| text.parse().expect("NAZE_SEEDS is a number"));
    let (next, failed) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    let work = || {
        while failed.lock().unwrap().len() < REPORTED {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds {
                return;
            }
            if fails(seed) {
                failed.lock().unwrap().push(seed);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let failed = failed.into_inner().unwrap();
    let found = report(failed.iter().copied());
    assert!(found.is_none(), "failing seeds: {failed:?}\n{}", found.unwrap_or_default());
}
