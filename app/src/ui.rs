//! Screens. Each module has a stylesheet of its name in `style/` and a catalogue of its name in `i18n/`.

use leptos::prelude::*;
use web_sys::Element;

use self::home::Home;
use self::join::Join;
use self::screen::Screen;
use self::shell::{Frame, Shell};
use self::workshop::WorkshopScreen;
use crate::i18n::{Speech, tr};
use crate::platform::dom;
use crate::route::{Route, Router};

pub mod board;
mod conduct;
mod home;
mod join;
mod line_field;
mod lobby;
mod notices;
mod roots;
mod screen;
mod seat;
mod shell;
mod theme;
mod wall;
mod workshop;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    provide_context(Speech::begin());
    let router = Router::begin();
    provide_context(router);
    provide_context(Frame::begin());
    if let Some(loading) = dom::by_id::<Element>("loading") {
        loading.remove();
    }
    // The back button may lead to where we are already: only another place is another screen.
    let route = Memo::new(move |_| router.get());
    view! {
        <Shell>
            {move || match route.get() {
                Route::Home => view! { <Home/> }.into_any(),
                Route::Join(code) => view! { <Join code/> }.into_any(),
                Route::Workshop(id) => view! { <WorkshopScreen id/> }.into_any(),
                Route::Unknown => view! { <Lost/> }.into_any(),
            }}
        </Shell>
    }
}

/// An address that leads nowhere.
#[component]
fn Lost() -> impl IntoView {
    view! {
        <Screen title=Signal::derive(tr(|t| t.common.unknown_title)) class="narrow">
            <h1 id=screen::TITLE tabindex="-1">{tr(|t| t.common.unknown_title)}</h1>
            <p>{tr(|t| t.common.unknown)}</p>
            <p><a class="button primary" href="/">{tr(|t| t.common.to_home)}</a></p>
        </Screen>
    }
}
