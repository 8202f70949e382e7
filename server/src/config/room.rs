//! What an operator says about the room: its Wi-Fi, the code of a workshop. Whoever holds one holds a value that makes sense.

use shared::JoinCode;
use shared::wifi::NAME_BYTES_MAX;

pub(super) fn wifi(text: &str) -> Result<String, &'static str> {
    let fits = (1..=NAME_BYTES_MAX).contains(&text.len()) && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err("the name of a Wi-Fi has 1 to 32 bytes on one line") }
}

pub(super) fn code(text: &str) -> Result<JoinCode, &'static str> {
    text.parse().map_err(|_| "a code has six letters and digits, as the reception shows them")
}
