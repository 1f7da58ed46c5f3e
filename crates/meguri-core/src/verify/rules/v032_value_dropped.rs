//! V032: a new version of the plan's scheme that drops values in use.

use crate::evaluation::Document;
use crate::scheme::{FieldKind, Scheme, ValueInUse, compare};
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "V032",
    title: "使われている値が設定の新しい版にない",
    looks_at: "同じ計画の設定（スキーム）に新しい版があるとき、この文書で使われている評価や動向の値と区分が、新しい版に残っているかを見ます。",
    why: "値を除いた版に切り替えると、前の年度の値と比べられなくなり、翌年度のシートに前の値を引き継げません。",
    example: "進捗の評価「X」は3件使われているが、新しい版の区分には「X」がない。",
    remedy: "新しい版に値を残すか、states（順序の外の値）に移すか、先に使われている値を置き換えてください。",
    basis: "前の年度のシートは、前の版のまま表示されます。誰も使っていない値を除くことは、差し支えありません。設定の点検の S103、S104 と同じものです。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for document in subject.documents {
        let Some(old) = subject.scheme(document) else {
            continue;
        };
        let Some(new) = next_version(subject, old) else {
            continue;
        };
        let from = new.written().valid_from;
        let faults = compare(old, new, &values_in_use(old, document));
        for fault in faults
            .into_iter()
            .filter(|fault| matches!(fault.code, "S103" | "S104"))
        {
            let place = Place {
                document: document.name.clone(),
                field: Some(fault.place.clone()),
                ..Place::default()
            };
            let message = format!("{}（{from}からの版、{}）", fault.message, fault.code);
            let severity = Severity::Warning;
            findings.push(Finding::new(
                RULE.code,
                severity,
                place,
                message,
                fault.remedy,
            ));
        }
    }
}

/// The version that rules the plan next. A version that another one hides in its own first year
/// (a preset beside the city's own) is none.
fn next_version<'a>(subject: &Subject<'a>, old: &Scheme) -> Option<&'a Scheme> {
    let (key, from) = (&old.written().key, old.written().valid_from);
    let of_plan = |scheme: &&Scheme| scheme.written().key == *key;
    let ruling = |scheme: &&Scheme| {
        let first = scheme.written().valid_from;
        let mut all = subject.schemes.iter();
        let rules = all.find(|other| other.written().key == *key && other.rules(first));
        rules.is_some_and(|other| std::ptr::eq(other, *scheme))
    };
    let newer = subject.schemes.iter().filter(of_plan);
    newer
        .filter(|scheme| scheme.written().valid_from > from)
        .filter(ruling)
        .min_by_key(|scheme| scheme.written().valid_from)
}

/// The values of scales that a document uses, with how many times.
fn values_in_use(scheme: &Scheme, document: &Document) -> Vec<ValueInUse> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for sheet in &document.sheets {
        for judgement in &sheet.judgements {
            let kind = scheme.field(&judgement.field).map(|field| &field.kind);
            if let Some(FieldKind::Grade(scale)) = kind {
                *counts.entry((scale, &judgement.value.value)).or_default() += 1;
            }
        }
        for axis in scheme.next_step_axes() {
            let steps = sheet.listings.iter();
            for step in steps.filter_map(|row| row.next_step(&axis.key)) {
                *counts.entry((&axis.scale, &step.value)).or_default() += 1;
            }
        }
    }
    // What the old version did not know either is told by V031.
    let known = |(scale, value): &(&str, &str)| {
        scheme
            .scale(scale)
            .is_some_and(|scale| scale.value(value).is_some())
    };
    counts
        .into_iter()
        .filter(|(of, _)| known(of))
        .map(|((scale, value), times)| ValueInUse {
            scale: scale.to_owned(),
            value: value.to_owned(),
            times,
        })
        .collect()
}
