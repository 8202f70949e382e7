//! Screens. Each module has a stylesheet of its name in `style/` and a catalogue of its name in `i18n/`.

use web_sys::Element;

use self::at_board::Seen;
use self::later::Later;
use self::lead::Lead;
use self::live::{way, word};
use self::screen::screen;
use self::shell::{Frame, shell};
use crate::element::anew;
use crate::i18n::Speech;
use crate::platform::dom;
use crate::reactive::*;
use crate::route::{Route, Router};

mod ask;
mod at_board;
pub mod board;
mod chunks;
mod conduct;
mod dots;
mod home;
mod inside;
mod join;
mod kept;
mod later;
mod lead;
mod line_field;
mod lit;
pub mod live;
mod lobby;
mod notices;
mod projector;
mod removed;
mod roots;
mod run_sheet;
mod screen;
mod seat;
mod seating;
mod shell;
mod sideways;
mod start;
pub mod step;
mod theme;
mod wall;
mod workshop;

/// The whole page.
pub fn app() -> AnyView {
    provide_context(Speech::begin());
    let router = Router::begin();
    provide_context(router);
    provide_context(Frame::begin());
    provide_context(Later::begin());
    if let Some(loading) = dom::by_id::<Element>("loading") {
        loading.remove();
    }
    // The back button may lead to where we are already: only another place is another screen.
    let path = Memo::new(move |_| router.path());
    let here = anew(Box::new(move || match Route::parse(&path.get()) {
        Route::Home => home::home(),
        Route::New => later::lead(Lead::Start),
        Route::Join(code, table) => join::join(code, table),
        Route::Workshop(id) => workshop::workshop(id, Seen::Usual),
        Route::Projector(id) => workshop::workshop(id, Seen::Projector),
        Route::Unknown => lost(),
    }));
    shell(here).into_any()
}

/// An address that leads nowhere.
fn lost() -> AnyView {
    let title = word(|t| t.everywhere.unknown_title);
    let content = view! {
        <h1 id=screen::TITLE tabindex="-1">{title}</h1>
        <p>{word(|t| t.everywhere.unknown)}</p>
        <p>{way("button primary", Route::Home, word(|t| t.everywhere.to_home).into_any())}</p>
    };
    screen("narrow", title, content.into_any())
}
