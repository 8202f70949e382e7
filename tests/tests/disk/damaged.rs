//! A damaged page in the store: found at the start and while it runs, said with the last good copy and the command that puts it
//! back, and no matter of other workshops.

use std::path::Path;
use std::time::Duration;

use memchr::memmem;
use tests::ask;
use tests::naze::{self, Naze};
use tokio::time::sleep;

use super::{exported, phones, said, write};

const PAGE: usize = 4_096;

/// Spoils so many bytes of each page that has the words and not the other ones; the head of a page is what makes it one.
fn spoil(store: &Path, words: &str, not: &str) -> usize {
    let mut bytes = std::fs::read(store).unwrap();
    let mut spoilt = 0;
    for page in bytes.chunks_mut(PAGE).skip(1) {
        let has = |words: &str| memmem::find(page, words.as_bytes()).is_some();
        if has(words) && !has(not) {
            page[..32].fill(0x5a);
            spoilt += 1;
        }
    }
    std::fs::write(store, bytes).unwrap();
    spoilt
}

fn copies(data: &Path) -> Vec<std::path::PathBuf> {
    server::backup::automatic::all(data)
}

/// Two workshops with words of their own, stored in one file with no log beside it, and a copy that the server made by itself.
async fn two() -> (Naze, ask::Made, ask::Made) {
    let mut naze = Naze::start().await.unwrap();
    let one = ask::make(&naze.base(), 2).await.unwrap();
    let other = ask::make(&naze.base(), 2).await.unwrap();
    for (made, words) in [(&one, "さきの会"), (&other, "あとの会")] {
        for phone in &mut phones(&naze, made, 4).await {
            write(phone, 40, &format!("{words}のカードに書いた文章は、一枚のページをみたすほど長い")).await;
        }
    }
    assert!(naze.stop().await.unwrap().success());
    naze.again().await.unwrap();
    // A store without anything in it is not copied.
    for _ in 0..100 {
        if !copies(naze.data()).is_empty() {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(copies(naze.data()).len(), 1);
    assert!(naze.stop().await.unwrap().success());
    (naze, one, other)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_page_is_said_at_the_start_with_the_copy_and_the_command_that_puts_it_back() {
    let (mut naze, one, other) = two().await;
    let store = naze.data().join("naze.db");
    assert!(spoil(&store, "あとの会", "さきの会") > 0);
    let damaged = std::fs::read(&store).unwrap();
    let data = naze.data().to_str().unwrap().to_owned();
    let refused = naze::run(&["serve", "--listen", "127.0.0.1:0", "--data", &data]).unwrap();
    let text = said(&refused);
    assert_eq!(refused.status.code(), Some(1), "{text}");
    assert!(text.contains("naze.db is damaged") && text.contains("壊れています"), "{text}");
    assert!(text.contains("The last good backup is") && text.contains("最新の写し"), "{text}");
    assert_eq!(std::fs::read(&store).unwrap(), damaged, "it was not touched");
    // What it says is done, as it stands there.
    let command = text.lines().find_map(|line| line.strip_prefix("To restore it: naze ")).expect("a command");
    let words: Vec<&str> = command.split(' ').collect();
    let restored = naze::run(&words).unwrap();
    assert!(restored.status.success(), "{}", said(&restored));
    let aside = std::fs::read_dir(naze.data()).unwrap().flatten().map(|file| file.path());
    let aside = aside
        .filter(|file| file.to_str().unwrap().contains("naze-before-") && file.extension().is_some_and(|e| e == "db"));
    assert_eq!(aside.map(|file| std::fs::read(file).unwrap()).collect::<Vec<_>>(), [damaged], "kept aside, as it was");
    naze.again().await.unwrap();
    assert_eq!(exported(&naze, &one).await.matches("さきの会").count(), 160);
    assert_eq!(exported(&naze, &other).await.matches("あとの会").count(), 160);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_is_damaged_while_it_runs_stops_its_own_workshop_alone() {
    let (mut naze, one, other) = two().await;
    naze.again().await.unwrap();
    let mut writing = phones(&naze, &one, 2).await;
    write(&mut writing[0], 1, "さきの会の続き").await;
    assert!(spoil(&naze.data().join("naze.db"), "あとの会", "さきの会") > 0);
    let refused = ask::export(&naze.base(), &other).await.unwrap_err().to_string();
    assert!(refused.contains("503"), "{refused}");
    let told =
        ["a doc cannot be opened; everything else goes on without it", "is damaged", "last_backup=", "backups/naze-"];
    // The answer may be here before what was written about it.
    let mut text = naze.said();
    for _ in 0..100 {
        if told.iter().all(|words| text.contains(words)) {
            break;
        }
        sleep(Duration::from_millis(50)).await;
        text = naze.said();
    }
    assert!(told.iter().all(|words| text.contains(words)), "{text}");
    for phone in &mut writing {
        write(phone, 3, "さきの会はまだ続く").await;
    }
    assert_eq!(exported(&naze, &one).await.matches("さきの会").count(), 160 + 1 + 6);
}

#[test]
fn a_copy_that_is_no_copy_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy.db"));
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("naze.db"), "what is there").unwrap();
    std::fs::write(&copy, "no copy at all, and long enough to be looked at as one").unwrap();
    for file in [copy.as_path(), Path::new("nowhere.db")] {
        let refused = naze::run(&["restore", file.to_str().unwrap(), "--data", data.to_str().unwrap()]).unwrap();
        assert!(!refused.status.success(), "{}", said(&refused));
    }
    assert_eq!(std::fs::read_to_string(data.join("naze.db")).unwrap(), "what is there");
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 1, "nothing else is there");
}
