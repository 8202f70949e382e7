//! The actor: one task a doc. It takes what waits, applies it, has it stored as one batch, and then tells everybody.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use shared::doc::{Outcome, Reject};
use shared::wire::Close;
use shared::{AnyDoc, By, ClientId, Entry, Op, OpId, Seq, Stamp};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

use self::keep::{Loaded, load};
use self::weight::{Weight, grows};
use super::batch::{Answer, Batch};
use super::effects::Effects;
use super::fanout::Fanout;
use super::presence::Presence;
use super::recent::Recent;
use super::{ConnId, Decided, Hold, Mail, Subscribe};
use crate::log::Key;
use crate::memory::Room;
use crate::registry::{Counted, Rooms};

mod company;
mod keep;
mod weight;

/// A room that nobody has entered for so long is closed until it is needed again.
const IDLE: Duration = Duration::from_secs(600);
/// When what failed beside the doc itself is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// `Break`: the room cannot go on.
type Flow = ControlFlow<()>;

/// Runs the room until it has been idle for long, the server stops, or its log fails for good.
pub(super) async fn run(key: Key, rooms: Arc<Rooms>, mut mail: mpsc::Receiver<Mail>) {
    // What is rare is boxed here and below: there is a room for every person, and each would keep the space for all of it.
    match Box::pin(load(&rooms, key)).await {
        Ok(loaded) => {
            rooms.could_open(key);
            let _counted = Counted::new(&rooms.metrics, |metrics| &metrics.rooms);
            rooms.owners.learn(key, loaded.doc.owners());
            Box::new(Actor::new(key, rooms, mail, loaded)).serve().await;
        }
        Err(why) => {
            rooms.could_not_open(key, &why);
            turn_away(&mut mail);
        }
    }
}

/// There is no room: everything that waits for an answer reads `Gone`.
fn turn_away(mail: &mut mpsc::Receiver<Mail>) {
    mail.close();
    while mail.try_recv().is_ok() {}
}

struct Actor {
    key: Key,
    rooms: Arc<Rooms>,
    mail: mpsc::Receiver<Mail>,
    doc: AnyDoc,
    /// The last entry that is on disk.
    stored: Seq,
    snapshot: Seq,
    recent: Recent,
    /// The doc as it is sent to who joins, as long as it stays so.
    whole: Option<Bytes>,
    /// Bytes of it as it is sent, about; none as long as nobody had to know.
    weight: Option<Weight>,
    fanout: Fanout,
    presence: Option<Presence>,
    effects: Effects,
    used_at: Instant,
    retry_at: Option<Instant>,
    /// Who waits until the room is gone.
    closing: Vec<oneshot::Sender<()>>,
    /// A snapshot that is being kept beside the room.
    keeping: Option<JoinHandle<()>>,
}

impl Actor {
    fn new(key: Key, rooms: Arc<Rooms>, mail: mpsc::Receiver<Mail>, loaded: Loaded) -> Self {
        let Loaded { doc, recent, snapshot } = loaded;
        let now = Instant::now();
        Self {
            effects: Effects::of(key, &doc),
            stored: doc.seq(),
            presence: matches!(doc, AnyDoc::Board(_)).then(|| Presence::new(now)),
            fanout: Fanout::default(),
            whole: None,
            weight: None,
            used_at: now,
            retry_at: None,
            closing: Vec::new(),
            keeping: None,
            key,
            rooms,
            mail,
            doc,
            snapshot,
            recent,
        }
    }

    async fn serve(mut self: Box<Self>) {
        let stop = self.rooms.stop.clone();
        self.follow(&[]).await;
        let flow = loop {
            let due = self.due();
            let flow = tokio::select! {
                biased;
                mail = self.mail.recv() => match mail {
                    Some(mail) => self.take(mail).await,
                    None => break Flow::Continue(()),
                },
                () = stop.cancelled() => break Flow::Continue(()),
                () = sleep_until(due) => self.tick().await,
            };
            if flow.is_break() || !self.closing.is_empty() {
                break flow;
            }
        };
        if flow.is_continue() {
            Box::pin(self.end()).await;
        }
        if let Some(keeping) = self.keeping.take() {
            // Whoever waits for the end of the room must not find a snapshot of it afterwards.
            let _ = keeping.await;
        }
        self.rooms.owners.forget(self.key);
        turn_away(&mut self.mail);
        self.fanout.close(Close::Restart, |_| true);
    }

    /// What was sent before the end is still done.
    async fn end(&mut self) {
        self.mail.close();
        while let Ok(mail) = self.mail.try_recv() {
            if self.take(mail).await.is_break() {
                return;
            }
        }
        self.keep_last_snapshot().await;
    }

    /// When the room has something to do although nobody asks.
    fn due(&self) -> Instant {
        let idle = self.used_at + IDLE;
        [self.presence.as_ref().and_then(Presence::due), self.retry_at].into_iter().flatten().fold(idle, Instant::min)
    }

    /// Memory is tight: what is kept to be quick goes, and the room with it if nobody is there.
    fn spare(&mut self) {
        self.whole = None;
        if self.fanout.followers().is_empty() {
            // Looked at when everything that waits was done: the last way in may be under way to somebody.
            self.used_at = Instant::now().checked_sub(IDLE).unwrap_or(self.used_at);
        }
    }

    async fn tick(&mut self) -> Flow {
        let now = Instant::now();
        if self.presence.as_ref().and_then(Presence::due).is_some_and(|due| due <= now) {
            self.tell_presence(now);
        }
        if self.retry_at.is_some_and(|due| due <= now) {
            self.follow(&[]).await;
        }
        if self.used_at + IDLE <= now {
            self.used_at = now;
            if self.fanout.followers().is_empty() {
                // No way in is left when this succeeds: the mailbox ends, and the room with it.
                self.rooms.retire(self.key);
            }
        }
        Flow::Continue(())
    }

    /// Takes a message and all that wait behind it, in their order.
    async fn take(&mut self, first: Mail) -> Flow {
        self.used_at = Instant::now();
        let mut batch = Batch::default();
        let mut next = Some(first);
        while let Some(mail) = next {
            if let Some(other) = self.gather(&mut batch, mail) {
                self.store(std::mem::take(&mut batch)).await?;
                match other {
                    Mail::Hold(hold) => Box::pin(self.hold(*hold)).await?,
                    other => self.handle(other),
                }
            }
            next = if batch.is_full() { None } else { self.mail.try_recv().ok() };
        }
        self.store(batch).await
    }

    /// Applies operations and keeps them for the batch; gives back what is no operation, for when the batch is stored.
    fn gather(&mut self, batch: &mut Batch, mail: Mail) -> Option<Mail> {
        match mail {
            Mail::Ops { conn, ops } => {
                self.take_ops(batch, conn, ops);
                None
            }
            Mail::Decide { decide, done } => {
                let decided = match decide(&self.doc) {
                    // Dropped without an answer: whoever asks is told to try again.
                    Some((_, op)) if self.effects.comes_too_soon(&self.doc, &op) => return None,
                    Some((id, op)) => self.apply(batch, By::Server, id, op),
                    None => Decided::Nothing,
                };
                batch.answers.push(Answer::Decided(done, decided));
                None
            }
            Mail::Doing { conn, doing } => {
                self.fanout.set_doing(conn, doing);
                self.touch();
                None
            }
            other => Some(other),
        }
    }

    /// Whether the doc may not grow now: memory is scarce, and it has more of it than is its share.
    fn is_too_large_now(&mut self) -> bool {
        if self.rooms.memory.room() < Room::Full {
            return false;
        }
        let doc = &self.doc;
        let weigh = || shared::wire::encode(doc).len();
        let weight = self.weight.get_or_insert_with(|| Weight::new(weigh()));
        let (memory, rooms) = (&self.rooms.memory, self.rooms.metrics.rooms());
        weight.is_too_much(weigh, |bytes| memory.is_large(bytes, rooms))
    }

    fn take_ops(&mut self, batch: &mut Batch, conn: ConnId, ops: Vec<(OpId, Op)>) {
        // One who was closed has operations on the way that must not overtake those that were lost.
        let Some(by) = self.fanout.find(conn).and_then(|author| author.who.by()) else { return };
        batch.authors.insert(conn);
        if ops.iter().any(|(_, op)| grows(op)) && self.is_too_large_now() {
            self.rooms.metrics.ops_refused_full.add(ops.len());
            let refused = ops.into_iter().map(|(id, _)| match self.doc.knows(id) {
                true => Answer::Known(conn, id),
                false => Answer::Rejected(conn, id, Reject::ServerFull),
            });
            return batch.answers.extend(refused);
        }
        for (id, op) in ops {
            match self.apply(batch, by, id, op) {
                Decided::Known => batch.answers.push(Answer::Known(conn, id)),
                Decided::Rejected(why) => batch.answers.push(Answer::Rejected(conn, id, why)),
                Decided::Stored(_) | Decided::Nothing => {}
            }
        }
    }

    fn apply(&mut self, batch: &mut Batch, by: By, id: OpId, op: Op) -> Decided {
        let seq = self.doc.seq().next();
        let entry = Entry { stamp: Stamp { seq, at: self.rooms.clock.now(), by, id }, op };
        let Rooms { metrics, owners, .. } = &*self.rooms;
        let first = self.doc.owner(id.client).is_none();
        let outcome = if first && owners.is_anothers(self.key, id.client, by) {
            Outcome::Rejected(Reject::NotYourClient)
        } else {
            self.doc.apply(&entry)
        };
        match outcome {
            Outcome::Applied(_) => {
                if first {
                    owners.learn(self.key, [(id.client, by)]);
                }
                metrics.ops_taken.add(1);
                batch.entries.push(entry);
                Decided::Stored(seq)
            }
            Outcome::Duplicate => {
                metrics.ops_known.add(1);
                Decided::Known
            }
            Outcome::Rejected(why) => {
                metrics.ops_rejected.add(1);
                Decided::Rejected(why)
            }
        }
    }

    async fn follow(&mut self, entries: &[Entry]) {
        self.effects.follow(self.key, &self.doc, entries, &self.rooms, &mut self.fanout).await;
        self.retry_at = self.effects.is_behind(&self.doc).then(|| Instant::now() + RETRY);
    }

    /// Lets nothing come in between until it is said what becomes of the doc.
    async fn hold(&mut self, hold: Hold) -> Flow {
        let Hold { doc, decided, done } = hold;
        let now = self.doc.clone();
        // Nobody to answer to, or nobody who decides: it goes on as it was.
        let (Ok(()), Ok(op)) = (doc.send(now), decided.await) else { return Flow::Continue(()) };
        let mut batch = Batch::default();
        let n = u32::try_from(self.doc.seq().next().0).unwrap_or(u32::MAX);
        let decided = self.apply(&mut batch, By::Server, OpId { client: ClientId::SERVER, n }, op);
        batch.answers.push(Answer::Decided(done, decided));
        self.store(batch).await
    }

    /// What is no operation.
    fn handle(&mut self, mail: Mail) {
        match mail {
            Mail::Inspect(read) => read(&self.doc),
            Mail::Facts(done) => {
                if let Effects::Workshop(facts, ..) = &self.effects {
                    let _ = done.send(facts.subscribe());
                }
            }
            Mail::Subscribe(wanted) => {
                let Subscribe { subscriber, have, done } = *wanted;
                self.subscribe(subscriber, have);
                let _ = done.send(());
            }
            Mail::Unsubscribe(conn) => self.unsubscribe(conn),
            Mail::Dismiss(by) => {
                self.fanout.close_all_of(by, Close::Reseated);
                self.touch();
            }
            Mail::TurnOut(whom) => {
                self.fanout.close(Close::Replaced, |subscriber| whom(subscriber.who));
                self.touch();
            }
            Mail::Close(closing) => self.closing.push(closing),
            Mail::MayGo => self.spare(),
            Mail::Ops { .. } | Mail::Decide { .. } | Mail::Doing { .. } | Mail::Hold(_) => {}
        }
    }
}
