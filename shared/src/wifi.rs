//! The network of a room as a code that phones read. It knows no more of networks than how that is written.

/// Bytes of a network's name (IEEE 802.11).
pub const NAME_BYTES_MAX: usize = 32;
/// Characters of its password.
pub const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 8..=63;

/// What the code says; none without a name. Without a password it is an open network.
pub fn code(name: &str, password: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    let mut code = "WIFI:T:".to_owned();
    code.push_str(if password.is_empty() { "nopass" } else { "WPA" });
    for (key, text) in [(";S:", name), (";P:", password)] {
        if !text.is_empty() {
            code.push_str(key);
            escaped(text, &mut code);
        }
    }
    code.push_str(";;");
    Some(code)
}

fn escaped(text: &str, to: &mut String) {
    for c in text.chars() {
        if matches!(c, '\\' | ';' | ',' | ':' | '"') {
            to.push('\\');
        }
        to.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_the_code_is_escaped() {
        assert_eq!(code("会議室", "abc123").as_deref(), Some("WIFI:T:WPA;S:会議室;P:abc123;;"));
        assert_eq!(code("a;b:c", r#"p\,"x"#).as_deref(), Some(r#"WIFI:T:WPA;S:a\;b\:c;P:p\\\,\"x;;"#));
        assert_eq!(code("open", "").as_deref(), Some("WIFI:T:nopass;S:open;;"));
        assert_eq!(code("", "secret"), None);
    }
}
