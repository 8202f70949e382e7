//! A page to print and to hang up: how phones get into the Wi-Fi and to this server. It is a file of its own that needs nothing
//! beside it; a browser prints it on one sheet of A4.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use shared::{JoinCode, wifi};

use crate::addresses::Addresses;
use crate::config;
use crate::host::Scheme;
use crate::qr;
use crate::said::Said;
use crate::tls::Tls;

/// What stands around it, and how it looks.
const PAGE: &str = include_str!("sheet/page.html");
const STYLE: &str = include_str!("sheet/style.css");

/// Why there is none.
#[derive(Debug)]
pub enum SheetError {
    /// Such a file is there already.
    Exists(PathBuf),
    /// It cannot be written.
    NotWritable {
        /// Where to.
        file: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// No Wi-Fi has such a password.
    BadPassword,
    /// What is to be in a code does not fit into one.
    TooLong,
}

impl SheetError {
    /// What happened and what to do.
    pub fn said(&self) -> Said {
        match self {
            Self::Exists(file) => Said::new(
                format!("{} はすでにあります。別の名前を指定してください。", file.display()),
                format!("{} exists already: name another file", file.display()),
            ),
            Self::NotWritable { file, why } => Said::new(
                format!("{} に書き込めません（{why}）。別の場所を指定してください。", file.display()),
                format!("{} cannot be written ({why}): name another place", file.display()),
            ),
            // The password itself is never repeated.
            Self::BadPassword => Said::new(
                "Wi-Fi のパスワードは 8〜63 文字（1行）です。--wifi-password を確かめてください。",
                "the password of a Wi-Fi has 8 to 63 characters on one line: check --wifi-password",
            ),
            Self::TooLong => Said::new(
                "アドレスが長すぎてQRコードにできません。--public-url を短くしてください。",
                "the address is too long for a code: use a shorter --public-url",
            ),
        }
    }
}

/// What is on it.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Sheet {
    wifi: Option<Wifi>,
    address: String,
    code: Option<JoinCode>,
    fingerprint: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Wifi {
    name: String,
    password: String,
}

/// Writes it, and says what to do with it.
///
/// # Errors
/// When it cannot be written.
pub fn write(settings: &config::Sheet) -> Result<Said, SheetError> {
    let config::Sheet { file, wifi, wifi_password, code, data, reach } = settings;
    let fits = |text: &String| wifi::PASSWORD_CHARS.contains(&text.chars().count()) && !text.contains(char::is_control);
    if !wifi_password.iter().all(fits) {
        return Err(SheetError::BadPassword);
    }
    let own = reach.encryption.tls == config::Tls::SelfSigned;
    let scheme = if own || reach.encryption.tls_cert.is_some() { Scheme::Https } else { Scheme::Http };
    let addresses = Addresses::new(reach.public_url.clone(), reach.listen).over(scheme);
    let wifi = wifi.clone().map(|name| Wifi { name, password: wifi_password.clone().unwrap_or_default() });
    let sheet = Sheet {
        wifi,
        address: addresses.all().first().cloned().unwrap_or_default(),
        code: *code,
        fingerprint: Tls::kept(data).filter(|_| own).map(|kept| kept.fingerprint().to_owned()),
    };
    put(file, &sheet.page()?)?;
    let (shown, address) = (file.display(), &sheet.address);
    Ok(Said::new(
        format!("{shown} に書き出しました（{address}）。ブラウザで開いて、A4に印刷してください。"),
        format!("{shown} was written, for {address}. Open it in a browser and print it on A4."),
    ))
}

/// The password of the Wi-Fi is in it: only its owner reads it.
fn put(file: &Path, text: &str) -> Result<(), SheetError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(file).and_then(|mut out| out.write_all(text.as_bytes()));
    written.map_err(|why| match why.kind() {
        io::ErrorKind::AlreadyExists => SheetError::Exists(file.to_owned()),
        _ => SheetError::NotWritable { file: file.to_owned(), why },
    })
}

impl Sheet {
    fn page(&self) -> Result<String, SheetError> {
        let join = match self.code {
            Some(code) => format!("{}/j/{code}", self.address),
            None => format!("{}/", self.address),
        };
        let code = self.code.map_or_else(String::new, |code| {
            format!("<p class=\"code\"><span>参加コード / Code</span> <b>{}</b></p>", escaped(&code.to_string()))
        });
        let fingerprint = self.fingerprint.as_deref().map_or_else(String::new, |fingerprint| {
            format!(
                "<p class=\"fingerprint\">警告が出たら「詳細」から進みます。 / If the phone warns, choose “Details” and go on.<br>\
                 SHA-256 {}</p>",
                escaped(fingerprint)
            )
        });
        Ok(PAGE
            .replace("{style}", STYLE)
            .replace("{wifi}", &self.wifi()?)
            .replace("{join-qr}", &picture(&join)?)
            .replace("{code}", &code)
            .replace("{fingerprint}", &fingerprint)
            // Last, because nothing in it is to be taken for one of the others.
            .replace("{address}", &escaped(&self.address)))
    }

    fn wifi(&self) -> Result<String, SheetError> {
        let Some(Wifi { name, password }) = &self.wifi else {
            return Ok("<div class=\"words\"><dl><dt>名前 / Name</dt><dd class=\"blank\"></dd>\
                       <dt>パスワード / Password</dt><dd class=\"blank\"></dd></dl></div>"
                .to_owned());
        };
        let code = picture(&wifi::code(name, password).unwrap_or_default())?;
        let password = if password.is_empty() { "なし / none".to_owned() } else { written(password) };
        let name = written(name);
        Ok(format!(
            "<div class=\"words\"><dl><dt>名前 / Name</dt><dd>{name}</dd>\
             <dt>パスワード / Password</dt><dd>{password}</dd></dl></div>{code}"
        ))
    }
}

/// Each character as it is typed: letters that look alike are told apart by a face of one width, and braces are no places of ours.
fn written(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '<' | '>' | '"' | '\'' | '{' | '}' => out.push_str(&format!("&#{};", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

fn picture(text: &str) -> Result<String, SheetError> {
    let svg = qr::svg(text).map_err(|_| SheetError::TooLong)?;
    // Inside a page there is no place for the head of a file.
    Ok(svg.split_once("?>").map_or_else(|| svg.clone(), |(_, svg)| svg.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, password: &str) -> String {
        let wifi = Some(Wifi { name: name.to_owned(), password: password.to_owned() });
        let address = "http://192.168.1.5:8080".to_owned();
        Sheet { wifi, address, code: Some("K7M4XR".parse().unwrap()), fingerprint: None }.page().unwrap()
    }

    #[test]
    fn everything_is_on_it_and_nothing_is_markup() {
        let page = sheet("<b>Hall & co</b> {address}", r#"a"b'c{code}"#);
        assert!(page.contains("&#60;b&#62;Hall &#38; co&#60;/b&#62; &#123;address&#125;"), "{page}");
        assert!(page.contains("a&#34;b&#39;c&#123;code&#125;") && page.contains("K7M4XR"));
        assert!(page.contains("http://192.168.1.5:8080") && page.matches("<svg").count() == 2);
        for place in ["{style}", "{wifi}", "{join-qr}", "{code}", "{fingerprint}", "{address}"] {
            assert!(!page.contains(place), "{place}");
        }
        assert!(!page.contains("http://www.w3.org/1999/xhtml") && !page.contains("<script"));
    }

    #[test]
    fn without_a_wifi_there_is_room_to_write() {
        let bare =
            Sheet { wifi: None, address: "http://a.local".into(), code: None, fingerprint: Some("AA:BB".into()) };
        let page = bare.page().unwrap();
        assert!(page.contains("class=\"blank\"") && page.contains("AA:BB") && page.matches("<svg").count() == 1);
        assert!(sheet("open hall", "").contains("なし / none"));
    }
}
