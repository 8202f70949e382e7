//! What the page weighs, part by part, and the limits that it must not pass.
use super::{sources, split::LATER};
use crate::say;
use anyhow::{Result, bail};
use std::{fmt::Write as _, fs, path::Path};

/// What everything a phone loads to join may weigh, compressed with brotli. 180 kB was asked for; it is far less since the docs
/// come with the session, and should stay so.
pub(crate) const LIMIT: u64 = 120_000;
/// The same for everything that it loads: what comes while a name is typed is not waited for, yet somebody pays for it.
const LIMIT_IN_ALL: u64 = 500_000;
/// The cut by which every phone sends for more (`ui::later`).
const PHONES: &str = "board";

/// Who loads a part, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Joining,
    /// Every phone, after the first picture.
    Boards,
    /// Who leads, helps or looks, beside all of that.
    Others,
}

impl For {
    /// `assets/later.board.lead-1a2b3c.wasm` is sent for by the cuts `board` and `lead`.
    fn whose(name: &str) -> Self {
        let Some(later) = name.strip_prefix("assets/").and_then(|name| name.strip_prefix(LATER)) else {
            return Self::Joining;
        };
        let cuts = later.split_once('-').map_or(later, |(cuts, _)| cuts);
        if cuts.split('.').any(|cut| cut == PHONES) { Self::Boards } else { Self::Others }
    }
}

struct Part {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
    whose: For,
}

/// What a phone loads, compressed with brotli.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Weight {
    /// Before anybody can join.
    pub(crate) joining: u64,
    in_all: u64,
}

/// The parts with their weights, and what a phone loads of them.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn show(folder: &Path) -> Result<Weight> {
    let parts = parts(folder)?;
    say::line(&table(&parts));
    Ok(weight(&parts))
}

/// Shows the weights and refuses a page that is too heavy.
///
/// # Errors
/// When it is.
pub(crate) fn check(folder: &Path) -> Result<()> {
    within_limits(show(folder)?)
}

fn within_limits(weight: Weight) -> Result<()> {
    let ways = [
        ("to join", weight.joining, LIMIT, "take something out, or move it to a part that is loaded later"),
        ("in all", weight.in_all, LIMIT_IN_ALL, "take something out, or let only those load it who ask for it"),
    ];
    for (what, weighs, limit, way) in ways {
        if weighs > limit {
            let [weighs, limit] = [weighs, limit].map(say::kilobytes);
            bail!("what a phone loads {what} weighs {weighs} and may weigh {limit}: {way}");
        }
    }
    Ok(())
}

fn parts(folder: &Path) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    for path in sources::files_below(folder)? {
        let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let raw = fs::metadata(&path)?.len();
        // Where compressing did not help, the file itself is sent.
        let size = |ending: &str| {
            let beside = folder.join(format!("{name}{ending}"));
            fs::metadata(beside).map_or(raw, |found| found.len())
        };
        parts.push(Part { raw, gzip: size(".gz"), brotli: size(".br"), whose: For::whose(&name), name });
    }
    parts.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    Ok(parts)
}

fn weight(parts: &[Part]) -> Weight {
    let of = |whose| parts.iter().filter(|part| part.whose == whose).map(|part| part.brotli).sum::<u64>();
    let joining = of(For::Joining);
    Weight { joining, in_all: joining + of(For::Boards) }
}

fn table(parts: &[Part]) -> String {
    let limit = |limit| format!("(at most {})\n", say::kilobytes(limit));
    let mut out = row("", "raw", "gzip", "brotli");
    out.push_str(&rows(parts, &[For::Joining]));
    out.push_str(&sum(parts, "everything a phone loads to join", &[For::Joining]));
    out.push_str(&limit(LIMIT));
    out.push_str("\nwhile a name is typed:\n");
    out.push_str(&rows(parts, &[For::Boards]));
    out.push_str(&sum(parts, "everything a phone loads in all", &[For::Joining, For::Boards]));
    out.push_str(&limit(LIMIT_IN_ALL));
    out.push_str("\nbeside that, for who leads, helps or looks:\n");
    out.push_str(&rows(parts, &[For::Others]));
    out
}

fn rows(parts: &[Part], whose: &[For]) -> String {
    let mut out = String::new();
    for part in parts.iter().filter(|part| whose.contains(&part.whose)) {
        out.push_str(&sizes(&part.name, part.raw, part.gzip, part.brotli));
    }
    out
}

fn sum(parts: &[Part], what: &str, whose: &[For]) -> String {
    let of = |size: fn(&Part) -> u64| parts.iter().filter(|part| whose.contains(&part.whose)).map(size).sum();
    sizes(what, of(|part| part.raw), of(|part| part.gzip), of(|part| part.brotli))
}

fn sizes(name: &str, raw: u64, gzip: u64, brotli: u64) -> String {
    let [raw, gzip, brotli] = [raw, gzip, brotli].map(say::kilobytes);
    row(name, &raw, &gzip, &brotli)
}

fn row(name: &str, raw: &str, gzip: &str, brotli: &str) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{name:<42}{raw:>12}{gzip:>12}{brotli:>12}");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_is_sent_and_when() {
        let folder = std::env::temp_dir().join(format!("naze-weight-{}", std::process::id()));
        fs::create_dir_all(folder.join("assets")).unwrap();
        for (name, size) in [
            ("a.js", 900),
            ("a.js.br", 100),
            ("a.js.gz", 200),
            ("b", 7),
            ("assets/later.board.lead-1a2b.wasm", 2_000),
            ("assets/later.board.lead-1a2b.wasm.br", 20),
            ("assets/later.board-1a2b.wasm", 3),
            ("assets/later.lead-board.wasm", 5_000),
        ] {
            fs::write(folder.join(name), vec![b'x'; size]).unwrap();
        }
        let parts = parts(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(weight(&parts), Weight { joining: 107, in_all: 130 });
        let table = table(&parts);
        let (joining, rest) = table.split_once("while a name").unwrap();
        let (boards, others) = rest.split_once("beside that").unwrap();
        assert!(joining.contains("a.js") && !joining.contains("later."), "{joining}");
        assert!(boards.contains("later.board-1a2b.wasm") && boards.contains("later.board.lead-"), "{boards}");
        assert!(others.contains("later.lead-board.wasm") && !others.contains("later.board"), "{others}");
    }

    #[test]
    fn refuses_too_much() {
        let refused = |joining, in_all| within_limits(Weight { joining, in_all }).map_err(|no| no.to_string());
        assert_eq!(refused(LIMIT, LIMIT_IN_ALL), Ok(()));
        assert!(refused(LIMIT + 1, LIMIT_IN_ALL).unwrap_err().contains("to join"));
        assert!(refused(LIMIT, LIMIT_IN_ALL + 1).unwrap_err().contains("in all"));
    }
}
