//! Going by keyboard alone: from one thing to the next, and always seen where one is.

use anyhow::Result;
use serde_json::{Value, json};

use super::{AtBoard, Page};

/// So many times Tab is pressed on the way to something.
const FAR: usize = 80;

/// Whether one sees what has the focus: it is marked, on the screen, and nothing lies over it.
const SEEN: &str = "const e = document.activeElement;
    const marks = (e) => { const style = getComputedStyle(e); return style.outlineStyle !== 'none' && style.outlineWidth !== '0px'; };
    return marks(e) || [...e.querySelectorAll('*')].some(marks) || (e.closest('li, label') !== null && marks(e.closest('li, label')))";

impl Page {
    /// Presses Tab until the focus is on what is wanted. What has the focus on the way must be seen to have it.
    ///
    /// # Errors
    /// When it is not reached, or nobody sees the way.
    pub async fn tab_to(&self, css: &str) -> Result<()> {
        self.tab_until(css, "return document.activeElement.matches(arguments[0])", json!(css)).await
    }

    /// The same, to a button with these words on it.
    ///
    /// # Errors
    /// See [`Page::tab_to`].
    pub async fn tab_to_words(&self, words: &str) -> Result<()> {
        let script = "const e = document.activeElement; return e.matches('button, summary, a') && e.textContent.includes(arguments[0])";
        self.tab_until(words, script, json!(words)).await
    }

    async fn tab_until(&self, what: &str, script: &str, with: Value) -> Result<()> {
        for _ in 0..FAR {
            if self.eval(script, vec![with.clone()]).await? == json!(true) {
                return Ok(());
            }
            self.press("Tab").await?;
            let outside = self.eval("return document.activeElement === document.body", vec![]).await? == json!(true);
            if !outside && self.eval(SEEN, vec![]).await? != json!(true) {
                return Err(self.failed(&format!("nobody sees that the focus is on {}", self.focused().await?)).await);
            }
        }
        Err(self.failed(&format!("{FAR} times Tab, and no `{what}`")).await)
    }

    /// What has the focus, as it is written in the page.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn focused(&self) -> Result<String> {
        self.text_of("return document.activeElement.outerHTML.slice(0, 200)", vec![]).await
    }

    /// Waits until this has the focus.
    ///
    /// # Errors
    /// When it never does.
    pub async fn focus_is_on(&self, css: &str) -> Result<()> {
        let here = "return document.activeElement.matches(arguments[0])";
        match self.until(&format!("the focus on `{css}`"), here, vec![json!(css)]).await {
            Ok(_) => Ok(()),
            Err(error) => Err(error.context(format!("it is on {}", self.focused().await?))),
        }
    }

    /// Waits until something has the focus that can be seen, whole or as much of it as fits.
    ///
    /// # Errors
    /// When nothing does.
    pub async fn focus_is_seen(&self) -> Result<()> {
        let script = format!(
            "const focused = document.activeElement;
             if (focused === document.body || focused === null) return false;
             const face = focused.matches('.node') ? focused.firstElementChild : focused;
             const box = face.getBoundingClientRect();
             const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
             return inside && focused.checkVisibility() && (() => {{ {SEEN} }})()"
        );
        match self.until("a focus that one sees", &script, vec![]).await {
            Ok(_) => Ok(()),
            Err(error) => Err(error.context(format!("it is on {}", self.focused().await?))),
        }
    }
}

impl AtBoard<'_> {
    /// Waits until the card with this text has the focus.
    ///
    /// # Errors
    /// When it never does.
    pub async fn has_focus(self, text: &str) -> Result<()> {
        let id = self.card(text).await?;
        self.0.focus_is_on(&format!("#{id}")).await
    }
}
