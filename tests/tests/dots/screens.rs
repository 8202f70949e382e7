//! What the tests on screens share: who sits before which, and how they press.

use anyhow::Result;
use serde_json::json;
use tests::browser::{Browser, Device, Page, Shape};

use super::*;

/// A narrow phone.
pub(super) const NARROW: Device = Device { shape: Shape::Narrow, ..Device::PHONE };

/// The hall before a browser. None where browsers are left out.
pub(super) async fn before(test: &str) -> Result<Option<(Hall, Browser)>> {
    let Some(browser) = Browser::start(test).await? else { return Ok(None) };
    Ok(Some((Hall::open().await, browser)))
}

/// Somebody with a phone, in their seat.
pub(super) async fn guest(hall: &Hall, browser: &Browser, name: &str, device: Device, group: u16) -> Result<Page> {
    guest_by(&hall.base, hall, browser, (name, device, group)).await
}

/// The same by another way to the server.
pub(super) async fn guest_by(
    base: &str,
    hall: &Hall,
    browser: &Browser,
    (name, device, group): (&str, Device, u16),
) -> Result<Page> {
    let page = browser.open(name, device).await?;
    page.goto(&format!("{base}/j/{}", hall.made.code)).await?;
    page.give_name(name, group).await?;
    page.find("#step-title").await?;
    Ok(page)
}

/// Somebody before the wall.
pub(super) async fn at_wall(hall: &Hall, browser: &Browser, name: &str, token: shared::Token) -> Result<Page> {
    let page = browser.open(name, Device::LAPTOP).await?;
    page.goto(&format!("{}/w/{}#{token}", hall.base, hall.made.id)).await?;
    tests::browser::AtWall(&page).ready().await?;
    Ok(page)
}

/// Presses a button by its words.
pub(super) async fn press(page: &Page, words: &str) -> Result<()> {
    let script = "const open = document.querySelector('dialog[open]');
        const found = [...(open ?? document).querySelectorAll('.dots-way button, .dots-strip button, dialog button')]
        .find((b) => b.checkVisibility() && b.textContent.includes(arguments[0]));
        found?.focus(); found?.click(); return found !== undefined";
    page.until(&format!("the button {words}"), script, vec![json!(words)]).await.map(drop)
}

/// One dot more, or less, on an option.
pub(super) async fn step(page: &Page, words: &str, shape: &str) -> Result<()> {
    let script =
        "const row = [...document.querySelectorAll('.dot-row')].find((r) => r.textContent.includes(arguments[0]));
        const found = [...(row?.querySelectorAll('.dot-step') ?? [])].find((b) => b.textContent.includes(arguments[1]));
        found?.focus(); found?.click(); return found !== undefined";
    page.until(&format!("{shape} on {words}"), script, vec![json!(words), json!(shape)]).await.map(drop)
}

/// Waits until the vote, wherever it is on the screen, says this.
pub(super) async fn says(page: &Page, words: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll('.dots, .dots-opening, .dots-ask, .dots-strip, .dots-way')]
        .some((part) => part.innerText.replaceAll('\\n', '').includes(arguments[0]))";
    page.until(words, script, vec![json!(words)]).await.map(drop)
}

/// Whether the vote says this now.
pub(super) async fn is_silent_about(page: &Page, words: &str) -> Result<()> {
    let text = page.text_of("return document.body.innerText", vec![]).await?;
    anyhow::ensure!(!text.contains(words), "{}: {words} is on the screen: {text}", page.who());
    Ok(())
}

/// The list of the result, a line for each option.
pub(super) async fn result(page: &Page) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('.dot-won')].map((row) =>
        ['.dot-place', '.dot-words', '.dot-sum'].map((css) => row.querySelector(css).textContent.trim()).join('|'))";
    Ok(serde_json::from_value(page.eval(script, vec![]).await?)?)
}

/// Nothing in the way of anybody; with `NAZE_SHOTS=folder` a picture of it, in both languages.
pub(super) async fn owes_nothing(page: &Page, screen: &str) -> Result<()> {
    page.finds_no_barrier(screen).await?;
    page.fits(screen).await?;
    page.can_be_touched(screen).await?;
    if let Some(folder) = std::env::var_os("NAZE_SHOTS") {
        for tongue in ["ja", "en"] {
            page.picture(folder.as_ref(), &format!("dots-{screen}-{}-{tongue}", page.who())).await?;
            page.other_language_untouched().await?;
        }
    }
    Ok(())
}
