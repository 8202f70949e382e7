//! Every screen of it, as people see and hear it. With `NAZE_SHOTS=folder` pictures are written there.

use std::path::Path;

use anyhow::Result;
use tests::browser::{AtBoard, Device, Light, Page, Shape, Tongue};

use super::{LOWER, Two, UPPER, close, press, read_from};

/// In both languages and lights, and in text twice as large: nothing in the way of anybody, nothing cut off.
async fn looked_at(page: &Page, screen: &str) -> Result<()> {
    for _ in Tongue::ALL {
        let language = page.language().await?;
        for light in Light::ALL {
            page.light(light).await?;
            page.finds_no_barrier(&format!("{screen}-{language}-{}", light.scheme())).await?;
            if let Some(folder) = std::env::var_os("NAZE_SHOTS") {
                let (width, height) = page.device().shape.size();
                let name = format!("{screen}-{width}x{height}-{language}-{}", light.scheme());
                page.picture(Path::new(&folder), &name).await?;
            }
        }
        page.light(Light::Day).await?;
        for size in [200, 100] {
            page.text_size(size).await?;
            page.fits(&format!("{screen}-{language}-{size}")).await?;
            // The heads of cards are shortened where both the window is narrowest and the text twice as large.
            if size == 100 || page.device().shape != Shape::Narrow {
                page.shows_all(&format!("{screen}-{language}-{size}")).await?;
            }
        }
        page.other_language_untouched().await?;
    }
    Ok(())
}

async fn nothing_is_in_the_way(test: &str, shape: Shape) -> Result<()> {
    let Some(both) = Two::with(test, Device { shape, ..Device::PHONE }).await? else { return Ok(()) };
    let (one, two) = (&both.one, &both.two);
    read_from(one, LOWER).await?;
    one.click(".answer.jumps").await?;
    one.click(".reading-call button").await?;
    close(one).await?;
    one.click(".button.hand").await?;
    two.find(".call").await?;
    looked_at(two, "board-call").await?;
    two.click(".call .primary").await?;
    looked_at(two, "reading").await?;
    two.click(".answer.holds").await?;
    two.find(".reading-break").await?;
    looked_at(two, "reading-answered").await?;
    two.click(".reading-between").await?;
    two.find(".reading-gap textarea").await?;
    looked_at(two, "reading-between").await?;
    two.press("Escape").await?;
    two.click(".reading-next").await?;
    two.click(".reading-next").await?;
    two.find(".reading-done").await?;
    looked_at(two, "reading-end").await?;
    two.click(".reading-next").await?;
    two.find(".reading-branches").await?;
    looked_at(two, "reading-choose").await?;
    close(two).await?;
    let card = AtBoard(two).card(UPPER).await?;
    two.click(&format!("#{card} > .card .more")).await?;
    two.click("dialog[open] .reaction").await?;
    press(two, "❝").await?;
    two.click("#comment-write").await?;
    two.type_into(".comment-add textarea", "去年の記録を見ると、行事が三つ増えています").await?;
    two.press("Enter").await?;
    two.find(".comment-text").await?;
    looked_at(two, "comments").await?;
    close(two).await?;
    two.click(".hands button").await?;
    looked_at(two, "board-hands").await?;
    both.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_in_the_way_of_who_reads_on_a_phone() -> Result<()> {
    nothing_is_in_the_way("reading-phone", Shape::Phone).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_in_the_way_of_who_reads_where_it_is_narrow() -> Result<()> {
    nothing_is_in_the_way("reading-narrow", Shape::Narrow).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_in_the_way_of_who_reads_on_a_laptop() -> Result<()> {
    nothing_is_in_the_way("reading-laptop", Shape::Laptop).await
}
