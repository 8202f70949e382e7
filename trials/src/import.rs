//! A list of people, in any encoding or none: what is read of it is within the limits of a roster.

use server::roster_list::read;
use shared::limits::{NAME_CHARS_MAX, PEOPLE_MAX, TRAIT_CHARS_MAX};
use shared::text::is_name;

/// Rows that are named at most, the one that counts the rest included.
const BAD_ROWS_MAX: usize = 101;

/// Tries it.
pub fn import(bytes: &[u8]) {
    let Ok(list) = read(bytes, 7) else { return };
    assert!(list.lines.len() <= PEOPLE_MAX, "more people than a roster holds");
    assert!(list.bad.len() <= BAD_ROWS_MAX, "more bad rows than anybody reads");
    for line in &list.lines {
        assert!(is_name(&line.name) && line.name.chars().count() <= NAME_CHARS_MAX, "{:?} is no name", line.name);
        for text in [&line.section, &line.age, &line.actor] {
            assert!(text.chars().count() <= TRAIT_CHARS_MAX, "{text:?} is too long");
        }
        assert!(line.group.is_none_or(|group| (1..=7).contains(&group.0)), "there is no group {:?}", line.group);
    }
}
