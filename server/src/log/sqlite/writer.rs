//! The one thread that writes. It takes everything that waits into one transaction: one fsync for all of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use shared::{Entry, Seq};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::head::{Head, Heads};
use super::pace::{LINGER, Pace};
use super::schema::explain;
use crate::log::stored::write_entry;
use crate::log::{Commits, Key, LogError, follows};

/// Jobs of one transaction at the most; the rest goes into the next.
const JOBS_PER_COMMIT_MAX: usize = 4_096;

type Answer = Result<(), LogError>;
type Done = oneshot::Sender<Answer>;

/// What is written.
pub(super) enum Job {
    Append { key: Key, after: Seq, entries: Arc<[Entry]>, done: Done },
    Snapshot { key: Key, seq: Seq, body: String, done: Done },
}

impl Job {
    fn answer(self, result: Answer) {
        let (Self::Append { done, .. } | Self::Snapshot { done, .. }) = self;
        // Whoever asked may be gone; what they asked for is done all the same.
        let _ = done.send(result);
    }
}

/// What is done to the file as a whole, in no transaction with anything else.
type Alone = Box<dyn FnOnce(&mut Connection, &Path) + Send>;

enum Mail {
    Job(Job),
    Alone(Alone),
}

/// The way to the thread.
pub(super) struct Writer {
    jobs: Option<Sender<Mail>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(connection: Connection, file: PathBuf, commits: Arc<Commits>) -> std::io::Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let work = Work { connection, file, commits, heads: Heads::default(), runtime: Handle::try_current().ok() };
        let thread = thread::Builder::new().name("log".to_owned()).spawn(move || work.run(&waiting))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Hands a job over; its answer comes when it is on disk. Rooms wait for their answer before they send again, which
    /// bounds the channel by the number of rooms.
    pub(super) fn send(&self, job: impl FnOnce(Done) -> Job) -> oneshot::Receiver<Answer> {
        let (done, answer) = oneshot::channel();
        if let Some(jobs) = &self.jobs {
            // When the thread is gone the job is dropped with its answer, which reads as `Closed`.
            let _ = jobs.send(Mail::Job(job(done)));
        }
        answer
    }

    /// Has something done to the file that concerns all of it. What was handed over before is on disk by then.
    pub(super) fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection, &Path) -> Result<T, LogError> + Send + 'static,
    ) -> oneshot::Receiver<Result<T, LogError>> {
        let (done, answer) = oneshot::channel();
        // Whoever asked may be gone; what they asked for is done all the same.
        let work = Box::new(move |connection: &mut Connection, file: &Path| drop(done.send(work(connection, file))));
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(Mail::Alone(work));
        }
        answer
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Work {
    connection: Connection,
    file: PathBuf,
    commits: Arc<Commits>,
    heads: Heads,
    /// Where the askers wait, if this log was opened there.
    runtime: Option<Handle>,
}

impl Work {
    fn run(mut self, waiting: &Receiver<Mail>) {
        let mut pace = Pace::new(Instant::now());
        while let Ok(first) = waiting.recv() {
            if pace.is_busy() {
                thread::sleep(LINGER);
            }
            let (mut jobs, mut alone) = (Vec::new(), None);
            for mail in std::iter::once(first).chain(waiting.try_iter()).take(JOBS_PER_COMMIT_MAX) {
                match mail {
                    Mail::Job(job) => jobs.push(job),
                    Mail::Alone(work) => {
                        alone = Some(work);
                        break;
                    }
                }
            }
            pace.came(jobs.len(), Instant::now());
            if !jobs.is_empty() {
                self.commit(jobs);
            }
            if let Some(work) = alone {
                work(&mut self.connection, &self.file);
                self.heads.forget();
            }
        }
        // A folder that nobody has open is one file, so that whoever copies it by hand has everything. Nothing is lost
        // where it fails: the next start reads both.
        let _ = self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);");
    }

    /// Writes all jobs in one transaction and answers each: alone if it does not fit, together if the disk fails.
    fn commit(&mut self, jobs: Vec<Job>) {
        let answers = match self.write_all(&jobs) {
            Ok(answers) => {
                self.commits.count();
                answers
            }
            Err(why) => {
                self.heads.forget();
                vec![Err(why); jobs.len()]
            }
        };
        let answer = move || jobs.into_iter().zip(answers).for_each(|(job, answer)| job.answer(answer));
        match &self.runtime {
            // To wake another thread costs as much as a small write: once for all of them.
            Some(runtime) => drop(runtime.spawn(async move { answer() })),
            None => answer(),
        }
    }

    /// An answer for each job, or an error that undid all of them.
    fn write_all(&mut self, jobs: &[Job]) -> Result<Vec<Answer>, LogError> {
        let file = &self.file;
        let all = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| explain(file, &error))?;
        let answers = jobs.iter().map(|job| write(&all, &mut self.heads, file, job)).collect::<Result<_, _>>()?;
        all.commit().map_err(|error| explain(file, &error))?;
        Ok(answers)
    }
}

fn write(all: &Transaction<'_>, heads: &mut Heads, file: &Path, job: &Job) -> Result<Answer, LogError> {
    let explain = |error: rusqlite::Error| explain(file, &error);
    let (Job::Append { key, .. } | Job::Snapshot { key, .. }) = job;
    let head = heads.of(all, *key).map_err(explain)?;
    match job {
        Job::Append { key, after, entries, .. } => match follows(*key, head.last, *after, entries) {
            Ok(last) => {
                append(all, file, head, entries)?;
                heads.moved(*key, Head { last, ..head });
                Ok(Ok(()))
            }
            Err(why) => Ok(Err(why)),
        },
        // Of a log that was removed meanwhile nothing is kept.
        Job::Snapshot { seq, .. } if *seq > head.last => Ok(Ok(())),
        Job::Snapshot { seq, body, .. } => put_snapshot(all, head, *seq, body).map(Ok).map_err(explain),
    }
}

fn append(all: &Transaction<'_>, file: &Path, head: Head, entries: &[Entry]) -> Result<(), LogError> {
    let explain = |error: rusqlite::Error| explain(file, &error);
    let mut insert = all.prepare_cached("INSERT INTO entries (doc, seq, body) VALUES (?1, ?2, ?3)").map_err(explain)?;
    for entry in entries {
        let body = write_entry(entry).map_err(|why| LogError::Failed { what: why.to_string() })?;
        insert.execute(params![head.id, number(entry.stamp.seq), body]).map_err(explain)?;
    }
    Ok(())
}

fn put_snapshot(all: &Transaction<'_>, head: Head, seq: Seq, body: &str) -> rusqlite::Result<()> {
    all.prepare_cached(
        "INSERT INTO snapshots (doc, seq, body) VALUES (?1, ?2, ?3) ON CONFLICT (doc) DO UPDATE
         SET seq = excluded.seq, body = excluded.body WHERE excluded.seq > snapshots.seq",
    )?
    .execute(params![head.id, number(seq), body])?;
    Ok(())
}

fn number(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}
