//! A connection that is in: which docs it follows, and what its holder may do to them.

use std::collections::{BTreeSet, VecDeque};

use shared::access;
use shared::doc::Reject;
use shared::docs::workshop::Phase;
use shared::presence::Doing;
use shared::wire::{Close, Refusal, ServerMessage};
use shared::{Capability, DocId, GroupId, Op, OpId, Point, Token, WorkshopId};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::session::Line;
use crate::registry::Counted;
use crate::room::{ConnId, Facts, Gone, Handle, Subscriber};

/// Somebody.
pub(super) struct Inside {
    pub(super) workshop: WorkshopId,
    pub(super) token: Token,
    pub(super) who: Capability,
    pub(super) seat: Option<GroupId>,
    pub(super) facts: watch::Receiver<Facts>,
    /// Docs that are followed, and the way to their rooms.
    pub(super) docs: Vec<(DocId, Handle)>,
    /// Docs that are to be followed, and what the peer has of them.
    pub(super) to_follow: VecDeque<(DocId, Point)>,
    /// Docs that could not be opened, and when that is tried again.
    pub(super) left_out: Vec<(DocId, Point)>,
    pub(super) try_again_at: Instant,
    /// Docs of which operations came while they could not be opened. Later ones must not overtake those.
    pub(super) skipped: BTreeSet<DocId>,
    /// Groups whose boards are known here.
    pub(super) groups: u16,
    /// The board at which they said they were.
    pub(super) at: Option<DocId>,
    pub(super) _counted: Counted,
}

/// Rooms go when the log fails or the server stops: the peer resumes.
fn gone(_: Gone) -> Close {
    Close::Restart
}

impl Inside {
    const fn follows_all_boards(&self) -> bool {
        self.seat.is_none()
    }

    fn room(&self, doc: DocId) -> Option<&Handle> {
        self.docs.iter().find(|(known, _)| *known == doc).map(|(_, room)| room)
    }

    pub(super) async fn subscribe_next(&mut self, line: &Line) -> Result<(), Close> {
        while !self.to_follow.is_empty() && line.outbox.has_room() {
            if let Some((doc, have)) = self.to_follow.pop_front() {
                Box::pin(self.follow(line, doc, have)).await?;
            }
        }
        if self.to_follow.is_empty() {
            self.to_follow = VecDeque::new();
        }
        Ok(())
    }

    /// Who sees all boards sees the others without one that cannot be opened; everybody works without their tray.
    const fn can_do_without(&self, doc: DocId) -> bool {
        match doc {
            DocId::Tray(_) => true,
            DocId::Workshop => false,
            _ => self.follows_all_boards(),
        }
    }

    async fn follow(&mut self, line: &Line, doc: DocId, have: Point) -> Result<(), Close> {
        let room = line.registry.room(self.workshop, doc);
        let subscriber = Subscriber { conn: line.conn, who: self.who, outbox: line.outbox.clone() };
        // Kept before it is answered: whoever goes meanwhile leaves this room too.
        self.docs.push((doc, room.clone()));
        match room.subscribe(subscriber, have).await {
            Ok(()) if self.skipped.contains(&doc) => return Err(Close::Restart),
            Ok(()) if matches!(doc, DocId::Board(_)) && self.seat.is_some() => self.is_still_theirs(line).await?,
            Ok(()) => {}
            Err(_) if self.can_do_without(doc) => {
                self.docs.retain(|(known, _)| *known != doc);
                self.left_out.push((doc, have));
                self.try_again_at = Instant::now() + line.registry.limits().times.unreadable;
            }
            Err(why) => return Err(gone(why)),
        }
        Ok(())
    }

    /// Who came in with a key just before another phone took their place over comes back, and is told.
    async fn is_still_theirs(&self, line: &Line) -> Result<(), Close> {
        match line.registry.capability(self.workshop, &self.token).await {
            Ok((who, _)) if who == self.who => Ok(()),
            Err(Refusal::Busy) => Err(Close::Restart),
            Ok(_) | Err(_) => Err(Close::Reseated),
        }
    }

    /// A doc that may be used now, even if others are still before it in the queue.
    async fn hurry(&mut self, line: &Line, doc: DocId) -> Result<(), Close> {
        match self.to_follow.iter().position(|(waits, _)| *waits == doc).and_then(|at| self.to_follow.remove(at)) {
            Some((doc, have)) => Box::pin(self.follow(line, doc, have)).await,
            None => Ok(()),
        }
    }

    /// Passes on what its author may do; answers the rest.
    pub(super) async fn ops(&mut self, line: &Line, doc: DocId, ops: Vec<(OpId, Op)>) -> Result<(), Close> {
        self.hurry(line, doc).await?;
        if self.left_out.iter().any(|(out, _)| *out == doc) {
            // Not taken and not refused: it stays pending at the page, which is sent away when the doc can be opened, and
            // sends it again with its next hello.
            self.skipped.insert(doc);
            return Ok(());
        }
        let ended = self.facts.borrow().phase == Phase::Ended && doc != DocId::Workshop;
        let mut allowed = Vec::with_capacity(ops.len());
        for (id, op) in ops {
            let why = if self.room(doc).is_none() || !self.who.may_write(self.seat, doc, &op) {
                Reject::Forbidden
            } else if ended {
                Reject::Ended
            } else if let Err(why) = self.depends(&op).await? {
                why
            } else {
                allowed.push((id, op));
                continue;
            };
            line.registry.counters().ops_forbidden.add(1);
            line.send(&ServerMessage::Rejected { doc, id, why });
        }
        match self.room(doc) {
            Some(room) if !allowed.is_empty() => room.ops(line.conn, allowed).await.map_err(gone),
            _ => Ok(()),
        }
    }

    /// Whether the doc that an operation depends on, if there is one, allows it now.
    async fn depends(&self, op: &Op) -> Result<Result<(), Reject>, Close> {
        let Some(room) = access::depends_on(self.seat, op).and_then(|doc| self.room(doc)) else { return Ok(Ok(())) };
        let op = op.clone();
        room.inspect(move |doc| access::allows(doc, &op)).await.map_err(gone)
    }

    /// Tells the board what its holder is at, and the one where they were before that they left.
    pub(super) async fn doing(&mut self, line: &Line, doc: DocId, doing: Doing) -> Result<(), Close> {
        let before = self.at.filter(|at| *at != doc);
        let Some(room) = self.room(doc).filter(|_| matches!(doc, DocId::Board(_))) else { return Ok(()) };
        room.doing(line.conn, Some(doing)).await.map_err(gone)?;
        if let Some(before) = before.and_then(|before| self.room(before)) {
            before.doing(line.conn, None).await.map_err(gone)?;
        }
        self.at = Some(doc);
        Ok(())
    }

    /// Waits until there is another group whose board is to be followed, or one to be tried again.
    pub(super) async fn workshop_changed(&mut self) -> Result<(), Close> {
        if !self.follows_all_boards() && self.left_out.is_empty() {
            return std::future::pending().await;
        }
        tokio::select! {
            changed = self.facts.changed(), if self.follows_all_boards() => changed.map_err(|_| Close::Restart)?,
            () = sleep_until(self.try_again_at), if !self.left_out.is_empty() => {
                self.to_follow.extend(self.left_out.drain(..));
                return Ok(());
            }
        }
        let groups = self.facts.borrow_and_update().groups;
        let new = self.groups.saturating_add(1)..=groups;
        self.to_follow.extend(new.map(|group| (DocId::Board(GroupId(group)), Point::default())));
        self.groups = groups;
        Ok(())
    }

    pub(super) async fn leave(self, conn: ConnId) {
        for (_, room) in self.docs {
            // A room that is gone has forgotten everybody.
            let _ = room.unsubscribe(conn).await;
        }
    }
}
