//! The name and port by which a server is reached, as it stands in `Host`, in `Origin` and in addresses.
//! It looks nothing up.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// Characters of a name in the DNS.
const NAME_CHARS_MAX: usize = 253;
/// Characters between two dots of it.
const LABEL_CHARS_MAX: usize = 63;
/// Endings that nobody can register: a page from elsewhere cannot carry such a name.
const PRIVATE_ENDINGS: [&str; 7] = [".local", ".lan", ".home", ".home.arpa", ".internal", ".localhost", ".intranet"];

/// A name or address, with a port unless it is the scheme's own.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Host {
    name: Name,
    port: Option<u16>,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Name {
    Ip(IpAddr),
    Dns(String),
}

/// What was given names no host.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not a host name or address with an optional port")]
pub struct BadHost;

impl Host {
    /// Whether only somebody on this machine or in its own network can have reached us by it: an address, a name without
    /// dots, or one that ends as private names do. A name that anybody can register is not among them, for a page from
    /// elsewhere could point it at us (DNS rebinding).
    pub fn is_private(&self) -> bool {
        match &self.name {
            Name::Ip(_) => true,
            Name::Dns(name) => !name.contains('.') || PRIVATE_ENDINGS.iter().any(|ending| name.ends_with(ending)),
        }
    }

    /// Whether it means the machine that says it, so that it is of no use to a phone.
    pub fn is_loopback(&self) -> bool {
        match &self.name {
            Name::Ip(ip) => ip.is_loopback() || ip.is_unspecified(),
            Name::Dns(name) => name == "localhost" || name.ends_with(".localhost"),
        }
    }

    /// The name or address alone, as it stands in a certificate.
    pub fn name(&self) -> String {
        match &self.name {
            Name::Ip(ip) => ip.to_string(),
            Name::Dns(name) => name.clone(),
        }
    }

    /// The port, where none is said that of the scheme.
    pub fn port(&self, scheme: Scheme) -> u16 {
        self.port.unwrap_or(scheme.port())
    }

    /// Whether both are the same, seen from a page of that scheme.
    pub fn is_same(&self, other: &Self, scheme: Scheme) -> bool {
        self.name == other.name && self.port(scheme) == other.port(scheme)
    }
}

/// How a page is fetched.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scheme {
    /// In the open.
    Http,
    /// Encrypted.
    Https,
}

impl Scheme {
    /// Its own port, which an address need not say.
    pub const fn port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }

    /// Its name, as an address begins.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Http => "http://",
            Self::Https => "https://",
        }
    }

    /// The scheme of an address and what follows it.
    pub fn split(address: &str) -> Option<(Self, &str)> {
        [Self::Http, Self::Https].into_iter().find_map(|scheme| Some((scheme, address.strip_prefix(scheme.prefix())?)))
    }
}

impl FromStr for Host {
    type Err = BadHost;

    fn from_str(text: &str) -> Result<Self, BadHost> {
        let (name, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (inside, port) = rest.split_once(']').ok_or(BadHost)?;
                let ip: Ipv6Addr = inside.parse().map_err(|_| BadHost)?;
                let port = if port.is_empty() { None } else { Some(port.strip_prefix(':').ok_or(BadHost)?) };
                (Name::Ip(ip.into()), port)
            }
            None => {
                let (name, port) = text.split_once(':').map_or((text, None), |(name, port)| (name, Some(port)));
                (read_name(name)?, port)
            }
        };
        Ok(Self { name, port: port.map(read_port).transpose()? })
    }
}

/// Digits alone: `u16::from_str` would take a sign too.
fn read_port(text: &str) -> Result<u16, BadHost> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(BadHost);
    }
    text.parse().ok().filter(|port| *port != 0).ok_or(BadHost)
}

fn read_name(text: &str) -> Result<Name, BadHost> {
    if let Ok(ip) = text.parse::<Ipv4Addr>() {
        return Ok(Name::Ip(ip.into()));
    }
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= LABEL_CHARS_MAX
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let looks_like_an_address = text.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    if text.len() > NAME_CHARS_MAX || looks_like_an_address || !text.split('.').all(is_label) {
        return Err(BadHost);
    }
    Ok(Name::Dns(text.to_ascii_lowercase()))
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Name::Ip(IpAddr::V6(ip)) => write!(f, "[{ip}]")?,
            Name::Ip(IpAddr::V4(ip)) => ip.fmt(f)?,
            Name::Dns(name) => f.write_str(name)?,
        }
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> Host {
        text.parse().unwrap()
    }

    #[test]
    fn hosts_are_read_and_written() {
        for text in
            ["localhost", "192.168.1.5:8080", "[::1]:8080", "[fe80::1]", "naze.example.jp", "my_laptop.local:80"]
        {
            assert_eq!(host(text).to_string(), text);
        }
        assert_eq!(host("NAZE.Example.jp"), host("naze.example.jp"));
    }

    #[test]
    fn what_is_no_host_is_refused() {
        let long = "a".repeat(64);
        for bad in [
            "", ":80", "a:", "a:b", "a:0", "a:+1", "a:65536", "a b", "a/b", "a@b", "a..b", ".", "[::1", "[::1]x", "[x]",
        ] {
            assert_eq!(bad.parse::<Host>(), Err(BadHost), "{bad}");
        }
        for bad in ["1.2.3", "1.2.3.4.5", "256.1.1.1", "a\"b", "なぜ", "a;b", "*", long.as_str()] {
            assert_eq!(bad.parse::<Host>(), Err(BadHost), "{bad}");
        }
    }

    #[test]
    fn a_name_that_anybody_can_register_is_not_private() {
        for text in ["localhost:1", "10.0.0.1", "[::1]", "laptop", "laptop.local", "laptop.lan:8080"] {
            assert!(host(text).is_private(), "{text}");
        }
        for text in ["evil.example", "local.evil.example", "notlocal.example", "xlocal.jp"] {
            assert!(!host(text).is_private(), "{text}");
        }
    }

    #[test]
    fn the_schemes_own_port_need_not_be_said() {
        assert!(host("a.jp").is_same(&host("a.jp:443"), Scheme::Https));
        assert!(!host("a.jp").is_same(&host("a.jp:443"), Scheme::Http));
        assert!(!host("a.jp:8080").is_same(&host("a.jp:8081"), Scheme::Http));
        assert!(!host("a.jp").is_same(&host("b.jp"), Scheme::Http));
    }

    #[test]
    fn loopback_is_of_no_use_to_a_phone() {
        for text in ["localhost", "127.0.0.1:8080", "[::1]:80", "0.0.0.0"] {
            assert!(host(text).is_loopback(), "{text}");
        }
        assert!(!host("192.168.1.5").is_loopback());
    }
}
