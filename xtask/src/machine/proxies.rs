//! What the recipes for a proxy are tested with: nginx and Caddy. Debian's packages are only unpacked, not installed: that would
//! start them, and would take root.
use crate::{machine, project::Project, run, say};
use anyhow::{Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
};

const NGINX: &str = "usr/sbin/nginx";
const CADDY: &str = "usr/bin/caddy";

/// Where the tests find them.
#[derive(Debug)]
pub(crate) struct Proxies {
    pub(crate) nginx: PathBuf,
    pub(crate) caddy: PathBuf,
}

/// Finds or unpacks them.
///
/// # Errors
/// With what to install, when one is missing and cannot be had from here.
pub(crate) fn proxies(project: &Project) -> Result<Proxies> {
    let folder = project.path("target/tools/proxies");
    let one = |variable, name, inside| found(variable, name, &folder.join(inside));
    let both =
        || Some(Proxies { nginx: one("NAZE_NGINX", "nginx", NGINX)?, caddy: one("NAZE_CADDY", "caddy", CADDY)? });
    if let Some(both) = both() {
        return Ok(both);
    }
    if run::on_path("apt-get").is_none() || run::on_path("dpkg").is_none() {
        bail!("the recipes for proxies are tested: install nginx and caddy");
    }
    say::title("Unpacking nginx and Caddy: the recipes for proxies are tested with them");
    fs::create_dir_all(&folder)?;
    if unpack(&folder, project).is_err() {
        // The lists of packages may be older than the packages. Who may not renew them is told by apt.
        run::finish(machine::apt_get(project).arg("update"))?;
        unpack(&folder, project)?;
    }
    match both() {
        Some(both) => Ok(both),
        None => bail!("nginx and caddy were unpacked in {}, yet one is not there", project.shown(&folder)),
    }
}

fn found(variable: &str, name: &str, unpacked: &Path) -> Option<PathBuf> {
    let said = std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    let system = Path::new("/usr/sbin").join(name);
    let system = || Some(system).filter(|path| path.is_file());
    let unpacked = || Some(unpacked.to_path_buf()).filter(|path| path.is_file());
    said.or_else(|| run::on_path(name)).or_else(system).or_else(unpacked)
}

fn unpack(folder: &Path, project: &Project) -> Result<()> {
    run::finish(machine::apt_get(project).args(["download", "nginx", "caddy"]).current_dir(folder))?;
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.extension().is_some_and(|ending| ending == "deb") {
            run::finish(run::program("dpkg", project).arg("-x").arg(&path).arg(folder))?;
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}
