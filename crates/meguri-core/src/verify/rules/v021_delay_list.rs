//! V021: the list of delayed programmes against the grades.

use crate::evaluation::{Document, Sheet};
use crate::text::name_key;
use crate::verify::catalogue::{Rule, Subject};
use crate::verify::finding::{Finding, Place, Severity};
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "V021",
    title: "遅れている項目の一覧が評価と合わない",
    looks_at: "「遅れている」として要因と対応が載っている項目と、個別の評価を比べます。名称の食い違いも見ます。",
    why: "評価を見直したときに、遅れの一覧から漏れたり、残ったりすることがあります。",
    example: "遅れの一覧にある2項目の評価はどちらも「B」なのに、一覧にない項目にも「B」が付いている。",
    remedy: "一覧に加えるか、個別の評価を見直してください。",
    basis: "一覧に載る項目の過半が持つ評価を「遅れ」の評価とみなします。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for document in subject.documents {
        let listed: Vec<&Sheet> = document.sheets.iter().filter(|s| is_listed(s)).collect();
        let Some(late) = late_grade(&listed) else {
            continue;
        };
        for sheet in &document.sheets {
            let grade = sheet.judgement("grade").map(|j| &j.value);
            let is_late = grade.is_some_and(|grade| grade.value == late);
            let message = match (is_listed(sheet), is_late) {
                (true, false) => {
                    format!("遅れの一覧にありますが、評価が「{late}」ではありません。")
                }
                (false, true) => format!("評価が「{late}」ですが、遅れの一覧にありません。"),
                _ => continue,
            };
            let place = Place::sheet(document, sheet).field("評価");
            let place = match grade {
                Some(grade) => place.at(grade.line, grade.value.clone()),
                None => place,
            };
            let hint = "一覧と個別の評価を見比べ、誤っている方を直してください。";
            findings.push(Finding::new(RULE.code, Severity::Error, place, message, hint));
        }
        findings.extend(listed.iter().filter_map(|sheet| name_differs(document, sheet)));
    }
}

fn is_listed(sheet: &Sheet) -> bool {
    sheet.texts.iter().any(|text| text.field == "delay_causes")
}

/// The grade that more than half of the listed items have.
fn late_grade(listed: &[&Sheet]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for grade in listed.iter().filter_map(|sheet| sheet.judgement("grade")) {
        *counts.entry(&grade.value.value).or_default() += 1;
    }
    let (grade, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count * 2 > listed.len()).then(|| grade.to_owned())
}

fn name_differs(document: &Document, sheet: &Sheet) -> Option<Finding> {
    let listed = sheet.paragraphs("delayed_name").first()?;
    let node = sheet.node.and_then(|id| document.plan.node(id))?;
    let name = node.name.as_ref()?;
    if name_key(&name.value) == name_key(&listed.value) {
        return None;
    }
    let place = Place::sheet(document, sheet).field("名称").at(listed.line, listed.value.clone());
    let message = format!(
        "遅れの一覧では「{}」、個別の表では「{}」となっています。",
        listed.value, name.value
    );
    let hint = "正しい名称にそろえてください。";
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
    Some(finding.figures(&listed.value, &name.value))
}
