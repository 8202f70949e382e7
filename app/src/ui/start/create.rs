//! Asking the server for a new workshop.

use js_sys::{JSON, Object, Reflect};
use shared::docs::workshop::Language;
use shared::run_sheet::Shipped;
use shared::{Token, WorkshopId};
use wasm_bindgen::JsValue;
use web_sys::{Headers, RequestInit};

use crate::i18n;
use crate::ui::ask::{Failure, post, text};

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

/// Asks for a workshop; it comes with the lead's key.
pub async fn create(wanted: &Wanted) -> Result<(WorkshopId, Token), Failure> {
    let init = request(wanted).map_err(|_| Failure::Unreadable)?;
    made(&post("/api/workshops", &init).await?).ok_or(Failure::Unreadable)
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

fn made(body: &JsValue) -> Option<(WorkshopId, Token)> {
    let id = text(body, "id")?.parse().ok()?;
    let link = text(body, "lead_url")?;
    Some((id, link.split_once('#')?.1.parse().ok()?))
}
