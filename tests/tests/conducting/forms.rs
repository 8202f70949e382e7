//! Every screen of the lead's in both languages, by day and by night, in text twice as large, and where it is narrow.

use tests::browser::{Light, Shape, Tongue};

use super::*;

/// Collects what is found, so that one run tells everything.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn note(&mut self, found: Result<()>) {
        self.0.extend(found.err().map(|found| format!("{found:#}")));
    }

    async fn look(&mut self, page: &Page, screen: &str) -> Result<()> {
        for _ in Tongue::ALL {
            let name = format!("{screen}-{}", page.language().await?);
            for light in Light::ALL {
                page.light(light).await?;
                self.note(page.finds_no_barrier(&name).await);
            }
            page.light(Light::Day).await?;
            for size in [200, 100] {
                page.text_size(size).await?;
                self.note(page.fits(&format!("{name}-{size}")).await);
                self.note(page.shows_all(&format!("{name}-{size}")).await);
                self.note(page.can_be_touched(&format!("{name}-{size}")).await);
            }
            page.other_language_untouched().await?;
        }
        Ok(())
    }
}

async fn over_the_run_sheet(page: &Page, findings: &mut Findings) -> Result<()> {
    press(page, "進行表").await?;
    page.find("main.run-sheet .plan-step").await?;
    page.type_into("#room-minutes", "45").await?;
    page.press("Enter").await?;
    page.find(".misfits .button").await?;
    press(page, "この進行表をひな形として残す").await?;
    press(page, "ほかの進行表に取りかえる").await?;
    findings.look(page, "run-sheet").await?;
    page.click(".plan-step:nth-child(3) [id^=edit-]").await?;
    page.focus_is_on("#plan-title").await?;
    findings.look(page, "step-editor").await?;
    press(page, "やめる").await?;
    no_sheet(page).await?;
    page.click(".plan-step:nth-child(8) [id^=more-]").await?;
    page.find("dialog[open] .button").await?;
    findings.look(page, "plan-menu").await?;
    press(page, "取り除く").await?;
    page.focus_is_on("#plan-undo").await?;
    findings.look(page, "run-sheet-removed").await?;
    press(page, "元に戻す").await?;
    press(page, "受付へ戻る").await
}

async fn before_the_wall(page: &Page, findings: &mut Findings) -> Result<()> {
    page.click("#alone-2").await?;
    findings.look(page, "alone").await?;
    press(page, "この班だけ次へ").await?;
    no_sheet(page).await?;
    tokio::time::sleep(CALM).await;
    page.click("#step-next").await?;
    at(page, 2).await?;
    findings.look(page, "wall-step").await?;
    page.click("#step-menu").await?;
    page.find("dialog[open] .button").await?;
    findings.look(page, "step-menu").await?;
    press(page, "閉じる").await?;
    no_sheet(page).await?;
    AtWall(page).open(2).await?;
    findings.look(page, "wall-open").await
}

async fn every_form(test: &str, shape: Shape) -> Result<()> {
    let device = Device { shape, ..Device::PHONE };
    let Some(hall) = Hall::open(test, device).await? else { return Ok(()) };
    let mut findings = Findings::default();
    over_the_run_sheet(&hall.lead, &mut findings).await?;
    hall.begin().await?;
    before_the_wall(&hall.lead, &mut findings).await?;
    findings.note(hall.lead.behaved().await);
    ensure!(findings.0.is_empty(), "{} findings:\n{}", findings.0.len(), findings.0.join("\n\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_in_the_way_where_it_is_narrow() -> Result<()> {
    every_form("forms-narrow", Shape::Narrow).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_in_the_way_on_a_tablet() -> Result<()> {
    every_form("forms-tablet", Shape::Tablet).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_in_the_way_on_a_laptop() -> Result<()> {
    every_form("forms-laptop", Shape::Laptop).await
}
