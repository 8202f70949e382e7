//! What the lead says and does to everybody at once: a word, "eyes up", writing stopped; and what everybody wrote at the end,
//! collected. As long as people are stopped the wall says so, with the way back beside it.

use shared::GroupId;
use shared::docs::board::{Board, NoteOn};
use shared::docs::workshop::{Attention, Phase, WorkshopOp};
use shared::limits::ANNOUNCEMENT_CHARS_MAX;
use shared::text::tidy;
use shared::{By, Reject};
use web_sys::SubmitEvent;

use super::View;
use super::present;
use crate::i18n::{self, fill, reject, use_speech};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::Session;
use crate::ui::line_field::{self, LineField, Trouble};
use crate::ui::live::{Word, button, flag, group_name, text, when, word};
use crate::ui::lobby::links;
use crate::ui::run_sheet::sheet::{self, Beside, sheet};
use crate::ui::step::lead_says::attention;

/// The button, to which the focus goes back.
pub const TO_ALL: &str = "to-all";
/// The field of the word to everybody.
const WORD: &str = "announcement";

fn attend(session: Session, attention: Attention) {
    // Any fits while the workshop is open; a server that cannot be reached gets it later.
    let _ = session.conduct(WorkshopOp::SetAttention { attention });
}

/// The button with its sheets, while the workshop is open.
pub fn to_all(session: Session) -> AnyView {
    let workshop = session.workshop();
    let open = flag(move || workshop.with(|doc| doc.as_ref().is_some_and(|doc| doc.phase != Phase::Lobby)));
    let sheets = RwSignal::new(0_u32);
    let content = move |which| match which {
        1 => ways(session, sheets),
        2 => collected(session),
        _ => present::content(session),
    };
    let press = move |_| sheets.set(1);
    let way = move || {
        view! {
            <button type="button" class="button" id=TO_ALL aria-haspopup="dialog" on:click=press>
                {word(|t| t.wall.to_all)}
            </button>
        }
        .into_any()
    };
    view! { {when(open, way)} {sheet(sheets, Beside::Stays, content)} }.into_any()
}

fn ways(session: Session, sheets: RwSignal<u32>) -> AnyView {
    let works = flag(move || attention(session) == Attention::Work);
    let workshop = session.workshop();
    let open = flag(move || workshop.with(|doc| doc.as_ref().is_some_and(|doc| doc.phase == Phase::Open)));
    let turn = move |to: Attention, label: Word| {
        button("button wide", word(label), move || {
            attend(session, to);
            sheet::close();
        })
    };
    let stop = move || {
        view! {
            {turn(Attention::EyesUp, |t| t.wall.eyes_up)}
            {turn(Attention::Locked, |t| t.wall.lock)}
        }
        .into_any()
    };
    let all = move || {
        view! {
            {say(session)}
            {when(works, stop)}
            {when(flag(move || !works.get()), move || turn(Attention::Work, |t| t.wall.to_work))}
            {button("button wide", word(|t| t.wall.present_open), move || sheets.set(3))}
        }
        .into_any()
    };
    view! {
        <div class="sheet-body">
            <h2 id=sheet::TITLE>{word(|t| t.wall.to_all)}</h2>
            {when(open, all)}
            {button("button wide", word(|t| t.wall.partings), move || sheets.set(2))}
            {links::projector_way(session)}
            {sheet::close_button()}
        </div>
    }
    .into_any()
}

/// A word to everybody.
fn say(session: Session) -> AnyView {
    let (speech, trouble) = (use_speech(), Trouble::none());
    let max = ANNOUNCEMENT_CHARS_MAX.to_string();
    let hint = text(move || fill(i18n::texts(speech.get()).wall.say_hint, &[("max", &max)]));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let said = tidy(&line_field::value(WORD)).trim().to_owned();
        if said.is_empty() {
            dom::focus(WORD);
            return;
        }
        let done = if said.chars().count() > ANNOUNCEMENT_CHARS_MAX {
            Err(Reject::TextFull)
        } else {
            session.conduct(WorkshopOp::Announce { text: said })
        };
        match done {
            Ok(()) => sheet::close(),
            Err(Reject::TextFull) => trouble.set(WORD, |language| i18n::texts(language).wall.say_long.to_owned()),
            Err(why) => trouble.set(WORD, move |language| reject(i18n::texts(language), why)),
        }
    };
    let line = LineField {
        name: WORD,
        kind: "text",
        label: word(|t| t.wall.say),
        hint,
        example: word(|t| t.wall.say_example),
        trouble: trouble.about(WORD),
    };
    view! {
        <form class="say-form" novalidate on:submit=submit>
            {line.view()}
            <button type="submit" class="button primary wide">{word(|t| t.wall.say_it)}</button>
        </form>
    }
    .into_any()
}

/// Over the tiles, as long as people are stopped, or a word stands.
pub fn standing(view: View) -> AnyView {
    let session = view.session;
    let speech = use_speech();
    let stopped = flag(move || attention(session) != Attention::Work);
    let how = text(move || {
        let t = &i18n::texts(speech.get()).wall;
        if attention(session) == Attention::EyesUp { t.eyes_are_up } else { t.is_locked }.to_owned()
    });
    let workshop = session.workshop();
    let said = text(move || {
        let text =
            workshop.with(|doc| doc.as_ref().and_then(|doc| doc.announcement.as_ref().map(|one| one.text.clone())));
        let t = &i18n::texts(speech.get()).wall;
        text.map(|text| fill(t.said, &[("text", &text)])).unwrap_or_default()
    });
    let back_to_button = || {
        request_animation_frame(|| {
            dom::focus(TO_ALL);
        });
    };
    let row = move |words: Signal<String>, label: Word, press: fn(Session)| {
        let act = move || {
            press(session);
            back_to_button();
        };
        view! { <div class="standing"><p>{words}</p> {button("button", word(label), act)}</div> }.into_any()
    };
    let quiet = |session: Session| {
        // See above.
        let _ = session.conduct(WorkshopOp::Announce { text: String::new() });
    };
    view! {
        <div role="status">
            {when(stopped, move || row(how, |t| t.wall.to_work, |session| attend(session, Attention::Work)))}
            {when(flag(move || !said.with(String::is_empty)), move || row(said, |t| t.wall.take_back, quiet))}
        </div>
    }
    .into_any()
}

/// What everybody wrote at the end, group by group.
fn collected(session: Session) -> AnyView {
    let groups: Vec<GroupId> = session.groups().get_untracked();
    let rows: Vec<AnyView> = groups.into_iter().filter_map(|group| of_group(session, group)).collect();
    let none = rows.is_empty().then(|| view! { <p class="hint">{word(|t| t.wall.no_partings)}</p> }.into_any());
    view! {
        <div class="sheet-body collected">
            <h2 id=sheet::TITLE>{word(|t| t.wall.partings)}</h2>
            {none}
            {rows}
            {sheet::close_button()}
        </div>
    }
    .into_any()
}

fn of_group(session: Session, group: GroupId) -> Option<AnyView> {
    let notes = session.board(group)?.read(read)?;
    let line = |(on, words, name): (NoteOn, String, String)| {
        let kind: Word = if on == NoteOn::OwnStep { |t| t.step.own_step } else { |t| t.step.parting };
        view! {
            <li>
                <p>{words}</p>
                <p class="hint">{word(kind)} " · " {name}</p>
            </li>
        }
        .into_any()
    };
    let lines: Vec<AnyView> = notes.into_iter().map(line).collect();
    (!lines.is_empty()).then(|| view! { <section><h3>{group_name(group)}</h3> <ul>{lines}</ul></section> }.into_any())
}

/// The sentences of a board, with the names of who wrote them.
fn read(board: &Board) -> Vec<(NoteOn, String, String)> {
    let mut all = Vec::new();
    for on in [NoteOn::Parting, NoteOn::OwnStep] {
        for (_, note) in board.notes_on(on) {
            let member = match note.by {
                By::Person(person) => board.members.get(&person),
                _ => None,
            };
            let name = member.map(|member| member.name.clone()).unwrap_or_default();
            all.push((on, note.text.read(), name));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use shared::docs::board::{BoardOp, Member, Seated};
    use shared::{ClientId, Millis, Model, OpId, PersonId, Seq, Stamp};

    use super::*;

    #[test]
    fn sentences_of_the_end_come_with_names_and_nothing_else_does() {
        let mut board = Board::default();
        let mut n = 0;
        let mut act = |by, op: BoardOp| {
            n += 1;
            let stamp = Stamp { seq: Seq(n.into()), at: Millis(0), by, id: OpId { client: ClientId::of(99), n } };
            board.apply(&stamp, &op).unwrap();
        };
        let member = Member { name: "佐藤".into(), seated: Seated::Here };
        act(By::Server, BoardOp::SetMember { person: PersonId(1), member });
        for (on, text) in [(NoteOn::OwnStep, "一歩"), (NoteOn::Premise, "前提"), (NoteOn::Parting, "気づき")] {
            act(By::Person(PersonId(1)), BoardOp::AddNote { on, text: text.into(), start: 0 });
        }
        let expected = [(NoteOn::Parting, "気づき", "佐藤"), (NoteOn::OwnStep, "一歩", "佐藤")]
            .map(|(on, t, n)| (on, t.into(), n.into()));
        assert_eq!(read(&board), expected);
    }
}
