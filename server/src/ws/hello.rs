//! From the door to the inside: whose token it is, which docs its holder may read, and the first answer.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use shared::access::Place;
use shared::wire::{Invite, Refusal, ServerMessage};
use shared::{AnyDoc, Capability, DocId, GroupId, JoinCode, Point, Token, WorkshopId};

use tokio::time::Instant;

use super::inside::Inside;
use super::session::Line;
use crate::access::Keys;
use crate::registry::Counted;

impl Inside {
    /// Lets the holder of a token in.
    ///
    /// # Errors
    /// When there is no such workshop, the token opens nothing there, or that cannot be read now.
    pub(super) async fn enter(
        line: &Line,
        workshop: WorkshopId,
        token: Token,
        have: Vec<(DocId, Point)>,
    ) -> Result<(Self, ServerMessage), Refusal> {
        let mut facts = line.registry.facts(workshop).await?;
        let (who, seat) = line.registry.capability(workshop, &token).await?;
        let now = facts.borrow_and_update().clone();
        let visits = walker(who, seat).and_then(|seat| now.step_of(seat).visits);
        let have: BTreeMap<DocId, Point> = have.into_iter().collect();
        // One's own board comes before the one that is looked at.
        let (own, visited) = (Place { seat, visits: None }, visits.map(DocId::Board));
        let boards = now.groups().map(DocId::Board).filter(|doc| Some(*doc) != visited);
        let tray = match who {
            Capability::Participant(person) => Some(DocId::Tray(person)),
            Capability::Lead | Capability::Helper | Capability::Observer | Capability::Keeper(_) => None,
        };
        let to_follow: VecDeque<(DocId, Point)> = [DocId::Workshop, DocId::Roster]
            .into_iter()
            .chain(boards)
            .chain(tray)
            .filter(|doc| who.may_read(own, *doc))
            .chain(visited)
            .map(|doc| (doc, have.get(&doc).copied().unwrap_or_default()))
            .collect();
        let invite = match who {
            Capability::Lead => invite(line, workshop, token).await,
            Capability::Helper | Capability::Participant(_) | Capability::Observer | Capability::Keeper(_) => None,
        };
        let counted = Counted::session(line.registry.counters(), who);
        let docs = Vec::with_capacity(to_follow.len());
        let groups = now.groups;
        let inside = Self {
            workshop,
            token,
            who,
            seat,
            facts,
            visits,
            own_notes: BTreeSet::new(),
            docs,
            to_follow,
            to_leave: Vec::new(),
            left_out: Vec::new(),
            skipped: BTreeSet::new(),
            try_again_at: Instant::now(),
            groups,
            at: None,
            _counted: counted,
        };
        Ok((inside, ServerMessage::Welcome { you: who, seat, now: line.registry.clock().now(), invite }))
    }
}

/// The group whose way somebody goes in a gallery walk: who sits there goes along, who looks at what it built does not.
pub(super) fn walker(who: Capability, seat: Option<GroupId>) -> Option<GroupId> {
    seat.filter(|_| matches!(who, Capability::Participant(_)))
}

/// What the lead shows to others. Helper's and observer's tokens follow from the lead's; none of them is stored.
async fn invite(line: &Line, workshop: WorkshopId, lead: Token) -> Option<Invite> {
    let code = line.registry.room(workshop, DocId::Workshop).inspect(code_of).await.ok().flatten()?;
    let times = |doc: &AnyDoc| match doc {
        AnyDoc::Doors(doors) => Some((doors.model.helper_links, doors.model.observer_links)),
        _ => None,
    };
    let (helpers, observers) = line.registry.room(workshop, DocId::Doors).inspect(times).await.ok().flatten()?;
    let Keys { helper, observer, .. } = Keys::after(lead, helpers, observers);
    let bases = &line.base.addresses;
    let best = bases.first().map_or("", String::as_str);
    Some(Invite {
        addresses: bases.iter().map(|base| format!("{base}/j/{code}")).collect(),
        helper: format!("{best}/w/{workshop}#{helper}"),
        observer: format!("{best}/w/{workshop}#{observer}"),
    })
}

fn code_of(doc: &AnyDoc) -> Option<JoinCode> {
    match doc {
        AnyDoc::Workshop(workshop) => workshop.model.code,
        _ => None,
    }
}
