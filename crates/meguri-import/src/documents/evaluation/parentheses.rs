//! Amounts in parentheses: `(1,275)` is less than zero in some offices and a part of another amount
//! in others. Only the printed total tells which.

use super::counts::amount;
use super::rows::ProjectList;
use crate::printed::{Cell, Unresolved};
use meguri_core::money::PrintedAmount;

/// The amount within parentheses, as it stands there.
pub(super) fn inner(text: &str) -> Option<String> {
    let parsed = PrintedAmount::parse(text).filter(|amount| amount.in_parentheses)?;
    let whole = parsed.number.fract().is_zero() && !parsed.number.is_sign_negative();
    let inner = text.trim().trim_start_matches(['(', '（']);
    whole.then(|| inner.trim_end_matches([')', '）']).trim().to_owned())
}

/// Settles the amounts in parentheses of a list by its printed total.
///
/// What proves a sign: all other rows have their amount, and the total is the sum with this sign and
/// not the one with the other, nor the sum without these rows. Otherwise the amounts stay open.
pub(super) fn settle(
    list: &mut ProjectList,
    total: Option<i64>,
    place: &str,
    unresolved: &mut Vec<Unresolved>,
) {
    let in_parentheses = |cell: &Cell<String>| inner(cell.value()).and_then(|text| amount(&text));
    let rows = || list.rows.iter().filter(|row| row.dashes < 3);
    let found: Vec<i64> = rows()
        .filter_map(|row| in_parentheses(row.cost.as_ref()?))
        .collect();
    if found.is_empty() {
        return;
    }
    let whole = rows().all(|row| row.has_cost()) && list.loose.iter().all(|p| p.cost.is_none());
    let own = rows().filter_map(|row| amount(row.cost.as_ref()?.value()));
    let others = own.fold(0_i64, i64::saturating_add);
    let parts = found
        .iter()
        .fold(0_i64, |sum, part| sum.saturating_add(*part));
    let total = total.filter(|_| whole && parts > 0);
    let negative = match total {
        Some(total) if total == others.saturating_sub(parts) => Some(true),
        Some(total) if total == others.saturating_add(parts) => Some(false),
        _ => None,
    };
    for row in &mut list.rows {
        let Some((text, line)) = row
            .cost
            .as_ref()
            .and_then(|cell| Some((inner(cell.value())?, cell.line())))
        else {
            continue;
        };
        let Some(negative) = negative else {
            let number = row
                .no
                .as_ref()
                .map_or("?".to_owned(), |no| no.value().to_string());
            unresolved.push(Unresolved {
                place: format!("{place} row {number}"),
                field: "cost".to_owned(),
                candidates: vec![format!("({text})")],
                why: format!(
                    "かっこ書きの事業費「({text})」は、減額か内数かを合計から決められません。"
                ),
                line,
            });
            continue;
        };
        let sign = if negative { "-" } else { "" };
        row.cost = Some(Cell::proven(format!("{sign}{text}"), line));
    }
}
