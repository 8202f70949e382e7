//! The wire stays as it is: every message that version 1 ever had is still read as the same value, and written as the
//! same bytes. `NAZE_GOLDEN=add cargo test -p shared golden` writes the files of new variants; a file that is there is
//! never written again, because phones in use speak what it says.

use std::collections::BTreeSet;
use std::path::PathBuf;

pub(crate) mod samples;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/wire-v1")
}

#[test]
fn every_message_is_still_written_and_read_as_it_was() {
    let add = std::env::var("NAZE_GOLDEN").is_ok_and(|what| what == "add");
    for sample in samples::all() {
        let path = folder().join(sample.family).join(format!("{}.bin", sample.name));
        if add && !path.exists() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &sample.bytes).unwrap();
        }
        let golden = std::fs::read(&path)
            .unwrap_or_else(|why| panic!("{}: {why}; a new variant? NAZE_GOLDEN=add writes it", path.display()));
        assert_eq!(golden, sample.bytes, "{}/{} is written otherwise than it was", sample.family, sample.name);
        assert!((sample.reads_same)(&golden), "{}/{} is read otherwise than it was", sample.family, sample.name);
    }
}

#[test]
fn no_golden_file_is_forgotten() {
    let known: BTreeSet<PathBuf> =
        samples::all().iter().map(|sample| folder().join(sample.family).join(format!("{}.bin", sample.name))).collect();
    for family in std::fs::read_dir(folder()).unwrap() {
        for file in std::fs::read_dir(family.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            assert!(known.contains(&path), "{} has no sample: variants are never taken away", path.display());
        }
    }
}

#[test]
fn versions_and_close_codes_are_what_phones_know() {
    use shared::wire::Close;
    assert_eq!(shared::wire::VERSION, 1);
    let codes = [
        (Close::Restart, 1012),
        (Close::OldPage, 4001),
        (Close::NotUnderstood, 4002),
        (Close::TooFast, 4003),
        (Close::TooSlow, 4004),
        (Close::Reseated, 4005),
        (Close::TooMany, 4006),
        (Close::Silent, 4007),
        (Close::Replaced, 4008),
    ];
    for (close, code) in codes {
        assert_eq!(close as u16, code);
        // A new code does not compile until it is in the table above.
        match close {
            Close::Restart
            | Close::OldPage
            | Close::NotUnderstood
            | Close::TooFast
            | Close::TooSlow
            | Close::Reseated
            | Close::TooMany
            | Close::Silent
            | Close::Replaced => {}
        }
    }
}
