//! Classes: ties, thresholds that rise, rounded or not, and ranks.

use super::*;
use proptest::prelude::*;

fn number(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

fn year(calendar_year: u16) -> FiscalYear {
    FiscalYear::new(calendar_year).expect("a fiscal year")
}

fn step(value: &str, at: &str, tie: Tie, rise: &str) -> ClassStep {
    ClassStep {
        value: value.to_owned(),
        from: Some(Threshold {
            at: number(at),
            tie,
            rise: number(rise),
            by_year: Vec::new(),
        }),
    }
}

fn rest(value: &str) -> ClassStep {
    ClassStep {
        value: value.to_owned(),
        from: None,
    }
}

fn classes(steps: Vec<ClassStep>) -> Classes {
    Classes {
        taken_from: TakenFrom::Rounded,
        first_year: FiscalYear::new(2021),
        steps,
    }
}

fn of(classes: &Classes, text: &str, in_year: u16) -> String {
    let class = classes.of_number(number(text), year(in_year));
    class.outcome.unwrap_or_else(|why| why.key().to_owned())
}

#[test]
fn a_number_on_a_threshold_goes_to_the_class_that_wins_ties() {
    let steps = vec![
        step("S", "100", Tie::Lower, "0"),
        step("A", "100", Tie::Upper, "0"),
        step("B", "80", Tie::Upper, "0"),
        rest("C"),
    ];
    let classes = classes(steps);
    for (text, want) in [
        ("100.1", "S"),
        ("100", "A"),
        ("99.9", "B"),
        ("80", "B"),
        ("79.9", "C"),
    ] {
        assert_eq!(of(&classes, text, 2021), want, "{text}");
    }
    assert!(classes.overlaps(year(2021)).is_empty());
}

#[test]
fn thresholds_rise_with_the_years() {
    let steps = vec![step("順調", "20", Tie::Upper, "20"), rest("遅れ")];
    let mut classes = classes(steps);
    assert_eq!(of(&classes, "50", 2021), "順調");
    assert_eq!(of(&classes, "50", 2022), "順調");
    assert_eq!(of(&classes, "50", 2023), "遅れ");
    assert_eq!(
        classes.explain(year(2025)),
        ["順調：100以上", "遅れ：それ以外"]
    );
    classes.first_year = None;
    assert_eq!(of(&classes, "50", 2021), "way-unknown");
}

#[test]
fn the_rounded_and_the_unrounded_rate_may_differ_by_a_class() {
    let mut classes = classes(vec![step("A", "80", Tie::Upper, "0"), rest("B")]);
    let rate = Rate {
        exact: number("79.96"),
        value: number("80.0"),
        printed: "80.0％".to_owned(),
    };
    let class = |classes: &Classes| classes.of_rate(&rate, year(2021)).outcome;
    assert_eq!(class(&classes).as_deref(), Ok("A"));
    classes.taken_from = TakenFrom::Exact;
    assert_eq!(class(&classes).as_deref(), Ok("B"));
}

#[test]
fn overlaps_and_gaps_are_found() {
    let steps = vec![
        step("A", "80", Tie::Upper, "0"),
        step("B", "80", Tie::Upper, "0"),
        step("C", "70", Tie::Upper, "20"),
    ];
    let classes = classes(steps);
    assert_eq!(classes.overlaps(year(2021)), [("A", "B")]);
    assert_eq!(classes.overlaps(year(2022)), [("A", "B"), ("B", "C")]);
    assert_eq!(of(&classes, "10", 2021), "no-class");
}

#[test]
fn members_of_one_rank_stand_or_fall_together() {
    let mut ranks = RankClasses {
        steps: vec![
            ("継続".to_owned(), Decimal::from(50)),
            ("見直し".to_owned(), Decimal::ONE_HUNDRED),
        ],
        tie: Tie::Upper,
    };
    let numbers: Vec<Decimal> = [90, 70, 70, 70].map(Decimal::from).to_vec();
    let classes = |ranks: &RankClasses| -> Vec<String> {
        let all = ranks.of_all(&numbers).into_iter();
        all.map(|c| c.outcome.unwrap_or_default()).collect()
    };
    assert_eq!(classes(&ranks), ["継続"; 4]);
    ranks.tie = Tie::Lower;
    assert_eq!(classes(&ranks), ["継続", "見直し", "見直し", "見直し"]);
    assert!(ranks.of_all(&[]).is_empty());
}

fn a_number() -> impl Strategy<Value = Decimal> {
    (-100_000_i64..100_000, 0_u32..4).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

proptest! {
    #[test]
    fn every_number_has_a_class_and_more_is_never_worse(a in a_number(), b in a_number()) {
        let classes = classes(vec![
            step("S", "100", Tie::Lower, "0"),
            step("A", "100", Tie::Upper, "0"),
            step("B", "-3.5", Tie::Lower, "0"),
            rest("C"),
        ]);
        let place = |number| {
            let class = classes.of_number(number, year(2021)).outcome.unwrap_or_default();
            classes.steps.iter().position(|step| step.value == class)
        };
        let (low, high) = (a.min(b), a.max(b));
        prop_assert!(place(low).is_some());
        prop_assert!(place(high) <= place(low));
    }

    #[test]
    fn a_better_number_never_has_a_worse_rank(numbers in prop::collection::vec(0_i64..20, 1..30)) {
        let ranks = RankClasses {
            steps: vec![
                ("1".to_owned(), Decimal::from(20)),
                ("2".to_owned(), Decimal::from(60)),
                ("3".to_owned(), Decimal::ONE_HUNDRED),
            ],
            tie: Tie::Upper,
        };
        let numbers: Vec<Decimal> = numbers.into_iter().map(Decimal::from).collect();
        let classes: Vec<String> = ranks
            .of_all(&numbers)
            .into_iter()
            .map(|class| class.outcome.unwrap_or_default())
            .collect();
        for (a, class_a) in numbers.iter().zip(&classes) {
            for (b, class_b) in numbers.iter().zip(&classes) {
                prop_assert!(!class_a.is_empty());
                prop_assert!(a != b || class_a == class_b);
                prop_assert!(a <= b || class_a <= class_b);
            }
        }
    }
}
