//! Puts typed answers on a sheet.

use super::computed::compute;
use super::questions::{Answer, Question, questions};
use super::{Slot, Subject, clean_line, clean_lines};
use crate::evaluation::{Judgement, Sheet, SheetText};
use crate::figure::{Figure, Meaning};
use crate::fiscal_year::FiscalYear;
use crate::money::{Money, MoneyUnit, PrintedAmount};
use crate::plan::{Indicator, Listing, TargetRevision, YearFigure, YearMoney};
use crate::source::{Settled, Sourced};
use crate::text::narrow;
use std::collections::BTreeMap;

/// A sheet with answers on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The sheet; an answer that cannot be read has left its place as it was.
    pub sheet: Sheet,
    /// The answers that cannot be read.
    pub faults: Vec<Fault>,
}

/// An answer that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which.
    pub slot: Slot,
    /// Why.
    pub why: Why,
}

/// Why an answer cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The sheet does not ask this (any more).
    NotAsked,
    /// No figure of those that papers print.
    NoFigure,
    /// No amount.
    NoAmount {
        /// The unit of the column.
        unit: &'static str,
    },
    /// Not one of the values of the scale.
    NotOnScale,
    /// Longer than the field may be.
    TooLong {
        /// The most characters.
        most: u32,
        /// How many there are.
        has: usize,
    },
    /// A new row without a name.
    NoName,
}

/// Puts answers on the sheet of a subject, computes what is never typed, and tells what cannot be
/// read. A blank answer takes the value away; what is not answered stays.
#[must_use]
pub fn fill(subject: &Subject<'_>, answers: &BTreeMap<Slot, String>) -> Filled {
    let rows = answers.keys().filter_map(Slot::listing).max();
    let asked = asked(subject, rows.map_or(0, |row| row + 1));
    let mut filling = Filling {
        subject,
        sheet: subject.sheet.clone(),
        faults: Vec::new(),
    };
    for (slot, typed) in answers {
        match asked.get(slot) {
            Some(question) => filling.answer(question, typed),
            None if matches!(slot, Slot::Removed { .. }) => {}
            None => filling.fault(slot, Why::NotAsked),
        }
    }
    filling.name_rows();
    filling.remove(answers);
    compute(subject, &mut filling.sheet);
    Filled {
        sheet: filling.sheet,
        faults: filling.faults,
    }
}

fn asked(subject: &Subject<'_>, rows: usize) -> BTreeMap<Slot, Question> {
    let questions = questions(subject, rows).into_iter();
    questions
        .map(|question| (question.slot.clone(), question))
        .collect()
}

struct Filling<'a> {
    subject: &'a Subject<'a>,
    sheet: Sheet,
    faults: Vec<Fault>,
}

fn written<T>(value: T) -> Sourced<T> {
    Sourced {
        value,
        line: 0,
        settled: Settled::Confirmed,
    }
}

impl Filling<'_> {
    fn fault(&mut self, slot: &Slot, why: Why) {
        self.faults.push(Fault {
            slot: slot.clone(),
            why,
        });
    }

    /// Puts one answer in its place, where it says something else than what stands there.
    fn answer(&mut self, question: &Question, typed: &str) {
        let typed = match question.answer {
            Answer::Lines { .. } => clean_lines(typed),
            _ => clean_line(typed),
        };
        if typed == question.value {
            return;
        }
        if let Err(why) = check(&question.answer, &typed) {
            self.fault(&question.slot, why);
            return;
        }
        match &question.slot {
            Slot::Text { field, year } => self.text(field, *year, &typed),
            Slot::Grade { field } => self.grade(field, &typed),
            Slot::Target { indicator, year } => self.target(*indicator, *year, &typed),
            Slot::TargetReason { indicator, year } => self.reason(*indicator, *year, &typed),
            Slot::Actual { indicator, year } => {
                if let Some(indicator) = self.sheet.indicators.get_mut(*indicator) {
                    put_figure(&mut indicator.actuals, *year, &typed);
                }
            }
            slot => self.row(slot, &typed),
        }
    }

    fn text(&mut self, field: &str, year: Option<FiscalYear>, typed: &str) {
        let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
        let paragraphs = lines.map(|line| written(line.to_owned())).collect();
        let mut texts = self.sheet.texts.iter_mut();
        match texts.find(|text| text.field == field && text.year == year) {
            Some(text) => text.paragraphs = Some(paragraphs),
            None => self.sheet.texts.push(SheetText {
                field: field.to_owned(),
                year,
                paragraphs: Some(paragraphs),
            }),
        }
    }

    fn grade(&mut self, field: &str, typed: &str) {
        self.sheet
            .judgements
            .retain(|judgement| judgement.field != field);
        if !typed.is_empty() {
            let stage = self
                .subject
                .scheme
                .field(field)
                .and_then(|f| f.stage.clone());
            self.sheet.judgements.push(Judgement {
                field: field.to_owned(),
                stage,
                value: written(typed.to_owned()),
            });
        }
    }

    /// Another target is a revision: the original stays beside it.
    fn target(&mut self, indicator: usize, year: FiscalYear, typed: &str) {
        let Some(indicator) = self.sheet.indicators.get_mut(indicator) else {
            return;
        };
        let mut targets = indicator.targets.iter();
        let before = targets.find(|t| t.year == year).map(|t| t.figure.clone());
        put_figure(&mut indicator.targets, year, typed);
        let Some(revised) = Figure::parse(typed) else {
            indicator.revisions.retain(|revision| revision.year != year);
            return;
        };
        let revision = revision_of(indicator, year, before, &revised);
        revision.revised = written(revised);
    }

    fn reason(&mut self, indicator: usize, year: FiscalYear, typed: &str) {
        let Some(indicator) = self.sheet.indicators.get_mut(indicator) else {
            return;
        };
        let mut targets = indicator.targets.iter();
        let target = targets.find(|t| t.year == year).map(|t| t.figure.clone());
        let Some(target) = target else { return };
        let has = indicator.revisions.iter().any(|r| r.year == year);
        if has || !typed.is_empty() {
            let revision = revision_of(indicator, year, None, &target.value);
            revision.reason = (!typed.is_empty()).then(|| written(typed.to_owned()));
        }
    }

    fn row(&mut self, slot: &Slot, typed: &str) {
        let Some(item) = slot.listing() else { return };
        if item >= self.sheet.listings.len() {
            if typed.is_empty() {
                return;
            }
            self.sheet.listings.resize_with(item + 1, Listing::default);
        }
        let unit = self.subject.scheme.written().money.unit;
        let Some(listing) = self.sheet.listings.get_mut(item) else {
            return;
        };
        let words = (!typed.is_empty()).then(|| written(typed.to_owned()));
        match slot {
            Slot::Name { .. } => listing.name = words,
            Slot::Code { .. } => listing.code = words,
            Slot::Section { .. } => listing.sections = words.into_iter().collect(),
            Slot::Cost { year, .. } => put_cost(listing, *year, typed, unit),
            Slot::Outline { year, .. } => {
                listing.outlines.retain(|(of, _)| of != year);
                listing.outlines.extend(words.map(|words| (*year, words)));
                listing.outlines.sort_by_key(|(of, _)| *of);
            }
            Slot::NextStep { axis, .. } => {
                listing.next_steps.retain(|(of, _)| of != axis);
                listing
                    .next_steps
                    .extend(words.map(|words| (axis.clone(), words)));
            }
            _ => {}
        }
    }

    /// Empty new rows go; a new row that says something needs a name.
    fn name_rows(&mut self) {
        let known = self.subject.sheet.listings.len();
        let mut item = self.sheet.listings.len();
        while item > known {
            item -= 1;
            let row = self.sheet.listings.get(item);
            if row.is_some_and(|row| row.name.is_some()) {
                continue;
            }
            if row.is_some_and(|row| *row != Listing::default()) {
                self.fault(&Slot::Name { listing: item }, Why::NoName);
            }
            self.sheet.listings.remove(item);
        }
    }

    fn remove(&mut self, answers: &BTreeMap<Slot, String>) {
        let removed = |item: usize| {
            let slot = Slot::Removed { listing: item };
            answers
                .get(&slot)
                .is_some_and(|typed| !typed.trim().is_empty())
        };
        let mut item = 0;
        self.sheet.listings.retain(|_| {
            item += 1;
            !removed(item - 1)
        });
    }
}

/// The revision of a year's target, made where there is none yet.
fn revision_of<'a>(
    indicator: &'a mut Indicator,
    year: FiscalYear,
    original: Option<Sourced<Figure>>,
    revised: &Figure,
) -> &'a mut TargetRevision {
    let found = indicator.revisions.iter().position(|r| r.year == year);
    let at = found.unwrap_or_else(|| {
        indicator.revisions.push(TargetRevision {
            year,
            original,
            revised: written(revised.clone()),
            reason: None,
        });
        indicator.revisions.len() - 1
    });
    // The place was found or made just above.
    #[expect(
        clippy::indexing_slicing,
        reason = "the place was found or made just above"
    )]
    &mut indicator.revisions[at]
}

fn put_figure(figures: &mut Vec<YearFigure>, year: FiscalYear, typed: &str) {
    figures.retain(|figure| figure.year != year);
    figures.extend(Figure::parse(typed).map(|figure| YearFigure {
        year,
        figure: written(figure),
    }));
    figures.sort_by_key(|figure| figure.year);
}

fn put_cost(listing: &mut Listing, year: FiscalYear, typed: &str, unit: MoneyUnit) {
    listing.costs.retain(|cost| cost.year != year);
    listing
        .costs
        .extend(amount(typed, unit).map(|money| YearMoney {
            year,
            money: written(money),
        }));
    listing.costs.sort_by_key(|cost| cost.year);
}

fn amount(typed: &str, unit: MoneyUnit) -> Option<Money> {
    PrintedAmount::parse(typed)?.money(unit)
}

/// Can an answer be read? A blank always can.
fn check(answer: &Answer, typed: &str) -> Result<(), Why> {
    if typed.is_empty() {
        return Ok(());
    }
    match answer {
        Answer::Line => too_long(typed, Some(200)),
        Answer::Lines { max_chars } => too_long(typed, *max_chars),
        Answer::Figure { .. } => {
            let figure = Figure::parse(typed);
            let words = figure.is_some_and(|figure| figure.meaning == Meaning::Words);
            // Words alone (検討中, 実施) are printed by papers; a figure that none can read is a slip.
            let slip = words && narrow(typed).chars().any(|c| c.is_ascii_digit());
            if slip { Err(Why::NoFigure) } else { Ok(()) }
        }
        Answer::Money { unit } => {
            let known = MoneyUnit::ALL
                .into_iter()
                .find(|known| known.label() == *unit);
            let money = known.and_then(|known| amount(typed, known));
            money.map(|_| ()).ok_or(Why::NoAmount { unit })
        }
        Answer::Choice(choices) => {
            let known = choices.iter().any(|choice| choice.value == typed);
            if known { Ok(()) } else { Err(Why::NotOnScale) }
        }
    }
}

fn too_long(typed: &str, most: Option<u32>) -> Result<(), Why> {
    let has = typed.chars().filter(|c| *c != '\n').count();
    match most {
        Some(most) if has > most as usize => Err(Why::TooLong { most, has }),
        _ => Ok(()),
    }
}
