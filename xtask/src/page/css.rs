//! One style sheet from the files in `style/`, in a fixed order and without what only people read.
use anyhow::{Context, Result, bail};
use std::{fs, iter::Peekable, path::Path, str::Chars};

/// What everything else builds on; the others follow by name.
const FIRST: [&str; 2] = ["tokens", "base"];

/// All files as one, minified.
///
/// # Errors
/// When a file cannot be read, or leaves a bracket or a text open (it would swallow the next one).
pub(super) fn bundle(folder: &Path) -> Result<String> {
    let mut out = String::new();
    for name in order(folder)? {
        let path = folder.join(format!("{name}.css"));
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        match minify(&text) {
            Ok(small) => out.push_str(&small),
            Err(what) => bail!("style/{name}.css {what}"),
        }
    }
    Ok(out)
}

fn order(folder: &Path) -> Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.strip_suffix(".css").map(str::to_owned)
        })
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort_by_key(|name| {
        let place = FIRST.iter().position(|first| first == name);
        (place.unwrap_or(FIRST.len()), name.clone())
    });
    Ok(names)
}

/// Takes away comments, and white space where it cannot mean anything.
fn minify(text: &str) -> Result<String, &'static str> {
    let mut small = Small::default();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '/' if rest.peek() == Some(&'*') => {
                skip_comment(&mut rest)?;
                // `a/**/b` are two words.
                small.space = true;
            }
            '"' | '\'' => {
                small.push(character);
                copy_text(character, &mut rest, &mut small.out)?;
                small.last = Some(character);
            }
            '(' if small.ends_with_url() => {
                small.push(character);
                copy_address(&mut rest, &mut small.out)?;
            }
            '\\' => {
                small.push(character);
                small.out.extend(rest.next());
                // Whatever was escaped is part of a name.
                small.last = Some('_');
            }
            white if white.is_ascii_whitespace() => small.space = true,
            other => small.push(other),
        }
    }
    small.finish()
}

fn skip_comment(rest: &mut Peekable<Chars<'_>>) -> Result<(), &'static str> {
    rest.next();
    while let Some(character) = rest.next() {
        if character == '*' && rest.peek() == Some(&'/') {
            rest.next();
            return Ok(());
        }
    }
    Err("leaves a comment open")
}

fn copy_text(quote: char, rest: &mut Peekable<Chars<'_>>, out: &mut String) -> Result<(), &'static str> {
    while let Some(character) = rest.next() {
        out.push(character);
        match character {
            '\\' => out.extend(rest.next()),
            '\n' => break,
            _ if character == quote => return Ok(()),
            _ => {}
        }
    }
    Err("leaves a text open")
}

/// After `url(`: an address without quotes may hold what would be a comment elsewhere.
fn copy_address(rest: &mut Peekable<Chars<'_>>, out: &mut String) -> Result<(), &'static str> {
    while rest.next_if(char::is_ascii_whitespace).is_some() {}
    if let Some(quote) = rest.next_if(|next| matches!(next, '"' | '\'')) {
        out.push(quote);
        return copy_text(quote, rest, out);
    }
    while let Some(character) = rest.next_if(|next| *next != ')') {
        out.push(character);
    }
    rest.peek().map(|_| ()).ok_or("leaves an address open")
}

/// What is written so far, and whether white space waits to be written.
#[derive(Default)]
struct Small {
    out: String,
    last: Option<char>,
    space: bool,
    open: Vec<char>,
    crossed: bool,
}

impl Small {
    fn ends_with_url(&self) -> bool {
        let end = self.out.get(self.out.len().saturating_sub(3)..);
        !self.space && end.is_some_and(|end| end.eq_ignore_ascii_case("url"))
    }

    fn push(&mut self, character: char) {
        let last = self.last.replace(character);
        if self.space && Self::space_counts(last, character) {
            self.out.push(' ');
        }
        self.space = false;
        if character == '}' && last == Some(';') {
            self.out.pop();
        }
        self.bracket(character);
        self.out.push(character);
    }

    /// White space counts except beside these: before `:` it does in selectors (`a :hover`), before
    /// `(` in conditions (`and (…)`), around `+` and `-` in sums, and after `:` where a custom
    /// property is empty (`--on: ;`).
    fn space_counts(last: Option<char>, next: char) -> bool {
        match (last, next) {
            (None, _) => false,
            (Some(':'), ';' | '}') => true,
            (Some(':'), _) => false,
            (Some('{' | '}' | ';' | ',' | '('), _) => false,
            (_, '{' | '}' | ';' | ',' | ')') => false,
            _ => true,
        }
    }

    fn bracket(&mut self, character: char) {
        match character {
            '{' | '(' | '[' => self.open.push(character),
            '}' => self.close('{'),
            ')' => self.close('('),
            ']' => self.close('['),
            _ => {}
        }
    }

    fn close(&mut self, expected: char) {
        self.crossed |= self.open.pop() != Some(expected);
    }

    fn finish(self) -> Result<String, &'static str> {
        if self.crossed || !self.open.is_empty() {
            return Err("has a bracket without its partner");
        }
        Ok(self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_nothing_goes() {
        let text = "/* a */\n:root {\n  --x: 1px;\n  color : red ;\n}\n\n@media (min-width: 30em) and (hover) {\n  a , b { margin: 0 auto; }\n}\n";
        let small = ":root{--x:1px;color :red}@media (min-width:30em) and (hover){a,b{margin:0 auto}}";
        assert_eq!(minify(text).unwrap(), small);
    }

    #[test]
    fn what_means_something_stays() {
        for same in [
            "a :hover{width:calc(1px + 2px)}",
            "a{content:\"  /* x */ ; } \"}",
            "a{content:'\\'  '}",
            "a{background:url(data:image/svg+xml;a/*b,;)}",
            "a{--on: ;--off:x}",
            "a>b{}.c\\: d{}.e\\; .f{g:h}",
            "@supports not (color:red){a{b:c}}",
            "a{font:1rem/1.5 x,y !important}",
        ] {
            assert_eq!(minify(same).unwrap(), same);
        }
        assert_eq!(minify("a/**/b{}").unwrap(), "a b{}");
    }

    #[test]
    fn what_is_left_open_is_told() {
        for bad in ["a{", "a}", "a{b:(}", "/* a", "a{b:\"c\n}", "a{b:url(c"] {
            assert!(minify(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn tokens_come_first_then_base_then_the_rest_by_name() {
        let folder = std::env::temp_dir().join(format!("naze-css-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for name in ["wall", "base", "board", "tokens"] {
            fs::write(folder.join(format!("{name}.css")), format!("{name}{{}}\n")).unwrap();
        }
        let all = bundle(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(all, "tokens{}base{}board{}wall{}");
    }
}
