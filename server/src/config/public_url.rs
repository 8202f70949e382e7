//! The address under which people reach a server that stands behind a proxy or has a name of its own.

use std::fmt;
use std::str::FromStr;

use crate::host::{Host, Scheme};

/// `http://` or `https://` and a host, nothing behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicUrl {
    /// How it is fetched.
    pub scheme: Scheme,
    /// The name and port.
    pub host: Host,
}

/// What was given is no such address. Shown behind the name of the flag.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadPublicUrl {
    /// No `http://` or `https://` before it.
    #[error("it must begin with http:// or https://, for example https://naze.example.jp")]
    Scheme,
    /// A path, a query or a fragment behind it.
    #[error("it must end with the name or port, with no path, ? or # behind it, for example https://naze.example.jp")]
    Path,
    /// Something else in the place of the name.
    #[error("its name or port cannot be read; it must look like https://naze.example.jp or http://192.168.1.5:8080")]
    Host,
}

impl FromStr for PublicUrl {
    type Err = BadPublicUrl;

    fn from_str(text: &str) -> Result<Self, BadPublicUrl> {
        let (scheme, rest) = Scheme::split(text).ok_or(BadPublicUrl::Scheme)?;
        let host = rest.strip_suffix('/').unwrap_or(rest);
        if host.contains(['/', '?', '#']) {
            return Err(BadPublicUrl::Path);
        }
        Ok(Self { scheme, host: host.parse().map_err(|_| BadPublicUrl::Host)? })
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.scheme.prefix(), self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_server_is_read() {
        let read = |text: &str| text.parse::<PublicUrl>().map(|url| url.to_string());
        assert_eq!(read("https://naze.example.jp/"), Ok("https://naze.example.jp".into()));
        assert_eq!(read("http://192.168.1.5:8080"), Ok("http://192.168.1.5:8080".into()));
    }

    #[test]
    fn what_stands_in_the_way_is_named() {
        let read = |text: &str| text.parse::<PublicUrl>().unwrap_err();
        for text in ["naze.example.jp", "ftp://naze.example.jp", "", "//naze.example.jp", "HTTPS//x"] {
            assert_eq!(read(text), BadPublicUrl::Scheme, "{text}");
        }
        for text in ["https://a.jp/naze", "https://a.jp?x", "https://a.jp/#x", "https://a.jp//"] {
            assert_eq!(read(text), BadPublicUrl::Path, "{text}");
        }
        for text in ["https://", "https://user@a.jp", "https://a.jp:port", "https://なぜ.jp"] {
            assert_eq!(read(text), BadPublicUrl::Host, "{text}");
        }
    }
}
