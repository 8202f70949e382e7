//! A theme is proposed, voted on, taken and sharpened; what is known already is written down.

use anyhow::Result;
use shared::docs::board::{Ballots, NoteOn};

use super::Hands;

const SHOPS: &str = "高齢者が買い物に困っている";
const HOUSES: &str = "空き家が増えた";
pub const THEME: &str = "高齢者が買い物に困っている（3丁目の坂の上）";

pub async fn choose(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    page.tab_to("[role=treeitem]").await?;
    hands.open("u").await?;
    hands.go("#note-write").await?;
    hands.write(SHOPS).await?;
    page.press("Enter").await?;
    page.focus_is_on("#note-write").await?;
    let proposed = |text: &'static str| {
        move |board: &shared::docs::board::Board| {
            board.notes_on(NoteOn::Proposal).iter().any(|(_, note)| note.text.read() == text)
        }
    };
    hands.model("the proposal", proposed(SHOPS)).await?;
    hands.others().add_note(NoteOn::Proposal, HOUSES)?;
    hands.sheet_says(HOUSES).await?;
    hands.go(".proposal .seen").await?;
    page.focus_is_on(".proposal .seen[aria-pressed=true]").await?;
    let seen = |board: &shared::docs::board::Board| {
        board.notes_on(NoteOn::Proposal).iter().any(|(_, note)| note.text.read() == SHOPS && !note.seen_by.is_empty())
    };
    hands.model("who has seen it", seen).await?;
    vote(hands).await?;
    hands.go(".note-own .primary").await?;
    hands.sheet_says("課題をはっきりさせる").await?;
    page.focus_is_on("#theme-edit").await?;
    page.focus_is_seen().await?;
    hands.model("the theme", |board| board.theme() == SHOPS).await?;
    page.press("Enter").await?;
    hands.write("（3丁目の坂の上）").await?;
    page.press("Enter").await?;
    page.focus_is_on("#theme-edit").await?;
    hands.model("the sharpened theme", |board| board.theme() == THEME).await?;
    hands.go_to("候補に戻る").await?;
    hands.sheet_says(HOUSES).await?;
    page.focus_is_seen().await?;
    hands.close().await
}

async fn vote(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    hands.go_to("秘密の投票を始める").await?;
    hands.sheet_says("まだ投票していません").await?;
    page.focus_is_seen().await?;
    hands.model("an open vote", |board| board.vote.as_ref().is_some_and(|vote| vote.ballots == Ballots::Open)).await?;
    hands.go(".proposal .tick").await?;
    page.focus_is_on(".proposal .tick[aria-pressed=true]").await?;
    hands.sheet_says("投票しました").await?;
    hands.go_to("締め切って結果を見る").await?;
    hands.sheet_says("1人が投票しました").await?;
    page.focus_is_seen().await?;
    let counted = |board: &shared::docs::board::Board| {
        let ballots = board.vote.as_ref().map(|vote| vote.ballots.clone());
        matches!(ballots, Some(Ballots::Counted { ballots: 1, .. }))
    };
    hands.model("the count", counted).await
}

pub async fn premise(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    hands.open("w").await?;
    for text in ["店は3年前に閉まった", "書きまちがい"] {
        hands.go("#note-write").await?;
        hands.write(text).await?;
        page.press("Enter").await?;
        page.focus_is_on("#note-write").await?;
        hands.sheet_says(text).await?;
    }
    // One too many goes, comes back, and goes.
    let count = |n: usize| move |board: &shared::docs::board::Board| board.notes_on(NoteOn::Premise).len() == n;
    hands.model("two premises", count(2)).await?;
    let remove = ".note:last-child .note-own .button:last-child";
    hands.go(remove).await?;
    hands.model("one premise", count(1)).await?;
    hands.sheet_says("取り除きました").await?;
    page.focus_is_seen().await?;
    hands.go(".note-undo .button").await?;
    hands.model("two premises again", count(2)).await?;
    page.focus_is_on("dialog[open] *").await?;
    hands.go(remove).await?;
    hands.model("one premise at last", count(1)).await?;
    hands.go(".note .note-own .button:first-child").await?;
    hands.write("（市の統計）").await?;
    page.press("Enter").await?;
    hands.sheet_says("店は3年前に閉まった（市の統計）").await?;
    page.focus_is_seen().await?;
    hands.close().await
}
