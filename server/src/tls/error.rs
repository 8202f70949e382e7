//! Why a certificate cannot be used, in both languages.

use std::path::PathBuf;

use crate::said::Said;

/// What is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TlsError {
    /// There is no such file.
    #[error("there is no file {}", file.display())]
    Missing {
        /// Which.
        file: PathBuf,
    },
    /// It is there and cannot be read.
    #[error("{} cannot be read: {why}", file.display())]
    NotReadable {
        /// Which.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
    /// There is no certificate in it.
    #[error("there is no certificate in {}", file.display())]
    NoCertificate {
        /// In which file.
        file: PathBuf,
    },
    /// There is no private key in it.
    #[error("there is no private key in {}", file.display())]
    NoKey {
        /// In which file.
        file: PathBuf,
    },
    /// The key is of another certificate.
    #[error("the key in {} is not that of {}", key.display(), certificate.display())]
    KeyOfAnother {
        /// The certificate.
        certificate: PathBuf,
        /// The key.
        key: PathBuf,
    },
    /// It cannot be used for another reason.
    #[error("the certificate cannot be used: {what}")]
    Unusable {
        /// What is said about it.
        what: String,
    },
    /// Our own cannot be kept.
    #[error("{} cannot be written: {why}", file.display())]
    NotKept {
        /// Where.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
}

impl TlsError {
    /// What happened and what to do.
    pub fn said(&self) -> Said {
        let (ja, todo) = match self {
            Self::Missing { file } => (
                format!(
                    "ファイル {} がありません。--tls-cert と --tls-key に、証明書と鍵のファイルの場所を指定してください。",
                    file.display()
                ),
                "check the path in --tls-cert and --tls-key",
            ),
            Self::NotReadable { file, why } => (
                format!("ファイル {} を読めません（{why}）。読み取りの許可を確かめてください。", file.display()),
                "let the user who runs naze read it",
            ),
            Self::NoCertificate { file } => (
                format!(
                    "ファイル {} に証明書がありません。「-----BEGIN CERTIFICATE-----」で始まる PEM 形式のファイルを --tls-cert に指定してください。",
                    file.display()
                ),
                "--tls-cert wants a PEM file, one with the line -----BEGIN CERTIFICATE-----",
            ),
            Self::NoKey { file } => (
                format!(
                    "ファイル {} に秘密鍵がありません。「-----BEGIN PRIVATE KEY-----」で始まる PEM 形式のファイルを --tls-key に指定してください。",
                    file.display()
                ),
                "--tls-key wants a PEM file without a passphrase, one with the line -----BEGIN PRIVATE KEY-----",
            ),
            Self::KeyOfAnother { certificate, key } => (
                format!(
                    "鍵 {} は証明書 {} のものではありません。同時に作られた鍵と証明書を指定してください。",
                    key.display(),
                    certificate.display()
                ),
                "name the key that was made for this certificate",
            ),
            Self::Unusable { what } => (
                format!("証明書が使えません（{what}）。別の証明書を指定するか、--tls self-signed で始めてください。"),
                "use another one, or start with --tls self-signed",
            ),
            Self::NotKept { file, why } => (
                format!(
                    "証明書を {} に書き込めません（{why}）。データフォルダに書き込めるようにしてください。",
                    file.display()
                ),
                "make the data folder writable",
            ),
        };
        Said::new(ja, format!("{self}; {todo}"))
    }
}
