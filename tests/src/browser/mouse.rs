//! A real mouse: it is moved from place to place, and its button is down or up. What the page makes of it is the page's business.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Page;

/// A mouse over a window.
#[derive(Debug)]
pub struct Mouse<'a> {
    page: &'a Page,
    at: (f64, f64),
    down: bool,
}

/// A number in a list of them.
fn number(list: &Value, n: usize) -> Result<f64> {
    list.get(n).and_then(Value::as_f64).with_context(|| format!("no place in {list}"))
}

impl<'a> Mouse<'a> {
    /// Over this window.
    pub const fn over(page: &'a Page) -> Self {
        Self { page, at: (0.0, 0.0), down: false }
    }

    /// A place in an element, in parts of its width and height.
    ///
    /// # Errors
    /// When it is not there; so for everything below.
    pub async fn place(&self, css: &str, (across, down): (f64, f64)) -> Result<(f64, f64)> {
        self.page.find(css).await?;
        // Once it stands still: a hand goes where the eye has found something.
        let script = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
            const at = [box.left + box.width * arguments[1], box.top + box.height * arguments[2]];
            const before = window.naze_at; window.naze_at = String(at);
            return before === window.naze_at ? at : null";
        self.page.eval("window.naze_at = null", vec![]).await?;
        let at = self.page.until(css, script, vec![json!(css), json!(across), json!(down)]).await?;
        Ok((number(&at, 0)?, number(&at, 1)?))
    }

    async fn does(&self, kind: &str, presses: u32) -> Result<()> {
        let event = json!({
            "type": kind, "x": self.at.0, "y": self.at.1, "button": "left",
            "buttons": u8::from(self.down), "clickCount": presses,
        });
        self.page.cdp("Input.dispatchMouseEvent", event).await.map(drop)
    }

    /// Goes there in some steps, as a hand does.
    ///
    /// # Errors
    /// See [`Mouse::place`].
    pub async fn to(&mut self, (x, y): (f64, f64)) -> Result<()> {
        const STEPS: u32 = 6;
        let (from_x, from_y) = self.at;
        for step in 1..=STEPS {
            let part = f64::from(step) / f64::from(STEPS);
            self.at = (from_x + (x - from_x) * part, from_y + (y - from_y) * part);
            self.does("mouseMoved", 0).await?;
        }
        Ok(())
    }

    /// Goes to an element.
    ///
    /// # Errors
    /// See [`Mouse::place`].
    pub async fn onto(&mut self, css: &str, part: (f64, f64)) -> Result<()> {
        let place = self.place(css, part).await?;
        self.to(place).await
    }

    /// Presses the button, for the so-maniest time in a row.
    ///
    /// # Errors
    /// See [`Mouse::place`].
    pub async fn press(&mut self, presses: u32) -> Result<()> {
        self.down = true;
        self.does("mousePressed", presses).await
    }

    /// Lets it go.
    ///
    /// # Errors
    /// See [`Mouse::place`].
    pub async fn release(&mut self) -> Result<()> {
        self.down = false;
        self.does("mouseReleased", 1).await
    }
}
