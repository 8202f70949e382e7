//! A secret vote with dots, on every screen that has one: it is opened, everybody puts their dots, somebody closes it, the result is
//! read. The same for a group at its table and for the whole room; where it is shown is not its business. Nobody is shown who or
//! how many have voted before the end.

use shared::docs::board::BoardOp;
use shared::docs::dots::{DotBallot, DotCount, DotVote, OwnGroup, Voters};
use shared::docs::workshop::{Phase, WorkshopOp};
use shared::{GroupId, Reject, VoteId};

use self::opening::opening;
use crate::element::{Element, anew};
use crate::i18n::{self, Speech, Texts, reject, use_speech};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::{BoardStore, Me, Session, TrayView};
use crate::ui::live::{button, flag, text, when, word};

mod ballot;
mod opening;
mod outcome;

/// Where it says what is voted on, or what came of it.
const TITLE: &str = "dots-title";

/// In which doc the vote is.
#[derive(Clone, Copy)]
enum Place {
    Table(BoardStore),
    Room,
}

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// There was none.
    None,
    /// Everybody may vote.
    Open(VoteId),
    /// The server counts.
    Counting,
    /// It is over.
    Counted(VoteId),
    /// The workshop ended before anybody closed it.
    LeftOpen,
}

/// A vote, and one's own part in it. Copied freely.
#[derive(Clone, Copy)]
pub struct Dots {
    session: Session,
    speech: Speech,
    place: Place,
    /// The vote that is open, or the last one.
    pub vote: Memo<Option<DotVote>>,
    /// How far it is.
    pub stage: Memo<Stage>,
    tray: Signal<TrayView>,
    /// The group in whose name one votes; none for who has no ballot.
    from: Memo<Option<GroupId>>,
    /// What could not be done, in words.
    trouble: RwSignal<String>,
}

fn stage(vote: Option<&DotVote>, phase: Option<Phase>) -> Stage {
    match vote.map(|vote| (vote.id, &vote.count)) {
        None => Stage::None,
        Some((_, DotCount::Open)) if phase == Some(Phase::Ended) => Stage::LeftOpen,
        Some((id, DotCount::Open)) => Stage::Open(id),
        Some((_, DotCount::Counting { .. })) => Stage::Counting,
        Some((id, DotCount::Counted { .. })) => Stage::Counted(id),
    }
}

impl Dots {
    /// The vote of a group, at its board.
    pub fn at_table(session: Session, board: BoardStore) -> Self {
        let (changed, me, group) = (board.changed(), session.me(), board.group());
        let vote = Memo::new(move |_| {
            changed.track();
            board.read(|board| board.dots.clone()).flatten()
        });
        let from = Memo::new(move |_| me.get().and_then(Me::sits).filter(|seat| *seat == group));
        Self::of(session, Place::Table(board), vote, from)
    }

    /// The vote of the whole room.
    pub fn of_room(session: Session) -> Self {
        let (workshop, me) = (session.workshop(), session.me());
        let vote = Memo::new(move |_| workshop.with(|doc| doc.as_ref().and_then(|doc| doc.dots.clone())));
        let from = Memo::new(move |_| me.get().and_then(Me::sits));
        Self::of(session, Place::Room, vote, from)
    }

    fn of(session: Session, place: Place, vote: Memo<Option<DotVote>>, from: Memo<Option<GroupId>>) -> Self {
        let (tray, workshop) = (session.tray(), session.workshop());
        let phase = Memo::new(move |_| workshop.with(|doc| doc.as_ref().map(|doc| doc.phase)));
        Self {
            session,
            speech: use_speech(),
            place,
            vote,
            stage: Memo::new(move |_| vote.with(|vote| stage(vote.as_ref(), phase.get()))),
            tray: Signal::derive(move || tray.with(|tray| (**tray).clone())),
            from,
            trouble: RwSignal::new(String::new()),
        }
    }

    fn t(self) -> &'static Texts {
        i18n::texts(self.speech.get())
    }

    /// Whether everybody may vote now; tracked.
    pub fn is_open(self) -> bool {
        matches!(self.stage.get(), Stage::Open(_))
    }

    /// Whether one may vote, and has not; tracked.
    pub fn waits_for_me(self) -> bool {
        match self.stage.get() {
            Stage::Open(vote) => self.from.get().is_some() && self.tray.with(|tray| tray.dots_in(vote).is_none()),
            _ => false,
        }
    }

    /// Whether one has a ballot here.
    pub fn votes(self) -> Signal<bool> {
        flag(move || self.from.get().is_some())
    }

    const fn voters(self) -> Voters {
        match self.place {
            Place::Table(_) => Voters::Group,
            Place::Room => Voters::Room,
        }
    }

    fn done(self, done: Result<(), Reject>) {
        let texts = i18n::texts(self.speech.get_untracked());
        self.trouble.set(done.err().map(|why| reject(texts, why)).unwrap_or_default());
    }

    fn open(self, each: u16, own: OwnGroup) {
        self.done(match self.place {
            Place::Table(board) => board.act_on(BoardOp::OpenDots { cards: opening::cards(board), each }),
            Place::Room => {
                let options = opening::options(self.session);
                self.session.conduct(WorkshopOp::OpenDots { options, each, own })
            }
        });
        look_at_it();
    }

    fn close(self) {
        let Stage::Open(vote) = self.stage.get_untracked() else { return };
        self.done(match self.place {
            Place::Table(board) => board.act_on(BoardOp::CloseDots { vote }),
            Place::Room => self.session.conduct(WorkshopOp::CloseDots { vote }),
        });
        look_at_it();
    }

    fn cast(self, vote: VoteId, dots: Vec<u16>) {
        self.done(self.session.cast_dots(self.voters(), vote, dots));
    }

    /// One's own dots in a vote; tracked.
    fn mine(self, vote: VoteId) -> Vec<u16> {
        self.tray.with(|tray| tray.dots_in(vote).map(|ballot: &DotBallot| ballot.dots.clone())).unwrap_or_default()
    }

    fn was_late(self) -> bool {
        matches!(self.stage.get(), Stage::Counted(vote) if self.tray.with(|tray| tray.late == Some(vote)))
    }
}

/// Whoever opened or closed it is shown what came of that: the button that they pressed is gone.
fn look_at_it() {
    request_animation_frame(|| {
        dom::focus(TITLE);
    });
}

/// The vote; `may` tells who opens and closes it.
pub fn dots(dots: Dots, may: Signal<bool>) -> AnyView {
    let over = flag(move || matches!(dots.stage.get(), Stage::Counting | Stage::Counted(_) | Stage::LeftOpen));
    let none = flag(move || !may.get() && dots.stage.get() == Stage::None);
    let closes = flag(move || may.get() && dots.is_open());
    let opens = flag(move || may.get() && matches!(dots.stage.get(), Stage::None | Stage::Counted(_)));
    let open = Memo::new(move |_| match dots.stage.get() {
        Stage::Open(vote) => Some((vote, dots.from.get())),
        _ => None,
    });
    // Made once for each vote: nothing shifts under a finger.
    let now = move || match open.get() {
        Some((vote, from)) => untrack(|| ballot::ballot(dots, vote, from)),
        None => ().into_any(),
    };
    view! {
        {anew(Box::new(now))}
        {when(over, move || outcome::outcome(dots))}
        {when(none, || view! { <p class="hint">{word(|t| t.dots.none)}</p> }.into_any())}
        <p class="trouble" role="alert">{text(move || dots.trouble.get())}</p>
        {when(closes, move || close(dots))}
        {when(opens, move || before(dots))}
    }
    .into_any()
}

/// The vote on a screen that the room looks at: that it is open, and no more than that; then what came of it.
pub fn seen(dots: Dots) -> AnyView {
    let over = flag(move || matches!(dots.stage.get(), Stage::Counting | Stage::Counted(_)));
    let open = || view! { <p class="dots-open">{word(|t| t.dots.room_is_open)}</p> }.into_any();
    view! {
        {when(flag(move || dots.is_open()), open)}
        {when(over, move || outcome::outcome(dots))}
    }
    .into_any()
}

/// The way to open it; after a vote, the next one is behind a button.
fn before(dots: Dots) -> AnyView {
    if dots.stage.get_untracked() == Stage::None {
        return opening(dots);
    }
    view! {
        <details class="dots-again">
            <summary class="button wide">{word(|t| t.dots.again)}</summary>
            {opening(dots)}
        </details>
    }
    .into_any()
}

/// The way to close it, with one question before.
fn close(dots: Dots) -> AnyView {
    let asks = RwSignal::new(false);
    let first = move || {
        button("button primary wide", word(|t| t.dots.close), move || {
            asks.set(true);
            request_animation_frame(|| {
                dom::focus(ASKED);
            });
        })
    };
    let sure = move || {
        let question: Element = view! { <p id=ASKED tabindex="-1">{word(|t| t.dots.close_ask)}</p> };
        view! {
            <div class="dots-ask" role="group" aria-labelledby=ASKED>
                {question}
                <div class="dots-ways">
                    {button("button primary", word(|t| t.dots.close_yes), move || dots.close())}
                    {button("button", word(|t| t.dots.close_no), move || asks.set(false))}
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        {when(flag(move || !asks.get()), first)}
        {when(asks.into(), sure)}
    }
    .into_any()
}

/// The question before it is closed.
const ASKED: &str = "dots-ask";
