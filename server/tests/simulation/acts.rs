//! What people do: participants at their board and in their tray, the lead to everybody. Every word is written once in a plan, so that it
//! can be found again.

use shared::docs::board::{Ballots, Board, BoardOp, Given, Kept, NoteOn, Place, Reaction, Star};
use shared::docs::dots::{DotOption, DotVote, OwnGroup, Voters};
use shared::docs::tray::TrayOp;
use shared::docs::workshop::{Attention, Names, Phase, Screens, TimerChange, Whom, Workshop, WorkshopOp};
use shared::text::{Splice, TextEdit};
use shared::{CardId, DocId, GroupId, NoteId, Op};

use crate::phone::Phone;
use crate::random::Random;

/// Words that are nobody else's.
pub(crate) struct Words(u32);

impl Words {
    pub(crate) const fn new() -> Self {
        Self(0)
    }

    fn next(&mut self) -> String {
        self.0 += 1;
        format!("<{}>", self.0)
    }
}

/// The words that an operation brings, if it brings any.
pub(crate) fn words(op: &Op) -> Option<&str> {
    let text = match op {
        Op::Board(BoardOp::AddCard { text, .. } | BoardOp::AddNote { text, .. }) => text,
        Op::Board(BoardOp::EditText { edit: TextEdit::Insert { text, .. }, .. }) => text,
        Op::Tray(TrayOp::PutSlip { text, .. } | TrayOp::ChangeSlip { text, .. }) => text,
        Op::Workshop(WorkshopOp::Announce { text }) => text,
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn any_card(board: &Board, random: &mut Random) -> CardId {
    let cards: Vec<CardId> = board.ever().map(|(id, _)| id).collect();
    if cards.is_empty() || random.percent(15) { CardId::THEME } else { *random.pick(&cards) }
}

fn dots(vote: &DotVote, random: &mut Random) -> Vec<u16> {
    let mut dots = vec![0; vote.options.len()];
    for _ in 0..=random.below(usize::from(vote.each)) {
        let at = random.below(dots.len());
        dots[at] += 1;
    }
    dots
}

impl Phone {
    fn number(&mut self, text: &str) -> u32 {
        let start = self.characters;
        self.characters += u32::try_from(text.chars().count()).unwrap();
        start
    }

    /// Something that a participant could do now, fit or not.
    pub(crate) fn think(&mut self, random: &mut Random, words: &mut Words) -> Vec<(DocId, Op)> {
        let Some(group) = self.seat else { return self.help(random, words) };
        let board_id = DocId::Board(group);
        let (Some(board), Some(workshop)) = (self.board(group), self.workshop()) else { return Vec::new() };
        if let Some((tray_id, tray)) = self.tray() {
            let room = workshop.dots.as_ref().filter(|vote| vote.is_open());
            let table = board.dots.as_ref().filter(|vote| vote.is_open());
            let casts = [(Voters::Room, room), (Voters::Group, table)];
            if let Some((voters, Some(vote))) = casts.into_iter().find(|(_, vote)| vote.is_some())
                && random.percent(40)
            {
                let op = TrayOp::CastDots { voters, vote: vote.id, dots: dots(vote, random) };
                return vec![(tray_id, Op::Tray(op))];
            }
            if let Some(vote) = board.vote.as_ref().filter(|vote| vote.ballots == Ballots::Open)
                && random.percent(40)
            {
                let proposals = board.notes.iter().filter(|(_, note)| note.on == NoteOn::Proposal);
                let choices: Vec<NoteId> = proposals.map(|(id, _)| *id).take(1 + random.below(2)).collect();
                return vec![(tray_id, Op::Tray(TrayOp::CastBallot { vote: vote.id, choices }))];
            }
            if workshop.is_silent(group) && random.percent(85) {
                let slips: Vec<_> = tray.slips.iter().map(|slip| slip.id).collect();
                let names = workshop.step_of(group).map_or(Names::Shown, |step| step.plan.names);
                let text = words.next();
                let op = match random.below(8) {
                    0 if !slips.is_empty() => TrayOp::TakeBackSlip { slip: *random.pick(&slips) },
                    1 if !slips.is_empty() => TrayOp::ChangeSlip { slip: *random.pick(&slips), text },
                    _ => TrayOp::PutSlip { text, names },
                };
                return vec![(tray_id, Op::Tray(op))];
            }
        }
        let visited = workshop.visited_by(group).filter(|visited| *visited != group);
        if let Some(visited) = visited.filter(|_| random.percent(40)) {
            return self.visit(visited, random, words);
        }
        let ops = self.write(group, random, words);
        ops.into_iter().map(|op| (board_id, Op::Board(op))).collect()
    }

    fn visit(&mut self, group: GroupId, random: &mut Random, words: &mut Words) -> Vec<(DocId, Op)> {
        let Some(board) = self.board(group) else { return Vec::new() };
        let card = any_card(board, random);
        let op = if random.percent(50) {
            let text = words.next();
            BoardOp::AddNote { on: NoteOn::Card(card), start: self.number(&text), text }
        } else {
            BoardOp::React { card, reaction: Reaction::UsToo, given: Given::Yes }
        };
        vec![(DocId::Board(group), Op::Board(op))]
    }

    /// Who helps, or conducts, writes at any board.
    fn help(&mut self, random: &mut Random, words: &mut Words) -> Vec<(DocId, Op)> {
        let groups: Vec<GroupId> =
            self.workshop().map(|now| now.groups.iter().map(|group| group.id).collect()).unwrap_or_default();
        if groups.is_empty() || self.by().is_none() {
            return Vec::new();
        }
        let group = *random.pick(&groups);
        let ops = self.write(group, random, words);
        ops.into_iter().map(|op| (DocId::Board(group), Op::Board(op))).collect()
    }

    fn write(&mut self, group: GroupId, random: &mut Random, words: &mut Words) -> Vec<BoardOp> {
        let Some(board) = self.board(group) else { return Vec::new() };
        let card = any_card(board, random);
        match random.below(20) {
            0..6 => {
                let text = words.next();
                let place = *random.pick(&[Place::First, Place::Last, Place::After(card)]);
                vec![BoardOp::AddCard { parent: card, place, start: self.number(&text), text }]
            }
            6..11 => self.type_in(group, card, random, words),
            11 => vec![BoardOp::RemoveCard { card }],
            12 => {
                let removed = board.ever().filter(|(_, card)| card.kept != Kept::Yes).map(|(id, _)| id);
                removed.take(1).map(|card| BoardOp::RestoreCard { card }).collect()
            }
            13 => vec![BoardOp::MoveCard { card, parent: any_card(board, random), place: Place::Last }],
            14 => vec![BoardOp::SetStar { card, star: *random.pick(&[Star::None, Star::RootCause]) }],
            15 => vec![BoardOp::MergeCard { card, into: any_card(board, random) }],
            16 => vec![BoardOp::RaiseHand],
            17 => vec![vote(board)],
            18 => vec![BoardOp::CallHelp { given: *random.pick(&[Given::Yes, Given::No]) }],
            _ => {
                let text = words.next();
                vec![BoardOp::AddNote { on: NoteOn::Proposal, start: self.number(&text), text }]
            }
        }
    }

    fn type_in(&mut self, group: GroupId, card: CardId, random: &mut Random, words: &mut Words) -> Vec<BoardOp> {
        let insert = words.next();
        let start = self.number(&insert);
        let Some(found) = self.board(group).and_then(|board| board.get(card)) else { return Vec::new() };
        let delete = if random.percent(30) { random.below_u32(6) } else { 0 };
        let splice = Splice { at: random.below_u32(found.text.chars() + 2), delete, insert };
        found.text.splice(&splice, start).into_iter().map(|edit| BoardOp::EditText { card, edit }).collect()
    }

    /// Something that the lead could do now.
    pub(crate) fn conduct(&mut self, random: &mut Random, words: &mut Words) -> Option<(DocId, Op)> {
        let now = self.workshop().filter(|now| !now.groups.is_empty())?;
        if now.phase == Phase::Lobby {
            return Some(to_all(WorkshopOp::SetPhase { phase: Phase::Open }));
        }
        let group = random.pick(&now.groups).id;
        let step = now.run.map(|run| run.step);
        let steps: Vec<_> = now.steps.iter().map(|step| step.id).collect();
        let next = step.and_then(|step| now.next_after(step)).or_else(|| now.first_step()).map(|step| step.id);
        let op = match random.below(24) {
            0..8 => WorkshopOp::GoTo { whom: Whom::All, from: step, step: next? },
            8 => WorkshopOp::GoTo {
                whom: Whom::Group(group),
                from: now.run_of(group).map(|run| run.step),
                step: *steps.get(random.below(steps.len()))?,
            },
            9 => WorkshopOp::Rejoin { group },
            10..13 => WorkshopOp::NextRound { step: step?, round: now.run?.round + 1 },
            13 => WorkshopOp::Announce { text: words.next() },
            14 => {
                let attention = *random.pick(&[Attention::Work, Attention::EyesUp, Attention::Locked]);
                WorkshopOp::SetAttention { attention }
            }
            15 => WorkshopOp::SetTimer {
                whom: Whom::All,
                step: step?,
                change: *random.pick(&[TimerChange::Pause, TimerChange::GoOn, TimerChange::More(30)]),
            },
            16..18 => self.room_vote(now)?,
            18..20 => return Some((DocId::Board(group), Op::Board(self.table_vote(group)?))),
            20 if now.groups.len() < 4 => WorkshopOp::AddGroup,
            21 => WorkshopOp::Show {
                group,
                card: None,
                screens: *random.pick(&[Screens::Everywhere, Screens::Projector]),
            },
            22 => WorkshopOp::EndShow,
            _ => {
                let phase = if now.phase == Phase::Ended || random.percent(70) { Phase::Open } else { Phase::Ended };
                WorkshopOp::SetPhase { phase }
            }
        };
        Some(to_all(op))
    }

    fn room_vote(&self, now: &Workshop) -> Option<WorkshopOp> {
        if let Some(vote) = now.dots.as_ref().filter(|vote| vote.is_open()) {
            return Some(WorkshopOp::CloseDots { vote: vote.id });
        }
        let option = |group: GroupId| {
            let (card, found) = self.board(group)?.ever().next()?;
            Some(DotOption { group: Some(group), card, words: found.text.read() })
        };
        let options = now.groups.iter().filter_map(|group| option(group.id)).collect();
        Some(WorkshopOp::OpenDots { options, each: 2, own: OwnGroup::Counts })
    }

    fn table_vote(&self, group: GroupId) -> Option<BoardOp> {
        let board = self.board(group)?;
        Some(match board.dots.as_ref().filter(|vote| vote.is_open()) {
            Some(vote) => BoardOp::CloseDots { vote: vote.id },
            None => BoardOp::OpenDots { cards: board.ever().map(|(id, _)| id).take(4).collect(), each: 2 },
        })
    }
}

fn vote(board: &Board) -> BoardOp {
    match board.vote.as_ref().filter(|vote| vote.ballots == Ballots::Open) {
        Some(vote) => BoardOp::CloseVote { vote: vote.id },
        None => BoardOp::OpenVote,
    }
}

const fn to_all(op: WorkshopOp) -> (DocId, Op) {
    (DocId::Workshop, Op::Workshop(op))
}
