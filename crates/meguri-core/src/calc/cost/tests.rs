//! Full cost, shares and splits.

use super::*;
use crate::money::MoneyUnit;
use proptest::prelude::*;

fn thousand(amount: i64) -> Money {
    Money {
        yen: amount * 1_000,
        unit: MoneyUnit::ThousandYen,
    }
}

fn part(label: &str, amount: i64) -> (String, Money) {
    (label.to_owned(), thousand(amount))
}

fn share(label: &str, percent: &str) -> (String, Decimal) {
    (label.to_owned(), percent.parse().unwrap_or_default())
}

#[test]
fn full_cost_adds_labour_to_the_direct_cost() {
    let labour = [
        Labour {
            label: "正規".to_owned(),
            persons: Decimal::new(15, 1),
            unit_price: thousand(7_800),
        },
        Labour {
            label: "会計年度任用".to_owned(),
            persons: Decimal::new(25, 2),
            unit_price: thousand(2_450),
        },
    ];
    let cost = full_cost(thousand(1_958), &labour, RoundingMode::HalfUp);
    assert_eq!(cost.value(), Some(&thousand(14_271)));
    assert_eq!(
        cost.steps,
        [
            "正規：1.5人 × 7,800千円 ＝ 11,700千円",
            "会計年度任用：0.25人 × 2,450千円 ＝ 612.5千円",
            "事業費 1,958千円 ＋ 人件費 ＝ 14,270.5千円 → 14,271千円（四捨五入）",
        ]
    );
}

#[test]
fn shares_are_given_only_where_the_parts_add_up() {
    let parts = [part("国・県支出金", 300), part("一般財源", 600)];
    let shares = |whole| shares_of(thousand(whole), &parts, Rounding::one_decimal()).outcome;
    let want = vec![share("国・県支出金", "33.3"), share("一般財源", "66.7")];
    assert_eq!(shares(900), Ok(want));
    assert_eq!(shares(901), Err(NoValue::PartsDiffer));
    let nothing = [part("一般財源", 0)];
    let none = shares_of(thousand(0), &nothing, Rounding::one_decimal());
    assert_eq!(none.outcome, Err(NoValue::ZeroDivisor));
}

#[test]
fn a_split_loses_no_yen() {
    let shares = [
        share("甲", "33.3"),
        share("乙", "33.3"),
        share("丙", "33.4"),
    ];
    let parts = split(thousand(1_000), &shares).outcome.expect("parts");
    let amounts: Vec<i64> = parts.iter().map(|(_, money)| money.yen / 1_000).collect();
    assert_eq!(amounts, [333, 333, 334]);
    let thirds = split(thousand(100), &shares).outcome.expect("parts");
    assert_eq!(thirds.iter().map(|(_, m)| m.yen).sum::<i64>(), 100_000);
    let short = [share("甲", "33.3"), share("乙", "33.3")];
    assert_eq!(
        split(thousand(1), &short).outcome,
        Err(NoValue::PartsDiffer)
    );
    assert_eq!(split(thousand(1), &[]).outcome, Err(NoValue::Empty));
}

#[test]
fn cost_for_a_unit_of_output_needs_output() {
    let cost = |output| unit_cost(thousand(1_000), output, RoundingMode::HalfUp).outcome;
    assert_eq!(cost(Decimal::from(3)), Ok(Decimal::from(333_333)));
    assert_eq!(cost(Decimal::ZERO), Err(NoValue::ZeroDivisor));
}

proptest! {
    #[test]
    fn the_parts_of_a_split_add_up_to_the_whole(
        yen in -1_000_000_000_i64..1_000_000_000,
        cuts in prop::collection::vec(0_u32..=10_000, 0..6),
    ) {
        let mut cuts: Vec<u32> = cuts;
        cuts.extend([0, 10_000]);
        cuts.sort_unstable();
        let shares: Vec<(String, Decimal)> = cuts
            .iter()
            .zip(cuts.iter().skip(1))
            .map(|(a, b)| (String::new(), Decimal::new(i64::from(b - a), 2)))
            .collect();
        let whole = Money { yen, unit: MoneyUnit::ThousandYen };
        let parts = split(whole, &shares).outcome.expect("parts");
        prop_assert_eq!(parts.iter().map(|(_, part)| part.yen).sum::<i64>(), yen);
    }
}
