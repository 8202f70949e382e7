//! How each stage of `cargo xtask test` went: the table, the last line, the exit code.
use super::Stage;
use crate::say;
use std::{fmt::Write as _, process::ExitCode, time::Duration};

/// How a stage went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Passed,
    /// What could be looked at was well.
    Partly {
        without: &'static str,
    },
    Failed,
    /// Not run, because this one failed.
    Skipped {
        without: Stage,
    },
}

impl Outcome {
    fn is_good(self) -> bool {
        matches!(self, Self::Passed | Self::Partly { .. })
    }
}

/// The stages so far.
#[derive(Default)]
pub(super) struct Report {
    lines: Vec<(Stage, Outcome, Duration)>,
}

impl Report {
    pub(super) fn add(&mut self, stage: Stage, outcome: Outcome) {
        self.add_timed(stage, outcome, Duration::ZERO);
    }

    pub(super) fn add_timed(&mut self, stage: Stage, outcome: Outcome, took: Duration) {
        self.lines.push((stage, outcome, took));
    }

    /// Whether it failed, or could not run because another one did.
    pub(super) fn has_failed(&self, stage: Stage) -> bool {
        self.lines.iter().any(|(ran, outcome, _)| *ran == stage && !outcome.is_good())
    }

    /// Ends with the plain line that continuous integration reads.
    pub(super) fn table(&self) -> String {
        let mut out = String::from("\n");
        for (stage, outcome, took) in &self.lines {
            let (word, time) = match outcome {
                Outcome::Passed => ("passed".to_owned(), say::elapsed(*took)),
                Outcome::Partly { without } => (format!("passed, but NOT CHECKED: {without}"), say::elapsed(*took)),
                Outcome::Failed => ("FAILED".to_owned(), say::elapsed(*took)),
                Outcome::Skipped { without } => (format!("not run, {} failed", without.name()), String::new()),
            };
            let _ = writeln!(out, "  {:<14}{time:>14}  {word}", stage.name());
        }
        let (passed, failed, skipped) = self.counts();
        let _ = write!(out, "\n{passed} passed, {failed} failed");
        if skipped > 0 {
            let _ = write!(out, ", {skipped} skipped");
        }
        out
    }

    fn counts(&self) -> (usize, usize, usize) {
        let count = |wanted: fn(&Outcome) -> bool| self.lines.iter().filter(|(_, outcome, _)| wanted(outcome)).count();
        (
            count(|outcome| outcome.is_good()),
            count(|outcome| *outcome == Outcome::Failed),
            count(|outcome| matches!(outcome, Outcome::Skipped { .. })),
        )
    }

    pub(super) fn exit_code(&self) -> ExitCode {
        match self.counts() {
            (_, 0, 0) => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_counts_and_a_failure_is_a_failure() {
        let mut report = Report::default();
        report.add_timed(Stage::Format, Outcome::Passed, Duration::from_secs(2));
        assert!(report.table().ends_with("\n1 passed, 0 failed"));
        assert_eq!(report.exit_code(), ExitCode::SUCCESS);
        report.add(Stage::Deny, Outcome::Partly { without: "the list" });
        assert!(report.table().contains("NOT CHECKED: the list") && report.table().ends_with("\n2 passed, 0 failed"));
        assert!(!report.has_failed(Stage::Deny));
        report.add(Stage::Page, Outcome::Failed);
        report.add(Stage::Server, Outcome::Skipped { without: Stage::Page });
        assert!(report.table().ends_with("\n2 passed, 1 failed, 1 skipped"));
        assert!(report.table().contains("not run, page failed"));
        assert!(report.has_failed(Stage::Server) && !report.has_failed(Stage::Format));
        assert_eq!(report.exit_code(), ExitCode::FAILURE);
    }
}
