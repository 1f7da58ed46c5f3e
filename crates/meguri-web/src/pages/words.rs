//! What a word of daily life leads to: the sheets of all plans that a resident means by it.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Layout, Link, Page};
use crate::view::crumbs::home;
use crate::view::list_row::ListRow;
use crate::view::{state, word};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, Library, urls, words};
use serde::Serialize;

/// Rows of one plan that the page shows.
const ROWS: usize = 100;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "words.html")]
pub struct WordsPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The word; empty where none is chosen.
    pub word: String,
    /// All words.
    pub words: Vec<Link>,
    /// The plans with their sheets.
    pub plans: Vec<PlanRows>,
}

/// The sheets of one plan.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PlanRows {
    /// The plan.
    pub plan: Link,
    /// Its sheets.
    pub rows: Vec<ListRow>,
    /// How many more there are.
    pub more: usize,
}

/// `GET /words`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let word = asked.query("q").unwrap_or_default();
    let page = WordsPage::new(&site.library, word);
    let page = page.ok_or_else(|| PageError::not_found("/words", "言葉の一覧を見る"))?;
    page::answer(&page, asked.format)
}

impl WordsPage {
    /// What a word leads to; with no word the list of them. Nothing for an unknown word.
    #[must_use]
    pub fn new(library: &Library, word: &str) -> Option<Self> {
        let all = words::all(library);
        let chosen = all.iter().find(|known| known.word == word);
        if !word.is_empty() && chosen.is_none() {
            return None;
        }
        let plans = chosen
            .map_or(&[][..], |word| &word.sheets)
            .iter()
            .filter_map(|(place, rows)| {
                let entry = library.entries().get(*place)?;
                let shown = rows
                    .iter()
                    .take(ROWS)
                    .filter_map(|index| row(entry, *index));
                Some(PlanRows {
                    plan: Link::new(urls::plan(entry), entry.plan_name()),
                    rows: shown.collect(),
                    more: rows.len().saturating_sub(ROWS),
                })
            });
        let title = if word.is_empty() {
            "くらしの言葉"
        } else {
            word
        };
        let address = urls::word(word);
        Some(Self {
            layout: Layout::new(title, vec![home()], &address).described(if word.is_empty() {
                "くらしの言葉から、関係する施策などを計画を越えて探せます。".to_owned()
            } else {
                format!("「{word}」に関係する施策などを、計画を越えて示します。")
            }),
            word: word.to_owned(),
            plans: plans.collect(),
            words: all.iter().map(word::link).collect(),
        })
    }
}

fn row(entry: &Entry, index: usize) -> Option<ListRow> {
    let sheet = entry.sheet(index + 1)?;
    Some(ListRow {
        title: sheet.label.clone(),
        href: urls::sheet(entry, index + 1),
        states: state::of_sheet(entry, sheet),
        sections: sheet
            .sections
            .iter()
            .map(|section| section.value.clone())
            .collect(),
        ..ListRow::default()
    })
}

impl Page for WordsPage {
    const NAME: &'static str = "words";

    fn samples() -> Vec<(&'static str, Self)> {
        let of = |word: &str, plans| Self {
            layout: Layout::new(
                if word.is_empty() {
                    "くらしの言葉"
                } else {
                    word
                },
                vec![home()],
                "",
            ),
            word: word.to_owned(),
            words: vec![Link::new("/words?q=x", "防災（3件）"); 3],
            plans,
        };
        let plan = |name: &str, rows| PlanRows {
            plan: Link::new("/plans/evaluation", name),
            rows: vec![
                ListRow {
                    title: name.to_owned(),
                    href: "/plans/evaluation/sheets/1".to_owned(),
                    states: vec![state::sample("○", "実施中")],
                    sections: vec![name.to_owned()],
                    ..ListRow::default()
                };
                rows
            ],
            more: 3,
        };
        vec![
            ("empty", of("", Vec::new())),
            ("typical", of("防災", vec![plan("見本の計画", 3)])),
            (
                "odd-names",
                of("<防災>&", vec![plan(crate::view::samples::ODD_NAME, 2)]),
            ),
            (
                "longest",
                of("防災", vec![plan(&"長い名前".repeat(20), ROWS)]),
            ),
        ]
    }
}
