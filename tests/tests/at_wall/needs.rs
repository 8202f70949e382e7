//! Gentle warnings: a line on the tile, and in words what one might ask the group.

use super::*;

/// Writes one chain of so many levels.
fn chain(session: &Session, group: u16, words: &[&str]) -> Result<()> {
    let mut above = CardId::THEME;
    for text in words {
        above = session.board(GroupId(group)).add(above, text)?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_warning_is_explained_with_what_to_ask() -> Result<()> {
    let Some(hall) = Hall::open("wall-needs", Device::PHONE, 3).await? else { return Ok(()) };
    let lead = &hall.lead;
    let ending = "予算が足りない";
    let mut people = Vec::new();
    for (group, words) in [
        (1, ["役員の負担が重い", "仕事が増えた", "手当が出ない", ending]),
        (2, ["道が暗い", "街灯が少ない", "直す人がいない", "予算が足りないから"]),
        (3, ["祭りが続かない", "祭りが続かないから", "人が来ない", "予算が足りない。"]),
    ] {
        let person = hall.someone(&format!("人{group}"), group).await?;
        theme(&person, group, "地域の課題")?;
        chain(&person, group, &words)?;
        person.saved(SOON).await?;
        people.push(person);
    }
    says(lead, ".tile:nth-child(1).hints .need", "4段の一本道です").await?;
    says(lead, ".tile:nth-child(3) .need", "4段の一本道です ほか1").await?;
    ensure!(!lead.has(".tile.needs").await?, "nobody has to run");
    owes_nothing(lead, "wall-hints").await?;
    lead.can_be_touched("wall-hints").await?;
    lead.click("#why-3").await?;
    says(lead, "dialog[open]", "2枚目のカードについて「ほかの原因は？」").await?;
    says(lead, "dialog[open]", "「祭りが続かないから」は、上のカードと同じこと").await?;
    owes_nothing(lead, "why").await?;
    lead.press("Escape").await?;
    no_sheet(lead).await?;
    lead.focus_is_on("#why-3").await?;
    lead.click("#wall-ending").await?;
    says(lead, "dialog[open]", "予算が足りない").await?;
    owes_nothing(lead, "ending").await?;
    lead.press("Escape").await?;
    no_sheet(lead).await?;
    // A branch ends the warning of one chain; what one reads on the way there is on the board itself.
    lead.click("#why-1").await?;
    press(lead, "ボードを開く").await?;
    AtBoard(lead).ready().await?;
    says(lead, ".large-name", "1班").await?;
    lead.press("Escape").await?;
    people[0].board(GroupId(1)).add(CardId::THEME, "若い人が少ない")?;
    gone(lead, "#why-1").await?;
    lead.behaved().await
}
