//! What all groups do together: 1-2-4-all, a vote with dots, a board that is shown to everybody, the projector; and what one takes home.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;
use server::client::Session;
use shared::docs::board::Star;
use shared::docs::dots::{DotOption, OwnGroup};
use shared::docs::workshop::{Kind, Names, Screens, Whom, WorkshopOp};
use shared::{CardId, GroupId};
use tests::ask::{self, Made};
use tests::browser::{AtBoard, Browser, Device, Page, SOON};
use tests::conductor::{Conductor, plan};
use tests::naze::Naze;

use super::{BUSY, EVENING, GROUP, THEME, UNKNOWN, sits_down, take};

const OTHER: GroupId = GroupId(2);
const CHILDREN: &str = "放課後に、子ども同士が顔を合わせて話す時間が減っている";
const LESSONS: &str = "習い事や塾の曜日が、家ごとに違う";

struct Room<'a> {
    folder: &'a Path,
    base: String,
    made: Made,
    phone: Page,
    lead: Conductor,
    sato: Session,
    others: Session,
}

/// Takes the pictures.
pub(super) async fn room(naze: &Naze, browser: &Browser, folder: &Path) -> Result<()> {
    let made = ask::make(&naze.base(), 2).await?;
    let lead = Conductor::at(&naze.base(), &made).await?;
    let steps = [
        (Kind::OneTwoFour, "1-2-4-みんな", "いちばん大事だと思う原因は、どれですか。"),
        (Kind::Dots, "シールで選ぶ", "まず取りかかりたいと思うものに貼りましょう。"),
        (Kind::Deepen, "なぜ？を深める", "ほかの原因はありませんか。"),
    ];
    lead.plan(steps.map(|(kind, title, prompt)| plan(kind, title, prompt)).to_vec()).await?;
    let phone = browser.open("田中", Device::PHONE).await?;
    phone.join(&naze.base(), &made.code.to_string(), "田中", GROUP.0).await?;
    let sato = sits_down(naze, made.code, 21, "佐藤", GROUP).await?;
    let others = sits_down(naze, made.code, 22, "高橋", OTHER).await?;
    let room = Room { folder, base: naze.base(), made, phone, lead, sato, others };
    room.lead.begin().await?;
    room.one_two_four().await?;
    room.dots(browser).await?;
    room.shown(browser).await?;
    room.kept().await
}

impl Room<'_> {
    async fn picture(&self, name: &str) -> Result<()> {
        self.phone.eval("document.activeElement?.blur(); scrollTo(0, 0); return true", vec![]).await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        take(&self.phone, self.folder, name).await
    }

    async fn round(&self, round: u16) -> Result<()> {
        let step = self.lead.read(|workshop| workshop.run.map(|run| run.step)).context("a step")?;
        self.lead.act(WorkshopOp::NextRound { step, round }).await?;
        let script = "return [...document.querySelectorAll('.circles li')]
            .findIndex((one) => one.getAttribute('aria-current') === 'step') === arguments[0]";
        self.phone.until("the round", script, vec![json!(round)]).await.map(drop)
    }

    async fn one_two_four(&self) -> Result<()> {
        self.phone.find("#silent-field").await?;
        self.phone.type_into("#silent-field", UNKNOWN).await?;
        self.phone.click(".silent-new .primary").await?;
        self.phone.find(".slip").await?;
        self.sato.write_in_silence(EVENING, Names::Shown)?;
        self.sato.saved(SOON).await?;
        self.round(1).await?;
        self.phone.click("#pair-write").await?;
        self.phone.find(".pair-draft textarea.field").await?;
        self.phone.type_here(BUSY).await?;
        self.phone.press("Enter").await?;
        self.phone.find(".pair-text").await?;
        self.picture("step-pair").await?;
        self.round(2).await?;
        let board = AtBoard(&self.phone);
        board.ready().await?;
        board.write_theme(THEME).await?;
        self.phone.click(".draft .button").await?;
        board.card(BUSY).await?;
        self.phone.click(".for-all .button").await?;
        self.phone.click("dialog[open] .choice-card").await?;
        self.phone.find(".for-all:not(.none)").await?;
        self.picture("step-table").await?;
        self.others.board(OTHER).append(CardId::THEME, CHILDREN)?;
        self.others.saved(SOON).await?;
        self.round(3).await?;
        self.phone.find(".brought").await?;
        self.picture("step-plenary").await
    }

    async fn dots(&self, browser: &Browser) -> Result<()> {
        let star = |session: &Session, group, text: &str| -> Result<CardId> {
            let card = session.board(group).add(CardId::THEME, text)?;
            session.board(group).star(card, Star::RootCause)?;
            Ok(card)
        };
        let own = star(&self.sato, GROUP, EVENING)?;
        let theirs = star(&self.others, OTHER, LESSONS)?;
        self.sato.saved(SOON).await?;
        self.others.saved(SOON).await?;
        self.lead.go(Whom::All, Kind::Dots).await?;
        let option = |group, card, words: &str| DotOption { group: Some(group), card, words: words.to_owned() };
        let options = vec![option(GROUP, own, EVENING), option(OTHER, theirs, LESSONS)];
        self.lead.act(WorkshopOp::OpenDots { options, each: 2, own: OwnGroup::Counts }).await?;
        self.phone.find(".dot-row:nth-child(2) .dot-step:last-of-type").await?;
        self.phone.click(".dot-row:nth-child(2) .dot-step:last-of-type").await?;
        AtBoard(&self.phone).saved().await?;
        self.picture("step-dots").await?;
        let vote = self.lead.read(|workshop| workshop.dots.as_ref().map(|dots| dots.id)).context("a vote")?;
        self.lead.act(WorkshopOp::CloseDots { vote }).await?;
        let result = "return document.body.innerText.includes('1人が投票しました') || null";
        self.phone.until("the result", result, vec![]).await?;
        self.picture("step-dots-result").await?;
        // The projector stands in the hall all the time.
        let projector = browser.open("投影", Device::LAPTOP).await?;
        projector.goto(&format!("{}/w/{}/projector#{}", self.base, self.made.id, self.made.observer)).await?;
        self.lead.go(Whom::All, Kind::Deepen).await?;
        self.lead.act(WorkshopOp::SetQueue { groups: vec![OTHER, GROUP], screens: Screens::Everywhere }).await?;
        self.lead.act(WorkshopOp::NextGroup { group: OTHER }).await?;
        let tree = "return document.querySelector('main svg, main .projected') !== null || null";
        projector.until("the tree", tree, vec![]).await?;
        tokio::time::sleep(Duration::from_millis(900)).await;
        take(&projector, self.folder, "projector").await
    }

    async fn shown(&self, browser: &Browser) -> Result<()> {
        AtBoard(&self.phone).card(LESSONS).await?;
        self.picture("shown").await?;
        let lead = browser.open("進行役", Device::PHONE).await?;
        lead.goto(&format!("{}/w/{}#{}", self.base, self.made.id, self.made.lead)).await?;
        lead.find(".showing").await?;
        tokio::time::sleep(Duration::from_millis(700)).await;
        take(&lead, self.folder, "lead-shows").await?;
        self.lead.act(WorkshopOp::EndShow).await
    }

    async fn kept(&self) -> Result<()> {
        AtBoard(&self.phone).card(BUSY).await?;
        self.phone.press("9").await?;
        self.phone
            .until("the link", "return document.querySelector('dialog[open] input[readonly]')?.value || null", vec![])
            .await?;
        self.picture("kept-link").await
    }
}
