//! One Chromium without a screen. Every window is in a context of its own: what one keeps, another does not see.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use fantoccini::wd::WindowHandle;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::device::Shape;

/// Nothing leaves the machine, nothing is slowed down because nobody looks at it.
const FLAGS: [&str; 15] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-port=0",
];

/// Long enough for a machine that is busy with everything else.
const START: Duration = Duration::from_secs(60);

type Line = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The process, and the line on which windows are asked for: the driver's own protocol knows no contexts.
#[derive(Debug)]
pub(super) struct Chromium {
    child: Child,
    _folder: TempDir,
    address: String,
    line: Mutex<(u64, Line)>,
}

struct Ending(Option<Child>);

impl Drop for Ending {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            end(child);
        }
    }
}

fn end(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}

impl Chromium {
    pub(super) async fn start() -> Result<Self> {
        let program = std::env::var("NAZE_CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
        let folder = tempfile::Builder::new().prefix("naze-chromium-").tempdir()?;
        let child = Command::new(&program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", folder.path().display()))
            .arg("about:blank")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| {
                format!("{program} does not start: install chromium, or say where it is in NAZE_CHROMIUM")
            })?;
        let mut ending = Ending(Some(child));
        let (address, path) = tokio::time::timeout(START, listening(folder.path()))
            .await
            .with_context(|| format!("{program} did not say where it listens"))?;
        let (line, _) = connect_async(format!("ws://{address}{path}")).await?;
        let child = ending.0.take().context("Chromium is there")?;
        Ok(Self { child, _folder: folder, address, line: Mutex::new((0, line)) })
    }

    /// Where drivers reach it.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// A new window in a new context.
    pub(super) async fn window(&self, shape: Shape) -> Result<WindowHandle> {
        let context = self.ask("Target.createBrowserContext", json!({})).await?;
        self.window_in(context.get("browserContextId"), shape).await
    }

    /// A new window in the context of another one: it has the same storage.
    pub(super) async fn window_beside(&self, other: WindowHandle, shape: Shape) -> Result<WindowHandle> {
        let about = self.ask("Target.getTargetInfo", json!({ "targetId": String::from(other) })).await?;
        self.window_in(about.pointer("/targetInfo/browserContextId"), shape).await
    }

    /// Waits for the window that another one has opened.
    pub(super) async fn opened_by(&self, other: WindowHandle) -> Result<WindowHandle> {
        let opener = Some(json!(String::from(other)));
        for _ in 0..100 {
            let all = self.ask("Target.getTargets", json!({})).await?;
            let all = all.get("targetInfos").and_then(Value::as_array).cloned().unwrap_or_default();
            let opened = all.iter().find(|one| one.get("openerId") == opener.as_ref());
            if let Some(id) = opened.and_then(|one| one.get("targetId")?.as_str()) {
                return Ok(id.to_owned().try_into()?);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(anyhow!("no window was opened"))
    }

    async fn window_in(&self, context: Option<&Value>, shape: Shape) -> Result<WindowHandle> {
        let (width, height) = shape.size();
        let window = json!({
            "url": "about:blank", "browserContextId": context,
            "newWindow": true, "width": width, "height": height,
        });
        let window = self.ask("Target.createTarget", window).await?;
        let id = window.get("targetId").and_then(Value::as_str).context("a window has an id")?;
        Ok(id.to_owned().try_into()?)
    }

    /// A question to the whole browser.
    #[expect(clippy::await_holding_invalid_type, reason = "one question at a time is what it is for")]
    pub(super) async fn ask(&self, method: &str, params: Value) -> Result<Value> {
        let (number, line) = &mut *self.line.lock().await;
        *number += 1;
        let question = json!({ "id": *number, "method": method, "params": params });
        line.send(Message::text(question.to_string())).await?;
        let answer = heard(line, |said| said.get("id").and_then(Value::as_u64) == Some(*number)).await?;
        let failed = answer.get("error").map(|error| anyhow!("{method}: {error}"));
        let done = || answer.get("result").cloned().unwrap_or_default();
        failed.map_or_else(|| Ok(done()), Err)
    }

    /// Waits for what the browser says by itself.
    #[expect(clippy::await_holding_invalid_type, reason = "one question at a time is what it is for")]
    pub(super) async fn told(&self, event: &str) -> Result<Value> {
        let (_, line) = &mut *self.line.lock().await;
        let said = heard(line, |said| said.get("method").and_then(Value::as_str) == Some(event)).await?;
        Ok(said.get("params").cloned().unwrap_or_default())
    }
}

async fn heard(line: &mut Line, wanted: impl Fn(&Value) -> bool) -> Result<Value> {
    while let Some(message) = line.next().await {
        let Message::Text(text) = message? else { continue };
        let said: Value = serde_json::from_str(&text)?;
        if wanted(&said) {
            return Ok(said);
        }
    }
    Err(anyhow!("Chromium is gone"))
}

impl Drop for Chromium {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// Waits for the file in which Chromium says its port and path.
async fn listening(folder: &Path) -> (String, String) {
    let file = folder.join("DevToolsActivePort");
    loop {
        if let Ok(said) = std::fs::read_to_string(&file)
            && let Some((port, path)) = said.split_once('\n')
            && path.starts_with('/')
        {
            return (format!("127.0.0.1:{port}"), path.trim().to_owned());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
