//! One window: what somebody does in it and what they see. Everything waits for what it needs and says what it waited for.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::{Device, Light};

/// How long a page may take for what it does at once: the machine may be busy with fifteen of them.
pub const SOON: Duration = Duration::from_secs(20);
const LOOK_AGAIN: Duration = Duration::from_millis(40);

/// Put into every document before its own scripts: what the browser complains about is remembered.
const WATCH: &str = "(() => {
    const told = (window.naze_told = []);
    addEventListener('securitypolicyviolation', (e) => told.push(`policy ${e.violatedDirective}: ${e.blockedURI}`));
    addEventListener('error', (e) => told.push(`error ${e.message}`));
    addEventListener('unhandledrejection', (e) => told.push(`rejection ${e.reason}`));
    for (const level of ['error', 'warn']) {
        const say = console[level].bind(console);
        console[level] = (...all) => { told.push(`console ${all.join(' ')}`); say(...all); };
    }
})();";

/// Brings an element into the middle and waits until it stands still for two pictures, so that a click meets it.
const STILL: &str = "
    const [css, done] = arguments;
    document.querySelector(css)?.scrollIntoView({ block: 'center', behavior: 'instant' });
    const place = () => {
        const box = document.querySelector(css)?.getBoundingClientRect();
        return box && `${box.x} ${box.y} ${box.width} ${box.height}`;
    };
    let before, pictures = 0;
    const look = () => {
        const now = place();
        pictures = now === before ? pictures + 1 : 0;
        before = now;
        if (pictures >= 2) done(true); else requestAnimationFrame(look);
    };
    look();";

/// A window.
#[derive(Clone, Debug)]
pub struct Page {
    client: Client,
    test: Arc<str>,
    who: Arc<str>,
    device: Device,
}

#[derive(Debug)]
struct Cdp(String);

impl fantoccini::wd::WebDriverCompatibleCommand for Cdp {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.clone()))
    }
}

impl Page {
    pub(super) async fn begin(client: Client, test: Arc<str>, who: &str, device: Device) -> Result<Self> {
        let page = Self { client, test, who: who.into(), device };
        let agent = page.text_of("return navigator.userAgent", vec![]).await?.replace("Headless", "");
        for (command, params) in device.commands(&agent) {
            page.cdp(command, params).await?;
        }
        page.cdp("Page.enable", json!({})).await?;
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
        Ok(page)
    }

    /// Whose window it is.
    pub fn who(&self) -> &str {
        &self.who
    }

    /// What it is seen on.
    pub const fn device(&self) -> Device {
        self.device
    }

    pub(super) fn test(&self) -> &str {
        &self.test
    }

    pub(super) const fn client(&self) -> &Client {
        &self.client
    }

    /// A command of Chromium's own protocol.
    ///
    /// # Errors
    /// When Chromium refuses it.
    pub async fn cdp(&self, command: &str, params: Value) -> Result<Value> {
        let body = json!({ "cmd": command, "params": params }).to_string();
        self.client.issue_cmd(Cdp(body)).await.with_context(|| format!("{}: {command}", self.who))
    }

    /// Turns day into night, or back.
    ///
    /// # Errors
    /// When Chromium refuses it.
    pub async fn light(&self, light: Light) -> Result<()> {
        let (command, params) = Device { light, ..self.device }.light();
        self.cdp(command, params).await.map(drop)
    }

    /// Goes to an address and waits until it is loaded.
    ///
    /// # Errors
    /// When it does not load.
    pub async fn goto(&self, address: &str) -> Result<()> {
        self.client.goto(address).await.with_context(|| format!("{}: to {address}", self.who))
    }

    /// Loads the page anew.
    ///
    /// # Errors
    /// When it does not load.
    pub async fn reload(&self) -> Result<()> {
        self.client.refresh().await.with_context(|| format!("{}: reload", self.who))
    }

    /// Back to where the window was before.
    ///
    /// # Errors
    /// When it does not load.
    pub async fn back(&self) -> Result<()> {
        self.client.back().await.with_context(|| format!("{}: back", self.who))
    }

    /// Closes the window; nobody is asked.
    ///
    /// # Errors
    /// When it does not close.
    pub async fn close(self) -> Result<()> {
        self.client.close_window().await.with_context(|| format!("{}: close", self.who))
    }

    /// Where the window is, without the fragment.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn path(&self) -> Result<String> {
        self.text_of("return location.pathname", vec![]).await
    }

    /// Runs the body of a function in the page.
    ///
    /// # Errors
    /// When it throws, or the browser does not answer.
    pub async fn eval(&self, script: &str, with: Vec<Value>) -> Result<Value> {
        self.client.execute(script, with).await.with_context(|| format!("{}: {script}", self.who))
    }

    /// Runs the body of a function that calls its last argument when it is done; with what.
    ///
    /// # Errors
    /// See [`Page::eval`].
    pub async fn answer_of(&self, script: &str, with: Vec<Value>) -> Result<Value> {
        self.client.execute_async(script, with).await.with_context(|| format!("{}: {script}", self.who))
    }

    /// Runs the body of a function that returns a text.
    ///
    /// # Errors
    /// When it returns none.
    pub async fn text_of(&self, script: &str, with: Vec<Value>) -> Result<String> {
        match self.eval(script, with).await? {
            Value::String(text) => Ok(text),
            other => Err(anyhow!("{}: {script} gave {other}, not a text", self.who)),
        }
    }

    /// Waits until a function body returns something true, and returns it. `what` is said when it never does.
    ///
    /// # Errors
    /// When that takes too long: with a picture and what the page says.
    pub async fn until(&self, what: &str, script: &str, with: Vec<Value>) -> Result<Value> {
        self.until_within(SOON, what, script, with).await
    }

    /// [`Page::until`] with a limit of one's own.
    ///
    /// # Errors
    /// See [`Page::until`].
    pub async fn until_within(&self, limit: Duration, what: &str, script: &str, with: Vec<Value>) -> Result<Value> {
        let began = Instant::now();
        loop {
            // A script may meet a document that is just being replaced.
            let seen = self.eval(script, with.clone()).await;
            match seen {
                Ok(value) if !matches!(value, Value::Null | Value::Bool(false)) => return Ok(value),
                _ if began.elapsed() < limit => tokio::time::sleep(LOOK_AGAIN).await,
                Ok(_) => return Err(self.failed(&format!("waited {limit:?} for {what}")).await),
                Err(error) => return Err(error.context(self.failed(&format!("looked for {what}")).await)),
            }
        }
    }

    /// An error that tells where the window is and what it says, with a picture.
    pub async fn failed(&self, what: &str) -> anyhow::Error {
        let picture = self.shot("failed").await.map_or_else(|e| e.to_string(), |path| path.display().to_string());
        let said = self
            .text_of("return location.pathname + '\\n' + document.body.innerText.slice(0, 1500)", vec![])
            .await
            .unwrap_or_else(|e| e.to_string());
        let told = self.told().await.unwrap_or_default();
        anyhow!("{}: {what}\npicture: {picture}\ncomplaints: {told:?}\npage: {said}", self.who)
    }

    /// What the browser complained about since the document was loaded.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn told(&self) -> Result<Vec<String>> {
        let told = self.eval("return window.naze_told || []", vec![]).await?;
        Ok(serde_json::from_value(told)?)
    }

    /// Fails when the browser complained about anything, or when anything was asked of another origin.
    ///
    /// # Errors
    /// See above.
    pub async fn behaved(&self) -> Result<()> {
        let told = self.told().await?;
        ensure!(told.is_empty(), "{}: the browser complains: {told:?}", self.who);
        let away = self
            .eval(
                "return performance.getEntriesByType('resource').map((e) => e.name)
                    .filter((name) => new URL(name).origin !== location.origin)",
                vec![],
            )
            .await?;
        ensure!(away == json!([]), "{}: asked of others: {away}", self.who);
        Ok(())
    }

    /// Waits for an element that can be seen. Nothing remembers it then: an element that was found lives as long as the page does.
    ///
    /// # Errors
    /// When there is none.
    pub async fn sees(&self, css: &str) -> Result<()> {
        let script = "const e = document.querySelector(arguments[0]); return e !== null && e.checkVisibility()";
        self.until(&format!("`{css}`"), script, vec![json!(css)]).await.map(drop)
    }

    /// Waits for an element that can be seen.
    ///
    /// # Errors
    /// When there is none.
    pub async fn find(&self, css: &str) -> Result<Element> {
        self.sees(css).await?;
        Ok(self.client.find(Locator::Css(css)).await?)
    }

    /// Whether there is such an element now.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn has(&self, css: &str) -> Result<bool> {
        Ok(self.eval("return document.querySelector(arguments[0]) !== null", vec![json!(css)]).await? == json!(true))
    }

    /// Clicks where a person would: in the middle, and only if nothing lies over it.
    ///
    /// # Errors
    /// When it is not there, or cannot be reached.
    pub async fn click(&self, css: &str) -> Result<()> {
        let began = Instant::now();
        loop {
            let element = self.find(css).await?;
            self.client.execute_async(STILL, vec![json!(css)]).await?;
            match element.click().await {
                Ok(()) => return Ok(()),
                // The page may redraw between finding and clicking.
                Err(_) if began.elapsed() < Duration::from_secs(5) => tokio::time::sleep(LOOK_AGAIN).await,
                Err(error) => bail!(self.failed(&format!("clicked `{css}`: {error}")).await),
            }
        }
    }

    /// Touches it with a finger: the browser makes of it what it makes of a tap.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn tap(&self, css: &str) -> Result<()> {
        self.find(css).await?;
        self.client.execute_async(STILL, vec![json!(css)]).await?;
        let middle = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
            return [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]";
        let at = self.eval(middle, vec![json!(css)]).await?;
        for (kind, points) in [("touchStart", at), ("touchEnd", json!([]))] {
            self.cdp("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await?;
        }
        Ok(())
    }

    /// Types into a field, key by key.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn type_into(&self, css: &str, text: &str) -> Result<()> {
        Ok(self.find(css).await?.send_keys(text).await?)
    }

    /// Types into what has the focus.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn type_here(&self, text: &str) -> Result<()> {
        Ok(self.client.active_element().await?.send_keys(text).await?)
    }

    /// What stands in a field.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn value(&self, css: &str) -> Result<String> {
        self.find(css).await?;
        self.text_of("return document.querySelector(arguments[0]).value", vec![json!(css)]).await
    }

    /// Presses one key with modifiers: `"Enter"`, `"Shift+Tab"`, `"z"`.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn press(&self, keys: &str) -> Result<()> {
        let mut names: Vec<&str> = keys.split('+').collect();
        let key = names.pop().unwrap_or_default();
        let bit = |name: &str| match name {
            "Alt" => 1,
            "Control" => 2,
            "Meta" => 4,
            _ => 8,
        };
        let modifiers: u32 = names.iter().map(|name| bit(name)).sum();
        let (code, number, text) = described(key);
        let text = if modifiers & 7 == 0 { text } else { String::new() };
        let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        for (kind, text) in [(down, text.as_str()), ("keyUp", "")] {
            let event = json!({
                "type": kind, "key": key, "code": code, "text": text, "windowsVirtualKeyCode": number,
                "modifiers": modifiers,
            });
            self.cdp("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }
}

/// The code, number and text of a key.
fn described(key: &str) -> (String, u32, String) {
    let named = |number, text: &str| (key.to_owned(), number, text.to_owned());
    match key {
        "Enter" => named(13, "\r"),
        "Tab" => named(9, ""),
        "Escape" => named(27, ""),
        "Backspace" => named(8, ""),
        "Delete" => named(46, ""),
        "ArrowLeft" => named(37, ""),
        "ArrowUp" => named(38, ""),
        "ArrowRight" => named(39, ""),
        "ArrowDown" => named(40, ""),
        "Home" => named(36, ""),
        "End" => named(35, ""),
        " " => ("Space".to_owned(), 32, " ".to_owned()),
        "F2" => named(113, ""),
        _ => {
            let upper = key.to_ascii_uppercase();
            let number = upper.chars().next().map_or(0, u32::from);
            (format!("Key{upper}"), number, key.to_owned())
        }
    }
}
