//! The tree of a plan, or of one branch of it. A page shows so many lines: as many levels as fit are
//! open, what is deeper stands on the page of its branch, and what is beside each other in greater
//! number is leafed through.

use crate::asked::Asked;
use crate::error::PageError;
use crate::page::Format;
use crate::table::{Column, Table};
use crate::view::finding::counts_line;
use crate::view::pagination::Pagination;
use crate::view::state::{self, StateView};
use crate::view::summary;
use askama::Template;
use meguri_app::read::quantity::YearView;
use meguri_app::read::{Entry, FindingCounts, amounts, urls, whole};
use meguri_core::evaluation::Sheet;
use meguri_core::plan::NodeId;
use meguri_core::summary::Whole;
use meguri_core::summary::money::once;
use serde::Serialize;
use std::collections::BTreeMap;

/// Lines of a tree on one page.
const LINES: usize = 90;

/// Characters of a name in a line; its own page has more.
const NAME: usize = 60;

/// Characters of a name that is only repeated for who listens.
const SHORT: usize = 24;

/// A tree or a part of it.
#[derive(Clone, Debug, Default, Serialize, Template)]
#[template(path = "tree.html")]
pub struct TreeView {
    /// The nodes, from the top.
    pub nodes: Vec<TreeNode>,
    /// Sheets that hang on no node; those of a branch itself.
    pub others: Vec<SheetLine>,
    /// Which of the topmost lines are shown.
    #[serde(skip)]
    pub pagination: Pagination,
    /// Is it one branch?
    #[serde(skip)]
    pub of_branch: bool,
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
    /// What stands on a page of its own instead of here.
    #[serde(skip)]
    pub folded: Option<Folded>,
}

/// All below a node, in short.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The page of the branch.
    pub href: String,
    /// How many sheets it has.
    pub sheets: usize,
    /// How many of them have which state.
    pub states: Vec<(StateView, usize)>,
}

/// A sheet in one line.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SheetLine {
    /// How it is called.
    pub label: String,
    /// Its page.
    pub href: String,
    /// The evaluated year.
    pub year: YearView,
    /// Its states.
    pub states: Vec<StateView>,
    /// How many findings.
    pub findings: FindingCounts,
    /// The same in words.
    pub findings_line: String,
}

/// What of a tree is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Everything: for programs.
    All,
    /// So much as a page has place for, from one of the topmost lines on.
    From(usize),
}

/// What a request wants of a tree.
pub(crate) fn lines(asked: &Asked) -> Result<Lines, PageError> {
    Ok(match asked.format {
        Format::Html => Lines::From(asked.count("from", 1)? as usize),
        _ => Lines::All,
    })
}

impl TreeView {
    /// Is there nothing in it?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.others.is_empty()
    }

    /// All its sheets, those below the nodes first.
    #[must_use]
    pub fn table(&self) -> Table {
        fn below<'a>(nodes: &'a [TreeNode], lines: &mut Vec<&'a SheetLine>) {
            for node in nodes {
                lines.extend(&node.sheets);
                below(&node.children, lines);
            }
        }
        let mut lines = Vec::new();
        below(&self.nodes, &mut lines);
        lines.extend(&self.others);
        let mut table = Table::new(&[
            Column::Text("シート"),
            Column::Year("評価年度"),
            Column::Text("評価"),
            Column::Text("指摘"),
            Column::Text("アドレス"),
        ]);
        table.rows.extend(lines.into_iter().map(|line| {
            let states: Vec<&str> = line
                .states
                .iter()
                .map(|state| state.value.as_str())
                .collect();
            vec![
                (&line.label).into(),
                line.year.into(),
                states.join("、").into(),
                (&line.findings_line).into(),
                (&line.href).into(),
            ]
        }));
        table
    }
}

impl TreeNode {
    /// Its number and name, or words where the paper has neither.
    fn title(&self) -> String {
        let title = match (self.number.is_empty(), self.name.is_empty()) {
            (true, true) => "（番号・名称の記載なし）".to_owned(),
            (false, true) => format!("{}（名称の記載なし）", self.number),
            _ => format!("{} {}", self.number, self.name).trim().to_owned(),
        };
        whole::cut(&title, NAME)
    }

    fn short(&self) -> String {
        whole::cut(&self.title(), SHORT)
    }
}

impl SheetLine {
    fn title(&self) -> String {
        whole::cut(&self.label, NAME)
    }
}

/// What the lines of a tree are made from.
pub(crate) struct Tree<'a> {
    entry: &'a Entry,
    whole: &'a Whole<'a>,
    children: BTreeMap<Option<NodeId>, Vec<NodeId>>,
    /// The numbers of the sheets of each node, from 1; those without a node stand at the top.
    sheets: BTreeMap<Option<NodeId>, Vec<usize>>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(entry: &'a Entry, whole: &'a Whole<'a>) -> Self {
        let mut children: BTreeMap<_, Vec<NodeId>> = BTreeMap::new();
        for id in (0..whole.plan.nodes.len()).map(NodeId) {
            children
                .entry(meguri_core::summary::parent(whole.plan, id))
                .or_default()
                .push(id);
        }
        let mut sheets: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (number, sheet) in (1..).zip(&whole.sheets) {
            let node = sheet.node.filter(|id| whole.plan.node(*id).is_some());
            sheets.entry(node).or_default().push(number);
        }
        Self {
            entry,
            whole,
            children,
            sheets,
        }
    }

    /// What is below a node, or at the top.
    pub(crate) fn shown(&self, above: Option<NodeId>, lines: Lines) -> TreeView {
        let (nodes, sheets) = (self.children(above), self.sheets(above));
        let (from, most) = match lines {
            Lines::All => (1, usize::MAX),
            Lines::From(from) => (from, LINES),
        };
        let address = above.map_or_else(
            || urls::plan(self.entry),
            |node| urls::branch(self.entry, node),
        );
        let pagination = Pagination::of(nodes.len() + sheets.len(), from, most, |from| {
            urls::with_query(&address, &[("from", &from.to_string())])
        });
        // The sheets of a branch are what it is about; at the top those without a place come last.
        let (nodes, sheets) = match above {
            Some(_) => (
                pagination.cut_behind(sheets.len(), nodes),
                pagination.cut(sheets),
            ),
            None => (
                pagination.cut(nodes),
                pagination.cut_behind(nodes.len(), sheets),
            ),
        };
        let depth = self.depth(nodes, most.saturating_sub(nodes.len() + sheets.len()));
        TreeView {
            nodes: nodes.iter().map(|id| self.node(*id, depth)).collect(),
            others: sheets
                .iter()
                .filter_map(|number| self.line(*number))
                .collect(),
            pagination,
            of_branch: above.is_some(),
        }
    }

    /// All sheets of a branch.
    pub(crate) fn sheets_below(&self, node: NodeId) -> impl Iterator<Item = &Sheet> {
        self.all_below(node)
            .into_iter()
            .filter_map(|number| self.entry.sheet(number))
    }

    fn all_below(&self, node: NodeId) -> Vec<usize> {
        let mut found = self.sheets(Some(node)).to_vec();
        found.extend(
            self.children(Some(node))
                .iter()
                .flat_map(|child| self.all_below(*child)),
        );
        found
    }

    /// How many levels can be open below some nodes where there is room for so many lines more.
    fn depth(&self, nodes: &[NodeId], mut room: usize) -> usize {
        let (mut depth, mut level) = (0, nodes.to_vec());
        loop {
            let lines: usize = level.iter().map(|id| self.lines_of(*id)).sum();
            if lines == 0 || lines > room {
                return depth;
            }
            room -= lines;
            depth += 1;
            level = level
                .iter()
                .flat_map(|id| self.children(Some(*id)))
                .copied()
                .collect();
        }
    }

    /// The lines that an open node has below its own; its only sheet stands in its own line.
    fn lines_of(&self, node: NodeId) -> usize {
        let sheets = self.sheets(Some(node)).len();
        self.children(Some(node)).len() + if sheets > 1 { sheets } else { 0 }
    }

    /// A node with so many levels open.
    fn node(&self, id: NodeId, depth: usize) -> TreeNode {
        let Some(node) = self.whole.plan.node(id) else {
            return TreeNode::default();
        };
        let place = node.name.as_ref().map(|name| name.line);
        let place = place.or(node.number.as_ref().map(|number| number.line));
        let own = self.sheets(Some(id));
        let open = depth > 0 || self.lines_of(id) == 0;
        let children = if open { self.children(Some(id)) } else { &[] };
        TreeNode {
            level: self.entry.level_label(&node.level),
            number: whole::printed(node.number.as_ref()),
            name: whole::printed(node.name.as_ref()),
            line_href: place.map_or_else(String::new, |line| urls::line(self.entry, line)),
            money: amounts::last_line(&once(self.sheets_below(id))),
            sheets: if open || own.len() == 1 {
                own.iter().filter_map(|number| self.line(*number)).collect()
            } else {
                Vec::new()
            },
            children: children
                .iter()
                .map(|id| self.node(*id, depth.saturating_sub(1)))
                .collect(),
            folded: (!open).then(|| self.folded(id)),
        }
    }

    fn folded(&self, node: NodeId) -> Folded {
        let sheets: Vec<&Sheet> = self.sheets_below(node).collect();
        let counts = summary::judgements(self.entry, self.whole, &sheets);
        let rows = counts.into_iter().flat_map(|counts| counts.rows);
        Folded {
            href: urls::branch(self.entry, node),
            sheets: sheets.len(),
            states: rows
                .filter(|row| row.count > 0)
                .map(|row| (row.state, row.count))
                .collect(),
        }
    }

    fn line(&self, number: usize) -> Option<SheetLine> {
        let sheet = self.entry.sheet(number)?;
        let findings = FindingCounts::of(self.entry.findings_on(number));
        Some(SheetLine {
            label: sheet.label.clone(),
            href: urls::sheet(self.entry, number),
            year: sheet.year.into(),
            states: state::of_sheet(self.entry, sheet),
            findings,
            findings_line: counts_line(findings),
        })
    }

    /// The nodes right below a node, or at the top.
    pub(crate) fn children(&self, above: Option<NodeId>) -> &[NodeId] {
        self.children.get(&above).map_or(&[][..], Vec::as_slice)
    }

    fn sheets(&self, node: Option<NodeId>) -> &[usize] {
        self.sheets.get(&node).map_or(&[][..], Vec::as_slice)
    }
}

/// Trees made up for samples.
pub(crate) mod samples {
    use super::{Folded, LINES, SheetLine, TreeNode, TreeView};
    use crate::view::pagination::Pagination;
    use crate::view::samples::ODD_NAME;
    use crate::view::state::sample as state;
    use meguri_app::read::FindingCounts;
    use meguri_app::read::quantity::YearView;

    fn line(label: &str) -> SheetLine {
        SheetLine {
            label: label.to_owned(),
            href: "/sheets/1".to_owned(),
            year: YearView::sample(),
            states: vec![state("◎", "S"), state("○", "A"), state("", "その他")],
            findings: FindingCounts {
                errors: 1,
                warnings: 0,
                notes: 0,
            },
            findings_line: "誤り1件".to_owned(),
        }
    }

    fn node(name: &str, children: Vec<TreeNode>) -> TreeNode {
        TreeNode {
            level: "方針".to_owned(),
            number: "1".to_owned(),
            name: name.to_owned(),
            line_href: "/documents/1/lines?from=1#L3".to_owned(),
            money: "令和6年度 1,234千円".to_owned(),
            sheets: vec![line("テーマ1「見本のまちづくり」")],
            children,
            folded: None,
        }
    }

    /// A tree with all states, one with odd names, and one as long as can be.
    pub(crate) fn all() -> Vec<(&'static str, TreeView)> {
        let of = |nodes: Vec<TreeNode>, others: Vec<SheetLine>| TreeView {
            pagination: Pagination::of(nodes.len() + others.len(), 1, LINES, |_| String::new()),
            nodes,
            others,
            of_branch: false,
        };
        let folded = |name: &str| {
            let states = vec![(state("◎", "S"), 12), (state("△", "B"), 36)];
            let href = "/plans/evaluation/branches/1-2".to_owned();
            TreeNode {
                sheets: Vec::new(),
                folded: Some(Folded {
                    href,
                    sheets: 48,
                    states,
                }),
                ..node(name, Vec::new())
            }
        };
        let several = TreeNode {
            sheets: vec![line("見本"); 2],
            ..node("方針", Vec::new())
        };
        let states = of(
            vec![node(
                "方針",
                vec![node("見本", Vec::new()), folded("見本"), several],
            )],
            vec![line("見本のシート")],
        );
        let odd = of(
            vec![node(ODD_NAME, vec![folded(ODD_NAME)])],
            vec![line(ODD_NAME)],
        );
        let name = "長い名前の施策".repeat(2_900);
        let mut long = of(vec![folded(&name); LINES], Vec::new());
        long.pagination = Pagination::of(LINES * 3, LINES + 1, LINES, |from| {
            format!("/plans/evaluation?from={from}")
        });
        vec![("states", states), ("odd-names", odd), ("longest", long)]
    }
}
