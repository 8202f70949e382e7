//! What people see: colours come from the tokens, nothing is fetched from elsewhere, the first
//! document keeps the content security policy.
use super::{
    Finding,
    code::has_word,
    tree::{File, Tree},
};
use std::collections::BTreeSet;

const TOKENS: &str = "style/tokens.css";
const INDEX: &str = "app/index.html";
const MANIFEST: &str = "app/static/naze.webmanifest";
/// Style sheets that belong to no module of the interface.
const FOR_ALL: [&str; 2] = ["tokens", "base"];
/// Names of things, never fetched; and hosts that exist in examples only.
const NO_REAL_HOSTS: [&str; 5] = ["www.w3.org", "example.", "localhost", "127.0.0.1", "naze.local"];
/// Nothing changes while a page is printed.
const ONLY_ON_PAPER: &str = "body:has(> #paper)";
const COLOUR_FUNCTIONS: [&str; 9] = ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch("];
const COLOUR_NAMES: [&str; 10] =
    ["black", "white", "red", "green", "blue", "gray", "grey", "orange", "yellow", "brown"];

pub(super) fn no_addresses(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let of_the_page = |file: &&File| file.is_shipped_in("app/") || file.is_shipped_in("style/");
    for file in tree.files().iter().filter(of_the_page) {
        for (number, line) in file.shipped_lines() {
            if let Some(host) = hosts(line).into_iter().find(|host| is_real(host)) {
                let what = format!("{host}: the page asks no other machine for anything");
                findings.push(Finding::at(file, number, what));
            }
        }
    }
    findings
}

/// What follows `http://` and `https://`; nothing where the host is put in later.
fn hosts(line: &str) -> Vec<String> {
    ["http://", "https://"]
        .iter()
        .flat_map(|scheme| line.split(scheme).skip(1))
        .map(|after| {
            let part = |character: &char| character.is_ascii_alphanumeric() || ".-".contains(*character);
            after.chars().take_while(part).collect()
        })
        .collect()
}

fn is_real(host: &str) -> bool {
    !host.is_empty() && !NO_REAL_HOSTS.iter().any(|known| host.starts_with(known))
}

pub(super) fn colours_only_in_tokens(tree: &Tree) -> Vec<Finding> {
    let finding = |file: &File, number: usize, colour: String| {
        Finding::at(file, number, format!("{colour}: only {TOKENS} names a colour"))
    };
    let mut findings = Vec::new();
    for file in tree.files().iter().filter(|file| file.is_style() && file.path != TOKENS) {
        for (number, line) in (1..).zip(without_comments(&file.text).lines()) {
            findings.extend(colour_in_style(line).map(|colour| finding(file, number, colour)));
        }
    }
    for file in tree.rust().filter(|file| file.is_shipped_in("app/src/")) {
        for (number, line) in file.shipped_lines() {
            let text = hexes(line).into_iter().find(|hex| line.contains(&format!("\"{hex}\"")));
            findings.extend(text.map(|colour| finding(file, number, colour)));
        }
    }
    findings
}

/// What stands after `:has()` makes browsers look for it in the whole page at every change of any element that such a rule may be about:
/// with a board of hundreds of cards that is felt. The element itself may have a rule, or a property that its parts inherit.
pub(super) fn nothing_after_has(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files().iter().filter(|file| file.is_style()) {
        for (number, line) in (1..).zip(without_comments(&file.text).lines()) {
            let rule = line.split_once('{').map_or(line, |(selectors, _)| selectors);
            if !rule.contains(ONLY_ON_PAPER) && rule.split(":has(").skip(1).any(says_more) {
                findings.push(Finding::at(
                    file,
                    number,
                    "a selector goes on after :has(): set a property there instead",
                ));
            }
        }
    }
    findings
}

/// Whether a selector goes on, by a combinator, once the parentheses that are open at its beginning are closed.
fn says_more(after: &str) -> bool {
    let mut open = 1_i32;
    for character in after.trim_end().chars() {
        match character {
            '(' => open += 1,
            ')' => open -= 1,
            ',' if open <= 0 => return false,
            ' ' | '>' | '~' | '+' if open <= 0 => return true,
            _ => {}
        }
    }
    false
}

/// A style sheet whose comments are blank; its lines stay.
fn without_comments(style: &str) -> String {
    let mut out = String::new();
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        let (comment, after) = after.split_once("*/").unwrap_or((after, ""));
        out.push_str(before);
        out.extend(comment.chars().filter(|character| *character == '\n'));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn colour_in_style(line: &str) -> Option<String> {
    // Selectors may have ids that look like colours.
    let value = line.split_once(':')?.1;
    let function = COLOUR_FUNCTIONS
        .iter()
        .find(|name| value.split(**name).count() > 1 && has_word(value, name.trim_end_matches('(')));
    // `white-space` and `var(--red)` are no colours.
    let words = || value.split(|character: char| !character.is_ascii_alphanumeric() && character != '-');
    let named = || COLOUR_NAMES.iter().find(|name| words().any(|word| word == **name));
    hexes(value)
        .into_iter()
        .next()
        .or_else(|| function.map(|name| (*name).to_owned()))
        .or_else(|| named().map(|name| (*name).to_owned()))
}

/// `#` with 3, 4, 6 or 8 hexadecimal digits.
fn hexes(text: &str) -> Vec<String> {
    text.split('#')
        .skip(1)
        .filter_map(|after| {
            let word: String = after.chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect();
            let is_colour =
                matches!(word.len(), 3 | 4 | 6 | 8) && word.chars().all(|character| character.is_ascii_hexdigit());
            is_colour.then(|| format!("#{word}"))
        })
        .collect()
}

/// The browser paints its own bars before any style is there; they must not be another paper.
pub(super) fn index_agrees_with_tokens(tree: &Tree) -> Vec<Finding> {
    let Some(tokens) = tree.file(TOKENS) else {
        return Vec::new();
    };
    let known: BTreeSet<String> = hexes(&tokens.text).iter().map(|hex| hex.to_lowercase()).collect();
    [INDEX, MANIFEST]
        .iter()
        .filter_map(|path| tree.file(path))
        .flat_map(|file| hexes(&file.text).into_iter().map(move |hex| (file, hex)))
        .filter(|(_, hex)| !known.contains(&hex.to_lowercase()))
        .map(|(file, hex)| Finding::of(file, format!("{hex} is not in {TOKENS}")))
        .collect()
}

/// The content security policy of the server forbids all of it, so it would silently do nothing.
pub(super) fn no_script_inside_the_index(tree: &Tree) -> Vec<Finding> {
    let Some(file) = tree.file(INDEX) else {
        return Vec::new();
    };
    let script =
        file.text.split("<script").skip(1).any(|tag| !tag.split('>').next().is_some_and(|head| head.contains(" src=")));
    let mut findings = Vec::new();
    if script {
        findings.push(Finding::of(file, "a script inside: put it into app/static"));
    }
    for (number, line) in file.lines() {
        if line.contains("<style") || line.contains(" style=") || line.contains(" on") && has_handler(line) {
            findings.push(Finding::at(file, number, "a style or handler inside: the policy forbids it"));
        }
    }
    findings
}

/// ` onclick="` and its like.
fn has_handler(line: &str) -> bool {
    line.split(" on").skip(1).any(|after| {
        after.split_once('=').is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase()))
    })
}

pub(super) fn a_module_for_every_style(tree: &Tree) -> Vec<Finding> {
    // The board is large: its parts have styles of their own.
    let has_module = |name: &str| {
        tree.file(&format!("app/src/ui/{name}.rs")).is_some()
            || tree.file(&format!("app/src/ui/board/{name}.rs")).is_some()
            || tree.files().iter().any(|file| file.path.starts_with(&format!("app/src/ui/{name}/")))
    };
    tree.files()
        .iter()
        .filter_map(|file| {
            let name = file.path.strip_prefix("style/")?.strip_suffix(".css")?;
            let alone = !FOR_ALL.contains(&name) && !has_module(name);
            let what = format!("belongs to no module: name it after one in app/src/ui or app/src/ui/board ({name})");
            alone.then(|| Finding::of(file, what))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::tests::places, *};

    #[test]
    fn addresses_of_others_are_found() {
        let bad = "//! x\nlet a = \"https://fonts.somewhere.net/x\";\n";
        let good = "//! x\nlet a = \"http://www.w3.org/2000/svg\"; format!(\"http://{b}\");\n";
        let test = "//! x\n#[cfg(test)]\nmod tests {\n  const A: &str = \"http://192.168.1.5/\";\n}\n";
        let files = [("app/src/a.rs", bad), ("app/src/b.rs", good), ("server/src/a.rs", bad), ("app/src/c.rs", test)];
        assert_eq!(places(no_addresses, &files), ["app/src/a.rs:2"]);
    }

    #[test]
    fn colours_outside_the_tokens_are_found() {
        for bad in ["#fff", "rgb(1 2 3)", "1px solid black", "#A1B2C3D4", "oklch(1 2 3)"] {
            let text = format!("a {{\n  color: {bad};\n}}\n");
            assert_eq!(places(colours_only_in_tokens, &[("style/a.css", &text)]), ["style/a.css:2"]);
        }
        for good in ["var(--ink)", "color-mix(in srgb, var(--red) 4%, transparent)", "nowrap"] {
            let text = format!("#fade {{\n  white-space: {good};\n}}\n");
            assert!(places(colours_only_in_tokens, &[("style/a.css", &text)]).is_empty(), "{good}");
        }
        let comment = "/* on paper:\n the blue one: #fff */\na { b: c; } /* d: red */\n";
        assert!(places(colours_only_in_tokens, &[("style/a.css", comment)]).is_empty());
        let tokens = [(TOKENS, ":root { --a: #fff; }")];
        assert!(places(colours_only_in_tokens, &tokens).is_empty());
        let code = [("app/src/a.rs", "//! x\nlet a = (\"#1F2328\", \"#add\", \"/#/x\");\n")];
        assert_eq!(places(colours_only_in_tokens, &code), ["app/src/a.rs:2"]);
    }

    #[test]
    fn the_bars_have_the_colour_of_the_paper() {
        let tokens = (TOKENS, ":root { --paper: #FBFAF7; }");
        let good = [tokens, (INDEX, "<meta content=\"#fbfaf7\">")];
        let bad = [tokens, (INDEX, "<meta content=\"#000000\">")];
        assert!(places(index_agrees_with_tokens, &good).is_empty());
        assert_eq!(places(index_agrees_with_tokens, &bad), [INDEX]);
    }

    #[test]
    fn scripts_and_styles_inside_the_index_are_found() {
        let good = "<script type=\"module\" src=\"/a.js\"></script>\n<p class=\"x\">on = off</p>";
        assert!(places(no_script_inside_the_index, &[(INDEX, good)]).is_empty());
        for bad in [
            "<script>go()</script>",
            "<script type=\"module\">go()</script>",
            "<p style=\"x\">",
            "<p onclick=\"x\">",
            "<style>",
        ] {
            assert_eq!(places(no_script_inside_the_index, &[(INDEX, bad)]).len(), 1, "{bad}");
        }
    }

    #[test]
    fn a_style_without_a_module_is_found() {
        let files = [
            ("style/tokens.css", ""),
            ("style/wall.css", ""),
            ("style/board.css", ""),
            ("style/lost.css", ""),
            ("app/src/ui/wall.rs", "//! x\n"),
            ("app/src/ui/board/card.rs", "//! x\n"),
        ];
        assert_eq!(places(a_module_for_every_style, &files), ["style/lost.css"]);
    }

    #[test]
    fn a_selector_that_goes_on_after_has_is_found() {
        for bad in [
            "a:has(b) c { x: y; }",
            "a:not(:has(.b, .c)) .d { x: y; }",
            "a:has(> b) ~ c {",
            "a:has(> b:nth-child(2)) c,",
        ] {
            assert_eq!(places(nothing_after_has, &[("style/a.css", bad)]), ["style/a.css:1"], "{bad}");
        }
        for good in
            ["a b:has(> c) { x: y; }", "a:not(:has(b, c d)) { }", "a:has(b)::after, c > d { }", "/* a:has(b) c */"]
        {
            assert!(places(nothing_after_has, &[("style/a.css", good)]).is_empty(), "{good}");
        }
    }
}
