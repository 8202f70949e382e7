//! What came of a vote, in words: ties are said, removed proposals are not counted on. Knows no screen.

use shared::NoteId;
use shared::docs::board::{Ballots, Board, NoteOn};

use crate::i18n::{Texts, fill};

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// How many voted.
    pub ballots: u16,
    /// How many votes the first ones have.
    pub most: u16,
    /// Those with most votes, the oldest first; several, if they are level.
    pub first: Vec<NoteId>,
}

/// The votes of a proposal in the last vote that was counted.
pub fn votes_of(board: &Board, note: NoteId) -> Option<u16> {
    match &board.vote.as_ref()?.ballots {
        Ballots::Counted { votes, .. } => Some(votes.get(&note).copied().unwrap_or(0)),
        Ballots::Open | Ballots::Counting { .. } => None,
    }
}

impl Outcome {
    /// Of the last vote, if it was counted.
    pub fn of(board: &Board) -> Option<Self> {
        let Ballots::Counted { ballots, .. } = board.vote.as_ref()?.ballots else { return None };
        let proposals = board.notes_on(NoteOn::Proposal);
        let all = || proposals.iter().filter_map(|(id, _)| Some((*id, votes_of(board, *id)?)));
        let most = all().map(|(_, votes)| votes).max().unwrap_or(0);
        let first = all().filter(|(_, votes)| most > 0 && *votes == most).map(|(id, _)| id).collect();
        Some(Self { ballots, most, first })
    }

    /// As a sentence.
    pub fn say(&self, t: &Texts, board: &Board) -> String {
        let read = |id: &NoteId| board.notes.get(id).map(|note| note.text.read()).unwrap_or_default();
        let (n, votes) = (self.ballots.to_string(), self.most.to_string());
        let texts: Vec<String> = self.first.iter().map(read).collect();
        match texts.as_slice() {
            _ if self.ballots == 0 => t.themes.result_nobody.to_owned(),
            [] => fill(t.themes.result_gone, &[("n", &n)]),
            [one] => fill(t.themes.result_one, &[("n", &n), ("text", one), ("votes", &votes)]),
            several => {
                let quoted: Vec<String> = several.iter().map(|text| fill(t.themes.quoted, &[("text", text)])).collect();
                let texts = quoted.join(t.board.and);
                fill(t.themes.result_tie, &[("n", &n), ("texts", &texts), ("votes", &votes)])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::docs::board::BoardOp;
    use shared::docs::workshop::Language;
    use shared::{By, ClientId, Doc, Millis, OpId, Outcome as Taken, SortedMap, Stamp, VoteId};

    use super::*;
    use crate::i18n::texts;

    /// A board after a vote with these votes for as many proposals; the first `removed` of them are gone.
    fn voted(ballots: u16, votes: &[u16], removed: usize) -> Board {
        let mut doc = Doc::<Board>::default();
        let mut n = 0;
        let mut act = |by: By, op: BoardOp| {
            n += 1;
            let client = if by == By::Server { ClientId::FROM_TRAYS } else { ClientId::of(99) };
            let id = OpId { client, n };
            let stamp = Stamp { seq: doc.seq.next(), at: Millis(u64::from(n)), by, id };
            assert!(matches!(doc.apply(&stamp, &op), Taken::Applied(_)), "{op:?}");
            id
        };
        let add = |text: String| BoardOp::AddNote { on: NoteOn::Proposal, text, start: 0 };
        let notes: Vec<NoteId> =
            (0..votes.len()).map(|at| NoteId::from(act(By::Lead, add(format!("候補{at}"))))).collect();
        let vote = VoteId::from(act(By::Lead, BoardOp::OpenVote));
        act(By::Lead, BoardOp::CloseVote { vote });
        let votes: SortedMap<NoteId, u16> = notes.iter().copied().zip(votes.iter().copied()).collect();
        act(By::Server, BoardOp::CountVote { vote, ballots, votes });
        notes.iter().take(removed).for_each(|note| {
            act(By::Lead, BoardOp::RemoveNote { note: *note });
        });
        doc.model
    }

    fn said(board: &Board, language: Language) -> String {
        Outcome::of(board).unwrap().say(texts(language), board)
    }

    #[test]
    fn one_winner_is_named() {
        let board = voted(4, &[1, 3, 0], 0);
        assert_eq!(said(&board, Language::Ja), "4人が投票しました。いちばん多いのは「候補1」（3票）です。");
        assert!(said(&board, Language::En).contains("“候補1” (3)"));
    }

    #[test]
    fn ties_are_said_in_words() {
        let board = voted(4, &[2, 1, 2], 0);
        let said = said(&board, Language::Ja);
        assert!(said.contains("「候補0」、「候補2」が同じ票数（2票ずつ）"), "{said}");
        assert_eq!(Outcome::of(&board).unwrap().first.len(), 2);
    }

    #[test]
    fn nobody_and_nothing_left_are_said_too() {
        assert_eq!(said(&voted(0, &[0, 0], 0), Language::Ja), "だれも投票しませんでした。");
        assert!(said(&voted(2, &[2], 1), Language::Ja).contains("取り除かれています"));
        assert!(said(&voted(3, &[2, 1], 1), Language::Ja).contains("「候補1」（1票）"), "the next one leads");
    }

    #[test]
    fn before_the_end_nothing_is_known() {
        assert_eq!(Outcome::of(&Board::default()), None);
    }
}
