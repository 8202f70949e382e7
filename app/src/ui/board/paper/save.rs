//! Files that the browser saves: made here, sent nowhere.

use std::time::Duration;

use js_sys::{Array, Function};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement, Url,
};

use crate::reactive::*;

/// As many pixels as the canvas of a phone or a tablet takes.
const PIXELS: f64 = 16_000_000.0;
const SIDE: f64 = 8_000.0;
/// Twice as fine as the screen, where there is room.
const FINE: f64 = 2.0;
/// The browser has taken the file by then.
const TAKEN: Duration = Duration::from_secs(60);

/// Saves an SVG.
pub fn svg(svg: &str, name: &str) {
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(&svg.into()), &options) {
        hand_out(&blob, name, ".svg");
    }
}

/// Saves the same as a picture in pixels.
pub fn png(svg: &str, (width, height): (i32, i32), name: String) {
    let (width, height) = (f64::from(width), f64::from(height));
    let scale = FINE.min((PIXELS / (width * height)).sqrt()).min(SIDE / width).min(SIDE / height);
    let Ok(image) = HtmlImageElement::new() else { return };
    let mut source = String::from("data:image/svg+xml;charset=utf-8,");
    source.push_str(&String::from(js_sys::encode_uri_component(svg)));
    let drawn = image.clone();
    let loaded = Closure::once_into_js(move || {
        paint(&drawn, width * scale, height * scale, name);
    });
    image.set_onload(loaded.dyn_ref());
    image.set_src(&source);
}

fn paint(image: &HtmlImageElement, width: f64, height: f64, name: String) -> Option<()> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    // Far from the limits of the type: see above.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let [wide, high] = [width, height].map(|pixels| pixels.ceil() as u32);
    canvas.set_width(wide);
    canvas.set_height(high);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height).ok()?;
    let made = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            hand_out(&blob, &name, ".png");
        }
    });
    canvas.to_blob(made.unchecked_ref::<Function>()).ok()
}

fn hand_out(blob: &Blob, name: &str, ending: &str) {
    let (Ok(url), Ok(link)) = (Url::create_object_url_with_blob(blob), document().create_element("a")) else { return };
    let mut name = String::from(name);
    name.push_str(ending);
    let link: HtmlAnchorElement = link.unchecked_into();
    link.set_href(&url);
    link.set_download(&name);
    link.click();
    set_timeout(
        move || {
            // A file that was taken back already is taken back.
            let _ = Url::revoke_object_url(&url);
        },
        TAKEN,
    );
}
