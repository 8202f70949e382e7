//! Roles in a group: who has which, given by a choice or by lot; and what one's own role has to do in this step.

use leptos::ev;
use shared::docs::board::{Board, BoardOp, GivenRole, Role};
use shared::docs::workshop::{Circle, Kind};
use shared::{By, GroupId, PersonId};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlSelectElement, HtmlTextAreaElement};

use super::Access;
use super::piece::{Button, Word, anew, flag, text, when, word};
use super::presence;
use super::state::{BoardState, Offer};
use crate::i18n::{RolesTexts, fill, reject, texts, use_speech};
use crate::platform::dom::KEYBOARD_KEEPER;
use crate::platform::random;
use crate::reactive::*;
use crate::store::{BoardStore, Session};
use crate::ui::live::follow;
use crate::ui::step::here::Here;

const fn name(role: Role) -> Word {
    match role {
        Role::Facilitator => |t| t.roles.facilitator,
        Role::Scribe => |t| t.roles.scribe,
        Role::Timekeeper => |t| t.roles.timekeeper,
        Role::Presenter => |t| t.roles.presenter,
    }
}

const fn short(role: Role) -> Word {
    match role {
        Role::Facilitator => |t| t.roles.facilitator_is,
        Role::Scribe => |t| t.roles.scribe_is,
        Role::Timekeeper => |t| t.roles.timekeeper_is,
        Role::Presenter => |t| t.roles.presenter_is,
    }
}

/// What a role does in a step of this kind.
const fn does(t: &RolesTexts, role: Role, kind: Kind, circle: Option<Circle>) -> &'static str {
    if let (Role::Facilitator | Role::Scribe | Role::Presenter, Some(circle)) = (role, circle) {
        return in_circle(t, role, circle);
    }
    match (role, kind) {
        (Role::Facilitator, Kind::CheckIn | Kind::Turns) => t.facilitator_turns,
        (Role::Facilitator, Kind::Theme) => t.facilitator_theme,
        (Role::Facilitator | Role::Scribe | Role::Presenter, Kind::Silence) => t.in_silence,
        (Role::Facilitator, Kind::Deepen) => t.facilitator_deepen,
        (Role::Facilitator, Kind::ReadBack) => t.facilitator_read,
        (Role::Facilitator, Kind::Star) => t.facilitator_star,
        (Role::Facilitator, Kind::Gallery) => t.facilitator_gallery,
        (Role::Facilitator, Kind::Free | Kind::CheckOut | Kind::OneTwoFour | Kind::Dots) => t.facilitator_is,
        (Role::Scribe, Kind::Theme) => t.scribe_theme,
        (Role::Scribe, Kind::ReadBack) => t.scribe_read,
        (Role::Scribe, Kind::Star) => t.scribe_star,
        (Role::Scribe, Kind::Gallery) => t.scribe_gallery,
        (Role::Scribe, Kind::CheckOut) => t.scribe_end,
        (Role::Scribe, Kind::Free | Kind::CheckIn | Kind::Turns | Kind::Deepen | Kind::OneTwoFour | Kind::Dots) => {
            t.scribe_is
        }
        (Role::Timekeeper, Kind::CheckIn | Kind::Turns | Kind::CheckOut) => t.timekeeper_turns,
        (Role::Timekeeper, _) => t.timekeeper_is,
        (Role::Presenter, Kind::Star) => t.presenter_star,
        (Role::Presenter, Kind::Gallery) => t.presenter_gallery,
        (Role::Presenter, _) => t.presenter_is,
    }
}

/// What a role does in a circle of 1-2-4-all.
const fn in_circle(t: &RolesTexts, role: Role, circle: Circle) -> &'static str {
    match (role, circle) {
        (_, Circle::Alone) => t.in_silence,
        (_, Circle::Pair) => t.in_twos,
        (Role::Scribe, Circle::Table) => t.scribe_drafts,
        (Role::Presenter, Circle::Table) => t.presenter_is,
        (_, Circle::Table) => t.facilitator_drafts,
        (Role::Presenter, Circle::All) => t.presenter_all,
        (_, Circle::All) => t.listen,
    }
}

/// How often roles have gone round in a group; tracked.
fn round(session: Session, group: GroupId) -> u16 {
    session.workshop().with(|doc| doc.as_ref().map_or(0, |doc| doc.rounds_of_roles(group)))
}

/// The roles of who looks at this page; none for who does not sit here.
pub fn mine(here: Here) -> Memo<Vec<Role>> {
    let Here { session, group, .. } = here;
    let (groups, me) = (session.groups(), session.me());
    Memo::new(move |_| {
        groups.track();
        let Some(By::Person(person)) = me.get().and_then(|me| me.capability.by()) else { return Vec::new() };
        let Some(board) = session.board(group) else { return Vec::new() };
        board.changed().track();
        board.loaded().track();
        let round = round(session, group);
        board.read(|board| board.roles_of(person, round)).unwrap_or_default()
    })
}

/// What one's own roles have to do now; nothing for who has none.
pub fn card(here: Here) -> AnyView {
    let (mine, speech) = (mine(here), use_speech());
    let kind = Memo::new(move |_| here.plan.with(|plan| plan.as_ref().map_or(Kind::Free, |plan| plan.kind)));
    let circle = Memo::new(move |_| here.circle.get().map(|(_, circle)| circle));
    let one = move |role: Role| {
        let said = text(move || does(&texts(speech.get()).roles, role, kind.get(), circle.get()).to_owned());
        let yours = word(|t| t.roles.yours);
        let name = word(name(role));
        let yours = text(move || fill(&yours.get(), &[("role", &name.get())]));
        view! { <p><strong>{yours}</strong> " " {said}</p> }.into_any()
    };
    // It moves what stands below it: not while somebody writes there.
    let shown = RwSignal::new(mine.get_untracked());
    let show = move || {
        if !is_writing() && shown.try_get_untracked() != mine.try_get_untracked() {
            shown.try_set(mine.get_untracked());
        }
    };
    follow(move || {
        mine.track();
        show();
    });
    // A field that is left is not left yet while that is told.
    let left = window_event_listener(ev::focusout, move |_| request_animation_frame(show));
    on_cleanup(move || left.remove());
    let all = move || {
        let roles = shown.get();
        (!roles.is_empty()).then(|| {
            let lines: Vec<AnyView> = roles.into_iter().map(one).collect();
            view! { <section class="role-card" aria-label=word(|t| t.roles.card)>{lines}</section> }.into_any()
        })
    };
    anew(all)
}

/// The sheet's content.
pub fn sheet(state: BoardState, session: Session) -> AnyView {
    view! {
        <h2 id="board-sheet-title">{word(|t| t.roles.title)}</h2>
        <p class="hint">{word(|t| t.roles.hint)}</p>
        {list(state, session)}
    }
    .into_any()
}

/// The same on a screen without a board, folded away until somebody wants it.
pub fn beside(session: Session, board: BoardStore) -> AnyView {
    let state = BoardState::begin(session, board, Access::Write);
    view! {
        <details class="roles-beside">
            <summary class="button quiet">{word(|t| t.roles.title)}</summary>
            <p class="hint">{word(|t| t.roles.hint)}</p>
            {list(state, session)}
        </details>
    }
    .into_any()
}

/// Who has which role at a table, and the ways to change it.
#[derive(Clone, Copy)]
struct Roles {
    state: BoardState,
    session: Session,
    seated: Memo<Vec<PersonId>>,
    holders: Memo<Vec<(Role, Option<PersonId>)>>,
    trouble: RwSignal<String>,
}

impl Roles {
    fn of(state: BoardState, session: Session) -> Self {
        let (changed, members, table) = (state.table.changed(), state.table.members(), state.table);
        let touched = Memo::new(move |_| {
            members.track();
            changed.get()
        });
        let seated = Memo::new(move |_| {
            touched.track();
            table.read(|board| board.seated().map(|(person, _)| person).collect::<Vec<_>>()).unwrap_or_default()
        });
        let holders = Memo::new(move |_| {
            touched.track();
            let round = round(session, table.group());
            let all = |board: &Board| Role::ALL.map(|role| (role, board.holder(role, round))).to_vec();
            table.read(all).unwrap_or_default()
        });
        Self { state, session, seated, holders, trouble: RwSignal::new(String::new()) }
    }

    /// Whether it was taken.
    fn give(self, roles: impl Iterator<Item = (Role, Option<PersonId>)>) -> bool {
        let round = untrack(|| round(self.session, self.state.table.group()));
        let order = self.seated.get_untracked();
        let given = |to| GivenRole { to, round, order: order.clone() };
        let roles = roles.map(|(role, to)| (role, to.map(given))).collect();
        let done = self.state.table.act_on(BoardOp::GiveRoles { roles });
        let is_done = done.is_ok();
        self.trouble.set(done.err().map(|why| reject(self.state.texts(), why)).unwrap_or_default());
        is_done
    }

    fn by_lot(self) {
        let mut people = self.seated.get_untracked();
        shuffle(&mut people);
        // A small group has several each.
        let round = people.iter().copied().cycle();
        if self.give(Role::ALL.into_iter().zip(round).map(|(role, person)| (role, Some(person)))) {
            self.state.say(self.state.texts().roles.drawn.to_owned(), Offer::Nothing);
        }
    }

    fn holder(self, role: Role) -> Option<PersonId> {
        self.holders.with(|all| all.iter().find(|(one, _)| *one == role).and_then(|(_, person)| *person))
    }

    fn row(self, role: Role) -> AnyView {
        let (state, id) = (self.state, role_id(role));
        let now = Memo::new(move |_| self.holder(role));
        let option = move |person: PersonId| {
            let name = presence::name_or_you(state, By::Person(person)).unwrap_or_default();
            let held = now.get() == Some(person);
            view! { <option value=person.0.to_string() selected=held>{name}</option> }.into_any()
        };
        let options = move || {
            let free = now.get().is_none();
            let nobody = view! { <option value="" selected=free>{word(|t| t.roles.nobody)}</option> }.into_any();
            Some(
                std::iter::once(nobody).chain(self.seated.get().into_iter().map(option)).collect::<Vec<_>>().into_any(),
            )
        };
        let change = move |event: Event| {
            let chosen = event_target::<HtmlSelectElement>(&event).value().parse().ok().map(PersonId);
            self.give(std::iter::once((role, chosen)));
        };
        let shown = text(move || {
            let by = now.get().map(By::Person);
            by.and_then(|by| presence::name_or_you(state, by)).unwrap_or_else(|| state.t().roles.nobody.to_owned())
        });
        let choice = move || view! { <select class="field" id=id on:change=change>{anew(options)}</select> }.into_any();
        let plain = move || view! { <p>{shown}</p> }.into_any();
        view! {
            <li class="role-row">
                <label for=id>{word(name(role))}</label>
                <p class="hint">{word(short(role))}</p>
                {when(state.writes.into(), choice)}
                {when(flag(move || !state.writes.get()), plain)}
            </li>
        }
        .into_any()
    }
}

fn list(state: BoardState, session: Session) -> AnyView {
    let roles = Roles::of(state, session);
    let lot = move || Button::new("button wide", word(|t| t.roles.lot)).on(move || roles.by_lot());
    let rows: Vec<AnyView> = Role::ALL.into_iter().map(|role| roles.row(role)).collect();
    let may = flag(move || state.writes.get() && roles.seated.with(|seated| !seated.is_empty()));
    view! {
        <ul class="roles">{rows}</ul>
        <p class="trouble" role="alert">{text(move || roles.trouble.get())}</p>
        {when(may, lot)}
    }
    .into_any()
}

const fn role_id(role: Role) -> &'static str {
    match role {
        Role::Facilitator => "role-facilitator",
        Role::Scribe => "role-scribe",
        Role::Timekeeper => "role-timekeeper",
        Role::Presenter => "role-presenter",
    }
}

/// In an order that nobody chose (Fisher and Yates).
fn shuffle(people: &mut [PersonId]) {
    for at in (1..people.len()).rev() {
        people.swap(at, random::below(at.saturating_add(1)));
    }
}

/// Whether a field has the focus.
fn is_writing() -> bool {
    document()
        .active_element()
        .is_some_and(|element| element.has_type::<HtmlTextAreaElement>() && element.id() != KEYBOARD_KEEPER)
}
