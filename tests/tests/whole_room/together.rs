//! What all groups do together, round by round, with the lead's thumb: 1-2-4-all, a vote with dots, a walk past each other's boards.

use super::at_table::{deeper, slip};
use super::*;

fn idea(n: usize, phone: usize) -> String {
    format!("{}がひとりで考えたこと", NAMES[n][phone])
}

fn draft(n: usize) -> String {
    format!("{}班のふたりで書いた文", n + 1)
}

/// The lead moves everybody to the next round of the step.
async fn next_round(room: &Room) -> Result<()> {
    tokio::time::sleep(CALM).await;
    room.lead.click(".step-round").await
}

async fn is_in_round(page: &Page, n: usize) -> Result<()> {
    let script = "return [...document.querySelectorAll('.circles li')]
        .findIndex((one) => one.getAttribute('aria-current') === 'step') + 1 === arguments[0]";
    page.until(&format!("round {n}"), script, vec![json!(n)]).await.map(drop)
}

/// Alone, in twos with one draft, at the table, and one card of each group before everybody.
pub async fn one_two_four(room: &Room) -> Result<()> {
    room.all(|n| alone(&room.tables[n])).await?;
    for (n, at) in (0..3).flat_map(|n| [(n, 0), (n, 1)]) {
        for page in room.others().chain([&room.lead]) {
            ensure!(knows(page, &idea(n, at)).await? == (page.who() == NAMES[n][at]), "{} hears of it", page.who());
        }
    }
    next_round(room).await?;
    room.all(|n| in_twos(&room.tables[n])).await?;
    for page in room.tables[1].phones.iter().chain(&room.tables[2].phones) {
        ensure!(!knows(page, &draft(0)).await?, "{}: what others write in twos is theirs", page.who());
    }
    next_round(room).await?;
    room.all(|n| at_the_table(&room.tables[n])).await?;
    for page in room.tables[1].phones.iter().chain(&room.tables[2].phones) {
        ensure!(!knows(page, &draft(0)).await?, "{}: what is chosen comes out with the last round", page.who());
    }
    next_round(room).await?;
    for page in room.others().chain([&room.lead]) {
        for n in 0..3 {
            says(page, ".brought", &draft(n)).await?;
        }
    }
    ensure!(!room.lead.has(".step-round").await?, "there is no fifth round");
    Ok(())
}

async fn alone(table: &Table) -> Result<()> {
    for (at, page) in table.phones.iter().enumerate() {
        page.click("#silent-field").await?;
        page.type_here(&idea(table.n, at)).await?;
        page.press("Enter").await?;
        says(page, ".slip-text", &idea(table.n, at)).await?;
        AtBoard(page).saved().await?;
    }
    Ok(())
}

async fn in_twos(table: &Table) -> Result<()> {
    let [one, two] = &table.phones;
    for page in &table.phones {
        is_in_round(page, 2).await?;
    }
    says(one, ".pair-with", two.who()).await?;
    one.click("#pair-write").await?;
    one.find(".pair-draft textarea.field").await?;
    one.type_here(&draft(table.n)).await?;
    one.press("Enter").await?;
    says(two, ".pair-text", &draft(table.n)).await?;
    AtBoard(one).saved().await
}

async fn at_the_table(table: &Table) -> Result<()> {
    let [one, two] = &table.phones;
    for page in &table.phones {
        is_in_round(page, 3).await?;
        says(page, ".draft-text", &draft(table.n)).await?;
    }
    AtBoard(two).until("what was written alone", |tree| tree.count(&idea(table.n, 0)) == 1).await?;
    two.click(".draft .button").await?;
    AtBoard(one).card(&draft(table.n)).await?;
    one.click(".for-all .button").await?;
    let choose = "const found = [...document.querySelectorAll('dialog[open] .choice-card')]
        .find((one) => one.innerText.includes(arguments[0]));
        found?.click();
        return found !== undefined";
    one.until("the card to choose", choose, vec![json!(draft(table.n))]).await?;
    says(two, ".for-all:not(.none) .for-all-text", &draft(table.n)).await?;
    AtBoard(one).saved().await
}

/// Everybody puts a dot on what the next group has found: a tie of three.
pub async fn dots(room: &Room) -> Result<()> {
    press(&room.lead, "全体で投票する").await?;
    press(&room.lead, "自分の班のものには貼れない").await?;
    press(&room.lead, "シール投票を始める").await?;
    says(&room.lead, "dialog[open]", "結果は締め切ったあとに出ます").await?;
    room.all(|n| vote(room, n)).await?;
    for page in room.others().chain([&room.lead]) {
        ensure!(!knows(page, "人が投票しました").await?, "{} knows how the vote stands", page.who());
    }
    press(&room.lead, "締め切って結果を見る").await?;
    press(&room.lead, "締め切る").await?;
    for page in [&room.helper, &room.observer] {
        press(page, "結果を見る").await?;
    }
    for page in room.others().chain([&room.lead]) {
        says(page, "main, dialog[open]", "6人が投票しました。").await?;
        says(page, "main, dialog[open]", "同点").await?;
    }
    for page in [&room.lead, &room.helper, &room.observer] {
        page.press("Escape").await?;
        AtBoard(page).no_sheet().await?;
    }
    Ok(())
}

async fn vote(room: &Room, n: usize) -> Result<()> {
    let choice = deeper((n + 1) % room.tables.len());
    for page in &room.tables[n].phones {
        let script = "const row = [...document.querySelectorAll('.dot-row')].find((row) => row.innerText.includes(arguments[0]));
            const plus = [...(row?.querySelectorAll('.dot-step') ?? [])].at(-1);
            document.querySelector('[data-test=dot]')?.removeAttribute('data-test');
            plus?.setAttribute('data-test', 'dot');
            return plus !== undefined";
        page.until("the dot of another group", script, vec![json!(choice)]).await?;
        page.click("[data-test=dot]").await?;
        says(page, "main", "投票しました").await?;
        AtBoard(page).saved().await?;
        let own = "const row = [...document.querySelectorAll('.dot-row')].find((row) => row.innerText.includes(arguments[0]));
            return row !== undefined && row.querySelector('.dot-step') === null";
        ensure!(page.eval(own, vec![json!(deeper(n))]).await? == Value::Bool(true), "one's own group is left out");
    }
    Ok(())
}

/// Everybody looks at the next board, then at the one after it: never at their own.
pub async fn walk(room: &Room) -> Result<()> {
    for round in 0..usize::from(GROUPS) - 1 {
        if round > 0 {
            next_round(room).await?;
        }
        room.all(|n| visit(room, n, (n + round + 1) % room.tables.len())).await?;
    }
    Ok(())
}

async fn visit(room: &Room, n: usize, there: usize) -> Result<()> {
    for page in &room.tables[n].phones {
        says(page, ".gallery-where", &format!("{}班", there + 1)).await?;
        AtBoard(page).card(THEMES[there]).await?;
        ensure!(!knows(page, &slip(n, 0)).await?, "one's own board is not beside it");
        ensure!(!page.has(".gallery .card-why, .gallery .board-tools .next").await?, "who visits writes no card");
    }
    let [one, _] = &room.tables[n].phones;
    AtBoard(one).open_sheet(&deeper(there)).await?;
    press(one, "うちも").await?;
    one.find("dialog[open] .reaction[aria-pressed=true]").await?;
    AtBoard(one).close_sheet().await
}
