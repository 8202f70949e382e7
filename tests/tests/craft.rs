//! What a group does with cards beside writing them: one cause of two effects, two cards that say the same, one that says two
//! things, one that is missing between; what it says about them; lanes; cards found again. On a phone by touch, on the large view
//! by keys; and always one step to undo, and the same on the other's board.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use shared::CardId;
use shared::docs::board::{BoardOp, Line, Reach, StarFor, Stop};
use shared::text::Splice;
use tests::browser::SOON;
use tests::browser::table::{CARD, THEME, Table};

const BELOW: &str = "仕事が増える一方だ";
const BESIDE: &str = "何をする所か知らない";
const DEEP: &str = "説明を受けたことがない";

/// Theme ─ CARD ─ BELOW, theme ─ BESIDE ─ DEEP.
async fn grow(table: &Table) -> Result<[CardId; 3]> {
    let below = table.others().add(table.card, BELOW)?;
    let beside = table.others().add(CardId::THEME, BESIDE)?;
    let deep = table.others().add(beside, DEEP)?;
    table.peer.saved(SOON).await?;
    for text in [CARD, BELOW, BESIDE, DEEP] {
        table.board().card(text).await?;
    }
    Ok([below, beside, deep])
}

async fn references(table: &Table, card: &str) -> Result<Value> {
    let id = table.board().card(card).await?;
    let script = "return [...document.querySelectorAll(`#${arguments[0]} > .card .reference`)]
        .map((r) => r.textContent)";
    table.page.eval(script, vec![json!(id)]).await
}

async fn until_references(table: &Table, card: &str, wanted: &[&str]) -> Result<()> {
    let id = table.board().card(card).await?;
    let script = "const found = [...document.querySelectorAll(`#${arguments[0]} > .card .reference`)]
        .map((r) => r.textContent); return JSON.stringify(found) === JSON.stringify(arguments[1])";
    table
        .page
        .until(&format!("references of 「{card}」: {wanted:?}"), script, vec![json!(id), json!(wanted)])
        .await
        .map(drop)
}

async fn others_board<T>(
    table: &Table,
    what: &str,
    read: impl Fn(&shared::docs::board::Board) -> Option<T>,
) -> Result<T> {
    let group = shared::GroupId(1);
    let find = |docs: &server::client::Docs| docs.board(group).and_then(|board| read(board.view()));
    table.peer.until(what, SOON, |docs| find(docs).is_some()).await?;
    table.peer.read(find).ok_or_else(|| anyhow::anyhow!("{what} was there"))
}

/// A cause of two effects is drawn once, and shown at both; one tap leads there.
async fn links(table: &Table) -> Result<()> {
    let [below, beside, _] = grow(table).await?;
    let board = table.board();
    board.pick(BELOW, "↗", BESIDE).await?;
    until_references(table, BESIDE, &[&format!("↗{BELOW}")]).await?;
    until_references(table, BELOW, &[&format!("↖{BESIDE}")]).await?;
    ensure!(board.outline().await?.count(BELOW) == 1, "it is drawn once");
    others_board(table, "the link", |board| board.references(beside).contains(&below).then_some(())).await?;
    // The way there and back.
    let id = board.card(BESIDE).await?;
    table.page.click(&format!("#{id} > .card .reference")).await?;
    let there = board.card(BELOW).await?;
    let focus = "return document.activeElement.id === arguments[0]";
    table.page.until("the focus on the card itself", focus, vec![json!(there)]).await?;
    // What is above cannot become a cause: it is not offered.
    board.open_place(CARD).await?;
    board.choose("↗").await?;
    let offered = table.page.eval(
        "return [...document.querySelectorAll('dialog[open] .choice-card')].map((b) => b.textContent.replace(/^[^:]*: /, ''))",
        vec![],
    );
    let offered = offered.await?;
    ensure!(offered == json!([BESIDE, DEEP]), "no own causes, not where it is already: {offered}");
    table.page.press("Escape").await?;
    board.no_sheet().await?;
    board.undo().await?;
    until_references(table, BESIDE, &[]).await?;
    // And taken away by hand.
    board.pick(BELOW, "↗", BESIDE).await?;
    until_references(table, BESIDE, &[&format!("↗{BELOW}")]).await?;
    board.open_place(BELOW).await?;
    table.page.click("dialog[open] .linked-row .quiet").await?;
    table.page.press("Escape").await?;
    board.no_sheet().await?;
    until_references(table, BESIDE, &[]).await
}

/// The branch of a removed effect stays at the other one.
async fn a_linked_cause_outlives_its_first_effect(table: &Table) -> Result<()> {
    let [below, beside, _] = grow(table).await?;
    table.others().apply(BoardOp::LinkCard { card: below, under: beside })?;
    table.peer.saved(SOON).await?;
    let board = table.board();
    until_references(table, BESIDE, &[&format!("↗{BELOW}")]).await?;
    board.remove(CARD).await?;
    board.until("the cause at its other effect", |tree| tree.above(BELOW).is_ok_and(|above| above == BESIDE)).await?;
    ensure!(references(table, BESIDE).await? == json!([]), "it is drawn there now");
    board.undo().await?;
    board.until("all as before", |tree| tree.above(BELOW).is_ok_and(|above| above == CARD)).await?;
    until_references(table, BESIDE, &[&format!("↗{BELOW}")]).await
}

/// Two cards that say the same become one; both wordings stay; what others wrote below is there.
async fn merges(table: &Table) -> Result<()> {
    let [below, _, deep] = grow(table).await?;
    let board = table.board();
    board.mark(DEEP, "fact").await?;
    board.star(DEEP).await?;
    board.pick(DEEP, "＝", BELOW).await?;
    board.until("one card", |tree| tree.count(DEEP) == 0).await?;
    until_references(table, BESIDE, &[&format!("↗{BELOW}")]).await?;
    let line = board.until("the marks that follow", |tree| tree.line(BELOW).is_ok_and(|line| line.starred)).await?;
    ensure!(line.line(BELOW)?.mark.as_deref() == Some("fact"), "{line}");
    // Somebody who did not know of it adds a cause to the merged card.
    table.others().apply(BoardOp::AddCard {
        parent: deep,
        place: shared::docs::board::Place::Last,
        text: "名簿がない".into(),
        start: 900,
    })?;
    table.peer.saved(SOON).await?;
    board.until("it is below the one that stays", |tree| tree.above("名簿がない").is_ok_and(|a| a == BELOW)).await?;
    board.open_place(BELOW).await?;
    let said =
        table.page.text_of("return document.querySelector('dialog[open] .linked').parentElement.textContent", vec![]);
    ensure!(said.await?.contains(DEEP), "both wordings can be read");
    table.page.press("Escape").await?;
    board.no_sheet().await?;
    others_board(table, "the merger", |board| (board.stands_for(deep) == below).then_some(())).await?;
    board.undo().await?;
    board.until("two cards again", |tree| tree.count(DEEP) == 1).await?;
    let tree = board.outline().await?;
    ensure!(!tree.line(BELOW)?.starred && tree.line(BELOW)?.mark.is_none(), "one step took all of it back:\n{tree}");
    ensure!(tree.above("名簿がない")? == DEEP, "what was added to it stays with it:\n{tree}");
    Ok(())
}

/// A card between two, written by touch or by key, is one step.
async fn between(table: &Table) -> Result<()> {
    grow(table).await?;
    let board = table.board();
    board.open_place(BELOW).await?;
    board.choose("＋").await?;
    board.typing("だれも全部を知らない").await?;
    board
        .until("it stands between", |tree| {
            let above = |text| tree.above(text).map(str::to_owned);
            above(BELOW).is_ok_and(|a| a == "だれも全部を知らない")
                && above("だれも全部を知らない").is_ok_and(|a| a == CARD)
        })
        .await?;
    board.finish().await?;
    table.others_see("だれも全部を知らない").await?;
    board.undo().await?;
    board
        .until("as it was", |tree| {
            tree.count("だれも全部を知らない") == 0 && tree.above(BELOW).is_ok_and(|a| a == CARD)
        })
        .await
        .map(drop)
}

/// Two causes in one card become two cards where the caret is.
async fn splits(table: &Table) -> Result<()> {
    let both = "役員の仕事が多く、会費の使い道も見えない";
    let card = table.others().add(CardId::THEME, both)?;
    table.peer.saved(SOON).await?;
    let board = table.board();
    board.card(both).await?;
    board.begin_in(both).await?;
    let caret = "document.querySelector('#board-writing textarea').setSelectionRange(9, 9)";
    table.page.eval(caret, vec![]).await?;
    table.page.press("Control+Enter").await?;
    let [head, tail] = ["役員の仕事が多く、", "会費の使い道も見えない"];
    board.until("two cards", |tree| tree.count(head) == 1 && tree.count(tail) == 1).await?;
    ensure!(board.outline().await?.above(tail)? == THEME, "side by side");
    others_board(table, "the head", |board| (board.get(card)?.text.read() == head).then_some(())).await?;
    board.undo().await?;
    board.until("one again", |tree| tree.count(both) == 1 && tree.count(tail) == 0).await.map(drop)
}

/// How we know, who can act, why we stop: said with a tap, shown on the card, heard by the others; an address opens nothing by
/// itself.
async fn says_about(table: &Table) -> Result<()> {
    grow(table).await?;
    let board = table.board();
    board.open_sheet(CARD).await?;
    table.page.click("dialog[open] .to-act").await?;
    board.choose("■").await?;
    table.page.click("dialog[open] .reach").await?;
    table.page.click("dialog[open] .sheet-group .action").await?;
    table.page.type_here("9月の役員会で聞いた https://example.jp/a を見た").await?;
    table.page.press("Enter").await?;
    let shut = "return document.querySelector('dialog[open] textarea') === null";
    table.page.until("the line to close", shut, vec![]).await?;
    table.page.click("dialog[open] .stop").await?;
    let hidden =
        "const a = document.querySelector('dialog[open] a'); return a !== null && !a.closest('details').open && a.rel.includes('noopener')
        && a.getAttribute('href') === 'https://example.jp/a'";
    table.page.until("an address that waits to be asked for", hidden, vec![]).await?;
    table.page.press("Escape").await?;
    board.no_sheet().await?;
    let card = table.card;
    others_board(table, "all of it", |board| {
        let card = board.get(card)?;
        let said =
            card.reach == Some(Reach::Us) && card.stop == Some(Stop::WouldEnd) && card.star.is_for(StarFor::PlaceToAct);
        (said && card.line(Line::Evidence).read().starts_with("9月の役員会")).then_some(())
    })
    .await?;
    let id = board.card(CARD).await?;
    let shown = format!(
        "const card = document.querySelector('#{id} > .card').textContent;
        return ['9月の役員会', '◆', '自分たち', 'ここで止める'].every((said) => card.includes(said))"
    );
    table.page.until("what the card shows", &shown, vec![]).await.map(drop)
}

/// Cards by their marks: listed, and made to stand out.
async fn finds(table: &Table) -> Result<()> {
    let [below, ..] = grow(table).await?;
    table.others().mark(below, Some(shared::docs::board::Mark::ToCheck))?;
    table.peer.saved(SOON).await?;
    let board = table.board();
    board.until("the mark", |tree| tree.line(BELOW).is_ok_and(|line| line.mark.is_some())).await?;
    table.page.click("#board-tree .node > .card .card-text").await?;
    table.page.press("/").await?;
    let press = "const chip = [...document.querySelectorAll('dialog[open] .chips-row button')]
        .find((b) => b.textContent.includes('要確認')); if (chip) { chip.click(); } return chip !== undefined";
    table.page.until("the chip of the mark", press, vec![]).await?;
    let listed = "const found = [...document.querySelectorAll('dialog[open] .choice-card')].map((b) => b.textContent);
        return found.length === 1 && found[0].includes(arguments[0])";
    table.page.until("the one card", listed, vec![json!(BELOW)]).await?;
    board.choose("☀").await?;
    board.no_sheet().await?;
    let back =
        "return [...document.querySelectorAll('.card.stands-back .card-text')].map((t) => t.textContent).sort().join()";
    let wanted = {
        let mut all = [CARD, BESIDE, DEEP];
        all.sort_unstable();
        all.join(",")
    };
    table.page.until("the others to stand back", &format!("{back} === arguments[0]"), vec![json!(wanted)]).await?;
    table.page.click(".lit-strip .button").await?;
    table.page.until("all as before", &format!("{back} === ''"), vec![]).await.map(drop)
}

/// Lanes order the first level; nobody has to use them.
async fn lanes(table: &Table) -> Result<()> {
    grow(table).await?;
    let board = table.board();
    table.page.click("#board-tree .node > .card .card-text").await?;
    table.page.press("n").await?;
    for name in ["役所", "住む人"] {
        table.page.type_into("#lane-name", name).await?;
        table.page.press("Enter").await?;
        let there = "return document.querySelector('dialog[open] .linked').textContent.includes(arguments[0])";
        table.page.until(name, there, vec![json!(name)]).await?;
    }
    table.page.press("Escape").await?;
    board.no_sheet().await?;
    for (card, lane) in [(CARD, "住む人"), (BESIDE, "役所")] {
        board.open_place(card).await?;
        let press = "const lane = [...document.querySelectorAll('dialog[open] .chips-row button')]
            .find((b) => b.textContent.includes(arguments[0])); if (lane) { lane.click(); } return lane !== undefined";
        table.page.until(lane, press, vec![json!(lane)]).await?;
        board.close_sheet().await?;
    }
    let order =
        "return [...document.querySelectorAll('.card .lane')].map((lane) => lane.textContent).join() === '役所,住む人'";
    table.page.until("lane by lane", order, vec![]).await?;
    let first: Vec<String> = board.outline().await?.0.into_iter().filter(|l| l.level == 1).map(|l| l.text).collect();
    ensure!(first == [BESIDE, CARD], "{first:?}");
    Ok(())
}

/// The first wording is kept, and who changed it, however often.
async fn first_wordings(table: &Table) -> Result<()> {
    let board = table.board();
    board.append(CARD, "くて、だれも引き受けない").await?;
    table.others_see("役員が重いくて、だれも引き受けない").await?;
    table.others().splice(table.card, &Splice { at: 5, delete: 2, insert: "過ぎて".into() })?;
    table.peer.saved(SOON).await?;
    board.card("役員が重い過ぎて、だれも引き受けない").await?;
    board.open_place("役員が重い過ぎて、だれも引き受けない").await?;
    let script = "return document.querySelector('dialog[open] .history').textContent";
    let told = table.page.text_of(script, vec![]).await?;
    ensure!(told.contains(CARD) && told.contains("山田") && told.contains("あなた"), "{told}");
    Ok(())
}

/// Everything that can be done is in one list, found by a word and run with Enter.
async fn palette(table: &Table) -> Result<()> {
    grow(table).await?;
    let board = table.board();
    let id = board.card(BELOW).await?;
    table.page.click(&format!("#{id} > .card .card-text")).await?;
    table.page.press("?").await?;
    table.page.type_into("dialog[open] input[type=search]", "事実").await?;
    let one = "return document.querySelectorAll('dialog[open] .menu button').length === 1";
    table.page.until("one command", one, vec![]).await?;
    table.page.press("Tab").await?;
    table.page.press("Enter").await?;
    board.no_sheet().await?;
    board
        .until("the mark", |tree| tree.line(BELOW).is_ok_and(|line| line.mark.as_deref() == Some("fact")))
        .await
        .map(drop)
}

tests::on_both! {
    links: a_cause_of_two_effects_on_a_phone, a_cause_of_two_effects_on_the_large_view;
    a_linked_cause_outlives_its_first_effect: outlives_on_a_phone, outlives_on_the_large_view;
    merges: two_become_one_on_a_phone, two_become_one_on_the_large_view;
    between: between_two_on_a_phone, between_two_on_the_large_view;
    splits: one_becomes_two_on_a_phone, one_becomes_two_on_the_large_view;
    says_about: said_about_a_card_on_a_phone, said_about_a_card_on_the_large_view;
    finds: found_again_on_a_phone, found_again_on_the_large_view;
    lanes: lanes_on_a_phone, lanes_on_the_large_view;
    first_wordings: the_first_wording_on_a_phone, the_first_wording_on_the_large_view;
    palette: the_palette_on_a_phone, the_palette_on_the_large_view;
}
