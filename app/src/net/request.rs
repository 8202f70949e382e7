//! One request to the server, of which the answer can be read while it arrives. Taken back once dropped.

use js_sys::{JsString, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::XmlHttpRequest;

/// A request and its answer.
pub(super) struct Request {
    request: XmlHttpRequest,
    _changed: Option<Closure<dyn FnMut(JsValue)>>,
}

impl Request {
    /// Posts. `changed` is called whenever more of the answer is there. None where the browser refuses even to try.
    pub(super) fn post(to: &str, body: &[u8], changed: impl Fn(&Self) + 'static) -> Option<Self> {
        let request = XmlHttpRequest::new().ok()?;
        let answer = Self { request: request.clone(), _changed: None };
        let changed = Closure::<dyn FnMut(JsValue)>::wrap(Box::new(move |_| changed(&answer)));
        request.open("POST", to).ok()?;
        request.set_onreadystatechange(Some(changed.as_ref().unchecked_ref()));
        request.send_with_opt_js_u8_array(Some(&Uint8Array::from(body))).ok()?;
        Some(Self { request, _changed: Some(changed) })
    }

    /// Whether there is something of it, or will never be.
    pub(super) fn is_arriving(&self) -> bool {
        self.request.ready_state() >= XmlHttpRequest::LOADING
    }

    /// Whether all of it is there, or it has failed.
    pub(super) fn is_done(&self) -> bool {
        self.request.ready_state() == XmlHttpRequest::DONE
    }

    /// Its status; 0 when there was no answer.
    pub(super) fn status(&self) -> u32 {
        u32::from(self.request.status().unwrap_or_default())
    }

    /// As much of it as is there.
    pub(super) fn partly(&self) -> JsString {
        self.request.response().ok().and_then(|text| text.dyn_into().ok()).unwrap_or_default()
    }

    /// The same, to be read here.
    pub(super) fn text(&self) -> String {
        self.partly().into()
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        // Of the two handles, the one that is kept by whoever asked.
        if self._changed.is_some() {
            self.request.set_onreadystatechange(None);
            // A request that has ended already need not be taken back.
            let _ = self.request.abort();
        }
    }
}
