//! The files of the page, as they went into the executable. It knows nothing of HTTP but the types of files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use rust_embed::{EmbeddedFile, RustEmbed};

/// The one file that every address of the page shows.
pub const INDEX: &str = "index.html";

/// In a debug build the files are read from the folder at every request, so that `cargo xtask dev` shows what was saved.
#[derive(RustEmbed)]
#[folder = "$NAZE_PAGE_DIR"]
struct Embedded;

/// Where the files come from.
#[derive(Clone, Debug)]
pub enum Page {
    /// From the executable.
    Embedded,
    /// From a table; for whoever wants other files than those.
    Table(Arc<BTreeMap<String, Bytes>>),
}

/// A file as it is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// What is in it.
    pub bytes: Bytes,
    /// A name for what is in it: other contents, other name.
    pub tag: String,
}

impl Page {
    /// A file by its path, without a slash before it.
    pub fn get(&self, path: &str) -> Option<File> {
        match self {
            Self::Embedded => Embedded::get(path).map(File::from),
            Self::Table(files) => files.get(path).map(|bytes| File { bytes: bytes.clone(), tag: tag(&hash(bytes)) }),
        }
    }
}

fn hash(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}

/// 64 bits tell the versions of one file apart.
fn tag(hash: &[u8; 32]) -> String {
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

impl From<EmbeddedFile> for File {
    fn from(file: EmbeddedFile) -> Self {
        let bytes = match file.data {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => Bytes::from(bytes),
        };
        Self { bytes, tag: tag(&file.metadata.sha256_hash()) }
    }
}

/// The type of a file, by the ending of its name.
pub fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "jpg" => "image/jpeg",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_contents_have_another_name() {
        let table = [("a", "x"), ("b", "x"), ("c", "y")].map(|(path, text)| (path.to_owned(), Bytes::from(text)));
        let page = Page::Table(Arc::new(table.into()));
        let tag = |path| page.get(path).unwrap().tag;
        assert_eq!(tag("a"), tag("b"));
        assert_ne!(tag("a"), tag("c"));
        assert_eq!(page.get("d"), None);
    }

    #[test]
    fn what_is_not_in_the_folder_is_not_read() {
        for path in ["../Cargo.toml", "/etc/passwd", "..", "assets/../../page.built-from", "no-such-file"] {
            assert_eq!(Page::Embedded.get(path), None, "{path}");
        }
    }

    #[test]
    fn the_types_that_browsers_insist_on() {
        assert_eq!(content_type("assets/app-1a2b.wasm"), "application/wasm");
        assert_eq!(content_type("assets/app-1a2b.js"), "text/javascript; charset=utf-8");
        assert_eq!(content_type("strange"), "application/octet-stream");
    }
}
