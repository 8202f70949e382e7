//! Whole answers of the router, over a log in memory and a page of our own.

use std::collections::BTreeMap;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, StatusCode, header};
use bytes::Bytes;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::log::MemoryLog;
use crate::registry::Limits;

mod about_data_page;
mod api;
mod doors;
mod erase;
mod pages;
mod roster;
mod wire;

const HERE: &str = "192.168.1.5:8080";

/// A server without a socket.
struct Desk {
    router: Router,
    addresses: Arc<Addresses>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The word of a refusal that says something in both languages.
    fn error(&self) -> (u16, String) {
        let body = self.json();
        let said = |language: &str| body["message"][language].as_str().unwrap_or_default().to_owned();
        assert!(!said("ja").is_ascii() && said("en").is_ascii() && said("en").len() > 10, "{body}");
        (self.status.as_u16(), body["error"].as_str().unwrap().to_owned())
    }
}

fn rules() -> Rules {
    let about = about_data::Facts::default();
    Rules { organiser_key: None, seats: 5, new_workshops_per_minute: 30, encrypted: None, about }
}

fn built() -> BTreeMap<String, Bytes> {
    let files = [
        ("index.html", "<!doctype html>the page"),
        ("index.html.br", "page-br"),
        ("index.html.gz", "page-gz"),
        ("assets/app-1a2b.js", "script"),
        ("assets/app-1a2b.js.gz", "script-gz"),
        ("assets/icon-3c4d.png", "png"),
    ];
    files.map(|(path, text)| (path.to_owned(), Bytes::from(text))).into()
}

impl Desk {
    async fn new() -> Self {
        Self::of(built(), rules(), None).await
    }

    async fn of(page: BTreeMap<String, Bytes>, rules: Rules, public: Option<&str>) -> Self {
        let registry = Registry::open(Arc::new(MemoryLog::new()), Limits::default()).await.unwrap();
        let public = public.map(|url| url.parse().unwrap());
        let addresses = Arc::new(Addresses::new(public, HERE.parse().unwrap()));
        let router = router(registry, Page::Table(Arc::new(page)), Arc::clone(&addresses), rules);
        Self { router, addresses }
    }

    async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = axum::http::Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", HERE);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer { status: parts.status, headers: parts.headers, body: to_bytes(body, usize::MAX).await.unwrap() }
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::GET, path, headers, Body::empty()).await
    }

    async fn post(&self, body: &Value, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::POST, "/api/workshops", headers, body.to_string()).await
    }
}
