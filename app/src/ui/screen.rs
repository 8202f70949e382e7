//! What every screen is: the main part of the page, with a title that the browser shows and that takes the focus on arrival.

use super::live::{follow, word};
use super::shell::use_frame;
use crate::platform::dom;
use crate::reactive::*;

/// The id of a screen's `h1`.
pub const TITLE: &str = "screen-title";
/// The id of a screen.
pub const MAIN: &str = "main";

/// A screen. Its `h1` has the id [`TITLE`] and `tabindex="-1"`; `title` is what the browser calls it.
pub fn screen(class: &'static str, title: Signal<String>, content: AnyView) -> AnyView {
    let frame = use_frame();
    let app = word(|t| t.everywhere.app_name);
    follow(move || {
        let parts = [title.get(), frame.place.get(), app.get()];
        let said: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        document().set_title(&said.join(" – "));
    });
    follow(move || {
        // The first screen of all begins at the top, as every page does.
        if frame.has_moved() {
            dom::focus(TITLE);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
    view! { <main id=MAIN class=format!("screen {class}") tabindex="-1">{content}</main> }.into_any()
}
