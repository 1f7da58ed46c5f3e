//! The start: the plans with what is in them and what was found.

use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::data::{Entry, FindingCounts, Library, amounts, places};
use crate::web::error::PageError;
use crate::web::page::{self, Frame, Page};
use crate::web::pages::shown::counts_line;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "start.html")]
pub struct StartPage {
    /// Head and foot.
    #[serde(skip)]
    pub frame: Frame,
    /// All findings.
    pub findings: FindingCounts,
    /// One card a plan.
    pub plans: Vec<PlanCard>,
}

/// A plan in short.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PlanCard {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What kind of paper it was read from.
    pub kind: String,
    /// The paper's name.
    pub document: String,
    /// The paper's lines.
    pub source_href: String,
    /// The evaluated years.
    pub years: String,
    /// How many sheets.
    pub sheets: usize,
    /// How many indicators.
    pub indicators: usize,
    /// How many rows of projects.
    pub projects: usize,
    /// The money of each year, in words.
    pub money: String,
    /// Rows that are counted elsewhere.
    pub relisted: usize,
    /// What was found.
    pub findings: FindingCounts,
    /// The same in words.
    pub findings_line: String,
    /// Values that could not be settled.
    pub unsettled: usize,
}

/// `GET /`
pub(in crate::web) async fn show(
    State(site): State<Site>,
    asked: Asked,
) -> Result<Response, PageError> {
    page::answer(&StartPage::new(&site.library), asked.format)
}

impl StartPage {
    /// The page of some papers.
    #[must_use]
    pub fn new(library: &Library) -> Self {
        Self {
            frame: Frame::new("計画一覧", Vec::new(), "/"),
            findings: FindingCounts::of(library.findings().map(|(_, found)| found)),
            plans: library.entries().iter().map(card).collect(),
        }
    }
}

fn card(entry: &Entry) -> PlanCard {
    let sheets = &entry.document.sheets;
    let money = amounts::of_document(&entry.document);
    let findings = FindingCounts::of(entry.findings.iter());
    let years: Vec<String> = entry.years().iter().map(ToString::to_string).collect();
    PlanCard {
        name: entry.plan_name().to_owned(),
        href: places::plan(entry),
        kind: entry.kind.to_owned(),
        document: entry.document.name.clone(),
        source_href: places::source(entry),
        years: years.join("、"),
        sheets: sheets.len(),
        indicators: sheets.iter().map(|sheet| sheet.indicators.len()).sum(),
        projects: sheets.iter().map(|sheet| sheet.listings.len()).sum(),
        money: money.line(),
        relisted: money.relisted,
        findings,
        findings_line: counts_line(findings),
        unsettled: entry.document.unsettled.len(),
    }
}

impl Page for StartPage {
    const NAME: &'static str = "start";

    fn samples() -> Vec<(&'static str, Self)> {
        let frame = Frame::new("計画一覧", Vec::new(), "/");
        let findings = FindingCounts { errors: 1, warnings: 20, notes: 300 };
        let card = PlanCard {
            name: "見本の計画".to_owned(),
            href: "/plans/evaluation".to_owned(),
            kind: "施策評価シート".to_owned(),
            document: "evaluation.txt".to_owned(),
            source_href: "/documents/1/lines".to_owned(),
            years: "令和6年度".to_owned(),
            sheets: 3,
            indicators: 12,
            projects: 40,
            money: "令和6年度 1,234,567千円".to_owned(),
            relisted: 2,
            findings,
            findings_line: counts_line(findings),
            unsettled: 4,
        };
        let long = PlanCard {
            name: "長い名前の計画".repeat(20),
            document: "long_file_name_without_a_break".repeat(6),
            money: "令和6年度 999,999,999,999千円、".repeat(4),
            ..card.clone()
        };
        let bare = PlanCard { findings_line: "指摘なし".to_owned(), ..PlanCard::default() };
        let bare = PlanCard { name: "空の計画".to_owned(), href: card.href.clone(), ..bare };
        vec![
            ("empty", Self { frame: frame.clone(), findings, plans: Vec::new() }),
            ("typical", Self { frame: frame.clone(), findings, plans: vec![card.clone(), bare] }),
            ("longest", Self { frame, findings, plans: vec![long; 30] }),
        ]
    }
}
