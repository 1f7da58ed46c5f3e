//! Sections made up to look at: without anything, with all states, with the longest of everything.

use super::{IndicatorLine, ProjectLine, SectionPage, SheetLine, YearChoice};
use crate::page::{Layout, Link};
use crate::view::crumbs::home;
use crate::view::entity::{NameView, SheetLink};
use crate::view::pagination::{A_PAGE, Pagination};
use crate::view::samples::ODD_NAME;
use meguri_app::read::quantity::{AmountView, YearView};

pub(super) fn samples() -> Vec<(&'static str, SectionPage)> {
    let long = "とても長い名前の課".repeat(8);
    vec![
        ("empty", empty("見本課")),
        ("states", filled(ODD_NAME, 3)),
        ("longest", filled(&long, A_PAGE)),
    ]
}

fn empty(name: &str) -> SectionPage {
    let pagination = || Pagination::new(0, 1, |_| String::new());
    SectionPage {
        layout: Layout::new(
            name,
            vec![home(), Link::new("/sections", "課の一覧")],
            "/sections/1",
        ),
        id: 1,
        name: name.to_owned(),
        names: Vec::new(),
        before: Vec::new(),
        after: Vec::new(),
        years: Vec::new(),
        year: YearView::default(),
        sheets: Vec::new(),
        sheets_pagination: pagination(),
        projects: Vec::new(),
        projects_pagination: pagination(),
        sum: String::new(),
        indicators: Vec::new(),
        indicators_pagination: pagination(),
        table: Vec::new(),
    }
}

fn filled(name: &str, rows: usize) -> SectionPage {
    let named = |name: &str, when: &str| NameView {
        name: name.to_owned(),
        when: when.to_owned(),
    };
    let year = |year: &str, calendar: &str, chosen| YearChoice {
        link: Link::new(format!("/sections/1?year={calendar}"), year),
        chosen,
    };
    let sheet = |role| SheetLine {
        sheet: SheetLink::sample("施策評価"),
        role,
    };
    let project = |name: &str, money: &str| ProjectLine {
        link: Link::new("/projects/1", name),
        year: if money.is_empty() {
            YearView::default()
        } else {
            YearView::sample()
        },
        money: AmountView {
            text: money.to_owned(),
            yen: None,
        },
    };
    let indicator = |unit: &str| IndicatorLine {
        link: Link::new("/indicators/1", name),
        unit: unit.to_owned(),
        shared: unit.is_empty(),
    };
    let both = |one: usize| one.is_multiple_of(2);
    let pagination = |list: &str| {
        Pagination::new(rows * 3, rows + 1, |from| {
            format!("/sections/1?{list}={from}#{list}")
        })
    };
    SectionPage {
        names: vec![named(name, "令和6年度〜"), named("公園課", "〜令和5年度")],
        before: vec![
            Link::new("/sections/2", "公園課"),
            Link::new("/sections/3", "緑化課"),
        ],
        after: vec![Link::new("/sections/4", "環境課")],
        years: vec![
            year("令和5年度", "2023", false),
            year("令和6年度", "2024", true),
        ],
        year: YearView::sample(),
        sheets: (0..rows)
            .map(|n| sheet(if both(n) { "所管課" } else { "関連課" }))
            .collect(),
        sheets_pagination: pagination("sheets"),
        projects: (0..rows)
            .map(|n| project(name, if both(n) { "12,345千円" } else { "" }))
            .collect(),
        projects_pagination: pagination("projects"),
        sum: "24,690千円".to_owned(),
        indicators: (0..rows)
            .map(|n| indicator(if both(n) { "か所" } else { "" }))
            .collect(),
        indicators_pagination: pagination("indicators"),
        ..empty(name)
    }
}
