//! Who follows a value, so that those who are gone can be forgotten. In Leptos whoever followed stays on the list of what it followed
//! until that changes, and with it the memory that it lay in: what every card follows and what hardly ever changes (the language, who
//! may write) would remember each card that was ever drawn, for a whole afternoon.

use std::cell::RefCell;

use leptos::reactive::graph::{AnySubscriber, Observer, Source, ToAnySource};
use send_wrapper::SendWrapper;

/// The first are not noted: most values are followed by few, and by the same ones.
const FIRST: u8 = 16;
/// So many more than were there when it was looked last are let in before it is looked again.
const MORE: usize = 32;
/// And never more than these: forgetting one asks all.
const MANY: usize = 256;

#[derive(Default)]
struct Noted {
    first: u8,
    who: Vec<AnySubscriber>,
    room: usize,
}

/// Who has begun to follow. Somebody may be here who has turned away since: that harms nobody.
#[derive(Default)]
pub(super) struct Followers(RefCell<Noted>);

impl Followers {
    pub(super) fn begin() -> SendWrapper<Self> {
        SendWrapper::new(Self::default())
    }

    /// Whoever looks at the source now follows it.
    pub(super) fn note(&self, source: &impl ToAnySource) {
        let Some(who) = Observer::get() else { return };
        let gone = self.0.borrow_mut().add(who);
        if !gone.is_empty() {
            let source = source.to_any_source();
            gone.iter().for_each(|who| source.remove_subscriber(who));
        }
    }

    /// All of them were told, and follow no more until they look again.
    pub(super) fn clear(&self) {
        self.0.take();
    }
}

impl Noted {
    /// Notes one. Who is gone, if it was time to look.
    fn add(&mut self, who: AnySubscriber) -> Vec<AnySubscriber> {
        if self.first < FIRST {
            self.first += 1;
            return Vec::new();
        }
        self.who.push(who);
        if self.who.len() < self.room.max(MORE) {
            return Vec::new();
        }
        self.who.sort_unstable_by_key(|who| who.0);
        self.who.dedup_by_key(|who| who.0);
        let (there, gone) = self.who.drain(..).partition(|who| who.1.strong_count() > 0);
        self.who = there;
        self.room = self.who.len() + self.who.len().clamp(MORE, MANY);
        gone
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use leptos::prelude::{ArcMemo, ArcTrigger, Get, GetUntracked, Notify, Owner, Track};

    use super::*;

    /// How many times `who` looked at the source.
    fn follow(source: &Arc<(ArcTrigger, SendWrapper<Followers>)>) -> ArcMemo<u32> {
        let source = source.clone();
        let who = ArcMemo::new(move |times: Option<&u32>| {
            source.0.track();
            source.1.note(&source.0);
            times.copied().unwrap_or(0) + 1
        });
        who.get();
        who
    }

    #[test]
    fn who_is_gone_is_forgotten_and_who_is_there_is_told() {
        Owner::new().with(|| {
            let source = Arc::new((ArcTrigger::new(), Followers::begin()));
            let there: Vec<_> = (0..100).map(|_| follow(&source)).collect();
            (0..10_000).for_each(|_| drop(follow(&source)));
            let noted = source.1.0.borrow().who.len();
            assert!((84..=84 + MANY).contains(&noted), "{noted} are remembered");
            let gone = source.1.0.borrow().who.iter().filter(|who| who.1.strong_count() == 0).count();
            assert!(gone < MANY, "{gone} who are gone are remembered");
            source.0.notify();
            source.1.clear();
            assert!(there.iter().all(|who| who.get_untracked() == 2), "somebody was not told");
        });
    }
}
