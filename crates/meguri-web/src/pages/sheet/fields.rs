//! The fields of a sheet by phase.

use super::indicators::{self, IndicatorView};
use super::projects::{self, ProjectTable};
use super::{Context, PhaseView};
use crate::view::value::ValueView;
use meguri_core::scheme::{FieldKind, Phase, SheetField};
use serde::Serialize;
use std::collections::BTreeSet;

/// One field.
#[derive(Clone, Debug, Serialize)]
pub struct FieldView {
    /// Its label; empty where the paper has no name for it.
    pub label: String,
    /// What stands in it.
    pub body: FieldBody,
    /// For the house: is it not published?
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
}

/// What stands in a field.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldBody {
    /// Nothing in the paper.
    Missing,
    /// Running texts.
    Texts(Vec<TextView>),
    /// Values of scales.
    Grades(Vec<GradeView>),
    /// Indicators.
    Indicators(Vec<IndicatorView>),
    /// Projects.
    Projects(Vec<ProjectTable>),
    /// Sections: those that answer and those beside them.
    Sections(Vec<SectionView>, Vec<SectionView>),
}

/// The paragraphs of one text.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TextView {
    /// The year that it tells of.
    pub year: String,
    /// Did the text lose the column?
    pub lost: bool,
    /// Its paragraphs.
    pub paragraphs: Vec<ValueView>,
}

/// A section.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SectionView {
    /// Its page; empty where it has none.
    pub page: String,
    /// Its name as printed.
    pub name: ValueView,
}

/// A value of a scale.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GradeView {
    /// Its sign.
    pub sign: String,
    /// The value.
    pub value: Option<ValueView>,
    /// What it means, as far as the scheme says.
    pub meaning: String,
    /// Who gave it, where the scheme has stages.
    pub stage: String,
}

const PHASES: [(Phase, &str); 5] = [
    (Phase::Head, "基本情報"),
    (Phase::Plan, "計画"),
    (Phase::Do, "実施"),
    (Phase::Check, "評価"),
    (Phase::Action, "改善"),
];

/// All phases that have something, in order; what the scheme has no field for stands in its usual
/// phase, so that nothing of the paper is left out.
pub(super) fn phases(context: &Context<'_>) -> Vec<PhaseView> {
    let fields = context.entry.fields(context.sheet);
    let mut shown = Vec::new();
    for (phase, name) in PHASES {
        let of_phase = fields.iter().filter(|field| field.phase == phase);
        let mut bodies: Vec<FieldView> = of_phase
            .filter_map(|field| of_field(context, field))
            .collect();
        bodies.extend(besides(context, &fields, phase));
        if !bodies.is_empty() {
            let label = if phase == Phase::Head {
                ""
            } else {
                phase.label()
            };
            shown.push(PhaseView {
                label,
                name,
                fields: bodies,
            });
        }
    }
    shown
}

/// A field with what stands in it; nothing where it is empty and may be.
fn of_field(context: &Context<'_>, field: &SheetField) -> Option<FieldView> {
    let body = match &field.kind {
        FieldKind::Indicators => indicators(context),
        FieldKind::Projects => projects(context),
        FieldKind::Sections => sections(context),
        FieldKind::Grade(_) | FieldKind::NextStep(_) => grades(context, &field.key),
        _ => texts(context, &field.key),
    };
    let value_of = |key: &str| Some(context.sheet.judgement(key)?.value.value.as_str());
    let missing = field.required.holds(value_of).then_some(FieldBody::Missing);
    Some(FieldView {
        label: field.label.clone(),
        body: body.or(missing)?,
        withheld: context.entry.withholds(field),
    })
}

/// What the sheet has but no field of the scheme names.
fn besides(context: &Context<'_>, fields: &[&SheetField], phase: Phase) -> Vec<FieldView> {
    let has = |kind: FieldKind| fields.iter().any(|field| field.kind == kind);
    let named = |key: &str| fields.iter().any(|field| field.key == key);
    let sheet = context.sheet;
    let mut found: Vec<(String, Option<FieldBody>)> = Vec::new();
    match phase {
        Phase::Head if !has(FieldKind::Sections) => {
            found.push(("所管課".to_owned(), sections(context)));
        }
        Phase::Do => {
            let keys: BTreeSet<&str> = sheet.texts.iter().map(|text| text.field.as_str()).collect();
            for key in keys.into_iter().filter(|key| !named(key)) {
                found.push((context.entry.field_label(key), texts(context, key)));
            }
            if !has(FieldKind::Indicators) {
                found.push(("指標".to_owned(), indicators(context)));
            }
        }
        Phase::Check => {
            let keys = sheet
                .judgements
                .iter()
                .map(|judgement| judgement.field.as_str());
            let keys: BTreeSet<&str> = keys.collect();
            for key in keys.into_iter().filter(|key| !named(key)) {
                found.push((context.entry.field_label(key), grades(context, key)));
            }
        }
        Phase::Action if !has(FieldKind::Projects) => {
            found.push(("事業".to_owned(), projects(context)));
        }
        _ => {}
    }
    found
        .into_iter()
        .filter_map(|(label, body)| {
            Some(FieldView {
                label,
                body: body?,
                withheld: context.entry.publishing.is_some(),
            })
        })
        .collect()
}

fn texts(context: &Context<'_>, key: &str) -> Option<FieldBody> {
    let texts = context
        .sheet
        .texts
        .iter()
        .enumerate()
        .filter(|(_, text)| text.field == key);
    let shown: Vec<TextView> = texts
        .map(|(index, text)| TextView {
            year: text.year.map_or_else(String::new, |year| year.to_string()),
            lost: text.paragraphs.is_none(),
            paragraphs: context.each(
                &format!("text-{}", index + 1),
                text.paragraphs.as_ref().map_or(0, Vec::len),
            ),
        })
        .filter(|text| text.lost || !text.paragraphs.is_empty())
        .collect();
    (!shown.is_empty()).then_some(FieldBody::Texts(shown))
}

fn grades(context: &Context<'_>, key: &str) -> Option<FieldBody> {
    let judgements = context.sheet.judgements.iter().enumerate();
    let stage = |key: &str| {
        let scheme = context.entry.scheme.as_ref()?;
        let stage = scheme
            .written()
            .stages
            .iter()
            .find(|stage| stage.key == key)?;
        let withheld = context.entry.publishing.is_some() && !stage.public;
        let word = if withheld { "・非公開" } else { "" };
        Some(format!("{}{word}", stage.label))
    };
    let shown: Vec<GradeView> = judgements
        .filter(|(_, judgement)| judgement.field == key)
        .map(|(index, judgement)| {
            let (sign, meaning) = context.entry.sign_of(key, &judgement.value.value);
            GradeView {
                sign,
                value: context.shown(&format!("judgement-{}", index + 1)),
                meaning,
                stage: judgement
                    .stage
                    .as_deref()
                    .and_then(stage)
                    .unwrap_or_default(),
            }
        })
        .collect();
    (!shown.is_empty()).then_some(FieldBody::Grades(shown))
}

fn sections(context: &Context<'_>) -> Option<FieldBody> {
    let own = context.each("section", context.sheet.sections.len());
    let related = context.each("related-section", context.sheet.related_sections.len());
    let (own, related) = (context.sections(own), context.sections(related));
    (!own.is_empty() || !related.is_empty()).then_some(FieldBody::Sections(own, related))
}

fn indicators(context: &Context<'_>) -> Option<FieldBody> {
    let shown = indicators::shown(context);
    (!shown.is_empty()).then_some(FieldBody::Indicators(shown))
}

fn projects(context: &Context<'_>) -> Option<FieldBody> {
    let shown = projects::shown(context);
    (!shown.is_empty()).then_some(FieldBody::Projects(shown))
}
