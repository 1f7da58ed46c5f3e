//! Schemes are checked as a whole, and two versions are compared.

use super::*;
use crate::calc::class::{ClassStep, Classes, TakenFrom, Threshold};
use crate::plan::Better;

fn year(calendar_year: u16) -> FiscalYear {
    FiscalYear::new(calendar_year).expect("a fiscal year")
}

fn scale(key: &str, values: &[&str], best: BestEnd) -> Scale {
    let value = |printed: &&str| ScaleValue {
        value: (*printed).to_owned(),
        label: format!("{printed}の意味"),
        ..ScaleValue::default()
    };
    Scale {
        key: key.to_owned(),
        label: "評価".to_owned(),
        best,
        values: values.iter().map(value).collect(),
        states: Vec::new(),
    }
}

fn written() -> Written {
    let level = Level {
        key: "measure".to_owned(),
        label: "施策".to_owned(),
        numbering: Numbering::Path,
        optional: false,
        outside_tree: false,
        sheets: true,
        indicators: true,
        money: false,
    };
    Written {
        key: "plan".to_owned(),
        label: "総合計画".to_owned(),
        version: "1".to_owned(),
        valid_from: year(2021),
        valid_until: None,
        period: None,
        rolling_years: None,
        evaluates: None,
        every_years: 1,
        levels: vec![level],
        scales: vec![scale("grade", &["S", "A", "B"], BestEnd::First)],
        next_step_axes: Vec::new(),
        stages: Vec::new(),
        fields: Vec::new(),
        rates: Vec::new(),
        classes: Vec::new(),
        points: Vec::new(),
        rollups: Vec::new(),
        money: MoneyRule::default(),
        tags: Vec::new(),
    }
}

fn class(steps: &[(&str, Option<i64>)]) -> ClassRule {
    let step = |(value, at): &(&str, Option<i64>)| ClassStep {
        value: (*value).to_owned(),
        from: at.map(|at| Threshold::at_least(Decimal::from(at))),
    };
    ClassRule {
        key: "class".to_owned(),
        label: "区分".to_owned(),
        scale: "grade".to_owned(),
        input: ClassInput::AnyRate,
        method: ClassMethod::Thresholds(Classes {
            taken_from: TakenFrom::Rounded,
            first_year: None,
            steps: steps.iter().map(step).collect(),
        }),
    }
}

fn codes(written: Written) -> Vec<&'static str> {
    match Scheme::new(written) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(|fault| fault.code).collect(),
    }
}

#[test]
fn thresholds_that_overlap_or_stand_the_wrong_way_round_are_faults() {
    let with = |steps: &[(&str, Option<i64>)]| Written {
        classes: vec![class(steps)],
        ..written()
    };
    assert!(codes(with(&[("S", Some(100)), ("A", Some(80)), ("B", None)])).is_empty());
    assert_eq!(
        codes(with(&[("S", Some(80)), ("A", Some(80)), ("B", None)])),
        ["S034"]
    );
    assert_eq!(
        codes(with(&[("S", Some(80)), ("A", Some(90)), ("B", None)])),
        ["S034"]
    );
    assert_eq!(codes(with(&[("S", Some(100)), ("A", Some(80))])), ["S035"]);
    assert_eq!(codes(with(&[("S", None), ("A", Some(80))])), ["S036"]);
    assert_eq!(codes(with(&[("S", Some(100)), ("X", None)])), ["S031"]);
    assert_eq!(codes(with(&[("B", Some(100)), ("S", None)])), ["S032"]);
}

#[test]
fn missing_labels_and_keys_given_twice_are_faults() {
    let mut bad = written();
    bad.scales.push(scale("grade", &["1"], BestEnd::Last));
    if let Some(level) = bad.levels.first_mut() {
        level.label = " ".to_owned();
        level.key = "施策".to_owned();
    }
    assert_eq!(codes(bad), ["S001", "S003", "S002", "S020"]);
}

#[test]
fn a_fault_names_what_can_be_chosen() {
    let mut bad = written();
    let mut rule = class(&[("S", None)]);
    rule.scale = "grades".to_owned();
    bad.classes.push(rule);
    let faults = Scheme::new(bad).expect_err("a fault");
    let text: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        text,
        [
            "S004 classes[0].scale：区分「grades」は設定にありません。 → \
          設定にあるもの（grade）から選んでください。"
        ]
    );
}

#[test]
fn the_better_end_of_a_scale_is_its_own() {
    let first = scale("a", &["1", "2", "3"], BestEnd::First);
    let last = scale("b", &["1", "2", "3"], BestEnd::Last);
    assert_eq!(first.place("1"), Some(0));
    assert_eq!(last.place("1"), Some(2));
}

#[test]
fn an_indicator_gets_the_formula_whose_condition_it_meets() {
    let rule = |key: &str, when: When| RateRule {
        key: key.to_owned(),
        label: key.to_owned(),
        when,
        formula: RateFormula::achievement(),
    };
    let lower = When {
        better: Some(Better::Lower),
        ..When::default()
    };
    let mut written = written();
    written.rates = vec![rule("any", When::default()), rule("lower", lower)];
    let scheme = Scheme::new(written).expect("a scheme");
    let key = |better| {
        let indicator = Indicator {
            better,
            ..Indicator::default()
        };
        scheme.rate_rule(&indicator).map(|rule| rule.key.clone())
    };
    assert_eq!(key(Some(Better::Lower)).as_deref(), Some("lower"));
    assert_eq!(key(Some(Better::Higher)).as_deref(), Some("any"));
    assert_eq!(key(None).as_deref(), Some("any"));
}

#[test]
fn a_value_in_use_must_not_be_dropped() {
    let old = Scheme::new(written()).expect("a scheme");
    let mut next = written();
    next.valid_from = year(2024);
    next.scales = vec![scale("grade", &["A", "B"], BestEnd::First)];
    let new = Scheme::new(next).expect("a scheme");
    let used = |scale: &str, value: &str, times| ValueInUse {
        scale: scale.to_owned(),
        value: value.to_owned(),
        times,
    };
    let codes = |used: &[ValueInUse]| -> Vec<&str> {
        let faults = compare(&old, &new, used);
        faults.iter().map(|fault| fault.code).collect()
    };
    assert_eq!(
        codes(&[used("grade", "S", 3), used("grade", "A", 1)]),
        ["S104"]
    );
    assert!(codes(&[used("grade", "S", 0)]).is_empty());
    assert_eq!(codes(&[used("trend", "拡大", 2)]), ["S103"]);
}

#[test]
fn a_rolling_plan_moves_on_with_the_year() {
    let mut rolling = written();
    rolling.rolling_years = Some(3);
    let scheme = Scheme::new(rolling).expect("a scheme");
    let span = scheme.plan_years(year(2024)).map(|span| span.to_string());
    assert_eq!(span.as_deref(), Some("令和6～8年度"));
}

#[test]
fn a_plan_may_be_evaluated_every_other_year() {
    let mut written = written();
    written.every_years = 2;
    let scheme = Scheme::new(written).expect("a scheme");
    let years: Vec<u16> = (2019..2027)
        .filter(|y| scheme.evaluates(year(*y)))
        .collect();
    assert_eq!(years, [2021, 2023, 2025]);
}

#[test]
fn numbers_are_printed_as_the_level_says() {
    let print = |numbering: Numbering| numbering.print(&[1, 2, 4]);
    assert_eq!(print(Numbering::Path), "1-2-4");
    assert_eq!(print(Numbering::Roman), "Ⅳ");
    assert_eq!(print(Numbering::Circled), "④");
    assert_eq!(print(Numbering::Prefixed("No.R2-".to_owned())), "No.R2-4");
    assert_eq!(Numbering::Circled.print(&[25]), "25");
    assert_eq!(Numbering::Roman.print(&[0]), "0");
}

/// A scheme of one stage with a route that is changed.
fn with_route(change: impl Fn(&mut StageRoute)) -> Written {
    let mut stage = Stage {
        key: "own".to_owned(),
        label: "一次評価".to_owned(),
        by: "所管課".to_owned(),
        public: true,
        route: StageRoute::default(),
    };
    change(&mut stage.route);
    Written {
        stages: vec![stage],
        ..written()
    }
}

#[test]
fn a_route_needs_people_who_may() {
    use crate::access::Role;
    type Change = fn(&mut StageRoute);
    let cases: [(&str, Change, &[&str]); 7] = [
        ("the usual way", |_| {}, &[]),
        ("nobody approves", |r| r.approvers.clear(), &[]),
        ("nobody writes", |r| r.writers.clear(), &["S050"]),
        ("nobody accepts", |r| r.acceptors.clear(), &["S050"]),
        (
            "an administrator approves",
            |r| r.approvers.push(Role::Administrator),
            &["S051"],
        ),
        (
            "the section accepts its own",
            |r| r.acceptors = vec![Role::Entry],
            &["S051"],
        ),
        (
            "beside nothing",
            |r| r.order = StageOrder::SideBySide,
            &["S052"],
        ),
    ];
    for (name, change, want) in cases {
        assert_eq!(codes(with_route(change)), want, "{name}");
    }
}

/// The deadline, from when no new entry, from when no change; and the fault.
#[test]
fn the_dates_of_a_stage_are_in_order() {
    type Date = (u8, u8);
    type Case = (Date, Option<Date>, Option<Date>, &'static [&'static str]);
    let cases: [Case; 5] = [
        ((5, 31), None, None, &[]),
        // Over the end of the calendar year.
        ((12, 20), Some((1, 10)), Some((1, 10)), &[]),
        ((5, 31), Some((5, 31)), None, &["S053"]),
        ((5, 31), None, Some((5, 1)), &["S053"]),
        ((5, 31), Some((6, 20)), Some((6, 10)), &["S053"]),
    ];
    let day = |(month, date)| YearlyDay::new(month, date, 1).expect("a day");
    for (shown, no_new, no_change, want) in cases {
        let written = with_route(|route| {
            route.deadlines = Some(StageDeadlines {
                shown: day(shown),
                no_new_from: no_new.map(day),
                no_change_from: no_change.map(day),
            });
        });
        assert_eq!(codes(written), want, "{shown:?} {no_new:?} {no_change:?}");
    }
}
