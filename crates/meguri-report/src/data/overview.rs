//! What the sheets of a book come to: counts of judgements and directions, shares of indicators,
//! money. The core counts; here its results become lines of a layout.

use super::Year;
use crate::report::Report;
use meguri_core::evaluation::Tally;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::{Money, MoneyUnit, with_commas};
use meguri_core::scheme::Scale;
use meguri_core::summary::states::StateCounts;
use meguri_core::summary::{Whole, money, rates, states};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use std::collections::BTreeSet;

/// What the sheets come to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Overview {
    /// How many sheets have which judgement.
    pub judgements: Vec<Counted>,
    /// How many projects have which direction, each project once.
    pub next_steps: Vec<Counted>,
    /// Shares of indicators that reached a rate.
    pub shares: Vec<ShareData>,
    /// The money by topmost node.
    pub money: MoneyData,
}

/// A field or axis with the number of each value.
#[derive(Clone, Debug, Serialize)]
pub struct Counted {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// The values in the order of the scale.
    pub values: Vec<Value>,
    /// All of them together.
    pub total: usize,
    /// Members without a value.
    pub without: usize,
}

/// A value with its number.
#[derive(Clone, Debug, Serialize)]
pub struct Value {
    /// The value.
    pub value: String,
    /// The sign beside it.
    pub sign: String,
    /// How many.
    pub count: usize,
}

/// A share of indicators.
#[derive(Clone, Debug, Serialize)]
pub struct ShareData {
    /// Its name.
    pub label: String,
    /// The share as printed: `78.3％`.
    pub printed: String,
    /// The same in parts of a thousand, for a bar.
    pub permille: u32,
    /// How many reached it.
    pub numerator: String,
    /// Of how many.
    pub denominator: String,
    /// How many stayed outside.
    pub left_out: usize,
}

/// Money by topmost node and year.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MoneyData {
    /// The unit of all amounts.
    pub unit: String,
    /// The years.
    pub years: Vec<Year>,
    /// One a topmost node.
    pub rows: Vec<MoneyRow>,
    /// All together, one a year.
    pub totals: Vec<String>,
    /// Rows that are listed again and counted in an earlier place.
    pub relisted: usize,
}

/// The money of a topmost node.
#[derive(Clone, Debug, Serialize)]
pub struct MoneyRow {
    /// Its number and name.
    pub name: String,
    /// One amount a year; empty where there is none.
    pub amounts: Vec<String>,
    /// The same in parts of a thousand of the largest amount, for bars.
    pub permille: Vec<u32>,
}

/// A table of judgements by group, as the document prints it.
#[derive(Clone, Debug, Serialize)]
pub struct TallyData {
    /// The label of the judgement's field.
    pub label: String,
    /// Its values, the heads of the columns.
    pub values: Vec<String>,
    /// Its rows.
    pub rows: Vec<TallyRowData>,
    /// The totals, one a value.
    pub totals: Vec<String>,
}

/// One row of a tally.
#[derive(Clone, Debug, Serialize)]
pub struct TallyRowData {
    /// Number and name of the group.
    pub name: String,
    /// How many members it has.
    pub members: String,
    /// One number a value.
    pub counts: Vec<String>,
}

/// What the sheets of a report come to.
pub(super) fn of(report: &Report<'_>) -> Overview {
    let whole = Whole {
        plan: report.plan,
        sheets: report.sheets.clone(),
    };
    let sheets = report.sheets.as_slice();
    let judgements = states::judgements(&whole, sheets, report.scheme);
    let next_steps = states::next_steps(sheets, report.scheme);
    let shares = rates::shares(sheets.iter().copied(), report.scheme);
    Overview {
        judgements: judgements
            .iter()
            .filter_map(|counts| counted(counts, |value| sign_of_field(report, &counts.key, value)))
            .collect(),
        next_steps: next_steps
            .iter()
            .filter_map(|counts| counted(counts, |value| sign_of_axis(report, &counts.key, value)))
            .collect(),
        shares: shares.iter().filter_map(share).collect(),
        money: money_of(report, &whole),
    }
}

fn sign_of_field(report: &Report<'_>, key: &str, value: &str) -> String {
    use meguri_core::scheme::FieldKind;
    let scheme = report.scheme;
    let scale = scheme.and_then(|scheme| match &scheme.field(key)?.kind {
        FieldKind::Grade(scale) => scheme.scale(scale),
        _ => None,
    });
    sign(scale, value)
}

fn sign_of_axis(report: &Report<'_>, key: &str, value: &str) -> String {
    let scale = report.scheme.and_then(|scheme| scheme.next_step_scale(key));
    sign(scale, value)
}

fn sign(scale: Option<&Scale>, value: &str) -> String {
    let value = scale.and_then(|scale| scale.value(value));
    value.and_then(|v| v.sign.clone()).unwrap_or_default()
}

fn counted(counts: &StateCounts, sign: impl Fn(&str) -> String) -> Option<Counted> {
    let found = counts.counts.value()?;
    let values = found.ordered.iter().chain(&found.outside);
    let values: Vec<Value> = values
        .map(|(value, count)| Value {
            sign: sign(value),
            value: value.clone(),
            count: *count,
        })
        .collect();
    Some(Counted {
        key: counts.key.clone(),
        label: counts.label.clone(),
        total: values.iter().map(|value| value.count).sum(),
        values,
        without: counts.without,
    })
}

fn share(share: &rates::Share) -> Option<ShareData> {
    let rolled = share.rolled.value()?;
    Some(ShareData {
        label: share.label.clone(),
        printed: rolled.printed.clone(),
        permille: rolled
            .numerator
            .checked_mul(Decimal::ONE_THOUSAND)
            .and_then(|parts| parts.checked_div(rolled.denominator))
            .and_then(|parts| parts.to_u32())
            .unwrap_or(0),
        numerator: rolled.numerator.to_string(),
        denominator: rolled.denominator.to_string(),
        left_out: rolled.left_out.len(),
    })
}

fn permille(part: i128, whole: i128) -> u32 {
    let parts = part.saturating_mul(1000).checked_div(whole).unwrap_or(0);
    u32::try_from(parts.clamp(0, 1000)).unwrap_or(0)
}

fn money_of(report: &Report<'_>, whole: &Whole<'_>) -> MoneyData {
    let branches = money::by_top(whole);
    let years: BTreeSet<FiscalYear> = branches.whole.years.keys().copied().collect();
    let of = |branch: &money::Branch, year: &FiscalYear| -> Option<Money> {
        branch.years.get(year)?.value().copied()
    };
    let all = branches.each.iter();
    let amounts = all.flat_map(|branch| years.iter().filter_map(move |year| of(branch, year)));
    let amounts: Vec<Money> = amounts.collect();
    let most = amounts.iter().map(|money| money.yen).max().unwrap_or(0);
    let unit = amounts
        .iter()
        .map(|money| money.unit)
        .min_by_key(|u| u.yen());
    let unit = unit.unwrap_or(MoneyUnit::ThousandYen);
    let printed = |money: Option<Money>| {
        let in_unit = |money: Money| Money { unit, ..money }.in_unit().normalize();
        money.map_or_else(String::new, |money| with_commas(in_unit(money)))
    };
    let row = |branch: &money::Branch| MoneyRow {
        name: branch
            .head
            .map_or_else(|| "（区分なし）".to_owned(), |head| title(report, head)),
        amounts: years.iter().map(|year| printed(of(branch, year))).collect(),
        permille: years
            .iter()
            .map(|year| of(branch, year).map_or(0, |m| permille(m.yen.into(), most.into())))
            .collect(),
    };
    MoneyData {
        unit: unit.label().to_owned(),
        rows: branches
            .each
            .iter()
            .filter(|b| !b.years.is_empty())
            .map(row)
            .collect(),
        totals: years
            .iter()
            .map(|year| printed(of(&branches.whole, year)))
            .collect(),
        relisted: branches.whole.relisted,
        years: years.iter().copied().map(Year::from).collect(),
    }
}

fn title(report: &Report<'_>, id: meguri_core::plan::NodeId) -> String {
    let Some(node) = report.plan.node(id) else {
        return String::new();
    };
    let number = super::sheet::printed(node.number.as_ref());
    let name = super::sheet::printed(node.name.as_ref());
    match name.as_str() {
        "" => format!("{}{number}", report.level_label(&node.level)),
        name => format!("{number} {name}").trim().to_owned(),
    }
}

/// The tables of judgements that the document prints.
pub(super) fn tallies(report: &Report<'_>) -> Vec<TallyData> {
    report
        .tallies
        .iter()
        .map(|tally| of_tally(report, tally))
        .collect()
}

fn of_tally(report: &Report<'_>, tally: &Tally) -> TallyData {
    let mut values: Vec<String> = Vec::new();
    let rows = tally.rows.iter().flat_map(|row| &row.counts);
    for (value, _) in rows.chain(&tally.total) {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    let of = |counts: &[(String, meguri_core::source::Sourced<u32>)]| -> Vec<String> {
        let count = |value: &String| {
            let found = counts.iter().find(|(known, _)| known == value);
            found.map_or_else(String::new, |(_, count)| count.value.to_string())
        };
        values.iter().map(count).collect()
    };
    let number = |number: Option<&meguri_core::source::Sourced<u32>>| {
        number.map_or_else(String::new, |number| number.value.to_string())
    };
    TallyData {
        label: report.field_label(&tally.field),
        rows: tally
            .rows
            .iter()
            .map(|row| TallyRowData {
                name: {
                    let name = super::sheet::printed(row.name.as_ref());
                    format!("{} {name}", number(row.group.as_ref()))
                        .trim()
                        .to_owned()
                },
                members: number(row.members.as_ref()),
                counts: of(&row.counts),
            })
            .collect(),
        totals: of(&tally.total),
        values,
    }
}
