//! The page: from the crate `app`, the files in `style/` and `app/static/` to a folder that the
//! server embeds. It knows nothing of the server.
use crate::{project::Project, say};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

mod assets;
mod bindgen;
mod css;
mod module;
mod prune;
mod script;
mod sources;
mod split;
mod squeeze;
pub(crate) mod weight;

use assets::Assets;
pub(crate) use sources::files_below;

/// For whom the page is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Small, compressed, what is handed out.
    Release,
    /// Built fast, with names in it, reloading itself.
    Dev,
}

impl Kind {
    pub(crate) fn profile(self) -> &'static str {
        match self {
            Self::Release => "page",
            Self::Dev => "page-dev",
        }
    }

    /// The folder that the server takes as its page.
    pub(crate) fn folder(self, project: &Project) -> PathBuf {
        project.path(match self {
            Self::Release => "target/page",
            Self::Dev => "target/page-dev",
        })
    }

    /// What the folder was built from; beside it, so that it is not embedded.
    fn stamp(self, project: &Project) -> PathBuf {
        self.folder(project).with_extension("built-from")
    }
}

/// Brings the folder up to date and returns it. Nothing is done when nothing has changed.
///
/// # Errors
/// When the compiler is missing, the crate does not compile, or a file is not as it should be.
pub(crate) fn build(kind: Kind, project: &Project) -> Result<PathBuf> {
    let folder = kind.folder(project);
    let stamp = kind.stamp(project);
    let sources = sources::fingerprint(kind.profile(), project)?;
    if fs::read_to_string(&stamp).is_ok_and(|built| built == sources) && folder.join(assets::INDEX).is_file() {
        say::line("The page is up to date.");
        return Ok(folder);
    }
    let began = Instant::now();
    let mut page = gather(kind, project)?;
    page.link()?;
    let mut files = page.files;
    if kind == Kind::Release {
        squeeze::add_compressed(&mut files)?;
    }
    // Removed first: a folder that was written half-way must not look finished.
    let _ = fs::remove_file(&stamp);
    replace(&folder, &files).with_context(|| format!("writing {}", project.shown(&folder)))?;
    fs::write(&stamp, sources)?;
    say::line(&format!("The page took {}.", say::elapsed(began.elapsed())));
    Ok(folder)
}

fn gather(kind: Kind, project: &Project) -> Result<Assets> {
    let mut page = Assets::default();
    let folder = project.wasm_target().join(format!("{}-cut-up", kind.profile()));
    let made = bindgen::generate(&module::compile(kind, project)?, &folder, kind)?;
    page.add(&format!("{}.wasm", module::NAME), made.wasm);
    page.add(&format!("{}.js", module::NAME), script::minify(&made.script).into_bytes());
    for chunk in made.later {
        page.add(&chunk.name, chunk.wasm);
    }
    page.add("style.css", css::bundle(&project.path("style"))?.into_bytes());
    let folder = project.path("app/static");
    for path in files_below(&folder)? {
        let name = path.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
        let contents = match name.ends_with(".js") {
            true => script::minify(&text(&path)?).into_bytes(),
            false => read(&path)?,
        };
        page.add(&name, contents);
    }
    let mut index = text(&project.path("app/index.html"))?;
    if kind == Kind::Dev {
        page.add("reload.js", include_bytes!("page/reload.js").to_vec());
        let tag = "<script type=\"module\" src=\"{{asset:reload.js}}\"></script>\n</head>";
        index = index.replacen("</head>", tag, 1);
    }
    page.add(assets::INDEX, index.into_bytes());
    Ok(page)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

fn text(path: &Path) -> Result<String> {
    String::from_utf8(read(path)?).with_context(|| format!("{} is not UTF-8", path.display()))
}

/// Writes what differs and removes what is no longer there: whoever watches the folder (the
/// server's build does) sees only what really changed.
fn replace(folder: &Path, files: &assets::Files) -> Result<()> {
    fs::create_dir_all(folder)?;
    for (name, bytes) in files {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|found| found == *bytes) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, bytes)?;
    }
    for path in files_below(folder)? {
        let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        if !files.contains_key(&name) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacing_keeps_what_is_the_same_and_removes_what_is_gone() {
        let folder = std::env::temp_dir().join(format!("naze-page-{}", std::process::id()));
        let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
        let first = [file("a.txt", "a"), file("sub/b.txt", "b")].into();
        replace(&folder, &first).unwrap();
        let before = fs::metadata(folder.join("a.txt")).unwrap().modified().unwrap();
        let second = [file("a.txt", "a"), file("sub/c.txt", "c")].into();
        replace(&folder, &second).unwrap();
        let after = fs::metadata(folder.join("a.txt")).unwrap().modified().unwrap();
        assert_eq!(before, after);
        assert!(!folder.join("sub/b.txt").exists());
        assert_eq!(fs::read(folder.join("sub/c.txt")).unwrap(), b"c");
        fs::remove_dir_all(folder).unwrap();
    }
}
