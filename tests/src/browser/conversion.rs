//! A Japanese conversion as an input method does it: candidates stand in the field underlined, Enter takes one.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::Page;

/// The key code that browsers report while an input method has the keyboard.
const PROCESS: u32 = 229;

/// A conversion under way in the field that has the focus.
#[derive(Debug)]
pub struct Conversion<'a> {
    page: &'a Page,
}

impl<'a> Conversion<'a> {
    /// Begins with these letters.
    ///
    /// # Errors
    /// When the browser does not answer (so for everything below).
    pub async fn begin(page: &'a Page, letters: &str) -> Result<Self> {
        let conversion = Self { page };
        conversion.candidate(letters).await?;
        Ok(conversion)
    }

    /// Shows another candidate.
    ///
    /// # Errors
    /// See [`Conversion::begin`].
    pub async fn candidate(&self, text: &str) -> Result<()> {
        self.press("Process").await?;
        let end = text.encode_utf16().count();
        let shown = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
        self.page.cdp("Input.imeSetComposition", shown).await?;
        Ok(())
    }

    /// Enter during the conversion, as a real input method sends it: a key without a name.
    ///
    /// # Errors
    /// See [`Conversion::begin`].
    pub async fn enter(&self) -> Result<()> {
        self.press("Enter").await
    }

    /// Escape during the conversion: an input method that is asked to give up its candidates says so by a key without a name.
    /// Some browsers tell the name all the same.
    ///
    /// # Errors
    /// See [`Conversion::begin`].
    pub async fn escape(&self) -> Result<()> {
        self.press("Escape").await?;
        for kind in ["rawKeyDown", "keyUp"] {
            let key = json!({ "type": kind, "key": "Escape", "code": "Escape", "windowsVirtualKeyCode": PROCESS });
            self.page.cdp("Input.dispatchKeyEvent", key).await?;
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
        Ok(())
    }

    /// Takes `text` and ends.
    ///
    /// # Errors
    /// See [`Conversion::begin`].
    pub async fn take(self, text: &str) -> Result<()> {
        self.enter().await?;
        self.page.cdp("Input.insertText", json!({ "text": text })).await?;
        Ok(())
    }

    /// Takes `text` and then reports the Enter that took it, as Safari does: the conversion is over when the key arrives.
    ///
    /// # Errors
    /// See [`Conversion::begin`].
    pub async fn take_as_safari(self, text: &str) -> Result<()> {
        self.page.cdp("Input.insertText", json!({ "text": text })).await?;
        let key = |kind: &str, key: &str| json!({ "type": kind, "key": key, "code": "Enter", "windowsVirtualKeyCode": PROCESS });
        self.page.cdp("Input.dispatchKeyEvent", key("rawKeyDown", "Enter")).await?;
        self.page.cdp("Input.dispatchKeyEvent", key("keyUp", "Enter")).await?;
        Ok(())
    }

    async fn press(&self, code: &str) -> Result<()> {
        for kind in ["rawKeyDown", "keyUp"] {
            let key = json!({ "type": kind, "key": "Process", "code": code, "windowsVirtualKeyCode": PROCESS });
            self.page.cdp("Input.dispatchKeyEvent", key).await?;
        }
        // A person looks at the candidates; what the page does in answer to a key has happened by then.
        tokio::time::sleep(Duration::from_millis(30)).await;
        Ok(())
    }
}
