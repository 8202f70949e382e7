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

/// A number from 0 to 255, to spread reconnections.
pub fn byte() -> u8 {
    let mut bytes = [0; 1];
    fill(&mut bytes);
    let [byte] = bytes;
    byte
}
