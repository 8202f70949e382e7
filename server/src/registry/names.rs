//! Names that look the same at one table are told apart. At another table the group does that.

use shared::GroupId;
use shared::docs::roster::{Roster, same};
use shared::limits::NAME_CHARS_MAX;
use unicode_security::skeleton;

/// How a name looks: letters of other scripts that look the same are the same (Unicode Technical Standard 39).
fn look(name: &str) -> String {
    skeleton(&same(name)).collect::<String>().to_lowercase()
}

/// The name, with a number behind it where somebody of this group looks the same.
pub(super) fn apart(roster: &Roster, group: GroupId, name: &str) -> String {
    let people = roster.people.values().filter(|one| one.group == group);
    let taken: Vec<String> = people.map(|one| look(&one.name)).collect();
    let numbered = |n: usize| match n {
        1 => name.to_owned(),
        n => {
            let number = format!(" ({n})");
            let room = NAME_CHARS_MAX.saturating_sub(number.chars().count());
            name.chars().take(room).collect::<String>().trim_end().to_owned() + &number
        }
    };
    // There is one for each who sits there, and one more.
    (1..=taken.len().saturating_add(1)).map(numbered).find(|name| !taken.contains(&look(name))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use shared::docs::roster::RosterOp;
    use shared::ids::TokenHash;
    use shared::text::is_fair_name;
    use shared::{By, ClientId, Millis, Model, OpId, Seq, Stamp};

    use super::*;

    fn roster(names: &[&str]) -> Roster {
        let mut roster = Roster::default();
        for (n, name) in (1_u8..).zip(names) {
            let (seq, id) = (Seq(n.into()), OpId { client: ClientId::SERVER, n: n.into() });
            let stamp = Stamp { seq, at: Millis(0), by: By::Server, id };
            let (key, name, section) = (TokenHash([n; 32]), (*name).to_owned(), String::new());
            roster.apply(&stamp, &RosterOp::Join { key, name, section, group: GroupId(1), seats: 12 }).unwrap();
        }
        roster
    }

    #[test]
    fn who_looks_like_another_at_the_table_has_a_number() {
        let roster = roster(&["佐藤", "Paul", "佐藤 (2)", &"あ".repeat(24)]);
        let at = |name| apart(&roster, GroupId(1), name);
        assert_eq!(at("鈴木"), "鈴木");
        assert_eq!(at("佐藤"), "佐藤 (3)");
        // Cyrillic letters, full width, capitals.
        for paul in ["Раul", "Ｐａｕｌ", "PAUL", "P a u l"] {
            assert_eq!(at(paul), format!("{paul} (2)"));
        }
        let long = at(&"あ".repeat(24));
        assert!(long.ends_with("あ (2)") && is_fair_name(&long), "{long}");
        assert_eq!(apart(&roster, GroupId(2), "佐藤"), "佐藤", "the group tells them apart");
    }
}
