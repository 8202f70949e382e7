//! A roster over real sockets and a real process: what only the lead and helpers know of people reaches nobody else, and who was
//! expected sits where a seat was kept for them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that meets what it does not expect fails")]

use http::Method;
use shared::wire::encode;
use shared::{GroupId, Token};
use tests::ask::{self, Made};
use tests::naze::Naze;
use tests::peer::Peer;
use tests::phone::Owner;
use tests::someone::Someone;

/// Words that stand nowhere else.
const SECRETS: [&str; 6] = ["秘密の課", "七十代前半", "特殊な立場", "もう一つの課", "六十代後半", "別種の立場"];

async fn bring(base: &str, made: &Made, key: Token, list: &str) -> ask::Answer {
    let address = format!("{base}/api/workshops/{}/roster", made.id);
    ask::ask(Method::POST, &address, &[("authorization", &format!("Bearer {key}"))], list).await.unwrap()
}

fn list() -> String {
    let [section, age, actor, section_2, age_2, actor_2] = SECRETS;
    format!("名前,所属,年代,立場,班\n佐藤,{section},{age},{actor},2\n鈴木,{section_2},{age_2},{actor_2},\n")
}

fn has(one: &Someone, words: &str) -> bool {
    one.heard.iter().any(|message| encode(message).windows(words.len()).any(|bytes| bytes == words.as_bytes()))
}

#[tokio::test]
async fn what_is_known_of_people_reaches_the_lead_and_helpers_alone() {
    let naze = Naze::start().await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, 3).await.unwrap();
    let early = Owner::join(&base, &made, "先に来た人", 1).await.unwrap();
    let mut others = vec![
        Someone::seated(&base, &made, early).await.unwrap(),
        Someone::with(&base, &made, "an observer", made.observer).await.unwrap(),
    ];
    let mut insiders = vec![
        Someone::with(&base, &made, "the lead", made.lead).await.unwrap(),
        Someone::with(&base, &made, "a helper", made.helper).await.unwrap(),
    ];
    assert_eq!(bring(&base, &made, made.helper, &list()).await.status, 403);
    assert_eq!(bring(&base, &made, early.token, &list()).await.status, 403);
    assert_eq!(bring(&base, &made, made.lead, &list()).await.status, 200);
    let token = server::access::new_token().unwrap();
    let (person, group) = Peer::open(&base).await.unwrap().join(made.code, token, "佐藤", None).await.unwrap();
    assert_eq!(group, GroupId(2), "a seat was kept for them");
    let owner = Owner { workshop: made.id, token, person, group };
    others.push(Someone::seated(&base, &made, owner).await.unwrap());
    others.push(Someone::with(&base, &made, "an observer who comes later", made.observer).await.unwrap());
    for one in others.iter_mut().chain(&mut insiders) {
        one.listens().await.unwrap();
    }
    for words in SECRETS {
        for one in &insiders {
            assert!(has(one, words), "{} does not know {words}", one.who);
        }
        for one in &others {
            assert!(!has(one, words), "{} heard {words}", one.who);
        }
    }
    assert!(others.iter().all(|one| !has(one, "鈴木")), "who is expected is nobody's business");
}

#[tokio::test]
async fn a_roster_is_there_after_a_power_cut_and_who_comes_then_has_their_seat() {
    let mut naze = Naze::start().await.unwrap();
    let made = ask::make(&naze.base(), 3).await.unwrap();
    assert_eq!(bring(&naze.base(), &made, made.lead, &list()).await.status, 200);
    naze.kill();
    naze.again().await.unwrap();
    let base = naze.base();
    let token = server::access::new_token().unwrap();
    let (_, group) = Peer::open(&base).await.unwrap().join(made.code, token, "佐　藤", None).await.unwrap();
    assert_eq!(group, GroupId(2));
    let again = bring(&base, &made, made.lead, &list()).await.json().unwrap();
    assert_eq!((&again["added"], &again["same"]), (&serde_json::json!(0), &serde_json::json!(2)));
}
