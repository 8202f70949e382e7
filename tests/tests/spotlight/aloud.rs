//! What the whole room hears, on its large screen: the card of each group at the end of 1-2-4-all, and what a vote chose. Until then
//! nothing of it is there.

use shared::docs::board::BoardOp;
use shared::docs::dots::{DotOption, OwnGroup};
use shared::docs::workshop::{Kind, Phase, Whom};
use tests::conductor::plan;

use super::projector::is_for_a_room;
use super::*;

const STRIP: &str = ".one-two-four";

impl Hall {
    /// The room's next round.
    async fn round(&self, round: u16) -> Result<()> {
        let step = self.lead.read(|workshop| workshop.run.map(|run| run.step)).context("a step")?;
        self.lead.act(WorkshopOp::NextRound { step, round }).await
    }

    /// A group has a card for everybody: the one that it has starred.
    async fn chooses(&self, group: usize) -> Result<()> {
        let step = self.lead.read(|workshop| workshop.run.map(|run| run.step)).context("a step")?;
        let peer = self.peers.get(group - 1).context("a group")?;
        let card = self.starred.get(group - 1).copied();
        peer.board(GroupId(u16::try_from(group)?)).apply(BoardOp::ChooseForAll { step, card })?;
        Ok(peer.saved(SOON).await?)
    }

    /// What the groups have starred, often enough to be a choice of `n`.
    fn options(&self, n: usize) -> Vec<DotOption> {
        let all = (1..).zip(self.starred.iter().zip(DEEP));
        let option = |(group, (card, words)): (u16, (&CardId, &str))| DotOption {
            group: Some(GroupId(group)),
            card: *card,
            words: words.to_owned(),
        };
        all.map(option).take(n).collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_room_sees_each_groups_card_and_what_a_vote_chose() -> Result<()> {
    let Some(hall) = Hall::open("projector-aloud").await? else { return Ok(()) };
    let suzuki = hall.guest("鈴木", Device::PHONE, 2).await?;
    let projector = hall.projector(&format!("/w/{}/projector#{}", hall.made.id, hall.made.observer)).await?;
    hall.lead.act(WorkshopOp::SetPhase { phase: Phase::Lobby }).await?;
    let circles = plan(Kind::OneTwoFour, "1-2-4-みんな", "いちばん深い原因は、どれだと思いますか。");
    let vote = plan(Kind::Dots, "みんなで選ぶ", "全部の班の★から、大事だと思うものを選びましょう。");
    hall.lead.plan(vec![circles, vote]).await?;
    hall.lead.begin().await?;
    says(&projector, "h2", "1-2-4").await?;
    hall.round(1).await?;
    hall.round(2).await?;
    for group in [1, 2] {
        hall.chooses(group).await?;
    }
    // Who is brought to a board at its table sees its tree, and nothing of what it is about to say.
    hall.shows(1, None).await?;
    says(&suzuki, "#board-tree .card.theme .card-text", THEMES[0]).await?;
    ensure!(!suzuki.has(STRIP).await?, "that is the group's own, yet");
    hall.ends().await?;
    says(&suzuki, STRIP, DEEP[1]).await?;
    says(&projector, ".projector-groups", THEMES[0]).await?;
    ensure!(!projector.has(".brought").await?, "nobody has said anything yet");
    hall.round(3).await?;
    for deep in &DEEP[..2] {
        says(&projector, ".projector-work .brought-card", deep).await?;
    }
    says(&projector, ".brought.none", "まだ").await?;
    is_for_a_room(&projector, "plenary").await?;
    hall.shows(1, None).await?;
    says(&suzuki, STRIP, DEEP[0]).await?;
    hall.ends().await?;

    hall.lead.go(Whom::All, Kind::Dots).await?;
    says(&projector, ".projector-groups", THEMES[0]).await?;
    let open = WorkshopOp::OpenDots { options: hall.options(3), each: 2, own: OwnGroup::Counts };
    hall.lead.act(open).await?;
    says(&projector, ".dots-open", "受付中").await?;
    for _ in 0..2 {
        press(&suzuki, &format!("「{}」に1枚貼る", DEEP[2])).await?;
    }
    says(&suzuki, ".dots", "投票しました").await?;
    ensure!(!projector.has(".dot-result").await?, "no count before the end");
    is_for_a_room(&projector, "vote-open").await?;
    let vote = hall.lead.read(|workshop| workshop.dots.as_ref().map(|vote| vote.id)).context("a vote")?;
    hall.lead.act(WorkshopOp::CloseDots { vote }).await?;
    says(&projector, ".dots-sentence", &format!("「{}」（2枚）", DEEP[2])).await?;
    says(&projector, ".dot-won.first", "2枚").await?;
    is_for_a_room(&projector, "vote-result").await?;
    for page in [&suzuki, &projector] {
        page.behaved().await?;
    }
    Ok(())
}
