//! What a server knows of people is erased: from every file of its folder, from what phones and screens see, at once and after a
//! power cut in the middle of it. Every test looks for the words first while they are there, so that it can fail.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

mod clock;
mod office;
mod power;
mod restored;

use serde_json::{Value, json};
use shared::wire::{ServerMessage, encode};
use shared::{AnyDoc, DocId, GroupId};
use tests::naze;
use tests::phone::CameAs;
use tests::someone::Someone;
use tests::traces;

use self::office::{ATTRIBUTES, GUESTS, NAMES, Office, words};

/// Everything of an export but what was to be erased.
fn without_people(mut export: Value) -> Value {
    export["roster"] = Value::Null;
    for board in export["boards"].as_array_mut().unwrap() {
        board["members"] = Value::Null;
    }
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                if fields.contains_key("role") {
                    fields.remove("name");
                }
                fields.values_mut().for_each(strip);
            }
            Value::Array(all) => all.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut export);
    export
}

fn has(message: &ServerMessage, word: &str) -> bool {
    encode(message).windows(word.len()).any(|bytes| bytes == word.as_bytes())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_names_go_from_every_file_and_every_screen_and_nothing_else_does() {
    let mut office = Office::open().await;
    let (base, made) = (office.naze.base(), office.made);
    office.back_up_by_hand("before.db");
    let before = office.export().await;
    let found = traces::of(&words(), office.naze.data()).unwrap();
    for word in words() {
        assert!(found.iter().any(|trace| trace.word == word), "{word} was never there: the search finds nothing");
    }
    let known = office.asks("GET", "data", "").await;
    assert_eq!(known["people"], json!(NAMES.len() + GUESTS.len()));
    assert!(known["names_until"].as_u64().is_some(), "the lead is told when: {known}");

    let done = office.erase(&json!("names")).await;
    assert_eq!(done["people"], json!(NAMES.len() + GUESTS.len()), "{done}");
    office.swept().await;
    std::fs::remove_file(office.by_hand("before.db")).unwrap();

    assert_eq!(traces::of(&words(), office.naze.data()).unwrap(), [], "traces are left");
    let after = office.export().await;
    assert_eq!(without_people(after.clone()), without_people(before), "and everything else is as it was");
    let roster = after["roster"].to_string();
    assert!(roster.contains("参加者1"), "{roster}");
    // A phone that was connected comes back with what it had: it gets the whole board anew, not what follows.
    for phone in &mut office.phones {
        assert!(NAMES.iter().any(|name| phone.replica.view().members.values().any(|member| member.name == *name)));
        phone.connect(&base).await.unwrap();
        assert_eq!(phone.came_as, Some(CameAs::Snapshot));
        assert!(phone.replica.view().members.values().all(|member| member.name.starts_with("参加者")));
    }
    let mut lead = Someone::with(&base, &made, "the lead", made.lead).await.unwrap();
    lead.listens().await.unwrap();
    for word in words() {
        assert!(lead.heard.iter().all(|message| !has(message, &word)), "the lead still hears {word}");
    }
    // People go on as who they are, with what they had.
    office.write("消去のあとで").await;
    office.back_up_by_hand("after.db");
    assert!(office.naze.stop().await.unwrap().success());
    assert_eq!(traces::of(&words(), office.naze.data()).unwrap(), [], "after a stop, and in a copy made afterwards");
    office.naze.again().await.unwrap();
    let list = office.asks("GET", "data", "").await;
    assert_eq!(list["erased"].as_array().unwrap().len(), 1, "{list}");
    assert_eq!((&list["erased"][0]["by"], &list["erased"][0]["what"]), (&json!("lead"), &json!("names")));
    assert!(list["erased"][0]["swept"].is_string(), "{list}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_person_goes_and_the_others_stay() {
    let mut office = Office::open().await;
    let person = office.phones[0].owner.person;
    let done = office.erase(&json!({ "person": person.0 })).await;
    assert_eq!(done["people"], json!(1));
    office.swept().await;
    let gone = [NAMES[0].to_owned()];
    assert_eq!(traces::of(&gone, office.naze.data()).unwrap(), []);
    let rest: Vec<String> = words().into_iter().filter(|word| *word != gone[0]).collect();
    let found = traces::of(&rest, office.naze.data()).unwrap();
    assert!(rest.iter().all(|word| found.iter().any(|trace| trace.word == *word)), "somebody else is gone too");
    // A person who moves later moves without their name.
    let base = office.naze.base();
    office.phones[0].connect(&base).await.unwrap();
    assert_eq!(office.phones[0].replica.view().members.get(&person).unwrap().name, format!("参加者{}", person.0));
    assert!(office.naze.stop().await.unwrap().success());
    assert_eq!(traces::of(&gone, office.naze.data()).unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_workshop_goes_and_another_one_stays() {
    let mut office = Office::open().await;
    let other = tests::ask::make(&office.naze.base(), 2).await.unwrap();
    let all = [words(), vec!["役員の負担が重い".to_owned()]].concat();
    assert!(!traces::of(&all[all.len() - 1..], office.naze.data()).unwrap().is_empty());
    office.erase(&json!("workshop")).await;
    let (base, made) = (office.naze.base(), office.made);
    assert!(tests::ask::export(&base, &made).await.unwrap_err().to_string().contains("404"));
    let code = server::access::new_token().unwrap();
    assert!(tests::peer::Peer::open(&base).await.unwrap().join(made.code, code, "だれか", None).await.is_err());
    tests::ask::export(&base, &other).await.unwrap();
    // Its lead can no longer ask whether it is done; the file can be asked.
    for _ in 0..100 {
        if traces::of(&all, office.naze.data()).unwrap().is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(office.naze.stop().await.unwrap().success());
    assert_eq!(traces::of(&all, office.naze.data()).unwrap(), []);
    office.naze.again().await.unwrap();
    tests::ask::export(&office.naze.base(), &other).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_lead_erases_nothing() {
    let office = Office::open().await;
    for key in [office.made.helper, office.made.observer, office.phones[0].owner.token] {
        assert_eq!(office.tries(key, &json!("names")).await, 403);
    }
    let found = traces::of(&words(), office.naze.data()).unwrap();
    assert!(words().iter().all(|word| found.iter().any(|trace| trace.word == *word)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_does_it_while_no_server_runs() {
    let mut office = Office::open().await;
    let data = office.naze.data().to_str().unwrap().to_owned();
    let code = office.made.code.to_string();
    let busy = naze::run(&["erase", "names", &code, "--data", &data]).unwrap();
    assert!(!busy.status.success(), "a server runs there");
    assert!(office.naze.stop().await.unwrap().success());
    let wrong = naze::run(&["erase", "names", "ACDEFH", "--data", &data]).unwrap();
    assert!(!wrong.status.success());
    let done = naze::run(&["erase", "names", &code, "--data", &data]).unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success() && said.contains("9"), "{said}");
    assert_eq!(traces::of(&words(), office.naze.data()).unwrap(), []);
    let list = String::from_utf8(naze::run(&["erase", "list", "--data", &data]).unwrap().stdout).unwrap();
    assert!(list.contains(&office.made.id.to_string()), "{list}");
    office.naze.again().await.unwrap();
    let roster = office.export().await["roster"].to_string();
    assert!(roster.contains("参加者"), "{roster}");
    assert!(ATTRIBUTES.iter().all(|word| !roster.contains(word)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_is_read_by_the_one_reducer_afterwards() {
    let office = Office::open().await;
    office.erase(&json!("names")).await;
    let mut lead = Someone::with(&office.naze.base(), &office.made, "the lead", office.made.lead).await.unwrap();
    lead.listens().await.unwrap();
    let Some(AnyDoc::Board(board)) = lead.doc(DocId::Board(GroupId(1))) else { panic!("no board") };
    assert_eq!(board.model.members.len(), 3);
    assert!(board.model.members.values().all(|member| member.name.starts_with("参加者")));
}
