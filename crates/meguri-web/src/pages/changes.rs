//! What changed between two publications of a document, value by value.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::lookup;
use crate::page::{self, Layout, Link, Page};
use crate::table::{Column, Table};
use crate::view::crumbs::home;
use crate::view::edition::EditionView;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, Library, differences, urls};
use serde::Serialize;

/// Changes that a page shows; what is beyond is counted.
const A_PAGE: usize = 200;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "changes.html")]
pub struct ChangesPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The document.
    pub document: Link,
    /// The version before; nothing where there is only one.
    pub from: Option<EditionView>,
    /// The version after.
    pub to: Option<EditionView>,
    /// All versions to choose from, the newest first.
    pub versions: Vec<EditionView>,
    /// The address of the form.
    pub address: String,
    /// What changed.
    pub changes: Vec<ChangeView>,
    /// How many changes are not shown.
    pub more: usize,
}

/// One change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChangeView {
    /// The sheet after the change, else before.
    pub sheet: Link,
    /// What changed.
    pub label: String,
    /// As printed before; nothing where it was not there.
    pub before: Option<String>,
    /// As printed after; nothing where it is not there.
    pub after: Option<String>,
}

/// `GET /documents/{document}/changes`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let entry = lookup::version(&site.library, &asked)?;
    let (from, to) = (asked.query_number("from")?, asked.query_number("to")?);
    let find = |number: i64| {
        site.library
            .version(entry.id, number)
            .map_err(|why| PageError::absent(why, urls::changes(entry.id), "変更の一覧を見る"))
    };
    let versions = site.library.versions_of(entry.id);
    let to = to
        .map(find)
        .transpose()?
        .or_else(|| versions.first().copied());
    let number = |entry: &Entry| entry.published.as_ref().map(|edition| edition.number);
    let before = versions
        .iter()
        .copied()
        .find(|v| number(v) < to.and_then(number));
    let from = from.map(find).transpose()?.or(before);
    page::answer(
        &ChangesPage::new(&site.library, entry, from, to),
        asked.format,
    )
}

impl ChangesPage {
    /// What changed in a document from one version to another.
    #[must_use]
    pub fn new(library: &Library, entry: &Entry, from: Option<&Entry>, to: Option<&Entry>) -> Self {
        let shown = |entry: &Entry| Some(EditionView::new(entry, entry.published.as_ref()?));
        let all = match (from, to) {
            (Some(from), Some(to)) => differences::between(from, to),
            _ => Vec::new(),
        };
        let change = |change: &differences::Difference| ChangeView {
            sheet: Link::new(change.href.clone(), change.sheet.clone()),
            label: change.label.clone(),
            before: change.before.clone(),
            after: change.after.clone(),
        };
        let address = urls::changes(entry.id);
        let document = Link::new(urls::plan(entry), entry.plan_name());
        Self {
            layout: Layout::new(
                format!("版の間の変更：{}", entry.plan_name()),
                vec![home(), document.clone()],
                &address,
            )
            .described(format!(
                "「{}」の公表した版の間で変わった値を、変更前と変更後で比べます。",
                entry.plan_name()
            ))
            .called("版の間の変更"),
            document,
            from: from.and_then(shown),
            to: to.and_then(shown),
            versions: library
                .versions_of(entry.id)
                .into_iter()
                .filter_map(shown)
                .collect(),
            address,
            changes: all.iter().take(A_PAGE).map(change).collect(),
            more: all.len().saturating_sub(A_PAGE),
        }
    }
}

impl Page for ChangesPage {
    const NAME: &'static str = "changes";

    fn samples() -> Vec<(&'static str, Self)> {
        let versions = EditionView::samples();
        let of = |changes: Vec<ChangeView>, more, count: usize| Self {
            layout: Layout::new(
                "版の間の変更：見本の計画",
                vec![home()],
                "/documents/2/changes",
            ),
            document: Link::new("/plans/evaluation", "見本の計画"),
            from: versions.get(1).cloned().filter(|_| count > 1),
            to: versions.first().cloned(),
            versions: versions.iter().take(count).cloned().collect(),
            address: "/documents/2/changes".to_owned(),
            changes,
            more,
        };
        let change = |before: Option<&str>, after: Option<&str>| ChangeView {
            sheet: Link::new("/sheets/1", "テーマ1「見本のまちづくり」"),
            label: "指標「見本の指標」＞実績（令和6年度）".to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        };
        let typical = vec![
            change(Some("64"), Some("46")),
            change(None, Some("1")),
            change(Some("2"), None),
        ];
        let long = "長い文章が続いています。".repeat(20);
        let long = vec![change(Some(&long), Some(&long)); 55];
        vec![
            ("single", of(Vec::new(), 0, 1)),
            ("same", of(Vec::new(), 0, 2)),
            ("typical", of(typical, 0, 2)),
            ("longest", of(long, 12_345, 2)),
        ]
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Text("シート"),
            Column::Text("項目"),
            Column::Text("変更前"),
            Column::Text("変更後"),
        ]);
        table.rows.extend(self.changes.iter().map(|change| {
            vec![
                (&change.sheet.text).into(),
                (&change.label).into(),
                change.before.as_ref().into(),
                change.after.as_ref().into(),
            ]
        }));
        Some(table)
    }
}
