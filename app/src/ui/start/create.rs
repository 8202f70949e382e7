//! Asking the server for a new workshop: the one request of the page that is not a message on the socket.

use js_sys::{JSON, Object, Reflect};
use shared::docs::workshop::Language;
use shared::run_sheet::Shipped;
use shared::{Token, WorkshopId};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use crate::i18n;
use crate::reactive::*;

/// What somebody wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// Its title.
    pub title: String,
    /// Its goal, may be empty.
    pub goal: String,
    /// Its language.
    pub language: Language,
    /// How many groups.
    pub groups: u16,
    /// The run-sheet that it begins with.
    pub run_sheet: Shipped,
    /// The organiser's key, where one is asked for.
    pub key: String,
}

/// Why there is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// The server could not be reached.
    Unreachable,
    /// It said something that this page does not understand.
    Unreadable,
    /// It said no.
    Refused(No),
}

/// What the server said, in both languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct No {
    /// The word for programs.
    pub word: String,
    /// The field that is wrong.
    pub field: String,
    ja: String,
    en: String,
}

impl No {
    /// In a language.
    pub fn say(&self, language: Language) -> String {
        match language {
            Language::Ja => self.ja.clone(),
            Language::En => self.en.clone(),
        }
    }
}

/// Asks for a workshop; it comes with the lead's key.
pub async fn create(wanted: &Wanted) -> Result<(WorkshopId, Token), Failure> {
    let init = request(wanted).map_err(|_| Failure::Unreadable)?;
    let sent = window().fetch_with_str_and_init("/api/workshops", &init);
    let response: Response =
        JsFuture::from(sent).await.ok().and_then(|response| response.dyn_into().ok()).ok_or(Failure::Unreachable)?;
    let text =
        JsFuture::from(response.text().map_err(|_| Failure::Unreadable)?).await.map_err(|_| Failure::Unreachable)?;
    let body = text.as_string().and_then(|text| JSON::parse(&text).ok()).ok_or(Failure::Unreadable)?;
    if response.ok() { made(&body).ok_or(Failure::Unreadable) } else { Err(refused(&body)) }
}

fn request(wanted: &Wanted) -> Result<RequestInit, JsValue> {
    let body = Object::new();
    let put = |name: &str, value: JsValue| Reflect::set(&body, &name.into(), &value);
    put("title", wanted.title.as_str().into())?;
    put("goal", wanted.goal.as_str().into())?;
    put("language", i18n::code(wanted.language).into())?;
    put("groups", wanted.groups.into())?;
    put("run_sheet", wanted.run_sheet.name().into())?;
    let headers = Headers::new()?;
    headers.set("content-type", "application/json")?;
    if !wanted.key.is_empty() {
        headers.set("authorization", &format!("Bearer {}", wanted.key))?;
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JSON::stringify(&body)?.into());
    Ok(init)
}

fn text(body: &JsValue, name: &str) -> Option<String> {
    Reflect::get(body, &name.into()).ok()?.as_string()
}

fn made(body: &JsValue) -> Option<(WorkshopId, Token)> {
    let id = text(body, "id")?.parse().ok()?;
    let link = text(body, "lead_url")?;
    Some((id, link.split_once('#')?.1.parse().ok()?))
}

fn refused(body: &JsValue) -> Failure {
    let no = || {
        let message = Reflect::get(body, &"message".into()).ok()?;
        let (ja, en) = (text(&message, "ja")?, text(&message, "en")?);
        Some(No { word: text(body, "error")?, field: text(body, "field").unwrap_or_default(), ja, en })
    };
    no().map_or(Failure::Unreadable, Failure::Refused)
}
