//! The sheet for the wall: one page of A4, whatever stands on it; its codes say what the words say.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use serde_json::json;
use tests::browser::{Browser, Device, Page};
use tests::naze;

const PASSWORD: &str = "kaigi;2026\"あ";

fn sheet(file: &Path, more: &[&str]) -> Result<std::process::Output> {
    let mut command = naze::command(&["sheet"])?;
    command.arg(file).args(more).args(["--data", "no-such-folder"]);
    Ok(command.output()?)
}

/// The pages of what the browser prints, and the bytes.
async fn printed(page: &Page) -> Result<usize> {
    let pdf = page.cdp("Page.printToPDF", json!({ "preferCSSPageSize": true, "printBackground": true })).await?;
    let pdf = base64::engine::general_purpose::STANDARD
        .decode(pdf.get("data").and_then(serde_json::Value::as_str).context("a PDF")?)?;
    let pages = memchr::memmem::find_iter(&pdf, b"/Type /Page\n").count();
    ensure!(pages > 0, "no page of the PDF was found");
    Ok(pages)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sheet_is_one_page_and_everything_on_it_is_large() -> Result<()> {
    let Some(browser) = Browser::start("sheet").await? else { return Ok(()) };
    let folder = tempfile::tempdir()?;
    let longest = ["W".repeat(32), "m".repeat(63)];
    let url = format!("https://{}.example.jp", "a-long-name".repeat(5));
    let cases: [&[&str]; 4] = [
        &[
            "--wifi",
            "会議室A",
            "--wifi-password",
            PASSWORD,
            "--code",
            "K7M4XR",
            "--public-url",
            "http://192.168.1.5:8080",
        ],
        &["--wifi", &longest[0], "--wifi-password", &longest[1], "--code", "K7M4XR", "--public-url", &url],
        &["--wifi", "open", "--tls", "self-signed", "--public-url", "https://192.168.1.5:8080"],
        &["--public-url", "http://192.168.1.5:8080"],
    ];
    for (n, flags) in cases.into_iter().enumerate() {
        let file = folder.path().join(format!("{n}.html"));
        let output = sheet(&file, flags)?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let page = browser.open("printer", Device::LAPTOP).await?;
        page.goto(&format!("file://{}", file.display())).await?;
        ensure!(printed(&page).await? == 1, "{flags:?} takes {} pages", printed(&page).await?);
        let fits = "const main = document.querySelector('main');
            return [main.scrollHeight <= main.clientHeight + 1, main.scrollWidth <= main.clientWidth + 1,
                [...document.querySelectorAll('svg')].every((e) => e.getBoundingClientRect().width > 200)]";
        let fits = page.eval(fits, vec![]).await?;
        ensure!(fits == json!([true, true, true]), "{flags:?}: {fits}");
        page.behaved().await?;
    }
    Ok(())
}

#[test]
fn the_password_is_in_the_file_and_nowhere_else() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("sheet.html");
    let flags = ["--wifi", "会議室", "--wifi-password", PASSWORD, "--public-url", "http://192.168.1.5:8080"];
    let output = sheet(&file, &flags)?;
    let said = [output.stdout, output.stderr].concat();
    ensure!(output.status.success() && !String::from_utf8_lossy(&said).contains("kaigi"));
    let text = std::fs::read_to_string(&file)?;
    ensure!(text.contains("kaigi;2026&#34;あ"), "{text}");
    #[cfg(unix)]
    ensure!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file)?.permissions()) & 0o777 == 0o600);
    let names: Vec<_> = std::fs::read_dir(folder.path())?.collect::<Result<_, _>>()?;
    ensure!(names.len() == 1 && !Path::new("no-such-folder").exists());
    // Never over somebody's file; and a wrong password is not repeated.
    ensure!(!sheet(&file, &flags)?.status.success());
    let wrong = sheet(&folder.path().join("b.html"), &["--wifi", "a", "--wifi-password", "kaigi"])?;
    let said = String::from_utf8_lossy(&wrong.stderr).into_owned();
    ensure!(!wrong.status.success() && said.contains("8 to 63") && !said.contains("kaigi"), "{said}");
    Ok(())
}
