//! The money of a plan by year (年次別の事業費): sheets by years with their sums, the projects of each
//! sheet, the printed totals beside the computed ones, and the change from year to year.

use crate::Site;
use crate::asked::Asked;
use crate::chart::Chart;
use crate::error::PageError;
use crate::lookup::document;
use crate::page::{self, Format, Layout, Link, Page};
use crate::table::{Cell, Column, Table};
use crate::view::crumbs::{home, way_to_plan};
use crate::view::money::{self as by_year, ChangeView, change};
use crate::view::pagination::Pagination;
use crate::view::samples::ODD_NAME;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::quantity::{AmountView, YearView};
use meguri_app::read::{Entry, urls, whole};
use meguri_core::calc::total::{agreement, rounding_allowance};
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::Money;
use meguri_core::summary::money;
use serde::Serialize;

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
    /// The change from its first to its last year, in words.
    pub change: String,
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
    let page = MoneyPage::new(entry, one);
    let page = match asked.format {
        Format::Html => page.window(asked.count("from", 1)? as usize),
        Format::Json | Format::Csv | Format::Pdf => page,
    };
    page::answer(&page, asked.format)
}

impl MoneyPage {
    /// The money of a document; with the projects of one sheet, by its number from 1, or of all.
    #[must_use]
    pub fn new(entry: &Entry, one: Option<usize>) -> Self {
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
            .collect();
        let asked = |(index, _): &&(usize, &Sheet)| one.is_none_or(|number| index + 1 == number);
        let sums = |branch: &money::Branch| amounts(branch, &years);
        let address = one.map_or_else(|| urls::money(entry), |no| urls::money_of(entry, no));
        let title = format!("{}の事業費", entry.plan_name());
        Self {
            layout: Layout::new(title, way_to_plan(entry), &address)
                .with_csv(&address)
                .described(format!(
                    "「{}」の年度ごとの事業費と増減、事業の内訳です。",
                    entry.plan_name()
                ))
                .called("事業費"),
            name: entry.plan_name().to_owned(),
            rows: with_money
                .iter()
                .filter(asked)
                .map(|(index, sheet)| {
                    let branch = money::of_sheet(sheet);
                    MoneyRow {
                        sheet: Link::new(urls::sheet(entry, index + 1), sheet.label.clone()),
                        detail: urls::money_of(entry, index + 1),
                        change: first_to_last(&branch),
                        sums: sums(&branch),
                    }
                })
                .collect(),
            whole: sums(&all),
            relisted: all.relisted,
            chart: by_year::chart(&whole, TABLE),
            changes: changes(&all),
            groups: with_money
                .iter()
                .filter(asked)
                .map(|(index, sheet)| group(entry, *index, sheet, &years))
                .collect(),
            pagination: Pagination::default(),
            of_one: one.is_some(),
            all_href: urls::money(entry),
            years: years.into_iter().map(YearView::from).collect(),
        }
    }
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
        let empty = Self {
            layout: Layout::new("見本の計画の事業費", vec![home()], "/plans/midterm/money"),
            name: "見本の計画".to_owned(),
            years: Vec::new(),
            rows: Vec::new(),
            whole: Vec::new(),
            relisted: 0,
            chart: Chart::default(),
            changes: Vec::new(),
            groups: Vec::new(),
            pagination: Pagination::default(),
            of_one: false,
            all_href: String::new(),
        };
        vec![
            ("empty", empty),
            ("states", filled("見本のまちづくり", 3, 2)),
            ("odd-names", filled(ODD_NAME, 2, 1)),
            ("longest", filled(&"長い名前の事業".repeat(6), 24, 5)),
        ]
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Text("種別"),
            Column::Text("シート"),
            Column::Text("事業"),
            Column::Text("区分"),
            Column::Year("年度"),
            Column::Amount("事業費"),
        ]);
        let mut add = |about: [&str; 4], amounts: &[AmountView]| {
            for (year, amount) in self.years.iter().zip(amounts) {
                let mut cells: Vec<Cell> = about.map(Cell::from).to_vec();
                cells.extend([(*year).into(), amount.into()]);
                table.rows.push(cells);
            }
        };
        for row in &self.rows {
            add(["シートの合計", &row.sheet.text, "", ""], &row.sums);
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

fn filled(name: &str, projects: usize, sheets: usize) -> MoneyPage {
    let years = [2021, 2022, 2023, 2024];
    let sums = vec![
        AmountView::sample("1,234千円", 1_234_000),
        AmountView::default(),
        AmountView::sample("0千円", 0),
        AmountView::sample("999,999,999千円", 999_999_999_000),
    ];
    let sheet = Link::new("/plans/midterm/sheets/1", name);
    let row = MoneyRow {
        sheet: sheet.clone(),
        detail: "/plans/midterm/money?sheet=1".to_owned(),
        sums: sums.clone(),
        change: "+998,765千円（+12.3％）".to_owned(),
    };
    let project = ProjectMoney {
        name: name.to_owned(),
        tags: vec!["拡充分".to_owned(), "再掲".to_owned()],
        costs: sums.clone(),
    };
    let group = MoneyGroup {
        sheet,
        rows: vec![project; projects],
        sums: sums.clone(),
        totals: vec![(
            "令和3年度".to_owned(),
            "1,235千円".to_owned(),
            "不一致".to_owned(),
        )],
        allowance: "1.5千円".to_owned(),
    };
    let change = ChangeView {
        years: "令和3年度から令和4年度".to_owned(),
        difference: "-1,234千円".to_owned(),
        percent: "-100.0％".to_owned(),
        steps: vec!["0千円 － 1,234千円 ＝ -1,234千円".to_owned()],
    };
    let bare = ChangeView {
        percent: String::new(),
        ..change.clone()
    };
    MoneyPage {
        layout: Layout::new("見本の計画の事業費", vec![home()], "/plans/midterm/money"),
        name: "見本の計画".to_owned(),
        years: years.map(|year| FiscalYear::new(year).into()).to_vec(),
        rows: vec![row; sheets],
        whole: sums,
        relisted: 2,
        chart: by_year::sample_chart(TABLE),
        changes: vec![change, bare],
        groups: vec![group; sheets],
        pagination: Pagination::default(),
        of_one: true,
        all_href: "/plans/midterm/money".to_owned(),
    }
}
