//! A roster from outside: brought in, seated, and read by nobody else.

use shared::docs::roster::{About, Guest, Hold, Roster, RosterOp, Rule};
use shared::limits::PEOPLE_MAX;
use shared::wire::encode;
use shared::{AnyDoc, DocId, GroupId, PersonId, Token, WorkshopId};

use super::*;
use crate::log::Log;
use crate::registry::Registry;

pub(super) struct Hall {
    pub(super) desk: Desk,
    pub(super) registry: Registry,
    pub(super) id: WorkshopId,
    pub(super) lead: String,
    pub(super) others: [String; 2],
}

fn key(link: &Value) -> String {
    format!("Bearer {}", link.as_str().unwrap().split_once('#').unwrap().1)
}

impl Hall {
    pub(super) async fn new() -> Self {
        Self::on(Arc::new(MemoryLog::new())).await
    }

    async fn desk(log: Arc<dyn Log>, limits: Limits) -> (Registry, Desk) {
        let registry = Registry::open(log, limits).await.unwrap();
        let addresses = Arc::new(Addresses::new(None, HERE.parse().unwrap()));
        let page = Page::Table(Arc::new(built()));
        let router = router(registry.clone(), page, Arc::clone(&addresses), rules());
        (registry, Desk { router, addresses })
    }

    /// The server stops, and one with so much memory goes on with its log.
    pub(super) async fn again(self, log: Arc<dyn Log>, memory_max: u64) -> Self {
        self.registry.close().await;
        let limits = Limits { memory_max: Some(memory_max), ..Limits::default() };
        let (registry, desk) = Self::desk(log, limits).await;
        Self { registry, desk, ..self }
    }

    pub(super) async fn on(log: Arc<dyn Log>) -> Self {
        let (registry, desk) = Self::desk(log, Limits::default()).await;
        let made = desk.post(&json!({"title": "研修", "groups": 3}), &[]).await.json();
        let others = [key(&made["helper_url"]), key(&made["observer_url"])];
        let id = made["id"].as_str().unwrap().parse().unwrap();
        Self { desk, registry, id, lead: key(&made["lead_url"]), others }
    }

    pub(super) async fn send(&self, to: &str, key: &str, body: impl Into<Body>) -> Answer {
        let path = format!("/api/workshops/{}/{to}", self.id);
        self.desk.ask(Method::POST, &path, &[("authorization", key)], body).await
    }

    pub(super) async fn import(&self, list: &str) -> Value {
        let answer = self.send("roster", &self.lead, list.to_owned()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    async fn rearrange(&self, ops: Vec<RosterOp>) -> Answer {
        self.send("seating", &self.lead, encode(&ops)).await
    }

    async fn roster(&self) -> Roster {
        match self.registry.snapshot(self.id, DocId::Roster).await {
            Some(AnyDoc::Roster(doc)) => doc.model,
            other => panic!("{other:?}"),
        }
    }

    pub(super) async fn guest(&self, name: &str) -> (PersonId, Guest) {
        let roster = self.roster().await;
        let found = roster.guests.iter().find(|(_, guest)| guest.name == name);
        found.map(|(id, guest)| (*id, guest.clone())).unwrap()
    }

    async fn join(&self, n: u8, name: &str, group: Option<u16>) -> (PersonId, GroupId) {
        let joined = self.registry.join(self.id, Token::of([n; 16]), name, group.map(GroupId)).await.unwrap();
        (joined.person, joined.group)
    }
}

const LIST: &str =
    "名前\t所属\t年代\t立場\t班\n佐藤花子\t市民課\t30代\t行政\t2\n\t総務課\t\t\t\n鈴木\t自治会\t60代\t自治会\t\n";

#[tokio::test]
async fn a_list_is_brought_in_and_again_without_doubling_anybody() {
    let hall = Hall::new().await;
    let taken = hall.import(LIST).await;
    assert_eq!((&taken["added"], &taken["changed"], &taken["same"]), (&json!(2), &json!(0), &json!(0)));
    assert_eq!((&taken["refused"], &taken["unread"]), (&json!(0), &json!(1)));
    assert_eq!((&taken["bad"][0]["row"], taken["bad"].as_array().unwrap().len()), (&json!(3), 1));
    assert_eq!(taken["bad"][0]["message"]["en"], "There is no name. Fill in a name.");
    let (_, guest) = hall.guest("佐藤花子").await;
    let about = About { age: "30代".into(), actor: "行政".into(), hold: Hold::Fixed };
    assert_eq!((guest.group, guest.about), (Some(GroupId(2)), about));
    let again = hall.import(&LIST.replace("60代", "70代")).await;
    assert_eq!((&again["added"], &again["changed"], &again["same"]), (&json!(0), &json!(1), &json!(1)));
    assert_eq!(hall.guest("鈴木").await.1.about.age, "70代");
}

#[tokio::test]
async fn who_comes_takes_the_place_of_who_was_expected() {
    let hall = Hall::new().await;
    hall.import(LIST).await;
    let (expected, _) = hall.guest("佐藤花子").await;
    assert_eq!(hall.join(1, "佐藤　花子", None).await, (expected, GroupId(2)));
    assert_eq!(hall.join(1, "佐藤　花子", None).await, (expected, GroupId(2)), "asking twice is joining once");
    let roster = hall.roster().await;
    assert_eq!(roster.people.get(&expected).unwrap().about.age, "30代");
    assert!(hall.join(2, "佐藤花子", None).await.0 != expected, "another one of this name is another one");
    let (suzuki, _) = hall.guest("鈴木").await;
    assert_eq!(hall.join(3, "鈴木", Some(1)).await, (suzuki, GroupId(1)), "who sits at a table sits there");
    let again = hall.import(LIST).await;
    assert_eq!(
        (&again["added"], hall.roster().await.guests.len()),
        (&json!(0), 0),
        "who is here is not expected again"
    );
}

#[tokio::test]
async fn a_list_that_says_less_doubles_nobody_and_wipes_nothing() {
    let hall = Hall::new().await;
    hall.import(LIST).await;
    let before = hall.roster().await;
    let again = hall.import("名前\n佐藤花子\n鈴木\n").await;
    assert_eq!((&again["added"], &again["changed"], &again["same"]), (&json!(0), &json!(0), &json!(2)));
    assert_eq!(hall.roster().await, before);
    let again = hall.import("名前\t所属\t立場\n鈴木\t\t町内会長\n").await;
    assert_eq!((&again["added"], &again["changed"]), (&json!(0), &json!(1)));
    let (_, suzuki) = hall.guest("鈴木").await;
    assert_eq!((&*suzuki.section, &*suzuki.about.age, &*suzuki.about.actor), ("自治会", "60代", "町内会長"));
    let two = "名前\t所属\n田中\t\n田中\t総務課\n";
    assert_eq!(hall.import(two).await["added"], json!(2), "one list has both: these are two");
    let again = hall.import(two).await;
    assert_eq!((&again["added"], &again["changed"], &again["same"]), (&json!(0), &json!(0), &json!(2)));
}

#[tokio::test]
async fn a_list_fixes_who_is_here_only_where_they_sit() {
    let hall = Hall::new().await;
    let ((sato, _), (suzuki, _)) = (hall.join(1, "佐藤", Some(2)).await, hall.join(2, "鈴木", Some(1)).await);
    hall.import("名前\t班\n佐藤\t2\n鈴木\t3\n田中\t3\n").await;
    let roster = hall.roster().await;
    let held = |id: PersonId| roster.people.get(&id).map(|one| (one.group, one.about.hold));
    assert_eq!(held(sato), Some((GroupId(2), Hold::Fixed)));
    assert_eq!(held(suzuki), Some((GroupId(1), Hold::Free)), "nobody is moved by a list, nor fixed at another table");
    let (tanaka, guest) = hall.guest("田中").await;
    let away = About { hold: Hold::Away, ..guest.about };
    hall.rearrange(vec![RosterOp::Describe { person: tanaka, section: String::new(), about: away }]).await;
    hall.import("名前\t班\n田中\t3\n").await;
    assert_eq!(hall.guest("田中").await.1.about.hold, Hold::Away, "a list does not know who stays away");
}

#[tokio::test]
async fn who_does_not_fit_on_a_full_roster_is_counted() {
    let hall = Hall::new().await;
    let full: String = (0..PEOPLE_MAX - 1).map(|n| format!("人{n}\n")).collect();
    assert_eq!(hall.import(&full).await["refused"], json!(0));
    let more = hall.import("人0\n甲\n乙\n丙\n").await;
    assert_eq!((&more["added"], &more["same"], &more["refused"]), (&json!(1), &json!(1), &json!(2)));
}

#[tokio::test]
async fn nobody_but_the_lead_brings_in_or_seats() {
    let hall = Hall::new().await;
    let nobody = format!("Bearer {}", Token::of([7; 16]));
    hall.join(1, "甲", None).await;
    let theirs = format!("Bearer {}", Token::of([1; 16]));
    for to in ["roster", "seating"] {
        for key in hall.others.iter().chain([&nobody, &theirs]) {
            assert_eq!(hall.send(to, key, LIST).await.error(), (403, "not_the_lead".into()), "{to}");
        }
        assert_eq!(hall.send(to, "Basic x", LIST).await.error(), (401, "no_key".into()));
        let path = format!("/api/workshops/{}/{to}", hall.id);
        let headers = [("authorization", hall.lead.as_str()), ("origin", "http://evil.example")];
        assert_eq!(hall.desk.ask(Method::POST, &path, &headers, LIST).await.error(), (403, "other_origin".into()));
        let large = hall.send(to, &hall.lead, vec![b'a'; 600 * 1024]).await;
        assert_eq!(large.error(), (413, "too_large".into()));
        assert_eq!(hall.desk.get(&path, &[]).await.error(), (405, "wrong_method".into()));
    }
    assert_eq!(hall.send("roster", &hall.lead, "").await.error(), (400, "empty".into()));
    assert_eq!(hall.send("roster", &hall.lead, &b"PK\x03\x04\0"[..]).await.error(), (400, "not_a_list".into()));
    assert_eq!(hall.send("seating", &hall.lead, "x").await.error(), (400, "not_understood".into()));
    assert!(hall.roster().await.guests.is_empty());
}

#[tokio::test]
async fn the_lead_seats_describes_and_pairs() {
    let hall = Hall::new().await;
    hall.import(LIST).await;
    let ((sato, _), (suzuki, _)) = (hall.guest("佐藤花子").await, hall.guest("鈴木").await);
    let away = About { age: String::new(), actor: String::new(), hold: Hold::Away };
    let done = hall
        .rearrange(vec![
            RosterOp::Reserve { person: suzuki, group: GroupId(3) },
            RosterOp::Pair { a: sato, b: suzuki, rule: Some(Rule::Apart) },
            RosterOp::Describe { person: sato, section: "市民課".into(), about: away },
            RosterOp::Forget { person: PersonId(9_999) },
        ])
        .await;
    assert_eq!(done.json(), json!({"done": 3}));
    assert_eq!(hall.join(1, "鈴木", None).await, (suzuki, GroupId(3)));
    let roster = hall.roster().await;
    assert_eq!((roster.pairs.len(), roster.guests.get(&sato).unwrap().about.hold), (1, Hold::Away));
    let forged = RosterOp::Arrive { person: sato, key: shared::ids::TokenHash([1; 32]), group: GroupId(1), seats: 5 };
    assert_eq!(hall.rearrange(vec![forged]).await.error(), (400, "not_understood".into()));
    for op in [
        RosterOp::Seat { person: suzuki, group: GroupId(4), seats: 9 },
        RosterOp::Reserve { person: sato, group: GroupId(0) },
    ] {
        assert_eq!(hall.rearrange(vec![op]).await.error(), (400, "no_group".into()));
    }
}

#[tokio::test]
async fn people_change_places_in_full_groups_and_no_group_gets_too_many() {
    let hall = Hall::new().await;
    let mut people = Vec::new();
    for n in 0..15 {
        people.push(hall.join(n + 1, &format!("人{n}"), None).await);
    }
    let of = |group: u16| people.iter().filter(move |(_, at)| *at == GroupId(group)).map(|(id, _)| *id);
    let (one, two) = (of(1).next().unwrap(), of(2).next().unwrap());
    let seat = |person, group| RosterOp::Seat { person, group: GroupId(group), seats: 0 };
    assert_eq!(hall.rearrange(vec![seat(one, 2)]).await.error(), (400, "group_full".into()));
    let gone = of(2).nth(1).unwrap();
    let describe = |hold| {
        let about = About { hold, ..About::default() };
        RosterOp::Describe { person: gone, section: String::new(), about }
    };
    assert_eq!(hall.rearrange(vec![describe(Hold::Away)]).await.json(), json!({"done": 1}));
    assert_eq!(hall.rearrange(vec![seat(one, 2)]).await.json(), json!({"done": 1}), "who has gone takes no seat");
    assert_eq!(hall.rearrange(vec![seat(one, 1), describe(Hold::Free)]).await.json(), json!({"done": 2}));
    assert_eq!(hall.rearrange(vec![seat(one, 2), seat(two, 1)]).await.json(), json!({"done": 2}));
    let roster = hall.roster().await;
    assert_eq!(roster.people.get(&one).unwrap().group, GroupId(2));
    assert!((1..=3).all(|group| roster.seated(GroupId(group)) == 5));
}
