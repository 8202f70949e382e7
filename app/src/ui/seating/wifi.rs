//! The network of the room, for a code that phones read. It is typed by the lead and stays on this device.

use crate::platform::storage;

const NAME: &str = "naze.wifi.name";
const PASSWORD: &str = "naze.wifi.password";

/// A network.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wifi {
    /// Its name.
    pub name: String,
    /// Its password; empty for an open one.
    pub password: String,
}

impl Wifi {
    /// As it was typed here before.
    pub fn kept() -> Self {
        let read = |key| storage::get(key).unwrap_or_default();
        Self { name: read(NAME), password: read(PASSWORD) }
    }

    /// Keeps it on this device, or forgets it.
    pub fn keep(&self) {
        for (key, text) in [(NAME, &self.name), (PASSWORD, &self.password)] {
            if text.is_empty() {
                storage::remove(key);
            } else {
                storage::set(key, text);
            }
        }
    }

    /// What the code says; none without a name.
    pub fn code(&self) -> Option<String> {
        if self.name.is_empty() {
            return None;
        }
        let mut code = "WIFI:T:".to_owned();
        code.push_str(if self.password.is_empty() { "nopass" } else { "WPA" });
        for (key, text) in [(";S:", &self.name), (";P:", &self.password)] {
            if !text.is_empty() {
                code.push_str(key);
                escaped(text, &mut code);
            }
        }
        code.push_str(";;");
        Some(code)
    }
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

    fn code(name: &str, password: &str) -> Option<String> {
        Wifi { name: name.to_owned(), password: password.to_owned() }.code()
    }

    #[test]
    fn what_means_something_in_the_code_is_escaped() {
        assert_eq!(code("会議室", "abc123").as_deref(), Some("WIFI:T:WPA;S:会議室;P:abc123;;"));
        assert_eq!(code("a;b:c", r#"p\,"x"#).as_deref(), Some(r#"WIFI:T:WPA;S:a\;b\:c;P:p\\\,\"x;;"#));
        assert_eq!(code("open", "").as_deref(), Some("WIFI:T:nopass;S:open;;"));
        assert_eq!(code("", "secret"), None);
    }
}
