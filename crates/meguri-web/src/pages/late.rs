//! What is behind its schedule, over all plans: who answers for it, why, and what comes next.

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
use meguri_app::read::notable::LateAt;
use meguri_app::read::{Library, urls, whole};
use meguri_core::scheme::SheetField;
use meguri_core::summary::notable::{explained_by, tells_late, told_by};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "late.html")]
pub struct LatePage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The plans that can say that something is late, to choose from.
    pub plans: Vec<Choice>,
    /// Which values of which plans mean it: plan, sign and value, meaning.
    pub legend: Vec<(String, StateView, String)>,
    /// What is late.
    pub rows: Vec<LateRow>,
    /// Which of it is shown.
    #[serde(rename = "leaf")]
    pub pagination: Pagination,
    /// All of it, for the table.
    #[serde(skip)]
    pub table: Vec<LateRow>,
}

/// One thing that is late.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LateRow {
    /// Its name with its page.
    pub sheet: Link,
    /// Its plan with the year.
    pub plan: String,
    /// What says that it is late.
    pub state: StateView,
    /// 所管課, each with its page where it has one.
    pub sections: Vec<Link>,
    /// Reason and next step: label and text, in short; what the paper does not say is left out.
    pub texts: Vec<(String, String)>,
}

/// `GET /late`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let plan = asked.query("plan").unwrap_or_default();
    let from = asked.count("from", 1)? as usize;
    page::answer(
        &LatePage::new(&site.library, plan, from, asked.format),
        asked.format,
    )
}

/// Characters of a text in the list; all of it stands on the page of its sheet.
const TEXT: usize = 160;

/// Sections that a row names.
const SECTIONS: usize = 6;

impl LatePage {
    /// What is late in a plan, or in all where its key is empty, from one on; the table is filled
    /// where it is asked for.
    #[must_use]
    pub fn new(library: &Library, plan: &str, from: usize, format: Format) -> Self {
        let of_plan = |late: &&LateAt| {
            let entry = library.entries().get(late.entry);
            plan.is_empty() || entry.is_some_and(|entry| entry.key == plan)
        };
        let all: Vec<&LateAt> = library.notable().late.iter().filter(of_plan).collect();
        let address = |from: usize| {
            urls::with_query(urls::LATE, &[("plan", plan), ("from", &urls::from(from))])
        };
        let pagination = Pagination::new(all.len(), from, address);
        let whole = if format == Format::Csv {
            all.as_slice()
        } else {
            &[]
        };
        let rows = |all: &[&LateAt], most| -> Vec<LateRow> {
            all.iter()
                .filter_map(|late| row(library, late, most))
                .collect()
        };
        let telling = library
            .plans()
            .filter(|entry| tells_late(whole::scheme(entry)));
        let plans: Vec<Choice> = telling
            .map(|entry| Choice::new(&entry.key, &entry.titled(), plan))
            .collect();
        Self {
            layout: Layout::new("予定より遅れている取組", vec![home()], &address(from))
                .with_csv(&address(from))
                .described(format!(
                    "すべての計画で、予定より遅れていると評価された取組{}件の、担当課、理由、今後の対応です。",
                    all.len()
                )),
            plans,
            legend: legend(library, &all),
            rows: rows(pagination.cut(&all), TEXT),
            pagination,
            table: rows(whole, usize::MAX),
        }
    }
}

/// The values that mean it, each once a plan.
fn legend(library: &Library, all: &[&LateAt]) -> Vec<(String, StateView, String)> {
    let mut found: Vec<(String, StateView, String)> = Vec::new();
    for late in all {
        let Some(entry) = library.entries().get(late.entry) else {
            continue;
        };
        let state = state::judged(entry, &late.field, &late.value);
        let meaning = entry.sign_of(&late.field, &late.value).1;
        let one = (entry.titled(), state, meaning);
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

fn row(library: &Library, late: &LateAt, most: usize) -> Option<LateRow> {
    let entry = library.entries().get(late.entry)?;
    let sheet = entry.sheet(late.number)?;
    let scheme = whole::scheme(entry);
    let texts = |fields: Vec<&SheetField>| -> Vec<(String, String)> {
        let texts = fields.iter().filter_map(|field| {
            let text = whole::short(sheet, &field.key, most);
            (!text.is_empty()).then(|| (field.label.clone(), text))
        });
        texts.collect()
    };
    let mut told = scheme.map_or_else(Vec::new, |scheme| {
        texts(explained_by(scheme, &late.field, &late.value))
    });
    // Where a paper leaves out what is asked for, what it tells of the sheet is better than nothing.
    if told.is_empty() {
        told = scheme.map_or_else(Vec::new, |scheme| texts(told_by(scheme)));
    }
    // A sheet without sections of its own may name them beside its projects.
    let rows = sheet.listings.iter().flat_map(|row| &row.sections);
    let own = if sheet.sections.is_empty() {
        rows.map(|name| name.value.as_str()).collect::<Vec<_>>()
    } else {
        sheet
            .sections
            .iter()
            .map(|name| name.value.as_str())
            .collect()
    };
    let mut sections = entity::sections(library.linked(), own.into_iter());
    sections.truncate(SECTIONS);
    Some(LateRow {
        sheet: Link::new(urls::sheet(entry, late.number), &sheet.label),
        plan: entry.titled(),
        state: state::judged(entry, &late.field, &late.value),
        sections,
        texts: told,
    })
}

impl Page for LatePage {
    const NAME: &'static str = "late";

    fn samples() -> Vec<(&'static str, Self)> {
        let of = |name: &str, count: usize| {
            let row = LateRow {
                sheet: Link::new("/sheets/1", name),
                plan: "見本の計画（令和6年度）".to_owned(),
                state: state::sample("△", "遅れ"),
                sections: vec![Link::new("/sections/1", name), Link::new("", "財政課")],
                texts: vec![
                    ("要因".to_owned(), name.to_owned()),
                    ("今後の対応".to_owned(), "見本の文章です。".to_owned()),
                ],
            };
            let bare = LateRow {
                sections: Vec::new(),
                texts: Vec::new(),
                ..row.clone()
            };
            let rows: Vec<LateRow> = (0..count)
                .map(|n| if n == 1 { bare.clone() } else { row.clone() })
                .collect();
            Self {
                layout: Layout::new("予定より遅れている取組", vec![home()], urls::LATE),
                plans: vec![Choice::new("evaluation", name, "")],
                legend: rows
                    .first()
                    .map(|row| (row.plan.clone(), row.state.clone(), "遅れている".to_owned()))
                    .into_iter()
                    .collect(),
                pagination: Pagination::new(count * 2, 1, |from| format!("/late?from={from}")),
                rows,
                table: Vec::new(),
            }
        };
        vec![
            ("empty", of("", 0)),
            ("states", of(ODD_NAME, 2)),
            (
                "longest",
                of(&"長い名前の取組".repeat(14), pagination::A_PAGE),
            ),
        ]
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Text("計画"),
            Column::Text("取組"),
            Column::Text("評価"),
            Column::Text("担当課"),
            Column::Text("理由と今後"),
        ]);
        table.rows.extend(self.table.iter().map(|row| {
            let sections: Vec<&str> = row.sections.iter().map(|s| s.text.as_str()).collect();
            let texts: Vec<String> = row
                .texts
                .iter()
                .map(|(label, text)| format!("{label}：{text}"))
                .collect();
            vec![
                (&row.plan).into(),
                (&row.sheet.text).into(),
                (&row.state.value).into(),
                sections.join("、").into(),
                texts.join("\n").into(),
            ]
        }));
        Some(table)
    }
}
