//! One group on the wall: its theme, its roots, how it is getting on.

use leptos::prelude::*;
use shared::GroupId;
use shared::docs::workshop::Language;
use shared::signs::{Signs, Theme};
use shared::CardId;

use super::keys::TILE;
use super::large::tile_id;
use super::{View, words};
use crate::i18n::{self, tr, use_speech};
use crate::store::BoardStore;
use crate::ui::roots::Roots;

/// A tile. It has its place before its board is here.
#[component]
pub fn Tile(view: View, group: GroupId) -> impl IntoView {
    let speech = use_speech();
    let need = Memo::new(move |_| view.needs.with(|needs| needs.iter().find(|(of, _)| *of == group).map(|(_, need)| *need)));
    let groups = view.session.groups();
    let board = Memo::new(move |_| groups.with(|groups| groups.contains(&group)));
    let body = move || {
        board.get().then(|| view.session.board(group).map(|board| view! { <Body view board/> }))
    };
    let workshop = view.session.workshop();
    let name = move || {
        let number = i18n::fill(i18n::texts(speech.get()).common.group_n, &[("n", &group.to_string())]);
        let own = workshop.with(|doc| Some(doc.as_ref()?.group(group)?.name.clone()));
        format!("{number} {}", own.unwrap_or_default())
    };
    let said = move || need.get().map(|need| words::need(speech.get(), need));
    view! {
        <li class="tile" class:needs=move || need.get().is_some()>
            <h2>
                <button
                    type="button"
                    class=TILE
                    id=tile_id(group)
                    aria-describedby="wall-keys"
                    on:click=move |_| view.opened.open(group)
                >
                    <span class="number">{name}</span>
                    <ThemeLine view group here=board/>
                    <span class="visually-hidden">{tr(|t| t.wall.opens)}</span>
                </button>
            </h2>
            {body}
            <p class="need">{said}</p>
        </li>
    }
}

#[component]
fn ThemeLine(view: View, group: GroupId, here: Memo<bool>) -> impl IntoView {
    let none = tr(|t| t.wall.no_theme);
    let theme = Memo::new(move |_| {
        let board = here.get().then(|| view.session.board(group)).flatten();
        board.map(|board| board.card(CardId::THEME).with(|theme| theme.text.trim().to_owned())).unwrap_or_default()
    });
    let text = move || theme.with(|theme| if theme.is_empty() { none().to_owned() } else { theme.clone() });
    view! { <span class="theme" class:empty=move || theme.with(String::is_empty)>{text}</span> }
}

#[component]
fn Body(view: View, board: BoardStore) -> impl IntoView {
    let speech = use_speech();
    let (signs, present) = (board.signs(), board.present());
    let line = |read: fn(Language, &Signs) -> Option<String>| {
        let signs = signs.clone();
        move || signs.with(|signs| read(speech.get(), signs))
    };
    let last = {
        let signs = signs.clone();
        move || signs.with(|signs| words::last(speech.get(), signs, view.now.get()))
    };
    let here = {
        let signs = signs.clone();
        move || signs.with(|signs| words::here(speech.get(), signs, words::people(&present.get())))
    };
    let stars = {
        let signs = signs.clone();
        move || signs.with(|signs| (signs.stars > 0).then_some(signs.stars))
    };
    let ground = {
        let signs = signs.clone();
        move || signs.with(|signs| if signs.theme == Theme::Empty { "tile-ground bare" } else { "tile-ground" })
    };
    view! {
        <div class=ground><Roots board/></div>
        <div class="tile-words">
            <p>
                {line(|language, signs| Some(words::size(language, signs)))}
                {move || stars().map(|n| view! { <Stars n/> })}
            </p>
            <p>{last}</p>
            <p>{here}</p>
            <p>{line(words::not_yet)}</p>
        </div>
    }
}

/// How many root causes are starred.
#[component]
fn Stars(n: usize) -> impl IntoView {
    let speech = use_speech();
    let label = move || i18n::fill(i18n::texts(speech.get()).wall.stars_label, &[("n", &n.to_string())]);
    view! {
        <span class="stars">
            <span aria-hidden="true">" ★ "{n}</span>
            <span class="visually-hidden">{label}</span>
        </span>
    }
}
