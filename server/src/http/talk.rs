//! How long a connection may talk HTTP. Long enough for anything that is answered and done; what is meant to last, and is counted
//! and limited elsewhere, asks for more. It knows no connection: `listen` ends it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// The time of one connection.
#[derive(Clone, Debug)]
pub(super) struct Talk(Arc<Mutex<Instant>>);

impl Talk {
    /// So long, unless somebody asks for more.
    pub(super) fn of(time: Duration) -> Self {
        Self(Arc::new(Mutex::new(Instant::now() + time)))
    }

    fn until(&self) -> MutexGuard<'_, Instant> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// At least so long from now.
    pub(super) fn lasts(&self, time: Duration) {
        let mut until = self.until();
        *until = (*until).max(Instant::now() + time);
    }

    /// Waits until it is over.
    pub(super) async fn over(&self) {
        loop {
            let until = *self.until();
            if until <= Instant::now() {
                return;
            }
            sleep_until(until).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_ends_in_time_and_later_when_asked() {
        let begun = Instant::now();
        let talk = Talk::of(Duration::from_secs(120));
        talk.over().await;
        assert_eq!(begun.elapsed().as_secs(), 120);
        let talk = Talk::of(Duration::from_secs(120));
        talk.lasts(Duration::from_secs(80));
        let over = talk.over();
        let later = talk.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(100)).await;
            later.lasts(Duration::from_secs(80));
        });
        over.await;
        assert_eq!(begun.elapsed().as_secs(), 300);
    }
}
