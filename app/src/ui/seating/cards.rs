//! Cards for the tables, on paper: the group, a code that leads straight to its table, and the network of the room. Two on a sheet
//! of A4, to be cut in half.

use qrcode::{Color, EcLevel, QrCode};
use shared::GroupId;
use web_sys::{Element, SubmitEvent};

use super::Hall;
use super::wifi::Wifi;
use crate::i18n::fill;
use crate::platform::dom;
use crate::reactive::*;
use crate::ui::home::halves;
use crate::ui::line_field::{LineField, field, value};
use crate::ui::live::{Word, text, word};
use crate::ui::lobby::{addresses, for_phones, to_type};

/// The element that is printed instead of everything else.
const PAPER: &str = "paper";
const NAME: &str = "wifi-name";
const PASSWORD: &str = "wifi-password";
/// Empty modules around a code.
const QUIET: usize = 4;

/// Prints cards when somebody prints this screen, with the button or the browser's own command.
pub fn begin(hall: Hall) {
    let printed = ["beforeprint", "afterprint"].map(|name| {
        window_event_listener_untyped(name, move |event| {
            take_away();
            if event.type_() == "beforeprint" {
                untrack(|| lay(hall));
            }
        })
    });
    on_cleanup(move || {
        take_away();
        printed.into_iter().for_each(|listener| listener.remove());
    });
}

fn take_away() {
    if let Some(paper) = dom::by_id::<Element>(PAPER) {
        paper.remove();
    }
}

/// What a person wrote, as it may stand in a page.
fn plain(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A code, black on white with its quiet zone; empty where the text is too long for one.
fn qr(says: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(says, EcLevel::Q) else { return String::new() };
    let (width, size) = (code.width(), (code.width() + 2 * QUIET).to_string());
    let mut svg =
        format!("<svg viewBox=\"0 0 {size} {size}\"><path d=\"M0 0h{size}v{size}H0z\" fill=\"#fff\"/><path d=\"");
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            svg.push_str(&format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET));
        }
    }
    svg.push_str("\" fill=\"#000\"/></svg>");
    svg
}

fn part(to: &mut String, tag: &str, class: &str, text: &str) {
    to.push_str(&format!("<{tag} class=\"{class}\">{}</{tag}>", plain(text)));
}

/// Lays the cards into the page, for the printer alone.
fn lay(hall: Hall) {
    let t = hall.t();
    let wifi = Wifi::kept();
    let Some(code) = hall.workshop(|doc| doc.code) else { return };
    let address = for_phones(&addresses(hall.session.invite().get(), code));
    let (title, groups) = hall.workshop(|doc| {
        (doc.title.clone(), doc.groups.iter().map(|group| (group.id, group.name.clone())).collect::<Vec<_>>())
    });
    let mut all = String::new();
    for (group, name) in groups {
        let mut link = address.clone();
        link.push('/');
        link.push_str(&group.to_string());
        all.push_str("<section class=\"table-card\">");
        part(&mut all, "p", "card-title", &title);
        part(&mut all, "h2", "card-group", &card_name(hall, group, &name));
        all.push_str("<figure class=\"card-qr\">");
        all.push_str(&qr(&link));
        part(&mut all, "figcaption", "", t.card_scan);
        all.push_str("</figure><div class=\"card-more\">");
        part(&mut all, "p", "card-code", &halves(code));
        part(&mut all, "p", "card-address", to_type(&address));
        if let Some(network) = wifi.code() {
            all.push_str("<figure class=\"card-wifi\">");
            all.push_str(&qr(&network));
            all.push_str("<figcaption>");
            part(&mut all, "span", "", &fill(t.card_wifi, &[("name", &wifi.name)]));
            if !wifi.password.is_empty() {
                part(&mut all, "span", "card-password", &fill(t.card_password, &[("password", &wifi.password)]));
            }
            all.push_str("</figcaption></figure>");
        }
        all.push_str("</div></section>");
    }
    if let (Ok(paper), Some(body)) = (document().create_element("div"), document().body()) {
        paper.set_id(PAPER);
        paper.set_class_name("cards");
        paper.set_inner_html(&all);
        // A body takes every element.
        let _ = body.append_child(&paper);
    }
}

fn card_name(hall: Hall, group: GroupId, name: &str) -> String {
    let mut said = fill(hall.t().card_group, &[("n", &group.to_string())]);
    if !name.is_empty() {
        said.push('　');
        said.push_str(name);
    }
    said
}

fn line(name: &'static str, label: Word, hint: Word) -> AnyView {
    let nothing = || text(String::new);
    LineField { name, kind: "text", label: word(label), hint: word(hint), example: nothing(), trouble: nothing() }
        .view()
}

/// The form: the network, and the button that prints.
pub fn form() -> crate::element::Element {
    let kept = Wifi::kept();
    request_animation_frame(move || {
        for (name, text) in [(NAME, &kept.name), (PASSWORD, &kept.password)] {
            if let Some(field) = field(name) {
                field.set_value(text);
            }
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        Wifi { name: value(NAME).trim().to_owned(), password: value(PASSWORD) }.keep();
        // A browser that cannot print says so itself.
        let _ = window().print();
    };
    view! {
        <section class="table-cards" aria-labelledby="cards-title">
            <h2 id="cards-title">{word(|t| t.seating.cards)}</h2>
            <p>{word(|t| t.seating.cards_hint)}</p>
            <form class="cards-form" novalidate on:submit=submit>
                {line(NAME, |t| t.seating.wifi, |t| t.seating.wifi_hint)}
                {line(PASSWORD, |t| t.seating.password, |t| t.seating.password_hint)}
                <button type="submit" class="button">{word(|t| t.seating.print)}</button>
            </form>
        </section>
    }
}
