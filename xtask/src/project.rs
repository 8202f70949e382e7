//! Where things are in the project: the one place that knows the layout of the tree and of `target/`.
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// The root of the project and every folder that the commands read or write.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the root: where cargo says that xtask is, else upwards from the current folder.
    ///
    /// # Errors
    /// When neither leads to the project.
    pub(crate) fn find() -> Result<Self> {
        let from_cargo = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let start = match from_cargo {
            Some(folder) => folder,
            None => std::env::current_dir().context("the current folder cannot be read")?,
        };
        match start.ancestors().find(|folder| is_root(folder)) {
            Some(root) => Ok(Self::at(root)),
            None => bail!("no project found above {}", start.display()),
        }
    }

    /// The project whose root is already known.
    pub(crate) fn at(root: &Path) -> Self {
        Self { root: root.to_path_buf() }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the project.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// Where native builds go. Said to cargo each time, so that the results are found whatever
    /// the machine's own configuration says.
    pub(crate) fn target(&self) -> PathBuf {
        self.path("target")
    }

    /// The page's own target folder: another compiler may build it, and cargo locks a folder.
    pub(crate) fn wasm_target(&self) -> PathBuf {
        self.path("target/wasm")
    }

    /// The released server.
    pub(crate) fn server(&self) -> PathBuf {
        self.executable("target/release/naze")
    }

    /// The server of `dev`.
    pub(crate) fn dev_server(&self) -> PathBuf {
        self.executable("target/debug/naze")
    }

    /// What `dist` hands out.
    pub(crate) fn dist(&self) -> PathBuf {
        self.executable("target/dist/naze")
    }

    fn executable(&self, inside: &str) -> PathBuf {
        self.path(&format!("{inside}{}", std::env::consts::EXE_SUFFIX))
    }

    /// How a path is shown: from the root of the project where it lies inside.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let shorter = path.strip_prefix(&self.root).unwrap_or(path);
        shorter.display().to_string()
    }
}

fn is_root(folder: &Path) -> bool {
    folder.join("Cargo.lock").is_file() && folder.join("xtask/Cargo.toml").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_root_from_inside() {
        let project = Project::find().unwrap();
        assert!(project.path("xtask/src/project.rs").is_file());
    }

    #[test]
    fn shows_paths_from_the_root() {
        let project = Project::at(Path::new("/a/b"));
        assert_eq!(project.shown(Path::new("/a/b/c/d")), "c/d");
        assert_eq!(project.shown(Path::new("/x")), "/x");
    }
}
