//! What somebody holds in their hands, in words, by what their browser says of itself. A guess: browsers say what they like.

use crate::said::Said;

/// Longer names say no more.
const CHARS_LOOKED_AT: usize = 400;

/// Signs of a device, the surest first.
const DEVICES: [(&str, &str, &str); 7] = [
    ("iPhone", "iPhone", "iPhone"),
    ("iPad", "iPad", "iPad"),
    ("Android", "Android の端末", "Android device"),
    ("CrOS", "Chromebook", "Chromebook"),
    ("Windows", "Windows のパソコン", "Windows computer"),
    ("Macintosh", "Mac か iPad", "Mac or iPad"),
    ("Linux", "Linux のパソコン", "Linux computer"),
];
/// Signs of a browser: nearly all say that they are Safari, and many that they are Chrome.
const BROWSERS: [(&str, &str); 9] = [
    ("Line/", "LINE"),
    ("Instagram", "Instagram"),
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
];

/// In words.
pub(super) fn in_words(agent: &str) -> Said {
    let agent: String = agent.chars().take(CHARS_LOOKED_AT).collect();
    let browser = BROWSERS.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let device = DEVICES.iter().find(|(sign, ..)| agent.contains(sign));
    match (device, browser) {
        (Some((_, ja, en)), Some(browser)) => Said::new(format!("{ja}（{browser}）"), format!("{en} ({browser})")),
        (Some((_, ja, en)), None) => Said::new(*ja, *en),
        (None, Some(browser)) => Said::new(format!("{browser} の端末"), format!("device with {browser}")),
        (None, None) => Said::new("ほかの端末", "another device"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_told_apart() {
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                      Version/18.0 Mobile/15E148 Safari/604.1";
        let chrome =
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";
        let edge =
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0";
        let cases = [
            (safari, "iPhone (Safari)"),
            (chrome, "Android device (Chrome)"),
            (edge, "Windows computer (Edge)"),
            ("curl/8", "another device"),
            ("", "another device"),
        ];
        for (agent, words) in cases {
            assert_eq!(in_words(agent).en, words);
        }
        // What a stranger says of themselves never reaches the terminal.
        assert_eq!(in_words("\u{1b}[31mEvil").en, "another device");
    }
}
