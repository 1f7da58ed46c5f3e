//! A project over all years and plans: what it cost, where it goes, and where it is listed.

mod rows;
mod samples;

pub use rows::{CostView, DirectionView, ListingView, OutlineView};

use crate::Site;
use crate::asked::Asked;
use crate::chart::Chart;
use crate::chart::money::MoneySeries;
use crate::error::PageError;
use crate::lookup::{self, Sought};
use crate::page::{self, Layout, Link, Page};
use crate::table::{Column, Table};
use crate::view::crumbs::home;
use crate::view::entity::{self, NameView};
use crate::view::pagination::Pagination;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::linked::cost_rows;
use meguri_app::read::values::budget_place;
use meguri_app::read::whole::each_once;
use meguri_app::read::{Library, Stand, Thing, urls, whole};
use meguri_core::links::Kind;
use meguri_core::links::costs::{self, YearCost};
use meguri_core::plan::BudgetItem;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "project.html")]
pub struct ProjectPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Its permanent id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// All its names.
    pub names: Vec<NameView>,
    /// 事務事業コード, as printed.
    pub codes: Vec<String>,
    /// 会計・款・項・目, as printed.
    pub budget: Vec<String>,
    /// Who answers for it, the latest first.
    pub sections: Vec<Link>,
    /// How many rows list it.
    pub listed: usize,
    /// How many of them show it again.
    pub again: usize,
    /// Its money as bars.
    #[serde(skip)]
    pub chart: Chart,
    /// Do papers say different amounts of a year?
    pub differs: bool,
    /// Its money by year and paper.
    pub costs: Vec<CostView>,
    /// Amounts that are left out of the page; the table has them.
    pub more_costs: usize,
    /// 動向 by year.
    pub directions: Vec<DirectionView>,
    /// Directions that are left out.
    pub more_directions: usize,
    /// What the years plan.
    pub outlines: Vec<OutlineView>,
    /// Outlines that are left out.
    pub more_outlines: usize,
    /// Where it is listed.
    pub listings: Vec<ListingView>,
    /// Which of the listings are shown.
    #[serde(rename = "leaf")]
    pub pagination: Pagination,
    /// All amounts, for the table.
    #[serde(skip)]
    pub table: Vec<CostView>,
}

/// Amounts, directions and outlines that a page shows at most.
const MOST: usize = 60;

/// `GET /projects/{id}`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    match lookup::thing(&site.library, &asked, Kind::Project)? {
        Sought::Moved(response) => Ok(response),
        Sought::Thing(thing) => {
            let from = asked.count("from", 1)? as usize;
            page::answer(&ProjectPage::new(&site.library, thing, from), asked.format)
        }
    }
}

impl ProjectPage {
    /// The page of a project, with its listings from one on.
    #[must_use]
    pub fn new(library: &Library, thing: &Thing, from: usize) -> Self {
        let stands: Vec<Stand<'_>> = library.stands(thing).collect();
        let listings = || stands.iter().rev().filter_map(Stand::listing);
        let years = costs::of(&cost_rows(&stands));
        let address = urls::project(thing.id);
        let pagination = Pagination::new(stands.len(), from, |from| {
            urls::with_query(&address, &[("from", &from.to_string())])
        });
        let crumbs = vec![home(), Link::new(urls::PROJECTS, "事業一覧")];
        let mut costs = rows::costs(&stands, &years);
        let table = costs.clone();
        let mut directions = rows::directions(&stands);
        let mut outlines = rows::outlines(&stands);
        let names = listings()
            .flat_map(|row| &row.sections)
            .map(|name| name.value.as_str());
        Self {
            layout: Layout::new(format!("事業：{}", thing.name()), crumbs, &address)
                .with_csv(&address)
                .called(thing.name())
                .described(format!(
                    "事業「{}」の年度ごとの事業費、動向、計画の内容、掲載しているシートです。",
                    whole::name(thing.name())
                )),
            id: thing.id,
            name: thing.name().to_owned(),
            names: entity::names(thing, &stands, |stand, name| {
                let own = stand.listing().and_then(|row| row.name.as_ref());
                own.is_some_and(|own| own.value == name)
            }),
            codes: each_once(listings().filter_map(|row| Some(row.code.as_ref()?.value.clone()))),
            budget: each_once(listings().map(|row| budget(&row.budget_item))),
            sections: entity::sections(library.linked(), names),
            listed: stands.len(),
            again: stands.iter().filter(|stand| stand.is_again()).count(),
            chart: chart(thing, &years),
            differs: years.iter().any(YearCost::differs),
            more_costs: cut(&mut costs),
            costs,
            more_directions: cut(&mut directions),
            directions,
            more_outlines: cut(&mut outlines),
            outlines,
            listings: rows::listings(library, pagination.cut(&stands)),
            pagination,
            table,
        }
    }
}

/// Leaves out what is too much for a page; how many that is.
fn cut<T>(rows: &mut Vec<T>) -> usize {
    let more = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    more
}

fn chart(thing: &Thing, years: &[YearCost]) -> Chart {
    Chart::of_money(&MoneySeries {
        id: "chart-money".to_owned(),
        table: "money".to_owned(),
        name: format!("「{}」の事業費", thing.name()),
        years: years.iter().map(|year| (year.year, year.last())).collect(),
    })
}

/// `一般会計 3-2-1`: 会計, then 款・項・目 with a missing one as a blank place.
fn budget(item: &BudgetItem) -> String {
    let (account, place) = (
        item.account.as_deref().unwrap_or_default(),
        budget_place(item),
    );
    if place.is_empty() {
        return account.to_owned();
    }
    format!("{account} 款-項-目 {place}")
        .trim_start()
        .to_owned()
}

impl Page for ProjectPage {
    const NAME: &'static str = "project";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::samples()
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Year("年度"),
            Column::Amount("事業費"),
            Column::Amount("計算した合計"),
            Column::Text("計画"),
            Column::Year("評価年度"),
            Column::Text("シート"),
            Column::Text("備考"),
        ]);
        table.rows.extend(self.table.iter().flat_map(|cost| {
            cost.parts
                .iter()
                .map(|(amount, sheet)| {
                    vec![
                        cost.year.into(),
                        amount.into(),
                        (&cost.sum).into(),
                        (&sheet.plan).into(),
                        sheet.year.into(),
                        (&sheet.link.text).into(),
                        cost.note().into(),
                    ]
                })
                .collect::<Vec<_>>()
        }));
        Some(table)
    }
}
