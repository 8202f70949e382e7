//! A field without a browser: what it showed last, and how that meets what others wrote meanwhile.

use shared::ClientId;
use shared::text::{Text, TextEdit, tidy};

use super::{diff, utf16};

/// What a field says after it was written in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Nothing changed.
    Same,
    /// These edits, against the text that the field shows.
    Edits(Vec<TextEdit>),
    /// So many characters too many: nothing is taken until it fits, nothing is cut off.
    TooLong(u32),
}

/// What a field shows, as a text with character ids.
#[derive(Clone, Default, Debug)]
pub struct Field {
    shown: Text,
}

impl Field {
    /// A field that shows this text.
    pub const fn new(shown: Text) -> Self {
        Self { shown }
    }

    /// The text it showed last, before what is being written now.
    pub fn shown(&self) -> String {
        self.shown.read()
    }

    /// Reads what the browser's field holds now. `caret` is in UTF-16 units, `start` numbers new characters, `max` is the
    /// limit in characters.
    pub fn read(&self, value: &str, caret: u32, start: u32, max: u32) -> Step {
        let caret = utf16::to_chars(value, caret);
        let Some(mut splice) = diff::splice(&self.shown.read(), value, caret) else { return Step::Same };
        splice.insert = tidy(&splice.insert);
        let added = u32::try_from(splice.insert.chars().count()).unwrap_or(u32::MAX);
        let length = self.shown.chars().saturating_add(added).saturating_sub(splice.delete);
        if length > max && added > 0 {
            return Step::TooLong(length - max);
        }
        match self.shown.splice(&splice, start) {
            edits if edits.is_empty() => Step::Same,
            edits => Step::Edits(edits),
        }
    }

    /// What was just written was taken: it is shown already, and now its characters have names. What others wrote meanwhile is
    /// not shown yet: a field that believed so would take the next letter for a deletion of theirs.
    pub fn wrote(&mut self, edits: &[(ClientId, TextEdit)]) {
        for (client, edit) in edits {
            // It was made for this text: it fits.
            let _ = self.shown.apply(*client, edit);
        }
    }

    /// Shows another text. Where a caret (UTF-16 units in `value`, what the field holds now) belongs in it.
    pub fn show(&mut self, text: Text, value: &str, caret: u32) -> u32 {
        let reads = text.read();
        let caret = utf16::to_chars(value, caret);
        let place = if reads == value { caret } else { self.follow(&text, value, caret) };
        self.shown = text;
        utf16::from_chars(&reads, place)
    }

    /// Where a caret in `value` is in `text`, which has what was written here since and what others wrote.
    fn follow(&self, text: &Text, value: &str, caret: u32) -> u32 {
        let place = |caret| text.place(self.shown.anchor(caret));
        let Some(own) = diff::splice(&self.shown.read(), value, caret) else { return place(caret) };
        let written = u32::try_from(own.insert.chars().count()).unwrap_or(u32::MAX);
        match caret.checked_sub(own.at) {
            None => place(caret),
            // Own characters stand right behind the one that they were written after.
            Some(into) if into <= written => place(own.at).saturating_add(into),
            Some(into) => place(own.at.saturating_add(into - written).saturating_add(own.delete)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> ClientId {
        ClientId::of(1_000)
    }

    fn other() -> ClientId {
        ClientId::of(2_000)
    }

    fn write(field: &Field, model: &mut Text, value: &str, caret: u32, start: u32) {
        match field.read(value, caret, start, 200) {
            Step::Edits(edits) => edits.iter().for_each(|edit| {
                model.apply(me(), edit).unwrap();
            }),
            step => panic!("{step:?}"),
        }
    }

    #[test]
    fn what_another_wrote_during_a_conversion_stays_and_so_does_the_conversion() {
        let mut model = Text::new(other(), 0, "役員が重い").unwrap();
        let mut field = Field::new(model.clone());
        // A conversion is under way in the field; meanwhile another writes at the end of the card.
        for edit in model.splice(&shared::text::Splice { at: 5, delete: 0, insert: "と聞いた".into() }, 50) {
            model.apply(other(), &edit).unwrap();
        }
        // The conversion ends: only now the field is read.
        write(&field, &mut model, "役員の負担が重い", 5, 0);
        assert_eq!(model.read(), "役員の負担が重いと聞いた");
        assert_eq!(field.show(model, "役員の負担が重い", 5), 5);
        assert_eq!(field.shown(), "役員の負担が重いと聞いた");
    }

    #[test]
    fn the_letter_after_a_conversion_takes_nothing_from_others() {
        let mut model = Text::new(other(), 0, "役員が重い").unwrap();
        let mut field = Field::new(model.clone());
        for edit in model.splice(&shared::text::Splice { at: 0, delete: 0, insert: "町の".into() }, 50) {
            model.apply(other(), &edit).unwrap();
        }
        let Step::Edits(edits) = field.read("役員が重過ぎる", 7, 0, 200) else { panic!("it was written in") };
        let edits: Vec<_> = edits.into_iter().map(|edit| (me(), edit)).collect();
        edits.iter().for_each(|(client, edit)| drop(model.apply(*client, edit).unwrap()));
        field.wrote(&edits);
        assert_eq!(field.shown(), "役員が重過ぎる");
        assert_eq!(field.read("役員が重過ぎる", 7, 9, 200), Step::Same);
        assert_eq!(field.show(model, "役員が重過ぎる", 7), 9);
        assert_eq!(field.shown(), "町の役員が重過ぎる");
    }

    #[test]
    fn the_caret_moves_with_what_stands_before_it() {
        let mut model = Text::new(other(), 0, "負担が重い").unwrap();
        let mut field = Field::new(model.clone());
        for edit in model.splice(&shared::text::Splice { at: 0, delete: 0, insert: "役員の𠮟".into() }, 50) {
            model.apply(other(), &edit).unwrap();
        }
        assert_eq!(field.show(model, "負担が重い", 2), 7);
    }

    #[test]
    fn what_is_too_long_is_kept_in_the_field_and_not_cut() {
        let field = Field::new(Text::new(other(), 0, "あいう").unwrap());
        assert_eq!(field.read("あいうえお", 5, 0, 4), Step::TooLong(1));
        assert!(matches!(field.read("あいうえ", 4, 0, 4), Step::Edits(_)));
    }

    #[test]
    fn pasted_lines_become_one() {
        let mut model = Text::default();
        let field = Field::default();
        write(&field, &mut model, "一\n二", 3, 0);
        assert_eq!(model.read(), "一 二");
    }
}
