//! What the steps of the run-sheet ask of a participant beside the board of their own group: a word in turn, cards in silence, a
//! visit, and what they take with them.

use shared::docs::board::{BoardOp, Given, NoteOn, Pass, Reaction, Turns};
use shared::docs::workshop::Kind;
use shared::presence::Doing;
use shared::{CardId, GroupId, PersonId};

use super::{Did, Hands};
use crate::client::{ClientError, Docs};
use crate::demo::plan::Outcome;

impl Hands<'_> {
    /// Whether this is the first time in this step, and in this round of it.
    fn is_first_time(&mut self) -> bool {
        let Some(run) = self.run() else { return false };
        let new = !self.said.contains(&(run.step, run.round));
        if new {
            self.said.push((run.step, run.round));
        }
        new
    }

    fn me(&self) -> Option<PersonId> {
        match self.session.read(Docs::you) {
            shared::Capability::Participant(person) => Some(person),
            _ => None,
        }
    }

    /// The turns of this step.
    fn turns(&self) -> Option<Turns> {
        let began = self.run()?.began_at;
        let turns = self.session.read(|docs| docs.board(self.group)?.view().turns.clone());
        turns.filter(|turns| turns.since >= began)
    }

    /// Speaks when it is one's turn. The first one at the table begins.
    pub(super) async fn take_turns(&mut self) -> Result<Did, ClientError> {
        match (self.turns().map(|turns| turns.order.first().copied()), self.me()) {
            (None, _) if self.seat.place == 0 => {
                self.board.apply(BoardOp::TakeTurns)?;
                Ok(Did::Nothing)
            }
            (Some(Some(of)), Some(me)) if of == me => {
                self.human.wait(20, 40).await;
                self.board.apply(BoardOp::PassTurn { of: me, how: Pass::Done })?;
                Ok(Did::Nothing)
            }
            _ => Ok(Did::Nothing),
        }
    }

    /// Says what one takes with one, and what one will do; then it goes round.
    pub(super) async fn part(&mut self) -> Result<Did, ClientError> {
        if !self.is_first_time() {
            return self.take_turns().await;
        }
        let (work, place) = (self.seat.work.table.clone(), self.seat.place);
        self.human.wait(5, 40).await;
        self.add_note(NoteOn::Parting, work.partings.get(place)).await?;
        self.add_note(NoteOn::OwnStep, work.own_steps.get(place)).await?;
        Ok(Did::Nothing)
    }

    /// How many cards lie in one's own tray.
    fn slips(&self) -> u16 {
        self.session.read(|docs| u16::try_from(docs.tray().view().slips.len()).unwrap_or(u16::MAX))
    }

    /// Writes a card that nobody sees before the silence is over.
    pub(super) async fn write_in_silence(&mut self, text: &str) -> Result<Outcome, ClientError> {
        self.board.doing(Doing::Silent(self.slips()));
        self.human.wait(3, 12).await;
        self.human.type_out(text).await;
        let names = |docs: &Docs| {
            let step = docs.workshop().view().step_of(self.group).filter(|step| step.plan.kind == Kind::Silence);
            step.map(|step| step.plan.names)
        };
        // Who was too slow writes it at the board.
        let Some(names) = self.session.read(names) else { return Ok(Outcome::Dropped) };
        self.session.write_in_silence(text, names)?;
        self.board.doing(Doing::Silent(self.slips()));
        Ok(Outcome::Done)
    }

    /// The card that was written in silence and says this, if it lies on the board.
    pub(super) fn lies_there(&self, docs: &Docs, text: &str) -> Option<CardId> {
        let board = docs.board(self.group)?.view();
        board.children(CardId::THEME).find(|(_, card)| card.text.read() == text).map(|(id, _)| id)
    }

    /// Looks at the board of another group, and leaves something there.
    pub(super) async fn visit(&mut self) -> Result<Did, ClientError> {
        let to = |docs: &Docs| docs.place().visits.filter(|to| docs.board(*to).is_some());
        let Some(to) = self.session.read(to) else { return Ok(Did::Nothing) };
        if !self.is_first_time() {
            return Ok(Did::Nothing);
        }
        self.human.wait(10, 60).await;
        let cards = |docs: &Docs| docs.board(to).map(|board| board.view().outline()).unwrap_or_default();
        let cards: Vec<CardId> = self.session.read(cards).into_iter().skip(1).map(|(id, _)| id).collect();
        let Some(card) = cards.get(self.human.choose(cards.len())).copied() else { return Ok(Did::Nothing) };
        self.leave(to, card).await?;
        Ok(Did::Something)
    }

    async fn leave(&mut self, to: GroupId, card: CardId) -> Result<(), ClientError> {
        let board = self.session.board(to);
        if self.human.choose(2) == 0 {
            board.apply(BoardOp::React { card, reaction: Reaction::UsToo, given: Given::Yes })?;
        }
        let first = self.run().is_some_and(|run| run.round == 0);
        let question = self.seat.work.table.questions.get(self.seat.place).filter(|_| first).cloned();
        if let Some(question) = question {
            self.human.type_out(&question).await;
            board.add_note(NoteOn::Card(card), &question)?;
        }
        Ok(())
    }
}
