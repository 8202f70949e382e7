//! What a server does by itself with its data while it runs: copies, and erasing names whose time has come.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::clock;
use crate::config::Keep;
use crate::registry::Registry;

/// How often it is looked whose time has come.
const LOOK: Duration = Duration::from_secs(60 * 60);

/// Begins; ends with the server.
pub(super) fn begin(registry: &Registry, keep: Keep, stop: &CancellationToken) {
    let (registry_, stop_) = (registry.clone(), stop.clone());
    tokio::spawn(async move {
        loop {
            registry_.erase_due(clock::now()).await;
            tokio::select! {
                () = sleep(LOOK) => {}
                () = stop_.cancelled() => break,
            }
        }
    });
    if keep.backup_every == 0 {
        return;
    }
    let (registry, stop) = (registry.clone(), stop.clone());
    let every = Duration::from_secs(60 * u64::from(keep.backup_every));
    tokio::spawn(async move {
        // At the start too: who starts it for one afternoon has at least what the last one left.
        loop {
            registry.back_up(keep.backups_kept).await;
            tokio::select! {
                () = sleep(every) => {}
                () = stop.cancelled() => break,
            }
        }
    });
}
