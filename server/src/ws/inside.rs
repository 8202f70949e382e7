//! A connection that is in: which docs it follows, and what its holder may do to them.

use std::collections::{BTreeSet, VecDeque};

use shared::access::{self, Place};
use shared::doc::Reject;
use shared::docs::board::BoardOp;
use shared::docs::workshop::Phase;
use shared::presence::Doing;
use shared::wire::{Close, Refusal, ServerMessage};
use shared::{AnyDoc, Capability, DocId, GroupId, NoteId, Op, OpId, Point, Token, WorkshopId};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::hello::walker;
use super::session::Line;
use crate::memory::Room;
use crate::registry::Counted;
use crate::room::{ConnId, Facts, Gone, Handle, Standing, Subscriber};

/// Somebody.
pub(super) struct Inside {
    pub(super) workshop: WorkshopId,
    pub(super) token: Token,
    pub(super) who: Capability,
    pub(super) seat: Option<GroupId>,
    pub(super) facts: watch::Receiver<Facts>,
    /// The group whose board is followed beside one's own.
    pub(super) visits: Option<GroupId>,
    /// Notes at that board that are known to be their own.
    pub(super) own_notes: BTreeSet<NoteId>,
    /// Docs that are followed, and the way to their rooms.
    pub(super) docs: Vec<(DocId, Handle)>,
    /// Docs that are to be followed, and what the peer has of them.
    pub(super) to_follow: VecDeque<(DocId, Point)>,
    /// Docs that are followed no longer; their rooms do not know it yet.
    pub(super) to_leave: Vec<Handle>,
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

/// What holds for operations on a doc at the moment at which they come.
struct Now {
    place: Place,
    /// Whether anything may be written.
    open: Result<(), Reject>,
}

impl Now {
    /// Whether this may be done: who needs help may say so when the writing is over, too.
    fn open_to(&self, op: &Op) -> Result<(), Reject> {
        match (self.open, op) {
            (Err(Reject::TimeIsOver), Op::Board(op)) if op.is_groups_own() => Ok(()),
            (open, _) => open,
        }
    }
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

    /// Leaves what is not to be followed any more, and follows what is, as far as there is room.
    pub(super) async fn subscribe_next(&mut self, line: &Line) -> Result<(), Close> {
        while let Some(room) = self.to_leave.pop() {
            Box::pin(room.unsubscribe(line.conn)).await.map_err(gone)?;
        }
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
    fn can_do_without(&self, doc: DocId) -> bool {
        match doc {
            DocId::Tray(_) => true,
            DocId::Workshop => false,
            _ => self.follows_all_boards() || self.is_visited(doc),
        }
    }

    fn is_visited(&self, doc: DocId) -> bool {
        Place { seat: self.seat, visits: self.visits }.is_visited(doc)
    }

    fn is_own_board(&self, doc: DocId) -> bool {
        self.seat.map(DocId::Board) == Some(doc)
    }

    async fn follow(&mut self, line: &Line, doc: DocId, have: Point) -> Result<(), Close> {
        if line.registry.memory() == Room::Over && !line.registry.is_open(self.workshop, doc) {
            if self.can_do_without(doc) {
                self.leave_out(line, doc, have);
                return Ok(());
            }
            return Err(Close::TooMany);
        }
        // Before one more doc is on its way, which may be a large one.
        line.registry.shed();
        let room = line.registry.room(self.workshop, doc);
        let standing = if self.is_visited(doc) { Standing::Visitor } else { Standing::Own };
        let subscriber = Subscriber { conn: line.conn, who: self.who, outbox: line.outbox.clone(), standing };
        // Kept before it is answered: whoever goes meanwhile leaves this room too.
        self.docs.push((doc, room.clone()));
        match room.subscribe(subscriber, have).await {
            Ok(()) if self.skipped.contains(&doc) => return Err(Close::Restart),
            // Who follows all boards may have come in with a link that was being replaced.
            Ok(()) if self.is_own_board(doc) || (doc == DocId::Workshop && self.follows_all_boards()) => {
                self.is_still_theirs(line).await?;
            }
            Ok(()) => {}
            Err(_) if self.can_do_without(doc) => {
                self.docs.retain(|(known, _)| *known != doc);
                self.leave_out(line, doc, have);
            }
            Err(why) => return Err(gone(why)),
        }
        Ok(())
    }

    /// Goes on without a doc until it is tried again.
    fn leave_out(&mut self, line: &Line, doc: DocId, have: Point) {
        self.left_out.push((doc, have));
        self.try_again_at = Instant::now() + line.registry.limits().times.unreadable;
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
        let now = self.now(line, doc);
        let mut allowed = Vec::with_capacity(ops.len());
        let moved =
            self.room(doc).is_none() && matches!((self.who, doc), (Capability::Participant(_), DocId::Board(_)));
        let ops = if moved { Box::pin(self.taken_before(line, doc, ops)).await? } else { ops };
        for (id, op) in ops {
            let why = if self.room(doc).is_none() || !self.who.may_write(now.place, doc, &op) {
                Reject::Forbidden
            } else if let Err(why) = now.open_to(&op) {
                why
            } else if let Some(on) = access::depends_on(now.place, doc, &op)
                && let Err(why) = Box::pin(self.depends(line, on, doc, &mut allowed, &op)).await?
            {
                // Rare, and boxed: every connection would keep the space for it.
                why
            } else {
                allowed.push((id, op));
                continue;
            };
            line.registry.counters().ops_forbidden.add(1);
            line.send(&ServerMessage::Rejected { doc, id, why });
        }
        self.pass_on(line, doc, allowed).await
    }

    /// Who was seated elsewhere sends again what they had not heard of: what their old board took before is saved, and is not given back
    /// as if it were not. The rest is left.
    async fn taken_before(&self, line: &Line, doc: DocId, ops: Vec<(OpId, Op)>) -> Result<Vec<(OpId, Op)>, Close> {
        if self.facts.borrow().groups().all(|group| DocId::Board(group) != doc) {
            return Ok(ops);
        }
        let by = self.who.by();
        let taken =
            move |doc: &AnyDoc| ops.into_iter().partition(|(id, op)| doc.holds(*id, op) && doc.owner(id.client) == by);
        let (taken, left): (Vec<(OpId, Op)>, _) =
            line.registry.room(self.workshop, doc).inspect(taken).await.map_err(gone)?;
        for (id, _) in taken {
            line.send(&ServerMessage::Known { doc, id });
        }
        Ok(left)
    }

    async fn pass_on(&self, line: &Line, doc: DocId, allowed: Vec<(OpId, Op)>) -> Result<(), Close> {
        match self.room(doc) {
            Some(room) if !allowed.is_empty() => room.ops(line.conn, allowed).await.map_err(gone),
            _ => Ok(()),
        }
    }

    fn now(&self, line: &Line, doc: DocId) -> Now {
        let facts = self.facts.borrow();
        let step = walker(self.who, self.seat).map(|seat| facts.step_of(seat)).unwrap_or_default();
        let open = if facts.phase == Phase::Ended && doc != DocId::Workshop {
            Err(Reject::Ended)
        } else if (self.is_own_board(doc) || self.is_visited(doc)) && !step.takes_input(line.registry.clock().now()) {
            Err(Reject::TimeIsOver)
        } else {
            Ok(())
        };
        Now { place: Place { seat: self.seat, visits: step.visits }, open }
    }

    /// Whether the doc that an operation depends on allows it now.
    async fn depends(
        &mut self,
        line: &Line,
        on: DocId,
        doc: DocId,
        before: &mut Vec<(OpId, Op)>,
        op: &Op,
    ) -> Result<Result<(), Reject>, Close> {
        let note = match op {
            Op::Board(BoardOp::EditNote { note, .. } | BoardOp::RemoveNote { note }) => Some(*note),
            _ => None,
        };
        if note.is_some_and(|note| self.own_notes.contains(&note)) {
            return Ok(Ok(()));
        }
        if on == doc {
            // What comes before may be what this one is about.
            self.pass_on(line, doc, std::mem::take(before)).await?;
        }
        let Some(room) = self.room(on) else { return Ok(Ok(())) };
        let (op, by) = (op.clone(), self.who.by());
        let place = self.now(line, doc).place;
        let allowed = room.inspect(move |doc| access::allows(doc, by, place, &op)).await.map_err(gone)?;
        if allowed.is_ok() {
            self.own_notes.extend(note);
        }
        Ok(allowed)
    }

    /// Tells the board what its holder is at, and the one where they were before that they left. Who looks at the board of
    /// others is not shown there.
    pub(super) async fn doing(&mut self, line: &Line, doc: DocId, doing: Doing) -> Result<(), Close> {
        if self.is_visited(doc) {
            return Ok(());
        }
        let before = self.at.filter(|at| *at != doc);
        let Some(room) = self.room(doc).filter(|_| matches!(doc, DocId::Board(_))) else { return Ok(()) };
        room.doing(line.conn, Some(doing)).await.map_err(gone)?;
        if let Some(before) = before.and_then(|before| self.room(before)) {
            before.doing(line.conn, None).await.map_err(gone)?;
        }
        self.at = Some(doc);
        Ok(())
    }

    /// Waits until another board is to be followed, because there is one more, the group looks at it or it is to be tried again.
    /// Whoever waits may be interrupted: nothing is waited for once something has changed.
    pub(super) async fn workshop_changed(&mut self) -> Result<(), Close> {
        tokio::select! {
            biased;
            changed = self.facts.changed() => changed.map_err(|_| Close::Restart)?,
            () = sleep_until(self.try_again_at), if !self.left_out.is_empty() => {
                self.to_follow.extend(self.left_out.drain(..));
                return Ok(());
            }
        }
        let now = self.facts.borrow_and_update().clone();
        if self.seat.is_some() {
            self.look_at(walker(self.who, self.seat).and_then(|seat| now.step_of(seat).visits))?;
        } else {
            let new = self.groups.saturating_add(1)..=now.groups;
            self.to_follow.extend(new.map(|group| (DocId::Board(GroupId(group)), Point::default())));
            self.groups = now.groups;
        }
        Ok(())
    }

    /// The board of another group is followed from now on, or none, and the one before no longer. Who wrote there while it could not be
    /// opened comes back: nobody else would ever answer what waits at their page.
    fn look_at(&mut self, visits: Option<GroupId>) -> Result<(), Close> {
        let before = std::mem::replace(&mut self.visits, visits);
        if before == visits {
            return Ok(());
        }
        if let Some(left) = before.map(DocId::Board) {
            self.to_follow.retain(|(doc, _)| *doc != left);
            self.left_out.retain(|(doc, _)| *doc != left);
            if self.skipped.remove(&left) {
                return Err(Close::Restart);
            }
            self.own_notes.clear();
            self.to_leave.extend(self.room(left).cloned());
            self.docs.retain(|(doc, _)| *doc != left);
        }
        self.to_follow.extend(visits.map(|group| (DocId::Board(group), Point::default())));
        Ok(())
    }

    pub(super) async fn leave(self, conn: ConnId) {
        for room in self.docs.into_iter().map(|(_, room)| room).chain(self.to_leave) {
            // A room that is gone has forgotten everybody.
            let _ = room.unsubscribe(conn).await;
        }
    }
}
