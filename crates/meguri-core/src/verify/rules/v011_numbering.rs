//! V011: a gap in numbering, or a number twice.

use crate::evaluation::{Document, Sheet};
use crate::plan::{NodeId, PlanNode};
use crate::source::Sourced;
use crate::text::whole_number;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "V011",
    title: "番号が飛んでいる・重なっている",
    looks_at: "施策・項目・指標・事業の番号が、並びの中で飛んだり重なったりしていないかを見ます。",
    why: "行や頁が抜けたまま公表されると、番号の飛びとして表れます。",
    example: "事業の番号が11の次に13となっている。",
    remedy: "抜けた行や頁がないかを確認してください。欠番の場合は「欠番」と示してください。",
    basis: "番号は一つの表・一つの階層の中で連続します。文書の一部だけの場合、先頭の番号は1でなくても構いません。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for document in subject.documents {
        check_nodes(document, findings);
        for sheet in &document.sheets {
            let place = || Place::sheet(document, sheet);
            check_series(&indicator_numbers(sheet), "指標", &place, findings);
            for table in 0..=1 {
                let rows = sheet.listings.iter().filter(|l| l.table == table);
                let numbers = rows
                    .filter_map(|row| row.number.clone())
                    .collect::<Vec<_>>();
                check_series(&numbers, "事業", &place, findings);
            }
        }
    }
}

/// Sub-indicators share the number of their indicator.
fn indicator_numbers(sheet: &Sheet) -> Vec<Sourced<u32>> {
    let mut numbers: Vec<Sourced<u32>> = Vec::new();
    for indicator in &sheet.indicators {
        let Some(number) = &indicator.number else {
            continue;
        };
        let repeated = numbers
            .last()
            .is_some_and(|last| last.value == number.value);
        if !(repeated && indicator.sub_name.is_some()) {
            numbers.push(number.clone());
        }
    }
    numbers
}

/// The numbers of nodes with a sheet, level by level: below one parent where numbers start anew
/// there, else over the whole plan.
fn check_nodes(document: &Document, findings: &mut Vec<Finding>) {
    let mut levels: BTreeMap<&str, Vec<(&PlanNode, Sourced<u32>)>> = BTreeMap::new();
    for sheet in &document.sheets {
        let Some(node) = sheet.node.and_then(|id| document.plan.node(id)) else {
            continue;
        };
        let Some(number) = &node.number else { continue };
        if let Some(value) = whole_number(&number.value) {
            let number = number.clone().map(|_| value);
            levels.entry(&node.level).or_default().push((node, number));
        }
    }
    let place = || Place {
        document: document.name.clone(),
        ..Place::default()
    };
    for nodes in levels.values() {
        if starts_anew(nodes) {
            let mut groups: BTreeMap<Option<NodeId>, Vec<Sourced<u32>>> = BTreeMap::new();
            for (node, number) in nodes {
                groups.entry(node.parent).or_default().push(number.clone());
            }
            for numbers in groups.values() {
                check_series(numbers, "項目", &place, findings);
            }
        } else {
            let numbers: Vec<_> = nodes.iter().map(|(_, number)| number.clone()).collect();
            check_series(&numbers, "項目", &place, findings);
        }
    }
}

/// Do the numbers begin again below a second parent?
fn starts_anew(nodes: &[(&PlanNode, Sourced<u32>)]) -> bool {
    nodes.windows(2).any(|pair| match pair {
        [(before, a), (after, b)] => before.parent != after.parent && b.value <= a.value,
        _ => false,
    })
}

fn check_series(
    numbers: &[Sourced<u32>],
    what: &str,
    place: &impl Fn() -> Place,
    findings: &mut Vec<Finding>,
) {
    let mut sorted: Vec<&Sourced<u32>> = numbers.iter().collect();
    sorted.sort_by_key(|number| number.value);
    for pair in sorted.windows(2) {
        let [before, after] = pair else { continue };
        let (a, b) = (before.value, after.value);
        let message = match b - a {
            1 => continue,
            0 => format!("{what}の番号{a}が重なっています。"),
            2 => format!("{what}の番号{}が抜けています。", a + 1),
            _ => format!("{what}の番号{}から{}までが抜けています。", a + 1, b - 1),
        };
        let place = place().field("番号").at(after.line, b.to_string());
        let hint = "抜けた行や頁がないか、番号が正しいかを確認してください。";
        findings.push(Finding::new(
            RULE.code,
            Severity::Warning,
            place,
            message,
            hint,
        ));
    }
}
