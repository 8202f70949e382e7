//! Whether the server encrypts by itself, and with what.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Who encrypts, if anybody does here.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Encryption")]
pub struct Encryption {
    /// `self-signed`: the server makes a certificate of its own, keeps it in the data folder and says its fingerprint.
    /// Every phone warns once before it opens the page. Without it, and without --tls-cert, pages come by http://.
    ///
    /// `self-signed` にすると、サーバーが証明書を自分で作り、https:// で開くようになります。最初に開くとき、スマートフォンに警告が出ます。
    #[arg(long, env = "NAZE_TLS", value_name = "HOW", value_enum, default_value_t = Tls::Off)]
    pub tls: Tls,
    /// A certificate that phones know, with those above it: a PEM file. It is read again when it was renewed.
    ///
    /// 証明書のファイル（PEM、中間証明書も含める）。更新されると読み直します。
    #[arg(long, env = "NAZE_TLS_CERT", value_name = "FILE", requires = "tls_key", conflicts_with = "tls")]
    pub tls_cert: Option<PathBuf>,
    /// The private key of that certificate: a PEM file.
    ///
    /// その証明書の秘密鍵のファイル（PEM）。
    #[arg(long, env = "NAZE_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
}

/// What the server does by itself.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tls {
    /// Nothing: http://, or what stands in front of it encrypts.
    #[default]
    Off,
    /// A certificate of its own.
    SelfSigned,
}

/// The files of a certificate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Files {
    /// The certificate and those above it.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

impl Encryption {
    /// The files, if there are any.
    pub fn files(&self) -> Option<Files> {
        let (certificate, key) = (self.tls_cert.clone()?, self.tls_key.clone()?);
        Some(Files { certificate, key })
    }
}
