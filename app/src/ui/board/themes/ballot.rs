//! The secret vote in the sheet: it is opened, everybody ticks what they like, somebody closes it, the result is read. Nobody is
//! shown who or how many have voted before.

use shared::docs::board::{Ballots, BoardOp, Vote};
use shared::{NoteId, VoteId};

use super::super::notepad::Notepad;
use super::super::piece::{Button, filled, flag, text, when, word};
use super::super::state::BoardState;
use super::outcome::{Outcome, votes_of};
use crate::i18n::{fill, reject};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::{Cast, Me, Session, TrayView};

/// Where it says what the vote is about, or what came of it.
const TITLE: &str = "vote-title";

/// How far the vote is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    /// There was none.
    None,
    /// Everybody may vote.
    Open(VoteId),
    /// The server counts.
    Counting,
    /// It is over.
    Counted(VoteId),
}

/// The vote of a board, and one's own part in it. Copied freely.
#[derive(Clone, Copy)]
pub struct Voting {
    state: BoardState,
    session: Session,
    stage: Memo<Stage>,
    outcome: Memo<Option<Outcome>>,
    tray: Signal<TrayView>,
    /// Whether one sits here: who does not has no ballot.
    seated: Memo<bool>,
}

fn stage(vote: Option<&Vote>) -> Stage {
    match vote.map(|vote| (vote.id, &vote.ballots)) {
        None => Stage::None,
        Some((id, Ballots::Open)) => Stage::Open(id),
        Some((_, Ballots::Counting { .. })) => Stage::Counting,
        Some((id, Ballots::Counted { .. })) => Stage::Counted(id),
    }
}

impl Voting {
    /// Follows the vote of a board.
    pub fn begin(state: BoardState, session: Session) -> Self {
        let (changed, tray, me) = (state.board.changed(), session.tray(), session.me());
        let at = state.board.group();
        let counts = changed.clone();
        Self {
            state,
            session,
            stage: Memo::new(move |_| {
                changed.track();
                state.board.read(|board| stage(board.vote.as_ref())).unwrap_or(Stage::None)
            }),
            outcome: Memo::new(move |_| {
                counts.track();
                state.board.read(Outcome::of).flatten()
            }),
            tray: Signal::derive(move || tray.with(|tray| (**tray).clone())),
            seated: Memo::new(move |_| me.get().and_then(Me::sits) == Some(at)),
        }
    }

    /// Whether everybody may vote now.
    pub fn is_open(self) -> bool {
        matches!(self.stage.get(), Stage::Open(_))
    }

    /// Whether one may vote, and has not.
    pub fn waits_for_me(self) -> bool {
        matches!(self.stage.get(), Stage::Open(vote) if self.seated.get() && self.tray.get().choices(vote).is_empty())
    }

    /// Whether a proposal has most votes, alone or with others.
    pub fn leads(self, note: NoteId) -> bool {
        self.outcome.with(|outcome| outcome.as_ref().is_some_and(|outcome| outcome.first.contains(&note)))
    }

    fn turn(self, pad: Notepad, note: NoteId) {
        let Stage::Open(vote) = self.stage.get_untracked() else { return };
        let mut choices = untrack(|| self.tray.get()).choices(vote).to_vec();
        match choices.iter().position(|known| *known == note) {
            Some(at) => drop(choices.remove(at)),
            None => choices.push(note),
        }
        let refused = self.session.cast(vote, choices).err();
        pad.tell(refused.map(|why| reject(self.state.texts(), why)).unwrap_or_default());
    }

    /// Where one's own ballot is.
    fn say(self) -> String {
        let t = &self.state.t().themes;
        let Stage::Open(vote) = self.stage.get() else { return String::new() };
        let tray = self.tray.get();
        match (tray.choices(vote).is_empty(), tray.cast) {
            (_, Cast::OnItsWay) => t.voted_waits,
            (true, Cast::Taken) => t.voted_not,
            (false, Cast::Taken) => t.voted,
        }
        .to_owned()
    }

    fn result(self) -> String {
        let t = self.state.t();
        match self.stage.get() {
            Stage::None | Stage::Open(_) => String::new(),
            Stage::Counting => t.themes.counting.to_owned(),
            Stage::Counted(_) => {
                let said = |outcome: &Outcome| self.state.board.read(|board| outcome.say(t, board));
                self.outcome.with(|outcome| outcome.as_ref().and_then(said)).unwrap_or_default()
            }
        }
    }

    fn was_late(self) -> bool {
        matches!(self.stage.get(), Stage::Counted(vote) if self.tray.get().late == Some(vote))
    }
}

/// Whoever opened or closed it is shown what came of that: the button that they pressed is gone.
fn look_at_it() {
    request_animation_frame(|| {
        dom::focus(TITLE);
    });
}

/// Over the list: what the vote is about, or what came of it.
pub fn head(voting: Voting) -> AnyView {
    let state = voting.state;
    let open = flag(move || voting.is_open());
    let over = flag(move || matches!(voting.stage.get(), Stage::Counting | Stage::Counted(_)));
    let told = text(move || {
        let t = &state.t().themes;
        if voting.seated.get() { t.vote_now } else { t.vote_watch }.to_owned()
    });
    let now = move || {
        view! {
            <section class="vote" aria-labelledby=TITLE>
                <h3 id=TITLE tabindex="-1">{word(|t| t.themes.vote)}</h3>
                <p>{told}</p>
                <p class="hint">{word(|t| t.themes.vote_hint)}</p>
            </section>
        }
        .into_any()
    };
    let late = || view! { <p class="late">{word(|t| t.themes.late)}</p> }.into_any();
    let result = move || {
        view! {
            <section class="vote over" aria-labelledby=TITLE>
                <h3 id=TITLE tabindex="-1">{word(|t| t.themes.result)}</h3>
                <p role="status">{text(move || voting.result())}</p>
                {when(flag(move || voting.was_late()), late)}
            </section>
        }
        .into_any()
    };
    view! { {when(open, now)} {when(over, result)} }.into_any()
}

/// In a row: one's own tick while the vote is open, the votes when it is over.
pub fn choice(voting: Voting, pad: Notepad, id: NoteId, quoted: Signal<String>) -> AnyView {
    let state = voting.state;
    let may = flag(move || voting.is_open() && voting.seated.get() && state.writes.get());
    let chosen = flag(move || match voting.stage.get() {
        Stage::Open(vote) => voting.tray.get().choices(vote).contains(&id),
        _ => false,
    });
    let shape = Signal::derive(move || if chosen.get() { "☑" } else { "☐" });
    let tick = move || {
        let button = Button::new("button toggle tick", word(|t| t.themes.choose)).with_shape(shape).pressed(chosen);
        button.called(filled(|t| t.themes.choose_of, quoted)).on(move || voting.turn(pad, id))
    };
    let changed = state.board.changed();
    let votes = Memo::new(move |_| {
        changed.track();
        state.board.read(|board| votes_of(board, id)).flatten()
    });
    let told = text(move || {
        let n = votes.get().map(|n| n.to_string());
        n.map(|n| fill(state.t().themes.votes, &[("n", &n)])).unwrap_or_default()
    });
    let leads = flag(move || voting.leads(id));
    let result = move || view! { <p class="votes" class:leads=leads>{told}</p> }.into_any();
    view! { {when(may, tick)} {when(flag(move || votes.get().is_some()), result)} }.into_any()
}

/// Under the list: where one's ballot is, and the way on.
pub fn foot(voting: Voting, pad: Notepad) -> AnyView {
    let state = voting.state;
    let seated = flag(move || voting.is_open() && voting.seated.get());
    let said = move || view! { <p class="voted" role="status">{text(move || voting.say())}</p> }.into_any();
    let close = move || {
        Button::new("button primary wide", word(|t| t.themes.close)).on(move || {
            if let Stage::Open(vote) = voting.stage.get_untracked() {
                pad.act(BoardOp::CloseVote { vote });
                look_at_it();
            }
        })
    };
    let label = text(move || {
        let t = &state.t().themes;
        if matches!(voting.stage.get(), Stage::Counted(_)) { t.vote_again } else { t.vote_open }.to_owned()
    });
    let open = move || {
        view! {
            {Button::new("button wide", label).on(move || {
                pad.act(BoardOp::OpenVote);
                look_at_it();
            })}
            <p class="hint">{word(|t| t.themes.vote_hint)}</p>
        }
        .into_any()
    };
    let few = || view! { <p class="hint">{word(|t| t.themes.vote_few)}</p> }.into_any();
    let rests = move || state.writes.get() && matches!(voting.stage.get(), Stage::None | Stage::Counted(_));
    let count = move || pad.notes.with(Vec::len);
    view! {
        {when(seated, said)}
        {when(flag(move || state.writes.get() && voting.is_open()), close)}
        {when(flag(move || rests() && count() > 1), open)}
        {when(flag(move || rests() && count() == 1), few)}
    }
    .into_any()
}
