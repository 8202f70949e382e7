//! What every answer says to browsers about what its page may do. Nothing is fetched from outside this server.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::host::Host;

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

/// Puts them on an answer to somebody who knows us by this name, if by any.
pub(super) fn secure(headers: &mut HeaderMap, host: Option<&Host>) {
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&content_policy(host)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// `'self'` covers the socket in all but old browsers: Safari before 15.4 wants it by its own scheme and name.
fn content_policy(host: Option<&Host>) -> String {
    let sockets = host.map(|host| format!(" ws://{host} wss://{host}")).unwrap_or_default();
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
        secure(&mut headers, Some(&"[::1]:8080".parse().unwrap()));
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; "));
        assert!(policy.contains("connect-src 'self' ws://[::1]:8080 wss://[::1]:8080; "), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains('*'));
        secure(&mut headers, None);
        assert!(headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("connect-src 'self'; "));
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
}
