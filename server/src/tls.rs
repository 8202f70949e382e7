//! Encryption by the server itself: with a certificate that was given, or with one of its own. It knows connections and
//! certificates, not what is said over them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;

pub use self::certificate::Certificate;
pub use self::error::TlsError;
use self::shelf::Shelf;
use crate::config::Files;
use crate::said::Said;

mod certificate;
mod error;
mod own;
mod shelf;
#[cfg(test)]
mod tests;

/// How often it is looked whether the certificate is still the right one: a look costs next to nothing.
const LOOK_AGAIN: Duration = Duration::from_secs(10);
/// How long it may take to agree on keys.
pub(crate) const HANDSHAKE_SECONDS_MAX: Duration = Duration::from_secs(10);
/// What every TLS connection begins with (RFC 8446, 5.1): the record type "handshake".
const HANDSHAKE: u8 = 22;
/// This long before its end a certificate is told to be renewed.
const SOON: Duration = Duration::from_secs(7 * 24 * 3_600);

/// Encrypts connections.
#[derive(Debug)]
pub struct Tls {
    config: Arc<ServerConfig>,
    shelf: Arc<Shelf>,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Given { files: Files, seen: Mutex<Seen> },
    Own { folder: PathBuf, public: Option<String> },
    Shown,
}

/// When the files were last written.
type Seen = [Option<SystemTime>; 2];

/// Who answers for a certificate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Somebody whom phones know, as far as we can tell.
    Given,
    /// Nobody but this server: phones warn.
    SelfSigned,
}

/// What came in at a door that is locked.
pub(crate) enum Arrived {
    Secure(Box<TlsStream<TcpStream>>),
    /// Somebody who typed http://.
    Plain(TcpStream),
}

impl Tls {
    /// With the certificate in these files.
    ///
    /// # Errors
    /// When they cannot be used; what is wrong with them is said.
    pub fn given(files: Files) -> Result<Self, TlsError> {
        let seen = seen(&files);
        let found = Certificate::read(&files)?;
        Self::with(found, Source::Given { files, seen: Mutex::new(seen) })
    }

    /// With a certificate of its own that is kept in the data folder. `public` is a further name by which it is called.
    ///
    /// # Errors
    /// When it cannot be made or kept.
    pub fn own(data: &Path, public: Option<String>) -> Result<Self, TlsError> {
        let names = own::names(public.as_deref());
        let needed: Vec<String> = own::needed().into_iter().chain(public.clone()).collect();
        let found = own::keep(data, &names, &needed, SystemTime::now())?;
        Self::with(found, Source::Own { folder: data.to_owned(), public })
    }

    /// With the certificate that [`Tls::own`] would keep, and nothing is written: for a look before the day.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn as_own(data: &Path, public: Option<String>) -> Result<Self, TlsError> {
        let names = own::names(public.as_deref());
        let needed: Vec<String> = own::needed().into_iter().chain(public).collect();
        Self::with(own::shown(data, &names, &needed, SystemTime::now())?, Source::Shown)
    }

    /// The certificate of its own that is kept in a data folder, if one is.
    pub fn kept(data: &Path) -> Option<Certificate> {
        own::kept(data)
    }

    fn with(found: Certificate, source: Source) -> Result<Self, TlsError> {
        let shelf = Arc::new(Shelf::new(found));
        let unusable = |why: tokio_rustls::rustls::Error| TlsError::Unusable { what: why.to_string() };
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::<Shelf>::clone(&shelf));
        // A websocket begins as HTTP/1.1: nothing else is spoken here.
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), shelf, source })
    }

    /// Who answers for the certificate.
    pub const fn kind(&self) -> Kind {
        match self.source {
            Source::Given { .. } => Kind::Given,
            Source::Own { .. } | Source::Shown => Kind::SelfSigned,
        }
    }

    /// The certificate that is shown to whoever comes now.
    pub fn certificate(&self) -> Certificate {
        self.shelf.get()
    }

    /// What the operator should know about the certificate.
    pub fn warning(&self, now: SystemTime) -> Option<Said> {
        warning(&self.certificate(), now)
    }

    /// Takes a connection, encrypted or not.
    pub(crate) async fn accept(&self, stream: TcpStream) -> io::Result<Arrived> {
        let mut first = [0];
        if stream.peek(&mut first).await? == 1 && first != [HANDSHAKE] {
            return Ok(Arrived::Plain(stream));
        }
        Ok(Arrived::Secure(Box::new(TlsAcceptor::from(Arc::clone(&self.config)).accept(stream).await?)))
    }

    /// Looks again from time to time, until `stop`: files are renewed, machines are carried into other halls.
    pub(crate) async fn watch(self: Arc<Self>, stop: CancellationToken) {
        while stop.run_until_cancelled(tokio::time::sleep(LOOK_AGAIN)).await.is_some() {
            match self.look_again(SystemTime::now()) {
                Ok(Looked::AsBefore) => {}
                Ok(Looked::Renewed) => {
                    tracing::info!(fingerprint = self.certificate().fingerprint(), "new certificate")
                }
                Err(why) => tracing::warn!(%why, "the certificate stays as it was"),
            }
        }
    }

    fn look_again(&self, now: SystemTime) -> Result<Looked, TlsError> {
        let found = match &self.source {
            Source::Given { files, seen: before } => {
                let mut before = before.lock().unwrap_or_else(PoisonError::into_inner);
                let written = seen(files);
                if *before == written {
                    return Ok(Looked::AsBefore);
                }
                // Told once, also when they cannot be used: half of them may be written yet, and that changes them again.
                *before = written;
                Certificate::read(files)?
            }
            Source::Own { folder, public } => {
                let needed = own::needed();
                if own::holds(&self.certificate(), &needed, now) {
                    return Ok(Looked::AsBefore);
                }
                own::keep(folder, &own::names(public.as_deref()), &needed, now)?
            }
            Source::Shown => return Ok(Looked::AsBefore),
        };
        Ok(if self.shelf.put(found) { Looked::Renewed } else { Looked::AsBefore })
    }
}

/// Whether something has changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Looked {
    AsBefore,
    Renewed,
}

fn seen(files: &Files) -> Seen {
    let written = |file: &Path| std::fs::metadata(file).and_then(|found| found.modified()).ok();
    [written(&files.certificate), written(&files.key)]
}

/// What an operator should know about a certificate.
pub fn warning(certificate: &Certificate, now: SystemTime) -> Option<Said> {
    let end = certificate.end_shown();
    if now > certificate.end() {
        let ja = format!(
            "証明書の期限が切れています（{end} まで）。スマートフォンに警告が出ます。新しい証明書に替えてください。"
        );
        return Some(Said::new(ja, format!("The certificate has expired (on {end}). Phones warn of it: renew it.")));
    }
    if now < certificate.begin() {
        let ja = "証明書がまだ有効になっていません。この機械の時計が合っているか確かめてください。";
        return Some(Said::new(ja, "The certificate is not valid yet. Check this machine's clock."));
    }
    (now + SOON > certificate.end()).then(|| {
        let ja = format!("証明書の期限がもうすぐ切れます（{end} まで）。新しい証明書に替えてください。");
        Said::new(ja, format!("The certificate expires soon (on {end}): renew it."))
    })
}
