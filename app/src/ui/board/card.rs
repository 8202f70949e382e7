//! One card with its branch: the theme and every cause alike. Each part follows its own signal, so that a letter moves one text.

use leptos::ev;
use shared::CardId;
use shared::docs::board::{Kept, StarFor};
use shared::docs::workshop::Kind;

use super::commands::{below, quote};
use super::piece::{Button, Word, anew, filled, flag, said, text, when, word};
use super::state::BoardState;
use super::{Sheet, coach, draft, find, lanes, links, marks, presence, reactions, reading, screen, tree};
use crate::edit::Target;
use crate::element::{Child, Element};
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
    fresh: Memo<bool>,
    parent: Signal<bool>,
    tab: Signal<&'static str>,
}

/// A card and what is below it.
pub fn node(state: BoardState, id: CardId, level: usize) -> AnyView {
    let children = state.board.children(id);
    // What concerns this card alone; what is chosen or folded elsewhere it never hears of.
    let mine = move |is: fn(BoardState, CardId) -> bool| {
        Memo::new(move |_| {
            state.concern.track(id);
            is(state, id)
        })
    };
    let chosen = mine(|state, id| state.chosen.get_untracked() == id);
    let face = Face {
        state,
        id,
        view: state.board.card(id).into(),
        level: level_label(state, level),
        chosen,
        folded: mine(|state, id| state.folded.with_untracked(|folded| folded.contains_key(&id))),
        fresh: mine(|state, id| state.fresh.with_untracked(|fresh| fresh.contains_key(&id))),
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

    /// What one sees of the card. A board has hundreds of them: what only some cards have is made only there.
    fn draw(self, tint: usize) -> AnyView {
        let Self { state, id, view, chosen, fresh, .. } = self;
        let editing = Memo::new(move |_| {
            state.concern.track(id);
            state.writing.get_untracked().filter(|w| w.target == Target::Card(id)).map(|w| w.n)
        });
        // A theme that nobody is writing, and that has words.
        let is_settled = move || editing.get().is_none() && view.with(|card| !card.text.is_empty());
        let settled = if self.is_theme() { flag(is_settled) } else { flag(|| false) };
        let tap: Box<dyn FnMut(ev::MouseEvent)> = Box::new(move |event| choose_by_tap(state, id, &event));
        let inside = move || {
            let editing = editing.get();
            Some(untrack(|| editing.map_or_else(|| self.face(), |n| draft::inside(state, n, id))))
        };
        view! {
            <div
                class="card"
                class:theme=self.is_theme()
                class:settled=settled
                class:chosen=flag(move || chosen.get())
                class:fresh=flag(move || fresh.get())
                class:stands-back=find::stands_back(state, id)
                class:starred=flag(move || view.with(|card| card.star.is_for(StarFor::RootCause)))
                class:removed=flag(move || view.with(|card| card.kept != Kept::Yes))
                data-level=tint
                on:click=tap
            >
                {self.head()}
                {anew(inside)}
            </div>
        }
        .into_any()
    }

    fn head(self) -> Element {
        let Self { state, view, fresh, .. } = self;
        let writers = presence::writers(state, self.id);
        let author = text(move || presence::name_or_you(state, view.with(|card| card.by)).unwrap_or_default());
        let tagged = flag(move || fresh.get() || view.with(|card| card.lane.is_some()));
        let new = move || view! { <span class="new">{word(|t| t.board.new)}</span> }.into_any();
        let tags = move || vec![lanes::on_card(view), when(flag(move || fresh.get()), new)].into_any();
        view! {
            <p class="card-head" class:busy=flag(move || writers.with(|writers| !writers.is_empty()))>
                <span class="level">{self.level}</span>
                {when(tagged, tags)}
                <span class="author">{author}</span>
                <span class="writers">{writers}</span>
            </p>
        }
    }

    /// The words, and what can be done.
    fn face(self) -> AnyView {
        let Self { state, id, view, .. } = self;
        let empty = flag(move || view.with(|card| card.text.is_empty()));
        let theme = self.is_theme();
        let words = text(move || match (empty.get(), theme, state.writes.get()) {
            (false, ..) => view.with(|card| card.text.clone()),
            (true, true, true) => state.t().board.theme_empty.to_owned(),
            (true, true, false) => state.t().board.theme_none.to_owned(),
            (true, false, _) => state.t().board.no_words.to_owned(),
        });
        let says_more = flag(move || {
            state.concern.track(id);
            untrack(|| state.coach.about()) == Some(id) || view.with(CardView::says_more)
        });
        view! {
            <p class="card-text" class:empty=empty>{words}</p>
            {when(says_more, move || self.more())}
            {self.foot()}
        }
        .into_any()
    }

    /// What was said about the card.
    fn more(self) -> AnyView {
        let Self { state, id, view, tab, .. } = self;
        view! {
            {marks::evidence(state, view)}
            {marks::marks(state, view)}
            {reading::mark(state, id)}
            {links::on_card(state, id, tab)}
            {coach::under(state, id)}
            {reactions::counts(state, id, tab)}
        }
        .into_any()
    }

    /// What one can do with the card; the one thing first in size and last in the row, under the thumb.
    fn foot(self) -> AnyView {
        let Self { state, id, view, tab, .. } = self;
        let writes: Signal<bool> = state.writes.into();
        let theme = self.is_theme();
        // An empty theme is itself the button.
        let acts = flag(move || writes.get() && !(theme && view.with(|card| card.text.is_empty())));
        let first: Child = if theme {
            let edit = Button::shape("icon-button", "✎", word(|t| t.board.edit_theme)).tab(tab);
            when(acts, move || edit.on(move || state.write_in(id))).into()
        } else {
            let more = Button::shape("icon-button more", "⋯", self.called(|t| t.board.more_of)).tab(tab);
            let open = move || {
                state.chosen.set(id);
                state.sheet.set(Some(Sheet::Card(id)));
            };
            more.part(open).into()
        };
        view! {
            <div class="card-foot">
                {first}
                {self.fold()}
                <span class="gap"></span>
                {self.ways(acts)}
            </div>
        }
        .into_any()
    }

    /// What a button of this card is called.
    fn called(self, sentence: Word) -> Signal<String> {
        filled(sentence, text(move || self.view.with(|card| quote(&card.text))))
    }

    /// What one does with it most: asks on, or stars it where the step is about that.
    fn ways(self, acts: Signal<bool>) -> AnyView {
        let theme = self.is_theme();
        let ways = Memo::new(move |_| {
            let stars = !theme && self.state.step.get() == Some(Kind::Star);
            acts.get().then_some(stars)
        });
        anew(move || ways.get().map(|stars| untrack(|| if stars { self.stars() } else { self.asks() })))
    }

    /// The root-cause star.
    fn stars(self) -> AnyView {
        let Self { state, id, view, tab, .. } = self;
        let starred = flag(move || view.with(|card| card.star.is_for(StarFor::RootCause)));
        let shape = Signal::derive(move || if starred.get() { "★" } else { "☆" });
        let label = text(move || {
            let t = &state.t().step;
            if starred.get() { t.unstar } else { t.star }.to_owned()
        });
        let star = Button::new("button toggle star", label).with_shape(shape).pressed(starred).tab(tab);
        // What is seen is part of what it is called: who speaks to their phone says what they see.
        let (star_it, unstar) = (self.called(|t| t.step.star_of), self.called(|t| t.step.unstar_of));
        let called = text(move || if starred.get() { unstar.get() } else { star_it.get() });
        star.called(called).on(move || state.star(id, StarFor::RootCause))
    }

    /// One more cause beside it, and below it.
    fn asks(self) -> AnyView {
        let Self { state, id, chosen, tab, .. } = self;
        let look = Signal::derive(move || if chosen.get() { "button why primary" } else { "button why" });
        let why = Button::new("", word(|t| t.board.why)).class(look).tab(tab);
        let why = why.called(self.called(|t| t.board.write_why_of)).on(move || state.write_child(id));
        if self.is_theme() {
            return why;
        }
        let other = Button::new("button quiet other", word(|t| t.board.other)).tab(tab);
        let other = other.called(self.called(|t| t.board.other_of)).on(move || state.write_sibling(id));
        vec![other, why].into_any()
    }

    /// Folds the branch away, and says how much is folded.
    fn fold(self) -> AnyView {
        let Self { state, id, folded, parent, tab, .. } = self;
        let changed = state.board.changed();
        let count = text(move || {
            if !folded.get() {
                return String::new();
            }
            changed.track();
            state.board.read(|board| below(board, id)).map(|below| below.to_string()).unwrap_or_default()
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
