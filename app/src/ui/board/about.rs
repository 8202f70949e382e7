//! What is said about a card beside its words: how the group knows it, who can act, why it stops here.

use std::rc::Rc;

use shared::CardId;
use shared::docs::board::{Line, Reach, Stop};

use super::marks::{reach_shape, reach_word, stop_word};
use super::piece::{Button, Word, anew, flag, text, when, word};
use super::state::BoardState;
use crate::edit::{self, Keys, Target, Wanted};
use crate::i18n::fill;
use crate::reactive::*;
use crate::store::CardView;

/// The sheet's content.
pub fn about(state: BoardState, id: CardId) -> AnyView {
    let view: Signal<CardView> = state.board.card(id).into();
    let title = text(move || fill(state.t().craft.about_title, &[("text", &state.quoted(id))]));
    let reason = flag(move || view.with(|card| card.stop.is_some() || !card.line(Line::StopReason).is_empty()));
    view! {
        <h2 id="board-sheet-title">{title}</h2>
        {line(state, id, Line::Evidence, |t| t.craft.evidence, |t| t.craft.write_evidence)}
        {address(view)}
        {reaches(state, id, view)}
        <div class="sheet-group" role="group" aria-labelledby="board-stop">
            <h3 id="board-stop">{word(|t| t.craft.stop)}</h3>
            <p class="hint">{word(|t| t.craft.stop_hint)}</p>
            {[Stop::WouldEnd, Stop::CheckFirst, Stop::OutOfHands, Stop::Other]
                .map(|stop| stop_choice(state, id, view, stop))
                .collect_view()}
        </div>
        {when(reason, move || line(state, id, Line::StopReason, |t| t.craft.stop_reason, |t| t.craft.write_reason))}
    }
    .into_any()
}

/// Who can act, as three buttons.
pub fn reaches(state: BoardState, id: CardId, view: Signal<CardView>) -> AnyView {
    let choice = move |reach: Reach| {
        Button::new("button toggle mark reach", text(move || reach_word(state.t(), reach).to_owned()))
            .with_shape(reach_shape(reach).into())
            .pressed(flag(move || view.with(|card| card.reach) == Some(reach)))
            .on(move || state.reach(id, reach))
    };
    view! {
        <div class="sheet-group" role="group" aria-labelledby="board-reach">
            <p id="board-reach" class="hint">{word(|t| t.craft.who_can_act)}</p>
            <div class="sheet-three">{[Reach::Us, Reach::WithOthers, Reach::OutOfHands].map(choice).collect_view()}</div>
        </div>
    }
    .into_any()
}

fn stop_choice(state: BoardState, id: CardId, view: Signal<CardView>, stop: Stop) -> AnyView {
    Button::new("button wide action toggle mark stop", text(move || stop_word(state.t(), stop).to_owned()))
        .with_shape(Signal::derive(move || if view.with(|card| card.stop) == Some(stop) { "■" } else { "□" }))
        .pressed(flag(move || view.with(|card| card.stop) == Some(stop)))
        .on(move || state.stop(id, stop))
}

/// A line that belongs to the card: as it reads, and a button that opens a field in its place.
fn line(state: BoardState, id: CardId, line: Line, label: Word, write: Word) -> AnyView {
    let view = state.board.card(id);
    let open = RwSignal::new(false);
    let said = text(move || view.with(|card| card.line(line).to_owned()));
    let there = flag(move || !said.with(String::is_empty));
    let label = word(label);
    let field = move || {
        edit::text_field(Wanted {
            board: state.board,
            target: Target::Line(id, line),
            label,
            placeholder: word(|t| t.craft.evidence_example),
            keys: Keys::Plain,
            made: Rc::new(|_, _| {}),
            done: Rc::new(move |_| {
                open.try_set(false);
            }),
        })
    };
    let button = move || {
        let label = text(move || if there.get() { state.t().board.edit } else { write(state.t()) }.to_owned());
        let open_it = Button::new("button wide action", label).with_shape("✎".into());
        view! {
            {when(there, move || view! { <p class="sheet-line">{said}</p> }.into_any())}
            {when(state.writes.into(), move || open_it.on(move || open.set(true)))}
        }
        .into_any()
    };
    view! {
        <div class="sheet-group">
            <h3>{label}</h3>
            {when(open.into(), field)}
            {when(flag(move || !open.get()), button)}
        </div>
    }
    .into_any()
}

/// A web address in the evidence: text until somebody asks for it, and then told in full before it is opened.
fn address(view: Signal<CardView>) -> AnyView {
    let found = Memo::new(move |_| view.with(|card| address_in(card.line(Line::Evidence)).map(str::to_owned)));
    anew(move || found.get().map(told))
}

/// An address, and the way there.
fn told(address: String) -> AnyView {
    view! {
        <details class="sheet-address">
            <summary>{word(|t| t.craft.address)}</summary>
            <p class="hint">{word(|t| t.craft.address_hint)}</p>
            <p class="sheet-line">{address.clone()}</p>
            <a class="button wide" href=address target="_blank" rel="noopener noreferrer">
                {word(|t| t.craft.open_address)}
            </a>
        </details>
    }
    .into_any()
}

/// The first web address in a text: of the web alone, so that nothing that is opened can run here.
fn address_in(text: &str) -> Option<&str> {
    let start = ["https://", "http://"].into_iter().filter_map(|scheme| text.find(scheme)).min()?;
    let rest = text.get(start..)?;
    let end = rest.find(|c: char| !(c.is_ascii_graphic())).unwrap_or(rest.len());
    let address = rest.get(..end)?.trim_end_matches(['.', ',', ')', ';', '"', '\'']);
    let host = address.split_once("://").map(|(_, host)| host)?;
    (!host.is_empty()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_and_nothing_else() {
        assert_eq!(address_in("市の統計 https://example.jp/a?b=1#c を見た"), Some("https://example.jp/a?b=1#c"));
        assert_eq!(address_in("（http://example.jp/）に書いてある"), Some("http://example.jp/"));
        assert_eq!(address_in("see https://example.org/page."), Some("https://example.org/page"));
        for text in ["", "javascript:alert(1)", "https://", "data:text/html,x", "名簿で数えた", "ftp://example.jp"]
        {
            assert_eq!(address_in(text), None, "{text}");
        }
    }
}
