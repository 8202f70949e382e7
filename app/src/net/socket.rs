//! A browser's websocket with its four callbacks, closed and silent once dropped.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, convert::FromWasmAbi};
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

use super::signal::Signal;

/// An open or opening websocket.
pub(super) struct Socket {
    socket: WebSocket,
    _open: Closure<dyn FnMut(JsValue)>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _close: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Begins to connect. None where the browser refuses even to try.
    pub(super) fn open(url: &str, report: impl Fn(Signal) + Clone + 'static) -> Option<Self> {
        let socket = WebSocket::new(url).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let open = closure({
            let report = report.clone();
            move |_: JsValue| report(Signal::Open)
        });
        let message = closure({
            let report = report.clone();
            move |event: MessageEvent| {
                if let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() {
                    report(Signal::Frame(Uint8Array::new(&buffer).to_vec()));
                }
            }
        });
        let close = closure(move |event: CloseEvent| report(Signal::Gone(event.code())));
        socket.set_onopen(Some(open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(close.as_ref().unchecked_ref()));
        Some(Self { socket, _open: open, _message: message, _close: close })
    }

    /// Sends a frame. False when the socket is not open (any more).
    pub(super) fn send(&self, frame: &[u8]) -> bool {
        self.socket.ready_state() == WebSocket::OPEN && self.socket.send_with_u8_array(frame).is_ok()
    }
}

fn closure<E: FromWasmAbi + 'static>(call: impl Fn(E) + 'static) -> Closure<dyn FnMut(E)> {
    Closure::wrap(Box::new(call))
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // A socket that is closed already cannot be closed again, and need not be.
        let _ = self.socket.close();
    }
}
