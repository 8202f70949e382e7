//! The large view, on a laptop and on a tablet: nothing lies over anything else, what one is at stands still whatever others do, one
//! finds one's way in a tree that does not fit, and it can be printed and saved whole.

#![allow(clippy::indexing_slicing, reason = "a test that meets what it does not expect fails")]

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use shared::CardId;
use shared::docs::board::Place;
use tests::browser::table::{CARD, Table};
use tests::browser::{Conversion, Device, SOON, Shape};

/// Under which card (0 is the theme), and what it says.
const CARDS: [(usize, &str); 40] = [
    (0, "役員になると、仕事や家のことを後回しにするほど忙しい"),
    (0, "何をしている所なのか、入っていない人には分からない"),
    (0, "会費を払っても、得をすることがないように見える"),
    (0, "引っ越してきた人に、声をかける人がいない"),
    (1, "書類も連絡も、会長が一人で引き受けている"),
    (1, "会議が平日の昼間にある"),
    (1, "一度引き受けると、次の人が見つかるまでやめられない"),
    (2, "活動の知らせが回覧板だけで、若い家庭はそれを見ない"),
    (2, "行事の写真や記録がどこにも残っていない"),
    (3, "ごみの収集も市の広報も、入らなくても届く"),
    (3, "会費の使い道が総会の資料にしか書かれていない"),
    (4, "集合住宅では、だれがいつ入居したのかが分からない"),
    (4, "断られるのがこわくて、誘うのをやめた"),
    (5, "引き継ぎの資料がなく、やり方が会長の頭の中にある"),
    (5, "役員の間で、連絡の手だてが電話しかない"),
    (6, "役員の多くが仕事をやめた人で、昼間のほうが集まりやすい"),
    (6, "夜は会館が閉まる"),
    (7, "任期が規約に書かれていない"),
    (7, "やめると言い出すと、非難されたことがある"),
    (8, "ホームページを作れる人がいない"),
    (8, "個人情報の扱いに自信がない"),
    (10, "市の仕事を自治会が手伝っていることが知られていない"),
    (11, "会計の担当が、知らせる文を書く時間がない"),
    (12, "管理会社との話し合いが一度も持たれていない"),
    (13, "断った人と気まずくなり、近所づきあいが減った"),
    (14, "前の役員も、引き継ぎを受けていない"),
    (14, "毎年同じ人がやるので、書く必要がなかった"),
    (16, "昼間に来られる人だけで決めてきた"),
    (17, "会館の管理を一人に頼んでいて、その人が夜は来られない"),
    (18, "規約を二十年見直していない"),
    (20, "頼める相手を、だれも知らない"),
    (21, "名簿がもれた自治会の話を聞いた"),
    (26, "手順を書いても、だれにも読まれないと思っている"),
    (28, "新しい人の意見を聞く場がない"),
    (30, "見直すには総会で三分の二の賛成がいる"),
    (32, "だれが持っているのか分からない名簿がある"),
    (34, "話を聞くと、仕事が増えると思われている"),
    (35, "総会に人が集まらない"),
    (38, "総会の日が、運動会や農作業と重なる"),
    (39, "日を決めるのも、会長が一人でしている"),
];

/// A table with the tree above on it.
async fn lay(test: &str, shape: Shape) -> Result<Option<(Table, Vec<CardId>)>> {
    let Some(table) = Table::lay(test, Device { shape, ..Device::LAPTOP }).await? else { return Ok(None) };
    let mut ids = vec![CardId::THEME];
    for (up, text) in CARDS {
        ids.push(table.others().add(ids[up], text)?);
    }
    table.peer.saved(SOON).await?;
    table.board().card(CARDS[39].1).await?;
    Ok(Some((table, ids)))
}

/// The parts of the screen that two cards share, and items that stand before their elder sibling.
const CROSSED: &str = "const boxes = [...document.querySelectorAll('#board-tree .card')].map((card) => [card, card.getBoundingClientRect()]);
    const crossed = [];
    for (const [a, p] of boxes) for (const [b, q] of boxes) {
        if (a !== b && p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom) crossed.push(a.innerText);
    }
    for (const branch of document.querySelectorAll('#board-tree .branch')) {
        const tops = [...branch.children].map((item) => item.getBoundingClientRect().top);
        if (tops.some((top, n) => n > 0 && top <= tops[n - 1])) crossed.push('order');
        const own = branch.parentElement.firstElementChild.getBoundingClientRect();
        const all = [...branch.children].map((item) => item.firstElementChild.getBoundingClientRect());
        const middle = (all[0].top + all.at(-1).bottom) / 2;
        if (Math.abs(middle - (own.top + own.bottom) / 2) > 1.5) crossed.push('not centred');
        if (all.some((one) => one.left < own.right)) crossed.push('not beside');
    }
    return [boxes.length, crossed]";

async fn nothing_overlaps(table: &Table, ids: &[CardId]) -> Result<()> {
    let cards = ids.len() + 1;
    let none = |seen: &Value| *seen == json!([cards, []]);
    let seen = table.page.eval(CROSSED, vec![]).await?;
    ensure!(none(&seen), "cards, and what crosses: {seen}");
    // No more room than the outlines ask for: less than every card below the other.
    let size = table.page.eval(
        "const tree = document.getElementById('board-tree');
         const all = [...tree.querySelectorAll('.card')].reduce((sum, card) => sum + card.getBoundingClientRect().height, 0);
         const boxes = [...tree.querySelectorAll('.card')].map((card) => card.getBoundingClientRect());
         return (Math.max(...boxes.map((b) => b.bottom)) - Math.min(...boxes.map((b) => b.top))) / all",
        vec![],
    );
    let part = size.await?.as_f64().context("a number")?;
    ensure!(part < 0.5, "the tree is {part} times as high as all cards together");
    table.page.press("f").await?;
    let seen = table.page.eval(CROSSED, vec![]).await?;
    ensure!(none(&seen), "made small: {seen}");
    table.page.behaved().await
}

/// Watches an element in every picture: how far it ever is from where it is now, and whether others moved.
async fn watch(table: &Table, css: &str) -> Result<()> {
    // What was pressed may still be on its way into sight.
    let rests = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
        const now = [box.left, box.top].join();
        const rests = window.naze_rest?.at === now && performance.now() - naze_rest.since > 300;
        if (window.naze_rest?.at !== now) window.naze_rest = { at: now, since: performance.now() };
        return rests";
    table.page.until("it to rest", rests, vec![json!(css)]).await?;
    let script = "const css = arguments[0];
        const place = () => { const box = document.querySelector(css).getBoundingClientRect(); return [box.left, box.top]; };
        const [left, top] = place();
        const theme = () => document.querySelector('.card.theme').getBoundingClientRect().top;
        const before = theme();
        window.naze_moved = 0; window.naze_others = 0; window.naze_ways = [];
        const own = (window.naze_watch = {});
        const look = () => {
            if (window.naze_watch !== own || !document.querySelector(css)) return;
            const now = place();
            const far = Math.max(Math.abs(now[0] - left), Math.abs(now[1] - top));
            if (far > naze_moved) { naze_moved = far; naze_ways.push([now[0] - left, now[1] - top]); }
            naze_others = Math.max(naze_others, Math.abs(theme() - before));
            requestAnimationFrame(look);
        };
        look();";
    table.page.eval(script, vec![json!(css)]).await.map(drop)
}

async fn stood_still(table: &Table, what: &str) -> Result<()> {
    let seen = table.page.eval("return [naze_moved, naze_others, naze_ways]", vec![]).await?;
    let moved = seen[0].as_f64().context("a number")?;
    ensure!(moved <= 1.0, "{what} moved: {}", seen[2]);
    ensure!(seen[1].as_f64().is_some_and(|others| others > 20.0), "nothing else moved: {seen}");
    Ok(())
}

/// Cards come above, below and under what one is at, and go.
async fn others_change(table: &Table, ids: &[CardId], sign: &str) -> Result<()> {
    let mut made = Vec::new();
    for n in 0..6 {
        let text = format!("{sign}{n} 思い出してみると、前にも同じことがあった");
        made.push(table.others().add_at(ids[5], Place::First, &text)?);
        table.others().add_at(ids[[1, 2, 14][n % 3]], Place::Last, &text)?;
        table.others().add_at(CardId::THEME, [Place::First, Place::Last][n % 2], &format!("{text}か"))?;
        table.board().card(&text).await?;
    }
    for card in made.into_iter().skip(3) {
        table.others().remove(card)?;
    }
    let last = format!("{sign} おわり");
    table.others().add(CardId::THEME, &last)?;
    table.board().card(&last).await?;
    // Moves that were begun last are over by then.
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    Ok(())
}

async fn what_one_is_at_stands_still(table: &Table, ids: &[CardId]) -> Result<()> {
    let moving = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "no-preference" }] });
    table.page.cdp("Emulation.setEmulatedMedia", moving).await?;
    let text = CARDS[14].1;
    let card = table.board().card(text).await?;
    table.page.click(&format!("#{card} > .card .card-text")).await?;
    let here = "return document.activeElement.id === arguments[0]";
    table.page.until("the focus on the card", here, vec![json!(card)]).await?;
    watch(table, &format!("#{card}")).await?;
    others_change(table, ids, "一").await?;
    stood_still(table, "the card with the focus").await?;
    table.page.until("the focus where it was", here, vec![json!(card)]).await?;
    // The same in the middle of a conversion.
    table.board().begin_below(text).await?;
    table.board().typing("紙").await?;
    table.others_see("紙").await?;
    table.mark_field().await?;
    let conversion = Conversion::begin(&table.page, "だけ").await?;
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    watch(table, "#board-writing").await?;
    others_change(table, ids, "二").await?;
    stood_still(table, "the field").await?;
    table.undisturbed("紙だけ").await?;
    conversion.take("だけ").await?;
    table.board().finish().await?;
    table.others_see("紙だけ").await?;
    table.page.behaved().await
}

/// Waits until it is drawn as large as wanted, in hundredths. How large that is.
async fn percent(table: &Table, wanted: &str) -> Result<i64> {
    let script = format!(
        "const now = parseInt(document.querySelector('.zoom .tabular').textContent); return now {wanted} ? now : false"
    );
    table.page.until(&format!("a size {wanted}"), &script, vec![]).await?.as_i64().context("a number")
}

/// Whether all cards of a branch are in the window.
const IN_SIGHT: &str = "const room = document.getElementById('board-scroll').getBoundingClientRect();
    const item = document.getElementById(arguments[0]);
    return [...item.querySelectorAll('.card')].map((card) => card.getBoundingClientRect())
        .every((box) => box.left >= room.left && box.right <= room.right && box.top >= room.top && box.bottom <= room.bottom)";

async fn one_finds_ones_way(table: &Table, _: &[CardId]) -> Result<()> {
    let page = &table.page;
    let theme = table.board().card(tests::browser::table::THEME).await?;
    let card = table.board().card(CARDS[0].1).await?;
    page.click(&format!("#{card} > .card .card-text")).await?;
    page.press("0").await?;
    percent(table, "=== 100").await?;
    page.find("#minimap.shown").await?;
    ensure!(page.eval(IN_SIGHT, vec![json!(theme)]).await? == json!(false), "the tree is too small for this test");
    page.press("f").await?;
    percent(table, "< 80").await?;
    page.until("all in sight", IN_SIGHT, vec![json!(theme)]).await?;
    page.until("no map", "return !document.querySelector('#minimap.shown')", vec![]).await?;
    let all = percent(table, "> 0").await?;
    page.press("b").await?;
    percent(table, &format!("> {all}")).await?;
    page.until("the branch in sight", IN_SIGHT, vec![json!(card)]).await?;
    page.press("0").await?;
    page.press("=").await?;
    percent(table, "=== 110").await?;
    page.press("-").await?;
    page.press("-").await?;
    percent(table, "=== 90").await?;
    // The map, by pointer, and the window, by keys.
    let place = "const room = document.getElementById('board-scroll'); return [room.scrollLeft, room.scrollTop]";
    let go = "const map = document.getElementById('minimap'), box = map.getBoundingClientRect();
        const at = { bubbles: true, pointerId: 1, buttons: 1, clientX: box.left + box.width * arguments[0], clientY: box.top + box.height * arguments[1] };
        map.dispatchEvent(new PointerEvent('pointerdown', at));";
    page.eval(go, vec![json!(0.1), json!(0.1)]).await?;
    let corner = page.eval(place, vec![]).await?;
    page.eval(go, vec![json!(0.9), json!(0.9)]).await?;
    let other = page.eval(place, vec![]).await?;
    let farther = |a: &Value, b: &Value, n: usize| b[n].as_f64() > a[n].as_f64();
    ensure!(farther(&corner, &other, 0) && farther(&corner, &other, 1), "from {corner} to {other}");
    page.press("Shift+ArrowUp").await?;
    let up = page.eval(place, vec![]).await?;
    ensure!(farther(&up, &other, 1), "from {other} to {up}");
    page.behaved().await
}

async fn saved(table: &Table, n: usize) -> Result<()> {
    let page = &table.page;
    page.eval(
        "window.naze_files = []; window.naze_names = [];
         URL.createObjectURL = (blob) => { naze_files.push(blob); return 'data:,'; };
         HTMLAnchorElement.prototype.click = function () { naze_names.push(this.download); };",
        vec![],
    )
    .await?;
    page.click(".paper-button").await?;
    page.click(&format!("dialog[open] .button.action:nth-of-type({n})")).await?;
    page.until("the file", "return window.naze_files.length === 1", vec![]).await.map(drop)
}

/// What a file or a sheet must say, without white space.
const SAYS: &str = "const words = (node) => [...node.querySelectorAll('text')].map((text) => text.textContent).join('').replace(/\\s/g, '');";

fn missing(said: &str) -> Vec<&'static str> {
    CARDS.iter().map(|(_, text)| *text).chain([CARD]).filter(|text| !said.contains(text)).collect()
}

async fn it_can_be_saved(table: &Table, _: &[CardId]) -> Result<()> {
    let page = &table.page;
    let first = table.board().card(CARDS[0].1).await?;
    // What is folded away is in the picture too.
    page.click(&format!("#{first} > .card .fold")).await?;
    saved(table, 3).await?;
    let script = format!(
        "const [done] = arguments; naze_files[0].text().then((text) => {{ {SAYS}
            const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
            window.naze_svg = [words(svg), svg.querySelectorAll('foreignObject, style, script, image').length, svg.documentElement.tagName];
        }})"
    );
    page.eval(&script, vec![]).await?;
    let svg = page.until("the drawing", "return window.naze_svg", vec![]).await?;
    ensure!(svg[1] == 0 && svg[2] == "svg", "{svg}");
    ensure!(
        missing(svg[0].as_str().context("a text")?).is_empty(),
        "not in the drawing: {:?}",
        missing(&svg[0].to_string())
    );
    saved(table, 4).await?;
    let script = "createImageBitmap(naze_files[0]).then((image) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
        const paint = canvas.getContext('2d'); paint.drawImage(image, 0, 0);
        const dots = paint.getImageData(0, 0, image.width, image.height).data;
        let dark = 0; for (let n = 0; n < dots.length; n += 4) if (dots[n] + dots[n + 1] + dots[n + 2] < 300 && dots[n + 3] > 200) dark += 1;
        window.naze_png = [naze_files[0].type, image.width, dark / (image.width * image.height), naze_names[0]];
    })";
    page.eval(script, vec![]).await?;
    let png = page.until("the image", "return window.naze_png", vec![]).await?;
    let dark = png[2].as_f64().context("a number")?;
    ensure!(png[0] == "image/png" && png[1].as_u64() > Some(1_500) && (0.005..0.3).contains(&dark), "{png}");
    ensure!(png[3].as_str().is_some_and(|name| name.contains("1班") && name.ends_with(".png")), "{png}");
    page.behaved().await
}

/// The sheets of a PDF and their sizes in points.
fn sheets(pdf: &[u8]) -> Vec<(u32, u32)> {
    let text = String::from_utf8_lossy(pdf);
    let boxes = text.split("/MediaBox").skip(1).filter_map(|rest| rest.split(['[', ']']).nth(1));
    let number = |number: &str| number.parse::<f64>().ok();
    // Points are rounded: a sheet is so many of them.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let size = |sides: &str| {
        let sides: Vec<f64> = sides.split_whitespace().filter_map(number).collect();
        Some((sides.get(2)?.round() as u32, sides.get(3)?.round() as u32))
    };
    boxes.filter_map(size).collect()
}

fn decoded(base64: &str) -> Vec<u8> {
    let value =
        |c: u8| b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|d| *d == c);
    let bits: Vec<usize> = base64.bytes().filter_map(value).collect();
    bits.chunks(4)
        .flat_map(|four| {
            let all = four.iter().fold(0, |all, bits| all << 6 | bits) << (6 * (4 - four.len()));
            [all >> 16, all >> 8, all]
                .map(|byte| u8::try_from(byte & 255).unwrap_or(0))
                .into_iter()
                .take(four.len() - 1)
        })
        .collect()
}

async fn printed(table: &Table, wanted: (u32, u32)) -> Result<usize> {
    let page = &table.page;
    let pdf = page.cdp("Page.printToPDF", json!({ "preferCSSPageSize": true, "printBackground": true })).await?;
    let sheets = sheets(&decoded(pdf["data"].as_str().context("a PDF")?));
    ensure!(!sheets.is_empty() && sheets.iter().all(|size| *size == wanted), "{sheets:?}, not {wanted:?}");
    page.eval("dispatchEvent(new Event('beforeprint'))", vec![]).await?;
    let script = format!(
        "{SAYS} const all = [...document.querySelectorAll('#paper > svg')];
         return [all.length, words(document.getElementById('paper')), all.map((svg) => svg.lastElementChild.textContent),
             all.map((svg) => [...svg.querySelectorAll('rect')].some((rect) => {{
                 const [box, page] = [rect.getBoundingClientRect(), svg.getBoundingClientRect()];
                 return box.right > page.right + 1 || box.bottom > page.bottom + 1;
             }}))]"
    );
    page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    let laid = page.eval(&script, vec![]).await?;
    page.cdp("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
    page.eval("dispatchEvent(new Event('afterprint'))", vec![]).await?;
    ensure!(!page.has("#paper").await?, "the sheets stay in the page");
    let said = laid[1].as_str().context("a text")?;
    ensure!(missing(said).is_empty(), "not on paper: {:?}", missing(said));
    ensure!(said.contains("1班"), "{said}");
    ensure!(laid[0] == sheets.len(), "{} sheets are laid and {} printed", laid[0], sheets.len());
    let cut = laid[3].as_array().context("a list")?.contains(&json!(true));
    ensure!(!cut, "something sticks out of a sheet: {}", laid[3]);
    let numbers: Vec<_> = (1..=sheets.len()).map(|n| json!(format!("{n} / {} ページ", sheets.len()))).collect();
    ensure!(laid[2] == json!(numbers), "{}", laid[2]);
    Ok(sheets.len())
}

async fn it_can_be_printed(table: &Table, _: &[CardId]) -> Result<()> {
    let page = &table.page;
    let small = printed(table, (842, 595)).await?;
    page.eval("window.print = () => { window.naze_printed = true; }", vec![]).await?;
    page.click(".paper-button").await?;
    page.click("dialog[open] .button.action:nth-of-type(2)").await?;
    page.until("the printer", "return window.naze_printed", vec![]).await?;
    let large = printed(table, (1191, 842)).await?;
    ensure!(large < small, "{small} sheets of A4, {large} of A3");
    page.behaved().await
}

macro_rules! on_large_screens {
    ($($name:ident: $laptop:ident, $tablet:ident;)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $laptop() -> Result<()> {
            let Some((table, ids)) = lay(stringify!($laptop), Shape::Laptop).await? else { return Ok(()) };
            $name(&table, &ids).await
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $tablet() -> Result<()> {
            let Some((table, ids)) = lay(stringify!($tablet), Shape::Tablet).await? else { return Ok(()) };
            $name(&table, &ids).await
        }
    )*};
}

on_large_screens! {
    nothing_overlaps: nothing_overlaps_on_a_laptop, nothing_overlaps_on_a_tablet;
    what_one_is_at_stands_still: what_one_is_at_stands_still_on_a_laptop, what_one_is_at_stands_still_on_a_tablet;
    one_finds_ones_way: one_finds_ones_way_on_a_laptop, one_finds_ones_way_on_a_tablet;
    it_can_be_saved: it_can_be_saved_on_a_laptop, it_can_be_saved_on_a_tablet;
    it_can_be_printed: it_can_be_printed_on_a_laptop, it_can_be_printed_on_a_tablet;
}
