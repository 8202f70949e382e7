//! What somebody has filled in about a step: read, checked, and put over what others have changed meanwhile. Knows no field.

use shared::docs::workshop::{AtEnd, Kind, Names, Plan};
use shared::limits::{EACH_SECONDS_MAX, PROMPT_CHARS_MAX, STEP_MINUTES_MAX, STEP_TITLE_CHARS_MAX};
use shared::text::{is_line, tidy};

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// It has no title.
    NoTitle,
    /// The title is too long by so many characters.
    TitleLong(usize),
    /// What participants read is too long by so many characters.
    PromptLong(usize),
    /// The minutes are no number, or too many.
    Minutes,
    /// The seconds for each are no number, or too many.
    Each,
}

/// The fields, as they were typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// What is done in it.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
    /// How long it takes, in minutes.
    pub minutes: String,
    /// How long each has, in seconds.
    pub each_s: String,
    /// What participants read.
    pub prompt: String,
    /// What happens when its time is over.
    pub at_end: AtEnd,
    /// Whether names are kept.
    pub names: Names,
}

/// Whether everybody has a time of their own in such a step.
pub const fn has_each(kind: Kind) -> bool {
    matches!(kind, Kind::CheckIn | Kind::Turns | Kind::CheckOut | Kind::Gallery | Kind::OneTwoFour)
}

/// Whether something is written in silence in such a step.
pub const fn has_names(kind: Kind) -> bool {
    matches!(kind, Kind::Silence | Kind::OneTwoFour)
}

/// A number as people type it, with the wide digits of a Japanese keyboard too. Nothing is 0.
pub fn number(typed: &str) -> Option<u16> {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => Some(c),
    };
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).filter_map(narrow).collect();
    if typed.is_empty() { Some(0) } else { typed.parse().ok() }
}

impl Draft {
    /// The step that it describes.
    pub fn read(&self) -> Result<Plan, Wrong> {
        let line = |typed: &str| tidy(typed).trim().to_owned();
        let over = |text: &str, max: usize| text.chars().count().saturating_sub(max);
        let (title, prompt) = (line(&self.title), line(&self.prompt));
        match (over(&title, STEP_TITLE_CHARS_MAX), over(&prompt, PROMPT_CHARS_MAX)) {
            _ if title.is_empty() => return Err(Wrong::NoTitle),
            (over @ 1.., _) => return Err(Wrong::TitleLong(over)),
            (_, over @ 1..) => return Err(Wrong::PromptLong(over)),
            _ => {}
        }
        let minutes = number(&self.minutes).filter(|n| (1..=STEP_MINUTES_MAX).contains(n)).ok_or(Wrong::Minutes)?;
        let each_s = match has_each(self.kind) {
            true => number(&self.each_s).filter(|n| *n <= EACH_SECONDS_MAX).ok_or(Wrong::Each)?,
            false => 0,
        };
        let names = if has_names(self.kind) { self.names } else { Names::Shown };
        Ok(Plan { kind: self.kind, title, minutes, each_s, prompt, at_end: self.at_end, names })
    }
}

/// What a step is to be: `mine`, as far as I have changed what I was shown, and for the rest what it is by now.
pub fn merged(shown: &Plan, mine: Plan, now: &Plan) -> Plan {
    fn pick<T: PartialEq + Clone>(shown: &T, mine: T, now: &T) -> T {
        if mine == *shown { now.clone() } else { mine }
    }
    Plan {
        kind: pick(&shown.kind, mine.kind, &now.kind),
        title: pick(&shown.title, mine.title, &now.title),
        minutes: pick(&shown.minutes, mine.minutes, &now.minutes),
        each_s: pick(&shown.each_s, mine.each_s, &now.each_s),
        prompt: pick(&shown.prompt, mine.prompt, &now.prompt),
        at_end: pick(&shown.at_end, mine.at_end, &now.at_end),
        names: pick(&shown.names, mine.names, &now.names),
    }
}

/// Whether a step is within the limits.
pub fn fits(plan: &Plan) -> bool {
    let (title, prompt) = (plan.title.chars().count(), plan.prompt.chars().count());
    let texts = (1..=STEP_TITLE_CHARS_MAX).contains(&title) && prompt <= PROMPT_CHARS_MAX;
    let lines = is_line(&plan.title) && is_line(&plan.prompt);
    texts && lines && (1..=STEP_MINUTES_MAX).contains(&plan.minutes) && plan.each_s <= EACH_SECONDS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            kind: Kind::CheckIn,
            title: " はじめまして\n".to_owned(),
            minutes: "５".to_owned(),
            each_s: " 45 ".to_owned(),
            prompt: "お名前と、\nひとこと".to_owned(),
            at_end: AtEnd::Close,
            names: Names::Hidden,
        }
    }

    #[test]
    fn what_was_typed_becomes_a_step() {
        let plan = draft().read().unwrap();
        assert_eq!((plan.title.as_str(), plan.prompt.as_str()), ("はじめまして", "お名前と、 ひとこと"));
        assert_eq!((plan.minutes, plan.each_s, plan.names), (5, 45, Names::Shown), "names are hidden in silence alone");
        assert!(fits(&plan));
        let silent = Draft { kind: Kind::Silence, ..draft() }.read().unwrap();
        assert_eq!((silent.each_s, silent.names), (0, Names::Hidden), "seconds for each are not meant there");
    }

    #[test]
    fn what_is_wrong_is_told() {
        let read = |change: fn(&mut Draft)| {
            let mut draft = draft();
            change(&mut draft);
            draft.read().unwrap_err()
        };
        assert_eq!(read(|draft| draft.title = "　 ".to_owned()), Wrong::NoTitle);
        assert_eq!(read(|draft| draft.title = "長".repeat(STEP_TITLE_CHARS_MAX + 2)), Wrong::TitleLong(2));
        assert_eq!(read(|draft| draft.prompt = "長".repeat(PROMPT_CHARS_MAX + 1)), Wrong::PromptLong(1));
        for minutes in ["", "0", "241", "-1", "五", "99999"] {
            assert_eq!(Draft { minutes: minutes.to_owned(), ..draft() }.read(), Err(Wrong::Minutes), "{minutes}");
        }
        assert_eq!(read(|draft| draft.each_s = "3601".to_owned()), Wrong::Each);
        assert_eq!(Draft { each_s: String::new(), ..draft() }.read().map(|plan| plan.each_s), Ok(0));
    }

    #[test]
    fn what_i_did_not_change_stays_as_others_have_made_it() {
        let shown = draft().read().unwrap();
        let mine = Plan { title: "自己紹介".to_owned(), ..shown.clone() };
        let now = Plan { minutes: 9, title: "あいさつ".to_owned(), ..shown.clone() };
        let merged = merged(&shown, mine, &now);
        assert_eq!((merged.title.as_str(), merged.minutes), ("自己紹介", 9));
    }
}
