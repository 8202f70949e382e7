//! Cards dragged with a real mouse on the large view: to another effect, to another place among the causes of one; what refuses,
//! what ends a drag, what is no drag; and what others do meanwhile. It is what the picker and the keys do, in one step.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use shared::docs::board::{BoardOp, Place};
use shared::{CardId, LaneId};
use tests::browser::table::{CARD, THEME, Table};
use tests::browser::{Device, Mouse, Page, SOON, Shape};

const BELOW: &str = "仕事が増える";
const BESIDE: &str = "昼間に集まる";
const LAST: &str = "会費が高い";

/// On a card: its middle, its upper edge, its lower one.
const MIDDLE: (f64, f64) = (0.5, 0.5);
const UPPER: (f64, f64) = (0.5, 0.1);
const LOWER: (f64, f64) = (0.5, 0.92);
/// The head of a card, where nothing is to be pressed.
const GRIP: (f64, f64) = (0.7, 0.12);

/// Theme ─ CARD ─ BELOW, theme ─ BESIDE, theme ─ LAST.
async fn lay(test: &str, shape: Shape) -> Result<Option<(Table, [CardId; 3])>> {
    let Some(table) = Table::lay(test, Device { shape, ..Device::LAPTOP }).await? else { return Ok(None) };
    let below = table.others().add(table.card, BELOW)?;
    let beside = table.others().add(CardId::THEME, BESIDE)?;
    let last = table.others().add(CardId::THEME, LAST)?;
    table.peer.saved(SOON).await?;
    for text in [BELOW, BESIDE, LAST] {
        table.board().card(text).await?;
    }
    Ok(Some((table, [below, beside, last])))
}

async fn face(table: &Table, text: &str) -> Result<String> {
    Ok(format!("#{} > .card", table.board().card(text).await?))
}

/// Takes a card and goes to a place of another one.
async fn drag<'a>(table: &'a Table, card: &str, onto: &str, part: (f64, f64)) -> Result<Mouse<'a>> {
    let mut mouse = Mouse::over(&table.page);
    mouse.onto(&face(table, card).await?, GRIP).await?;
    mouse.press(1).await?;
    mouse.onto(&face(table, onto).await?, part).await?;
    Ok(mouse)
}

/// What the ghost says, and how the place is marked.
async fn shows(page: &Page, words: &str, mark: &str) -> Result<()> {
    let script = "return document.querySelector('.drag-says')?.textContent.includes(arguments[0])
        && document.querySelector('.drop-mark').matches(arguments[1])";
    page.until(&format!("the ghost to say {words}"), script, vec![json!(words), json!(mark)]).await.map(drop)
}

async fn no_ghost(page: &Page) -> Result<()> {
    let script = "return !document.querySelector('.drag-layer, .dragged, .drags')";
    page.until("no drag", script, vec![]).await.map(drop)
}

async fn says(page: &Page, words: &str) -> Result<()> {
    let script = "return document.querySelector('.said [role=status]').textContent.includes(arguments[0])";
    page.until(&format!("the page to say {words}"), script, vec![json!(words)]).await.map(drop)
}

async fn focus_on(table: &Table, text: &str) -> Result<()> {
    let id = table.board().card(text).await?;
    let script = "return document.activeElement.id === arguments[0]";
    table.page.until(&format!("the focus on 「{text}」"), script, vec![json!(id)]).await.map(drop)
}

/// The causes of the theme, in order.
async fn first_level(table: &Table, wanted: &[&str]) -> Result<()> {
    let first = |tree: &tests::browser::Outline| -> Vec<String> {
        tree.0.iter().filter(|line| line.level == 1).map(|line| line.text.clone()).collect()
    };
    table.board().until(&format!("{wanted:?}"), |tree| first(tree) == wanted).await.map(drop)
}

/// Nothing has moved, here and there.
async fn all_as_before(table: &Table) -> Result<()> {
    no_ghost(&table.page).await?;
    let tree = table.board().outline().await?;
    ensure!(tree.causes() == [CARD, BELOW, BESIDE, LAST] && tree.above(BELOW)? == CARD, "{tree}");
    let undo = "return document.querySelector('.board-tools .back').getAttribute('aria-disabled')";
    ensure!(table.page.eval(undo, vec![]).await? == json!("true"), "there is a step to undo");
    Ok(())
}

async fn under_another_card(table: &Table, _: &[CardId; 3]) -> Result<()> {
    let page = &table.page;
    let mut mouse = drag(table, BESIDE, CARD, MIDDLE).await?;
    shows(page, "この原因にする", ".under").await?;
    page.find(".node.dragged").await?;
    mouse.release().await?;
    table.board().until("the move", |tree| tree.above(BESIDE).is_ok_and(|up| up == CARD)).await?;
    no_ghost(page).await?;
    says(page, &format!("「{CARD}」の下へ動かしました")).await?;
    focus_on(table, BESIDE).await?;
    let there = table.others_see(BESIDE).await?;
    let moved = |docs: &server::client::Docs| {
        docs.board(shared::GroupId(1)).is_some_and(|board| board.view().home(there) == Some(table.card))
    };
    table.peer.until("the move", SOON, moved).await?;
    page.press("Control+z").await?;
    first_level(table, &[CARD, BESIDE, LAST]).await?;
    all_as_before(table).await?;
    page.behaved().await
}

async fn before_and_after_its_siblings(table: &Table, _: &[CardId; 3]) -> Result<()> {
    let page = &table.page;
    // All of it in sight.
    page.press("f").await?;
    let mut mouse = drag(table, LAST, CARD, UPPER).await?;
    shows(page, "この上に並べる", ".beside").await?;
    let stands = mouse.place(&face(table, CARD).await?, MIDDLE).await?;
    mouse.release().await?;
    first_level(table, &[LAST, CARD, BESIDE]).await?;
    let now = mouse.place(&face(table, CARD).await?, MIDDLE).await?;
    ensure!((stands.0 - now.0).abs() < 1.0 && (stands.1 - now.1).abs() < 1.0, "{stands:?} became {now:?}");
    says(page, &format!("「{CARD}」の上に並べました")).await?;
    focus_on(table, LAST).await?;
    let mut mouse = drag(table, LAST, BESIDE, LOWER).await?;
    shows(page, "この下に並べる", ".beside").await?;
    mouse.release().await?;
    first_level(table, &[CARD, BESIDE, LAST]).await?;
    // To the causes of another effect, at a place among them.
    let mut mouse = drag(table, LAST, BELOW, UPPER).await?;
    shows(page, "この上に並べる", ".beside").await?;
    mouse.release().await?;
    table.board().until("it stands first", |tree| tree.causes() == [CARD, LAST, BELOW, BESIDE]).await?;
    says(page, &format!("「{CARD}」の下へ動かしました")).await?;
    for wanted in [&[CARD, BESIDE, LAST], &[LAST, CARD, BESIDE], &[CARD, BESIDE, LAST]] {
        page.press("Control+z").await?;
        first_level(table, wanted).await?;
    }
    all_as_before(table).await?;
    page.behaved().await
}

async fn what_it_cannot_be_under_refuses(table: &Table, _: &[CardId; 3]) -> Result<()> {
    let page = &table.page;
    for part in [MIDDLE, UPPER] {
        let mut mouse = drag(table, CARD, BELOW, part).await?;
        shows(page, "自分自身の下に入れることはできません", ".refused").await?;
        mouse.release().await?;
        says(page, "自分自身の下に入れることはできません").await?;
        all_as_before(table).await?;
    }
    // Where it is already, nothing happens either.
    for (onto, part) in [(LAST, MIDDLE), (BESIDE, LOWER)] {
        let mut mouse = drag(table, LAST, onto, part).await?;
        shows(page, "元の場所です", ":not(.under, .beside, .refused)").await?;
        mouse.release().await?;
        all_as_before(table).await?;
    }
    page.behaved().await
}

async fn a_drag_is_given_up(table: &Table, _: &[CardId; 3]) -> Result<()> {
    let page = &table.page;
    let mut mouse = drag(table, BESIDE, CARD, MIDDLE).await?;
    shows(page, "この原因にする", ".under").await?;
    page.press("Escape").await?;
    no_ghost(page).await?;
    mouse.release().await?;
    all_as_before(table).await?;
    let mut mouse = drag(table, BESIDE, CARD, MIDDLE).await?;
    shows(page, "この原因にする", ".under").await?;
    page.eval("window.dispatchEvent(new Event('blur'))", vec![]).await?;
    no_ghost(page).await?;
    mouse.release().await?;
    all_as_before(table).await?;
    for beside in ["#board-bar", "#board-scroll"] {
        let mut mouse = drag(table, BESIDE, CARD, MIDDLE).await?;
        mouse.onto(beside, (0.5, 0.97)).await?;
        shows(page, "ここで放しても動きません", ":not(.under, .beside, .refused)").await?;
        mouse.release().await?;
        all_as_before(table).await?;
    }
    page.behaved().await
}

async fn what_is_no_drag(table: &Table, _: &[CardId; 3]) -> Result<()> {
    let page = &table.page;
    // A hand that trembles presses.
    let card = face(table, BESIDE).await?;
    let mut mouse = Mouse::over(page);
    let (x, y) = mouse.place(&card, GRIP).await?;
    mouse.to((x, y)).await?;
    mouse.press(1).await?;
    mouse.to((x + 3.0, y + 3.0)).await?;
    mouse.release().await?;
    focus_on(table, BESIDE).await?;
    ensure!(page.has(&format!("{card}.chosen")).await?, "a press chooses the card");
    all_as_before(table).await?;
    // The second press of two selects words, and goes on to select.
    mouse.onto(&format!("{card} > .card-text"), (0.12, 0.7)).await?;
    for press in [1, 2] {
        if press == 2 {
            mouse.release().await?;
        }
        mouse.press(press).await?;
    }
    mouse.onto(&format!("{card} > .card-text"), (0.9, 0.7)).await?;
    ensure!(!page.has(".drag-layer").await?, "selecting text drags");
    mouse.release().await?;
    let selected = page.text_of("return getSelection().toString()", vec![]).await?;
    ensure!(!selected.is_empty(), "no text is selected");
    all_as_before(table).await?;
    page.eval("getSelection().removeAllRanges()", vec![]).await?;
    // Buttons, the theme, a field that is open.
    for (from, part) in [(format!("{card} .why"), MIDDLE), (face(table, THEME).await?, GRIP)] {
        mouse.onto(&from, part).await?;
        mouse.press(1).await?;
        mouse.onto(&face(table, CARD).await?, MIDDLE).await?;
        ensure!(!page.has(".drag-layer").await?, "{from} is dragged");
        mouse.release().await?;
    }
    table.board().begin_below(THEME).await?;
    let mut mouse = drag(table, BESIDE, CARD, MIDDLE).await?;
    ensure!(!page.has(".drag-layer").await?, "a card is dragged while one writes");
    mouse.release().await?;
    page.behaved().await
}

async fn who_looks_on_drags_nothing(table: &Table, _: &[CardId; 3]) -> Result<()> {
    let observer = table.observer().await?;
    tests::browser::AtBoard(&observer).card(LAST).await?;
    let mut mouse = Mouse::over(&observer);
    mouse.onto(&face(table, BESIDE).await?, GRIP).await?;
    mouse.press(1).await?;
    mouse.onto(&face(table, CARD).await?, MIDDLE).await?;
    ensure!(!observer.has(".drag-layer").await?, "an observer drags");
    mouse.release().await?;
    table.end().await?;
    table.page.find("main .banner").await?;
    let mut mouse = drag(table, BESIDE, CARD, MIDDLE).await?;
    ensure!(!table.page.has(".drag-layer").await?, "a card is dragged after the end");
    mouse.release().await?;
    table.page.behaved().await?;
    observer.behaved().await
}

async fn what_others_do_meanwhile(table: &Table, [below, beside, _]: &[CardId; 3]) -> Result<()> {
    let page = &table.page;
    // The card moves elsewhere and cards come: the drag goes on.
    let mut mouse = drag(table, BESIDE, CARD, MIDDLE).await?;
    shows(page, "この原因にする", ".under").await?;
    table.others().move_to(*beside, *below, Place::Last)?;
    table.others().add_at(CardId::THEME, Place::First, "合図")?;
    table.board().card("合図").await?;
    mouse.onto(&face(table, LAST).await?, MIDDLE).await?;
    shows(page, "この原因にする", ".under").await?;
    page.find(".node.dragged").await?;
    mouse.release().await?;
    table.board().until("the move", |tree| tree.above(BESIDE).is_ok_and(|up| up == LAST)).await?;
    // It goes: the drag ends, in words, with a way back.
    let mut mouse = drag(table, BESIDE, CARD, MIDDLE).await?;
    shows(page, "この原因にする", ".under").await?;
    table.others().remove(*beside)?;
    no_ghost(page).await?;
    says(page, "動かしていたカードは、ほかの人が取り除きました").await?;
    mouse.release().await?;
    table.board().until("the removal", |tree| tree.count(BESIDE) == 0).await?;
    page.click(".said .button").await?;
    table.board().until("the card again", |tree| tree.above(BESIDE).is_ok_and(|up| up == LAST)).await?;
    page.behaved().await
}

/// A lane comes before any other order: beside a card is in its lane.
async fn into_a_lane(table: &Table, [_, beside, last]: &[CardId; 3]) -> Result<()> {
    let lane = table.others().apply(BoardOp::PutLane { lane: None, name: "役所".to_owned() })?;
    for card in [beside, last] {
        table.others().apply(BoardOp::SetLane { card: *card, lane: Some(LaneId::from(lane)) })?;
    }
    table.peer.saved(SOON).await?;
    first_level(table, &[BESIDE, LAST, CARD]).await?;
    let mut mouse = drag(table, CARD, LAST, UPPER).await?;
    shows(&table.page, "この上に並べる", ".beside").await?;
    mouse.release().await?;
    first_level(table, &[BESIDE, CARD, LAST]).await?;
    let own = format!("{} .lane", face(table, CARD).await?);
    table.page.find(&own).await?;
    table.page.press("Control+z").await?;
    first_level(table, &[BESIDE, LAST, CARD]).await?;
    ensure!(!table.page.has(&own).await?, "one step takes it out of its lane again");
    table.page.behaved().await
}

async fn scrolled(page: &Page) -> Result<Value> {
    let script = "const room = document.getElementById('board-scroll'); return [room.scrollLeft, room.scrollTop]";
    page.eval(script, vec![]).await
}

/// What is out of sight comes when a card is held near the edge; the ground moves the window.
async fn far_away(table: &Table, _: &[CardId; 3]) -> Result<()> {
    let page = &table.page;
    let mut mouse = Mouse::over(page);
    mouse.onto(&face(table, CARD).await?, GRIP).await?;
    mouse.press(1).await?;
    mouse.release().await?;
    focus_on(table, CARD).await?;
    for n in 0..12 {
        table.others().add(CardId::THEME, &format!("{n}人目もそう言っていた"))?;
    }
    table.peer.saved(SOON).await?;
    table.board().card("11人目もそう言っていた").await?;
    page.press("0").await?;
    let mut mouse = drag(table, CARD, BESIDE, MIDDLE).await?;
    let before = scrolled(page).await?;
    mouse.onto("#board-scroll", (0.3, 0.99)).await?;
    let last = face(table, "11人目もそう言っていた").await?;
    let shown = "const room = document.getElementById('board-scroll').getBoundingClientRect();
        return document.querySelector(arguments[0]).getBoundingClientRect().bottom < room.bottom - 20";
    page.until("the last card in sight", shown, vec![json!(last)]).await?;
    mouse.onto(&last, MIDDLE).await?;
    shows(page, "この原因にする", ".under").await?;
    mouse.release().await?;
    table.board().until("the move", |tree| tree.above(CARD).is_ok_and(|up| up.starts_with("11"))).await?;
    let there = scrolled(page).await?;
    ensure!(there != before, "nothing was scrolled");
    let mut mouse = Mouse::over(page);
    mouse.onto("#board-scroll", (0.04, 0.3)).await?;
    mouse.press(1).await?;
    mouse.onto("#board-scroll", (0.04, 0.7)).await?;
    page.find("#board-scroll.pans").await?;
    mouse.release().await?;
    ensure!(!page.has("#board-scroll.pans").await?, "the ground is still held");
    ensure!(scrolled(page).await? != there, "the ground does not move the window");
    page.behaved().await
}

macro_rules! on_large_screens {
    ($($name:ident: $laptop:ident $(, $tablet:ident)?;)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $laptop() -> Result<()> {
            let Some((table, ids)) = lay(stringify!($laptop), Shape::Laptop).await? else { return Ok(()) };
            $name(&table, &ids).await
        }

        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $tablet() -> Result<()> {
            let Some((table, ids)) = lay(stringify!($tablet), Shape::Tablet).await? else { return Ok(()) };
            $name(&table, &ids).await
        })?
    )*};
}

on_large_screens! {
    under_another_card: under_another_card_on_a_laptop, under_another_card_on_a_tablet;
    before_and_after_its_siblings: before_and_after_its_siblings_on_a_laptop, before_and_after_its_siblings_on_a_tablet;
    what_it_cannot_be_under_refuses: its_own_branch_refuses;
    a_drag_is_given_up: a_drag_is_given_up_and_nothing_has_happened;
    what_is_no_drag: a_press_a_selection_a_field_are_no_drag;
    who_looks_on_drags_nothing: who_looks_on_and_who_comes_after_the_end_drag_nothing;
    what_others_do_meanwhile: others_do_what_they_like_meanwhile;
    into_a_lane: beside_a_card_is_in_its_lane;
    far_away: what_is_far_away_is_reached;
}
