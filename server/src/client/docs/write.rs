//! What this session does: applied here at once, kept as pending, handed out to be sent.

use std::collections::BTreeMap;

use shared::docs::board::{Board, BoardOp};
use shared::docs::tray::{Tray, TrayOp};
use shared::docs::workshop::{Workshop, WorkshopOp};
use shared::limits::{OPS_BYTES_MAX, OPS_PER_MESSAGE_MAX, UNDO_STEPS_MAX};
use shared::wire::ClientMessage;
use shared::{DocId, GroupId, Millis, Model, Op, OpId, Reject, Replica, wire};

use super::Docs;
use crate::client::ClientError;
use crate::client::pace::Others;

/// Operations that may wait to be saved: about an hour of typing without a network.
const PENDING_MAX: usize = 10_000;

impl Docs {
    /// What is pending and has not gone over this connection, at most so many operations, as messages; from now on it has.
    pub(in crate::client) fn take_unsent(&mut self, ops_max: usize) -> Vec<ClientMessage> {
        let mut left = ops_max;
        let mut messages = outgoing(&mut self.sent, &mut left, DocId::Workshop, &self.workshop);
        for (group, board) in &self.boards {
            messages.extend(outgoing(&mut self.sent, &mut left, DocId::Board(*group), board));
        }
        if let Some(tray) = self.tray_doc() {
            messages.extend(outgoing(&mut self.sent, &mut left, tray, &self.tray));
        }
        messages
    }

    /// Whether something pending has not gone over this connection.
    pub(in crate::client) fn unsent(&self) -> Others {
        let waits =
            |doc, last: Option<OpId>| last.is_some_and(|id| self.sent.get(&doc).is_none_or(|sent| *sent < id.n));
        let boards = self.boards.iter();
        let mut boards = boards.map(|(group, board)| (DocId::Board(*group), board.pending().last().map(|p| p.id)));
        let workshop = waits(DocId::Workshop, self.workshop.pending().last().map(|pending| pending.id));
        let mut tray = self.tray_doc().into_iter().map(|doc| (doc, self.tray.pending().last().map(|p| p.id)));
        if workshop || tray.any(|(doc, last)| waits(doc, last)) || boards.any(|(doc, last)| waits(doc, last)) {
            Others::Wait
        } else {
            Others::None
        }
    }

    /// Does something at a board. Returns the name of the operation.
    pub(in crate::client) fn at_board(&mut self, group: GroupId, at: Millis, op: BoardOp) -> Result<OpId, ClientError> {
        let (id, inverse) = self.do_at_board(group, at, op)?;
        if let Some(inverse) = inverse {
            if self.undo.len() >= UNDO_STEPS_MAX {
                self.undo.pop_front();
            }
            self.undo.push_back((group, inverse));
        }
        Ok(id)
    }

    /// Undoes the last step of this session at a board.
    pub(in crate::client) fn undo_at_board(&mut self, group: GroupId, at: Millis) -> Result<OpId, ClientError> {
        let index = self.undo.iter().rposition(|(at, _)| *at == group).ok_or(ClientError::NothingToUndo)?;
        let (_, op) = self.undo.remove(index).ok_or(ClientError::NothingToUndo)?;
        self.do_at_board(group, at, op).map(|(id, _)| id)
    }

    fn do_at_board(&mut self, group: GroupId, at: Millis, op: BoardOp) -> Result<(OpId, Option<BoardOp>), ClientError> {
        self.admit(DocId::Board(group), &Board::wrap(op.clone()))?;
        let id = self.next_id();
        let board = self.boards.get_mut(&group).ok_or(ClientError::NoBoard)?;
        let inverse = board.local(id, at, op)?;
        self.last_op = id.n;
        Ok((id, inverse))
    }

    /// Conducts the workshop.
    pub(in crate::client) fn conduct(&mut self, at: Millis, op: WorkshopOp) -> Result<OpId, ClientError> {
        self.admit(DocId::Workshop, &Workshop::wrap(op.clone()))?;
        let id = self.next_id();
        self.workshop.local(id, at, op)?;
        self.last_op = id.n;
        Ok(id)
    }

    /// Does something in this person's own tray; nobody else hears of it.
    pub(in crate::client) fn in_tray(&mut self, at: Millis, op: TrayOp) -> Result<OpId, ClientError> {
        let doc = self.tray_doc().ok_or(ClientError::Rejected(Reject::Forbidden))?;
        self.admit(doc, &Tray::wrap(op.clone()))?;
        let id = self.next_id();
        self.tray.local(id, at, op)?;
        self.last_op = id.n;
        Ok(id)
    }

    fn admit(&self, doc: DocId, op: &Op) -> Result<(), ClientError> {
        if !self.you.may_write(self.place(), doc, op) {
            return Err(Reject::Forbidden.into());
        }
        match self.unsaved() {
            PENDING_MAX.. => Err(ClientError::TooMuchPending(PENDING_MAX)),
            _ => Ok(()),
        }
    }

    const fn next_id(&self) -> OpId {
        OpId { client: self.client, n: self.last_op.saturating_add(1) }
    }

    /// Numbers for as many new characters; each is given once.
    pub(in crate::client) fn number(&mut self, text: &str) -> u32 {
        let start = self.last_char;
        self.last_char = start.saturating_add(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
        start
    }
}

fn outgoing<M: Model>(
    sent: &mut BTreeMap<DocId, u32>,
    left: &mut usize,
    doc: DocId,
    replica: &Replica<M>,
) -> Vec<ClientMessage> {
    let last = sent.entry(doc).or_default();
    let mut messages = Vec::new();
    let mut ops = Vec::new();
    let mut bytes = 0;
    for pending in replica.pending() {
        if pending.id.n <= *last {
            continue;
        }
        if *left == 0 {
            break;
        }
        *left -= 1;
        let (id, op) = (pending.id, M::wrap(pending.op.clone()));
        let size = wire::encode(&(id, &op)).len();
        if !ops.is_empty() && (ops.len() >= OPS_PER_MESSAGE_MAX || bytes + size > OPS_BYTES_MAX) {
            messages.push(ClientMessage::Ops { doc, ops: std::mem::take(&mut ops) });
            bytes = 0;
        }
        *last = id.n;
        bytes += size;
        ops.push((id, op));
    }
    if !ops.is_empty() {
        messages.push(ClientMessage::Ops { doc, ops });
    }
    messages
}
