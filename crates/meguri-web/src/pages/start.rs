//! The start: the plans with what is in them and what was found.

use crate::Site;
use crate::asked::Asked;
use crate::chart::Chart;
use crate::error::PageError;
use crate::page::{self, Layout, Link, Page};
use crate::view::branches::{self, BranchTable};
use crate::view::finding::counts_line;
use crate::view::samples::ODD_NAME;
use crate::view::summary::{self, ShareView};
use crate::view::word;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, FindingCounts, Library, amounts, urls, whole, words};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "start.html")]
pub struct StartPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// All findings.
    pub findings: FindingCounts,
    /// What was published last, the newest first.
    pub news: Vec<News>,
    /// Words of daily life that lead somewhere.
    pub words: Vec<Link>,
    /// One card a plan.
    pub plans: Vec<PlanCard>,
}

/// A publication in short.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct News {
    /// The day, in words.
    pub date: String,
    /// What was published, with its page.
    pub what: Link,
    /// 正誤: what it corrects; empty in the first.
    pub note: String,
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
    /// How many sheets have which state, as a bar; without height where none has one.
    #[serde(skip)]
    pub chart: Chart,
    /// The share of indicators that reached their target.
    pub shares: Vec<ShareView>,
    /// The branches at a glance.
    pub branches: BranchTable,
}

/// `GET /`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    page::answer(&StartPage::new(&site.library), asked.format)
}

/// Publications of the start page at most.
const NEWS: usize = 10;

/// What was published last, the newest first.
fn news(library: &Library) -> Vec<News> {
    let mut news: Vec<(&str, News)> = library
        .versions()
        .filter_map(|entry| {
            let edition = entry.published.as_ref()?;
            let words = format!("{}（第{}版）", entry.plan_name(), edition.number);
            let what = Link::new(urls::version(entry.id, edition.number), words);
            let news = News {
                date: edition.date(),
                what,
                note: edition.note.clone(),
            };
            Some((edition.moment.as_str(), news))
        })
        .collect();
    news.sort_by(|(a, _), (b, _)| b.cmp(a));
    news.into_iter().take(NEWS).map(|(_, news)| news).collect()
}

impl StartPage {
    /// The page of some papers, and of what was published of them last.
    #[must_use]
    pub fn new(library: &Library) -> Self {
        Self {
            news: news(library),
            words: words::all(library).iter().map(word::link).collect(),
            layout: Layout::new("計画一覧", Vec::new(), "/").described(
                "計画がどこまで進んだかを、計画ごと・施策ごとに、出典と計算の手順とともに示します。",
            ),
            findings: FindingCounts::of(library.findings().map(|(_, found)| found)),
            plans: (1..)
                .zip(library.plans())
                .map(|(number, entry)| card(number, entry))
                .collect(),
        }
    }
}

fn card(number: usize, entry: &Entry) -> PlanCard {
    let sheets = &entry.document.sheets;
    let money = amounts::of_document(&entry.document);
    let whole = whole::of(entry);
    let counts = summary::judgements(entry, &whole, &whole.sheets);
    let chart = |c| summary::shares_chart(c, &format!("plan-{number}"), "件");
    let findings = FindingCounts::of(entry.findings.iter());
    let years: Vec<String> = entry.years().iter().map(ToString::to_string).collect();
    PlanCard {
        name: entry.plan_name().to_owned(),
        href: urls::plan(entry),
        kind: entry.kind.to_owned(),
        document: entry.document.name.clone(),
        source_href: urls::shown_source(entry),
        years: years.join("、"),
        sheets: sheets.len(),
        indicators: sheets.iter().map(|sheet| sheet.indicators.len()).sum(),
        projects: sheets.iter().map(|sheet| sheet.listings.len()).sum(),
        money: amounts::line(&money),
        relisted: money.relisted,
        findings,
        findings_line: counts_line(findings),
        unsettled: entry.document.unsettled.len(),
        chart: counts.first().map(chart).unwrap_or_default(),
        shares: summary::shares(entry, &whole.sheets),
        branches: branches::table(entry, &whole),
    }
}

impl Page for StartPage {
    const NAME: &'static str = "start";

    fn samples() -> Vec<(&'static str, Self)> {
        let layout = Layout::new("計画一覧", Vec::new(), "/");
        let findings = FindingCounts {
            errors: 1,
            warnings: 20,
            notes: 300,
        };
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
            chart: Chart::default(),
            shares: vec![summary::samples::share(100), summary::samples::share(80)],
            branches: branches::sample(3, "Ⅰ 見本の目標"),
        };
        let long = PlanCard {
            name: "長い名前の計画".repeat(20),
            document: "long_file_name_without_a_break".repeat(6),
            money: "令和6年度 999,999,999,999千円、".repeat(4),
            branches: BranchTable::default(),
            ..card.clone()
        };
        let bare = PlanCard {
            name: "空の計画".to_owned(),
            href: card.href.clone(),
            findings_line: "指摘なし".to_owned(),
            ..PlanCard::default()
        };
        let mut odd = card.clone();
        odd.name = ODD_NAME.to_owned();
        let news = News {
            date: "令和8年4月1日".to_owned(),
            what: Link::new("/plans/evaluation", "見本の計画（第2版）"),
            note: "達成率の印字を訂正".to_owned(),
        };
        let chart = summary::shares_chart(&summary::samples::counts("評価"), "plan-1", "件");
        let mut drawn = card.clone();
        drawn.chart = chart;
        let word = Link::new("/words?q=%E9%98%B2%E7%81%BD", "防災・安全（3件）");
        let of = |plans: Vec<PlanCard>, news: Vec<News>, words: Vec<Link>| Self {
            layout: layout.clone(),
            findings,
            news,
            words,
            plans,
        };
        let mut first = news.clone();
        first.note.clear();
        let few = vec![news.clone(), first];
        let typical = of(vec![drawn, card, bare], few, vec![word.clone(); 8]);
        let longest = of(vec![long; 20], vec![news; 10], vec![word; 30]);
        vec![
            ("empty", of(Vec::new(), Vec::new(), Vec::new())),
            ("typical", typical),
            ("odd-names", of(vec![odd], Vec::new(), Vec::new())),
            ("longest", longest),
        ]
    }
}
