//! The words of the door are messages like all others: the same bytes, both ways.

use shared::access::Capability;
use shared::docs::workshop::{Language, Phase};
use shared::wire::door::{Asks, Says};
use shared::wire::{ClientMessage, Refusal, ServerMessage, Table, Unreadable, VERSION, encode};
use shared::{DocId, GroupId, JoinCode, Millis, OpId, PersonId, Reject, Token, WorkshopId};

const TOKEN: Token = Token::of([9; 16]);

fn code() -> JoinCode {
    "K7M4XR".parse().unwrap()
}

fn workshop() -> WorkshopId {
    WorkshopId(uuid::Uuid::from_u128(7))
}

#[test]
fn what_is_asked_at_the_door_is_what_the_server_reads() {
    let (name, group) = ("たなか".to_owned(), Some(GroupId(300)));
    let all = [
        (Asks::Knock(code()), ClientMessage::Knock(code())),
        (
            Asks::Join { code: code(), token: TOKEN, name: name.clone(), group },
            ClientMessage::Join { code: code(), token: TOKEN, name, group },
        ),
        (Asks::Ping(70_000), ClientMessage::Ping(70_000)),
        (
            Asks::TakeOver { workshop: workshop(), code: code(), token: TOKEN },
            ClientMessage::TakeOver { workshop: workshop(), code: code(), token: TOKEN },
        ),
    ];
    for (asks, message) in all {
        assert_eq!(asks.encode(), encode(&message), "{message:?}");
    }
}

#[test]
fn what_the_server_says_is_understood_at_the_door() {
    let (title, goal, language) = ("会".to_owned(), "根本まで".to_owned(), Language::En);
    let tables = vec![Table { group: GroupId(2), name: "みどり".into(), taken: 3, seats: 200 }];
    let (workshop, phase) = (workshop(), Phase::Open);
    let door = ServerMessage::Door {
        workshop,
        title: title.clone(),
        goal: goal.clone(),
        language,
        phase,
        tables: tables.clone(),
    };
    let (group, name) = (GroupId(4), "佐藤".to_owned());
    let all = [
        (door, Says::Door { workshop, title: title.clone(), goal, language, phase, tables }),
        (ServerMessage::Joined { workshop, person: PersonId(900), group }, Says::Joined { workshop }),
        (ServerMessage::Refused(Refusal::GroupFull(group)), Says::Refused(Refusal::GroupFull(group))),
        (
            ServerMessage::Place { workshop, title: title.clone(), language, group, name: name.clone() },
            Says::Place { workshop, title, language, group, name },
        ),
        (ServerMessage::Pong { n: 1, now: Millis(2) }, Says::Other),
        (
            ServerMessage::Known { doc: DocId::Workshop, id: OpId { client: shared::ClientId::of(3), n: 4 } },
            Says::Other,
        ),
        (
            ServerMessage::Rejected {
                doc: DocId::Roster,
                id: OpId { client: shared::ClientId::of(3), n: 4 },
                why: Reject::DocFull,
            },
            Says::Other,
        ),
        (ServerMessage::Present { doc: DocId::Board(group), present: Vec::new() }, Says::Other),
        (ServerMessage::Entries { doc: DocId::Workshop, entries: Vec::new() }, Says::Other),
        (ServerMessage::Lent { code: code(), until: Millis(3) }, Says::Other),
        (ServerMessage::Welcome { you: Capability::Lead, seat: None, now: Millis(1), invite: None }, Says::Other),
    ];
    for (message, says) in all {
        let bytes = encode(&message);
        assert_eq!(Says::decode(&bytes), Ok(says), "{message:?}");
    }
}

#[test]
fn what_is_no_message_is_refused() {
    let joined = encode(&ServerMessage::Joined { workshop: workshop(), person: PersonId(1), group: GroupId(1) });
    for cut in 2..joined.len() {
        assert_eq!(Says::decode(&joined[..cut]), Err(Unreadable::Garbage), "{cut}");
    }
    assert_eq!(Says::decode(&[joined.as_slice(), &[0]].concat()), Err(Unreadable::Garbage), "one byte too many");
    assert_eq!(Says::decode(&[]), Err(Unreadable::Garbage));
    assert_eq!(Says::decode(&[VERSION]), Err(Unreadable::Garbage));
    assert_eq!(Says::decode(&[VERSION + 1, 0]), Err(Unreadable::Version(VERSION + 1)));
}
