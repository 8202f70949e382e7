//! The links for those who do not come through the door, out of sight until one asks for them: they may be on a projector.

use shared::wire::Invite;
use web_sys::{FocusEvent, HtmlInputElement};

use super::{group_of, session_groups};
use crate::element::Element;
use crate::reactive::*;
use crate::store::{Session, charge};
use crate::ui::lit;
use crate::ui::live::{Word, group_name, rows, text, word};

/// The links, to be selected and copied.
pub fn links(session: Session) -> Element {
    let link = move |read: fn(&Invite) -> String| {
        let invite = session.invite();
        text(move || invite.with(|invite| invite.as_deref().map(read).unwrap_or_default()))
    };
    let (helper, observer) = (link(|invite| invite.helper.clone()), link(|invite| invite.observer.clone()));
    let projector = projector(session);
    let own = own(session);
    let charge = RwSignal::new(Vec::<u16>::new());
    let for_helper = text(move || {
        let link = helper.get();
        if link.is_empty() { link } else { link + &charge.with(|groups| charge::behind_key(groups)) }
    });
    view! {
        <details class="links">
            <summary class="button quiet">{word(|t| t.lobby.links)}</summary>
            <p class="hint">{word(|t| t.lobby.links_hint)}</p>
            {field("helper-link", |t| t.lobby.helper, for_helper)}
            {charge_of(session, charge)}
            {field("observer-link", |t| t.lobby.observer, observer)}
            {field("projector-link", |t| t.lobby.projector, projector)}
            {projector_way(session)}
            {lit::or_else(|t| t.lobby.projector_dark)}
            {field("lead-link", |t| t.lobby.your_link, own)}
        </details>
    }
}

/// The lead's own link goes where helpers' links go: this page may have been opened by a name that only this machine knows.
pub fn own(session: Session) -> Signal<String> {
    let invite = session.invite();
    text(move || {
        let base = invite.with(|invite| {
            invite.as_deref().and_then(|invite| invite.helper.split_once('#').map(|(base, _)| base.to_owned()))
        });
        // The key may be another one since this page was opened; links come with the welcome that follows.
        base.zip(session.token()).map(|(base, token)| format!("{base}#{token}")).unwrap_or_default()
    })
}

/// Which groups a helper is to look after: the link tells their page.
fn charge_of(session: Session, charge: RwSignal<Vec<u16>>) -> Element {
    let row = move |key| {
        let group = group_of(key);
        let turn = move |_| {
            charge.update(|groups| match groups.iter().position(|known| *known == group.0) {
                Some(at) => drop(groups.remove(at)),
                None => groups.push(group.0),
            });
        };
        view! {
            <label class="choice">
                <input type="checkbox" on:change=turn/>
                <span>{group_name(group)}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="helper-groups">
            <legend class="hint">{word(|t| t.lobby.helper_groups)}</legend>
            <div class="choices groups-choice">{rows(session_groups(session), row)}</div>
        </fieldset>
    }
}

/// The link to the projector view: the observers', so that no key that may do anything is on the machine that is projected.
fn projector(session: Session) -> Signal<String> {
    let invite = session.invite();
    text(move || {
        invite.with(|invite| invite.as_deref().map(|invite| projector_of(&invite.observer)).unwrap_or_default())
    })
}

fn projector_of(observer: &str) -> String {
    observer.split_once('#').map_or_else(String::new, |(path, key)| [path, "/projector#", key].concat())
}

/// Opens the projector view in a tab of its own, which knows nothing of this one.
pub fn projector_way(session: Session) -> AnyView {
    view! {
        <a class="button wide" href=projector(session) target="_blank" rel="noopener">
            {word(|t| t.lobby.projector_open)}
        </a>
    }
    .into_any()
}

/// Copying is then one key, or one tap: browsers have no clipboard for pages on the plain addresses of a hall.
fn select_all(event: FocusEvent) {
    event_target::<HtmlInputElement>(&event).select();
}

pub fn field(name: &'static str, label: Word, link: Signal<String>) -> AnyView {
    view! {
        <div class="form-row">
            <label for=name>{word(label)}</label>
            <input class="field" id=name type="text" readonly prop:value=link on:focus=select_all/>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::projector_of;

    #[test]
    fn the_projector_has_the_observers_key() {
        assert_eq!(projector_of("http://a:1/w/7#k"), "http://a:1/w/7/projector#k");
        assert_eq!(projector_of(""), "");
    }
}
