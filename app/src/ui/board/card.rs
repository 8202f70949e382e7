//! One card with its branch: the theme and every cause alike. Each part follows its own signal, so that a letter moves one text.

use leptos::ev;
use shared::CardId;
use shared::docs::board::{Kept, StarFor};

use super::commands::{below, quote};
use super::piece::{Button, anew, filled, flag, said, text, when, word};
use super::state::BoardState;
use super::{Sheet, coach, draft, find, lanes, links, marks, presence, reactions, reading, screen, tree};
use crate::edit::Target;
use crate::i18n::fill;
use crate::reactive::*;
use crate::store::CardView;

/// Levels that have a tint of earth of their own.
const TINTS: usize = 6;

/// The level as a word: it is never told by colour alone.
pub fn level_label(state: BoardState, level: usize) -> Signal<String> {
    text(move || {
        let t = &state.t().board;
        if level == 0 { t.theme.to_owned() } else { fill(t.level, &[("n", &level.to_string())]) }
    })
}

/// Which tint a level has.
pub const fn tint(level: usize) -> usize {
    if level > TINTS { TINTS } else { level }
}

/// A card, as its parts need it.
#[derive(Clone, Copy)]
struct Face {
    state: BoardState,
    id: CardId,
    view: Signal<CardView>,
    level: Signal<String>,
    chosen: Memo<bool>,
    folded: Memo<bool>,
    parent: Signal<bool>,
    tab: Signal<&'static str>,
}

/// A card and what is below it.
pub fn node(state: BoardState, id: CardId, level: usize) -> AnyView {
    let children = state.board.children(id);
    let chosen = Memo::new(move |_| state.chosen.get() == id);
    let face = Face {
        state,
        id,
        view: state.board.card(id).into(),
        level: level_label(state, level),
        chosen,
        folded: Memo::new(move |_| state.folded.with(|folded| folded.contains_key(&id))),
        parent: flag(move || children.with(|children| !children.is_empty())),
        tab: Signal::derive(move || if chosen.get() { "0" } else { "-1" }),
    };
    let open = said(flag(move || !face.folded.get()));
    let expanded = Signal::derive(move || if face.parent.get() { open.get() } else { None });
    view! {
        <li
            id=screen::id_of(id)
            class="node"
            role="treeitem"
            aria-level=level + 1
            aria-expanded=expanded
            aria-selected=said(chosen.into())
            aria-label=text(move || face.read_aloud())
            tabindex=face.tab
        >
            {face.draw(tint(level))}
            {tree::branch(state, id, level + 1)}
        </li>
    }
    .into_any()
}

impl Face {
    fn is_theme(self) -> bool {
        self.id == CardId::THEME
    }

    fn read_aloud(self) -> String {
        let (t, card) = (self.state.t(), self.view.get());
        let words = if card.text.is_empty() { t.board.no_words } else { &card.text };
        let mut parts = vec![format!("{}: {words}", self.level.get())];
        parts.extend(marks::of(t, &card).into_iter().map(|mark| mark.word));
        parts.extend((card.star.is_for(StarFor::RootCause)).then(|| t.board.root_cause.to_owned()));
        parts.extend(reading::spoken(self.state, self.id));
        parts.extend(presence::name_or_you(self.state, card.by));
        parts.join(t.board.and)
    }

    /// What one sees of the card.
    fn draw(self, tint: usize) -> AnyView {
        let Self { state, id, view, chosen, .. } = self;
        let editing = Memo::new(move |_| state.writing.get().filter(|w| w.target == Target::Card(id)).map(|w| w.n));
        let fresh = flag(move || state.fresh.with(|fresh| fresh.contains_key(&id)));
        let tap: Box<dyn FnMut(ev::MouseEvent)> = Box::new(move |event| choose_by_tap(state, id, &event));
        let idle = flag(move || editing.get().is_none());
        view! {
            <div
                class="card"
                class:theme=self.is_theme()
                class:chosen=flag(move || chosen.get())
                class:fresh=fresh
                class:stands-back=find::stands_back(state, id)
                class:starred=flag(move || view.with(|card| card.star.is_for(StarFor::RootCause)))
                class:removed=flag(move || view.with(|card| card.kept != Kept::Yes))
                data-level=tint
                on:click=tap
            >
                {self.head(fresh)}
                {anew(move || editing.get().map(|n| draft::inside(state, n, id)))}
                {when(idle, move || self.words())}
                {when(idle, move || self.foot())}
            </div>
        }
        .into_any()
    }

    fn head(self, fresh: Signal<bool>) -> AnyView {
        let Self { state, view, .. } = self;
        let writers = presence::writers(state, self.id);
        let author = text(move || presence::name_or_you(state, view.with(|card| card.by)).unwrap_or_default());
        let new = move || view! { <span class="new">{word(|t| t.board.new)}</span> }.into_any();
        view! {
            <p class="card-head">
                <span class="level">{self.level}</span>
                {lanes::on_card(view)}
                {when(fresh, new)}
                <span class="author">{author}</span>
                <span class="writers">{writers}</span>
            </p>
        }
        .into_any()
    }

    fn words(self) -> AnyView {
        let Self { state, view, .. } = self;
        let empty = flag(move || view.with(|card| card.text.is_empty()));
        let theme = self.is_theme();
        let words = text(move || match (empty.get(), theme, state.writes.get()) {
            (false, ..) => view.with(|card| card.text.clone()),
            (true, true, true) => state.t().board.theme_empty.to_owned(),
            (true, true, false) => state.t().board.theme_none.to_owned(),
            (true, false, _) => state.t().board.no_words.to_owned(),
        });
        view! {
            <p class="card-text" class:empty=empty>{words}</p>
            {marks::evidence(state, view)}
            {marks::marks(state, view)}
            {reading::mark(state, self.id)}
            {links::on_card(state, self.id, self.tab)}
            {coach::under(state, self.id)}
            {reactions::counts(state, self.id, self.tab)}
        }
        .into_any()
    }

    /// What one can do with the card; the one thing first in size and last in the row, under the thumb.
    fn foot(self) -> AnyView {
        let Self { state, id, view, chosen, tab, .. } = self;
        let quoted = text(move || view.with(|card| quote(&card.text)));
        let called = move |text: super::piece::Word| filled(text, quoted);
        let writes: Signal<bool> = state.writes.into();
        let theme = self.is_theme();
        // An empty theme is itself the button.
        let acts = flag(move || writes.get() && !(theme && view.with(|card| card.text.is_empty())));
        let first = move || {
            if theme {
                let edit = Button::shape("icon-button", "✎", word(|t| t.board.edit_theme)).tab(tab);
                return when(acts, move || edit.on(move || state.write_in(id)));
            }
            Button::shape("icon-button more", "⋯", called(|t| t.board.more_of)).tab(tab).on(move || {
                state.chosen.set(id);
                state.sheet.set(Some(Sheet::Card(id)));
            })
        };
        let look = Signal::derive(move || if chosen.get() { "button why primary" } else { "button why" });
        let why = move || {
            let why = Button::new("", word(|t| t.board.why)).class(look).tab(tab);
            why.called(called(|t| t.board.write_why_of)).on(move || state.write_child(id))
        };
        let other = move || {
            let other = Button::new("button quiet other", word(|t| t.board.other)).tab(tab);
            other.called(called(|t| t.board.other_of)).on(move || state.write_sibling(id))
        };
        view! {
            <div class="card-foot">
                {first()}
                {self.fold()}
                <span class="gap"></span>
                {when(flag(move || !theme && writes.get()), other)}
                {when(acts, why)}
            </div>
        }
        .into_any()
    }

    /// Folds the branch away, and says how much is folded.
    fn fold(self) -> AnyView {
        let Self { state, id, folded, parent, tab, .. } = self;
        let changed = state.board.changed();
        let count = text(move || {
            changed.track();
            let below = if folded.get() { state.board.read(|board| below(board, id)) } else { None };
            below.map(|below| below.to_string()).unwrap_or_default()
        });
        let label = text(move || {
            let t = &state.t().board;
            if folded.get() { fill(t.unfold, &[("n", &count.get())]) } else { t.fold.to_owned() }
        });
        let shape = Signal::derive(move || if folded.get() { "▸" } else { "▾" });
        let fold = move || {
            let fold = Button::new("button quiet fold", count).with_shape(shape).called(label).tab(tab);
            fold.on(move || state.fold(id))
        };
        let theme = self.is_theme();
        when(flag(move || !theme && parent.get()), fold)
    }
}

/// A tap beside the buttons chooses the card; one that ends a selection of text does not.
fn choose_by_tap(state: BoardState, id: CardId, event: &ev::MouseEvent) {
    let in_button = event.target().is_some_and(|target| screen::in_button(&target));
    if in_button || screen::selects_text() {
        return;
    }
    let empty = state.board.card(id).with_untracked(|card| card.text.is_empty());
    if id == CardId::THEME && empty && state.may_write() && state.writing.get_untracked().is_none() {
        state.write_in(id);
    } else {
        state.choose(id);
    }
}
