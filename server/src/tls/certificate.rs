//! A certificate with its key, as it is read from files: what it says of itself, and whether both belong together.

use std::fs;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{Error, InconsistentKeys};
use x509_parser::extensions::GeneralName;
use x509_parser::parse_x509_certificate;

use super::TlsError;
use crate::config::Files;

/// A certificate that can be shown, because its key is here too.
#[derive(Clone, Debug)]
pub struct Certificate {
    signs: Arc<CertifiedKey>,
    fingerprint: String,
    begin: SystemTime,
    end: SystemTime,
    names: Vec<String>,
}

impl Certificate {
    /// Reads both files.
    ///
    /// # Errors
    /// When one is missing, holds something else, or they do not belong together.
    pub(super) fn read(files: &Files) -> Result<Self, TlsError> {
        let (certificate, key) = (bytes(&files.certificate)?, bytes(&files.key)?);
        Self::of(&certificate, &files.certificate, &key, &files.key)
    }

    /// What one file holds that has both.
    pub(super) fn of(pem: &[u8], file: &Path, key_pem: &[u8], key_file: &Path) -> Result<Self, TlsError> {
        let none = || TlsError::NoCertificate { file: file.to_owned() };
        let chain: Vec<CertificateDer<'static>> =
            CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().map_err(|_| none())?;
        let leaf = chain.first().ok_or_else(none)?;
        let fingerprint = fingerprint(leaf);
        let (_, read) = parse_x509_certificate(leaf).map_err(|_| none())?;
        let [begin, end] = [read.validity().not_before, read.validity().not_after].map(|at| moment(at.timestamp()));
        let names = read.subject_alternative_name().ok().flatten().map(|found| &found.value.general_names);
        let names = names.into_iter().flatten().filter_map(name).collect();
        let key = PrivateKeyDer::from_pem_slice(key_pem).map_err(|_| TlsError::NoKey { file: key_file.to_owned() })?;
        let signs = CertifiedKey::from_der(chain, key, &ring::default_provider()).map_err(|why| match why {
            Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
                TlsError::KeyOfAnother { certificate: file.to_owned(), key: key_file.to_owned() }
            }
            other => TlsError::Unusable { what: other.to_string() },
        })?;
        Ok(Self { signs: Arc::new(signs), fingerprint, begin, end, names })
    }

    /// SHA-256 of it, as browsers show it.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// From when on it holds.
    pub const fn begin(&self) -> SystemTime {
        self.begin
    }

    /// Until when it holds.
    pub const fn end(&self) -> SystemTime {
        self.end
    }

    /// The day on which it ends.
    pub fn end_shown(&self) -> String {
        jiff::Timestamp::try_from(self.end).map_or_else(|_| "?".to_owned(), |at| at.strftime("%Y-%m-%d").to_string())
    }

    /// The names and addresses for which it holds.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn signs(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.signs)
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(file).map_err(|why| match why.kind() {
        io::ErrorKind::NotFound => TlsError::Missing { file: file.to_owned() },
        _ => TlsError::NotReadable { file: file.to_owned(), why: why.to_string() },
    })
}

fn fingerprint(certificate: &[u8]) -> String {
    Sha256::digest(certificate).iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

fn moment(seconds: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
}

fn name(found: &GeneralName<'_>) -> Option<String> {
    match found {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => {
            let v4 = <[u8; 4]>::try_from(*bytes).map(|ip| IpAddr::V4(Ipv4Addr::from(ip)));
            let ip = v4.or_else(|_| <[u8; 16]>::try_from(*bytes).map(|ip| IpAddr::V6(Ipv6Addr::from(ip))));
            ip.ok().map(|ip| ip.to_string())
        }
        _ => None,
    }
}
