//! Browsers count UTF-16 units, the model counts characters. The only place where one becomes the other.

/// How many characters stand before a UTF-16 offset. An offset inside a character counts as before it.
pub fn to_chars(text: &str, units: u32) -> u32 {
    let mut seen = 0_u32;
    let mut chars = 0;
    for c in text.chars() {
        seen += if u32::from(c) > 0xffff { 2 } else { 1 };
        if seen > units {
            break;
        }
        chars += 1;
    }
    chars
}

/// The UTF-16 offset behind so many characters.
pub fn from_chars(text: &str, chars: u32) -> u32 {
    text.chars().take(chars as usize).map(|c| if u32::from(c) > 0xffff { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_survive_the_way_there_and_back() {
        let text = "a𠮟なぜ👩‍🌾z";
        for chars in 0..=u32::try_from(text.chars().count()).unwrap() {
            assert_eq!(to_chars(text, from_chars(text, chars)), chars);
        }
        assert_eq!(from_chars(text, 2), 3);
        assert_eq!(to_chars(text, 2), 1);
        assert_eq!(to_chars(text, 999), u32::try_from(text.chars().count()).unwrap());
    }
}
