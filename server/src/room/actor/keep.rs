//! How a room keeps its doc: loads it, has batches stored before anybody sees them, and recovers when the log fails.

use std::sync::Arc;

use bytes::Bytes;
use shared::wire::{Close, ServerMessage};
use shared::{AnyDoc, Entry, Seq};

use super::super::batch::{Answer, Batch};
use super::super::fanout::{Left, encoded};
use super::super::recent::Recent;
use super::{Actor, Flow};
use crate::log::{Key, LogError};
use crate::registry::Rooms;

/// Entries after which a snapshot is kept.
const SNAPSHOT_EVERY: u64 = 500;

/// A doc as its log has it.
pub(super) struct Loaded {
    pub(super) doc: AnyDoc,
    pub(super) recent: Recent,
    pub(super) snapshot: Seq,
}

pub(super) async fn load(rooms: &Rooms, key: Key) -> Result<Loaded, LogError> {
    let stored = rooms.log.load(key).await?;
    let doc = stored.replay(key)?;
    let from = stored.snapshot.as_ref().map(AnyDoc::point).unwrap_or_default();
    let mut recent = Recent::after(from);
    recent.add(stored.entries.into());
    Ok(Loaded { doc, recent, snapshot: from.seq })
}

impl Actor {
    /// Has the batch stored, then shows it to everybody and answers its authors.
    pub(super) async fn store(&mut self, batch: Batch) -> Flow {
        if batch.is_empty() {
            return Flow::Continue(());
        }
        let Batch { entries, answers, authors } = batch;
        if !entries.is_empty() {
            let (message, entries) = self.entries_message(entries);
            let entries: Arc<[Entry]> = entries.into();
            let stored = self.rooms.log.append(self.key, self.stored, Arc::clone(&entries)).await;
            if let Err(why) = stored {
                self.fanout.close(Close::Restart, |subscriber| authors.contains(&subscriber.conn));
                return Box::pin(self.recover(&why)).await;
            }
            self.rooms.metrics.appends.add(1);
            self.show(&message);
            self.recent.add(Arc::clone(&entries));
            self.follow(&entries).await;
            self.keep_snapshot();
        }
        self.answer(answers);
        Flow::Continue(())
    }

    pub(super) fn entries_message(&self, entries: Vec<Entry>) -> (Bytes, Vec<Entry>) {
        let message = ServerMessage::Entries { doc: self.key.doc, entries };
        let bytes = encoded(&message);
        let ServerMessage::Entries { entries, .. } = message else { return (bytes, Vec::new()) };
        (bytes, entries)
    }

    fn show(&mut self, message: &Bytes) {
        self.stored = self.doc.seq();
        self.whole = None;
        if let Some(weight) = &mut self.weight {
            weight.add(message.len());
        }
        if self.fanout.push(message, &self.rooms.metrics) == Left::Somebody {
            self.touch();
        }
    }

    fn answer(&self, answers: Vec<Answer>) {
        let doc = self.key.doc;
        for answer in answers {
            let (conn, message) = match answer {
                Answer::Known(conn, id) => (conn, ServerMessage::Known { doc, id }),
                Answer::Rejected(conn, id, why) => (conn, ServerMessage::Rejected { doc, id, why }),
                Answer::Decided(done, decided) => {
                    // Whoever asked may have gone away meanwhile.
                    let _ = done.send(decided);
                    continue;
                }
            };
            if let Some(author) = self.fanout.find(conn) {
                author.outbox.push(encoded(&message));
            }
        }
    }

    /// The log failed. Its authors resume and send again; the doc is what the log has, which may even be the batch.
    async fn recover(&mut self, why: &LogError) -> Flow {
        tracing::error!(key = %self.key, %why, "a batch could not be stored; its authors send it again");
        self.rooms.metrics.append_errors.add(1);
        self.touch();
        let loaded = match load(&self.rooms, self.key).await {
            Ok(loaded) => loaded,
            Err(why) => {
                tracing::error!(key = %self.key, %why, "the doc cannot be read again; its room is closed");
                return Flow::Break(());
            }
        };
        let missed = loaded.recent.since(self.recent.end());
        self.doc = loaded.doc;
        self.recent = loaded.recent;
        self.snapshot = loaded.snapshot;
        match missed {
            Some(entries) if entries.is_empty() => {}
            Some(entries) => {
                let (message, entries) = self.entries_message(entries);
                self.show(&message);
                self.follow(&entries).await;
            }
            None => return Flow::Break(()),
        }
        (self.whole, self.weight) = (None, None);
        Flow::Continue(())
    }

    /// Not waited for: it only makes the next start shorter.
    fn keep_snapshot(&mut self) {
        if self.stored.0.saturating_sub(self.snapshot.0) < SNAPSHOT_EVERY {
            return;
        }
        self.snapshot = self.stored;
        let (key, doc, rooms) = (self.key, self.doc.clone(), Arc::clone(&self.rooms));
        let keeping = self.rooms.tasks.spawn(async move {
            if let Err(why) = rooms.log.put_snapshot(key, doc).await {
                tracing::warn!(%key, %why, "a snapshot could not be kept; the next start takes longer");
            }
        });
        self.keeping = Some(keeping);
    }

    /// On the way out it is waited for.
    pub(super) async fn keep_last_snapshot(&self) {
        if self.stored > self.snapshot
            && let Err(why) = self.rooms.log.put_snapshot(self.key, self.doc.clone()).await
        {
            tracing::warn!(key = %self.key, %why, "a snapshot could not be kept; the next start takes longer");
        }
    }
}
