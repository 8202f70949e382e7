//! Copies: what was erased does not come back with an old one, and those that the server makes by itself are erased too.

use serde_json::json;
use tests::naze;
use tests::traces;

use super::office::{Office, words};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_erased_is_erased_again_when_an_old_copy_is_put_back() {
    let mut office = Office::open().await;
    let data = office.naze.data().to_str().unwrap().to_owned();
    let old = office.elsewhere("old.db");
    let made = naze::run(&["backup", old.to_str().unwrap(), "--data", &data]).unwrap();
    assert!(made.status.success());
    office.erase(&json!("names")).await;
    office.swept().await;
    let running = naze::run(&["restore", old.to_str().unwrap(), "--data", &data]).unwrap();
    assert!(!running.status.success() && String::from_utf8(running.stderr).unwrap().contains("stop it first"));
    assert!(office.naze.stop().await.unwrap().success());
    let restored = naze::run(&["restore", old.to_str().unwrap(), "--data", &data]).unwrap();
    assert!(restored.status.success(), "{restored:?}");
    assert!(!traces::of(&words(), office.naze.data()).unwrap().is_empty(), "the old copy has them");
    office.naze.again().await.unwrap();
    assert_eq!(traces::of(&words(), office.naze.data()).unwrap(), []);
    assert_eq!(office.asks("GET", "data", "").await["erased"].as_array().unwrap().len(), 1);
    let kept = traces::files(office.naze.data()).unwrap();
    assert!(kept.iter().any(|file| file.to_str().unwrap().contains("naze-before-")), "{kept:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_of_the_server_lose_the_names_too() {
    let mut office = Office::open().await;
    assert!(office.naze.stop().await.unwrap().success());
    let auto = office.naze.data().join("backups");
    std::fs::create_dir_all(&auto).unwrap();
    for day in 1..=3 {
        office.back_up_by_hand(&format!("backups/naze-2026-01-0{day}T000000Z.db"));
    }
    std::fs::write(auto.join("naze-2026-01-04T000000Z.db.part"), words().concat()).unwrap();
    std::fs::write(auto.join("mine.txt"), "not the server's").unwrap();
    office.naze.again().await.unwrap();
    assert!(traces::of(&words(), &auto).unwrap().len() >= 3 * words().len());
    office.erase(&json!("names")).await;
    office.swept().await;
    assert_eq!(traces::of(&words(), office.naze.data()).unwrap(), []);
    let left = traces::files(&auto).unwrap();
    assert_eq!(left.len(), 2, "one new copy, and what is not ours: {left:?}");
    let copy = left.iter().find(|file| file.extension().is_some_and(|ending| ending == "db")).unwrap();
    let other = office.elsewhere("other");
    let restored = naze::run(&["restore", copy.to_str().unwrap(), "--data", other.to_str().unwrap()]).unwrap();
    assert!(restored.status.success(), "{restored:?}");
}
