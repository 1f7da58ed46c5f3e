//! V004: counts of grades in a summary table against the sheets.

use crate::evaluation::{Document, Sheet, Tally, TallyRow};
use crate::plan::NodeId;
use crate::source::Sourced;
use crate::verify::catalogue::{Rule, Subject};
use crate::verify::finding::{Finding, Place, Severity};

pub(crate) const RULE: Rule = Rule {
    code: "V004",
    title: "評価の集計表が個別の評価と合わない",
    looks_at: "評価（S・A・Bなど）の集計表の各行・合計の数と、個別の項目の評価を数えた結果、及び表の縦横の和を比べます。",
    why: "個別の評価を見直したときに、概要の集計表が直されないまま公表されることがあります。",
    example: "方向性2の「A」は3と印字されているが、個別の評価では「A」が2件しかない。",
    remedy: "個別の評価と集計表を見比べ、誤っている方を直してください。評価の対象外の項目は数えません。",
    basis: "集計表は、評価の対象となる項目を評価の値別に数えたものです。",
    check,
};

const HINT: &str = "個別の評価と集計表を見比べ、誤っている方を直してください。";

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for document in subject.documents {
        for tally in &document.tallies {
            for row in &tally.rows {
                check_row(document, tally, row, findings);
            }
            check_total(document, tally, findings);
        }
    }
}

/// The graded sheets below the node that a row counts; `None` where no node has its number.
fn members<'a>(document: &'a Document, tally: &Tally, row: &TallyRow) -> Option<Vec<&'a Sheet>> {
    let number = row.group.as_ref()?.value.to_string();
    let nodes = &document.plan.nodes;
    let is_group = |node: &crate::plan::PlanNode| {
        node.parent.is_none() && node.number.as_ref().is_some_and(|n| n.value == number)
    };
    let group = NodeId(nodes.iter().position(is_group)?);
    let below = |sheet: &&Sheet| {
        let node = sheet.node.and_then(|id| document.plan.node(id));
        node.is_some_and(|node| node.parent == Some(group))
            && sheet.judgement(&tally.field).is_some()
    };
    Some(document.sheets.iter().filter(below).collect())
}

fn count(sheets: &[&Sheet], field: &str, word: &str) -> usize {
    let graded = |sheet: &&&Sheet| sheet.judgement(field).is_some_and(|j| j.value.value == word);
    sheets.iter().filter(graded).count()
}

fn check_row(document: &Document, tally: &Tally, row: &TallyRow, findings: &mut Vec<Finding>) {
    let name = row.name.as_ref().map_or("集計表の行", |name| name.value.as_str());
    let Some(sheets) = members(document, tally, row) else {
        return;
    };
    // Sheets that are not in the text cannot prove a row wrong.
    if sheets.is_empty() {
        return;
    }
    for (word, printed) in &row.counts {
        let counted = count(&sheets, &tally.field, word);
        let what = format!("「{name}」の評価「{word}」");
        compare(document, name, &what, printed, counted, findings);
    }
    if let Some(stated) = &row.members {
        let what = format!("「{name}」の項目数");
        compare(document, name, &what, stated, sheets.len(), findings);
    }
}

fn check_total(document: &Document, tally: &Tally, findings: &mut Vec<Finding>) {
    for (word, printed) in &tally.total {
        let in_rows = |row: &TallyRow| {
            row.counts.iter().find(|(w, _)| w == word).map_or(0, |(_, n)| n.value as usize)
        };
        let sum: usize = tally.rows.iter().map(in_rows).sum();
        if !tally.rows.is_empty() {
            let what = format!("合計の評価「{word}」");
            compare(document, "計", &what, printed, sum, findings);
        }
    }
}

fn compare(
    document: &Document,
    row: &str,
    what: &str,
    printed: &Sourced<u32>,
    counted: usize,
    findings: &mut Vec<Finding>,
) {
    if printed.value as usize == counted {
        return;
    }
    let place = Place::text(document, printed.line, None).row(row).field("集計表");
    let message = format!("{what}は{}と印字されていますが、数えると{counted}です。", printed.value);
    let finding = Finding::new(RULE.code, Severity::Error, place, message, HINT);
    findings.push(finding.figures(printed.value, counted));
}
