//! Who may erase what, and how often.

use futures_util::stream::once;
use shared::Token;
use shared::docs::roster::RosterOp;
use shared::wire::{Renew, encode};

use super::roster::Hall;
use super::*;

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
