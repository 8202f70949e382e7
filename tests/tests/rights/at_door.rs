//! What is no operation: messages at the door, and addresses of the API. Every key is tried on a server that runs, and what is written
//! down is what it answers.

use http::Method;
use shared::docs::doors::Link;
use shared::docs::roster::RosterOp;
use shared::wire::{ClientMessage, Refusal, Renew, ServerMessage, encode};
use shared::{Capability, ClientId, Token};
use tests::ask::{self, Made};
use tests::naze::Naze;
use tests::peer::Peer;
use tests::phone::Owner;

/// A name for a key, and the key.
type Key = (&'static str, Option<Token>);

/// What is asked with a key, or with a code.
type Asks<With> = fn(&Made, With) -> ClientMessage;

struct Hall {
    naze: Naze,
    made: Made,
    keys: Vec<Key>,
}

fn next() -> Token {
    server::access::new_token().unwrap()
}

async fn said(base: &str, message: &ClientMessage) -> ServerMessage {
    let mut peer = Peer::open(base).await.unwrap();
    peer.say(message).await.unwrap();
    peer.said().await.unwrap()
}

impl Hall {
    /// A workshop with somebody of every kind: links that were replaced and people who were taken out included.
    async fn open() -> Self {
        let naze = Naze::start().await.unwrap();
        let base = naze.base();
        let mut made = ask::make(&base, 2).await.unwrap();
        let old = made.lead;
        made.lead = next();
        let keys = server::access::Keys::of(made.lead);
        (made.helper, made.observer) = (keys.helper, keys.observer);
        let answer = post(&base, &made, "doors", old, &encode(&Renew::Lead(made.lead))).await;
        assert_eq!(answer.0, 200, "{answer:?}");
        let here = Owner::join(&base, &made, "here", 1).await.unwrap();
        let gone = Owner::join(&base, &made, "gone", 1).await.unwrap();
        let elsewhere = Owner::join(&base, &made, "elsewhere", 1).await.unwrap();
        let lend = ClientMessage::Lend { workshop: made.id, token: elsewhere.token };
        let ServerMessage::Lent { code, .. } = said(&base, &lend).await else { panic!("no code") };
        let take = ClientMessage::TakeOver { workshop: made.id, code, token: next() };
        assert!(matches!(said(&base, &take).await, ServerMessage::Joined { .. }));
        let out = encode(&vec![RosterOp::Remove { person: gone.person }]);
        assert_eq!(post(&base, &made, "seating", made.lead, &out).await.0, 200);
        let keep = ClientMessage::Keep { workshop: made.id, token: here.token };
        let ServerMessage::Kept { token: kept, .. } = said(&base, &keep).await else { panic!("no link to keep") };
        let keys = vec![
            ("lead", Some(made.lead)),
            ("helper", Some(made.helper)),
            ("participant", Some(here.token)),
            ("observer", Some(made.observer)),
            ("keeper", Some(kept)),
            ("replaced link", Some(old)),
            ("taken out", Some(gone.token)),
            ("gone on elsewhere", Some(elsewhere.token)),
            ("a wrong key", Some(next())),
            ("no key", None),
        ];
        Self { naze, made, keys }
    }

    async fn status(&self, method: Method, path: &str, key: Option<Token>, body: &[u8]) -> String {
        let bearer = key.map(|key| format!("Bearer {key}"));
        let headers: Vec<_> = bearer.iter().map(|bearer| ("authorization", bearer.as_str())).collect();
        let address = format!("{}{path}", self.naze.base());
        let answer = ask::ask_bytes(method, &address, &headers, body).await.unwrap();
        let word = answer.json().ok().and_then(|body| body["error"].as_str().map(str::to_owned)).unwrap_or_default();
        if (200..300).contains(&answer.status) { "✓".to_owned() } else { format!("{} {word}", answer.status) }
    }
}

async fn post(base: &str, made: &Made, to: &str, key: Token, body: &[u8]) -> (u16, String) {
    let address = format!("{base}/api/workshops/{}/{to}", made.id);
    let bearer = format!("Bearer {key}");
    let answer = ask::ask_bytes(Method::POST, &address, &[("authorization", &bearer)], body).await.unwrap();
    (answer.status, answer.body)
}

fn row(name: &str, cells: &[String]) -> String {
    format!("| {name} | {} |\n", cells.join(" | "))
}

fn head(first: &str, keys: &[Key]) -> String {
    let names: Vec<String> = keys.iter().map(|(name, _)| (*name).to_owned()).collect();
    row(first, &names) + &format!("|---|{}\n", "---|".repeat(names.len()))
}

fn word(answer: &ServerMessage) -> String {
    match answer {
        ServerMessage::Refused(Refusal::GroupFull(_)) => "GroupFull".to_owned(),
        ServerMessage::Refused(why) => format!("{why:?}"),
        ServerMessage::Welcome { you, .. } => match you {
            Capability::Participant(_) => "as a participant".to_owned(),
            Capability::Keeper(_) => "as a keeper".to_owned(),
            you => format!("as {}", format!("{you:?}").to_lowercase()),
        },
        _ => "✓".to_owned(),
    }
}

async fn api(hall: &Hall) -> String {
    let id = hall.made.id;
    let nothing = encode(&Vec::<RosterOp>::new());
    // What changes a key comes last, and changes none that is tried after it.
    let addresses: [(Method, String, Vec<u8>); 13] = [
        (Method::GET, format!("/api/workshops/{id}"), Vec::new()),
        (Method::GET, format!("/api/workshops/{id}/export.json"), Vec::new()),
        (Method::GET, format!("/api/workshops/{id}/cards.csv"), Vec::new()),
        (Method::POST, format!("/api/workshops/{id}/roster"), "名前\n山田\n".as_bytes().to_vec()),
        (Method::POST, format!("/api/workshops/{id}/seating"), nothing),
        (Method::POST, format!("/api/workshops/{id}/lend"), LENT.as_bytes().to_vec()),
        (Method::POST, format!("/api/workshops/{id}/doors"), encode(&Renew::Code)),
        (Method::GET, "/".to_owned(), Vec::new()),
        (Method::GET, format!("/qr.svg?to={}/j/{}", hall.naze.base(), hall.made.code), Vec::new()),
        (Method::GET, "/healthz".to_owned(), Vec::new()),
        (Method::GET, "/metrics".to_owned(), Vec::new()),
        (Method::GET, "/ws".to_owned(), Vec::new()),
        (Method::POST, "/api/workshops".to_owned(), WANTED.as_bytes().to_vec()),
    ];
    let mut said = head("address", &hall.keys);
    for (method, path, body) in addresses {
        let mut cells = Vec::new();
        for (_, key) in &hall.keys {
            cells.push(hall.status(method.clone(), &path, *key, &body).await);
        }
        let path = path.replace(&id.to_string(), "{id}");
        let path = path.split_once('?').map_or(path.as_str(), |(path, _)| path);
        said.push_str(&row(&format!("`{method} {path}`"), &cells));
    }
    said
}

/// For somebody who is not there: whether one may ask comes before whether there is one.
const LENT: &str = r#"{"person":4000000}"#;
const WANTED: &str = r#"{"title":"t","goal":"","language":"ja","groups":2,"run_sheet":"blank"}"#;

async fn door(hall: &Hall) -> String {
    let (base, workshop) = (hall.naze.base(), hall.made.id);
    let asks: [(&str, Asks<Token>); 3] = [
        ("`Hello`", |made, token| ClientMessage::Hello {
            workshop: made.id,
            token,
            client: ClientId::of(99),
            have: Vec::new(),
        }),
        ("`Lend` (a code for another phone)", |made, token| ClientMessage::Lend { workshop: made.id, token }),
        ("`Keep` (the link to keep)", |made, token| ClientMessage::Keep { workshop: made.id, token }),
    ];
    let keys: Vec<Key> = hall.keys.iter().filter(|(_, key)| key.is_some()).copied().collect();
    let mut text = head("message", &keys);
    for (name, ask) in asks {
        let mut cells = Vec::new();
        for key in keys.iter().filter_map(|(_, key)| *key) {
            cells.push(word(&said(&base, &ask(&hall.made, key)).await));
        }
        text.push_str(&row(name, &cells));
    }
    // Somebody without a key has a code, or none.
    let here = hall.keys.iter().find(|(name, _)| *name == "participant").and_then(|(_, key)| *key).unwrap();
    let lend = said(&base, &ClientMessage::Lend { workshop, token: here }).await;
    let ServerMessage::Lent { code: lent, .. } = lend else { panic!("{lend:?}") };
    let codes = [hall.made.code, lent, "K7M4XR".parse().unwrap()];
    let names = ["the join code", "a code for another phone", "a wrong code"];
    text.push_str("\n| message | the join code | a code for another phone | a wrong code |\n|---|---|---|---|\n");
    assert_eq!(names.len(), codes.len());
    let asks: [(&str, Asks<shared::JoinCode>); 3] = [
        ("`Knock`", |_, code| ClientMessage::Knock(code)),
        ("`Join`", |_, code| ClientMessage::Join { code, token: next(), name: "newcomer".into(), group: None }),
        ("`TakeOver`", |made, code| ClientMessage::TakeOver { workshop: made.id, code, token: next() }),
    ];
    for (name, ask) in asks {
        let mut cells = Vec::new();
        for code in codes {
            cells.push(word(&said(&base, &ask(&hall.made, code)).await));
        }
        text.push_str(&row(name, &cells));
    }
    text
}

/// Each thing that can be replaced, with each key: none but the lead's does it.
async fn renewing() {
    let hall = Hall::open().await;
    for (name, key) in hall.keys.iter().filter(|(name, _)| *name != "lead") {
        for what in
            [Renew::Lead(next()), Renew::Link(Link::Helper), Renew::Link(Link::Observer), Renew::Keep, Renew::Code]
        {
            let path = format!("/api/workshops/{}/doors", hall.made.id);
            let answer = hall.status(Method::POST, &path, *key, &encode(&what)).await;
            assert!(answer.starts_with('4'), "{name} {what:?}: {answer}");
        }
    }
    assert_eq!(
        hall.status(Method::GET, &format!("/api/workshops/{}", hall.made.id), Some(hall.made.lead), &[]).await,
        "✓"
    );
}

pub async fn found() -> String {
    renewing().await;
    let hall = Hall::open().await;
    let door = door(&hall).await;
    let api = api(&hall).await;
    format!(
        "## At the door\n\nWhat is asked before one is in; the answer, or why not.\n\n{door}\n\
         While the lead keeps the door closed, `Knock` and `Join` of somebody new are answered `DoorClosed`; who has joined comes back \
         with the key that their phone has, and `TakeOver` works. A code that was replaced is answered `CodeReplaced`. After a few \
         wrong codes from one address the answer is `TooManyTries`.\n\n\
         ## The API\n\n`POST /api/workshops` needs the organiser's key where there is one (`--organiser-key`). A page of another site \
         is refused with 403 `other_origin` whatever key it has. An address that makes workshops, replaces links or erases too often in a minute is \
         refused with 429 (`too_many_new`, `too_many_renewed`, `too_often`) and told to wait. `lend` gives the lead a code with which a person \
         goes on with another phone; here it is asked for nobody, which only the lead is told.\n\n{api}"
    )
}
