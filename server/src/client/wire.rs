//! What a line of ours goes over: a connection, encrypted where the address says so; and the plainest of HTTP over it. It knows
//! bytes.

use std::fmt::Debug;
use std::io;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{WebPkiSupportedAlgorithms, ring, verify_tls12_signature, verify_tls13_signature};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

use crate::host::{Host, Scheme};

/// Bytes of an answer that are read.
const ANSWER_BYTES_MAX: u64 = 256 * 1024;

/// Any connection.
pub trait Wire: AsyncRead + AsyncWrite + Unpin + Send + Sync + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync + Debug> Wire for T {}

/// One of them.
pub type AnyWire = Box<dyn Wire>;

/// Where to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct To {
    scheme: Scheme,
    /// The name and port.
    pub host: Host,
}

impl To {
    /// An address: a scheme, a host, nothing behind it. `https://` leads to this machine alone: there nobody is in between, so
    /// any certificate will do, and it would take a store of known ones to go elsewhere.
    pub fn read(base: &str) -> Option<Self> {
        let (scheme, host) = Scheme::split(base)?;
        let host: Host = host.parse().ok()?;
        (scheme == Scheme::Http || host.is_loopback()).then_some(Self { scheme, host })
    }

    /// Connects.
    ///
    /// # Errors
    /// When nobody answers, or does not speak as the address says.
    pub async fn connect(&self) -> io::Result<AnyWire> {
        let name = self.host.name();
        self.over(TcpStream::connect((name.as_str(), self.host.port(self.scheme))).await?).await
    }

    /// Makes one of a connection that is there.
    ///
    /// # Errors
    /// When the other end does not speak as the address says.
    pub async fn over(&self, stream: TcpStream) -> io::Result<AnyWire> {
        // Only slower without it.
        let _ = stream.set_nodelay(true);
        if self.scheme == Scheme::Http {
            return Ok(Box::new(stream));
        }
        let name = ServerName::try_from(self.host.name()).map_err(io::Error::other)?;
        Ok(Box::new(TlsConnector::from(Arc::new(config()?)).connect(name, stream).await?))
    }

    /// What is at a path of it, head and body.
    ///
    /// # Errors
    /// When nobody answers.
    pub async fn get(&self, path: &str) -> io::Result<String> {
        self.ask(self.connect().await?, &format!("GET {path}"), "", "").await
    }

    /// The answer to a request, head and body: `GET /path`, further lines of the head, a body.
    ///
    /// # Errors
    /// When the wire breaks.
    pub async fn ask(&self, mut wire: AnyWire, what: &str, head: &str, body: &str) -> io::Result<String> {
        let length = body.len();
        let asked = format!(
            "{what} HTTP/1.1\r\nhost: {}\r\n{head}content-length: {length}\r\nconnection: close\r\n\r\n{body}",
            self.host
        );
        wire.write_all(asked.as_bytes()).await?;
        let mut answer = Vec::new();
        match wire.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await {
            // Some end a connection without saying so first.
            Err(why) if why.kind() != io::ErrorKind::UnexpectedEof || answer.is_empty() => return Err(why),
            _ => {}
        }
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }
}

fn config() -> io::Result<ClientConfig> {
    let provider = Arc::new(ring::default_provider());
    let anybody = Arc::new(Anybody(provider.signature_verification_algorithms));
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(io::Error::other)?.dangerous().with_custom_certificate_verifier(anybody);
    Ok(config.with_no_client_auth())
}

/// Takes any certificate whose key is there: see [`To::read`].
#[derive(Debug)]
struct Anybody(WebPkiSupportedAlgorithms);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.0)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.0)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encrypted_line_leads_to_this_machine_alone() {
        for base in ["http://192.168.1.5:8080", "https://127.0.0.1:8080", "https://localhost"] {
            assert!(To::read(base).is_some(), "{base}");
        }
        for base in ["https://192.168.1.5:8080", "https://naze.example.jp", "ftp://127.0.0.1", "127.0.0.1"] {
            assert!(To::read(base).is_none(), "{base}");
        }
    }
}
