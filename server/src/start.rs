//! From settings to a server that runs, and back. Every step that can fail says which one it was and what to do.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use self::error::StartError;
use crate::addresses::Addresses;
use crate::config::{self, Limits, Reach};
use crate::host::Scheme;
use crate::http::about_data::Facts;
use crate::http::listen::{Door, Front};
use crate::http::{self, Rules, in_the_open, listen};
use crate::log::SqliteLog;
use crate::page::Page;
use crate::registry::Registry;
use crate::tls::Tls;

mod error;
mod keep;

/// Within this long the server has stopped.
const STOP_SECONDS_MAX: Duration = Duration::from_secs(5);
/// Of that, what requests that are under way get to finish.
const REQUESTS_SECONDS_MAX: Duration = Duration::from_secs(3);
/// Files beside sockets: the database, and spare ones.
const OTHER_FILES: u64 = 128;

/// A server that runs.
pub struct Running {
    /// Where it listens, the port included.
    pub listen: SocketAddr,
    /// Where it is reached.
    pub addresses: Arc<Addresses>,
    /// What it holds.
    pub registry: Registry,
    /// What it encrypts with, if it does.
    pub tls: Option<Arc<Tls>>,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    keeping: TaskTracker,
}

/// Starts one. The port comes first: who is told that it is taken has nothing made on disk.
///
/// # Errors
/// When the port or the data cannot be had.
pub async fn start(data: &Path, reach: &Reach, limits: &Limits) -> Result<Running, StartError> {
    let listener = TcpListener::bind(reach.listen).await.map_err(|why| StartError::port(reach.listen, why))?;
    let listen = listener.local_addr().map_err(|why| StartError::port(reach.listen, why))?;
    // What was given is looked at before anything is made on disk; a certificate of our own lies in the data folder.
    let given = reach.encryption.files().map(Tls::given).transpose().map_err(StartError::Tls)?;
    let log = SqliteLog::open(data).map_err(|why| StartError::log(data, why))?;
    make_room_for(limits.connections);
    let registry = Registry::open(Arc::new(log), limits.into()).await.map_err(StartError::Log)?;
    let tls = match (given, reach.encryption.tls) {
        (Some(given), _) => Some(given),
        (None, config::Tls::SelfSigned) => {
            let public = reach.public_url.as_ref().map(|public| public.host.name());
            Some(Tls::own(data, public).map_err(StartError::Tls)?)
        }
        (None, config::Tls::Off) => None,
    };
    let tls = tls.map(Arc::new);
    let scheme = if tls.is_some() { Scheme::Https } else { Scheme::Http };
    let addresses = Arc::new(Addresses::new(reach.public_url.clone(), listen).over(scheme));
    let rules = Rules {
        organiser_key: reach.organiser_key.clone(),
        seats: limits.seats,
        new_workshops_per_minute: limits.new_workshops_per_minute,
        encrypted: tls.as_ref().map(|tls| tls.kind()),
        about: Facts {
            data: data.to_owned(),
            names_days: limits.keep.erase_names_after.0,
            backup_minutes: limits.keep.backup_every,
            backups_kept: limits.keep.backups_kept,
        },
    };
    let router = http::router(registry.clone(), Page::Embedded, Arc::clone(&addresses), rules);
    let stop = CancellationToken::new();
    let keeping = keep::begin(&registry, limits.keep, &stop);
    let door = locked(tls.as_ref(), &addresses, &stop);
    // Who is called by another name than its own has a proxy before it, or none that comes from this machine.
    let front = if reach.public_url.is_some() { Front::Proxy } else { Front::Open };
    let serving = tokio::spawn(listen::serve_at(door, front, listener, router, stop.clone(), REQUESTS_SECONDS_MAX));
    tracing::info!(%listen, "started");
    Ok(Running { listen, addresses, registry, tls, stop, serving, keeping })
}

fn locked(tls: Option<&Arc<Tls>>, addresses: &Arc<Addresses>, stop: &CancellationToken) -> Door {
    let Some(tls) = tls else { return Door::Open };
    if let Some(said) = tls.warning(SystemTime::now()) {
        tracing::warn!("{}", said.en);
    }
    tokio::spawn(Arc::clone(tls).watch(stop.clone()));
    Door::Locked(Arc::clone(tls), in_the_open::router(Arc::clone(addresses)))
}

impl Running {
    /// Its address on this machine.
    pub fn own_address(&self) -> String {
        let at = match self.listen.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        format!("{}{}", self.addresses.scheme().prefix(), SocketAddr::new(at, self.listen.port()))
    }

    /// Stops it: no new connections, every session is told to come back later, the log is flushed.
    pub async fn stop(self) {
        // First the door, so that nobody who was sent away comes in again.
        self.stop.cancel();
        let stopped = timeout(STOP_SECONDS_MAX, async {
            self.registry.close().await;
            // It ends by itself; a panic in it was told where it happened.
            let _ = self.serving.await;
            self.keeping.wait().await;
        });
        if stopped.await.is_err() {
            tracing::warn!("some connections were cut off");
        }
        tracing::info!("stopped");
    }
}

/// Each connection is a file to the system, and many systems begin with 256 or 1024 a program.
fn make_room_for(connections: u32) {
    let sockets = u64::from(connections).saturating_add(listen::CONNECTIONS_MAX as u64);
    let wanted = sockets.saturating_add(OTHER_FILES);
    match rlimit::increase_nofile_limit(wanted) {
        Ok(granted) if granted >= wanted => {}
        Ok(granted) => tracing::warn!(granted, wanted, "this machine allows fewer connections at once than wished"),
        Err(why) => tracing::warn!(%why, "the limit on connections could not be raised"),
    }
}

#[cfg(test)]
mod tests;
