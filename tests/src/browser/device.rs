//! What somebody holds in their hands: how large it is, whether it is touched, in which language and light it is used.

use serde_json::{Value, json};

/// How large a screen is, and what it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A phone of today.
    Phone,
    /// The narrowest that must do.
    Narrow,
    /// A tablet, upright.
    Tablet,
    /// A laptop or projector.
    Laptop,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Phone, Self::Narrow, Self::Tablet, Self::Laptop];

    /// Width and height in CSS pixels.
    pub const fn size(self) -> (u32, u32) {
        match self {
            Self::Phone => (390, 844),
            Self::Narrow => (320, 640),
            Self::Tablet => (820, 1180),
            Self::Laptop => (1440, 900),
        }
    }

    const fn is_touched(self) -> bool {
        !matches!(self, Self::Laptop)
    }

    const fn scale(self) -> u32 {
        match self {
            Self::Phone | Self::Narrow => 2,
            Self::Tablet | Self::Laptop => 1,
        }
    }
}

/// A person's language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tongue {
    /// Japanese.
    Ja,
    /// English.
    En,
}

impl Tongue {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// As `lang` attributes and the API have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Light {
    /// Dark on light.
    Day,
    /// Light on dark.
    Night,
}

impl Light {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Day, Self::Night];

    /// As style sheets ask for it.
    pub const fn scheme(self) -> &'static str {
        match self {
            Self::Day => "light",
            Self::Night => "dark",
        }
    }
}

/// Somebody's device and how it is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Device {
    /// How large it is.
    pub shape: Shape,
    /// The browser's language.
    pub tongue: Tongue,
    /// Its light.
    pub light: Light,
}

impl Device {
    /// A phone in Japanese, by day.
    pub const PHONE: Self = Self { shape: Shape::Phone, tongue: Tongue::Ja, light: Light::Day };
    /// A laptop in Japanese, by day.
    pub const LAPTOP: Self = Self { shape: Shape::Laptop, tongue: Tongue::Ja, light: Light::Day };

    /// The commands that make a window such a device.
    pub(super) fn commands(self, agent: &str) -> Vec<(&'static str, Value)> {
        let (width, height) = self.shape.size();
        let mobile = matches!(self.shape, Shape::Phone | Shape::Narrow | Shape::Tablet);
        let language = match self.tongue {
            Tongue::Ja => "ja-JP",
            Tongue::En => "en-GB",
        };
        vec![
            (
                "Emulation.setDeviceMetricsOverride",
                json!({ "width": width, "height": height, "deviceScaleFactor": self.shape.scale(), "mobile": mobile }),
            ),
            ("Emulation.setTouchEmulationEnabled", json!({ "enabled": self.shape.is_touched(), "maxTouchPoints": 5 })),
            ("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })),
            ("Emulation.setUserAgentOverride", json!({ "userAgent": agent, "acceptLanguage": language })),
            self.light(),
        ]
    }

    /// The command that sets the light. Nothing moves: a test looks at what comes of it.
    pub(super) fn light(self) -> (&'static str, Value) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": self.light.scheme() },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        ("Emulation.setEmulatedMedia", json!({ "features": features }))
    }
}
