//! Somebody at a socket, with a client id of their own, who waits for every answer.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use shared::docs::workshop::{AtEnd, Kind, Names, Plan, Step};
use shared::{AnyDoc, PersonId};

use super::*;

/// Every tab has its own id, as it has on phones.
static TABS: AtomicU64 = AtomicU64::new(20_000);

pub(super) struct Someone {
    pub(super) peer: Peer,
    pub(super) person: PersonId,
    client: ClientId,
    n: u32,
    /// The docs from which words came since it was last asked.
    heard_of: BTreeSet<DocId>,
}

impl Someone {
    /// Who holds one of the keys that a workshop is made with.
    pub(super) async fn with(hall: &Hall, key: Token) -> Self {
        Self::come(hall, hall.peer().await, key, PersonId(0)).await
    }

    async fn come(hall: &Hall, mut peer: Peer, key: Token, person: PersonId) -> Self {
        peer.hello(hall, key, vec![]).await;
        let client = ClientId::of(TABS.fetch_add(1, Ordering::Relaxed));
        Self { peer, person, client, n: 0, heard_of: BTreeSet::new() }
    }

    /// Who joins a group, or comes back.
    pub(super) async fn seated(hall: &Hall, n: u8, group: u16) -> Self {
        let mut peer = hall.peer().await;
        let joined = join(&mut peer, hall, token(n), Some(GroupId(group))).await;
        let ServerMessage::Joined { person, .. } = joined else { panic!("{joined:?}") };
        Self::come(hall, peer, token(n), person).await
    }

    async fn next(&mut self) -> ServerMessage {
        let message = self.peer.next().await;
        if let ServerMessage::Entries { doc, .. } | ServerMessage::Snapshot { doc, .. } = &message {
            self.heard_of.insert(*doc);
        }
        message
    }

    /// What the next operation is named.
    pub(super) const fn next_id(&self) -> OpId {
        OpId { client: self.client, n: self.n + 1 }
    }

    /// Does one after the other in one message; what became of the last.
    pub(super) async fn do_all(&mut self, doc: DocId, ops: Vec<Op>) -> Result<OpId, Reject> {
        let mut named = Vec::new();
        for op in ops {
            named.push((self.next_id(), op));
            self.n += 1;
        }
        let last = named.last().unwrap().0;
        self.peer.send(&ClientMessage::Ops { doc, ops: named }).await;
        loop {
            match self.next().await {
                ServerMessage::Entries { entries, .. } if entries.iter().any(|entry| entry.stamp.id == last) => {
                    return Ok(last);
                }
                ServerMessage::Rejected { id, why, .. } if id == last => return Err(why),
                _ => {}
            }
        }
    }

    pub(super) async fn tries(&mut self, doc: DocId, op: Op) -> Result<OpId, Reject> {
        self.do_all(doc, vec![op]).await
    }

    pub(super) async fn does(&mut self, doc: DocId, op: Op) -> OpId {
        self.tries(doc, op).await.unwrap()
    }

    pub(super) const fn tray(&self) -> DocId {
        DocId::Tray(self.person)
    }

    /// Everything that was sent up to now, and from which docs words came since the last time.
    pub(super) async fn hears(&mut self) -> (Vec<ServerMessage>, BTreeSet<DocId>) {
        self.peer.send(&ClientMessage::Ping(77)).await;
        let mut heard = Vec::new();
        loop {
            match self.next().await {
                ServerMessage::Pong { n: 77, .. } => return (heard, std::mem::take(&mut self.heard_of)),
                message => heard.push(message),
            }
        }
    }
}

pub(super) fn plan(kind: Kind, at_end: AtEnd) -> Plan {
    Plan { kind, title: "t".into(), minutes: 1, each_s: 0, prompt: String::new(), at_end, names: Names::Shown }
}

pub(super) async fn steps_of(hall: &Hall) -> Vec<Step> {
    match hall.registry.snapshot(hall.made.id, DocId::Workshop).await {
        Some(AnyDoc::Workshop(workshop)) => workshop.model.steps,
        other => panic!("{other:?}"),
    }
}
