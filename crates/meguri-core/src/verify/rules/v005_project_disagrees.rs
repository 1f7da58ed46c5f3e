//! V005: one project code with different money, name or direction.

use crate::evaluation::{Document, Sheet};
use crate::plan::Listing;
use crate::text::name_key;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "V005",
    title: "同じ事業コードの記載が食い違う",
    looks_at: "同じ会計・同じ事務事業コードの行が複数のシートにあるとき、同じ年度の事業費、事業名、動向を比べます。",
    why: "一つの事業が複数の施策に載る場合、片方だけが直されると、紙面どうしが矛盾します。",
    example: "コード022528の事業が、あるシートでは2,377千円、別のシートでは2,337千円となっている。",
    remedy: "どちらが正しいかを所管課に確認し、全てのシートで同じ記載にしてください。事業費を施策ごとに分けている場合は、その旨を注記してください。",
    basis: "事務事業コードは、一つの年度・会計の中で一つの事業を指します。",
    check,
};

/// A row with where it stands.
#[derive(Clone, Copy)]
struct Row<'a> {
    document: &'a Document,
    sheet: &'a Sheet,
    listing: &'a Listing,
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for rows in by_code(subject).values() {
        // The original is the row that is not listed again; else the first.
        let original = rows
            .iter()
            .find(|row| !row.listing.relisted)
            .or_else(|| rows.first());
        let Some(original) = original else { continue };
        for row in rows
            .iter()
            .filter(|row| !std::ptr::eq(row.listing, original.listing))
        {
            compare(original, row, findings);
        }
    }
}

/// The rows of each account and code, within one evaluated year.
fn by_code<'a>(subject: &Subject<'a>) -> BTreeMap<(String, String, u16), Vec<Row<'a>>> {
    let mut groups: BTreeMap<(String, String, u16), Vec<Row<'a>>> = BTreeMap::new();
    for (document, sheet) in subject.sheets() {
        for listing in &sheet.listings {
            // A dash in the column of codes names no project.
            let Some(code) = listing.code.as_ref().filter(|code| is_code(&code.value)) else {
                continue;
            };
            let account = listing.budget_item.account.clone().unwrap_or_default();
            let year = sheet
                .year
                .map_or(0, crate::fiscal_year::FiscalYear::calendar_year);
            let key = (account, code.value.clone(), year);
            groups.entry(key).or_default().push(Row {
                document,
                sheet,
                listing,
            });
        }
    }
    groups
}

fn is_code(code: &str) -> bool {
    code.chars().any(char::is_alphanumeric)
}

fn compare(original: &Row<'_>, row: &Row<'_>, findings: &mut Vec<Finding>) {
    let code = row
        .listing
        .code
        .as_ref()
        .map_or("", |code| code.value.as_str());
    let elsewhere = format!("{}（{}行目）", original.sheet.label, original.listing.line);
    let mut add = |field: &str, severity, line: u32, here: String, there: String| {
        let message = format!(
            "コード{code}の{field}が、ここでは「{here}」、{elsewhere}では「{there}」です。"
        );
        let place = Place::sheet(row.document, row.sheet)
            .row(row.listing.label())
            .field(field);
        let place = place.at(line, here.trim_end_matches("千円"));
        let hint = "どちらが正しいかを所管課に確認し、同じ記載にしてください。";
        let finding = Finding::new(RULE.code, severity, place, message, hint);
        findings.push(finding.figures(here, there));
    };
    for cost in &row.listing.costs {
        let other = original
            .listing
            .costs
            .iter()
            .find(|other| other.year == cost.year);
        if let Some(other) = other.filter(|other| other.money.value.yen != cost.money.value.yen) {
            let (here, there) = (cost.money.value.to_string(), other.money.value.to_string());
            add("事業費", Severity::Error, cost.money.line, here, there);
        }
    }
    if let (Some(here), Some(there)) = (&row.listing.name, &original.listing.name)
        && name_key(&here.value) != name_key(&there.value)
    {
        add(
            "事業名",
            Severity::Warning,
            here.line,
            here.value.clone(),
            there.value.clone(),
        );
    }
    for (axis, here) in &row.listing.next_steps {
        let Some(there) = original.listing.next_step(axis) else {
            continue;
        };
        if here.value != there.value {
            add(
                "動向",
                Severity::Warning,
                here.line,
                here.value.clone(),
                there.value.clone(),
            );
        }
    }
}
