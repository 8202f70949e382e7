//! The order of the tiles is the lead's own, and two groups stand side by side.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tiles_are_sorted_when_asked_and_never_by_themselves() -> Result<()> {
    let Some(hall) = Hall::open("wall-order", Device::PHONE, 4).await? else { return Ok(()) };
    let lead = &hall.lead;
    let (third, second) = (hall.someone("高橋", 3).await?, hall.someone("田中", 2).await?);
    let call = |session: &Session, group| {
        session.board(GroupId(group)).apply(BoardOp::CallHelp { given: shared::docs::board::Given::Yes })
    };
    call(&third, 3)?;
    third.saved(SOON).await?;
    says(lead, ".help-queue", "3班").await?;
    ensure!(stand(lead).await? == [1, 2, 3, 4], "nothing moves by itself");
    lead.click("#wall-order").await?;
    owes_nothing(lead, "order").await?;
    press(lead, "いま、声をかけたい順に並べる").await?;
    no_sheet(lead).await?;
    lead.focus_is_on("#wall-order").await?;
    ensure!(stand(lead).await? == [3, 1, 2, 4], "{:?}", stand(lead).await?);
    call(&second, 2)?;
    says(lead, ".help-queue", "2班").await?;
    ensure!(stand(lead).await? == [3, 1, 2, 4], "it was asked for once");
    lead.click("#alone-4").await?;
    press(lead, "いちばん前に固定する").await?;
    no_sheet(lead).await?;
    says(lead, ".tile:nth-child(1) .number", "固定").await?;
    ensure!(stand(lead).await? == [4, 3, 1, 2], "{:?}", stand(lead).await?);
    lead.focus_is_on("#alone-4").await?;
    lead.reload().await?;
    AtWall(lead).ready().await?;
    ensure!(stand(lead).await? == [4, 3, 1, 2], "this device remembers it: {:?}", stand(lead).await?);
    let other = hall.browser.open("二台目", Device::LAPTOP).await?;
    hall.goes_to_wall(&other, hall.made.lead).await?;
    ensure!(stand(&other).await? == [1, 2, 3, 4], "and no other does");
    lead.click("#wall-order").await?;
    press(lead, "番号順に戻す").await?;
    no_sheet(lead).await?;
    ensure!(stand(lead).await? == [4, 1, 2, 3], "what is pinned stays in front: {:?}", stand(lead).await?);
    lead.click("#alone-4").await?;
    press(lead, "固定をやめる").await?;
    no_sheet(lead).await?;
    ensure!(stand(lead).await? == [1, 2, 3, 4], "{:?}", stand(lead).await?);
    lead.focus_is_on("#alone-4").await?;
    lead.behaved().await
}

async fn side_by_side(test: &str, device: Device) -> Result<()> {
    let Some(hall) = Hall::open(test, device, 3).await? else { return Ok(()) };
    let lead = &hall.lead;
    let (first, third) = (hall.someone("佐藤", 1).await?, hall.someone("高橋", 3).await?);
    theme(&first, 1, "空き家が増えている")?;
    let above = first.board(GroupId(1)).add(CardId::THEME, "持ち主がわからない")?;
    theme(&third, 3, "祭りの担い手がいない")?;
    third.board(GroupId(3)).add(CardId::THEME, "準備の日が多い")?;
    third.saved(SOON).await?;
    says(lead, ".tile:nth-child(3) .theme", "祭りの担い手がいない").await?;
    lead.click("#alone-1").await?;
    press(lead, "ほかの班と並べて見る").await?;
    owes_nothing(lead, "compare-choose").await?;
    press(lead, "3班").await?;
    says(lead, ".compare-half:nth-child(1)", "持ち主がわからない").await?;
    says(lead, ".compare-half:nth-child(2)", "準備の日が多い").await?;
    lead.focus_is_on("#wall-back").await?;
    owes_nothing(lead, "compare").await?;
    let halves = places(lead, ".compare-half").await?;
    let (one, other) = (&halves[0], &halves[1]);
    if device == Device::PHONE {
        ensure!(one[0] == other[0] && one[1].as_i64() < other[1].as_i64(), "one below the other: {halves}");
    } else {
        ensure!(one[1] == other[1] && one[0].as_i64() < other[0].as_i64(), "side by side: {halves}");
    }
    // Both go on living, and nothing can be written here.
    first.board(GroupId(1)).add(above, "登記が昔のまま")?;
    says(lead, ".compare-half:nth-child(1) [data-level='2']", "登記が昔のまま").await?;
    ensure!(!lead.has(".compare :is(textarea, input)").await?, "it is to be read");
    lead.press("Escape").await?;
    gone(lead, ".compare").await?;
    lead.focus_is_on("#tile-1").await?;
    lead.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_groups_stand_one_below_the_other_on_a_phone() -> Result<()> {
    side_by_side("wall-compare-phone", Device::PHONE).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_groups_stand_side_by_side_on_a_laptop() -> Result<()> {
    side_by_side("wall-compare-laptop", Device::LAPTOP).await
}
