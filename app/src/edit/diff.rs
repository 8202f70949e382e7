//! What changed in a field, as one splice. Typing, pasting, deleting and converting are each one contiguous change.

use shared::text::Splice;

/// The change from `old` to `new`; none when they are equal. Where several answers are right (a letter doubled), the one that
/// ends at the caret is meant: `caret` is where it stands in `new`, in characters.
pub fn splice(old: &str, new: &str, caret: u32) -> Option<Splice> {
    if old == new {
        return None;
    }
    let old: Vec<char> = old.chars().collect();
    let new: Vec<char> = new.chars().collect();
    let behind = new.len().saturating_sub(caret as usize);
    let suffix = common(old.iter().rev(), new.iter().rev()).min(behind);
    let left = |all: &[char]| all.len() - suffix;
    let prefix = common(old.iter().take(left(&old)), new.iter().take(left(&new)));
    let suffix =
        suffix + common(old.iter().take(left(&old)).skip(prefix).rev(), new.iter().take(left(&new)).skip(prefix).rev());
    Some(Splice {
        at: u32::try_from(prefix).ok()?,
        delete: u32::try_from(old.len() - suffix - prefix).ok()?,
        insert: new.iter().take(new.len() - suffix).skip(prefix).collect(),
    })
}

fn common<'a>(a: impl Iterator<Item = &'a char>, b: impl Iterator<Item = &'a char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn apply(old: &str, splice: &Splice) -> String {
        let old: Vec<char> = old.chars().collect();
        let (at, delete) = (splice.at as usize, splice.delete as usize);
        old[..at].iter().copied().chain(splice.insert.chars()).chain(old[at + delete..].iter().copied()).collect()
    }

    #[test]
    fn a_doubled_letter_is_where_the_caret_is() {
        let made = splice("ああ", "あああ", 1).unwrap();
        assert_eq!(made, Splice { at: 0, delete: 0, insert: "あ".into() });
        let made = splice("ああ", "あああ", 3).unwrap();
        assert_eq!(made, Splice { at: 2, delete: 0, insert: "あ".into() });
    }

    #[test]
    fn a_conversion_is_one_change() {
        let made = splice("役員のふたんが", "役員の負担が", 5).unwrap();
        assert_eq!(made, Splice { at: 3, delete: 3, insert: "負担".into() });
    }

    proptest! {
        #[test]
        fn any_change_is_found(old in "[abあい𠮟]{0,12}", new in "[abあい𠮟]{0,12}", caret in 0_u32..14) {
            match splice(&old, &new, caret) {
                None => prop_assert_eq!(old, new),
                Some(made) => prop_assert_eq!(apply(&old, &made), new),
            }
        }
    }
}
