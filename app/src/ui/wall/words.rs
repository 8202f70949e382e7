//! Numbers of a board as words.

use shared::Millis;
use shared::access::By;
use shared::docs::workshop::Language;
use shared::presence::{Doing, Present};
use shared::signs::{self, Need, Signs};

use crate::i18n::{self, fill};

/// How many participants are among those who are here; two tabs are one person.
pub fn people(present: &[Present]) -> usize {
    let mut people: Vec<By> = present.iter().map(|one| one.by).filter(|by| matches!(by, By::Person(_))).collect();
    people.sort_unstable();
    people.dedup();
    people.len()
}

fn with(text: &str, n: impl ToString) -> String {
    fill(text, &[("n", &n.to_string())])
}

/// How big the tree is.
pub fn size(language: Language, signs: &Signs) -> String {
    let t = &i18n::texts(language).wall;
    if signs.cards == 0 {
        return t.no_cards.to_owned();
    }
    format!("{} · {}", with(t.cards, signs.cards), with(t.depth, signs.depth))
}

/// How long ago the last card was added.
pub fn last(language: Language, signs: &Signs, now: Millis) -> Option<String> {
    let t = &i18n::texts(language).wall;
    Some(match signs::minutes(signs.last_card_at?, now) {
        0 => t.just_now.to_owned(),
        n => with(t.minutes, n),
    })
}

/// Who is here, of those who sit here.
pub fn here(language: Language, signs: &Signs, present: usize) -> String {
    let t = &i18n::texts(language).wall;
    if signs.seated == 0 {
        return t.nobody_seated.to_owned();
    }
    fill(t.here, &[("n", &present.to_string()), ("seated", &signs.seated.to_string())])
}

/// Who has put nothing down yet in a silence, of those who sit here. Where no names are kept nobody's phone tells.
pub fn not_yet_in_silence(signs: &Signs, present: &[Present]) -> usize {
    let mut wrote: Vec<By> =
        present.iter().filter(|one| matches!(one.doing, Doing::Silent(1..))).map(|one| one.by).collect();
    wrote.sort_unstable();
    wrote.dedup();
    signs.seated.saturating_sub(wrote.len())
}

/// Who has not written yet: a number, not names.
pub fn not_yet(language: Language, seated: usize, not_yet_written: usize) -> Option<String> {
    let t = &i18n::texts(language).wall;
    match (seated, not_yet_written) {
        (0, _) => None,
        (_, 0) => Some(t.all_written.to_owned()),
        (_, n) => Some(with(t.not_yet, n)),
    }
}

/// Why a group may need the lead, in a line.
pub fn need(language: Language, need: Need) -> String {
    let t = &i18n::texts(language).wall;
    match need {
        Need::Called(0) => t.need_called_now.to_owned(),
        Need::Called(minutes) => with(t.need_called, minutes),
        Need::Coming => t.need_coming.to_owned(),
        Need::NobodyHere => t.need_nobody.to_owned(),
        Need::NoTheme => t.need_theme.to_owned(),
        Need::Silent(minutes) => with(t.need_silent, minutes),
        Need::OneChain(levels) => with(t.need_chain, levels),
        Need::OneLevel(cards) => with(t.need_level, cards),
        Need::Repeats(_) => t.need_repeats.to_owned(),
        Need::OneVoice(percent) => with(t.need_voice, percent),
        Need::OutOfHands(ends) => with(t.need_hands, ends),
    }
}

/// What one might do, or ask the group; `words` are those of the card that it is about, if it is about one.
pub fn ask(language: Language, need: Need, words: &str) -> String {
    let t = &i18n::texts(language).wall;
    match need {
        Need::Called(_) => t.ask_called.to_owned(),
        Need::Coming => t.ask_coming.to_owned(),
        Need::NobodyHere => t.ask_nobody.to_owned(),
        Need::NoTheme => t.ask_theme.to_owned(),
        Need::Silent(_) => t.ask_silent.to_owned(),
        Need::OneChain(_) => t.ask_chain.to_owned(),
        Need::OneLevel(_) => t.ask_level.to_owned(),
        Need::Repeats(_) => fill(t.ask_repeats, &[("text", words)]),
        Need::OneVoice(_) => t.ask_voice.to_owned(),
        Need::OutOfHands(_) => t.ask_hands.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use shared::PersonId;
    use shared::presence::Doing;

    use super::*;

    #[test]
    fn two_tabs_are_one_person_and_the_lead_is_none() {
        let one = |by| Present { by, doing: Doing::Reading };
        let person = |n| By::Person(PersonId(n));
        assert_eq!(people(&[one(person(1)), one(By::Lead), one(person(2)), one(person(1))]), 2);
    }

    #[test]
    fn minutes_are_whole_and_now_is_a_word() {
        let signs = Signs { last_card_at: Some(Millis(60_000)), ..Signs::default() };
        assert_eq!(last(Language::Ja, &signs, Millis(119_000)).unwrap(), "最後のカードは今");
        assert_eq!(last(Language::En, &signs, Millis(180_000)).unwrap(), "Last card 2 min ago");
        assert_eq!(last(Language::En, &Signs::default(), Millis(0)), None);
    }

    #[test]
    fn in_a_silence_those_are_counted_who_have_put_something_down() {
        let signs = Signs { seated: 4, ..Signs::default() };
        let one = |n: u32, doing| Present { by: By::Person(PersonId(n)), doing };
        let present = [
            one(1, Doing::Silent(1)),
            one(1, Doing::Silent(1)),
            one(2, Doing::Silent(0)),
            one(3, Doing::Reading),
            Present { by: By::Lead, doing: Doing::Reading },
        ];
        assert_eq!(not_yet_in_silence(&signs, &present), 3);
        assert_eq!(not_yet_in_silence(&Signs::default(), &present), 0, "who wrote and has left");
    }
}
