//! Who may erase what, and how often.

use futures_util::stream::once;
use shared::Token;
use shared::docs::roster::RosterOp;
use shared::wire::{Renew, encode};

use super::roster::Hall;
use super::*;
use crate::log::{Log, SqliteLog};

#[tokio::test]
async fn nobody_who_is_not_there_is_erased_and_not_many_in_a_minute() {
    let hall = Hall::new().await;
    hall.import("name\nAnn\n").await;
    let person = |n: u32| json!({"what": {"person": n}}).to_string();
    let (known, _) = hall.guest("Ann").await;
    for n in 0..ERASURES_PER_MINUTE - 1 {
        let answer = hall.send("erase", &hall.lead, person(1_000 + n)).await;
        assert_eq!(answer.error(), (404, "no_such_person".into()));
    }
    // This log keeps nothing on disk: it was asked.
    assert_eq!(hall.send("erase", &hall.lead, person(known.0)).await.error(), (503, "busy".into()));
    let often = hall.send("erase", &hall.lead, person(known.0)).await;
    assert_eq!((often.error(), often.header("retry-after")), ((429, "too_often".into()), "60"));
    assert_eq!(hall.send("erase", &hall.others[0], person(1)).await.error(), (403, "not_the_lead".into()));
}

#[tokio::test]
async fn who_sends_slowly_does_nothing_once_the_link_is_replaced() {
    let bodies = [
        ("erase", json!({"what": "workshop"}).to_string().into_bytes()),
        ("roster", b"name\nAnn\n".to_vec()),
        ("seating", encode(&Vec::<RosterOp>::new())),
        ("lend", json!({"person": 1}).to_string().into_bytes()),
    ];
    for (to, bytes) in bodies {
        let hall = Hall::new().await;
        let (registry, id) = (hall.registry.clone(), hall.id);
        let key: Token = hall.lead.trim_start_matches("Bearer ").parse().unwrap();
        let slow = once(async move {
            registry.renew(id, &key, Renew::Lead(Token::of([9; 16]))).await.unwrap();
            Ok::<_, std::io::Error>(Bytes::from(bytes))
        });
        let answer = hall.send(to, &hall.lead, Body::from_stream(slow)).await;
        assert_eq!(answer.error(), (403, "link_replaced".into()), "{to}");
    }
}

#[tokio::test]
async fn a_code_for_an_empty_phone_is_asked_for_by_the_lead_and_not_without_end() {
    let hall = Hall::new().await;
    hall.import("name\nAnn\n").await;
    let (known, _) = hall.guest("Ann").await;
    let person = |n: u32| json!({"person": n}).to_string();
    // Who is expected and has not come has no phone to go on with: they come in with the workshop's own code.
    assert_eq!(hall.send("lend", &hall.lead, person(known.0)).await.error(), (404, "no_such_person".into()));
    let token = Token::of([7; 16]);
    let here = hall.registry.join(hall.id, token, "Ann", None).await.unwrap().person;
    let answer = hall.send("lend", &hall.lead, person(here.0)).await;
    let code = answer.json()["code"].as_str().unwrap().to_owned();
    assert!(code.parse::<shared::JoinCode>().is_ok() && answer.json()["until"].as_u64().is_some(), "{code}");
    assert_eq!(answer.header("cache-control"), "no-store");
    for key in &hall.others {
        assert_eq!(hall.send("lend", key, person(here.0)).await.error(), (403, "not_the_lead".into()));
    }
    for body in ["", "{}", r#"{"person": -1}"#, r#"{"person": "1"}"#] {
        assert_eq!(
            hall.send("lend", &hall.lead, body.to_owned()).await.error(),
            (400, "not_understood".into()),
            "{body}"
        );
    }
    for _ in 0..RENEWED_PER_MINUTE {
        hall.send("lend", &hall.lead, person(here.0)).await;
    }
    assert_eq!(hall.send("lend", &hall.lead, person(here.0)).await.error(), (429, "too_often".into()));
}

/// A process is always over a ceiling of one megabyte.
#[tokio::test]
async fn above_the_ceiling_of_memory_a_leak_is_stopped_and_names_are_erased_and_nothing_else_begins() {
    let folder = tempfile::tempdir().unwrap();
    let log: Arc<dyn Log> = Arc::new(SqliteLog::open(folder.path()).unwrap());
    let hall = Hall::on(Arc::clone(&log)).await;
    let person = hall.registry.join(hall.id, Token::of([7; 16]), "Ann", None).await.unwrap().person;
    let hall = hall.again(log, 1_000_000).await;
    let lend = json!({"person": person.0}).to_string();
    for (to, body) in [("lend", lend), ("roster", "name\nBen\n".to_owned())] {
        let answer = hall.send(to, &hall.lead, body).await;
        assert_eq!((answer.error(), answer.header("retry-after")), ((503, "no_memory".into()), "5"), "{to}");
    }
    let export = format!("/api/workshops/{}/export.json", hall.id);
    let export = hall.desk.get(&export, &[("authorization", &hall.lead)]).await;
    assert_eq!(export.error(), (503, "no_memory".into()));
    let another = hall.desk.post(&json!({"title": "研修", "groups": 3}), &[]).await;
    assert_eq!(another.error(), (503, "no_memory".into()));
    let erased = hall.send("erase", &hall.lead, json!({"what": "names"}).to_string()).await;
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.text());
    let next = Token::of([9; 16]);
    let replaced = hall.send("doors", &hall.lead, encode(&Renew::Lead(next))).await;
    assert_eq!(replaced.status, StatusCode::OK, "{}", replaced.text());
    let old = hall.send("doors", &hall.lead, encode(&Renew::Code)).await;
    assert_eq!(old.error(), (403, "link_replaced".into()));
}
