//! The server over HTTP, as a program asks it. It knows the documented API and nothing of the server's inside.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use axum::body::{Body, to_bytes};
use http::{HeaderMap, Method, Request};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use shared::{JoinCode, Token, WorkshopId};

/// Bytes of an answer.
const ANSWER_BYTES_MAX: usize = 64 * 1024 * 1024;
/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(30);

/// What the server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The head.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Errors
    /// When it is none.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_str(&self.body).with_context(|| format!("{} {}", self.status, self.body))
    }
}

/// Asks something.
///
/// # Errors
/// When no answer comes.
pub async fn ask(method: Method, address: &str, headers: &[(&str, &str)], body: &str) -> Result<Answer> {
    ask_bytes(method, address, headers, body.as_bytes()).await
}

/// Asks something, with a body of any kind.
///
/// # Errors
/// When no answer comes.
pub async fn ask_bytes(method: Method, address: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer> {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let client: Client<HttpConnector, Body> = Client::builder(TokioExecutor::new()).build_http();
    let answer = tokio::time::timeout(ANSWER, client.request(request.body(Body::from(body.to_vec()))?)).await??;
    let (head, body) = answer.into_parts();
    let body = to_bytes(Body::new(body), ANSWER_BYTES_MAX).await?;
    Ok(Answer { status: head.status.as_u16(), headers: head.headers, body: String::from_utf8(body.to_vec())? })
}

/// Gets something.
///
/// # Errors
/// When no answer comes.
pub async fn get(address: &str) -> Result<Answer> {
    ask(Method::GET, address, &[], "").await
}

/// A number of `/metrics`, such as `naze_connections`.
///
/// # Errors
/// When there is none of this name.
pub async fn figure(base: &str, name: &str) -> Result<u64> {
    let metrics = get(&format!("{base}/metrics")).await?;
    let line = metrics.body.lines().find(|line| line.split(' ').next() == Some(name));
    let (_, value) = line.and_then(|line| line.split_once(' ')).with_context(|| format!("no {name} in /metrics"))?;
    Ok(value.parse()?)
}

/// A workshop that was made by the API.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// Its id.
    pub id: WorkshopId,
    /// Its code.
    pub code: JoinCode,
    /// The lead's key.
    pub lead: Token,
    /// A helper's.
    pub helper: Token,
    /// An observer's.
    pub observer: Token,
}

/// Makes a workshop without steps.
///
/// # Errors
/// When the server refuses.
pub async fn make(base: &str, groups: u16) -> Result<Made> {
    let (title, goal) = ("なぜ？の会", "根本の原因まで");
    let wanted = json!({ "title": title, "goal": goal, "language": "ja", "groups": groups, "run_sheet": "blank" });
    let headers = [("content-type", "application/json")];
    let answer = ask(Method::POST, &format!("{base}/api/workshops"), &headers, &wanted.to_string()).await?;
    read_made(&answer)
}

/// What the server answered to whoever made a workshop.
///
/// # Errors
/// When it made none.
pub fn read_made(answer: &Answer) -> Result<Made> {
    ensure!(answer.status == 201, "{} {}", answer.status, answer.body);
    let made = answer.json()?;
    let text = |name: &str| made.get(name).and_then(Value::as_str).with_context(|| format!("no {name} in {made}"));
    let key = |name: &str| -> Result<Token> {
        let (_, key) = text(name)?.split_once('#').context("a link ends with a key")?;
        key.parse().map_err(|why| anyhow::anyhow!("{why}"))
    };
    Ok(Made {
        id: text("id")?.parse().map_err(|why| anyhow::anyhow!("{why}"))?,
        code: text("code")?.parse().map_err(|why| anyhow::anyhow!("{why}"))?,
        lead: key("lead_url")?,
        helper: key("helper_url")?,
        observer: key("observer_url")?,
    })
}

/// Everything that the server has of a workshop.
///
/// # Errors
/// When the server refuses.
pub async fn export(base: &str, made: &Made) -> Result<Value> {
    let address = format!("{base}/api/workshops/{}/export.json", made.id);
    let answer = ask(Method::GET, &address, &[("authorization", &format!("Bearer {}", made.lead))], "").await?;
    ensure!(answer.status == 200, "{} {}", answer.status, answer.body);
    answer.json()
}
