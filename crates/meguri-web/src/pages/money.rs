//! The money of a plan by year (年次別の事業費): sheets by years with their sums, the projects of each
//! sheet, the printed totals beside the computed ones, and the change from year to year.

mod order;
mod samples;

pub use order::Order;

use crate::Site;
use crate::asked::Asked;
use crate::chart::Chart;
use crate::error::PageError;
use crate::lookup::document;
use crate::page::{self, Format, Layout, Link, Page};
use crate::table::{Cell, Column, Table};
use crate::view::crumbs::way_to_plan;
use crate::view::money::{self as by_year, AmountLine, ChangeView, change};
use crate::view::pagination::Pagination;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::quantity::{AmountView, YearView};
use meguri_app::read::{Entry, Library, urls, whole};
use meguri_core::calc::rounding::Rounding;
use meguri_core::calc::total::{agreement, rounding_allowance};
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::Money;
use meguri_core::summary::money;
use serde::Serialize;
use std::cmp::Reverse;

/// With more projects than this, they are shown sheet by sheet: a phone shows few rows at a time.
const PROJECTS: usize = 30;

/// Rows of a table on one page.
const ROWS: usize = 50;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "money.html")]
pub struct MoneyPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The plan's name.
    pub name: String,
    /// The years.
    pub years: Vec<YearView>,
    /// What the amounts are called: `事業費（計画額）`.
    pub amount: String,
    /// The sums of all, year by year, in words and as printed.
    pub totals: Vec<AmountLine>,
    /// The year whose shares are told; none where no year has money.
    pub shown: YearView,
    /// The orders to choose from, and which one is shown.
    pub orders: Vec<(Link, bool)>,
    /// The money of other plans.
    pub others: Vec<Link>,
    /// One row a sheet.
    pub rows: Vec<MoneyRow>,
    /// All together, each project once.
    pub whole: Vec<AmountView>,
    /// Rows that are counted in an earlier place.
    pub relisted: usize,
    /// The whole by year; without height where fewer than two years have money.
    #[serde(skip)]
    pub chart: Chart,
    /// The change of the whole from year to year.
    pub changes: Vec<ChangeView>,
    /// The projects: of all sheets, or of the one asked for.
    pub groups: Vec<MoneyGroup>,
    /// Which rows are shown: of the sheets, or of the projects of the one asked for.
    #[serde(skip)]
    pub pagination: Pagination,
    /// Is only one sheet asked for?
    pub of_one: bool,
    /// The page with all sheets.
    pub all_href: String,
}

/// One sheet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MoneyRow {
    /// Its page.
    pub sheet: Link,
    /// Its projects.
    pub detail: String,
    /// Its sums, one a year; empty where nothing is printed.
    pub sums: Vec<AmountView>,
    /// About how much the shown year is; empty where that year has nothing.
    pub about: String,
    /// How many percent of the whole that is; empty where it cannot be said.
    pub share: String,
    /// The same as the width of a bar, from 0 to 100.
    #[serde(skip)]
    pub bar: u32,
    /// The change from its first to its last year, in words.
    pub change: String,
    /// The amount of the shown year and the difference over the years, for the order.
    #[serde(skip)]
    pub rank: (Option<i64>, Option<i64>),
}

/// The projects of one sheet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MoneyGroup {
    /// Its page.
    pub sheet: Link,
    /// Its projects.
    pub rows: Vec<ProjectMoney>,
    /// Their sums, one a year.
    pub sums: Vec<AmountView>,
    /// Printed totals with how they agree: year, total, agreement.
    pub totals: Vec<(String, String, String)>,
    /// By how much rounding may move a total.
    pub allowance: String,
}

/// One project.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProjectMoney {
    /// Its name.
    pub name: String,
    /// Marks behind the name, 再掲 too.
    pub tags: Vec<String>,
    /// Its costs, one a year; empty where nothing is printed.
    pub costs: Vec<AmountView>,
}

impl ProjectMoney {
    fn short(&self) -> String {
        whole::name(&self.name)
    }
}

/// `GET /plans/{plan}/money`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let entry = document(&site, &asked)?;
    let one = match asked.query("sheet") {
        Some(_) => Some(asked.count("sheet", 0)? as usize),
        None => None,
    };
    if one.is_some_and(|number| entry.sheet(number).is_none()) {
        return Err(PageError::not_found(
            urls::money(entry),
            "すべての事業費を見る",
        ));
    }
    let order = Order::of(asked.query("sort").unwrap_or_default());
    let page = MoneyPage::new(&site.library, entry, one, order);
    let page = match asked.format {
        Format::Html => page.window(asked.count("from", 1)? as usize),
        _ => page,
    };
    page::answer(&page, asked.format)
}

impl MoneyPage {
    /// The money of a document; with the projects of one sheet, by its number from 1, or of all.
    #[must_use]
    pub fn new(library: &Library, entry: &Entry, one: Option<usize>, order: Order) -> Self {
        let whole = whole::of(entry);
        let all = money::by_top(&whole).whole;
        let years = by_year::years(&whole);
        let with_money: Vec<(usize, &Sheet)> = whole
            .sheets
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, sheet)| {
                sheet
                    .listings
                    .iter()
                    .any(|listing| !listing.costs.is_empty())
            })
            .filter(|(index, _)| one.is_none_or(|number| index + 1 == number))
            .collect();
        let shown = shown(entry, &years);
        let word = entry.amount_word();
        let mut rows: Vec<MoneyRow> = with_money
            .iter()
            .map(|(index, sheet)| row(entry, *index, sheet, &years, shown, &all))
            .collect();
        match order {
            Order::Plan => {}
            Order::Amount => rows.sort_by_key(|row| Reverse(row.rank.0)),
            Order::Change => rows.sort_by_key(|row| Reverse(row.rank.1.map(i64::unsigned_abs))),
        }
        let base = one.map_or_else(|| urls::money(entry), |no| urls::money_of(entry, no));
        let address = match order.key() {
            "" => base.clone(),
            key => urls::with_query(&urls::money(entry), &[("sort", key)]),
        };
        Self {
            layout: layout(entry, &word, &address),
            name: entry.plan_name().to_owned(),
            totals: known(&all)
                .into_iter()
                .map(|(year, sum)| AmountLine::new(&word, year, sum))
                .collect(),
            amount: word,
            shown: shown.into(),
            orders: if one.is_none() && rows.len() > 1 {
                order::links(entry, order)
            } else {
                Vec::new()
            },
            others: others(library, entry),
            rows,
            whole: amounts(&all, &years),
            relisted: all.relisted,
            chart: by_year::chart(&whole, TABLE),
            changes: changes(&all),
            groups: with_money
                .iter()
                .map(|(index, sheet)| group(entry, *index, sheet, &years))
                .collect(),
            pagination: Pagination::default(),
            of_one: one.is_some(),
            all_href: urls::money(entry),
            years: years.into_iter().map(YearView::from).collect(),
        }
    }
}

fn layout(entry: &Entry, word: &str, address: &str) -> Layout {
    Layout::new(
        format!("{}の{word}", entry.titled()),
        way_to_plan(entry),
        address,
    )
    .with_csv(address)
    .described(format!(
        "「{}」の年度ごとの{word}と、全体に占める割合、増減、事業の内訳です。",
        entry.titled()
    ))
    .called("事業費")
}

/// The year whose shares are told: the evaluated one, else the last.
fn shown(entry: &Entry, years: &[FiscalYear]) -> Option<FiscalYear> {
    let own = entry.years().last().filter(|year| years.contains(year));
    own.or(years.last()).copied()
}

fn row(
    entry: &Entry,
    index: usize,
    sheet: &Sheet,
    years: &[FiscalYear],
    shown: Option<FiscalYear>,
    all: &money::Branch,
) -> MoneyRow {
    let branch = money::of_sheet(sheet);
    let of_year =
        |branch: &money::Branch| -> Option<Money> { branch.years.get(&shown?)?.value().copied() };
    let (own, whole) = (of_year(&branch), of_year(all));
    let share = own
        .zip(whole)
        .and_then(|(own, whole)| money::percent_of(own, whole, Rounding::one_decimal()));
    let known = known(&branch);
    let ends = known.first().zip(known.last()).filter(|(a, b)| a.0 != b.0);
    let difference = ends.and_then(|(a, b)| b.1.yen.checked_sub(a.1.yen));
    MoneyRow {
        sheet: Link::new(urls::sheet(entry, index + 1), sheet.label.clone()),
        detail: urls::money_of(entry, index + 1),
        change: first_to_last(&branch),
        sums: amounts(&branch, years),
        about: own.map_or_else(String::new, Money::about),
        share: share.map_or_else(String::new, |share| format!("{share}％")),
        bar: share
            .and_then(|share| u32::try_from(share.round()).ok())
            .map_or(0, |bar| bar.min(100)),
        rank: (own.map(|own| own.yen), difference),
    }
}

/// The money of the other plans that have any.
fn others(library: &Library, entry: &Entry) -> Vec<Link> {
    let others = library
        .plans()
        .filter(|other| other.key != entry.key && whole::has_money(&whole::of(other)));
    others
        .map(|other| {
            let words = format!("{}の{}", other.titled(), other.amount_word());
            Link::new(urls::money(other), words)
        })
        .collect()
}

impl MoneyPage {
    /// Keeps the rows from one on, as many as a page has place for: the sheets, with their projects
    /// where these are few; or the projects of the one sheet asked for. Sums stay.
    #[must_use]
    pub fn window(mut self, from: usize) -> Self {
        let projects: usize = self.groups.iter().map(|group| group.rows.len()).sum();
        let address = self.layout.address.clone();
        let pagination = |count: usize| {
            Pagination::of(count, from, ROWS, |from| {
                let sign = if address.contains('?') { '&' } else { '?' };
                format!("{address}{sign}from={from}")
            })
        };
        if let (true, Some(group)) = (self.of_one, self.groups.first_mut()) {
            self.pagination = pagination(group.rows.len());
            group.rows = self.pagination.cut(&group.rows).to_vec();
        } else {
            self.pagination = pagination(self.rows.len());
            self.rows = self.pagination.cut(&self.rows).to_vec();
            if projects > PROJECTS {
                self.groups.clear();
            }
        }
        self
    }
}

/// The id of the table of sheets and years.
const TABLE: &str = "years";

fn amounts(branch: &money::Branch, years: &[FiscalYear]) -> Vec<AmountView> {
    let of_year = |year: &FiscalYear| {
        let sum = branch.years.get(year).and_then(|sum| sum.value());
        sum.copied().into()
    };
    years.iter().map(of_year).collect()
}

/// The sums of a branch that there are, in the order of years.
fn known(branch: &money::Branch) -> Vec<(FiscalYear, Money)> {
    let sums = branch.years.iter();
    sums.filter_map(|(year, sum)| Some((*year, *sum.value()?)))
        .collect()
}

fn changes(branch: &money::Branch) -> Vec<ChangeView> {
    let known = known(branch);
    let pairs = known.iter().zip(known.iter().skip(1));
    pairs
        .filter_map(|(before, after)| change(*before, *after))
        .collect()
}

fn first_to_last(branch: &money::Branch) -> String {
    let known = known(branch);
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return String::new();
    };
    if first.0 == last.0 {
        return String::new();
    }
    let change = change(*first, *last);
    change.map_or_else(String::new, |change| match change.percent.as_str() {
        "" => change.difference,
        percent => format!("{}（{percent}）", change.difference),
    })
}

fn group(entry: &Entry, index: usize, sheet: &Sheet, years: &[FiscalYear]) -> MoneyGroup {
    let main: Vec<_> = sheet
        .listings
        .iter()
        .filter(|listing| listing.table == 0)
        .collect();
    let rows = main.iter().map(|listing| {
        let mut tags: Vec<String> = listing.tags.iter().map(|tag| tag.value.clone()).collect();
        if listing.relisted && !tags.iter().any(|tag| tag.contains("再掲")) {
            tags.push("再掲".to_owned());
        }
        let cost = |year: &FiscalYear| {
            let cost = listing.costs.iter().find(|cost| cost.year == *year);
            cost.map(|cost| cost.money.value).into()
        };
        ProjectMoney {
            name: listing.label(),
            tags,
            costs: years.iter().map(cost).collect(),
        }
    });
    let branch = money::of_sheet(sheet);
    let totals = sheet
        .totals
        .iter()
        .filter(|total| total.table == 0)
        .map(|total| {
            let year = total.year.or(sheet.year);
            let computed = year.and_then(|year| branch.years.get(&year)?.value().copied());
            let words = computed.map_or("計算なし", |computed| {
                agreement(total.money.value, computed, main.len()).label()
            });
            let year = year.map_or_else(String::new, |year| year.to_string());
            (year, total.money.value.to_string(), words.to_owned())
        });
    let unit = known(&branch).first().map(|(_, sum)| sum.unit);
    let allowance = unit.map(|unit| rounding_allowance(main.len(), unit));
    MoneyGroup {
        sheet: Link::new(urls::sheet(entry, index + 1), sheet.label.clone()),
        rows: rows.collect(),
        sums: amounts(&branch, years),
        totals: totals.collect(),
        allowance: allowance.map_or_else(String::new, |allowance| allowance.to_string()),
    }
}

impl Page for MoneyPage {
    const NAME: &'static str = "money";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::samples()
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Text("種別"),
            Column::Text("施策など"),
            Column::Text("事業"),
            Column::Text("区分"),
            Column::Year("年度"),
            Column::Text("金額の種類"),
            Column::Amount("事業費"),
        ]);
        let mut add = |about: [&str; 4], amounts: &[AmountView]| {
            for (year, amount) in self.years.iter().zip(amounts) {
                let mut cells: Vec<Cell> = about.map(Cell::from).to_vec();
                cells.extend([(*year).into(), (&self.amount).into(), amount.into()]);
                table.rows.push(cells);
            }
        };
        for row in &self.rows {
            add(["施策などの合計", &row.sheet.text, "", ""], &row.sums);
        }
        add(["全体（各事業1回）", "", "", ""], &self.whole);
        for (group, row) in self
            .groups
            .iter()
            .flat_map(|g| g.rows.iter().map(move |r| (g, r)))
        {
            add(
                ["事業", &group.sheet.text, &row.name, &row.tags.join("、")],
                &row.costs,
            );
        }
        Some(table)
    }
}
