//! The simulated disk: jobs that come one step further when the plan says so, and what a crash leaves of them. Beside it the ledger, which
//! knows what is durable. It knows nothing of who writes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use server::log::{Key, Log, LogError, Stored};
use shared::{AnyDoc, Entry, Seq};
use tokio::sync::oneshot;

use crate::random::Random;

/// A disk that does not do what it should: to prove that the simulator notices.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum DiskFault {
    #[default]
    None,
    /// Says that something is stored before it is.
    AnswersEarly,
    /// Loses the last entry of a log when it is read again.
    ForgetsTheLast,
}

type Answer<T> = oneshot::Sender<Result<T, LogError>>;

enum Work {
    Append(Append),
    Load(Answer<Stored>),
    Snapshot { doc: Box<AnyDoc>, answer: Answer<()> },
}

struct Append {
    after: Seq,
    entries: Arc<[Entry]>,
    stage: Stage,
    answer: Option<Answer<()>>,
}

/// How far an append is. What is written and not durable may survive a crash, in part or not at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Queued,
    Written,
    Durable,
}

struct Job {
    key: Key,
    work: Work,
}

#[derive(Default)]
struct Kept {
    snapshot: Option<AnyDoc>,
    entries: Vec<Entry>,
}

#[derive(Default)]
struct Inner {
    logs: BTreeMap<Key, Kept>,
    jobs: Vec<Job>,
    /// Durable since it was asked last.
    news: Vec<(Key, Vec<Entry>)>,
    eager: bool,
    full: bool,
    blind: bool,
    fault: DiskFault,
    commits: u64,
}

/// The disk. It outlives every server.
#[derive(Clone, Default)]
pub(crate) struct Disk(Arc<Mutex<Inner>>);

impl Inner {
    fn last(&self, key: Key) -> Seq {
        self.logs.get(&key).and_then(|kept| kept.entries.last()).map_or(Seq(0), |entry| entry.stamp.seq)
    }

    fn make_durable(&mut self, key: Key, entries: &[Entry]) {
        self.logs.entry(key).or_default().entries.extend(entries.iter().cloned());
        self.news.push((key, entries.to_vec()));
        self.commits += 1;
    }

    fn load(&self, key: Key) -> Result<Stored, LogError> {
        if self.blind && key != Key::directory() {
            return Err(LogError::Failed { what: "it cannot be read now".into() });
        }
        let Some(kept) = self.logs.get(&key) else { return Ok(Stored::default()) };
        let from = kept.snapshot.as_ref().map_or(Seq(0), AnyDoc::seq);
        let mut entries: Vec<Entry> = kept.entries.iter().filter(|entry| entry.stamp.seq > from).cloned().collect();
        if self.fault == DiskFault::ForgetsTheLast && entries.len() > 6 {
            entries.pop();
        }
        Ok(Stored { snapshot: kept.snapshot.clone(), entries })
    }

    fn snapshot(&mut self, key: Key, doc: AnyDoc) {
        let kept = self.logs.entry(key).or_default();
        if kept.snapshot.as_ref().is_none_or(|old| old.seq() < doc.seq()) {
            kept.snapshot = Some(doc);
        }
    }

    /// One step further with a job; what it did, in words.
    fn step(&mut self, at: usize, dice: &mut Random) -> String {
        let Job { key, work } = self.jobs.remove(at);
        match work {
            Work::Load(answer) => {
                drop(answer.send(self.load(key)));
                format!("{key} is read")
            }
            Work::Snapshot { doc, answer } => {
                self.snapshot(key, *doc);
                drop(answer.send(Ok(())));
                format!("a snapshot of {key} is kept")
            }
            Work::Append(append) => self.go_on(key, append, dice),
        }
    }

    fn go_on(&mut self, key: Key, mut append: Append, dice: &mut Random) -> String {
        let count = append.entries.len();
        match append.stage {
            Stage::Queued => {
                let last = self.last(key);
                let refusal = match append.after {
                    _ if self.full => Some(LogError::Full { file: "disk".into() }),
                    after if last != after => Some(LogError::Conflict { key, after, last }),
                    _ if !self.eager && dice.percent(2) => Some(LogError::Failed { what: "a write failed".into() }),
                    _ => None,
                };
                if let Some(why) = refusal {
                    let said = format!("{key}: {why}");
                    append.say(Err(why));
                    return said;
                }
                append.stage = Stage::Written;
                if self.fault == DiskFault::AnswersEarly {
                    append.say(Ok(()));
                }
            }
            Stage::Written => {
                self.make_durable(key, &append.entries);
                append.stage = Stage::Durable;
            }
            Stage::Durable => {
                // It is there, and nobody will know.
                let lost = !self.eager && dice.percent(3);
                let answer = if lost { Err(LogError::Failed { what: "the answer was lost".into() }) } else { Ok(()) };
                let said = format!("{count} entries of {key} are answered with {answer:?}");
                append.say(answer);
                return said;
            }
        }
        let said = format!("{count} entries of {key} are {:?}", append.stage);
        self.jobs.push(Job { key, work: Work::Append(append) });
        said
    }
}

impl Append {
    fn say(&mut self, answer: Result<(), LogError>) {
        // Nobody to hear it: the server is gone, or was told before.
        self.answer.take().map(|to| to.send(answer));
    }
}

impl Disk {
    pub(crate) fn new(fault: DiskFault) -> Self {
        let disk = Self::default();
        disk.with(|inner| inner.fault = fault);
        disk
    }

    fn with<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is durable since it was asked last.
    pub(crate) fn news(&self) -> Vec<(Key, Vec<Entry>)> {
        self.with(|inner| std::mem::take(&mut inner.news))
    }

    /// Any job comes one step further, or as far as it can; nothing, when there is none.
    pub(crate) fn step(&self, dice: &mut Random) -> Option<String> {
        self.with(|inner| {
            let jobs = inner.jobs.len();
            if jobs == 0 {
                return None;
            }
            let mut said = inner.step(dice.below(jobs), dice);
            while dice.percent(60) && inner.jobs.len() == jobs {
                // One that is not over is the last now.
                said = inner.step(jobs - 1, dice);
            }
            Some(said)
        })
    }

    /// Everything that waits is done, and whatever comes is done at once, until [`Disk::is_slow`].
    pub(crate) fn is_quick(&self) {
        self.with(|inner| {
            (inner.eager, inner.full, inner.blind) = (true, false, false);
            let mut sure = Random::of(0);
            for _ in 0..10_000 {
                if inner.jobs.is_empty() {
                    return;
                }
                inner.step(0, &mut sure);
            }
        });
    }

    /// Whatever comes waits for the plan.
    pub(crate) fn is_slow(&self) {
        self.with(|inner| inner.eager = false);
    }

    /// Full, or no longer.
    pub(crate) fn fill(&self) -> bool {
        self.with(|inner| {
            inner.full = !inner.full;
            inner.full
        })
    }

    /// Not to be read, or again.
    pub(crate) fn blind(&self) -> bool {
        self.with(|inner| {
            inner.blind = !inner.blind;
            inner.blind
        })
    }

    /// The server is gone. Of what was written and not durable a part is there: all, nothing, or the first entries of a batch.
    pub(crate) fn crash(&self, dice: &mut Random) -> String {
        self.with(|inner| {
            let mut said = Vec::new();
            for Job { key, work } in std::mem::take(&mut inner.jobs) {
                let Work::Append(Append { stage: Stage::Written, entries, .. }) = work else { continue };
                let some = dice.below(entries.len() + 1);
                let left = *dice.pick(&[0, entries.len(), some]);
                if left > 0 {
                    inner.make_durable(key, &entries[..left]);
                }
                said.push(format!("{left} of {} entries of {key} are there", entries.len()));
            }
            said.join(", ")
        })
    }

    /// What is there before anybody comes.
    pub(crate) fn found(&self, key: Key, entries: &[Entry]) {
        self.with(|inner| inner.make_durable(key, entries));
    }

    fn ask<T: Send + 'static>(
        &self,
        key: Key,
        work: impl FnOnce(Answer<T>) -> Work,
    ) -> BoxFuture<'_, Result<T, LogError>> {
        let (answer, answered) = oneshot::channel();
        self.with(|inner| {
            inner.jobs.push(Job { key, work: work(answer) });
            let mut sure = Random::of(0);
            while inner.eager && !inner.jobs.is_empty() {
                inner.step(0, &mut sure);
            }
        });
        async move { answered.await.unwrap_or(Err(LogError::Closed)) }.boxed()
    }
}

impl Log for Disk {
    fn append(&self, key: Key, after: Seq, entries: Arc<[Entry]>) -> BoxFuture<'_, Result<(), LogError>> {
        self.ask(key, |answer| Work::Append(Append { after, entries, stage: Stage::Queued, answer: Some(answer) }))
    }

    fn load(&self, key: Key) -> BoxFuture<'_, Result<Stored, LogError>> {
        self.ask(key, Work::Load)
    }

    fn put_snapshot(&self, key: Key, doc: AnyDoc) -> BoxFuture<'_, Result<(), LogError>> {
        self.ask(key, |answer| Work::Snapshot { doc: Box::new(doc), answer })
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<Key>, LogError>> {
        let keys = self.with(|inner| inner.logs.keys().copied().collect());
        async move { Ok(keys) }.boxed()
    }

    fn commits(&self) -> u64 {
        self.with(|inner| inner.commits)
    }
}
