//! What this person is at on a board: which card is chosen, which field is open, what is folded. Others never see it.

use shared::access::By;
use shared::docs::board::Board;
use shared::docs::workshop::{self, Circle, Phase};
use shared::{CardId, SortedSet, StepId};

use super::coach::Coach;
use super::concern::Concern;
use super::find::Kind;
use super::focus::Given;
use super::screen::{self, From};
use super::writing::{Converting, Writing};
use super::{Access, Sheet};
use crate::i18n::{self, Speech, Texts};
use crate::reactive::*;
use crate::store::{BoardStore, Me, Session, use_writers};
use crate::ui::step::here::Here;

/// What was done, in words, with a way back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// Distinguishes two of the same.
    pub n: u32,
    /// What was done.
    pub text: String,
    /// What stands beside it.
    pub undo: Offer,
}

/// Which way back is offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Offer {
    /// One's own last step back.
    Undo,
    /// A card that somebody removed, put back.
    Restore(CardId),
    /// It makes no sense.
    Nothing,
}

/// One person's place at one board. Copied freely.
#[derive(Clone, Copy)]
pub struct BoardState {
    /// Where the board is.
    pub session: Session,
    /// The board.
    pub board: BoardStore,
    /// The board of one's own table: another one for who is a guest at this.
    pub table: BoardStore,
    /// Whether one may write now.
    pub writes: Memo<bool>,
    /// Whether one may leave a word at a card.
    pub talks: Memo<bool>,
    /// The step that one's own group is in, for who sits in it.
    pub step: Memo<Option<workshop::Kind>>,
    /// The step of 1-2-4-all that the group of the board is in, and its circle there.
    pub circle: Memo<Option<(StepId, Circle)>>,
    /// The card that commands are for; the theme to begin with.
    pub chosen: RwSignal<CardId>,
    /// The field that is open.
    pub writing: RwSignal<Option<Writing>>,
    /// Cards whose causes are folded away.
    pub folded: RwSignal<SortedSet<CardId>>,
    /// The card whose branch is shown; the theme for the whole board.
    pub root: RwSignal<CardId>,
    /// The sheet that lies over the board.
    pub sheet: RwSignal<Option<Sheet>>,
    /// What was done last.
    pub said: RwSignal<Option<Said>>,
    /// Others' cards that were not in sight yet.
    pub fresh: RwSignal<SortedSet<CardId>>,
    /// In whose name this page writes.
    pub me: Memo<Option<By>>,
    /// Who is called "you" here: nobody, while one writes for somebody else.
    pub you: Memo<Option<By>>,
    /// One quiet question about a card.
    pub coach: Coach,
    /// Cards that are made to stand out.
    pub lit: RwSignal<Option<Kind>>,
    /// Which cards all this concerns.
    pub concern: Concern,
    /// How large the tree is drawn sideways, in hundredths.
    pub zoom: RwSignal<u16>,
    /// The question that one answers, in which field.
    pub asked: RwSignal<Option<(u32, String)>>,
    speech: Speech,
    count: StoredValue<u32>,
    pub(super) converting: StoredValue<Converting>,
    pub(super) focused: StoredValue<Given>,
    pub(super) held: StoredValue<Vec<CardId>>,
}

impl BoardState {
    /// Begins with nothing chosen.
    pub fn begin(session: Session, board: BoardStore, access: Access) -> Self {
        let (workshop, rounds, me) = (session.workshop(), session.workshop(), session.me());
        let (you, writers, seat) = (me.clone(), use_writers(), me.clone());
        // A guest's own group is in the step that lets them look.
        let own = seat.with_untracked(|me| me.and_then(Me::sits)).filter(|_| access == Access::Visit);
        let here = Here::of(session, own.unwrap_or(board.group()));
        let closed = here.is_closed();
        let ended =
            Memo::new(move |_| workshop.with(|w| w.as_ref().is_some_and(|w| w.phase == Phase::Ended)) || closed.get());
        let step = Memo::new(move |_| {
            let sits = seat.with(|me| me.and_then(Me::sits) == Some(board.group()));
            here.plan.with(|plan| plan.as_ref().filter(|_| sits).map(|plan| plan.kind))
        });
        Self {
            session,
            board,
            table: own.and_then(|own| session.board(own)).unwrap_or(board),
            writes: Memo::new(move |_| access == Access::Write && !ended.get()),
            talks: Memo::new(move |_| access != Access::Read && !ended.get()),
            step,
            circle: Memo::new(move |_| rounds.with(|w| w.as_ref().and_then(|w| w.circle_of(board.group())))),
            chosen: RwSignal::new(CardId::THEME),
            writing: RwSignal::default(),
            folded: RwSignal::default(),
            root: RwSignal::new(CardId::THEME),
            sheet: RwSignal::default(),
            said: RwSignal::default(),
            fresh: RwSignal::default(),
            me: Memo::new(move |_| me.get().and_then(|me| me.capability.by())),
            you: Memo::new(move |_| you.get().and_then(|me| me.capability.by()).filter(|_| writers.now().is_none())),
            coach: Coach::begin(),
            lit: RwSignal::default(),
            concern: Concern::begin(),
            zoom: RwSignal::new(100),
            asked: RwSignal::default(),
            speech: i18n::use_speech(),
            count: StoredValue::new(0),
            converting: StoredValue::new(Converting::No),
            focused: StoredValue::new(Given::ToNothing),
            held: StoredValue::default(),
        }
    }

    /// The texts of the language now; tracked.
    pub fn t(self) -> &'static Texts {
        i18n::texts(self.speech.get())
    }

    /// The same, untracked: for what is said in events.
    pub fn texts(self) -> &'static Texts {
        untrack(|| self.t())
    }

    /// A number that was not used before.
    pub fn next(self) -> u32 {
        self.count
            .try_update_value(|n| {
                *n = n.wrapping_add(1);
                *n
            })
            .unwrap_or(0)
    }

    /// Whether one may write now; untracked.
    pub fn may_write(self) -> bool {
        self.writes.try_get_untracked().unwrap_or(false)
    }

    /// The chosen card.
    pub fn chosen_now(self) -> CardId {
        self.chosen.try_get_untracked().unwrap_or(CardId::THEME)
    }

    /// The card above.
    pub fn parent(self, card: CardId) -> Option<CardId> {
        self.board.read(|board| board.home(card)).flatten()
    }

    /// Chooses a card and puts the focus on it.
    pub fn choose(self, card: CardId) {
        self.chosen.set(card);
        screen::focus_soon(card, From::Anywhere);
    }

    /// A card, or what is left above it.
    pub fn left_of(self, card: CardId) -> CardId {
        let path = |board: &Board| board.path(card).map(|(id, _)| id).find(|id| board.is_seen(*id));
        self.board.read(path).flatten().unwrap_or(CardId::THEME)
    }

    /// A card, or what stands for it on the screen: the branch that is folded over it, what is left above it.
    fn stands_for(self, card: CardId) -> CardId {
        let root = self.root.get_untracked();
        let stands = |board: &Board| {
            let mut there = None;
            for (id, _) in board.path(card) {
                let folded = || self.folded.with_untracked(|folded| folded.contains_key(&id));
                if board.is_seen(id) && (there.is_none() || folded()) {
                    there = Some(id);
                }
                if id == root {
                    return there;
                }
            }
            None
        };
        self.board.read(stands).flatten().unwrap_or(root)
    }

    /// After changes: what was chosen may be gone, moved or folded away.
    pub fn stay_on_board(self) {
        if self.writing.get_untracked().is_some() {
            return;
        }
        let stay = |place: RwSignal<CardId>, there: fn(Self, CardId) -> CardId| {
            let now = place.get_untracked();
            let there = there(self, now);
            if there != now {
                place.set(there);
            }
        };
        stay(self.root, Self::left_of);
        stay(self.chosen, Self::stands_for);
    }

    /// Whether a card can be seen on the board.
    pub fn is_seen(self, card: CardId) -> bool {
        self.board.read(|board| board.is_seen(card)).unwrap_or(false)
    }

    /// Folds the branch of a card away, or shows it again.
    pub fn fold(self, card: CardId) {
        self.folded.update(|folded| {
            if folded.remove(&card).is_none() {
                folded.add(card);
            }
        });
    }

    /// Shows the branch of a card alone; the whole board, for the theme.
    pub fn look_at(self, card: CardId) {
        self.folded.update(|folded| {
            folded.remove(&card);
        });
        self.root.set(card);
        self.choose(card);
    }

    /// Brings a card into sight, whatever hides it.
    pub fn reveal(self, card: CardId) {
        self.open_way(card);
        self.choose(card);
    }

    /// Unfolds what hides a card.
    pub fn open_way(self, card: CardId) {
        let path: Vec<CardId> =
            self.board.read(|board| board.path(card).map(|(id, _)| id).collect()).unwrap_or_default();
        if !path.contains(&self.root.get_untracked()) {
            self.root.set(CardId::THEME);
        }
        self.folded.update(|folded| {
            path.iter().skip(1).for_each(|above| {
                folded.remove(above);
            })
        });
    }

    /// The cards on the screen, in reading order, with their levels.
    pub fn outline(self) -> Vec<(CardId, usize)> {
        let (root, folded) = (self.root.get_untracked(), self.folded.get_untracked());
        let read = |board: &Board| {
            let mut outline = Vec::new();
            let mut left = vec![(root, board.level(root).unwrap_or(0))];
            while let Some((id, level)) = left.pop() {
                outline.push((id, level));
                if !folded.contains_key(&id) {
                    left.extend(board.children(id).rev().map(|(child, _)| (child, level + 1)));
                }
            }
            outline
        };
        self.board.read(read).unwrap_or_default()
    }

    /// Says what was done.
    pub fn say(self, text: String, undo: Offer) {
        self.said.set(Some(Said { n: self.next(), text, undo }));
    }
}
