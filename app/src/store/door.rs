//! At the door: what is behind a code, and joining. The token is made and kept before it is sent: asking twice is joining once.

use std::rc::Rc;

use shared::docs::workshop::{Language, Phase};
use shared::wire::door::{Asks, Says};
use shared::wire::{Refusal, Table, Unreadable};
use shared::{GroupId, JoinCode, Token, WorkshopId};

use super::keyring;
use crate::net::{Event, Link, LinkState};
use crate::platform::{random, storage};
use crate::reactive::*;

/// What is behind the code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DoorView {
    /// The workshop.
    pub workshop: WorkshopId,
    /// Its title.
    pub title: String,
    /// Its goal.
    pub goal: String,
    /// Its language.
    pub language: Language,
    /// How far it is.
    pub phase: Phase,
    /// Its groups, with their seats.
    pub tables: Vec<Table>,
}

/// The place of somebody for whom another phone has written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlaceView {
    /// In which workshop.
    pub workshop: WorkshopId,
    /// Its title.
    pub title: String,
    /// Its language.
    pub language: Language,
    /// Where they sit.
    pub group: GroupId,
    /// Their name.
    pub name: String,
}

#[derive(Clone, PartialEq)]
enum Wish {
    Look,
    Join { name: String, group: Option<GroupId> },
    TakeOver(WorkshopId),
}

struct Inner {
    link: StoredValue<Option<Link>>,
    code: JoinCode,
    token: Token,
    wish: StoredValue<Wish>,
    view: ArcRwSignal<Option<DoorView>>,
    place: ArcRwSignal<Option<PlaceView>>,
    refused: ArcRwSignal<Option<Refusal>>,
    joined: ArcRwSignal<Option<WorkshopId>>,
    up: ArcRwSignal<bool>,
}

/// A handle on a door. Closes with the owner it was opened under.
#[derive(Clone, Copy)]
pub struct Door(StoredValue<Rc<Inner>>);

impl Door {
    /// Knocks, and again after each loss of the connection.
    pub fn knock(code: JoinCode) -> Self {
        let key = format!("naze.door.{code}");
        let token = storage::get(&key).and_then(|kept| kept.parse().ok()).unwrap_or_else(random::token);
        storage::set(&key, &token.to_string());
        // The answer to going on may have been lost with the page: asking twice is asking once.
        let takes = storage::get(&takes(code)).and_then(|kept| kept.parse().ok());
        let inner = Rc::new(Inner {
            link: StoredValue::new(None),
            code,
            token,
            wish: StoredValue::new(takes.map_or(Wish::Look, Wish::TakeOver)),
            view: ArcRwSignal::default(),
            place: ArcRwSignal::default(),
            refused: ArcRwSignal::default(),
            joined: ArcRwSignal::default(),
            up: ArcRwSignal::default(),
        });
        let weak = Rc::downgrade(&inner);
        let link = Link::open(move |event| weak.upgrade().map_or(Ok(()), |inner| inner.hear(event)));
        inner.link.try_set_value(Some(link));
        Self(StoredValue::new(inner))
    }

    /// What is behind it, once the server has said so.
    pub fn view(self) -> ArcRwSignal<Option<DoorView>> {
        self.0.try_get_value().map(|inner| inner.view.clone()).unwrap_or_default()
    }

    /// Whose place is behind it, if it is no workshop's door.
    pub fn place(self) -> ArcRwSignal<Option<PlaceView>> {
        self.0.try_get_value().map(|inner| inner.place.clone()).unwrap_or_default()
    }

    /// Why we were not let in.
    pub fn refused(self) -> ArcRwSignal<Option<Refusal>> {
        self.0.try_get_value().map(|inner| inner.refused.clone()).unwrap_or_default()
    }

    /// The workshop, once we are in: go there.
    pub fn joined(self) -> ArcRwSignal<Option<WorkshopId>> {
        self.0.try_get_value().map(|inner| inner.joined.clone()).unwrap_or_default()
    }

    /// Whether the server can be reached.
    pub fn up(self) -> ArcRwSignal<bool> {
        self.0.try_get_value().map(|inner| inner.up.clone()).unwrap_or_default()
    }

    /// Why it cannot.
    pub fn link(self) -> ArcRwSignal<LinkState> {
        let link = self.0.try_get_value().and_then(|inner| inner.link.try_get_value()).flatten();
        link.map(|link| link.state()).unwrap_or_else(|| ArcRwSignal::new(LinkState::Down))
    }

    /// Looks again what is behind it.
    pub fn look(self) {
        self.wish(Wish::Look);
    }

    /// Joins under a name, at a table of one's choice or where most room is. Goes on trying over losses of the connection.
    pub fn join(self, name: String, group: Option<GroupId>) {
        self.wish(Wish::Join { name, group });
    }

    /// Goes on in the place of this one's owner. Goes on trying over losses of the connection.
    pub fn take_over(self, workshop: WorkshopId) {
        self.0.try_with_value(|inner| storage::set(&takes(inner.code), &workshop.to_string()));
        self.wish(Wish::TakeOver(workshop));
    }

    fn wish(self, wish: Wish) {
        self.0.try_with_value(|inner| {
            inner.refused.set(None);
            inner.wish.try_set_value(wish);
            inner.say();
        });
    }
}

/// Under which key it is kept that somebody goes on here, until that is answered.
fn takes(code: JoinCode) -> String {
    format!("naze.takes.{code}")
}

impl Inner {
    fn takes_over(&self) -> bool {
        matches!(self.wish.try_get_value(), Some(Wish::TakeOver(_)))
    }

    fn say(&self) {
        let message = match self.wish.try_get_value() {
            Some(Wish::Join { name, group }) => Asks::Join { code: self.code, token: self.token, name, group },
            Some(Wish::TakeOver(workshop)) => Asks::TakeOver { workshop, code: self.code, token: self.token },
            _ => Asks::Knock(self.code),
        };
        self.link.try_with_value(|link| link.as_ref().is_some_and(|link| link.send(&message.encode())));
    }

    fn hear(&self, event: Event) -> Result<(), Unreadable> {
        match event {
            Event::Up => {
                self.up.set(true);
                self.say();
            }
            Event::Down => self.up.set(false),
            Event::Frame(frame) => self.take(Says::decode(&frame)?),
        }
        Ok(())
    }

    fn take(&self, says: Says) {
        match says {
            Says::Door { workshop, title, goal, language, phase, tables } => {
                self.view.set(Some(DoorView { workshop, title, goal, language, phase, tables }));
            }
            Says::Place { workshop, title, language, group, name } => {
                self.place.set(Some(PlaceView { workshop, title, language, group, name }));
            }
            Says::Joined { workshop } => {
                storage::remove(&takes(self.code));
                keyring::joined(self.code, workshop, self.token);
                self.joined.set(Some(workshop));
            }
            Says::Refused(Refusal::Busy) if self.takes_over() => {
                self.link.try_get_value().flatten().inspect(Link::reconnect_later);
            }
            Says::Refused(why) => {
                storage::remove(&takes(self.code));
                self.refused.set(Some(why));
                // Who joins tries again for themselves: the name may be another one by then.
                if self.wish.try_get_value() == Some(Wish::Look) && why == Refusal::Busy {
                    self.link.try_get_value().flatten().inspect(Link::reconnect_later);
                }
                self.wish.try_set_value(Wish::Look);
            }
            Says::Other => {}
        }
    }
}
