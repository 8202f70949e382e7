//! Run-sheets of one's own, kept on this device. Their form can be read by people and has a version; what cannot be read, or is of
//! a newer version, is left alone.

use shared::docs::workshop::{AtEnd, Kind, Names, Plan};
use shared::limits::STEPS_MAX;

use super::draft::fits;
use crate::platform::storage::{self, Kept};

const PREFIX: &str = "naze.run-sheet.";
const HEAD: &str = "naze run-sheet 1";
/// Characters of a name.
pub const NAME_CHARS_MAX: usize = 40;

const KINDS: [(Kind, &str); 12] = [
    (Kind::Free, "free"),
    (Kind::CheckIn, "check_in"),
    (Kind::Theme, "theme"),
    (Kind::Silence, "silence"),
    (Kind::Deepen, "deepen"),
    (Kind::ReadBack, "read_back"),
    (Kind::Star, "star"),
    (Kind::Gallery, "gallery"),
    (Kind::CheckOut, "check_out"),
    (Kind::Turns, "turns"),
    (Kind::OneTwoFour, "one_two_four"),
    (Kind::Dots, "dots"),
];

/// The name of a kind, in templates and forms.
pub fn name_of(kind: Kind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("free", |(_, name)| name)
}

/// The kind of this name.
pub fn by_name(name: &str) -> Option<Kind> {
    KINDS.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
}

/// As it is kept: a line that says what it is, and three lines for each step.
fn written(plans: &[Plan]) -> String {
    let mut text = HEAD.to_owned();
    for plan in plans {
        let at_end = match plan.at_end {
            AtEnd::GoOn => "go_on",
            AtEnd::Close => "close",
        };
        let names = match plan.names {
            Names::Shown => "shown",
            Names::Hidden => "hidden",
        };
        let (minutes, each_s) = (plan.minutes.to_string(), plan.each_s.to_string());
        let words = [name_of(plan.kind), &minutes, &each_s, at_end, names];
        for line in [words.join(" ").as_str(), &plan.title, &plan.prompt] {
            text.push('\n');
            text.push_str(line);
        }
    }
    text
}

fn read_step(line: &str, title: &str, prompt: &str) -> Option<Plan> {
    let mut words = line.split(' ');
    let kind = by_name(words.next()?)?;
    let (minutes, each_s) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let at_end = match words.next()? {
        "go_on" => AtEnd::GoOn,
        "close" => AtEnd::Close,
        _ => return None,
    };
    let names = match words.next()? {
        "shown" => Names::Shown,
        "hidden" => Names::Hidden,
        _ => return None,
    };
    let plan = Plan { kind, title: title.to_owned(), minutes, each_s, prompt: prompt.to_owned(), at_end, names };
    (words.next().is_none() && fits(&plan)).then_some(plan)
}

/// What is kept, if it is a run-sheet of this version, whole.
fn read(text: &str) -> Option<Vec<Plan>> {
    let mut lines = text.split('\n');
    if lines.next() != Some(HEAD) {
        return None;
    }
    let mut plans = Vec::new();
    while let Some(line) = lines.next() {
        plans.push(read_step(line, lines.next()?, lines.next()?)?);
    }
    (1..=STEPS_MAX).contains(&plans.len()).then_some(plans)
}

fn key(name: &str) -> String {
    let mut key = PREFIX.to_owned();
    key.push_str(name);
    key
}

/// The names of those that can be read.
pub fn names() -> Vec<String> {
    let keys = storage::keys(PREFIX);
    keys.iter()
        .filter_map(|key| key.strip_prefix(PREFIX))
        .filter(|name| load(name).is_some())
        .map(str::to_owned)
        .collect()
}

/// The steps of one.
pub fn load(name: &str) -> Option<Vec<Plan>> {
    read(&storage::get(&key(name))?)
}

/// Keeps one, in the place of another of this name.
pub fn keep(name: &str, plans: &[Plan]) -> Kept {
    storage::set(&key(name), &written(plans))
}

/// Forgets one.
pub fn forget(name: &str) {
    storage::remove(&key(name));
}

#[cfg(test)]
mod tests {
    use shared::docs::workshop::Language;
    use shared::run_sheet::Shipped;

    use super::*;

    #[test]
    fn every_kind_has_a_name() {
        for kind in Kind::ALL {
            assert_eq!(by_name(name_of(kind)), Some(kind));
        }
    }

    #[test]
    fn a_template_is_read_as_it_was_written() {
        for language in [Language::Ja, Language::En] {
            let mut plans = Shipped::Whole.plans(language);
            plans[2].names = Names::Hidden;
            plans[3].at_end = AtEnd::Close;
            plans[4].prompt = String::new();
            assert_eq!(read(&written(&plans)), Some(plans));
        }
    }

    #[test]
    fn its_form_does_not_change() {
        let plan = Plan {
            kind: Kind::Silence,
            title: "ひとりで書く".to_owned(),
            minutes: 5,
            each_s: 0,
            prompt: "話さずに。".to_owned(),
            at_end: AtEnd::Close,
            names: Names::Hidden,
        };
        let text = "naze run-sheet 1\nsilence 5 0 close hidden\nひとりで書く\n話さずに。";
        assert_eq!(written(std::slice::from_ref(&plan)), text);
        assert_eq!(read(text), Some(vec![plan]));
    }

    #[test]
    fn what_is_no_template_is_none() {
        let long = format!("naze run-sheet 1{}", "\nfree 1 0 go_on shown\nt\n".repeat(STEPS_MAX + 1));
        for text in [
            "",
            "{}",
            "naze run-sheet 1",
            "naze run-sheet 2\nfree 5 0 go_on shown\nt\n",
            "naze run-sheet 1\nfree 5 0 go_on shown\nt",
            "naze run-sheet 1\nfree 0 0 go_on shown\nt\n",
            "naze run-sheet 1\nfree 5 0 go_on shown\n\n",
            "naze run-sheet 1\nfree 5 0 go_on shown more\nt\n",
            "naze run-sheet 1\nparty 5 0 go_on shown\nt\n",
            "naze run-sheet 1\nfree 99999 0 go_on shown\nt\n",
            &long,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
