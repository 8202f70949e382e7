//! One group on the wall: its theme, its roots, how it is getting on.

use shared::docs::workshop::{Circle, Language, Names};
use shared::signs::{Need, Signs, Theme, Weight};
use shared::{CardId, GroupId};
use web_sys::MouseEvent;

use super::keys::TILE;
use super::large::tile_id;
use super::sheets::Which;
use super::{View, apart, ask, charge, words};
use crate::element::Element;
use crate::i18n::{self, use_speech};
use crate::reactive::*;
use crate::store::BoardStore;
use crate::ui::board::Access;
use crate::ui::live::{flag, group_name, text, when, with_number, word};
use crate::ui::roots::roots;

/// A tile. It has its place before its board is here.
pub fn tile(view: View, group: GroupId, access: Access) -> AnyView {
    let needs = view.watch.of(group);
    let groups = view.session.groups();
    let here = Signal::derive(move || groups.with(|groups| groups.contains(&group)));
    let body = move || view.session.board(group).map(|board| body(view, board)).into_any();
    let workshop = view.session.workshop();
    let name = text(move || {
        workshop.with(|doc| doc.as_ref().and_then(|doc| Some(doc.group(group)?.name.clone())).unwrap_or_default())
    });
    let weight = move || needs.with(|needs| needs.first().map(|need| need.weight()));
    let class = text(move || {
        let class = match weight() {
            Some(Weight::Called | Weight::Stuck) => "tile needs",
            Some(Weight::Gentle) => "tile hints",
            None => "tile",
        };
        class.to_owned()
    });
    let (theme, has_theme) = theme(view, group, here);
    let theme_class = text(move || if has_theme.get() { "theme" } else { "theme empty" }.to_owned());
    let open: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| view.opened.open(group));
    let pinned = || view! { <span class="pinned">{word(|t| t.wall.pinned)}</span> }.into_any();
    let pinned = when(flag(move || view.order.pins(group)), pinned);
    view! {
        <li class=class>
            <h2>
                <button type="button" class=TILE id=tile_id(group) aria-describedby="wall-keys" on:click=open>
                    <span class="number">{group_name(group)} " " {name} {pinned} {charge::mark(view, group)}</span>
                    <span class=theme_class>{theme}</span>
                    <span class="visually-hidden">{word(|t| t.wall.opens)}</span>
                </button>
            </h2>
            {(access == Access::Write).then(|| apart::button(view, group, "alone-"))}
            {when(here, body)}
            {apart::line(view, group)}
            {need(view, group, needs)}
        </li>
    }
    .into_any()
}

/// What the group needs most, in a line, which tells more when it is pressed. Its line is kept free, so that nothing moves.
fn need(view: View, group: GroupId, needs: Memo<Vec<Need>>) -> Element {
    let speech = use_speech();
    let said = text(move || {
        let t = &i18n::texts(speech.get()).wall;
        needs.with(|needs| {
            let Some(first) = needs.first() else { return String::new() };
            let mut said = words::need(speech.get(), *first);
            if needs.len() > 1 {
                said.push_str(&with_number(t.need_more, needs.len() as u64 - 1));
            }
            said
        })
    });
    let line = move || {
        let mut id = "why-".to_owned();
        id.push_str(&group.to_string());
        let press: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| view.open(Which::Why, group));
        view! {
            <button type="button" class="need-why" id=id aria-haspopup="dialog" on:click=press>
                {said}
            </button>
        }
        .into_any()
    };
    view! { <div class="need">{when(flag(move || needs.with(|needs| !needs.is_empty())), line)}</div> }
}

/// The theme in words, and whether there is one.
fn theme(view: View, group: GroupId, here: Signal<bool>) -> (Signal<String>, Signal<bool>) {
    let none = word(|t| t.wall.no_theme);
    let theme = Memo::new(move |_| {
        let board = here.get().then(|| view.session.board(group)).flatten();
        board.map(|board| board.card(CardId::THEME).with(|theme| theme.text.trim().to_owned())).unwrap_or_default()
    });
    let has = Signal::derive(move || !theme.with(String::is_empty));
    (text(move || if has.get() { theme.get() } else { none.get() }), has)
}

fn body(view: View, board: BoardStore) -> AnyView {
    let speech = use_speech();
    let signs = move || board.signs();
    let present = board.present();
    let line = |read: fn(Language, &Signs) -> Option<String>| {
        text(move || signs().with(|signs| read(speech.get(), signs).unwrap_or_default()))
    };
    let last = text(move || signs().with(|signs| words::last(speech.get(), signs, view.now())).unwrap_or_default());
    let here = text(move || signs().with(|signs| words::here(speech.get(), signs, words::people(&present.get()))));
    let workshop = view.session.workshop();
    // The names that are kept with a silence, while there is one.
    let silence = Memo::new(move |_| {
        workshop.with(|doc| {
            let doc = doc.as_ref().filter(|doc| doc.is_silent(board.group()))?;
            match doc.circle_of(board.group()) {
                // In twos what was written alone is read out: nobody is waited for.
                Some((_, Circle::Pair)) => Some(Names::Hidden),
                _ => doc.step_of(board.group()).map(|step| step.plan.names),
            }
        })
    });
    let there = board.present();
    let not_yet = text(move || {
        let said = |n| signs().with(|signs| words::not_yet(speech.get(), signs.seated, n));
        match silence.get() {
            Some(Names::Hidden) => None,
            Some(Names::Shown) => said(signs().with(|signs| words::not_yet_in_silence(signs, &there.get()))),
            None => said(signs().with(|signs| signs.not_yet_written)),
        }
        .unwrap_or_default()
    });
    let stars = move || signs().with(|signs| signs.stars);
    let changed = board.changed();
    let hands = Memo::new(move |_| {
        changed.track();
        board.read(|board| board.hands.len()).unwrap_or(0)
    });
    let hands = text(move || match hands.get() {
        0 => String::new(),
        n => with_number(i18n::texts(speech.get()).talk.hands_n, n as u64),
    });
    let asked = ask::asked(board);
    let asked = text(move || {
        let t = i18n::texts(speech.get());
        asked.with(|asked| asked.as_ref().map_or("", |nudge| ask::state(t, nudge)).to_owned())
    });
    let ground = text(move || {
        let bare = signs().with(|signs| signs.theme == Theme::Empty);
        if bare { "tile-ground bare" } else { "tile-ground" }.to_owned()
    });
    view! {
        <div class=ground>{roots(board)}</div>
        <div class="tile-words">
            <p>
                {line(|language, signs| Some(words::size(language, signs)))}
                {when(flag(move || stars() > 0), move || stars_view(board))}
            </p>
            <p>{last}</p>
            <p>{here}</p>
            <p>{not_yet}</p>
            <p class="hands-up">{hands}</p>
            <p>{asked}</p>
        </div>
    }
    .into_any()
}

/// How many root causes are starred.
fn stars_view(board: BoardStore) -> AnyView {
    let speech = use_speech();
    let said = move |text: &str| board.signs().with(|signs| with_number(text, signs.stars as u64));
    let shown = text(move || said(i18n::texts(speech.get()).wall.stars));
    let label = text(move || said(i18n::texts(speech.get()).wall.stars_label));
    view! {
        <span class="stars">
            " "
            <span aria-hidden="true">{shown}</span>
            <span class="visually-hidden">{label}</span>
        </span>
    }
    .into_any()
}
