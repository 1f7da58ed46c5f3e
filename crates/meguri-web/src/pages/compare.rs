//! Two years of a plan, or of one sheet, beside each other: in words and money.

mod differences;
mod rows;
mod samples;

pub use differences::Piece;
pub use rows::{IndicatorRow, MoneyLine, NodeRow, ProjectRow, StateRow, TextRow};

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Layout, Link, Page};
use crate::table::{Cell, Column, Table};
use crate::view::crumbs::{home, way_to_plan};
use crate::view::money::ChangeView;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, Library, urls};
use meguri_core::fiscal_year::FiscalYear;
use serde::Serialize;

/// The page.
#[derive(Debug, Default, Serialize, Template)]
#[template(path = "compare.html")]
pub struct ComparePage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The plans that have two years, each with its newest comparison, and whether it is shown.
    pub plans: Vec<(Link, bool)>,
    /// The years next to each other of which the plan tells, the newest first, and whether they are
    /// shown.
    pub pairs: Vec<(Link, bool)>,
    /// Why there is nothing to compare; empty where there is.
    pub message: String,
    /// What is compared; empty where nothing is.
    pub name: String,
    /// The earlier year.
    pub from: String,
    /// The later year.
    pub to: String,
    /// The one sheet that is compared; nothing where all are.
    pub sheet: Option<Link>,
    /// New, gone, renamed and moved nodes.
    pub nodes: Vec<NodeRow>,
    /// Judgements of both years.
    pub states: Vec<StateRow>,
    /// Indicators of both years.
    pub indicators: Vec<IndicatorRow>,
    /// What the money is called.
    pub amount: String,
    /// Why projects or money are not compared; empty where they are.
    pub notes: Vec<String>,
    /// How many more indicators there are.
    pub more_indicators: usize,
    /// New projects.
    pub new_projects: Vec<ProjectRow>,
    /// Ended projects.
    pub ended_projects: Vec<ProjectRow>,
    /// How many more projects there are.
    pub more_projects: usize,
    /// The money of each sheet.
    pub money: Vec<MoneyLine>,
    /// The money of all, each project once; nothing where a year has none.
    pub whole: Option<ChangeView>,
    /// Texts that differ, with one sheet.
    pub texts: Vec<TextRow>,
}

/// `GET /compare`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let key = asked.query("plan").unwrap_or_default();
    let year = |name: &str| -> Result<Option<FiscalYear>, PageError> {
        let wrong =
            || PageError::Invalid("年度は「2024」のように西暦で指定してください。".to_owned());
        match asked.query(name) {
            Some(text) => FiscalYear::parse(text).map(Some).ok_or_else(wrong),
            None => Ok(None),
        }
    };
    let mut years = year("from")?.zip(year("to")?);
    let sheet = match asked.query("sheet") {
        Some(_) => Some(asked.count("sheet", 0)? as usize),
        None => None,
    };
    let known = site.library.entries().iter();
    let known = { known }.any(|entry| entry.document.plan.key == key);
    if !key.is_empty() && !known {
        return Err(PageError::not_found(urls::COMPARE, "比べる計画を選ぶ"));
    }
    let newest = site.library.newest_pair();
    let key = match newest {
        // Nobody chose: what most people ask for.
        Some((plan, from, to)) if key.is_empty() => {
            years = years.or(Some((from, to)));
            plan
        }
        _ => key,
    };
    let pairs = site.library.pairs(key);
    let years = years.or(pairs.first().copied());
    let page = ComparePage::new(&site.library, key, years, sheet);
    page::answer(&page.at_own_address(asked.query("plan")), asked.format)
}

impl ComparePage {
    /// Two years of a plan; `sheet` is a number from 1 in the document of the later year.
    #[must_use]
    pub fn new(
        library: &Library,
        key: &str,
        asked: Option<(FiscalYear, FiscalYear)>,
        sheet: Option<usize>,
    ) -> Self {
        let of_plan = |entry: &&Entry| entry.document.plan.key == key;
        let first = library.entries().iter().find(of_plan);
        let mut page = Self {
            plans: plans(library, key),
            pairs: pairs(library, key, asked),
            ..Self::default()
        };
        page.layout = Layout::new("前年度との比較", vec![home()], urls::COMPARE)
            .described("計画の二つの年度の、評価、指標、事業費、文章の違いを比べます。");
        let (Some(first), Some((from, to))) = (first, asked) else {
            page.message = "二つの年度の記載がある計画は、まだありません。".to_owned();
            return page;
        };
        page.layout = Layout::new(
            format!("{}：{from}と{to}の比較", first.plan_name()),
            way_to_plan(first),
            &urls::compare(key, from, to, sheet),
        )
        .with_csv(&urls::compare(key, from, to, sheet))
        .described(format!(
            "「{}」の{from}と{to}の、体系、評価、指標、事業費、文章の違いです。",
            first.plan_name()
        ))
        .called("前年度との比較");
        let telling = |year| library.telling(key, year);
        let (Some(before), Some(after)) = (telling(from), telling(to)) else {
            let lacks = if telling(from).is_none() { from } else { to };
            page.message = format!(
                "「{}」には{lacks}の記載がありません。ほかの年度を選んでください。",
                first.plan_name()
            );
            return page;
        };
        if from == to {
            page.message = "同じ年度が指定されています。異なる年度を選んでください。".to_owned();
            return page;
        }
        if let Some(number) = sheet {
            let Some(found) = after.sheet(number) else {
                page.message = format!("{to}の資料に、指定された施策などはありません。");
                return page;
            };
            page.sheet = Some(Link::new(urls::sheet(after, number), found.label.clone()));
        }
        page.name = first.plan_name().to_owned();
        (page.from, page.to) = (from.to_string(), to.to_string());
        rows::fill(&mut page, (before, from), (after, to), sheet);
        page
    }

    /// The same with the address of the page of comparisons, where no plan was chosen.
    fn at_own_address(mut self, plan: Option<&str>) -> Self {
        if plan.is_none() {
            let table = self.layout.csv.is_empty();
            let layout = std::mem::take(&mut self.layout);
            let own = Layout::new("前年度との比較", vec![home()], urls::COMPARE);
            let own = if table {
                own
            } else {
                own.with_csv(urls::COMPARE)
            };
            self.layout = own.described(layout.description);
        }
        self
    }

    /// Has any sheet money in both years?
    #[must_use]
    pub fn compares_money(&self) -> bool {
        self.money
            .iter()
            .any(|row| !row.before.is_empty() && !row.after.is_empty())
    }

    /// How many judgements went which way, in words.
    #[must_use]
    pub fn ways(&self) -> String {
        let count = |word: &str| self.states.iter().filter(|row| row.way == word).count();
        let words = ["向上", "同じ", "低下", "変更"].map(|word| (word, count(word)));
        let said = words.iter().filter(|(_, count)| *count > 0);
        said.map(|(word, count)| format!("{word}{count}件"))
            .collect::<Vec<_>>()
            .join("、")
    }
}

/// The most pairs of years that are offered.
const PAIRS: usize = 30;

/// The plans that have two years, each with its newest comparison.
fn plans(library: &Library, chosen: &str) -> Vec<(Link, bool)> {
    let plans = library.plans().filter_map(|entry| {
        let key = entry.document.plan.key.as_str();
        let (from, to) = library.pairs(key).first().copied()?;
        let href = urls::compare(key, from, to, None);
        Some((Link::new(href, entry.plan_name()), key == chosen))
    });
    plans.collect()
}

/// The pairs of a plan, and which of them is shown.
fn pairs(
    library: &Library,
    key: &str,
    asked: Option<(FiscalYear, FiscalYear)>,
) -> Vec<(Link, bool)> {
    let pairs = library.pairs(key).into_iter().take(PAIRS);
    let pairs = pairs.map(|(from, to)| {
        let href = urls::compare(key, from, to, None);
        let link = Link::new(href, format!("{from}と{to}"));
        (link, asked == Some((from, to)))
    });
    pairs.collect()
}

impl Page for ComparePage {
    const NAME: &'static str = "compare";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::samples()
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Text("種別"),
            Column::Text("名称"),
            Column::Text("項目"),
            Column::Figure("比較する年度（前）"),
            Column::Figure("比較する年度（後）"),
            Column::Text("変化"),
        ]);
        let mut add = |about: [&str; 3], before: Cell, after: Cell, way: &str| {
            let mut row: Vec<Cell> = about.map(Cell::from).to_vec();
            row.extend([before, after, way.into()]);
            table.rows.push(row);
        };
        let text = |text: &str| Cell::Figure(text.to_owned(), None);
        for row in &self.nodes {
            let (before, after) = (text(&row.before), text(&row.after));
            add(["体系", "", &row.level], before, after, row.word);
        }
        for row in &self.states {
            let (before, after) = (text(&row.before), text(&row.after));
            add(
                ["評価", &row.sheet.text, &row.label],
                before,
                after,
                row.way,
            );
        }
        for row in &self.money {
            let (before, after) = ((&row.before).into(), (&row.after).into());
            add(
                ["事業費", &row.sheet.text, "円"],
                before,
                after,
                &row.change,
            );
        }
        for row in &self.indicators {
            let (sheet, name) = (&row.sheet.text, row.label.as_str());
            let (before, after) = ((&row.actuals.0).into(), (&row.actuals.1).into());
            add(["指標の実績", sheet, name], before, after, row.way);
            let (before, after) = ((&row.rates.0).into(), (&row.rates.1).into());
            let what = "指標の達成率（計算、％）";
            add([what, sheet, name], before, after, &row.relation);
        }
        for row in &self.new_projects {
            let about = ["新たに掲載された事業（円）", &row.sheet.text, &row.name];
            add(about, Cell::Empty, (&row.cost).into(), "新規");
        }
        for row in &self.ended_projects {
            let about = ["掲載がなくなった事業（円）", &row.sheet.text, &row.name];
            add(about, (&row.cost).into(), Cell::Empty, "終了");
        }
        for row in &self.texts {
            let (before, after) = (row.before.join("\n"), row.after.join("\n"));
            add(["文章", "", &row.label], text(&before), text(&after), "");
        }
        Some(table)
    }
}
