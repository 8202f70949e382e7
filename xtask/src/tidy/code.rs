//! Rust code as far as the rules need it: comments, the insides of texts, and test modules are
//! blanked, so that a word found is a word used. It is no parser.

/// The blanked code; its lines are the file's.
#[derive(Debug, Default)]
pub(super) struct Code {
    text: String,
    /// First and last line of every test module.
    tests: Vec<(usize, usize)>,
}

/// The characters of the file, and what has been kept of them.
struct Blanking {
    from: Vec<char>,
    at: usize,
    out: String,
}

impl Code {
    pub(super) fn of(text: &str) -> Self {
        let mut code = Self::default();
        let everything = blanked(text);
        let mut rest = everything.as_str();
        while let Some((before, after)) = rest.split_once("#[cfg(test)]") {
            code.text.push_str(before);
            let first = newlines(&code.text) + 1;
            let test = body(after);
            code.text.extend(test.chars().filter(|character| *character == '\n'));
            code.tests.push((first, newlines(&code.text) + 1));
            rest = after.strip_prefix(test.as_str()).unwrap_or_default();
        }
        code.text.push_str(rest);
        code
    }

    /// Whether the line belongs to a test module.
    pub(super) fn is_test(&self, line: usize) -> bool {
        self.tests.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }

    /// Lines with their numbers, from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// Structs and enums whose derives match, each with the line where it begins and its body.
    pub(super) fn deriving(&self, wanted: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut rest = self.text.as_str();
        while let Some((_, after)) = rest.split_once("#[derive(") {
            let line = 1 + newlines(&self.text) - newlines(after);
            let Some((derives, after)) = after.split_once(")]") else {
                break;
            };
            if has_word(derives, wanted) {
                found.push((line, body(after)));
            }
            rest = after;
        }
        found
    }
}

fn newlines(text: &str) -> usize {
    text.matches('\n').count()
}

/// Up to the end of the item that begins here: `;` or the closing brace.
fn body(after: &str) -> String {
    let mut depth = 0_i32;
    let mut out = String::new();
    for character in after.chars() {
        out.push(character);
        match character {
            '{' | '(' | '[' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            ')' | ']' => depth -= 1,
            ';' if depth == 0 => break,
            _ => {}
        }
    }
    out
}

/// Whether the word stands there by itself. A word of several words is one with single spaces.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let mut rest = text;
    let mut before = None;
    while let Some((head, tail)) = rest.split_once(word) {
        let left = head.chars().next_back().or(before);
        let right = tail.chars().next();
        if !left.is_some_and(in_word) && !right.is_some_and(in_word) {
            return true;
        }
        before = word.chars().next_back();
        rest = tail;
    }
    false
}

fn in_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The files of modules that are declared for tests only.
pub(super) fn test_files(path: &str, text: &str) -> Vec<String> {
    let folder = match path.strip_suffix("/lib.rs").or(path.strip_suffix("/main.rs")) {
        Some(folder) => folder,
        None => path.trim_end_matches(".rs"),
    };
    blanked(text)
        .split("#[cfg(test)]")
        .skip(1)
        .filter_map(|after| {
            let declared = after.trim_start().trim_start_matches("pub(crate) ");
            let name = declared.strip_prefix("mod ")?.split_once(';')?.0;
            name.chars().all(in_word).then(|| format!("{folder}/{name}.rs"))
        })
        .collect()
}

fn blanked(text: &str) -> String {
    let mut blanking = Blanking { from: text.chars().collect(), at: 0, out: String::with_capacity(text.len()) };
    while let Some(character) = blanking.peek(0) {
        blanking.step(character);
    }
    blanking.out
}

impl Blanking {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.from.get(self.at + ahead).copied()
    }

    fn step(&mut self, character: char) {
        match (character, self.peek(1)) {
            ('/', Some('/')) => self.blank_while(|this| this.peek(0) != Some('\n')),
            ('/', Some('*')) => self.comment(),
            ('"', _) => self.quoted(),
            ('r', Some('"' | '#')) if !self.after_a_word() => self.raw(),
            ('\'', Some(_)) => self.character(),
            _ => self.keep(),
        }
    }

    fn keep(&mut self) {
        self.out.extend(self.peek(0));
        self.at += 1;
    }

    fn blank(&mut self) {
        if self.peek(0) == Some('\n') {
            self.out.push('\n');
        }
        self.at += 1;
    }

    fn blank_while(&mut self, wanted: impl Fn(&Self) -> bool) {
        while self.at < self.from.len() && wanted(self) {
            self.blank();
        }
    }

    fn after_a_word(&self) -> bool {
        // `br"…"` is a raw text too; `for"…"` is not valid, so only names matter.
        let mut before = self.out.chars().rev();
        match before.next() {
            Some('b') => before.next().is_some_and(in_word),
            other => other.is_some_and(in_word),
        }
    }

    fn comment(&mut self) {
        let mut depth = 0_u32;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => {
                    depth += 1;
                    self.blank();
                }
                (Some('*'), Some('/')) => {
                    depth = depth.saturating_sub(1);
                    self.blank();
                }
                _ => {}
            }
            self.blank();
            if depth == 0 || self.at >= self.from.len() {
                return;
            }
        }
    }

    fn quoted(&mut self) {
        self.keep();
        while let Some(character) = self.peek(0) {
            match character {
                '"' => return self.keep(),
                '\\' => {
                    self.blank();
                    self.blank();
                }
                _ => self.blank(),
            }
        }
    }

    /// `r"…"`, `r#"…"#`; a raw name (`r#type`) is kept.
    fn raw(&mut self) {
        let hashes = (1..).take_while(|ahead| self.peek(*ahead) == Some('#')).count();
        if self.peek(1 + hashes) != Some('"') {
            return self.keep();
        }
        self.at += hashes + 2;
        self.out.push('"');
        while self.at < self.from.len() {
            let closes = self.peek(0) == Some('"') && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if closes {
                self.at += hashes + 1;
                self.out.push('"');
                return;
            }
            self.blank();
        }
    }

    /// A character, not a lifetime: it closes after one, or begins with a backslash.
    fn character(&mut self) {
        match (self.peek(1), self.peek(2)) {
            (Some('\\'), _) => {
                self.at += 3;
                self.blank_while(|this| this.peek(0) != Some('\''));
                self.at += 1;
            }
            (_, Some('\'')) => self.at += 3,
            _ => self.keep(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_texts_are_blank() {
        let text = "a // f64\nb /* f64 /* x */ f64 */ c \"f64 \\\" f64\" d r#\"f64 \" f64\"# e '\"' 'a, f64";
        let code = blanked(text);
        assert_eq!(code.matches("f64").count(), 1, "{code}");
        assert_eq!(code.lines().count(), 2);
        for kept in ["a ", "b ", " c ", " d ", " e ", "'a, f64"] {
            assert!(code.contains(kept), "{kept} in {code}");
        }
        assert_eq!(blanked("r#type br\"x\" '\\'' '\\u{1F600}' y"), "r#type b\"\"   y");
    }

    #[test]
    fn test_modules_are_blank_and_lines_stay() {
        let text = "use a;\n#[cfg(test)]\nmod tests {\n  fn x() { f64 }\n}\nfn y() {}\n";
        let code = Code::of(text);
        assert!(code.lines().all(|(_, line)| !line.contains("f64")));
        assert!(code.lines().any(|(number, line)| number == 6 && line == "fn y() {}"));
        let tests: Vec<usize> = (1..=6).filter(|line| code.is_test(*line)).collect();
        assert_eq!(tests, [2, 3, 4, 5]);
    }

    #[test]
    fn words_end_where_words_end() {
        assert!(has_word("x: usize,", "usize"));
        assert!(!has_word("as_usize, usizes", "usize"));
        assert!(has_word("usizes usize", "usize"));
        assert!(!has_word("usizeusize", "usize"));
        assert!(has_word("pub async fn x", "async fn"));
    }

    #[test]
    fn derives_are_found_with_their_bodies() {
        let code = Code::of(
            "#[derive(Debug)]\nstruct A(u8);\n#[derive(Clone, Serialize)]\nenum B { C([u8; 3]), D { e: u8 } }\nfn f() -> usize { 1 }\n",
        );
        let found = code.deriving("Serialize");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, 3);
        assert!(found[0].1.contains("e: u8") && !found[0].1.contains("usize"));
    }

    #[test]
    fn files_of_tests_are_found_by_their_declaration() {
        let text = "#[cfg(test)]\nmod laws;\n#[cfg(test)]\nmod inside { }\nmod other;";
        assert_eq!(test_files("shared/src/lib.rs", text), ["shared/src/laws.rs"]);
        assert_eq!(test_files("shared/src/a.rs", text), ["shared/src/a/laws.rs"]);
    }
}
