//! Unguessable numbers. `crypto.randomUUID` is missing on plain `http://` addresses of a hall; `getRandomValues` is not.

use shared::{ClientId, Token};

fn fill(bytes: &mut [u8]) {
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .map(|crypto| crypto.get_random_values_with_u8_array(bytes));
    if !matches!(filled, Some(Ok(_))) {
        // No browser that runs WebAssembly is without it. Going on with zeros would make keys that others can guess.
        wasm_bindgen::throw_str("no secure random numbers");
    }
}

/// A client id for this tab.
pub fn client() -> ClientId {
    let mut bytes = [0; 8];
    fill(&mut bytes);
    ClientId::of(u64::from_le_bytes(bytes))
}

/// A new key for one who joins.
pub fn token() -> Token {
    let mut bytes = [0; 16];
    fill(&mut bytes);
    Token::of(bytes)
}

/// A number below `below`, each as likely as the others; 0 when there is none.
pub fn below(below: usize) -> usize {
    let mut bytes = [0; 8];
    fill(&mut bytes);
    // So many more bits than are needed that none is preferred by what anybody could notice.
    let below = u64::try_from(below).unwrap_or(u64::MAX);
    u64::from_le_bytes(bytes).checked_rem(below).and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}

/// A number from 0 to 255, to spread reconnections.
pub fn byte() -> u8 {
    let mut bytes = [0; 1];
    fill(&mut bytes);
    let [byte] = bytes;
    byte
}
