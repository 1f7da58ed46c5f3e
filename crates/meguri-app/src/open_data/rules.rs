//! What a city configures, as far as it is public, and the findings that it chose to publish.

use super::{Out, years};
use crate::read::{Entry, Said};
use meguri_core::scheme::{BestEnd, FieldKind, Phase, Scale, Scheme, Stage};
use meguri_opendata::{Fault, Row};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The schemes of the documents that are asked for, without what they hide; of two with one name the
/// later document's.
fn all(out: &Out<'_, '_>) -> BTreeMap<(String, String), Arc<Scheme>> {
    let schemes = out.entries().into_iter().filter_map(|e| e.scheme.clone());
    schemes
        .map(|scheme| {
            let written = scheme.written();
            ((written.key.clone(), written.version.clone()), scheme)
        })
        .collect()
}

fn of_scheme<'r>(out: &Out<'r, '_>, scheme: &'r Scheme) -> Row<'r> {
    let written = scheme.written();
    out.row()
        .with("scheme", written.key.as_str())
        .with("scheme_version", written.version.as_str())
}

fn labels<'l>(labels: impl Iterator<Item = &'l str>) -> String {
    labels.collect::<Vec<_>>().join(" ＞ ")
}

pub(super) fn schemes(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for scheme in all(out).into_values() {
        let written = scheme.written();
        let year = |year: meguri_core::fiscal_year::FiscalYear| i64::from(year.calendar_year());
        let row = of_scheme(out, &scheme)
            .with("label", written.label.as_str())
            .with("evaluates", written.evaluates.as_deref())
            .with("valid_from", year(written.valid_from))
            .with("valid_until", written.valid_until.map(year))
            .with("every_years", i64::from(written.every_years))
            .with(
                "levels",
                labels(written.levels.iter().map(|level| level.label.as_str())),
            )
            .with(
                "stages",
                labels(written.stages.iter().map(|stage| stage.label.as_str())),
            )
            .with("money_unit", written.money.unit.label())
            .with("amount_kind", written.money.kind.map(|kind| kind.key()));
        out.put(row)?;
    }
    Ok(())
}

/// The scales of what is public, in the order of the scheme.
fn scales_of(scheme: &Scheme) -> Vec<&Scale> {
    let used: BTreeSet<&str> = scheme
        .written()
        .fields
        .iter()
        .filter_map(|field| scale_of(scheme, &field.kind))
        .collect();
    let all = scheme.written().scales.iter();
    all.filter(|scale| used.contains(scale.key.as_str()))
        .collect()
}

/// The key of the scale of a field.
fn scale_of<'s>(scheme: &'s Scheme, kind: &'s FieldKind) -> Option<&'s str> {
    match kind {
        FieldKind::Grade(scale) => Some(scale),
        FieldKind::NextStep(axis) => Some(scheme.next_step_scale(axis)?.key.as_str()),
        _ => None,
    }
}

/// What makes two scales comparable: the same values in the same order, with the same end the best,
/// and the same states outside. Names and points may differ.
pub(super) fn comparability(scale: &Scale) -> String {
    let values = |values: &[meguri_core::scheme::ScaleValue]| {
        let all: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
        all.join(">")
    };
    let mut key = format!("{}|{}", best(scale), values(&scale.values));
    if !scale.states.is_empty() {
        key.push('|');
        key.push_str(&values(&scale.states));
    }
    key
}

const fn best(scale: &Scale) -> &'static str {
    match scale.best {
        BestEnd::First => "first",
        BestEnd::Last => "last",
        BestEnd::None => "none",
    }
}

/// The place of a value from the best, from 1; none where the values are kinds, not ranks.
pub(super) fn ranked(scale: &Scale, value: &str) -> Option<usize> {
    if scale.best == BestEnd::None {
        return None;
    }
    scale.place(value).map(|place| place + 1)
}

pub(super) fn scales(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for scheme in all(out).into_values() {
        for scale in scales_of(&scheme) {
            let values = scale.values.iter().chain(&scale.states);
            let mut seen = BTreeSet::new();
            for (position, value) in values.enumerate() {
                if !seen.insert(value.value.as_str()) {
                    continue;
                }
                let row = of_scheme(out, &scheme)
                    .with("scale", scale.key.as_str())
                    .with("value", value.value.as_str())
                    .with("scale_label", scale.label.as_str())
                    .with("value_label", value.label.as_str())
                    .with("best", best(scale))
                    .with("position", position + 1)
                    .with("place_from_best", ranked(scale, &value.value))
                    .with("scale_size", scale.values.len())
                    .with("is_state", scale.is_state(&value.value))
                    .with("points", value.points)
                    .with("comparability", comparability(scale));
                out.put(row)?;
            }
        }
    }
    Ok(())
}

pub(super) fn fields(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for scheme in all(out).into_values() {
        let written = scheme.written();
        for (position, field) in written.fields.iter().enumerate() {
            let is_own = |stage: &&Stage| Some(&stage.key) == field.stage.as_ref();
            let stage = written.stages.iter().find(is_own);
            let row = of_scheme(out, &scheme)
                .with("field", field.key.as_str())
                .with("position", position + 1)
                .with("label", field.label.as_str())
                .with("kind", kind(&field.kind))
                .with("phase", phase(field.phase))
                .with("scale", scale_of(&scheme, &field.kind))
                .with("stage", field.stage.as_deref())
                .with("stage_label", stage.map(|stage| stage.label.as_str()));
            out.put(row)?;
        }
    }
    Ok(())
}

const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Head => "head",
        Phase::Plan => "plan",
        Phase::Do => "do",
        Phase::Check => "check",
        Phase::Action => "action",
    }
}

const fn kind(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::Paragraphs => "paragraphs",
        FieldKind::Figure => "figure",
        FieldKind::Money => "money",
        FieldKind::YesNo => "yes_no",
        FieldKind::Grade(_) => "grade",
        FieldKind::NextStep(_) => "next_step",
        FieldKind::Indicators => "indicators",
        FieldKind::Projects => "projects",
        FieldKind::Sections => "sections",
    }
}

pub(super) fn findings(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for entry in out.entries() {
        for (position, found) in entry.findings.iter().enumerate() {
            let number = sheet_of(entry, found.place.sheet.as_deref());
            let sheet = number.and_then(|number| entry.sheet_id(number));
            let year = number.and_then(|number| entry.sheet(number)?.year);
            let edition = entry.published.as_ref().map(|edition| edition.number);
            let explained = match &found.said {
                Some(Said::Explained(words)) => Some(words.as_str()),
                _ => None,
            };
            let year = year.or_else(|| entry.years().last().copied());
            let row = years(out.row(), "fiscal_year", "fiscal_year_label", year)
                .with("plan", entry.key.as_str())
                .with("document", entry.id)
                .with("edition", edition)
                .with("finding", position + 1)
                .with("sheet", sheet.map(|sheet| sheet.id))
                .with("rule", found.code)
                .with("severity", found.severity.key())
                .with("row_label", found.place.row.as_deref())
                .with("field", found.place.field.as_deref())
                .with("printed", found.printed.as_deref())
                .with("computed", found.computed.as_deref())
                .with("steps", found.steps.join("\n"))
                .with("message", found.message.as_str())
                .with("explanation", explained)
                .with(
                    "source_line",
                    (found.place.line > 0).then_some(found.place.line),
                );
            out.put(row)?;
        }
    }
    Ok(())
}

/// The number of the sheet of a label, from 1.
fn sheet_of(entry: &Entry, label: Option<&str>) -> Option<usize> {
    let label = label?;
    let place = entry.document.sheets().position(|s| s.label == label);
    place.map(|place| place + 1)
}
