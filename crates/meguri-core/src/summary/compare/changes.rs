//! What changed on one sheet between two years: judgements, indicators, projects, texts, money.

use super::figures::{IndicatorChange, indicators};
use super::{Side, is_told};
use crate::calc::Calculation;
use crate::calc::change::{MoneyChange, of_money};
use crate::calc::rounding::Rounding;
use crate::calc::total::sum_of_rows;
use crate::evaluation::Sheet;
use crate::money::Money;
use crate::scheme::{BestEnd, Scale};
use crate::text::name_key;
use std::collections::BTreeSet;

/// Which way something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Better.
    Up,
    /// As before.
    Level,
    /// Worse.
    Down,
    /// Other, but neither better nor worse; or one side is missing.
    Other,
}

impl Way {
    /// The word and a sign for a person.
    #[must_use]
    pub const fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Up => ("向上", "↑"),
            Self::Level => ("同じ", "→"),
            Self::Down => ("低下", "↓"),
            Self::Other => ("変更", "◇"),
        }
    }
}

/// A judgement of two years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateChange {
    /// Key of the field.
    pub field: String,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
    /// Which way, by the later scheme.
    pub way: Way,
}

/// A project that is only in one of two years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectChange {
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Its cost in the year that has it.
    pub cost: Option<Money>,
}

/// A text that is other than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChange {
    /// Key of the field.
    pub field: String,
    /// The paragraphs before.
    pub before: Vec<String>,
    /// The paragraphs after.
    pub after: Vec<String>,
}

/// All that changed on one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetChange {
    /// Judgements of both, also those that stayed.
    pub states: Vec<StateChange>,
    /// Indicators of both that have an actual in either year.
    pub indicators: Vec<IndicatorChange>,
    /// Projects only of the later year.
    pub new_projects: Vec<ProjectChange>,
    /// Projects only of the earlier year.
    pub ended_projects: Vec<ProjectChange>,
    /// The costs of the table.
    pub costs: (Option<Money>, Option<Money>),
    /// The change of the costs, where both are known.
    pub cost_change: Option<Calculation<MoneyChange>>,
    /// Texts that differ.
    pub texts: Vec<TextChange>,
}

/// What changed between a sheet and its counterpart; a missing one has nothing.
#[must_use]
pub fn sheet_changes(
    before: (&Side<'_>, Option<&Sheet>),
    after: (&Side<'_>, Option<&Sheet>),
) -> SheetChange {
    // Where a year has no list of projects at all, nothing is new and nothing has ended.
    let listed = before.0.lists_projects && after.0.lists_projects;
    let projects = |on| if listed { projects(on) } else { Vec::new() };
    let (old, new) = (projects(before), projects(after));
    let only = |these: &[(String, ProjectChange)], those: &[(String, ProjectChange)]| {
        let known: BTreeSet<&str> = those.iter().map(|(key, _)| key.as_str()).collect();
        let only = these
            .iter()
            .filter(|(key, _)| !known.contains(key.as_str()));
        only.map(|(_, project)| project.clone()).collect::<Vec<_>>()
    };
    let costs = (cost(before), cost(after));
    let cost_change = match costs {
        (Some(old), Some(new)) => Some(of_money(old, new, Rounding::one_decimal())),
        _ => None,
    };
    SheetChange {
        states: states(before, after),
        indicators: indicators(before, after),
        new_projects: only(&new, &old),
        ended_projects: only(&old, &new),
        costs,
        cost_change,
        texts: texts(before, after),
    }
}

pub(super) type On<'a> = (&'a Side<'a>, Option<&'a Sheet>);

/// A judgement is that of the sheet's own year.
fn states(earlier: On<'_>, later: On<'_>) -> Vec<StateChange> {
    let judgements = |on: On<'_>| -> Vec<(String, String)> {
        let sheet =
            on.1.filter(|sheet| sheet.year.is_none_or(|year| year == on.0.year));
        let all = sheet.map_or(&[][..], |sheet| &sheet.judgements);
        all.iter()
            .map(|j| (j.field.clone(), j.value.value.clone()))
            .collect()
    };
    let (old, new) = (judgements(earlier), judgements(later));
    let fields: BTreeSet<&String> = old.iter().chain(&new).map(|(field, _)| field).collect();
    let change = |field: &String| {
        let of = |all: &[(String, String)]| {
            all.iter()
                .find(|(known, _)| known == field)
                .map(|(_, value)| value.clone())
        };
        let (before, now) = (of(&old), of(&new));
        let way = judged((earlier, later), field, before.as_deref(), now.as_deref());
        StateChange {
            field: field.clone(),
            before,
            after: now,
            way,
        }
    };
    fields.into_iter().map(change).collect()
}

/// The scale of a field on one side.
fn scale<'a>(on: On<'a>, field: &str) -> Option<&'a Scale> {
    on.0.scheme?.scale_of_field(field)
}

/// Which way a judgement went. Letters of unlike scales are not ranked: A of four is not A of five.
fn judged(on: (On<'_>, On<'_>), field: &str, before: Option<&str>, after: Option<&str>) -> Way {
    let (old, new) = (scale(on.0, field), scale(on.1, field));
    let alike = old
        .zip(new)
        .is_some_and(|(old, new)| old.order() == new.order());
    if !alike && (old.is_some() || new.is_some()) {
        return Way::Other;
    }
    if before == after {
        return Way::Level;
    }
    let ranked = new.filter(|scale| scale.best != BestEnd::None);
    let place = |value: Option<&str>| ranked.and_then(|scale| scale.place(value?));
    match (place(before), place(after)) {
        (Some(old), Some(new)) if new < old => Way::Up,
        (Some(old), Some(new)) if new > old => Way::Down,
        _ => Way::Other,
    }
}

/// The projects of a year by code, else by name: those with money or a plan in it, and those of
/// which the paper prints neither.
fn projects(on: On<'_>) -> Vec<(String, ProjectChange)> {
    let Some(sheet) = on.1 else {
        return Vec::new();
    };
    let listings = sheet.listings.iter();
    listings
        .filter(|listing| is_told(sheet, listing, on.0.year))
        .map(|listing| {
            let code = listing.code.as_ref().map(|code| code.value.clone());
            let cost = listing.costs.iter().find(|cost| cost.year == on.0.year);
            let key = code.clone().unwrap_or_else(|| name_key(&listing.label()));
            let cost = cost.map(|cost| cost.money.value);
            (
                key,
                ProjectChange {
                    code,
                    name: listing.label(),
                    cost,
                },
            )
        })
        .collect()
}

fn cost(on: On<'_>) -> Option<Money> {
    let sums = crate::summary::money::of_sheet(on.1?);
    let sum = sums.years.get(&on.0.year)?;
    sum.value().copied()
}

/// The texts of the year, or without one where the papers are two.
fn texts(before: On<'_>, after: On<'_>) -> Vec<TextChange> {
    let one_paper = std::ptr::eq(before.0.whole, after.0.whole);
    let of = |on: On<'_>| -> Vec<(String, Vec<String>)> {
        let all = on.1.map_or(&[][..], |sheet| &sheet.texts);
        let all = all.iter().filter(|text| match text.year {
            Some(year) => year == on.0.year,
            None => !one_paper,
        });
        all.filter_map(|text| {
            let paragraphs = text.paragraphs.as_ref()?;
            Some((
                text.field.clone(),
                paragraphs.iter().map(|p| p.value.clone()).collect(),
            ))
        })
        .collect()
    };
    let (old, new) = (of(before), of(after));
    let mut fields: Vec<&String> = Vec::new();
    for (field, _) in new.iter().chain(&old) {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    let change = |field: &String| {
        let pick = |all: &[(String, Vec<String>)]| -> Vec<String> {
            let of_field = all.iter().filter(|(known, _)| known == field);
            of_field
                .flat_map(|(_, paragraphs)| paragraphs.clone())
                .collect()
        };
        let (before, after) = (pick(&old), pick(&new));
        (before != after).then(|| TextChange {
            field: field.clone(),
            before,
            after,
        })
    };
    fields.into_iter().filter_map(change).collect()
}

/// The sum of some costs; none where there are none.
#[must_use]
pub fn sum(costs: impl Iterator<Item = Option<Money>>) -> Option<Money> {
    let costs: Vec<Money> = costs.flatten().collect();
    sum_of_rows(costs.iter()).outcome.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{Document, SheetText};
    use crate::figure::Figure;
    use crate::fiscal_year::FiscalYear;
    use crate::money::MoneyUnit;
    use crate::plan::{Indicator, Listing, YearFigure, YearMoney};
    use crate::source::{Settled, Sourced};
    use crate::summary::Whole;
    use crate::summary::compare::Course;

    fn year(number: u16) -> FiscalYear {
        FiscalYear::new(number).expect("a year")
    }

    fn sourced<T>(value: T) -> Sourced<T> {
        Sourced {
            value,
            line: 1,
            settled: Settled::Printed,
        }
    }

    fn listing(name: &str, costs: &[(u16, i64)]) -> Listing {
        let cost = |(of, thousand): &(u16, i64)| YearMoney {
            year: year(*of),
            money: sourced(Money::of(*thousand, MoneyUnit::ThousandYen).expect("an amount")),
        };
        let name = Some(sourced(name.to_owned()));
        Listing {
            name,
            costs: costs.iter().map(cost).collect(),
            ..Listing::default()
        }
    }

    /// One paper with both years, as an execution plan or an evaluation prints them.
    fn paper() -> Document {
        let figure = |of: u16, text: &str| YearFigure {
            year: year(of),
            figure: sourced(Figure::parse(text).expect("a figure")),
        };
        let indicator = Indicator {
            targets: vec![figure(2023, "10"), figure(2024, "10")],
            actuals: vec![figure(2023, "8"), figure(2024, "9")],
            ..Indicator::default()
        };
        let text = |of: u16, words: &str| SheetText {
            field: "progress".to_owned(),
            year: Some(year(of)),
            paragraphs: Some(vec![sourced(words.to_owned())]),
        };
        let listings = vec![
            listing("続く", &[(2023, 10), (2024, 12)]),
            listing("終わる", &[(2023, 5)]),
            listing("始まる", &[(2024, 7)]),
        ];
        let texts = vec![text(2023, "準備した。"), text(2024, "始めた。")];
        let sheet = Sheet {
            indicators: vec![indicator],
            listings,
            texts,
            ..Sheet::default()
        };
        Document {
            sheets: vec![sheet],
            ..Document::default()
        }
    }

    #[test]
    fn two_years_of_one_paper_tell_what_changed() {
        let document = paper();
        let whole = Whole::from(&document);
        let side = |of| Side::new(&whole, None, year(of));
        let (before, after) = (side(2023), side(2024));
        let sheet = document.sheets.first();
        let change = sheet_changes((&before, sheet), (&after, sheet));
        let names = |projects: &[ProjectChange]| -> Vec<String> {
            projects
                .iter()
                .map(|project| project.name.clone())
                .collect()
        };
        assert_eq!(names(&change.new_projects), ["始まる"]);
        assert_eq!(names(&change.ended_projects), ["終わる"]);
        let cost = change.cost_change.and_then(|change| change.outcome.ok());
        assert_eq!(
            cost.map(|change| change.printed),
            Some("+26.7％".to_owned())
        );
        let courses: Vec<_> = change
            .indicators
            .iter()
            .map(|change| (change.course(), change.reached))
            .collect();
        let missed = (Some(false), Some(false));
        assert_eq!(courses, [(Course::Risen, missed)]);
        let texts: Vec<(Vec<String>, Vec<String>)> = change
            .texts
            .into_iter()
            .map(|text| (text.before, text.after))
            .collect();
        assert_eq!(
            texts,
            [(vec!["準備した。".to_owned()], vec!["始めた。".to_owned()])]
        );
    }

    #[test]
    fn a_year_without_a_list_of_projects_makes_no_new_ones() {
        let mut document = paper();
        for listing in &mut document.sheets[0].listings {
            listing.costs.retain(|cost| cost.year == year(2024));
        }
        // A row of the later year alone, and one without any year of its own.
        document.sheets[0]
            .listings
            .retain(|row| !row.costs.is_empty());
        let whole = Whole::from(&document);
        let (before, after) = (
            Side::new(&whole, None, year(2023)),
            Side::new(&whole, None, year(2024)),
        );
        assert!(!before.lists_projects && after.lists_projects);
        let sheet = document.sheets.first();
        let change = sheet_changes((&before, sheet), (&after, sheet));
        assert!(change.new_projects.is_empty() && change.ended_projects.is_empty());
    }

    #[test]
    fn a_missing_counterpart_has_nothing_and_nothing_changes_against_itself() {
        let document = paper();
        let whole = Whole::from(&document);
        let side = Side::new(&whole, None, year(2024));
        let sheet = document.sheets.first();
        let new = sheet_changes((&side, None), (&side, sheet));
        assert_eq!((new.new_projects.len(), new.cost_change), (2, None));
        assert_eq!(
            new.indicators.first().map(IndicatorChange::course),
            Some(Course::Unknown)
        );
        let same = sheet_changes((&side, sheet), (&side, sheet));
        assert!(same.texts.is_empty() && same.new_projects.is_empty());
        assert!(same.ended_projects.is_empty());
    }
}
