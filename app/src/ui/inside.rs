//! Inside a workshop: what somebody sees follows from what they may and from how far the workshop is.

use shared::docs::workshop::Phase;
use shared::wire::Refusal;
use shared::{Capability, GroupId, Token, WorkshopId};

use super::at_board::{AtBoard, Ending, Seen, at_board};
use super::board::Access;
use super::join::{notice, refusal_key};
use super::later;
use super::lead::Lead;
use super::live::{button, follow, switch, with_number, word};
use super::notices::notices;
use super::removed::{removed, words_left};
use super::screen::screen;
use super::shell::saving::saving;
use super::shell::{OfSession, use_frame};
use super::step::spotlight::Away;
use super::workshop::outside;
use crate::i18n::{self, Texts, use_speech};
use crate::reactive::*;
use crate::store::keyring::{self, Role};
use crate::store::writers::is_over;
use crate::store::{Me, Own, Session, Writers};

/// What is on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shown {
    Connecting,
    Refused(Refusal),
    TakenOver,
    Ended(Ending),
    Removed,
    Seat(GroupId),
    Board(GroupId),
    Kept(GroupId),
    Conduct,
    Wall(Access),
    Projector,
}

impl Shown {
    /// Tells one from another: low bits for what, the rest for which.
    fn key(self) -> u32 {
        match self {
            Self::Connecting => 0,
            Self::Conduct => 1,
            Self::Wall(Access::Write) => 2,
            Self::Wall(Access::Read | Access::Visit) => 3,
            Self::TakenOver => 6,
            Self::Removed => 9,
            Self::Ended(Ending::GoneOn) => 10,
            Self::Ended(Ending::NoSeat) => 11,
            Self::Ended(Ending::NoWorkshop) => 12,
            Self::Projector => 8,
            Self::Seat(group) => 4 + (u32::from(group.0) << 4),
            Self::Board(group) => 5 + (u32::from(group.0) << 4),
            Self::Kept(group) => 8 + (u32::from(group.0) << 4),
            Self::Refused(why) => 7 + (refusal_key(why) << 4),
        }
    }
}

/// What somebody sees. `looked` is whether a participant wants the board before the lead begins.
fn shown(me: Me, seen: Seen, phase: Phase, looked: bool) -> Shown {
    match (me.capability, me.seat) {
        (Capability::Lead | Capability::Helper | Capability::Observer, _) if seen == Seen::Projector => {
            Shown::Projector
        }
        (Capability::Lead, _) => Shown::Conduct,
        (Capability::Helper, _) => Shown::Wall(Access::Write),
        (Capability::Participant(_), Some(group)) => match phase {
            Phase::Lobby if !looked => Shown::Seat(group),
            // The board itself sees to it that nothing is written after the end: what somebody is at stays on the screen.
            Phase::Lobby | Phase::Open | Phase::Ended => Shown::Board(group),
        },
        (Capability::Keeper(group), _) => Shown::Kept(group),
        (Capability::Observer | Capability::Participant(_), _) => Shown::Wall(Access::Read),
    }
}

/// A workshop, as far as one may see it with this key.
pub fn inside(id: WorkshopId, token: Token, seen: Seen) -> AnyView {
    let writers = Writers::begin(id, token);
    provide_context(writers);
    provide_context(Away::begin());
    let whose = move || writers.now().map_or(0, |writer| writer.person.0);
    // Who looks at the board already goes on doing so in another name.
    let looked = RwSignal::new(false);
    switch(whose, move || in_name((id, token, seen), writers, looked))
}

/// The way back to oneself, for who writes in another's name.
fn back(writers: Writers) -> AnyView {
    let other = untrack(|| writers.now()).is_some();
    let back = || button("button", word(|t| t.everywhere.back_to_myself), move || writers.write_as(None));
    other.then(back).into_any()
}

/// Whether the key is somebody else's, sent as a link: then it is put away.
fn is_anothers(session: Session, (id, token): (WorkshopId, Token), me: Me) -> bool {
    let is = matches!(me.capability, Capability::Participant(_)) && keyring::came_by_link(id, token);
    if is {
        session.close();
        keyring::forget(id, token);
    }
    is
}

/// The server knows the key, and has said whose it is.
fn recognised(id: WorkshopId, token: Token, me: Me, title: &str) {
    if let Capability::Participant(person) = me.capability {
        keyring::note_person(id, token, person);
    }
    keyring::recognised(id, token, Role::from(me.capability), title);
}

/// What opens nothing any more is kept no longer. Who was taken out may be let in again: their key stays.
fn forget(why: Refusal, id: WorkshopId, token: Token) {
    if matches!(why, Refusal::NoSuchKey | Refusal::NoSuchWorkshop | Refusal::LinkReplaced) {
        keyring::forget(id, token);
    }
}

/// How it ended for who was in, by why they are not any more; none for who was not, or may come in again with this key.
const fn ending(why: Refusal, was_in: WasIn) -> Option<Ending> {
    match (why, was_in) {
        (Refusal::TakenOver, _) => Some(Ending::GoneOn),
        (Refusal::NoSuchKey, WasIn::Yes) => Some(Ending::NoSeat),
        (Refusal::NoSuchWorkshop, WasIn::Yes) => Some(Ending::NoWorkshop),
        _ => None,
    }
}

/// Whether this phone was in with its key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum WasIn {
    Yes,
    No,
}

/// How it ended for the owner of this phone.
fn own_ending(writers: Writers, id: WorkshopId, me: Option<Me>, why: Refusal) -> Option<Ending> {
    let took_part = || writers.whose() != Own::Nobody;
    // Another server may answer here: nothing is put away before who was in has seen what it is.
    let knows = || me.is_some() || keyring::knows(id) || !writers.words_of_others().is_empty();
    let was_in = took_part() || (why == Refusal::NoSuchWorkshop && knows());
    ending(why, if was_in { WasIn::Yes } else { WasIn::No })
}

/// What somebody sees whom the server will not have; none where what they are at stays.
fn turned_away(why: Refusal, me: Option<Me>, ending: Option<Ending>) -> Option<Shown> {
    match (why, ending) {
        (Refusal::Removed, _) => Some(Shown::Removed),
        (_, Some(ending)) => Some(Shown::Ended(ending)),
        // Nothing that they do here would be saved any more.
        (Refusal::LinkReplaced | Refusal::NoSuchKey | Refusal::NoSuchWorkshop, None) => Some(Shown::Refused(why)),
        (_, None) => me.is_none().then_some(Shown::Refused(why)),
    }
}

/// The words of who came by a link that are not saved; with a new link they are sent from here.
fn kept_for_a_new_link(writers: Writers, why: Refusal) -> Option<AnyView> {
    matches!(why, Refusal::NoSuchKey | Refusal::LinkReplaced)
        .then(|| words_left(word(|t| t.join.removed_words), writers.own_words()))
        .flatten()
}

/// In the name of one of those for whom this phone writes.
fn in_name((id, token, seen): (WorkshopId, Token, Seen), writers: Writers, looked: RwSignal<bool>) -> AnyView {
    let (session, writer) = (writers.session(), writers.now());
    let (frame, speech) = (use_frame(), use_speech());
    frame.show(OfSession { session, saving, notices });
    let (me, workshop, refused) = (session.me(), session.workshop(), session.refused());
    let (who, doc) = (me.clone(), workshop.clone());
    let for_another = writer.is_some();
    let name = StoredValue::new(writer.map(|writer| writer.name));
    // Somebody else's key, sent as a link.
    let strange = RwSignal::new(false);
    let now = move || {
        if strange.get() {
            return Shown::Refused(Refusal::NoSuchKey);
        }
        let phase = doc.with(|doc| doc.as_ref().map(|doc| doc.phase));
        let (why, me) = (refused.get(), who.get());
        if for_another && why.is_some_and(is_over) {
            return Shown::TakenOver;
        }
        let away = why.and_then(|why| turned_away(why, me, own_ending(writers, id, me, why)));
        away.unwrap_or_else(|| match (me, phase) {
            (Some(me), Some(phase)) => shown(me, seen, phase, looked.get()),
            _ => Shown::Connecting,
        })
    };
    let key = now.clone();
    follow(move || {
        let Some((title, language)) = workshop.with(|doc| doc.as_ref().map(|doc| (doc.title.clone(), doc.language)))
        else {
            return;
        };
        speech.suggest(language);
        let Some(me) = me.get() else { return };
        if !for_another && is_anothers(session, (id, token), me) {
            strange.set(true);
            return;
        }
        if !for_another {
            recognised(id, session.token().unwrap_or(token), me, &title);
        }
        let t = &i18n::texts(speech.get()).everywhere;
        let mut place = me.seat.map(|group| with_number(t.group_n, group.0.into())).unwrap_or_default();
        if let Some(name) = name.try_get_value().flatten() {
            place.push_str(" · ");
            place.push_str(&i18n::fill(t.person, &[("name", &name)]));
        }
        frame.place.set(place);
    });
    let content = move || match now() {
        Shown::Connecting => {
            let title = |t: &Texts| t.join.connecting_title;
            screen("narrow", word(title), notice(title, word(|t| t.join.connecting), back(writers)))
        }
        Shown::Refused(why) => {
            let left = kept_for_a_new_link(writers, why);
            if !for_another || why == Refusal::NoSuchWorkshop {
                forget(why, id, session.token().unwrap_or(token));
            }
            outside(why, view! { {left} {back(writers)} }.into_any())
        }
        Shown::TakenOver => at_board(AtBoard::TakenOver(session)),
        Shown::Ended(ending) => at_board(AtBoard::Ended(ending)),
        Shown::Removed => screen("narrow", word(|t| t.join.removed_title), removed((session, writers), back(writers))),
        Shown::Seat(group) => at_board(AtBoard::Seat(session, group, looked)),
        Shown::Board(group) => at_board(AtBoard::Board(session, group)),
        Shown::Kept(group) => at_board(AtBoard::Kept(session, group)),
        Shown::Conduct => later::lead(Lead::Conduct(session, id)),
        Shown::Wall(access) => later::lead(Lead::Watch(session, access)),
        Shown::Projector => later::lead(Lead::Projector(session)),
    };
    switch(move || key().key(), content)
}

#[cfg(test)]
mod tests {
    use shared::PersonId;

    use super::*;

    use Refusal::{Busy, LinkReplaced, NoSuchKey, NoSuchWorkshop, Removed, TakenOver};

    #[test]
    fn who_was_in_is_told_how_it_ended() {
        assert_eq!(ending(NoSuchKey, WasIn::Yes), Some(Ending::NoSeat));
        assert_eq!(ending(NoSuchWorkshop, WasIn::Yes), Some(Ending::NoWorkshop));
        for was_in in [WasIn::Yes, WasIn::No] {
            assert_eq!(ending(TakenOver, was_in), Some(Ending::GoneOn), "the server says so");
            for why in [Removed, LinkReplaced, Busy] {
                assert_eq!(ending(why, was_in), None, "{why:?} does not end it");
            }
        }
        for why in [NoSuchKey, NoSuchWorkshop] {
            assert_eq!(ending(why, WasIn::No), None, "{why:?} for who never was in");
        }
    }

    #[test]
    fn nobody_goes_on_before_a_screen_that_is_saved_no_more() {
        let lead = Some(Me { capability: Capability::Lead, seat: None });
        for me in [None, lead] {
            for why in [NoSuchKey, NoSuchWorkshop, LinkReplaced] {
                assert_eq!(turned_away(why, me, None), Some(Shown::Refused(why)), "{why:?}");
            }
            assert_eq!(turned_away(Removed, me, None), Some(Shown::Removed));
            let ended = Some(Shown::Ended(Ending::NoWorkshop));
            assert_eq!(turned_away(NoSuchWorkshop, me, Some(Ending::NoWorkshop)), ended);
        }
        assert_eq!(turned_away(Busy, lead, None), None, "what one is at stays");
        assert_eq!(turned_away(Busy, None, None), Some(Shown::Refused(Busy)));
    }

    const PERSON: Capability = Capability::Participant(PersonId(1));

    #[test]
    fn what_one_sees_follows_from_what_one_may() {
        let see = |capability, seat, phase, looked| shown(Me { capability, seat }, Seen::Usual, phase, looked);
        let seat = Some(GroupId(3));
        assert_eq!(see(PERSON, seat, Phase::Lobby, false), Shown::Seat(GroupId(3)));
        assert_eq!(see(PERSON, seat, Phase::Lobby, true), Shown::Board(GroupId(3)));
        assert_eq!(see(PERSON, seat, Phase::Open, false), Shown::Board(GroupId(3)));
        assert_eq!(see(PERSON, seat, Phase::Ended, true), Shown::Board(GroupId(3)));
        for phase in [Phase::Lobby, Phase::Open, Phase::Ended] {
            assert_eq!(see(Capability::Lead, None, phase, false), Shown::Conduct);
            assert_eq!(see(Capability::Helper, None, phase, false), Shown::Wall(Access::Write));
            assert_eq!(see(Capability::Observer, None, phase, false), Shown::Wall(Access::Read));
            assert_eq!(see(Capability::Keeper(GroupId(3)), seat, phase, false), Shown::Kept(GroupId(3)));
            let projected = |capability, seat| shown(Me { capability, seat }, Seen::Projector, phase, true);
            assert_eq!(projected(Capability::Observer, None), Shown::Projector);
            assert_eq!(projected(Capability::Lead, None), Shown::Projector);
            assert_eq!(projected(PERSON, seat), Shown::Board(GroupId(3)), "who takes part does not see all boards");
        }
    }
}
