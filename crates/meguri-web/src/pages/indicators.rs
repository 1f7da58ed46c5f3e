//! All indicators, by name.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::table::{Cell, Column, Table};
use crate::view::choice::Choice;
use crate::view::crumbs::home;
use crate::view::entity;
use crate::view::pagination::{self, Pagination};
use crate::view::samples::ODD_NAME;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::quantity::{FigureView, YearView};
use meguri_app::read::{Library, Stand, Thing, urls};
use meguri_core::links::Kind;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "indicators.html")]
pub struct IndicatorsPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The plans to choose from.
    pub plans: Vec<Choice>,
    /// The indicators shown.
    pub indicators: Vec<IndicatorRow>,
    /// Which of them are shown.
    #[serde(rename = "leaf")]
    pub pagination: Pagination,
    /// All that the filter leaves, for the table.
    #[serde(skip)]
    pub table: Vec<IndicatorRow>,
}

/// One indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IndicatorRow {
    /// Its name with its page.
    pub link: Link,
    /// Its unit.
    pub unit: String,
    /// The plans that have it.
    pub plans: Vec<String>,
    /// The latest actual; empty where there is none.
    pub actual: FigureView,
    /// Its year.
    pub year: YearView,
}

/// `GET /indicators`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let plan = asked.query("plan").unwrap_or_default();
    let from = asked.count("from", 1)? as usize;
    page::answer(
        &IndicatorsPage::new(&site.library, plan, from, asked.format),
        asked.format,
    )
}

impl IndicatorsPage {
    /// The indicators of a plan, or all where its key is empty, from one on; the table is filled
    /// where it is asked for.
    #[must_use]
    pub fn new(library: &Library, plan: &str, from: usize, format: Format) -> Self {
        let of_plan = library.in_plan(plan);
        let fits = |thing: &&Thing| thing.places.iter().any(&of_plan);
        let mut all: Vec<&Thing> = library.linked().all(Kind::Indicator).filter(fits).collect();
        all.sort_by_key(|thing| thing.rank);
        let address = |from: usize| {
            urls::with_query(
                urls::INDICATORS,
                &[("plan", plan), ("from", &urls::from(from))],
            )
        };
        let whole = if format == Format::Csv {
            all.as_slice()
        } else {
            &[]
        };
        let pagination = Pagination::new(all.len(), from, address);
        Self {
            layout: Layout::new("指標一覧", vec![home()], &address(from))
                .with_csv(&address(from))
                .described(format!(
                    "計画に載っている指標{}件の一覧です。",
                    pagination.count
                )),
            plans: Choice::plans(library, plan),
            indicators: pagination
                .cut(&all)
                .iter()
                .map(|thing| row(library, thing))
                .collect(),
            pagination,
            table: whole.iter().map(|thing| row(library, thing)).collect(),
        }
    }
}

fn row(library: &Library, thing: &Thing) -> IndicatorRow {
    let stands: Vec<Stand<'_>> = library.stands(thing).collect();
    let indicators = || stands.iter().rev().filter_map(Stand::indicator);
    let unit = indicators().find_map(|one| Some(one.unit.as_ref()?.value.clone()));
    let actuals = indicators().flat_map(|one| &one.actuals);
    // Of equal years the first is kept, which is that of the newest paper.
    let latest = actuals.reduce(|best, one| if one.year > best.year { one } else { best });
    IndicatorRow {
        link: Link::new(urls::indicator(thing.id), thing.name()),
        unit: unit.unwrap_or_default(),
        plans: entity::plans(stands.iter()),
        actual: latest.map_or_else(FigureView::default, |actual| (&actual.figure.value).into()),
        year: latest.map(|actual| actual.year).into(),
    }
}

impl Page for IndicatorsPage {
    const NAME: &'static str = "indicators";

    fn samples() -> Vec<(&'static str, Self)> {
        let of = |name: &str, count: usize| {
            let row = |n: usize| IndicatorRow {
                link: Link::new("/indicators/1", name),
                unit: if n.is_multiple_of(2) {
                    "か所".to_owned()
                } else {
                    String::new()
                },
                plans: vec!["見本の計画".to_owned(), "見本の評価".to_owned()],
                actual: FigureView::parse(if n.is_multiple_of(2) { "8" } else { "" }),
                year: YearView::sample(),
            };
            let plan = "見本の計画".to_owned();
            Self {
                layout: Layout::new("指標一覧", vec![home()], urls::INDICATORS),
                plans: vec![Choice {
                    value: plan.clone(),
                    text: plan,
                    chosen: true,
                }],
                indicators: (0..count).map(row).collect(),
                pagination: Pagination::new(count * 3, 1, |from| {
                    format!("/indicators?from={from}")
                }),
                table: Vec::new(),
            }
        };
        let long = "とても長い名前の指標".repeat(12);
        vec![
            ("empty", of("", 0)),
            ("states", of(ODD_NAME, 2)),
            ("longest", of(&long, pagination::A_PAGE)),
        ]
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Number("番号"),
            Column::Text("指標"),
            Column::Text("単位"),
            Column::Text("計画"),
            Column::Year("最新の実績の年度"),
            Column::Figure("最新の実績"),
        ]);
        table.rows.extend(self.table.iter().map(|row| {
            vec![
                Cell::Number(entity::id_of(&row.link)),
                (&row.link.text).into(),
                (&row.unit).into(),
                row.plans.join("、").into(),
                row.year.into(),
                (&row.actual).into(),
            ]
        }));
        Some(table)
    }
}
