//! The server's JSON API, asked from inside a page: no second HTTP client is needed, and the page's own rules apply.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Page, Tongue};

const FETCH: &str = "
    const [path, init, done] = arguments;
    fetch(path, init).then(async (answer) => done([answer.status, await answer.text()])).catch((e) => done([0, String(e)]));";

/// A workshop that was made by the API.
#[derive(Clone, Debug, Deserialize)]
pub struct Made {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// The lead's link.
    pub lead_url: String,
    /// A helper's link.
    pub helper_url: String,
    /// An observer's link.
    pub observer_url: String,
}

impl Made {
    /// A link as it is opened here: its path and key, at the address of this test.
    ///
    /// # Errors
    /// When it has no path.
    pub fn at(&self, link: &str, base: &str) -> Result<String> {
        let at = link.find("/w/").context("a link leads to a workshop")?;
        Ok(format!("{base}{}", link.get(at..).unwrap_or_default()))
    }
}

impl Page {
    /// Makes a workshop by the API of the server that this page came from.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn make(&self, title: &str, groups: u16, tongue: Tongue) -> Result<Made> {
        let wanted = json!({ "title": title, "goal": "", "language": tongue.code(), "groups": groups });
        let init = json!({
            "method": "POST", "headers": { "content-type": "application/json" }, "body": wanted.to_string(),
        });
        Ok(serde_json::from_str(&self.fetch("/api/workshops", init, 201).await?)?)
    }

    /// Everything that the server has of a workshop. `key` is what follows `#` in the lead's link.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn export(&self, id: &str, key: &str) -> Result<Value> {
        let init = json!({ "headers": { "authorization": format!("Bearer {key}") } });
        Ok(serde_json::from_str(&self.fetch(&format!("/api/workshops/{id}/export.json"), init, 200).await?)?)
    }

    async fn fetch(&self, path: &str, init: Value, wanted: u16) -> Result<String> {
        let answer = self.client().execute_async(FETCH, vec![json!(path), init]).await?;
        let (status, body): (u16, String) = serde_json::from_value(answer)?;
        ensure!(status == wanted, "{path} answered {status}: {body}");
        Ok(body)
    }
}
