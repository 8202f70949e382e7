//! Every text a person sees, in every language, checked when the page is built: a key without one of them does not compile.

use std::ops::Deref;

use shared::docs::workshop::Language;

pub use self::doors::DoorsTexts;
pub use self::errors::{refusal, reject};
pub use self::personal::PersonalTexts;
pub use self::roles::RolesTexts;
pub use self::run_sheet::RunSheetTexts;
pub use self::seating::SeatingTexts;
pub use self::wall::WallTexts;
use crate::platform::storage;
use crate::reactive::*;

/// Makes a catalogue: `key: "Japanese", "English";`. Placeholders are written `{name}` and filled by [`fill`].
macro_rules! texts {
    ($(#[$doc:meta])* $name:ident { $($key:ident: $ja:literal, $en:literal;)* }) => {
        use super::{Deref, Language};

        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name { $(pub $key: &'static str,)* }

        impl $name {
            /// Japanese.
            pub const JA: Self = Self { $($key: $ja,)* };
            /// English.
            pub const EN: Self = Self { $($key: $en,)* };
            /// Key, Japanese, English: for the tests.
            pub const ALL: &'static [(&'static str, &'static str, &'static str)] = &[$((stringify!($key), $ja, $en),)*];
        }

        /// The catalogue in one language. Only who reads a text of it reaches it, so that it is loaded with the screens it is for.
        #[derive(Clone, Copy, Debug)]
        pub struct Shelf(pub(super) Language);

        impl Deref for Shelf {
            type Target = $name;

            fn deref(&self) -> &$name {
                match self.0 {
                    Language::Ja => &$name::JA,
                    Language::En => &$name::EN,
                }
            }
        }
    };
}

mod errors;

/// Makes [`Texts`] of the catalogues.
macro_rules! catalogues {
    ($($(#[$doc:meta])* $name:ident: $texts:ident;)*) => {
        $(mod $name;)*

        /// All texts of one language.
        #[derive(Clone, Copy, Debug)]
        pub struct Texts {
            $($(#[$doc])* pub $name: $name::Shelf,)*
        }

        static JA: Texts = Texts { $($name: $name::Shelf(Language::Ja),)* };
        static EN: Texts = Texts { $($name: $name::Shelf(Language::En),)* };

        #[cfg(test)]
        const ALL: &[&[(&str, &str, &str)]] = &[$($name::$texts::ALL,)*];
    };
}

catalogues! {
    /// Status, errors, what every screen has.
    everywhere: EverywhereTexts;
    /// The first page.
    home: HomeTexts;
    /// At the door.
    join: JoinTexts;
    /// At a board.
    board: BoardTexts;
    /// One quiet question about a card.
    coach: CoachTexts;
    /// What can be done with cards beside writing them.
    craft: CraftTexts;
    /// Reading a chain back.
    reading: ReadingTexts;
    /// What people tell each other at a board.
    talk: TalkTexts;
    /// Roles in a group.
    roles: RolesTexts;
    /// Alone, in twos, at the table, before everybody.
    one_two_four: OneTwoFourTexts;
    /// A secret vote with dots.
    dots: DotsTexts;
    /// Choosing a theme, and what is known already.
    themes: ThemesTexts;
    /// The tree drawn large.
    sideways: SidewaysTexts;
    /// On paper.
    paper: PaperTexts;
    /// Writing for somebody who has no phone.
    write_for: WriteForTexts;
    /// In a step of the run-sheet.
    step: StepTexts;
    /// Where one starts a workshop.
    start: StartTexts;
    /// Before the lead begins.
    lobby: LobbyTexts;
    /// Who may come in, and with which links.
    doors: DoorsTexts;
    /// Over all boards.
    wall: WallTexts;
    /// On the room's large screen.
    projector: ProjectorTexts;
    /// The run-sheet.
    run_sheet: RunSheetTexts;
    /// Who sits where.
    seating: SeatingTexts;
    /// What is known of people, and how it goes.
    personal: PersonalTexts;
}

const KEY: &str = "naze.language";

/// The language of this page: what was chosen here before, else the browser's.
#[derive(Clone, Copy)]
pub struct Speech(RwSignal<Language>);

impl Speech {
    /// Begins with the language of the last visit, or the browser's.
    pub fn begin() -> Self {
        let kept = storage::get(KEY).and_then(|code| by_code(&code));
        let speech = Self(RwSignal::new(kept.unwrap_or_else(browsers)));
        speech.mark_document();
        speech
    }

    /// The language now; tracked.
    pub fn get(self) -> Language {
        self.0.get()
    }

    /// The language now, untracked.
    pub fn get_untracked(self) -> Language {
        self.0.get_untracked()
    }

    /// Changes it for good. Fields keep what is written in them.
    pub fn set(self, language: Language) {
        storage::set(KEY, code(language));
        self.0.set(language);
        self.mark_document();
    }

    /// Takes over a workshop's language, unless this person has chosen one.
    pub fn suggest(self, language: Language) {
        if storage::get(KEY).is_none() && self.0.get_untracked() != language && browsers_is_unknown() {
            self.0.set(language);
            self.mark_document();
        }
    }

    fn mark_document(self) {
        if let Some(root) = document().document_element() {
            // Screen readers, line breaking and fonts follow it; an element always takes an attribute.
            let _ = root.set_attribute("lang", code(self.0.get_untracked()));
        }
    }
}

/// The code of a language, as `lang` attributes have it.
pub const fn code(language: Language) -> &'static str {
    match language {
        Language::Ja => "ja",
        Language::En => "en",
    }
}

fn by_code(code: &str) -> Option<Language> {
    match code.get(..2)? {
        "ja" => Some(Language::Ja),
        "en" => Some(Language::En),
        _ => None,
    }
}

fn browsers() -> Language {
    window().navigator().language().and_then(|code| by_code(&code)).unwrap_or(Language::Ja)
}

fn browsers_is_unknown() -> bool {
    window().navigator().language().and_then(|code| by_code(&code)).is_none()
}

/// The texts of a language.
pub const fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Ja => &JA,
        Language::En => &EN,
    }
}

/// The texts of the language now; tracked.
pub fn now() -> &'static Texts {
    texts(use_speech().get())
}

/// The language of this page.
pub fn use_speech() -> Speech {
    expect_context()
}

/// A text that follows the language: `tr(|t| t.home.title)`, for views and attributes.
pub fn tr(pick: fn(&Texts) -> &'static str) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let speech = use_speech();
    move || pick(texts(speech.get()))
}

/// Fills the placeholders of a text.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let put = |text: String, (name, value): &(&str, &str)| text.replace(&format!("{{{name}}}"), &isolated(value));
    values.iter().fold(text.to_owned(), put)
}

/// What is read from right to left keeps to itself: it turns nothing of the sentence around it.
fn isolated(value: &str) -> std::borrow::Cow<'_, str> {
    let turns = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if value.chars().any(turns) { format!("\u{2068}{value}\u{2069}").into() } else { value.into() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
    }

    #[test]
    fn both_languages_say_everything_with_the_same_placeholders() {
        for (key, ja, en) in ALL.concat() {
            assert!(!ja.trim().is_empty() && !en.trim().is_empty(), "{key}");
            assert_eq!(placeholders(ja), placeholders(en), "{key}");
        }
    }

    #[test]
    fn english_is_english() {
        let japanese = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
        for (key, _, en) in ALL.concat() {
            assert!(!en.chars().any(japanese) || en.contains("なぜ") || en.contains("日本語"), "{key}: {en}");
        }
    }

    #[test]
    fn placeholders_are_filled() {
        assert_eq!(fill("{n}班に{name}さん", &[("n", "3"), ("name", "佐藤")]), "3班に佐藤さん");
    }
}
