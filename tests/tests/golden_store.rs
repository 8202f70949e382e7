//! What version 1 stored is read for ever, and still written so: every operation and every doc that the golden files of the
//! wire know (shared/tests), and a whole data folder. `NAZE_GOLDEN=add` writes what is missing; what is there stays.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use server::log::stored::{read_entry, read_snapshot, write_entry, write_snapshot};
use shared::docs::board::{BoardOp, Mark, Star};
use shared::text::Splice;
use shared::wire::{ServerMessage, decode, encode};
use shared::{AnyDoc, By, CardId, ClientId, DocId, Entry, GroupId, Millis, Op, OpId, PersonId, Seq, Stamp, Token};
use tests::ask;
use tests::naze::Naze;
use tests::peer::Peer;
use tests::phone::{Owner, Phone};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/store-v1")
}

/// Whole data folders, one of every version that there was.
const DATA: [&str; 2] = ["golden/store-v1/data", "golden/store-v2/data"];

fn adds() -> bool {
    std::env::var("NAZE_GOLDEN").is_ok_and(|what| what == "add")
}

/// The golden text of this name.
fn golden(path: &Path, now: &str) -> String {
    if adds() && !path.exists() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, format!("{now}\n")).unwrap();
    }
    let text = std::fs::read_to_string(path);
    text.unwrap_or_else(|why| panic!("{}: {why}; a new variant? NAZE_GOLDEN=add writes it", path.display()))
}

/// The golden values of the wire of one kind, by name.
fn wire(family: &str) -> Vec<(String, Vec<u8>)> {
    let wire = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tests/golden/wire-v1").join(family);
    let mut all = Vec::new();
    for file in std::fs::read_dir(wire).unwrap() {
        let path = file.unwrap().path();
        all.push((path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap()));
    }
    assert!(!all.is_empty());
    all
}

fn ops() -> Vec<(String, Op)> {
    let mut ops = Vec::new();
    let mut of = |family: &str, read: fn(&[u8]) -> Op| {
        ops.extend(wire(family).into_iter().map(|(name, bytes)| (format!("{family}/{name}"), read(&bytes))));
    };
    of("WorkshopOp", |bytes| Op::Workshop(decode(bytes).unwrap()));
    of("RosterOp", |bytes| Op::Roster(decode(bytes).unwrap()));
    of("BoardOp", |bytes| Op::Board(decode(bytes).unwrap()));
    of("DoorsOp", |bytes| Op::Doors(decode(bytes).unwrap()));
    of("DirectoryOp", |bytes| Op::Directory(decode(bytes).unwrap()));
    of("TrayOp", |bytes| Op::Tray(decode(bytes).unwrap()));
    of("TextEdit", |bytes| Op::Board(BoardOp::EditText { card: CardId::THEME, edit: decode(bytes).unwrap() }));
    ops
}

#[test]
fn every_operation_is_still_stored_and_read_as_it_was() {
    let whose = [By::Server, By::Lead, By::Helper, By::Person(PersonId(34))];
    for (n, (name, op)) in ops().into_iter().enumerate() {
        let id = OpId { client: ClientId::of(0xabc), n: 7 };
        let by = whose[n % whose.len()];
        let stamp = Stamp { seq: Seq(9), at: Millis(1_790_000_000_000), by, id };
        let entry = Entry { stamp, op };
        let written = write_entry(&entry).unwrap();
        let path = folder().join(format!("{name}.json"));
        let line = golden(&path, &written);
        let read = read_entry(Seq(9), line.trim_end()).unwrap();
        assert_eq!(read.op, entry.op, "{name}");
        // Whose it was depends on the order of the files.
        assert_eq!(write_entry(&read).unwrap(), line.trim_end(), "{name}");
    }
}

#[test]
fn every_doc_is_still_stored_and_read_as_it_was() {
    for (name, bytes) in wire("AnyDoc") {
        let doc: AnyDoc = decode(&bytes).unwrap();
        let line = golden(&folder().join(format!("AnyDoc/{name}.json")), &write_snapshot(&doc).unwrap());
        assert_eq!(write_snapshot(&doc).unwrap(), line.trim_end(), "{name}");
        assert_eq!(read_snapshot(line.trim_end()).unwrap(), doc, "{name}");
    }
}

#[test]
fn no_golden_line_is_forgotten() {
    let names: Vec<String> = ops().into_iter().map(|(name, _)| name).collect();
    for family in std::fs::read_dir(folder()).unwrap() {
        let family = family.unwrap().path();
        let kind = family.file_name().unwrap().to_str().unwrap().to_owned();
        if !family.is_dir() || kind == "AnyDoc" || kind == "data" {
            continue;
        }
        for file in std::fs::read_dir(&family).unwrap() {
            let name = file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
            assert!(names.contains(&format!("{kind}/{name}")), "{kind}/{name} has no operation any more");
        }
    }
}

/// Docs as their lead gets them.
async fn docs(base: &str, workshop: shared::WorkshopId, lead: Token, wanted: usize) -> BTreeMap<DocId, AnyDoc> {
    let mut peer = Peer::open(base).await.unwrap();
    peer.hello(workshop, lead, server::access::new_client().unwrap(), Vec::new()).await.unwrap();
    let mut docs = BTreeMap::new();
    while docs.len() < wanted {
        if let ServerMessage::Snapshot { doc, body } = peer.said().await.unwrap() {
            docs.insert(doc, body);
        }
    }
    docs
}

/// A workshop in which something of everything has happened.
async fn make_data(data: &Path) {
    let mut naze = Naze::start().await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, 2).await.unwrap();
    let mut phones = Vec::new();
    for (name, group) in [("さとう", 1), ("Oka", 1), ("たなか", 2)] {
        let mut phone = Phone::new(Owner::join(&base, &made, name, group).await.unwrap()).unwrap();
        phone.connect(&base).await.unwrap();
        phones.push(phone);
    }
    for phone in &mut phones {
        phone.append(CardId::THEME, "自治会の高齢化");
        let cause = phone.add(CardId::THEME, "役員の負担が重い").unwrap();
        let deeper = phone.add(cause, "引き受ける人がいない").unwrap();
        phone.splice(deeper, &Splice { at: 2, delete: 3, insert: "てくれそうな👩‍🌾".into() });
        phone.act(BoardOp::SetStar { card: deeper, star: Star::RootCause });
        phone.act(BoardOp::SetMark { card: cause, mark: Some(Mark::Guess) });
        let gone = phone.add(CardId::THEME, "消えるカード").unwrap();
        phone.act(BoardOp::RemoveCard { card: gone });
        phone.flush().await.unwrap();
        phone.saved().await.unwrap();
    }
    let docs = docs(&base, made.id, made.lead, 4).await;
    assert!(naze.stop().await.unwrap().success());
    std::fs::create_dir_all(data).unwrap();
    std::fs::copy(naze.data().join("naze.db"), data.join("naze.db")).unwrap();
    let keys = json!({ "workshop": made.id.to_string(), "lead": made.lead.to_string() });
    std::fs::write(data.join("keys.json"), format!("{keys}\n")).unwrap();
    for (id, doc) in docs {
        std::fs::write(data.join(doc_file(id)), encode(&doc)).unwrap();
    }
}

fn doc_file(id: DocId) -> String {
    format!("{}.bin", server::log::stored::write_doc(id).replace('/', "-"))
}

#[tokio::test]
async fn a_data_folder_of_every_version_is_still_served() {
    for data in DATA {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join(data);
        if adds() && !data.exists() {
            make_data(&data).await;
        }
        is_served(&data).await;
    }
}

async fn is_served(data: &Path) {
    let keys: Value = serde_json::from_str(&std::fs::read_to_string(data.join("keys.json")).unwrap()).unwrap();
    let key = |name: &str| keys[name].as_str().unwrap();
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(data.join("naze.db"), copy.path().join("naze.db")).unwrap();
    let naze = Naze::start_in(copy, &["--log", "warn"]).await.unwrap();
    let workshop = key("workshop").parse().unwrap();
    let served = docs(&naze.base(), workshop, key("lead").parse().unwrap(), 4).await;
    let boards = [1, 2].map(|group| DocId::Board(GroupId(group)));
    for id in [DocId::Workshop, DocId::Roster].into_iter().chain(boards) {
        let path = data.join(doc_file(id));
        if adds() && !path.exists() {
            std::fs::write(&path, encode(&served[&id])).unwrap();
        }
        let golden: AnyDoc = decode(&std::fs::read(path).unwrap()).unwrap();
        assert_eq!(served[&id], golden, "{id:?}");
    }
}
