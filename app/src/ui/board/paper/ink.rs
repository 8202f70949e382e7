//! The colours of a saved picture: those of the page by day, from `style/tokens.css`, whatever light it is used in.

use web_sys::Element;

use super::draw::Ink;
use crate::reactive::*;

/// How deep the earth has colours of its own.
const LEVELS: usize = 6;
const THEME: &str = "data-theme";

/// What a style has come to on an element.
pub fn style_of(element: &Element, property: &str) -> String {
    let style = window().get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value(property).ok()).unwrap_or_default().trim().to_owned()
}

/// The inks of the page by day.
pub fn by_day() -> Ink {
    let Some(page) = document().document_element() else { return Ink::black() };
    let kept = page.get_attribute(THEME);
    // An element takes every attribute; nothing is painted until it has its own again.
    let _ = page.set_attribute(THEME, "light");
    let token = |name: &str| style_of(&page, name);
    let earth = |name: &str, level: usize| {
        let mut name = String::from(name);
        name.push_str(&level.to_string());
        token(&name)
    };
    let mut levels = vec![(token("--card"), token("--ink"))];
    levels.extend((1..=LEVELS).map(|level| (earth("--earth-", level), earth("--on-earth-", level))));
    let ink = Ink {
        paper: token("--card"),
        ink: token("--ink"),
        line: token("--root"),
        star: token("--vermilion"),
        earth: levels,
    };
    let _ = match kept {
        Some(kept) => page.set_attribute(THEME, &kept),
        None => page.remove_attribute(THEME),
    };
    ink
}
