//! What a word of daily life leads to: the sheets, projects, indicators and money that a resident means by
//! it, over all plans.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Layout, Link, Page};
use crate::view::crumbs::home;
use crate::view::list_row::ListRow;
use crate::view::money::AmountLine;
use crate::view::{state, word};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::quantity::AmountView;
use meguri_app::read::words::Word;
use meguri_app::read::{Entry, Library, Stand, Thing, urls};
use meguri_core::links::Kind;
use meguri_core::summary::money::once;
use serde::Serialize;
use std::collections::BTreeSet;

/// Rows of one plan, and of one kind, that the page shows.
const ROWS: usize = 60;

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
    /// Projects, in the order of their names.
    pub projects: Vec<ThingRow>,
    /// How many more there are.
    pub more_projects: usize,
    /// Indicators, in the order of their names.
    pub indicators: Vec<ThingRow>,
    /// How many more there are.
    pub more_indicators: usize,
}

/// A project or an indicator in short.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ThingRow {
    /// Its name with its page.
    pub link: Link,
    /// What is to be known of it: the last amount, or the last actual; empty where there is none.
    pub words: String,
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
    /// The money of the projects that these sheets list, each once; none where there is none.
    pub money: Option<AmountLine>,
}

/// `GET /words`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let word = asked.query("q").unwrap_or_default();
    let page = WordsPage::new(&site.library, word);
    let page = page.ok_or_else(|| PageError::not_found("/words", "テーマの一覧を見る"))?;
    page::answer(&page, asked.format)
}

impl WordsPage {
    /// What a word leads to; with no word the list of them. Nothing for an unknown word.
    #[must_use]
    pub fn new(library: &Library, word: &str) -> Option<Self> {
        let all = &library.notable().words;
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
                    money: money(entry, rows),
                    plan: Link::new(urls::plan(entry), entry.titled()),
                    rows: shown.collect(),
                    more: rows.len().saturating_sub(ROWS),
                })
            });
        let title = if word.is_empty() {
            "テーマから探す"
        } else {
            word
        };
        let things = |kind, ids: fn(&Word) -> &BTreeSet<i64>| {
            chosen.map_or_else(Default::default, |word| things(library, kind, ids(word)))
        };
        let (projects, more_projects) = things(Kind::Project, |word| &word.projects);
        let (indicators, more_indicators) = things(Kind::Indicator, |word| &word.indicators);
        let address = urls::word(word);
        Some(Self {
            layout: Layout::new(title, vec![home()], &address).described(if word.is_empty() {
                "テーマから、関係する施策、事業、指標を計画を越えて探せます。".to_owned()
            } else {
                format!("「{word}」に関係する施策、事業、指標、事業費を、計画を越えて示します。")
            }),
            word: word.to_owned(),
            plans: plans.collect(),
            projects,
            more_projects,
            indicators,
            more_indicators,
            words: all.iter().map(word::link).collect(),
        })
    }
}

/// The money of the projects that some sheets of a document list, in the evaluated or the last year.
fn money(entry: &Entry, sheets: &BTreeSet<usize>) -> Option<AmountLine> {
    let sheets = sheets.iter().filter_map(|index| entry.sheet(index + 1));
    let sums = once(sheets).years;
    let own = entry.years().last();
    let mut years = sums.iter().rev();
    let (year, sum) = years.find(|(year, _)| own.is_none_or(|own| *year == own))?;
    Some(AmountLine::new(&entry.amount_word(), *year, *sum.value()?))
}

/// Some things by name, as many as the page has place for, and how many more there are.
fn things(library: &Library, kind: Kind, ids: &BTreeSet<i64>) -> (Vec<ThingRow>, usize) {
    let found = ids
        .iter()
        .filter_map(|id| library.linked().thing(kind, *id));
    let mut found: Vec<&Thing> = found.collect();
    found.sort_by_key(|thing| thing.rank);
    let more = found.len().saturating_sub(ROWS);
    let rows = found.into_iter().take(ROWS).map(|thing| {
        let words = match kind {
            Kind::Project => thing
                .cost(None)
                .map_or_else(String::new, |(year, sum)| format!("{year} {}", sum.about())),
            _ => actual(library, thing),
        };
        ThingRow {
            link: Link::new(urls::thing(kind, thing.id), thing.name()),
            words,
        }
    });
    (rows.collect(), more)
}

/// The last actual of an indicator with its year; empty where there is none.
fn actual(library: &Library, thing: &Thing) -> String {
    let stands: Vec<Stand<'_>> = library.stands(thing).collect();
    let indicators = || stands.iter().filter_map(Stand::indicator);
    let actuals = indicators().flat_map(|one| &one.actuals);
    let last = actuals
        .filter(|actual| !actual.figure.value.is_dash())
        .max_by_key(|actual| actual.year);
    let unit = indicators().find_map(|one| Some(one.unit.as_ref()?.value.as_str()));
    let unit = unit.map_or_else(String::new, |unit| format!("（単位：{unit}）"));
    last.map_or_else(String::new, |last| {
        format!("{}の実績 {}{unit}", last.year, last.figure.value)
    })
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
                    "テーマから探す"
                } else {
                    word
                },
                vec![home()],
                "",
            ),
            word: word.to_owned(),
            words: vec![Link::new("/words?q=x", "防災（3件）"); 3],
            plans,
            projects: vec![
                ThingRow {
                    link: Link::new("/projects/1", word),
                    words: "令和6年度 約5億4千万円".to_owned(),
                };
                if word.is_empty() { 0 } else { 3 }
            ],
            more_projects: 2,
            indicators: vec![
                ThingRow {
                    link: Link::new("/indicators/1", word),
                    words: String::new(),
                };
                if word.is_empty() { 0 } else { 3 }
            ],
            more_indicators: 0,
        };
        let plan = |name: &str, rows| PlanRows {
            money: Some(AmountLine {
                label: "令和6年度の事業費".to_owned(),
                about: "約5億円".to_owned(),
                exact: AmountView::sample("500,001千円", 500_001_000),
            }),
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
