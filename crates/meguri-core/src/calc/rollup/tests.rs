//! Roll-ups: what counts, what stays outside, and no averages of averages.

use super::*;

fn member(label: &str, value: Result<i64, NoValue>) -> Member {
    Member {
        label: label.to_owned(),
        value: value.map(Decimal::from),
        weight: None,
    }
}

fn graded(label: &str, grade: &str) -> Graded {
    Graded {
        label: label.to_owned(),
        grade: (!grade.is_empty()).then(|| grade.to_owned()),
        relisted: false,
    }
}

fn order() -> Order {
    let own = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect();
    Order {
        best_first: own(&["S", "A", "B"]),
        outside: own(&["中止"]),
    }
}

fn sample() -> Vec<Member> {
    vec![
        member("ア", Ok(110)),
        member("イ", Ok(80)),
        member("ウ", Err(NoValue::ActualMissing)),
        member("エ", Err(NoValue::OutOfScope)),
    ]
}

const ONE: Rounding = Rounding::one_decimal();

#[test]
fn a_share_names_its_numerator_denominator_and_what_is_outside() {
    let hundred = Decimal::ONE_HUNDRED;
    let share = share_at_least(&sample(), hundred, Missing::LeaveOut, ONE);
    assert_eq!(
        share.steps,
        [
            "除外：ウ（実績がない）",
            "除外：エ（対象外）",
            "100以上 1件 ÷ 対象 2件 → 50.0％（小数第1位まで、四捨五入）",
        ]
    );
    let share = share.outcome.expect("a share");
    assert_eq!(
        (share.numerator, share.denominator),
        (Decimal::ONE, Decimal::TWO)
    );
    assert_eq!(share.left_out.len(), 2);
    let strict = share_at_least(&sample(), hundred, Missing::CountAsMissed, ONE);
    assert_eq!(strict.outcome.map(|s| s.printed), Ok("33.3％".to_owned()));
    let all = share_at_least(&sample(), hundred, Missing::NoResult, ONE);
    assert_eq!(all.outcome, Err(NoValue::MemberMissing));
    let none = share_at_least(&[], hundred, Missing::LeaveOut, ONE);
    assert_eq!(none.outcome, Err(NoValue::Empty));
}

#[test]
fn a_missing_member_is_not_zero_in_a_mean() {
    let value = |missing| mean(&sample(), missing, ONE).outcome.map(|m| m.printed);
    assert_eq!(value(Missing::LeaveOut), Ok("95.0".to_owned()));
    assert_eq!(value(Missing::CountAsMissed), Ok("95.0".to_owned()));
    assert_eq!(value(Missing::NoResult), Err(NoValue::MemberMissing));
}

#[test]
fn the_whole_is_no_average_of_averages() {
    let group = |label: &str, values: &[i64]| Group {
        label: label.to_owned(),
        members: values.iter().map(|v| member(label, Ok(*v))).collect(),
    };
    let groups = [group("甲", &[100]), group("乙", &[40, 40, 40])];
    let (each, whole) = by_group(&groups, |m| mean(m, Missing::LeaveOut, ONE));
    let printed = |c: Calculation<Rolled>| c.outcome.map(|r| r.printed).unwrap_or_default();
    let each: Vec<String> = each.into_iter().map(|(_, c)| printed(c)).collect();
    assert_eq!(each, ["100.0", "40.0"]);
    assert_eq!(printed(whole), "55.0");
}

#[test]
fn weights_that_are_all_empty_give_no_mean() {
    let mut members = sample();
    let weighted = |members: &[Member]| {
        let mean = weighted_mean(members, Missing::LeaveOut, ONE);
        mean.outcome.map(|m| m.printed)
    };
    assert_eq!(weighted(&members), Err(NoValue::NoWeights));
    for (member, weight) in members.iter_mut().zip([3, 1]) {
        member.weight = Some(Decimal::from(weight));
    }
    assert_eq!(weighted(&members), Ok("102.5".to_owned()));
}

#[test]
fn grades_are_counted_once_and_the_worst_is_found() {
    let mut members = vec![
        graded("ア", "A"),
        graded("イ", "B"),
        graded("ウ", "中止"),
        graded("エ", ""),
        graded("オ", "Z"),
        graded("カ", "B"),
    ];
    if let Some(last) = members.last_mut() {
        last.relisted = true;
    }
    let counts = counts(&members, &order());
    assert_eq!(
        counts.steps.last().map(String::as_str),
        Some("S 0、A 1、B 1、中止 1（計 3件）")
    );
    let counts = counts.outcome.expect("counts");
    assert_eq!(counts.of("B"), Some(1));
    let why: Vec<&str> = counts.left_out.iter().map(|l| l.why.as_str()).collect();
    assert_eq!(why, ["未測定", "Z：評価の区分にない値", "再掲"]);
    assert_eq!(worst(&members, &order()).outcome.as_deref(), Ok("B"));
    let stopped = [graded("ウ", "中止")];
    assert_eq!(worst(&stopped, &order()).outcome, Err(NoValue::Empty));
}

#[test]
fn grades_turned_into_points_are_averaged() {
    let table = [("A", 95), ("B", 80), ("C", 35)]
        .map(|(value, points)| (value.to_owned(), Decimal::from(points)));
    let order = Order {
        best_first: table.iter().map(|(value, _)| value.clone()).collect(),
        outside: vec!["対象外".to_owned()],
    };
    let members = [graded("ア", "A"), graded("イ", "C"), graded("ウ", "対象外")];
    let points = points(&members, &order, &table);
    let mean = mean(&points, Missing::LeaveOut, ONE).outcome;
    assert_eq!(mean.map(|m| m.printed), Ok("65.0".to_owned()));
}
