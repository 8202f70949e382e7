//! How often the coach is right: its rules over the sentences in `ja.tsv` and `en.tsv`, counted and printed.

#![allow(clippy::panic, reason = "a sentence that cannot be read is named")]
#![allow(clippy::print_stdout, reason = "the figures are what this is for")]

use shared::coach::{Rule, Stand, hint};
use std::collections::BTreeMap;

mod edges;

/// Which sentences.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    /// They could be looked at while the rules were made.
    Tune,
    /// They could not.
    Held,
    /// Written when the rules were there, and not looked at since.
    Late,
}

/// A sentence with what would be right to say of it: nothing, or one of these rules. It counts for the first of them.
struct Sample {
    part: Part,
    right: Vec<Rule>,
    text: &'static str,
    stand: Stand<'static>,
}

const LANGUAGES: [(&str, &str); 2] = [("ja", include_str!("ja.tsv")), ("en", include_str!("en.tsv"))];
const RULES: [(Rule, &str); 6] = [
    (Rule::Blame, "blame"),
    (Rule::Vague, "vague"),
    (Rule::MissingSolution, "missing"),
    (Rule::SeveralCauses, "several"),
    (Rule::RepeatsParent, "repeats"),
    (Rule::ThemeOnlyNoun, "noun"),
];
/// Of a hundred hints, so many are right.
const PRECISION: usize = 95;

fn samples(table: &'static str) -> Vec<Sample> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| sample(line).unwrap_or_else(|| panic!("{line}"))).collect()
}

fn sample(line: &'static str) -> Option<Sample> {
    let mut columns = line.split('\t');
    let part = match columns.next()? {
        "tune" => Part::Tune,
        "held" => Part::Held,
        "late" => Part::Late,
        _ => return None,
    };
    let labels = columns.next()?;
    let rule = |label: &str| RULES.iter().find(|(_, name)| *name == label).map(|(rule, _)| *rule);
    let right = if labels == "good" { Vec::new() } else { labels.split('|').map(rule).collect::<Option<_>>()? };
    let text = columns.next()?;
    let stand = match columns.next() {
        Some("*") => Stand::Theme,
        parent => Stand::Under(parent.unwrap_or("")),
    };
    columns.next().is_none().then_some(Sample { part, right, text, stand })
}

/// What became of the sentences of one rule.
#[derive(Default)]
struct Count {
    sentences: usize,
    found: usize,
    hints: usize,
    right: usize,
}

impl Count {
    fn add(&mut self, other: &Self) {
        self.sentences += other.sentences;
        self.found += other.found;
        self.hints += other.hints;
        self.right += other.right;
    }

    /// In percent; nothing was wrong where nothing was said.
    fn precision(&self) -> usize {
        (self.right * 100).checked_div(self.hints).unwrap_or(100)
    }

    fn recall(&self) -> usize {
        (self.found * 100).checked_div(self.sentences).unwrap_or(100)
    }
}

fn count<'a>(samples: impl Iterator<Item = &'a Sample>) -> BTreeMap<Rule, Count> {
    let mut counts: BTreeMap<Rule, Count> = RULES.iter().map(|(rule, _)| (*rule, Count::default())).collect();
    for sample in samples {
        let said = hint(sample.text, sample.stand).map(|hint| hint.rule);
        let is_right = said.is_some_and(|rule| sample.right.contains(&rule));
        if let Some(count) = said.and_then(|rule| counts.get_mut(&rule)) {
            count.hints += 1;
            count.right += usize::from(is_right);
        }
        if let Some(count) = sample.right.first().and_then(|rule| counts.get_mut(rule)) {
            count.sentences += 1;
            count.found += usize::from(is_right);
        }
    }
    counts
}

fn sum(counts: &BTreeMap<Rule, Count>) -> Count {
    let mut sum = Count::default();
    counts.values().for_each(|count| sum.add(count));
    sum
}

/// One table of a language and a part.
fn print_table(name: &str, counts: &BTreeMap<Rule, Count>) {
    println!("{name:<10} sentences  found  recall  hints  right  precision");
    let total = sum(counts);
    let rows = RULES.iter().filter_map(|(rule, name)| Some((*name, counts.get(rule)?))).chain([("all", &total)]);
    for (name, c) in rows {
        let (recall, precision) = (c.recall(), c.precision());
        let (sentences, found, hints, right) = (c.sentences, c.found, c.hints, c.right);
        println!("{name:<10} {sentences:>9} {found:>6} {recall:>6}% {hints:>6} {right:>6} {precision:>9}%");
    }
    println!();
}

#[test]
fn of_twenty_hints_of_the_coach_nineteen_are_right() {
    let mut wrong = Vec::new();
    for (language, source) in LANGUAGES {
        let samples = samples(source);
        for part in [Part::Tune, Part::Held, Part::Late] {
            let counts = count(samples.iter().filter(|sample| sample.part == part));
            print_table(&format!("{language} {part:?}"), &counts);
        }
        let counts = count(samples.iter());
        print_table(&format!("{language} all"), &counts);
        wrong.extend(counts.iter().filter(|(_, c)| c.precision() < PRECISION).map(|(rule, _)| (language, Some(*rule))));
        wrong.extend((sum(&counts).precision() < PRECISION).then_some((language, None)));
        if std::env::var_os("COACH_MISSES").is_some() {
            print_misses(&samples);
        }
    }
    assert_eq!(wrong, [], "a rule that is wrong more often than once in twenty has to go");
}

/// What the rules do not find, and what they find and should not, of the sentences that may be looked at.
fn print_misses(samples: &[Sample]) {
    for sample in samples.iter().filter(|sample| sample.part == Part::Tune) {
        let said = hint(sample.text, sample.stand).map(|hint| hint.rule);
        if said.map_or(!sample.right.is_empty(), |rule| !sample.right.contains(&rule)) {
            println!("{said:?} instead of {:?}: {} ({:?})", sample.right, sample.text, sample.stand);
        }
    }
}

#[test]
fn the_coach_is_measured_on_many_sentences_most_of_them_good() {
    for (language, source) in LANGUAGES {
        let samples = samples(source);
        let good = samples.iter().filter(|sample| sample.right.is_empty()).count();
        let held = samples.iter().filter(|sample| sample.part != Part::Tune).count();
        assert!(samples.len() >= 300 && good * 2 >= samples.len() && held * 10 >= samples.len() * 3, "{language}");
        let mut texts: Vec<_> = samples.iter().map(|sample| sample.text).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), samples.len(), "{language}: none is there twice");
    }
}
