//! What the page weighs, part by part, and the limit that it must not pass.
use super::{bundle::Bundle, sources};
use crate::say;
use anyhow::{Result, bail};
use std::{fmt::Write as _, fs, path::Path};

/// What everything a phone loads to join may weigh, compressed with brotli.
pub(crate) const LIMIT: u64 = 180_000;

/// Who loads a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Everybody,
    /// In place of what phones load to join.
    Lead,
}

impl For {
    fn whose(name: &str) -> Self {
        let leads = Path::new("assets").join(format!("{}-", Bundle::Lead.name()));
        if name.starts_with(&*leads.to_string_lossy()) { Self::Lead } else { Self::Everybody }
    }
}

struct Part {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
    whose: For,
}

/// The parts with their weights, and what a phone loads of them.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn show(folder: &Path) -> Result<u64> {
    let parts = parts(folder)?;
    say::line(&table(&parts));
    Ok(total(&parts))
}

/// Shows the weights and refuses a page that is too heavy.
///
/// # Errors
/// When it is.
pub(crate) fn check(folder: &Path) -> Result<()> {
    within_limit(show(folder)?)
}

fn within_limit(total: u64) -> Result<()> {
    if total > LIMIT {
        bail!(
            "the page weighs {} and may weigh {}: take something out, or move it to a part that is loaded later",
            say::kilobytes(total),
            say::kilobytes(LIMIT)
        );
    }
    Ok(())
}

fn parts(folder: &Path) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    for path in sources::files_below(folder)? {
        let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
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

fn total(parts: &[Part]) -> u64 {
    everybodys(parts).map(|part| part.brotli).sum()
}

fn everybodys(parts: &[Part]) -> impl Iterator<Item = &Part> {
    parts.iter().filter(|part| part.whose == For::Everybody)
}

fn table(parts: &[Part]) -> String {
    let sum = |of: fn(&Part) -> u64| everybodys(parts).map(of).sum();
    let mut out = row("", "raw", "gzip", "brotli");
    for part in everybodys(parts) {
        out.push_str(&sizes(&part.name, part.raw, part.gzip, part.brotli));
    }
    out.push_str(&sizes("everything a phone loads to join", sum(|part| part.raw), sum(|part| part.gzip), total(parts)));
    let _ = writeln!(out, "limit, brotli: {}", say::kilobytes(LIMIT));
    let _ = writeln!(out, "in their place for who leads, helps or looks:");
    for part in parts.iter().filter(|part| part.whose == For::Lead) {
        out.push_str(&sizes(&part.name, part.raw, part.gzip, part.brotli));
    }
    out
}

fn sizes(name: &str, raw: u64, gzip: u64, brotli: u64) -> String {
    let [raw, gzip, brotli] = [raw, gzip, brotli].map(say::kilobytes);
    row(name, &raw, &gzip, &brotli)
}

fn row(name: &str, raw: &str, gzip: &str, brotli: &str) -> String {
    format!("{name:<36}{raw:>12}{gzip:>12}{brotli:>12}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_is_sent_and_refuses_too_much() {
        let folder = std::env::temp_dir().join(format!("naze-weight-{}", std::process::id()));
        fs::create_dir_all(folder.join("assets")).unwrap();
        for (name, size) in
            [("a.js", 900), ("a.js.br", 100), ("a.js.gz", 200), ("b", 7), ("assets/lead-1a2b.wasm", 5_000)]
        {
            fs::write(folder.join(name), vec![b'x'; size]).unwrap();
        }
        let parts = parts(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(total(&parts), 107);
        let table = table(&parts);
        let (phones, leads) = table.split_once("limit").unwrap();
        assert!(phones.contains("a.js") && !phones.contains("lead-1a2b") && leads.contains("lead-1a2b.wasm"));
        assert!(within_limit(LIMIT).is_ok());
        assert!(within_limit(LIMIT + 1).unwrap_err().to_string().contains(&say::kilobytes(LIMIT)));
    }
}
