//! One simulated participant: joins like a phone, writes like a person, and carries on whatever the others do.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shared::docs::board::{Answer, Ballots, BoardOp, Given, Line, NoteOn, Place, Reaction};
use shared::docs::workshop::Phase;
use shared::presence::Doing;
use shared::text::{Anchor, Splice};
use shared::{CardId, GroupId, JoinCode, LaneId, VoteId};

use super::human::Human;
use super::plan::{Next, Outcome, Plan, Step};
use super::script::{Cause, Course, Guest, Pace, Part, Said, Table};
use crate::access::new_token;
use crate::client::{AtBoard, Client, ClientError, Docs, LinkState, Session, difference};

/// Nobody waits longer than a day for the workshop to begin.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Where a guest goes.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) base: String,
    pub(super) code: JoinCode,
    pub(super) group: GroupId,
}

/// What a group shares.
#[derive(Clone, Debug)]
pub(super) struct Work {
    pub(super) table: Arc<Table>,
    pub(super) plan: Arc<Mutex<Plan>>,
}

impl Work {
    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Joins: looks at the door, thinks of a name, is seated.
pub(super) async fn arrive(way: &Way, guest: &Guest, human: &mut Human) -> Result<Session, ClientError> {
    let mut client = Client::connect(&way.base).await?;
    client.knock(way.code).await?;
    human.wait(2, 5).await;
    let token = new_token()?;
    let joined = client.join(way.code, token, &guest.name, Some(way.group)).await?;
    client.hello(joined.workshop, token).await
}

/// Takes part until there is nothing left to do.
pub(super) async fn take_part(session: &Session, guest: &Guest, work: &Work, human: Human) -> Result<(), ClientError> {
    let Some(group) = session.read(|docs| docs.seat()) else { return Ok(()) };
    let mut hands = Hands { session, board: session.board(group), group, work, human };
    hands.begun().await?;
    if work.table.pace == Pace::Late {
        hands.human.wait(75, 90).await;
    }
    if guest.part == Part::Listens {
        return Ok(());
    }
    hands.human.wait(2, 8).await;
    loop {
        hands.begun().await?;
        let next = work.plan().take(|below| hands.human.choose(below));
        match next {
            Next::Over => return Ok(()),
            Next::Wait => hands.human.wait(1, 3).await,
            Next::Do(step) => {
                let outcome = hands.do_step(step).await;
                hands.board.doing(Doing::Reading);
                work.plan().finish(step, outcome.unwrap_or(Outcome::Dropped));
                if let LinkState::Ended(why) = session.link() {
                    return Err(why);
                }
                hands.human.wait(10, 35).await;
            }
        }
    }
}

/// A guest at their board.
struct Hands<'a> {
    session: &'a Session,
    board: AtBoard<'a>,
    group: GroupId,
    work: &'a Work,
    human: Human,
}

impl Hands<'_> {
    /// Waits until the lead has begun, or begun again.
    async fn begun(&self) -> Result<(), ClientError> {
        let open = |docs: &Docs| docs.workshop().view().phase == Phase::Open;
        self.session.until("the lead to begin", DAY, open).await
    }

    fn sees(&self, card: CardId) -> bool {
        self.session.read(|docs| docs.board(self.group).is_some_and(|board| board.view().is_seen(card)))
    }

    async fn do_step(&mut self, step: Step) -> Result<Outcome, ClientError> {
        let table = Arc::clone(&self.work.table);
        match step {
            Step::Propose(n) => self.add_note(NoteOn::Proposal, table.proposals.get(n)).await?,
            Step::Witness(n) => self.witness(n)?,
            Step::Premise(n) => self.add_note(NoteOn::Premise, table.premises.get(n)).await?,
            Step::OpenVote => drop(self.board.apply(BoardOp::OpenVote)?),
            Step::Vote(_) => self.vote(&table).await?,
            Step::CloseVote => {
                self.human.wait(2, 5).await;
                if let Some(vote) = self.open_vote() {
                    self.board.apply(BoardOp::CloseVote { vote })?;
                }
            }
            Step::Hand => {
                self.board.apply(BoardOp::RaiseHand)?;
                self.human.wait(8, 20).await;
                if let Some(of) = self.session.read(|docs| docs.you().by()) {
                    self.board.apply(BoardOp::LowerHand { of })?;
                }
            }
            Step::Theme => self.write_theme(&table.theme.first).await?,
            Step::Sharpen => {
                self.human.wait(3, 8).await;
                self.put_better(CardId::THEME, &table.theme.first, table.theme.later.as_deref()).await?;
            }
            Step::Add(index) => return self.add(&table, index).await,
            Step::Reword(index)
            | Step::Move(index)
            | Step::Mark(index)
            | Step::Star(index)
            | Step::Say(index)
            | Step::Lane(index)
            | Step::Call(index)
            | Step::Link(index)
            | Step::Merge(index)
            | Step::React(index)
            | Step::Read(index, _) => {
                let (Some(cause), Some(card)) = (table.cards.get(index), self.work.plan().id(Some(index))) else {
                    return Ok(Outcome::Dropped);
                };
                if !self.sees(card) {
                    return Ok(Outcome::Dropped);
                }
                self.do_with(step, cause, card).await?;
            }
        }
        Ok(Outcome::Done)
    }

    /// A step with a card that is there.
    async fn do_with(&mut self, step: Step, cause: &Cause, card: CardId) -> Result<(), ClientError> {
        match step {
            Step::Reword(_) => {
                self.put_better(card, &cause.wording.first, cause.wording.later.as_deref()).await?;
            }
            Step::Move(_) => {
                let parent = self.work.plan().id(cause.parent).filter(|parent| self.sees(*parent));
                if let Some(parent) = parent {
                    self.board.move_to(card, parent, Place::Last)?;
                }
            }
            Step::Mark(_) => drop(self.board.mark(card, cause.mark)?),
            Step::Star(_) => drop(self.board.star(card, cause.star)?),
            Step::Say(_) => self.say(&cause.said, card).await?,
            Step::Link(_) => {
                let other = cause.said.also.and_then(|other| self.work.plan().id(Some(other)));
                if let Some(under) = other.filter(|other| self.sees(*other)) {
                    self.board.apply(BoardOp::LinkCard { card, under })?;
                }
            }
            Step::Lane(_) => self.put_in_lane(card, cause.said.lane.as_deref()).await?,
            Step::Call(_) => {
                if let Some(what) = cause.said.call {
                    self.board.apply(BoardOp::Call { card: Some(card), what })?;
                }
            }
            Step::Merge(_) => {
                if let Course::Same(other) = cause.course
                    && let Some(into) = self.work.plan().id(Some(other)).filter(|other| self.sees(*other))
                {
                    self.board.apply(BoardOp::MergeCard { card, into })?;
                }
            }
            Step::React(_) => {
                let reaction = if self.human.choose(3) == 0 { Reaction::UsToo } else { Reaction::Agree };
                self.board.apply(BoardOp::React { card, reaction, given: Given::Yes })?;
            }
            Step::Read(..) => {
                let home = |docs: &Docs| docs.board(self.group)?.view().home(card);
                if let Some(under) = self.session.read(home) {
                    let answer = Some(cause.said.doubt.unwrap_or(Answer::Holds));
                    self.board.apply(BoardOp::ReadLink { card, under, answer })?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Says what there is to say about a card, one thing after another.
    async fn say(&mut self, said: &Said, card: CardId) -> Result<(), ClientError> {
        if let Some(text) = &said.evidence {
            self.board.doing(Doing::Writing(card));
            self.human.type_out(text).await;
            self.board.write_line(card, Line::Evidence, text)?;
        }
        if said.reach.is_some() {
            self.board.apply(BoardOp::SetReach { card, reach: said.reach })?;
        }
        if said.stop.is_some() {
            self.human.wait(2, 5).await;
            self.board.apply(BoardOp::SetStop { card, stop: said.stop })?;
        }
        self.add_note(NoteOn::Card(card), said.comment.as_ref()).await
    }

    async fn add_note(&mut self, on: NoteOn, text: Option<&String>) -> Result<(), ClientError> {
        if let Some(text) = text {
            self.human.type_out(text).await;
            self.board.add_note(on, text)?;
        }
        Ok(())
    }

    /// Puts a card in the lane of this name, which is made if it is not there.
    async fn put_in_lane(&mut self, card: CardId, lane: Option<&str>) -> Result<(), ClientError> {
        let Some(name) = lane else { return Ok(()) };
        let known = |docs: &Docs| {
            let lanes = &docs.board(self.group)?.view().lanes;
            lanes.iter().find(|(_, known)| known.name == name).map(|(id, _)| *id)
        };
        let lane = match self.session.read(known) {
            Some(lane) => lane,
            None => LaneId::from(self.board.apply(BoardOp::PutLane { lane: None, name: name.to_owned() })?),
        };
        self.human.wait(1, 3).await;
        self.board.apply(BoardOp::SetLane { card, lane: Some(lane) })?;
        Ok(())
    }

    fn open_vote(&self) -> Option<VoteId> {
        let open = |docs: &Docs| {
            let vote = docs.board(self.group)?.view().vote.as_ref().filter(|vote| vote.ballots == Ballots::Open)?;
            Some(vote.id)
        };
        self.session.read(open)
    }

    /// Votes for what becomes the theme, and some for another one too.
    async fn vote(&mut self, table: &Table) -> Result<(), ClientError> {
        let Some(vote) = self.open_vote() else { return Ok(()) };
        self.human.wait(2, 6).await;
        let another = self.human.choose(table.proposals.len().saturating_mul(2));
        let chosen = |docs: &Docs| {
            let proposals = docs.board(self.group)?.view().notes_on(NoteOn::Proposal);
            let wanted = proposals
                .iter()
                .enumerate()
                .filter(|(n, (_, note))| *n == another || table.theme.first == note.text.read());
            Some(wanted.map(|(_, (id, _))| *id).collect::<Vec<_>>())
        };
        let choices = self.session.read(chosen).unwrap_or_default();
        self.session.cast(vote, choices).map(drop)
    }

    /// Says that one has seen the n-th proposed theme oneself.
    fn witness(&self, n: usize) -> Result<(), ClientError> {
        let nth = |docs: &Docs| Some(docs.board(self.group)?.view().notes_on(NoteOn::Proposal).get(n)?.0);
        if let Some(note) = self.session.read(nth) {
            self.board.apply(BoardOp::SeeMyself { note, given: Given::Yes })?;
        }
        Ok(())
    }

    /// The caret before the character at `place`.
    fn caret(&self, card: CardId, place: u32) -> Anchor {
        let anchor = |docs: &Docs| Some(docs.board(self.group)?.view().get(card)?.text.anchor(place));
        self.session.read(anchor).unwrap_or_default()
    }

    async fn write_theme(&mut self, text: &str) -> Result<(), ClientError> {
        let blank = self.session.read(|docs| docs.wording(self.group, CardId::THEME)).is_some_and(|t| t.is_empty());
        if blank {
            self.board.doing(Doing::Writing(CardId::THEME));
            self.type_behind(CardId::THEME, Anchor::default(), text).await?;
        }
        Ok(())
    }

    /// Writes a card, piece by piece, so that the others see it grow.
    async fn add(&mut self, table: &Table, index: usize) -> Result<Outcome, ClientError> {
        let Some(cause) = table.cards.get(index) else { return Ok(Outcome::Dropped) };
        let under = match cause.course {
            Course::Moved => cause.parent.and_then(|parent| table.cards.get(parent)).and_then(|parent| parent.parent),
            Course::Stays | Course::Undone | Course::Same(_) => cause.parent,
        };
        let Some(parent) = self.work.plan().id(under).filter(|parent| self.sees(*parent)) else {
            return Ok(Outcome::Dropped);
        };
        self.board.doing(Doing::Adding(parent));
        self.human.wait(2, 5).await;
        if cause.course == Course::Undone {
            self.human.type_out(&cause.wording.first).await;
            self.board.add(parent, &cause.wording.first)?;
            self.human.wait(6, 9).await;
            self.board.undo()?;
            return Ok(Outcome::Dropped);
        }
        let pieces = self.human.pieces(&cause.wording.first);
        let Some((first, rest)) = pieces.split_first() else { return Ok(Outcome::Dropped) };
        self.human.type_out(first).await;
        let card = self.board.add(parent, first)?;
        self.board.doing(Doing::Writing(card));
        // Who removes the card while it is being written has the last word.
        let typed = self.type_behind(card, self.caret(card, u32::MAX), &rest.concat()).await;
        Ok(if typed.is_ok() && self.sees(card) { Outcome::Written(card) } else { Outcome::Dropped })
    }

    /// Changes the wording, unless somebody has changed it already.
    async fn put_better(&mut self, card: CardId, first: &str, later: Option<&str>) -> Result<(), ClientError> {
        let now = self.session.read(|docs| docs.wording(self.group, card)).unwrap_or_default();
        let Some(later) = later.filter(|_| now == first) else { return Ok(()) };
        let Splice { at, delete, insert } = difference(&now, later);
        self.board.doing(Doing::Writing(card));
        self.human.wait(1, 3).await;
        let caret = self.caret(card, at);
        self.board.splice(card, &Splice { at, delete, insert: String::new() })?;
        self.type_behind(card, caret, &insert).await
    }

    async fn type_behind(&mut self, card: CardId, mut caret: Anchor, text: &str) -> Result<(), ClientError> {
        for piece in self.human.pieces(text) {
            self.human.type_out(&piece).await;
            caret = self.board.insert(card, caret, &piece)?;
        }
        Ok(())
    }
}
