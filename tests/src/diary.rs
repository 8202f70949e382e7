//! Somebody who writes as fast as the server takes it, and remembers every word: each is a token that can be found again.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use futures_util::FutureExt;
use shared::docs::board::{Board, BoardOp, Star};
use shared::text::Splice;
use shared::{CardId, OpId};

use crate::phone::Phone;

/// Operations that may be pending at once: more are no faster, and each entry that comes replays them all.
const WINDOW: usize = 32;
/// Characters after which a card is left alone.
const CARD_CHARS: u32 = 150;

/// Random numbers, the same for the same seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap_or_default()
    }
}

/// A writer.
#[derive(Debug)]
pub struct Diary {
    /// Their phone.
    pub phone: Phone,
    /// The close code of the last connection; none when it just broke.
    pub closed: Option<u16>,
    sign: char,
    tokens: BTreeMap<OpId, String>,
    dice: Dice,
}

/// How often each token can be read on a board. Removed cards count.
pub fn tokens(board: &Board) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (_, card) in board.ever() {
        for token in card.text.read().split_terminator(';') {
            *found.entry(token.trim_start_matches('~').to_owned()).or_default() += 1;
        }
    }
    found
}

impl Diary {
    /// A writer whose tokens begin with `sign`.
    pub fn new(phone: Phone, sign: char) -> Self {
        let dice = Dice(u64::from(u32::from(sign)));
        Self { phone, closed: None, sign, tokens: BTreeMap::new(), dice }
    }

    /// How much was written.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Writes until the connection ends.
    pub async fn write(mut self) -> Self {
        self.closed = loop {
            let heard = if self.phone.replica.pending().len() < WINDOW {
                self.scribble();
                if self.phone.flush().await.is_err() {
                    // The reason may still be waiting to be read.
                    break self.last_word().await;
                }
                tokio::task::yield_now().await;
                self.phone.listen().now_or_never().unwrap_or(Ok(None))
            } else {
                self.phone.listen().await
            };
            match heard {
                Ok(None) => {}
                Ok(Some(code)) => break code,
                Err(_) => break None,
            }
        };
        self.phone.leave();
        self
    }

    async fn last_word(&mut self) -> Option<u16> {
        loop {
            match self.phone.listen().await {
                Ok(None) => {}
                Ok(Some(code)) => return code,
                Err(_) => return None,
            }
        }
    }

    /// Does one thing at the board; it is sent by [`Phone::flush`].
    pub fn scribble(&mut self) {
        let token = format!("{}{}", self.sign, self.tokens.len());
        let open: Vec<CardId> = {
            let cards = self.phone.replica.view().ever();
            cards.filter(|(_, card)| card.text.chars() < CARD_CHARS).map(|(id, _)| id).collect()
        };
        let card = open.get(self.dice.below(open.len())).copied();
        match (self.dice.below(10), card) {
            (0, Some(card)) => {
                self.phone.splice(card, &Splice { at: 0, delete: 0, insert: "~".into() });
            }
            (1, Some(card)) => {
                let star = if self.dice.below(2) == 0 { Star::RootCause } else { Star::None };
                self.phone.act(BoardOp::SetStar { card, star });
            }
            (2..9, Some(card)) => {
                if let [op] = self.phone.append(card, &format!("{token};")).as_slice() {
                    self.tokens.insert(*op, token);
                }
            }
            _ => {
                let parent = CardId::THEME;
                if let Some(card) = self.phone.add(parent, &format!("{token};")) {
                    self.tokens.insert(OpId { client: card.client, n: card.n }, token);
                }
            }
        }
    }

    /// Everything that this writer knows to be saved is on the board, once; so is everything that they have seen.
    ///
    /// # Errors
    /// When it is not.
    pub fn check(&self, board: &Board) -> Result<()> {
        let there = tokens(board);
        for (id, token) in &self.tokens {
            let pending = self.phone.replica.pending().iter().any(|pending| pending.id == *id);
            let refused = self.phone.refused.iter().any(|(refused, _)| refused == id);
            let times = there.get(token).copied().unwrap_or_default();
            ensure!(times <= 1, "{token} ({id}) is there {times} times");
            ensure!(pending || refused || times == 1, "{token} ({id}) was saved, and is lost");
            ensure!(!refused || times == 0, "{token} ({id}) was refused, and is there");
        }
        seen(&self.phone.replica.confirmed().model, board)
    }
}

/// Whoever saw `before` does not miss anything in `after`.
///
/// # Errors
/// When something is missing.
pub fn seen(before: &Board, after: &Board) -> Result<()> {
    let there = tokens(after);
    for token in tokens(before).keys() {
        ensure!(there.contains_key(token), "{token} was seen, and is lost");
    }
    for (id, _) in before.ever() {
        ensure!(after.get(id).is_some(), "the card {id} was seen, and is lost");
    }
    Ok(())
}
