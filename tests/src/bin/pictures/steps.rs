//! A group in every step of the run-sheet, and the lead who conducts it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;
use server::client::{Docs, Session};
use shared::docs::board::{BoardOp, Given, NoteOn, Star};
use shared::docs::workshop::{Attention, Kind, Language, Names, Whom, WorkshopOp};
use shared::run_sheet::Shipped;
use shared::{CardId, GroupId};
use tests::ask::{self, Made};
use tests::browser::{AtBoard, Browser, Device, Page, SOON};
use tests::conductor::Conductor;
use tests::naze::Naze;

use super::{ALWAYS, BUSY, EVENING, GROUP, THEME, UNKNOWN, sits_down, take};

const OTHER: GroupId = GroupId(2);
/// Who is expected.
const LIST: &str = "名前\t所属\t年代\t立場\n\
    宮武\t高齢者支援課\t50代\t市\n白川\t市民課\t30代\t市\n十河\t道路課\t40代\t市\n小西\t広報課\t20代\t市\n\
    福田\t子育て支援課\t40代\t市\n山下\t図書館\t30代\t市\n真鍋\t建築住宅課\t50代\t市\n藤田\t福祉課\t20代\t市\n\
    合田\t城西地区\t60代\t自治会\n森\t城北地区\t70代\t自治会\n三好\t土器地区\t60代\t自治会\n高木\t飯野地区\t70代\t自治会";

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
    hall.seating(naze, browser).await?;
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
        self.phone.click(".roles-beside > summary").await?;
        let lot = "const found = [...document.querySelectorAll('.roles-beside button')].at(-1); found?.click(); return Boolean(found)";
        self.phone.until("the lot", lot, vec![]).await?;
        self.phone.find(".role-card").await?;
        self.phone
            .eval("document.querySelector('.roles-beside').scrollIntoView(); scrollBy(0, -70); return true", vec![])
            .await?;
        self.picture("roles").await?;
        self.phone.click(".roles-beside > summary").await?;
        self.top().await?;
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
        self.others.board(OTHER).apply(BoardOp::CallHelp { given: Given::Yes })?;
        self.others.saved(SOON).await?;
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

    /// Who sits where, before anybody has come.
    async fn seating(&self, naze: &Naze, browser: &Browser) -> Result<()> {
        let made = ask::make(&naze.base(), 3).await?;
        let page = browser.open("席", Device::LAPTOP).await?;
        page.goto(&format!("{}/w/{}#{}", naze.base(), made.id, made.lead)).await?;
        let press =
            "const found = [...document.querySelectorAll('button')].find((b) => b.textContent.includes(arguments[0]));
            found?.click(); return Boolean(found) || null";
        page.until("seating", press, vec![json!("席決め")]).await?;
        page.find("#roster-text").await?;
        // Pasted: a typed tab would leave the field.
        page.eval("document.getElementById('roster-text').value = arguments[0]; return true", vec![json!(LIST)])
            .await?;
        page.until("the list", press, vec![json!("名簿を読み込む")]).await?;
        page.until("who is expected", "return document.body.innerText.includes('これから来る人 12人') || null", vec![])
            .await?;
        page.until("a proposal", press, vec![json!("まぜた案を見る")]).await?;
        page.until("the proposal", "return document.body.innerText.includes('席の案') || null", vec![]).await?;
        let show =
            "const found = [...document.querySelectorAll('h2, h3')].find((h) => h.textContent.includes('まぜて席'));
            found?.scrollIntoView(); scrollBy(0, -70); return Boolean(found) || null";
        page.until("the way there", show, vec![]).await?;
        tokio::time::sleep(Duration::from_millis(600)).await;
        take(&page, self.folder, "lead-seating").await
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
