//! Three hours of a lively group, pressed into less time with nothing left out: five people write, mark, answer, move, remove and put
//! back, talk and are cut off, and a phone shows all of it and takes part. Neither the phone nor the server may hold more at the end
//! than after the first ten minutes. The cards all come in these ten minutes: what a board keeps for ever is no leak.
//!
//! Half an hour tells by its nodes and listeners what is never let go. The memory of a module grows in steps and never shrinks: what leaks
//! there little by little only three hours show.
//!
//! `NAZE_HOURS` says how long the afternoon is; without it, it is short enough for every run of the tests.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use server::client::Session;
use shared::docs::board::{Answer, BoardOp, CallFor, Given, Mark, NoteOn, Place, Reaction, Star};
use shared::presence::Doing;
use shared::{CardId, NoteId};
use tests::browser::{AtBoard, Browser, Device, Memory, Page, SOON};
use tests::diary::Dice;
use tests::forest::{Forest, GROUP};
use tests::proxy::Proxy;

/// Cards that the group has written after ten minutes.
const CARDS: usize = 500;
const LEVELS: usize = 12;
/// Cards that are marked and answered.
const TALKED_ABOUT: usize = 6;
/// Cards say about as much as this all the time.
const WORDS: usize = 30;
/// Somebody does something every two seconds.
const STEPS_IN_TEN_MINUTES: usize = 300;
/// Without being asked: half an hour.
const HOURS: f64 = 0.5;
/// What may be held at the end, in parts of what was held after ten minutes.
const MOST: f64 = 1.1;
/// What scripts hold is a tenth of what the page holds, and settles in the first hour.
const SCRIPTS_MOST: f64 = 1.25;
/// Bytes that the server may take more, however long it is: its caches have limits.
const SERVER_MORE: f64 = 8e6;

fn tell(line: &str) {
    // Where nobody listens nothing is lost.
    let _ = writeln!(std::io::stderr(), "    hours: {line}");
}

fn hours() -> Result<f64> {
    match std::env::var("NAZE_HOURS") {
        Ok(hours) => hours.parse().with_context(|| format!("NAZE_HOURS is {hours}, not a number of hours")),
        Err(_) => Ok(HOURS),
    }
}

/// A group at its board, and a phone that is at the same board.
struct Afternoon {
    forest: Forest,
    proxy: Proxy,
    page: Page,
    dice: Dice,
    notes: Vec<NoteId>,
    /// A card that was moved, and where it was.
    moved: Option<(CardId, CardId)>,
    step: usize,
}

impl Afternoon {
    fn cards(&mut self) -> Result<(CardId, CardId)> {
        let mut card = || self.forest.cards.get(self.dice.below(self.forest.cards.len())).map(|(card, ..)| *card);
        card().zip(card()).context("cards")
    }

    /// Somebody does one thing. What is said about cards is said about a few of them, and taken back: after ten minutes there is as much
    /// of it as there will ever be.
    fn somebody(&mut self) -> Result<()> {
        let (card, other) = self.cards()?;
        let (who, what, on) = (self.dice.below(5), self.dice.below(100), self.step.is_multiple_of(2));
        let (few, ..) = self.forest.cards.get(self.dice.below(TALKED_ABOUT)).context("a card to talk about")?;
        let few = *few;
        let note = self.notes.get(self.dice.below(self.notes.len())).copied();
        let person: &Session = self.forest.person(who)?;
        let hands = person.board(GROUP);
        let given = if on { Given::Yes } else { Given::No };
        // What does not fit any more, because others were quicker, is left.
        let done = match what {
            0..40 => {
                let text =
                    person.read(|docs| docs.board(GROUP).and_then(|board| Some(board.view().get(card)?.text.read())));
                let text = text.context("the card is there")?;
                let shorter: String = text.chars().take(WORDS - 6).collect();
                hands.doing(Doing::Writing(card));
                if text.chars().count() > WORDS {
                    hands.reword(card, &shorter).map(drop)
                } else {
                    "と聞いている".chars().try_for_each(|letter| hands.append(card, &letter.to_string()).map(drop))
                }
            }
            40..50 => hands.mark(few, on.then_some(Mark::Guess)).map(drop),
            50..55 => hands.star(few, if on { Star::RootCause } else { Star::None }).map(drop),
            55..65 => hands.apply(BoardOp::React { card: few, reaction: Reaction::Agree, given }).map(drop),
            65..70 => {
                let home = person.read(|docs| docs.board(GROUP).and_then(|board| board.view().home(card)));
                let there = self.moved.take();
                let (card, at) = there.unwrap_or((card, other));
                self.moved = home.filter(|_| there.is_none()).map(|home| (card, home));
                hands.move_to(card, at, Place::Last).map(drop)
            }
            70..78 => hands.remove(card).and_then(|_| hands.undo()).map(drop),
            78..82 => hands.apply(BoardOp::LinkCard { card, under: other }).and_then(|_| hands.undo()).map(drop),
            82..88 => note.map_or(Ok(()), |note| {
                let op = if on { BoardOp::RemoveNote { note } } else { BoardOp::RestoreNote { note } };
                hands.apply(op).map(drop)
            }),
            88..92 => {
                hands.apply(BoardOp::ReadLink { card, under: other, answer: on.then_some(Answer::Holds) }).map(drop)
            }
            92..94 => hands.apply(BoardOp::RaiseHand).map(drop),
            94..95 => hands.apply(BoardOp::Call { card: Some(card), what: CallFor::Look }).map(drop),
            _ => {
                hands.doing(Doing::Adding(card));
                Ok(())
            }
        };
        drop(done);
        Ok(())
    }

    /// Presses what a script finds, as soon as it is there. The driver would keep what it has found for as long as the page lives.
    async fn press(&self, what: &str, all: &str, nth: usize) -> Result<()> {
        let script = format!(
            "const all = {all}; if (all.length === 0) return false; all[arguments[0] % all.length].click(); return true"
        );
        self.page.until(what, &script, vec![nth.into()]).await.map(drop)
    }

    /// Presses the button of a sheet that begins so.
    async fn choose(&self, shape: &str) -> Result<()> {
        let all = format!(
            "[...document.querySelectorAll('dialog[open] button')].filter((b) => b.textContent.trim().startsWith('{shape}'))"
        );
        self.press(shape, &all, 0).await
    }

    async fn close_sheet(&self) -> Result<()> {
        self.press("the last button", "document.querySelectorAll('dialog[open] .sheet-body > .button:last-child')", 0)
            .await?;
        AtBoard(&self.page).no_sheet().await
    }

    /// What the phone itself does now and then.
    async fn myself(&mut self) -> Result<()> {
        let any = self.dice.below(1_000);
        let on_cards = |css: &str| {
            format!(
                "[...document.querySelectorAll('#board-tree .node:not(:first-child) > .card {css}')].filter((b) => b.checkVisibility())"
            )
        };
        let field = "#board-writing textarea";
        match self.step / 25 % 6 {
            0 | 2 => {
                self.press("a card's menu", &on_cards(".more"), any).await?;
                self.choose("⇄").await?;
                self.page.sees("dialog[open]").await?;
                self.close_sheet().await
            }
            1 => {
                self.press("a card's why", &on_cards(".why"), any).await?;
                self.page.sees(field).await?;
                self.page.press("Escape").await
            }
            3 => {
                self.press("a card's menu", &on_cards(".more"), any).await?;
                self.choose("✎").await?;
                self.page.sees(field).await?;
                self.page.press("a").await?;
                self.page.press("Backspace").await?;
                AtBoard(&self.page).finish().await
            }
            4 => {
                self.page.press("/").await?;
                self.page.sees("dialog[open] input").await?;
                self.close_sheet().await
            }
            _ => {
                self.proxy.snap();
                AtBoard(&self.page).saved().await
            }
        }
    }

    /// The largest branch goes elsewhere and comes back, as it may at any time: what that takes is taken in the first ten minutes.
    async fn turn_over(&self) -> Result<()> {
        let branch = |board: &shared::docs::board::Board, card: CardId| {
            let (mut all, mut at) = (vec![card], 0);
            while let Some(card) = all.get(at).copied() {
                all.extend(board.children(card).map(|(child, _)| child));
                at += 1;
            }
            all.len()
        };
        let person = self.forest.person(0)?;
        let two = person.read(|docs| {
            let board = docs.board(GROUP)?.view();
            let mut first: Vec<CardId> = board.children(CardId::THEME).map(|(card, _)| card).collect();
            first.sort_by_key(|card| std::cmp::Reverse(branch(board, *card)));
            Some((*first.first()?, *first.get(1)?))
        });
        let (largest, next) = two.context("two branches")?;
        for (at, above) in [(next, format!("card-{next}")), (CardId::THEME, format!("card-{}", CardId::THEME))] {
            person.board(GROUP).move_to(largest, at, Place::Last)?;
            let script =
                "return document.getElementById(arguments[0])?.parentElement.closest('.node')?.id === arguments[1]";
            let there = vec![format!("card-{largest}").into(), above.into()];
            self.page.until("the branch elsewhere", script, there).await?;
        }
        Ok(())
    }

    /// So many steps, and everything that came of them is on the phone.
    async fn go_on(&mut self, steps: usize) -> Result<()> {
        for _ in 0..steps {
            self.step += 1;
            self.somebody()?;
            if self.step.is_multiple_of(25) {
                self.myself().await?;
            }
            tokio::time::sleep(Duration::from_millis(4)).await;
        }
        self.come_to_rest().await
    }

    async fn come_to_rest(&self) -> Result<()> {
        for person in &self.forest.people {
            person.saved(SOON * 2).await?;
        }
        let last = format!("ここまで{}", self.step);
        let theme = [tests::forest::THEME, &last].join("、");
        self.forest.person(0)?.board(GROUP).reword(CardId::THEME, &theme)?;
        AtBoard(&self.page).card(&theme).await?;
        AtBoard(&self.page).saved().await
    }

    async fn held(&self) -> Result<(Memory, f64)> {
        // What was shown for a moment is gone by then.
        tokio::time::sleep(Duration::from_secs(3)).await;
        let pid = self.forest.naze.pid().context("the server runs")?;
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("the size of a process")?;
        let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        let (page, server) = (self.page.memory().await?, kilobytes * 1024.0);
        let mb = |bytes: f64| bytes / 1_048_576.0;
        tell(&format!(
            "after {:>3} min: heap {:.2} MB, module {:.2} MB, {} nodes, {} listeners; server {:.1} MB",
            self.step * 2 / 60,
            mb(page.heap),
            mb(page.module),
            page.nodes,
            page.listeners,
            mb(server)
        ));
        Ok((page, server))
    }
}

async fn begin(browser: &Browser) -> Result<Afternoon> {
    let forest = Forest::grow(CARDS, LEVELS).await?;
    let proxy = Proxy::before(forest.naze.port()).await?;
    let mut notes = Vec::new();
    for (card, ..) in forest.cards.iter().take(30) {
        notes.push(forest.person(1)?.board(GROUP).add_note(NoteOn::Card(*card), "もう少し聞いてみたいです")?);
    }
    let page = browser.open("佐藤", Device::PHONE).await?;
    page.watch_module().await?;
    page.join(&proxy.base(), &forest.made.code.to_string(), "佐藤", GROUP.0).await?;
    page.click("main.seat .button").await?;
    AtBoard(&page).ready().await?;
    Ok(Afternoon { forest, proxy, page, dice: Dice(3), notes, moved: None, step: 0 })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_does_not_grow_with_the_hours() -> Result<()> {
    let Some(browser) = Browser::start("memory_does_not_grow_with_the_hours").await? else { return Ok(()) };
    let mut afternoon = begin(&browser).await?;
    afternoon.go_on(STEPS_IN_TEN_MINUTES / 2).await?;
    afternoon.turn_over().await?;
    afternoon.go_on(STEPS_IN_TEN_MINUTES / 2).await?;
    let (before, server) = afternoon.held().await?;
    // Three looks on the way tell a slope from a bump.
    let rest = (hours()? * 6.0 - 1.0).max(1.0) / 3.0;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of steps")]
    let steps = (rest * STEPS_IN_TEN_MINUTES as f64) as usize;
    let mut last = (before, server);
    for _ in 0..3 {
        afternoon.go_on(steps).await?;
        last = afternoon.held().await?;
    }
    let (after, server_after) = last;
    // What SQLite keeps at hand fills in the first hour.
    ensure!(
        server_after < server + SERVER_MORE,
        "the server: {server_after:.0} at the end, {server:.0} after ten minutes"
    );
    for (what, before, after, most) in [
        ("the page", before.heap + before.module, after.heap + after.module, MOST),
        ("what scripts hold", before.heap, after.heap, SCRIPTS_MOST),
        ("nodes", before.nodes, after.nodes, MOST),
        ("listeners", before.listeners, after.listeners, MOST),
    ] {
        ensure!(after <= before * most, "{what}: {after:.0} at the end, {before:.0} after ten minutes");
    }
    afternoon.page.behaved().await
}
