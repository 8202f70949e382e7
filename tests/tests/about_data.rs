//! The page for an information-policy section, as it is looked at and printed: one sheet of A4 in each language.

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tests::browser::{Browser, Device, Page};
use tests::naze::Naze;

/// Sheets and their sizes in points, as the browser would print it on A4.
async fn printed(page: &Page, name: &str) -> Result<Vec<String>> {
    let options = json!({ "preferCSSPageSize": true, "printBackground": true });
    let answer = page.cdp("Page.printToPDF", options).await?;
    let pdf = STANDARD.decode(answer.get("data").and_then(Value::as_str).context("a document")?)?;
    if let Some(folder) = std::env::var_os("NAZE_SHOTS") {
        std::fs::write(std::path::Path::new(&folder).join(format!("about-data-{name}.pdf")), &pdf)?;
    }
    let text = String::from_utf8_lossy(&pdf);
    let sheets = text.split("/Type /Page\n").skip(1);
    let size =
        |sheet: &str| sheet.split("/MediaBox [").nth(1).and_then(|rest| rest.split(']').next()).map(str::to_owned);
    sheets.map(|sheet| size(sheet).context("a size")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_prints_on_one_sheet_in_each_language_and_fits_a_phone() -> Result<()> {
    let Some(browser) = Browser::start("about_data").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let page = browser.open("情報政策課", Device::PHONE).await?;
    for (lang, sheets) in [("ja", 1), ("en", 1), ("both", 2)] {
        page.goto(&format!("{}/about-data?lang={lang}", naze.base())).await?;
        let styled = page.eval("return getComputedStyle(document.querySelector('th')).backgroundColor", vec![]).await?;
        ensure!(styled == json!("rgb(243, 240, 233)"), "the style is not there: {styled}");
        let wide = page.eval("return document.documentElement.scrollWidth - innerWidth", vec![]).await?;
        ensure!(wide.as_i64().is_some_and(|wide| wide <= 0), "{lang}: {wide} wider than a phone");
        let found = printed(&page, lang).await?;
        ensure!(found.len() == sheets, "{lang}: {} sheets instead of {sheets}", found.len());
        for size in &found {
            let size: Vec<f64> = size.split_whitespace().filter_map(|number| number.parse().ok()).collect();
            let is_a4 = matches!(size.as_slice(), [_, _, wide, high] if (wide - 595.0).abs() < 2.0 && (high - 842.0).abs() < 2.0);
            ensure!(is_a4, "{size:?}");
        }
        page.finds_no_barrier(&format!("about-data-{lang}")).await?;
    }
    page.behaved().await
}
