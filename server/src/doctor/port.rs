//! Whether the port can be had, and who has it if not: a Naze that runs already is good news.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::time::timeout;

use super::finding::Finding;
use crate::client::wire::To;
use crate::host::Scheme;
use crate::said::Said;
use crate::start::StartError;

/// Whoever takes longer to say who they are is somebody else.
const ANSWER: Duration = Duration::from_secs(3);
/// What only our figures begin with.
const OURS: &str = "naze_connections";

/// How it is with the port.
pub(super) enum Port {
    /// We have it now.
    Free(TcpListener),
    /// A Naze has it, and is fetched like this.
    Naze { scheme: Scheme, healthy: Healthy },
    /// It cannot be had.
    Not(StartError),
}

/// Whether the server that runs can write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Healthy {
    Yes,
    No,
}

impl Port {
    /// Where it listens, the port included.
    pub(super) fn at(&self, wanted: SocketAddr) -> SocketAddr {
        match self {
            Self::Free(listener) => listener.local_addr().unwrap_or(wanted),
            _ => wanted,
        }
    }

    pub(super) const fn scheme(&self, wanted: Scheme) -> Scheme {
        match self {
            Self::Naze { scheme, .. } => *scheme,
            _ => wanted,
        }
    }

    pub(super) fn finding(&self, wanted: SocketAddr) -> Finding {
        let port = self.at(wanted).port();
        match self {
            Self::Free(_) => {
                Finding::good(Said::new(format!("ポート {port} は空いています。"), format!("Port {port} is free.")))
            }
            Self::Naze { healthy: Healthy::Yes, .. } => Finding::good(Said::new(
                format!("ポート {port} で Naze が動いています。"),
                format!("Naze is running on port {port}."),
            )),
            Self::Naze { healthy: Healthy::No, .. } => Finding::bad(Said::new(
                format!(
                    "ポート {port} で Naze が動いていますが、データを書き込めません。ディスクの空きを確かめてください。"
                ),
                format!("Naze is running on port {port}, but cannot write its data. Look at the space on the disk."),
            )),
            Self::Not(why) => Finding::bad(why.said()),
        }
    }
}

/// Looks.
pub(super) async fn look(listen: SocketAddr, wanted: Scheme) -> Port {
    match TcpListener::bind(listen).await {
        Ok(listener) => Port::Free(listener),
        Err(why) if why.kind() == io::ErrorKind::AddrInUse => {
            let other = if wanted == Scheme::Http { Scheme::Https } else { Scheme::Http };
            for scheme in [wanted, other] {
                if let Some(healthy) = ask(listen, scheme).await {
                    return Port::Naze { scheme, healthy };
                }
            }
            Port::Not(StartError::PortTaken(listen))
        }
        Err(why) => Port::Not(StartError::port(listen, why)),
    }
}

async fn ask(listen: SocketAddr, scheme: Scheme) -> Option<Healthy> {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    let to = To::read(&format!("{}{}", scheme.prefix(), SocketAddr::new(ip, listen.port())))?;
    let said = timeout(ANSWER, to.get("/metrics")).await.ok()?.ok()?;
    if !said.starts_with("HTTP/1.1 200") || !said.contains(OURS) {
        return None;
    }
    let health = timeout(ANSWER, to.get("/healthz")).await.ok()?.ok()?;
    Some(if health.starts_with("HTTP/1.1 200") { Healthy::Yes } else { Healthy::No })
}
