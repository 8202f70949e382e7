//! The last resort of a lead who is locked out: who owns the data folder makes a new lead link, and the stolen one opens nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use http::Method;
use shared::{ClientId, Token};
use tests::ask::{self, Made};
use tests::naze::{self, Naze};
use tests::peer::Peer;
use tests::phone::{Owner, Phone};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

async fn overview(base: &str, made: &Made, key: Token) -> (u16, String) {
    let address = format!("{base}/api/workshops/{}", made.id);
    let answer = ask::ask(Method::GET, &address, &[("authorization", &format!("Bearer {key}"))], "").await.unwrap();
    let word = answer.json().unwrap()["error"].as_str().unwrap_or_default().to_owned();
    (answer.status, word)
}

#[tokio::test]
async fn who_owns_the_folder_gives_the_lead_a_new_link() {
    let mut naze = Naze::start().await.unwrap();
    let made = ask::make(&naze.base(), 2).await.unwrap();
    let owner = Owner::join(&naze.base(), &made, "someone", 1).await.unwrap();
    let before = ask::export(&naze.base(), &made).await.unwrap();
    let data = naze.data().to_str().unwrap().to_owned();
    let command = |code: &[&str]| {
        naze::run(&[&["lead-link"], code, &["--data", &data, "--listen", "127.0.0.1:4711"]].concat()).unwrap()
    };
    let code = made.code.to_string();
    let running = command(&[&code]);
    assert!(!running.status.success() && text(&running.stderr).contains("stop it first"), "{}", text(&running.stderr));
    assert_eq!(overview(&naze.base(), &made, made.lead).await.0, 200, "nothing was changed");
    assert!(naze.stop().await.unwrap().success());
    let wrong = command(&["K7M4XR"]);
    assert!(!wrong.status.success() && text(&wrong.stderr).contains("K7M4XR"));
    let list = text(&command(&[]).stdout);
    assert!(list.contains(&code) && list.contains("なぜ？の会"), "{list}");
    let said = text(&command(&[&code]).stdout);
    let link = said.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:4711/w/")).unwrap();
    let key: Token = link.split_once('#').unwrap().1.parse().unwrap();
    assert!(link.contains(&made.id.to_string()));
    naze.again().await.unwrap();
    let base = naze.base();
    assert_eq!(overview(&base, &made, made.lead).await, (403, "link_replaced".to_owned()));
    assert_eq!(overview(&base, &made, key).await.0, 200);
    for old in [made.lead, made.helper, made.observer] {
        let mut peer = Peer::open(&base).await.unwrap();
        assert!(peer.hello(made.id, old, ClientId::of(99), Vec::new()).await.is_err());
    }
    // Everything else is as it was, and who takes part notices nothing.
    let new = Made { lead: key, ..made };
    assert_eq!(ask::export(&base, &new).await.unwrap(), before);
    Phone::new(owner).unwrap().connect(&base).await.unwrap();
}
