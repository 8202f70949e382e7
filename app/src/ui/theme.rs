//! Light or dark: as the device has it, or as somebody wants it here. The colours themselves are in `style/tokens.css`.

use web_sys::MouseEvent;

use super::live::text;
use crate::element::Element;
use crate::i18n::{self, use_speech};
use crate::platform::storage;
use crate::reactive::*;

const KEY: &str = "naze.shade";

/// How bright the page is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shade {
    /// As the device has it.
    Auto,
    /// Light, for a bright hall.
    Light,
    /// Dark.
    Dark,
}

impl Shade {
    fn kept() -> Self {
        match storage::get(KEY).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::Auto,
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }

    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Auto => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    fn apply(self) {
        match self.word() {
            Some(word) => storage::set(KEY, word),
            None => {
                storage::remove(KEY);
                storage::Kept::OnDevice
            }
        };
        let Some(root) = document().document_element() else { return };
        // An element always takes and gives an attribute.
        let _ = match self.word() {
            Some(word) => root.set_attribute("data-theme", word),
            None => root.remove_attribute("data-theme"),
        };
    }
}

/// One button for all three: a press goes on to the next, and its name says where it stands.
pub fn shade_button() -> Element {
    Shade::kept().apply();
    let (speech, turned) = (use_speech(), RwSignal::new(false));
    let shade = move || {
        turned.track();
        Shade::kept()
    };
    let label = text(move || {
        let t = &i18n::texts(speech.get()).everywhere;
        let now = match shade() {
            Shade::Auto => t.shade_auto,
            Shade::Light => t.shade_light,
            Shade::Dark => t.shade_dark,
        };
        i18n::fill(t.shade, &[("now", now)])
    });
    let turn: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| {
        Shade::kept().next().apply();
        turned.update(|turned| *turned = !*turned);
    });
    // A ring; half filled, empty or full.
    let picture = text(move || {
        let filled = match shade() {
            Shade::Auto => "M12 4a8 8 0 0 1 0 16z",
            Shade::Light => "",
            Shade::Dark => "M12 4a8 8 0 0 1 0 16a8 8 0 0 1 0-16z",
        };
        format!(
            "<svg class=\"sign\" viewBox=\"0 0 24 24\" width=\"24\" height=\"24\" aria-hidden=\"true\">\
             <circle cx=\"12\" cy=\"12\" r=\"8\"/><path class=\"full\" d=\"{filled}\"/></svg>"
        )
    });
    view! {
        <button type="button" class="icon-button" aria-label=label title=label on:click=turn inner_html=picture></button>
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    const TOKENS: &str = include_str!("../../../style/tokens.css");

    type Colours = BTreeMap<String, [f64; 3]>;

    fn block(after: &str) -> Colours {
        let start = TOKENS.find(after).unwrap() + after.len();
        let body = TOKENS.get(start..).unwrap().split('}').next().unwrap();
        body.lines().filter_map(colour).collect()
    }

    fn colour(line: &str) -> Option<(String, [f64; 3])> {
        let (name, value) = line.trim().trim_end_matches(';').split_once(": #")?;
        let part = |at: usize| Some(f64::from(u8::from_str_radix(value.get(at..at + 2)?, 16).ok()?) / 255.0);
        Some((name.strip_prefix("--")?.to_owned(), [part(0)?, part(2)?, part(4)?]))
    }

    fn luminance(colour: [f64; 3]) -> f64 {
        let [r, g, b] = colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn light() -> Colours {
        block(":root {")
    }

    fn dark() -> Colours {
        let mut all = light();
        all.extend(block(":root[data-theme=\"dark\"] {"));
        all
    }

    #[test]
    fn both_ways_to_the_dark_are_the_same() {
        assert_eq!(block(":root:not([data-theme=\"light\"]) {"), block(":root[data-theme=\"dark\"] {"));
    }

    #[test]
    fn every_text_can_be_read_on_its_ground() {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for ground in ["paper", "card", "sunk"] {
            for text in ["ink", "ink-soft", "indigo", "vermilion", "moss", "amber"] {
                pairs.push((text.into(), ground.into()));
            }
        }
        for name in ["indigo", "vermilion", "moss", "amber"] {
            pairs.push((format!("on-{name}"), name.into()));
            pairs.push((name.into(), format!("{name}-wash")));
            pairs.push(("ink".into(), format!("{name}-wash")));
        }
        pairs.push(("on-indigo".into(), "indigo-deep".into()));
        pairs.extend((1..=6).map(|n| (format!("on-earth-{n}"), format!("earth-{n}"))));
        for (shade, colours) in [("light", light()), ("dark", dark())] {
            for (text, ground) in &pairs {
                let found = contrast(colours[text], colours[ground]);
                assert!(found >= 4.5, "{shade}: {text} on {ground} has {found:.2}");
            }
        }
    }

    #[test]
    fn every_shape_that_means_something_can_be_seen() {
        for (shade, colours) in [("light", light()), ("dark", dark())] {
            for shape in ["line-strong", "root", "vermilion", "indigo"] {
                for ground in ["paper", "card", "sunk"] {
                    let found = contrast(colours[shape], colours[ground]);
                    assert!(found >= 3.0, "{shade}: {shape} on {ground} has {found:.2}");
                }
            }
        }
    }
}
