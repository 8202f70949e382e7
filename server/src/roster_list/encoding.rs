//! In which characters a file is written. Spreadsheets in Japan write Shift_JIS, or UTF-16 as "Unicode text"; nobody who saves a
//! file knows it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

/// The text; none if it is no text.
pub fn decode(bytes: &[u8]) -> Option<String> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (guess(bytes), 0));
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes.get(mark..)?)?;
    // A picture or a spreadsheet's own file is full of these in any encoding.
    let is_text = !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}'));
    is_text.then(|| text.into_owned())
}

fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

/// Without a mark at the beginning. What the bytes allow decides; only where they allow both of Japan's is it guessed by how
/// likely the letters are.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some(wide) = wide(bytes) {
        return wide;
    }
    if bytes.windows(2).any(|pair| pair == b"\x1b$") && fits(ISO_2022_JP, bytes) {
        return ISO_2022_JP;
    }
    if fits(UTF_8, bytes) {
        return UTF_8;
    }
    match (fits(SHIFT_JIS, bytes), fits(EUC_JP, bytes)) {
        (true, false) => SHIFT_JIS,
        (false, true) => EUC_JP,
        _ => likely(bytes),
    }
}

fn likely(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(Some(b"jp"), Utf8Detection::Allow)
}

/// Two bytes a character: the line breaks, tabs and commas of any list have a zero beside them, always on the same side.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match (even, odd) {
        (0, 0) => None,
        _ if bytes.len() % 2 == 1 => None,
        _ if odd > even => Some(UTF_16LE),
        _ => Some(UTF_16BE),
    }
}
