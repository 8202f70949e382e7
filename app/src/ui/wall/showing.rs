//! What the lead shows to everybody: from the sheet of a group, and in one line over the wall and over a board that is open large,
//! with who presents next and the way to end it.

use shared::docs::workshop::{Phase, Queue, Screens, Spotlight, Workshop, WorkshopOp};
use shared::{By, CardId, GroupId};

use super::View;
use super::calm::Calm;
use super::large::BACK;
use super::step_bar::entry;
use super::to_all::TO_ALL;
use crate::i18n::{self, fill, use_speech};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::Session;
use crate::ui::live::{button, flag, text, when, with_number, word};
use crate::ui::run_sheet::sheet;

/// Whether this page leads; tracked.
fn leads(session: Session) -> bool {
    session.me().with(|me| me.and_then(|me| me.capability.by()) == Some(By::Lead))
}

fn read<T: Default>(session: Session, read: impl FnOnce(&Workshop) -> T) -> T {
    session.workshop().with(|doc| doc.as_deref().map(read)).unwrap_or_default()
}

/// What is shown; tracked.
pub fn shown(session: Session) -> Option<Spotlight> {
    read(session, |doc| doc.spotlight)
}

/// Who waits to present; tracked.
pub fn queue(session: Session) -> Queue {
    read(session, |doc| doc.queue.clone())
}

/// Does it. Refused where somebody else was faster: the line says how things are.
pub fn conduct(session: Session, op: WorkshopOp) {
    let _ = session.conduct(op);
}

/// Whether the workshop is under way: before and after nothing can be shown; tracked.
pub fn is_open(session: Session) -> bool {
    read(session, |doc| Some(doc.phase)) == Some(Phase::Open)
}

/// The ways to show a group's board, on its sheet.
pub fn ways(view: View, group: GroupId) -> AnyView {
    let session = view.session;
    let open = flag(move || leads(session) && is_open(session));
    let show = move |screens| {
        conduct(session, WorkshopOp::Show { group, card: None, screens });
        sheet::close();
    };
    let ways = move || {
        view! {
            <section class="sheet-part">
                <h3>{word(|t| t.wall.show)}</h3>
                {entry(word(|t| t.wall.show_everywhere), move || show(Screens::Everywhere))}
                {entry(word(|t| t.wall.show_projector), move || show(Screens::Projector))}
            </section>
        }
        .into_any()
    };
    when(open, ways)
}

/// The words of a card, if there are any; tracked.
pub fn words_of(session: Session, group: GroupId, card: CardId) -> Option<String> {
    session.groups().track();
    let words = session.board(group)?.card(card).with(|card| card.text.trim().to_owned());
    (!words.is_empty()).then_some(words)
}

/// What is shown, in words.
fn said(session: Session, shown: Spotlight) -> String {
    let t = &i18n::now().wall;
    let sentence = match shown.screens {
        Screens::Everywhere => t.shows_everywhere,
        Screens::Projector => t.shows_projector,
    };
    let mut said = with_number(sentence, shown.group.0.into());
    if let Some(words) = shown.card.and_then(|card| words_of(session, shown.group, card)) {
        said.push_str(&fill(t.shows_card, &[("text", &words)]));
    }
    said
}

/// The question before nobody waits any more.
const ASKED: &str = "queue-ask";

/// What was pressed may go away with what it did.
fn keep_focus() {
    request_animation_frame(|| {
        if dom::focus_is_lost() && !dom::focus(BACK) {
            dom::focus(TO_ALL);
        }
    });
}

/// One line, as long as something is shown, or somebody waits to present: the lead's.
pub fn line(session: Session) -> AnyView {
    let speech = use_speech();
    let is_shown = flag(move || shown(session).is_some());
    let next = Memo::new(move |_| queue(session).next());
    let waits = flag(move || next.get().is_some());
    let words = text(move || {
        speech.get();
        match (shown(session), next.get()) {
            (Some(shown), _) => said(session, shown),
            (None, Some(_)) => i18n::now().wall.queue_waits.to_owned(),
            (None, None) => String::new(),
        }
    });
    let label = text(move || {
        let group = next.get().map(|group| group.to_string()).unwrap_or_default();
        fill(i18n::texts(speech.get()).wall.next_group, &[("n", &group)])
    });
    // The same button means the next group as soon as it is pressed.
    let calm = Calm::about(move || {
        shown(session);
        next.track();
    });
    let act = move |op| {
        if calm.is_calm() {
            conduct(session, op);
            keep_focus();
        }
    };
    let on = move || {
        button("button primary", label, move || {
            if let Some(group) = next.get_untracked() {
                act(WorkshopOp::NextGroup { group });
            }
        })
    };
    let end = move || button("button", word(|t| t.wall.show_end), move || act(WorkshopOp::EndShow));
    let idle = flag(move || !is_shown.get() && waits.get());
    let line = move || {
        view! {
            <div class="standing showing">
                <p>{words}</p>
                <div class="showing-ways">
                    {when(is_shown, end)}
                    {when(waits, on)}
                </div>
                {when(idle, move || drop_all(session, calm))}
            </div>
        }
        .into_any()
    };
    let stands = flag(move || leads(session) && is_open(session) && (is_shown.get() || waits.get()));
    view! { <div role="status">{when(stands, line)}</div> }.into_any()
}

/// The way to let nobody present any more, with one question before: the order is lost with it. It stands in a line of its own,
/// where no other button has been.
fn drop_all(session: Session, calm: Calm) -> AnyView {
    let asks = RwSignal::new(false);
    let ask = move || {
        if calm.is_calm() {
            asks.set(true);
            request_animation_frame(|| {
                dom::focus(ASKED);
            });
        }
    };
    let keep = move || {
        asks.set(false);
        keep_focus();
    };
    let sure = Calm::about(move || asks.track());
    let nobody = move || {
        if !sure.is_calm() {
            return;
        }
        keep();
        conduct(session, WorkshopOp::SetQueue { groups: Vec::new(), screens: Screens::Everywhere });
    };
    let first = move || button("button", word(|t| t.wall.queue_drop), ask);
    let question = move || {
        view! {
            <div class="showing-ask" role="group" aria-labelledby=ASKED>
                <p id=ASKED tabindex="-1">{word(|t| t.wall.queue_ask)}</p>
                {button("button", word(|t| t.wall.queue_drop_yes), nobody)}
                {button("button", word(|t| t.wall.queue_keep), keep)}
            </div>
        }
        .into_any()
    };
    view! {
        <div class="showing-drop">
            {when(flag(move || !asks.get()), first)}
            {when(asks.into(), question)}
        </div>
    }
    .into_any()
}
