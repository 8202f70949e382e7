//! Writing in silence: nothing of it is on another phone before the lead goes on, then all of it is, with names or without; and
//! what was not put down in time is not lost.

use anyhow::{Result, ensure};
use serde_json::json;
use shared::docs::workshop::{Kind, Names};
use tests::browser::{AtBoard, Conversion, Page};

use crate::{Hall, SECOND, sees_step, shows_what_is_needed};

const FIELD: &str = "#silent-field";
const KINDS: [Kind; 3] = [Kind::CheckIn, Kind::Silence, Kind::Deepen];

async fn put(page: &Page, words: &str) -> Result<()> {
    page.click(FIELD).await?;
    page.type_here(words).await?;
    page.press("Enter").await?;
    let there = "return [...document.querySelectorAll('.slip-text')].some((e) => e.textContent === arguments[0])";
    page.until(words, there, vec![json!(words)]).await?;
    ensure!(page.value(FIELD).await?.is_empty(), "the field is ready for the next one");
    page.focus_is_on(FIELD).await
}

async fn knows_nothing_of(page: &Page, words: &str) -> Result<()> {
    let script = "return document.documentElement.textContent.includes(arguments[0])
        || Object.values(localStorage).some((kept) => kept.includes(arguments[0]))";
    let knows = page.eval(script, vec![json!(words)]).await?;
    ensure!(knows == json!(false), "{} knows {words}", page.who());
    Ok(())
}

#[tokio::test]
async fn what_is_written_in_silence_comes_to_light_when_the_lead_goes_on() -> Result<()> {
    let Some(hall) = Hall::open("silence", &KINDS).await? else { return Ok(()) };
    hall.lead.begin().await?;
    hall.go(Kind::Silence).await?;
    for page in hall.pages() {
        sees_step(page, Kind::Silence, std::time::Duration::from_secs(20)).await?;
    }
    put(&hall.sato, "役員の負担が重い").await?;
    put(&hall.sato, "頼まれると断れない").await?;
    // A conversion's own Enter puts nothing down; the next one does.
    hall.suzuki.click(FIELD).await?;
    let conversion = Conversion::begin(&hall.suzuki, "よるのかいぎ").await?;
    conversion.enter().await?;
    ensure!(!hall.suzuki.has(".slip").await?, "an Enter that belongs to a conversion");
    conversion.take("夜の会議").await?;
    hall.suzuki.press("Enter").await?;
    hall.suzuki.sees(".slip").await?;
    hall.suzuki.finds_no_barrier("silence, with cards").await?;
    hall.suzuki.fits("silence, with cards").await?;
    AtBoard(&hall.sato).saved().await?;
    AtBoard(&hall.suzuki).saved().await?;
    for words in ["役員の負担が重い", "頼まれると断れない"] {
        knows_nothing_of(&hall.suzuki, words).await?;
        knows_nothing_of(&hall.tanaka, words).await?;
    }
    knows_nothing_of(&hall.sato, "夜の会議").await?;
    // Changed, and taken back, by the keyboard alone.
    hall.sato.click(".slip:first-child .button").await?;
    hall.sato.focus_is_on("#silent-change").await?;
    hall.sato.type_here("すぎる").await?;
    hall.sato.press("Enter").await?;
    hall.sato.focus_is_on(FIELD).await?;
    hall.sato.click(".slip:last-child .button:last-child").await?;
    let left = "return [...document.querySelectorAll('.slip-text')].map((e) => e.textContent).join() === arguments[0]";
    hall.sato.until("one card", left, vec![json!("役員の負担が重いすぎる")]).await?;
    // A reload forgets nothing, what is in the field neither.
    hall.sato.click(FIELD).await?;
    hall.sato.type_here("書きかけの言葉").await?;
    hall.sato.reload().await?;
    hall.sato.sees(FIELD).await?;
    ensure!(hall.sato.value(FIELD).await? == "書きかけの言葉");
    AtBoard(&hall.sato).saved().await?;
    hall.go(Kind::Deepen).await?;
    let board = AtBoard(&hall.suzuki);
    shows_what_is_needed(&hall.suzuki, Kind::Deepen).await?;
    board.until("both cards", |tree| tree.count("役員の負担が重いすぎる") == 1 && tree.count("夜の会議") == 1).await?;
    let outline = board.outline().await?;
    ensure!(outline.count("頼まれると断れない") == 0, "taken back is taken back");
    let author = "return [...document.querySelectorAll('.card')].find((c) => c.innerText.includes(arguments[0]))
        .querySelector('.author').textContent";
    let signed = hall.suzuki.text_of(author, vec![json!("役員の負担が重いすぎる")]).await?;
    ensure!(signed == "佐藤", "signed {signed}");
    // What was not put down in time is offered to its author.
    hall.sato.click(".left-over .button.primary").await?;
    board.until("the late words", |tree| tree.count("書きかけの言葉") == 1).await?;
    let gone = "return document.querySelector('.left-over') === null && document.querySelector('.slip') === null";
    hall.sato.until("nothing left over", gone, vec![]).await?;
    hall.behaved().await
}

#[tokio::test]
async fn a_card_that_is_being_changed_when_the_silence_ends_is_not_torn_away() -> Result<()> {
    let Some(hall) = Hall::open("changed", &KINDS).await? else { return Ok(()) };
    hall.lead.begin().await?;
    hall.go(Kind::Silence).await?;
    sees_step(&hall.sato, Kind::Silence, std::time::Duration::from_secs(20)).await?;
    put(&hall.sato, "役員の負担").await?;
    AtBoard(&hall.sato).saved().await?;
    hall.sato.click(".slip .button").await?;
    hall.sato.focus_is_on("#silent-change").await?;
    let conversion = Conversion::begin(&hall.sato, "がおもい").await?;
    hall.go(Kind::Deepen).await?;
    AtBoard(&hall.suzuki).until("the card", |tree| tree.count("役員の負担") == 1).await?;
    hall.sato.sees(".step-gone-on .button").await?;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    ensure!(hall.sato.value("#silent-change").await? == "役員の負担がおもい", "the conversion goes on");
    conversion.take("が重い").await?;
    hall.sato.press("Enter").await?;
    // The card lies on the board: what it was to say is given back, and nothing is lost.
    let words = "return document.querySelector('.notices textarea')?.value ?? null";
    let back = hall.sato.until("the words", words, vec![]).await?;
    ensure!(back == json!("役員の負担が重い"), "{back}");
    shows_what_is_needed(&hall.sato, Kind::Deepen).await?;
    hall.behaved().await
}

#[tokio::test]
async fn one_phone_for_two_writes_in_silence_for_both() -> Result<()> {
    let Some(hall) = Hall::open("shared", &KINDS).await? else { return Ok(()) };
    hall.sato.click(".seat-others summary").await?;
    hall.sato.type_into("#write-for-name", "山田").await?;
    hall.sato.press("Enter").await?;
    hall.lead.begin().await?;
    hall.go(Kind::Silence).await?;
    sees_step(&hall.sato, Kind::Silence, std::time::Duration::from_secs(20)).await?;
    put(&hall.sato, "佐藤の考え").await?;
    hall.sato.click(".write-for-strip .button").await?;
    let choose = "const found = [...document.querySelectorAll('dialog[open] button')].find((b) => b.textContent.includes('山田'));
        found?.click();
        return found !== undefined";
    hall.sato.until("the other name", choose, vec![]).await?;
    let empty = "return document.querySelector('#silent-field') !== null && document.querySelector('.slip') === null";
    hall.sato.until("a tray of their own", empty, vec![]).await?;
    put(&hall.sato, "山田の考え").await?;
    AtBoard(&hall.sato).saved().await?;
    hall.go(Kind::Deepen).await?;
    let board = AtBoard(&hall.suzuki);
    board.until("both", |tree| tree.count("佐藤の考え") == 1 && tree.count("山田の考え") == 1).await?;
    let author = "return [...document.querySelectorAll('.card')].find((c) => c.innerText.includes('山田の考え'))
        .querySelector('.author').textContent";
    ensure!(hall.suzuki.text_of(author, vec![]).await? == "山田");
    hall.behaved().await
}

#[tokio::test]
async fn a_sentence_that_was_begun_without_a_name_stays_without_one() -> Result<()> {
    let Some(hall) = Hall::open("promise", &[Kind::CheckIn, Kind::Silence, Kind::Deepen]).await? else { return Ok(()) };
    hall.lead.begin().await?;
    hall.go(Kind::Silence).await?;
    hall.lead.edit(|plan| plan.names = Names::Hidden).await?;
    hall.sato.sees(".silence-promise strong").await?;
    hall.sato.click(FIELD).await?;
    hall.sato.type_here("会長が決めている").await?;
    AtBoard(&hall.sato).saved().await?;
    // The lead goes back, makes it a silence with names, and comes again: the words are still those of the first one.
    hall.go(Kind::CheckIn).await?;
    hall.sato.click(".step-gone-on .button").await?;
    hall.lead.plan(vec![tests::conductor::plan(Kind::Silence, "もう一度", "")]).await?;
    hall.go(Kind::Silence).await?;
    hall.sato.sees(FIELD).await?;
    ensure!(hall.sato.value(FIELD).await? == "会長が決めている");
    hall.sato.sees(".silence-promise strong").await?;
    hall.sato.click(FIELD).await?;
    hall.sato.press("Enter").await?;
    hall.sato.sees(".slip").await?;
    let gone = "return document.querySelector('.silence-promise strong') === null";
    hall.sato.until("a silence with names again", gone, vec![]).await?;
    hall.lead.plan(vec![tests::conductor::plan(Kind::Deepen, "深める", "")]).await?;
    hall.go(Kind::Deepen).await?;
    let board = AtBoard(&hall.suzuki);
    board.until("the card", |tree| tree.count("会長が決めている") == 1).await?;
    let author = "return [...document.querySelectorAll('.card')].find((c) => c.innerText.includes('会長が決めている'))
        .querySelector('.author').textContent";
    ensure!(hall.suzuki.text_of(author, vec![]).await?.is_empty(), "no name");
    hall.behaved().await
}

#[tokio::test]
async fn without_names_means_without_names() -> Result<()> {
    let Some(hall) = Hall::open("nameless", &KINDS).await? else { return Ok(()) };
    hall.lead.begin().await?;
    hall.go(Kind::Silence).await?;
    hall.lead.edit(|plan| plan.names = Names::Hidden).await?;
    hall.sato.sees(".silence-promise strong").await?;
    put(&hall.sato, "言いにくいけれど会長が決めている").await?;
    hall.sato.type_here("まだ置いていない").await?;
    AtBoard(&hall.sato).saved().await?;
    hall.go(Kind::Deepen).await?;
    sees_step(&hall.suzuki, Kind::Deepen, SECOND).await?;
    // Who writes is not torn away, and the promise stands as long as they look at it.
    hall.sato.sees(".step-gone-on .button").await?;
    ensure!(hall.sato.has(".silence-promise strong").await?, "the promise is still there");
    hall.sato.click(".step-gone-on .button").await?;
    hall.sato.click(".left-over .button.primary").await?;
    let board = AtBoard(&hall.suzuki);
    for words in ["言いにくいけれど会長が決めている", "まだ置いていない"] {
        board.until(words, |tree| tree.count(words) == 1).await?;
        let author = "return [...document.querySelectorAll('.card')].find((c) => c.innerText.includes(arguments[0]))
            .querySelector('.author').textContent";
        let signed = hall.suzuki.text_of(author, vec![json!(words)]).await?;
        ensure!(signed.is_empty(), "{words} is signed {signed}");
    }
    hall.behaved().await
}
