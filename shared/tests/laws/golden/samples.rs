//! One value of every variant that goes over the wire. A new variant does not compile until it has a sample here.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::docs::board::{
    Answer, Ballots, Board, BoardOp, CallFor, Given, GivenRole, Heard, Kept, Line, Mark, Member, NoteOn, Place, Reach,
    Reaction, Reply, Role, Seated, Star, Stop,
};
use shared::docs::directory::DirectoryOp;
use shared::docs::doors::{DoorsOp, Link};
use shared::docs::dots::Voters;
use shared::docs::roster::{About, Hold, RosterOp, Rule};
use shared::docs::tray::TrayOp;
use shared::docs::workshop::{Language, Names, Phase, WorkshopOp};
use shared::ids::TokenHash;
use shared::presence::{Doing, Present};
use shared::text::{Span, TextEdit};
use shared::wire::{ClientMessage, Invite, Refusal, Renew, ServerMessage, Table, decode, encode};
use shared::{
    AnyDoc, By, Capability, CardId, CharId, ClientId, DocId, Entry, GroupId, JoinCode, LaneId, Millis, NoteId, Op,
    OpId, Outcome, PersonId, Point, Reject, Seq, SlipId, SortedMap, Stamp, Token, VoteId, WorkshopId,
};

type Reads = dyn Fn(&[u8]) -> bool;

/// A value as it goes over the wire.
pub(crate) struct Sample {
    pub(crate) family: &'static str,
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Whether bytes are read as this value.
    pub(crate) reads_same: Box<Reads>,
}

fn sample<T>(family: &'static str, name: &'static str, value: T) -> Sample
where
    T: Serialize + DeserializeOwned + PartialEq + 'static,
{
    let bytes = encode(&value);
    Sample { family, name, bytes, reads_same: Box::new(move |bytes| decode::<T>(bytes).as_ref() == Ok(&value)) }
}

/// Samples of one enum, each under the name of its variant.
macro_rules! samples {
    ($into:ident: $family:ident { $($variant:ident: $value:expr),* $(,)? }) => {
        let name = |value: &$family| match value {
            $($family::$variant { .. } => stringify!($variant),)*
        };
        for value in [$($value),*] {
            $into.push(sample(stringify!($family), name(&value), value));
        }
        let names: Vec<&str> = $into.iter().filter(|one| one.family == stringify!($family)).map(|one| one.name).collect();
        assert_eq!(names, [$(stringify!($variant)),*]);
    };
}

mod board;
mod docs;
mod steps;

/// All samples.
pub(crate) fn all() -> Vec<Sample> {
    let mut all = Vec::new();
    messages(&mut all);
    refusals(&mut all);
    words(&mut all);
    steps::steps(&mut all);
    docs::docs(&mut all);
    ops(&mut all);
    all
}

const MINE: ClientId = ClientId::of(0x1234_5678_9abc);

fn op_id(n: u32) -> OpId {
    OpId { client: MINE, n }
}

fn card(n: u32) -> CardId {
    CardId::from(op_id(n))
}

fn note(n: u32) -> NoteId {
    NoteId::from(op_id(n))
}

fn lane(n: u32) -> LaneId {
    LaneId::from(op_id(n))
}

fn code() -> JoinCode {
    "K7M4XR".parse().unwrap()
}

fn workshop() -> WorkshopId {
    "0123456789abcdef0123456789abcdef".parse().unwrap()
}

fn entry(seq: u64, by: By, id: OpId, op: Op) -> Entry {
    Entry { stamp: Stamp { seq: Seq(seq), at: Millis(1_790_000_000_000 + seq), by, id }, op }
}

fn add(parent: CardId, place: Place, text: &str, start: u32) -> Op {
    Op::Board(BoardOp::AddCard { parent, place, text: text.into(), start })
}

fn point(seq: u64) -> Point {
    let stamp = |n| entry(n, By::Lead, op_id(1), add(CardId::THEME, Place::Last, "", 0)).stamp;
    (1..=seq).fold(Point::default(), |point, n| point.after(&stamp(n)))
}

fn messages(all: &mut Vec<Sample>) {
    let (token, board, person) = (Token::of([0xa5; 16]), DocId::Board(GroupId(7)), By::Person(PersonId(34)));
    let group = Some(GroupId(7));
    samples!(all: ClientMessage {
        Knock: ClientMessage::Knock(code()),
        Join: ClientMessage::Join { code: code(), token, name: "さっちゃん".into(), group },
        Hello: ClientMessage::Hello {
            workshop: workshop(),
            token,
            client: MINE,
            have: vec![(DocId::Workshop, point(3)), (board, point(300))],
        },
        Ops: ClientMessage::Ops {
            doc: board,
            ops: vec![
                (op_id(1), add(CardId::THEME, Place::Last, "役員の負担が重い", 0)),
                (op_id(2), Op::Board(BoardOp::SetStar { card: card(1), star: Star::RootCause })),
            ],
        },
        Doing: ClientMessage::Doing { doc: board, doing: Doing::Writing(card(1)) },
        Ping: ClientMessage::Ping(70_000),
        Keep: ClientMessage::Keep { workshop: workshop(), token },
        Lend: ClientMessage::Lend { workshop: workshop(), token },
        TakeOver: ClientMessage::TakeOver { workshop: workshop(), code: code(), token },
    });
    let table = Table { group: GroupId(1), name: "一班".into(), taken: 4, seats: 6 };
    let invite = Invite {
        addresses: vec!["http://192.168.1.20:8080".into()],
        helper: "http://192.168.1.20:8080/w/0#1".into(),
        observer: "http://192.168.1.20:8080/w/0#2".into(),
    };
    samples!(all: ServerMessage {
        Door: ServerMessage::Door {
            workshop: workshop(),
            title: "協働の講座".into(),
            goal: "根本の原因まで".into(),
            language: Language::Ja,
            phase: Phase::Open,
            tables: vec![table],
        },
        Joined: ServerMessage::Joined { workshop: workshop(), person: PersonId(34), group: GroupId(7) },
        Welcome: ServerMessage::Welcome {
            you: Capability::Lead,
            seat: None,
            now: Millis(1_790_000_000_000),
            invite: Some(invite),
        },
        Snapshot: ServerMessage::Snapshot { doc: board, body: docs::a_board() },
        Entries: ServerMessage::Entries {
            doc: board,
            entries: vec![entry(9, person, op_id(9), Op::Board(BoardOp::RemoveCard { card: card(1) }))],
        },
        Known: ServerMessage::Known { doc: board, id: op_id(1) },
        Rejected: ServerMessage::Rejected { doc: board, id: op_id(1), why: Reject::Cycle },
        Present: ServerMessage::Present {
            doc: board,
            present: vec![Present { by: person, doing: Doing::Adding(CardId::THEME) }],
        },
        Refused: ServerMessage::Refused(Refusal::GroupFull(GroupId(7))),
        Pong: ServerMessage::Pong { n: 70_000, now: Millis(1_790_000_000_000) },
        Kept: ServerMessage::Kept { group: GroupId(3), token },
        Lent: ServerMessage::Lent { code: code(), until: Millis(1_790_000_000_000) },
        Place: ServerMessage::Place {
            workshop: workshop(),
            title: "協働の講座".into(),
            language: Language::Ja,
            group: GroupId(7),
            name: "さっちゃん".into(),
        },
    });
}

fn refusals(all: &mut Vec<Sample>) {
    samples!(all: Refusal {
        NoSuchCode: Refusal::NoSuchCode,
        NoSuchWorkshop: Refusal::NoSuchWorkshop,
        NoSuchKey: Refusal::NoSuchKey,
        BadName: Refusal::BadName,
        GroupFull: Refusal::GroupFull(GroupId(7)),
        AllFull: Refusal::AllFull,
        Ended: Refusal::Ended,
        TooManyTries: Refusal::TooManyTries,
        Busy: Refusal::Busy,
        LinkReplaced: Refusal::LinkReplaced,
        CodeReplaced: Refusal::CodeReplaced,
        DoorClosed: Refusal::DoorClosed,
        Removed: Refusal::Removed,
        ServerFull: Refusal::ServerFull,
        TakenOver: Refusal::TakenOver,
    });
    samples!(all: Renew {
        Lead: Renew::Lead(Token::of([0x5a; 16])),
        Link: Renew::Link(Link::Helper),
        Keep: Renew::Keep,
        Code: Renew::Code,
    });
    samples!(all: Reject {
        WrongDoc: Reject::WrongDoc,
        NotYourClient: Reject::NotYourClient,
        Forbidden: Reject::Forbidden,
        Ended: Reject::Ended,
        NoCard: Reject::NoCard(card(3)),
        IsTheme: Reject::IsTheme,
        Cycle: Reject::Cycle,
        TooDeep: Reject::TooDeep,
        BoardFull: Reject::BoardFull,
        TextFull: Reject::TextFull,
        TextWorn: Reject::TextWorn,
        BadText: Reject::BadText,
        NoCharacter: Reject::NoCharacter,
        IdTaken: Reject::IdTaken,
        OutOfRange: Reject::OutOfRange,
        GroupFull: Reject::GroupFull(GroupId(7)),
        NoGroup: Reject::NoGroup(GroupId(300)),
        NoPerson: Reject::NoPerson,
        DocFull: Reject::DocFull,
        NoNote: Reject::NoNote(note(3)),
        NoLane: Reject::NoLane(lane(3)),
        VoteIsOpen: Reject::VoteIsOpen,
        VoteIsOver: Reject::VoteIsOver,
        NoStep: Reject::NoStep,
        StepInUse: Reject::StepInUse,
        StepMoved: Reject::StepMoved,
        NotOpen: Reject::NotOpen,
        IsAnonymous: Reject::IsAnonymous,
        NoSlip: Reject::NoSlip,
        TimeIsOver: Reject::TimeIsOver,
        NoPair: Reject::NoPair,
        TooManyDots: Reject::TooManyDots,
        OwnGroup: Reject::OwnGroup,
        BoardWorn: Reject::BoardWorn,
        ServerFull: Reject::ServerFull,
    });
}

fn words(all: &mut Vec<Sample>) {
    let person = PersonId(34);
    samples!(all: Capability {
        Lead: Capability::Lead,
        Helper: Capability::Helper,
        Participant: Capability::Participant(person),
        Observer: Capability::Observer,
        Keeper: Capability::Keeper(GroupId(2)),
    });
    samples!(all: By { Server: By::Server, Lead: By::Lead, Helper: By::Helper, Person: By::Person(person) });
    samples!(all: Phase { Lobby: Phase::Lobby, Open: Phase::Open, Ended: Phase::Ended });
    samples!(all: Language { Ja: Language::Ja, En: Language::En });
    samples!(all: Doing {
        Reading: Doing::Reading,
        Writing: Doing::Writing(card(1)),
        Adding: Doing::Adding(card(1)),
        Silent: Doing::Silent(3),
    });
    samples!(all: Place { First: Place::First, After: Place::After(card(1)), Last: Place::Last });
    samples!(all: Star {
        None: Star::None,
        RootCause: Star::RootCause,
        PlaceToAct: Star::PlaceToAct,
        Both: Star::Both,
    });
    samples!(all: Reach { Us: Reach::Us, WithOthers: Reach::WithOthers, OutOfHands: Reach::OutOfHands });
    samples!(all: Stop {
        WouldEnd: Stop::WouldEnd,
        CheckFirst: Stop::CheckFirst,
        OutOfHands: Stop::OutOfHands,
        Other: Stop::Other,
    });
    samples!(all: Line { Evidence: Line::Evidence, StopReason: Line::StopReason });
    samples!(all: Answer { Holds: Answer::Holds, Jumps: Answer::Jumps, Check: Answer::Check });
    samples!(all: Reaction { Agree: Reaction::Agree, Question: Reaction::Question, UsToo: Reaction::UsToo });
    samples!(all: Given { Yes: Given::Yes, No: Given::No });
    samples!(all: CallFor { Look: CallFor::Look, ReadBack: CallFor::ReadBack });
    samples!(all: NoteOn {
        Card: NoteOn::Card(card(1)),
        Premise: NoteOn::Premise,
        Proposal: NoteOn::Proposal,
        Parting: NoteOn::Parting,
        OwnStep: NoteOn::OwnStep,
    });
    samples!(all: Kept { Yes: Kept::Yes, RemovedBy: Kept::RemovedBy(By::Lead), MergedInto: Kept::MergedInto(card(1)) });
    samples!(all: Ballots {
        Open: Ballots::Open,
        Counting: Ballots::Counting { closed_by: Seq(300) },
        Counted: Ballots::Counted { ballots: 5, votes: SortedMap::from([(note(1), 4), (note(2), 300)]) },
    });
    samples!(all: Mark { Fact: Mark::Fact, Guess: Mark::Guess, ToCheck: Mark::ToCheck });
    samples!(all: Seated { Here: Seated::Here, Elsewhere: Seated::Elsewhere });
    samples!(all: Hold { Free: Hold::Free, Fixed: Hold::Fixed, Away: Hold::Away });
    samples!(all: Rule { Apart: Rule::Apart, Together: Rule::Together });
    samples!(all: DocId {
        Workshop: DocId::Workshop,
        Roster: DocId::Roster,
        Board: DocId::Board(GroupId(7)),
        Doors: DocId::Doors,
        Directory: DocId::Directory,
        Tray: DocId::Tray(PersonId(300)),
    });
}

fn about(hold: Hold) -> About {
    About { age: "30代".into(), actor: "自治会".into(), hold }
}

fn ops(all: &mut Vec<Sample>) {
    samples!(all: Op {
        Workshop: Op::Workshop(WorkshopOp::AddGroup),
        Roster: Op::Roster(RosterOp::Seat { person: PersonId(34), group: GroupId(7), seats: 6 }),
        Board: Op::Board(BoardOp::RestoreCard { card: card(1) }),
        Doors: Op::Doors(DoorsOp::Grant { key: TokenHash([0x5a; 32]), capability: Capability::Helper }),
        Directory: Op::Directory(DirectoryOp::Open { code: code(), workshop: workshop() }),
        Tray: Op::Tray(TrayOp::EndVote { vote: VoteId::from(op_id(300)) }),
    });
    steps::workshop_ops(all);
    let (name, section) = ("佐藤".to_owned(), "市民課".to_owned());
    samples!(all: RosterOp {
        Join: RosterOp::Join { key: TokenHash([0x5a; 32]), name, section, group: GroupId(7), seats: 6 },
        Seat: RosterOp::Seat { person: PersonId(34), group: GroupId(2), seats: 6 },
        TakeOver: RosterOp::TakeOver { person: PersonId(34), key: TokenHash([0x5a; 32]) },
        Expect: RosterOp::Expect { name: "鈴木".into(), section: "福祉課".into(), about: about(Hold::Free) },
        Describe: RosterOp::Describe { person: PersonId(34), section: String::new(), about: about(Hold::Fixed) },
        Forget: RosterOp::Forget { person: PersonId(300) },
        Reserve: RosterOp::Reserve { person: PersonId(300), group: GroupId(7) },
        Pair: RosterOp::Pair { a: PersonId(34), b: PersonId(300), rule: Some(Rule::Apart) },
        Arrive: RosterOp::Arrive { person: PersonId(300), key: TokenHash([0x5a; 32]), group: GroupId(7), seats: 6 },
        Remove: RosterOp::Remove { person: PersonId(34) },
        LetBackIn: RosterOp::LetBackIn { person: PersonId(34), group: GroupId(7), seats: 6 },
    });
    let spans = vec![Span { first: CharId { client: MINE, n: 4 }, len: 300 }];
    samples!(all: TextEdit {
        Insert: TextEdit::Insert { after: Some(CharId { client: MINE, n: 4 }), start: 200, text: "👩‍🌾の".into() },
        Delete: TextEdit::Delete { spans: spans.clone() },
        Revive: TextEdit::Revive { spans },
    });
    board::ops(all);
    samples!(all: DoorsOp {
        Grant: DoorsOp::Grant { key: TokenHash([0x5a; 32]), capability: Capability::Observer },
        RenewLead: DoorsOp::RenewLead {
            lead: TokenHash([0x11; 32]),
            helper: TokenHash([0x22; 32]),
            observer: TokenHash([0x33; 32]),
            keep: Some(TokenHash([0x44; 32])),
        },
        RenewLink: DoorsOp::RenewLink { link: Link::Observer, key: TokenHash([0x55; 32]) },
        RenewKeep: DoorsOp::RenewKeep { secret: TokenHash([0x66; 32]) },
    });
    samples!(all: Link { Helper: Link::Helper, Observer: Link::Observer });
    samples!(all: DirectoryOp {
        Open: DirectoryOp::Open { code: code(), workshop: workshop() },
        Renew: DirectoryOp::Renew { code: code(), workshop: workshop() },
        Close: DirectoryOp::Close { code: code() },
    });
    samples!(all: TrayOp {
        CastBallot: TrayOp::CastBallot { vote: VoteId::from(op_id(300)), choices: vec![note(1), note(300)] },
        EndVote: TrayOp::EndVote { vote: VoteId::from(op_id(300)) },
        PutSlip: TrayOp::PutSlip { text: "役員が足りない".into(), names: Names::Hidden },
        ChangeSlip: TrayOp::ChangeSlip { slip: SlipId::from(op_id(3)), text: "役員になる人がいない".into() },
        TakeBackSlip: TrayOp::TakeBackSlip { slip: SlipId::from(op_id(3)) },
        CastDots: TrayOp::CastDots { voters: Voters::Room, vote: VoteId::from(op_id(300)), dots: vec![1, 0, 2] },
        HandOver: TrayOp::HandOver { slips: vec![SlipId::from(op_id(3)), SlipId::from(op_id(300))] },
    });
}
