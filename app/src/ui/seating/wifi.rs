//! The network of the room, for a code that phones read. It is typed by the lead and stays on this device.

use shared::wifi;

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
        wifi::code(&self.name, &self.password)
    }
}
