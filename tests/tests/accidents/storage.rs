//! A browser that keeps nothing, because it is forbidden or because there is no room: everything works, and it is said plainly what must
//! not be done.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::browser::{AtBoard, Page};

use crate::{Hall, THEME, keeps_nothing, kept, never_said_saved, says, write_and_listen};

/// As in some browsers' private windows, and where an office forbids it.
pub const FORBIDDEN: &str = "for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, { get() { throw new DOMException('not here', 'SecurityError'); } });
}";
/// Fills what is left, to the last letter.
const FILL: &str = "let n = 0;
    for (let size = 1 << 22; size >= 1; size >>= 1) {
        for (;;) { try { localStorage.setItem(`filler ${n}`, 'x'.repeat(size)); n += 1; } catch (why) { window.full = why.name; break; } }
    }
    return full";
const EMPTY: &str = "Object.keys(localStorage).filter((key) => key.startsWith('filler ')).forEach((key) => localStorage.removeItem(key))";

/// Whether who leaves the page now is asked first.
pub async fn asks(page: &Page) -> Result<bool> {
    let script = "const leave = new Event('beforeunload', { cancelable: true }); dispatchEvent(leave); return leave.defaultPrevented";
    Ok(page.eval(script, vec![]).await? == json!(true))
}

/// Writes a card without a network, and is told that this page alone has it.
async fn only_in_this_page(hall: &Hall, page: &Page, words: &str) -> Result<()> {
    ensure!(!asks(page).await?, "nobody is asked while everything is saved");
    hall.proxy.cut();
    write_and_listen(page, words).await?;
    let told = says(page, "この画面だけ").await?;
    for part in ["この端末には保管できません", "「保存済み」と出るまで", "閉じないで"] {
        ensure!(told.contains(part), "{told}");
    }
    ensure!(asks(page).await?, "leaving would lose words, and nobody is asked");
    never_said_saved(page).await
}

async fn is_saved(hall: &Hall, page: &Page) -> Result<()> {
    hall.proxy.mend();
    AtBoard(page).saved().await?;
    ensure!(!asks(page).await?, "nobody is asked any more once it is saved");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_nothing_may_be_kept_it_is_said_and_everything_works() -> Result<()> {
    let Some(hall) = Hall::open("accidents-forbidden").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", FORBIDDEN).await?;
    AtBoard(&sato).add(THEME, "保管できない端末で").await?;
    AtBoard(&sato).saved().await?;
    only_in_this_page(&hall, &sato, "切れているあいだに").await?;
    sato.finds_no_barrier("nothing can be kept").await?;
    sato.fits("nothing can be kept").await?;
    sato.shot("only-here").await?;
    sato.other_language().await?;
    let told = says(&sato, "only in this page").await?;
    ensure!(told.contains("cannot keep anything") && told.contains("until it says “Saved”"), "{told}");
    sato.fits("nothing can be kept, in English").await?;
    is_saved(&hall, &sato).await?;
    hall.has_once(&["保管できない端末で", "切れているあいだに"]).await?;
    sato.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_there_is_no_room_it_is_said_and_everything_works() -> Result<()> {
    let Some(hall) = Hall::open("accidents-full").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    let why = sato.eval(FILL, vec![]).await?;
    ensure!(why == json!("QuotaExceededError"), "it is not full: {why}");
    AtBoard(&sato).add(THEME, "いっぱいの端末で").await?;
    AtBoard(&sato).saved().await?;
    only_in_this_page(&hall, &sato, "入りきらないのに").await?;
    // There is room again. What is kept without what was before it would make the server think that it has had that.
    sato.eval(EMPTY, vec![]).await?;
    AtBoard(&sato).add(THEME, "そのあと").await?;
    ensure!(kept(&sato).await?.0 == 0, "a part is kept: {:?}", kept(&sato).await?);
    says(&sato, "この画面だけ").await?;
    // Another tab of the same person comes first, with all that the phone has.
    hall.proxy.mend();
    let other = hall.browser.open_beside(&sato, "佐藤のもう一つ").await?;
    other.goto(&format!("{}{}", hall.proxy.base(), sato.path().await?)).await?;
    AtBoard(&other).card("そのあと").await?;
    is_saved(&hall, &sato).await?;
    // From now on it is kept again, and that is said, too.
    hall.proxy.cut();
    AtBoard(&sato).add(THEME, "もう入る").await?;
    AtBoard(&sato).kept_here().await?;
    ensure!(kept(&sato).await?.0 > 0 && !asks(&sato).await?, "it is kept, so nobody is asked");
    hall.proxy.mend();
    AtBoard(&sato).saved().await?;
    hall.has_once(&["いっぱいの端末で", "入りきらないのに", "そのあと", "もう入る"]).await?;
    keeps_nothing(&sato).await?;
    sato.behaved().await
}
