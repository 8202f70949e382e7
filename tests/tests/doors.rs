//! Doors through the page: the lead replaces a link that others have, closes the door, takes somebody out who is writing. Everybody
//! whom that concerns is told plainly, and everybody else goes on.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::ask::{self, Made};
use tests::browser::{AtBoard, Browser, Device, Light, Page, Shape, Tongue};
use tests::conductor::Conductor;
use tests::naze::Naze;
use tests::proxy::Proxy;

const THEME: &str = "若い人が自治会に入らない";
const UNSENT: &str = "つながらない間に書いた原因";

/// Presses what says so, in the dialog if one is open.
async fn press(page: &Page, words: &str) -> Result<()> {
    let script = "const root = document.querySelector('dialog[open]') ?? document;
        const found = [...root.querySelectorAll('button, summary')].find((b) => b.checkVisibility() && b.textContent.includes(arguments[0]));
        found?.setAttribute('data-test', 'press');
        return found !== undefined";
    page.until(&format!("the button {words}"), script, vec![json!(words)]).await?;
    let clicked = page.click("[data-test=press]").await;
    page.eval("document.querySelector('[data-test=press]')?.removeAttribute('data-test')", vec![]).await?;
    clicked
}

async fn says(page: &Page, css: &str, words: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll(arguments[0])].some((e) => e.innerText.includes(arguments[1]))";
    page.until(&format!("`{css}` to say {words}"), script, vec![json!(css), json!(words)]).await.map(drop)
}

async fn owes_nothing(page: &Page, screen: &str) -> Result<()> {
    page.finds_no_barrier(screen).await?;
    page.fits(screen).await?;
    page.shows_all(screen).await?;
    page.shot(screen).await.map(drop)
}

/// The reception of a workshop, for who has this key.
async fn reception(browser: &Browser, who: &str, device: Device, base: &str, made: &Made) -> Result<Page> {
    let lead = browser.open(who, device).await?;
    lead.goto(&format!("{base}/w/{}#{}", made.id, made.lead)).await?;
    lead.code().await?;
    Ok(lead)
}

async fn link(page: &Page, css: &str, before: &str) -> Result<String> {
    let script = "const link = document.querySelector(arguments[0])?.value;
        return link?.includes('#') && link !== arguments[1] ? link : null";
    let link = page.until(css, script, vec![json!(css), json!(before)]).await?;
    link.as_str().map(str::to_owned).context("a link is a text")
}

#[tokio::test]
async fn a_lead_whose_link_was_leaked_goes_on_and_everybody_else_with_it_is_out() -> Result<()> {
    let Some(browser) = Browser::start("doors-lead").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 3).await?;
    let lead = reception(&browser, "進行役", Device::LAPTOP, &naze.base(), &made).await?;
    let other = reception(&browser, "ほかの端末", Device::PHONE, &naze.base(), &made).await?;
    let helper = browser.open("補助", Device::PHONE).await?;
    helper.goto(&format!("{}/w/{}#{}", naze.base(), made.id, made.helper)).await?;
    helper.find("main.wall").await?;
    press(&lead, "コードやリンクを新しくする").await?;
    press(&lead, "進行役のリンク").await?;
    says(&lead, "dialog[open]", "この端末は、そのまま続けられます").await?;
    owes_nothing(&lead, "lead-asked").await?;
    press(&lead, "新しくする").await?;
    says(&lead, "dialog[open]", "新しくなりました").await?;
    let before = format!("{}/w/{}#{}", naze.base(), made.id, made.lead);
    let new = link(&lead, "#new-link", &before).await?;
    owes_nothing(&lead, "lead-done").await?;
    for page in [&other, &helper] {
        says(page, "main", "新しいものに取り替えられました").await?;
    }
    owes_nothing(&other, "out").await?;
    // This device conducts as before, also after a reload; the other one does with the new link.
    press(&lead, "閉じる").await?;
    press(&lead, "入口を閉める").await?;
    says(&lead, ".door-state", "入口は閉まっています").await?;
    lead.reload().await?;
    lead.code().await?;
    says(&lead, ".door-state", "入口は閉まっています").await?;
    other.reload().await?;
    says(&other, "main", "参加して").await?;
    other.goto(&new).await?;
    other.code().await?;
    says(&other, ".door-state", "入口は閉まっています").await?;
    other.goto(&naze.base()).await?;
    other.goto(&before).await?;
    says(&other, "main", "新しいものに取り替えられました").await?;
    for page in [&lead, &other, &helper] {
        page.behaved().await?;
    }
    Ok(())
}

/// The server does it, and its answer does not come: the page finds out by itself.
#[tokio::test]
async fn a_lead_whose_connection_breaks_while_the_link_is_replaced_is_not_locked_out() -> Result<()> {
    let Some(browser) = Browser::start("doors-lost").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    let lead = reception(&browser, "進行役", Device::PHONE, &naze.base(), &made).await?;
    // The question arrives; whatever is answered is lost.
    let lose = "const real = window.fetch;
        window.fetch = async (...all) => { await real(...all); throw new TypeError('lost'); }";
    lead.eval(lose, vec![]).await?;
    press(&lead, "コードやリンクを新しくする").await?;
    press(&lead, "進行役のリンク").await?;
    press(&lead, "新しくする").await?;
    says(&lead, "dialog[open]", "サーバーにつながりません").await?;
    press(&lead, "やめる").await?;
    press(&lead, "入口を閉める").await?;
    lead.reload().await?;
    lead.code().await?;
    says(&lead, ".door-state", "入口は閉まっています").await?;
    // The key that was replaced is nowhere on this phone any more.
    let notes = "return Object.keys(localStorage).every(one => !one.startsWith('naze.next.')) || null";
    lead.until("nothing of the key that was replaced", notes, vec![]).await?;
    press(&lead, "補助・見学の人のリンク").await?;
    let before = format!("{}/w/{}#{}", naze.base(), made.id, made.lead);
    link(&lead, "#lead-link", &before).await?;
    lead.behaved().await
}

#[tokio::test]
async fn other_links_and_the_code_are_replaced_one_by_one() -> Result<()> {
    let Some(browser) = Browser::start("doors-links").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    let lead = reception(&browser, "進行役", Device::PHONE, &naze.base(), &made).await?;
    press(&lead, "コードやリンクを新しくする").await?;
    owes_nothing(&lead, "doors").await?;
    for (which, before) in [("補助のリンク", made.helper), ("見学・投影のリンク", made.observer)] {
        press(&lead, which).await?;
        press(&lead, "新しくする").await?;
        let new = link(&lead, "#new-link", &format!("{}/w/{}#{before}", naze.base(), made.id)).await?;
        press(&lead, "閉じる").await?;
        let guest = browser.open(which, Device::PHONE).await?;
        guest.goto(&new).await?;
        guest.find("main.wall").await?;
    }
    press(&lead, "参加コード").await?;
    press(&lead, "新しくする").await?;
    says(&lead, "dialog[open]", "新しいコード").await?;
    owes_nothing(&lead, "code-done").await?;
    press(&lead, "閉じる").await?;
    let code = lead.code().await?;
    ensure!(code != made.code.to_string());
    let qr = lead.text_of("return document.querySelector('.qr').src", vec![]).await?;
    ensure!(qr.contains(&code), "the picture leads there: {qr}");
    let late = browser.open("遅れた人", Device::PHONE).await?;
    late.goto(&format!("{}/j/{}", naze.base(), made.code)).await?;
    says(&late, "main", "このコードは、新しいものに取り替えられました").await?;
    owes_nothing(&late, "old-code").await?;
    late.join(&naze.base(), &code, "遅れた人", 1).await
}

#[tokio::test]
async fn a_closed_door_says_so_and_opens_again() -> Result<()> {
    let Some(browser) = Browser::start("doors-closed").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    let lead = reception(&browser, "進行役", Device::PHONE, &naze.base(), &made).await?;
    let inside = browser.open("もういる人", Device::PHONE).await?;
    inside.join(&naze.base(), &made.code.to_string(), "もういる人", 1).await?;
    press(&lead, "入口を閉める").await?;
    says(&lead, ".door-state", "入口は閉まっています").await?;
    let late = browser.open("遅れた人", Device { shape: Shape::Narrow, ..Device::PHONE }).await?;
    late.goto(&format!("{}/j/{}", naze.base(), made.code)).await?;
    says(&late, "main", "いまは入口が閉まっています").await?;
    owes_nothing(&late, "closed").await?;
    // Who is in comes back, by the code too.
    inside.goto(&format!("{}/j/{}", naze.base(), made.code)).await?;
    inside.find("main.seat").await?;
    press(&lead, "入口を開ける").await?;
    says(&lead, ".door-state", "入口は開いています").await?;
    press(&late, "もう一度試す").await?;
    late.find("#name").await.map(drop)
}

async fn open_person(lead: &Page, name: &str) -> Result<()> {
    let script = "const found = [...document.querySelectorAll('.seat-person')].find((b) => b.textContent.includes(arguments[0]));
        found?.setAttribute('data-test', 'person');
        return found !== undefined";
    lead.until(name, script, vec![json!(name)]).await?;
    lead.click("[data-test=person]").await?;
    lead.eval("document.querySelector('[data-test=person]')?.removeAttribute('data-test')", vec![]).await?;
    lead.find("dialog[open]").await.map(drop)
}

#[tokio::test]
async fn somebody_who_is_taken_out_while_they_write_is_told_and_keeps_their_words() -> Result<()> {
    let Some(browser) = Browser::start("doors-out").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    Conductor::at(&naze.base(), &made).await?.begin().await?;
    let proxy = Proxy::before(naze.port()).await?;
    let sato = browser.open("佐藤", Device { shape: Shape::Narrow, ..Device::PHONE }).await?;
    let suzuki = browser.open("鈴木", Device::PHONE).await?;
    sato.join(&proxy.base(), &made.code.to_string(), "佐藤", 1).await?;
    suzuki.join(&naze.base(), &made.code.to_string(), "鈴木", 1).await?;
    AtBoard(&sato).ready().await?;
    AtBoard(&sato).write_theme(THEME).await?;
    AtBoard(&sato).saved().await?;
    let lead = browser.open("進行役", Device::PHONE).await?;
    lead.goto(&format!("{}/w/{}#{}", naze.base(), made.id, made.lead)).await?;
    lead.find("main.wall").await?;
    press(&lead, "受付").await?;
    press(&lead, "席決め・名簿").await?;
    // What they write now does not get through.
    proxy.cut();
    AtBoard(&sato).add(THEME, UNSENT).await?;
    open_person(&lead, "佐藤").await?;
    press(&lead, "この人を外す").await?;
    owes_nothing(&lead, "take-out").await?;
    press(&lead, "佐藤さんを外す").await?;
    says(&lead, ".seat-apart", "外した人 1人").await?;
    proxy.mend();
    says(&sato, "main", "進行役が、あなたをこのワークショップから外しました").await?;
    says(&sato, ".write-for-words", UNSENT).await?;
    ensure!(sato.eval("return document.querySelector('main textarea') === null", vec![]).await? == Value::Bool(true));
    owes_nothing(&sato, "taken-out").await?;
    // The group goes on without them, with what they wrote.
    AtBoard(&suzuki).until("the board without them", |outline| outline.line(THEME).is_ok()).await?;
    sato.reload().await?;
    says(&sato, "main", "進行役が、あなたをこのワークショップから外しました").await?;
    // Let in again, they go on where they were, and their words with them.
    open_person(&lead, "佐藤").await?;
    press(&lead, "もう一度入れるようにする").await?;
    says(&lead, ".seating-told", "戻しました").await?;
    press(&sato, "もう一度試す").await?;
    AtBoard(&sato).until("the words that were kept", |outline| outline.line(UNSENT).is_ok()).await?;
    AtBoard(&suzuki).until("them too", |outline| outline.line(UNSENT).is_ok()).await?;
    for page in [&lead, &suzuki] {
        page.behaved().await?;
    }
    Ok(())
}

/// The dialogues, in both languages and lights, on a phone and a laptop.
#[tokio::test]
async fn what_the_lead_is_asked_can_be_read_everywhere() -> Result<()> {
    let Some(browser) = Browser::start("doors-look").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 3).await?;
    for (shape, tongue, light) in [
        (Shape::Phone, Tongue::Ja, Light::Night),
        (Shape::Phone, Tongue::En, Light::Day),
        (Shape::Laptop, Tongue::En, Light::Night),
        (Shape::Laptop, Tongue::Ja, Light::Day),
    ] {
        let who = format!("{shape:?}-{tongue:?}-{light:?}");
        let lead = reception(&browser, &who, Device { shape, tongue, light }, &naze.base(), &made).await?;
        lead.click(".doors summary").await?;
        owes_nothing(&lead, "doors").await?;
        lead.click(".renew button:last-child").await?;
        lead.find("dialog[open]").await?;
        owes_nothing(&lead, "asked").await?;
        lead.behaved().await?;
    }
    Ok(())
}

/// Somebody sends their own key as a link, to read what others write in silence and to let them write in another's name.
#[tokio::test]
async fn nobody_is_made_to_write_in_the_name_of_who_sent_a_link() -> Result<()> {
    let Some(browser) = Browser::start("doors-fixed").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    let sender = tests::phone::Owner::join(&naze.base(), &made, "わるもの", 1).await?;
    let victim = browser.open("受け取った人", Device::PHONE).await?;
    let link = format!("{}/w/{}#{}", naze.base(), made.id, sender.token);
    victim.goto(&link).await?;
    says(&victim, "main", "この端末はまだ参加していません").await?;
    victim.reload().await?;
    says(&victim, "main", "この端末はまだ参加していません").await?;
    // Who has joined stays who they are.
    victim.join(&naze.base(), &made.code.to_string(), "山田", 2).await?;
    victim.goto(&naze.base()).await?;
    victim.goto(&link).await?;
    says(&victim, "main", "この端末はまだ参加していません").await?;
    victim.goto(&format!("{}/j/{}", naze.base(), made.code)).await?;
    says(&victim, "main", "2班").await?;
    victim.behaved().await
}

/// What people write is text, wherever it is shown; names that turn the reading direction turn nothing else.
#[tokio::test]
async fn what_looks_like_a_program_is_words() -> Result<()> {
    let Some(browser) = Browser::start("doors-words").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    Conductor::at(&naze.base(), &made).await?.begin().await?;
    let evil = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    let formula = "=HYPERLINK(\"http://evil.example\")";
    let sato = browser.open("佐藤", Device::PHONE).await?;
    sato.join(&naze.base(), &made.code.to_string(), "<b>מרים</b>", 1).await?;
    let board = AtBoard(&sato);
    board.ready().await?;
    board.write_theme(evil).await?;
    board.add(evil, formula).await?;
    board.saved().await?;
    let seen = browser.open("見学", Device::LAPTOP).await?;
    seen.goto(&format!("{}/w/{}#{}", naze.base(), made.id, made.observer)).await?;
    says(&seen, "main", evil).await?;
    for page in [&sato, &seen] {
        let alive = page.eval("return document.querySelector('main img[src=x], main script') === null", vec![]).await?;
        ensure!(alive == Value::Bool(true), "{}: it is words", page.who());
        page.behaved().await?;
    }
    Ok(())
}

/// Nobody has asked for a code while it was time: the lead gives one.
#[tokio::test]
async fn somebody_whose_phone_went_dark_goes_on_with_another_one_by_a_code_of_the_leads() -> Result<()> {
    let Some(browser) = Browser::start("doors-dark").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    Conductor::at(&naze.base(), &made).await?.begin().await?;
    let proxy = Proxy::before(naze.port()).await?;
    let sato = browser.open("佐藤", Device::PHONE).await?;
    sato.join(&proxy.base(), &made.code.to_string(), "佐藤", 2).await?;
    let path = sato.path().await?;
    AtBoard(&sato).ready().await?;
    AtBoard(&sato).write_theme(THEME).await?;
    AtBoard(&sato).saved().await?;
    proxy.cut();
    AtBoard(&sato).add(THEME, UNSENT).await?;
    AtBoard(&sato).kept_here().await?;
    let woken = browser.open_beside(&sato, "佐藤の前の電話").await?;
    sato.close().await?;
    let lead = browser.open("進行役", Device { shape: Shape::Narrow, ..Device::PHONE }).await?;
    proxy.mend();
    lead.goto(&format!("{}/w/{}#{}", proxy.base(), made.id, made.lead)).await?;
    lead.find("main.wall").await?;
    press(&lead, "受付").await?;
    press(&lead, "席決め・名簿").await?;
    open_person(&lead, "佐藤").await?;
    press(&lead, "別の端末で続けてもらう").await?;
    // What cannot be asked for is said where it was asked for, and asked for again.
    proxy.cut();
    press(&lead, "佐藤さんのためのコードを出す").await?;
    says(&lead, ".person-phone [role=status]", "もう一度").await?;
    proxy.mend();
    press(&lead, "佐藤さんのためのコードを出す").await?;
    says(&lead, ".person-phone [role=status]", "10分間").await?;
    owes_nothing(&lead, "lent").await?;
    lead.can_be_touched("lent").await?;
    let script = "return document.querySelector('.write-for-typed').textContent.replace(/\\s/g, '')";
    let shown = async || -> Result<String> {
        lead.eval(script, vec![]).await?.as_str().map(str::to_owned).context("a code is a text")
    };
    let first = shown().await?;
    press(&lead, "新しいコードを出す").await?;
    let differs = "const code = document.querySelector('.write-for-typed')?.textContent.replace(/\\s/g, '');
        return code !== undefined && code !== arguments[0]";
    lead.until("another code", differs, vec![json!(first)]).await?;
    let code = shown().await?;
    let other = browser.open("佐藤の次の電話", Device::PHONE).await?;
    other.goto(&naze.base()).await?;
    other.type_into("#code", &code).await?;
    other.click("form button[type=submit]").await?;
    says(&other, "main", "佐藤").await?;
    other.click("main .button.primary").await?;
    says(&other, ".bar .place", "2班").await?;
    AtBoard(&other).card(THEME).await?;
    AtBoard(&other).add(THEME, "次の電話から").await?;
    AtBoard(&other).saved().await?;
    // Charged again, the first one says what has become of it, and shows what it still had.
    woken.goto(&format!("{}{path}", proxy.base())).await?;
    says(&woken, "main h1", "別の端末で続けています").await?;
    says(&woken, ".write-for-words", UNSENT).await?;
    // What it had would have come before this.
    AtBoard(&other).add(THEME, "そのあとで").await?;
    AtBoard(&other).saved().await?;
    ensure!(AtBoard(&other).outline().await?.count(UNSENT) == 0, "it was sent in a name that is not theirs any more");
    for page in [&other, &woken] {
        page.behaved().await?;
    }
    Ok(())
}
