//! Built through the reducer, as real docs are.

use serde_json::{Value, json};
use shared::docs::board::{BoardOp, Member, Place};
use shared::docs::roster::RosterOp;
use shared::docs::workshop::WorkshopOp;
use shared::ids::TokenHash;
use shared::{ClientId, Doc, Model, OpId, Outcome, Stamp};

use super::*;

const TAKEN_AT: Millis = Millis(1_707_465_600_999);

struct Writer<M> {
    doc: Doc<M>,
    n: u32,
}

impl<M: Model> Writer<M> {
    fn new() -> Self {
        Self { doc: Doc::default(), n: 0 }
    }

    fn take(&mut self, by: By, op: M::Op) -> OpId {
        self.n += 1;
        let client = match by {
            By::Server => ClientId::FROM_ROSTER,
            By::Lead => ClientId::of(1_000),
            By::Helper => ClientId::of(2_000),
            By::Person(person) => ClientId::of(u64::from(person.0) + 100),
        };
        let id = OpId { client, n: self.n };
        let stamp = Stamp { seq: self.doc.seq.next(), at: TAKEN_AT, by, id };
        assert!(matches!(self.doc.apply(&stamp, &op), Outcome::Applied(_)));
        id
    }
}

fn workshop() -> Workshop {
    let mut writer = Writer::<Workshop>::new();
    writer.take(
        By::Server,
        WorkshopOp::Create {
            title: "協働推進研修".into(),
            goal: "根本の原因を見つける".into(),
            language: Language::Ja,
            code: "ACDEFH".parse().unwrap(),
            groups: 2,
            seats: 5,
        },
    );
    writer.take(By::Lead, WorkshopOp::NameGroup { group: GroupId(2), name: "はと".into() });
    writer.doc.model
}

fn roster() -> Roster {
    let mut writer = Writer::<Roster>::new();
    let (key, group) = (TokenHash([7; 32]), GroupId(1));
    writer.take(By::Server, RosterOp::Join { key, name: "佐藤".into(), section: "市民課".into(), group, seats: 5 });
    writer.doc.model
}

fn board() -> Board {
    let mut writer = Writer::<Board>::new();
    let sato = By::Person(PersonId(1));
    let gone = By::Person(PersonId(9));
    let member = Member { name: "鈴木".into(), seated: Seated::Elsewhere };
    writer.take(By::Server, BoardOp::SetMember { person: PersonId(9), member });
    let theme = shared::text::TextEdit::Insert { after: None, start: 1, text: "自治会の高齢化".into() };
    writer.take(sato, BoardOp::EditText { card: CardId::THEME, edit: theme });
    let add = |parent: CardId, text: &str| BoardOp::AddCard { parent, place: Place::Last, text: text.into(), start: 1 };
    let first = CardId::from(writer.take(sato, add(CardId::THEME, "若い人が入らない")));
    let below = CardId::from(writer.take(gone, add(first, "活動日が平日の昼")));
    let second = CardId::from(writer.take(By::Lead, add(CardId::THEME, "役員が同じ")));
    let removed = CardId::from(writer.take(sato, add(second, "消した")));
    writer.take(sato, BoardOp::RemoveCard { card: removed });
    writer.take(sato, BoardOp::SetStar { card: below, star: Star::RootCause });
    writer.take(sato, BoardOp::SetMark { card: below, mark: Some(Mark::ToCheck) });
    writer.doc.model
}

#[test]
fn a_workshop_is_told_by_names_and_as_a_tree() {
    let id = WorkshopId::default();
    let export = Export::new(id, &workshop(), &roster(), &[(GroupId(1), board()), (GroupId(2), Board::default())]);
    let at = "2024-02-09T08:00:00Z";
    let sato = json!({"role": "participant", "person": 1, "name": "佐藤"});
    let found = serde_json::to_value(&export).unwrap();
    assert_eq!(
        found["workshop"],
        json!({
            "id": "00000000000000000000000000000000", "code": "ACDEFH", "title": "協働推進研修",
            "goal": "根本の原因を見つける", "language": "ja", "phase": "lobby", "made_at": at,
        })
    );
    assert_eq!(
        found["roster"],
        json!([{"person": 1, "name": "佐藤", "section": "市民課", "group": 1, "joined_at": at}])
    );
    assert_eq!(found["boards"][1], json!({"group": 2, "name": "はと", "theme": "", "members": [], "cards": []}));
    let board = &found["boards"][0];
    assert_eq!(board["theme"], "自治会の高齢化");
    assert_eq!(board["members"], json!([{"person": 9, "name": "鈴木", "seated": false}]));
    let first = &board["cards"][0];
    assert_eq!((&first["text"], &first["by"], &first["mark"]), (&json!("若い人が入らない"), &sato, &Value::Null));
    let below = &first["because"][0];
    assert_eq!(
        (&below["text"], &below["star"], &below["mark"], &below["by"]["name"], &below["at"]),
        (&json!("活動日が平日の昼"), &json!(true), &json!("to_check"), &json!("鈴木"), &json!(at))
    );
    let second = &board["cards"][1];
    assert_eq!(
        (&second["by"], &second["because"]),
        (&json!({"role": "lead"}), &json!([])),
        "removed cards are not told"
    );
}

#[test]
fn no_key_is_in_it() {
    let export = Export::new(WorkshopId::default(), &workshop(), &roster(), &[]);
    let text = serde_json::to_string(&export).unwrap();
    assert!(!text.contains(&TokenHash([7; 32]).to_string()));
}

#[test]
fn any_time_can_be_told() {
    assert_eq!(time(Millis(0)), "1970-01-01T00:00:00Z");
    assert_eq!(time(Millis(u64::MAX)), jiff::Timestamp::MAX.to_string());
}
