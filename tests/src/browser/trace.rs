//! The browser's own profiler: which tasks its main thread had, and how long the processor worked on each. What other processes of a
//! busy machine take in between does not count, as it does on the clock.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Browser, Ms, Times};

const CATEGORIES: [&str; 3] = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"];

impl Browser {
    /// Begins to trace all windows.
    ///
    /// # Errors
    /// When the browser refuses; so below.
    pub async fn trace(&self) -> Result<()> {
        let wanted = json!({
            "transferMode": "ReturnAsStream",
            "traceConfig": { "recordMode": "recordUntilFull", "includedCategories": CATEGORIES },
        });
        self.chromium.ask("Tracing.start", wanted).await.map(drop)
    }

    /// Ends it: the tasks of the window that had most to do.
    ///
    /// # Errors
    /// See [`Browser::trace`].
    pub async fn traced(&self) -> Result<Times> {
        self.chromium.ask("Tracing.end", json!({})).await?;
        let told = self.chromium.told("Tracing.tracingComplete").await?;
        let stream = told.get("stream").context("a stream")?.clone();
        let mut text = String::new();
        loop {
            let part = self.chromium.ask("IO.read", json!({ "handle": stream, "size": 1 << 20 })).await?;
            text.push_str(part.get("data").and_then(Value::as_str).unwrap_or_default());
            if part.get("eof") != Some(&Value::Bool(false)) {
                break;
            }
        }
        self.chromium.ask("IO.close", json!({ "handle": stream })).await?;
        let trace: Value = serde_json::from_str(&text).context("a trace that can be read")?;
        Ok(busiest(trace.get("traceEvents").and_then(Value::as_array).context("a trace has events")?))
    }
}

fn thread(event: &Value) -> (u64, u64) {
    let number = |name: &str| event.get(name).and_then(Value::as_u64).unwrap_or_default();
    (number("pid"), number("tid"))
}

fn busiest(events: &[Value]) -> Times {
    let named = |event: &&Value, name: &str| event.get("name").and_then(Value::as_str) == Some(name);
    let is_main = |event: &&Value| event.pointer("/args/name").and_then(Value::as_str) == Some("CrRendererMain");
    let mut windows: Vec<_> =
        events.iter().filter(|event| named(event, "thread_name")).filter(is_main).map(thread).collect();
    windows.sort_unstable();
    windows.dedup();
    let tasks = |window: (u64, u64)| {
        let own = events.iter().filter(|event| named(event, "RunTask") && thread(event) == window);
        let micros = own.filter_map(|event| event.get("tdur").and_then(Value::as_f64));
        Times::of(micros.map(|micros| micros / 1_000.0).collect::<Vec<Ms>>())
    };
    windows.into_iter().map(tasks).max_by(|a, b| a.sum().total_cmp(&b.sum())).unwrap_or_default()
}
