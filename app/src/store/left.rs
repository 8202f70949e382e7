//! Words that this phone keeps and nobody else has yet: what the outbox holds of boards and trays.

use shared::access::By;
use shared::docs::board::Board;
use shared::docs::tray::{Tray, TrayOp};
use shared::replica::Pending;
use shared::{Millis, Model, Op, OpId, SlipId, WorkshopId};

use super::board::Untaken;
use super::outbox::Outbox;

/// Those of one person, in the order in which they were written. Boards that are open here tell theirs themselves: what they have
/// `told` is left out. `tray` is what their tray has to send in this page: where there was no room, only the page has it.
pub fn words_of(workshop: WorkshopId, by: By, told: &[OpId], tray: Vec<(OpId, Op)>) -> Vec<String> {
    let mut words = Vec::new();
    let mut slips: Vec<Pending<Op>> = Vec::new();
    for (_, kept) in Outbox::new(workshop, by).all() {
        let mut of_board = Vec::new();
        for one in kept {
            if let Some(op) = Board::pick(&one.op).filter(|_| !told.contains(&one.id)) {
                of_board.push(Pending { id: one.id, op: op.clone(), at: one.at });
            } else if Tray::pick(&one.op).is_some() {
                // An earlier life of this page had another client id: the clock tells which of its words came first.
                let after = slips.partition_point(|known| known.at <= one.at);
                slips.insert(after, one);
            }
        }
        words.extend(Untaken::of(&of_board).into_iter().map(|untaken| untaken.words));
    }
    for (id, op) in tray {
        if slips.iter().all(|known| known.id != id) {
            slips.push(Pending { id, op, at: Millis(0) });
        }
    }
    slips_in(&slips, &mut words);
    words
}

/// What cards written in silence say in the end; not those that were taken back.
fn slips_in(ops: &[Pending<Op>], words: &mut Vec<String>) {
    let mut says: Vec<(SlipId, &str)> = Vec::new();
    for one in ops {
        let (slip, text) = match &one.op {
            Op::Tray(TrayOp::PutSlip { text, .. }) => (SlipId::from(one.id), text.as_str()),
            Op::Tray(TrayOp::ChangeSlip { slip, text }) => (*slip, text.as_str()),
            Op::Tray(TrayOp::TakeBackSlip { slip }) => (*slip, ""),
            _ => continue,
        };
        match says.iter_mut().find(|(known, _)| *known == slip) {
            Some((_, known)) => *known = text,
            None => says.push((slip, text)),
        }
    }
    words.extend(says.into_iter().filter(|(_, text)| !text.is_empty()).map(|(_, text)| text.to_owned()));
}

#[cfg(test)]
mod tests {
    use shared::docs::workshop::Names;
    use shared::{ClientId, NoteId, VoteId};

    use super::*;

    fn id(n: u32) -> OpId {
        OpId { client: ClientId::GENESIS, n }
    }

    fn slip(n: u32) -> SlipId {
        SlipId::from(id(n))
    }

    fn put(text: &str) -> TrayOp {
        TrayOp::PutSlip { text: text.to_owned(), names: Names::Hidden }
    }

    fn change(n: u32, text: &str) -> TrayOp {
        TrayOp::ChangeSlip { slip: slip(n), text: text.to_owned() }
    }

    fn words(ops: Vec<TrayOp>) -> Vec<String> {
        let mut words = Vec::new();
        let ops = ops.into_iter().zip(1..).map(|(op, n)| Pending { id: id(n), op: Op::Tray(op), at: Millis(0) });
        slips_in(&ops.collect::<Vec<_>>(), &mut words);
        words
    }

    #[test]
    fn a_card_of_the_silence_says_what_it_was_to_say_last() {
        assert_eq!(words(vec![put("役員"), put("会議"), change(1, "役員が重い")]), ["役員が重い", "会議"]);
        // One that the server has already, changed since.
        assert_eq!(words(vec![change(9, "夜の会議")]), ["夜の会議"]);
    }

    #[test]
    fn what_was_taken_back_is_not_told() {
        assert_eq!(words(vec![put("役員"), TrayOp::TakeBackSlip { slip: slip(1) }]), [""; 0]);
        assert_eq!(words(vec![change(9, "夜"), TrayOp::TakeBackSlip { slip: slip(9) }, put("朝")]), ["朝"]);
    }

    #[test]
    fn a_ballot_is_no_word() {
        let vote = VoteId::from(id(1));
        assert_eq!(words(vec![TrayOp::CastBallot { vote, choices: vec![NoteId::from(id(2))] }]), [""; 0]);
    }
}
