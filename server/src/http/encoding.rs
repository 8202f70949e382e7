//! Which of the compressed forms of a file a browser gets, by what it says it can read (RFC 9110, 12.5.3).

/// A form of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// Smallest first: among equals the browser gets the first.
    pub(super) const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// The ending of a file in this form.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }

    /// Its name in headers.
    pub(super) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }
}

/// The forms that are accepted, best first. The file as it is stands last even if it is not: better than nothing.
pub(super) fn accepted(header: &str) -> Vec<Encoding> {
    let mut weighed: Vec<(u16, Encoding)> =
        Encoding::ALL.into_iter().map(|encoding| (weight(header, encoding), encoding)).collect();
    // Stable: what is equally welcome stays in the order of size.
    weighed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let mut best: Vec<Encoding> = weighed.into_iter().filter(|(weight, _)| *weight > 0).map(|(_, e)| e).collect();
    if !best.contains(&Encoding::Identity) {
        best.push(Encoding::Identity);
    }
    best
}

/// How welcome a form is, in thousandths.
fn weight(header: &str, encoding: Encoding) -> u16 {
    let name = encoding.name().unwrap_or("identity");
    let said = |wanted: &str| {
        header.split(',').find_map(|item| {
            let (coding, parameters) = item.split_once(';').unwrap_or((item, ""));
            coding.trim().eq_ignore_ascii_case(wanted).then(|| quality(parameters))
        })
    };
    // Not named, the file as it is remains acceptable, though anything named is more welcome.
    let unnamed = if encoding == Encoding::Identity { 1 } else { 0 };
    said(name).or_else(|| said("*")).unwrap_or(unnamed)
}

/// `q=0.5` → 500; what cannot be read is 0, what is not said 1000.
fn quality(parameters: &str) -> u16 {
    let Some(value) = parameters.split(';').find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case("q").then_some(value.trim())
    }) else {
        return 1_000;
    };
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let digits = format!("{decimals:0<3}");
    match (whole, digits.parse::<u16>()) {
        ("0", Ok(thousandths)) if decimals.len() <= 3 => thousandths,
        ("1", Ok(0)) if decimals.len() <= 3 => 1_000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding::{Brotli, Gzip, Identity};
    use super::*;

    #[test]
    fn browsers_get_the_smallest_that_they_read() {
        for (header, expected) in [
            ("gzip, deflate, br, zstd", &[Brotli, Gzip, Identity][..]),
            ("gzip, deflate", &[Gzip, Identity]),
            ("", &[Identity]),
            ("identity", &[Identity]),
            ("*", &[Brotli, Gzip, Identity]),
            ("BR;Q=1.0", &[Brotli, Identity]),
            ("gzip;q=1.0, br;q=0.5", &[Gzip, Brotli, Identity]),
            ("br;q=0, gzip", &[Gzip, Identity]),
            ("*;q=0.1, br;q=0", &[Gzip, Identity]),
            ("gzip;q=0.2, identity;q=0.9", &[Identity, Gzip]),
            ("gzip;q=0.001", &[Gzip, Identity]),
            ("br;q=2, gzip;q=x, identity;q=0", &[Identity]),
        ] {
            assert_eq!(accepted(header), expected, "{header}");
        }
    }
}
