//! The groups that a helper looks after, as this device remembers them. They come with the helper's link, where the lead has said so, or
//! the helper chooses them; they say what comes first on the wall, and give no right to anything.

use shared::WorkshopId;

use crate::platform::storage;

/// Between a key and the groups behind it, in a link.
const MARK: char = '+';

fn key(workshop: WorkshopId) -> String {
    let mut key = "naze.charge.".to_owned();
    key.push_str(&workshop.to_string());
    key
}

/// The numbers of the groups.
pub fn get(workshop: WorkshopId) -> Vec<u16> {
    read(&storage::get(&key(workshop)).unwrap_or_default())
}

/// From now on these.
pub fn set(workshop: WorkshopId, groups: &[u16]) {
    // Where nothing can be kept it holds until the page is closed.
    storage::set(&key(workshop), &written(groups));
}

/// What stands behind a helper's key in the link for one who looks after these groups.
pub fn behind_key(groups: &[u16]) -> String {
    if groups.is_empty() { String::new() } else { format!("{MARK}{}", written(groups)) }
}

/// A link's key, and the groups behind it, if any.
pub fn split(fragment: &str) -> (&str, Option<Vec<u16>>) {
    match fragment.split_once(MARK) {
        Some((key, groups)) => (key, Some(read(groups))),
        None => (fragment, None),
    }
}

fn written(groups: &[u16]) -> String {
    groups.iter().map(u16::to_string).collect::<Vec<_>>().join("-")
}

fn read(kept: &str) -> Vec<u16> {
    kept.split('-').filter_map(|n| n.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_with_a_link_and_noise_is_nothing() {
        let link = format!("abc{}", behind_key(&[3, 1]));
        assert_eq!(split(&link), ("abc", Some(vec![3, 1])));
        assert_eq!(split("abc"), ("abc", None));
        assert_eq!(behind_key(&[]), "");
        assert_eq!(split("abc+x-7--99999"), ("abc", Some(vec![7])));
    }
}
