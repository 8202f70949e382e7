//! Certificates as they come: good ones, wrong ones, ones that are renewed meanwhile; and real connections over them.

use std::fs;
use std::net::SocketAddr;

use axum::Router;
use axum::routing::get;
use rcgen::{CertificateParams, KeyPair};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::client::wire::To;
use crate::http::listen::{self, Door};

const DAY: Duration = Duration::from_secs(24 * 3_600);

struct Given {
    folder: TempDir,
    files: Files,
}

impl Given {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = Files { certificate: folder.path().join("cert.pem"), key: folder.path().join("key.pem") };
        let given = Self { folder, files };
        given.renew((2020, 2099));
        given
    }

    fn renew(&self, (from, to): (i32, i32)) {
        let mut params = CertificateParams::new(vec!["naze.example.jp".to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(from, 1, 1);
        params.not_after = rcgen::date_time_ymd(to, 1, 1);
        let key = KeyPair::generate().unwrap();
        fs::write(&self.files.certificate, params.self_signed(&key).unwrap().pem()).unwrap();
        fs::write(&self.files.key, key.serialize_pem()).unwrap();
    }

    fn failure(&self) -> TlsError {
        Tls::given(self.files.clone()).unwrap_err()
    }
}

#[test]
fn what_is_wrong_with_files_is_said_in_both_languages() {
    let given = Given::new();
    let [certificate, key] = [&given.files.certificate, &given.files.key].map(|file| fs::read(file).unwrap());
    assert!(Tls::given(given.files.clone()).is_ok());
    fs::write(&given.files.key, KeyPair::generate().unwrap().serialize_pem()).unwrap();
    assert!(matches!(given.failure(), TlsError::KeyOfAnother { .. }));
    fs::write(&given.files.key, &certificate).unwrap();
    assert!(matches!(given.failure(), TlsError::NoKey { .. }));
    fs::write(&given.files.key, &key).unwrap();
    for no_certificate in [&b"this is no PEM file"[..], &key, b"", b"\xff\xfe", &certificate[..certificate.len() / 2]] {
        fs::write(&given.files.certificate, no_certificate).unwrap();
        assert!(matches!(given.failure(), TlsError::NoCertificate { .. }), "{}", given.failure());
    }
    fs::remove_file(&given.files.certificate).unwrap();
    let missing = given.failure();
    assert!(matches!(missing, TlsError::Missing { .. }));
    let not_readable = TlsError::NotReadable { file: given.folder.path().into(), why: "x".into() };
    for why in [missing, not_readable, TlsError::Unusable { what: "x".into() }] {
        let said = why.said();
        assert!(said.ja.ends_with("ください。") && said.en.contains("; "), "{said}");
    }
}

#[test]
fn an_end_that_is_near_or_over_is_told() {
    let given = Given::new();
    let at = |days: u32| SystemTime::UNIX_EPOCH + DAY * days;
    given.renew((1980, 2000));
    let tls = Tls::given(given.files.clone()).unwrap();
    // 1 January 2000 is day 10957, 1 January 1980 day 3652.
    assert_eq!(tls.warning(at(10_940)), None);
    assert!(tls.warning(at(10_955)).unwrap().en.contains("soon (on 2000-01-01)"));
    assert!(tls.warning(at(10_960)).unwrap().en.contains("has expired"));
    assert!(tls.warning(at(3_000)).unwrap().en.contains("not valid yet"));
}

#[test]
fn a_renewed_file_is_taken_and_a_broken_one_is_not() {
    let given = Given::new();
    let tls = Tls::given(given.files.clone()).unwrap();
    let first = tls.certificate().fingerprint().to_owned();
    let now = SystemTime::now();
    assert_eq!(tls.look_again(now), Ok(Looked::AsBefore));
    std::thread::sleep(Duration::from_millis(20));
    fs::write(&given.files.certificate, "half of i").unwrap();
    assert!(tls.look_again(now).is_err());
    assert_eq!(tls.look_again(now), Ok(Looked::AsBefore), "told once");
    assert_eq!(tls.certificate().fingerprint(), first);
    std::thread::sleep(Duration::from_millis(20));
    given.renew((2020, 2099));
    assert_eq!(tls.look_again(now), Ok(Looked::Renewed));
    assert_ne!(tls.certificate().fingerprint(), first);
}

#[test]
fn our_own_is_kept_until_it_does_not_fit_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let now = SystemTime::now();
    let names =
        |more: &[&str]| -> Vec<String> { ["127.0.0.1", "::1"].iter().chain(more).map(|n| (*n).into()).collect() };
    let keep = |names: &[String], now| own::keep(folder.path(), names, names, now).unwrap();
    let first = keep(&names(&["192.168.1.5"]), now);
    assert_eq!(first.fingerprint().len(), 32 * 3 - 1);
    assert_eq!(first.names(), names(&["192.168.1.5"]));
    assert_eq!(keep(&names(&["192.168.1.5"]), now).fingerprint(), first.fingerprint());
    assert_eq!(keep(&names(&[]), now).fingerprint(), first.fingerprint(), "one address less is no reason");
    let moved = keep(&names(&["10.0.0.7", "laptop.local"]), now);
    assert_ne!(moved.fingerprint(), first.fingerprint());
    assert_eq!(keep(&names(&["10.0.0.7"]), now + DAY * 300).fingerprint(), moved.fingerprint());
    for name in ["192.168.1.5", "10.0.0.7", "laptop.local"] {
        assert!(moved.names().contains(&name.to_owned()), "{name}: who comes back finds it");
    }
    let other = own::keep(folder.path(), &names(&["2001:db8::5"]), &names(&[]), now).unwrap();
    assert_eq!(other.fingerprint(), moved.fingerprint(), "what phones do not need is no reason");
    let renewed = keep(&names(&["10.0.0.7"]), now + DAY * 365);
    assert_ne!(renewed.fingerprint(), moved.fingerprint());
    let file = folder.path().join("tls/own.pem");
    fs::write(&file, "garbage").unwrap();
    assert_ne!(keep(&names(&[]), now).fingerprint(), renewed.fingerprint());
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions()) & 0o777, 0o600);
}

#[test]
fn a_new_certificate_has_the_key_of_before_and_a_look_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Tls::as_own(folder.path(), None).unwrap().kind(), Kind::SelfSigned);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let key = |hall: &str| {
        let names = [hall.to_owned()];
        own::keep(folder.path(), &names, &names, SystemTime::now()).unwrap();
        KeyPair::from_pem(&fs::read_to_string(folder.path().join("tls/own.pem")).unwrap()).unwrap().serialize_pem()
    };
    assert_eq!(key("192.168.1.5"), key("10.0.0.7"));
}

#[test]
fn our_own_holds_for_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let tls = Tls::own(folder.path(), Some("naze.example.jp".to_owned())).unwrap();
    for name in ["localhost", "127.0.0.1", "::1", "naze.example.jp"] {
        assert!(tls.certificate().names().iter().any(|n| n == name), "{name}: {:?}", tls.certificate().names());
    }
    assert_eq!((tls.kind(), tls.warning(SystemTime::now())), (Kind::SelfSigned, None));
}

/// A server that says one word, and where it is.
async fn locked() -> (SocketAddr, TempDir, CancellationToken) {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let tls = Arc::new(Tls::own(folder.path(), None).unwrap());
    let word = |text: &'static str| Router::new().route("/", get(move || async move { text }));
    let stop = CancellationToken::new();
    let door = Door::Locked(tls, word("in the open"));
    tokio::spawn(listen::serve_at(
        door,
        listen::Front::Open,
        listener,
        word("encrypted"),
        stop.clone(),
        Duration::from_secs(1),
    ));
    (at, folder, stop)
}

#[tokio::test]
async fn one_port_speaks_to_both() {
    let (at, _folder, stop) = locked().await;
    let ask = async |base: String| To::read(&base).unwrap().get("/").await.unwrap();
    assert!(ask(format!("https://{at}")).await.ends_with("encrypted"));
    assert!(ask(format!("http://{at}")).await.ends_with("in the open"));
    stop.cancel();
}

#[tokio::test]
async fn noise_ends_one_connection_and_no_other() {
    let (at, _folder, _stop) = locked().await;
    let mut noise = TcpStream::connect(at).await.unwrap();
    noise.write_all(&[&[HANDSHAKE, 3, 1, 0xff, 0xff][..], &[7; 4_000]].concat()).await.unwrap();
    let mut rest = Vec::new();
    let _ = noise.read_to_end(&mut rest).await;
    assert!(!String::from_utf8_lossy(&rest).contains("encrypted"));
    let silent = TcpStream::connect(at).await.unwrap();
    assert!(To::read(&format!("https://{at}")).unwrap().get("/").await.unwrap().ends_with("encrypted"));
    drop(silent);
}
