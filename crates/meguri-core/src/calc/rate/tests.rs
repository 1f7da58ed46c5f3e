//! Rates by every shape, and what holds of them whatever the figures.

use super::*;
use crate::calc::formula::{Direction, Edges, Late, Outside, Reference, Shape};
use crate::figure::Figure;
use crate::plan::YearFigure;
use crate::source::{Settled, Sourced};
use proptest::prelude::*;

fn year(calendar_year: u16) -> FiscalYear {
    FiscalYear::new(calendar_year).expect("a fiscal year")
}

fn sourced(printed: &str) -> Option<Sourced<Figure>> {
    Some(Sourced {
        value: Figure::parse(printed)?,
        line: 1,
        settled: Settled::Printed,
    })
}

/// Figures from 2021 on; a blank is no figure.
fn figures(printed: &[&str]) -> Vec<YearFigure> {
    let figure = |(year, text): (u16, &&str)| {
        Some(YearFigure {
            year: FiscalYear::new(year)?,
            figure: sourced(text)?,
        })
    };
    (2021..).zip(printed).filter_map(figure).collect()
}

fn indicator(better: Option<Better>, targets: &[&str], actuals: &[&str]) -> Indicator {
    Indicator {
        better,
        targets: figures(targets),
        actuals: figures(actuals),
        baseline: sourced("50"),
        baseline_year: FiscalYear::new(2020),
        ..Indicator::default()
    }
}

fn with_shape(shape: Shape) -> RateFormula {
    RateFormula {
        shape,
        ..RateFormula::achievement()
    }
}

fn result(indicator: &Indicator, of: u16, formula: &RateFormula) -> String {
    match rate(indicator, year(of), formula).outcome {
        Ok(value) => formula.rounding.print(value),
        Err(why) => why.key().to_owned(),
    }
}

#[test]
fn a_rate_shows_its_steps() {
    let indicator = indicator(None, &["61"], &["46"]);
    let steps = rate(&indicator, year(2021), &RateFormula::achievement()).steps;
    assert_eq!(
        steps,
        [
            "令和3年度の実績：46",
            "令和3年度の目標：61",
            "46 ÷ 61 ＝ 0.75409…",
            "75.40983…％ → 75.4％（小数第1位まで、四捨五入）",
        ]
    );
}

#[test]
fn achievement_follows_words_dashes_and_gaps() {
    let cases = [
        (None, "61", "46", "75.4"),
        (Some(Better::Lower), "70", "82.2", "85.2"),
        (None, "4以上", "3", "75.0"),
        (None, "70以下", "82.2", "85.2"),
        (Some(Better::Keep), "100", "98", "98.0"),
        (None, "前年以下", "40", "125.0"),
        (None, "前年度比減", "40", "125.0"),
        (None, "前年比同程度", "40", "80.0"),
        (None, "前年度比増", "40", "80.0"),
        (None, "－", "3", "target-dash"),
        (None, "", "3", "target-missing"),
        (None, "検討", "3", "target-words"),
        (None, "4", "－", "actual-dash"),
        (None, "4", "", "actual-missing"),
        (None, "4", "N/A", "actual-words"),
        (None, "0", "3", "zero-divisor"),
        (Some(Better::Lower), "3", "0", "zero-divisor"),
        (None, "-3", "-6", "negative-divisor"),
        (None, "4", "0", "0.0"),
        (
            None,
            "0.0000000000000000000000000001",
            "9999999999999999999",
            "too-large",
        ),
    ];
    for (better, target, actual, want) in cases {
        let indicator = indicator(better, &[target], &[actual]);
        let got = result(&indicator, 2021, &RateFormula::achievement());
        assert_eq!(got, want, "{target} {actual}");
    }
}

#[test]
fn each_shape_counts_in_its_own_way() {
    let around = Shape::Band(Edges::Percent(Decimal::TEN), Outside::Ratio);
    let strict = Shape::Band(Edges::Points(Decimal::TWO), Outside::Zero);
    let fixed = Edges::Fixed(Decimal::from(38), Decimal::from(42));
    let fixed = Shape::Band(fixed, Outside::Ratio);
    let (higher, lower, keep) = (
        Some(Better::Higher),
        Some(Better::Lower),
        Some(Better::Keep),
    );
    let cases = [
        (Shape::Progress, higher, "70", "60", "50.0"),
        (Shape::Progress, None, "30", "40", "50.0"),
        (Shape::Progress, lower, "30", "60", "-50.0"),
        (Shape::Progress, higher, "50", "60", "zero-divisor"),
        (
            Shape::Progress,
            higher,
            "40",
            "60",
            "target-behind-baseline",
        ),
        (Shape::Progress, keep, "70", "60", "keeps-level"),
        (Shape::Mirror, lower, "100", "120", "80.0"),
        (Shape::Mirror, lower, "100", "250", "-50.0"),
        (Shape::Mirror, higher, "100", "120", "120.0"),
        (Shape::Difference, higher, "100", "97.5", "-2.5"),
        (Shape::Difference, lower, "100", "97.5", "2.5"),
        (Shape::Difference, keep, "100", "102", "-2.0"),
        (Shape::Deviation, higher, "100", "89", "-11.0"),
        (Shape::Deviation, lower, "-4", "-5", "25.0"),
        (around, keep, "100", "110", "100.0"),
        (around, keep, "100", "120", "91.7"),
        (around, keep, "100", "45", "50.0"),
        (around, higher, "100", "400", "100.0"),
        (strict, keep, "40", "42.1", "0.0"),
        (fixed, keep, "", "40", "100.0"),
        (fixed, keep, "", "19", "50.0"),
    ];
    for (shape, better, target, actual, want) in cases {
        let indicator = indicator(better, &[target], &[actual]);
        let got = result(&indicator, 2021, &with_shape(shape));
        assert_eq!(got, want, "{shape:?} {target} {actual}");
    }
}

#[test]
fn each_reference_finds_its_figure() {
    let indicator = indicator(None, &["60", "70", "80", "90"], &["44", "56", "", ""]);
    let cases = [
        (Reference::ThisYear, "80.0"),
        (Reference::YearBefore, "93.3"),
        (Reference::Final, "62.2"),
        (Reference::OnTheWay, "80.0"),
        (Reference::Baseline, "112.0"),
        (Reference::LastYearActual, "127.3"),
    ];
    for (reference, want) in cases {
        let formula = RateFormula {
            reference,
            ..RateFormula::achievement()
        };
        assert_eq!(result(&indicator, 2022, &formula), want, "{reference:?}");
    }
}

#[test]
fn a_late_actual_is_that_of_its_own_year() {
    let indicator = indicator(None, &["60", "70", "80"], &["30", "56", ""]);
    let late = |years, own_target| RateFormula {
        late: Late { years, own_target },
        ..RateFormula::achievement()
    };
    assert_eq!(result(&indicator, 2023, &late(1, true)), "80.0");
    assert_eq!(result(&indicator, 2023, &late(1, false)), "70.0");
    assert_eq!(result(&indicator, 2023, &late(2, true)), "50.0");
}

#[test]
fn limits_print_their_words() {
    let limit = |at, words: &str| {
        Some(RateLimit {
            at: Decimal::from(at),
            words: Some(words.to_owned()),
        })
    };
    let mut formula = with_shape(Shape::Progress);
    formula.limits.above = limit(100, "100％超");
    formula.limits.below = limit(0, "0％未満");
    for (actual, value, printed) in [
        ("80", 100, "100％超"),
        ("70", 100, "100.0％"),
        ("50", 0, "0.0％"),
        ("40", 0, "0％未満"),
    ] {
        let indicator = indicator(Some(Better::Higher), &["70"], &[actual]);
        let rate = rated(&indicator, year(2021), &formula)
            .outcome
            .expect("a rate");
        assert_eq!(rate.value, Decimal::from(value), "{actual}");
        assert_eq!(rate.printed, printed);
    }
}

#[test]
fn targets_say_which_way_is_better_unless_they_contradict() {
    let better = |targets: &[&str]| better_from_targets(&indicator(None, targets, &[]));
    assert_eq!(better(&["4以上", "5"]), Some(Better::Higher));
    assert_eq!(better(&["前年以下"]), Some(Better::Lower));
    assert_eq!(better(&["5以内"]), Some(Better::Lower));
    assert_eq!(better(&["前年比同程度"]), Some(Better::Keep));
    assert_eq!(better(&["4以上", "3以下"]), None);
    assert_eq!(better(&["4", "－"]), None);
}

fn number() -> impl Strategy<Value = Decimal> {
    (1_i64..10_000_000, 0_u32..4).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

fn shapes() -> impl Strategy<Value = Shape> {
    prop_oneof![
        Just(Shape::Ratio),
        Just(Shape::Progress),
        Just(Shape::Mirror),
        Just(Shape::Difference),
        Just(Shape::Deviation),
        Just(Shape::Band(Edges::Percent(Decimal::TEN), Outside::Ratio)),
    ]
}

proptest! {
    #[test]
    fn what_was_aimed_at_is_a_hundred_percent(target in number(), lower in any::<bool>()) {
        let better = if lower { Better::Lower } else { Better::Higher };
        let text = target.to_string();
        let mut indicator = indicator(Some(better), &[&text], &[&text]);
        let baseline = if lower { target + Decimal::ONE } else { target - Decimal::ONE };
        indicator.baseline = sourced(&baseline.to_string());
        for shape in [Shape::Ratio, Shape::Progress, Shape::Mirror] {
            let got = rate(&indicator, year(2021), &with_shape(shape)).outcome;
            prop_assert_eq!(got, Ok(Decimal::ONE_HUNDRED));
        }
        let difference = rate(&indicator, year(2021), &with_shape(Shape::Difference)).outcome;
        prop_assert_eq!(difference, Ok(Decimal::ZERO));
    }

    #[test]
    fn swapping_the_direction_swaps_the_figures(a in number(), b in number()) {
        let (a, b) = (a.to_string(), b.to_string());
        let formula = RateFormula::achievement();
        let higher = indicator(Some(Better::Higher), &[&a], &[&b]);
        let lower = indicator(Some(Better::Lower), &[&b], &[&a]);
        let of = |indicator: &Indicator| rate(indicator, year(2021), &formula).outcome;
        prop_assert_eq!(of(&higher), of(&lower));
        let points = with_shape(Shape::Difference);
        let up = rate(&indicator(Some(Better::Higher), &[&a], &[&b]), year(2021), &points);
        let down = rate(&indicator(Some(Better::Lower), &[&a], &[&b]), year(2021), &points);
        prop_assert_eq!(up.outcome.map(|v| -v), down.outcome);
    }

    #[test]
    fn any_figures_give_a_result_or_a_reason(
        shape in shapes(),
        target in ".{0,12}|[0-9]{1,29}|-?[0-9]{1,5}\\.[0-9]{1,20}",
        actual in ".{0,12}|[0-9]{1,29}|-?[0-9]{1,5}\\.[0-9]{1,20}",
        baseline in "[0-9]{0,29}",
        lower in any::<bool>(),
    ) {
        let better = lower.then_some(Better::Lower);
        let mut indicator = indicator(better, &[&target], &[&actual]);
        indicator.baseline = sourced(&baseline);
        let got = rated(&indicator, year(2021), &with_shape(shape));
        prop_assert!(!got.steps.is_empty());
    }

    #[test]
    fn a_limited_rate_stays_within_its_limits(target in number(), actual in number()) {
        let mut formula = RateFormula::achievement();
        formula.limits.above = Some(RateLimit { at: Decimal::ONE_HUNDRED, words: None });
        formula.direction = Direction::Always(Better::Higher);
        let indicator = indicator(None, &[&target.to_string()], &[&actual.to_string()]);
        let got = rate(&indicator, year(2021), &formula).outcome;
        prop_assert!(got.is_ok_and(|value| value <= Decimal::ONE_HUNDRED));
    }
}
