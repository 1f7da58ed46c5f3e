//! V031: a judgement or direction that the plan's scale does not have.

use crate::evaluation::{Document, Sheet};
use crate::scheme::{FieldKind, Scale, Scheme};
use crate::source::Sourced;
use crate::text::{is_dash_cell, name_key};
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "V031",
    title: "評価の値が計画の区分にない",
    looks_at: "評価や動向の値が、計画の設定（スキーム）の区分にあるかを見ます。同じ値は、最初の箇所にまとめて件数を示します。",
    why: "区分にない値は、集計や比較に入りません。打ち間違いのほか、区分を改めたのに設定が古いままのこともあります。",
    example: "区分は「S」「A」「B」だが、「C」と評価した項目が2件ある。",
    remedy: "値が正しいかを確認してください。正しければ、設定の区分（scales）にその値を加えてください。",
    basis: "区分の値と、区分の順序の外にある値（states）のどちらにもないものを示します。空白や全角・半角の違いは問いません。「-」は値とみなしません。",
    check,
};

/// Where values of one kind are: by scale, label of the field and value.
type Places<'a> = BTreeMap<(&'a str, String, &'a str), Vec<(&'a Sheet, Option<String>, u32)>>;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for document in subject.documents {
        let Some(scheme) = subject.scheme(document) else {
            continue;
        };
        let mut places = Places::new();
        for sheet in &document.sheets {
            judgements(scheme, sheet, &mut places);
            next_steps(scheme, sheet, &mut places);
        }
        for ((scale, field, value), at) in places {
            let scale = scheme.scale(scale);
            findings.extend(scale.and_then(|scale| finding(document, scale, field, value, &at)));
        }
    }
}

fn judgements<'a>(scheme: &'a Scheme, sheet: &'a Sheet, places: &mut Places<'a>) {
    for judgement in &sheet.judgements {
        let Some(field) = scheme.field(&judgement.field) else {
            continue;
        };
        if let FieldKind::Grade(key) = &field.kind
            && let Some(scale) = scheme.scale(key)
            && is_off(scale, &judgement.value)
        {
            let of = (
                key.as_str(),
                field.label.clone(),
                judgement.value.value.as_str(),
            );
            let place = (sheet, None, judgement.value.line);
            places.entry(of).or_default().push(place);
        }
    }
}

fn next_steps<'a>(scheme: &'a Scheme, sheet: &'a Sheet, places: &mut Places<'a>) {
    for axis in scheme.next_step_axes() {
        let Some(scale) = scheme.scale(&axis.scale) else {
            continue;
        };
        for row in &sheet.listings {
            if let Some(step) = row.next_step(&axis.key).filter(|step| is_off(scale, step)) {
                let of = (axis.scale.as_str(), axis.label.clone(), step.value.as_str());
                let place = (sheet, Some(row.label()), step.line);
                places.entry(of).or_default().push(place);
            }
        }
    }
}

fn is_off(scale: &Scale, value: &Sourced<String>) -> bool {
    let key = name_key(&value.value);
    let mut known = scale.values.iter().chain(&scale.states);
    !is_dash_cell(&value.value) && !known.any(|known| name_key(&known.value) == key)
}

fn finding(
    document: &Document,
    scale: &Scale,
    field: String,
    value: &str,
    at: &[(&Sheet, Option<String>, u32)],
) -> Option<Finding> {
    let (sheet, row, line) = at.first()?;
    let known: Vec<&str> = scale.values.iter().map(|v| v.value.as_str()).collect();
    let count = at.len();
    let message = format!(
        "「{value}」は、計画の設定の区分「{}」にありません（{count}件）。区分の値は「{}」です。",
        scale.label,
        known.join("」「")
    );
    let place = Place::sheet(document, sheet);
    let place = match row {
        Some(row) => place.row(row.clone()),
        None => place,
    };
    let place = place.field(field).at(*line, value);
    let hint = "値が正しいかを確認してください。正しければ、設定の区分（scales）に加えてください。";
    let lines: Vec<String> = at
        .iter()
        .map(|(_, _, line)| format!("{line}行目"))
        .collect();
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
    let steps = vec![format!("使われている箇所：{}", lines.join("、"))];
    Some(finding.steps(steps))
}
