//! The real afternoon, through the page alone: a lead and seven groups with two phones each, in a real browser, with a phone that
//! loses its network and a server that loses its power. At the end every board reads the same everywhere, and every card that
//! was shown as saved is there once.

#![allow(clippy::indexing_slicing, reason = "a test that meets what it does not expect fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use futures_util::future::{join, try_join, try_join_all};
use http::Method;
use serde_json::Value;
use tests::ask;
use tests::browser::{AtBoard, AtWall, Browser, Device, Outline, Page, Tongue};
use tests::naze::Naze;
use tests::proxy::Proxy;

const GROUPS: u16 = 7;
/// The group whose second phone loses its network.
const CUT: u16 = 3;
/// Cards that each phone writes while the server is killed.
const MEANWHILE: usize = 3;

const THEMES: [&str; 7] = [
    "自治会の高齢化",
    "子どものコミュニケーション不足",
    "空き家が増えている",
    "防災訓練に若い人が来ない",
    "駅前の店が続かない",
    "ごみ出しの決まりが守られない",
    "People from abroad do not join in",
];

const NAMES: [&str; 14] =
    ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田", "Anna", "Ben"];

/// A group of two phones, with the cards that were shown to them as saved.
struct Table {
    group: u16,
    first: Page,
    second: Page,
}

impl Table {
    fn theme(&self) -> &'static str {
        THEMES[usize::from(self.group) - 1]
    }

    fn boards(&self) -> (AtBoard<'_>, AtBoard<'_>) {
        (AtBoard(&self.first), AtBoard(&self.second))
    }

    /// Theme, causes side by side and below, two people in one card, a move, a star, a mark, an undo.
    async fn grow(&self) -> Result<()> {
        let (one, two) = self.boards();
        try_join(one.ready(), two.ready()).await?;
        one.write_theme(self.theme()).await?;
        two.card(self.theme()).await?;
        try_join(one.add(self.theme(), "役員の負担が重い"), two.add(self.theme(), "何をする所か知らない")).await?;
        try_join(one.card("何をする所か知らない"), two.card("役員の負担が重い")).await?;
        try_join(one.add("役員の負担が重い", "仕事が増える一方"), two.add_beside("役員の負担が重い", "昼間に集まる"))
            .await?;
        try_join(one.card("昼間に集まる"), two.card("仕事が増える一方")).await?;
        self.write_together().await?;
        two.move_under("昼間に集まる", "役員の負担が重い").await?;
        one.until("the move", |tree| tree.above("昼間に集まる").is_ok_and(|above| above == "役員の負担が重い")).await?;
        one.star("仕事が増える一方").await?;
        two.until("the star", |tree| tree.line("仕事が増える一方").is_ok_and(|line| line.starred)).await?;
        two.mark("仕事が増える一方", "guess").await?;
        one.until("the mark", |tree| tree.line("仕事が増える一方").is_ok_and(|line| line.mark.is_some())).await?;
        one.add(self.theme(), "まちがえて書いた").await?;
        two.card("まちがえて書いた").await?;
        one.undo().await?;
        two.until("the undo", |tree| tree.count("まちがえて書いた") == 0).await?;
        Ok(())
    }

    /// Two people in one card at once: both texts survive, unmixed.
    async fn write_together(&self) -> Result<()> {
        let (one, two) = self.boards();
        let card = "何をする所か知らない";
        try_join(one.begin_in(card), two.begin_in(card)).await?;
        try_join(one.typing("、聞いたことがない"), two.typing("、見たこともない")).await?;
        try_join(one.finish(), two.finish()).await?;
        let both = |tree: &Outline| {
            let has = |line: &&str| line.contains("、聞いたことがない") && line.contains("、見たこともない");
            tree.causes().iter().filter(|line| line.starts_with(card)).any(has)
        };
        try_join(one.until("both texts in one card", both), two.until("both texts in one card", both)).await?;
        Ok(())
    }

    /// Waits until both phones say "saved" and show the same board. What it is.
    async fn agreed(&self) -> Result<Outline> {
        let (one, two) = self.boards();
        try_join(one.saved(), two.saved()).await?;
        for _ in 0..200 {
            let (first, second) = try_join(one.outline(), two.outline()).await?;
            if first == second {
                return Ok(first);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let (first, second) = try_join(one.outline(), two.outline()).await?;
        anyhow::bail!("group {}: two phones, two boards\n{first}\n{second}", self.group)
    }

    /// Both phones write on, whatever happens to the server. The cards that were shown as saved meanwhile.
    async fn write_on(&self, written: &AtomicUsize) -> Result<BTreeSet<String>> {
        let by = |page, name: &'static str| write_on(page, name, self.theme(), written);
        let (mut first, second) = try_join(by(&self.first, "甲"), by(&self.second, "乙")).await?;
        first.extend(second);
        Ok(first)
    }
}

async fn write_on(page: &Page, name: &str, theme: &str, written: &AtomicUsize) -> Result<BTreeSet<String>> {
    let board = AtBoard(page);
    let mut saved = BTreeSet::new();
    for n in 1..=MEANWHILE {
        board.add(theme, &format!("{name}の{n}枚目の原因")).await?;
        written.fetch_add(1, Ordering::Relaxed);
        // The tree first, then the word: what is told as saved includes it.
        let tree = board.outline().await?;
        if board.told().await?.saved {
            saved.extend(ids(&tree));
        }
    }
    Ok(saved)
}

fn ids(tree: &Outline) -> impl Iterator<Item = String> + '_ {
    tree.0.iter().filter_map(|line| line.id.strip_prefix("card-")).map(str::to_owned)
}

/// Cards of an exported board by id, each with how often it is there.
fn exported(board: &Value) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let mut left: Vec<&Value> = board["cards"].as_array().into_iter().flatten().collect();
    while let Some(card) = left.pop() {
        *found.entry(card["id"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
        left.extend(card["because"].as_array().into_iter().flatten());
    }
    found
}

/// Everything that the server has, asked for with the lead's link.
async fn export(base: &str, link: &str) -> Result<Value> {
    let (_, place) = link.split_once("/w/").context("a link leads to a workshop")?;
    let (id, key) = place.split_once('#').context("a link ends with a key")?;
    let bearer = format!("Bearer {key}");
    let address = format!("{base}/api/workshops/{id}/export.json");
    let answer = ask::ask(Method::GET, &address, &[("authorization", &bearer)], "").await?;
    ensure!(answer.status == 200, "{} {}", answer.status, answer.body);
    answer.json()
}

/// Opens the phones one after the other, then lets everybody join at once.
async fn sit_down(browser: &Browser, naze: &Naze, proxy: &Proxy, code: &str) -> Result<Vec<Table>> {
    let mut tables = Vec::new();
    for (group, names) in (1..=GROUPS).zip(NAMES.chunks(2)) {
        let tongue = if group == GROUPS { Tongue::En } else { Tongue::Ja };
        let device = Device { tongue, ..Device::PHONE };
        let first = browser.open(names[0], device).await?;
        let second = browser.open(names[1], device).await?;
        tables.push(Table { group, first, second });
    }
    try_join_all(tables.iter().map(async |table| {
        let way = if table.group == CUT { proxy.base() } else { naze.base() };
        table.first.join(&naze.base(), code, table.first.who(), table.group).await?;
        table.second.join(&way, code, table.second.who(), table.group).await
    }))
    .await?;
    Ok(tables)
}

/// Long enough to be typed from before the phone is back until after.
const ON_THE_WAY: &str = "もどってくるあいだも手をとめずに書きつづける人がいて言葉はひとつもなくならない";

/// One phone loses its network, types on, says that its words are kept, and brings them when it is back.
async fn lose_network(table: &Table, proxy: &Proxy) -> Result<()> {
    let (here, away) = table.boards();
    proxy.cut();
    away.add(table.theme(), "電波がとどかない所で書いた").await?;
    away.add("電波がとどかない所で書いた", "もう1枚、つながらないまま").await?;
    away.kept_here().await?;
    ensure!(here.outline().await?.count("電波がとどかない所で書いた") == 0, "the proxy did not cut");
    here.add(table.theme(), "そのあいだに書かれた").await?;
    // Whoever writes on while the phone comes back overtakes nothing: that is between the socket's opening and the answer.
    proxy.delay(Duration::from_millis(300));
    away.begin_below(table.theme()).await?;
    proxy.mend();
    for letter in ON_THE_WAY.chars() {
        away.typing(&letter.to_string()).await?;
        tokio::time::sleep(Duration::from_millis(70)).await;
    }
    away.finish().await?;
    proxy.delay(Duration::ZERO);
    away.saved().await?;
    for board in [here, away] {
        let tree = board
            .until("what was written offline, and meanwhile", |tree| {
                ["もう1枚、つながらないまま", "そのあいだに書かれた", ON_THE_WAY]
                    .iter()
                    .all(|text| tree.count(text) > 0)
            })
            .await?;
        ensure!(tree.count("電波がとどかない所で書いた") == 1, "once:\n{tree}");
    }
    Ok(())
}

/// Everybody writes; half-way the power goes; later it comes back.
async fn lose_power(tables: &[Table], naze: &mut Naze) -> Result<Vec<BTreeSet<String>>> {
    let written = AtomicUsize::new(0);
    let everybody = try_join_all(tables.iter().map(|table| table.write_on(&written)));
    let power = async {
        while written.load(Ordering::Relaxed) < tables.len() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        naze.kill();
        let dark = AtBoard(&tables[0].first);
        while dark.0.eval("return document.querySelector('.bar .saving.away') !== null", vec![]).await?
            != Value::Bool(true)
        {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        naze.again().await
    };
    let (saved, power) = join(everybody, power).await;
    power?;
    saved
}

/// The lead sees all groups on the wall, and each board large as its phones have it.
async fn lead_sees(lead: &Page, trees: &[Outline]) -> Result<()> {
    let wall = AtWall(lead);
    for (tile, theme) in wall.tiles().await?.iter().zip(THEMES) {
        ensure!(tile.theme == theme && tile.drawn, "the wall shows {tile:?}");
    }
    for (group, tree) in (1..=GROUPS).zip(trees) {
        let board = wall.open(group).await?;
        board.until(&format!("group {group} as on its phones:\n{tree}"), |seen| seen == tree).await?;
        wall.back().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_afternoon() -> Result<()> {
    let Some(browser) = Browser::start("afternoon").await? else { return Ok(()) };
    let mut naze = Naze::start().await?;
    let proxy = Proxy::before(naze.port()).await?;
    let lead = browser.open("進行役", Device::LAPTOP).await?;
    let code = lead.start_workshop(&naze.base(), "協働推進研修", "課題の根っこを見つける", GROUPS).await?;
    let link = lead.lead_link().await?;
    let tables = sit_down(&browser, &naze, &proxy, &code).await?;
    lead.until("everybody", "return /14/.test(document.querySelector('.arrivals .count').textContent)", vec![]).await?;
    lead.begin_workshop().await?;
    try_join_all(tables.iter().map(Table::grow)).await?;
    lose_network(&tables[usize::from(CUT) - 1], &proxy).await?;
    let mut saved = lose_power(&tables, &mut naze).await?;
    let trees = try_join_all(tables.iter().map(Table::agreed)).await?;
    for (saved, tree) in saved.iter_mut().zip(&trees) {
        saved.extend(ids(tree));
    }
    lead_sees(&lead, &trees).await?;
    let export = export(&naze.base(), &link).await?;
    for ((board, saved), tree) in export["boards"].as_array().context("boards")?.iter().zip(&saved).zip(&trees) {
        let mut there = exported(board);
        for id in saved.iter().filter(|id| !id.starts_with("0-")) {
            ensure!(
                there.remove(id) == Some(1),
                "{id} was shown as saved, and is there {:?} times\n{tree}",
                there.get(id)
            );
        }
        ensure!(there.is_empty(), "cards that nobody saw: {there:?}\n{tree}");
        for n in 1..=MEANWHILE {
            for name in ["甲", "乙"] {
                ensure!(tree.count(&format!("{name}の{n}枚目の原因")) == 1, "once each:\n{tree}");
            }
        }
    }
    for page in tables.iter().flat_map(|table| [&table.first, &table.second]).chain([&lead]) {
        page.behaved().await?;
    }
    Ok(())
}
