//! What is printed at the start: how people get here, where the data is, how to stop. It prints; it decides nothing.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::time::SystemTime;

use shared::docs::workshop::Language;

use crate::addresses::{Addresses, Reached};
use crate::qr;
use crate::tls::{Kind, Tls};

/// What there is to tell.
#[derive(Debug)]
pub struct Start<'a> {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Where it is reached.
    pub addresses: &'a Addresses,
    /// What it encrypts with, if it does.
    pub tls: Option<&'a Tls>,
    /// Where the data is.
    pub data: &'a Path,
    /// In which language.
    pub language: Language,
    /// To whom.
    pub reader: Reader,
}

/// Who reads it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reader {
    /// Somebody at a terminal.
    Person,
    /// Another program, or a file.
    Program,
}

impl Start<'_> {
    /// Writes it. The first line is the same in every language, for programs that start us and wait for it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let scheme = self.addresses.scheme().prefix();
        writeln!(out, "listening on {scheme}{}", self.listen)?;
        out.flush()?;
        let all = self.addresses.all();
        let words = Words::of(self.language);
        writeln!(out)?;
        match self.addresses.reached() {
            Reached::ByPhones => self.how_to_get_here(&all, &words, out)?,
            Reached::HereBecauseTold => {
                let port = self.listen.port().to_string();
                writeln!(out, "{}", words.here_because_told.replace("{port}", &port))?;
            }
            Reached::HereWithoutNetwork => writeln!(out, "{}", words.here_without_network)?,
        }
        let (ip, port) = (self.listen.ip(), self.listen.port());
        let here = if ip.is_unspecified() { format!("localhost:{port}") } else { self.listen.to_string() };
        writeln!(out, "{}  {scheme}{here}", words.this_machine)?;
        self.certificate(&words, out)?;
        let data = self.data.canonicalize();
        writeln!(out, "{}  {}", words.data, data.as_deref().unwrap_or(self.data).display())?;
        writeln!(out, "{}", words.stop)?;
        out.flush()
    }

    fn certificate(&self, words: &Words, out: &mut impl Write) -> io::Result<()> {
        let Some(tls) = self.tls else { return Ok(()) };
        let certificate = tls.certificate();
        if tls.kind() == Kind::SelfSigned {
            writeln!(out, "{}", words.self_signed)?;
        }
        writeln!(out, "{}  {}", words.fingerprint, certificate.fingerprint())?;
        match (tls.warning(SystemTime::now()), self.language) {
            (Some(said), Language::Ja) => writeln!(out, "{}", said.ja),
            (Some(said), Language::En) => writeln!(out, "{}", said.en),
            (None, _) => Ok(()),
        }
    }

    fn how_to_get_here(&self, all: &[String], words: &Words, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}", words.phones)?;
        for address in all {
            writeln!(out, "  {address}")?;
        }
        writeln!(out)?;
        if let (Reader::Person, Some(best)) = (self.reader, all.first())
            && let Ok(lines) = qr::lines(&format!("{best}/"))
        {
            for line in lines {
                writeln!(out, "  {line}")?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

struct Words {
    phones: &'static str,
    here_because_told: &'static str,
    here_without_network: &'static str,
    this_machine: &'static str,
    self_signed: &'static str,
    fingerprint: &'static str,
    data: &'static str,
    stop: &'static str,
}

impl Words {
    const fn of(language: Language) -> Self {
        match language {
            Language::Ja => Self {
                phones: "同じネットワークのスマートフォンで開くアドレス（またはQRコードを読み取る）:",
                here_because_told: "この機械だけで使えます（--listen の指定による）。スマートフォンから使うには \
                                    --listen 0.0.0.0:{port} で始めてください。",
                here_without_network: "ネットワークが見つかりません。この機械だけで使えます。Wi-Fi に接続するか、この機械で\
                                       アクセスポイントを作ってから、もう一度始めてください。",
                this_machine: "この機械で開く:",
                self_signed: "証明書はこのサーバーが自分で作ったものです。最初に開くときにスマートフォンが警告したら、「詳細」から進んでください。",
                fingerprint: "証明書の指紋（SHA-256）:",
                data: "データの場所:",
                stop: "止めるには Ctrl+C。データは残り、次に始めたとき続きから使えます。",
            },
            Language::En => Self {
                phones: "On phones in the same network open one of these, or scan the code:",
                here_because_told: "Only this machine can use it, because --listen says so. For phones, start it with \
                                    --listen 0.0.0.0:{port}.",
                here_without_network: "No network was found, so only this machine can use it. Join a Wi-Fi, or open a \
                                       hotspot on this machine, and start it again.",
                this_machine: "On this machine: ",
                self_signed: "The certificate is this server's own. Phones warn once: choose \"Details\" or \"Advanced\" there and go on.",
                fingerprint: "Its fingerprint (SHA-256):",
                data: "The data is in:  ",
                stop: "Stop it with Ctrl+C. Nothing is lost: the next start goes on from there.",
            },
        }
    }
}

/// The language of the terminal: Japanese when its locale says so. The first of these variables that is set decides, as
/// POSIX has it.
pub fn language(variable: impl Fn(&str) -> Option<String>) -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
    if set.is_some_and(|locale| locale.to_ascii_lowercase().starts_with("ja")) { Language::Ja } else { Language::En }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(listen: &str, public: Option<&str>, language: Language, reader: Reader) -> String {
        let listen: SocketAddr = listen.parse().unwrap();
        let addresses = Addresses::new(public.map(|url| url.parse().unwrap()), listen);
        let data = Path::new("no/such/folder");
        let mut out = Vec::new();
        Start { listen, addresses: &addresses, tls: None, data, language, reader }.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_first_line_is_for_programs() {
        for language in [Language::Ja, Language::En] {
            let text = printed("127.0.0.1:4321", None, language, Reader::Program);
            assert_eq!(text.lines().next(), Some("listening on http://127.0.0.1:4321"));
        }
    }

    #[test]
    fn who_listens_to_this_machine_alone_is_told_what_to_do() {
        let text = printed("127.0.0.1:4321", None, Language::En, Reader::Person);
        assert!(text.contains("--listen 0.0.0.0:4321.") && text.contains("http://127.0.0.1:4321\n"), "{text}");
        assert!(!text.contains('█'));
    }

    #[test]
    fn people_get_a_code_and_programs_do_not() {
        let text = |reader| printed("0.0.0.0:4321", Some("https://naze.example.jp"), Language::Ja, reader);
        let person = text(Reader::Person);
        assert!(person.contains('█') && person.contains("https://naze.example.jp"), "{person}");
        assert!(person.contains("no/such/folder") && person.contains("Ctrl+C"));
        assert!(!text(Reader::Program).contains('█'));
    }

    #[test]
    fn the_locale_says_the_language() {
        let locale = |set: &'static [(&str, &str)]| {
            language(move |name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(locale(&[("LANG", "ja_JP.UTF-8")]), Language::Ja);
        assert_eq!(locale(&[("LC_ALL", "C"), ("LANG", "ja_JP.UTF-8")]), Language::En);
        assert_eq!(locale(&[("LC_ALL", ""), ("LC_MESSAGES", "ja_JP")]), Language::Ja);
        assert_eq!(locale(&[]), Language::En);
    }
}
