//! What a load client says, at Naze and at the floor. Each message carries one marker: when it was sent, and by which member.

use anyhow::{Result, bail};
use shared::docs::board::{BoardOp, Place};
use shared::ids::Token;
use shared::text::{Span, TextEdit};
use shared::wire::{self, ClientMessage, ServerMessage};
use shared::{CardId, CharId, ClientId, DocId, GroupId, JoinCode, Op, OpId, WorkshopId};

use super::socket::Socket;

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Floor,
    Naze,
}

/// Begins a marker. No id, name or frame of a load contains it by intention, and by chance seldom enough not to count.
const MARK: u8 = b'@';
/// Digits of the time, in microseconds.
const DIGITS: usize = 9;
/// Characters of a marker: sign, time, member.
const MARKER_CHARS: u32 = 11;
/// Bytes of a message at the floor: what the floors of earlier trials carried.
const FLOOR_BYTES: usize = 80;
/// Markers that stand in a card before they are deleted.
const IN_CARD: u32 = 15;
/// Markers that a card takes in its life: much rewritten, as cards are, but no novel.
const OF_CARD: u32 = 90;

/// A marker that was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Marker {
    /// When it was sent.
    pub micros: u64,
    /// By which member of the group.
    pub member: u8,
}

/// Every marker in what came, and how many bytes at its end may be the beginning of another.
pub fn markers(bytes: &[u8], mut each: impl FnMut(Marker)) -> usize {
    for at in memchr::memchr_iter(MARK, bytes) {
        let Some((text, _)) = bytes.get(at + 1..).and_then(<[u8]>::split_first_chunk::<{ DIGITS + 1 }>) else {
            return bytes.len() - at;
        };
        let [digits @ .., member] = text;
        let digit = |sum: u64, byte: &u8| byte.is_ascii_digit().then(|| sum * 10 + u64::from(byte - b'0'));
        if let (Some(micros), Some(member)) = (digits.iter().try_fold(0, digit), member.checked_sub(b'a')) {
            each(Marker { micros, member });
        }
    }
    0
}

/// One who writes.
pub struct Speaker {
    kind: Kind,
    group: GroupId,
    pub member: u8,
    client: ClientId,
    n: u32,
    chars: u32,
    card: Option<CardId>,
    written: u32,
}

impl Speaker {
    pub fn new(kind: Kind, group: u16, member: u8) -> Self {
        let client = ClientId::of(u64::from(group) << 16 | u64::from(member) << 8 | 1 << 40);
        Self { kind, group: GroupId(group), member, client, n: 0, chars: 0, card: None, written: 0 }
    }

    /// The next message, marked with the time.
    pub fn say(&mut self, micros: u64) -> Vec<u8> {
        let marker = format!("@{:09}{}", micros % 1_000_000_000, char::from(b'a' + self.member));
        match self.kind {
            Kind::Floor => {
                let mut bytes = marker.into_bytes();
                bytes.resize(FLOOR_BYTES, b'.');
                bytes
            }
            Kind::Naze => {
                let ops = self.edits(marker);
                wire::encode(&ClientMessage::Ops { doc: DocId::Board(self.group), ops })
            }
        }
    }

    /// A number from 0 to 999 that differs between clients: when in its interval this one writes, in thousandths.
    pub fn spread(&self) -> u16 {
        (self.group.0.wrapping_mul(37) + u16::from(self.member) * 101) % 1_000
    }

    /// How much it has said.
    pub const fn said(&self) -> u32 {
        self.written
    }

    fn id(&mut self) -> OpId {
        self.n += 1;
        OpId { client: self.client, n: self.n }
    }

    fn edits(&mut self, marker: String) -> Vec<(OpId, Op)> {
        let mut ops = Vec::new();
        if self.written.is_multiple_of(OF_CARD) {
            self.card = None;
        }
        let card = match self.card {
            Some(card) => card,
            None => {
                let id = self.id();
                let add = BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: String::new(), start: 0 };
                ops.push((id, Op::Board(add)));
                *self.card.insert(CardId::from(id))
            }
        };
        if self.written.is_multiple_of(IN_CARD) && !self.written.is_multiple_of(OF_CARD) {
            let first = CharId { client: self.client, n: self.chars - IN_CARD * MARKER_CHARS };
            let spans = vec![Span { first, len: IN_CARD * MARKER_CHARS }];
            ops.push((self.id(), Op::Board(BoardOp::EditText { card, edit: TextEdit::Delete { spans } })));
        }
        let fresh = self.written.is_multiple_of(IN_CARD);
        let after = (!fresh).then(|| CharId { client: self.client, n: self.chars - 1 });
        let edit = TextEdit::Insert { after, start: self.chars, text: marker };
        ops.push((self.id(), Op::Board(BoardOp::EditText { card, edit })));
        self.chars += MARKER_CHARS;
        self.written += 1;
        ops
    }

    /// Joins and says hello, until the board is here.
    pub async fn enter(&self, code: JoinCode, socket: &mut Socket) -> Result<()> {
        let mut token = [0; 16];
        token.iter_mut().zip(self.client.to_string().bytes().cycle()).for_each(|(to, from)| *to = from);
        let token = Token::of(token);
        let name = format!("{}-{}", self.group, self.member);
        let join = ClientMessage::Join { code, token, name, group: Some(self.group) };
        socket.send(&wire::encode(&join)).await?;
        let mut workshop = None;
        while workshop.is_none() {
            for message in next(socket).await? {
                match message {
                    ServerMessage::Joined { workshop: found, .. } => workshop = Some(found),
                    ServerMessage::Refused(why) => bail!("not let in: {why:?}"),
                    _ => {}
                }
            }
        }
        if let Some(workshop) = workshop {
            hello(workshop, token, self.client, socket).await?;
        }
        Ok(())
    }
}

/// Says hello, and waits for a board.
pub async fn hello(workshop: WorkshopId, token: Token, client: ClientId, socket: &mut Socket) -> Result<()> {
    socket.send(&wire::encode(&ClientMessage::Hello { workshop, token, client, have: Vec::new() })).await?;
    loop {
        for message in next(socket).await? {
            match message {
                ServerMessage::Snapshot { doc: DocId::Board(_), .. } => return Ok(()),
                ServerMessage::Refused(why) => bail!("not let in: {why:?}"),
                _ => {}
            }
        }
    }
}

async fn next(socket: &mut Socket) -> Result<Vec<ServerMessage>> {
    let mut messages = Vec::new();
    let open = socket.frames(|payload| messages.extend(wire::decode(payload))).await?;
    if open { Ok(messages) } else { bail!("the server closed the connection at the door") }
}
