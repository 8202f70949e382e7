//! Which links are read, and in which order: from a cause up to the theme. Knows the board alone, no screen.

use shared::CardId;
use shared::docs::board::Board;

use super::standing::Standing;

/// A cause and its effect: "cause, therefore effect".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    /// The cause.
    pub cause: CardId,
    /// The effect.
    pub effect: CardId,
}

/// The links from a card up to the theme. Where a cause has several effects each link is read by itself: first the one that the
/// card is drawn under, and the walk goes on from there.
pub fn chain(board: &Board, from: CardId) -> Vec<Link> {
    let from = board.path(board.stands_for(from)).map(|(id, _)| id).find(|id| board.is_seen(*id));
    let path: Vec<CardId> = from.map(|from| board.path(from).map(|(id, _)| id).collect()).unwrap_or_default();
    let mut links = Vec::new();
    for (cause, home) in path.iter().zip(path.iter().skip(1)) {
        links.push(Link { cause: *cause, effect: *home });
        let also = board.effects(*cause).into_iter().filter(|effect| effect != home && board.is_seen(*effect));
        links.extend(also.map(|effect| Link { cause: *cause, effect }));
    }
    links
}

/// Where somebody is in a chain who was at this link, the `at`th, though others have changed the chain meanwhile.
pub fn place_of(links: &[Link], at: usize, link: Link) -> Option<usize> {
    let same = links.iter().position(|one| *one == link);
    // A card has come between: the first half of the link is read next.
    let cause = || links.iter().position(|one| one.cause == link.cause);
    same.or_else(cause).or_else(|| links.len().checked_sub(1).map(|last| at.min(last)))
}

/// A branch that can be read: it ends in a card of which nobody has asked why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// The last card.
    pub leaf: CardId,
    /// How deep it is.
    pub level: usize,
    /// What it says.
    pub text: String,
    /// Links of it that nobody has read as they are worded now.
    pub unread: usize,
}

/// All branches, in reading order.
pub fn branches(board: &Board) -> Vec<Branch> {
    let branch = |(leaf, level): (CardId, usize)| {
        if level == 0 || board.children(leaf).next().is_some() {
            return None;
        }
        let unread = chain(board, leaf).into_iter().filter(|link| Standing::of(board, *link).answered() == 0).count();
        Some(Branch { leaf, level, text: board.get(leaf)?.text.read(), unread })
    };
    board.outline().into_iter().filter_map(branch).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use shared::access::By;
    use shared::docs::board::{Answer, BoardOp, Place};
    use shared::{ClientId, Millis, Model, OpId, PersonId, Seq, Stamp};

    use super::*;

    /// A board on which operations are done one after the other.
    #[derive(Default)]
    pub struct Table {
        pub board: Board,
        n: u32,
    }

    impl Table {
        pub fn act(&mut self, person: u32, at: u64, op: BoardOp) -> CardId {
            self.n += 1;
            let id = OpId { client: ClientId::of(77), n: self.n };
            let stamp = Stamp { seq: Seq(u64::from(self.n)), id, by: By::Person(PersonId(person)), at: Millis(at) };
            self.board.apply(&stamp, &op).unwrap();
            CardId::from(id)
        }

        pub fn add(&mut self, parent: CardId, text: &str) -> CardId {
            let start = self.n * 100;
            self.act(1, 10, BoardOp::AddCard { parent, place: Place::Last, text: text.to_owned(), start })
        }

        pub fn read(&mut self, person: u32, at: u64, link: Link, answer: Option<Answer>) {
            self.act(person, at, BoardOp::ReadLink { card: link.cause, under: link.effect, answer });
        }
    }

    fn link(cause: CardId, effect: CardId) -> Link {
        Link { cause, effect }
    }

    #[test]
    fn a_chain_goes_from_a_card_up_to_the_theme() {
        let mut table = Table::default();
        let one = table.add(CardId::THEME, "一");
        let two = table.add(one, "二");
        assert_eq!(chain(&table.board, two), [link(two, one), link(one, CardId::THEME)]);
        assert_eq!(chain(&table.board, CardId::THEME), []);
        table.act(1, 20, BoardOp::RemoveCard { card: two });
        assert_eq!(chain(&table.board, two), [link(one, CardId::THEME)], "what is left of it");
    }

    #[test]
    fn each_effect_of_a_cause_is_a_link_of_its_own() {
        let mut table = Table::default();
        let (one, other) = (table.add(CardId::THEME, "一"), table.add(CardId::THEME, "別"));
        let two = table.add(one, "二");
        table.act(1, 20, BoardOp::LinkCard { card: two, under: other });
        assert_eq!(chain(&table.board, two), [link(two, one), link(two, other), link(one, CardId::THEME)]);
    }

    #[test]
    fn who_reads_stays_at_the_link_or_goes_to_its_first_half() {
        let [a, b, c, new] = [1, 2, 3, 4].map(|n| CardId { n, ..CardId::THEME });
        let was = link(b, a);
        assert_eq!(place_of(&[link(c, b), was], 0, was), Some(1), "others added below");
        assert_eq!(place_of(&[link(c, b), link(b, new), link(new, a)], 1, was), Some(1));
        assert_eq!(place_of(&[link(c, a)], 1, was), Some(0), "the end of what is left");
        assert_eq!(place_of(&[], 1, was), None);
    }

    #[test]
    fn a_branch_is_read_when_every_link_of_it_is() {
        let mut table = Table::default();
        let one = table.add(CardId::THEME, "一");
        let two = table.add(one, "二");
        let unread = |table: &Table| branches(&table.board).iter().map(|b| (b.leaf, b.unread)).collect::<Vec<_>>();
        assert_eq!(unread(&table), [(two, 2)]);
        table.read(1, 30, link(two, one), Some(Answer::Holds));
        assert_eq!(unread(&table), [(two, 1)]);
        table.read(2, 30, link(one, CardId::THEME), Some(Answer::Jumps));
        assert_eq!(unread(&table), [(two, 0)]);
    }
}
