//! The route that the stages of a scheme make.

use super::*;
use crate::calendar::Calendar;
use crate::fiscal_year::FiscalYear;
use crate::scheme::{Stage, StageDeadlines, StageOrder, StageRoute, YearlyDay};

/// The stages of a scheme, and the route that they make: key, place, first writer, shown deadline.
#[test]
fn a_scheme_makes_a_route() {
    let shown = YearlyDay::new(5, 31, 1).expect("a day");
    let named = |key: &str, writer: Role, order: StageOrder| Stage {
        key: key.to_owned(),
        label: key.to_owned(),
        by: key.to_owned(),
        public: true,
        route: StageRoute {
            writers: vec![writer],
            order,
            deadlines: (writer == Role::Entry).then_some(StageDeadlines {
                shown,
                no_new_from: None,
                no_change_from: None,
            }),
            ..StageRoute::default()
        },
    };
    let lines = |stages: Vec<Stage>| -> Vec<String> {
        let scheme = scheme_with(stages);
        let year = FiscalYear::new(2024).expect("a year");
        let route = Route::of_scheme(&scheme, year, &Calendar::default());
        assert!(
            route.own_stage().is_some(),
            "somebody has to write the sheet"
        );
        let line = |stage: &RouteStage| {
            let writer = stage.route.writers[0].key();
            let shown = stage
                .dates
                .map_or("-".to_owned(), |dates| dates.shown.iso());
            format!("{} {} {writer} {shown}", stage.key, stage.place)
        };
        route.stages.iter().map(line).collect()
    };
    let (after, beside) = (StageOrder::After, StageOrder::SideBySide);
    let own = named("own", Role::Entry, after);
    let second = named("second", Role::Planning, after);
    let panel = named("panel", Role::Committee, beside);
    let last = named("last", Role::Planning, after);
    assert_eq!(lines(vec![]), ["_section 0 entry -"]);
    assert_eq!(
        lines(vec![own, second.clone(), panel.clone(), last]),
        [
            "own 0 entry 2025-06-02",
            "second 1 planning -",
            "panel 1 committee -",
            "last 2 planning -"
        ]
    );
    assert_eq!(
        lines(vec![second, panel]),
        [
            "_section 0 entry -",
            "second 1 planning -",
            "panel 1 committee -"
        ]
    );
}
