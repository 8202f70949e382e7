//! Elements of the page: made at once, kept up to date by what they follow, one type for all of them (`markup::view!` makes
//! them). Parts of Leptos stand inside and outside of them as they do with its own elements. Knows nothing of Naze.

use std::borrow::Cow;

use leptos::ev::EventDescriptor;
use leptos::prelude::{AnyView, Render, RenderEffect, document};
use leptos::tachys::view::Mountable;
use leptos::tachys::view::any_view::AnyViewState;
use send_wrapper::SendWrapper;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

use self::value::Value;
use crate::reactive::RwSignal;

pub use self::value::{Child, anew};

mod value;
mod view;

/// Where an element can be found by what has made it.
pub type Place = RwSignal<Option<web_sys::Element>>;

/// An element with what is inside it.
pub struct Element(SendWrapper<Made>);

/// An element that nobody holds yet.
struct Made {
    element: web_sys::Element,
    /// What follows others, in it and in the elements inside. All of it is one effect: a board of 500 cards has tens of thousands
    /// of such places, and what is looked at together mostly changes together.
    follows: Vec<Box<dyn FnMut()>>,
    hears: Vec<Hears>,
    views: Vec<AnyViewState>,
}

/// What goes when the element goes: its own, and that of the elements inside.
pub struct Parts {
    element: web_sys::Element,
    _follows: Option<RenderEffect<()>>,
    _hears: Vec<Hears>,
    _views: Vec<AnyViewState>,
}

impl Made {
    fn held(self) -> Parts {
        let mut follows = self.follows;
        let follow = |mut all: Vec<Box<dyn FnMut()>>| RenderEffect::new(move |_| all.iter_mut().for_each(|one| one()));
        follows.shrink_to_fit();
        Parts {
            element: self.element,
            _follows: (!follows.is_empty()).then(|| follow(follows)),
            _hears: self.hears,
            _views: self.views,
        }
    }
}

struct Hears {
    element: web_sys::Element,
    name: Cow<'static, str>,
    act: Closure<dyn FnMut(Event)>,
}

impl Drop for Hears {
    fn drop(&mut self) {
        // A dialog tells that it was closed after it has gone: nobody is there to hear it any more.
        let _ = self.element.remove_event_listener_with_callback(&self.name, self.act.as_ref().unchecked_ref());
    }
}

// The browser refuses an attribute or a place in the tree only where its name or the place is wrong: nothing that a person does
// leads there, and an element that lacks one is better than a page that stops.
impl Element {
    /// A new element.
    pub fn new(tag: &'static str) -> Self {
        Self(SendWrapper::new(Made { element: made(tag), follows: Vec::new(), hears: Vec::new(), views: Vec::new() }))
    }

    /// An attribute.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.with(value.into(), name, |element, name, value| {
            let _ = match value {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            };
        })
    }

    /// A class that is there as long as something is true.
    #[must_use]
    pub fn class(self, name: &'static str, flag: impl Into<Value>) -> Self {
        self.with(flag.into(), name, |element, name, flag| {
            let _ = element.class_list().toggle_with_force(name, flag.is_some());
        })
    }

    /// A property of the style.
    #[must_use]
    pub fn style(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.with(value.into(), name, |element, name, value| {
            let style = element.unchecked_ref::<web_sys::HtmlElement>().style();
            let _ = style.set_property(name, value.unwrap_or_default());
        })
    }

    /// A property of the element, as scripts have it.
    #[must_use]
    pub fn property(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.with(value.into(), name, |element, name, value| {
            let value = value.map_or(JsValue::NULL, JsValue::from_str);
            let _ = js_sys::Reflect::set(element, &JsValue::from_str(name), &value);
        })
    }

    /// A drawing of our own inside.
    #[must_use]
    pub fn drawing(self, drawing: impl Into<Value>) -> Self {
        self.with(drawing.into(), "", |element, _, drawing| element.set_inner_html(drawing.unwrap_or_default()))
    }

    /// What happens on an event.
    #[must_use]
    pub fn on<E: EventDescriptor>(self, event: E, mut act: impl FnMut(E::EventType) + 'static) -> Self
    where
        E::EventType: JsCast,
    {
        self.hear(event.name(), Box::new(move |event| act(event.unchecked_into())))
    }

    /// Tells somebody where the element is.
    #[must_use]
    pub fn put_in(self, place: Place) -> Self {
        place.set(Some(self.0.element.clone()));
        self
    }

    /// Words inside.
    #[must_use]
    pub fn text(self, text: &'static str) -> Self {
        self.child(text)
    }

    /// Something inside.
    #[must_use]
    pub fn child(self, child: impl Into<Child>) -> Self {
        match child.into() {
            Child::Text(text) => self.say(text),
            Child::Element(element) => self.inside(element),
            Child::View(view) => self.hold(view),
        }
    }

    /// An element inside.
    #[must_use]
    pub fn inside(mut self, one: Self) -> Self {
        let one = one.0.take();
        let _ = self.0.element.append_child(&one.element);
        self.0.follows.extend(one.follows);
        self.0.hears.extend(one.hears);
        self.0.views.extend(one.views);
        self
    }

    fn hold(mut self, view: AnyView) -> Self {
        let mut state = view.build();
        state.mount(&self.0.element, None);
        self.0.views.push(state);
        self
    }

    fn say(mut self, text: Value) -> Self {
        let node = document().create_text_node("");
        let _ = self.0.element.append_child(&node);
        match text {
            Value::Fixed(text) => node.set_data(&text.unwrap_or_default()),
            Value::Follows(text) => {
                let mut before = None;
                self.0.follows.push(Box::new(move || {
                    let now = text();
                    // What is written anew loses what somebody has selected in it.
                    if now != before {
                        node.set_data(now.as_deref().unwrap_or_default());
                        before = now;
                    }
                }));
            }
        }
        self
    }

    fn with(mut self, value: Value, name: &'static str, set: fn(&web_sys::Element, &str, Option<&str>)) -> Self {
        match value {
            Value::Fixed(value) => set(&self.0.element, name, value.as_deref()),
            Value::Follows(value) => {
                let (element, mut before) = (self.0.element.clone(), None);
                self.0.follows.push(Box::new(move || {
                    let now = Some(value());
                    if now != before {
                        set(&element, name, now.as_ref().and_then(|now| now.as_deref()));
                        before = now;
                    }
                }));
            }
        }
        self
    }

    fn hear(mut self, name: Cow<'static, str>, act: Box<dyn FnMut(Event)>) -> Self {
        let (element, act) = (self.0.element.clone(), Closure::wrap(act));
        let _ = element.add_event_listener_with_callback(&name, act.as_ref().unchecked_ref());
        self.0.hears.push(Hears { element, name, act });
        self
    }
}

#[allow(clippy::expect_used)]
fn made(tag: &str) -> web_sys::Element {
    document().create_element(tag).expect("every tag in the page's source is a tag")
}

/// Does something with an element as soon as it is in the page.
pub fn when_there<E: JsCast>(place: Place, act: impl FnOnce(E) + 'static) {
    let mut act = Some(act);
    crate::ui::live::follow(move || {
        let there = place.get().and_then(|element| element.dyn_into().ok());
        if let Some((element, act)) = there.and_then(|element| Some((element, act.take()?))) {
            act(element);
        }
    });
}
