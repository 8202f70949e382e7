//! The last resort of a lead who is locked out: whoever owns the data folder makes a new lead link, for which no key is needed. All
//! links of before, the lost or stolen one included, open nothing any more. The server must be stopped: it alone writes while it runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use shared::wire::Refusal;
use shared::{AnyDoc, DocId, JoinCode, Token, WorkshopId};

use crate::access::{NoRandom, new_token};
use crate::log::{Key, Log, LogError, SqliteLog};
use crate::registry::{Limits, Registry};
use crate::said::Said;

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Made {
    /// The new link, from its path on.
    Link {
        /// Of which workshop.
        workshop: WorkshopId,
        /// The key in it.
        key: Token,
        /// Its title.
        title: String,
    },
    /// The workshops there are: with code and title.
    Choice(Vec<(JoinCode, String)>),
}

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum LeadLinkError {
    /// There is no data.
    #[error("there is no data in {}: name the folder with --data", .0.display())]
    NoData(PathBuf),
    /// It is no code of a workshop here.
    #[error("no workshop here has the code {0}: type naze lead-link without a code to see those there are")]
    NoSuchCode(String),
    /// The data cannot be had: a server that runs has it, for one.
    #[error(transparent)]
    Log(#[from] LogError),
    /// It could not be stored.
    #[error("the new link could not be stored: look at what was said above, then try again")]
    NotStored,
    /// Nothing unguessable can be made here.
    #[error(transparent)]
    NoRandom(#[from] NoRandom),
}

impl LeadLinkError {
    /// In both languages.
    pub fn said(&self) -> Said {
        let ja = match self {
            Self::NoData(folder) => {
                format!("{} にデータがありません。--data でフォルダを指定してください。", folder.display())
            }
            Self::NoSuchCode(code) => format!(
                "コード {code} のワークショップはありません。コードを付けずに naze lead-link とすると、一覧が出ます。"
            ),
            Self::Log(LogError::InUse { folder }) => format!(
                "サーバーが {} を使っています。サーバーを止めてから（Ctrl+C）、もう一度実行してください。",
                folder.display()
            ),
            Self::Log(why) => format!("データを開けません: {why}"),
            Self::NotStored => "新しいリンクを保存できませんでした。もう一度実行してください。".to_owned(),
            Self::NoRandom(why) => format!("乱数が得られません: {why}"),
        };
        let en = match self {
            Self::Log(LogError::InUse { folder }) => {
                format!("a server has {} open: stop it first (Ctrl+C), then type this again", folder.display())
            }
            other => other.to_string(),
        };
        Said::new(ja, en)
    }
}

/// Makes a new lead link for the workshop of this code, which may have been replaced meanwhile; without a code, tells which there are.
///
/// # Errors
/// When there is no such data or workshop, or a server has it open.
pub async fn make(folder: &Path, code: Option<&str>) -> Result<Made, LeadLinkError> {
    if !SqliteLog::database(folder).is_file() {
        return Err(LeadLinkError::NoData(folder.to_owned()));
    }
    let log: Arc<dyn Log> = Arc::new(SqliteLog::open(folder)?);
    let registry = Registry::open(log, Limits::default()).await?;
    let made = of(&registry, code).await;
    registry.close().await;
    made
}

async fn of(registry: &Registry, code: Option<&str>) -> Result<Made, LeadLinkError> {
    let directory = registry.room(WorkshopId::default(), Key::directory().doc).inspect(AnyDoc::clone).await;
    let Ok(AnyDoc::Directory(directory)) = directory else { return Err(LeadLinkError::NotStored) };
    let Some(text) = code else {
        let mut all = Vec::new();
        for (code, workshop) in directory.model.codes.iter() {
            // One whose making was interrupted has no title, and nobody leads it.
            all.extend(title(registry, *workshop).await.map(|title| (*code, title)));
        }
        return Ok(Made::Choice(all));
    };
    let no = || LeadLinkError::NoSuchCode(text.to_owned());
    let code: JoinCode = text.parse().map_err(|_| no())?;
    // Whoever took the workshop over may have replaced the code too.
    let found = directory.model.codes.get(&code).or_else(|| directory.model.replaced.get(&code));
    let workshop = *found.ok_or_else(no)?;
    let (title, key) = (title(registry, workshop).await.ok_or_else(no)?, new_token()?);
    match registry.renew_lead_as_owner(workshop, key).await {
        Ok(()) => Ok(Made::Link { workshop, key, title }),
        Err(Refusal::NoSuchWorkshop) => Err(no()),
        Err(_) => Err(LeadLinkError::NotStored),
    }
}

async fn title(registry: &Registry, workshop: WorkshopId) -> Option<String> {
    match registry.snapshot(workshop, DocId::Workshop).await {
        Some(AnyDoc::Workshop(doc)) => Some(doc.model.title).filter(|title| !title.is_empty()),
        _ => None,
    }
}

impl Made {
    /// What to tell; links begin with this address.
    pub fn said(&self, address: &str) -> Said {
        match self {
            Self::Link { workshop, key, title } => {
                let link = format!("{address}/w/{workshop}#{key}");
                Said::new(
                    format!(
                        "「{title}」の新しい進行役のリンクです。これまでの進行役・補助・見学のリンクは、もう使えません。\n\
                         サーバーを始めてから開いてください（アドレスが違うときは、# をふくむ後ろの部分をつなげてください）。\n\n  {link}\n"
                    ),
                    format!(
                        "This is the new lead link of \"{title}\". The lead, helper and observer links of before no longer work.\n\
                         Start the server, then open it (where its address is another one, put what follows it behind that).\n\n  {link}\n"
                    ),
                )
            }
            Self::Choice(all) => {
                let lines: String = all.iter().map(|(code, title)| format!("\n  {code}  {title}")).collect();
                Said::new(
                    format!("どのワークショップですか。naze lead-link コード としてください。{lines}"),
                    format!("Which workshop? Type naze lead-link CODE.{lines}"),
                )
            }
        }
    }
}
