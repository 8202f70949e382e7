//! That the handles do as Leptos does: they follow, they compare, they are gone with their owner.

use std::cell::Cell;
use std::rc::Rc;

use super::*;

fn owned<T>(act: impl FnOnce() -> T) -> T {
    Owner::new().with(act)
}

#[test]
fn what_follows_a_signal_sees_every_change() {
    owned(|| {
        let words = RwSignal::new(vec!["why"]);
        let count = Memo::new(move |_| words.with(Vec::len));
        let told = Signal::derive(move || format!("{} {}", count.get(), words.with(|words| words.join(","))));
        assert_eq!(told.get(), "1 why");
        words.update(|words| words.push("because"));
        assert_eq!(told.get(), "2 why,because");
        words.set(Vec::new());
        assert_eq!((told.get(), count.get_untracked()), ("0 ".to_owned(), 0));
    });
}

#[test]
fn a_memo_tells_its_followers_only_of_another_value() {
    owned(|| {
        let (number, computed) = (RwSignal::new(1), Rc::new(Cell::new(0)));
        let is_odd = Memo::new(move |_| number.get() % 2 == 1);
        let counter = computed.clone();
        let word = Memo::new(move |_| {
            counter.set(counter.get() + 1);
            if is_odd.get() { "odd" } else { "even" }
        });
        assert_eq!((word.get(), computed.get()), ("odd", 1));
        number.set(3);
        assert_eq!((word.get(), computed.get()), ("odd", 1));
        number.set(4);
        assert_eq!((word.get(), computed.get()), ("even", 2));
    });
}

#[test]
fn a_memo_is_given_its_value_before() {
    owned(|| {
        let number = RwSignal::new(5);
        let highest = Memo::new(move |before: Option<&u32>| number.get().max(before.copied().unwrap_or(0)));
        assert_eq!(highest.get(), 5);
        number.set(3);
        assert_eq!(highest.get(), 5);
        number.set(7);
        assert_eq!(highest.get(), 7);
    });
}

#[test]
fn signals_of_every_kind_are_one_kind_to_who_reads() {
    owned(|| {
        let shared = ArcRwSignal::new(1);
        let own = RwSignal::from(shared.clone());
        let memo = Memo::new(move |_| own.get() * 10);
        let all: [Signal<i32>; 4] = [shared.clone().into(), own.into(), memo.into(), 7.into()];
        shared.set(2);
        assert_eq!(all.map(Signal::get), [2, 2, 20, 7]);
    });
}

#[test]
fn what_is_gone_with_its_owner_takes_nothing_and_gives_values_back() {
    let owner = Owner::new();
    let (signal, kept) = owner.with(|| (RwSignal::new(1), StoredValue::new("kept".to_owned())));
    assert_eq!(kept.try_get_value().as_deref(), Some("kept"));
    owner.cleanup();
    drop(owner);
    assert_eq!((signal.try_get_untracked(), signal.try_set(2), signal.try_update(|n| *n += 1)), (None, Some(2), None));
    assert_eq!((kept.try_get_value(), kept.try_set_value("again".to_owned())), (None, Some("again".to_owned())));
}

#[test]
fn looking_without_following_does_not_follow() {
    owned(|| {
        let (number, computed) = (RwSignal::new(1), Rc::new(Cell::new(0)));
        let counter = computed.clone();
        let seen = Memo::new(move |_| {
            counter.set(counter.get() + 1);
            number.get_untracked() + number.with_untracked(|n| *n)
        });
        assert_eq!(seen.get(), 2);
        number.set(9);
        assert_eq!((seen.get(), computed.get()), (2, 1));
    });
}
