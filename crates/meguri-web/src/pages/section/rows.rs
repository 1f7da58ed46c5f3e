//! What a section answers for.

use crate::page::Link;
use crate::table::Cell;
use crate::view::entity::SheetLink;
use meguri_app::read::quantity::{AmountView, YearView};
use meguri_app::read::{Library, Stand, Thing, urls};
use meguri_core::calc::total::sum_of_rows;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::Kind;
use meguri_core::money::Money;
use meguri_core::source::Sourced;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A sheet that a section answers for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SheetLine {
    /// The sheet.
    pub sheet: SheetLink,
    /// What the section has to do with it, in a word.
    pub role: &'static str,
}

/// A project that a section answers for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProjectLine {
    /// Its name with its page.
    pub link: Link,
    /// The year of the money.
    pub year: YearView,
    /// Its money; empty where the papers have none.
    pub money: AmountView,
}

/// An indicator of a section's sheets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IndicatorLine {
    /// Its name with its page.
    pub link: Link,
    /// Its unit.
    pub unit: String,
    /// Is it of a sheet that names no 所管課, on which the section has projects?
    pub shared: bool,
}

/// Does a place print a name as that of a section?
pub(super) fn is_named(stand: &Stand<'_>, name: &str) -> bool {
    let is = |all: &[Sourced<String>]| all.iter().any(|section| section.value == name);
    match stand.listing() {
        Some(listing) => is(&listing.sections),
        None => is(&stand.sheet.sections) || is(&stand.sheet.related_sections),
    }
}

/// What a section has to do with a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// 所管課.
    Own,
    /// 関連課.
    Related,
    /// 担当課 of a project on it.
    OfProject,
}

impl Role {
    fn of(thing: &Thing, stand: &Stand<'_>, library: &Library) -> Self {
        let is = |name: &Sourced<String>| library.linked().section(&name.value) == Some(thing.id);
        if stand.sheet.sections.iter().any(is) {
            Self::Own
        } else if stand.sheet.related_sections.iter().any(is) {
            Self::Related
        } else {
            Self::OfProject
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Own => "所管課",
            Self::Related => "関連課",
            Self::OfProject => "事業の担当課",
        }
    }
}

/// All that a section answers for in a year. Papers without a year hold for all years.
pub(super) struct ResponseCache<'a> {
    pub(super) sheets: Vec<(Stand<'a>, Role)>,
    pub(super) projects: Vec<&'a Thing>,
    pub(super) indicators: Vec<(&'a Thing, bool)>,
}

impl<'a> ResponseCache<'a> {
    pub(super) fn of(
        library: &'a Library,
        thing: &Thing,
        stands: &[Stand<'a>],
        year: Option<FiscalYear>,
    ) -> Self {
        let linked = library.linked();
        let of_year = |stand: &&Stand<'a>| stand.sheet.year.is_none() || stand.sheet.year == year;
        let mut found = Self {
            sheets: Vec::new(),
            projects: Vec::new(),
            indicators: Vec::new(),
        };
        let (mut projects, mut indicators) = (BTreeMap::new(), BTreeMap::new());
        let mut seen = BTreeSet::new();
        for stand in stands.iter().rev().filter(of_year) {
            let on_sheet = |kind: Kind, item: usize| {
                let id = linked.on_sheet(kind, stand.entry, stand.at.number, item);
                id.and_then(|id| linked.thing(kind, id))
                    .map(|one| ((one.name(), one.id), one))
            };
            projects.extend(stand.at.item.and_then(|item| on_sheet(Kind::Project, item)));
            if !seen.insert((stand.at.entry, stand.at.number)) {
                continue;
            }
            let role = Role::of(thing, stand, library);
            found.sheets.push((*stand, role));
            let own = role == Role::Own;
            // The indicators of a sheet that names no 所管課 are those of all with projects on it.
            if own || (stand.sheet.sections.is_empty() && role == Role::OfProject) {
                let items = 0..stand.sheet.indicators.len();
                let each = items.filter_map(|item| on_sheet(Kind::Indicator, item));
                indicators.extend(each.map(|(key, one)| (key, (one, own))));
            }
            if own {
                // A row that names no section is its sheet's.
                let rows = stand.sheet.listings.iter().enumerate();
                let rows = rows.filter(|(_, listing)| listing.sections.is_empty());
                projects.extend(rows.filter_map(|(item, _)| on_sheet(Kind::Project, item)));
            }
        }
        found.projects = projects.into_values().collect();
        found.indicators = indicators.into_values().collect();
        found
    }

    /// What the projects cost in the year.
    pub(super) fn sum(&self, year: Option<FiscalYear>) -> String {
        let Some(year) = year else {
            return String::new();
        };
        let costs = self
            .projects
            .iter()
            .filter_map(|project| project.cost(Some(year)));
        let costs: Vec<Money> = costs.map(|(_, money)| money).collect();
        sum_of_rows(costs.iter())
            .outcome
            .map_or_else(|_| String::new(), |sum| sum.to_string())
    }

    /// All of it as rows of a table.
    pub(super) fn table(&self, year: Option<FiscalYear>) -> Vec<Vec<Cell>> {
        let sheets = self.sheets.iter().map(sheet).map(|line| {
            let role = format!("{}（{}）", line.role, line.sheet.plan);
            let label = Cell::from(line.sheet.link.text);
            let year = line.sheet.year.into();
            vec!["シート".into(), label, role.into(), year, Cell::Empty]
        });
        let projects = self.projects.iter().map(|one| project(one, year));
        let projects = projects.map(|line| {
            let (name, year, money) = (line.link.text, line.year, &line.money);
            vec![
                "事業".into(),
                name.into(),
                Cell::Empty,
                year.into(),
                money.into(),
            ]
        });
        let indicators = self.indicators.iter().map(|(one, _)| {
            let name = one.name().into();
            vec!["指標".into(), name, Cell::Empty, Cell::Empty, Cell::Empty]
        });
        sheets.chain(projects).chain(indicators).collect()
    }
}

pub(super) fn sheet((stand, role): &(Stand<'_>, Role)) -> SheetLine {
    SheetLine {
        sheet: SheetLink::new(stand),
        role: role.label(),
    }
}

pub(super) fn project(thing: &&Thing, year: Option<FiscalYear>) -> ProjectLine {
    let cost = thing.cost(year);
    ProjectLine {
        link: Link::new(urls::project(thing.id), thing.name()),
        year: cost.map(|(year, _)| year).into(),
        money: cost.map(|(_, money)| money).into(),
    }
}

pub(super) fn indicator(library: &Library, (thing, own): &(&Thing, bool)) -> IndicatorLine {
    let stands = library.stands(thing);
    let units = stands.filter_map(|stand| stand.indicator()?.unit.as_ref());
    let units: BTreeSet<&str> = units.map(|unit| unit.value.as_str()).collect();
    IndicatorLine {
        link: Link::new(urls::indicator(thing.id), thing.name()),
        unit: units.into_iter().collect::<Vec<_>>().join("、"),
        shared: !own,
    }
}
