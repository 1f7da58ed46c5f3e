//! All findings, with filters.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::table::{Column, Table};
use crate::view::choice::Choice;
use crate::view::crumbs::home;
use crate::view::finding::{FindingView, counts_line};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, FindingCounts, Found, Library};
use meguri_core::verify::{RULES, Severity};
use serde::Serialize;

/// Findings that a page shows.
const A_PAGE: usize = 30;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "findings.html")]
pub struct FindingsPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// How many the filters leave, in words.
    pub counts_line: String,
    /// How many they leave.
    pub count: usize,
    /// The severities to choose from.
    pub severities: Vec<Choice>,
    /// The rules to choose from.
    pub rules: Vec<Choice>,
    /// The plans to choose from.
    pub plans: Vec<Choice>,
    /// The first shown, from 1.
    pub from: usize,
    /// The findings shown.
    pub findings: Vec<FindingView>,
    /// All that the filters leave, for the table.
    #[serde(skip)]
    pub table: Vec<FindingView>,
    /// Those before.
    pub previous: Option<Link>,
    /// Those after.
    pub next: Option<Link>,
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Key of a severity.
    pub severity: String,
    /// Code of a rule.
    pub rule: String,
    /// Key of a plan.
    pub plan: String,
}

/// `GET /findings`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let text = |name: &str| asked.query(name).unwrap_or_default().to_owned();
    let filter = Filter {
        severity: text("severity"),
        rule: text("rule"),
        plan: text("plan"),
    };
    let from = asked.count("from", 1)?.max(1) as usize;
    page::answer(
        &FindingsPage::new(&site.library, &filter, from, asked.format),
        asked.format,
    )
}

impl Filter {
    fn lets_through(&self, entry: &Entry, finding: &Found) -> bool {
        let is = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
        is(&self.severity, finding.severity.key())
            && is(&self.rule, finding.code)
            && is(&self.plan, &entry.key)
    }

    /// The address of the findings from one on. Only known words get here into an address.
    fn address(&self, library: &Library, from: usize) -> String {
        let known = [
            (
                "severity",
                SEVERITIES.iter().any(|s| s.key() == self.severity),
                &self.severity,
            ),
            (
                "rule",
                RULES.iter().any(|rule| rule.code == self.rule),
                &self.rule,
            ),
            ("plan", library.plan(&self.plan).is_some(), &self.plan),
        ];
        let words = known.iter().filter(|(_, known, _)| *known);
        let mut parts: Vec<String> = words
            .map(|(key, _, value)| format!("{key}={value}"))
            .collect();
        parts.push(format!("from={from}"));
        format!("/findings?{}", parts.join("&"))
    }
}

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

impl FindingsPage {
    /// The findings that a filter lets through, from one on; the table is filled where it is asked
    /// for.
    #[must_use]
    pub fn new(library: &Library, filter: &Filter, from: usize, format: Format) -> Self {
        let all: Vec<(&Entry, &Found)> = library
            .findings()
            .filter(|(entry, f)| filter.lets_through(entry, f))
            .collect();
        let shown = all.iter().skip(from - 1).take(A_PAGE);
        let whole = if format == Format::Csv {
            all.as_slice()
        } else {
            &[]
        };
        let page = |from: usize, words: &str| Link::new(filter.address(library, from), words);
        let before = from.saturating_sub(A_PAGE).max(1);
        let after = from.saturating_add(A_PAGE);
        Self {
            layout: Layout::new(
                "数値の確認結果",
                vec![home()],
                &filter.address(library, from),
            )
            .with_csv(&filter.address(library, from))
            .described(format!(
                "計画と評価の文書の計算と整合を確認した結果（{}件）と、その説明です。",
                all.len()
            )),
            counts_line: counts_line(FindingCounts::of(all.iter().map(|(_, found)| *found))),
            count: all.len(),
            severities: SEVERITIES
                .iter()
                .map(|s| Choice::new(s.key(), s.label(), &filter.severity))
                .collect(),
            rules: rules(library, filter),
            plans: Choice::plans(library, &filter.plan),
            from,
            findings: shown
                .map(|(entry, finding)| FindingView::new(entry, finding))
                .collect(),
            table: whole
                .iter()
                .map(|(entry, found)| FindingView::new(entry, found))
                .collect(),
            previous: (from > 1).then(|| page(before, "前の指摘へ")),
            next: (after <= all.len()).then(|| page(after, "次の指摘へ")),
        }
    }
}

/// The rules that found something.
fn rules(library: &Library, filter: &Filter) -> Vec<Choice> {
    let found = |code: &str| library.findings().any(|(_, finding)| finding.code == code);
    let rules = RULES.iter().filter(|rule| found(rule.code));
    rules
        .map(|rule| {
            Choice::new(
                rule.code,
                &format!("{} {}", rule.code, rule.title),
                &filter.rule,
            )
        })
        .collect()
}

impl Page for FindingsPage {
    const NAME: &'static str = "findings";

    fn samples() -> Vec<(&'static str, Self)> {
        let of = |findings: Vec<FindingView>| Self {
            layout: Layout::new("数値の確認結果", vec![home()], "/findings"),
            counts_line: "誤り1件".to_owned(),
            count: findings.len(),
            severities: SEVERITIES
                .iter()
                .map(|s| Choice::new(s.key(), s.label(), "error"))
                .collect(),
            rules: RULES
                .iter()
                .map(|rule| Choice::new(rule.code, rule.title, ""))
                .collect(),
            plans: vec![Choice::new("evaluation", &"見本の計画".repeat(10), "")],
            from: 1,
            table: findings.clone(),
            findings,
            previous: None,
            next: Some(Link::new("/findings?from=31", "次の指摘へ")),
        };
        let long = FindingView::samples()
            .into_iter()
            .cycle()
            .take(A_PAGE)
            .collect();
        vec![
            ("empty", of(vec![])),
            ("all", of(FindingView::samples())),
            ("longest", of(long)),
        ]
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Text("重さ"),
            Column::Text("規則"),
            Column::Text("文書"),
            Column::Text("場所"),
            Column::Number("原文の行"),
            Column::Text("印字"),
            Column::Text("計算"),
            Column::Text("内容"),
            Column::Text("説明"),
        ]);
        table.rows.extend(self.table.iter().map(|found| {
            vec![
                found.word.into(),
                (&found.code).into(),
                (&found.document).into(),
                (&found.place).into(),
                (found.line > 0).then_some(i64::from(found.line)).into(),
                found.printed.as_ref().into(),
                found.computed.as_ref().into(),
                (&found.message).into(),
                format!("{}{}", found.explanation, found.accepted).into(),
            ]
        }));
        Some(table)
    }
}
