//! A certificate that the server makes for itself and keeps in the data folder. It is made anew when it does not hold for
//! an address that phones in the hall call now, and a month before its end: each time phones ask whether to go on.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};

use super::TlsError;
use super::certificate::Certificate;
use crate::addresses;
use crate::host::Host;

/// Folder and file inside the data folder; the one file has key and certificate, so that both are always of one make.
const FOLDER: &str = "tls";
const FILE: &str = "own.pem";
const DAY: Duration = Duration::from_secs(24 * 3_600);
/// Phones refuse certificates of servers that hold for more than 398 days or 825, by who made them.
const DAYS: u32 = 390;
/// Names in one certificate: those of now, and those of halls before.
const NAMES_MAX: usize = 64;
/// So long before its end it is made anew.
const RENEWED_DAYS_BEFORE: u32 = 30;

/// The names of this machine, and one more.
pub(super) fn names(public: Option<&str>) -> Vec<String> {
    let host = gethostname::gethostname().to_string_lossy().to_ascii_lowercase();
    // A name that cannot stand in a certificate is of no use in an address either.
    let host = Some(host).filter(|name| name.parse::<Host>().is_ok() && !name.contains(':'));
    let short = host.as_deref().and_then(|name| name.split('.').next()).map(|name| format!("{name}.local"));
    let ips = addresses::of_this_machine().into_iter().map(|ip| ip.to_string());
    let mut names: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    names.extend(host.into_iter().chain(short).chain(public.map(str::to_owned)).chain(ips));
    names.sort();
    names.dedup();
    names
}

/// The addresses without which phones in this hall cannot use a certificate.
pub(super) fn needed() -> Vec<String> {
    addresses::of_the_hall().into_iter().map(|ip| ip.to_string()).collect()
}

/// The certificate as it is kept, or a new one if that does not hold for what is `needed`.
///
/// # Errors
/// When it cannot be made or kept.
pub(super) fn keep(data: &Path, names: &[String], needed: &[String], now: SystemTime) -> Result<Certificate, TlsError> {
    let folder = data.join(FOLDER);
    let file = folder.join(FILE);
    let pem = match read(&file) {
        Some(kept) if holds(&kept, needed, now) => return Ok(kept),
        kept => make_from(kept, &file, names, now)?,
    };
    write(&folder, &file, &pem).map_err(|why| TlsError::NotKept { file: file.clone(), why: why.to_string() })?;
    Certificate::of(pem.as_bytes(), &file, pem.as_bytes(), &file)
}

/// The certificate that would be kept, and nothing is written.
///
/// # Errors
/// When it cannot be made.
pub(super) fn shown(
    data: &Path,
    names: &[String],
    needed: &[String],
    now: SystemTime,
) -> Result<Certificate, TlsError> {
    let file = data.join(FOLDER).join(FILE);
    let pem = match read(&file) {
        Some(kept) if holds(&kept, needed, now) => return Ok(kept),
        kept => make_from(kept, &file, names, now)?,
    };
    Certificate::of(pem.as_bytes(), &file, pem.as_bytes(), &file)
}

/// With the key that is kept, for the names of now and those of before: whoever comes back to the hall before finds a certificate
/// that holds. The fingerprint is another one all the same, because it is that of the certificate: keeping the key spares no
/// phone its question, which is why there is a new one only when it must be.
fn make_from(kept: Option<Certificate>, file: &Path, names: &[String], now: SystemTime) -> Result<String, TlsError> {
    let key = kept.as_ref().and_then(|_| KeyPair::from_pem(&fs::read_to_string(file).ok()?).ok());
    let before = kept.as_ref().map_or(&[][..], Certificate::names).iter().filter(|name| !names.contains(name));
    let all: Vec<String> = names.iter().chain(before).take(NAMES_MAX).cloned().collect();
    make(&all, key, now)
}

/// The certificate as it is kept.
pub(super) fn kept(data: &Path) -> Option<Certificate> {
    read(&data.join(FOLDER).join(FILE))
}

/// Anything else than a certificate of ours is made anew: nothing is lost with it.
fn read(file: &Path) -> Option<Certificate> {
    let pem = fs::read(file).ok()?;
    Certificate::of(&pem, file, &pem, file).ok()
}

pub(super) fn holds(kept: &Certificate, names: &[String], now: SystemTime) -> bool {
    let all_named = names.iter().all(|name| kept.names().contains(name));
    all_named && kept.begin() <= now && now + DAY * RENEWED_DAYS_BEFORE < kept.end()
}

fn make(names: &[String], key: Option<KeyPair>, now: SystemTime) -> Result<String, TlsError> {
    let unusable = |why: rcgen::Error| TlsError::Unusable { what: why.to_string() };
    let mut wanted = CertificateParams::new(names.to_vec()).map_err(unusable)?;
    let mut who = DistinguishedName::new();
    who.push(DnType::CommonName, "Naze");
    wanted.distinguished_name = who;
    wanted.is_ca = IsCa::ExplicitNoCa;
    wanted.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    wanted.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // Phones whose clock is behind take it too.
    let [(year, month, day), (end_year, end_month, end_day)] =
        [date(now.checked_sub(DAY).unwrap_or(now)), date(now + DAY * DAYS)];
    wanted.not_before = date_time_ymd(year, month, day);
    wanted.not_after = date_time_ymd(end_year, end_month, end_day);
    let key = key.map_or_else(KeyPair::generate, Ok).map_err(unusable)?;
    let certificate = wanted.self_signed(&key).map_err(unusable)?;
    Ok(format!("{}{}", key.serialize_pem(), certificate.pem()))
}

/// Year, month and day.
fn date(at: SystemTime) -> (i32, u8, u8) {
    let at = jiff::Timestamp::try_from(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let date = at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    (i32::from(date.year()), part(date.month()), part(date.day()))
}

/// Beside it first, and then in its place: whoever reads finds the old one or the new one.
fn write(folder: &Path, file: &Path, pem: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let beside: PathBuf = folder.join(format!("{FILE}.new"));
    match fs::remove_file(&beside) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(&beside)?;
    out.write_all(pem.as_bytes())?;
    out.sync_all()?;
    fs::rename(&beside, file)
}
