//! The run-sheets that ship, and what is said where one does not fit.

use shared::StepId;
use shared::docs::workshop::{Kind, Language, WorkshopOp};
use shared::run_sheet::{Cut, Misfit, Shipped, misfits};

use crate::steps::Room;

#[test]
fn what_ships_is_within_the_limits_and_takes_the_time_that_it_says() {
    for language in [Language::Ja, Language::En] {
        for shipped in Shipped::ALL {
            let plans = shipped.plans(language);
            let takes: u16 = plans.iter().map(|plan| plan.minutes).sum();
            assert_eq!(
                takes,
                match shipped {
                    Shipped::Analyse => 60,
                    Shipped::Whole => 120,
                    Shipped::Blank => 0,
                }
            );
            assert_eq!(Shipped::by_name(shipped.name()), Some(shipped));
            let mut room = Room::new(&[]);
            room.act(WorkshopOp::SetSteps { plans });
            assert_eq!(misfits(&room.doc.model.steps, 6, takes), [], "{shipped:?}");
        }
        let kinds =
            |language| Shipped::Whole.plans(language).iter().map(|plan| (plan.kind, plan.minutes)).collect::<Vec<_>>();
        assert_eq!(kinds(language), kinds(Language::Ja), "both languages do the same");
    }
}

#[test]
fn who_has_too_little_time_is_told_what_to_cut() {
    let mut room = Room::new(&[]);
    room.act(WorkshopOp::SetSteps { plans: Shipped::Analyse.plans(Language::Ja) });
    let steps = room.doc.model.steps.clone();
    let id = |kind| steps.iter().find(|step| step.plan.kind == kind).unwrap().id;
    let cuts = |room: u16| match misfits(&steps, 5, room).as_slice() {
        [Misfit::Room { takes: 60, room: found, cuts }] if *found == room => cuts.clone(),
        other => panic!("{other:?}"),
    };
    let deepen = id(Kind::Deepen);
    assert_eq!(cuts(55), [Cut::Shorten { step: deepen, minutes: 15 }]);
    assert_eq!(cuts(45), [Cut::Skip { step: id(Kind::Gallery) }, Cut::Shorten { step: deepen, minutes: 12 }]);
    assert_eq!(cuts(10), [], "only another run-sheet helps");
    let gained = |cuts: &[Cut]| -> u16 {
        let minutes = |step: &StepId| steps.iter().find(|one| one.id == *step).unwrap().plan.minutes;
        cuts.iter()
            .map(|cut| match cut {
                Cut::Skip { step } => minutes(step),
                Cut::Shorten { step, minutes: to } => minutes(step) - to,
            })
            .sum()
    };
    for room in 33..60 {
        assert!(gained(&cuts(room)) >= 60 - room, "{room}");
    }
    let turns = misfits(&steps, 9, 0);
    assert_eq!(turns.len(), 2, "nine people at 45 s each need 7 minutes");
    assert_eq!(turns[0], Misfit::Turns { step: id(Kind::CheckIn), people: 9, needs: 7 });
}
