//! How long the room is ours.

use shared::docs::workshop::WorkshopOp;
use shared::limits::ROOM_MINUTES_MAX;
use web_sys::{Event, SubmitEvent};

use super::Table;
use super::draft::number;
use crate::element::Element;
use crate::i18n;
use crate::reactive::*;
use crate::ui::line_field::{LineField, Trouble, field, value};
use crate::ui::live::{follow, text, word};

const NAME: &str = "room-minutes";

/// The field. It is taken when it is left, or with Enter.
pub fn room_time(table: Table) -> Element {
    let workshop = table.session.workshop();
    let trouble = Trouble::none();
    let known = Memo::new(move |_| workshop.with(|doc| doc.as_ref().map_or(0, |doc| doc.room_minutes)));
    let shown = move |minutes: u16| if minutes == 0 { String::new() } else { minutes.to_string() };
    follow(move || {
        let minutes = known.get();
        // After the field is there; never under the hands of who is writing in it.
        request_animation_frame(move || {
            let focused = document().active_element();
            let free =
                field(NAME).filter(|field| focused.as_ref().is_none_or(|focused| !focused.is_same_node(Some(field))));
            if let Some(field) = free {
                field.set_value(&shown(minutes));
            }
        });
    });
    let take = move || {
        let minutes = number(&value(NAME)).filter(|minutes| *minutes <= ROOM_MINUTES_MAX);
        match minutes {
            None => trouble.set(NAME, |language| {
                i18n::fill(i18n::texts(language).run_sheet.room_wrong, &[("max", &ROOM_MINUTES_MAX.to_string())])
            }),
            Some(minutes) => {
                trouble.clear();
                if minutes != known.get_untracked() {
                    table.done.run(WorkshopOp::SetRoomTime { minutes });
                }
            }
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        take();
    };
    let change: Box<dyn FnMut(Event)> = Box::new(move |_| take());
    let hint = word(|t| t.run_sheet.room_hint);
    let line = LineField {
        name: NAME,
        kind: "text",
        label: word(|t| t.run_sheet.room),
        hint: text(move || hint.get()),
        example: "".into(),
        trouble: trouble.about(NAME),
    };
    view! { <form class="room-time" novalidate on:submit=submit on:change=change>{line.view()}</form> }
}
