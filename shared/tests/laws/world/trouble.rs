//! What goes wrong in a simulated world: connections, pages, the hub, and people who forge.

use shared::docs::board::{BoardOp, Member, Seated};
use shared::wire::{ClientMessage, encode};
use shared::{CardId, ClientId, Op, OpId, PersonId};

use super::{BOARD, Listens, World};

impl World {
    /// For no reason: what was sent on this connection is sent once more.
    pub(super) fn send_again(&mut self, who: usize) {
        for pending in self.phones[who].replica.pending() {
            if let Some(fate) = self.fates.get_mut(&pending.id) {
                fate.sent_again = true;
            }
        }
        self.send_pending(who);
    }

    /// The connection ends. Of what was sent a part may still arrive, whenever it likes; nothing comes back.
    pub(super) fn cut(&mut self, who: usize) {
        let Some(number) = self.phones[who].link.take() else { return };
        let Some(link) = self.links.get_mut(&number) else { return };
        link.listens = Listens::Gone;
        link.down.clear();
        let arrives = self.random.below(link.up.len() + 1);
        link.up.truncate(arrives);
        self.note(|| format!("link {number} of phone {who} is cut, {arrives} messages may still arrive"));
    }

    /// The page is loaded anew: another client id, and what was pending is taken up again.
    pub(super) fn reload(&mut self, who: usize) -> Result<(), String> {
        self.cut(who);
        let client = self.new_client();
        self.note(|| format!("phone {who} loads the page anew as client {client:x}"));
        let told = self.phones[who].reload(client, &mut self.random);
        self.tell(who, told)?;
        if self.random.percent(50) {
            self.connect(who);
        }
        Ok(())
    }

    /// The hub dies and comes back with what the log has.
    pub(super) fn restart(&mut self) -> Result<(), String> {
        self.note(|| "the hub restarts".into());
        for who in 0..self.phones.len() {
            self.cut(who);
        }
        self.links.clear();
        self.hub.restart(&mut self.random)
    }

    /// The server seats somebody, or renames them.
    pub(super) fn seat(&mut self) {
        let person = PersonId(self.random.below_u32(4));
        let seated = *self.random.pick(&[Seated::Here, Seated::Elsewhere]);
        let member = Member { name: format!("member {}", self.hub.log().len()), seated };
        let answer = self.hub.follow(Op::Board(BoardOp::SetMember { person, member }));
        self.fan_out(answer);
    }

    /// Somebody sends what their page would never send.
    pub(super) fn forge(&mut self, who: usize) {
        let Some(link) = self.phones[who].link else { return };
        let others: Vec<OpId> = self.hub.log().iter().map(|entry| entry.stamp.id).collect();
        let id = match self.random.below(3) {
            0 if !others.is_empty() => OpId { n: u32::MAX, ..*self.random.pick(&others) },
            1 => OpId { client: ClientId::FROM_ROSTER, n: u32::MAX },
            _ => self.phones[who].unused_id(),
        };
        let own = id.client == self.phones[who].tab.client || self.hub.writes_as(id.client) == Some(self.by(who));
        let member = Member { name: "x".into(), seated: Seated::Here };
        let op = match self.random.below(2) {
            0 if !own => BoardOp::RemoveCard { card: CardId::THEME },
            _ => BoardOp::SetMember { person: PersonId(0), member },
        };
        self.note(|| format!("phone {who} forges {id} {op:?}"));
        let forged = encode(&ClientMessage::Ops { doc: BOARD, ops: vec![(id, Op::Board(op))] });
        if let Some(link) = self.links.get_mut(&link) {
            link.up.push_back(forged);
        }
    }
}
