//! Makes a script smaller by taking away what stands on lines of its own: comments and
//! indentation. Lines are kept apart, so that nothing in it can come to mean something else.

/// The script without comment lines and indentation; unchanged when a text in back-quotes goes over
/// several lines, because there the white space counts.
pub(super) fn minify(script: &str) -> String {
    if script.lines().any(leaves_a_quote_open) {
        return script.to_owned();
    }
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        if in_comment {
            in_comment = !line.ends_with("*/");
            continue;
        }
        if line.starts_with("/*") {
            if line.ends_with("*/") {
                continue;
            }
            if !line.contains("*/") {
                in_comment = true;
                continue;
            }
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn leaves_a_quote_open(line: &str) -> bool {
    let mut open = false;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            '`' => open = !open,
            _ => {}
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::minify;

    #[test]
    fn comments_and_indentation_go() {
        let script = "/* one */\n/**\n * two\n */\nlet a = 1; // kept\n    // gone\n\n  if (a) {\n    b(`x`);\n  }\n";
        assert_eq!(minify(script), "let a = 1; // kept\nif (a) {\nb(`x`);\n}\n");
    }

    #[test]
    fn a_comment_that_ends_before_code_stays() {
        assert_eq!(minify("  /* why */ go();\n/* a */ b(); /*\n c */\n"), "/* why */ go();\n/* a */ b(); /*\nc */\n");
    }

    #[test]
    fn a_text_over_several_lines_is_left_alone() {
        let script = "  a = `x\n   // not a comment\n`;\n";
        assert_eq!(minify(script), script);
        assert_eq!(minify("  a = '\\`';\n"), "a = '\\`';\n");
    }
}
