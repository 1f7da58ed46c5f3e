//! A plan: its tree with states, money and findings.

use crate::Site;
use crate::asked::Asked;
use crate::chart::Chart;
use crate::error::PageError;
use crate::lookup::document;
use crate::page::{self, Layout, Link, Page};
use crate::paper;
use crate::table::Table;
use crate::view::branches::{self, BranchTable};
use crate::view::crumbs::home;
use crate::view::edition::{EditionView, old_version};
use crate::view::finding::counts_line;
use crate::view::money;
use crate::view::summary::{self, CountsView, ShareView, drawn};
use crate::view::tree::{self, Lines, Tree, TreeView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, FindingCounts, Library, amounts, urls, whole};
use meguri_core::summary::Whole;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "plan.html")]
pub struct PlanPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The plan's name.
    pub name: String,
    /// The years of the plan, where the paper says them.
    pub period: String,
    /// The paper.
    pub document: String,
    /// Its lines.
    pub source_href: String,
    /// Money, in words.
    pub money: String,
    /// Rows that are counted elsewhere.
    pub relisted: usize,
    /// What was found, in words.
    pub findings_line: String,
    /// The findings.
    pub findings_href: String,
    /// Other views of the plan, as far as its data has them.
    pub views: Vec<Link>,
    /// How many sheets have which state.
    pub counts: Vec<CountsView>,
    /// The share of indicators that reached their target.
    pub shares: Vec<ShareView>,
    /// How many projects have which direction.
    pub next_steps: Vec<CountsView>,
    /// The money of all by year; without height where fewer than two years have any.
    #[serde(skip)]
    pub money_chart: Chart,
    /// The page of the money.
    pub money_href: String,
    /// The branches below the top.
    pub branches: BranchTable,
    /// The tree, with the sheets that hang on no node.
    #[serde(flatten)]
    pub tree: TreeView,
    /// The documents of the plan, the newest first; empty where there is only this one.
    pub documents: Vec<DocumentLink>,
    /// Number and day of the publication that is shown; empty where it is none.
    pub published: String,
    /// What was published of this document, the newest first.
    pub versions: Vec<EditionView>,
    /// What changed between them; empty where there is only one.
    pub changes_href: String,
}

/// A document of the plan, to switch to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DocumentLink {
    /// Its years, with its page.
    pub link: Link,
    /// Is it this one?
    pub here: bool,
}

/// `GET /plans/{plan}`, `GET /documents/{document}`, `GET /documents/{document}/{version}`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let entry = document(&site, &asked)?;
    if asked.format.is_file() {
        return paper::answer(&site, entry, Vec::new(), asked.format);
    }
    page::answer(
        &PlanPage::new(&site.library, entry, tree::lines(&asked)?),
        asked.format,
    )
}

impl PlanPage {
    /// The page of a plan.
    #[must_use]
    pub fn new(library: &Library, entry: &Entry, lines: Lines) -> Self {
        let document = &entry.document;
        let money = amounts::of_document(document);
        let whole = whole::of(entry);
        let versions = versions(library, entry);
        Self {
            layout: layout(library, entry),
            name: entry.plan_name().to_owned(),
            period: document
                .plan
                .period
                .map_or_else(String::new, |period| period.to_string()),
            document: entry.paper_name(),
            source_href: urls::shown_source(entry),
            money: amounts::line(&money),
            relisted: money.relisted,
            findings_line: counts_line(FindingCounts::of(entry.findings.iter())),
            findings_href: urls::findings_of(entry),
            views: views(library, entry, &whole),
            counts: drawn(
                summary::judgements(entry, &whole, &whole.sheets),
                "state",
                "件",
            ),
            shares: summary::shares(entry, &whole.sheets),
            next_steps: drawn(summary::next_steps(entry, &whole.sheets), "step", "事業"),
            money_chart: money::chart(&whole, ""),
            money_href: urls::money(entry),
            branches: branches::table(entry, &whole),
            tree: Tree::new(entry, &whole).shown(None, lines),
            documents: documents(library, entry),
            published: entry
                .published
                .as_ref()
                .map_or_else(String::new, |edition| {
                    format!("第{}版（{}）", edition.number, edition.date())
                }),
            changes_href: if versions.len() > 1 {
                urls::changes(entry.id)
            } else {
                String::new()
            },
            versions,
        }
    }
}

fn layout(library: &Library, entry: &Entry) -> Layout {
    let address = urls::plan(entry);
    let crumbs = match library.plan(&entry.key).filter(|_| !entry.leads) {
        Some(plan) => vec![home(), Link::new(urls::plan(plan), plan.plan_name())],
        None => vec![home()],
    };
    let current = library.document(entry.id).ok();
    let current = current.map(|entry| Link::new(urls::document(entry), "現在の版を見る"));
    let title = if entry.leads {
        entry.plan_name().to_owned()
    } else {
        format!("{}（{}）", entry.plan_name(), entry.short_name())
    };
    let period = entry
        .document
        .plan
        .period
        .map_or_else(String::new, |p| format!("（{p}）"));
    let layout = Layout::new(title, crumbs, &address)
        .with_csv(&address)
        .described(format!(
            "「{}」{period}の体系とシート{}枚の評価、指標の達成状況、事業費です。",
            entry.plan_name(),
            entry.document.sheets.len()
        ));
    let layout = if paper::has_book(entry) {
        layout.with_papers(&address)
    } else {
        layout
    };
    layout.noticed(old_version(library, entry, current))
}

fn documents(library: &Library, entry: &Entry) -> Vec<DocumentLink> {
    let documents = library.documents_of(&entry.key);
    let links = documents.iter().map(|document| DocumentLink {
        link: Link::new(urls::current_document(document.id), document.short_name()),
        here: document.id == entry.id,
    });
    if documents.len() > 1 {
        links.collect()
    } else {
        Vec::new()
    }
}

fn versions(library: &Library, entry: &Entry) -> Vec<EditionView> {
    let versions = library.versions_of(entry.id).into_iter();
    versions
        .filter_map(|entry| {
            let edition = entry.published.as_ref()?;
            Some(EditionView::new(entry, edition))
        })
        .collect()
}

/// The views that the data of a document has something for.
fn views(library: &Library, entry: &Entry, whole: &Whole<'_>) -> Vec<Link> {
    let mut views = vec![Link::new(urls::list(entry), "一覧（絞り込み）")];
    if whole::has_matrix(whole) {
        views.push(Link::new(urls::matrix(entry), "評価の一覧表"));
    }
    if whole::has_money(whole) {
        views.push(Link::new(urls::money(entry), "年度ごとの事業費"));
    }
    if let Some((from, to)) = library.latest_years(entry) {
        let href = urls::compare(&entry.document.plan.key, from, to, None);
        views.push(Link::new(href, format!("{from}と{to}の比較")));
    }
    views
}

/// Two documents of a plan, made up for samples.
fn sample_documents() -> Vec<DocumentLink> {
    let of = |id: i64, text: &str, here| {
        let link = Link::new(urls::current_document(id), text);
        DocumentLink { link, here }
    };
    vec![of(2, "令和6年度", true), of(1, "令和5年度", false)]
}

/// A plan without anything, made up for samples.
fn bare() -> PlanPage {
    PlanPage {
        layout: Layout::new("見本の計画", vec![home()], "/plans/evaluation"),
        name: "見本の計画".to_owned(),
        period: String::new(),
        document: "evaluation.txt".to_owned(),
        source_href: "/documents/1/lines".to_owned(),
        money: String::new(),
        relisted: 0,
        findings_line: "指摘なし".to_owned(),
        findings_href: "/findings?plan=evaluation".to_owned(),
        views: Vec::new(),
        counts: Vec::new(),
        shares: Vec::new(),
        next_steps: Vec::new(),
        money_chart: Chart::default(),
        money_href: String::new(),
        branches: BranchTable::default(),
        tree: TreeView::default(),
        documents: Vec::new(),
        published: String::new(),
        versions: Vec::new(),
        changes_href: String::new(),
    }
}

impl Page for PlanPage {
    const NAME: &'static str = "plan";

    fn samples() -> Vec<(&'static str, Self)> {
        let full = |tree: TreeView| Self {
            layout: Layout::new("見本の計画", vec![home()], "/plans/evaluation"),
            name: "見本の計画".to_owned(),
            period: "令和3～6年度".to_owned(),
            document: "evaluation.txt".to_owned(),
            source_href: "/documents/1/lines".to_owned(),
            money: "令和6年度 1,234千円".to_owned(),
            relisted: 3,
            findings_line: "誤り1件".to_owned(),
            findings_href: "/findings?plan=evaluation".to_owned(),
            views: vec![Link::new("/plans/evaluation/list", "一覧（絞り込み）")],
            counts: drawn(vec![summary::samples::counts("評価")], "state", "件"),
            shares: vec![summary::samples::share(100), summary::samples::share(80)],
            next_steps: drawn(
                vec![summary::samples::counts("来年度の動向")],
                "step",
                "事業",
            ),
            money_chart: money::sample_chart(""),
            money_href: "/plans/evaluation/money".to_owned(),
            branches: branches::sample(4, "Ⅰ 見本の目標"),
            tree,
            documents: sample_documents(),
            published: "第2版（令和8年4月1日）".to_owned(),
            versions: EditionView::samples(),
            changes_href: "/documents/2/changes".to_owned(),
        };
        let named = tree::samples::all()
            .into_iter()
            .map(|(name, tree)| (name, full(tree)));
        std::iter::once(("empty", bare())).chain(named).collect()
    }

    fn csv(&self) -> Option<Table> {
        Some(self.tree.table())
    }
}
