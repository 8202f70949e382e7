//! Which needs of a group mean something in the step that it is in: nobody adds cards while all tell each other their names.

use shared::docs::workshop::{Circle, Kind, Skip, Step, Workshop};
use shared::signs::{Due, Need};
use shared::{GroupId, Millis};

/// What a step asks of a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Asked {
    /// Nothing of the board.
    Nothing,
    /// That it has a theme.
    Theme,
    /// That the tree is whole.
    Tree,
    /// That it writes.
    Writing,
}

/// What a step of this kind asks, once its time is over or before.
const fn asked(kind: Kind, circle: Option<Circle>, over_ms: u64) -> Asked {
    match kind {
        Kind::OneTwoFour if matches!(circle, Some(Circle::Table)) => Asked::Writing,
        Kind::Free | Kind::Deepen => Asked::Writing,
        Kind::ReadBack => Asked::Tree,
        Kind::Star | Kind::Dots => Asked::Theme,
        Kind::Theme if over_ms > 0 => Asked::Theme,
        Kind::CheckIn
        | Kind::Theme
        | Kind::Silence
        | Kind::OneTwoFour
        | Kind::Turns
        | Kind::Gallery
        | Kind::CheckOut => Asked::Nothing,
    }
}

const fn means(asked: Asked, need: Need) -> bool {
    match need {
        Need::Called(_) | Need::Coming | Need::NobodyHere => true,
        Need::NoTheme => matches!(asked, Asked::Theme | Asked::Tree | Asked::Writing),
        Need::OneChain(_) | Need::OneLevel(_) | Need::Repeats(_) | Need::OutOfHands(_) => {
            matches!(asked, Asked::Tree | Asked::Writing)
        }
        Need::Silent(_) | Need::OneVoice(_) => matches!(asked, Asked::Writing),
    }
}

/// Whether a theme is due in a group: the step in which it is chosen is over, or its time is, and the group works on.
pub fn theme_is(workshop: &Workshop, group: GroupId, now: Millis) -> Due {
    let (Some(step), Some(run)) = (workshop.step_of(group), workshop.run_of(group)) else { return Due::default() };
    let chosen = |step: &&Step| step.plan.kind == Kind::Theme && step.skip == Skip::No;
    let due = match step.plan.kind {
        Kind::Theme => run.timer.over_ms(now) > 0,
        Kind::CheckIn | Kind::CheckOut => false,
        _ => workshop.steps.iter().take_while(|one| one.id != step.id).any(|one| chosen(&one)),
    };
    if due { Due::Now } else { Due::WithTheOthers }
}

/// Whether a need of a group means something now. Without a run-sheet each does.
pub fn is_meant(workshop: &Workshop, group: GroupId, need: Need, now: Millis) -> bool {
    let step = workshop.step_of(group).zip(workshop.run_of(group));
    let due = need == Need::NoTheme && theme_is(workshop, group, now) == Due::Now;
    let circle = workshop.circle_of(group).map(|(_, circle)| circle);
    due || step.is_none_or(|(step, run)| means(asked(step.plan.kind, circle, run.timer.over_ms(now)), need))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_step_does_not_ask_for_is_no_need() {
        let meant = |kind, over_ms, need| means(asked(kind, None, over_ms), need);
        let at_table = asked(Kind::OneTwoFour, Some(Circle::Table), 0);
        assert!(means(at_table, Need::Silent(6)) && !meant(Kind::OneTwoFour, 0, Need::Silent(6)));
        for kind in Kind::ALL {
            assert!(meant(kind, 0, Need::NobodyHere), "{kind:?}");
        }
        assert!(!meant(Kind::CheckIn, 9, Need::NoTheme) && !meant(Kind::Silence, 9, Need::Silent(6)));
        assert!(!meant(Kind::Theme, 0, Need::NoTheme), "they are choosing it");
        assert!(meant(Kind::Theme, 1, Need::NoTheme), "they should have it by now");
        assert!(meant(Kind::Deepen, 0, Need::Silent(6)) && !meant(Kind::ReadBack, 0, Need::Silent(6)));
        assert!(meant(Kind::ReadBack, 0, Need::OneChain(4)) && !meant(Kind::Star, 0, Need::OneChain(4)));
        assert!(meant(Kind::Silence, 0, Need::Called(0)) && !meant(Kind::Gallery, 0, Need::OneVoice(70)));
        assert_eq!(theme_is(&Workshop::default(), GroupId(1), Millis(0)), Due::WithTheOthers);
        assert!(is_meant(&Workshop::default(), GroupId(1), Need::Silent(6), Millis(0)), "without a run-sheet");
    }
}
