//! A group in every step of the run-sheet, and the lead who conducts it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use server::client::{Docs, Session};
use shared::docs::board::{BoardOp, NoteOn, Star};
use shared::docs::workshop::{Attention, Kind, Language, Names, Whom, WorkshopOp};
use shared::run_sheet::Shipped;
use shared::{CardId, GroupId};
use tests::ask::{self, Made};
use tests::browser::{AtBoard, Browser, Device, Page, SOON};
use tests::conductor::Conductor;
use tests::naze::Naze;

use super::{ALWAYS, BUSY, EVENING, GROUP, THEME, UNKNOWN, sits_down, take};

const OTHER: GroupId = GroupId(2);

/// A hall of three groups, as one phone sees it and as the lead does.
struct Hall<'a> {
    folder: &'a Path,
    phone: Page,
    lead: Conductor,
    sato: Session,
    others: Session,
}

/// Takes the pictures.
pub(super) async fn steps(naze: &Naze, browser: &Browser, folder: &Path) -> Result<()> {
    let made = ask::make(&naze.base(), 3).await?;
    let lead = Conductor::at(&naze.base(), &made).await?;
    lead.plan(Shipped::Analyse.plans(Language::Ja)).await?;
    let phone = browser.open("田中", Device::PHONE).await?;
    phone.join(&naze.base(), &made.code.to_string(), "田中", GROUP.0).await?;
    let sato = sits_down(naze, made.code, 11, "佐藤", GROUP).await?;
    let _suzuki = sits_down(naze, made.code, 12, "鈴木", GROUP).await?;
    let others = sits_down(naze, made.code, 13, "高橋", OTHER).await?;
    let hall = Hall { folder, phone, lead, sato, others };
    hall.lead.begin().await?;
    hall.beginning().await?;
    hall.silence().await?;
    hall.deepening().await?;
    hall.conducting(naze, &made, browser).await?;
    hall.end().await
}

impl Hall<'_> {
    async fn picture(&self, name: &str) -> Result<()> {
        tokio::time::sleep(Duration::from_millis(500)).await;
        take(&self.phone, self.folder, name).await
    }

    async fn top(&self) -> Result<()> {
        self.phone.eval("document.activeElement?.blur(); scrollTo(0, 0); return true", vec![]).await.map(drop)
    }

    /// On to a step, as soon as the phone shows it.
    async fn go(&self, kind: Kind, shown: &str) -> Result<()> {
        self.lead.go(Whom::All, kind).await?;
        self.phone.find(shown).await.map(drop)
    }

    async fn beginning(&self) -> Result<()> {
        self.phone.click(".turns .button").await?;
        self.phone.find(".turn-who").await?;
        self.picture("step-check-in").await?;
        self.lead
            .act(WorkshopOp::Announce {
                text: "休けいは10分です。飲みものは後ろにあります。".to_owned()
            })
            .await?;
        self.phone.find(".announced").await?;
        self.picture("lead-says").await?;
        self.lead.act(WorkshopOp::Announce { text: String::new() }).await?;
        self.lead.act(WorkshopOp::SetAttention { attention: Attention::EyesUp }).await?;
        self.picture("eyes-up").await?;
        self.lead.act(WorkshopOp::SetAttention { attention: Attention::Work }).await?;
        self.go(Kind::Theme, ".card.theme").await?;
        self.picture("step-theme").await?;
        self.phone.click(".card.theme").await?;
        self.phone.type_here(THEME).await?;
        self.phone.press("Enter").await?;
        AtBoard(&self.phone).card(THEME).await?;
        let other = self.others.board(OTHER);
        other.append(CardId::THEME, "放課後に、子ども同士が顔を合わせて話す時間が減っている")?;
        let school = other.add(CardId::THEME, "学校が終わると、それぞれ別の場所へ向かう")?;
        other.add(school, "習い事や塾の曜日が、家ごとに違う")?;
        Ok(self.others.saved(SOON).await?)
    }

    /// Nobody's name is kept.
    async fn silence(&self) -> Result<()> {
        self.go(Kind::Silence, "#silent-field").await?;
        self.lead.edit(|plan| plan.names = Names::Hidden).await?;
        self.phone.until("the promise", "return document.querySelector('.step-body strong') && true", vec![]).await?;
        self.sato.write_in_silence(UNKNOWN, Names::Hidden)?;
        self.phone.type_into("#silent-field", BUSY).await?;
        self.phone.click(".silent-new .primary").await?;
        self.phone.find(".slip").await?;
        self.phone.type_into("#silent-field", "会合が").await?;
        self.picture("step-silence").await?;
        self.phone.type_here("平日の夜にしか開かれない").await?;
        self.phone.click(".silent-new .primary").await?;
        Ok(self.sato.saved(SOON).await?)
    }

    async fn deepening(&self) -> Result<()> {
        self.go(Kind::Deepen, "#board-tree").await?;
        let board = AtBoard(&self.phone);
        board.card(UNKNOWN).await?;
        self.picture("step-deepen").await?;
        // A card with a name beside those without one.
        board.add(BUSY, EVENING).await?;
        board.append(BUSY, "。祝日も同じ").await?;
        board.open_place(&format!("{BUSY}。祝日も同じ")).await?;
        self.picture("nameless").await?;
        board.close_sheet().await?;
        board.add(EVENING, ALWAYS).await?;
        board.saved().await?;
        self.go(Kind::ReadBack, "#board-tree").await?;
        self.top().await?;
        self.picture("step-read-back").await?;
        self.go(Kind::Star, "#board-tree").await?;
        let named = |docs: &Docs| {
            let board = docs.board(GROUP)?.view();
            board
                .outline()
                .into_iter()
                .map(|(id, _)| id)
                .find(|id| board.get(*id).is_some_and(|card| card.text.read() == ALWAYS))
        };
        self.sato.until("the deepest card", SOON, |docs| named(docs).is_some()).await?;
        let deepest = self.sato.read(named).context("the deepest card")?;
        self.sato.board(GROUP).star(deepest, Star::RootCause)?;
        self.sato.saved(SOON).await?;
        self.top().await?;
        self.picture("step-star").await
    }

    /// The lead's own screens.
    async fn conducting(&self, naze: &Naze, made: &Made, browser: &Browser) -> Result<()> {
        for (device, name) in [(Device::LAPTOP, "lead-wall"), (Device::PHONE, "lead-wall-phone")] {
            let page = browser.open("進行役", device).await?;
            page.goto(&format!("{}/w/{}#{}", naze.base(), made.id, made.lead)).await?;
            page.find(".step-bar").await?;
            page.find(".tile .tile-words").await?;
            tokio::time::sleep(Duration::from_millis(700)).await;
            take(&page, self.folder, name).await?;
            if name == "lead-wall" {
                page.click("#to-all").await?;
                page.find("dialog[open]").await?;
                take(&page, self.folder, "lead-to-all").await?;
                page.press("Escape").await?;
                let press = "const found = [...document.querySelectorAll('button')].find((b) => b.textContent.trim() === '進行表');
                    found?.click(); return Boolean(found) || null";
                page.until("the run-sheet", press, vec![]).await?;
                page.find(".run-sheet-title").await?;
                tokio::time::sleep(Duration::from_millis(500)).await;
                take(&page, self.folder, "lead-run-sheet").await?;
            }
        }
        Ok(())
    }

    async fn end(&self) -> Result<()> {
        self.go(Kind::Gallery, ".gallery").await?;
        AtBoard(&self.phone).card("学校が終わると、それぞれ別の場所へ向かう").await?;
        self.picture("step-gallery").await?;
        self.go(Kind::CheckOut, ".check-out").await?;
        let board = self.sato.board(GROUP);
        board.add_note(NoteOn::Parting, "原因だと思っていたことが、結果のほうだった")?;
        board.add_note(NoteOn::OwnStep, "来月の役員会で、会合の時間を話し合ってみます")?;
        board.apply(BoardOp::TakeTurns)?;
        self.sato.saved(SOON).await?;
        self.picture("step-check-out").await
    }
}
