//! The field in which a card is written. Uncontrolled: the browser owns what is in it, above all during a conversion.
//!
//! Between `compositionstart` and `compositionend` nothing is read from the field, written to it or sized. What others wrote in
//! the card meanwhile arrives when the conversion has ended.
//!
//! A typed letter is on the screen before it is taken into the card: who types sees each key at once, however large the board is.
//! Whatever could come between (another key, a conversion, leaving the field or the page) takes it first.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::ev;
use send_wrapper::SendWrapper;
use shared::Reject;
use shared::limits::CARD_CHARS_MAX;
use shared::presence::Doing;
use shared::text::tidy;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::field::{Field, Step};
use super::keys::{Done, Keys, is_letter, is_one_letter, leave};
use super::target::Target;
use crate::element::{Place as Spot, when_there};
use crate::i18n::{self, tr};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::{BoardStore, StepKey, Words};

/// The limit, as the field counts.
#[allow(clippy::cast_possible_truncation)]
const MAX: u32 = CARD_CHARS_MAX as u32;

/// With so many characters left the field begins to tell how many.
const TELL_FROM: u32 = 30;

/// What the field says about itself, below.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Note {
    Nothing,
    Left(u32),
    TooLong(u32),
    Refused(Reject),
}

struct State {
    board: BoardStore,
    target: RwSignal<Target>,
    field: RefCell<Field>,
    composing: Cell<bool>,
    /// Something was written that is painted first and taken then.
    waits: Cell<bool>,
    left: Cell<bool>,
    step: StepKey,
    made: Rc<dyn Fn(Target, StepKey)>,
    done: Rc<dyn Fn(Done)>,
    note: RwSignal<Note>,
    element: Spot,
}

impl State {
    fn element(&self) -> Option<HtmlTextAreaElement> {
        self.element.try_get_untracked().flatten()?.dyn_into().ok()
    }

    fn leave(&self, how: Done) {
        self.take();
        // Words that could not be taken are in the field alone: only Escape gives them up.
        if how != Done::Escape && self.holds_untaken() {
            return;
        }
        // A field is left once: what closes it takes its focus away too.
        if !self.left.replace(true) {
            (self.done)(how);
        }
    }

    fn holds_untaken(&self) -> bool {
        let trouble = matches!(self.note.try_get_untracked(), Some(Note::TooLong(_) | Note::Refused(_)));
        trouble && self.element().is_some_and(|element| !element.value().trim().is_empty())
    }

    fn away(&self) {
        self.board.doing(Doing::Reading);
        let active = document().active_element();
        let active = self.element().is_some_and(|element| active.is_some_and(|active| active == **element));
        // Another window or app came in front: whoever comes back writes on.
        if !active {
            self.leave(Done::Away);
        }
    }

    /// Takes what the field holds into the card once that is on the screen.
    fn take_soon(self: Rc<Self>) {
        if let Some(element) = self.element() {
            self.fit(&element);
        }
        if !self.waits.replace(true) {
            dom::after_paint(move || self.take_waiting());
        }
    }

    /// What waits to be taken is taken now.
    fn take_waiting(&self) {
        if self.waits.get() {
            self.take();
        }
    }

    /// Takes what the field holds into the card.
    fn take(&self) {
        if let Some(element) = self.read() {
            self.fit(&element);
            self.show();
        }
    }

    /// The same, and the field is left as it is.
    fn read(&self) -> Option<HtmlTextAreaElement> {
        self.waits.set(false);
        let element = self.element().filter(|_| !self.composing.get())?;
        let (value, caret) = (element.value(), caret_of(&element));
        let target = self.target.try_get_untracked()?;
        match target.words() {
            Some(words) => self.edit(words, &value, caret),
            None => self.add(target, &value),
        }
        Some(element)
    }

    /// A conversion begins: from now on the field is its own. A letter before it is taken still.
    fn convert(&self) {
        if self.waits.get() {
            self.read();
        }
        self.composing.set(true);
    }

    fn add(&self, target: Target, value: &str) {
        let text = tidy(value);
        let length = count(&text);
        if text.trim().is_empty() {
            self.note.try_set(Note::Nothing);
            return;
        }
        if length > MAX {
            self.note.try_set(Note::TooLong(length - MAX));
            return;
        }
        let made = match target {
            Target::New(parent, place) => self.board.add(parent, place, &text, Some(self.step)).map(Target::Card),
            Target::NewNote(on) => self.board.add_note(on, &text, Some(self.step)).map(Target::Note),
            there => Ok(there),
        };
        match made {
            Ok(made) => {
                let words = made.words().map(|words| self.board.text(words));
                self.field.replace(Field::new(words.unwrap_or_default()));
                self.target.try_set(made);
                self.board.doing(made.doing());
                // Blurring as it leaves the page, a field may outlive whoever asked for it.
                (self.made)(made, self.step);
                self.say_left(length);
            }
            Err(why) => {
                self.note.try_set(Note::Refused(why));
            }
        }
    }

    fn edit(&self, words: Words, value: &str, caret: u32) {
        let start = self.board.next_chars(0);
        let step = self.field.borrow().read(value, caret, start, MAX);
        match step {
            Step::Same => self.say_left(self.board.text(words).chars()),
            Step::TooLong(by) => {
                self.note.try_set(Note::TooLong(by));
            }
            Step::Edits(edits) => {
                self.board.next_chars(count(value));
                let (edits, refused) = self.board.edit(words, edits, Some(self.step));
                self.field.borrow_mut().wrote(&edits);
                match refused {
                    None => self.say_left(self.board.text(words).chars()),
                    Some(why) => {
                        self.note.try_set(Note::Refused(why));
                    }
                }
            }
        }
    }

    fn say_left(&self, length: u32) {
        let left = MAX.saturating_sub(length);
        self.note.try_set(if left <= TELL_FROM { Note::Left(left) } else { Note::Nothing });
    }

    /// Brings the field up to date with the card: what others wrote, what was tidied. Never during a conversion, and never
    /// over words that could not be taken yet.
    fn show(&self) {
        let Some(element) = self.element().filter(|_| !self.composing.get()) else { return };
        let Some(words) = self.target.try_get_untracked().and_then(Target::words) else { return };
        let value = element.value();
        let unsaved = tidy(&value) != self.field.borrow().shown() && value != self.field.borrow().shown();
        if unsaved {
            return;
        }
        let text = self.board.text(words);
        let reads = text.read();
        let caret = self.field.borrow_mut().show(text, &value, caret_of(&element));
        if reads != value {
            element.set_value(&reads);
            // Only a field that has the focus has a caret to keep; elsewhere the browser would scroll to it.
            let _ = element.set_selection_range(caret, caret);
            self.fit(&element);
        }
    }

    /// As high as its text, where the browser does not see to it by itself.
    fn fit(&self, element: &HtmlTextAreaElement) {
        if !dom::sizes_fields() && !self.composing.get() {
            let style = web_sys::HtmlElement::style(element);
            // A height that cannot be set leaves a field that scrolls.
            let _ = style.set_property("height", "auto");
            let _ = style.set_property("height", &format!("{}px", element.scroll_height()));
        }
    }

    fn doing(&self) -> Doing {
        self.target.get_untracked().doing()
    }
}

fn caret_of(element: &HtmlTextAreaElement) -> u32 {
    element.selection_end().ok().flatten().unwrap_or(0)
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// A field, as it is asked for.
pub struct Wanted {
    /// The board that is written on.
    pub board: BoardStore,
    /// What is written in.
    pub target: Target,
    /// What the field is, for those who cannot see where it stands.
    pub label: Signal<String>,
    /// An example or question in the empty field.
    pub placeholder: Signal<String>,
    /// Which keys leave it.
    pub keys: Keys,
    /// Called with what the first word made, and the step that it belongs to.
    pub made: Rc<dyn Fn(Target, StepKey)>,
    /// Called when it is left.
    pub done: Rc<dyn Fn(Done)>,
}

/// A field that takes the focus when it appears.
pub fn text_field(wanted: Wanted) -> AnyView {
    let Wanted { board, target, label, placeholder, keys, made, done } = wanted;
    let element = Spot::default();
    let target = RwSignal::new(target);
    let note = RwSignal::new(Note::Nothing);
    let field = target.get_untracked().words().map(|words| Field::new(board.text(words))).unwrap_or_default();
    let (field, step) = (RefCell::new(field), board.step());
    let [composing, waits, left] = [(); 3].map(|()| Cell::new(false));
    let state = Rc::new(State { board, target, field, composing, waits, left, step, made, done, note, element });
    begin(&state);
    let with = |act: fn(&State)| {
        let state = state.clone();
        move || act(&state)
    };
    let (focused, start) = (with(|s| s.board.doing(s.doing())), with(State::convert));
    let end = with(|state| {
        state.composing.set(false);
        state.take();
    });
    let away = with(State::away);
    let (by_letter, by_key, by_line) = (state.clone(), state.clone(), state.clone());
    view! {
        <textarea
            node_ref=element
            class="field"
            rows="1"
            enterkeyhint="done"
            autocomplete="off"
            aria-label=label
            placeholder=placeholder
            on:input=move |event: ev::Event| {
                if is_one_letter(&event) { by_letter.clone().take_soon() } else { by_letter.take() }
            }
            on:compositionstart=move |_| start()
            on:compositionend=move |_| end()
            on:focus=move |_| focused()
            on:keydown=move |event: ev::KeyboardEvent| {
                by_key.take_waiting();
                let how = leave(&event, keys);
                if how.is_some() || is_letter(&event) {
                    event.stop_propagation();
                }
                if let Some(how) = how {
                    event.prevent_default();
                    by_key.leave(how);
                }
            }
            on:beforeinput=move |event: ev::InputEvent| {
                // On-screen keyboards send their "done" as a line break, often without a key that says Enter.
                let line = matches!(event.input_type().as_str(), "insertLineBreak" | "insertParagraph");
                if line && !event.is_composing() {
                    event.prevent_default();
                    by_line.leave(Done::Enter);
                }
            }
            on:blur=move |_| away()
        ></textarea>
        {field_note(note)}
    }
    .into_any()
}

/// Fills the field once it is there, and keeps it up to date with what others write.
fn begin(state: &Rc<State>) {
    let first = state.clone();
    when_there(state.element, move |element: HtmlTextAreaElement| {
        element.set_value(&first.field.borrow().shown());
        first.fit(&element);
        // The caret goes to the end of what is there. A field that is gone again needs none.
        let end = element.value().encode_utf16().count();
        let end = u32::try_from(end).unwrap_or(0);
        let _ = element.focus();
        let _ = element.set_selection_range(end, end);
    });
    let later = state.clone();
    Effect::new(move |_| {
        match later.target.get() {
            Target::Card(card) | Target::Line(card, _) => later.board.card(card).track(),
            Target::Note(_) | Target::Pair(..) => later.board.changed().track(),
            Target::New(..) | Target::NewNote(_) => return,
        }
        later.show();
    });
    // Whoever leaves the page, or has it taken away, has written what the field holds.
    let (hidden, gone) = (state.clone(), SendWrapper::new(state.clone()));
    let hides = window_event_listener_untyped("pagehide", move |_| hidden.take_waiting());
    on_cleanup(move || {
        gone.take_waiting();
        hides.remove();
    });
}

/// How many characters are left, or why the last ones were not taken.
fn field_note(note: RwSignal<Note>) -> AnyView {
    let (left, too_long) = (tr(|t| t.everywhere.chars_left), tr(|t| t.everywhere.chars_over));
    let text = move || match note.get() {
        Note::Nothing => String::new(),
        Note::Left(n) => i18n::fill(left(), &[("n", &n.to_string())]),
        Note::TooLong(n) => i18n::fill(too_long(), &[("n", &n.to_string())]),
        Note::Refused(why) => i18n::reject(i18n::now(), why),
    };
    let trouble = move || matches!(note.get(), Note::TooLong(_) | Note::Refused(_));
    view! { <p class="field-note" class:trouble=trouble aria-live="polite">{text}</p> }.into_any()
}
