//! V004: counts of grades in a summary table against the sheets.

use crate::evaluation::{Document, Sheet, Tally, TallyRow};
use crate::plan::PlanNode;
use crate::source::Sourced;
use crate::text::whole_number;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::{BTreeMap, BTreeSet};

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
            let groups = groups(document, &tally.field);
            let severity = if is_whole(document) {
                Severity::Error
            } else {
                Severity::Warning
            };
            for row in &tally.rows {
                let number = row.group.as_ref().map(|group| group.value.to_string());
                let members = number.and_then(|number| groups.get(number.as_str()));
                if let Some(members) = members.filter(|members| !members.judged.is_empty()) {
                    check_row((document, severity), tally, row, members, findings);
                }
            }
            check_total(document, tally, findings);
        }
    }
}

/// The sheets that a row of a tally counts.
#[derive(Default)]
struct Members<'a> {
    /// Those with a judgement; a printed dash is one.
    judged: Vec<&'a Sheet>,
    /// How many have lost theirs in the text.
    lost: usize,
}

/// The sheets by the number of the node at the top that they stand below.
fn groups<'a>(document: &'a Document, field: &str) -> BTreeMap<&'a str, Members<'a>> {
    let node_of = |sheet: &Sheet| sheet.node.and_then(|id| document.plan.node(id));
    let is_judged = |sheet: &Sheet| sheet.judgement(field).is_some();
    // Programmes of a kind that nobody grades (検討) are not counted.
    let graded = document.sheets.iter().filter(|sheet| is_judged(sheet));
    let kinds: BTreeSet<Option<&str>> = graded.map(|sheet| kind(node_of(sheet))).collect();
    let mut groups: BTreeMap<&str, Members<'_>> = BTreeMap::new();
    for sheet in &document.sheets {
        let node = node_of(sheet);
        let group = node.and_then(|node| document.plan.node(node.parent?));
        let group = group.filter(|group| group.parent.is_none());
        let Some(number) = group.and_then(|group| group.number.as_ref()) else {
            continue;
        };
        let members = groups.entry(&number.value).or_default();
        if is_judged(sheet) {
            members.judged.push(sheet);
        } else if kinds.contains(&kind(node)) {
            members.lost += 1;
        }
    }
    groups
}

fn kind(node: Option<&PlanNode>) -> Option<&str> {
    let programme = node.and_then(|node| node.programme.as_ref())?;
    programme.kind.as_ref().map(|kind| kind.value.as_str())
}

/// Are the numbers of all graded items there, from 1 on? Else a page may be missing, and what is
/// counted proves nothing.
fn is_whole(document: &Document) -> bool {
    let node_of = |sheet: &Sheet| sheet.node.and_then(|id| document.plan.node(id));
    let numbers = document
        .sheets
        .iter()
        .filter_map(node_of)
        .filter_map(|node| node.number.as_ref());
    let mut numbers: Vec<u32> = numbers
        .filter_map(|number| whole_number(&number.value))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.first() == Some(&1) && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

fn check_row(
    (document, severity): (&Document, Severity),
    tally: &Tally,
    row: &TallyRow,
    Members { judged, lost }: &Members<'_>,
    findings: &mut Vec<Finding>,
) {
    let name = row
        .name
        .as_ref()
        .map_or("集計表の行", |name| name.value.as_str());
    // What the text lost may make up what is missing.
    let differs = |stated: u32, counted: usize| {
        let stated = stated as usize;
        stated < counted || stated > counted + lost
    };
    for (word, printed) in &row.counts {
        let graded = |s: &&&Sheet| {
            s.judgement(&tally.field)
                .is_some_and(|j| j.value.value == *word)
        };
        let counted = judged.iter().filter(graded).count();
        if differs(printed.value, counted) {
            let what = format!("「{name}」の評価「{word}」");
            findings.push(finding(document, name, &what, printed, counted, severity));
        }
    }
    if let Some(stated) = row
        .members
        .as_ref()
        .filter(|n| differs(n.value, judged.len()))
    {
        let what = format!("「{name}」の項目数");
        findings.push(finding(
            document,
            name,
            &what,
            stated,
            judged.len(),
            severity,
        ));
    }
}

fn check_total(document: &Document, tally: &Tally, findings: &mut Vec<Finding>) {
    for (word, printed) in &tally.total {
        let in_rows = |row: &TallyRow| {
            row.counts
                .iter()
                .find(|(w, _)| w == word)
                .map_or(0, |(_, n)| n.value as usize)
        };
        let sum: usize = tally.rows.iter().map(in_rows).sum();
        if !tally.rows.is_empty() && printed.value as usize != sum {
            let what = format!("合計の評価「{word}」");
            findings.push(finding(
                document,
                "計",
                &what,
                printed,
                sum,
                Severity::Error,
            ));
        }
    }
}

fn finding(
    document: &Document,
    row: &str,
    what: &str,
    printed: &Sourced<u32>,
    counted: usize,
    severity: Severity,
) -> Finding {
    let place = Place::text(document, printed.line, None)
        .row(row)
        .field("集計表");
    let gap = if severity == Severity::Error {
        ""
    } else {
        "項目の番号が続いていないため、頁が欠けている可能性があります。"
    };
    let message = format!(
        "{what}は{}と印字されていますが、数えると{counted}です。{gap}",
        printed.value
    );
    Finding::new(RULE.code, severity, place, message, HINT).figures(printed.value, counted)
}
