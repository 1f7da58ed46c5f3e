//! The lines of a paper as they were read, page by page, with marks of findings.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::lookup;
use crate::page::{self, Layout, Link, Page};
use crate::view::crumbs::home;
use crate::view::edition::old_version;
use crate::view::source_line::{SourceLine, head, source_line};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::urls::{self, LINES_A_PAGE};
use meguri_app::read::{Entry, Library};
use serde::Serialize;
use std::collections::BTreeMap;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "source.html")]
pub struct SourcePage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The paper.
    pub document: String,
    /// How many lines it has.
    pub count: usize,
    /// First line shown.
    pub from: u32,
    /// Last line shown.
    pub until: u32,
    /// The lines.
    pub lines: Vec<SourceLine>,
    /// The lines before.
    pub previous: Option<Link>,
    /// The lines after.
    pub next: Option<Link>,
    /// The address without a query.
    pub address: String,
    /// Are the lines not published, because something of the paper is not?
    pub withheld: bool,
}

/// `GET /documents/{document}/lines`, `GET /documents/{document}/{version}/lines`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let entry = lookup::version(&site.library, &asked)?;
    let from = asked.count("from", 1)?.max(1);
    if !entry.withheld.anything && from > 1 && from as usize > entry.document.lines.len() {
        return Err(PageError::not_found(
            urls::source(entry),
            "原文の先頭を見る",
        ));
    }
    page::answer(&SourcePage::new(&site.library, entry, from), asked.format)
}

impl SourcePage {
    /// The lines of a paper from one on.
    #[must_use]
    pub fn new(library: &Library, entry: &Entry, from: u32) -> Self {
        let address = urls::source(entry);
        let current = library.document(entry.id).ok();
        let current = current.map(|entry| Link::new(urls::document(entry), "現在の版を見る"));
        let count = entry.document.lines.len();
        let last = u32::try_from(count).unwrap_or(u32::MAX);
        let until = from.saturating_add(LINES_A_PAGE - 1).min(last);
        let mut found: BTreeMap<u32, Vec<Link>> = BTreeMap::new();
        for finding in &entry.findings {
            let text = format!("{}：{}", finding.severity.label(), finding.code);
            let link = Link::new(urls::rule(finding.code), text);
            let links = found.entry(finding.place.line).or_default();
            if !links.contains(&link) {
                links.push(link);
            }
        }
        let mut unread = unread_by_line(entry);
        let lines = (from..=until).filter_map(|number| {
            let findings = found.remove(&number).unwrap_or_default();
            Some(SourceLine {
                findings,
                unread: unread.remove(&number).unwrap_or_default(),
                ..source_line(entry, number, None)?
            })
        });
        let lines = lines.collect();
        let page = |from: u32, words: &str| Link::new(format!("{address}?from={from}"), words);
        let document = Link::new(urls::plan(entry), entry.plan_name());
        Self {
            layout: Layout::new(
                format!("原文：{}", entry.paper_name()),
                vec![home(), document],
                &format!("{address}?from={from}"),
            )
            .described(description(entry))
            .noticed(old_version(library, entry, current)),
            document: entry.paper_name(),
            count,
            from,
            until,
            lines,
            previous: (from > 1 && !entry.withheld.anything)
                .then(|| page(from.saturating_sub(LINES_A_PAGE).max(1), "前の行へ")),
            next: (until < last).then(|| page(until + 1, "次の行へ")),
            address,
            withheld: entry.withheld.anything,
        }
    }
}

fn description(entry: &Entry) -> String {
    let what = if entry.withheld.anything {
        "の原文の行は、公表しない項目があるため公表していません。"
    } else {
        "を、読み取ったとおりに行ごとに表示します。"
    };
    let (plan, name) = (entry.plan_name(), entry.paper_name());
    format!("「{plan}」の文書「{name}」{what}")
}

/// What is unread, by line. It is for staff to mend: what is published does not show it.
fn unread_by_line(entry: &Entry) -> BTreeMap<u32, Vec<String>> {
    let mut by_line: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    if entry.published.is_some() {
        return by_line;
    }
    for piece in &entry.document.unread {
        let said = if piece.text.is_empty() {
            piece.why.clone()
        } else {
            format!(
                "読み取れなかった文字「{}」：{}",
                head(&piece.text),
                piece.why
            )
        };
        by_line.entry(piece.line).or_default().push(said);
    }
    by_line
}

impl Page for SourcePage {
    const NAME: &'static str = "source";

    fn samples() -> Vec<(&'static str, Self)> {
        let address = "/documents/1/lines".to_owned();
        let of = |lines: Vec<SourceLine>| Self {
            layout: Layout::new("原文：evaluation.txt", vec![home()], &address),
            document: "evaluation.txt".to_owned(),
            count: lines.len(),
            from: 1,
            until: u32::try_from(lines.len()).unwrap_or(0),
            lines,
            previous: Some(Link::new(format!("{address}?from=1"), "前の行へ")),
            next: Some(Link::new(format!("{address}?from=101"), "次の行へ")),
            address: address.clone(),
            withheld: false,
        };
        let line = |number: u32, text: &str| SourceLine {
            number,
            before: head(text),
            findings: vec![Link::new("/rules/V001", "誤り：V001")],
            unread: (number == 1)
                .then(|| "読み取れなかった文字「進捗率」：どの欄にも当てはまりません。".to_owned())
                .into_iter()
                .collect(),
            ..SourceLine::default()
        };
        let long = "長い行".repeat(600);
        let long = (1..=LINES_A_PAGE)
            .map(|number| line(number, &long))
            .collect();
        vec![
            ("empty", of(Vec::new())),
            (
                "withheld",
                Self {
                    withheld: true,
                    previous: None,
                    next: None,
                    ..of(Vec::new())
                },
            ),
            (
                "typical",
                of(vec![line(1, "<b>印</b> & 合計 1,234千円"), line(2, "")]),
            ),
            ("longest", of(long)),
        ]
    }
}
