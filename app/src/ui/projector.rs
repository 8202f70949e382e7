//! What the room sees on its large screen, by itself: how to get in, then the step with its time, and the board that the lead shows.
//! It has nothing to press that changes anything, and does with the key of who only looks.

use shared::docs::workshop::{Attention, Phase, Spotlight, Workshop};
use shared::{CardId, GroupId};

use self::shown::shown;
use super::board::one_two_four::name as circle_name;
use super::board::one_two_four::plenary::cards;
use super::dots::{Dots, seen};
use super::home::halves;
use super::lit;
use super::live::{flag, rows, switch, text, when, with_number, word};
use super::lobby::{group_of, invitation, session_groups};
use super::screen::{TITLE, screen};
use super::step::clock::Reading;
use super::step::dots::is_on;
use super::step::here::Here;
use super::step::lead_says::attention;
use crate::i18n::{self, use_speech};
use crate::net::LinkState;
use crate::platform::dom;
use crate::reactive::*;
use crate::store::Session;

mod picture;
mod shown;

/// More groups than these are not listed below the step: their themes could not be read.
const LISTED_MAX: usize = 12;

/// What is on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Scene {
    Lobby,
    Work,
    EyesUp,
    Board(GroupId),
    Ended,
}

impl Scene {
    fn of(workshop: &Workshop) -> Self {
        match (workshop.phase, workshop.spotlight, workshop.attention) {
            (Phase::Lobby, ..) => Self::Lobby,
            (Phase::Ended, ..) => Self::Ended,
            (Phase::Open, Some(spot), _) => Self::Board(spot.group),
            (Phase::Open, None, Attention::EyesUp) => Self::EyesUp,
            (Phase::Open, None, Attention::Work | Attention::Locked) => Self::Work,
        }
    }

    const fn key(self) -> u32 {
        match self {
            Self::Lobby => 0,
            Self::Work => 1,
            Self::EyesUp => 2,
            Self::Ended => 3,
            Self::Board(group) => 4 + group.0 as u32,
        }
    }
}

/// What is below the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Below {
    Themes,
    /// One of each group, before everybody.
    Cards,
    /// The dots of the whole room.
    Vote,
}

fn read<T: Default>(session: Session, read: impl FnOnce(&Workshop) -> T) -> T {
    session.workshop().with(|doc| doc.as_deref().map(read)).unwrap_or_default()
}

fn said(session: Session, words: fn(&Workshop) -> String) -> Signal<String> {
    text(move || read(session, words))
}

/// The screen.
pub fn projector(session: Session) -> AnyView {
    let scene = Memo::new(move |_| read(session, |doc| Some(Scene::of(doc))).unwrap_or(Scene::Lobby));
    let spot = Memo::new(move |_| -> Option<Spotlight> { read(session, |doc| doc.spotlight) });
    // Nobody touches it, and everybody looks at it.
    lit::lit(flag(move || scene.get() != Scene::Ended));
    let content = move || match scene.get() {
        Scene::Lobby => lobby(session),
        Scene::Work => work(session),
        Scene::EyesUp => eyes_up(),
        Scene::Board(group) => shown(session, group, spot),
        Scene::Ended => ended(session),
    };
    let word_to_all = said(session, |doc| doc.announcement.as_ref().map(|one| one.text.clone()).unwrap_or_default());
    let announced = move || view! { <p class="projector-said">{word_to_all}</p> }.into_any();
    let link = session.link();
    let offline = flag(move || link.get() != LinkState::Up);
    let lost = || view! { <p class="projector-lost">{word(|t| t.projector.offline)}</p> }.into_any();
    let up = flag(move || attention(session) == Attention::EyesUp && matches!(scene.get(), Scene::Board(_)));
    let look_up = || view! { <p class="projector-said">{word(|t| t.step.eyes_up)}</p> }.into_any();
    let view = view! {
        <h1 id=TITLE tabindex="-1" class="visually-hidden">{word(|t| t.projector.screen)}</h1>
        {when(flag(move || !word_to_all.with(String::is_empty)), announced)}
        {when(up, look_up)}
        {switch(move || scene.get().key(), content)}
        {when(offline, lost)}
    };
    // A class, and no `:has` on the whole page: browsers would look through a board of hundreds of cards at each of its changes.
    dom::mark_page("projects");
    screen("projector", word(|t| t.projector.screen), view.into_any())
}

/// How to get in, and how many are here.
fn lobby(session: Session) -> AnyView {
    let (groups, speech) = (session.groups(), use_speech());
    let arrived = text(move || {
        let seated = |group| session.board(group).map_or(0, |board| board.signs().with(|signs| signs.seated as u64));
        let here: u64 = groups.get().into_iter().map(seated).sum();
        with_number(i18n::texts(speech.get()).projector.arrived, here)
    });
    view! {
        <section class="projector-lobby">
            <header>
                <h2>{said(session, |doc| doc.title.clone())}</h2>
                <p>{said(session, |doc| doc.goal.clone())}</p>
            </header>
            {invitation(session)}
            <p class="projector-arrived tabular">{arrived}</p>
        </section>
    }
    .into_any()
}

/// The step, and what is left of its time.
fn work(session: Session) -> AnyView {
    // No group has this number: it is with the room.
    let here = Here::of(session, GroupId(0));
    let (plan, speech) = (here.plan, use_speech());
    let title = text(move || {
        let step = plan.with(|plan| plan.as_ref().map(|plan| plan.title.clone()));
        let step = step.unwrap_or_else(|| read(session, |doc| doc.title.clone()));
        // In 1-2-4-all the room hears which of the four rounds it is in.
        let circle = here.circle.get().map(|(_, circle)| circle_name(circle)(i18n::texts(speech.get())));
        circle.map_or(step.clone(), |circle| [&step, " · ", circle].concat())
    });
    let prompt = text(move || {
        let step = plan.with(|plan| plan.as_ref().map(|plan| plan.prompt.clone()));
        step.unwrap_or_else(|| read(session, |doc| doc.goal.clone()))
    });
    let digits = text(move || here.clock.get().map(Reading::digits).unwrap_or_default());
    let short = flag(move || here.clock.get().is_some_and(Reading::is_short));
    let plenary = Memo::new(move |_| read(session, Workshop::plenary));
    let below = Memo::new(move |_| match () {
        () if plenary.get().is_some() => Below::Cards,
        () if is_on(here) => Below::Vote,
        () => Below::Themes,
    });
    let vote = Dots::of_room(session);
    let fills = flag(move || match below.get() {
        Below::Themes => false,
        Below::Cards => true,
        Below::Vote => !vote.is_open(),
    });
    let content = move || match below.get() {
        Below::Themes => themes(session),
        Below::Cards => cards(session, plenary.into(), None),
        Below::Vote => seen(vote),
    };
    view! {
        <section class="projector-work" class:fills=fills>
            <header>
                <h2>{title}</h2>
                <p class="projector-code">
                    {word(|t| t.projector.code)}
                    " "
                    <strong>{said(session, |doc| doc.code.map(halves).unwrap_or_default())}</strong>
                </p>
            </header>
            <p class="projector-prompt">{prompt}</p>
            <p class="projector-time tabular" class:short=short>{digits}</p>
            {switch(move || below.get() as u32, content)}
        </section>
    }
    .into_any()
}

/// The groups with their themes.
fn themes(session: Session) -> AnyView {
    let groups = session_groups(session);
    let row = move |key| {
        let group = group_of(key);
        let here = session.groups();
        let theme = text(move || {
            here.track();
            let board = session.board(group);
            board.map(|board| board.card(CardId::THEME).with(|theme| theme.text.clone())).unwrap_or_default()
        });
        view! {
            <li>
                <strong>{super::live::group_name(group)}</strong>
                " "
                {theme}
            </li>
        }
        .into_any()
    };
    let few = flag(move || groups.with(Vec::len) <= LISTED_MAX);
    when(few, move || view! { <ul class="projector-groups">{rows(groups, row)}</ul> }.into_any())
}

fn eyes_up() -> AnyView {
    view! {
        <section class="projector-words">
            <h2>{word(|t| t.step.eyes_up)}</h2>
            <p>{word(|t| t.step.eyes_up_hint)}</p>
        </section>
    }
    .into_any()
}

fn ended(session: Session) -> AnyView {
    view! {
        <section class="projector-words">
            <h2>{word(|t| t.projector.ended)}</h2>
            <p>{said(session, |doc| doc.title.clone())}</p>
            {themes(session)}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use shared::Seq;
    use shared::docs::workshop::Screens;

    use super::*;

    #[test]
    fn what_the_room_sees_follows_from_the_workshop() {
        let mut workshop = Workshop::default();
        assert_eq!(Scene::of(&workshop), Scene::Lobby);
        workshop.phase = Phase::Open;
        assert_eq!(Scene::of(&workshop), Scene::Work);
        workshop.attention = Attention::EyesUp;
        assert_eq!(Scene::of(&workshop), Scene::EyesUp);
        for screens in [Screens::Everywhere, Screens::Projector] {
            workshop.spotlight = Some(Spotlight { group: GroupId(3), card: None, screens, since: Seq(9) });
            assert_eq!(Scene::of(&workshop), Scene::Board(GroupId(3)), "look up, and at this");
        }
        workshop.phase = Phase::Ended;
        assert_eq!(Scene::of(&workshop), Scene::Ended);
    }
}
