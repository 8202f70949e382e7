//! Dragging a card to another place with a mouse or a pen, where the tree is drawn sideways: an extra beside the picker and the
//! keys, and it does what they do. Knows pointers and words. What is under a pointer, `ui::sideways` says; where a card may hang,
//! `shared`.

use shared::docs::board::{Board, Kept};
use shared::{CardId, Reject};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, PointerEvent, Window};

use super::super::live::hear_first;
use super::super::sideways::{self, Aim, Part, length_of, pixels};
use super::commands::{Step, below};
use super::piece::{flag, text, when};
use super::screen;
use super::state::{BoardState, Offer};
use crate::i18n::{self, fill};
use crate::platform::dom;
use crate::reactive::*;

/// What moves less was a press.
const SLACK: f64 = 6.0;
/// Where the ghost is, seen from the pointer: it hides nothing that one aims at.
const BESIDE: (f64, f64) = (14.0, 10.0);

/// What happens when the card is let go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Landing {
    /// Nothing is there.
    Nowhere,
    /// It is there already.
    Here,
    /// It becomes a cause of this card.
    Under(CardId),
    /// It comes to stand above or below this card, under the same effect.
    Beside(CardId, Step),
    /// It may not go there.
    Refused(Reject),
}

/// A pointer that is down on a card.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Held {
    card: CardId,
    pointer: i32,
    from: (f64, f64),
    drags: bool,
}

/// What is shown while a card is dragged.
#[derive(Clone, PartialEq, Debug)]
struct Shown {
    card: CardId,
    aim: Option<Aim>,
    landing: Landing,
}

/// The one card that is dragged, if any.
#[derive(Clone, Copy)]
pub struct Drag {
    state: BoardState,
    held: StoredValue<Option<Held>>,
    shown: RwSignal<Option<Shown>>,
    at: RwSignal<(f64, f64)>,
}

const EVENTS: [&str; 8] =
    ["pointerdown", "mousedown", "pointermove", "pointerup", "pointercancel", "lostpointercapture", "blur", "keydown"];

impl Drag {
    /// Begins to listen: a key that ends a drag is no command.
    pub fn begin(state: BoardState) -> Self {
        let drag =
            Self { state, held: StoredValue::new(None), shown: RwSignal::new(None), at: RwSignal::new((0.0, 0.0)) };
        hear_first(&EVENTS, Box::new(move |event| drag.hear(&event)));
        drag
    }

    /// Whether a card is dragged.
    pub fn is_on(self) -> Signal<bool> {
        flag(move || self.shown.with(Option::is_some))
    }

    fn hear(self, event: &Event) {
        let held = self.held.try_get_value().flatten();
        match (event.type_().as_str(), held) {
            ("pointerdown", None) => self.held.set_value(event.dyn_ref().and_then(|event| self.press(event))),
            // The second press of two selects words.
            ("mousedown", Some(held)) if !held.drags && presses(event) > 1 => self.held.set_value(None),
            ("pointermove", Some(held)) => self.moved(held, event.unchecked_ref()),
            ("pointerup", Some(held)) if of(held, event) => self.drop(held, event),
            ("pointercancel" | "lostpointercapture", Some(held)) if of(held, event) => self.end(),
            ("pointerdown", Some(_)) => self.end(),
            // The window's own: a press takes the focus from other things.
            ("blur", Some(_)) if event.target().is_some_and(|target| target.has_type::<Window>()) => self.end(),
            ("keydown", Some(held)) if held.drags => {
                event.prevent_default();
                event.stop_propagation();
                if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
                    self.end();
                }
            }
            _ => {}
        }
    }

    /// Whether a press may become a drag.
    fn press(self, event: &PointerEvent) -> Option<Held> {
        let state = self.state;
        let strange = event.pointer_type() == "touch" || !event.is_primary() || event.button() != 0;
        let held = event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key();
        let busy = !state.may_write() || state.writing.try_get_untracked() != Some(None) || state.is_converting();
        let target = event.target().filter(|target| !screen::in_button(target) && !screen::takes_keys(target))?;
        if strange || held || busy || screen::selects_text() || !sideways::is_on() {
            return None;
        }
        let card = target.dyn_into::<Element>().ok()?.closest("#board-tree .card").ok().flatten()?;
        let card = screen::card_of(&card.closest(".node").ok().flatten()?.id())?;
        let moves = card != CardId::THEME && card != state.root.get_untracked() && state.is_seen(card);
        moves.then_some(Held { card, pointer: event.pointer_id(), from: place(event), drags: false })
    }

    fn moved(self, held: Held, event: &PointerEvent) {
        if !of(held, event) {
            return;
        }
        // Let go where nobody saw it, or another button came to it.
        if event.buttons() != 1 {
            return self.end();
        }
        let at = place(event);
        self.at.set(at);
        let far = (at.0 - held.from.0).hypot(at.1 - held.from.1);
        if !held.drags && far > SLACK {
            self.take(held);
        }
    }

    /// The card is lifted.
    fn take(self, held: Held) {
        let state = self.state;
        self.held.set_value(Some(Held { drags: true, ..held }));
        if let Some(window) = dom::by_id::<Element>(screen::SCROLLER) {
            // A pointer that is gone already needs no holding.
            let _ = window.set_pointer_capture(held.pointer);
        }
        screen::unselect();
        state.chosen.set(held.card);
        self.shown.set(Some(Shown { card: held.card, aim: None, landing: Landing::Here }));
        self.follow();
    }

    /// Once for every picture: what is meant now, and whether all of it is still there.
    fn follow(self) {
        let Some(Some(Shown { card, .. })) = self.shown.try_get_untracked() else { return };
        let (x, y) = self.at.get_untracked();
        sideways::pull(x, y);
        if self.look(card).is_some() {
            screen::stand_back(Some(card));
            request_animation_frame(move || self.follow());
        }
    }

    /// Where the card would go now; none if it cannot be dragged any more.
    fn look(self, card: CardId) -> Option<Landing> {
        let state = self.state;
        if !state.is_seen(card) {
            self.gone(card);
            return None;
        }
        if !state.may_write() || !sideways::is_on() {
            self.end();
            return None;
        }
        let (x, y) = self.at.get_untracked();
        let aim = sideways::aim(x, y);
        let meant = aim.as_ref().and_then(|aim| Some((screen::card_of(&aim.id)?, aim.part)));
        let find = |(other, part)| state.board.read(|board| landing(board, card, other, part));
        let landing = meant.and_then(find).unwrap_or(Landing::Nowhere);
        let now = Some(Shown { card, aim, landing });
        if self.shown.with_untracked(|shown| *shown != now) {
            self.shown.set(now);
        }
        Some(landing)
    }

    fn drop(self, held: Held, event: &Event) {
        if !held.drags {
            return self.end();
        }
        self.at.set(place(event.unchecked_ref()));
        let Some(landing) = self.look(held.card) else { return };
        let aim = self.shown.with_untracked(|shown| shown.as_ref().and_then(|shown| shown.aim.clone()));
        self.end();
        // The card comes to where it was let go: what it goes to stays where it is.
        if let (Landing::Under(_) | Landing::Beside(..), Some(aim)) = (landing, aim) {
            sideways::hold(aim.id);
        }
        match landing {
            Landing::Under(parent) => self.state.move_under(held.card, parent),
            Landing::Beside(other, step) => self.state.move_beside(held.card, other, step),
            Landing::Refused(why) => self.state.refuse(why),
            Landing::Nowhere | Landing::Here => {}
        }
    }

    /// Somebody took the card away.
    fn gone(self, card: CardId) {
        self.end();
        let removed = |board: &Board| board.path(card).all(|(_, card)| !matches!(card.kept, Kept::MergedInto(_)));
        let back = self.state.board.read(removed) == Some(true);
        let offer = if back { Offer::Restore(card) } else { Offer::Nothing };
        self.state.say(self.state.texts().sideways.drag_gone.to_owned(), offer);
    }

    fn end(self) {
        let Some(held) = self.held.try_get_value().flatten() else { return };
        self.held.set_value(None);
        if held.drags {
            screen::stand_back(None);
            self.shown.set(None);
            if let Some(window) = dom::by_id::<Element>(screen::SCROLLER) {
                // It may be free already.
                let _ = window.release_pointer_capture(held.pointer);
            }
        }
    }

    /// What is drawn over the tree: where the card would go, and a ghost of it with words.
    pub fn layer(self) -> AnyView {
        let landing = move || self.shown.with(|shown| shown.as_ref().map_or(Landing::Here, |shown| shown.landing));
        let mark = move || match landing() {
            Landing::Under(_) => "drop-mark under",
            Landing::Beside(..) => "drop-mark beside",
            Landing::Refused(_) => "drop-mark refused",
            Landing::Nowhere | Landing::Here => "drop-mark",
        };
        let area = move || {
            let mark = |shown: &Shown| shown.aim.as_ref().map(Aim::mark);
            self.shown.with(|shown| shown.as_ref().and_then(mark)).unwrap_or_default()
        };
        let ghost = move || match landing() {
            Landing::Refused(_) => "drag-ghost refused",
            Landing::Nowhere | Landing::Here => "drag-ghost idle",
            Landing::Under(_) | Landing::Beside(..) => "drag-ghost",
        };
        let layer = move || {
            let card = self.shown.get_untracked().map_or(CardId::THEME, |shown| shown.card);
            let count = self.state.board.read(|board| below(board, card)).unwrap_or_default();
            let more = text(move || fill(self.state.t().sideways.drags_branch, &[("n", &count.to_string())]));
            let more = (count > 0).then(|| view! { <p class="drag-more">{more}</p> });
            view! {
                <div class="drag-layer" aria-hidden="true">
                    <div
                        class=mark
                        style=("translate", move || pixels(area().x, area().y))
                        style=("width", move || length_of(area().width))
                        style=("height", move || length_of(area().height))
                    ></div>
                    <div class=ghost style=("translate", move || {
                        let (x, y) = self.at.get();
                        pixels(x + BESIDE.0, y + BESIDE.1)
                    })>
                        <p class="drag-says">{text(move || self.says(landing()))}</p>
                        <p class="drag-text">{self.state.quoted(card)}</p>
                        {more}
                    </div>
                </div>
            }
            .into_any()
        };
        when(self.is_on(), layer)
    }

    fn says(self, landing: Landing) -> String {
        let texts = self.state.t();
        let t = &texts.sideways;
        match landing {
            Landing::Nowhere => t.drop_nowhere,
            Landing::Here => t.drop_stays,
            Landing::Under(_) => t.drop_under,
            Landing::Beside(_, Step::Up) => t.drop_above,
            Landing::Beside(_, Step::Down) => t.drop_below,
            Landing::Refused(why) => return i18n::reject(texts, why),
        }
        .to_owned()
    }
}

fn landing(board: &Board, card: CardId, other: CardId, part: Part) -> Landing {
    if other == card {
        return Landing::Here;
    }
    let home = board.home(other);
    let (parent, step) = match (part, home) {
        (Part::On, _) | (_, None) => (other, None),
        (Part::Before, Some(home)) => (home, Some(Step::Up)),
        (Part::After, Some(home)) => (home, Some(Step::Down)),
    };
    if let Err(why) = board.may_move(card, parent) {
        return Landing::Refused(why);
    }
    let causes: Vec<CardId> = board.children(parent).map(|(id, _)| id).collect();
    let at = |id| causes.iter().position(|cause| *cause == id);
    let same = match (at(card), step) {
        (None, _) => false,
        (Some(own), None) => own + 1 == causes.len(),
        (Some(own), Some(Step::Up)) => at(other) == Some(own + 1),
        (Some(own), Some(Step::Down)) => own.checked_sub(1).is_some_and(|before| at(other) == Some(before)),
    };
    match step {
        _ if same => Landing::Here,
        None => Landing::Under(parent),
        Some(step) => Landing::Beside(other, step),
    }
}

fn of(held: Held, event: &Event) -> bool {
    event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_id() == held.pointer)
}

fn place(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// How often it was pressed in a row.
fn presses(event: &Event) -> i32 {
    event.dyn_ref::<MouseEvent>().map_or(0, |event| event.detail())
}
