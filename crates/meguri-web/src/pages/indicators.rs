//! All indicators, by name: target, actual, reached or not, and how they moved.

use crate::Site;
use crate::asked::Asked;
use crate::chart::spark::Spark;
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
use meguri_app::read::{Library, Stand, Thing, urls, whole};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::Kind;
use meguri_core::money::with_commas;
use meguri_core::plan::{YearFigure, indicator::figure_of};
use meguri_core::summary::compare::{Course, difference};
use meguri_core::summary::rates::reached;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "indicators.html")]
pub struct IndicatorsPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The plans to choose from.
    pub plans: Vec<Choice>,
    /// Reached or not, to choose from.
    pub verdicts: Vec<Choice>,
    /// How many of the chosen plan are reached, missed, and neither.
    pub counts: Counts,
    /// The indicators shown.
    pub indicators: Vec<IndicatorRow>,
    /// Which of them are shown.
    #[serde(rename = "leaf")]
    pub pagination: Pagination,
    /// All that the filter leaves, for the table.
    #[serde(skip)]
    pub table: Vec<IndicatorRow>,
}

/// How many indicators reached their target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Those that did.
    pub reached: usize,
    /// Those that did not.
    pub missed: usize,
    /// Those of which it cannot be said.
    pub neither: usize,
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
    /// The target of that year, or the next one where there is no actual; empty where there is none.
    pub target: FigureView,
    /// The year of the target where there is no actual.
    pub target_year: YearView,
    /// `reached`, `missed`, or empty where it cannot be said.
    pub verdict: &'static str,
    /// How the actual moved since the one before, in a word; empty where there is none before.
    pub way: &'static str,
    /// Its sign.
    pub sign: &'static str,
    /// By how much, with its sign.
    pub difference: String,
    /// The year of the actual before.
    pub before: YearView,
    /// All actuals that are numbers, as a line.
    #[serde(skip)]
    pub spark: Option<Spark>,
}

/// What is asked for; empty values let everything through.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Key of a plan.
    pub plan: String,
    /// `reached`, `missed` or `none`.
    pub verdict: String,
}

/// The verdicts to choose from: key and words.
const VERDICTS: [(&str, &str); 3] = [
    ("reached", "達成"),
    ("missed", "未達成"),
    ("none", "達成率を計算できない"),
];

/// `GET /indicators`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let text = |name: &str| asked.query(name).unwrap_or_default().to_owned();
    let filter = Filter {
        plan: text("plan"),
        verdict: text("reached"),
    };
    let from = asked.count("from", 1)? as usize;
    page::answer(
        &IndicatorsPage::new(&site.library, &filter, from, asked.format),
        asked.format,
    )
}

impl Filter {
    fn address(&self, from: usize) -> String {
        urls::with_query(
            urls::INDICATORS,
            &[
                ("plan", &self.plan),
                ("reached", &self.verdict),
                ("from", &urls::from(from)),
            ],
        )
    }
}

impl IndicatorsPage {
    /// Those of which it can be said whether they reached their target.
    const fn rated(&self) -> usize {
        self.counts.reached + self.counts.missed
    }

    /// The indicators that a filter lets through, from one on; the table is filled where it is asked
    /// for.
    #[must_use]
    pub fn new<'a>(library: &'a Library, filter: &Filter, from: usize, format: Format) -> Self {
        let of_plan = library.in_plan(&filter.plan);
        let told = |thing: &'a Thing| -> Option<(&'a Thing, Told<'a>)> {
            let stands: Vec<Stand<'_>> = library
                .stands(thing)
                .filter(|stand| of_plan(&stand.at) && stand.indicator().is_some())
                .collect();
            (!stands.is_empty()).then(|| (thing, Told::of(stands)))
        };
        let mut all: Vec<(&Thing, Told<'_>)> = library
            .linked()
            .all(Kind::Indicator)
            .filter_map(told)
            .collect();
        let count = |verdict: &str| {
            all.iter()
                .filter(|(_, told)| told.verdict() == verdict)
                .count()
        };
        let counts = Counts {
            reached: count("reached"),
            missed: count("missed"),
            neither: count(""),
        };
        if !filter.verdict.is_empty() {
            let wanted = if filter.verdict == "none" {
                ""
            } else {
                &filter.verdict
            };
            all.retain(|(_, told)| told.verdict() == wanted);
        }
        all.sort_by_key(|(thing, _)| thing.rank);
        let whole = if format == Format::Csv {
            all.as_slice()
        } else {
            &[]
        };
        let address = |from: usize| filter.address(from);
        let pagination = Pagination::new(all.len(), from, address);
        let row = |(thing, told): &(&Thing, Told<'_>)| row(library, thing, told);
        let chosen = |(key, words): &(&str, &str)| Choice::new(key, words, &filter.verdict);
        Self {
            layout: Layout::new("指標一覧", vec![home()], &address(from))
                .with_csv(&address(from))
                .described(format!(
                    "計画に載っている指標{}件の、目標、実績、達成したかどうか、推移です。",
                    pagination.count
                )),
            plans: Choice::plans(library, &filter.plan),
            verdicts: VERDICTS.iter().map(chosen).collect(),
            counts,
            indicators: pagination.cut(&all).iter().map(row).collect(),
            pagination,
            table: whole.iter().map(row).collect(),
        }
    }
}

/// What the papers say of one indicator, as far as the list shows it.
struct Told<'a> {
    stands: Vec<Stand<'a>>,
    /// The paper with the latest actual, and that actual.
    latest: Option<(Stand<'a>, &'a YearFigure)>,
    reached: Option<bool>,
}

impl<'a> Told<'a> {
    fn of(stands: Vec<Stand<'a>>) -> Self {
        let mut latest: Option<(Stand<'a>, &'a YearFigure)> = None;
        // Of equal years that of the newest paper is kept.
        for stand in stands.iter().rev() {
            let actuals = stand.indicator().map_or(&[][..], |one| &one.actuals);
            for actual in actuals {
                if latest.is_none_or(|(_, known)| actual.year > known.year) {
                    latest = Some((*stand, actual));
                }
            }
        }
        let said = latest.and_then(|(stand, actual)| {
            let scheme = whole::scheme(stand.entry);
            reached(stand.indicator()?, actual.year, scheme).ok()
        });
        Self {
            reached: said.map(|said| said.is_reached),
            stands,
            latest,
        }
    }

    const fn verdict(&self) -> &'static str {
        match self.reached {
            Some(true) => "reached",
            Some(false) => "missed",
            None => "",
        }
    }

    /// All actuals by year, those of newer papers over those of older ones.
    fn actuals(&self) -> BTreeMap<FiscalYear, &'a YearFigure> {
        let indicators = self.stands.iter().filter_map(Stand::indicator);
        let actuals = indicators.flat_map(|one| &one.actuals);
        actuals
            .filter(|actual| !actual.figure.value.is_dash())
            .map(|actual| (actual.year, actual))
            .collect()
    }
}

fn row(library: &Library, thing: &Thing, told: &Told<'_>) -> IndicatorRow {
    let indicators = || told.stands.iter().rev().filter_map(Stand::indicator);
    let unit = indicators().find_map(|one| Some(one.unit.as_ref()?.value.clone()));
    let year = told.latest.map(|(_, actual)| actual.year);
    let own = told.latest.and_then(|(stand, _)| stand.indicator());
    let target = match (own, year) {
        (Some(one), Some(year)) => figure_of(&one.targets, year).map(|figure| (figure, None)),
        _ => indicators()
            .flat_map(|one| one.targets.last())
            .next()
            .map(|target| (&target.figure, Some(target.year))),
    };
    let actuals = told.actuals();
    let before = year.and_then(|year| actuals.range(..year).next_back());
    let moved = before
        .zip(told.latest)
        .and_then(|((_, old), (_, new))| difference(&old.figure.value, &new.figure.value));
    let (way, sign) = match before {
        Some(_) => Course::of(moved).label(),
        None => ("", ""),
    };
    let numbers = actuals
        .values()
        .filter_map(|actual| actual.figure.value.number());
    let stands: Vec<Stand<'_>> = library.stands(thing).collect();
    IndicatorRow {
        link: Link::new(urls::indicator(thing.id), thing.name()),
        unit: unit.unwrap_or_default(),
        plans: entity::plans(stands.iter()),
        actual: told.latest.map_or_else(FigureView::default, |(_, actual)| {
            (&actual.figure.value).into()
        }),
        year: year.into(),
        target: target.map_or_else(FigureView::default, |(figure, _)| (&figure.value).into()),
        target_year: target.and_then(|(_, year)| year).into(),
        verdict: told.verdict(),
        way,
        sign,
        difference: moved.map_or_else(String::new, |moved| {
            let plus = if moved > Decimal::ZERO { "＋" } else { "" };
            format!("{plus}{}", with_commas(moved.normalize()))
        }),
        before: before.map(|(year, _)| *year).into(),
        spark: Spark::of(&numbers.collect::<Vec<_>>()),
    }
}

/// A verdict in words; empty where it cannot be said.
const fn verdict_words(verdict: &str) -> &'static str {
    match verdict.as_bytes() {
        b"reached" => "達成",
        b"missed" => "未達成",
        _ => "",
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
                target: FigureView::parse("10以上"),
                target_year: if n.is_multiple_of(2) {
                    YearView::default()
                } else {
                    YearView::sample()
                },
                verdict: ["reached", "missed", ""].get(n % 3).copied().unwrap_or(""),
                way: "増加",
                sign: "↑",
                difference: "＋4".to_owned(),
                before: YearView::sample(),
                spark: Spark::of(&[Decimal::ONE, Decimal::TWO, Decimal::ONE]),
            };
            let plan = "見本の計画".to_owned();
            Self {
                layout: Layout::new("指標一覧", vec![home()], urls::INDICATORS),
                plans: vec![Choice {
                    value: plan.clone(),
                    text: plan,
                    chosen: true,
                }],
                verdicts: VERDICTS
                    .iter()
                    .map(|(key, words)| Choice::new(key, words, ""))
                    .collect(),
                counts: Counts {
                    reached: count,
                    missed: 1,
                    neither: 0,
                },
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
            Column::Figure("目標"),
            Column::Text("達成"),
            Column::Text("前の実績からの増減"),
            Column::Text("増減の数値"),
        ]);
        table.rows.extend(self.table.iter().map(|row| {
            vec![
                Cell::Number(entity::id_of(&row.link)),
                (&row.link.text).into(),
                (&row.unit).into(),
                row.plans.join("、").into(),
                row.year.into(),
                (&row.actual).into(),
                (&row.target).into(),
                verdict_words(row.verdict).into(),
                row.way.into(),
                (&row.difference).into(),
            ]
        }));
        Some(table)
    }
}
