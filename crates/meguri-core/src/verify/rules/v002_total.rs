//! V002: a printed total against its rows.

use super::table::{self, GAP};
use crate::evaluation::{Document, PrintedTotal, Sheet};
use crate::money::{Money, with_commas};
use crate::plan::Listing;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use rust_decimal::Decimal;

pub(crate) const RULE: Rule = Rule {
    code: "V002",
    title: "合計が明細の和と合わない",
    looks_at: "事業一覧の「合計」と、その表の各行の事業費の和を比べます。再掲の行もその表の合計には含めます。",
    why: "合計は議会や市民が最初に見る数字です。行の追加や転記の際に、合計だけが古いまま残ることがあります。",
    example: "行の和が5,472,114千円のところ、合計が5,467,914千円と印字されている（差4,200千円）。",
    remedy: "各行の金額と合計のどちらが正しいかを財務会計の帳票で確かめ、誤っている方を直してください。",
    basis: "各行は千円未満を四捨五入して印字されるため、行数×0.5（印字の単位）までの差は端数による差として「参考」とし、直す必要はありません。金額が読み取れない行がある表では、負の金額のこともあるため比べません。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, sheet) in subject.sheets() {
        let totals = sheet.totals.iter();
        findings.extend(totals.filter_map(|total| check_total(document, sheet, total)));
    }
}

fn check_total(document: &Document, sheet: &Sheet, total: &PrintedTotal) -> Option<Finding> {
    let rows = table::rows(sheet, total.table);
    let sum = sum(sheet, &rows, total);
    let printed = total.money.value;
    let difference = Decimal::from(printed.yen) - Decimal::from(sum.money.yen);
    let unit = Decimal::from(printed.unit.yen());
    let allowance = Decimal::from(rows.len()) / Decimal::TWO;
    let rounding = difference.abs() <= allowance * unit;
    // Without any row the page with the list is missing. A row whose amount is lost in the text may
    // add to the sum or, being negative (△), lessen it: the sum proves nothing then.
    if rows.is_empty() || difference.is_zero() || sum.missing > 0 {
        return None;
    }
    let in_unit = with_commas((difference / unit).normalize());
    let label = printed.unit.label();
    let (severity, message) = if rounding {
        let message = "合計と明細の和の差は、端数処理による差の範囲内です。";
        (Severity::Note, message.to_owned())
    } else {
        let word = if difference.is_sign_negative() {
            "少ない"
        } else {
            "多い"
        };
        let gap = in_unit.trim_start_matches('-');
        let message = format!("合計が明細の和より{gap}{label}{word}です。");
        if table::is_whole(sheet, &rows) {
            (Severity::Error, message)
        } else {
            (Severity::Warning, format!("{message}{GAP}"))
        }
    };
    let mark = with_commas(printed.in_unit().normalize());
    let place = Place::sheet(document, sheet)
        .field("合計")
        .at(total.money.line, mark);
    let hint = match severity {
        // Within rounding, nothing is to be done.
        Severity::Note => "",
        _ => "各行の金額と合計を財務会計の帳票と照合し、誤っている方を直してください。",
    };
    let finding = Finding::new(RULE.code, severity, place, message, hint);
    let steps = steps(&sum, printed, rows.len(), &in_unit, allowance);
    Some(finding.figures(printed, sum.money).steps(steps))
}

fn steps(sum: &Sum, printed: Money, rows: usize, in_unit: &str, allowance: Decimal) -> Vec<String> {
    let label = printed.unit.label();
    let mut steps = vec![format!("{rows}行の事業費の和 ＝ {}", sum.money)];
    if sum.unplaced > 0 {
        let count = sum.unplaced;
        steps.push(format!(
            "うち{count}行は、どの行の金額か確定できませんが、金額の組は分かっています"
        ));
    }
    steps.push(format!(
        "合計 {printed} － 和 {} ＝ {in_unit}{label}",
        sum.money
    ));
    let most = with_commas(allowance.normalize());
    steps.push(format!(
        "端数による差の上限 ＝ {rows}行 × 0.5{label} ＝ {most}{label}"
    ));
    steps
}

/// The amounts of a table's rows, added up.
struct Sum {
    money: Money,
    /// Rows whose amount is nowhere in the text.
    missing: usize,
    /// Rows whose amount is in the text, but not which of them is whose.
    unplaced: usize,
}

fn sum(sheet: &Sheet, rows: &[&Listing], total: &PrintedTotal) -> Sum {
    let amounts: Vec<Option<Money>> = rows.iter().map(|row| amount(row, total)).collect();
    let mut missing = amounts.iter().filter(|amount| amount.is_none()).count();
    let mut unplaced = 0;
    let mut known: Vec<Money> = amounts.into_iter().flatten().collect();
    if total.table == 0 && missing > 0 && sheet.unplaced_costs.len() == missing {
        known.extend(sheet.unplaced_costs.iter().map(|cost| cost.value));
        unplaced = std::mem::take(&mut missing);
    }
    let yen = known
        .iter()
        .fold(0_i64, |sum, money| sum.saturating_add(money.yen));
    Sum {
        money: Money {
            yen,
            unit: total.money.value.unit,
        },
        missing,
        unplaced,
    }
}

/// The amount of a row in the year of the total; the only one where the total names no year.
fn amount(row: &Listing, total: &PrintedTotal) -> Option<Money> {
    let of_year = |year| row.costs.iter().find(|cost| cost.year == year);
    let cost = match total.year {
        Some(year) => of_year(year),
        None => row.costs.first(),
    };
    cost.map(|cost| cost.money.value)
}
