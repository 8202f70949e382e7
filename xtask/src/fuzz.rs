//! `cargo xtask fuzz`: looks for bytes that break a promise of `trials`, for some minutes each. What it finds is kept, and named
//! with the command that tries it again.
use crate::{machine, project::Project, run, say};
use anyhow::{Context, Result, bail};
use std::{ffi::OsString, fs, path::PathBuf};

pub(crate) const TARGETS: [&str; 4] = ["wire", "ops", "import", "http"];
/// Minutes for each when nothing is said.
const MINUTES: u32 = 3;
/// Memory of the whole, of one allocation, and the time for one input: beyond these it is a finding.
const LIMITS: [&str; 3] = ["-rss_limit_mb=1500", "-malloc_limit_mb=256", "-timeout=20"];
/// The longest input that is tried.
const BYTES_MAX: &str = "-max_len=16384";
/// How cargo-fuzz compiles too: the code says where it has been, and memory is watched. The compiler that is there can do both;
/// it only keeps the first to itself without `RUSTC_BOOTSTRAP`.
const WATCHED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Zsanitizer=address";

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    minutes: u32,
    target: Option<&'static str>,
}

impl Wanted {
    /// Reads the words after `fuzz`.
    ///
    /// # Errors
    /// With a sentence that names the word which was not understood.
    pub(crate) fn read(words: &[OsString]) -> Result<Self, String> {
        let mut wanted = Self { minutes: MINUTES, target: None };
        let mut words = words.iter().map(|word| word.to_string_lossy().into_owned());
        while let Some(word) = words.next() {
            let target = TARGETS.into_iter().find(|target| *target == word);
            if word == "--minutes" {
                let number = words.next().and_then(|number| number.parse().ok()).filter(|number| *number > 0);
                wanted.minutes = number.ok_or("--minutes needs a whole number from 1 on")?;
            } else if target.is_some() && wanted.target.is_none() {
                wanted.target = target;
            } else {
                return Err(format!("fuzz takes no {word}; it takes --minutes N and one of {}", TARGETS.join(" ")));
            }
        }
        Ok(wanted)
    }
}

/// Builds and runs.
///
/// # Errors
/// When something was found, or it cannot be built here.
pub(crate) fn run(wanted: &Wanted, project: &Project) -> Result<()> {
    let folder = project.path("target/fuzz");
    let host = compile(project, &folder)?;
    let mut found = Vec::new();
    for target in TARGETS.into_iter().filter(|target| wanted.target.is_none_or(|only| only == *target)) {
        say::title(&format!("{target}, for {} minutes", wanted.minutes));
        let [corpus, findings] = ["corpus", "findings"].map(|name| folder.join(name).join(target));
        for place in [&corpus, &findings] {
            fs::create_dir_all(place).with_context(|| format!("making {}", place.display()))?;
        }
        let mut fuzzer = run::program(folder.join(&host).join("release").join(target), project);
        fuzzer.args(LIMITS).args([BYTES_MAX, "-print_final_stats=1"]);
        fuzzer.arg(format!("-max_total_time={}", wanted.minutes * 60));
        fuzzer.arg(format!("-artifact_prefix={}/", findings.display()));
        // What the tests replay is not written to: who keeps a find there has looked at it.
        fuzzer.arg(&corpus).arg(project.path("fuzz/seeds").join(target));
        if let Err(failure) = run::finish(&mut fuzzer) {
            say::problem(&format!("{failure:#}"));
            found.push(target);
        }
    }
    if found.is_empty() {
        say::line("Nothing was found.");
        return Ok(());
    }
    bail!(
        "{} found something: the bytes are in target/fuzz/findings. Mend it, and copy them to fuzz/seeds: every test run tries them",
        found.join(" and ")
    )
}

/// The kind of this machine, for which everything was compiled: named, so that what only builds is not watched.
fn compile(project: &Project, folder: &PathBuf) -> Result<String> {
    if !cfg!(any(target_os = "linux", target_os = "macos")) {
        bail!("the fuzzer is made for Linux and macOS");
    }
    if ["c++", "g++", "clang++"].iter().all(|name| run::on_path(name).is_none()) {
        machine::install(&["g++"], "the fuzzer's engine is written in C++", project)?;
    }
    let about = run::answer(run::program("rustc", project).arg("-vV"))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc does not say its host")?;
    // What is watched is what is given away, to the version: the fuzzer's own few crates are added to a copy.
    fs::copy(project.path("Cargo.lock"), project.path("fuzz/Cargo.lock"))?;
    let mut cargo = run::cargo(project);
    cargo
        .args(["build", "--release", "--bins", "--target", host, "--manifest-path"])
        .arg(project.path("fuzz/Cargo.toml"))
        .env("CARGO_TARGET_DIR", folder)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", WATCHED);
    say::title("Compiling to be watched");
    run::finish(&mut cargo)?;
    Ok(host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Wanted, String> {
        Wanted::read(&line.split_whitespace().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn minutes_and_one_target_are_taken() {
        assert_eq!(read(""), Ok(Wanted { minutes: 3, target: None }));
        assert_eq!(read("--minutes 60 ops"), Ok(Wanted { minutes: 60, target: Some("ops") }));
        for bad in ["--minutes", "--minutes 0", "ops wire", "all"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_target_has_its_program_and_its_seeds() {
        let project = Project::find().unwrap();
        for target in TARGETS {
            assert!(project.path(&format!("fuzz/targets/{target}.rs")).is_file(), "{target}");
            assert!(project.path(&format!("fuzz/seeds/{target}")).is_dir(), "{target}");
        }
    }
}
