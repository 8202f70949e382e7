//! The same on a server that runs: everybody tries every operation on every doc, and the answers are those of the table.

use std::collections::BTreeMap;

use shared::access::Place;
use shared::docs::workshop::Kind;
use shared::wire::{ClientMessage, ServerMessage};
use shared::{Capability, ClientId, DocId, GroupId, Op, OpId, PersonId, Reject, Token};
use tests::ask::{self, Made};
use tests::conductor::{Conductor, plan};
use tests::naze::Naze;
use tests::peer::Peer;
use tests::phone::Owner;

use super::rows;

/// Operations in one message.
const BATCH: usize = 200;

/// Somebody who tries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Who {
    Lead,
    Helper,
    Seated,
    /// Seated, while their group looks at another one's board.
    Visitor,
    Observer,
    Keeper,
}

struct Hall {
    naze: Naze,
    made: Made,
    owner: Owner,
    other: Owner,
    place: Place,
}

impl Hall {
    /// A server of its own for each: what one may do does not change what the next one finds.
    async fn open(who: Who) -> Self {
        let much = ["--log", "warn", "--edits-per-second", "100000", "--edits-at-once", "1000000"];
        let naze = Naze::start_with(&much).await.unwrap();
        let made = ask::make(&naze.base(), 3).await.unwrap();
        let owner = Owner::join(&naze.base(), &made, "someone", 1).await.unwrap();
        let mut others = Vec::new();
        for group in [1, 2, 3] {
            others.push(Owner::join(&naze.base(), &made, "another", group).await.unwrap());
        }
        let lead = Conductor::at(&naze.base(), &made).await.unwrap();
        let mut place = Place { seat: Some(GroupId(1)), visits: None };
        if who == Who::Visitor {
            lead.plan(vec![plan(Kind::Gallery, "見て回る", "")]).await.unwrap();
            lead.begin().await.unwrap();
            place.visits = lead.read(|workshop| workshop.visited_by(GroupId(1)));
            assert!(place.visits.is_some_and(|visits| visits != GroupId(1)));
        }
        Self { naze, made, owner, other: others.swap_remove(0), place }
    }

    async fn key(&self, who: Who) -> (Token, Capability, Place) {
        let nowhere = Place::default();
        match who {
            Who::Lead => (self.made.lead, Capability::Lead, nowhere),
            Who::Helper => (self.made.helper, Capability::Helper, nowhere),
            Who::Observer => (self.made.observer, Capability::Observer, nowhere),
            Who::Seated | Who::Visitor => (self.owner.token, Capability::Participant(self.owner.person), self.place),
            Who::Keeper => {
                let mut peer = Peer::open(&self.naze.base()).await.unwrap();
                peer.say(&ClientMessage::Keep { workshop: self.made.id, token: self.owner.token }).await.unwrap();
                match peer.said().await.unwrap() {
                    ServerMessage::Kept { group, token } => (token, Capability::Keeper(group), Place::at(group)),
                    other => panic!("{other:?}"),
                }
            }
        }
    }

    fn docs(&self) -> Vec<DocId> {
        let boards = (0..=4).map(|group| DocId::Board(GroupId(group)));
        let trays = [self.owner.person, self.other.person, PersonId(9_999)].map(DocId::Tray);
        [DocId::Workshop, DocId::Roster, DocId::Doors, DocId::Directory]
            .into_iter()
            .chain(boards)
            .chain(trays)
            .collect()
    }

    async fn forbidden(&self) -> u64 {
        ask::figure(&self.naze.base(), "naze_operations_total{outcome=\"forbidden\"}").await.unwrap()
    }
}

/// What became of each; none: it was taken, or is known.
async fn answers(peer: &mut Peer, doc: DocId, ops: &[(OpId, Op)]) -> BTreeMap<u32, Option<Reject>> {
    let mut answers = BTreeMap::new();
    for ops in ops.chunks(BATCH) {
        peer.say(&ClientMessage::Ops { doc, ops: ops.to_vec() }).await.unwrap();
    }
    let client = ops[0].0.client;
    while answers.len() < ops.len() {
        match peer.said().await.unwrap() {
            ServerMessage::Rejected { id, why, .. } => drop(answers.insert(id.n, Some(why))),
            ServerMessage::Known { id, .. } => drop(answers.insert(id.n, None)),
            ServerMessage::Entries { entries, .. } => {
                let own = entries.iter().filter(|entry| entry.stamp.id.client == client);
                answers.extend(own.map(|entry| (entry.stamp.id.n, None)));
            }
            _ => {}
        }
    }
    answers
}

/// Everything that anybody who may see all has heard, until it is quiet.
async fn heard(witness: &mut Peer) -> Vec<ServerMessage> {
    let ping = ClientMessage::Ping(4_711);
    witness.say(&ping).await.unwrap();
    let mut heard = Vec::new();
    loop {
        match witness.said().await.unwrap() {
            ServerMessage::Pong { n: 4_711, .. } => return heard,
            other => heard.push(other),
        }
    }
}

async fn tries(who: Who) -> (usize, usize) {
    let hall = Hall::open(who).await;
    let (token, capability, place) = hall.key(who).await;
    let all = rows::all();
    let (mut may, mut may_not) = (Vec::new(), Vec::new());
    for doc in hall.docs() {
        for (name, op) in &all {
            // A board that is not there is followed by nobody.
            let there = !matches!(doc, DocId::Board(GroupId(group)) if !(1..=3).contains(&group));
            let allowed = there && capability.may_write(place, doc, op);
            if allowed { &mut may } else { &mut may_not }.push((doc, name, op));
        }
    }
    let (refusing, doing) = (ClientId::of(0x5_0000), ClientId::of(0x6_0000));
    let mut witness = Peer::open(&hall.naze.base()).await.unwrap();
    witness.hello(hall.made.id, hall.made.lead, ClientId::of(0x7_0000), Vec::new()).await.unwrap();
    let mut peer = Peer::open(&hall.naze.base()).await.unwrap();
    peer.hello(hall.made.id, token, refusing, Vec::new()).await.unwrap();
    let before = (hall.forbidden().await, ask::export(&hall.naze.base(), &hall.made).await.unwrap());
    let mut n = 0;
    for doc in hall.docs() {
        let ops: Vec<(OpId, Op)> = may_not
            .iter()
            .filter(|(of, ..)| *of == doc)
            .map(|(_, _, op)| {
                n += 1;
                (OpId { client: refusing, n }, (*op).clone())
            })
            .collect();
        for (n, why) in answers(&mut peer, doc, &ops).await {
            let op = ops.iter().find(|(id, _)| id.n == n).map(|(_, op)| op);
            assert_eq!(why, Some(Reject::Forbidden), "{who:?} on {doc:?}: {op:?}");
        }
    }
    let counted = hall.forbidden().await - before.0;
    assert_eq!(counted, u64::from(n), "{who:?}: each is counted once");
    assert_eq!(ask::export(&hall.naze.base(), &hall.made).await.unwrap(), before.1, "{who:?}: nothing was changed");
    let seen = format!("{:?}", heard(&mut witness).await);
    assert!(!seen.contains(&format!("{refusing:?}")), "{who:?}: nobody else heard of it");
    // The end of the workshop at the end: nothing is written after it.
    may.sort_by_key(|(_, name, _)| *name == "SetPhase");
    for (doc, name, op) in &may {
        let mut peer = Peer::open(&hall.naze.base()).await.unwrap();
        peer.hello(hall.made.id, token, doing, Vec::new()).await.unwrap();
        n += 1;
        let answer = answers(&mut peer, *doc, &[(OpId { client: doing, n }, (*op).clone())]).await;
        assert_ne!(answer[&n], Some(Reject::Forbidden), "{who:?} may {name} on {doc:?}");
    }
    (may.len(), may_not.len())
}

#[tokio::test]
async fn everybody_does_what_is_theirs_and_nothing_else() {
    let mut sum = (0, 0);
    for who in [Who::Lead, Who::Helper, Who::Seated, Who::Visitor, Who::Observer, Who::Keeper] {
        let (may, may_not) = tries(who).await;
        println!("{who:?}: {may} allowed, {may_not} refused");
        sum = (sum.0 + may, sum.1 + may_not);
    }
    println!("in all: {} allowed, {} refused", sum.0, sum.1);
    assert!(sum.0 > 300 && sum.1 > 5_000, "{sum:?}");
}
