//! The lines of a paper as they were read, page by page, with marks of findings.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Frame, Link, Page};
use crate::pages::shown::old_version;
use crate::pages::{home, plan};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::places::{self, LINES_A_PAGE};
use meguri_app::read::{Entry, Library};
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
    /// Are the lines not published, because something of the paper is not?
    pub withheld: bool,
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
    /// What of it is unread, said to staff.
    pub unread: Vec<String>,
}

/// `GET /documents/{document}/lines`, `GET /documents/{document}/{version}/lines`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let entry = plan::find(&site.library, &asked)?;
    let from = asked.count("from", 1)?.max(1);
    if !entry.withheld.anything && from > 1 && from as usize > entry.document.lines.len() {
        return Err(PageError::not_found(
            places::source(entry),
            "原文の先頭を見る",
        ));
    }
    page::answer(&SourcePage::new(&site.library, entry, from), asked.format)
}

impl SourcePage {
    /// The lines of a paper from one on.
    #[must_use]
    pub fn new(library: &Library, entry: &Entry, from: u32) -> Self {
        let address = places::source(entry);
        let current = library.document(entry.id).ok();
        let current = current.map(|entry| Link::new(places::document(entry), "現在の版を見る"));
        let count = entry.document.lines.len();
        let last = u32::try_from(count).unwrap_or(u32::MAX);
        let until = from.saturating_add(LINES_A_PAGE - 1).min(last);
        let mut found: BTreeMap<u32, Vec<Link>> = BTreeMap::new();
        for finding in &entry.findings {
            let text = format!("{}：{}", finding.severity.label(), finding.code);
            let link = Link::new(places::rule(finding.code), text);
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
        let document = Link::new(places::plan(entry), entry.plan_name());
        Self {
            frame: Frame::new(
                format!("原文：{}", entry.document.name),
                vec![home(), document],
                &format!("{address}?from={from}"),
            )
            .described(description(entry))
            .noticed(old_version(library, entry, current)),
            document: entry.document.name.clone(),
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
    let (plan, name) = (entry.plan_name(), &entry.document.name);
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

/// One line of a paper, with the value on it marked; `None` where there is no such line.
pub(super) fn source_line(entry: &Entry, number: u32, value: Option<&str>) -> Option<SourceLine> {
    let text = entry
        .document
        .lines
        .get((number as usize).checked_sub(1)?)?;
    let (before, mark, after) = match value.and_then(|value| marked(text, value)) {
        Some((before, mark, after)) => (tail(before), head(mark), head(after)),
        None => (head(text), String::new(), String::new()),
    };
    let here = value.is_some();
    Some(SourceLine {
        number,
        before,
        mark,
        after,
        here,
        findings: Vec::new(),
        unread: Vec::new(),
    })
}

/// The part of a line that a value was read from: the value as it is, an amount without the unit
/// that stands elsewhere, or what the line has of a text that runs over several.
fn marked<'a>(line: &'a str, value: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let amount = value.trim_end_matches(|c: char| !c.is_ascii_digit());
    for wanted in [value, amount]
        .into_iter()
        .filter(|wanted| !wanted.is_empty())
    {
        if let Some(found) = whole(line, wanted) {
            return Some(found);
        }
    }
    let text = line
        .trim()
        .trim_start_matches(['・', '○', '●', '◎', '■', '□', '◆', '◇', '※', ' ']);
    let runs_on = !text.is_empty() && value.starts_with(text);
    let (before, after) = line.split_once(text).filter(|_| runs_on)?;
    Some((before, text, after))
}

/// A word on a line, and no part of a longer number: 6 is not found in 16 or 6.5.
fn whole<'a>(line: &'a str, wanted: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let begins = wanted.starts_with(of_number);
    let ends = wanted.ends_with(of_number);
    line.match_indices(wanted).find_map(|(at, mark)| {
        let (before, rest) = line.split_at_checked(at)?;
        let after = rest.get(mark.len()..)?;
        let cut = (begins && before.ends_with(of_number)) || (ends && after.starts_with(of_number));
        (!cut).then_some((before, mark, after))
    })
}

/// The beginning of a text.
fn head(text: &str) -> String {
    let rest = text.chars().count().saturating_sub(SHOWN_CHARS);
    let shown: String = text.chars().take(SHOWN_CHARS).collect();
    if rest == 0 {
        shown
    } else {
        format!("{shown}…（以下{rest}字を省略）")
    }
}

/// The end of a text.
fn tail(text: &str) -> String {
    let skipped = text.chars().count().saturating_sub(SHOWN_CHARS);
    let shown: String = text.chars().skip(skipped).collect();
    if skipped == 0 {
        shown
    } else {
        format!("…{shown}")
    }
}

impl Page for SourcePage {
    const NAME: &'static str = "source";

    fn samples() -> Vec<(&'static str, Self)> {
        let address = "/documents/1/lines".to_owned();
        let of = |lines: Vec<SourceLine>| Self {
            frame: Frame::new("原文：evaluation.txt", vec![home()], &address),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_the_value_and_no_part_of_another() {
        let mark = |line, value| marked(line, value).map(|(before, mark, _)| (before, mark));
        assert_eq!(
            mark("実績 か所 16 6.5 6", "6"),
            Some(("実績 か所 16 6.5 ", "6"))
        );
        assert_eq!(
            mark("3 2 1 030101 48,250 拡大", "48,250千円").map(|m| m.1),
            Some("48,250")
        );
        assert_eq!(
            mark("・居場所を開き", "居場所を開きました。"),
            Some(("・", "居場所を開き"))
        );
        assert_eq!(mark("成　果", "ほかの文"), None);
        assert_eq!(mark("", "値"), None);
    }

    #[test]
    fn a_long_line_is_cut_and_the_rest_counted() {
        let shown = head(&"長".repeat(SHOWN_CHARS + 7));
        assert!(shown.ends_with("…（以下7字を省略）"), "{shown}");
        assert_eq!(tail("短い"), "短い");
    }
}
