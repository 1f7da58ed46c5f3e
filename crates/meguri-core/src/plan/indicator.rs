//! Indicators (成果指標): baseline, targets and actuals, as printed and as meant.

use crate::figure::Figure;
use crate::fiscal_year::FiscalYear;
use crate::source::Sourced;

/// A figure of one fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearFigure {
    /// Its year.
    pub year: FiscalYear,
    /// The figure with its place.
    pub figure: Sourced<Figure>,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Better {
    /// Higher values are better.
    Higher,
    /// Lower values are better.
    Lower,
    /// The value shall keep its level.
    Keep,
}

/// How yearly values add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Accumulation {
    /// Each year's own value.
    #[default]
    Yearly,
    /// 累計: each value holds those before it; never summed again, never falls.
    Cumulative,
}

/// A target that was changed in mid-plan; the original stays beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetRevision {
    /// The year whose target was changed.
    pub year: FiscalYear,
    /// The target before, where a document still prints it.
    pub original: Option<Sourced<Figure>>,
    /// The target now.
    pub revised: Sourced<Figure>,
    /// Why, as printed in a footnote.
    pub reason: Option<Sourced<String>>,
}

/// One indicator of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indicator {
    /// Its number on the sheet.
    pub number: Option<Sourced<u32>>,
    /// Its name.
    pub name: Option<Sourced<String>>,
    /// Which of several indicators under one name.
    pub sub_name: Option<Sourced<String>>,
    /// Its unit, as printed.
    pub unit: Option<Sourced<String>>,
    /// Which way is better, where the document or the scheme says so; else it is inferred.
    pub better: Option<Better>,
    /// How yearly values add up.
    pub accumulation: Accumulation,
    /// The value of the 基準年度.
    pub baseline: Option<Sourced<Figure>>,
    /// The 基準年度.
    pub baseline_year: Option<FiscalYear>,
    /// 目標, as in force in this document.
    pub targets: Vec<YearFigure>,
    /// 実績.
    pub actuals: Vec<YearFigure>,
    /// 達成率 as printed, percent.
    pub printed_rates: Vec<YearFigure>,
    /// Targets that the document marks as revised.
    pub revisions: Vec<TargetRevision>,
    /// Footnotes that apply.
    pub notes: Vec<Sourced<String>>,
}

/// The figure of a year.
#[must_use]
pub fn figure_of(figures: &[YearFigure], year: FiscalYear) -> Option<&Sourced<Figure>> {
    figures.iter().find(|f| f.year == year).map(|f| &f.figure)
}

impl Indicator {
    /// Its name with the sub-name, for a person.
    #[must_use]
    pub fn label(&self) -> String {
        let name = self
            .name
            .as_ref()
            .map_or("（名称不明の指標）", |n| n.value.as_str());
        match &self.sub_name {
            Some(sub) => format!("{name}（{}）", sub.value),
            None => name.to_owned(),
        }
    }

    /// The last year's actual: of the year before, or the baseline where that is its year.
    #[must_use]
    pub fn last_year_actual(&self, year: FiscalYear) -> Option<&Sourced<Figure>> {
        let before = year.plus(-1)?;
        figure_of(&self.actuals, before).or_else(|| {
            self.baseline
                .as_ref()
                .filter(|_| self.baseline_year == Some(before))
        })
    }
}
