//! What the commands print: titles, lines, sizes and times, all in one manner.
use std::{
    io::{IsTerminal as _, Write as _},
    time::Duration,
};

/// A stage of long work begins.
pub(crate) fn title(text: &str) {
    if std::io::stdout().is_terminal() {
        println!("\n\x1b[1m▶ {text}\x1b[0m");
    } else {
        println!("\n▶ {text}");
    }
    flush();
}

/// One plain line.
pub(crate) fn line(text: &str) {
    println!("{text}");
    flush();
}

/// Something went wrong, on standard error.
pub(crate) fn problem(text: &str) {
    eprintln!("{text}");
}

/// Cargo writes to standard error: what we said must stand before what it says.
fn flush() {
    let _ = std::io::stdout().flush();
}

/// Bytes as kilobytes of 1,000, with one digit.
pub(crate) fn kilobytes(bytes: u64) -> String {
    let tenths = bytes.saturating_add(50) / 100;
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

/// A time in seconds with one digit, minutes before it when there are any.
pub(crate) fn elapsed(time: Duration) -> String {
    let tenths = time.as_millis().saturating_add(50) / 100;
    let (minutes, seconds, tenth) = (tenths / 600, tenths / 10 % 60, tenths % 10);
    if minutes == 0 { format!("{seconds}.{tenth} s") } else { format!("{minutes} min {seconds:02}.{tenth} s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_read_well() {
        assert_eq!(kilobytes(0), "0.0 kB");
        assert_eq!(kilobytes(179_949), "179.9 kB");
        assert_eq!(kilobytes(179_950), "180.0 kB");
        assert_eq!(elapsed(Duration::from_millis(1_540)), "1.5 s");
        assert_eq!(elapsed(Duration::from_millis(61_000)), "1 min 01.0 s");
    }
}
