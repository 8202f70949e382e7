//! A screen that does not go dark while somebody looks at it. Browsers allow it to pages that came safely alone: by https, or from this
//! very machine. Everywhere else people are told where their phone has a setting for it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use leptos::ev;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::{window, window_event_listener};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::dom;

/// What gives locks; none where the browser allows none.
fn keeper() -> Option<JsValue> {
    let navigator: JsValue = window().navigator().into();
    Reflect::get(&navigator, &"wakeLock".into()).ok().filter(JsValue::is_object)
}

/// Whether this browser lets a page keep the screen lit, here.
pub fn is_allowed() -> bool {
    keeper().is_some()
}

fn call(of: &JsValue, name: &str, with: &JsValue) -> Option<Promise> {
    let function: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    function.call1(of, with).ok()?.dyn_into().ok()
}

#[derive(Default)]
struct Inner {
    wanted: Cell<bool>,
    asking: Cell<bool>,
    lock: RefCell<Option<JsValue>>,
    /// What hears the answer.
    answers: RefCell<Option<[Answer; 2]>>,
}

type Answer = Closure<dyn FnMut(JsValue)>;

/// Keeps the screen lit while it is wanted and the page is seen. Dropping it lets the screen go.
pub struct Wake {
    inner: Rc<Inner>,
    seen: Option<WindowListenerHandle>,
}

impl Wake {
    /// One that does not want anything yet.
    pub fn begin() -> Self {
        let inner = Rc::new(Inner::default());
        let again = inner.clone();
        // A page that is not seen loses its lock, and gets none. It bubbles up from the document.
        let seen = window_event_listener(ev::visibilitychange, move |_| again.ask());
        Self { inner, seen: Some(seen) }
    }

    /// Keeps it lit.
    pub fn hold(&self) {
        self.inner.wanted.set(true);
        self.inner.ask();
    }

    /// Lets it go dark, as its owner has set it.
    pub fn let_go(&self) {
        self.inner.wanted.set(false);
        if let Some(lock) = self.inner.lock.take() {
            release(&lock);
        }
    }
}

impl Drop for Wake {
    fn drop(&mut self) {
        self.let_go();
        // Each holds the other, unless an answer is still to come: then they go with the page.
        if !self.inner.asking.get() {
            self.inner.answers.take();
        }
        if let Some(seen) = self.seen.take() {
            seen.remove();
        }
    }
}

fn release(lock: &JsValue) {
    // One that the browser has taken back already is released already.
    let _ = call(lock, "release", &JsValue::UNDEFINED);
}

impl Inner {
    fn is_held(&self) -> bool {
        let released =
            |lock: &JsValue| Reflect::get(lock, &"released".into()).is_ok_and(|released| released.is_truthy());
        self.lock.borrow().as_ref().is_some_and(|lock| !released(lock))
    }

    fn ask(self: &Rc<Self>) {
        if !self.wanted.get() || self.asking.get() || self.is_held() || !dom::is_visible() {
            return;
        }
        let Some(asked) = keeper().and_then(|keeper| call(&keeper, "request", &"screen".into())) else { return };
        self.asking.set(true);
        let (given, refused) = (self.clone(), self.clone());
        let given = Answer::wrap(Box::new(move |lock| given.given(lock)));
        // A battery that is nearly empty: it is asked again when the page is seen again.
        let refused = Answer::wrap(Box::new(move |_| refused.asking.set(false)));
        let _ = asked.then2(&given, &refused);
        self.answers.replace(Some([given, refused]));
    }

    fn given(&self, lock: JsValue) {
        self.asking.set(false);
        if self.wanted.get() {
            self.lock.replace(Some(lock));
        } else {
            release(&lock);
        }
    }
}
