//! Laws 7 and 9 of ARCHITECTURE.md, as far as a word can break them.
use super::{Finding, code::has_word, tree::Tree};

/// Each with what stands behind the ban.
const OUTSIDE: [(&str, &str); 14] = [
    ("f32", "floats differ between machines"),
    ("f64", "floats differ between machines"),
    ("HashMap", "its order differs from run to run: use BTreeMap"),
    ("HashSet", "its order differs from run to run: use BTreeSet"),
    ("SystemTime", "the time comes in with an entry"),
    ("Instant", "the time comes in with an entry"),
    ("async fn", "the model does not wait"),
    ("async move", "the model does not wait"),
    ("getrandom", "chance enters at the edge"),
    ("new_v4", "chance enters at the edge"),
    ("std::fs", "the model reads no file"),
    ("std::net", "the model knows no network"),
    ("std::thread", "the model does not wait"),
    ("std::env", "the model knows no machine"),
];

pub(super) fn no_edge_in_shared(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| file.is_shipped_in("shared/src/")) {
        for (number, line) in file.code.lines() {
            for (word, why) in OUTSIDE {
                if has_word(line, word) {
                    findings.push(Finding::at(file, number, format!("{word}: {why} (law 7)")));
                }
            }
        }
    }
    findings
}

/// `usize` has 32 bits in the page and 64 on the server.
pub(super) fn no_usize_on_the_wire(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| file.is_shipped_in("shared/src/")) {
        for (line, body) in file.code.deriving("Serialize") {
            if has_word(&body, "usize") || has_word(&body, "isize") {
                let what = "usize in what goes over the wire: say how many bits (law 7)";
                findings.push(Finding::at(file, line, what));
            }
        }
    }
    findings
}

/// With one file that holds the map, one look tells whether a guard lives across an await.
pub(super) fn one_map_of_rooms(tree: &Tree) -> Vec<Finding> {
    let uses: Vec<Finding> = tree
        .rust()
        .filter(|file| file.is_shipped_in("server/src/"))
        .filter(|file| file.code.lines().any(|(_, line)| has_word(line, "DashMap") || has_word(line, "dashmap")))
        .map(|file| Finding::of(file, "DashMap in more than one file (law 9)"))
        .collect();
    match uses.len() {
        0 | 1 => Vec::new(),
        _ => uses,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::places, *};

    #[test]
    fn the_edge_is_kept_out_of_shared() {
        for (word, _) in OUTSIDE {
            let text = format!("//! x\nuse a::{word} as b;\n");
            let files = [("shared/src/a.rs", text.as_str()), ("server/src/a.rs", &text)];
            assert_eq!(places(no_edge_in_shared, &files), ["shared/src/a.rs:2"], "{word}");
        }
    }

    #[test]
    fn tests_and_comments_of_shared_are_free() {
        let text = "//! No f64.\n// f32\nconst A: &str = \"HashMap\";\n#[cfg(test)]\nmod tests {\nuse std::time::Instant;\n}\n";
        let files = [("shared/src/a.rs", text), ("shared/src/a/tests.rs", "//! x\nf64")];
        assert!(places(no_edge_in_shared, &files).is_empty());
    }

    #[test]
    fn usize_is_free_except_on_the_wire() {
        let bad = "//! x\n#[derive(Clone, Serialize, Deserialize)]\npub struct A {\n  b: Vec<usize>,\n}\n";
        let good =
            "//! x\n#[derive(Serialize)]\npub struct A(u32);\nfn f(a: usize) {}\n#[derive(Clone)]\nstruct B(usize);\n";
        let files = [("shared/src/a.rs", bad), ("shared/src/b.rs", good)];
        assert_eq!(places(no_usize_on_the_wire, &files), ["shared/src/a.rs:2"]);
    }

    #[test]
    fn the_map_of_rooms_is_in_one_file() {
        let one = ("server/src/a.rs", "//! x\nuse dashmap::DashMap;\n");
        let two = ("server/src/b.rs", "//! x\nfn f(a: &DashMap<u8, u8>) {}\n");
        assert!(places(one_map_of_rooms, &[one]).is_empty());
        assert_eq!(places(one_map_of_rooms, &[one, two]).len(), 2);
    }
}
