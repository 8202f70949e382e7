//! The real afternoon, played: a lead conducts the run-sheet of 60 minutes, and 34 simulated participants join over real websockets
//! and grow seven why-trees at human speed, so that somebody alone at a desk sees the wall alive and can join as the 35th. It uses
//! the server as any phone does; only the workshop itself is made in the server's own words.

use std::fmt;
use std::sync::{Arc, Mutex};

use shared::docs::workshop::Language;
use shared::ids::GroupId;
use shared::limits::SEATS_MAX;
use shared::run_sheet::Shipped;
use shared::wire::Refusal;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use self::guest::{Seat, Way, Work};
use self::human::Human;
use self::lead::Lead;
use self::plan::Plan;
pub use self::script::BadScript;
use self::script::{Comes, Phone, Script};
use crate::client::{Client, ClientError};
use crate::registry::{CreateError, Created, New, Registry};
use crate::roster_list::Line;

mod guest;
mod human;
mod lead;
mod plan;
mod script;
#[cfg(test)]
mod tests;

/// Who comes late comes so many seconds after the others, at the earliest and at the latest.
const LATE: (u32, u32) = (420, 540);

/// How the afternoon is played.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// 1 is the speed of people.
    pub speed: f64,
    /// How many take part.
    pub people: u16,
    /// In which language they write.
    pub language: Language,
}

/// The demo cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The script is not well written.
    #[error(transparent)]
    Script(#[from] BadScript),
    /// The workshop was not made.
    #[error("the demo's workshop could not be made: {0}")]
    Create(#[from] CreateError),
    /// The list of who is expected was not taken.
    #[error("the demo's list of people could not be stored: {0:?}")]
    Roster(Refusal),
}

/// The list that the lead was given: who is expected, from where, and in which group; also who does not come.
fn expected(script: &Script) -> Vec<Line> {
    let tables = (1..).zip(&script.tables);
    let names = tables.flat_map(|(group, table)| {
        let names = table.guests.iter().map(|guest| &guest.name).chain(&table.absent);
        names.map(move |name| (GroupId(group), name))
    });
    let line = |(group, name): (GroupId, &String)| {
        // Everybody says behind their name where they work.
        let section = name.split_once(['（', '(']).map_or("", |(_, section)| section.trim_end_matches(['）', ')']));
        let (name, section) = (name.clone(), section.to_owned());
        Line { name, section, age: String::new(), actor: String::new(), group: Some(group) }
    };
    names.map(line).collect()
}

/// A workshop that fills itself.
#[derive(Debug)]
pub struct Demo {
    options: Options,
    script: Script,
    made: Created,
}

impl Demo {
    /// Makes the workshop. Nobody has joined yet.
    ///
    /// # Errors
    /// When the workshop cannot be made.
    pub async fn open(registry: &Registry, options: Options) -> Result<Self, DemoError> {
        let mut script = Script::of(options.language)?;
        let new = New {
            title: script.title.clone(),
            goal: script.goal.clone(),
            language: options.language,
            groups: u16::try_from(script.tables.len()).unwrap_or(u16::MAX),
            seats: SEATS_MAX,
            run_sheet: Shipped::Analyse,
        };
        let made = registry.create(new).await?;
        script.limit(usize::from(options.people));
        registry.import(made.id, expected(&script)).await.map_err(DemoError::Roster)?;
        Ok(Self { options, script, made })
    }

    /// What is to be told to whoever started it: links that begin with `address`, the code, and that there is room for one
    /// more.
    pub fn welcome<'a>(&'a self, address: &'a str) -> impl fmt::Display + 'a {
        Welcome { demo: self, address }
    }

    /// Lets everybody come to the server at `base`, and plays until it is dropped. Who has finished stays connected.
    pub async fn play(&self, base: &str) {
        let tables = self.tables();
        let mut guests = self.guests(base, &tables);
        let guests = async {
            while let Some(ended) = guests.join_next().await {
                if let Ok(Err(why)) = ended {
                    tracing::warn!(%why, "a simulated participant has left");
                }
            }
        };
        let lead = async {
            if let Err(why) = self.lead(base, tables).await {
                tracing::warn!(%why, "the demo's lead conducts no longer");
            }
        };
        tokio::join!(guests, lead);
        std::future::pending().await
    }

    fn tables(&self) -> Vec<(GroupId, Work)> {
        let tables = (1..).zip(&self.script.tables).map(|(group, table)| {
            let table = Arc::new(table.clone());
            let plan = Arc::new(Mutex::new(Plan::new(Arc::clone(&table))));
            (GroupId(group), Work { table, plan, phone: Arc::new(Semaphore::new(1)) })
        });
        tables.collect()
    }

    /// Everybody, each on their way. They come one after another, from all groups in turn.
    fn guests(&self, base: &str, tables: &[(GroupId, Work)]) -> JoinSet<Result<(), ClientError>> {
        let mut guests = JoinSet::new();
        let mut number = 0;
        for place in 0..usize::from(self.options.people) {
            for (group, work) in tables.iter().filter(|(_, work)| place < work.table.guests.len()) {
                number += 1;
                let human = Human::new(number, self.options.speed, self.options.language);
                let way = Way { base: base.to_owned(), code: self.made.code, group: *group };
                guests.spawn(one(way, work.clone(), place, human, number));
            }
        }
        guests
    }

    /// Conducts, until the workshop is left to itself.
    async fn lead(&self, base: &str, tables: Vec<(GroupId, Work)>) -> Result<(), ClientError> {
        let session = Client::connect(base).await?.hello(self.made.id, self.made.lead).await?;
        let human = Human::new(0, self.options.speed, self.options.language);
        let in_time =
            self.script.tables.iter().flat_map(|table| &table.guests).filter(|guest| guest.comes == Comes::InTime);
        let people = in_time.count();
        let mut lead = Lead { session, human, tables, word: self.script.word.clone() };
        lead.begin(people, self.options.speed).await?;
        lead.conduct().await
    }
}

/// One participant, from `place` at a table, who stays to the end.
async fn one(way: Way, work: Work, place: usize, mut human: Human, number: u64) -> Result<(), ClientError> {
    let Some(guest) = work.table.guests.get(place) else { return Ok(()) };
    let turn = u32::try_from(number).unwrap_or_default();
    human.wait(turn, turn.saturating_add(1)).await;
    if guest.comes == Comes::Late {
        human.wait(LATE.0, LATE.1).await;
    }
    let session = guest::arrive(&way, guest, &mut human).await?;
    let phone = match (guest.phone, place) {
        (Phone::Own, 1..) => Arc::new(Semaphore::new(1)),
        (Phone::Own, 0) | (Phone::OfTheTable, _) => Arc::clone(&work.phone),
    };
    guest::take_part(&session, Seat { guest, place, work: &work, phone }, human).await
}

/// See [`Demo::welcome`].
struct Welcome<'a> {
    demo: &'a Demo,
    address: &'a str,
}

impl fmt::Display for Welcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { demo: Demo { options, script, made }, address } = self;
        let link = |token| format!("{address}/w/{}#{token}", made.id);
        let (lead, observer, door) = (link(made.lead), link(made.observer), format!("{address}/j/{}", made.code));
        let (title, code, people, next) = (&script.title, made.code, options.people, options.people.saturating_add(1));
        match options.language {
            Language::Ja => write!(
                f,
                "\nデモ「{title}」を始めます。\n\
                 \x20 進行役の画面   {lead}\n\
                 \x20 投影・見学用   {observer}\n\
                 \x20 参加する       {door}   コード {code}\n\
                 模擬の参加者 {people}人がこれから参加します。{next}人目として加わってみてください。\n"
            ),
            Language::En => write!(
                f,
                "\nThe demo begins: {title}\n\
                 \x20 The lead's wall    {lead}\n\
                 \x20 For a projector    {observer}\n\
                 \x20 To join            {door}   code {code}\n\
                 {people} simulated participants are on their way. Join as number {next}.\n"
            ),
        }
    }
}
