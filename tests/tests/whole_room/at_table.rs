//! What a group does in each kind of step, on both of its phones.

use super::*;

/// Everybody does what the step is for, and sees what the others at the table did.
pub async fn acts(room: &Room, kind: Kind) -> Result<()> {
    match kind {
        Kind::CheckIn => room.all(|n| meet(&room.tables[n])).await,
        Kind::Theme => room.all(|n| choose_theme(&room.tables[n])).await,
        Kind::Silence => room.all(|n| write_in_silence(room, n)).await,
        Kind::Turns => room.all(|n| speak(&room.tables[n])).await,
        Kind::Deepen => room.all(|n| deepen(&room.tables[n])).await,
        Kind::ReadBack => room.all(|n| read_back(&room.tables[n])).await,
        Kind::Star => room.all(|n| star(&room.tables[n])).await,
        Kind::OneTwoFour => together::one_two_four(room).await,
        Kind::Dots => together::dots(room).await,
        Kind::Gallery => together::walk(room).await,
        Kind::CheckOut => room.all(|n| part(&room.tables[n])).await,
        Kind::Free => room.all(|n| be_free(&room.tables[n])).await,
    }
}

const YOURS: &str = "あなたの番です";

/// What is written in silence at a phone.
pub fn slip(n: usize, phone: usize) -> String {
    format!("{}が見た原因その{}", NAMES[n][phone], phone + 1)
}

/// The cause that a group finds below the first of them.
pub fn deeper(n: usize) -> String {
    format!("{}班がさらに深めた原因", n + 1)
}

async fn meet(table: &Table) -> Result<()> {
    for page in &table.phones {
        for name in NAMES[table.n] {
            says(page, ".check-in .people", if name == page.who() { "あなた" } else { name }).await?;
        }
    }
    Ok(())
}

async fn choose_theme(table: &Table) -> Result<()> {
    let [one, two] = &table.phones;
    one.click(".card.theme").await?;
    one.type_here(table.theme()).await?;
    one.press("Enter").await?;
    AtBoard(two).card(table.theme()).await.map(drop)
}

async fn write_in_silence(room: &Room, n: usize) -> Result<()> {
    let table = &room.tables[n];
    for (at, page) in table.phones.iter().enumerate() {
        page.click("#silent-field").await?;
        page.type_here(&slip(n, at)).await?;
        page.press("Enter").await?;
        says(page, ".slip-text", &slip(n, at)).await?;
        AtBoard(page).saved().await?;
    }
    Ok(())
}

async fn speak(table: &Table) -> Result<()> {
    let [one, two] = &table.phones;
    let (first, second) = table.boards();
    // What was written in silence lies on the board, on both phones.
    for at in 0..2 {
        try_join(first.card(&slip(table.n, at)), second.card(&slip(table.n, at))).await?;
    }
    one.click(".board .turns .button").await?;
    // As the first phone has it, which may be ahead of the other one or behind it.
    let whose =
        "const now = document.querySelector('.turn-who')?.innerText; return now && now !== arguments[0] ? now : null";
    let mut before = json!("");
    for _ in 0..2 {
        before = one.until("whose turn it is", whose, vec![before]).await?;
        let page = if before == json!(YOURS) { one } else { two };
        says(page, ".turn-who", YOURS).await?;
        page.click(".turns-ways .button.primary").await?;
    }
    try_join(one.sees(".turns-over"), two.sees(".turns-over")).await.map(drop)
}

async fn deepen(table: &Table) -> Result<()> {
    let (one, two) = table.boards();
    two.add(&slip(table.n, 0), &deeper(table.n)).await?;
    one.card(&deeper(table.n)).await?;
    try_join(one.saved(), two.saved()).await.map(drop)
}

async fn read_back(table: &Table) -> Result<()> {
    for page in &table.phones {
        AtBoard(page).open_sheet(&deeper(table.n)).await?;
        press(page, "∴").await?;
        page.find(".reading .answer").await?;
        page.click(".reading .answer.holds").await?;
        page.find(".reading .answer.holds[aria-pressed=true]").await?;
    }
    // Each sees what both have said.
    for page in &table.phones {
        says(page, ".reading", "2").await?;
        page.press("Escape").await?;
        AtBoard(page).no_sheet().await?;
    }
    Ok(())
}

async fn star(table: &Table) -> Result<()> {
    let (one, two) = table.boards();
    one.star(&deeper(table.n)).await?;
    two.until("the star", |tree| tree.line(&deeper(table.n)).is_ok_and(|line| line.starred)).await.map(drop)
}

async fn part(table: &Table) -> Result<()> {
    for (page, (button, words)) in table.phones.iter().zip(partings(table.n)) {
        page.click(button).await?;
        page.find(".check-out textarea.field").await?;
        page.type_here(&words).await?;
        page.press("Enter").await?;
    }
    for page in &table.phones {
        for (_, words) in partings(table.n) {
            says(page, ".check-out", &words).await?;
        }
    }
    Ok(())
}

/// What two people write at the end.
pub fn partings(n: usize) -> [(&'static str, String); 2] {
    [
        ("#note-write", format!("{}は原因が結果だと気づいた", NAMES[n][0])),
        ("#note-write-step", format!("{}は来週となりの会に聞きに行く", NAMES[n][1])),
    ]
}

async fn be_free(table: &Table) -> Result<()> {
    let (one, two) = table.boards();
    // Two groups have been here, and each said "us too" once.
    let script = "const card = [...document.querySelectorAll('.card')].find((c) => c.innerText.includes(arguments[0]));
        return card?.querySelector('.reacted')?.innerText.includes('2')";
    one.0.until("what the visitors left", script, vec![json!(deeper(table.n))]).await?;
    let last = format!("{}班が最後に書いた原因", table.group());
    one.add(table.theme(), &last).await?;
    two.card(&last).await.map(drop)
}
