//! Every screen: nothing in the way of anybody (axe-core), in both languages, light and dark; nothing wider than a narrow phone,
//! nothing cut off in large text; no complaint of the browser, nothing asked of others. With `NAZE_SHOTS=folder` pictures of all
//! of them are written there, for people to look at.

#![allow(clippy::indexing_slicing, reason = "a test that meets what it does not expect fails")]

use std::path::PathBuf;

use anyhow::{Result, ensure};
use tests::browser::sheets::sheets;
use tests::browser::table::Table;
use tests::browser::tour::tour;
use tests::browser::{Browser, Device, Light, Page, Shape, Tongue};
use tests::naze::Naze;

/// Collects what is found, so that one run tells everything.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn note(&mut self, found: Result<()>) {
        if let Err(found) = found {
            self.0.push(format!("{found:#}"));
        }
    }

    fn none(&self) -> Result<()> {
        ensure!(self.0.is_empty(), "{} findings:\n{}", self.0.len(), self.0.join("\n\n"));
        Ok(())
    }
}

/// Looks at a screen in both languages: in both lights, and in text twice as large.
async fn without_barriers(page: &Page, screen: &str, findings: &mut Findings) -> Result<()> {
    for _ in Tongue::ALL {
        let language = page.language().await?;
        for light in Light::ALL {
            page.light(light).await?;
            findings.note(page.finds_no_barrier(&format!("{screen}-{language}-{}", light.scheme())).await);
        }
        page.light(Light::Day).await?;
        for size in [200, 100] {
            page.text_size(size).await?;
            in_sight(page, &format!("{screen}-{language}-{size}"), findings).await;
        }
        page.other_language_untouched().await?;
    }
    findings.note(page.behaved().await);
    Ok(())
}

async fn in_sight(page: &Page, name: &str, findings: &mut Findings) {
    findings.note(page.fits(name).await);
    findings.note(page.shows_all(name).await);
}

/// Looks at a screen in both languages, where there is little room.
async fn in_little_room(page: &Page, screen: &str, findings: &mut Findings) -> Result<()> {
    for _ in Tongue::ALL {
        let language = page.language().await?;
        in_sight(page, &format!("{screen}-{language}"), findings).await;
        page.other_language_untouched().await?;
    }
    findings.note(page.behaved().await);
    Ok(())
}

async fn all_screens(test: &str, shape: Shape) -> Result<()> {
    let Some(browser) = Browser::start(test).await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let mut findings = Findings::default();
    let device = Device { shape, ..Device::PHONE };
    let toured = tour(&browser, &naze.base(), device, &mut async |page, screen| match shape {
        Shape::Narrow => in_little_room(page, screen, &mut findings).await,
        _ => without_barriers(page, screen, &mut findings).await,
    })
    .await;
    findings.note(toured);
    findings.none()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_in_the_way_on_a_phone() -> Result<()> {
    all_screens("screens-phone", Shape::Phone).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_in_the_way_on_a_tablet() -> Result<()> {
    all_screens("screens-tablet", Shape::Tablet).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_in_the_way_on_a_laptop() -> Result<()> {
    all_screens("screens-laptop", Shape::Laptop).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_cut_off_where_it_is_narrow() -> Result<()> {
    all_screens("screens-narrow", Shape::Narrow).await
}

/// Looks at a sheet in both languages, in text of the usual size and twice as large.
async fn in_large_text(page: &Page, sheet: &str, findings: &mut Findings) -> Result<()> {
    for _ in Tongue::ALL {
        let language = page.language().await?;
        for size in [200, 100] {
            page.text_size(size).await?;
            let name = format!("{sheet}-{language}-{size}");
            in_sight(page, &name, findings).await;
            findings.note(page.can_be_touched(&name).await);
        }
        page.other_language_untouched().await?;
    }
    findings.note(page.finds_no_barrier(sheet).await);
    Ok(())
}

async fn all_sheets(test: &str, device: Device) -> Result<()> {
    let Some(table) = Table::lay(test, device).await? else { return Ok(()) };
    let mut findings = Findings::default();
    let walked = sheets(&table, &mut async |page, sheet| in_large_text(page, sheet, &mut findings).await).await;
    findings.note(walked);
    findings.note(table.page.behaved().await);
    findings.none()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_sheet_is_cut_off_in_large_text_where_it_is_narrow() -> Result<()> {
    all_sheets("sheets-narrow", Device { shape: Shape::Narrow, ..Device::PHONE }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_sheet_is_cut_off_in_large_text_on_a_laptop() -> Result<()> {
    all_sheets("sheets-laptop", Device::LAPTOP).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_for_people() -> Result<()> {
    let Some(folder) = std::env::var_os("NAZE_SHOTS").map(PathBuf::from) else { return Ok(()) };
    let Some(browser) = Browser::start("pictures").await? else { return Ok(()) };
    for shape in Shape::ALL {
        let naze = Naze::start().await?;
        let (width, height) = shape.size();
        tour(&browser, &naze.base(), Device { shape, ..Device::PHONE }, &mut async |page, screen| {
            for _ in Tongue::ALL {
                for light in Light::ALL {
                    page.light(light).await?;
                    let (language, scheme) = (page.language().await?, light.scheme());
                    page.picture(&folder, &format!("{screen}-{width}x{height}-{language}-{scheme}")).await?;
                }
                page.other_language_untouched().await?;
            }
            page.light(Light::Day).await
        })
        .await?;
    }
    Ok(())
}
