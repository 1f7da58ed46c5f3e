//! What a word of daily life leads to: the sheets of all plans that a resident means by it.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Frame, Link, Page};
use crate::pages::home;
use crate::pages::list::ListRow;
use crate::pages::overview;
use crate::pages::plan::StateShown;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, Library, places, whole};
use meguri_core::evaluation::Sheet;
use meguri_core::summary::words::nodes_of;
use serde::Serialize;
use std::collections::BTreeSet;

/// Rows of one plan that the page shows.
const ROWS: usize = 100;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "words.html")]
pub struct WordsPage {
    /// Head and foot.
    #[serde(skip)]
    pub frame: Frame,
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

/// A word with what it leads to.
#[derive(Clone, Debug)]
pub struct Word {
    /// The word.
    pub word: String,
    /// Entries by their place, with places of sheets.
    pub sheets: Vec<(usize, BTreeSet<usize>)>,
}

impl Word {
    /// The way to its page.
    #[must_use]
    pub fn link(&self) -> Link {
        let count: usize = self.sheets.iter().map(|(_, sheets)| sheets.len()).sum();
        Link::new(
            places::word(&self.word),
            format!("{}（{count}件）", self.word),
        )
    }
}

/// All words that lead to a sheet, in the order of the schemes; one word of several plans is one.
#[must_use]
pub fn all(library: &Library) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (place, entry) in library.entries().iter().enumerate() {
        let whole = whole::of(entry);
        for tag in whole::words(entry) {
            let nodes: BTreeSet<_> = nodes_of(whole.plan, &tag).into_iter().collect();
            let of_node = |sheet: &&Sheet| sheet.node.is_some_and(|node| nodes.contains(&node));
            let sheets = whole
                .sheets
                .iter()
                .enumerate()
                .filter(|(_, sheet)| of_node(sheet));
            let sheets: BTreeSet<usize> = sheets.map(|(index, _)| index).collect();
            if sheets.is_empty() {
                continue;
            }
            match words.iter_mut().find(|word| word.word == tag.word) {
                Some(word) => word.sheets.push((place, sheets)),
                None => words.push(Word {
                    word: tag.word,
                    sheets: vec![(place, sheets)],
                }),
            }
        }
    }
    words
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
        let all = all(library);
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
                    plan: Link::new(places::plan(entry), entry.plan_name()),
                    rows: shown.collect(),
                    more: rows.len().saturating_sub(ROWS),
                })
            });
        let title = if word.is_empty() {
            "くらしの言葉"
        } else {
            word
        };
        let address = places::word(word);
        Some(Self {
            frame: Frame::new(title, vec![home()], &address).described(if word.is_empty() {
                "くらしの言葉から、関係する施策などを計画を越えて探せます。".to_owned()
            } else {
                format!("「{word}」に関係する施策などを、計画を越えて示します。")
            }),
            word: word.to_owned(),
            plans: plans.collect(),
            words: all.iter().map(Word::link).collect(),
        })
    }
}

fn row(entry: &Entry, index: usize) -> Option<ListRow> {
    let sheet = entry.sheet(index + 1)?;
    let states = sheet.judgements.iter().map(|j| StateShown {
        sign: entry.sign_of(&j.field, &j.value.value).0,
        value: j.value.value.clone(),
    });
    Some(ListRow {
        title: sheet.label.clone(),
        href: places::sheet(entry, index + 1),
        states: states.collect(),
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
            frame: Frame::new(
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
                    states: vec![overview::samples::state("○", "実施中")],
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
                of("<防災>&", vec![plan(crate::pages::ODD_NAME, 2)]),
            ),
            (
                "longest",
                of("防災", vec![plan(&"長い名前".repeat(20), ROWS)]),
            ),
        ]
    }
}
