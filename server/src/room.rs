//! A room is one doc and everybody who follows it: an actor that orders operations, has them stored, and only then shows
//! them (law 3). It knows no socket and no token.

use std::sync::Arc;

use shared::doc::Reject;
use shared::docs::workshop::{Door, Phase, Workshop};
use shared::presence::Doing;
use shared::{AnyDoc, By, Capability, ClientId, GroupId, Millis, Op, OpId, Point, Seq};
use tokio::sync::{mpsc, oneshot, watch};

pub(crate) use self::effects::codes::bring as bring_code;
use self::held::{Held, Hold};
pub(crate) use self::outbox::Waiting;
pub use self::outbox::{Next, Outbox, OutboxLimits};
use crate::log::Key;
use crate::registry::Rooms;

mod actor;
mod batch;
mod effects;
mod fanout;
mod held;
mod outbox;
mod presence;
mod recent;
#[cfg(test)]
mod tests;

/// Messages that wait for a room at the most; who sends more waits.
const MAIL_MAX: usize = 512;

/// Milliseconds for letters that were on their way when the time was over.
const GRACE_MS: u64 = 3_000;

/// One connection, by a number that is never used again while the server runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ConnId(pub u64);

/// A connection that follows a doc.
#[derive(Clone, Debug)]
pub struct Subscriber {
    /// Which.
    pub conn: ConnId,
    /// What its holder may.
    pub who: Capability,
    /// Where its messages go.
    pub outbox: Arc<Outbox>,
    /// As what.
    pub standing: Standing,
}

/// As what somebody follows a doc.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It is theirs.
    Own,
    /// It is another group's board, which they look at: they are not shown as being there.
    Visitor,
}

/// What sessions and the door must know of a workshop at any moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// How far it is.
    pub phase: Phase,
    /// How many groups there are: numbered from 1.
    pub groups: u16,
    /// Seats of each.
    pub seats: u16,
    /// Whether somebody new may come in.
    pub door: Door,
    /// What the run-sheet says of each, in their order.
    steps: Arc<[StepFacts]>,
}

/// What the run-sheet says of a group at the moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StepFacts {
    /// When its people may write at its board no longer.
    pub closes_at: Option<Millis>,
    /// Whose board they look at.
    pub visits: Option<GroupId>,
}

impl StepFacts {
    /// Whether what comes now from the people of the group is still written at their board.
    pub fn takes_input(self, now: Millis) -> bool {
        self.closes_at.is_none_or(|at| now.0 < at.0.saturating_add(GRACE_MS))
    }
}

impl Facts {
    fn of(workshop: &Workshop) -> Self {
        let step = |group| StepFacts { closes_at: workshop.closes_at(group), visits: workshop.visited_by(group) };
        Self {
            phase: workshop.phase,
            groups: u16::try_from(workshop.groups.len()).unwrap_or(u16::MAX),
            seats: workshop.seats,
            door: workshop.door,
            steps: workshop.groups.iter().map(|group| step(group.id)).collect(),
        }
    }

    /// The groups there are.
    pub fn groups(&self) -> impl Iterator<Item = GroupId> + use<> {
        (1..=self.groups).map(GroupId)
    }

    /// What the run-sheet says of a group.
    pub fn step_of(&self, group: GroupId) -> StepFacts {
        let at = usize::from(group.0).checked_sub(1);
        at.and_then(|at| self.steps.get(at)).copied().unwrap_or_default()
    }
}

/// What became of something that the server itself did to a doc.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decided {
    /// It is stored, as this entry.
    Stored(Seq),
    /// The doc had it already.
    Known,
    /// There was nothing to do.
    Nothing,
    /// The doc refused it.
    Rejected(Reject),
}

/// The room, or the log below it, does not answer now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the room does not answer: try again in a moment")]
pub struct Gone;

/// Decides on the doc as it is at that moment: what the server itself does to it, if anything.
type Decide = Box<dyn FnOnce(&AnyDoc) -> Option<(OpId, Op)> + Send>;
type Inspect = Box<dyn FnOnce(&AnyDoc) + Send>;

enum Mail {
    Ops {
        conn: ConnId,
        ops: Vec<(OpId, Op)>,
    },
    Decide {
        decide: Decide,
        done: oneshot::Sender<Decided>,
    },
    Inspect(Inspect),
    Facts(oneshot::Sender<watch::Receiver<Facts>>),
    /// Boxed because it is the largest: a mailbox keeps space for some of them.
    Subscribe(Box<Subscribe>),
    Unsubscribe(ConnId),
    Doing {
        conn: ConnId,
        doing: Option<Doing>,
    },
    Dismiss(By),
    TurnOut(fn(Capability) -> bool),
    /// Whoever is in it keeps it open; nobody else does.
    MayGo,
    Hold(Box<Hold>),
    /// The room is to close; the sender is dropped when it has, and nothing of it is left.
    Close(oneshot::Sender<()>),
}

struct Subscribe {
    subscriber: Subscriber,
    have: Point,
    done: oneshot::Sender<()>,
}

/// The way into a room.
#[derive(Clone, Debug)]
pub struct Handle {
    mail: mpsc::Sender<Mail>,
}

impl Handle {
    /// Opens a room and gives the first way in.
    pub(crate) fn open(key: Key, rooms: Arc<Rooms>) -> Self {
        let (mail, waiting) = mpsc::channel(MAIL_MAX);
        let tasks = rooms.tasks.clone();
        tasks.spawn(actor::run(key, rooms, waiting));
        Self { mail }
    }

    /// A way into no room.
    pub(crate) fn closed() -> Self {
        Self { mail: mpsc::channel(1).0 }
    }

    /// Closes the room and everybody in it; what was sent before is still done. Returns when nothing of it is left.
    pub(crate) async fn close(&self) {
        let (closing, closed) = oneshot::channel();
        // One that is gone, or goes by itself, is closed; nobody ever answers but by going.
        if self.send(Mail::Close(closing)).await.is_ok() {
            let _ = closed.await;
        }
        while !self.mail.is_closed() {
            self.mail.closed().await;
        }
    }

    /// The room is closed if nobody is in it; not now, if it has other things to do.
    pub(crate) fn may_go(&self) {
        let _ = self.mail.try_send(Mail::MayGo);
    }

    async fn send(&self, mail: Mail) -> Result<(), Gone> {
        self.mail.send(mail).await.map_err(|_| Gone)
    }

    /// Operations of a subscriber, in their order. Answers come through its outbox.
    ///
    /// # Errors
    /// When the room is gone.
    pub async fn ops(&self, conn: ConnId, ops: Vec<(OpId, Op)>) -> Result<(), Gone> {
        self.send(Mail::Ops { conn, ops }).await
    }

    /// Sends the doc, or what follows `have`, to the subscriber, and everything that is stored from then on. Returns when
    /// the doc is in the subscriber's outbox.
    ///
    /// # Errors
    /// When the room is gone.
    pub async fn subscribe(&self, subscriber: Subscriber, have: Point) -> Result<(), Gone> {
        let (done, answer) = oneshot::channel();
        self.send(Mail::Subscribe(Box::new(Subscribe { subscriber, have, done }))).await?;
        answer.await.map_err(|_| Gone)
    }

    /// Sends no more to the connection.
    ///
    /// # Errors
    /// When the room is gone, and with it the subscription.
    pub async fn unsubscribe(&self, conn: ConnId) -> Result<(), Gone> {
        self.send(Mail::Unsubscribe(conn)).await
    }

    /// What a subscriber is at; `None`: at another board.
    ///
    /// # Errors
    /// When the room is gone.
    pub async fn doing(&self, conn: ConnId, doing: Option<Doing>) -> Result<(), Gone> {
        self.send(Mail::Doing { conn, doing }).await
    }

    /// Closes every connection that writes in this name: its key is not theirs any more, or it was never theirs.
    ///
    /// # Errors
    /// When the room is gone, and with it everybody who was in it.
    pub(crate) async fn dismiss(&self, by: By) -> Result<(), Gone> {
        self.send(Mail::Dismiss(by)).await
    }

    /// Closes every connection of these: their links were replaced, or what they were shown of them was.
    ///
    /// # Errors
    /// When the room is gone, and with it everybody who was in it.
    async fn turn_out(&self, whom: fn(Capability) -> bool) -> Result<(), Gone> {
        self.send(Mail::TurnOut(whom)).await
    }

    /// Reads from the doc as it is stored.
    ///
    /// # Errors
    /// When the room is gone.
    pub async fn inspect<T: Send + 'static>(
        &self,
        read: impl FnOnce(&AnyDoc) -> T + Send + 'static,
    ) -> Result<T, Gone> {
        let (done, answer) = oneshot::channel();
        // Nobody to answer to: the asker has gone away.
        let inspect: Inspect = Box::new(move |doc| drop(done.send(read(doc))));
        self.send(Mail::Inspect(inspect)).await?;
        answer.await.map_err(|_| Gone)
    }

    /// The facts of a workshop, now and whenever they change. Only the room of a `Workshop` has them.
    ///
    /// # Errors
    /// When the room is gone, or is another doc's.
    pub async fn facts(&self) -> Result<watch::Receiver<Facts>, Gone> {
        let (done, answer) = oneshot::channel();
        self.send(Mail::Facts(done)).await?;
        answer.await.map_err(|_| Gone)
    }

    /// What the server itself does, decided on the doc at the moment at which it is done, so that nothing comes between.
    ///
    /// # Errors
    /// When it could not be stored.
    pub async fn decide(&self, decide: impl FnOnce(&AnyDoc) -> Option<Op> + Send + 'static) -> Result<Decided, Gone> {
        let named = move |doc: &AnyDoc| {
            let n = u32::try_from(doc.seq().next().0).ok()?;
            decide(doc).map(|op| (OpId { client: ClientId::SERVER, n }, op))
        };
        self.propose(Box::new(named)).await?.await.map_err(|_| Gone)
    }

    /// The same under an id that the caller made. The answer comes later, so that many can be sent at once.
    async fn propose(&self, decide: Decide) -> Result<oneshot::Receiver<Decided>, Gone> {
        let (done, answer) = oneshot::channel();
        self.send(Mail::Decide { decide, done }).await?;
        Ok(answer)
    }

    /// Holds the doc still, as it is stored, until it is decided what the server does to it.
    ///
    /// # Errors
    /// When the room is gone.
    async fn hold(&self) -> Result<Held, Gone> {
        let (hold, held) = Held::request();
        self.send(Mail::Hold(Box::new(hold))).await?;
        held.await
    }

    /// Whether the room still takes mail.
    pub(crate) fn is_open(&self) -> bool {
        !self.mail.is_closed()
    }

    /// Whether nobody else holds a way into the room, and nothing waits for it.
    pub(crate) fn is_the_only_one(&self) -> bool {
        self.mail.strong_count() == 1 && self.mail.capacity() == self.mail.max_capacity()
    }
}
