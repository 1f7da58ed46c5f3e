//! The list of a plan's sheets (施策・項目の一覧): groups with states, sections and short texts, and
//! filters that are links and a form.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::lookup::document;
use crate::page::{self, Format, Layout, Link, Page};
use crate::table::{Column, Table};
use crate::view::crumbs::{home, way_to_plan};
use crate::view::list_row::ListRow;
use crate::view::samples::ODD_NAME;
use crate::view::state;
use crate::view::summary::{self, CountsView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, urls, whole};
use meguri_core::evaluation::Sheet;
use meguri_core::plan::NodeId;
use meguri_core::summary::{Whole, top_of, way_to};
use serde::Serialize;

/// Rows of one page.
const A_PAGE: usize = 50;

/// Choices of a filter; with more it is none.
const OPTIONS: usize = 100;

/// Characters of a choice.
const OPTION: usize = 40;

/// Characters of a short text.
const SHORT: usize = 70;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "list.html")]
pub struct ListPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The plan's name.
    pub name: String,
    /// The address of the list without filters.
    pub address: String,
    /// How many sheets there are.
    pub all: usize,
    /// How many the filter lets through.
    pub count: usize,
    /// The first that is shown, from 1.
    pub from: usize,
    /// The counts of all sheets, each with its list.
    pub counts: Vec<CountsView>,
    /// The filters.
    pub filters: Vec<Choices>,
    /// What the column of plans is called; empty without one.
    pub planned: String,
    /// What the column of results is called; empty without one.
    pub done: String,
    /// Rows under their headings.
    pub groups: Vec<ListGroup>,
    /// The rows before.
    pub previous: Option<Link>,
    /// The rows after.
    pub next: Option<Link>,
}

/// One filter of the form.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Choices {
    /// Its name in the address.
    pub key: &'static str,
    /// Its name for a person.
    pub label: &'static str,
    /// What can be chosen: value, words, and whether it is.
    pub options: Vec<(String, String, bool)>,
}

/// Rows under one heading.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListGroup {
    /// The nodes above, from the top; empty for sheets at the top.
    pub title: String,
    /// The rows.
    pub rows: Vec<ListRow>,
}

impl ListGroup {
    fn name(&self) -> String {
        whole::name(&self.title)
    }
}

/// What is wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// A value of a scale.
    pub state: String,
    /// The name of a section.
    pub section: String,
    /// The place of a topmost node, from 1.
    pub top: String,
}

/// `GET /plans/{plan}/list`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let entry = document(&site, &asked)?;
    let text = |name: &str| asked.query(name).unwrap_or_default().to_owned();
    let filter = Filter {
        state: text("state"),
        section: text("section"),
        top: text("top"),
    };
    let from = asked.count("from", 1)?.max(1) as usize;
    // A table for a spreadsheet has all rows.
    let page = match asked.format {
        Format::Csv => ListPage::of(entry, &filter, 1, usize::MAX),
        _ => ListPage::new(entry, &filter, from),
    };
    page::answer(&page, asked.format)
}

impl Filter {
    fn lets_through(&self, whole: &Whole<'_>, sheet: &Sheet) -> bool {
        let state = |value: &str| sheet.judgements.iter().any(|j| j.value.value == value);
        let section = |name: &str| sheet.sections.iter().any(|s| s.value == name);
        let top = || top_of(whole.plan, sheet).map(urls::number_of_branch);
        (self.state.is_empty() || state(&self.state))
            && (self.section.is_empty() || section(&self.section))
            && (self.top.is_empty() || top().as_ref() == Some(&self.top))
    }

    fn address(&self, entry: &Entry, from: usize) -> String {
        let query = [
            ("state", self.state.as_str()),
            ("section", &self.section),
            ("top", &self.top),
            ("from", &urls::from(from)),
        ];
        urls::list_where(entry, &query)
    }
}

impl ListPage {
    /// The rows that a filter lets through, from one on.
    #[must_use]
    pub fn new(entry: &Entry, filter: &Filter, from: usize) -> Self {
        Self::of(entry, filter, from, A_PAGE)
    }

    fn of(entry: &Entry, filter: &Filter, from: usize, most: usize) -> Self {
        let whole = whole::of(entry);
        let numbered = whole.sheets.iter().copied().enumerate();
        let found: Vec<(usize, &Sheet)> = numbered
            .filter(|(_, sheet)| filter.lets_through(&whole, sheet))
            .collect();
        let field = |field: Option<&meguri_core::scheme::SheetField>| {
            field.map_or_else(Default::default, |f| (f.key.clone(), f.label.clone()))
        };
        let (plan_key, planned) = field(whole::planned(whole::scheme(entry)));
        let (done_key, done) = field(whole::done(whole::scheme(entry)));
        let mut groups: Vec<ListGroup> = Vec::new();
        for (index, sheet) in found.iter().skip(from - 1).take(most) {
            let title = above(&whole, sheet);
            let mut row = row(entry, &whole, *index, sheet);
            row.planned = whole::short(sheet, &plan_key, SHORT);
            row.done = whole::short(sheet, &done_key, SHORT);
            match groups.last_mut().filter(|group| group.title == title) {
                Some(group) => group.rows.push(row),
                None => groups.push(ListGroup {
                    title,
                    rows: vec![row],
                }),
            }
        }
        let page = |from: usize, words: &str| Link::new(filter.address(entry, from), words);
        let after = from.saturating_add(most);
        let title = format!("{}の一覧", entry.plan_name());
        Self {
            layout: Layout::new(title, way_to_plan(entry), &filter.address(entry, from))
                .with_csv(&filter.address(entry, 1))
                .described(format!(
                    "「{}」の全{}枚のシートを、評価、分野、所管課で絞り込める一覧です。",
                    entry.plan_name(),
                    whole.sheets.len()
                ))
                .called("一覧"),
            name: entry.plan_name().to_owned(),
            address: urls::list(entry),
            all: whole.sheets.len(),
            count: found.len(),
            from,
            counts: summary::judgements(entry, &whole, &whole.sheets),
            filters: filters(entry, &whole, filter),
            planned,
            done,
            groups,
            previous: (from > 1).then(|| page(from.saturating_sub(A_PAGE).max(1), "前の行へ")),
            next: (after <= found.len()).then(|| page(after, "次の行へ")),
        }
    }
}

/// The nodes above a sheet's own, from the top.
fn above(whole: &Whole<'_>, sheet: &Sheet) -> String {
    let way = sheet
        .node
        .map(|node| way_to(whole.plan, node))
        .unwrap_or_default();
    let above = way.split_last().map_or(&[][..], |(_, above)| above);
    let titles: Vec<String> = above
        .iter()
        .map(|id| whole::title_of(whole.plan, *id))
        .collect();
    titles.join(" ＞ ")
}

fn row(entry: &Entry, whole: &Whole<'_>, index: usize, sheet: &Sheet) -> ListRow {
    let named = sheet
        .node
        .and_then(|id| whole.plan.node(id))
        .filter(|node| node.name.is_some());
    let relisted = sheet.relisted_from.as_ref().map(|from| {
        let number = from.value.to_string();
        let words = format!("再掲（元：{number}）");
        let is = |id: NodeId| {
            let node = whole.plan.node(id);
            node.and_then(|node| node.number.as_ref())
                .is_some_and(|no| no.value == number)
        };
        let first = whole
            .sheets
            .iter()
            .position(|sheet| sheet.node.is_some_and(is));
        let first = first.filter(|first| *first != index);
        let href = first.map_or_else(String::new, |first| urls::sheet(entry, first + 1));
        Link::new(href, words)
    });
    ListRow {
        title: named.map_or_else(|| sheet.label.clone(), whole::title),
        href: urls::sheet(entry, index + 1),
        states: state::of_sheet(entry, sheet),
        sections: sheet
            .sections
            .iter()
            .map(|section| section.value.clone())
            .collect(),
        relisted,
        planned: String::new(),
        done: String::new(),
    }
}

/// The filters that have something to choose from.
fn filters(entry: &Entry, whole: &Whole<'_>, filter: &Filter) -> Vec<Choices> {
    let option = |value: String, words: String, chosen: &str| {
        let is = value == chosen;
        (value, whole::cut(&words, OPTION), is)
    };
    let counts = summary::judgements(entry, whole, &whole.sheets);
    let states = counts
        .iter()
        .flat_map(|counts| &counts.rows)
        .filter(|row| !row.href.is_empty());
    let states = states.map(|row| {
        let words = format!("{} {}（{}件）", row.state.sign, row.state.value, row.count);
        option(
            row.state.value.clone(),
            words.trim().to_owned(),
            &filter.state,
        )
    });
    let tops = whole::tops(whole).into_iter().flatten().map(|top| {
        let words = whole::title_of(whole.plan, top);
        option(urls::number_of_branch(top), words, &filter.top)
    });
    let mut names: Vec<&String> = whole
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.sections)
        .map(|s| &s.value)
        .collect();
    names.retain(|name| name.chars().count() <= whole::NAME);
    names.sort();
    names.dedup();
    let sections = names
        .into_iter()
        .map(|name| option(name.clone(), name.clone(), &filter.section));
    let all = [
        Choices {
            key: "state",
            label: "評価",
            options: states.collect(),
        },
        Choices {
            key: "top",
            label: "分野",
            options: tops.collect(),
        },
        Choices {
            key: "section",
            label: "所管課",
            options: sections.collect(),
        },
    ];
    all.into_iter()
        .filter(|choices| (2..=OPTIONS).contains(&choices.options.len()))
        .collect()
}

impl Page for ListPage {
    const NAME: &'static str = "list";

    fn samples() -> Vec<(&'static str, Self)> {
        let layout = Layout::new("見本の計画の一覧", vec![home()], "/plans/evaluation/list");
        let empty = Self {
            layout: layout.called("一覧"),
            name: "見本の計画".to_owned(),
            address: "/plans/evaluation/list".to_owned(),
            all: 0,
            count: 0,
            from: 1,
            counts: Vec::new(),
            filters: Vec::new(),
            planned: String::new(),
            done: String::new(),
            groups: Vec::new(),
            previous: None,
            next: None,
        };
        vec![
            ("empty", empty),
            (
                "states",
                filled("見本のまちづくり", "計画した取組を進めた。", 2),
            ),
            ("odd-names", filled(ODD_NAME, "<b>&\"'", 2)),
            (
                "longest",
                filled(
                    &"長い名前の施策".repeat(12),
                    &"長い文章。".repeat(14),
                    A_PAGE,
                ),
            ),
        ]
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Text("分野"),
            Column::Text("名称"),
            Column::Text("評価"),
            Column::Text("所管課"),
            Column::Text("再掲"),
            Column::Text("予定"),
            Column::Text("実績"),
            Column::Text("アドレス"),
        ]);
        for (group, row) in self
            .groups
            .iter()
            .flat_map(|g| g.rows.iter().map(move |r| (g, r)))
        {
            let states: Vec<&str> = row
                .states
                .iter()
                .map(|state| state.value.as_str())
                .collect();
            table.rows.push(vec![
                (&group.title).into(),
                (&row.title).into(),
                states.join("、").into(),
                row.sections.join("、").into(),
                row.relisted.as_ref().map(|link| &link.text).into(),
                (&row.planned).into(),
                (&row.done).into(),
                (&row.href).into(),
            ]);
        }
        Some(table)
    }
}

fn filled(name: &str, text: &str, rows: usize) -> ListPage {
    let row = ListRow {
        title: format!("1 {name}"),
        href: "/plans/evaluation/sheets/1".to_owned(),
        states: vec![state::sample("○", "実施中"), state::sample("", "他")],
        sections: vec!["見本課".to_owned(), name.to_owned()],
        relisted: Some(Link::new("/plans/evaluation/sheets/1", "再掲（元：15）")),
        planned: text.to_owned(),
        done: text.to_owned(),
    };
    let lost = ListRow {
        relisted: Some(Link::new("", "再掲（元：99）")),
        ..ListRow::default()
    };
    let lost = ListRow {
        title: "（番号・名称の記載なし）".to_owned(),
        href: row.href.clone(),
        ..lost
    };
    let options = vec![("実施中".to_owned(), format!("○ {name}"), true); 2];
    let group = ListGroup {
        title: format!("1 目標 ＞ {name}"),
        rows: vec![row; rows],
    };
    let top = ListGroup {
        title: String::new(),
        rows: vec![lost],
    };
    let layout = Layout::new("見本の計画の一覧", vec![home()], "/plans/evaluation/list");
    ListPage {
        layout: layout.called("一覧"),
        name: name.to_owned(),
        address: "/plans/evaluation/list".to_owned(),
        all: rows + 1,
        count: rows + 1,
        from: 1,
        counts: vec![summary::samples::counts("進捗状況")],
        filters: vec![Choices {
            key: "state",
            label: "評価",
            options,
        }],
        planned: "当初予定".to_owned(),
        done: "取組実績".to_owned(),
        groups: vec![group, top],
        previous: Some(Link::new("/plans/evaluation/list", "前の行へ")),
        next: Some(Link::new("/plans/evaluation/list?from=61", "次の行へ")),
    }
}
