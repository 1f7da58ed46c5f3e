//! V021: the list of delayed programmes against the grades.

use super::legend::{Progress, explained};
use crate::evaluation::{Document, Sheet};
use crate::text::name_key;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "V021",
    title: "遅れている項目の一覧が評価と合わない",
    looks_at: "「遅れている」として要因と対応が載っている項目と、個別の評価を比べます。名称の食い違いも見ます。",
    why: "評価を見直したときに、遅れの一覧から漏れたり、残ったりすることがあります。",
    example: "遅れの一覧にある2項目の評価はどちらも「B」なのに、一覧にない項目にも「B」が付いている。",
    remedy: "一覧に加えるか、個別の評価を見直してください。",
    basis: "文書の凡例で「遅れ」と説明された評価（凡例がなければ、一覧に載る項目の過半が持つ評価）を、遅れの評価とみなします。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for document in subject.documents {
        let listed: Vec<&Sheet> = document.sheets.iter().filter(|s| is_listed(s)).collect();
        let late = late_grades(document, &listed);
        if listed.is_empty() || late.is_empty() {
            continue;
        }
        findings.extend(
            document
                .sheets
                .iter()
                .filter_map(|s| disagrees(document, s, &late)),
        );
        findings.extend(
            listed
                .iter()
                .filter_map(|sheet| name_differs(document, sheet)),
        );
    }
}

/// A listed sheet with another grade, or a late grade that is not listed.
fn disagrees(document: &Document, sheet: &Sheet, late: &[String]) -> Option<Finding> {
    // A grade that the text lost contradicts nothing.
    let grade = &sheet.judgement("grade")?.value;
    let message = match (is_listed(sheet), late.contains(&grade.value)) {
        (true, false) => {
            format!("遅れの一覧にありますが、評価は「{}」です。", grade.value)
        }
        (false, true) => format!("評価が「{}」ですが、遅れの一覧にありません。", grade.value),
        _ => return None,
    };
    let place = Place::sheet(document, sheet).field("評価");
    let place = place.at(grade.line, grade.value.clone());
    let hint = "一覧と個別の評価を見比べ、誤っている方を直してください。";
    Some(Finding::new(
        RULE.code,
        Severity::Error,
        place,
        message,
        hint,
    ))
}

fn is_listed(sheet: &Sheet) -> bool {
    sheet.texts.iter().any(|text| text.field == "delay_causes")
}

/// The grades that mean a delay: those that the paper's own legend explains so (`「B」：…遅れている`),
/// else the one that more than half of the listed items have.
fn late_grades(document: &Document, listed: &[&Sheet]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for grade in document
        .sheets
        .iter()
        .filter_map(|sheet| sheet.judgement("grade"))
    {
        counts.entry(&grade.value.value).or_default();
    }
    for grade in listed.iter().filter_map(|sheet| sheet.judgement("grade")) {
        *counts.entry(&grade.value.value).or_default() += 1;
    }
    let explained: Vec<String> = document
        .lines
        .iter()
        .filter_map(|line| explained(line))
        .filter(|(_, progress)| *progress == Progress::Late)
        .map(|(grade, _)| grade)
        .collect();
    if !explained.is_empty() {
        return explained;
    }
    let usual = counts.into_iter().max_by_key(|(_, count)| *count);
    let usual = usual.filter(|(_, count)| count * 2 > listed.len());
    usual
        .map(|(grade, _)| grade.to_owned())
        .into_iter()
        .collect()
}

fn name_differs(document: &Document, sheet: &Sheet) -> Option<Finding> {
    let listed = sheet.paragraphs("delayed_name").first()?;
    let node = sheet.node.and_then(|id| document.plan.node(id))?;
    let name = node.name.as_ref()?;
    if name_key(&name.value) == name_key(&listed.value) {
        return None;
    }
    let place = Place::sheet(document, sheet)
        .field("名称")
        .at(listed.line, listed.value.clone());
    let message = format!(
        "遅れの一覧では「{}」、個別の表では「{}」となっています。",
        listed.value, name.value
    );
    let hint = "正しい名称にそろえてください。";
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
    Some(finding.figures(&listed.value, &name.value))
}
