//! Asking the server for something that is not a message on the socket. The answer is JSON; a refusal says why in both languages.

use js_sys::{JSON, Reflect};
use shared::docs::workshop::Language;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use crate::reactive::*;
use crate::store::Session;

/// Why it is not done.
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

/// Sends it; what the server answers, read.
pub async fn post(to: &str, init: &RequestInit) -> Result<JsValue, Failure> {
    let sent = window().fetch_with_str_and_init(to, init);
    let response: Response =
        JsFuture::from(sent).await.ok().and_then(|response| response.dyn_into().ok()).ok_or(Failure::Unreachable)?;
    let text =
        JsFuture::from(response.text().map_err(|_| Failure::Unreadable)?).await.map_err(|_| Failure::Unreachable)?;
    let body = text.as_string().and_then(|text| JSON::parse(&text).ok()).ok_or(Failure::Unreadable)?;
    if response.ok() { Ok(body) } else { Err(refused(&body)) }
}

/// Sends something to an address of a workshop, with the key with which we are in.
pub async fn to_workshop(session: Session, to: &str, body: JsValue) -> Result<JsValue, Failure> {
    with_key(session, "POST", to, Some(body)).await
}

/// Asks an address of a workshop for something, with that key.
pub async fn of_workshop(session: Session, to: &str) -> Result<JsValue, Failure> {
    with_key(session, "GET", to, None).await
}

async fn with_key(session: Session, method: &str, to: &str, body: Option<JsValue>) -> Result<JsValue, Failure> {
    let (id, token) = session.id().zip(session.token()).ok_or(Failure::Unreachable)?;
    let path = ["/api/workshops/", &id.to_string(), to].concat();
    let headers = Headers::new().map_err(|_| Failure::Unreadable)?;
    let key = ["Bearer ", &token.to_string()].concat();
    headers.set("authorization", &key).map_err(|_| Failure::Unreadable)?;
    let init = RequestInit::new();
    init.set_method(method);
    init.set_headers(&headers);
    if let Some(body) = body {
        init.set_body(&body);
    }
    post(&path, &init).await
}

/// A text of an answer.
pub fn text(body: &JsValue, name: &str) -> Option<String> {
    Reflect::get(body, &name.into()).ok()?.as_string()
}

/// A whole number of an answer; 0 if there is none.
pub fn number(body: &JsValue, name: &str) -> u32 {
    let number = Reflect::get(body, &name.into()).ok().and_then(|value| value.as_f64()).unwrap_or_default();
    // What the server counts is small and whole.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = number as u32;
    whole
}

/// A sentence of an answer, in Japanese and in English.
pub fn said(body: &JsValue) -> Option<[String; 2]> {
    let message = Reflect::get(body, &"message".into()).ok()?;
    Some([text(&message, "ja")?, text(&message, "en")?])
}

fn refused(body: &JsValue) -> Failure {
    let no = || {
        let [ja, en] = said(body)?;
        Some(No { word: text(body, "error")?, field: text(body, "field").unwrap_or_default(), ja, en })
    };
    no().map_or(Failure::Unreadable, Failure::Refused)
}
