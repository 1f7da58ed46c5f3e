//! The lines of a paper as they were read, page by page, with marks of findings.

use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::data::places::{self, LINES_A_PAGE};
use crate::web::data::{Entry, Library};
use crate::web::error::PageError;
use crate::web::page::{self, Frame, Link, Page};
use crate::web::pages::home;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use std::collections::BTreeMap;

/// Characters of a line that are shown; what is beyond is told as a number.
const SHOWN_CHARS: usize = 160;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "source.html")]
pub struct SourcePage {
    /// Head and foot.
    #[serde(skip)]
    pub frame: Frame,
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
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// Its number, from 1.
    pub number: u32,
    /// What stands before the mark; the whole line without one.
    pub before: String,
    /// What is marked.
    pub mark: String,
    /// What stands behind it.
    pub after: String,
    /// Is it the line that is asked for?
    pub here: bool,
    /// Findings on it: word, code and page.
    pub findings: Vec<Link>,
}

/// `GET /sources/{plan}/lines`
pub(in crate::web) async fn show(
    State(site): State<Site>,
    asked: Asked,
) -> Result<Response, PageError> {
    let entry = site.library.entry(asked.part("plan"));
    let entry = entry.ok_or_else(|| PageError::not_found("/", "計画の一覧を見る"))?;
    let from = asked.count("from", 1)?.max(1);
    if from > 1 && from as usize > entry.document.lines.len() {
        return Err(PageError::not_found(places::source(entry), "原文の先頭を見る"));
    }
    page::answer(&SourcePage::new(&site.library, entry, from), asked.format)
}

impl SourcePage {
    /// The lines of a paper from one on.
    #[must_use]
    pub fn new(library: &Library, entry: &Entry, from: u32) -> Self {
        let address = places::source(entry);
        let count = entry.document.lines.len();
        let last = u32::try_from(count).unwrap_or(u32::MAX);
        let until = from.saturating_add(LINES_A_PAGE - 1).min(last);
        let mut found: BTreeMap<u32, Vec<Link>> = BTreeMap::new();
        for finding in library.findings_in(entry) {
            let text = format!("{}：{}", finding.severity.label(), finding.code);
            let link = Link::new(places::rule(finding.code), text);
            let links = found.entry(finding.place.line).or_default();
            if !links.contains(&link) {
                links.push(link);
            }
        }
        let lines = (from..=until).filter_map(|number| {
            let findings = found.remove(&number).unwrap_or_default();
            Some(SourceLine { findings, ..source_line(entry, number, None)? })
        });
        let lines = lines.collect();
        let page = |from: u32, words: &str| Link::new(format!("{address}?from={from}"), words);
        let plan = Link::new(places::plan(entry), entry.plan_name());
        Self {
            frame: Frame::new(
                format!("原文：{}", entry.document.name),
                vec![home(), plan],
                &format!("{address}?from={from}"),
            ),
            document: entry.document.name.clone(),
            count,
            from,
            until,
            lines,
            previous: (from > 1)
                .then(|| page(from.saturating_sub(LINES_A_PAGE).max(1), "前の行へ")),
            next: (until < last).then(|| page(until + 1, "次の行へ")),
            address,
        }
    }
}

/// One line of a paper, with a text on it marked; `None` where there is no such line.
pub(super) fn source_line(entry: &Entry, number: u32, mark: Option<&str>) -> Option<SourceLine> {
    let text = entry.document.lines.get((number as usize).checked_sub(1)?)?;
    let found = mark.filter(|mark| !mark.is_empty()).and_then(|mark| text.split_once(mark));
    let (before, marked, after) = match (found, mark) {
        (Some((before, after)), Some(mark)) => (tail(before), head(mark), head(after)),
        _ => (head(text), String::new(), String::new()),
    };
    let here = mark.is_some();
    Some(SourceLine { number, before, mark: marked, after, here, findings: Vec::new() })
}

/// The beginning of a text.
fn head(text: &str) -> String {
    let rest = text.chars().count().saturating_sub(SHOWN_CHARS);
    let shown: String = text.chars().take(SHOWN_CHARS).collect();
    if rest == 0 { shown } else { format!("{shown}…（以下{rest}字を省略）") }
}

/// The end of a text.
fn tail(text: &str) -> String {
    let skipped = text.chars().count().saturating_sub(SHOWN_CHARS);
    let shown: String = text.chars().skip(skipped).collect();
    if skipped == 0 { shown } else { format!("…{shown}") }
}

impl Page for SourcePage {
    const NAME: &'static str = "source";

    fn samples() -> Vec<(&'static str, Self)> {
        let address = "/sources/evaluation/lines".to_owned();
        let of = |lines: Vec<SourceLine>| Self {
            frame: Frame::new("原文：evaluation.txt", vec![home()], &address),
            document: "evaluation.txt".to_owned(),
            count: lines.len(),
            from: 1,
            until: u32::try_from(lines.len()).unwrap_or(0),
            lines,
            previous: Some(Link::new(format!("{address}?from=1"), "前の行へ")),
            next: Some(Link::new(format!("{address}?from=201"), "次の行へ")),
            address: address.clone(),
        };
        let line = |number: u32, text: &str| SourceLine {
            number,
            before: head(text),
            findings: vec![Link::new("/rules/V001", "誤り：V001")],
            ..SourceLine::default()
        };
        let long = "長い行".repeat(600);
        let long = (1..=LINES_A_PAGE).map(|number| line(number, &long)).collect();
        vec![
            ("empty", of(Vec::new())),
            ("typical", of(vec![line(1, "<b>印</b> & 合計 1,234千円"), line(2, "")])),
            ("longest", of(long)),
        ]
    }
}
