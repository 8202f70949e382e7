//! Power cuts in the middle of it.

use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::json;
use tests::naze;
use tests::traces;

use super::office::{Office, words};

/// So many moments between the beginning and the end of an erasure.
const CUTS: u32 = 24;

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in traces::files(from).unwrap() {
        let to = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(file, to).unwrap();
    }
}

/// The same folder is erased again and again, and killed a little later each time: whatever was begun is done after the next start,
/// and every doc can be read at every moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_power_cut_in_the_middle_leaves_it_undone_or_to_be_done_and_never_half() {
    let mut office = Office::open().await;
    for n in 0..40 {
        office.write(&format!("{n}枚めのカード")).await;
    }
    let data = office.naze.data().to_path_buf();
    let auto = data.join("backups");
    std::fs::create_dir_all(&auto).unwrap();
    office.back_up_by_hand("backups/naze-2026-01-01T000000Z.db");
    assert!(office.naze.stop().await.unwrap().success());
    let sound = office.elsewhere("sound");
    copy(&data, &sound);
    let code = office.made.code.to_string();
    let begin = |folder: &std::path::Path| {
        let mut command = naze::command(&["erase", "names", &code, "--data", folder.to_str().unwrap()]).unwrap();
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let whole = office.elsewhere("whole");
    copy(&sound, &whole);
    let begun = Instant::now();
    assert!(begin(&whole).wait().unwrap().success());
    let takes = begun.elapsed();
    let (mut undone, mut resumed, mut done) = (0, 0, 0);
    for n in 0..CUTS {
        let folder = office.elsewhere(&format!("cut-{n}"));
        copy(&sound, &folder);
        let mut child = begin(&folder);
        std::thread::sleep(takes * n / CUTS + Duration::from_millis(1));
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        // A line that is not whole is no wish: nobody was told anything.
        let wished = std::fs::read_to_string(folder.join("erasures.jsonl")).is_ok_and(|lines| lines.contains('\n'));
        let dirty = !traces::of(&words(), &folder).unwrap().is_empty();
        // The start that follows: a list is the least that opens the store.
        let listed = naze::run(&["erase", "list", "--data", folder.to_str().unwrap()]).unwrap();
        assert!(listed.status.success(), "cut {n}: {listed:?}");
        let store = folder.join("naze.db");
        let read = naze::run(&[
            "backup",
            office.elsewhere(&format!("read-{n}")).to_str().unwrap(),
            "--data",
            folder.to_str().unwrap(),
        ]);
        assert!(read.unwrap().status.success(), "cut {n}: {} cannot be read through", store.display());
        let traces = traces::of(&words(), &folder).unwrap();
        match (wished, ended.success()) {
            (false, _) => {
                undone += 1;
                assert!(!traces.is_empty(), "cut {n}: nothing was wished, and it was done");
            }
            (true, was_done) => {
                assert_eq!(traces, [], "cut {n}: begun and not completed");
                if dirty { resumed += 1 } else { done += i32::from(was_done) }
            }
        }
    }
    println!(
        "{CUTS} power cuts over {takes:?}: {undone} before it was wished, {resumed} completed at the next start, {done} done"
    );
    assert!(undone > 0 && resumed > 0, "the cuts were all on one side: {undone}, {resumed}, {done}");
    drop(json!(null));
}

/// The server is killed at once after it has answered: what it said is so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_lead_was_told_is_so_after_a_power_cut() {
    let mut office = Office::open().await;
    for _ in 0..3 {
        office.erase(&json!("names")).await;
        office.naze.kill();
        office.naze.again().await.unwrap();
        assert_eq!(traces::of(&words(), office.naze.data()).unwrap(), []);
        assert_eq!(office.export().await["roster"].as_array().unwrap().len(), 6);
    }
}
