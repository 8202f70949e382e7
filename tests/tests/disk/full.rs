//! A disk without a byte left. `durability` does the same with a limit on the size of files, where nothing can be mounted.

use std::time::Duration;

use shared::CardId;
use tests::ask;
use tests::mount::Disk;
use tests::naze::Naze;

use super::{BARE, exported, phones, write};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_words_stay_on_phones_and_it_goes_on_by_itself() {
    let Some(disk) = Disk::of(4 * 1_024).unwrap() else {
        println!(
            "no disk can be mounted here: see durability::a_full_disk_loses_nothing_that_was_saved_and_stops_nothing_else"
        );
        return;
    };
    let naze = Naze::start_at(disk.path(), &BARE).await.unwrap();
    let made = ask::make(&naze.base(), 2).await.unwrap();
    let mut phones = phones(&naze, &made, 4).await;
    for phone in &mut phones {
        write(phone, 5, "前に書いた").await;
    }
    disk.fill().unwrap();
    let mut waiting = 0;
    for round in 0..40 {
        for (n, phone) in phones.iter_mut().enumerate() {
            if phone.connect(&naze.base()).await.is_err() {
                continue;
            }
            phone
                .add(CardId::THEME, &format!("満杯のとき{round}の{n}のあいうえおかきくけこさしすせそたちつてと"))
                .unwrap();
            // Not saved is what it says: its connection ends, and the words stay with it.
            let _ = phone.flush().await;
            let _ = tokio::time::timeout(Duration::from_millis(300), phone.saved()).await;
        }
        waiting = phones.iter().map(|phone| phone.replica.pending().len()).sum::<usize>();
        if waiting > 8 {
            break;
        }
    }
    assert!(waiting > 0, "the disk was never full");
    for _ in 0..50 {
        if naze.said().contains("is full") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(naze.said().contains("is full: make room on it"), "{}", naze.said());
    assert_eq!(ask::get(&format!("{}/healthz", naze.base())).await.unwrap().status, 200, "who reads notices nothing");
    let before = exported(&naze, &made).await;
    assert_eq!(before.matches("前に書いた").count(), 20, "what was saved can be read");
    // Nobody restarts anything: there is room, and what waits is saved.
    disk.empty().unwrap();
    for phone in &mut phones {
        phone.connect(&naze.base()).await.unwrap();
        phone.saved().await.unwrap();
        assert!(phone.replica.pending().is_empty() && phone.refused.is_empty());
    }
    let texts = exported(&naze, &made).await;
    for (n, phone) in phones.iter().enumerate() {
        let board = phone.replica.view();
        let own: Vec<String> =
            board.outline().into_iter().filter_map(|(id, _)| Some(board.get(id)?.text.read())).collect();
        assert!(
            own.iter().filter(|text| text.starts_with("満杯")).all(|text| texts.matches(text.as_str()).count() == 1)
        );
        assert!(texts.contains(&format!("満杯のとき0の{n}の")), "the first one of {n} is lost");
    }
    println!("{waiting} changes waited on phones for a disk that was full, and all of them arrived");
}
