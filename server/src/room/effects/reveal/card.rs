//! A slip as the card that it becomes, under a name that follows from it and gives nobody away.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use shared::docs::board::BoardOp;
use shared::docs::tray::Slip;
use shared::docs::workshop::Names;
use shared::ids::TokenHash;
use shared::{AnyDoc, ClientId, DocId, Op, OpId, PersonId, SlipId};

use super::super::super::Gone;
use crate::access::secret;
use crate::log::Key;
use crate::registry::Rooms;

/// A card that a slip becomes.
pub(super) struct Card {
    pub(super) id: OpId,
    pub(super) op: Op,
    pub(super) author: PersonId,
    pub(super) slip: SlipId,
}

/// What nobody outside the server knows of a workshop, and whether anybody was ever told there that no names are kept.
pub(super) struct Secret(TokenHash, Names);

impl Secret {
    /// The secret of a workshop.
    pub(super) async fn of(key: Key, rooms: &Arc<Rooms>) -> Result<Self, Gone> {
        let its_secret = |doc: &AnyDoc| match doc {
            AnyDoc::Doors(doors) => secret(&doors.model),
            _ => None,
        };
        let promised = |doc: &AnyDoc| match doc {
            AnyDoc::Workshop(workshop) => workshop.model.promised,
            _ => Names::Shown,
        };
        let secret = rooms.open(Key { doc: DocId::Doors, ..key }).inspect(its_secret).await?.ok_or(Gone)?;
        Ok(Self(secret, rooms.open(Key { doc: DocId::Workshop, ..key }).inspect(promised).await?))
    }

    /// What lies in somebody's tray, as cards.
    pub(super) fn cards(&self, author: PersonId, tray: &AnyDoc) -> Vec<Card> {
        match tray {
            AnyDoc::Tray(tray) => tray.model.slips.iter().filter_map(|slip| self.card(author, slip)).collect(),
            _ => Vec::new(),
        }
    }

    fn card(&self, author: PersonId, slip: &Slip) -> Option<Card> {
        let put_by = u32::try_from(slip.put_by.0).ok()?;
        let begun =
            Sha256::new().chain_update(b"naze slip").chain_update(self.0.0).chain_update(author.0.to_le_bytes());
        // A page that keeps its author's name back where that was never said is not believed.
        let names = if self.1 == Names::Hidden { slip.names } else { Names::Shown };
        let (named, id) = match names {
            Names::Shown => (Some(author), OpId { client: client(begun), n: put_by }),
            // Each has a name of its own, so that nobody can tell which of them are of one hand, nor count them and know whose.
            Names::Hidden => (None, OpId { client: client(begun.chain_update(put_by.to_le_bytes())), n: 1 }),
        };
        let op = Op::Board(BoardOp::Reveal { author: named, text: slip.text.clone() });
        Some(Card { id, op, author, slip: slip.id })
    }
}

fn client(digest: Sha256) -> ClientId {
    let bits = digest.finalize().iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    ClientId::of(bits)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use shared::Seq;

    fn slip(put_by: u64, names: Names) -> Slip {
        Slip { id: SlipId { client: ClientId::of(99), n: 1 }, put_by: Seq(put_by), text: "なぜ".into(), names }
    }

    fn ids(secret: u8, author: u32, names: Names) -> Vec<OpId> {
        let secret = Secret(TokenHash([secret; 32]), Names::Hidden);
        (1..=3).map(|put_by| secret.card(PersonId(author), &slip(put_by, names)).unwrap().id).collect()
    }

    #[test]
    fn a_name_is_the_same_whenever_it_is_derived() {
        for names in [Names::Shown, Names::Hidden] {
            assert_eq!(ids(7, 1, names), ids(7, 1, names));
            assert_ne!(ids(7, 1, names), ids(8, 1, names), "another workshop");
            assert_ne!(ids(7, 1, names), ids(7, 2, names), "another person");
        }
    }

    #[test]
    fn those_of_one_hand_follow_each_other_and_those_without_a_name_have_nothing_in_common() {
        let named = ids(7, 1, Names::Shown);
        assert!(named.is_sorted() && named.iter().all(|id| id.client == named[0].client));
        let hidden = ids(7, 1, Names::Hidden);
        let clients: BTreeSet<ClientId> = hidden.iter().chain(&named).map(|id| id.client).collect();
        assert_eq!(clients.len(), 4);
        assert!(hidden.iter().all(|id| id.n == 1), "not even how far the tray was");
    }

    #[test]
    fn an_author_is_named_only_where_it_was_said() {
        let secret = Secret(TokenHash([7; 32]), Names::Hidden);
        for (names, expected) in [(Names::Shown, Some(PersonId(3))), (Names::Hidden, None)] {
            let card = secret.card(PersonId(3), &slip(1, names)).unwrap();
            assert_eq!(card.op, Op::Board(BoardOp::Reveal { author: expected, text: "なぜ".into() }));
        }
    }

    #[test]
    fn nobody_keeps_their_name_back_where_that_was_never_said() {
        let card = Secret(TokenHash([7; 32]), Names::Shown).card(PersonId(1), &slip(1, Names::Hidden)).unwrap();
        let author = |op: &Op| matches!(op, Op::Board(BoardOp::Reveal { author, .. }) if *author == Some(PersonId(1)));
        assert!(author(&card.op));
        assert_eq!(card.id, ids(7, 1, Names::Shown)[0]);
    }
}
