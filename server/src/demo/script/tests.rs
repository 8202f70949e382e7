//! The two scripts: the same shape, within the limits, and true to the rules that the product teaches.

use std::collections::BTreeSet;

use shared::limits::{ANNOUNCEMENT_CHARS_MAX, CARD_CHARS_MAX, GOAL_CHARS_MAX, NUDGE_CHARS_MAX, TITLE_CHARS_MAX};
use shared::text::{is_line, is_name};

use shared::docs::board::StarFor;

use super::*;

fn both() -> [Script; 2] {
    [Language::Ja, Language::En].map(|language| Script::of(language).unwrap())
}

fn wordings(script: &Script) -> impl Iterator<Item = &str> {
    let each = script.tables.iter().flat_map(|t| std::iter::once(&t.theme).chain(t.cards.iter().map(|c| &c.wording)));
    each.flat_map(|wording| [Some(&wording.first), wording.later.as_ref()]).flatten().map(String::as_str)
}

/// Everything but the words.
fn shape(script: &Script) -> Script {
    let blank =
        |wording: &Wording| Wording { first: String::new(), later: wording.later.as_ref().map(|_| String::new()) };
    let tables = script.tables.iter().map(|table| Table {
        pace: table.pace,
        guests: table.guests.iter().map(|guest| Guest { name: String::new(), ..guest.clone() }).collect(),
        absent: vec![String::new(); table.absent.len()],
        proposals: vec![String::new(); table.proposals.len()],
        premises: vec![String::new(); table.premises.len()],
        theme: blank(&table.theme),
        cards: table
            .cards
            .iter()
            .map(|card| Cause { wording: blank(&card.wording), said: silent(&card.said), ..card.clone() })
            .collect(),
        questions: vec![String::new(); table.questions.len()],
        asked: table.asked.as_ref().map(|_| String::new()),
        partings: vec![String::new(); table.partings.len()],
        own_steps: vec![String::new(); table.own_steps.len()],
    });
    Script { tables: tables.collect(), ..Script::default() }
}

fn silent(said: &Said) -> Said {
    let blank = |text: &Option<String>| text.as_ref().map(|_| String::new());
    Said { evidence: blank(&said.evidence), comment: blank(&said.comment), lane: blank(&said.lane), ..said.clone() }
}

fn levels(table: &Table) -> Vec<usize> {
    let mut levels: Vec<usize> = Vec::new();
    for card in &table.cards {
        levels.push(card.parent.map_or(1, |parent| levels[parent] + 1));
    }
    levels
}

#[test]
fn both_languages_have_the_same_shape() {
    let [japanese, english] = both().map(|script| shape(&script));
    for (a, b) in japanese.tables.iter().zip(&english.tables) {
        assert_eq!(a, b);
    }
    assert_eq!(japanese, english);
}

#[test]
fn it_is_the_afternoon_that_was() {
    for script in both() {
        assert_eq!(script.tables.len(), 7);
        let names: BTreeSet<&str> = script.tables.iter().flat_map(|t| &t.guests).map(|g| g.name.as_str()).collect();
        assert_eq!(names.len(), 34, "every name is another one");
        assert!(names.iter().all(|name| is_name(name)));
        assert!(names.iter().all(|name| name.ends_with(['）', ')'])), "everybody says where they work");
    }
    let [japanese, _] = both();
    let themes: Vec<&str> = japanese.tables.iter().map(|table| table.theme.first.as_str()).collect();
    assert_eq!(themes[..2], ["自治会の高齢化", "子どものコミュニケーション不足"]);
}

#[test]
fn everything_is_within_the_limits() {
    for script in both() {
        assert!(script.title.chars().count() <= TITLE_CHARS_MAX && is_line(&script.title));
        assert!(script.goal.chars().count() <= GOAL_CHARS_MAX && is_line(&script.goal));
        assert!((1..=ANNOUNCEMENT_CHARS_MAX).contains(&script.word.chars().count()) && is_line(&script.word));
        let asked = script.tables.iter().filter_map(|table| table.asked.as_ref());
        assert!(asked.clone().all(|text| (1..=NUDGE_CHARS_MAX).contains(&text.chars().count())) && asked.count() == 1);
        let notes = script.tables.iter().flat_map(|t| [&t.questions, &t.partings, &t.own_steps]).flatten();
        for note in notes {
            assert!((1..=CARD_CHARS_MAX).contains(&note.chars().count()) && is_line(note), "{note}");
        }
        for wording in wordings(&script) {
            assert!((1..=CARD_CHARS_MAX).contains(&wording.chars().count()) && is_line(wording), "{wording}");
        }
    }
}

#[test]
fn groups_grow_in_different_ways() {
    let [script, _] = both();
    for table in &script.tables {
        let kept = table.cards.iter().filter(|card| !matches!(card.course, Course::Undone | Course::Same(_))).count();
        assert!((14..=22).contains(&kept), "{}: {kept} cards", table.theme.first);
        let rooted = |card: &Cause| card.star.is_for(StarFor::RootCause);
        assert!(table.theme.later.is_some() && table.cards.iter().any(rooted));
    }
    let deepest: Vec<usize> = script.tables.iter().map(|table| levels(table).into_iter().max().unwrap()).collect();
    let broadest: Vec<usize> = script.tables.iter().map(|t| levels(t).iter().filter(|l| **l == 1).count()).collect();
    assert_eq!(deepest, [6, 5, 9, 3, 4, 5, 4]);
    assert_eq!(broadest, [4, 5, 2, 12, 4, 5, 5]);
    let of_pace = |pace| script.tables.iter().filter(|table| table.pace == pace).count();
    assert_eq!([Pace::Together, Pace::Chain, Pace::Late, Pace::Stuck, Pace::Early].map(of_pace), [3, 1, 1, 1, 1]);
}

#[test]
fn no_cause_is_only_a_missing_something() {
    for script in both() {
        for card in script.tables.iter().flat_map(|table| &table.cards) {
            for text in std::iter::once(&card.wording.first).chain(&card.wording.later) {
                assert!(!text.contains("不足") && !text.to_lowercase().starts_with("lack of"), "{text}");
            }
            let last = card.wording.later.as_ref().unwrap_or(&card.wording.first);
            assert!(last.chars().count() >= 7, "a sentence: {last}");
        }
    }
}

#[test]
fn a_mistake_in_a_script_is_named_with_its_line() {
    for (text, line) in [
        ("title", 1),
        ("title x\n- too early", 2),
        ("group 2", 1),
        ("group 1 #slow", 1),
        ("group 1\n  - too deep", 2),
        ("group 1\n- a\n - odd", 3),
        ("group 1\n- a → b → c", 2),
        ("group 1\n- a #moved", 2),
        ("group 1\n- a #done", 2),
        ("group 1\n- a ↗nobody", 2),
        ("group 1\nevidence of nothing", 2),
        ("group 1\npeople a #loud", 2),
        ("group 1\npeople a #shares", 2),
        ("parting of nobody", 1),
        ("group 1\n\n// fine\nwhat is this", 4),
    ] {
        assert_eq!(Script::read(text).map_err(|bad| bad.line), Err(line), "{text}");
    }
}

#[test]
fn fewer_people_leave_every_group_somebody() {
    let [mut script, _] = both();
    script.limit(9);
    let sizes: Vec<usize> = script.tables.iter().map(|table| table.guests.len()).collect();
    assert_eq!(sizes.iter().sum::<usize>(), 9);
    assert!(sizes.iter().all(|size| (1..=2).contains(size)), "{sizes:?}");
}

#[test]
fn everything_that_a_board_can_say_occurs_in_the_afternoon() {
    for script in both() {
        let cards = || script.tables.iter().flat_map(|table| &table.cards);
        let said = |wanted: fn(&Said) -> bool| cards().any(|card| wanted(&card.said));
        assert!(
            said(|said| said.also.is_some()) && said(|said| said.stop.is_some()) && said(|said| said.doubt.is_some())
        );
        assert!(said(|said| said.evidence.is_some()) && said(|said| said.comment.is_some()));
        for reach in [Reach::Us, Reach::WithOthers, Reach::OutOfHands] {
            assert!(cards().any(|card| card.said.reach == Some(reach)), "{reach:?}");
        }
        assert!(cards().any(|card| card.star.is_for(StarFor::PlaceToAct)));
        assert!(said(|said| said.lane.is_some()) && said(|said| said.call.is_some()));
        assert!(cards().any(|card| matches!(card.course, Course::Same(_))));
        assert!(script.tables.iter().any(|table| {
            // The group votes, and what most are for becomes the theme.
            table.proposals.len() > 1 && !table.premises.is_empty() && table.proposals.contains(&table.theme.first)
        }));
    }
}

#[test]
fn people_come_late_or_not_at_all_and_share_a_phone() {
    for script in both() {
        let guests = || script.tables.iter().flat_map(|table| &table.guests);
        assert_eq!(guests().filter(|guest| guest.comes == Comes::Late).count(), 2);
        assert_eq!(guests().filter(|guest| guest.part == Part::Listens).count(), 1);
        assert_eq!(script.tables.iter().map(|table| table.absent.len()).sum::<usize>(), 1);
        // A whole table has one phone among them.
        let shares = |guest: &Guest| guest.phone == Phone::OfTheTable;
        assert!(script.tables.iter().any(|table| table.guests.iter().skip(1).all(shares)));
        for table in &script.tables {
            assert!(!table.questions.is_empty() && !table.partings.is_empty() && !table.own_steps.is_empty());
        }
    }
}
