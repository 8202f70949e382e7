//! The workshop of a plan, as it lies on the disk before anybody comes: made of the seed and nothing else, with keys that are known.

use server::access::{Keys, hash};
use server::log::Key;
use shared::docs::directory::DirectoryOp;
use shared::docs::doors::DoorsOp;
use shared::docs::workshop::{AtEnd, Kind, Language, Names, Plan, WorkshopOp};
use shared::{
    AnyDoc, By, Capability, ClientId, DocId, Entry, JoinCode, Millis, Op, OpId, Outcome, PersonId, Stamp, Token,
    WorkshopId,
};
use uuid::Uuid;

use crate::random::Random;

/// What everybody knows of the workshop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Founded {
    pub(crate) workshop: WorkshopId,
    pub(crate) code: JoinCode,
    pub(crate) groups: u16,
    pub(crate) lead: Token,
    pub(crate) helper: Token,
    pub(crate) observer: Token,
}

impl Founded {
    pub(crate) fn key(&self, doc: DocId) -> Key {
        if doc == DocId::Directory { Key::directory() } else { Key { workshop: self.workshop, doc } }
    }
}

fn plan(kind: Kind, random: &mut Random) -> Plan {
    let at_end = if random.percent(20) { AtEnd::Close } else { AtEnd::GoOn };
    let names = if random.percent(30) { Names::Hidden } else { Names::Shown };
    let each_s = if kind == Kind::Gallery { 5 } else { 0 };
    Plan { kind, title: "step".into(), minutes: 1, each_s, prompt: String::new(), at_end, names }
}

/// Steps in an order that makes sense, some of them twice.
fn steps(random: &mut Random) -> Vec<Plan> {
    let kinds = [
        Kind::Theme,
        Kind::Silence,
        Kind::Deepen,
        Kind::OneTwoFour,
        Kind::Dots,
        Kind::Silence,
        Kind::Gallery,
        Kind::Free,
        Kind::Turns,
    ];
    let mut plans: Vec<Plan> = Vec::new();
    for kind in kinds {
        if random.percent(60) {
            plans.push(plan(kind, random));
        }
    }
    plans
}

/// The workshop, and what the disk has of it.
pub(crate) fn found(random: &mut Random) -> (Founded, Vec<(Key, Vec<Entry>)>) {
    let number = || 0x5eed;
    let lead = Token::of([7; 16]);
    let keys = Keys::of(lead);
    let groups = 2 + u16::try_from(random.below(2)).unwrap();
    let founded = Founded {
        workshop: WorkshopId(Uuid::from_u128(number())),
        code: JoinCode::of([3; 8]),
        groups,
        lead,
        helper: keys.helper,
        observer: keys.observer,
    };
    let Founded { workshop, code, .. } = founded;
    let grant = |token: &Token, capability| Op::Doors(DoorsOp::Grant { key: hash(token), capability });
    let (title, goal) = ("simulated".to_owned(), String::new());
    let create = WorkshopOp::Create { title, goal, language: Language::En, code, groups, seats: 6 };
    let plans = steps(random);
    let mut about = vec![Op::Workshop(create)];
    if !plans.is_empty() {
        about.push(Op::Workshop(WorkshopOp::SetSteps { plans }));
    }
    let docs = [
        (DocId::Directory, vec![Op::Directory(DirectoryOp::Open { code, workshop })]),
        (
            DocId::Doors,
            vec![
                grant(&lead, Capability::Lead),
                grant(&keys.helper, Capability::Helper),
                grant(&keys.observer, Capability::Observer),
                grant(&Token::of([9; 16]), Capability::Participant(PersonId(0))),
            ],
        ),
        (DocId::Workshop, about),
    ];
    let entries = docs.map(|(id, ops)| (founded.key(id), numbered(id, ops)));
    (founded, entries.into())
}

fn numbered(id: DocId, ops: Vec<Op>) -> Vec<Entry> {
    let mut doc = AnyDoc::empty(id);
    let entry = |op| {
        let seq = doc.seq().next();
        let id = OpId { client: ClientId::SERVER, n: u32::try_from(seq.0).unwrap() };
        let entry = Entry { stamp: Stamp { seq, at: Millis(1_700_000_000_000), by: By::Server, id }, op };
        assert!(matches!(doc.apply(&entry), Outcome::Applied(_)), "{entry:?}");
        entry
    };
    ops.into_iter().map(entry).collect()
}
