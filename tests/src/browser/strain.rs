//! What a page costs its device, by the browser's own means: its clock of events (from the key to the picture) and its heap. The
//! processor can be slowed down as DevTools does it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::Page;

/// Begins to note what the browser tells, and what was noted before is forgotten.
const NOTE: &str = "
    if (!window.naze_strain) {
        addEventListener('keydown', (event) => naze_strain.keys.push(event.timeStamp), true);
        new PerformanceObserver((list) => naze_strain.events.push(...list.getEntries()))
            .observe({ type: 'event', durationThreshold: 16 });
    }
    window.naze_strain = { keys: [], events: [] };";

/// Each key that was pressed, until what it did was painted: what happened between one key and the next belongs to it.
const KEYS: &str = "
    const mine = naze_strain.events.filter((entry) => ['keydown', 'keypress', 'beforeinput', 'input'].includes(entry.name));
    return naze_strain.keys.map((from, n) => {
        const to = naze_strain.keys[n + 1] ?? Infinity;
        const own = mine.filter((entry) => entry.startTime >= from - 0.2 && entry.startTime < to - 0.2);
        return Math.max(16, ...own.map((entry) => entry.startTime + entry.duration - from));
    });";

/// How long the slowest event of the last touch took until it was painted.
const TOUCH: &str = "
    const names = ['pointerdown', 'pointerup', 'touchstart', 'touchend', 'mousedown', 'mouseup', 'click'];
    return Math.max(16, ...naze_strain.events.filter((entry) => names.includes(entry.name)).map((entry) => entry.duration));";

/// Whoever makes the module leaves its memory where a test finds it.
const WATCH_MODULE: &str = "
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const make = WebAssembly[name].bind(WebAssembly);
        WebAssembly[name] = async (...all) => {
            const made = await make(...all);
            window.naze_module ??= (made.instance ?? made).exports.memory;
            return made;
        };
    }";

const MODULE: &str = "return window.naze_module?.buffer.byteLength";

/// Milliseconds.
pub type Ms = f64;

/// Some measured times.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Times(Vec<Ms>);

impl Times {
    pub(super) fn of(mut times: Vec<Ms>) -> Self {
        times.sort_by(f64::total_cmp);
        Self(times)
    }

    /// Those that take longer than this.
    #[must_use]
    pub fn longer_than(&self, ms: Ms) -> Self {
        Self(self.0.iter().copied().filter(|time| *time > ms).collect())
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that so many in a hundred do not exceed.
    pub fn percentile(&self, percent: usize) -> Ms {
        let at = (self.0.len() * percent).div_ceil(100).saturating_sub(1);
        self.0.get(at).copied().unwrap_or_default()
    }

    /// The longest.
    pub fn longest(&self) -> Ms {
        self.0.last().copied().unwrap_or_default()
    }

    /// All of them together.
    pub fn sum(&self) -> Ms {
        self.0.iter().sum()
    }
}

/// Memory of a page after everything that nobody holds was thrown away.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Memory {
    /// Bytes that scripts hold.
    pub heap: f64,
    /// Bytes of the module's memory; it never becomes smaller.
    pub module: f64,
    /// Nodes of the document, those that only scripts hold included.
    pub nodes: f64,
    /// Listeners.
    pub listeners: f64,
}

impl Page {
    /// The processor is so many times slower from now on.
    ///
    /// # Errors
    /// When the browser refuses; so for everything below.
    pub async fn slow_down(&self, times: u32) -> Result<()> {
        self.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": times })).await.map(drop)
    }

    /// Begins to note what the browser tells of its work.
    ///
    /// # Errors
    /// See [`Page::slow_down`].
    pub async fn note_strain(&self) -> Result<()> {
        self.eval(NOTE, vec![]).await.map(drop)
    }

    /// Types into what has the focus at the pace of a person, key by key; how long each key took until it was painted.
    ///
    /// # Errors
    /// See [`Page::slow_down`].
    pub async fn strain_of_typing(&self, text: &str, pause: Duration) -> Result<Times> {
        self.note_strain().await?;
        let keys = text.chars().count();
        for letter in text.chars() {
            for (kind, text) in [("keyDown", letter.to_string()), ("keyUp", String::new())] {
                let event =
                    json!({ "type": kind, "key": letter.to_string(), "text": text, "windowsVirtualKeyCode": 65 });
                self.cdp("Input.dispatchKeyEvent", event).await?;
            }
            sleep(pause).await;
        }
        // The browser tells a moment later.
        sleep(Duration::from_millis(300)).await;
        let times = Times::of(serde_json::from_value(self.eval(KEYS, vec![]).await?)?);
        ensure!(times.count() == keys, "{}: {} of {keys} keys arrived", self.who(), times.count());
        Ok(times)
    }

    /// Touches something; how long that took until it was painted.
    ///
    /// # Errors
    /// See [`Page::slow_down`].
    pub async fn strain_of_touch(&self, css: &str) -> Result<Ms> {
        self.note_strain().await?;
        self.tap(css).await?;
        sleep(Duration::from_millis(500)).await;
        self.eval(TOUCH, vec![]).await?.as_f64().context("a time")
    }

    /// Scrolls by so many pixels at this speed, in pixels a second, as a wheel does: a finger that is only simulated moves nothing here.
    ///
    /// # Errors
    /// See [`Page::slow_down`].
    pub async fn wheel(&self, down: f64, speed: u32) -> Result<()> {
        let gesture = json!({
            "x": 195, "y": 420, "yDistance": -down, "speed": speed, "gestureSourceType": "mouse", "preventFling": true,
        });
        self.cdp("Input.synthesizeScrollGesture", gesture).await.map(drop)
    }

    /// From the next document on, the memory of the module can be measured: the page itself shows it to nobody.
    ///
    /// # Errors
    /// See [`Page::slow_down`].
    pub async fn watch_module(&self) -> Result<()> {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH_MODULE })).await.map(drop)
    }

    /// What the page holds in memory, where [`Page::watch_module`] was asked for.
    ///
    /// # Errors
    /// See [`Page::slow_down`].
    pub async fn memory(&self) -> Result<Memory> {
        for _ in 0..3 {
            self.cdp("HeapProfiler.collectGarbage", json!({})).await?;
            sleep(Duration::from_millis(50)).await;
        }
        let heap = self.cdp("Runtime.getHeapUsage", json!({})).await?;
        let dom = self.cdp("Memory.getDOMCounters", json!({})).await?;
        let number = |of: &Value, name: &str| of[name].as_f64().with_context(|| format!("no {name} in {of}"));
        Ok(Memory {
            heap: number(&heap, "usedSize")?,
            module: self.eval(MODULE, vec![]).await?.as_f64().context("the module's memory was not watched")?,
            nodes: number(&dom, "nodes")?,
            listeners: number(&dom, "jsEventListeners")?,
        })
    }
}
