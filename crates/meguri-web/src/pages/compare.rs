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
    /// What can be compared: key and name of the plan, whether it is chosen.
    pub plans: Vec<(String, String, bool)>,
    /// The years: number, words, whether it is the earlier one, whether it is the later one.
    pub years: Vec<(String, String, bool, bool)>,
    /// Comparisons to begin with, where no years are chosen: the last two of each plan.
    pub ready: Vec<Link>,
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
    let years = year("from")?.zip(year("to")?);
    let sheet = match asked.query("sheet") {
        Some(_) => Some(asked.count("sheet", 0)? as usize),
        None => None,
    };
    let entries = of_plan(&site.library, key);
    if !key.is_empty() && entries.is_empty() {
        return Err(PageError::not_found(urls::COMPARE, "比べる計画を選ぶ"));
    }
    page::answer(
        &ComparePage::new(&site.library, key, years, sheet),
        asked.format,
    )
}

/// The documents of a plan.
fn of_plan<'a>(library: &'a Library, key: &str) -> Vec<&'a Entry> {
    library
        .entries()
        .iter()
        .filter(|entry| entry.document.plan.key == key)
        .collect()
}

/// The document that tells of a year: the one that evaluates it, else one that prints it.
fn telling<'a>(library: &Library, entries: &[&'a Entry], year: FiscalYear) -> Option<&'a Entry> {
    let evaluates = entries.iter().find(|entry| entry.years().contains(&year));
    let prints = || {
        entries
            .iter()
            .find(|entry| library.years_told(entry).contains(&year))
    };
    evaluates.or_else(prints).copied()
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
        let entries = of_plan(library, key);
        let mut page = Self {
            plans: plans(library, key),
            ..Self::default()
        };
        page.years = years(library, asked);
        page.layout = Layout::new("年度の比較", vec![home()], urls::COMPARE)
            .described("計画の二つの年度を選び、評価、指標、事業費、文章の違いを比べます。");
        let (Some(first), Some((from, to))) = (entries.first(), asked) else {
            page.ready = ready(library);
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
        .called("年度の比較");
        let (Some(before), Some(after)) = (
            telling(library, &entries, from),
            telling(library, &entries, to),
        ) else {
            let lacks = if telling(library, &entries, from).is_none() {
                from
            } else {
                to
            };
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
                page.message = format!("{to}の文書に{number}番目のシートはありません。");
                return page;
            };
            page.sheet = Some(Link::new(urls::sheet(after, number), found.label.clone()));
        }
        page.name = first.plan_name().to_owned();
        (page.from, page.to) = (from.to_string(), to.to_string());
        rows::fill(&mut page, (before, from), (after, to), sheet);
        page
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

fn plans(library: &Library, chosen: &str) -> Vec<(String, String, bool)> {
    let mut plans: Vec<(String, String, bool)> = Vec::new();
    for entry in library.entries() {
        let key = &entry.document.plan.key;
        if !plans.iter().any(|(known, _, _)| known == key) {
            plans.push((key.clone(), entry.plan_name().to_owned(), key == chosen));
        }
    }
    plans
}

/// The most comparisons that are offered to begin with.
const READY: usize = 30;

fn ready(library: &Library) -> Vec<Link> {
    let pairs = library.plans().filter_map(|entry| {
        let (from, to) = library.latest_years(entry)?;
        let href = urls::compare(&entry.document.plan.key, from, to, None);
        Some(Link::new(
            href,
            format!("{}：{from}と{to}", entry.plan_name()),
        ))
    });
    pairs.take(READY).collect()
}

/// All years; where none are asked for, the last two are chosen.
fn years(
    library: &Library,
    asked: Option<(FiscalYear, FiscalYear)>,
) -> Vec<(String, String, bool, bool)> {
    let all = library
        .entries()
        .iter()
        .flat_map(|entry| library.years_told(entry));
    let mut years: Vec<FiscalYear> = all.collect();
    years.sort_unstable();
    years.dedup();
    let last = years.last().copied();
    let before_last = years.iter().rev().nth(1).copied().or(last);
    let asked = asked.or(before_last.zip(last));
    years
        .iter()
        .map(|year| {
            let is = |wanted: Option<FiscalYear>| wanted == Some(*year);
            let (from, to) = (asked.map(|(from, _)| from), asked.map(|(_, to)| to));
            (
                year.calendar_year().to_string(),
                year.to_string(),
                is(from),
                is(to),
            )
        })
        .collect()
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
            Column::Figure("前の年度"),
            Column::Figure("後の年度"),
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
            add(["指標の実績", sheet, name], before, after, "");
            let (before, after) = ((&row.rates.0).into(), (&row.rates.1).into());
            let what = "指標の達成率（計算、％）";
            add([what, sheet, name], before, after, row.way);
        }
        for row in &self.new_projects {
            let about = ["新しく載った事業（円）", &row.sheet.text, &row.name];
            add(about, Cell::Empty, (&row.cost).into(), "新規");
        }
        for row in &self.ended_projects {
            let about = ["載らなくなった事業（円）", &row.sheet.text, &row.name];
            add(about, (&row.cost).into(), Cell::Empty, "終了");
        }
        for row in &self.texts {
            let (before, after) = (row.before.join("\n"), row.after.join("\n"));
            add(["文章", "", &row.label], text(&before), text(&after), "");
        }
        Some(table)
    }
}
