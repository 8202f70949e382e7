//! Links and the code are replaced, somebody is taken out, the door is closed: who has what opens nothing any more is out at once, is
//! told why, and does not come in again.

use shared::docs::doors::Link;
use shared::docs::roster::RosterOp;
use shared::docs::workshop::Door;
use shared::wire::{Close, Renew};
use shared::{AnyDoc, PersonId};

use super::someone::Someone;
use super::*;
use crate::access::{Keys, hash};
use crate::log::MemoryLog;

/// Somebody who follows all boards.
async fn inside(hall: &Hall, key: Token, docs: usize) -> Peer {
    let mut peer = hall.peer().await;
    peer.hello(hall, key, vec![]).await;
    peer.docs(docs).await;
    peer
}

async fn refused(hall: &Hall, key: Token) -> Option<Refusal> {
    let hello = ClientMessage::Hello { workshop: hall.made.id, token: key, client: ClientId::of(77), have: vec![] };
    match hall.peer().await.ask(&hello).await {
        ServerMessage::Refused(why) => Some(why),
        ServerMessage::Welcome { .. } => None,
        other => panic!("{other:?}"),
    }
}

async fn person(hall: &Hall, n: u8) -> PersonId {
    match hall.registry.capability(hall.made.id, &token(n)).await {
        Ok((Capability::Participant(person), _)) => person,
        other => panic!("{other:?}"),
    }
}

async fn door(hall: &Hall, door: Door) {
    let mut lead = Someone::with(hall, hall.made.lead).await;
    lead.does(DocId::Workshop, Op::Workshop(WorkshopOp::SetDoor { door })).await;
}

const REPLACED: u16 = Close::Replaced as u16;
const NEXT: u8 = 200;

#[tokio::test]
async fn a_new_lead_link_puts_out_whoever_has_the_old_one_and_all_that_it_showed() {
    let hall = Hall::open(Limits::default()).await;
    let (id, made) = (hall.made.id, &hall.made);
    let (mut thief, mut device) = (inside(&hall, made.lead, 5).await, inside(&hall, made.lead, 5).await);
    let (mut helper, mut observer) = (inside(&hall, made.helper, 5).await, inside(&hall, made.observer, 4).await);
    let mut writer = seated(&hall, 1, 1).await;
    hall.registry.renew(id, &made.lead, Renew::Lead(token(NEXT))).await.unwrap();
    for peer in [&mut thief, &mut device, &mut helper, &mut observer] {
        assert_eq!(peer.closed().await, REPLACED);
    }
    for key in [made.lead, made.helper, made.observer] {
        assert_eq!(refused(&hall, key).await, Some(Refusal::LinkReplaced));
    }
    let mut lead = hall.peer().await;
    let (who, _, invite) = lead.hello(&hall, token(NEXT), vec![]).await;
    let keys = Keys::of(token(NEXT));
    assert!(who == Capability::Lead && invite.unwrap().helper.ends_with(&keys.helper.to_string()));
    assert_eq!((refused(&hall, keys.helper).await, refused(&hall, keys.observer).await), (None, None));
    writer.send(&ClientMessage::Ops { doc: board(1), ops: vec![adds(1)] }).await;
    writer.answered(board(1), super::id(1)).await;
}

#[tokio::test]
async fn asking_twice_is_asking_once_and_of_two_who_ask_one_is_heard() {
    let hall = Hall::open(Limits::default()).await;
    let (id, lead) = (hall.made.id, hall.made.lead);
    for _ in 0..2 {
        assert_eq!(hall.registry.renew(id, &lead, Renew::Lead(token(NEXT))).await, Ok(()));
    }
    let doors = hall.point(DocId::Doors).await;
    for what in [Renew::Lead(token(201)), Renew::Link(Link::Helper), Renew::Keep, Renew::Code, Renew::Lead(lead)] {
        assert_eq!(hall.registry.renew(id, &lead, what).await, Err(Refusal::LinkReplaced), "{what:?}");
    }
    for key in [token(9), Keys::of(token(NEXT)).helper, Keys::of(token(NEXT)).observer] {
        for what in [Renew::Lead(token(201)), Renew::Link(Link::Observer), Renew::Keep, Renew::Code] {
            assert_eq!(hall.registry.renew(id, &key, what).await, Err(Refusal::NoSuchKey), "{what:?}");
        }
    }
    assert_eq!(hall.point(DocId::Doors).await, doors, "nothing was written");
    let now = token(NEXT);
    let (a, b) = (Renew::Lead(token(202)), Renew::Lead(token(203)));
    let both = tokio::join!(hall.registry.renew(id, &now, a), hall.registry.renew(id, &now, b),);
    assert!(matches!(both, (Ok(()), Err(Refusal::LinkReplaced)) | (Err(Refusal::LinkReplaced), Ok(()))), "{both:?}");
}

#[tokio::test]
async fn a_link_alone_is_replaced_alone_and_the_lead_is_shown_the_new_one() {
    let hall = Hall::open(Limits::default()).await;
    let (id, made) = (hall.made.id, &hall.made);
    for (link, old, docs) in [(Link::Helper, made.helper, 5), (Link::Observer, made.observer, 4)] {
        let (mut lead, mut theirs) = (inside(&hall, made.lead, 5).await, inside(&hall, old, docs).await);
        hall.registry.renew(id, &made.lead, Renew::Link(link)).await.unwrap();
        assert_eq!((lead.closed().await, theirs.closed().await), (REPLACED, REPLACED));
        assert_eq!(refused(&hall, old).await, Some(Refusal::LinkReplaced), "{link:?}");
        let invite = hall.peer().await.hello(&hall, made.lead, vec![]).await.2.unwrap();
        let shown = if link == Link::Helper { invite.helper } else { invite.observer };
        let key = shown.rsplit_once('#').unwrap().1.parse().unwrap();
        assert_ne!(key, old);
        assert_eq!(hall.registry.capability(id, &key).await, Ok((link.capability(), None)));
    }
}

#[tokio::test]
async fn what_was_replaced_stays_so_over_a_restart() {
    let log = Arc::new(MemoryLog::new());
    let hall = Hall::open_on(log.clone(), Limits::default()).await;
    hall.registry.renew(hall.made.id, &hall.made.lead, Renew::Lead(token(NEXT))).await.unwrap();
    hall.registry.renew(hall.made.id, &token(NEXT), Renew::Code).await.unwrap();
    let hall = hall.again(log).await;
    assert_eq!(refused(&hall, hall.made.lead).await, Some(Refusal::LinkReplaced));
    assert_eq!(refused(&hall, token(NEXT)).await, None);
    assert_eq!(hall.registry.find(hall.made.code).await, Err(Refusal::CodeReplaced));
}

#[tokio::test]
async fn links_to_keep_stop_working_and_there_are_new_ones() {
    let hall = Hall::open(Limits::default()).await;
    let _writer = seated(&hall, 1, 2).await;
    let keep = ClientMessage::Keep { workshop: hall.made.id, token: token(1) };
    let kept = async || match hall.peer().await.ask(&keep).await {
        ServerMessage::Kept { token, .. } => token,
        other => panic!("{other:?}"),
    };
    let before = kept().await;
    let mut reader = inside(&hall, before, 2).await;
    hall.registry.renew(hall.made.id, &hall.made.lead, Renew::Keep).await.unwrap();
    assert_eq!(reader.closed().await, REPLACED);
    assert_eq!(refused(&hall, before).await, Some(Refusal::NoSuchKey));
    let after = kept().await;
    assert_ne!(after, before);
    assert_eq!(refused(&hall, after).await, None);
    // A new lead link leaves them as they are: they do not follow from it.
    hall.registry.renew(hall.made.id, &hall.made.lead, Renew::Lead(token(NEXT))).await.unwrap();
    assert_eq!(kept().await, after);
}

async fn code_of(hall: &Hall) -> shared::JoinCode {
    match hall.registry.snapshot(hall.made.id, DocId::Workshop).await {
        Some(AnyDoc::Workshop(doc)) => doc.model.code.unwrap(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_new_code_opens_the_door_and_the_old_one_says_why_it_does_not() {
    let hall = Hall::open(Limits::default()).await;
    let mut writer = seated(&hall, 1, 1).await;
    hall.registry.renew(hall.made.id, &hall.made.lead, Renew::Code).await.unwrap();
    let code = code_of(&hall).await;
    assert_ne!(code, hall.made.code);
    let mut peer = hall.peer().await;
    for message in [
        ClientMessage::Knock(hall.made.code),
        ClientMessage::Join { code: hall.made.code, token: token(2), name: "鈴木".to_owned(), group: None },
    ] {
        assert_eq!(peer.ask(&message).await, ServerMessage::Refused(Refusal::CodeReplaced));
    }
    assert!(matches!(peer.ask(&ClientMessage::Knock(code)).await, ServerMessage::Door { .. }));
    // Who is in stays in, and sees the new code.
    writer.send(&ClientMessage::Ops { doc: board(1), ops: vec![adds(1)] }).await;
    writer.answered(board(1), id(1)).await;
    assert_eq!(refused(&hall, token(1)).await, None);
}

/// The directory has the new code, and the server stopped before the workshop did.
#[tokio::test]
async fn a_crash_between_the_directory_and_the_workshop_is_mended_when_it_is_opened() {
    use shared::docs::directory::DirectoryOp;
    use shared::{By, Entry, Millis, Seq, Stamp};

    use crate::log::{Key, Log};
    let log = Arc::new(MemoryLog::new());
    let hall = Hall::open_on(log.clone(), Limits::default()).await;
    let (made, code) = (hall.made, "K7M4XR".parse().unwrap());
    hall.registry.close().await;
    let op = Op::Directory(DirectoryOp::Renew { code, workshop: made.id });
    let id = OpId { client: ClientId::SERVER, n: 2 };
    let entry = Entry { stamp: Stamp { seq: Seq(2), at: Millis(0), by: By::Server, id }, op };
    log.append(Key::directory(), Seq(1), Arc::new([entry])).await.unwrap();
    let hall = hall.again(log).await;
    let _lead = inside(&hall, made.lead, 5).await;
    for _ in 0..100 {
        if code_of(&hall).await == code {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the workshop still shows {:?}", code_of(&hall).await);
}

#[tokio::test]
async fn who_is_taken_out_is_out_at_once_and_what_they_wrote_stays() {
    let hall = Hall::open(Limits::default()).await;
    let (mut sato, mut suzuki) = (seated(&hall, 1, 1).await, seated(&hall, 2, 1).await);
    let who = person(&hall, 1).await;
    sato.send(&ClientMessage::Ops { doc: board(1), ops: vec![adds(1)] }).await;
    sato.answered(board(1), id(1)).await;
    assert_eq!(hall.registry.rearrange(hall.made.id, vec![RosterOp::Remove { person: who }]).await, Ok(1));
    assert_eq!(sato.closed().await, Close::Reseated as u16);
    assert_eq!(refused(&hall, token(1)).await, Some(Refusal::Removed));
    let mut door = hall.peer().await;
    for message in [
        ClientMessage::Join { code: hall.made.code, token: token(1), name: "別人".to_owned(), group: None },
        ClientMessage::Lend { workshop: hall.made.id, token: token(1) },
        ClientMessage::Keep { workshop: hall.made.id, token: token(1) },
    ] {
        assert_eq!(door.ask(&message).await, ServerMessage::Refused(Refusal::Removed), "{message:?}");
    }
    let Some(AnyDoc::Board(doc)) = hall.registry.snapshot(hall.made.id, board(1)).await else { panic!("no board") };
    assert!(doc.model.get(CardId::from(id(1))).is_some());
    assert_eq!(doc.model.seated().count(), 1);
    // The others go on; and who is let in again goes on with the key that they have.
    suzuki
        .send(&ClientMessage::Ops { doc: board(1), ops: vec![(OpId { client: ClientId::of(88), n: 1 }, adds(1).1)] })
        .await;
    suzuki.answered(board(1), OpId { client: ClientId::of(88), n: 1 }).await;
    let back = RosterOp::LetBackIn { person: who, group: GroupId(2), seats: 0 };
    assert_eq!(hall.registry.rearrange(hall.made.id, vec![back]).await, Ok(1));
    let mut sato = hall.peer().await;
    let (you, seat, _) = sato.hello(&hall, token(1), vec![]).await;
    assert_eq!((you, seat), (Capability::Participant(who), Some(GroupId(2))));
}

#[tokio::test]
async fn a_closed_door_keeps_out_who_is_new_and_nobody_else() {
    let hall = Hall::open(Limits::default()).await;
    let _sato = seated(&hall, 1, 1).await;
    let code = match hall.peer().await.ask(&ClientMessage::Lend { workshop: hall.made.id, token: token(1) }).await {
        ServerMessage::Lent { code, .. } => code,
        other => panic!("{other:?}"),
    };
    door(&hall, Door::Closed).await;
    let mut peer = hall.peer().await;
    let closed = ServerMessage::Refused(Refusal::DoorClosed);
    assert_eq!(peer.ask(&ClientMessage::Knock(hall.made.code)).await, closed);
    assert_eq!(join(&mut peer, &hall, token(2), None).await, closed);
    // Who is in comes back, by the door and by their key; and goes on with another phone.
    assert!(matches!(join(&mut peer, &hall, token(1), None).await, ServerMessage::Joined { .. }));
    assert_eq!(refused(&hall, token(1)).await, None);
    let take = ClientMessage::TakeOver { workshop: hall.made.id, code, token: token(3) };
    assert!(matches!(peer.ask(&take).await, ServerMessage::Joined { .. }));
    door(&hall, Door::Open).await;
    assert!(matches!(peer.ask(&ClientMessage::Knock(hall.made.code)).await, ServerMessage::Door { .. }));
    assert!(matches!(join(&mut peer, &hall, token(2), None).await, ServerMessage::Joined { .. }));
}

#[tokio::test]
async fn no_key_is_in_the_log_or_the_docs() {
    let hall = Hall::open(Limits::default()).await;
    hall.registry.renew(hall.made.id, &hall.made.lead, Renew::Lead(token(NEXT))).await.unwrap();
    let doors = format!("{:?}", hall.registry.snapshot(hall.made.id, DocId::Doors).await.unwrap());
    assert!(doors.contains(&format!("{:?}", hash(&token(NEXT)))));
    assert!(!doors.contains(&format!("{:?}", token(NEXT).bytes())));
}
