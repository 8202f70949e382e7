//! It ends on a phone for somebody: they go on with another device, were taken out, the server does not know them, the workshop is no
//! more. Each of them is told what is true, nobody else on the phone loses a word, and the browser holds nobody back for nothing.

use anyhow::{Context, Result, anyhow, ensure};
use http::Method;
use serde_json::{Value, json};
use server::client::{Client, Docs};
use shared::docs::roster::RosterOp;
use shared::{PersonId, Token, wire};
use tests::ask;
use tests::browser::{AtBoard, Page};

use crate::battery::code;
use crate::storage::{FORBIDDEN, asks};
use crate::{GROUP, Hall, kept, write_and_listen};

const OWN: &str = "佐藤がまだ届けていない";
const OTHERS: &str = "鈴木がまだ届けていない";

/// Somebody goes on with another device, by the code that was shown on their phone.
async fn taken_over(hall: &Hall, code: &str) -> Result<()> {
    let mut other = Client::connect(&hall.naze.base()).await?;
    let code = code.parse().map_err(|why| anyhow!("{why}"))?;
    other.take_over(hall.made.id, code, Token::of([77; 16])).await?;
    Ok(())
}

/// Waits for a screen with this title; all that it says.
async fn ended(page: &Page, title: &str) -> Result<String> {
    let script = "return document.querySelector('main.narrow h1')?.textContent === arguments[0] ? document.querySelector('main').innerText : null";
    let said = page.until(&format!("「{title}」"), script, vec![json!(title)]).await?;
    said.as_str().map(str::to_owned).context("a screen is a text")
}

/// Takes pictures on a usual phone and a narrow one, in both languages.
async fn looked_at(page: &Page, what: &str) -> Result<()> {
    for tongue in ["ja", "en"] {
        for (width, height) in [(390, 844), (320, 640)] {
            let size = json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
            page.cdp("Emulation.setDeviceMetricsOverride", size).await?;
            page.fits(what).await?;
            page.shot(&format!("{what}-{tongue}-{width}")).await?;
        }
        page.finds_no_barrier(what).await?;
        page.other_language().await?;
    }
    Ok(())
}

fn words(said: &str, these: &str) -> bool {
    said.contains(these)
}

fn person_called(docs: &Docs, name: &str) -> Option<PersonId> {
    let members = &docs.board(GROUP)?.view().members;
    members.iter().find(|(_, member)| member.name == name).map(|(id, _)| *id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_on_elsewhere_takes_nobody_elses_words_along() -> Result<()> {
    let Some(hall) = Hall::open("accidents-shared").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    let (path, code) = (sato.path().await?, code(&sato).await?);
    sato.press("Escape").await?;
    AtBoard(&sato).no_sheet().await?;
    // A second person comes by the same phone, in a tab of their own. A new code would lead to the form, too.
    sato.eval("Object.keys(localStorage).filter((k) => /^naze\\.(joined|door)\\./.test(k)).forEach((k) => localStorage.removeItem(k))", vec![])
        .await?;
    let suzuki = hall.browser.open_beside(&sato, "鈴木").await?;
    suzuki.join(&hall.proxy.base(), &hall.made.code.to_string(), "鈴木", GROUP.0).await?;
    AtBoard(&suzuki).card(crate::THEME).await?;
    suzuki.eval(crate::DIARY, vec![]).await?;
    hall.proxy.cut();
    write_and_listen(&suzuki, OTHERS).await?;
    AtBoard(&suzuki).kept_here().await?;
    suzuki.goto("about:blank").await?;
    let others = kept(&sato).await?.0;
    write_and_listen(&sato, OWN).await?;
    AtBoard(&sato).kept_here().await?;
    ensure!(kept(&sato).await?.0 > others && others > 0, "both have words here");
    taken_over(&hall, &code).await?;
    hall.proxy.mend();
    let said = ended(&sato, "別の端末で続けています").await?;
    ensure!(words(&said, OWN) && !words(&said, OTHERS), "{said}");
    looked_at(&sato, "gone-on").await?;
    sato.click("main .button.primary").await?;
    sato.sees("#code").await?;
    ensure!(
        kept(&sato).await?.0 == others,
        "{} changes were forgotten that are another's",
        others - kept(&sato).await?.0
    );
    // A link whose key is good for nothing is nobody's who writes here.
    sato.goto(&format!("{}{path}#{}", hall.proxy.base(), Token::of([55; 16]))).await?;
    ended(&sato, "入れませんでした").await?;
    ensure!(kept(&sato).await?.0 == others, "a link took words away");
    suzuki.goto(&format!("{}{path}", hall.proxy.base())).await?;
    AtBoard(&suzuki).card(OTHERS).await?;
    hall.has_once(&[OTHERS]).await?;
    suzuki.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_held_back_for_words_that_cannot_be_saved_here_any_more() -> Result<()> {
    let Some(hall) = Hall::open("accidents-held").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", FORBIDDEN).await?;
    let code = code(&sato).await?;
    sato.press("Escape").await?;
    AtBoard(&sato).no_sheet().await?;
    hall.proxy.cut();
    write_and_listen(&sato, OWN).await?;
    ensure!(asks(&sato).await?, "leaving would lose words, and nobody is asked");
    taken_over(&hall, &code).await?;
    hall.proxy.mend();
    let said = ended(&sato, "別の端末で続けています").await?;
    ensure!(words(&said, OWN), "{said}");
    ensure!(!asks(&sato).await?, "they are held back, and staying saves nothing");
    sato.click("main .button.primary").await?;
    sato.sees("#code").await?;
    sato.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_taken_out_or_is_not_known_is_not_told_of_another_device() -> Result<()> {
    let Some(hall) = Hall::open("accidents-out").await? else { return Ok(()) };
    let (sato, base) = (hall.sit("佐藤", "").await?, hall.naze.base());
    let person = hall.peer.read(|docs| person_called(docs, "佐藤")).context("they sit here")?;
    let out = wire::encode(&vec![RosterOp::Remove { person }]);
    let lead = format!("Bearer {}", hall.made.lead);
    let headers = [("authorization", lead.as_str()), ("content-type", "application/octet-stream")];
    let seating = format!("{base}/api/workshops/{}/seating", hall.made.id);
    let answer = ask::ask_bytes(Method::POST, &seating, &headers, &out).await?;
    ensure!(answer.status == 200, "{}", answer.status);
    let said = ended(&sato, "このワークショップから外れました").await?;
    ensure!(words(&said, "進行役が、あなたを") && !words(&said, "別の端末"), "{said}");
    // A phone that showed its code before that was noted, and one whose server has gone back to a time before it came.
    let ito = hall.sit("伊藤", "").await?;
    let (path, code) = (ito.path().await?, code(&ito).await?);
    ito.eval("Object.keys(localStorage).filter((k) => k.startsWith('naze.lent.')).forEach((k) => localStorage.removeItem(k))", vec![])
        .await?;
    taken_over(&hall, &code).await?;
    ended(&ito, "あなたの席が見つかりません").await?;
    ito.goto(&format!("{}{path}", hall.proxy.base())).await?;
    let said = ended(&ito, "あなたの席が見つかりません").await?;
    ensure!(words(&said, "進行役に声をかけて"), "{said}");
    looked_at(&ito, "no-seat").await?;
    ito.click("main .button.primary").await?;
    ito.sees("#code").await?;
    ito.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workshop_that_was_erased_says_so_to_who_has_it_open() -> Result<()> {
    let Some(hall) = Hall::open("accidents-erased").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    hall.proxy.cut();
    write_and_listen(&sato, OWN).await?;
    AtBoard(&sato).kept_here().await?;
    let lead = format!("Bearer {}", hall.made.lead);
    let headers = [("authorization", lead.as_str()), ("content-type", "application/json")];
    let erase = format!("{}/api/workshops/{}/erase", hall.naze.base(), hall.made.id);
    let answer = ask::ask(Method::POST, &erase, &headers, "{\"what\":\"workshop\"}").await?;
    ensure!(answer.status == 200, "{}", answer.status);
    hall.proxy.mend();
    let said = ended(&sato, "このワークショップは、もうありません").await?;
    ensure!(words(&said, OWN) && !words(&said, "別の端末"), "{said}");
    let saving = sato.eval("return document.querySelector('.bar .saving')?.textContent ?? ''", vec![]).await?;
    ensure!(saving == json!(""), "it speaks of saving: {saving}");
    looked_at(&sato, "no-workshop").await?;
    sato.reload().await?;
    let said = ended(&sato, "このワークショップは、もうありません").await?;
    ensure!(words(&said, OWN), "they are kept until they were seen: {said}");
    sato.click("main .button.primary").await?;
    sato.sees("#code").await?;
    let left = "return Object.keys(localStorage).filter((key) => key.includes(arguments[0]))";
    let left = sato.eval(left, vec![json!(hall.made.id.to_string())]).await?;
    ensure!(left == Value::Array(Vec::new()), "of what is no more it keeps {left}");
    sato.behaved().await
}
