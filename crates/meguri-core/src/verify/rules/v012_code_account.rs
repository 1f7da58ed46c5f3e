//! V012: a project code or 款項目 that disagrees with its account.

use crate::evaluation::{Document, Sheet};
use crate::plan::Listing;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "V012",
    title: "事業コードと会計・款が合わない",
    looks_at: "事務事業コードの頭2桁と会計・款の対応を文書全体から調べ、その対応から外れる行を探します。",
    why: "コードの打ち間違いや、款の転記の誤りは、予算書や財務会計との突合を妨げます。",
    example: "款が3の事業のコードはどれも「03」で始まるのに、一つだけ「04」で始まっている。",
    remedy: "予算書又は財務会計で、その事業の会計・款・コードを確認してください。組織改正などで例外がある場合は、理由を添えて承認してください。",
    basis: "対応は市ごとに異なるため、同じ会計・款の行が8行以上あり、その9割以上が同じ頭2桁であるときだけ、残りを指摘します。",
    check,
};

/// A pattern counts as one from this many rows on.
const ENOUGH: usize = 8;

/// A row with where it stands.
type Row<'a> = (&'a Document, &'a Sheet, &'a Listing);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for rows in by_account(subject).values() {
        let mut heads: BTreeMap<String, usize> = BTreeMap::new();
        for (_, _, listing) in rows {
            *heads.entry(head(listing).unwrap_or_default()).or_default() += 1;
        }
        let Some((usual, count)) = heads.iter().max_by_key(|(_, count)| **count) else {
            continue;
        };
        if rows.len() < ENOUGH || count * 10 < rows.len() * 9 {
            continue;
        }
        for row in rows
            .iter()
            .filter(|(_, _, l)| head(l).as_ref() != Some(usual))
        {
            findings.push(finding(*row, usual, *count, rows.len()));
        }
    }
}

/// The rows of each account and 款, over all documents.
fn by_account<'a>(subject: &Subject<'a>) -> BTreeMap<(String, String), Vec<Row<'a>>> {
    let mut groups: BTreeMap<(String, String), Vec<Row<'a>>> = BTreeMap::new();
    for (document, sheet) in subject.sheets() {
        for listing in &sheet.listings {
            let item = &listing.budget_item;
            if let (Some(account), Some(kan), Some(_)) = (&item.account, &item.kan, head(listing)) {
                let key = (account.clone(), kan.clone());
                groups
                    .entry(key)
                    .or_default()
                    .push((document, sheet, listing));
            }
        }
    }
    groups
}

/// The first two digits of a code of at least four.
fn head(listing: &Listing) -> Option<String> {
    let code = &listing.code.as_ref()?.value;
    (code.chars().count() >= 4).then(|| code.chars().take(2).collect())
}

fn finding((document, sheet, listing): Row<'_>, usual: &str, count: usize, all: usize) -> Finding {
    let code = listing.code.as_ref().map_or("", |code| code.value.as_str());
    let line = listing.code.as_ref().map_or(listing.line, |code| code.line);
    let account = listing.budget_item.account.as_deref().unwrap_or_default();
    let kan = listing.budget_item.kan.as_deref().unwrap_or_default();
    let message = format!(
        "コード{code}は、{account}会計・款{kan}の他の事業（頭2桁が「{usual}」）と合いません。"
    );
    let place = Place::sheet(document, sheet)
        .row(listing.label())
        .field("事務事業コード");
    let hint = "予算書又は財務会計で、会計・款・コードを確認してください。";
    let steps = vec![format!(
        "{account}会計・款{kan}の{all}行のうち{count}行のコードが「{usual}」で始まる"
    )];
    let place = place.at(line, code);
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
    finding.figures(code, format!("{usual}…")).steps(steps)
}
