//! `naze doctor`: whether this machine is ready for a workshop, for somebody who is no engineer. It looks, says what it saw and
//! what it could not see, and lets phones try. It changes nothing.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use shared::docs::workshop::Language;
use tokio::net::TcpListener;

use self::finding::Finding;
use self::port::Port;
use self::visit::Visit;
use crate::addresses::{Addresses, Reached};
use crate::announce;
use crate::config::{self, Reach};
use crate::host::Scheme;
use crate::qr;
use crate::said::Said;
use crate::tls::Tls;

mod agent;
mod finding;
mod firewall;
mod machine;
mod port;
mod visit;

/// How it ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Nothing stands in the way, as far as can be seen; where phones could try, one came.
    Ready,
    /// Something does, or no phone came.
    NotReady,
}

/// How long phones may try.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Try {
    /// Not at all.
    Not,
    /// Until one has come, or so long.
    AtMost(Duration),
    /// Until whoever sits there has seen enough.
    UntilTold,
}

/// What to look at, and how to say it.
#[derive(Clone, Copy, Debug)]
pub struct Doctor<'a> {
    /// The data folder.
    pub data: &'a Path,
    /// Where the server would be reached.
    pub reach: &'a Reach,
    /// In which language.
    pub language: Language,
    /// To whom.
    pub reader: announce::Reader,
    /// How long phones may try.
    pub phones: Try,
}

impl Doctor<'_> {
    /// Looks and says, until the end or until `stop`.
    ///
    /// # Errors
    /// When nothing can be written.
    pub async fn run(&self, stop: impl Future<Output = ()>, out: &mut impl Write) -> io::Result<Verdict> {
        let encrypted = self.reach.encryption.tls != config::Tls::Off || self.reach.encryption.tls_cert.is_some();
        let scheme = if encrypted { Scheme::Https } else { Scheme::Http };
        let port = port::look(self.reach.listen, scheme).await;
        let listen = port.at(self.reach.listen);
        let addresses = Arc::new(Addresses::new(self.reach.public_url.clone(), listen).over(port.scheme(scheme)));
        let mut findings = vec![port.finding(self.reach.listen)];
        findings.extend(reached(&addresses, self.reach.listen.port()));
        findings.extend(firewall::look(listen.port()));
        findings.extend(machine::look(self.data, SystemTime::now()));
        findings.extend(self.certificate());
        for finding in &findings {
            writeln!(out, "{}", finding.shown(self.language))?;
        }
        let mut verdict =
            if findings.iter().any(Finding::stands_in_the_way) { Verdict::NotReady } else { Verdict::Ready };
        match port {
            Port::Free(listener) if self.phones != Try::Not => {
                let came = self.let_phones_try(listener, addresses, stop, out).await?;
                verdict = if came == Verdict::NotReady { came } else { verdict };
            }
            Port::Naze { .. } => self.show(&addresses, out)?,
            _ => {}
        }
        let word = match verdict {
            Verdict::Ready => Said::new("見たかぎり、準備はできています。", "Ready, as far as can be seen."),
            Verdict::NotReady => Said::new("上の［×］の行を直してください。", "Mend what is marked [x] above."),
        };
        writeln!(out, "\n{}", self.say(&word))?;
        out.flush()?;
        Ok(verdict)
    }

    fn say<'s>(&self, said: &'s Said) -> &'s str {
        match self.language {
            Language::Ja => &said.ja,
            Language::En => &said.en,
        }
    }

    fn certificate(&self) -> Option<Finding> {
        let now = SystemTime::now();
        let found = match (self.reach.encryption.files(), self.reach.encryption.tls) {
            (Some(files), _) => match Tls::given(files) {
                Ok(tls) => tls.certificate(),
                Err(why) => return Some(Finding::bad(why.said())),
            },
            (None, config::Tls::SelfSigned) => match Tls::kept(self.data) {
                Some(kept) => kept,
                None => {
                    let ja = "証明書は、サーバーを始めるときに作られます。";
                    return Some(Finding::good(Said::new(ja, "A certificate will be made when the server starts.")));
                }
            },
            (None, config::Tls::Off) => return None,
        };
        if let Some(warning) = crate::tls::warning(&found, now) {
            return Some(Finding::advice(warning));
        }
        let (end, fingerprint) = (found.end_shown(), found.fingerprint());
        Some(Finding::good(Said::new(
            format!("証明書は {end} まで有効です。指紋（SHA-256）: {fingerprint}"),
            format!("The certificate holds until {end}. Fingerprint (SHA-256): {fingerprint}"),
        )))
    }

    fn show(&self, addresses: &Addresses, out: &mut impl Write) -> io::Result<()> {
        let all = addresses.all();
        let Some(best) = all.first() else { return Ok(()) };
        writeln!(out, "\n{}", self.say(&Said::new("スマートフォンで開くアドレス:", "The address for phones:")))?;
        writeln!(out, "  {best}/")?;
        if self.reader == announce::Reader::Person {
            for line in qr::lines(&format!("{best}/")).unwrap_or_default() {
                writeln!(out, "  {line}")?;
            }
        }
        Ok(())
    }

    async fn let_phones_try(
        &self,
        listener: TcpListener,
        addresses: Arc<Addresses>,
        stop: impl Future<Output = ()>,
        out: &mut impl Write,
    ) -> io::Result<Verdict> {
        let door = match Visit::door(&self.reach.encryption, self.data, &addresses) {
            Ok(door) => door,
            Err(why) => {
                writeln!(out, "{}", Finding::bad(why.said()).shown(self.language))?;
                return Ok(Verdict::NotReady);
            }
        };
        self.show(&addresses, out)?;
        let word = Said::new(
            "スマートフォンでこのQRコードを読み取るか、アドレスを開いてください。届いた端末がここに出ます。",
            "Scan the code with a phone, or open the address. Who reaches this machine is shown here.",
        );
        let end = match self.phones {
            Try::UntilTold => Said::new("終わるには Ctrl+C。", "Ctrl+C ends it."),
            Try::AtMost(_) | Try::Not => Said::new("最初の1台が届くと終わります。", "It ends with the first phone."),
        };
        writeln!(out, "{} {}\n", self.say(&word), self.say(&end))?;
        out.flush()?;
        let visit = Visit::begin(listener, door, addresses);
        visit.watch(self.phones, self.language, stop, out).await
    }
}

fn reached(addresses: &Addresses, port: u16) -> Vec<Finding> {
    let all = addresses.all();
    match addresses.reached() {
        Reached::ByPhones => {
            let list = all.join("  ");
            vec![Finding::good(Said::new(
                format!("同じネットワークのスマートフォンが開くアドレス: {list}"),
                format!("Phones in the same network open: {list}"),
            ))]
        }
        Reached::HereBecauseTold => vec![Finding::bad(Said::new(
            format!(
                "--listen の指定により、この機械だけで待ち受けます。スマートフォンから使うには --listen 0.0.0.0:{port} にしてください。"
            ),
            format!("--listen says that only this machine may come in. For phones, use --listen 0.0.0.0:{port}."),
        ))],
        Reached::HereWithoutNetwork => vec![Finding::bad(Said::new(
            "この機械はどのネットワークにもつながっていません。Wi-Fi につなぐか、この機械かスマートフォンでテザリング（アクセスポイント）を始めてください。",
            "This machine is in no network. Join a Wi-Fi, or open a hotspot on this machine or on a phone.",
        ))],
    }
}

#[cfg(test)]
mod tests;
