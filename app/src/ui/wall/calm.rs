//! Buttons that mean something else as soon as they are pressed: a second press at once is meant for what was there before. Does not
//! know what they do.

use crate::platform::clock as device;
use crate::reactive::*;
use crate::ui::live::follow;

/// A second press within so many milliseconds is a finger that trembles, or another lead who was as fast: it does nothing.
const CALM_MS: u64 = 1_000;

/// How long ago something has changed, by this device's clock.
#[derive(Clone, Copy)]
pub struct Calm {
    changed_at: StoredValue<u64>,
}

impl Calm {
    /// Begins to follow what the buttons are about, which `track` looks at.
    pub fn about(track: impl Fn() + 'static) -> Self {
        let calm = Self { changed_at: StoredValue::new(0) };
        follow(move || {
            track();
            calm.changed_at.try_set_value(device::now().0);
        });
        calm
    }

    /// Whether a press is meant for what is there now.
    pub fn is_calm(self) -> bool {
        device::now().0.saturating_sub(self.changed_at.try_get_value().unwrap_or(0)) >= CALM_MS
    }
}
