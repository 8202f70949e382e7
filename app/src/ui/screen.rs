//! What every screen is: the main part of the page, with a title that the browser shows and that takes the focus on arrival.

use leptos::prelude::*;

use super::shell::use_frame;
use crate::i18n::tr;
use crate::platform::dom;

/// The id of a screen's `h1`.
pub const TITLE: &str = "screen-title";
/// The id of a screen.
pub const MAIN: &str = "main";

/// A screen. Its `h1` has the id [`TITLE`] and `tabindex="-1"`.
#[component]
pub fn Screen(
    /// What the browser calls it.
    #[prop(into)]
    title: Signal<&'static str>,
    /// How it is laid out.
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let frame = use_frame();
    let app = tr(|t| t.common.app_name);
    Effect::new(move |_| {
        let place = frame.place.get();
        let (title, app) = (title.get(), app());
        let parts = [title, &place, app];
        document().set_title(&parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" – "));
    });
    Effect::new(move |_| {
        // The first screen of all begins at the top, as every page does.
        if frame.has_moved() {
            dom::focus(TITLE);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
    view! { <main id=MAIN class=format!("screen {class}") tabindex="-1">{children()}</main> }
}
