//! An indicator over all years and papers: targets with their revisions, actuals, rates and steps.

mod history;
mod samples;

pub use history::{
    IndicatorYearView, NoteView, PrintedFigureView, RateView, RevisionView, StepsView,
};

use crate::Site;
use crate::asked::Asked;
use crate::chart::Chart;
use crate::error::PageError;
use crate::lookup::{self, Sought};
use crate::page::{self, Layout, Link, Page};
use crate::table::{Cell, Column, Table};
use crate::view::crumbs::home;
use crate::view::entity::{self, NameView, SheetLink};
use crate::view::pagination::Pagination;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::whole::each_once;
use meguri_app::read::{Library, Stand, Thing, urls, whole};
use meguri_core::links::Kind;
use meguri_core::plan::Accumulation;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "indicator.html")]
pub struct IndicatorPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Its permanent id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// All its names.
    pub names: Vec<NameView>,
    /// Its units, as printed.
    pub units: Vec<String>,
    /// 累計: does each value hold those before it?
    pub cumulative: bool,
    /// 所管課 of its sheets, the latest first.
    pub sections: Vec<Link>,
    /// The baselines, each value once, with what is to be known.
    pub baselines: Vec<(String, PrintedFigureView)>,
    /// All years as bars.
    #[serde(skip)]
    pub chart: Chart,
    /// What the papers say, year by year.
    pub years: Vec<IndicatorYearView>,
    /// Targets that were changed.
    pub revisions: Vec<RevisionView>,
    /// How the rates were computed.
    pub steps: Vec<StepsView>,
    /// Steps that are left out.
    pub more_steps: usize,
    /// Footnotes, each once.
    pub notes: Vec<NoteView>,
    /// Footnotes that are left out.
    pub more_notes: usize,
    /// The sheets that have it.
    pub sheets: Vec<SheetLink>,
    /// Which of them are shown.
    #[serde(rename = "leaf")]
    pub pagination: Pagination,
}

/// Years of steps, and footnotes, that a page shows at most.
const MOST: usize = 40;

/// `GET /indicators/{id}`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    match lookup::thing(&site.library, &asked, Kind::Indicator)? {
        Sought::Moved(response) => Ok(response),
        Sought::Thing(thing) => {
            let from = asked.count("from", 1)? as usize;
            page::answer(
                &IndicatorPage::new(&site.library, thing, from),
                asked.format,
            )
        }
    }
}

impl IndicatorPage {
    /// The page of an indicator, with its sheets from one on.
    #[must_use]
    pub fn new(library: &Library, thing: &Thing, from: usize) -> Self {
        let stands: Vec<Stand<'_>> = library
            .stands(thing)
            .filter(|stand| stand.indicator().is_some())
            .collect();
        let indicators = || stands.iter().rev().filter_map(Stand::indicator);
        let told = history::Told::of(&stands);
        let address = urls::indicator(thing.id);
        let pagination = Pagination::new(stands.len(), from, |from| {
            urls::with_query(&address, &[("from", &from.to_string())])
        });
        let crumbs = vec![home(), Link::new(urls::INDICATORS, "指標一覧")];
        let (mut steps, mut notes) = (told.steps(), told.notes());
        let named = stands.iter().rev().flat_map(|stand| &stand.sheet.sections);
        let named = named.map(|name| name.value.as_str());
        let units = indicators().filter_map(|one| Some(one.unit.as_ref()?.value.clone()));
        let units = each_once(units);
        let cumulative =
            indicators().any(|indicator| indicator.accumulation == Accumulation::Cumulative);
        Self {
            layout: Layout::new(format!("指標：{}", thing.name()), crumbs, &address)
                .with_csv(&address)
                .called(thing.name())
                .described(format!(
                    "指標「{}」の目標と実績、達成率の推移、目標の見直し、掲載しているシートです。",
                    whole::name(thing.name())
                )),
            id: thing.id,
            name: thing.name().to_owned(),
            names: entity::names(thing, &stands, |stand, name| {
                stand
                    .indicator()
                    .is_some_and(|indicator| indicator.label() == name)
            }),
            cumulative,
            sections: entity::sections(library.linked(), named),
            baselines: told.baselines(),
            chart: Chart::of_indicator(&told.series(thing.name(), &units, cumulative)),
            units,
            years: told.years(),
            revisions: told.revisions(),
            more_steps: cut(&mut steps),
            steps,
            more_notes: cut(&mut notes),
            notes,
            sheets: pagination.cut(&stands).iter().map(SheetLink::new).collect(),
            pagination,
        }
    }
}

/// Leaves out what is too much for a page; how many that is.
fn cut<T>(rows: &mut Vec<T>) -> usize {
    let more = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    more
}

impl Page for IndicatorPage {
    const NAME: &'static str = "indicator";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::samples()
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Year("年度"),
            Column::Text("項目"),
            Column::Figure("値"),
            Column::Text("単位"),
            Column::Text("文書"),
            Column::Text("備考"),
        ]);
        let unit = self.units.join("、");
        for year in &self.years {
            let said = [
                ("目標", &year.targets),
                ("実績", &year.actuals),
                ("達成率（印字）", &year.printed),
            ];
            for (what, figures) in said {
                table.rows.extend(figures.iter().map(|figure| {
                    let papers: Vec<String> = figure.sheets.iter().map(SheetLink::paper).collect();
                    let unit = if what.starts_with("達成率") {
                        "％"
                    } else {
                        &unit
                    };
                    vec![
                        year.year.into(),
                        what.into(),
                        figure.value.as_ref().into(),
                        unit.into(),
                        papers.join("、").into(),
                        figure.note.into(),
                    ]
                }));
            }
            table.rows.extend(year.computed.iter().map(|rate| {
                let papers: Vec<String> = rate.sheets.iter().map(SheetLink::paper).collect();
                vec![
                    year.year.into(),
                    "達成率（計算）".into(),
                    (&rate.value).into(),
                    "％".into(),
                    papers.join("、").into(),
                    Cell::Empty,
                ]
            }));
        }
        Some(table)
    }
}
