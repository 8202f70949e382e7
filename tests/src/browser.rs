//! Real browsers, driven as people drive them: one Chromium, and in it as many phones and laptops as a test wants, each with
//! storage of its own. It knows nothing of Naze's screens; `browser::phone` and `browser::lead` do.

use std::sync::Arc;

use anyhow::Result;
use fantoccini::wd::WindowHandle;

pub use self::board::{AtBoard, Line, Outline, Told};
pub use self::conversion::Conversion;
pub use self::device::{Device, Light, Shape, Tongue};
pub use self::mouse::Mouse;
pub use self::page::{Page, SOON};
pub use self::strain::{Memory, Ms, Times};
pub use self::wall::{AtWall, Tile};

mod axe;
mod board;
mod chromium;
mod conversion;
mod device;
mod driver;
mod guest;
mod keys;
mod mouse;
mod outline;
mod page;
pub mod sheets;
mod shot;
mod sight;
mod strain;
pub mod table;
pub mod tour;
mod trace;
mod wall;

use chromium::Chromium;
use driver::Driver;

/// One Chromium and its driver. Both end with it.
#[derive(Debug)]
pub struct Browser {
    chromium: Chromium,
    driver: Driver,
    test: Arc<str>,
}

impl Browser {
    /// Starts one for a test, or none where `NAZE_QUICK` asks to leave browsers out.
    ///
    /// # Errors
    /// When Chromium or its driver cannot be started.
    pub async fn start(test: &str) -> Result<Option<Self>> {
        if std::env::var_os("NAZE_QUICK").is_some() {
            return Ok(None);
        }
        let driver = Driver::start()?;
        let chromium = Chromium::start().await?;
        Ok(Some(Self { chromium, driver, test: test.into() }))
    }

    /// Somebody's browser: a window with nothing kept in it. `who` names it in messages and pictures.
    ///
    /// # Errors
    /// When the window does not open.
    pub async fn open(&self, who: &str, device: Device) -> Result<Page> {
        let window = self.chromium.window(device.shape).await?;
        self.enter(window, who, device).await
    }

    /// Another window of the same person, with the same storage.
    ///
    /// # Errors
    /// When the window does not open.
    pub async fn open_beside(&self, page: &Page, who: &str) -> Result<Page> {
        let window = self.chromium.window_beside(page.client().window().await?, page.device().shape).await?;
        self.enter(window, who, page.device()).await
    }

    /// The window that the page has opened by itself: it begins with a copy of what that tab keeps for itself.
    ///
    /// # Errors
    /// When there is none.
    pub async fn opened_by(&self, page: &Page, who: &str) -> Result<Page> {
        let window = self.chromium.opened_by(page.client().window().await?).await?;
        self.enter(window, who, page.device()).await
    }

    async fn enter(&self, window: WindowHandle, who: &str, device: Device) -> Result<Page> {
        let client = self.driver.session(self.chromium.address()).await?;
        client.switch_to_window(window).await?;
        Page::begin(client, Arc::clone(&self.test), who, device).await
    }
}
