//! QR codes, for the projector and for the terminal. What they say is the caller's business.

use qrcode::render::{svg, unicode::Dense1x2};
use qrcode::{EcLevel, QrCode};

/// Pixels of a module in the picture as it is, before the page scales it.
const MODULE_PX: u32 = 10;
/// Black on white whatever colours the terminal has: a code that is light on dark is not read by every phone.
const BLACK_ON_WHITE: &str = "\x1b[38;5;16;48;5;231m";
const COLOURS_BACK: &str = "\x1b[0m";

/// The text is too long for a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("too long for a QR code")]
pub struct TooLong;

/// A quarter of a code may be hidden by a head, a glare or a fold before a phone fails to read it at this level.
fn code(text: &str) -> Result<QrCode, TooLong> {
    QrCode::with_error_correction_level(text, EcLevel::Q).map_err(|_| TooLong)
}

/// As a picture with its quiet zone, black on white.
///
/// # Errors
/// When the text is too long.
pub fn svg(text: &str) -> Result<String, TooLong> {
    Ok(code(text)?.render::<svg::Color<'_>>().module_dimensions(MODULE_PX, MODULE_PX).build())
}

/// As lines for a terminal that knows colours.
///
/// # Errors
/// When the text is too long.
pub fn lines(text: &str) -> Result<Vec<String>, TooLong> {
    let blocks = code(text)?.render::<Dense1x2>().module_dimensions(1, 1).build();
    Ok(blocks.lines().map(|line| format!("{BLACK_ON_WHITE}{line}{COLOURS_BACK}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_its_quiet_zone() {
        let svg = svg("http://192.168.1.5:8080/j/ACDEFH").unwrap();
        assert!(svg.starts_with("<?xml") && svg.ends_with("</svg>"));
        let pixels = |text: &str| text.parse::<u32>().unwrap();
        let (_, size) = svg.split_once("viewBox=\"0 0 ").unwrap();
        let size = pixels(size.split(' ').next().unwrap());
        let (_, path) = svg.split_once(" d=\"").unwrap();
        let starts: Vec<u32> = path.split('M').skip(1).map(|run| pixels(run.split(' ').next().unwrap())).collect();
        // Four modules on either side.
        assert_eq!(starts.iter().min(), Some(&(4 * MODULE_PX)));
        assert!(starts.iter().all(|start| *start < size - 4 * MODULE_PX) && size > 200, "{size}");
    }

    #[test]
    fn lines_are_of_one_width() {
        let lines = lines("http://192.168.1.5:8080/").unwrap();
        let widths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{widths:?}");
        assert!(lines.len() > 15 && lines.iter().all(|line| line.ends_with(COLOURS_BACK)));
    }

    #[test]
    fn what_is_too_long_is_said_so() {
        assert_eq!(svg(&"x".repeat(3_000)), Err(TooLong));
    }
}
