//! What an office's information-policy section asks, answered on one page in each language, filled with what this server was told
//! to do. Plain HTML without a script: it can be read, printed and filed without the page. It names nobody.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::App;
use super::origin::Asked;
use crate::addresses::Addresses;
use crate::clock;
use crate::host::Scheme;

mod english;
mod japanese;

/// Its style: a file of its own, because the policy of every answer allows no other.
const STYLE: &str = concat!(include_str!("../../../style/tokens.css"), include_str!("about_data/about_data.css"));

/// What the operator decided about the data.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// The data folder.
    pub data: PathBuf,
    /// Days for which names are kept after the end; none if nothing erases them but people.
    pub names_days: Option<u16>,
    /// Minutes between copies that the server makes by itself; 0 for none.
    pub backup_minutes: u32,
    /// How many of them are kept.
    pub backups_kept: u16,
}

/// How pages come to phones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    Open,
    Encrypted,
}

/// Who may make workshops.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Makers {
    Everybody,
    WhoHasTheKey,
}

/// Everything that the sentences depend on.
struct Told<'a> {
    facts: &'a Facts,
    /// Where the data folder is; said to the machine itself alone, because the page is for everybody.
    folder: Option<String>,
    address: String,
    way: Way,
    makers: Makers,
}

/// A question and its answers.
struct Row(&'static str, Vec<String>);

/// One page.
struct Sheet {
    lang: &'static str,
    title: &'static str,
    lead: String,
    rows: Vec<Row>,
    foot: String,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    lang: Option<String>,
}

/// `GET /about-data`, in the language that is asked for, or in both.
pub(super) async fn page(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Query(wanted): Query<Wanted>,
) -> Response {
    // A proxy that says nothing of whom it serves is on this machine, too: the name tells it apart.
    let folder = (asked.peer.is_loopback() && asked.host.is_loopback()).then(|| shown(&app.about.data));
    let makers = if app.organiser_key.is_some() { Makers::WhoHasTheKey } else { Makers::Everybody };
    let told =
        Told { facts: &app.about, folder, address: address(&asked, &app.addresses), way: way(&app.addresses), makers };
    let sheets = match wanted.lang.as_deref() {
        Some("ja") => vec![japanese::sheet(&told)],
        Some("en") => vec![english::sheet(&told)],
        _ => vec![japanese::sheet(&told), english::sheet(&told)],
    };
    ([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Html(html(&sheets))).into_response()
}

/// `GET /about-data.css`.
pub(super) async fn style() -> Response {
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    let kept = HeaderValue::from_static("no-cache");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], STYLE).into_response()
}

fn shown(folder: &Path) -> String {
    folder.canonicalize().as_deref().unwrap_or(folder).display().to_string()
}

/// How phones fetch pages: from the public address, or from this server as it is.
fn scheme(addresses: &Addresses) -> Scheme {
    addresses.public().map_or(addresses.scheme(), |public| public.scheme)
}

fn way(addresses: &Addresses) -> Way {
    match scheme(addresses) {
        Scheme::Https => Way::Encrypted,
        Scheme::Http => Way::Open,
    }
}

fn address(asked: &Asked, addresses: &Addresses) -> String {
    let own = || format!("{}{}", addresses.scheme().prefix(), asked.host);
    addresses.public().map_or_else(own, ToString::to_string)
}

/// Version and day, for whoever files it.
fn stamp() -> String {
    let now = clock::written(clock::now());
    format!("Naze {} · {}", env!("CARGO_PKG_VERSION"), now.split('T').next().unwrap_or_default())
}

fn html(sheets: &[Sheet]) -> String {
    let lang = sheets.first().map_or("ja", |sheet| sheet.lang);
    let title = sheets.first().map_or("", |sheet| sheet.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\" data-theme=\"light\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title} – Naze</title><link rel=\"stylesheet\" \
         href=\"/about-data.css\"></head>\n<body>\n<nav><a href=\"/\">なぜ？ Naze</a> <a \
         href=\"/about-data?lang=ja\" lang=\"ja\">日本語</a> <a href=\"/about-data?lang=en\" lang=\"en\">English</a></nav>\n<main>\n"
    );
    for sheet in sheets {
        let Sheet { lang, title, lead, rows, foot } = sheet;
        // Writing into a text does not fail.
        let _ = write!(out, "<article lang=\"{lang}\">\n<h1>{title}</h1>\n<p>{}</p>\n<table>\n", escaped(lead));
        for Row(question, answers) in rows {
            let _ = write!(out, "<tr><th scope=\"row\">{question}</th><td>");
            for answer in answers {
                let _ = write!(out, "<p>{}</p>", escaped(answer));
            }
            out.push_str("</td></tr>\n");
        }
        let _ = write!(out, "</table>\n<footer>{}</footer>\n</article>\n", escaped(foot));
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// The folder's name and the host's are the only words here that are not ours.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
