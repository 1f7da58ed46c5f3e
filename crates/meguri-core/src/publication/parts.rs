//! Which parts of a sheet the fields of a scheme mean.
//!
//! A text and a judgement name their field by its key. Tables and sections have no key: they belong
//! to the fields of their kind at the level of the sheet, else to those of their kind anywhere, and
//! are visible where there is such a field and all of them are public. A column of the table of
//! projects (directions, amounts, sections) is hidden where a field of its kind is, even if the
//! table is public; so are the totals and counts over it.

use super::{is_public, is_public_stage};
use crate::evaluation::{Judgement, Sheet, SheetText};
use crate::plan::Listing;
use crate::scheme::{FieldKind, Scheme, SheetField};

/// What of the sheets of one level is visible.
pub(super) struct Parts<'a> {
    scheme: Option<&'a Scheme>,
    sections: bool,
    indicators: bool,
    projects: bool,
    row_sections: bool,
    row_money: bool,
    /// The axes of next year's direction that are hidden.
    hidden_axes: Vec<&'a str>,
}

impl<'a> Parts<'a> {
    /// Nothing but the head.
    pub(super) const fn none() -> Self {
        Self {
            scheme: None,
            sections: false,
            indicators: false,
            projects: false,
            row_sections: false,
            row_money: false,
            hidden_axes: Vec::new(),
        }
    }

    /// What a scheme shows at a level; `None` = of a sheet whose level is not known.
    pub(super) fn of(scheme: &'a Scheme, level: Option<&str>) -> Self {
        let of_kind = |is: &dyn Fn(&FieldKind) -> bool| meant(scheme, level, is);
        let all_public = |fields: &[&SheetField]| fields.iter().all(|f| is_public(scheme, f));
        let is_shown = |is: &dyn Fn(&FieldKind) -> bool| {
            let fields = of_kind(is);
            !fields.is_empty() && all_public(&fields)
        };
        let is_not_hidden = |is: &dyn Fn(&FieldKind) -> bool| all_public(&of_kind(is));
        let axes = scheme.written().fields.iter().filter_map(axis_of);
        let is_hidden = |axis: &&str| {
            !is_not_hidden(&|kind| matches!(kind, FieldKind::NextStep(own) if own == axis))
        };
        let is_sections = |kind: &FieldKind| *kind == FieldKind::Sections;
        Self {
            scheme: Some(scheme),
            sections: is_shown(&is_sections),
            indicators: is_shown(&|kind| *kind == FieldKind::Indicators),
            projects: is_shown(&|kind| *kind == FieldKind::Projects),
            row_sections: is_not_hidden(&is_sections),
            row_money: is_not_hidden(&|kind| *kind == FieldKind::Money),
            hidden_axes: axes.filter(is_hidden).collect(),
        }
    }

    /// Is a field of this key public?
    fn shows_field(&self, key: &str) -> bool {
        let named = self
            .scheme
            .and_then(|scheme| Some((scheme, scheme.field(key)?)));
        named.is_some_and(|(scheme, field)| is_public(scheme, field))
    }

    fn shows_text(&self, text: &SheetText) -> bool {
        self.shows_field(&text.field)
    }

    fn shows_judgement(&self, judgement: &Judgement) -> bool {
        let stage = judgement.stage.as_deref();
        let of_stage = |stage| {
            self.scheme
                .is_some_and(|scheme| is_public_stage(scheme, stage))
        };
        self.shows_field(&judgement.field) && stage.is_none_or(of_stage)
    }

    fn shows_step(&self, axis: &str) -> bool {
        !self.hidden_axes.contains(&axis)
    }

    /// The totals of the table and the amounts without a row.
    fn shows_totals(&self) -> bool {
        self.projects && self.row_money
    }

    /// The counts of directions: which axis they count is not printed.
    fn shows_counts(&self) -> bool {
        self.projects && self.hidden_axes.is_empty()
    }

    /// Is a row shown as it is?
    fn keeps_row(&self, row: &Listing) -> bool {
        (self.row_sections || row.sections.is_empty())
            && (self.row_money || row.costs.is_empty())
            && row.next_steps.iter().all(|(axis, _)| self.shows_step(axis))
    }

    /// Is a sheet shown as it is?
    pub(super) fn keeps_all(&self, sheet: &Sheet) -> bool {
        let sections = sheet.sections.is_empty() && sheet.related_sections.is_empty();
        let totals = sheet.totals.is_empty() && sheet.unplaced_costs.is_empty();
        sheet.texts.iter().all(|text| self.shows_text(text))
            && sheet.judgements.iter().all(|one| self.shows_judgement(one))
            && (self.sections || sections)
            && (self.indicators || sheet.indicators.is_empty())
            && (self.projects || sheet.listings.is_empty())
            && sheet.listings.iter().all(|row| self.keeps_row(row))
            && (self.shows_totals() || totals)
            && (self.shows_counts() || sheet.next_step_counts.is_empty())
    }

    /// The sheet without what is hidden.
    pub(super) fn cut(&self, sheet: &Sheet) -> Sheet {
        let texts = sheet.texts.iter().filter(|text| self.shows_text(text));
        let judgements = sheet.judgements.iter();
        let judgements = judgements.filter(|judgement| self.shows_judgement(judgement));
        let listings = where_shown(self.projects, &sheet.listings).into_iter();
        Sheet {
            node: sheet.node,
            label: sheet.label.clone(),
            year: sheet.year,
            line: sheet.line,
            texts: texts.cloned().collect(),
            judgements: judgements.cloned().collect(),
            sections: where_shown(self.sections, &sheet.sections),
            related_sections: where_shown(self.sections, &sheet.related_sections),
            indicators: where_shown(self.indicators, &sheet.indicators),
            listings: listings.map(|row| self.cut_row(row)).collect(),
            unplaced_costs: where_shown(self.shows_totals(), &sheet.unplaced_costs),
            totals: where_shown(self.shows_totals(), &sheet.totals),
            next_step_counts: where_shown(self.shows_counts(), &sheet.next_step_counts),
            relisted_from: sheet.relisted_from.clone(),
        }
    }

    fn cut_row(&self, mut row: Listing) -> Listing {
        if !self.row_sections {
            row.sections.clear();
        }
        if !self.row_money {
            row.costs.clear();
        }
        row.next_steps.retain(|(axis, _)| self.shows_step(axis));
        row
    }
}

/// The fields of a kind at a level, else anywhere: what a reader put on a sheet of another level
/// than the scheme expects belongs to the field all the same.
fn meant<'a>(
    scheme: &'a Scheme,
    level: Option<&str>,
    is: &dyn Fn(&FieldKind) -> bool,
) -> Vec<&'a SheetField> {
    let of_kind = |field: &&SheetField| is(&field.kind);
    let at_level = level.map(|level| scheme.fields_at(level).filter(of_kind).collect());
    let at_level: Vec<&SheetField> = at_level.unwrap_or_default();
    if at_level.is_empty() {
        scheme.written().fields.iter().filter(of_kind).collect()
    } else {
        at_level
    }
}

fn axis_of(field: &SheetField) -> Option<&str> {
    match &field.kind {
        FieldKind::NextStep(axis) => Some(axis),
        _ => None,
    }
}

fn where_shown<T: Clone>(shown: bool, values: &[T]) -> Vec<T> {
    if shown { values.to_vec() } else { Vec::new() }
}
