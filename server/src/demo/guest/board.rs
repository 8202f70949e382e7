//! What a simulated participant does at the board of their own group.

use std::sync::Arc;
use std::time::Duration;

use shared::docs::board::{Answer, Ballots, BoardOp, Given, Line, NoteOn, Place, Reaction};
use shared::presence::Doing;
use shared::text::{Anchor, Splice};
use shared::{CardId, LaneId, VoteId};

use super::Hands;
use crate::client::{ClientError, Docs, difference};
use crate::demo::plan::{Act, Outcome};
use crate::demo::script::{Cause, Course, Said, Table};

/// How long what was written in silence may take to come onto the board.
const COMING: Duration = Duration::from_secs(10);

impl Hands<'_> {
    fn sees(&self, card: CardId) -> bool {
        self.session.read(|docs| docs.board(self.group).is_some_and(|board| board.view().is_seen(card)))
    }

    pub(super) async fn do_act(&mut self, act: Act) -> Result<Outcome, ClientError> {
        let table = Arc::clone(&self.seat.work.table);
        match act {
            Act::Propose(n) => self.add_note(NoteOn::Proposal, table.proposals.get(n)).await?,
            Act::Witness(n) => self.witness(n)?,
            Act::Premise(n) => self.add_note(NoteOn::Premise, table.premises.get(n)).await?,
            Act::OpenVote => drop(self.board.apply(BoardOp::OpenVote)?),
            Act::Vote(_) => self.vote(&table).await?,
            Act::CloseVote => {
                self.human.wait(2, 5).await;
                if let Some(vote) = self.open_vote() {
                    self.board.apply(BoardOp::CloseVote { vote })?;
                }
            }
            Act::Slip(index) => {
                let Some(cause) = table.cards.get(index) else { return Ok(Outcome::Dropped) };
                return self.write_in_silence(&cause.wording.first).await;
            }
            Act::Help => self.call_for_help().await?,
            Act::Hand => {
                self.board.apply(BoardOp::RaiseHand)?;
                self.human.wait(8, 20).await;
                if let Some(of) = self.session.read(|docs| docs.you().by()) {
                    self.board.apply(BoardOp::LowerHand { of })?;
                }
            }
            Act::Theme => self.write_theme(&table.theme.first).await?,
            Act::Sharpen => {
                self.human.wait(3, 8).await;
                self.put_better(CardId::THEME, &table.theme.first, table.theme.later.as_deref()).await?;
            }
            Act::Add(index) => return self.add(&table, index).await,
            Act::Reword(index)
            | Act::Move(index)
            | Act::Mark(index)
            | Act::Star(index)
            | Act::Say(index)
            | Act::Lane(index)
            | Act::Call(index)
            | Act::Link(index)
            | Act::Merge(index)
            | Act::React(index)
            | Act::Read(index, _) => {
                let (Some(cause), Some(card)) = (table.cards.get(index), self.seat.work.plan().id(Some(index))) else {
                    return Ok(Outcome::Dropped);
                };
                if !self.sees(card) {
                    return Ok(Outcome::Dropped);
                }
                self.do_with(act, cause, card).await?;
            }
        }
        Ok(Outcome::Done)
    }

    /// An act with a card that is there.
    async fn do_with(&mut self, act: Act, cause: &Cause, card: CardId) -> Result<(), ClientError> {
        match act {
            Act::Reword(_) => {
                self.put_better(card, &cause.wording.first, cause.wording.later.as_deref()).await?;
            }
            Act::Move(_) => {
                let parent = self.seat.work.plan().id(cause.parent).filter(|parent| self.sees(*parent));
                if let Some(parent) = parent {
                    self.board.move_to(card, parent, Place::Last)?;
                }
            }
            Act::Mark(_) => drop(self.board.mark(card, cause.mark)?),
            Act::Star(_) => drop(self.board.star(card, cause.star)?),
            Act::Say(_) => self.say(&cause.said, card).await?,
            Act::Link(_) => {
                let other = cause.said.also.and_then(|other| self.seat.work.plan().id(Some(other)));
                if let Some(under) = other.filter(|other| self.sees(*other)) {
                    self.board.apply(BoardOp::LinkCard { card, under })?;
                }
            }
            Act::Lane(_) => self.put_in_lane(card, cause.said.lane.as_deref()).await?,
            Act::Call(_) => {
                if let Some(what) = cause.said.call {
                    self.board.apply(BoardOp::Call { card: Some(card), what })?;
                }
            }
            Act::Merge(_) => {
                if let Course::Same(other) = cause.course
                    && let Some(into) = self.seat.work.plan().id(Some(other)).filter(|other| self.sees(*other))
                {
                    self.board.apply(BoardOp::MergeCard { card, into })?;
                }
            }
            Act::React(_) => {
                let reaction = if self.human.choose(3) == 0 { Reaction::UsToo } else { Reaction::Agree };
                self.board.apply(BoardOp::React { card, reaction, given: Given::Yes })?;
            }
            Act::Read(..) => {
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

    pub(super) async fn add_note(&mut self, on: NoteOn, text: Option<&String>) -> Result<(), ClientError> {
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
        let Some(parent) = self.seat.work.plan().id(under).filter(|parent| self.sees(*parent)) else {
            return Ok(Outcome::Dropped);
        };
        if self.seat.work.plan().was_silent(index)
            && let Some(card) = self.comes(&cause.wording.first).await
        {
            return Ok(Outcome::Written(card));
        }
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

    /// The card that says this, which was written in silence and is about to come.
    async fn comes(&self, text: &str) -> Option<CardId> {
        self.session
            .until("what was written in silence", COMING, |docs| self.lies_there(docs, text).is_some())
            .await
            .ok()?;
        self.session.read(|docs| self.lies_there(docs, text))
    }

    /// Gets no further for a while, and calls for help; goes on when somebody has been there.
    async fn call_for_help(&mut self) -> Result<(), ClientError> {
        self.human.wait(300, 340).await;
        self.board.apply(BoardOp::CallHelp { given: Given::Yes })?;
        let helped = |docs: &Docs| docs.board(self.group).is_some_and(|board| board.view().help.is_none());
        // Nobody waits for ever: then they go on by themselves.
        let _ = self.session.until("help", self.human.time(600), helped).await;
        Ok(())
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
