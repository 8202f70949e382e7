//! The clock of the machine jumps: no name goes for that alone.

use super::*;
use crate::clock::Clock;

async fn open_at(folder: &std::path::Path, at: Millis) -> Registry {
    let log: Arc<dyn Log> = Arc::new(SqliteLog::open(folder).unwrap());
    let limits = Limits { names_kept_days: Some(30), ..Limits::default() };
    Registry::open_by(Clock::read_by(move || at), log, limits).await.unwrap()
}

async fn another(registry: &Registry) -> WorkshopId {
    let (title, goal, run_sheet) = ("別の会".to_owned(), String::new(), Shipped::Blank);
    let new = New { title, goal, language: Language::Ja, groups: 2, seats: 5, run_sheet };
    let made = registry.create(new).await.unwrap();
    registry.join(made.id, Token::of([3; 16]), "鈴木", Some(GroupId(1))).await.unwrap();
    made.id
}

#[tokio::test]
async fn a_clock_that_leaps_ahead_erases_nothing_until_somebody_says_so() {
    let folder = tempdir().unwrap();
    let (workshop, end) = filled(folder.path()).await;
    let ahead = Millis(end.0 + 73 * 365 * DAY_MS);
    let registry = open_at(folder.path(), ahead).await;
    assert_eq!(registry.erase_due(ahead, Cause::Clock).await, 0);
    assert_eq!(registry.doubt(ahead).await, Some(Doubt::Leapt { held: 1 }));
    // What is made by a wrong clock does not make it right: not now, and not after it has run for a year.
    another(&registry).await;
    for days in [0, 1, 100] {
        let later = Millis(ahead.0 + days * DAY_MS);
        registry.erase_due(later, Cause::Clock).await;
        assert!(registry.data(workshop).await.unwrap().erased.is_empty(), "{days}");
    }
    assert_eq!(registry.erase_due(ahead, Cause::Operator).await, 1, "an operator is believed");
    assert_eq!(registry.doubt(ahead).await, None);
    assert_eq!(registry.data(workshop).await.unwrap().erased.len(), 1);
}

#[tokio::test]
async fn a_clock_that_is_set_back_erases_nothing_and_is_told() {
    let folder = tempdir().unwrap();
    let (workshop, end) = filled(folder.path()).await;
    let registry = open_at(folder.path(), Millis(0)).await;
    for now in [0, end.0 - 2 * DAY_MS] {
        assert_eq!(registry.erase_due(Millis(now), Cause::Clock).await, 0);
        assert_eq!(registry.doubt(Millis(now)).await, Some(Doubt::Behind));
    }
    assert_eq!(registry.doubt(end).await, None);
    // Set right again, it goes on as if nothing had been.
    assert_eq!(registry.erase_due(Millis(end.0 + 91 * DAY_MS), Cause::Clock).await, 1);
    assert_eq!(registry.data(workshop).await.unwrap().names_until, None);
}

#[test]
fn a_long_time_in_which_something_was_written_now_and_then_is_no_leap() {
    let day = |day: u64| Millis(day * DAY_MS);
    let all = [0, 300, 650, 1_000].map(day);
    assert!(!is_by_a_leap(day(0), all, day(1_300)));
    assert!(is_by_a_leap(day(0), all, day(1_401)));
    assert!(is_by_a_leap(day(0), [0, 401].map(day), day(401)), "what came after the leap does not hide it");
    assert!(!is_by_a_leap(day(401), [0, 401].map(day), day(500)), "what came after it has its own time");
}
