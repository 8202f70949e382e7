//! What helper, observer and lead see of each kind of step, and what nobody else does.

use super::at_table::{partings, slip};
use super::*;

/// Looks at everybody's screen.
pub async fn over(room: &Room, kind: Kind) -> Result<()> {
    match kind {
        Kind::Theme => {
            for page in [&room.lead, &room.helper, &room.observer] {
                for theme in THEMES {
                    says(page, ".tile .theme", theme).await?;
                }
            }
        }
        Kind::Silence => nobody_knows(room).await?,
        Kind::Deepen => a_helper_writes_and_an_observer_looks(room).await?,
        Kind::Star => {
            for page in [&room.lead, &room.helper, &room.observer] {
                let script = "return [...document.querySelectorAll('.tile .stars')].length";
                page.until("three stars", &format!("{script} === 3"), vec![]).await?;
            }
        }
        Kind::CheckOut => the_lead_collects(room).await?,
        _ => {}
    }
    let [one, two] = &room.tables[0].phones;
    for page in [one, two, &room.lead, &room.helper, &room.observer] {
        page.fits(&format!("{kind:?}")).await?;
    }
    for page in [&room.tables[1].phones[0], &room.lead, &room.helper, &room.observer] {
        page.finds_no_barrier(&format!("{kind:?}")).await?;
    }
    one.can_be_touched(&format!("{kind:?}")).await?;
    // Who looks on has nothing to press that would move anybody.
    ensure!(!room.observer.has("#step-next, .step-tools button").await?, "an observer moves nobody");
    ensure!(!room.helper.has("#step-next").await?, "a helper does not move the room");
    Ok(())
}

/// Not one page knows what somebody else has written in silence.
async fn nobody_knows(room: &Room) -> Result<()> {
    for (n, at) in (0..3).flat_map(|n| [(n, 0), (n, 1)]) {
        let words = slip(n, at);
        for page in room.others().chain([&room.lead]) {
            let own = page.who() == NAMES[n][at];
            ensure!(knows(page, &words).await? == own, "{} and {words}", page.who());
        }
    }
    Ok(())
}

async fn a_helper_writes_and_an_observer_looks(room: &Room) -> Result<()> {
    let said = "補助が足した問いかけのカード";
    let board = AtWall(&room.helper).open(2).await?;
    board.add(THEMES[1], said).await?;
    AtBoard(&room.tables[1].phones[0]).card(said).await?;
    AtWall(&room.helper).back().await?;
    let board = AtWall(&room.observer).open(2).await?;
    board.card(said).await?;
    ensure!(!room.observer.has(".large .card-why, .large .board-tools .next").await?, "an observer writes nothing");
    AtWall(&room.observer).back().await?;
    // An observer is not counted, and seen by no group.
    for page in room.phones() {
        ensure!(!knows(page, "見学").await?, "{} sees an observer", page.who());
    }
    Ok(())
}

async fn the_lead_collects(room: &Room) -> Result<()> {
    press(&room.lead, "みんなへ").await?;
    press(&room.lead, "気づいたことと").await?;
    for (_, words) in (0..3).flat_map(partings) {
        says(&room.lead, "dialog[open]", &words).await?;
    }
    room.lead.press("Escape").await?;
    AtBoard(&room.lead).no_sheet().await
}
