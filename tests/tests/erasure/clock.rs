//! Names go by themselves when their time has come, and not before.

use serde_json::json;
use tests::naze;
use tests::traces;

use super::office::{Office, words};

/// Dates everything that was written so many days back, as if it had been then.
async fn days_ago(office: &mut Office, days: u64) {
    assert!(office.naze.stop().await.unwrap().success());
    let store = rusqlite::Connection::open(office.naze.data().join("naze.db")).unwrap();
    let back = i64::try_from(days * 24 * 60 * 60 * 1_000).unwrap();
    store.execute("UPDATE entries SET body = json_set(body, '$.at', json_extract(body, '$.at') - ?1)", [back]).unwrap();
    // They were made with the other dates.
    store.execute("DELETE FROM snapshots", []).unwrap();
    drop(store);
}

async fn ended(office: &mut Office) {
    use shared::docs::workshop::{Phase, WorkshopOp};
    let base = office.naze.base();
    let mut lead = tests::someone::Someone::with(&base, &office.made, "lead", office.made.lead).await.unwrap();
    let op = shared::Op::Workshop(WorkshopOp::SetPhase { phase: Phase::Ended });
    lead.does(shared::DocId::Workshop, op).await.unwrap();
}

fn are_there(office: &Office) -> bool {
    let found = traces::of(&words(), office.naze.data()).unwrap();
    words().iter().all(|word| found.iter().any(|trace| trace.word == *word))
}

async fn are_gone(office: &Office) {
    for _ in 0..100 {
        if traces::of(&words(), office.naze.data()).unwrap().is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("they are still there: {}", office.naze.said());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_go_thirty_days_after_the_end() {
    let mut office = Office::open().await;
    ended(&mut office).await;
    days_ago(&mut office, 29).await;
    office.naze.again().await.unwrap();
    let known = office.asks("GET", "data", "").await;
    assert_eq!((&known["days"], &known["erased"]), (&json!(30), &json!([])));
    assert!(are_there(&office));
    days_ago(&mut office, 2).await;
    office.naze.again().await.unwrap();
    are_gone(&office).await;
    office.swept().await;
    let known = office.asks("GET", "data", "").await;
    assert_eq!((&known["erased"][0]["by"], &known["names_until"]), (&json!("clock"), &json!(null)));
    // Once is enough.
    assert!(office.naze.stop().await.unwrap().success());
    office.naze.again().await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(office.asks("GET", "data", "").await["erased"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workshop_that_is_being_prepared_or_was_forgotten_has_sixty_days_more() {
    let mut office = Office::open().await;
    days_ago(&mut office, 89).await;
    let data = office.naze.data().to_str().unwrap().to_owned();
    let due = naze::run(&["erase", "due", "--data", &data]).unwrap();
    assert!(due.status.success() && are_there(&office), "{due:?}");
    office.naze.again().await.unwrap();
    days_ago(&mut office, 2).await;
    let due = naze::run(&["erase", "due", "--erase-names-after", "never", "--data", &data]).unwrap();
    assert!(due.status.success() && are_there(&office), "{due:?}");
    let due = naze::run(&["erase", "due", "--data", &data]).unwrap();
    assert!(due.status.success(), "{due:?}");
    assert_eq!(traces::of(&words(), office.naze.data()).unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_says_that_years_have_passed_is_not_believed_until_somebody_asks() {
    let mut office = Office::open().await;
    ended(&mut office).await;
    days_ago(&mut office, 500).await;
    let data = office.naze.data().to_str().unwrap().to_owned();
    office.naze.again().await.unwrap();
    for _ in 0..100 {
        if office.naze.said().contains("naze erase due") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(office.naze.said().contains("naze erase due"), "{}", office.naze.said());
    assert!(are_there(&office), "the clock was believed");
    assert!(office.naze.stop().await.unwrap().success());
    let due = naze::run(&["erase", "due", "--data", &data]).unwrap();
    assert!(due.status.success(), "{due:?}");
    assert_eq!(traces::of(&words(), office.naze.data()).unwrap(), []);
}
