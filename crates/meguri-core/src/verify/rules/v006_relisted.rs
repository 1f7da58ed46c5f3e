//! V006: 再掲 without its original.

use crate::evaluation::{Document, Sheet};
use crate::plan::Listing;
use crate::text::name_key;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const RULE: Rule = Rule {
    code: "V006",
    title: "再掲の元が見当たらない",
    looks_at: "「再掲」と印字された行や項目について、元の行（同じコード又は同じ名称で再掲でないもの）や元の番号の項目があるかを見ます。",
    why: "元の行が削除されたり番号が変わったりすると、再掲だけが残り、集計から漏れます。",
    example: "No.41は「No.7の再掲」とあるが、No.7が文書にない。",
    remedy: "元の掲載先を確認し、再掲の表示又は番号を直してください。文書の一部だけを点検している場合は、全体で点検し直してください。",
    basis: "再掲は、別の場所で数えられている事業をもう一度示すもので、集計には一度だけ数えます。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for document in subject.documents {
        let originals = originals(document);
        let numbered = numbered(document);
        for sheet in &document.sheets {
            let lost = sheet
                .listings
                .iter()
                .filter(|l| l.relisted && !has_original(l, &originals));
            findings.extend(lost.map(|listing| row_finding(document, sheet, listing)));
            findings.extend(sheet_finding(document, sheet, &numbered));
        }
    }
}

/// Codes and names of the rows that are not listed again.
fn originals(document: &Document) -> BTreeSet<String> {
    let rows = document
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.listings)
        .filter(|l| !l.relisted);
    rows.flat_map(keys).collect()
}

/// The first sheet of each level and number.
type Numbered<'a> = BTreeMap<(&'a str, &'a str), &'a Sheet>;

fn numbered(document: &Document) -> Numbered<'_> {
    let mut numbered = Numbered::new();
    for sheet in &document.sheets {
        let node = sheet.node.and_then(|id| document.plan.node(id));
        if let Some(node) = node
            && let Some(number) = &node.number
        {
            let key = (node.level.as_str(), number.value.as_str());
            numbered.entry(key).or_insert(sheet);
        }
    }
    numbered
}

fn keys(listing: &Listing) -> impl Iterator<Item = String> {
    let code = listing.code.as_ref().map(|code| format!("#{}", code.value));
    let name = listing.name.as_ref().map(|name| name_key(&name.value));
    code.into_iter().chain(name)
}

fn has_original(listing: &Listing, originals: &BTreeSet<String>) -> bool {
    keys(listing).any(|key| originals.contains(&key))
}

fn row_finding(document: &Document, sheet: &Sheet, listing: &Listing) -> Finding {
    let place = Place::sheet(document, sheet)
        .row(listing.label())
        .field("再掲");
    let mark = listing
        .name
        .as_ref()
        .map_or(String::new(), |name| name.value.clone());
    let message = "「再掲」とされていますが、元の行がこの文書に見当たりません。";
    let hint = "元の掲載先のシートを確認し、再掲の表示又は事業名・コードを直してください。";
    Finding::new(
        RULE.code,
        Severity::Warning,
        place.at(listing.line, mark),
        message,
        hint,
    )
}

fn sheet_finding(document: &Document, sheet: &Sheet, numbered: &Numbered<'_>) -> Option<Finding> {
    let from = sheet.relisted_from.as_ref()?;
    let number = from.value.to_string();
    let own = sheet.node.and_then(|id| document.plan.node(id));
    let level = own.map_or("", |node| node.level.as_str());
    let place = Place::sheet(document, sheet)
        .field("再掲")
        .at(from.line, number.clone());
    let hint = "再掲元の番号を確認してください。";
    let message = match numbered.get(&(level, number.as_str())) {
        None => format!("No.{number}の再掲とされていますが、No.{number}が文書にありません。"),
        Some(original) if original.relisted_from.is_some() => {
            format!("No.{number}の再掲とされていますが、No.{number}も再掲です。")
        }
        Some(_) => return None,
    };
    Some(Finding::new(
        RULE.code,
        Severity::Warning,
        place,
        message,
        hint,
    ))
}
