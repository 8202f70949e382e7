//! What goes wrong in a hall: the server loses its power, and the lead's phone its battery.

use super::*;

/// The moment at which the time is over, as the server has it.
async fn timer(room: &Room) -> Result<Value> {
    let conductor = Conductor::at(&room.naze.base(), &room.made).await?;
    Ok(json!(format!("{:?}", conductor.read(|workshop| workshop.run))))
}

/// It is killed and started again: the same step, the same time, and all that was saved.
pub async fn the_server_is_killed(room: &mut Room, at: usize) -> Result<()> {
    let before = timer(room).await?;
    room.naze.kill();
    room.naze.again().await?;
    ensure!(timer(room).await? == before, "the same step, and the same time is left");
    for page in room.phones() {
        AtBoard(page).saved().await?;
    }
    room.is_at(at).await
}

/// Its page is gone in the middle of a step; another one opens the lead's link and goes on from there.
pub async fn the_leads_phone_dies(room: &mut Room, at: usize) -> Result<()> {
    let before = timer(room).await?;
    let next = room.browser.open("進行役の二台目", Device::PHONE).await?;
    let link = room.link(&room.made.lead.to_string());
    // Its page, with its socket and all that it had in its memory, is gone.
    std::mem::replace(&mut room.lead, next).goto("about:blank").await?;
    room.lead.goto(&link).await?;
    AtWall(&room.lead).ready().await?;
    room.is_at(at).await?;
    ensure!(timer(room).await? == before, "nothing has moved meanwhile");
    Ok(())
}
