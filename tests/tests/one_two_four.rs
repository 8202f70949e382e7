//! 1-2-4-all over real sockets and a real process: no other group hears one byte before its time, and after a power cut pairs and
//! cards come once, whatever happened.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use std::collections::BTreeMap;
use std::time::Duration;

use shared::docs::board::{Board, BoardOp, Place};
use shared::docs::tray::TrayOp;
use shared::docs::workshop::{AtEnd, Brought, Kind, Names, Plan, Whom, WorkshopOp};
use shared::text::TextEdit;
use shared::{AnyDoc, CardId, DocId, GroupId, Op, PairId, Reject, StepId};
use tests::ask::{self, Made};
use tests::naze::Naze;
use tests::phone::Owner;
use tests::someone::Someone;
use tokio::time::{sleep, timeout};

const SOON: Duration = Duration::from_secs(20);
/// Where everybody sits, in the order in which they come.
const SEATS: [u16; 6] = [1, 1, 1, 1, 2, 2];

fn plan(kind: Kind) -> Plan {
    let (title, prompt) = ("t".into(), String::new());
    Plan { kind, title, minutes: 12, each_s: 0, prompt, at_end: AtEnd::GoOn, names: Names::Shown }
}

const fn board(group: u16) -> DocId {
    DocId::Board(GroupId(group))
}

struct Hall {
    naze: Naze,
    base: String,
    made: Made,
    lead: Someone,
    steps: Vec<StepId>,
    people: Vec<Someone>,
    observer: Someone,
}

impl Hall {
    async fn open() -> Self {
        let naze = Naze::start().await.unwrap();
        let base = naze.base();
        let made = ask::make(&base, 2).await.unwrap();
        let mut people = Vec::new();
        for (n, group) in SEATS.into_iter().enumerate() {
            let owner = Owner::join(&base, &made, &format!("名前{n}"), group).await.unwrap();
            people.push(Someone::seated(&base, &made, owner).await.unwrap());
        }
        let mut lead = Someone::with(&base, &made, "the lead", made.lead).await.unwrap();
        let observer = Someone::with(&base, &made, "an observer", made.observer).await.unwrap();
        let steps = lead.begins([Kind::OneTwoFour, Kind::Deepen].map(plan).to_vec()).await.unwrap();
        Self { naze, base, made, lead, steps, people, observer }
    }

    async fn round(&mut self, round: u16) {
        let op = WorkshopOp::NextRound { step: self.steps[0], round };
        self.lead.does(DocId::Workshop, Op::Workshop(op)).await.unwrap();
    }

    async fn comes_back(&mut self) {
        for one in self.people.iter_mut().chain([&mut self.lead, &mut self.observer]) {
            one.comes_back(&self.base).await.unwrap();
        }
    }

    async fn everybody_listens(&mut self) {
        for one in self.people.iter_mut().chain([&mut self.lead, &mut self.observer]) {
            one.listens().await.unwrap();
        }
    }

    /// A group's board as somebody gets it who has nothing yet, once it is as it should be.
    async fn board(&self, group: u16, mut met: impl FnMut(&Board) -> bool) -> Board {
        let mut newcomer = Someone::with(&self.base, &self.made, "a newcomer", self.made.observer).await.unwrap();
        let waits = async {
            loop {
                if let Some(AnyDoc::Board(doc)) = newcomer.doc(board(group))
                    && met(&doc.model)
                {
                    return doc.model;
                }
                newcomer.next().await.unwrap();
            }
        };
        timeout(SOON, waits).await.expect("the board is not as it should be")
    }

    /// What the groups have brought, as somebody without a seat hears it, once it is as it should be.
    async fn brought(&self, mut met: impl FnMut(&BTreeMap<u16, Brought>) -> bool) -> BTreeMap<u16, Brought> {
        let mut newcomer = Someone::with(&self.base, &self.made, "a newcomer", self.made.observer).await.unwrap();
        let waits = async {
            loop {
                if let Ok(workshop) = newcomer.workshop() {
                    let all = workshop.brought.get(&self.steps[0]).cloned().unwrap_or_default();
                    let all = all.iter().map(|(group, brought)| (group.0, brought.clone())).collect();
                    if met(&all) {
                        return all;
                    }
                }
                newcomer.next().await.unwrap();
            }
        };
        timeout(SOON, waits).await.expect("it is not brought")
    }

    /// Somebody writes a card and chooses it for everybody.
    async fn chooses(&mut self, who: usize, text: &str) -> CardId {
        let (group, step) = (SEATS[who], self.steps[0]);
        let start = u32::try_from(self.people[who].heard.len()).unwrap() * 1_000 + 100_000;
        let add = BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: text.into(), start };
        let card = CardId::from(self.people[who].does(board(group), Op::Board(add)).await.unwrap());
        let choose = BoardOp::ChooseForAll { step, card: Some(card) };
        self.people[who].does(board(group), Op::Board(choose)).await.unwrap();
        card
    }
}

fn is_paired(step: StepId) -> impl FnMut(&Board) -> bool {
    move |board| board.seated().count() > 0 && !board.lacks_a_pair(step)
}

fn pairs(board: &Board, step: StepId) -> Vec<usize> {
    board.pairs(step).map(|(_, pair)| pair.people.len()).collect()
}

/// What somebody has been told of a text: six bytes that come by chance nowhere.
fn knows(one: &Someone, text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(2).any(|two| one.has_heard(two.iter().collect::<String>().as_bytes()))
}

const SLIP: &str = "鰯鯖鮪鰹";
const DRAFT: &str = "薔薇菫蘭";
const CARD: &str = "檸檬蜜柑";
const OTHER: &str = "麒麟駱駝";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_is_heard_in_its_round_and_not_before() {
    let mut hall = Hall::open().await;
    let step = hall.steps[0];
    let tray = hall.people[0].tray();
    let put = Op::Tray(TrayOp::PutSlip { text: SLIP.into(), names: Names::Shown });
    hall.people[0].does(tray, put).await.unwrap();
    hall.round(1).await;
    let formed = hall.board(1, is_paired(step)).await;
    assert_eq!(pairs(&formed, step), [2, 2]);
    assert_eq!(pairs(&hall.board(2, is_paired(step)).await, step), [2]);
    let edit = |text: &str| TextEdit::Insert { after: None, start: 50_000, text: text.into() };
    let write = |pair, text| Op::Board(BoardOp::EditPair { step, pair: PairId(pair), edit: edit(text) });
    hall.people[0].does(board(1), write(0, DRAFT)).await.unwrap();
    hall.people[1].does(board(1), write(0, "から")).await.unwrap();
    let id = hall.people[2].next_id();
    let refused = hall.people[2].sends(board(1), id, write(0, "x")).await.unwrap();
    assert_eq!(refused, Err(Reject::Forbidden), "they sit in the other pair");
    let id = hall.people[4].next_id();
    assert_eq!(hall.people[4].sends(board(1), id, write(0, "x")).await.unwrap(), Err(Reject::Forbidden));
    let id = hall.people[0].next_id();
    let form = Op::Board(BoardOp::FormPairs { step });
    assert_eq!(hall.people[0].sends(board(1), id, form).await.unwrap(), Err(Reject::Forbidden));
    hall.everybody_listens().await;
    for one in hall.people[1..].iter().chain([&hall.lead, &hall.observer]) {
        assert!(!knows(one, SLIP), "{} has heard what lies in a tray", one.who);
    }
    assert!(hall.people[4..].iter().all(|one| !knows(one, DRAFT)), "another group");
    hall.round(2).await;
    hall.board(1, |board| board.children(CardId::THEME).any(|(_, card)| card.text.read() == SLIP)).await;
    hall.everybody_listens().await;
    assert!(hall.people[..4].iter().all(|one| knows(one, SLIP)));
    let take = BoardOp::TakePair { step, pair: PairId(0), start: 70_000 };
    for who in [2, 3] {
        hall.people[who].does(board(1), Op::Board(take.clone())).await.unwrap();
    }
    let taken = format!("から{DRAFT}");
    let count = |board: &Board| board.children(CardId::THEME).filter(|(_, card)| card.text.read() == taken).count();
    assert_eq!(count(&hall.board(1, |board| count(board) > 0).await), 1, "two who press at once make one card");
    hall.chooses(3, CARD).await;
    hall.everybody_listens().await;
    for text in [SLIP, DRAFT, CARD] {
        assert!(hall.people[4..].iter().all(|one| !knows(one, text)), "another group has heard {text}");
    }
    hall.round(3).await;
    let all = hall.brought(|all| all.len() == 2).await;
    assert_eq!((all[&1].card.as_deref(), all[&2].card.as_deref()), (Some(CARD), None));
    let late = hall.chooses(4, OTHER).await;
    hall.brought(|all| all[&2].card.as_deref() == Some(OTHER)).await;
    hall.everybody_listens().await;
    assert!(hall.people.iter().all(|one| knows(one, CARD) && knows(one, OTHER)), "everybody");
    // What is written in it afterwards is followed, as long as the room hears it.
    let more =
        BoardOp::EditText { card: late, edit: TextEdit::Insert { after: None, start: 90_000, text: "その".into() } };
    hall.people[5].does(board(2), Op::Board(more)).await.unwrap();
    hall.brought(|all| all[&2].card == Some(format!("その{OTHER}"))).await;
    let (from, to) = (hall.steps[0], hall.steps[1]);
    hall.lead.goes(Whom::All, from, to).await.unwrap();
    let after = hall.chooses(0, "葡萄石榴").await;
    hall.board(1, |board| board.for_all(from) == Some(after)).await;
    sleep(Duration::from_millis(600)).await;
    assert_eq!(hall.brought(|all| all.len() == 2).await[&1].card.as_deref(), Some(CARD), "it is over");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_that_is_ahead_is_not_heard_before_the_others() {
    let mut hall = Hall::open().await;
    let step = hall.steps[0];
    for round in 1..=3 {
        let op = WorkshopOp::NextRoundOf { group: GroupId(1), step, round };
        hall.lead.does(DocId::Workshop, Op::Workshop(op)).await.unwrap();
    }
    hall.chooses(0, CARD).await;
    sleep(Duration::from_millis(600)).await;
    hall.everybody_listens().await;
    assert!(hall.people[4..].iter().all(|one| !knows(one, CARD)));
    for round in 1..=3 {
        hall.round(round).await;
    }
    hall.brought(|all| all.get(&1).is_some_and(|brought| brought.card.as_deref() == Some(CARD))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn power_cuts_lose_no_pair_and_no_card() {
    let mut hall = Hall::open().await;
    let step = hall.steps[0];
    hall.round(1).await;
    hall.naze.kill();
    hall.naze.again().await.unwrap();
    hall.comes_back().await;
    assert_eq!(pairs(&hall.board(1, is_paired(step)).await, step), [2, 2]);
    hall.round(2).await;
    hall.chooses(0, CARD).await;
    hall.round(3).await;
    for cut in 0..6_u64 {
        let text = format!("{OTHER}{cut}");
        hall.chooses(4, &text).await;
        sleep(Duration::from_millis(70 * cut)).await;
        hall.naze.kill();
        hall.naze.again().await.unwrap();
        hall.comes_back().await;
        let all = hall.brought(|all| all.get(&2).is_some_and(|brought| brought.card.as_ref() == Some(&text))).await;
        assert_eq!(all[&1].card.as_deref(), Some(CARD), "cut {cut}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_while_the_others_talk_gets_a_partner() {
    let mut hall = Hall::open().await;
    let step = hall.steps[0];
    hall.round(1).await;
    hall.board(2, is_paired(step)).await;
    Owner::join(&hall.base, &hall.made, "遅刻", 2).await.unwrap();
    let late = hall.board(2, |board| board.seated().count() == 3 && !board.lacks_a_pair(step)).await;
    assert_eq!(pairs(&late, step), [3], "nobody is alone who need not be");
}
