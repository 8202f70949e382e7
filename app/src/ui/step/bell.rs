//! The soft end of a step on a phone: a vibration, and a sound where its owner asked for one. Off unless asked for.

use std::cell::RefCell;

use js_sys::{Function, Object, Reflect};
use shared::docs::board::Role;
use wasm_bindgen::{JsCast, JsValue};

use super::head::at;
use super::here::Here;
use crate::platform::storage;
use crate::reactive::*;
use crate::ui::board::roles;
use crate::ui::live::{flag, hear_first, said, word};

const KEY: &str = "naze.sound";
/// Milliseconds of vibration at the end of a step.
const VIBRATION_MS: u32 = 300;

thread_local! {
    /// Made in a tap and kept: browsers let no other one be heard.
    static VOICE: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Tells when the time of a step is over.
pub fn begin(here: Here) {
    let over = Memo::new(move |_| here.is_over());
    // Who looks after the time has asked for it by that.
    let mine = roles::mine(here);
    let rings = move || storage::get(KEY).is_some() || mine.with_untracked(|mine| mine.contains(&Role::Timekeeper));
    at(over.into(), move || {
        vibrate();
        if rings() {
            // A browser that allows no sound has vibrated, and shows it.
            let _ = sound();
        }
    });
    // Who asked for it in an earlier life of this page is heard from the first tap on.
    hear_first(
        &["click", "keydown"],
        Box::new(move |_| {
            if VOICE.with_borrow(Option::is_none) && rings() {
                // See above.
                let _ = voice();
            }
        }),
    );
}

/// The way to ask for a sound. The tap that asks for it is what lets the browser make one, so it is heard at once.
pub fn switch(_: Here) -> AnyView {
    let on = RwSignal::new(storage::get(KEY).is_some());
    let pressed = said(flag(move || on.get()));
    let press = move |_| {
        if on.get_untracked() {
            storage::remove(KEY);
            on.set(false);
        } else {
            storage::set(KEY, "on");
            on.set(true);
            // See above.
            let _ = sound();
        }
    };
    view! {
        <button type="button" class="button quiet toggle step-bell" aria-pressed=pressed on:click=press>
            {word(|t| t.step.sound)}
        </button>
    }
    .into_any()
}

fn vibrate() {
    let navigator = window().navigator();
    let Ok(vibrate) = Reflect::get(&navigator, &"vibrate".into()) else { return };
    if let Some(vibrate) = vibrate.dyn_ref::<Function>() {
        // A phone that may not, does not.
        let _ = vibrate.call1(&navigator, &VIBRATION_MS.into());
    }
}

fn voice() -> Result<JsValue, JsValue> {
    if let Some(voice) = VOICE.with_borrow(Clone::clone) {
        // Some browsers put it to sleep while the phone is away.
        if let Ok(resume) = Reflect::get(&voice, &"resume".into())?.dyn_into::<Function>() {
            resume.call0(&voice)?;
        }
        return Ok(voice);
    }
    let make: Function = Reflect::get(&window(), &"AudioContext".into())?.dyn_into()?;
    let voice = Reflect::construct(&make, &js_sys::Array::new())?;
    VOICE.set(Some(voice.clone()));
    Ok(voice)
}

/// Two soft tones, made by the browser itself.
fn sound() -> Result<(), JsValue> {
    let context = voice()?;
    let number = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).map(|n| n.as_f64().unwrap_or(0.0));
    let call = |of: &JsValue, name: &str, arguments: &[JsValue]| {
        let method: Function = Reflect::get(of, &name.into())?.dyn_into()?;
        method.apply(of, &arguments.iter().collect::<js_sys::Array>())
    };
    let begin = number(&context, "currentTime")?;
    for (pitch, after) in [(660.0, 0.0), (880.0, 0.35)] {
        let (tone, volume) = (call(&context, "createOscillator", &[])?, call(&context, "createGain", &[])?);
        Reflect::set(&Object::from(Reflect::get(&tone, &"frequency".into())?), &"value".into(), &pitch.into())?;
        let gain = Reflect::get(&volume, &"gain".into())?;
        let (from, to) = (begin + after, begin + after + 0.6);
        call(&gain, "setValueAtTime", &[0.2.into(), from.into()])?;
        call(&gain, "exponentialRampToValueAtTime", &[0.001.into(), to.into()])?;
        call(&tone, "connect", std::slice::from_ref(&volume))?;
        call(&volume, "connect", &[Reflect::get(&context, &"destination".into())?])?;
        call(&tone, "start", &[from.into()])?;
        call(&tone, "stop", &[to.into()])?;
    }
    Ok(())
}
