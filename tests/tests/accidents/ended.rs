//! It ends on a phone for somebody: they go on with another device, were taken out, the server does not know them, the workshop is no
//! more. Each of them is told what is true, nobody else on the phone loses a word, and the browser holds nobody back for nothing.

use anyhow::{Context, Result, anyhow, ensure};
use http::Method;
use serde_json::{Value, json};
use server::client::{Client, Docs};
use shared::docs::doors::Link;
use shared::docs::roster::RosterOp;
use shared::wire::{self, Renew};
use shared::{PersonId, Token};
use tests::ask;
use tests::browser::{AtBoard, AtWall, Device, Page};

use crate::battery::code;
use crate::storage::{FORBIDDEN, asks};
use crate::{GROUP, Hall, kept, write_and_listen};

const OWN: &str = "佐藤がまだ届けていない";
const OTHERS: &str = "鈴木がまだ届けていない";

/// Somebody goes on with another device, by the code that was shown on their phone.
pub async fn taken_over(hall: &Hall, code: &str) -> Result<()> {
    let mut other = Client::connect(&hall.naze.base()).await?;
    let code = code.parse().map_err(|why| anyhow!("{why}"))?;
    other.take_over(hall.made.id, code, Token::of([77; 16])).await?;
    Ok(())
}

/// Waits for a screen with this title; all that it says.
pub async fn ended(page: &Page, title: &str) -> Result<String> {
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

/// The phone forgets whose its key is.
const FORGET_WHOSE: &str =
    "Object.keys(localStorage).filter((k) => k.startsWith('naze.who.')).forEach((k) => localStorage.removeItem(k))";

/// The phone has a key that the server never knew, and everything else as it is.
const UNKNOWN: &str = "for (const store of [localStorage, sessionStorage]) {
        for (const key of Object.keys(store).filter((k) => k.startsWith('naze.me.'))) store.setItem(key, arguments[0]);
    }
    for (const key of Object.keys(localStorage).filter((k) => k.startsWith('naze.who.'))) {
        const next = key.split('.').slice(0, -1).concat(arguments[0].slice(0, 8)).join('.');
        localStorage.setItem(next, localStorage.getItem(key));
    }";

fn words(said: &str, these: &str) -> bool {
    said.contains(these)
}

fn person_called(docs: &Docs, name: &str) -> Option<PersonId> {
    let members = &docs.board(GROUP)?.view().members;
    members.iter().find(|(_, member)| member.name == name).map(|(id, _)| *id)
}

/// A second person comes by the same phone, in a tab of their own; the network goes, and both write. Their tab, and how many changes of
/// theirs the phone keeps.
async fn both_have_words(hall: &Hall, sato: &Page) -> Result<(Page, usize)> {
    // A new code would lead to the form, too.
    sato.eval("Object.keys(localStorage).filter((k) => /^naze\\.(joined|door)\\./.test(k)).forEach((k) => localStorage.removeItem(k))", vec![])
        .await?;
    let suzuki = hall.browser.open_beside(sato, "鈴木").await?;
    suzuki.join(&hall.proxy.base(), &hall.made.code.to_string(), "鈴木", GROUP.0).await?;
    AtBoard(&suzuki).card(crate::THEME).await?;
    suzuki.eval(crate::DIARY, vec![]).await?;
    hall.proxy.cut();
    write_and_listen(&suzuki, OTHERS).await?;
    AtBoard(&suzuki).kept_here().await?;
    suzuki.goto("about:blank").await?;
    let others = kept(sato).await?.0;
    write_and_listen(sato, OWN).await?;
    AtBoard(sato).kept_here().await?;
    ensure!(kept(sato).await?.0 > others && others > 0, "both have words here");
    Ok((suzuki, others))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_goes_on_elsewhere_takes_nobody_elses_words_along() -> Result<()> {
    let Some(hall) = Hall::open("accidents-shared").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    let (path, code) = (sato.path().await?, code(&sato).await?);
    sato.press("Escape").await?;
    AtBoard(&sato).no_sheet().await?;
    let (suzuki, others) = both_have_words(&hall, &sato).await?;
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
    // Whatever the phone knows of it: that another one goes on in this seat is told by the server.
    let ito = hall.sit("伊藤", "").await?;
    let (path, code) = (ito.path().await?, code(&ito).await?);
    ito.eval(FORGET_WHOSE, vec![]).await?;
    taken_over(&hall, &code).await?;
    ended(&ito, "別の端末で続けています").await?;
    ito.goto(&format!("{}{path}", hall.proxy.base())).await?;
    ended(&ito, "別の端末で続けています").await?;
    // A server that has gone back to a time before somebody came does not know their key.
    let ito = hall.sit("小林", "").await?;
    ito.eval(UNKNOWN, vec![json!(Token::of([55; 16]).to_string())]).await?;
    ito.goto(&format!("{}{path}", hall.proxy.base())).await?;
    let said = ended(&ito, "あなたの席が見つかりません").await?;
    ensure!(words(&said, "進行役に声をかけて"), "{said}");
    looked_at(&ito, "no-seat").await?;
    ito.click("main .button.primary").await?;
    ito.sees("#code").await?;
    ito.behaved().await
}

/// The lead erases the workshop on another device.
async fn is_erased(hall: &Hall) -> Result<()> {
    let lead = format!("Bearer {}", hall.made.lead);
    let headers = [("authorization", lead.as_str()), ("content-type", "application/json")];
    let erase = format!("{}/api/workshops/{}/erase", hall.naze.base(), hall.made.id);
    let answer = ask::ask(Method::POST, &erase, &headers, "{\"what\":\"workshop\"}").await?;
    ensure!(answer.status == 200, "{}", answer.status);
    Ok(())
}

/// What a phone still has of it.
async fn has_left(page: &Page, hall: &Hall) -> Result<Value> {
    let left = "return Object.entries(localStorage).filter((both) => both.join(' ').includes(arguments[0]))";
    page.eval(left, vec![json!(hall.made.id.to_string())]).await
}

const NO_MORE: &str = "このワークショップは、もうありません";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workshop_that_was_erased_says_so_to_who_has_it_open() -> Result<()> {
    let Some(hall) = Hall::open("accidents-erased").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    hall.proxy.cut();
    write_and_listen(&sato, OWN).await?;
    AtBoard(&sato).kept_here().await?;
    is_erased(&hall).await?;
    hall.proxy.mend();
    let said = ended(&sato, NO_MORE).await?;
    ensure!(words(&said, OWN) && !words(&said, "別の端末"), "{said}");
    let saving = sato.eval("return document.querySelector('.bar .saving')?.textContent ?? ''", vec![]).await?;
    ensure!(saving == json!(""), "it speaks of saving: {saving}");
    looked_at(&sato, "no-workshop").await?;
    sato.reload().await?;
    let said = ended(&sato, NO_MORE).await?;
    ensure!(words(&said, OWN), "they are kept until they were seen: {said}");
    sato.click("main .button.primary").await?;
    sato.sees("#code").await?;
    let left = has_left(&sato, &hall).await?;
    ensure!(left == Value::Array(Vec::new()), "of what is no more it keeps {left}");
    sato.behaved().await
}

/// Two people on one phone, each with words that are not saved: neither sees the other's unasked, and neither takes them away.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erased_workshop_leaves_everybody_their_own_words() -> Result<()> {
    let Some(hall) = Hall::open("accidents-erased-shared").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    let path = sato.path().await?;
    let (suzuki, _) = both_have_words(&hall, &sato).await?;
    is_erased(&hall).await?;
    hall.proxy.mend();
    let said = ended(&sato, NO_MORE).await?;
    ensure!(words(&said, OWN) && !words(&said, OTHERS), "{said}");
    ensure!(words(&said, "ほかの人の言葉"), "that there are others is told: {said}");
    looked_at(&sato, "no-workshop-shared").await?;
    sato.click("main .button.primary").await?;
    sato.sees("#code").await?;
    // Their author sees them, in their own tab or in this one.
    suzuki.goto(&format!("{}{path}", hall.proxy.base())).await?;
    let said = ended(&suzuki, NO_MORE).await?;
    ensure!(words(&said, OTHERS) && !words(&said, OWN), "{said}");
    sato.goto(&format!("{}{path}", hall.proxy.base())).await?;
    let said = ended(&sato, NO_MORE).await?;
    ensure!(!words(&said, OTHERS) && !words(&said, OWN), "what was seen is gone: {said}");
    sato.click("main summary").await?;
    sato.until(
        "theirs",
        "return document.querySelector('main').innerText.includes(arguments[0]) || null",
        vec![json!(OTHERS)],
    )
    .await?;
    looked_at(&sato, "no-workshop-others").await?;
    sato.click("main .button.primary").await?;
    sato.sees("#code").await?;
    let left = has_left(&sato, &hall).await?;
    ensure!(left == Value::Array(Vec::new()), "of what is no more it keeps {left}");
    sato.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leads_or_helps_is_told_when_it_ends_for_them() -> Result<()> {
    let Some(hall) = Hall::open("accidents-wall").await? else { return Ok(()) };
    let page = async |who: &str, key: Token| {
        let page = hall.browser.open(who, Device::LAPTOP).await?;
        page.goto(&format!("{}/w/{}#{key}", hall.proxy.base(), hall.made.id)).await?;
        AtWall(&page).ready().await?;
        anyhow::Ok(page)
    };
    let (lead, helper) = (page("進行役", hall.made.lead).await?, page("手伝い", hall.made.helper).await?);
    // The helper's link leaked and is replaced while they write without a connection.
    let board = AtWall(&helper).open(GROUP.0).await?;
    board.saved().await?;
    hall.proxy.cut();
    board.add(crate::THEME, OWN).await?;
    board.kept_here().await?;
    let key = format!("Bearer {}", hall.made.lead);
    let headers = [("authorization", key.as_str()), ("content-type", "application/octet-stream")];
    let doors = format!("{}/api/workshops/{}/doors", hall.naze.base(), hall.made.id);
    let answer = ask::ask_bytes(Method::POST, &doors, &headers, &wire::encode(&Renew::Link(Link::Helper))).await?;
    ensure!(answer.status == 200, "{}", answer.status);
    hall.proxy.mend();
    let said = ended(&helper, "入れませんでした").await?;
    ensure!(words(&said, OWN), "{said}");
    helper.shot("link-replaced").await?;
    AtWall(&lead).ready().await?;
    is_erased(&hall).await?;
    ended(&lead, NO_MORE).await?;
    lead.finds_no_barrier("no workshop to lead").await?;
    lead.shot("no-workshop-to-lead").await?;
    lead.reload().await?;
    ended(&lead, NO_MORE).await?;
    lead.click("main .button.primary").await?;
    lead.sees("#code").await?;
    let left = has_left(&lead, &hall).await?;
    ensure!(left == Value::Array(Vec::new()), "of what is no more it keeps {left}");
    lead.behaved().await?;
    helper.behaved().await
}
