//! The search: a field, filters with counts, what was found, and ways on.

mod samples;
mod shown;
mod told;
mod wanted;
mod ways;

pub use shown::{FieldShown, HitShown, PieceShown, SnippetShown};
pub use told::{Told, WidenedShown};
pub use wanted::Wanted;
pub use ways::{Group, Suggested};

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::table::{Column, Table};
use crate::view::crumbs::home;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::search::{Found, Hit, Query, Snapshot};
use serde::Serialize;
use std::sync::Arc;

/// Hits that a page shows.
pub const A_PAGE: usize = 20;
/// The most rows of the table.
const MOST_ROWS: usize = 1_000;

/// The page.
#[derive(Debug, Default, Serialize, Template)]
#[template(path = "search.html")]
pub struct SearchPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// What is searched for, as far as it was read.
    pub query: String,
    /// What was not understood, and what was left out.
    pub remarks: Vec<String>,
    /// Which other words were looked for.
    pub told: Told,
    /// Is anything asked for? Else the page explains and offers ways in.
    pub asked: bool,
    /// How many were found.
    pub total: usize,
    /// The first shown, from 1.
    pub from: usize,
    /// What was found, on this page.
    pub hits: Vec<HitShown>,
    /// The filters to choose from, with counts; several values of each can be chosen.
    pub fields: Vec<FieldShown>,
    /// Ways in without a word, where nothing is asked for.
    pub browse: Vec<Group>,
    /// The amount from which, in yen; empty for none.
    pub min: String,
    /// The amount up to which, in yen; empty for none.
    pub max: String,
    /// The newest year first?
    pub newest: bool,
    /// Each value that filters, with the address without it.
    pub chosen: Vec<Link>,
    /// Names that what was typed may mean.
    pub suggested: Suggested,
    /// Other searches, where nothing was found.
    pub ways_out: Vec<Link>,
    /// Those before.
    pub previous: Option<Link>,
    /// Those after.
    pub next: Option<Link>,
    /// All rows of the table.
    #[serde(skip)]
    pub rows: Vec<HitShown>,
}

/// What the search says to a request.
#[derive(Debug, Default)]
struct Answer {
    found: Found,
    /// Further hits, for the table.
    further: Vec<Hit>,
    suggested: Suggested,
}

/// `GET /search`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let mut wanted = Wanted::of(&asked, &site.library);
    let rows = asked.format == Format::Csv;
    let words = Arc::clone(&site.about.search_words);
    let answered = site.finder.ask(move |snapshot| {
        wanted.settle(snapshot)?;
        let answer = Answer::of(snapshot, &wanted.query(words), rows)?;
        Ok((wanted, answer))
    });
    let (wanted, answer) = answered.await?;
    page::answer(&SearchPage::new(wanted, answer), asked.format)
}

impl Answer {
    fn of(snapshot: &Snapshot, query: &Query, rows: bool) -> meguri_app::search::Result<Self> {
        let found = snapshot.search(query)?;
        let suggested = Suggested::of(snapshot, &query.text, &found)?;
        let mut further = Vec::new();
        let mut first = query.first + found.hits.len();
        while rows && first < found.total.min(query.first + MOST_ROWS) {
            let next = Query {
                first,
                most: meguri_app::search::query::MOST_HITS,
                ..query.clone()
            };
            let next = snapshot.search(&next)?.hits;
            if next.is_empty() {
                break;
            }
            first += next.len();
            further.extend(next);
        }
        Ok(Self {
            found,
            further,
            suggested,
        })
    }
}

impl SearchPage {
    fn new(wanted: Wanted, answer: Answer) -> Self {
        let Answer {
            found,
            further,
            suggested,
        } = answer;
        let mut remarks = wanted.remarks.clone();
        if found.cut || wanted.cut {
            remarks.push("検索語が長いため、先頭の300文字、12語までで検索しました。".to_owned());
        }
        let hits: Vec<HitShown> = found.hits.iter().map(HitShown::new).collect();
        let is_asked = wanted.is_asked();
        let (from, after) = (wanted.first() + 1, wanted.first() + hits.len());
        let page = |number: usize, text: &str| Link::new(wanted.at_page(number).address(), text);
        let fields = shown::fields(&wanted, &found.facets);
        let none = is_asked && found.total == 0;
        let ways_out = if none {
            ways::out(&wanted, &found.words)
        } else {
            Vec::new()
        };
        Self {
            layout: layout(&wanted),
            browse: if is_asked {
                Vec::new()
            } else {
                ways::browse(&fields)
            },
            fields,
            chosen: ways::without(&wanted),
            told: Told::of(&wanted, &found),
            query: wanted.text.clone(),
            remarks,
            asked: is_asked,
            total: found.total,
            from,
            rows: hits
                .iter()
                .cloned()
                .chain(further.iter().map(HitShown::new))
                .collect(),
            min: wanted::amount(wanted.filters.yen_from),
            max: wanted::amount(wanted.filters.yen_to),
            newest: wanted.newest,
            suggested,
            ways_out,
            previous: (wanted.page > 1).then(|| page(wanted.page - 1, "前の結果へ")),
            next: (is_asked && after < found.total.min(wanted::MOST_PAGES * A_PAGE))
                .then(|| page(wanted.page + 1, "次の結果へ")),
            hits: if is_asked { hits } else { Vec::new() },
        }
    }
}

fn layout(wanted: &Wanted) -> Layout {
    let title = if wanted.text.is_empty() {
        "検索".to_owned()
    } else {
        format!("「{}」の検索結果", wanted.text)
    };
    let address = wanted.address();
    Layout::new(title, vec![home()], &address)
        .with_csv(&address)
        .called("検索")
        .described("公表している評価シート、計画、事業、指標、担当課を、言葉と条件で検索できます。")
}

impl Page for SearchPage {
    const NAME: &'static str = "search";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::samples()
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Text("種類"),
            Column::Text("見出し"),
            Column::Text("計画"),
            Column::Text("年度"),
            Column::Number("年度（西暦、はじめ）"),
            Column::Number("年度（西暦、おわり）"),
            Column::Text("担当課"),
            Column::Text("状態"),
            Column::Number("事業費（円）"),
            Column::Text("アドレス"),
            Column::Text("抜粋"),
        ]);
        table.rows.extend(self.rows.iter().map(HitShown::row));
        Some(table)
    }
}
