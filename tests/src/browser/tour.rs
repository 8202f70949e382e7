//! A walk through every screen, with boards as an afternoon leaves them: at each one the visitor may look.

use anyhow::Result;
use server::client::{Client, Session};
use shared::docs::board::{Mark, Star};
use shared::{CardId, GroupId, Token};

use super::{AtBoard, AtWall, Browser, Device, Page, SOON};
use crate::ask::{self, Made};

/// A tree as a group of strangers grows it: level, words, star, mark.
const TREE: [(usize, &str, Star, Option<Mark>); 9] = [
    (0, "若い人が自治会に入らない", Star::None, None),
    (1, "役員の負担が重い", Star::None, Some(Mark::Fact)),
    (2, "仕事が増える一方で減らない", Star::None, None),
    (3, "やめ時を決める人がいない", Star::RootCause, Some(Mark::Guess)),
    (3, "市からの依頼を断れない空気がある", Star::None, Some(Mark::ToCheck)),
    (1, "何をする所か知られていない", Star::None, None),
    (2, "回覧板が紙だけで、昼間に家にいない人には届かない", Star::None, Some(Mark::Fact)),
    (1, "Meetings are held on weekday evenings, when parents of small children cannot come", Star::None, None),
    (2, "子どもを連れて行ける場所がない", Star::RootCause, None),
];

/// Themes of the other groups.
const THEMES: [&str; 5] =
    ["子どものコミュニケーション不足", "空き家が増えている", "防災訓練に若い人が来ない", "駅前の店が続かない", ""];

/// The card whose sheets are looked at.
const CARD: &str = "仕事が増える一方で減らない";

/// A workshop with boards that others have grown. They stay connected.
#[derive(Debug)]
pub struct Grown {
    /// The workshop.
    pub made: Made,
    base: String,
    _people: Vec<Session>,
}

async fn sit(base: &str, made: &Made, name: &str, group: u16) -> Result<Session> {
    let token = Token::of([u8::try_from(group).unwrap_or(0); 16]);
    let mut client = Client::connect(base).await?;
    let joined = client.join(made.code, token, name, Some(GroupId(group))).await?;
    Ok(client.hello(joined.workshop, token).await?)
}

fn grow(session: &Session, group: u16, theme: &str, size: usize) -> Result<()> {
    let board = session.board(GroupId(group));
    board.reword(CardId::THEME, theme)?;
    let mut path = vec![CardId::THEME];
    for (level, text, star, mark) in TREE.iter().skip(1).take(size) {
        path.truncate(*level);
        let parent = path.last().copied().unwrap_or(CardId::THEME);
        let card = board.add(parent, text)?;
        path.push(card);
        if *star == Star::RootCause {
            board.star(card, *star)?;
        }
        if mark.is_some() {
            board.mark(card, *mark)?;
        }
    }
    Ok(())
}

impl Grown {
    /// Makes a workshop of seven groups and lets others grow their trees.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn at(base: &str) -> Result<Self> {
        let made = ask::make(base, 7).await?;
        let mut people = Vec::new();
        let first = sit(base, &made, "田中", 1).await?;
        grow(&first, 1, TREE[0].1, TREE.len())?;
        people.push(first);
        for (group, (theme, size)) in (2..).zip(THEMES.iter().zip([6, 4, 3, 1, 0])) {
            let session = sit(base, &made, "中村", group).await?;
            grow(&session, group, theme, size)?;
            people.push(session);
        }
        for session in &people {
            session.saved(SOON).await?;
        }
        Ok(Self { made, base: base.to_owned(), _people: people })
    }

    /// Somebody's link, at the address of this test.
    pub fn link(&self, key: &Token) -> String {
        format!("{}/w/{}#{key}", self.base, self.made.id)
    }
}

/// Walks through every screen on one device.
///
/// # Errors
/// When a screen is not there, or the visitor finds something.
pub async fn tour(
    browser: &Browser,
    base: &str,
    device: Device,
    visit: &mut impl AsyncFnMut(&Page, &str) -> Result<()>,
) -> Result<()> {
    let grown = Grown::at(base).await?;
    let person = browser.open("参加者", device).await?;
    let lead = browser.open("進行役", device).await?;
    outside(&person, &grown, visit).await?;
    lead.goto(&grown.link(&grown.made.lead)).await?;
    lead.code().await?;
    visit(&lead, "lobby").await?;
    lead.begin_workshop().await?;
    inside(&person, visit).await?;
    before_all(&lead, visit).await?;
    let observer = browser.open("見学", device).await?;
    observer.goto(&grown.link(&grown.made.observer)).await?;
    AtWall(&observer).ready().await?;
    visit(&observer, "wall-observer").await?;
    AtWall(&observer).open(1).await?;
    visit(&observer, "wall-observer-open").await?;
    at_the_end(browser, &grown, &lead, &person, visit).await
}

async fn outside(page: &Page, grown: &Grown, visit: &mut impl AsyncFnMut(&Page, &str) -> Result<()>) -> Result<()> {
    page.goto(&format!("{}/j/0", grown.base)).await?;
    page.find("#screen-title").await?;
    visit(page, "lost").await?;
    page.goto(&grown.base).await?;
    page.find("#code").await?;
    visit(page, "home").await?;
    page.type_into("#code", "K7").await?;
    page.click(".code-form button[type=submit]").await?;
    page.until("what is wrong", "return document.querySelector('#code-trouble').textContent !== ''", vec![]).await?;
    visit(page, "home-wrong").await?;
    page.click(".way a[href='/new']").await?;
    page.find("#title").await?;
    visit(page, "start").await?;
    page.click(".start-form button[type=submit]").await?;
    page.until("what is wrong", "return document.querySelector('#title-trouble').textContent !== ''", vec![]).await?;
    visit(page, "start-wrong").await?;
    page.goto(&format!("{}/j/{}", grown.base, grown.made.code)).await?;
    page.click(".tables summary").await?;
    visit(page, "join").await?;
    page.click(".tables summary").await?;
    page.give_name("佐藤", 1).await?;
    page.find("main.seat .people li:nth-child(2)").await?;
    visit(page, "seat").await
}

async fn inside(page: &Page, visit: &mut impl AsyncFnMut(&Page, &str) -> Result<()>) -> Result<()> {
    let board = AtBoard(page);
    board.card(CARD).await?;
    board.saved().await?;
    visit(page, "board").await?;
    board.begin_below(CARD).await?;
    visit(page, "board-empty-field").await?;
    board.typing("断ると角が立つ").await?;
    visit(page, "board-writing").await?;
    board.finish().await?;
    board.open_sheet(CARD).await?;
    visit(page, "board-card").await?;
    board.close_sheet().await?;
    board.open_picker(CARD).await?;
    visit(page, "board-move").await?;
    board.close_sheet().await?;
    board.look_at(CARD).await?;
    visit(page, "board-branch").await?;
    page.click(".board-path .whole").await?;
    board.remove("断ると角が立つ").await?;
    visit(page, "board-removed").await
}

async fn before_all(lead: &Page, visit: &mut impl AsyncFnMut(&Page, &str) -> Result<()>) -> Result<()> {
    let wall = AtWall(lead);
    wall.ready().await?;
    visit(lead, "wall").await?;
    let board = wall.open(1).await?;
    board.card(CARD).await?;
    visit(lead, "wall-open").await?;
    lead.press("?").await?;
    lead.find("dialog[open] .keys").await?;
    visit(lead, "board-keys").await?;
    board.close_sheet().await?;
    wall.back().await?;
    wall.open(7).await?;
    visit(lead, "board-empty").await?;
    wall.back().await
}

async fn at_the_end(
    browser: &Browser,
    grown: &Grown,
    lead: &Page,
    person: &Page,
    visit: &mut impl AsyncFnMut(&Page, &str) -> Result<()>,
) -> Result<()> {
    let wall = AtWall(lead);
    wall.ask_to_end().await?;
    visit(lead, "wall-end").await?;
    wall.end().await?;
    person.find("main .banner").await?;
    visit(person, "board-ended").await?;
    visit(lead, "wall-ended").await?;
    let late = browser.open("遅れた人", person.device()).await?;
    late.goto(&format!("{}/j/{}", grown.base, grown.made.code)).await?;
    late.until("the end", "return document.querySelector('#screen-title') && !document.querySelector('[role=status]')?.textContent.includes('…')", vec![]).await?;
    visit(&late, "join-ended").await?;
    late.goto(&format!("{}/w/{}", grown.base, grown.made.id)).await?;
    late.find("main a.primary[href='/']").await?;
    visit(&late, "refused").await
}
