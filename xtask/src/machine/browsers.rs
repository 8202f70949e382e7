//! What the tests in real browsers need: Chromium with its driver, Japanese faces, axe-core.
use crate::{machine, project::Project, run, say};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

const DEBIAN: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];
/// Pinned: a newer one may find more, and a test must not fail because of the day.
const AXE: &str = "axe-core@4.14.0";
const JAPANESE_FACES: [&str; 2] =
    ["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"];

/// Where the tests find it all.
#[derive(Debug)]
pub(crate) struct Browsers {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
    pub(crate) axe: PathBuf,
}

/// Finds or installs them.
///
/// # Errors
/// With the command to type, when something is missing and cannot be installed from here.
pub(crate) fn browsers(project: &Project) -> Result<Browsers> {
    if chromium().is_none() || driver().is_none() || !japanese_faces() {
        machine::install(&DEBIAN, "the tests use a real browser", project)?;
    }
    match (chromium(), driver()) {
        (Some(chromium), Some(driver)) => Ok(Browsers { chromium, driver, axe: axe(project)? }),
        _ => bail!("Chromium or its driver is not in PATH; NAZE_CHROMIUM and NAZE_CHROMEDRIVER may say where they are"),
    }
}

fn chromium() -> Option<PathBuf> {
    said("NAZE_CHROMIUM")
        .or_else(|| ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| run::on_path(name)))
}

fn driver() -> Option<PathBuf> {
    said("NAZE_CHROMEDRIVER").or_else(|| run::on_path("chromedriver"))
}

fn said(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_file())
}

/// Without them Japanese text is boxes, and what it measures on the screen is wrong. Only Linux is
/// looked at: other systems bring their own.
fn japanese_faces() -> bool {
    !cfg!(target_os = "linux")
        || JAPANESE_FACES.iter().any(|face| Path::new(face).is_file())
        || run::on_path("fc-list").is_some_and(|_| fontconfig_knows())
}

fn fontconfig_knows() -> bool {
    let mut command = std::process::Command::new("fc-list");
    run::answer(command.args([":lang=ja", "family"])).is_ok_and(|faces| !faces.is_empty())
}

fn axe(project: &Project) -> Result<PathBuf> {
    if let Some(path) = said("NAZE_AXE") {
        return Ok(path);
    }
    let folder = project.path("target/tools");
    let script = folder.join("node_modules/axe-core/axe.min.js");
    let asked = folder.join("axe-core.version");
    if script.is_file() && std::fs::read_to_string(&asked).is_ok_and(|found| found == AXE) {
        return Ok(script);
    }
    if run::on_path("npm").is_none() {
        machine::install(&["npm"], "it fetches axe-core", project)?;
    }
    say::title(&format!("Installing {AXE}: the tests check every screen with it"));
    std::fs::create_dir_all(&folder)?;
    let mut npm = run::program("npm", project);
    npm.args(["install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix"]).arg(&folder).arg(AXE);
    run::finish(&mut npm)?;
    if !script.is_file() {
        bail!("npm ended well, yet {} is not there", project.shown(&script));
    }
    std::fs::write(&asked, AXE)?;
    Ok(script)
}
