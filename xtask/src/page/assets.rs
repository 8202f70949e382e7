//! The files of the page and their names: every file but `index.html` carries a hash of its
//! contents in its name, so that browsers may keep it for ever, and says the names of others as
//! `{{asset:NAME}}`.
use super::sources::hex;
use anyhow::{Result, bail};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The one file that keeps its name.
pub(super) const INDEX: &str = "index.html";
const BEGIN: &str = "{{asset:";
const END: &str = "}}";

/// Paths inside the page's folder, with contents.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// The files as they are gathered, and as they are once their names are known.
#[derive(Default)]
pub(super) struct Assets {
    waiting: BTreeMap<String, Vec<u8>>,
    named: BTreeMap<String, String>,
    pub(super) files: Files,
}

impl Assets {
    pub(super) fn add(&mut self, name: &str, contents: Vec<u8>) {
        self.waiting.insert(name.to_owned(), contents);
    }

    /// Gives every file its name, first those that mention no other.
    ///
    /// # Errors
    /// When a file mentions one that does not exist, or files mention each other in a circle.
    pub(super) fn link(&mut self) -> Result<()> {
        while !self.waiting.is_empty() {
            let before = self.waiting.len();
            for (name, contents) in std::mem::take(&mut self.waiting) {
                match self.filled(&contents) {
                    Filled::Ready(contents) => self.finish(name, contents),
                    Filled::Missing(_) => {
                        self.waiting.insert(name, contents);
                    }
                }
            }
            if self.waiting.len() == before {
                bail!("{}", self.why_stuck());
            }
        }
        Ok(())
    }

    fn finish(&mut self, name: String, contents: Vec<u8>) {
        if name == INDEX {
            self.files.insert(name, contents);
            return;
        }
        let path = format!("assets/{}", hashed(&name, &contents));
        self.files.insert(path.clone(), contents);
        self.named.insert(name, path);
    }

    fn why_stuck(&self) -> String {
        let mut lines = vec!["the files of the page mention what is not there:".to_owned()];
        for (name, contents) in &self.waiting {
            if let Filled::Missing(wanted) = self.filled(contents) {
                lines.push(format!("    {name} mentions {wanted}"));
            }
        }
        lines.join("\n")
    }

    /// The contents with every mention replaced by an address.
    fn filled(&self, contents: &[u8]) -> Filled {
        let Ok(text) = std::str::from_utf8(contents) else {
            return Filled::Ready(contents.to_vec());
        };
        let mut rest = text;
        let mut out = String::with_capacity(text.len());
        while let Some((before, after)) = rest.split_once(BEGIN) {
            let Some((name, after)) = after.split_once(END) else {
                return Filled::Missing(format!("{BEGIN} without {END}"));
            };
            let Some(path) = self.named.get(name) else {
                return Filled::Missing(name.to_owned());
            };
            out.push_str(before);
            out.push('/');
            out.push_str(path);
            rest = after;
        }
        out.push_str(rest);
        Filled::Ready(out.into_bytes())
    }
}

enum Filled {
    Ready(Vec<u8>),
    Missing(String),
}

/// `style.css` → `style-1a2b3c4d5e6f.css`; 48 bits are plenty for a dozen files.
fn hashed(name: &str, contents: &[u8]) -> String {
    let sum: String = hex(&Sha256::digest(contents)).chars().take(12).collect();
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{sum}.{ending}"),
        None => format!("{name}-{sum}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(files: &[(&str, &str)]) -> Result<Files> {
        let mut assets = Assets::default();
        for (name, text) in files {
            assets.add(name, text.as_bytes().to_vec());
        }
        assets.link().map(|()| assets.files)
    }

    #[test]
    fn mentions_become_hashed_addresses_however_deep() {
        let files = linked(&[
            ("a.js", "import '{{asset:z.js}}'"),
            ("index.html", "<{{asset:a.js}}> <{{asset:z.js}}>"),
            ("z.js", "z"),
        ])
        .unwrap();
        let index = String::from_utf8(files["index.html"].clone()).unwrap();
        assert!(index.starts_with("</assets/a-") && index.ends_with(".js>"), "{index}");
        let a = files.keys().find(|name| name.starts_with("assets/a-")).unwrap();
        assert!(String::from_utf8_lossy(&files[a]).starts_with("import '/assets/z-"));
    }

    #[test]
    fn a_change_below_changes_the_name_above() {
        let name = |z: &str| {
            let files = linked(&[("a.js", "{{asset:z.js}}"), ("z.js", z)]).unwrap();
            files.keys().find(|name| name.starts_with("assets/a-")).unwrap().clone()
        };
        assert_ne!(name("one"), name("two"));
    }

    #[test]
    fn what_is_not_there_is_named() {
        let failure = linked(&[("index.html", "{{asset:gone.css}}")]).unwrap_err();
        assert!(failure.to_string().contains("index.html mentions gone.css"));
        let circle = linked(&[("a.js", "{{asset:b.js}}"), ("b.js", "{{asset:a.js}}")]);
        assert!(circle.unwrap_err().to_string().contains("a.js mentions b.js"));
        assert!(linked(&[("a.js", "{{asset:b")]).is_err());
    }

    #[test]
    fn bytes_that_are_no_text_stay_as_they_are() {
        let mut assets = Assets::default();
        assets.add("x.png", vec![0xff, 0, 0xfe]);
        assets.link().unwrap();
        assert_eq!(assets.files.values().next().unwrap(), &[0xff, 0, 0xfe]);
    }
}
