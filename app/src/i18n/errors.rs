//! Reasons of the server and the reducer as sentences: what happened, what is safe, what to do.

use shared::Reject;
use shared::wire::Refusal;

use super::{Texts, fill};

/// Why an operation was not taken.
pub fn reject(texts: &Texts, why: Reject) -> String {
    let t = &texts.everywhere;
    match why {
        Reject::Forbidden | Reject::NotYourClient => t.err_forbidden,
        Reject::Ended => t.err_ended,
        Reject::NoCard(_) | Reject::NoCharacter => t.err_no_card,
        Reject::NoNote(_) | Reject::NoLane(_) => t.err_no_note,
        Reject::VoteIsOpen => t.err_vote_is_open,
        Reject::VoteIsOver => t.err_vote_is_over,
        Reject::NoStep | Reject::StepMoved => t.err_step_moved,
        Reject::StepInUse => t.err_step_in_use,
        Reject::NotOpen => t.err_not_open,
        Reject::IsAnonymous => t.err_is_anonymous,
        Reject::NoSlip => t.err_no_slip,
        Reject::TimeIsOver => t.err_time_is_over,
        Reject::TooManyDots => t.err_too_many_dots,
        Reject::OwnGroup => t.err_own_group,
        Reject::BoardWorn => t.err_board_worn,
        Reject::ServerFull => t.err_server_full,
        Reject::IsTheme => t.err_is_theme,
        Reject::Cycle => t.err_cycle,
        Reject::TooDeep => t.err_too_deep,
        Reject::BoardFull => t.err_board_full,
        Reject::TextFull => t.err_text_full,
        Reject::TextWorn => t.err_text_worn,
        Reject::BadText => t.err_bad_text,
        Reject::DocFull | Reject::GroupFull(_) => t.err_full,
        Reject::WrongDoc
        | Reject::IdTaken
        | Reject::OutOfRange
        | Reject::NoGroup(_)
        | Reject::NoPerson
        | Reject::NoPair => t.err_other,
    }
    .to_owned()
}

/// Why the door stayed shut.
pub fn refusal(texts: &Texts, why: Refusal) -> String {
    let t = &texts.everywhere;
    match why {
        Refusal::NoSuchCode => t.ref_no_code,
        Refusal::NoSuchWorkshop => t.ref_no_workshop,
        Refusal::NoSuchKey => t.ref_no_key,
        Refusal::BadName => t.ref_bad_name,
        Refusal::GroupFull(group) => return fill(t.ref_group_full, &[("n", &group.to_string())]),
        Refusal::AllFull => t.ref_all_full,
        Refusal::Ended => t.ref_ended,
        Refusal::TooManyTries => t.ref_too_many,
        Refusal::Busy => t.ref_busy,
        Refusal::LinkReplaced => t.ref_link_replaced,
        Refusal::CodeReplaced => t.ref_code_replaced,
        Refusal::DoorClosed => t.ref_door_closed,
        Refusal::Removed => t.ref_removed,
        Refusal::ServerFull => t.ref_server_full,
        Refusal::TakenOver => texts.write_for.own_gone,
    }
    .to_owned()
}
