//! Where the certificate lies that is shown. It can be exchanged while connections go on: they keep the one they began with.

use std::sync::{Arc, PoisonError, RwLock};

use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

use super::certificate::Certificate;

/// One certificate.
#[derive(Debug)]
pub(super) struct Shelf(RwLock<Certificate>);

impl Shelf {
    pub(super) const fn new(certificate: Certificate) -> Self {
        Self(RwLock::new(certificate))
    }

    pub(super) fn get(&self) -> Certificate {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it is another one.
    pub(super) fn put(&self, certificate: Certificate) -> bool {
        let mut here = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let other = here.fingerprint() != certificate.fingerprint();
        *here = certificate;
        other
    }
}

impl ResolvesServerCert for Shelf {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.get().signs())
    }
}
