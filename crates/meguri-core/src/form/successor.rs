//! The sheet of a new year out of last year's: structure, targets and standing texts; no results.

use super::Subject;
use crate::evaluation::{Sheet, SheetText};
use crate::fiscal_year::FiscalYear;
use crate::plan::{Indicator, Listing, YearMoney};
use crate::scheme::{FieldKind, Phase, Scheme};
use crate::source::{Settled, Sourced};

/// The sheet of `year`, made of the sheet `last` of an earlier year.
///
/// Texts of what is planned stand; the others are there, and empty. Where a sheet has one text a
/// year, the years move on and the last one is empty. Actuals and rates before `year` stay, as do
/// targets and the rows of projects; money stays where its year stays a column
/// ([`cost_years`]); judgements, directions, printed totals and counts go.
#[must_use]
pub fn successor(last: &Sheet, year: FiscalYear, scheme: &Scheme) -> Sheet {
    let mut next = last.clone();
    next.year = Some(year);
    next.texts = texts(last, year, scheme);
    next.judgements.clear();
    next.unplaced_costs.clear();
    next.totals.clear();
    next.next_step_counts.clear();
    let standing = is_planned(scheme, &FieldKind::Indicators);
    for indicator in &mut next.indicators {
        let old = |of: FiscalYear| standing || of < year;
        indicator.actuals.retain(|figure| old(figure.year));
        indicator.printed_rates.retain(|figure| old(figure.year));
        confirm_indicator(indicator);
    }
    let keeps = scheme_keeps_steps(scheme);
    let columns = cost_years(scheme, year, Some(last));
    for listing in &mut next.listings {
        if !keeps {
            listing.next_steps.clear();
        }
        listing.costs.retain(|cost| columns.contains(&cost.year));
        confirm_listing(listing);
    }
    next
}

/// Is a table of what is planned, so that its values stand?
pub(super) fn is_planned(scheme: &Scheme, kind: &FieldKind) -> bool {
    let mut fields = scheme.written().fields.iter();
    let field = fields.find(|field| field.kind == *kind);
    field.is_some_and(|field| matches!(field.phase, Phase::Plan | Phase::Head))
}

fn scheme_keeps_steps(scheme: &Scheme) -> bool {
    is_planned(scheme, &FieldKind::Projects)
}

/// The years whose money the rows of projects have on a sheet of `year`: the years of the plan where
/// last year's sheet has them all, else last year's moved on by as many years as the sheet.
#[must_use]
pub(super) fn cost_years(
    scheme: &Scheme,
    year: FiscalYear,
    last: Option<&Sheet>,
) -> Vec<FiscalYear> {
    let mut had: Vec<FiscalYear> = last
        .into_iter()
        .flat_map(|sheet| &sheet.listings)
        .flat_map(|listing| listing.costs.iter().map(|cost| cost.year))
        .collect();
    had.sort_unstable();
    had.dedup();
    let period: Option<Vec<FiscalYear>> = scheme.written().period.map(|p| p.years().collect());
    let whole =
        |period: &&Vec<FiscalYear>| period.len() > 1 && period.iter().all(|y| had.contains(y));
    if let Some(period) = period.as_ref().filter(whole) {
        return period.clone();
    }
    let moved_by = last.and_then(|sheet| sheet.year).map_or(1, |of| {
        i32::from(year.calendar_year()) - i32::from(of.calendar_year())
    });
    let moved: Vec<FiscalYear> = had.iter().filter_map(|of| of.plus(moved_by)).collect();
    if moved.is_empty() { vec![year] } else { moved }
}

fn texts(last: &Sheet, year: FiscalYear, scheme: &Scheme) -> Vec<SheetText> {
    let moved_by = last.year.map_or(1, |of| {
        i32::from(year.calendar_year()) - i32::from(of.calendar_year())
    });
    let moved = |text: &SheetText| text.year.map(|of| of.plus(moved_by));
    let mut texts = Vec::new();
    for text in &last.texts {
        let of = match moved(text) {
            None => None,
            Some(Some(of)) => Some(of),
            Some(None) => continue,
        };
        let same = last
            .texts
            .iter()
            .find(|t| t.field == text.field && t.year == of);
        let stands = match of {
            Some(of) => of < year,
            None => stands(scheme, &text.field),
        };
        let kept = same
            .filter(|_| stands)
            .and_then(|text| text.paragraphs.clone());
        texts.push(SheetText {
            field: text.field.clone(),
            year: of,
            paragraphs: Some(
                kept.unwrap_or_default()
                    .into_iter()
                    .map(confirmed)
                    .collect(),
            ),
        });
    }
    texts
}

fn stands(scheme: &Scheme, field: &str) -> bool {
    let field = scheme.field(field);
    field.is_some_and(|field| matches!(field.phase, Phase::Plan | Phase::Head))
}

/// What stands on a sheet that no paper prints: from last year's, or written by a person.
pub(super) fn confirmed<T>(value: Sourced<T>) -> Sourced<T> {
    Sourced {
        line: 0,
        settled: Settled::Confirmed,
        ..value
    }
}

fn confirm<T: Clone>(value: &mut Option<Sourced<T>>) {
    *value = value.take().map(confirmed);
}

fn confirm_indicator(indicator: &mut Indicator) {
    confirm(&mut indicator.number);
    confirm(&mut indicator.name);
    confirm(&mut indicator.sub_name);
    confirm(&mut indicator.unit);
    confirm(&mut indicator.baseline);
    let figures = [
        &mut indicator.targets,
        &mut indicator.actuals,
        &mut indicator.printed_rates,
    ];
    for figure in figures.into_iter().flatten() {
        figure.figure = confirmed(figure.figure.clone());
    }
    for revision in &mut indicator.revisions {
        confirm(&mut revision.original);
        revision.revised = confirmed(revision.revised.clone());
        confirm(&mut revision.reason);
    }
    confirm_all(&mut indicator.notes);
}

fn confirm_all<T: Clone>(values: &mut [Sourced<T>]) {
    for value in values {
        *value = confirmed(value.clone());
    }
}

fn confirm_listing(listing: &mut Listing) {
    listing.line = 0;
    confirm(&mut listing.number);
    confirm(&mut listing.name);
    confirm(&mut listing.code);
    confirm(&mut listing.relisted_from);
    confirm_all(&mut listing.tags);
    confirm_all(&mut listing.sections);
    for cost in &mut listing.costs {
        *cost = YearMoney {
            year: cost.year,
            money: confirmed(cost.money.clone()),
        };
    }
    for (_, outline) in &mut listing.outlines {
        *outline = confirmed(outline.clone());
    }
    for (_, step) in &mut listing.next_steps {
        *step = confirmed(step.clone());
    }
}

impl Subject<'_> {
    /// The years whose money the rows of projects have.
    #[must_use]
    pub fn cost_years(&self) -> Vec<FiscalYear> {
        let mut years = cost_years(self.scheme, self.year, self.last);
        if self.last.is_none() {
            let own = self.sheet.listings.iter().flat_map(|l| &l.costs);
            years.extend(own.map(|cost| cost.year));
            years.sort_unstable();
            years.dedup();
        }
        years
    }
}
