//! Operations and stamps that no page would send: every variant, with numbers and texts at and beyond their limits.

use shared::docs::board::{
    Answer, BoardOp, CallFor, Given, GivenRole, Heard, Line, Mark, Member, NoteOn, Pass, Place, Reach, Reaction, Reply,
    Role, Seated, Star, Stop,
};
use shared::docs::directory::DirectoryOp;
use shared::docs::doors::{DoorsOp, Link};
use shared::docs::dots::{DotOption, Voters};
use shared::docs::roster::{About, Hold, RosterOp, Rule};
use shared::docs::tray::TrayOp;
use shared::docs::workshop::Names;
use shared::ids::TokenHash;
use shared::limits::{CARD_CHARS_MAX, CHOICES_MAX, DOT_OPTIONS_MAX, DOTS_MAX, GROUPS_MAX, SEATS_MAX, SPANS_MAX};
use shared::text::{Span, TextEdit};
use shared::{
    By, Capability, CardId, CharId, ClientId, DocId, GroupId, JoinCode, LaneId, Millis, NoteId, Op, OpId, PairId,
    PersonId, Seq, SlipId, SortedMap, Stamp, StepId, VoteId, WorkshopId,
};

use crate::random::Random;

mod workshop;

/// Whatever can be said in the types.
pub(crate) struct Anything<'a>(pub(crate) &'a mut Random);

impl Anything<'_> {
    pub(crate) fn doc(&mut self) -> DocId {
        let group = self.group();
        let tray = DocId::Tray(self.person());
        *self.0.pick(&[DocId::Workshop, DocId::Roster, DocId::Board(group), DocId::Doors, DocId::Directory, tray])
    }

    pub(crate) fn stamp(&mut self) -> Stamp {
        let seq = Seq(self.large());
        let at = Millis(self.large());
        let id = OpId { client: self.client(), n: self.number() };
        Stamp { seq, at, by: self.by(), id }
    }

    fn by(&mut self) -> By {
        let person = By::Person(self.person());
        *self.0.pick(&[By::Server, By::Server, By::Lead, By::Helper, person])
    }

    fn client(&mut self) -> ClientId {
        *self.0.pick(&[
            ClientId::GENESIS,
            ClientId::FROM_ROSTER,
            ClientId::of(16),
            ClientId::of(17),
            ClientId::of(u64::MAX),
        ])
    }

    fn large(&mut self) -> u64 {
        *self.0.pick(&[0, 1, 2, 3, 4, 5, u64::from(u32::MAX), u64::from(u32::MAX) + 1, u64::MAX - 1, u64::MAX])
    }

    fn number(&mut self) -> u32 {
        match self.0.below(4) {
            0 => *self.0.pick(&[0, u32::MAX, u32::MAX - 1, u32::MAX - 200, 1 << 31]),
            _ => self.0.below_u32(40),
        }
    }

    fn small(&mut self) -> u16 {
        *self.0.pick(&[0, 1, 2, 3, SEATS_MAX, SEATS_MAX + 1, GROUPS_MAX, GROUPS_MAX + 1, u16::MAX])
    }

    fn group(&mut self) -> GroupId {
        GroupId(self.small())
    }

    fn person(&mut self) -> PersonId {
        PersonId(self.number())
    }

    fn card(&mut self) -> CardId {
        if self.0.percent(20) { CardId::THEME } else { CardId { client: self.client(), n: self.number() } }
    }

    fn character(&mut self) -> CharId {
        CharId { client: self.client(), n: self.number() }
    }

    fn text(&mut self) -> String {
        let letters = ["a", "な", "🌾", "\u{202e}", "\n", "\0", "\u{2028}", " ", "\u{200b}", "が", "\u{ff41}"];
        let length = *self.0.pick(&[0, 1, 1, 2, 3, 24, 25, 80, CARD_CHARS_MAX, CARD_CHARS_MAX + 1, 9_000]);
        let clean = self.0.percent(70);
        (0..length).map(|_| if clean { "な" } else { *self.0.pick(&letters) }).collect()
    }

    fn place(&mut self) -> Place {
        let card = self.card();
        *self.0.pick(&[Place::First, Place::Last, Place::After(card)])
    }

    fn spans(&mut self) -> Vec<Span> {
        let count = *self.0.pick(&[0, 1, 1, 1, 2, 3, SPANS_MAX, SPANS_MAX + 1]);
        (0..count).map(|_| Span { first: self.character(), len: self.number() }).collect()
    }

    fn edit(&mut self) -> TextEdit {
        match self.0.below(4) {
            0 => TextEdit::Delete { spans: self.spans() },
            1 => TextEdit::Revive { spans: self.spans() },
            _ => {
                let after = if self.0.percent(50) { None } else { Some(self.character()) };
                TextEdit::Insert { after, start: self.number(), text: self.text() }
            }
        }
    }

    /// An operation that belongs to the doc, or now and then to another.
    pub(crate) fn op(&mut self, doc: DocId) -> Op {
        let doc = if self.0.percent(10) { self.doc() } else { doc };
        match doc {
            DocId::Workshop => Op::Workshop(self.workshop_op()),
            DocId::Roster => Op::Roster(self.roster_op()),
            DocId::Board(_) => Op::Board(self.board_op()),
            DocId::Doors => {
                let person = self.person();
                let capabilities =
                    [Capability::Lead, Capability::Helper, Capability::Observer, Capability::Participant(person)];
                let keep = *self.0.pick(&[None, Some(TokenHash([9; 32]))]);
                let link = *self.0.pick(&[Link::Helper, Link::Observer]);
                Op::Doors(match self.0.below(6) {
                    0 => DoorsOp::RenewLead { lead: self.key(), helper: self.key(), observer: self.key(), keep },
                    1 => DoorsOp::RenewLink { link, key: self.key() },
                    2 => DoorsOp::RenewKeep { secret: self.key() },
                    _ => DoorsOp::Grant { key: self.key(), capability: *self.0.pick(&capabilities) },
                })
            }
            DocId::Directory => {
                let (code, workshop) = (self.code(), WorkshopId::default());
                let renews = self.0.percent(40);
                Op::Directory(if renews {
                    DirectoryOp::Renew { code, workshop }
                } else {
                    DirectoryOp::Open { code, workshop }
                })
            }
            DocId::Tray(_) => Op::Tray(self.tray_op()),
        }
    }

    fn key(&mut self) -> TokenHash {
        TokenHash([u8::try_from(self.0.below(6)).unwrap(); 32])
    }

    fn code(&mut self) -> JoinCode {
        JoinCode::of((self.0.below(6) as u64).to_le_bytes())
    }

    fn roster_op(&mut self) -> RosterOp {
        let (name, section) = (self.text(), self.text());
        match self.0.below(19) {
            0..=4 => RosterOp::Join { key: self.key(), name, section, group: self.group(), seats: self.small() },
            5 | 6 => RosterOp::Expect { name, section, about: self.about() },
            7 => RosterOp::Describe { person: self.person(), section, about: self.about() },
            8 => RosterOp::Forget { person: self.person() },
            9 => RosterOp::Reserve { person: self.person(), group: self.group() },
            10 => {
                let rule = *self.0.pick(&[None, Some(Rule::Apart), Some(Rule::Together)]);
                RosterOp::Pair { a: self.person(), b: self.person(), rule }
            }
            11 | 12 => {
                let (person, key, group) = (self.person(), self.key(), self.group());
                RosterOp::Arrive { person, key, group, seats: self.small() }
            }
            14 => RosterOp::Remove { person: self.person() },
            15 => RosterOp::LetBackIn { person: self.person(), group: self.group(), seats: self.small() },
            13 => RosterOp::TakeOver { person: self.person(), key: self.key() },
            _ => RosterOp::Seat { person: self.person(), group: self.group(), seats: self.small() },
        }
    }

    fn about(&mut self) -> About {
        let hold = *self.0.pick(&[Hold::Free, Hold::Free, Hold::Fixed, Hold::Away]);
        About { age: self.text(), actor: self.text(), hold }
    }

    fn note(&mut self) -> NoteId {
        NoteId { client: self.client(), n: self.number() }
    }

    fn lane(&mut self) -> Option<LaneId> {
        let lane = LaneId { client: self.client(), n: self.number() };
        *self.0.pick(&[None, Some(lane)])
    }

    fn op_id(&mut self) -> OpId {
        OpId { client: self.client(), n: self.number() }
    }

    fn vote(&mut self) -> VoteId {
        VoteId { client: self.client(), n: self.number() }
    }

    fn tray_op(&mut self) -> TrayOp {
        let vote = self.vote();
        let slip = SlipId { client: self.client(), n: self.number() };
        match self.0.below(10) {
            0 | 1 => return TrayOp::EndVote { vote },
            8 | 9 => {
                let voters = *self.0.pick(&[Voters::Group, Voters::Room]);
                return TrayOp::CastDots { voters, vote, dots: self.dots() };
            }
            2 | 3 => {
                return TrayOp::PutSlip { text: self.text(), names: *self.0.pick(&[Names::Shown, Names::Hidden]) };
            }
            4 => return TrayOp::ChangeSlip { slip, text: self.text() },
            5 if self.0.percent(50) => return TrayOp::TakeBackSlip { slip },
            5 => return TrayOp::HandOver { slips: vec![slip] },
            _ => {}
        }
        let count = *self.0.pick(&[0, 1, 1, 2, 3, CHOICES_MAX, CHOICES_MAX + 1]);
        TrayOp::CastBallot { vote, choices: (0..count).map(|_| self.note()).collect() }
    }

    fn dots(&mut self) -> Vec<u16> {
        let count = *self.0.pick(&[0, 1, 1, 2, 3, DOT_OPTIONS_MAX, DOT_OPTIONS_MAX + 1]);
        (0..count).map(|_| *self.0.pick(&[0, 0, 0, 1, 1, DOTS_MAX, DOTS_MAX + 1, u16::MAX])).collect()
    }

    fn options(&mut self) -> Vec<DotOption> {
        let count = *self.0.pick(&[0, 1, 2, 2, 3, DOT_OPTIONS_MAX, DOT_OPTIONS_MAX + 1]);
        let words = if self.0.percent(80) { "な".into() } else { self.text() };
        let groups = [None, Some(GroupId(0)), Some(GroupId(1)), Some(GroupId(2))];
        let one = |_| DotOption { group: *self.0.pick(&groups), card: self.card(), words: words.clone() };
        (0..count).map(one).collect()
    }

    fn given(&mut self) -> Given {
        *self.0.pick(&[Given::Yes, Given::Yes, Given::No])
    }

    fn board_op(&mut self) -> BoardOp {
        let card = self.card();
        match self.0.below(24) {
            21.. => self.one_two_four(card),
            20 => {
                let person = self.person();
                BoardOp::Reveal { author: *self.0.pick(&[None, Some(person)]), text: self.text() }
            }
            0..4 => BoardOp::AddCard { parent: card, place: self.place(), text: self.text(), start: self.number() },
            4..6 => BoardOp::EditText { card, edit: self.edit() },
            6 => BoardOp::MoveCard { card, parent: self.card(), place: self.place() },
            7 => BoardOp::RemoveCard { card },
            8 => BoardOp::RestoreCard { card },
            9 => self.said(card),
            10 | 11 => BoardOp::LinkCard { card, under: self.card() },
            12 => BoardOp::UnlinkCard { card, under: self.card() },
            13 | 14 => BoardOp::MergeCard { card, into: self.card() },
            15 | 16 => self.note_op(card),
            17 => self.group_op(card),
            18 => match self.0.below(2) {
                0 => BoardOp::PutLane { lane: self.lane(), name: self.text() },
                _ => BoardOp::SetLane { card, lane: self.lane() },
            },
            _ => {
                let seated = *self.0.pick(&[Seated::Here, Seated::Elsewhere]);
                BoardOp::SetMember { person: self.person(), member: Member { name: self.text(), seated } }
            }
        }
    }

    fn said(&mut self, card: CardId) -> BoardOp {
        match self.0.below(7) {
            0 => BoardOp::SetStar { card, star: *self.0.pick(&[Star::None, Star::RootCause, Star::Both]) },
            1 => BoardOp::SetMark { card, mark: *self.0.pick(&[None, Some(Mark::Fact), Some(Mark::ToCheck)]) },
            2 => BoardOp::SetReach { card, reach: *self.0.pick(&[None, Some(Reach::Us), Some(Reach::OutOfHands)]) },
            3 => BoardOp::SetStop { card, stop: *self.0.pick(&[None, Some(Stop::WouldEnd), Some(Stop::Other)]) },
            4 => {
                let line = *self.0.pick(&[Line::Evidence, Line::StopReason]);
                BoardOp::EditLine { card, line, edit: self.edit() }
            }
            5 => {
                let answer = *self.0.pick(&[None, Some(Answer::Holds), Some(Answer::Jumps)]);
                BoardOp::ReadLink { card, under: self.card(), answer }
            }
            _ => {
                let reaction = *self.0.pick(&[Reaction::Agree, Reaction::Question, Reaction::UsToo]);
                BoardOp::React { card, reaction, given: self.given() }
            }
        }
    }

    /// Few steps: what belongs together meets.
    fn one_two_four(&mut self, card: CardId) -> BoardOp {
        let step = StepId { client: ClientId::of(16), n: self.0.below_u32(3) << 6 };
        let pair = PairId(*self.0.pick(&[0, 0, 0, 1, 2, u16::MAX]));
        match self.0.below(6) {
            0 | 1 => BoardOp::FormPairs { step },
            2 | 3 => BoardOp::EditPair { step, pair, edit: self.edit() },
            4 => BoardOp::TakePair { step, pair, start: self.number() },
            _ => BoardOp::ChooseForAll { step, card: *self.0.pick(&[None, Some(card)]) },
        }
    }

    fn note_op(&mut self, card: CardId) -> BoardOp {
        let note = self.note();
        match self.0.below(6) {
            0 | 1 => {
                let on = *self.0.pick(&[NoteOn::Card(card), NoteOn::Premise, NoteOn::Proposal, NoteOn::OwnStep]);
                BoardOp::AddNote { on, text: self.text(), start: self.number() }
            }
            2 => BoardOp::EditNote { note, edit: self.edit() },
            3 => BoardOp::RemoveNote { note },
            4 => BoardOp::RestoreNote { note },
            _ => BoardOp::SeeMyself { note, given: self.given() },
        }
    }

    fn roles(&mut self) -> BoardOp {
        let count = *self.0.pick(&[1, 1, 2, 4, 5]);
        let one = |this: &mut Self| {
            let (to, other) = (this.person(), this.person());
            let order = this.0.pick(&[vec![to], vec![other, to], vec![to, other], vec![other], Vec::new()]).clone();
            let given = GivenRole { to, round: this.small(), order };
            (*this.0.pick(&Role::ALL), this.0.pick(&[None, Some(given)]).clone())
        };
        BoardOp::GiveRoles { roles: (0..count).map(|_| one(self)).collect() }
    }

    fn group_op(&mut self, card: CardId) -> BoardOp {
        match self.0.below(17) {
            12 | 13 => self.roles(),
            14 => BoardOp::OpenDots { cards: vec![card, self.card()], each: self.small() },
            15 => BoardOp::CloseDots { vote: self.vote() },
            16 => BoardOp::CountDots { vote: self.vote(), ballots: self.small(), dots: self.dots() },
            8 => BoardOp::CallHelp { given: self.given() },
            9 => BoardOp::AnswerHelp { call: self.op_id(), heard: *self.0.pick(&[Heard::OnMyWay, Heard::Done]) },
            10 => BoardOp::Nudge { text: self.text() },
            11 => BoardOp::AnswerNudge { nudge: self.op_id(), reply: *self.0.pick(&[Reply::Taken, Reply::PutAway]) },
            6 => BoardOp::TakeTurns,
            7 => BoardOp::PassTurn { of: self.person(), how: *self.0.pick(&[Pass::Done, Pass::Later]) },
            0 => BoardOp::RaiseHand,
            1 => BoardOp::LowerHand { of: self.by() },
            2 => {
                let card = *self.0.pick(&[None, Some(card)]);
                BoardOp::Call { card, what: *self.0.pick(&[CallFor::Look, CallFor::ReadBack]) }
            }
            3 => BoardOp::OpenVote,
            4 => BoardOp::CloseVote { vote: self.vote() },
            _ => {
                let votes = SortedMap::from([(self.note(), self.small())]);
                BoardOp::CountVote { vote: self.vote(), ballots: self.small(), votes }
            }
        }
    }
}
