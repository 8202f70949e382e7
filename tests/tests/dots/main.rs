//! The secret vote with dots: over real sockets, where nobody else hears one byte of a ballot and everything is counted once, whatever
//! happens to the server; and on the screens of a group, and of the whole room.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use std::time::Duration;

use shared::docs::board::{BoardOp, Place, Star};
use shared::docs::dots::{DotCount, DotOption, DotVote, OwnGroup, Voters};
use shared::docs::tray::TrayOp;
use shared::docs::workshop::WorkshopOp;
use shared::{AnyDoc, CardId, DocId, GroupId, Op, OpId, Reject, VoteId};
use tests::ask::{self, Made};
use tests::conductor::plan;
use tests::naze::Naze;
use tests::phone::Owner;
use tests::someone::Someone;
use tokio::time::timeout;

mod beside;
mod counted;
mod room;
mod screens;
mod secret;
mod table;

const SOON: Duration = Duration::from_secs(20);
/// What the groups have found: two causes each, with a star.
const CAUSES: [(u16, &str); 4] =
    [(1, "役員の仕事が多い"), (1, "断れない空気がある"), (2, "何をする所か知らない"), (2, "集まる時間が合わない")];

const fn board(group: u16) -> DocId {
    DocId::Board(GroupId(group))
}

fn cast(voters: Voters, vote: VoteId, dots: &[u16]) -> Op {
    Op::Tray(TrayOp::CastDots { voters, vote, dots: dots.to_vec() })
}

/// Two groups that have starred their causes, and the lead.
struct Hall {
    naze: Naze,
    base: String,
    made: Made,
    lead: Someone,
    cards: Vec<CardId>,
}

impl Hall {
    async fn open() -> Self {
        let naze = Naze::start().await.unwrap();
        let base = naze.base();
        let made = ask::make(&base, 2).await.unwrap();
        let mut lead = Someone::with(&base, &made, "the lead", made.lead).await.unwrap();
        lead.begins(vec![plan(shared::docs::workshop::Kind::Dots, "シールで選ぶ", "よいと思うものに貼りましょう。")])
            .await
            .unwrap();
        let mut cards = Vec::new();
        for (at, (group, text)) in (1..).zip(CAUSES) {
            let add =
                BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: text.into(), start: at * 100 };
            let card = CardId::from(lead.does(board(group), Op::Board(add)).await.unwrap());
            let star = BoardOp::SetStar { card, star: Star::RootCause };
            lead.does(board(group), Op::Board(star)).await.unwrap();
            cards.push(card);
        }
        Self { naze, base, made, lead, cards }
    }

    /// Somebody who sits in a group.
    async fn seats(&self, name: &str, group: u16) -> Someone {
        let owner = Owner::join(&self.base, &self.made, name, group).await.unwrap();
        Someone::seated(&self.base, &self.made, owner).await.unwrap()
    }

    /// The vote of the room begins.
    async fn opens(&mut self, each: u16, own: OwnGroup) -> VoteId {
        let option = |((group, words), card): (&(u16, &str), &CardId)| DotOption {
            group: Some(GroupId(*group)),
            card: *card,
            words: (*words).to_owned(),
        };
        let options = CAUSES.iter().zip(&self.cards).map(option).collect();
        let open = Op::Workshop(WorkshopOp::OpenDots { options, each, own });
        VoteId::from(self.lead.does(DocId::Workshop, open).await.unwrap())
    }

    /// The vote of the first group begins.
    async fn opens_at_table(&mut self, each: u16) -> VoteId {
        let open = Op::Board(BoardOp::OpenDots { cards: self.cards[..2].to_vec(), each });
        VoteId::from(self.lead.does(board(1), open).await.unwrap())
    }
}

/// The last vote of a doc, as somebody heard of it.
fn vote_in(one: &Someone, doc: DocId) -> Option<DotVote> {
    match one.doc(doc)? {
        AnyDoc::Board(board) => board.model.dots,
        AnyDoc::Workshop(workshop) => workshop.model.dots,
        _ => None,
    }
}

/// Waits until a vote is counted: how many voted, and the dots.
async fn counted(one: &mut Someone, doc: DocId, vote: VoteId) -> (u16, Vec<u16>) {
    let waits = async {
        loop {
            one.listens().await.unwrap();
            match vote_in(one, doc).filter(|now| now.id == vote).map(|now| now.count) {
                Some(DotCount::Counted { ballots, dots }) => return (ballots, dots),
                _ => drop(one.next().await.unwrap()),
            }
        }
    };
    timeout(SOON, waits).await.expect("it is not counted")
}
