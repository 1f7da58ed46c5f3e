//! The fields of a sheet by phase, in the order of the scheme. What the scheme has no field for
//! stands in its usual phase, so that nothing of the sheet is left out.

use super::Year;
use super::sheet::each;
use crate::report::Report;
use meguri_core::evaluation::Sheet;
use meguri_core::scheme::{FieldKind, Phase, Scheme, SheetField};
use serde::Serialize;
use std::collections::BTreeSet;

/// One phase.
#[derive(Clone, Debug, Serialize)]
pub struct PhaseData {
    /// `head`, `plan`, `do`, `check`, `action`.
    pub key: &'static str,
    /// As printed: `PLAN`.
    pub label: &'static str,
    /// In Japanese.
    pub name: &'static str,
    /// Its fields.
    pub fields: Vec<FieldData>,
}

/// One field.
#[derive(Clone, Debug, Serialize)]
pub struct FieldData {
    /// Its key in the scheme.
    pub key: String,
    /// Its label.
    pub label: String,
    /// What stands in it: `texts`, `grades`, `sections`, `indicators`, `projects`.
    pub kind: &'static str,
    /// Must it be filled, and is empty?
    pub missing: bool,
    /// Running texts.
    pub texts: Vec<TextData>,
    /// Values of scales.
    pub grades: Vec<GradeData>,
}

/// The paragraphs of one text.
#[derive(Clone, Debug, Serialize)]
pub struct TextData {
    /// The year that it tells of.
    pub year: Option<Year>,
    /// Did the document lose it?
    pub lost: bool,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// A value of a scale.
#[derive(Clone, Debug, Serialize)]
pub struct GradeData {
    /// The value as printed.
    pub value: String,
    /// The sign beside it.
    pub sign: String,
    /// What it means.
    pub meaning: String,
    /// Who gave it, where there are stages.
    pub stage: String,
    /// Its place on the scale, from 0 = best; nothing where it has none.
    pub place: Option<usize>,
    /// All values of the scale, in its order.
    pub scale: Vec<String>,
}

const PHASES: [(Phase, &str, &str, &str); 5] = [
    (Phase::Head, "head", "", "基本情報"),
    (Phase::Plan, "plan", "PLAN", "計画"),
    (Phase::Do, "do", "DO", "実施"),
    (Phase::Check, "check", "CHECK", "評価"),
    (Phase::Action, "action", "ACTION", "改善"),
];

/// All phases that have something, in order.
pub(super) fn phases(report: &Report<'_>, sheet: &Sheet) -> Vec<PhaseData> {
    let fields = fields_of(report, sheet);
    type Known = (Phase, &'static str, &'static str, &'static str);
    let phase = |(phase, key, label, name): Known| {
        let of_phase = fields.iter().filter(|field| field.phase == phase);
        let mut found: Vec<FieldData> = of_phase
            .filter_map(|field| of_field(report, sheet, field))
            .collect();
        found.extend(besides(report, sheet, &fields, phase));
        (!found.is_empty()).then_some(PhaseData {
            key,
            label,
            name,
            fields: found,
        })
    };
    PHASES.into_iter().filter_map(phase).collect()
}

fn fields_of<'a>(report: &Report<'a>, sheet: &Sheet) -> Vec<&'a SheetField> {
    let Some(scheme) = report.scheme else {
        return Vec::new();
    };
    match sheet.node.and_then(|id| report.plan.node(id)) {
        Some(node) => scheme.fields_at(&node.level).collect(),
        None => scheme.written().fields.iter().collect(),
    }
}

/// A field with what stands in it; nothing where it is empty and may be.
fn of_field(report: &Report<'_>, sheet: &Sheet, field: &SheetField) -> Option<FieldData> {
    let kind = kind_of(&field.kind);
    let value_of = |key: &str| Some(sheet.judgement(key)?.value.value.as_str());
    let mut data = made(report, sheet, kind, &field.key, field.label.clone());
    data.missing = !has(sheet, &data);
    (!data.missing || field.required.holds(value_of)).then_some(data)
}

const fn kind_of(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Indicators => "indicators",
        FieldKind::Projects => "projects",
        FieldKind::Sections => "sections",
        FieldKind::Grade(_) | FieldKind::NextStep(_) => "grades",
        _ => "texts",
    }
}

fn made(
    report: &Report<'_>,
    sheet: &Sheet,
    kind: &'static str,
    key: &str,
    label: String,
) -> FieldData {
    FieldData {
        key: key.to_owned(),
        label,
        kind,
        missing: false,
        texts: if kind == "texts" {
            texts(sheet, key)
        } else {
            Vec::new()
        },
        grades: if kind == "grades" {
            grades(report, sheet, key)
        } else {
            Vec::new()
        },
    }
}

/// Has the sheet anything for a field?
fn has(sheet: &Sheet, data: &FieldData) -> bool {
    match data.kind {
        "indicators" => !sheet.indicators.is_empty(),
        "projects" => {
            !(sheet.listings.is_empty()
                && sheet.totals.is_empty()
                && sheet.unplaced_costs.is_empty())
        }
        "sections" => !(sheet.sections.is_empty() && sheet.related_sections.is_empty()),
        "grades" => !data.grades.is_empty(),
        _ => !data.texts.is_empty(),
    }
}

/// What the sheet has but no field of the scheme names.
fn besides(
    report: &Report<'_>,
    sheet: &Sheet,
    fields: &[&SheetField],
    phase: Phase,
) -> Vec<FieldData> {
    let without = |kind: &str| !fields.iter().any(|field| kind_of(&field.kind) == kind);
    let unnamed = |key: &&str| !fields.iter().any(|field| field.key == *key);
    let wanted: Vec<(&'static str, &str, String)> = match phase {
        Phase::Head if without("sections") => vec![("sections", "sections", "所管課".to_owned())],
        Phase::Do => {
            let keys: BTreeSet<&str> = sheet.texts.iter().map(|t| t.field.as_str()).collect();
            let keys = keys.into_iter().filter(unnamed);
            let texts = keys.map(|key| ("texts", key, report.field_label(key)));
            let indicators = ("indicators", "indicators", "指標".to_owned());
            let indicators = without("indicators").then_some(indicators);
            texts.chain(indicators).collect()
        }
        Phase::Check => {
            let keys = sheet.judgements.iter().map(|j| j.field.as_str());
            let keys: BTreeSet<&str> = keys.collect();
            let keys = keys.into_iter().filter(unnamed);
            keys.map(|key| ("grades", key, report.field_label(key)))
                .collect()
        }
        Phase::Action if without("projects") => vec![("projects", "projects", "事業".to_owned())],
        _ => Vec::new(),
    };
    let data = wanted
        .into_iter()
        .map(|(kind, key, label)| made(report, sheet, kind, key, label));
    data.filter(|data| has(sheet, data)).collect()
}

fn texts(sheet: &Sheet, key: &str) -> Vec<TextData> {
    let of_field = sheet.texts.iter().filter(|text| text.field == key);
    let texts = of_field.map(|text| TextData {
        year: text.year.map(Year::from),
        lost: text.paragraphs.is_none(),
        paragraphs: each(text.paragraphs.as_deref().unwrap_or_default()),
    });
    texts
        .filter(|text| text.lost || !text.paragraphs.is_empty())
        .collect()
}

fn grades(report: &Report<'_>, sheet: &Sheet, key: &str) -> Vec<GradeData> {
    let scheme = report.scheme;
    let field = scheme.and_then(|scheme| scheme.field(key));
    let scale = field.and_then(|field| match &field.kind {
        FieldKind::Grade(scale) => scheme?.scale(scale),
        FieldKind::NextStep(axis) => scheme?.next_step_scale(axis),
        _ => None,
    });
    let of_field = sheet.judgements.iter().filter(|j| j.field == key);
    of_field
        .map(|judgement| {
            let printed = &judgement.value.value;
            let value = scale.and_then(|scale| scale.value(printed));
            let values = scale.map_or(&[][..], |scale| &scale.values);
            GradeData {
                value: printed.clone(),
                sign: value.and_then(|v| v.sign.clone()).unwrap_or_default(),
                meaning: value.map_or_else(String::new, |value| value.label.clone()),
                stage: stage(scheme, judgement.stage.as_deref()),
                place: scale.and_then(|scale| scale.place(printed)),
                scale: values.iter().map(|value| value.value.clone()).collect(),
            }
        })
        .collect()
}

fn stage(scheme: Option<&Scheme>, key: Option<&str>) -> String {
    let stages = scheme.map_or(&[][..], |scheme| &scheme.written().stages);
    let stage = stages.iter().find(|stage| Some(stage.key.as_str()) == key);
    stage.map_or_else(String::new, |stage| stage.label.clone())
}
