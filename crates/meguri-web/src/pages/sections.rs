//! All sections that the papers name.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::table::{Cell, Column, Table};
use crate::view::crumbs::home;
use crate::view::entity;
use crate::view::pagination::{self, Pagination};
use crate::view::samples::ODD_NAME;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Library, Stand, Thing, urls};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::Kind;
use serde::Serialize;
use std::collections::BTreeSet;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "sections.html")]
pub struct SectionsPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The sections shown.
    pub sections: Vec<SectionRow>,
    /// Which of them are shown.
    #[serde(rename = "leaf")]
    pub pagination: Pagination,
    /// All of them, for the table.
    #[serde(skip)]
    pub table: Vec<SectionRow>,
}

/// One section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SectionRow {
    /// Its name with its page.
    pub link: Link,
    /// Its other names.
    pub names: Vec<String>,
    /// In which years papers name it; empty where they have none.
    pub years: String,
    /// Sheets that name it.
    pub sheets: usize,
    /// Rows of projects that name it.
    pub rows: usize,
}

/// `GET /sections`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let from = asked.count("from", 1)? as usize;
    page::answer(
        &SectionsPage::new(&site.library, from, asked.format),
        asked.format,
    )
}

impl SectionsPage {
    /// The sections from one on; the table is filled
    /// where it is asked for.
    #[must_use]
    pub fn new(library: &Library, from: usize, format: Format) -> Self {
        let mut all: Vec<&Thing> = library.linked().all(Kind::Section).collect();
        all.sort_by_key(|thing| (thing.name(), thing.id));
        let address =
            |from: usize| urls::with_query(urls::SECTIONS, &[("from", &urls::from(from))]);
        let whole = if format == Format::Csv {
            all.as_slice()
        } else {
            &[]
        };
        let pagination = Pagination::new(all.len(), from, address);
        Self {
            layout: Layout::new("課の一覧", vec![home()], &address(from))
                .with_csv(&address(from))
                .described(format!(
                    "計画に載っている課{}件の一覧です。",
                    pagination.count
                )),
            sections: pagination
                .cut(&all)
                .iter()
                .map(|thing| row(library, thing))
                .collect(),
            pagination,
            table: whole.iter().map(|thing| row(library, thing)).collect(),
        }
    }
}

fn row(library: &Library, thing: &Thing) -> SectionRow {
    let stands: Vec<Stand<'_>> = library.stands(thing).collect();
    let years: BTreeSet<FiscalYear> = stands.iter().filter_map(|stand| stand.sheet.year).collect();
    let rows = stands
        .iter()
        .filter(|stand| stand.at.item.is_some())
        .count();
    SectionRow {
        link: Link::new(urls::section(thing.id), thing.name()),
        names: thing.names.iter().skip(1).cloned().collect(),
        years: entity::span(&years).unwrap_or_default(),
        sheets: stands.len() - rows,
        rows,
    }
}

impl Page for SectionsPage {
    const NAME: &'static str = "sections";

    fn samples() -> Vec<(&'static str, Self)> {
        let of = |name: &str, count: usize| {
            let row = SectionRow {
                link: Link::new("/sections/1", name),
                names: vec!["公園課".to_owned()],
                years: "令和4年度から令和6年度まで".to_owned(),
                sheets: 12,
                rows: 34,
            };
            Self {
                layout: Layout::new("課の一覧", vec![home()], urls::SECTIONS),
                sections: vec![row; count],
                pagination: Pagination::new(count * 3, 1, |from| format!("/sections?from={from}")),
                table: Vec::new(),
            }
        };
        let long = "とても長い名前の課".repeat(12);
        vec![
            ("empty", of("", 0)),
            ("states", of(ODD_NAME, 2)),
            ("longest", of(&long, pagination::A_PAGE)),
        ]
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Number("番号"),
            Column::Text("課"),
            Column::Text("別の名称"),
            Column::Text("年度"),
            Column::Number("シート"),
            Column::Number("事業の行"),
        ]);
        table.rows.extend(self.table.iter().map(|row| {
            vec![
                Cell::Number(entity::id_of(&row.link)),
                (&row.link.text).into(),
                row.names.join("、").into(),
                (&row.years).into(),
                row.sheets.into(),
                row.rows.into(),
            ]
        }));
        Some(table)
    }
}
