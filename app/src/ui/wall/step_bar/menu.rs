//! What the lead needs now and then: back, again, the whole run-sheet.

use shared::StepId;
use shared::docs::workshop::{Whom, WorkshopOp};

use super::{entry, more_button, titled};
use crate::reactive::*;
use crate::ui::conduct::{Desk, Post};
use crate::ui::live::word;
use crate::ui::run_sheet::now::Now;
use crate::ui::run_sheet::sheet::{self, Beside, sheet};
use crate::ui::wall::View;

/// The quiet button, with its sheet.
pub fn menu(view: View, now: Memo<Option<Now>>, desk: Desk) -> AnyView {
    let open = RwSignal::new(0_u32);
    let content = move |_| now.get_untracked().map(|now| content(view, &now, desk)).into_any();
    let press = Box::new(move |_| open.set(1));
    view! {
        {more_button("step-menu".to_owned(), word(|t| t.wall.step_menu), press)}
        {sheet(open, Beside::Closes, content)}
    }
    .into_any()
}

fn content(view: View, now: &Now, desk: Desk) -> AnyView {
    let here = now.step.id;
    let go = move |step: StepId| {
        // Refused where somebody else was faster: the bar says where the room is.
        let _ = view.session.conduct(WorkshopOp::GoTo { whom: Whom::All, from: Some(here), step });
        sheet::close();
    };
    let back = now.before.clone().map(|before| entry(titled(|t| t.wall.back_to, before.title), move || go(before.id)));
    let run_sheet = move || {
        sheet::close();
        desk.go(Post::RunSheet);
    };
    view! {
        <div class="sheet-body">
            <h2 id=sheet::TITLE>{word(|t| t.wall.step_menu)}</h2>
            {back}
            {entry(titled(|t| t.wall.again, now.step.title.clone()), move || go(here))}
            {entry(word(|t| t.wall.run_sheet), run_sheet)}
            {sheet::close_button()}
        </div>
    }
    .into_any()
}
