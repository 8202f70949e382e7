//! Compresses the files of the page once, as hard as it goes, so that the server never has to.
use super::assets::Files;
use anyhow::{Context, Result};
use std::{io::Write as _, thread};

const BROTLI_QUALITY: u32 = 11;
/// 4 MB back: more than the page; larger ones are not understood by every browser.
const BROTLI_WINDOW: u32 = 22;
/// Already compressed by themselves.
const LEFT_ALONE: [&str; 4] = [".png", ".webp", ".jpg", ".woff2"];

/// Adds `NAME.br` and `NAME.gz` for every file that gets smaller by them.
///
/// # Errors
/// When a compressor fails.
pub(super) fn add_compressed(files: &mut Files) -> Result<()> {
    let mut compressed = Files::new();
    thread::scope(|scope| -> Result<()> {
        let mut work = Vec::new();
        for (name, bytes) in files.iter() {
            if LEFT_ALONE.iter().any(|ending| name.ends_with(ending)) {
                continue;
            }
            work.push((format!("{name}.br"), bytes.len(), scope.spawn(|| brotli(bytes))));
            work.push((format!("{name}.gz"), bytes.len(), scope.spawn(|| gzip(bytes))));
        }
        for (name, before, thread) in work {
            let smaller = thread.join().ok().with_context(|| format!("compressing {name} panicked"))??;
            if smaller.len() < before {
                compressed.insert(name, smaller);
            }
        }
        Ok(())
    })?;
    files.extend(compressed);
    Ok(())
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, BROTLI_QUALITY, BROTLI_WINDOW);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn what_comes_out_is_what_went_in() {
        let text = "なぜ？".repeat(500).into_bytes();
        let mut files = Files::from([
            ("a.js".to_owned(), text.clone()),
            ("tiny.txt".to_owned(), b"x".to_vec()),
            ("b.png".to_owned(), text.clone()),
        ]);
        add_compressed(&mut files).unwrap();
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(names, ["a.js", "a.js.br", "a.js.gz", "b.png", "tiny.txt"]);
        let mut out = Vec::new();
        brotli::Decompressor::new(files["a.js.br"].as_slice(), 4096).read_to_end(&mut out).unwrap();
        assert_eq!(out, text);
        out.clear();
        flate2::read::GzDecoder::new(files["a.js.gz"].as_slice()).read_to_end(&mut out).unwrap();
        assert_eq!(out, text);
    }
}
