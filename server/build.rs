//! Says where the page is that goes into the executable. It builds nothing: `cargo xtask serve` does, before it builds us.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder of a page that was built for release, seen from this crate.
const BUILT: &str = "../target/page";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=NAZE_PAGE_DIR");
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let folder = here.join(env::var_os("NAZE_PAGE_DIR").unwrap_or_else(|| BUILT.into()));
    // A page that was never built is an empty folder: the crate compiles and the server says what to do.
    fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    println!("cargo::rerun-if-changed={}", shown(&folder)?);
    println!("cargo::rustc-env=NAZE_PAGE_DIR={}", shown(&folder)?);
    Ok(())
}

fn shown(folder: &Path) -> Result<&str, String> {
    folder.to_str().ok_or_else(|| format!("the path of the page is not UTF-8: {}", folder.display()))
}
