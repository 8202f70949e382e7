//! While a vote is open: its options, each with one's own dots on it. Who has no ballot reads the options.

use shared::docs::dots::{DotOption, DotVote, put};
use shared::{GroupId, VoteId};
use web_sys::MouseEvent;

use super::{Dots, TITLE};
use crate::element::Element;
use crate::i18n::fill;
use crate::reactive::*;
use crate::store::Cast;
use crate::ui::live::{Word, flag, said, text, when, with_number, word};

/// What a row looks at.
#[derive(Clone, Copy)]
struct Ballot {
    dots: Dots,
    vote: VoteId,
    /// How many dots there are.
    each: u16,
    /// How many options.
    options: usize,
    /// Where one's own are.
    mine: Memo<Vec<u16>>,
}

/// The ballot of somebody of this group; of nobody, for who only looks on.
pub fn ballot(dots: Dots, id: VoteId, from: Option<GroupId>) -> AnyView {
    let Some(vote) = dots.vote.get_untracked().filter(|vote| vote.id == id) else { return ().into_any() };
    let may: Vec<bool> = vote.options.iter().map(|option| vote.may_choose(option, from)).collect();
    // What somebody put on the group to which they have moved since is theirs to put elsewhere.
    let mine =
        Memo::new(move |_| dots.mine(id).into_iter().zip(&may).map(|(n, may)| if *may { n } else { 0 }).collect());
    let ballot = Ballot { dots, vote: id, each: vote.each, options: vote.options.len(), mine };
    let rows: Vec<AnyView> =
        vote.options.iter().enumerate().map(|(at, option)| ballot.row(at, option, &vote, from)).collect();
    let told: Word = match (from.is_some(), vote.each) {
        (false, _) => |t| t.dots.watch,
        (true, 1) => |t| t.dots.hint_one,
        (true, _) => |t| t.dots.hint,
    };
    let left =
        move || view! { <p class="dots-left tabular" role="status">{text(move || ballot.left())}</p> }.into_any();
    let saved = move || view! { <p class="dots-said">{text(move || ballot.say())}</p> }.into_any();
    let votes = flag(move || from.is_some());
    view! {
        <section class="dots" aria-labelledby=TITLE>
            <h3 id=TITLE tabindex="-1">{word(|t| t.dots.now)}</h3>
            <p class="hint">{word(told)}</p>
            {when(votes, left)}
            <ul class="dot-rows">{rows}</ul>
            {when(votes, saved)}
        </section>
    }
    .into_any()
}

/// Whose an option is, where there are several groups.
pub fn of_group(dots: Dots, group: Option<GroupId>) -> AnyView {
    let name = move |group: GroupId| text(move || with_number(dots.t().everywhere.group_n, group.0.into()));
    group.map(|group| view! { <span class="dot-group">{name(group)}</span> }).into_any()
}

impl Ballot {
    fn on(self, at: usize) -> u16 {
        self.mine.with(|mine| mine.get(at).copied().unwrap_or(0))
    }

    fn free(self) -> u16 {
        self.mine.with(|mine| self.each.saturating_sub(put(mine)))
    }

    fn left(self) -> String {
        let (left, each) = (self.free().to_string(), self.each.to_string());
        fill(self.dots.t().dots.left, &[("left", &left), ("each", &each)])
    }

    /// Where one's ballot is.
    fn say(self) -> String {
        let t = &self.dots.t().dots;
        match (self.mine.with(Vec::is_empty), self.dots.tray.with(|tray| tray.cast)) {
            (_, Cast::OnItsWay) => t.voted_waits,
            (true, Cast::Taken) => t.voted_not,
            (false, Cast::Taken) => t.voted,
        }
        .to_owned()
    }

    fn change(self, at: usize, change: impl FnOnce(u16) -> Option<u16>) {
        let mut all = self.mine.get_untracked();
        all.resize(self.options, 0);
        let Some(on) = all.get_mut(at) else { return };
        match change(*on) {
            Some(now) => *on = now,
            None => return,
        }
        if put(&all) <= self.each {
            self.dots.cast(self.vote, all);
        }
    }

    fn row(self, at: usize, option: &DotOption, vote: &DotVote, from: Option<GroupId>) -> AnyView {
        let words = option.words.clone();
        let act = match from {
            None => ().into_any(),
            _ if vote.may_choose(option, from) => self.stepper(at, &words).into_any(),
            _ => view! { <p class="hint">{word(|t| t.dots.own)}</p> }.into_any(),
        };
        view! {
            <li class="dot-row" class:chosen=flag(move || self.on(at) > 0)>
                <p class="dot-words">{of_group(self.dots, option.group)} " " {words}</p>
                {act}
            </li>
        }
        .into_any()
    }

    /// One less, how many, one more.
    fn stepper(self, at: usize, words: &str) -> Element {
        let named = |sentence: Word| {
            let (sentence, words) = (word(sentence), words.to_owned());
            text(move || fill(&sentence.get(), &[("text", &words)]))
        };
        let none = flag(move || self.on(at) == 0);
        let full = flag(move || self.free() == 0);
        let shown = text(move || "●".repeat(self.on(at).min(SHOWN).into()));
        let n = text(move || with_number(self.dots.t().dots.on_it, self.on(at).into()));
        let less = move || self.change(at, |on| on.checked_sub(1));
        let more = move || self.change(at, |on| on.checked_add(1));
        view! {
            <div class="dot-stepper">
                <span class="dot-marks" aria-hidden="true">{shown}</span>
                {step("−", named(|t| t.dots.take_one), none, less)}
                <span class="dot-n tabular">{n}</span>
                {step("＋", named(|t| t.dots.put_one), full, more)}
            </div>
        }
    }
}

/// So many dots are drawn; beyond them the number is enough.
const SHOWN: u16 = 5;

/// A round button that says when it does nothing, and can still be found.
pub fn step(shape: &'static str, label: Signal<String>, off: Signal<bool>, press: impl Fn() + 'static) -> Element {
    let press: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| press());
    view! {
        <button type="button" class="icon-button dot-step" aria-label=label aria-disabled=said(off) on:click=press>
            {shape}
        </button>
    }
}
