//! A plan: its tree with states, money and findings.

use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::chart::Chart;
use crate::web::data::{Entry, FindingCounts, Library, amounts, places, whole};
use crate::web::error::PageError;
use crate::web::page::{self, Frame, Link, Page};
use crate::web::pages::overview::{self, BranchTable, CountsShown, ShareShown};
use crate::web::pages::shown::{EditionShown, counts_line, old_version};
use crate::web::pages::{compare, home, matrix, money};
use crate::web::table::Table;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_core::evaluation::Sheet;
use meguri_core::plan::NodeId;
use meguri_core::summary::Whole;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "plan.html")]
pub struct PlanPage {
    /// Head and foot.
    #[serde(skip)]
    pub frame: Frame,
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
    pub counts: Vec<CountsShown>,
    /// The share of indicators that reached their target.
    pub shares: Vec<ShareShown>,
    /// How many projects have which direction.
    pub next_steps: Vec<CountsShown>,
    /// The money of all by year; without height where fewer than two years have any.
    #[serde(skip)]
    pub money_chart: Chart,
    /// The page of the money.
    pub money_href: String,
    /// The branches below the top.
    pub branches: BranchTable,
    /// The tree, from the top.
    pub nodes: Vec<TreeNode>,
    /// Sheets that hang on no node.
    pub others: Vec<SheetLine>,
    /// The documents of the plan, the newest first; empty where there is only this one.
    pub documents: Vec<DocumentLink>,
    /// Number and day of the publication that is shown; empty where it is none.
    pub published: String,
    /// What was published of this document, the newest first.
    pub versions: Vec<EditionShown>,
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

/// A state in a sign and words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StateShown {
    /// Its sign; empty where the scheme has none.
    pub sign: String,
    /// As printed.
    pub value: String,
}

/// One node with all below it.
#[derive(Clone, Debug, Default, Serialize, Template)]
#[template(path = "tree_node.html")]
pub struct TreeNode {
    /// The name of its level.
    pub level: String,
    /// Its number, as printed.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Its line in the source; empty where the paper does not print it.
    pub line_href: String,
    /// Money of all below in the last year, in words.
    pub money: String,
    /// Its sheets.
    pub sheets: Vec<SheetLine>,
    /// The nodes below.
    pub children: Vec<TreeNode>,
}

/// A sheet in one line.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SheetLine {
    /// How it is called.
    pub label: String,
    /// Its page.
    pub href: String,
    /// The evaluated year.
    pub year: String,
    /// Its states.
    pub states: Vec<StateShown>,
    /// How many findings.
    pub findings: FindingCounts,
    /// The same in words.
    pub findings_line: String,
}

/// `GET /plans/{plan}`
pub(in crate::web) async fn show(
    State(site): State<Site>,
    asked: Asked,
) -> Result<Response, PageError> {
    let entry = site.library.plan(asked.part("plan"));
    let entry = entry.ok_or_else(|| PageError::not_found("/", "計画の一覧を見る"))?;
    page::answer(&PlanPage::new(&site.library, entry), asked.format)
}

/// `GET /documents/{document}`, `GET /documents/{document}/{version}`
pub(in crate::web) async fn show_document(
    State(site): State<Site>,
    asked: Asked,
) -> Result<Response, PageError> {
    let entry = find(&site.library, &asked)?;
    page::answer(&PlanPage::new(&site.library, entry), asked.format)
}

/// The version of a document that an address names.
pub(in crate::web) fn find<'a>(
    library: &'a Library,
    asked: &Asked,
) -> Result<&'a Entry, PageError> {
    let id = asked.id("document").unwrap_or_default();
    let start = ("/", "計画の一覧を見る");
    let Some(version) = asked.version() else {
        return library.document(id).map_err(|why| PageError::absent(why, start.0, start.1));
    };
    library.version(id, version.unwrap_or_default()).map_err(|why| match library.document(id) {
        Ok(_) => PageError::absent(why, places::current_document(id), "現在の版を見る"),
        Err(_) => PageError::absent(why, start.0, start.1),
    })
}

impl PlanPage {
    /// The page of a plan.
    #[must_use]
    pub fn new(library: &Library, entry: &Entry) -> Self {
        let document = &entry.document;
        let money = amounts::of_document(document);
        let whole = whole::of(entry);
        let sheets: Vec<(usize, &Sheet)> = (1..).zip(document.sheets()).collect();
        let tree = Tree { entry, sheets: &sheets };
        let versions = versions(library, entry);
        let homeless = |sheet: &Sheet| sheet.node.is_none_or(|id| document.plan.node(id).is_none());
        let others = sheets.iter().filter(|(_, sheet)| homeless(sheet));
        Self {
            frame: frame(library, entry),
            name: entry.plan_name().to_owned(),
            period: document.plan.period.map_or_else(String::new, |period| period.to_string()),
            document: document.name.clone(),
            source_href: places::source(entry),
            money: amounts::line(&money),
            relisted: money.relisted,
            findings_line: counts_line(FindingCounts::of(entry.findings.iter())),
            findings_href: places::findings_of(entry),
            views: views(library, entry, &whole),
            counts: drawn(overview::judgements(entry, &whole, &whole.sheets), "state", "件"),
            shares: overview::shares(entry, &whole.sheets),
            next_steps: drawn(overview::next_steps(entry, &whole.sheets), "step", "事業"),
            money_chart: money::chart(&whole, ""),
            money_href: places::money(entry),
            branches: overview::branches(entry, &whole),
            nodes: tree.below(None),
            others: others.map(|(number, sheet)| tree.line(*number, sheet)).collect(),
            documents: documents(library, entry),
            published: entry.published.as_ref().map_or_else(String::new, |edition| {
                format!("第{}版（{}）", edition.number, edition.date())
            }),
            changes_href: if versions.len() > 1 {
                places::changes(entry.id)
            } else {
                String::new()
            },
            versions,
        }
    }

    /// All its sheets, those below the nodes first.
    fn lines(&self) -> Vec<&SheetLine> {
        fn below<'a>(nodes: &'a [TreeNode], lines: &mut Vec<&'a SheetLine>) {
            for node in nodes {
                lines.extend(&node.sheets);
                below(&node.children, lines);
            }
        }
        let mut lines = Vec::new();
        below(&self.nodes, &mut lines);
        lines.extend(&self.others);
        lines
    }
}

/// Counts with their bars; ids begin with a word that no other part of the page uses.
fn drawn(counts: Vec<CountsShown>, word: &str, counter: &str) -> Vec<CountsShown> {
    let numbered = (1..).zip(counts);
    numbered
        .map(|(no, counts): (usize, _)| counts.drawn(&format!("{word}-{no}"), counter))
        .collect()
}

fn frame(library: &Library, entry: &Entry) -> Frame {
    let address = places::plan(entry);
    let crumbs = match library.plan(&entry.key).filter(|_| !entry.leads) {
        Some(plan) => vec![home(), Link::new(places::plan(plan), plan.plan_name())],
        None => vec![home()],
    };
    let current = library.document(entry.id).ok();
    let current = current.map(|entry| Link::new(places::document(entry), "現在の版を見る"));
    let title = if entry.leads {
        entry.plan_name().to_owned()
    } else {
        format!("{}（{}）", entry.plan_name(), entry.short_name())
    };
    let frame = Frame::new(title, crumbs, &address).with_csv(&address);
    frame.noticed(old_version(library, entry, current))
}

fn documents(library: &Library, entry: &Entry) -> Vec<DocumentLink> {
    let documents = library.documents_of(&entry.key);
    let links = documents.iter().map(|document| DocumentLink {
        link: Link::new(places::current_document(document.id), document.short_name()),
        here: document.id == entry.id,
    });
    if documents.len() > 1 { links.collect() } else { Vec::new() }
}

fn versions(library: &Library, entry: &Entry) -> Vec<EditionShown> {
    let versions = library.versions_of(entry.id).into_iter();
    let shown = versions.filter_map(|entry| {
        let edition = entry.published.as_ref()?;
        Some(EditionShown::new(entry, edition))
    });
    shown.collect()
}

impl TreeNode {
    /// Its number and name, or words where the paper has neither.
    fn title(&self) -> String {
        match (self.number.is_empty(), self.name.is_empty()) {
            (true, true) => "（番号・名称の記載なし）".to_owned(),
            (false, true) => format!("{}（名称の記載なし）", self.number),
            _ => format!("{} {}", self.number, self.name).trim().to_owned(),
        }
    }
}

/// The views that the data of a document has something for.
fn views(library: &Library, entry: &Entry, whole: &Whole<'_>) -> Vec<Link> {
    let mut views = vec![Link::new(places::list(entry), "一覧（絞り込み）")];
    if matrix::has(whole) {
        views.push(Link::new(places::matrix(entry), "評価の一覧表"));
    }
    if money::has(whole) {
        views.push(Link::new(places::money(entry), "年度ごとの事業費"));
    }
    if let Some((from, to)) = compare::latest(library, entry) {
        let href = places::compare(&entry.document.plan.key, from, to, None);
        views.push(Link::new(href, format!("{from}と{to}の比較")));
    }
    views
}

fn state(entry: &Entry, field: &str, value: &str) -> StateShown {
    StateShown { sign: entry.sign_of(field, value).0, value: value.to_owned() }
}

struct Tree<'a> {
    entry: &'a Entry,
    sheets: &'a [(usize, &'a Sheet)],
}

impl Tree<'_> {
    /// The nodes right below a node, or at the top.
    fn below(&self, above: Option<NodeId>) -> Vec<TreeNode> {
        let nodes = &self.entry.document.plan.nodes;
        let mut found = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let id = NodeId(index);
            // A parent stands before its children; what says otherwise is shown at the top.
            if node.parent.filter(|parent| *parent < id) != above {
                continue;
            }
            let money = amounts::of_branch(&self.entry.document, id);
            let own = self.sheets.iter().filter(|(_, sheet)| sheet.node == Some(id));
            let place = node.name.as_ref().map(|name| name.line);
            let place = place.or(node.number.as_ref().map(|number| number.line));
            found.push(TreeNode {
                level: self.entry.level_label(&node.level),
                number: node.number.as_ref().map_or_else(String::new, |n| n.value.clone()),
                name: node.name.as_ref().map_or_else(String::new, |n| n.value.clone()),
                line_href: place.map_or_else(String::new, |line| places::line(self.entry, line)),
                money: amounts::last_line(&money),
                sheets: own.map(|(number, sheet)| self.line(*number, sheet)).collect(),
                children: self.below(Some(id)),
            });
        }
        found
    }

    fn line(&self, number: usize, sheet: &Sheet) -> SheetLine {
        let states =
            sheet.judgements.iter().map(|j| state(self.entry, &j.field, &j.value.value)).collect();
        let findings = FindingCounts::of(self.entry.findings_on(number));
        SheetLine {
            label: sheet.label.clone(),
            href: places::sheet(self.entry, number),
            year: sheet.year.map_or_else(String::new, |year| year.to_string()),
            states,
            findings,
            findings_line: counts_line(findings),
        }
    }
}

/// Two documents of a plan, made up for samples.
fn sample_documents() -> Vec<DocumentLink> {
    let of = |id: i64, text: &str, here| {
        let link = Link::new(places::current_document(id), text);
        DocumentLink { link, here }
    };
    vec![of(2, "令和6年度", true), of(1, "令和5年度", false)]
}

/// A plan without anything, made up for samples.
fn bare() -> PlanPage {
    PlanPage {
        frame: Frame::new("見本の計画", vec![home()], "/plans/evaluation"),
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
        nodes: Vec::new(),
        others: Vec::new(),
        documents: Vec::new(),
        published: String::new(),
        versions: Vec::new(),
        changes_href: String::new(),
    }
}

impl Page for PlanPage {
    const NAME: &'static str = "plan";

    fn samples() -> Vec<(&'static str, Self)> {
        let states = [("◎", "S"), ("○", "A"), ("△", "B"), ("", "その他")];
        let states = states.map(|(sign, value)| overview::samples::state(sign, value)).to_vec();
        let line = SheetLine {
            label: "テーマ1「見本のまちづくり」".to_owned(),
            href: "/sheets/1".to_owned(),
            year: "令和6年度".to_owned(),
            states: states.clone(),
            findings: FindingCounts { errors: 1, warnings: 0, notes: 0 },
            findings_line: "誤り1件".to_owned(),
        };
        let node = |name: &str, children| TreeNode {
            level: "方針".to_owned(),
            number: "1".to_owned(),
            name: name.to_owned(),
            line_href: "/documents/1/lines?from=1#L3".to_owned(),
            money: "令和6年度 1,234千円".to_owned(),
            sheets: vec![line.clone()],
            children,
        };
        let leaf = node("見本", vec![]);
        let full = |nodes: Vec<TreeNode>| Self {
            frame: Frame::new("見本の計画", vec![home()], "/plans/evaluation"),
            name: "見本の計画".to_owned(),
            period: "令和3～6年度".to_owned(),
            document: "evaluation.txt".to_owned(),
            source_href: "/documents/1/lines".to_owned(),
            money: "令和6年度 1,234千円".to_owned(),
            relisted: 3,
            findings_line: "誤り1件".to_owned(),
            findings_href: "/findings?plan=evaluation".to_owned(),
            views: vec![Link::new("/plans/evaluation/list", "一覧（絞り込み）")],
            counts: drawn(vec![overview::samples::counts("評価")], "state", "件"),
            shares: vec![overview::samples::share(100), overview::samples::share(80)],
            next_steps: drawn(vec![overview::samples::counts("来年度の動向")], "step", "事業"),
            money_chart: money::sample_chart(""),
            money_href: "/plans/evaluation/money".to_owned(),
            branches: overview::samples::branches(4, "Ⅰ 見本の目標"),
            nodes,
            others: vec![line.clone()],
            documents: sample_documents(),
            published: "第2版（令和8年4月1日）".to_owned(),
            versions: EditionShown::samples(),
            changes_href: "/documents/2/changes".to_owned(),
        };
        let long = node(&"長い名前の施策".repeat(15), vec![leaf.clone(); 6]);
        let all = full(vec![node("方針", vec![leaf; 2])]);
        vec![("empty", bare()), ("states", all), ("longest", full(vec![long; 8]))]
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&["シート", "評価年度", "評価", "指摘", "アドレス"]);
        table.rows.extend(self.lines().into_iter().map(|line| {
            let states: Vec<&str> = line.states.iter().map(|state| state.value.as_str()).collect();
            vec![
                line.label.clone(),
                line.year.clone(),
                states.join("、"),
                line.findings_line.clone(),
                line.href.clone(),
            ]
        }));
        Some(table)
    }
}
