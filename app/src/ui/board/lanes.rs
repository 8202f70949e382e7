//! First-level lanes, by actor or by stage: only for groups that want them.

use leptos::ev;
use shared::limits::LANE_CHARS_MAX;
use shared::{CardId, LaneId};

use super::piece::{Button, filled, flag, text, when, word};
use super::state::BoardState;
use crate::i18n;
use crate::platform::dom;
use crate::reactive::*;
use crate::store::CardView;

const FIELD: &str = "lane-name";

fn all(state: BoardState) -> Memo<Vec<(LaneId, String)>> {
    let changed = state.board.changed();
    Memo::new(move |_| {
        changed.track();
        let lanes = state.board.read(|board| {
            let named = board.lanes.iter().filter(|(_, lane)| !lane.name.is_empty());
            named.map(|(id, lane)| (*id, lane.name.clone())).collect()
        });
        lanes.unwrap_or_default()
    })
}

/// The sheet's content.
pub fn lanes(state: BoardState) -> AnyView {
    let lanes = all(state);
    let row = move |(id, name): (LaneId, String)| {
        let label = filled(|t| t.craft.drop_lane, name.clone().into());
        let drop = Button::shape("icon-button", "×", label).on(move || state.drop_lane(id));
        view! { <li class="linked-row"><p class="sheet-line">{name}</p>{drop}</li> }.into_any()
    };
    let rows = move || lanes.get().into_iter().map(row).collect_view();
    let trouble = RwSignal::new(String::new());
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(field) = dom::by_id::<web_sys::HtmlInputElement>(FIELD) else { return };
        let name = field.value().trim().to_owned();
        if name.is_empty() {
            return;
        }
        match state.add_lane(&name) {
            Ok(()) => {
                field.set_value("");
                trouble.set(String::new());
            }
            Err(why) => trouble.set(i18n::reject(state.texts(), why)),
        }
    };
    let none = move || view! { <p class="hint">{word(|t| t.craft.no_lanes_yet)}</p> }.into_any();
    view! {
        <h2 id="board-sheet-title">{word(|t| t.craft.lanes)}</h2>
        <p class="hint">{word(|t| t.craft.lanes_hint)}</p>
        <form class="lane-form" on:submit=add>
            <label for=FIELD>{word(|t| t.craft.lane_name)}</label>
            <div class="lane-row">
                <input
                    class="field"
                    id=FIELD
                    maxlength=LANE_CHARS_MAX
                    autocomplete="off"
                    enterkeyhint="done"
                    placeholder=word(|t| t.craft.lane_example)
                    on:keydown=crate::ui::line_field::keep_conversion
                />
                <button type="submit" class="button primary">{word(|t| t.craft.add_lane)}</button>
            </div>
            <p class="trouble" role="alert">{text(move || trouble.get())}</p>
        </form>
        {when(flag(move || lanes.with(Vec::is_empty)), none)}
        <ul class="linked">{rows}</ul>
    }
    .into_any()
}

/// Which lane a first-level cause lies in: only where there are lanes.
pub fn choice(state: BoardState, id: CardId, view: Signal<CardView>) -> AnyView {
    let lanes = all(state);
    let first = flag(move || view.with(|card| card.parent == Some(CardId::THEME)));
    let now = move || view.with(|card| card.lane.as_ref().map(|(lane, _)| *lane));
    let none = Button::new("button toggle", word(|t| t.craft.no_lane));
    let one = move |(lane, name): (LaneId, String)| {
        let button = Button::new("button toggle", name.clone().into()).pressed(flag(move || now() == Some(lane)));
        button.on(move || state.put_in_lane(id, Some((lane, name.clone()))))
    };
    let buttons = move || {
        view! {
            <div class="sheet-group" role="group" aria-labelledby="board-lane">
                <p id="board-lane" class="hint">{word(|t| t.craft.lane_of)}</p>
                <div class="chips-row">
                    {move || lanes.get().into_iter().map(one).collect_view()}
                    {none.pressed(flag(move || now().is_none())).on(move || state.put_in_lane(id, None))}
                </div>
            </div>
        }
        .into_any()
    };
    when(flag(move || first.get() && lanes.with(|lanes| !lanes.is_empty())), buttons)
}

/// The lane on the card.
pub fn on_card(view: Signal<CardView>) -> AnyView {
    let name = text(move || view.with(|card| card.lane.as_ref().map(|(_, name)| name.clone())).unwrap_or_default());
    when(flag(move || !name.with(String::is_empty)), move || view! { <span class="lane">{name}</span> }.into_any())
}
