//! Cases of money: totals, rounding to units, full cost, shares and splits.
//!
//! Amounts are in the unit of the scheme.

use crate::calc_file::outcome::CaseResult;
use crate::calc_file::text::{
    AmountText, CasesText, CostText, PartText, SharesText, SplitPartText, SplitText, TotalText,
};
use crate::calc_file::{Cases, unknown};
use crate::scheme_file::FileFault;
use meguri_core::calc::cost::{full_cost, shares_of, split, unit_cost};
use meguri_core::calc::rounding::Rounding;
use meguri_core::calc::total::{agreement, in_unit, rounding_allowance, sum_of_rows};
use meguri_core::calc::{Calculation, NoValue};
use meguri_core::money::{Money, MoneyUnit};
use meguri_core::scheme::Scheme;
use rust_decimal::Decimal;

/// All cases of money.
pub(super) fn results(cases: &CasesText, scheme: &Scheme) -> Cases {
    let mut all = Vec::new();
    all.extend(cases.totals.iter().map(|c| total(c, scheme)));
    all.extend(cases.amounts.iter().map(|c| Ok(vec![amount(c, scheme)])));
    all.extend(cases.costs.iter().map(|c| cost(c, scheme)));
    all.extend(cases.shares.iter().map(|c| shares(c, scheme)));
    all.extend(cases.splits.iter().map(|c| splits(c, scheme)));
    all
}

fn money(amount: i64, scheme: &Scheme, case: &str) -> Result<Money, FileFault> {
    Money::of(amount, scheme.written().money.unit).ok_or_else(|| {
        FileFault::new(
            format!("「{case}」の金額が大きすぎます。"),
            "桁を確認してください。",
        )
    })
}

fn total(case: &TotalText, scheme: &Scheme) -> Result<Vec<CaseResult>, FileFault> {
    let rows: Result<Vec<Money>, FileFault> = case
        .rows
        .iter()
        .map(|r| money(*r, scheme, &case.name))
        .collect();
    let rows = rows?;
    let sum = sum_of_rows(rows.iter());
    let mut results = Vec::new();
    if let Some(printed) = case.printed {
        let printed = money(printed, scheme, &case.name)?;
        results.push(agreement_result(case, printed, &sum, rows.len()));
    }
    let expected = case.expect.as_ref().map(|printed| &printed.0);
    let label = format!("合計 {}", case.name);
    results.push(CaseResult::of(label, sum, |m| m.to_string(), expected));
    Ok(results)
}

fn agreement_result(
    case: &TotalText,
    printed: Money,
    sum: &Calculation<Money>,
    rows: usize,
) -> CaseResult {
    let allowance = rounding_allowance(rows, printed.unit);
    let compared = Calculation::run(|steps| {
        let computed = sum.outcome?;
        steps.push(format!(
            "印刷された合計 {printed}、計算した合計 {computed}、端数の許容 {allowance}"
        ));
        Ok(agreement(printed, computed, rows))
    });
    let expected = case.agreement.as_ref().map(|printed| &printed.0);
    let label = format!("合計の照合 {}", case.name);
    CaseResult::of(label, compared, |a| a.label().to_owned(), expected)
}

fn amount(case: &AmountText, scheme: &Scheme) -> CaseResult {
    let rule = &scheme.written().money;
    let yen = Money {
        yen: case.yen,
        unit: MoneyUnit::Yen,
    };
    let rounded = in_unit(yen, rule.unit, rule.rounding);
    let expected = case.expect.as_ref().map(|printed| &printed.0);
    CaseResult::of(
        format!("金額 {}", case.name),
        rounded,
        |m| m.to_string(),
        expected,
    )
}

fn cost(case: &CostText, scheme: &Scheme) -> Result<Vec<CaseResult>, FileFault> {
    let direct = money(case.direct, scheme, &case.name)?;
    let mode = scheme.written().money.rounding;
    let persons: Vec<(String, Decimal)> = case
        .persons
        .iter()
        .map(|person| (person.label.clone(), person.number.0))
        .collect();
    let labour = scheme.labour(&persons, case.year.0);
    let priced = |label: &String| labour.iter().any(|l| l.label == *label);
    if let Some((label, _)) = persons.iter().find(|(label, _)| !priced(label)) {
        let what = format!("{}の人件費単価", case.year.0);
        return Err(unknown(&what, label, &case.name));
    }
    let cost = full_cost(direct, &labour, mode);
    let mut results = Vec::new();
    if let Some(output) = case.output {
        let unit = match cost.outcome {
            Ok(cost) => unit_cost(cost, output.0, mode),
            Err(why) => Calculation::run(|_| Err(why)),
        };
        let expected = case.expect_unit_cost.as_ref().map(|printed| &printed.0);
        let label = format!("単位コスト {}", case.name);
        results.push(CaseResult::of(
            label,
            unit,
            |yen| format!("{yen}円"),
            expected,
        ));
    }
    let expected = case.expect.as_ref().map(|printed| &printed.0);
    let label = format!("総コスト {}", case.name);
    results.push(CaseResult::of(label, cost, |m| m.to_string(), expected));
    Ok(results)
}

fn shares(case: &SharesText, scheme: &Scheme) -> Result<Vec<CaseResult>, FileFault> {
    let whole = money(case.whole, scheme, &case.name)?;
    let part = |part: &PartText| {
        let amount = money(part.amount, scheme, &case.name)?;
        Ok((part.label.clone(), amount))
    };
    let parts: Result<Vec<(String, Money)>, FileFault> = case.parts.iter().map(part).collect();
    let rounding = Rounding::one_decimal();
    let shares = shares_of(whole, &parts?, rounding);
    let print = |share: &Decimal| format!("{}％", rounding.print(*share));
    let expected = case.parts.iter().map(|part| &part.expect);
    let expected = expected.map(|e| e.as_ref().map(|printed| printed.0.clone()));
    let whole = case.expect.as_ref().map(|printed| &printed.0);
    Ok(each(
        "構成比",
        &case.name,
        shares,
        print,
        expected.collect(),
        whole,
    ))
}

fn splits(case: &SplitText, scheme: &Scheme) -> Result<Vec<CaseResult>, FileFault> {
    let whole = money(case.whole, scheme, &case.name)?;
    let part = |part: &SplitPartText| (part.label.clone(), part.percent.0);
    let percents: Vec<(String, Decimal)> = case.parts.iter().map(part).collect();
    let parts = split(whole, &percents);
    let expected = case.parts.iter().map(|part| &part.expect);
    let expected = expected.map(|e| e.as_ref().map(|printed| printed.0.clone()));
    let whole = case.expect.as_ref().map(|printed| &printed.0);
    let print = |money: &Money| money.to_string();
    Ok(each(
        "按分",
        &case.name,
        parts,
        print,
        expected.collect(),
        whole,
    ))
}

/// One result a part, behind one for the whole calculation with its steps.
fn each<T>(
    kind: &str,
    name: &str,
    parts: Calculation<Vec<(String, T)>>,
    print: impl Fn(&T) -> String,
    expected: Vec<Option<String>>,
    expected_whole: Option<&String>,
) -> Vec<CaseResult> {
    let mut results = Vec::new();
    if let Ok(parts) = &parts.outcome {
        for ((label, part), expected) in parts.iter().zip(expected) {
            let outcome: Result<String, NoValue> = Ok(print(part));
            results.push(CaseResult {
                label: format!("{kind} {name} {label}"),
                outcome,
                steps: Vec::new(),
                expected,
            });
        }
    }
    let label = format!("{kind} {name}");
    let found = |parts: Vec<(String, T)>| format!("{}件", parts.len());
    results.push(CaseResult::of(label, parts, found, expected_whole));
    results
}
