//! The machine itself: where data goes, how much room there is, its clock, and whether this executable has its page.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::finding::Finding;
use crate::page::{INDEX, Page};
use crate::said::Said;

const MIB: u64 = 1024 * 1024;
/// A day's workshop is some megabytes; below this, the next program that fills the disk ends it.
const FREE_BYTES_MIN: u64 = 100 * MIB;
const FREE_BYTES_GOOD: u64 = 1024 * MIB;
/// 1 January 2026: this program is younger, so the clock of its machine is not behind that.
const EARLIEST: Duration = Duration::from_secs(1_767_225_600);
/// Data that was written later than now tells of a clock that was put back; daylight saving is no reason.
const TOLERANCE: Duration = Duration::from_secs(26 * 3_600);

/// Looks at all of it.
pub(super) fn look(data: &Path, now: SystemTime) -> Vec<Finding> {
    vec![folder(data), room(data), clock(now, last_written(data)), page()]
}

/// The folder, or the one in which it will be made.
fn nearest(data: &Path) -> PathBuf {
    let whole = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
    whole.ancestors().find(|folder| folder.exists()).unwrap_or(&whole).to_owned()
}

fn folder(data: &Path) -> Finding {
    let folder = nearest(data);
    let shown = folder.display();
    match try_to_write(&folder) {
        Ok(()) => Finding::good(Said::new(
            format!("データは {} に入ります。書き込めます。", data.display()),
            format!("Data goes to {}, which can be written to.", data.display()),
        )),
        Err(why) => Finding::bad(Said::new(
            format!("フォルダ {shown} に書き込めません（{why}）。--data で別のフォルダを指定してください。"),
            format!("The folder {shown} cannot be written to ({why}). Name another one with --data."),
        )),
    }
}

fn try_to_write(folder: &Path) -> io::Result<()> {
    let probe = folder.join(format!(".naze-doctor-{}", std::process::id()));
    File::create_new(&probe)?;
    fs::remove_file(&probe)
}

fn room(data: &Path) -> Finding {
    match fs4::available_space(nearest(data)) {
        Ok(bytes) => room_of(bytes),
        Err(why) => Finding::unseen(Said::new(
            format!("ディスクの空きを調べられません（{why}）。"),
            format!("The space on the disk could not be seen ({why})."),
        )),
    }
}

fn room_of(bytes: u64) -> Finding {
    let mib = bytes / MIB;
    let said = |ja: &str, en: &str| {
        Said::new(format!("ディスクの空きは {mib} MB です。{ja}"), format!("{mib} MB are free on the disk. {en}"))
    };
    if bytes < FREE_BYTES_MIN {
        return Finding::bad(said("足りません。空きを作ってください。", "That is too little: make room."));
    }
    if bytes < FREE_BYTES_GOOD {
        return Finding::advice(said("少なめです。", "That is not much."));
    }
    Finding::good(said("十分です。", "That is enough."))
}

fn last_written(data: &Path) -> Option<SystemTime> {
    fs::read_dir(data).ok()?.filter_map(|file| file.ok()?.metadata().ok()?.modified().ok()).max()
}

fn clock(now: SystemTime, last_written: Option<SystemTime>) -> Finding {
    let shown = jiff::Timestamp::try_from(now).map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
    let is_behind = now < UNIX_EPOCH + EARLIEST || last_written.is_some_and(|last| last > now + TOLERANCE);
    if is_behind {
        return Finding::bad(Said::new(
            format!(
                "この機械の時計が遅れています（{shown} UTC）。日付と時刻を合わせてください。残り時間や記録の時刻がずれます。"
            ),
            format!(
                "This machine's clock is behind ({shown} UTC). Set date and time, or times in reports will be wrong."
            ),
        ));
    }
    Finding::good(Said::new(format!("時計は {shown}（UTC）です。"), format!("The clock says {shown} UTC.")))
}

fn page() -> Finding {
    if Page::Embedded.get(INDEX).is_some() {
        return Finding::good(Said::new("画面のデータが入っています。", "The page is in this executable."));
    }
    Finding::bad(Said::new(
        "この naze には画面のデータが入っていません。cargo xtask serve か cargo xtask dist で作り直してください。",
        "This naze was built without its page. Build it with cargo xtask serve or cargo xtask dist.",
    ))
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    #[test]
    fn a_clock_that_is_behind_is_noticed() {
        let at = |days: u64| UNIX_EPOCH + Duration::from_secs(days * 24 * 3_600);
        assert_eq!(clock(at(20_600), None).state, State::Good);
        assert_eq!(clock(at(20_600), Some(at(20_601))).state, State::Good);
        assert_eq!(clock(at(20_600), Some(at(20_605))).state, State::Bad);
        assert_eq!(clock(at(5), None).state, State::Bad);
    }

    #[test]
    fn a_full_disk_is_noticed_and_a_folder_that_nobody_writes_to() {
        assert_eq!(room_of(0).state, State::Bad);
        assert_eq!(room_of(500 * MIB).state, State::Advice);
        assert_eq!(room_of(50_000 * MIB).state, State::Good);
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(super::folder(&folder.path().join("not yet/there")).state, State::Good);
        assert!(fs::read_dir(folder.path()).unwrap().next().is_none(), "it left something");
        let file = folder.path().join("a file");
        fs::write(&file, "").unwrap();
        assert_eq!(super::folder(&file.join("data")).state, State::Bad);
    }
}
