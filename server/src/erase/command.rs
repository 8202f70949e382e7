//! `naze erase`: what the lead does on the page, for whoever has the data folder and no server that runs.

use std::sync::Arc;

use shared::docs::directory::Directory;
use shared::{AnyDoc, JoinCode, PersonId, WorkshopId};

use super::{Cause, Erased, Noted, What};
use crate::clock;
use crate::config::{Erase, Erasing};
use crate::log::{Key, Log, LogError, SqliteLog};
use crate::registry::{Limits, NotErased, Registry};
use crate::said::Said;
use crate::start::StartError;

/// Does it, and says what was done.
///
/// # Errors
/// When the data cannot be had, or there is no such workshop.
pub async fn run(settings: &Erase) -> Result<Said, StartError> {
    let unreadable = |why| StartError::log(&settings.data, why);
    let log = Arc::new(SqliteLog::open(&settings.data).map_err(unreadable)?);
    let limits = Limits { names_kept_days: settings.keep.erase_names_after.0, ..Limits::default() };
    let registry = Registry::open(Arc::clone(&log) as Arc<dyn Log>, limits).await.map_err(unreadable)?;
    let before = log.erasures().await.map_err(unreadable)?.len();
    match settings.what {
        Erasing::List => {}
        Erasing::Due => {
            registry.erase_due(clock::now(), Cause::Operator).await;
        }
        Erasing::Names | Erasing::Workshop => {
            let what = match (settings.what, settings.person) {
                (Erasing::Workshop, _) => What::Workshop,
                (_, Some(person)) => What::Person(PersonId(person)),
                (_, None) => What::Names,
            };
            let code = settings.code.as_deref().unwrap_or_default();
            for workshop in workshops(&*log, code, settings.what).await.map_err(unreadable)? {
                registry.erase(workshop, what, Cause::Operator).await.map_err(|why| match why {
                    NotErased::NoSuchWorkshop | NotErased::NoSuchPerson => StartError::NothingToErase(code.to_owned()),
                    NotErased::Log(why) => unreadable(why),
                })?;
            }
        }
    }
    registry.close().await;
    log.sweep().await.map_err(unreadable)?;
    let erased = log.erasures().await.map_err(unreadable)?;
    let new = erased.get(before..).unwrap_or_default();
    let open = log.open_wishes().await.map_err(unreadable)?;
    match (settings.what, new) {
        (Erasing::List, _) => Ok(with_open(list(&erased), &open)),
        (Erasing::Due, _) => Ok(list(new)),
        (_, []) => Err(StartError::NothingToErase(settings.code.clone().unwrap_or_default())),
        (_, new) => Ok(list(new)),
    }
}

async fn workshops(log: &dyn Log, code: &str, what: Erasing) -> Result<Vec<WorkshopId>, LogError> {
    let AnyDoc::Directory(directory) = log.load(Key::directory()).await?.replay(Key::directory())? else {
        return Ok(Vec::new());
    };
    let Directory { codes, .. } = directory.model;
    if what == Erasing::Names && code.eq_ignore_ascii_case("all") {
        return Ok(codes.values().copied().collect());
    }
    let wanted: Option<JoinCode> = code.parse().ok();
    Ok(wanted.and_then(|code| codes.get(&code).copied()).into_iter().collect())
}

/// What is not done is said first.
fn with_open(said: Said, open: &[Noted]) -> Said {
    if open.is_empty() {
        return said;
    }
    let all: Vec<Said> = open.iter().map(|noted| noted.wish.said()).collect();
    let ja: Vec<&str> = all.iter().map(|one| one.ja.as_str()).collect();
    let en: Vec<&str> = all.iter().map(|one| one.en.as_str()).collect();
    Said::new(
        format!(
            "まだ消去できていません（起動のたびに試します。データが壊れているときは、よい写しを naze restore で戻すか、naze erase workshop コード）:\n{}\n{}",
            ja.join("\n"),
            said.ja
        ),
        format!(
            "NOT erased yet (tried at every start; if the data is damaged: put back a good copy with naze restore, or naze erase workshop \
             CODE):\n{}\n{}",
            en.join("\n"),
            said.en
        ),
    )
}

fn list(erased: &[Erased]) -> Said {
    if erased.is_empty() {
        return Said::new("消去したものはありません。", "Nothing was erased.");
    }
    let ja: Vec<String> = erased.iter().map(|one| one.said().ja).collect();
    let en: Vec<String> = erased.iter().map(|one| one.said().en).collect();
    Said::new(
        format!(
            "消去しました:\n{}\n手で作った写し（naze backup）と、紙や書き出したファイルには残っています。",
            ja.join("\n")
        ),
        format!(
            "Erased:\n{}\nCopies made by hand (naze backup), paper and exported files still have it.",
            en.join("\n")
        ),
    )
}
