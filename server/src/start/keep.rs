//! What a server does by itself with its data while it runs: copies, and erasing names whose time has come.

use std::time::Duration;

use shared::Millis;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock;
use crate::config::Keep;
use crate::erase::{Cause, Doubt, SILENCE_DAYS};
use crate::registry::Registry;

/// How often it is looked whose time has come.
const LOOK: Duration = Duration::from_secs(60 * 60);

/// Begins; ends with the server, which waits for it: the data folder is free only then. What is interrupted is done at the next start.
pub(super) fn begin(registry: &Registry, keep: Keep, stop: &CancellationToken) -> TaskTracker {
    let tasks = TaskTracker::new();
    let (erasing, stopped) = (registry.clone(), stop.clone());
    let erases = async move {
        let mut said = None;
        loop {
            let now = clock::now();
            erasing.erase_due(now, Cause::Clock).await;
            let doubt = erasing.doubt(now).await;
            if doubt != said {
                say(doubt, now);
                said = doubt;
            }
            sleep(LOOK).await;
        }
    };
    tasks.spawn(async move { stopped.run_until_cancelled(erases).await });
    let (watching, stopped) = (registry.clone(), stop.clone());
    tasks.spawn(async move { stopped.run_until_cancelled(watching.keep_within_memory()).await });
    if keep.backup_every > 0 {
        let (copying, stopped) = (registry.clone(), stop.clone());
        let every = Duration::from_secs(60 * u64::from(keep.backup_every));
        let copies = async move {
            // At the start too: who starts it for one afternoon has at least what the last one left.
            loop {
                copying.back_up(keep.backups_kept).await;
                sleep(every).await;
            }
        };
        tasks.spawn(async move { stopped.run_until_cancelled(copies).await });
    }
    tasks.close();
    tasks
}

/// Once, and again when it is another one.
fn say(doubt: Option<Doubt>, now: Millis) {
    let clock = clock::written(now);
    match doubt {
        None => {}
        Some(Doubt::Leapt { held }) => tracing::error!(
            %clock, workshops = held,
            "by this machine's clock nothing was written for more than {SILENCE_DAYS} days, so names whose time would have come are NOT \
             erased by themselves: a clock may be wrong. If it is wrong, set it. If it is right, stop the server and run: naze erase due"
        ),
        Some(Doubt::Behind) => tracing::warn!(
            %clock,
            "this machine's clock is before the newest entry: it is wrong, or was when that was written. Names of such a workshop are \
             not erased before that date: set the clock, or stop the server and run: naze erase names CODE"
        ),
    }
}
