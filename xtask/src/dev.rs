//! While one writes: looks for files that changed, builds what depends on them, restarts the
//! server. The page reloads itself (`page/reload.js`).
use crate::{
    page::{self, Kind},
    project::Project,
    run, say,
};
use anyhow::{Context, Result};
use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant, SystemTime},
};

/// Looking at some hundred files takes a millisecond, so there is no need of a watcher.
const LOOK_EVERY: Duration = Duration::from_millis(300);
const STOP_WITHIN: Duration = Duration::from_secs(5);
/// Folders and what must be built when something in them changes.
const WATCHED: [(&str, Work); 6] = [
    ("app", Work::PAGE),
    ("style", Work::PAGE),
    ("server", Work::SERVER),
    ("shared", Work::BOTH),
    ("Cargo.toml", Work::BOTH),
    ("Cargo.lock", Work::BOTH),
];

/// What there is to build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Work {
    page: Part,
    server: Part,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Keep,
    Build,
}

impl Work {
    const PAGE: Self = Self { page: Part::Build, server: Part::Keep };
    const SERVER: Self = Self { page: Part::Keep, server: Part::Build };
    const BOTH: Self = Self { page: Part::Build, server: Part::Build };

    fn and(self, other: Self) -> Self {
        let either = |a, b| match (a, b) {
            (Part::Keep, Part::Keep) => Part::Keep,
            _ => Part::Build,
        };
        Self { page: either(self.page, other.page), server: either(self.server, other.server) }
    }
}

/// When each watched file was last written, and what depends on it.
type Seen = BTreeMap<PathBuf, (SystemTime, Work)>;

/// Builds, starts and watches until it is stopped.
///
/// # Errors
/// When the files cannot be watched; what does not compile is only shown.
pub(crate) fn watch(flags: &[OsString], project: &Project) -> Result<()> {
    let mut seen = look(project)?;
    let mut server = Server { flags, project, child: None };
    let mut work = Work::BOTH;
    loop {
        let left = build(work, &mut server);
        say::line("Watching app, style, server, shared. Ctrl-C stops.");
        work = loop {
            sleep(LOOK_EVERY);
            server.notice_its_end();
            let now = look(project)?;
            let work = difference(&seen, &now);
            seen = now;
            if work != Work::default() {
                break work.and(left);
            }
        };
    }
}

/// Builds and returns what failed: the next change tries that again as well.
fn build(work: Work, server: &mut Server<'_>) -> Work {
    let mut left = Work::default();
    if work.page == Part::Build
        && let Err(failure) = page::build(Kind::Dev, server.project)
    {
        say::problem(&format!("\n{failure:#}"));
        left.page = Part::Build;
    }
    if work.server == Part::Build
        && let Err(failure) = server.renew()
    {
        say::problem(&format!("\n{failure:#}"));
        left.server = Part::Build;
    }
    left
}

fn look(project: &Project) -> Result<Seen> {
    let mut seen = Seen::new();
    for (folder, work) in WATCHED {
        for path in page::files_below(&project.path(folder))? {
            // A file that went away since the folder was read is seen as gone the next time.
            if let Ok(written) = fs::metadata(&path).and_then(|found| found.modified()) {
                seen.insert(path, (written, work));
            }
        }
    }
    Ok(seen)
}

/// What depends on files that are new, gone or written again.
fn difference(before: &Seen, now: &Seen) -> Work {
    let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
    let new = now.iter().filter(|(path, at)| before.get(*path) != Some(at));
    gone.chain(new).fold(Work::default(), |work, (_, (_, more))| work.and(*more))
}

/// The one server that we start, and stop by its own id.
struct Server<'a> {
    flags: &'a [OsString],
    project: &'a Project,
    child: Option<Child>,
}

impl Server<'_> {
    fn environment(&self, mut command: Command) -> Command {
        command.env("NAZE_DEV", "1").env("NAZE_PAGE_DIR", Kind::Dev.folder(self.project));
        command
    }

    /// The old one runs until the new one is compiled.
    fn renew(&mut self) -> Result<()> {
        say::title("Building the server");
        let mut cargo = self.environment(run::cargo(self.project));
        run::finish(cargo.args(["build", "-p", "server", "--bin", "naze"]))?;
        self.restart()
    }

    fn restart(&mut self) -> Result<()> {
        self.stop();
        let mut command = self.environment(run::elsewhere(self.project.dev_server()));
        command.arg("serve").args(self.flags).stdin(Stdio::null());
        let child = command.spawn().with_context(|| format!("could not start: {}", run::shown(&command)))?;
        self.child = Some(child);
        Ok(())
    }

    /// Asked first, so that it can close its log; made to, when it does not.
    fn stop(&mut self) {
        let Some(mut child) = self.child.take() else {
            return;
        };
        let asked = Command::new("kill").arg(child.id().to_string()).status();
        let began = Instant::now();
        while asked.is_ok() && began.elapsed() < STOP_WITHIN {
            if !matches!(child.try_wait(), Ok(None)) {
                return;
            }
            sleep(Duration::from_millis(20));
        }
        let _ = child.kill();
        let _ = child.wait();
    }

    fn notice_its_end(&mut self) {
        let ended = self.child.as_mut().map(Child::try_wait);
        if let Some(Ok(Some(status))) = ended {
            say::problem(&format!("The server ended with {status}; save a file to start it again."));
            self.child = None;
        }
    }
}

impl Drop for Server<'_> {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(files: &[(&str, u64, Work)]) -> Seen {
        files
            .iter()
            .map(|(path, at, work)| {
                let at = SystemTime::UNIX_EPOCH + Duration::from_secs(*at);
                (PathBuf::from(path), (at, *work))
            })
            .collect()
    }

    #[test]
    fn only_what_depends_on_the_change_is_built() {
        let before = seen(&[("a", 1, Work::PAGE), ("s", 1, Work::SERVER)]);
        assert_eq!(difference(&before, &before), Work::default());
        let written = seen(&[("a", 2, Work::PAGE), ("s", 1, Work::SERVER)]);
        assert_eq!(difference(&before, &written), Work::PAGE);
        let gone = seen(&[("a", 1, Work::PAGE)]);
        assert_eq!(difference(&before, &gone), Work::SERVER);
        let both = seen(&[("b", 1, Work::PAGE), ("a", 1, Work::PAGE)]);
        assert_eq!(difference(&before, &both), Work::BOTH);
    }

    #[test]
    fn the_watched_folders_exist() {
        let project = Project::find().unwrap();
        for (path, _) in WATCHED {
            assert!(project.path(path).exists(), "{path}");
        }
    }
}
