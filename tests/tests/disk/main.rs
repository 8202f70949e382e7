//! The disk under a real server: full, read-only, damaged, and opened by two at once. What was said to be saved is there, what is
//! wrong is said in words, and what is not concerned goes on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

mod damaged;
mod full;
mod read_only;
mod together;

use std::process::Output;

use shared::CardId;
use tests::ask::{self, Made};
use tests::naze::Naze;
use tests::phone::{Owner, Phone};

/// A server without its own copies, which a small disk would have no room for.
const BARE: [&str; 4] = ["--log", "warn", "--backup-every", "0"];

async fn phones(naze: &Naze, made: &Made, count: u16) -> Vec<Phone> {
    let mut phones = Vec::new();
    for n in 0..count {
        let owner = Owner::join(&naze.base(), made, &format!("人{n}"), n % 2 + 1).await.unwrap();
        let mut phone = Phone::new(owner).unwrap();
        phone.connect(&naze.base()).await.unwrap();
        phones.push(phone);
    }
    phones
}

/// Writes cards until they are saved.
async fn write(phone: &mut Phone, count: u16, text: &str) {
    for n in 0..count {
        phone.add(CardId::THEME, &format!("{text}{n}")).unwrap();
    }
    phone.flush().await.unwrap();
    phone.saved().await.unwrap();
}

/// The texts of everybody's cards, as the lead can export them.
async fn exported(naze: &Naze, made: &Made) -> String {
    ask::export(&naze.base(), made).await.unwrap().to_string()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
