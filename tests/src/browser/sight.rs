//! What can be seen: nothing wider than the window, nothing cut off.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::Page;

const WIDER: &str = "
    const width = arguments[0];
    const found = [];
    const root = document.scrollingElement;
    if (root.scrollWidth > width + 1) found.push(`the page is ${root.scrollWidth} px wide`);
    const scrolls = (e) => {
        for (let up = e.parentElement; up && up !== root; up = up.parentElement) {
            if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)) return true;
        }
        return false;
    };
    for (const e of document.body.querySelectorAll('*')) {
        if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        const { left, right, width: own } = e.getBoundingClientRect();
        if (own > 0 && (right > width + 1 || left < -1) && !scrolls(e) && !e.closest('.visually-hidden, .skip')) {
            found.push(`${e.tagName.toLowerCase()}.${e.className}: ${Math.round(left)} to ${Math.round(right)}`);
        }
    }
    return found.slice(0, 8);";

const CUT: &str = "
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const e = node.parentElement;
        if (!node.textContent.trim() || e.closest('[aria-hidden=true], .visually-hidden, .skip, svg, script, noscript')) continue;
        if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const text = range.getBoundingClientRect();
        if (text.width === 0) continue;
        let { left, right, top, bottom } = text;
        for (let up = e; up && up !== document.documentElement; up = up.parentElement) {
            const style = getComputedStyle(up);
            const box = up.getBoundingClientRect();
            // What is shortened with an ellipsis says so; the whole comes with a tap or stands elsewhere.
            const shortened = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
            const cuts = (overflow) => overflow === 'hidden' || overflow === 'clip';
            const scrolls = (overflow) => overflow === 'auto' || overflow === 'scroll';
            const wide = cuts(style.overflowX) && (left < box.left - 2 || right > box.right + 2);
            const high = cuts(style.overflowY) && (top < box.top - 4 || bottom > box.bottom + 4);
            if (shortened && (wide || high)) break;
            if (wide || high) {
                found.push(`「${node.textContent.trim().slice(0, 30)}」 in ${up.tagName.toLowerCase()}.${up.className}`);
                break;
            }
            if (scrolls(style.overflowX)) { left = box.left; right = box.right; }
            if (scrolls(style.overflowY)) { top = box.top; bottom = box.bottom; }
            if (style.position === 'fixed') break;
        }
    }
    for (const field of document.querySelectorAll('button, input:not([type=radio], [type=checkbox]), select')) {
        if (field.checkVisibility() && field.scrollWidth > field.clientWidth + 2 && field.tagName !== 'INPUT') {
            found.push(`${field.tagName.toLowerCase()}.${field.className} 「${field.textContent.slice(0, 30)}」`);
        }
    }
    return found.slice(0, 8);";

const SMALL: &str = "
    const found = [];
    for (const e of document.querySelectorAll('dialog[open] :is(button, a[href], summary, select, textarea, input)')) {
        if (e.closest('[aria-hidden=true]') || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        // What has a label round it is touched anywhere in it.
        const { width, height } = (e.closest('label') ?? e).getBoundingClientRect();
        if (width < 43.5 || height < 43.5) {
            found.push(`${e.tagName.toLowerCase()}.${e.className} 「${e.textContent.trim().slice(0, 20)}」 ${width} × ${height}`);
        }
    }
    return found.slice(0, 8);";

impl Page {
    /// Fails when something on the open sheet is too small for a finger.
    ///
    /// # Errors
    /// See above.
    pub async fn can_be_touched(&self, screen: &str) -> Result<()> {
        self.finds_nothing(screen, "too small for a finger", SMALL, vec![]).await
    }

    /// Fails when something is wider than the window: nobody has to scroll sideways.
    ///
    /// # Errors
    /// See above.
    pub async fn fits(&self, screen: &str) -> Result<()> {
        let (width, _) = self.device().shape.size();
        self.finds_nothing(screen, "wider than the window", WIDER, vec![json!(width)]).await
    }

    /// Fails when a text is cut off.
    ///
    /// # Errors
    /// See above.
    pub async fn shows_all(&self, screen: &str) -> Result<()> {
        self.finds_nothing(screen, "cut off", CUT, vec![]).await
    }

    /// Text at this size, in hundredths of the usual: what somebody sets in their browser, so that sizes in `em` and `rem` and
    /// what asks for them follow.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn text_size(&self, percent: u32) -> Result<()> {
        let size = 16 * percent / 100;
        self.cdp("Page.setFontSizes", json!({ "fontSizes": { "standard": size, "fixed": size } })).await?;
        let script = "return getComputedStyle(document.documentElement).fontSize === arguments[0]";
        self.until("text of another size", script, vec![json!(format!("{size}px"))]).await.map(drop)
    }

    async fn finds_nothing(&self, screen: &str, what: &str, script: &str, with: Vec<Value>) -> Result<()> {
        let found = self.eval(script, with).await?;
        if found != json!([]) {
            self.shot(&format!("{screen}-{what}")).await?;
        }
        ensure!(found == json!([]), "{} ({screen}): {what}: {found:#}", self.who());
        Ok(())
    }
}
