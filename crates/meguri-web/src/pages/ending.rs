//! Projects that are to end or to become smaller, over all plans, those that end first.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::table::{Column, Table};
use crate::view::choice::Choice;
use crate::view::crumbs::home;
use crate::view::entity;
use crate::view::pagination::{self, Pagination};
use crate::view::samples::ODD_NAME;
use crate::view::state::{self, StateView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::notable::EndingAt;
use meguri_app::read::quantity::{AmountView, YearView};
use meguri_app::read::{Library, urls, whole};
use meguri_core::links::Kind;
use meguri_core::summary::notable::tells_ending;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "ending.html")]
pub struct EndingPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The plans that can say it, to choose from.
    pub plans: Vec<Choice>,
    /// How many have which value.
    pub counts: Vec<(StateView, usize)>,
    /// The projects.
    pub rows: Vec<EndingRow>,
    /// Which of them are shown.
    #[serde(rename = "leaf")]
    pub pagination: Pagination,
    /// All of them, for the table.
    #[serde(skip)]
    pub table: Vec<EndingRow>,
}

/// One project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EndingRow {
    /// Its name with its page; without address where it has none.
    pub project: Link,
    /// What is said of it.
    pub state: StateView,
    /// What that is called, with the year that it is for.
    pub axis: String,
    /// 担当課, each with its page where it has one.
    pub sections: Vec<Link>,
    /// What its money is called.
    pub amount: String,
    /// The year of the money.
    pub year: YearView,
    /// Its money; empty where the paper has none.
    pub money: AmountView,
    /// The sheet that lists it.
    pub sheet: Link,
    /// Its plan with the year.
    pub plan: String,
}

/// `GET /ending`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let plan = asked.query("plan").unwrap_or_default();
    let from = asked.count("from", 1)? as usize;
    page::answer(
        &EndingPage::new(&site.library, plan, from, asked.format),
        asked.format,
    )
}

/// Sections that a row names.
const SECTIONS: usize = 6;

impl EndingPage {
    /// The projects of a plan, or of all where its key is empty, from one on; the table is filled
    /// where it is asked for.
    #[must_use]
    pub fn new(library: &Library, plan: &str, from: usize, format: Format) -> Self {
        let of_plan = |one: &&EndingAt| {
            let entry = library.entries().get(one.entry);
            plan.is_empty() || entry.is_some_and(|entry| entry.key == plan)
        };
        let mut all: Vec<&EndingAt> = library.notable().ending.iter().filter(of_plan).collect();
        all.sort_by_key(|one| one.means);
        let address = |from: usize| {
            urls::with_query(urls::ENDING, &[("plan", plan), ("from", &urls::from(from))])
        };
        let pagination = Pagination::new(all.len(), from, address);
        let whole = if format == Format::Csv {
            all.as_slice()
        } else {
            &[]
        };
        let rows = |all: &[&EndingAt]| -> Vec<EndingRow> {
            all.iter().filter_map(|one| row(library, one)).collect()
        };
        let telling = library
            .plans()
            .filter(|entry| tells_ending(whole::scheme(entry)));
        let plans: Vec<Choice> = telling
            .map(|entry| Choice::new(&entry.key, &entry.titled(), plan))
            .collect();
        Self {
            layout: Layout::new("廃止・縮小する事業", vec![home()], &address(from))
                .with_csv(&address(from))
                .described(format!(
                    "すべての計画で、廃止または縮小するとされた事業{}件の、担当課、事業費、関係する施策です。",
                    all.len()
                )),
            plans,
            counts: counts(library, &all),
            rows: rows(pagination.cut(&all)),
            pagination,
            table: rows(whole),
        }
    }

    /// What the directions are called, where all rows shown have one name for them.
    #[must_use]
    pub fn axis(&self) -> &str {
        let first = self.rows.first().map_or("", |row| row.axis.as_str());
        if self.rows.iter().all(|row| row.axis == first) && !first.is_empty() {
            first
        } else {
            "動向"
        }
    }
}

fn counts(library: &Library, all: &[&EndingAt]) -> Vec<(StateView, usize)> {
    let mut counts: Vec<(StateView, usize)> = Vec::new();
    for one in all {
        let Some(entry) = library.entries().get(one.entry) else {
            continue;
        };
        let state = state::directed(entry, &one.axis, &one.value);
        match counts.iter_mut().find(|(known, _)| *known == state) {
            Some((_, count)) => *count += 1,
            None => counts.push((state, 1)),
        }
    }
    counts
}

fn row(library: &Library, one: &EndingAt) -> Option<EndingRow> {
    let entry = library.entries().get(one.entry)?;
    let sheet = entry.sheet(one.number)?;
    let listing = sheet.listings.get(one.item)?;
    let page = library
        .linked()
        .on_sheet(Kind::Project, entry, one.number, one.item);
    let own = match listing.sections.as_slice() {
        [] => &sheet.sections,
        own => own,
    };
    let names = own.iter().map(|name| name.value.as_str());
    let mut sections = entity::sections(library.linked(), names);
    sections.truncate(SECTIONS);
    let of_year = listing
        .costs
        .iter()
        .find(|cost| Some(cost.year) == sheet.year);
    let cost = of_year.or(listing.costs.last());
    Some(EndingRow {
        project: Link::new(
            page.map_or_else(String::new, urls::project),
            listing.label(),
        ),
        state: state::directed(entry, &one.axis, &one.value),
        axis: entry.axis_word(&one.axis, sheet.year),
        sections,
        amount: entry.amount_word(),
        year: cost.map(|cost| cost.year).into(),
        money: cost.map(|cost| cost.money.value).into(),
        sheet: Link::new(urls::sheet(entry, one.number), &sheet.label),
        plan: entry.titled(),
    })
}

impl Page for EndingPage {
    const NAME: &'static str = "ending";

    fn samples() -> Vec<(&'static str, Self)> {
        let of = |name: &str, count: usize| {
            let state = StateView {
                sign: "×".to_owned(),
                value: "廃止".to_owned(),
                means: "ends",
            };
            let row = EndingRow {
                project: Link::new("/projects/1", name),
                state: state.clone(),
                axis: "来年度の動向（令和7年度）".to_owned(),
                sections: vec![Link::new("/sections/1", name)],
                amount: "事業費（決算額）".to_owned(),
                year: YearView::sample(),
                money: AmountView::sample("1,234千円", 1_234_000),
                sheet: Link::new("/sheets/1", name),
                plan: "見本の計画（令和6年度）".to_owned(),
            };
            let bare = EndingRow {
                project: Link::new("", name),
                sections: Vec::new(),
                year: YearView::default(),
                money: AmountView::default(),
                axis: "予算".to_owned(),
                ..row.clone()
            };
            Self {
                layout: Layout::new("廃止・縮小する事業", vec![home()], urls::ENDING),
                plans: vec![Choice::new("evaluation", name, ""); 2],
                counts: vec![(state, count)],
                rows: (0..count)
                    .map(|n| if n == 1 { bare.clone() } else { row.clone() })
                    .collect(),
                pagination: Pagination::new(count * 2, 1, |from| format!("/ending?from={from}")),
                table: Vec::new(),
            }
        };
        vec![
            ("empty", of("", 0)),
            ("states", of(ODD_NAME, 2)),
            (
                "longest",
                of(&"長い名前の事業".repeat(14), pagination::A_PAGE),
            ),
        ]
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Text("計画"),
            Column::Text("事業"),
            Column::Text("区分"),
            Column::Text("動向"),
            Column::Text("担当課"),
            Column::Text("金額の種類"),
            Column::Year("年度"),
            Column::Amount("事業費"),
            Column::Text("施策など"),
        ]);
        table.rows.extend(self.table.iter().map(|row| {
            let sections: Vec<&str> = row.sections.iter().map(|s| s.text.as_str()).collect();
            vec![
                (&row.plan).into(),
                (&row.project.text).into(),
                (&row.axis).into(),
                (&row.state.value).into(),
                sections.join("、").into(),
                (&row.amount).into(),
                row.year.into(),
                (&row.money).into(),
                (&row.sheet.text).into(),
            ]
        }));
        Some(table)
    }
}
