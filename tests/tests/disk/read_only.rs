//! A folder that nobody may write in: at the start, and all of a sudden.

use std::time::Duration;

use shared::CardId;
use tests::ask;
use tests::mount::Disk;
use tests::naze::{self, Naze};

use super::{BARE, exported, phones, said, write};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_only_folder_is_said_at_the_start_and_nothing_is_lost() {
    let Some(disk) = Disk::of(4 * 1_024).unwrap() else {
        println!("no disk can be mounted here: nothing was tested");
        return;
    };
    let mut naze = Naze::start_at(disk.path(), &BARE).await.unwrap();
    let made = ask::make(&naze.base(), 2).await.unwrap();
    write(&mut phones(&naze, &made, 1).await[0], 3, "前に書いた").await;
    assert!(naze.stop().await.unwrap().success());
    disk.read_only().unwrap();
    let data = disk.path().to_str().unwrap();
    let refused = naze::run(&["serve", "--listen", "127.0.0.1:0", "--data", data]).unwrap();
    let text = said(&refused);
    assert_eq!(refused.status.code(), Some(1), "{text}");
    assert!(text.contains(data) && text.contains("make it writable") && text.contains("書き込めるように"), "{text}");
    disk.writable().unwrap();
    naze.again().await.unwrap();
    assert_eq!(exported(&naze, &made).await.matches("前に書いた").count(), 3);
}

/// A disk that turns read-only under a running program gives errors to every write to files that are open already. So does a file
/// that the system holds immutable.
struct Immutable(Vec<std::path::PathBuf>);

impl Immutable {
    fn make(data: &std::path::Path) -> Option<Self> {
        let files: Vec<_> = ["naze.db", "naze.db-wal"].iter().map(|name| data.join(name)).collect();
        let done = std::process::Command::new("chattr").arg("+i").args(&files).output().ok()?;
        done.status.success().then_some(Self(files))
    }
}

impl Drop for Immutable {
    fn drop(&mut self) {
        let _ = std::process::Command::new("chattr").arg("-i").args(&self.0).output();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_turns_read_only_is_said_and_it_goes_on_by_itself() {
    let naze = Naze::start_with(&BARE).await.unwrap();
    let made = ask::make(&naze.base(), 2).await.unwrap();
    let mut phones = phones(&naze, &made, 2).await;
    for phone in &mut phones {
        write(phone, 3, "前に書いた").await;
    }
    let Some(immutable) = Immutable::make(naze.data()) else {
        println!("no file can be made immutable here: nothing was tested");
        return;
    };
    for phone in &mut phones {
        phone.add(CardId::THEME, "読み取り専用のとき").unwrap();
        let _ = phone.flush().await;
        assert!(tokio::time::timeout(Duration::from_secs(2), phone.saved()).await.is_ok_and(|saved| saved.is_err()));
        assert_eq!(phone.replica.pending().len(), 1, "nobody is told that it is saved");
    }
    for _ in 0..50 {
        if naze.said().contains("cannot be written") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let text = naze.said();
    assert!(text.contains("cannot be written: its folder or disk is read-only") && text.contains("naze.db"), "{text}");
    assert_eq!(exported(&naze, &made).await.matches("前に書いた").count(), 6, "who reads notices nothing");
    drop(immutable);
    for phone in &mut phones {
        phone.connect(&naze.base()).await.unwrap();
        phone.saved().await.unwrap();
    }
    assert_eq!(exported(&naze, &made).await.matches("読み取り専用のとき").count(), 2);
}
