//! Who sits where, for the lead: the list of who is expected, a mix that is shown before it is done, changes by hand, cards for the
//! tables. What is mixed and how is `shared::seating`'s; here it is seen.

use leptos::task::spawn_local;
use shared::docs::roster::{Roster, RosterOp};
use shared::docs::workshop::{Language, Workshop};
use shared::seating::plan::{Mode, Plan};
use shared::{GroupId, PersonId, SortedMap, wire};
use wasm_bindgen::JsValue;

use super::ask::{Failure, number, of_workshop, to_workshop};
use super::conduct::{Desk, Post};
use super::live::{button, flag, text, word};
use super::run_sheet::sheet;
use super::screen::{TITLE, screen};
use crate::element::Element;
use crate::i18n::{self, PersonalTexts, SeatingTexts, Speech, fill, use_speech};
use crate::platform::{clock, dom};
use crate::reactive::*;
use crate::store::Session;

mod bring;
mod cards;
mod mixing;
mod person;
mod personal;
mod seen;
mod tables;
mod wifi;

/// So long after something was done it is on the screen.
const SHOWN: std::time::Duration = std::time::Duration::from_millis(400);

/// What all parts of the screen look at.
#[derive(Clone, Copy)]
pub struct Hall {
    session: Session,
    speech: Speech,
    /// Seats that are proposed and not taken yet.
    proposal: RwSignal<Option<Vec<(PersonId, GroupId)>>>,
    /// How large groups are to be; 0 as long as nobody has said so.
    size: RwSignal<u16>,
    /// About whom the sheet is that is open; 0 for none.
    person: RwSignal<u32>,
    /// What was done last, or why not, in both languages.
    told: RwSignal<[String; 2]>,
}

impl Hall {
    /// The texts; tracked.
    fn t(self) -> &'static SeatingTexts {
        &i18n::texts(self.speech.get()).seating
    }

    /// The roster as it is now; tracked.
    fn roster<T: Default>(self, look: impl FnOnce(&Roster) -> T) -> T {
        self.session.roster().with(|roster| roster.as_deref().map(look)).unwrap_or_default()
    }

    /// The workshop as it is now; tracked.
    fn workshop<T: Default>(self, look: impl FnOnce(&Workshop) -> T) -> T {
        self.session.workshop().with(|doc| doc.as_deref().map(look)).unwrap_or_default()
    }

    /// How many groups there are, and how many seats each has; tracked.
    fn groups(self) -> (u16, u16) {
        self.workshop(|doc| (u16::try_from(doc.groups.len()).unwrap_or(u16::MAX), doc.seats))
    }

    /// The people at so many tables; tracked.
    fn plan(self, tables: u16, mode: Mode) -> Plan {
        let seats = self.groups().1;
        self.roster(|roster| Plan::of(roster, tables, seats, mode))
    }

    /// Says what was done.
    fn tell(self, say: impl Fn(&SeatingTexts) -> String) {
        let said = [Language::Ja, Language::En].map(|language| say(&i18n::texts(language).seating));
        self.told.try_set(said);
    }

    /// Says what became of what is known of people.
    fn tell_of(self, say: fn(&PersonalTexts) -> &'static str) {
        let said = [Language::Ja, Language::En].map(|language| say(&i18n::texts(language).personal).to_owned());
        self.told.try_set(said);
    }

    /// Why something could not be done, in both languages.
    fn why(self, why: &Failure) -> [String; 2] {
        let say = |language, of: fn(&SeatingTexts) -> &'static str| of(&i18n::texts(language).seating).to_owned();
        [Language::Ja, Language::En].map(|language| match why {
            Failure::Refused(no) => no.say(language),
            Failure::Unreachable => say(language, |t| t.unreachable),
            Failure::Unreadable => say(language, |t| t.unreadable),
        })
    }

    fn tell_why(self, why: &Failure) {
        self.told.try_set(self.why(why));
    }

    /// Sends something to an address of this workshop.
    async fn send(self, to: &str, body: JsValue) -> Result<JsValue, Failure> {
        to_workshop(self.session, to, body).await
    }

    /// Asks an address of this workshop for something.
    async fn ask(self, to: &str) -> Result<JsValue, Failure> {
        of_workshop(self.session, to).await
    }

    /// Has something done to the roster, and says what came of it. The sheet in which it was asked for closes only then: what is
    /// written there can be sent again. Whoever it is about keeps the focus, wherever their row goes.
    fn rearrange(self, ops: Vec<RosterOp>, about: Option<PersonId>, say: fn(&SeatingTexts) -> &'static str) {
        let open = untrack(|| self.person.get());
        spawn_local(async move {
            let done = self.do_all(ops, say).await;
            // Another one may have been opened meanwhile.
            if done.is_ok_and(|done| done > 0) && open != 0 && self.person.try_get_untracked() == Some(open) {
                sheet::close();
            }
            rest_focus(about);
        });
    }

    /// Asks for it, and says what came of it. How much was done.
    async fn do_all(self, ops: Vec<RosterOp>, say: fn(&SeatingTexts) -> &'static str) -> Result<u32, Failure> {
        let body: JsValue = js_sys::Uint8Array::from(wire::encode(&ops).as_slice()).into();
        let asked = u32::try_from(ops.len()).unwrap_or(u32::MAX);
        match self.send("/seating", body).await {
            Ok(answer) => {
                let done = number(&answer, "done");
                let numbers = [done.to_string(), asked.to_string()];
                let [n, all] = &numbers;
                self.tell(|t| {
                    let in_part = || fill(t.taken_in_part, &[("n", n), ("asked", all)]);
                    if done < asked { in_part() } else { say(t).to_owned() }
                });
                Ok(done)
            }
            Err(why) => {
                self.tell_why(&why);
                Err(why)
            }
        }
    }

    /// The seats that are proposed; tracked.
    fn proposed(self) -> SortedMap<PersonId, GroupId> {
        self.proposal.with(|proposal| proposal.iter().flatten().copied().collect())
    }

    /// Somebody comes elsewhere: in the proposal as long as there is one, else at once.
    fn put(self, person: PersonId, group: GroupId) {
        if untrack(|| self.proposal.with(Option::is_some)) {
            self.proposal.update(|proposal| {
                let seats = proposal.get_or_insert_default();
                seats.retain(|(id, _)| *id != person);
                seats.push((person, group));
            });
            self.tell(|t| t.put_in_proposal.to_owned());
            sheet::close();
            request_animation_frame(move || {
                dom::focus(&tables::person_id(person));
            });
        } else {
            let seats = vec![(person, group)];
            self.rearrange(untrack(|| self.as_ops(&seats)), Some(person), |t| t.moved);
        }
    }

    /// What has to be done so that they sit there; tracked.
    fn as_ops(self, seats: &[(PersonId, GroupId)]) -> Vec<RosterOp> {
        self.roster(|roster| {
            let sits = |(person, group): &&(PersonId, GroupId)| {
                roster.people.get(person).is_some_and(|one| one.group != *group)
            };
            let kept = |(person, group): &&(PersonId, GroupId)| {
                roster.guests.get(person).is_some_and(|one| one.group != Some(*group))
            };
            // How many seats there are is the server's to say.
            let seat =
                |(person, group): &(PersonId, GroupId)| RosterOp::Seat { person: *person, group: *group, seats: 0 };
            let keep = |(person, group): &(PersonId, GroupId)| RosterOp::Reserve { person: *person, group: *group };
            seats.iter().filter(sits).map(seat).chain(seats.iter().filter(kept).map(keep)).collect()
        })
    }
}

/// Gives the focus to whom it was about, if it was lost, once the tables show what was done.
fn rest_focus(about: Option<PersonId>) {
    let rest = move || {
        if dom::focus_is_lost() && !about.is_some_and(|about| dom::focus(&tables::person_id(about))) {
            dom::focus(TITLE);
        }
    };
    set_timeout(rest, SHOWN);
}

/// The screen.
pub fn seating(session: Session, desk: Desk) -> AnyView {
    let hall = Hall {
        session,
        speech: use_speech(),
        proposal: RwSignal::new(None),
        size: RwSignal::new(0),
        person: RwSignal::new(0),
        told: RwSignal::default(),
    };
    cards::begin(hall);
    let title = word(|t| t.seating.screen);
    let home = text(move || {
        let t = hall.t();
        if desk.home() == Post::Lobby { t.to_lobby } else { t.to_wall }.to_owned()
    });
    let go_home = move || desk.go(untrack(|| desk.home()));
    let sum = text(move || {
        let counts = hall.roster(|roster| [roster.people.len(), roster.guests.len()]);
        let [here, expected] = counts.map(|n| n.to_string());
        fill(hall.t().sum, &[("here", &here), ("expected", &expected)])
    });
    let content = view! {
        <header class="seating-title">
            <h1 id=TITLE tabindex="-1">{title}</h1>
            <div class="desk">{button("button", home, go_home)}</div>
            <p class="seating-sum tabular">{sum}</p>
        </header>
        {bring::bring(hall)}
        {mixing::mixing(hall)}
        {tables::tables(hall)}
        {cards::form()}
        {personal::personal(hall)}
        {told(hall)}
        {person::sheet(hall)}
    };
    screen("seating", title, content.into_any())
}

/// What was done last.
fn told(hall: Hall) -> Element {
    let said = text(move || {
        let [ja, en] = hall.told.get();
        match hall.speech.get() {
            Language::Ja => ja,
            Language::En => en,
        }
    });
    let told = flag(move || hall.told.with(|[ja, _]| !ja.is_empty()));
    view! { <p class="seating-told" class:told=told role="status">{said}</p> }
}

/// A seed that nobody has had before.
fn seed() -> u64 {
    clock::now().0
}
