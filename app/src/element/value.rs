//! What stands in attributes and between tags: fixed, or following others.

use std::borrow::Cow;

use leptos::prelude::{AnyView, IntoAny};
use send_wrapper::SendWrapper;

use super::Element;
use crate::reactive::{Memo, RwSignal, Signal};

/// A word, or nothing: no attribute, no class.
pub type Word = Option<Cow<'static, str>>;

/// What an attribute can have.
pub enum Value {
    /// It stays.
    Fixed(Word),
    /// It follows others.
    Follows(Box<dyn Fn() -> Word>),
}

/// What can be a [`Word`].
pub trait IntoWord {
    /// As a word.
    fn into_word(self) -> Word;
}

impl IntoWord for &'static str {
    fn into_word(self) -> Word {
        Some(Cow::Borrowed(self))
    }
}

impl IntoWord for String {
    fn into_word(self) -> Word {
        Some(Cow::Owned(self))
    }
}

impl IntoWord for bool {
    fn into_word(self) -> Word {
        self.then_some(Cow::Borrowed(""))
    }
}

impl<T: IntoWord> IntoWord for Option<T> {
    fn into_word(self) -> Word {
        self?.into_word()
    }
}

macro_rules! fixed {
    ($($word:ty)*) => {$(
        impl From<$word> for Value {
            fn from(word: $word) -> Self {
                Self::Fixed(word.into_word())
            }
        }
    )*};
}

fixed!(&'static str String bool Option<&'static str> Option<String>);

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        number.to_string().into()
    }
}

impl<W: IntoWord + 'static, F: Fn() -> W + 'static> From<F> for Value {
    fn from(word: F) -> Self {
        Self::Follows(Box::new(move || word().into_word()))
    }
}

impl<W: IntoWord + Clone + 'static> From<Signal<W>> for Value {
    fn from(signal: Signal<W>) -> Self {
        match signal.fixed() {
            Some(word) => Self::Fixed(word.into_word()),
            None => Self::Follows(Box::new(move || signal.get().into_word())),
        }
    }
}

impl<W: IntoWord + Clone + 'static> From<RwSignal<W>> for Value {
    fn from(signal: RwSignal<W>) -> Self {
        Self::Follows(Box::new(move || signal.get().into_word()))
    }
}

impl<W: IntoWord + Clone + 'static> From<Memo<W>> for Value {
    fn from(memo: Memo<W>) -> Self {
        Self::Follows(Box::new(move || memo.get().into_word()))
    }
}

/// What can stand inside an element.
pub enum Child {
    /// Words.
    Text(Value),
    /// An element.
    Element(Element),
    /// Anything else.
    View(AnyView),
}

impl From<&'static str> for Child {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Child {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<W: IntoWord + Clone + 'static> From<Signal<W>> for Child {
    fn from(text: Signal<W>) -> Self {
        Self::Text(text.into())
    }
}

impl<W: IntoWord + Clone + 'static> From<Memo<W>> for Child {
    fn from(text: Memo<W>) -> Self {
        Self::Text(text.into())
    }
}

impl From<AnyView> for Child {
    fn from(view: AnyView) -> Self {
        Self::View(view)
    }
}

impl From<Element> for Child {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<Vec<AnyView>> for Child {
    fn from(views: Vec<AnyView>) -> Self {
        Self::View(views.into_any())
    }
}

impl From<Option<Element>> for Child {
    fn from(element: Option<Element>) -> Self {
        element.map_or_else(|| Self::View(().into_any()), Self::from)
    }
}

impl From<Vec<Element>> for Child {
    fn from(elements: Vec<Element>) -> Self {
        elements.into_iter().map(IntoAny::into_any).collect::<Vec<_>>().into()
    }
}

impl From<Option<AnyView>> for Child {
    fn from(view: Option<AnyView>) -> Self {
        Self::View(view.unwrap_or_else(|| ().into_any()))
    }
}

/// Made anew whenever what it reads changes.
impl<C: IntoChild, F: Fn() -> C + 'static> From<F> for Child {
    fn from(child: F) -> Self {
        C::following(child)
    }
}

/// What a closure inside an element may return.
pub trait IntoChild: Sized {
    /// A child that is made anew whenever what it reads changes.
    fn following(child: impl Fn() -> Self + 'static) -> Child;
}

impl IntoChild for &'static str {
    fn following(child: impl Fn() -> Self + 'static) -> Child {
        Child::Text(child.into())
    }
}

impl IntoChild for String {
    fn following(child: impl Fn() -> Self + 'static) -> Child {
        Child::Text(child.into())
    }
}

impl IntoChild for AnyView {
    fn following(child: impl Fn() -> Self + 'static) -> Child {
        Child::View(anew(Box::new(child)))
    }
}

impl IntoChild for Option<AnyView> {
    fn following(child: impl Fn() -> Self + 'static) -> Child {
        Child::View(anew(Box::new(move || child().unwrap_or_else(|| ().into_any()))))
    }
}

impl IntoChild for Vec<AnyView> {
    fn following(child: impl Fn() -> Self + 'static) -> Child {
        Child::View(anew(Box::new(move || child().into_any())))
    }
}

/// A view that is made anew whenever what it reads changes.
pub fn anew(view: Box<dyn Fn() -> AnyView>) -> AnyView {
    let view = SendWrapper::new(view);
    let view: Box<dyn Fn() -> AnyView + Send> = Box::new(move || (*view)());
    view.into_any()
}
