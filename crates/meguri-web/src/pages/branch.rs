//! A branch of a plan: one node with its money, its states and all below it.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::lookup::document;
use crate::page::{self, Layout, Link, Page};
use crate::table::Table;
use crate::view::crumbs::{ancestors, home, to_branch};
use crate::view::samples::ODD_NAME;
use crate::view::summary::{self, CountsView, ShareView, drawn};
use crate::view::tree::{self, Lines, Tree, TreeView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, amounts, urls, whole};
use meguri_core::evaluation::Sheet;
use meguri_core::plan::NodeId;
use meguri_core::summary::money::once;
use meguri_core::summary::parent;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "branch.html")]
pub struct BranchPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Its number and name.
    pub title: String,
    /// The name of its level.
    pub level: String,
    /// How many sheets it has.
    pub sheets: usize,
    /// Money, in words.
    pub money: String,
    /// Rows that are counted elsewhere.
    pub relisted: usize,
    /// How many of its sheets have which state.
    pub counts: Vec<CountsView>,
    /// The share of indicators that reached their target.
    pub shares: Vec<ShareView>,
    /// What is below it, with its own sheets.
    #[serde(flatten)]
    pub tree: TreeView,
    /// The branch before, beside it.
    pub previous: Option<Link>,
    /// The branch after.
    pub next: Option<Link>,
}

/// `GET /plans/{plan}/branches/{branch}`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let entry = document(&site, &asked)?;
    let node = entry.branches.find(asked.part("branch"));
    let node = node.ok_or_else(|| PageError::not_found(urls::plan(entry), "計画の体系を見る"))?;
    page::answer(
        &BranchPage::new(entry, node, tree::lines(&asked)?),
        asked.format,
    )
}

impl BranchPage {
    /// The page of a branch.
    #[must_use]
    pub fn new(entry: &Entry, node: NodeId, lines: Lines) -> Self {
        let whole = whole::of(entry);
        let tree = Tree::new(entry, &whole);
        let sheets: Vec<&Sheet> = tree.sheets_below(node).collect();
        let money = once(sheets.iter().copied());
        let mut counts = summary::judgements(entry, &whole, &sheets);
        // The lists that counts lead to are those of the whole plan.
        counts
            .iter_mut()
            .flat_map(|c| &mut c.rows)
            .for_each(|row| row.href.clear());
        let beside = tree.children(parent(whole.plan, node));
        let place = beside.iter().position(|id| *id == node).unwrap_or_default();
        let neighbour = |place: Option<usize>| Some(to_branch(entry, *beside.get(place?)?));
        let title = whole::title_with_level(entry, &whole, node);
        let address = urls::branch(entry, node);
        Self {
            layout: Layout::new(title.clone(), ancestors(entry, Some(node)), &address)
                .with_csv(&address)
                .described(format!(
                    "「{}」のうち「{}」のシート{}枚と、評価の件数、指標の達成状況、事業費です。",
                    entry.plan_name(),
                    whole::name(&title),
                    sheets.len()
                )),
            level: whole
                .plan
                .node(node)
                .map_or_else(String::new, |n| entry.level_label(&n.level)),
            title,
            sheets: sheets.len(),
            money: amounts::line(&money),
            relisted: money.relisted,
            counts: drawn(counts, "state", "件"),
            shares: summary::shares(entry, &sheets),
            tree: tree.shown(Some(node), lines),
            previous: neighbour(place.checked_sub(1)),
            next: neighbour(place.checked_add(1)),
        }
    }
}

impl Page for BranchPage {
    const NAME: &'static str = "branch";

    fn samples() -> Vec<(&'static str, Self)> {
        let of = |title: &str, tree: TreeView| Self {
            layout: Layout::new(title, vec![home()], "/plans/evaluation/branches/1"),
            title: title.to_owned(),
            level: "基本目標".to_owned(),
            sheets: 3,
            money: "令和6年度 1,234千円".to_owned(),
            relisted: 2,
            counts: drawn(vec![summary::samples::counts("評価")], "state", "件"),
            shares: vec![summary::samples::share(100)],
            tree,
            previous: None,
            next: Some(Link::new("/plans/evaluation/branches/2", title)),
        };
        let empty = Self {
            money: String::new(),
            counts: Vec::new(),
            shares: Vec::new(),
            next: None,
            ..of("1 見本の目標", TreeView::default())
        };
        let trees = tree::samples::all().into_iter();
        let named = trees.map(|(name, tree)| {
            let title = if name == "odd-names" {
                ODD_NAME
            } else {
                "1 見本の目標"
            };
            (
                name,
                of(
                    title,
                    TreeView {
                        of_branch: true,
                        ..tree
                    },
                ),
            )
        });
        std::iter::once(("empty", empty)).chain(named).collect()
    }

    fn csv(&self) -> Option<Table> {
        Some(self.tree.table())
    }
}
