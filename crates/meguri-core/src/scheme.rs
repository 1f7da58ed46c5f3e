//! Schemes: what a city configures for one plan and version, as data.
//!
//! A [`Scheme`] exists only checked: [`Scheme::new`] takes what was written and either gives a
//! scheme whose references all hold, or every fault that it found. Reading files is the program's
//! work.

mod check;
mod compare;
mod explain;
mod fault;
mod field;
mod level;
mod route;
mod rules;
mod scale;
mod tag;
pub mod words;

pub use compare::{ValueInUse, compare};
pub use fault::SchemeFault;
pub use field::{FieldKind, Phase, Required, SheetField, Stage};
pub use level::{Level, Numbering};
pub use route::{StageDeadlines, StageOrder, StageRoute, YearlyDay};
pub use rules::{
    AmountKind, ClassInput, ClassMethod, ClassRule, LabourPrice, MoneyRule, PointRule, RateRule,
    RollUpMethod, RollUpOver, RollUpRule, When,
};
pub use scale::{BestEnd, Means, NextStepAxis, Scale, ScaleValue};
pub use tag::Tag;

use crate::calc::cost::Labour;
use crate::calc::formula::RateFormula;
use crate::fiscal_year::{FiscalYear, FiscalYearSpan};
use crate::plan::Indicator;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// A scheme as written, not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Stable ASCII key of the plan: `evaluation`, `midterm` …
    pub key: String,
    /// Name of the plan.
    pub label: String,
    /// Key of the plan whose nodes its sheets evaluate, where that plan has a paper of its own: the
    /// evaluation of an execution plan is no plan beside it.
    pub evaluates: Option<String>,
    /// Name of the version: `2024`, `後期`.
    pub version: String,
    /// First evaluated year that this version rules.
    pub valid_from: FiscalYear,
    /// Last evaluated year; `None` = until another version follows.
    pub valid_until: Option<FiscalYear>,
    /// The fiscal years of the plan.
    pub period: Option<FiscalYearSpan>,
    /// Of a rolling plan (ローリング): how many years it looks ahead each year.
    pub rolling_years: Option<u8>,
    /// Every how many years it is evaluated; 1 = every year.
    pub every_years: u8,
    /// Its levels from the top.
    pub levels: Vec<Level>,
    /// Its scales.
    pub scales: Vec<Scale>,
    /// The axes of next year's direction: work, money.
    pub next_step_axes: Vec<NextStepAxis>,
    /// Who judges after whom.
    pub stages: Vec<Stage>,
    /// The fields of its sheets, in the order of the sheet.
    pub fields: Vec<SheetField>,
    /// How rates are counted.
    pub rates: Vec<RateRule>,
    /// How classes are drawn.
    pub classes: Vec<ClassRule>,
    /// How points are added up.
    pub points: Vec<PointRule>,
    /// How results are rolled up.
    pub rollups: Vec<RollUpRule>,
    /// How money is written and counted.
    pub money: MoneyRule,
    /// Words of daily life; none = the usual ones.
    pub tags: Vec<Tag>,
}

/// A checked scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    written: Written,
    achievement: RateFormula,
}

impl Scheme {
    /// Checks what was written.
    ///
    /// # Errors
    /// All faults, in the order of the file.
    pub fn new(written: Written) -> Result<Self, Vec<SchemeFault>> {
        let faults = check::faults(&written);
        if faults.is_empty() {
            Ok(Self {
                achievement: RateFormula::achievement(),
                written,
            })
        } else {
            Err(faults)
        }
    }

    /// The same without some fields and stages; what was required because of a field that is gone is
    /// not required any more. Every reference that is left holds as it did.
    #[must_use]
    pub(crate) fn without(
        &self,
        drops_field: impl Fn(&SheetField) -> bool,
        drops_stage: impl Fn(&Stage) -> bool,
    ) -> Self {
        let mut left = self.clone();
        left.written.fields.retain(|field| !drops_field(field));
        left.written.stages.retain(|stage| !drops_stage(stage));
        let keys: BTreeSet<String> = left
            .written
            .fields
            .iter()
            .map(|field| field.key.clone())
            .collect();
        for field in &mut left.written.fields {
            if let Required::When { field: other, .. } = &field.required
                && !keys.contains(other)
            {
                field.required = Required::Never;
            }
        }
        left
    }

    /// All of it.
    #[must_use]
    pub const fn written(&self) -> &Written {
        &self.written
    }

    /// Key of the plan that this one is counted as: the plan that it evaluates, else its own.
    #[must_use]
    pub fn plan_group(&self) -> &str {
        self.written
            .evaluates
            .as_deref()
            .unwrap_or(&self.written.key)
    }

    /// Does this version rule an evaluated year?
    #[must_use]
    pub fn rules(&self, year: FiscalYear) -> bool {
        self.written.valid_from <= year
            && self.written.valid_until.is_none_or(|until| year <= until)
    }

    /// The scheme of a plan for a year: the first that rules the year, else the one whose years lie
    /// nearest to it, so that fields and levels keep their names. Without a year the first.
    /// [`Scheme::rules`] says whether it holds.
    pub fn nearest<'a>(
        schemes: impl IntoIterator<Item = &'a Self>,
        plan: &str,
        year: Option<FiscalYear>,
    ) -> Option<&'a Self> {
        let of_plan = schemes
            .into_iter()
            .filter(|scheme| scheme.written.key == plan);
        of_plan.min_by_key(|scheme| year.map_or(0, |year| scheme.distance(year)))
    }

    /// How many years lie between a year and those that this version rules; 0 = it rules it.
    fn distance(&self, year: FiscalYear) -> u16 {
        let (first, year) = (
            self.written.valid_from.calendar_year(),
            year.calendar_year(),
        );
        let last = self.written.valid_until.map(FiscalYear::calendar_year);
        let behind = last.map_or(0, |last| year.saturating_sub(last));
        first.saturating_sub(year).max(behind)
    }

    /// The years that this version rules, in words: `令和3～6年度`, `令和2年度～`.
    #[must_use]
    pub fn years_in_words(&self) -> String {
        let first = self.written.valid_from;
        let span = self
            .written
            .valid_until
            .and_then(|last| FiscalYearSpan::new(first, last));
        span.map_or_else(|| format!("{first}～"), |span| span.to_string())
    }

    /// Is the plan evaluated for a fiscal year? Counted from the first year of the version.
    #[must_use]
    pub fn evaluates(&self, year: FiscalYear) -> bool {
        let first = self.written.valid_from.calendar_year();
        let years = year.calendar_year().checked_sub(first);
        self.rules(year)
            && years.is_some_and(|years| years.is_multiple_of(u16::from(self.written.every_years)))
    }

    /// The years that the plan holds as seen from a year; a rolling plan moves on with it.
    #[must_use]
    pub fn plan_years(&self, year: FiscalYear) -> Option<FiscalYearSpan> {
        match self.written.rolling_years {
            Some(years) => {
                let last = year.plus(i32::from(years).saturating_sub(1))?;
                FiscalYearSpan::new(year, last)
            }
            None => self.written.period,
        }
    }

    /// The formula for an indicator: the first whose condition it meets, else the first without a
    /// condition, else 達成率 as most cities count it.
    #[must_use]
    pub fn rate_formula(&self, indicator: &Indicator) -> &RateFormula {
        self.rate_rule(indicator)
            .map_or(&self.achievement, |rule| &rule.formula)
    }

    /// The rule behind [`Scheme::rate_formula`], where the scheme writes one.
    #[must_use]
    pub fn rate_rule(&self, indicator: &Indicator) -> Option<&RateRule> {
        let conditional = |rule: &&RateRule| !rule.when.is_empty() && rule.when.holds(indicator);
        let rates = &self.written.rates;
        rates
            .iter()
            .find(conditional)
            .or_else(|| rates.iter().find(|rule| rule.when.is_empty()))
    }

    /// A rate by its key.
    #[must_use]
    pub fn rate(&self, key: &str) -> Option<&RateRule> {
        self.written.rates.iter().find(|rule| rule.key == key)
    }

    /// A level by its key.
    #[must_use]
    pub fn level(&self, key: &str) -> Option<&Level> {
        self.written.levels.iter().find(|level| level.key == key)
    }

    /// A scale by its key.
    #[must_use]
    pub fn scale(&self, key: &str) -> Option<&Scale> {
        self.written.scales.iter().find(|scale| scale.key == key)
    }

    /// The axes of next year's direction: one, or work and money apart.
    #[must_use]
    pub fn next_step_axes(&self) -> &[NextStepAxis] {
        &self.written.next_step_axes
    }

    /// The scale of an axis of next steps.
    #[must_use]
    pub fn next_step_scale(&self, axis: &str) -> Option<&Scale> {
        let axis = self.next_step_axes().iter().find(|a| a.key == axis)?;
        self.scale(&axis.scale)
    }

    /// The scale by which a field is judged; `None` where it holds something else.
    #[must_use]
    pub fn scale_of_field(&self, field: &str) -> Option<&Scale> {
        match &self.field(field)?.kind {
            FieldKind::Grade(scale) => self.scale(scale),
            FieldKind::NextStep(axis) => self.next_step_scale(axis),
            _ => None,
        }
    }

    /// A field of the sheet by its key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&SheetField> {
        self.written.fields.iter().find(|field| field.key == key)
    }

    /// The fields of the sheets at a level.
    pub fn fields_at(&self, level: &str) -> impl Iterator<Item = &SheetField> {
        let at = move |field: &&SheetField| {
            field.levels.is_empty() || field.levels.iter().any(|l| l == level)
        };
        self.written.fields.iter().filter(at)
    }

    /// A rule of classes by its key.
    #[must_use]
    pub fn class(&self, key: &str) -> Option<&ClassRule> {
        self.written.classes.iter().find(|rule| rule.key == key)
    }

    /// A rule of points by its key.
    #[must_use]
    pub fn point_rule(&self, key: &str) -> Option<&PointRule> {
        self.written.points.iter().find(|rule| rule.key == key)
    }

    /// A rule of roll-up by its key.
    #[must_use]
    pub fn rollup(&self, key: &str) -> Option<&RollUpRule> {
        self.written.rollups.iter().find(|rule| rule.key == key)
    }

    /// Labour of each kind at its price of a year; kinds without a price that year are absent.
    #[must_use]
    pub fn labour(&self, persons: &[(String, Decimal)], year: FiscalYear) -> Vec<Labour> {
        let prices = &self.written.money.labour;
        let labour = |(label, persons): &(String, Decimal)| {
            let price = prices
                .iter()
                .find(|p| p.label == *label && p.year == year)?;
            Some(Labour {
                label: label.clone(),
                persons: *persons,
                unit_price: price.unit_price,
            })
        };
        persons.iter().filter_map(labour).collect()
    }
}

#[cfg(test)]
mod tests;
