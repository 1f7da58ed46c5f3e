//! A section over time: its names, and all that it answers for in a year.

mod rows;
mod samples;

pub use rows::{IndicatorLine, ProjectLine, SheetLine};

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::lookup::{self, Sought};
use crate::page::{self, Layout, Link, Page};
use crate::table::{Cell, Column, Table};
use crate::view::crumbs::home;
use crate::view::entity::{self, NameView};
use crate::view::pagination::Pagination;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::quantity::YearView;
use meguri_app::read::{Library, Stand, Thing, urls, whole};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::Kind;
use serde::Serialize;
use std::collections::BTreeSet;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "section.html")]
pub struct SectionPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Its permanent id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// All its names: by the city's list where that has them, else as printed.
    pub names: Vec<NameView>,
    /// Sections whose work came to it.
    pub before: Vec<Link>,
    /// Sections that took over its work.
    pub after: Vec<Link>,
    /// The years to choose from.
    pub years: Vec<YearChoice>,
    /// The year that is shown; empty where no paper has one.
    pub year: YearView,
    /// The sheets that it answers for.
    pub sheets: Vec<SheetLine>,
    /// Which of them are shown.
    #[serde(rename = "sheets_leaf")]
    pub sheets_pagination: Pagination,
    /// The projects that it answers for.
    pub projects: Vec<ProjectLine>,
    /// Which of them are shown.
    #[serde(rename = "projects_leaf")]
    pub projects_pagination: Pagination,
    /// What those projects cost in the year, as computed; empty where nothing is printed.
    pub sum: String,
    /// The indicators of its sheets.
    pub indicators: Vec<IndicatorLine>,
    /// Which of them are shown.
    #[serde(rename = "indicators_leaf")]
    pub indicators_pagination: Pagination,
    /// All of it, for the table.
    #[serde(skip)]
    pub table: Vec<Vec<Cell>>,
}

/// A year to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct YearChoice {
    /// The year with its address.
    pub link: Link,
    /// Is it the one shown?
    pub chosen: bool,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// The year; the latest where it is none.
    pub year: Option<FiscalYear>,
    /// The first sheet, project and indicator shown, from 1.
    pub from: [usize; 3],
}

/// The names of the numbers in the address, in the order of [`Wanted::from`].
const LISTS: [&str; 3] = ["sheets", "projects", "indicators"];

/// `GET /sections/{id}`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let thing = match lookup::thing(&site.library, &asked, Kind::Section)? {
        Sought::Moved(response) => return Ok(response),
        Sought::Thing(thing) => thing,
    };
    let year = asked.query_number("year")?;
    let year = year
        .and_then(|year| u16::try_from(year).ok())
        .and_then(FiscalYear::new);
    let mut wanted = Wanted {
        year,
        ..Wanted::default()
    };
    for (from, name) in wanted.from.iter_mut().zip(LISTS) {
        *from = asked.count(name, 1)? as usize;
    }
    page::answer(
        &SectionPage::new(&site.library, thing, &wanted),
        asked.format,
    )
}

impl SectionPage {
    /// The page of a section.
    #[must_use]
    pub fn new(library: &Library, thing: &Thing, wanted: &Wanted) -> Self {
        let stands: Vec<Stand<'_>> = library.stands(thing).collect();
        let years: BTreeSet<FiscalYear> =
            stands.iter().filter_map(|stand| stand.sheet.year).collect();
        let year = wanted.year.or(years.last().copied());
        let base = urls::section(thing.id);
        let calendar = |year: FiscalYear| year.calendar_year().to_string();
        let chosen = wanted.year.map_or_else(String::new, calendar);
        let pagination = |count: usize, list: usize| {
            let from = wanted.from.get(list).copied().unwrap_or(1);
            let name = LISTS.get(list).copied().unwrap_or_default();
            Pagination::new(count, from, |from| {
                let query = [("year", chosen.as_str()), (name, &from.to_string())];
                format!("{}#{name}", urls::with_query(&base, &query))
            })
        };
        let all = rows::ResponseCache::of(library, thing, &stands, year);
        let sheets_pagination = pagination(all.sheets.len(), 0);
        let projects_pagination = pagination(all.projects.len(), 1);
        let indicators_pagination = pagination(all.indicators.len(), 2);
        let (before, after) = library.linked().neighbours(thing.id);
        let link = |thing: &&Thing| Link::new(urls::section(thing.id), thing.name());
        let address = urls::with_query(&base, &[("year", &chosen)]);
        let crumbs = vec![home(), Link::new(urls::SECTIONS, "課の一覧")];
        let choice = |of: &FiscalYear| YearChoice {
            link: Link::new(
                urls::with_query(&base, &[("year", &calendar(*of))]),
                of.to_string(),
            ),
            chosen: Some(*of) == year,
        };
        Self {
            layout: Layout::new(thing.name(), crumbs, &address)
                .with_csv(&address)
                .described(format!(
                    "「{}」が担当するシート、事業、指標と、名称や組織の移り変わりです。",
                    whole::name(thing.name())
                )),
            id: thing.id,
            name: thing.name().to_owned(),
            names: names(library, thing, &stands),
            before: before.iter().map(link).collect(),
            after: after.iter().map(link).collect(),
            years: years.iter().map(choice).collect(),
            year: year.into(),
            sheets: sheets_pagination
                .cut(&all.sheets)
                .iter()
                .map(rows::sheet)
                .collect(),
            sheets_pagination,
            projects: projects_pagination
                .cut(&all.projects)
                .iter()
                .map(|project| rows::project(project, year))
                .collect(),
            projects_pagination,
            sum: all.sum(year),
            indicators: indicators_pagination
                .cut(&all.indicators)
                .iter()
                .map(|indicator| rows::indicator(library, indicator))
                .collect(),
            indicators_pagination,
            table: all.table(year),
        }
    }
}

/// The names by the city's list, else as printed.
fn names(library: &Library, thing: &Thing, stands: &[Stand<'_>]) -> Vec<NameView> {
    let registered = library.linked().registered(thing.id);
    if registered.is_empty() {
        return entity::names(thing, stands, rows::is_named);
    }
    let year = |year: Option<FiscalYear>| year.map_or_else(String::new, |year| year.to_string());
    registered
        .into_iter()
        .rev()
        .map(|section| NameView {
            name: section.name.clone(),
            when: match (section.from, section.until) {
                (None, None) => String::new(),
                (from, until) => format!("{}〜{}", year(from), year(until)),
            },
        })
        .collect()
}

impl Page for SectionPage {
    const NAME: &'static str = "section";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::samples()
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Text("種別"),
            Column::Text("名称"),
            Column::Text("役割・計画"),
            Column::Year("年度"),
            Column::Amount("事業費"),
        ]);
        table.rows.clone_from(&self.table);
        Some(table)
    }
}
