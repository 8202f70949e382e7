//! A board as large as one wants, grown over real connections by people who each have branches of their own: sentences of real
//! length, marks, stars, links, reactions, comments.

use anyhow::{Context, Result};
use server::client::{Client, Session};
use shared::docs::board::{BoardOp, Given, Mark, NoteOn, Reaction, Star};
use shared::{CardId, GroupId, Token};

use crate::ask::{self, Made};
use crate::browser::SOON;
use crate::diary::Dice;
use crate::naze::Naze;

/// The group whose board it is.
pub const GROUP: GroupId = GroupId(1);

/// What the theme says.
pub const THEME: &str = "若い人が自治会に入らず、役員のなり手もいない";

const WHO: [&str; 20] = [
    "役員になると",
    "引っ越してきた人は",
    "子育て中の家庭では",
    "七十代の会長が",
    "会計を任された人が",
    "集合住宅に住む人は",
    "夜に働いている人は",
    "一度やめた人には",
    "町内の店の人たちが",
    "新しく来た職員は",
    "防災の担当になると",
    "班長が回ってくると",
    "行事を手伝う人は",
    "高校生や大学生には",
    "ひとり暮らしの人が",
    "市の窓口では",
    "学校の先生たちも",
    "民生委員の方が",
    "会館の近くの人だけが",
    "昔から住む家では",
];

const WHAT: [&str; 25] = [
    "仕事や家のことを後回しにするほど忙しくなる",
    "何をしている所なのかを聞く機会がない",
    "平日の昼間の会議に出ることができない",
    "前の年の資料を受け取っていない",
    "だれに相談すればよいのか分からない",
    "断ると気まずくなると思っている",
    "紙の回覧板しか見る方法がない",
    "会費の使い道を知らされていない",
    "意見を言っても変わらないと感じている",
    "同じ人に頼み続けるしかない",
    "電話でしか連絡がとれない",
    "名前と顔が一致する相手が少ない",
    "やり方が会長の頭の中にしかない",
    "規約を読んだことがない",
    "手伝ったあとに礼を言われたことがない",
    "行事の日が仕事の日と重なってしまう",
    "次の人が見つかるまでやめられない",
    "書類を作るのに毎晩二時間かかっている",
    "会館の鍵をあける人が決まっていない",
    "個人情報を預かることに不安がある",
    "子どもを連れて行ける場所がない",
    "若い人の考えを聞く場が開かれていない",
    "去年と同じことをするように言われる",
    "集まりの知らせが前の日に届く",
    "となりの町のやり方を知らずにいる",
];

const WHEN: [&str; 6] = ["ここ数年", "この地区では", "市の調べでも", "とくに冬は", "聞いてみると", "思い出すと"];

/// The sentence of this number; no two are the same.
#[allow(clippy::indexing_slicing, reason = "a remainder is inside")]
pub fn sentence(n: usize) -> String {
    let (who, what) = (WHO[n % WHO.len()], WHAT[n / WHO.len() % WHAT.len()]);
    match n / (WHO.len() * WHAT.len()) {
        0 => format!("{who}{what}"),
        more => format!("{}、{who}{what}", WHEN[(more - 1) % WHEN.len()]),
    }
}

/// A server with such a board on it.
#[derive(Debug)]
pub struct Forest {
    /// The server.
    pub naze: Naze,
    /// Its workshop.
    pub made: Made,
    /// Those who have grown it; they are still there.
    pub people: Vec<Session>,
    /// The cards in the order in which each person added theirs, with their level and their words.
    pub cards: Vec<(CardId, usize, String)>,
}

/// What one phone may send at once, with room for what is said about the cards.
const CARDS_EACH: usize = 200;

async fn person(base: &str, made: &Made, n: usize) -> Result<Session> {
    let token = Token::of([u8::try_from(n + 1)?; 16]);
    let mut client = Client::connect(base).await?;
    let joined = client.join(made.code, token, &format!("班員{n}"), Some(GROUP)).await?;
    Ok(client.hello(joined.workshop, token).await?)
}

impl Forest {
    /// Grows one of so many cards and levels. The server takes everything as fast as it comes.
    ///
    /// # Errors
    /// When something is refused, or is not saved soon.
    pub async fn grow(cards: usize, levels: usize) -> Result<Self> {
        let naze = Naze::start_with(&["--seats", "12"]).await?;
        let made = ask::make(&naze.base(), 1).await?;
        let mut forest = Self { naze, made, people: Vec::new(), cards: Vec::new() };
        forest.add_people(cards.div_ceil(CARDS_EACH).clamp(5, 10)).await?;
        forest.person(0)?.board(GROUP).reword(CardId::THEME, THEME)?;
        forest.person(0)?.saved(SOON).await?;
        let count = forest.people.len();
        for n in 0..count {
            let share = cards / count + usize::from(n < cards % count);
            forest.branch_out(n, share, levels)?;
        }
        for person in &forest.people {
            person.saved(SOON * 3).await?;
        }
        Ok(forest)
    }

    async fn add_people(&mut self, count: usize) -> Result<()> {
        for n in 0..count {
            self.people.push(person(&self.naze.base(), &self.made, n).await?);
        }
        Ok(())
    }

    /// One of them.
    ///
    /// # Errors
    /// When there are not so many.
    pub fn person(&self, n: usize) -> Result<&Session> {
        self.people.get(n).context("somebody grew it")
    }

    /// One person's branches: one of them as deep as it goes, the others wherever there is room.
    fn branch_out(&mut self, n: usize, share: usize, levels: usize) -> Result<()> {
        let mut dice = Dice(n as u64 + 1);
        let mut own: Vec<(CardId, usize)> = Vec::new();
        for at in 0..share {
            let text = sentence(self.cards.len());
            let last = own.last().copied().filter(|(_, level)| at < levels && *level < levels);
            let open: Vec<_> = own.iter().copied().filter(|(_, level)| *level < levels).collect();
            let other = || open.get(dice.below(open.len() + 1)).copied();
            let (parent, level) = last.or_else(other).unwrap_or((CardId::THEME, 0));
            let board = self.people.get(n).context("somebody grows it")?.board(GROUP);
            let card = board.add(parent, &text)?;
            own.push((card, level + 1));
            self.cards.push((card, level + 1, text));
        }
        let board = self.people.get(n).context("somebody grows it")?.board(GROUP);
        let cards: Vec<CardId> = own.iter().map(|(card, _)| *card).collect();
        for (at, card) in cards.iter().copied().enumerate() {
            if at % 3 == 0 {
                let mark = [Mark::Fact, Mark::Guess, Mark::ToCheck].get(at / 3 % 3).copied();
                board.mark(card, mark)?;
            }
            match at % 20 {
                4 => drop(board.star(card, Star::RootCause)?),
                9 => drop(board.apply(BoardOp::React { card, reaction: Reaction::UsToo, given: Given::Yes })?),
                14 => drop(board.add_note(NoteOn::Card(card), "前の会でも同じ話が出ていました")?),
                // Below one's own first card everything hangs: a later one is never above it.
                19 => drop(cards.get(at / 2).map(|under| self.link(n, card, *under))),
                _ => {}
            }
        }
        Ok(())
    }

    /// A link, where it makes no circle.
    fn link(&self, n: usize, card: CardId, under: CardId) -> Option<()> {
        self.people.get(n)?.board(GROUP).apply(BoardOp::LinkCard { card, under }).ok().map(drop)
    }
}
