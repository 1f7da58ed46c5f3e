//! V025: a project that stands twice in one list, so that the total counts it twice.

use super::table::rows;
use crate::evaluation::{Document, Sheet};
use crate::plan::Listing;
use crate::text::spelling_key;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "V025",
    title: "同じ事業が一覧に2回載っている",
    looks_at: "一つの事業一覧の中に、同じ会計・同じ事務事業コード（コードがない一覧では、同じ名称・担当課）で同じ事業費の行が二つ以上ないかを見ます。",
    why: "同じ行を2回載せると、合計や動向別の事業数にも2回入ります。合計も行に合わせて計算されているため、検算では見つかりません。",
    example: "コード030110の「児童館維持管理事業」が3番と5番にあり、合計にも2回入っている。",
    remedy: "片方の行を削り、合計と事業数を直してください。別の行であれば、コードや名称の違いが分かるようにしてください。",
    basis: "再掲の行と、「一部」「拡充分」などの印で区別された行は数えません。事業費の異なる行はV005が示します。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, sheet) in subject.sheets() {
        let last = sheet.listings.iter().map(|row| row.table).max();
        for table in 0..=last.unwrap_or(0) {
            let mut groups: BTreeMap<String, Vec<&Listing>> = BTreeMap::new();
            for row in rows(sheet, table).into_iter().filter(|row| !row.relisted) {
                if let Some(key) = key(row) {
                    groups.entry(key).or_default().push(row);
                }
            }
            for twice in groups.values().filter(|rows| rows.len() > 1) {
                findings.extend(finding(document, sheet, table, twice));
            }
        }
    }
}

/// What makes two rows one: account, code, money and marks; name and section where no code is.
fn key(row: &Listing) -> Option<String> {
    let code = row.code.as_ref().map(|code| code.value.as_str());
    let code = code.filter(|code| code.chars().any(char::is_alphanumeric));
    let who = match code {
        Some(code) => format!("code {code}"),
        None => {
            let (name, section) = (row.name.as_ref()?, row.sections.first()?);
            format!(
                "name {} {}",
                spelling_key(&name.value),
                spelling_key(&section.value)
            )
        }
    };
    let account = row.budget_item.account.as_deref().unwrap_or_default();
    let tags: Vec<&str> = row.tags.iter().map(|tag| tag.value.as_str()).collect();
    // Rows without money cannot be told apart from rows whose money is lost.
    row.costs.first()?;
    let money: Vec<String> = row
        .costs
        .iter()
        .map(|cost| format!("{}:{}", cost.year, cost.money.value.yen))
        .collect();
    Some(format!(
        "{who}|{}|{}|{}",
        spelling_key(account),
        tags.join("|"),
        money.join("|")
    ))
}

fn finding(document: &Document, sheet: &Sheet, table: u32, twice: &[&Listing]) -> Option<Finding> {
    let (first, second) = (twice.first()?, twice.get(1)?);
    let money = first.costs.first()?.money.value;
    let total = sheet.totals.iter().any(|total| total.table == table);
    let counted = table == 0 && !sheet.next_step_counts.is_empty();
    let into = match (total, counted) {
        (true, true) => "合計と動向別の事業数に",
        (true, false) => "合計に",
        (false, true) => "動向別の事業数に",
        (false, false) => "一覧に",
    };
    let what = second.code.as_ref().map_or_else(
        || format!("「{}」", second.label()),
        |code| format!("コード{}", code.value),
    );
    let lines: Vec<String> = twice
        .iter()
        .map(|row| format!("{}行目", row.line))
        .collect();
    let times = twice.len();
    let message = format!(
        "{what}が一覧に{times}行あり（{}）、{into}{times}回入っています（1行 {money}）。",
        lines.join("、")
    );
    let mark = second.code.as_ref().or(second.name.as_ref());
    let place = Place::sheet(document, sheet).row(second.label());
    let place = place.at(second.line, mark.map_or("", |mark| mark.value.as_str()));
    let hint = "同じ事業であれば、片方の行を削り、合計と事業数を直してください。";
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
    Some(finding.figures(format!("{times}行"), "1行"))
}
