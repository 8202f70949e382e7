//! What every answer says to browsers about what its page may do. Nothing is fetched from outside this server.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::host::Host;
use crate::tls::Kind;

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), midi=(), accelerometer=(), gyroscope=(), \
         magnetometer=(), display-capture=(), clipboard-write=(self), fullscreen=(self), screen-wake-lock=(self)",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// A month: long enough that a visit in the open is rare, short enough that a server which stops to encrypt is reached again.
const ONLY_ENCRYPTED: &str = "max-age=2592000";

/// How an answer leaves this server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Leaves {
    /// In the open; or something in front encrypts, and says what it wants to say about that.
    Plain,
    /// Encrypted, with a certificate that phones may not know: were they told to insist on one, nobody could get in at all.
    Encrypted,
    /// Encrypted, with a certificate that somebody else answers for.
    Vouched,
}

impl Leaves {
    /// Under this lock, if under any.
    pub(super) fn under(lock: Option<Kind>) -> Self {
        lock.map_or(Self::Plain, |kind| if kind == Kind::Given { Self::Vouched } else { Self::Encrypted })
    }
}

/// Puts them on an answer to somebody who knows us by this name, if by any.
pub(super) fn secure(headers: &mut HeaderMap, host: Option<&Host>, leaves: Leaves) {
    if leaves == Leaves::Vouched {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_ENCRYPTED));
    }
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&content_policy(host, leaves)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// `'self'` covers the socket in all but old browsers: Safari before 15.4 wants it by its own scheme and name.
fn content_policy(host: Option<&Host>, leaves: Leaves) -> String {
    let open = |host| if leaves == Leaves::Plain { format!(" ws://{host}") } else { String::new() };
    let sockets = host.map(|host| format!("{} wss://{host}", open(host))).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'{sockets}; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reaches_its_own_server_alone() {
        let mut headers = HeaderMap::new();
        secure(&mut headers, Some(&"[::1]:8080".parse().unwrap()), Leaves::Plain);
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; "));
        assert!(policy.contains("connect-src 'self' ws://[::1]:8080 wss://[::1]:8080; "), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains('*'));
        secure(&mut headers, None, Leaves::Plain);
        assert!(headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("connect-src 'self'; "));
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }

    #[test]
    fn browsers_insist_on_encryption_only_where_phones_know_the_certificate() {
        let host = "naze.example.jp".parse().unwrap();
        for (lock, insists) in [(None, false), (Some(Kind::SelfSigned), false), (Some(Kind::Given), true)] {
            let mut headers = HeaderMap::new();
            secure(&mut headers, Some(&host), Leaves::under(lock));
            assert_eq!(headers.contains_key(header::STRICT_TRANSPORT_SECURITY), insists, "{lock:?}");
            let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(policy.contains(" wss://naze.example.jp"), "{policy}");
            assert_eq!(policy.contains(" ws://naze.example.jp"), lock.is_none(), "{policy}");
        }
    }
}
