//! All projects, with filters, by name or by money.

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
use meguri_app::read::quantity::{AmountView, YearView};
use meguri_app::read::{Library, Stand, Thing, urls};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::Kind;
use serde::Serialize;
use std::collections::HashMap;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "projects.html")]
pub struct ProjectsPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The plans to choose from.
    pub plans: Vec<Choice>,
    /// The years to choose from.
    pub years: Vec<Choice>,
    /// The sections to choose from.
    pub sections: Vec<Choice>,
    /// The directions to choose from.
    pub directions: Vec<Choice>,
    /// The orders to choose from.
    pub orders: Vec<Choice>,
    /// The projects shown.
    pub projects: Vec<ProjectRow>,
    /// Which of them are shown.
    #[serde(rename = "leaf")]
    pub pagination: Pagination,
    /// All that the filters leave, for the table.
    #[serde(skip)]
    pub table: Vec<ProjectRow>,
}

/// One project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProjectRow {
    /// Its name with its page.
    pub link: Link,
    /// The plans that list it.
    pub plans: Vec<String>,
    /// The year of the money.
    pub year: YearView,
    /// Its money; empty where the papers have none.
    pub money: AmountView,
    /// The latest directions, each with its sign.
    pub directions: Vec<(String, String)>,
}

/// What is asked for; empty values let everything through.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Key of a plan.
    pub plan: String,
    /// A year.
    pub year: Option<FiscalYear>,
    /// Id of a section.
    pub section: Option<i64>,
    /// A direction.
    pub direction: String,
    /// By money, the largest first, and not by name?
    pub by_money: bool,
}

/// `GET /projects`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let text = |name: &str| asked.query(name).unwrap_or_default().to_owned();
    let year = asked
        .query_number("year")?
        .and_then(|year| u16::try_from(year).ok());
    let filter = Filter {
        plan: text("plan"),
        year: year.and_then(FiscalYear::new),
        section: asked.query_number("section")?,
        direction: text("direction"),
        by_money: asked.query("sort") == Some("money"),
    };
    let from = asked.count("from", 1)? as usize;
    page::answer(
        &ProjectsPage::new(&site.library, &filter, from, asked.format),
        asked.format,
    )
}

impl Filter {
    /// The projects of a picture that have a place that fulfils all that is asked at once, by name.
    fn through<'a>(&self, library: &'a Library) -> Vec<&'a Thing> {
        let of_plan = library.in_plan(&self.plan);
        let rows = self.year.is_some() || self.section.is_some() || !self.direction.is_empty();
        // Few names are printed many times.
        let mut sections: HashMap<&str, Option<i64>> = HashMap::new();
        let mut lets_through = |thing: &&Thing| {
            let mut places = thing.places.iter().filter(|at| of_plan(at));
            places.any(|at| {
                let stand = || Stand::of(library.entries(), *at);
                !rows || stand().is_some_and(|stand| self.fits(library, &stand, &mut sections))
            })
        };
        let mut all: Vec<&Thing> = library
            .linked()
            .all(Kind::Project)
            .filter(|thing| lets_through(thing))
            .collect();
        all.sort_by_key(|thing| thing.rank);
        all
    }

    /// Does the row fulfil all but the plan?
    fn fits<'a>(
        &self,
        library: &Library,
        stand: &Stand<'a>,
        sections: &mut HashMap<&'a str, Option<i64>>,
    ) -> bool {
        let Some(listing) = stand.listing() else {
            return false;
        };
        let costs = |year| listing.costs.iter().any(|cost| cost.year == year);
        let year = self
            .year
            .is_none_or(|year| stand.sheet.year == Some(year) || costs(year));
        let mut of = |id: i64| {
            // A row that names no section is its sheet's.
            let own = listing.sections.is_empty();
            let names = if own {
                &stand.sheet.sections
            } else {
                &listing.sections
            };
            names.iter().any(|name| {
                let found = || library.linked().section(&name.value);
                *sections.entry(&name.value).or_insert_with(found) == Some(id)
            })
        };
        let mut steps = listing.next_steps.iter();
        year && (self.direction.is_empty() || steps.any(|(_, step)| step.value == self.direction))
            && self.section.is_none_or(&mut of)
    }

    fn address(&self, from: usize) -> String {
        let year = self
            .year
            .map_or_else(String::new, |year| year.calendar_year().to_string());
        let section = self.section.map_or_else(String::new, |id| id.to_string());
        urls::with_query(
            urls::PROJECTS,
            &[
                ("plan", &self.plan),
                ("year", &year),
                ("section", &section),
                ("direction", &self.direction),
                ("sort", if self.by_money { "money" } else { "" }),
                ("from", &urls::from(from)),
            ],
        )
    }
}

impl ProjectsPage {
    /// The projects that a filter lets through, from one on; the table is filled
    /// where it is asked for.
    #[must_use]
    pub fn new(library: &Library, filter: &Filter, from: usize, format: Format) -> Self {
        let linked = library.linked();
        let mut all = filter.through(library);
        if filter.by_money {
            let yen = |thing: &&Thing| thing.cost(filter.year).map(|(_, money)| money.yen);
            all.sort_by_key(|thing| std::cmp::Reverse(yen(thing)));
        }
        let whole = if format == Format::Csv {
            all.as_slice()
        } else {
            &[]
        };
        let pagination = Pagination::new(all.len(), from, |from| filter.address(from));
        let row = |thing: &&Thing| row(library, thing, filter.year);
        let choices = library.project_facets();
        let chosen = |value: String, text: String, is: bool| Choice {
            value,
            text,
            chosen: is,
        };
        let address = filter.address(from);
        Self {
            layout: Layout::new("事業一覧", vec![home()], &address)
                .with_csv(&address)
                .described(format!(
                    "計画に載っている事業{}件を、計画、年度、課、動向で絞り込める一覧です。",
                    pagination.count
                )),
            plans: Choice::plans(library, &filter.plan),
            years: choices
                .years
                .iter()
                .rev()
                .map(|y| {
                    let value = y.calendar_year().to_string();
                    chosen(value, y.to_string(), Some(*y) == filter.year)
                })
                .collect(),
            sections: linked
                .all(Kind::Section)
                .map(|s| {
                    chosen(
                        s.id.to_string(),
                        s.name().to_owned(),
                        Some(s.id) == filter.section,
                    )
                })
                .collect(),
            directions: choices
                .directions
                .iter()
                .map(|d| Choice::new(d, d, &filter.direction))
                .collect(),
            orders: vec![
                chosen(String::new(), "名称の順".to_owned(), !filter.by_money),
                chosen(
                    "money".to_owned(),
                    "事業費の大きい順".to_owned(),
                    filter.by_money,
                ),
            ],
            projects: pagination.cut(&all).iter().map(row).collect(),
            pagination,
            table: whole.iter().map(row).collect(),
        }
    }
}

fn row(library: &Library, thing: &Thing, year: Option<FiscalYear>) -> ProjectRow {
    let cost = thing.cost(year);
    let stands: Vec<Stand<'_>> = library.stands(thing).collect();
    let judged = |stand: &&Stand<'_>| {
        let of_year = year.is_none() || stand.sheet.year == year;
        of_year
            && stand
                .listing()
                .is_some_and(|listing| !listing.next_steps.is_empty())
    };
    let latest = stands.iter().rev().find(judged);
    let steps = latest.and_then(|stand| Some((stand, stand.listing()?)));
    let directions = steps.into_iter().flat_map(|(stand, listing)| {
        let sign = |(axis, step): &(String, meguri_core::source::Sourced<String>)| {
            (
                stand.entry.next_step_sign(axis, &step.value),
                step.value.clone(),
            )
        };
        listing.next_steps.iter().map(sign).collect::<Vec<_>>()
    });
    ProjectRow {
        link: Link::new(urls::project(thing.id), thing.name()),
        plans: entity::plans(stands.iter()),
        year: cost.map(|(year, _)| year).into(),
        money: cost.map(|(_, money)| money).into(),
        directions: directions.collect(),
    }
}

impl Page for ProjectsPage {
    const NAME: &'static str = "projects";

    fn samples() -> Vec<(&'static str, Self)> {
        let choice = |text: &str| Choice {
            value: text.to_owned(),
            text: text.to_owned(),
            chosen: false,
        };
        let of = |name: &str, count: usize| {
            let money = |n: usize| {
                if n.is_multiple_of(2) {
                    AmountView::sample("12,345千円", 12_345_000)
                } else {
                    AmountView::default()
                }
            };
            let steps = ["↑拡大", "↗改善", "→維持", "↓縮小", "×廃止"].map(|step| {
                let (sign, word) = step.split_at(step.chars().next().map_or(0, char::len_utf8));
                (sign.to_owned(), word.to_owned())
            });
            let row = |n: usize| ProjectRow {
                link: Link::new("/projects/1", name),
                plans: vec!["見本の計画".to_owned(), "見本の評価".to_owned()],
                year: if n.is_multiple_of(2) {
                    YearView::sample()
                } else {
                    YearView::default()
                },
                money: money(n),
                directions: steps
                    .iter()
                    .skip(n % steps.len())
                    .take(1)
                    .cloned()
                    .collect(),
            };
            Self {
                layout: Layout::new("事業一覧", vec![home()], urls::PROJECTS),
                plans: vec![choice(&"見本の計画".repeat(10))],
                years: vec![choice("令和6年度")],
                sections: vec![choice("<みどり> & 公園課")],
                directions: vec![choice("拡大")],
                orders: vec![choice("名称の順")],
                projects: (0..count).map(row).collect(),
                pagination: Pagination::new(count * 3, 1, |from| format!("/projects?from={from}")),
                table: Vec::new(),
            }
        };
        let long = "とても長い名前の事業".repeat(12);
        vec![
            ("empty", of("", 0)),
            ("states", of(ODD_NAME, 6)),
            ("longest", of(&long, pagination::A_PAGE)),
        ]
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Number("番号"),
            Column::Text("事業"),
            Column::Text("計画"),
            Column::Year("年度"),
            Column::Amount("事業費"),
            Column::Text("動向"),
        ]);
        table.rows.extend(self.table.iter().map(|row| {
            let steps: Vec<&str> = row
                .directions
                .iter()
                .map(|(_, word)| word.as_str())
                .collect();
            vec![
                Cell::Number(entity::id_of(&row.link)),
                (&row.link.text).into(),
                row.plans.join("、").into(),
                row.year.into(),
                (&row.money).into(),
                steps.join("・").into(),
            ]
        }));
        Some(table)
    }
}
