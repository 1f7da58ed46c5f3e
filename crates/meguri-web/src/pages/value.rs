//! One value: where it comes from and how it was settled, beside its line in the source.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::lookup;
use crate::page::{self, Layout, Link, Page};
use crate::view::crumbs::home;
use crate::view::edition;
use crate::view::finding::FindingView;
use crate::view::source_line::{SourceLine, source_line};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use meguri_app::read::values::{self, Value, Values};
use meguri_app::read::{Entry, Library, urls, whole};
use meguri_core::evaluation::Sheet;
use meguri_core::source::Settled;
use serde::Serialize;

/// Lines shown before and behind the one of the value.
const AROUND: u32 = 4;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "value.html")]
pub struct ValuePage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// What it is.
    pub label: String,
    /// As printed.
    pub text: String,
    /// The paper.
    pub document: String,
    /// Its line, from 1.
    pub line: u32,
    /// The line among all others.
    pub line_href: String,
    /// The key of how it was settled.
    pub settled: &'static str,
    /// In a word.
    pub settled_label: &'static str,
    /// In a sentence.
    pub settled_why: &'static str,
    /// The line with its neighbours.
    pub lines: Vec<SourceLine>,
    /// What was found about it.
    pub findings: Vec<FindingView>,
    /// The sheet.
    pub sheet: Link,
    /// What was published of it, the newest first; empty where there is nothing to compare.
    pub history: Vec<PublishedValue>,
}

/// A value as it was published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PublishedValue {
    /// The version of the sheet that has it, with its page.
    pub link: Link,
    /// The day of the publication.
    pub date: String,
    /// As printed; empty where the version did not have it.
    pub text: String,
    /// 正誤: what the publication corrected.
    pub note: String,
}

/// `GET /sheets/{sheet}/values/{value}`, `GET /sheets/{sheet}/{version}/values/{value}`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let (entry, number, sheet) = lookup::sheet(&site.library, &asked)?;
    let id = asked.part("value");
    let values = values::of_sheet(entry, sheet);
    let place = Place {
        library: &site.library,
        entry,
        number,
        sheet,
    };
    if let Some(value) = values.by_id(id) {
        return page::answer(&ValuePage::new(&place, value), asked.format);
    }
    let Some(address) = former(&place, &values, &asked) else {
        let sheet = urls::sheet(entry, number);
        return Err(PageError::not_found(sheet, "この値があったシートを見る"));
    };
    let address = format!("{address}{}", asked.format.ending());
    Ok((StatusCode::MOVED_PERMANENTLY, [(LOCATION, address)]).into_response())
}

/// The address of the value that was once known by its place. The place counts in the version that
/// was asked for; without one, in the oldest that is shown, since most such addresses were made then.
fn former(place: &Place<'_>, values: &Values, asked: &Asked) -> Option<String> {
    let id = asked.part("value");
    if !values::is_place(id) {
        return None;
    }
    let own = place.entry.sheet_id(place.number)?.id;
    let editions = place.library.editions_of(own);
    let oldest = editions.last().filter(|_| asked.part("version").is_empty());
    let (entry, number, sheet) =
        oldest
            .copied()
            .unwrap_or((place.entry, place.number, place.sheet));
    let then = values::of_sheet(entry, sheet);
    let value = then.get(id)?;
    Some(match values.by_id(&value.id) {
        Some(_) => urls::value(place.entry, place.number, &value.id),
        None => urls::value(entry, number, &value.id),
    })
}

/// The sheet that a value stands on.
pub struct Place<'a> {
    /// All papers.
    pub library: &'a Library,
    /// The paper.
    pub entry: &'a Entry,
    /// The sheet's number, from 1.
    pub number: usize,
    /// The sheet.
    pub sheet: &'a Sheet,
}

impl ValuePage {
    /// The page of a value.
    #[must_use]
    pub fn new(place: &Place<'_>, value: &Value) -> Self {
        let Place {
            library,
            entry,
            number,
            sheet,
        } = *place;
        let address = &urls::value(entry, number, &value.id);
        let sheet_link = Link::new(urls::sheet(entry, number), sheet.label.clone());
        let plan = Link::new(urls::plan(entry), entry.plan_name());
        let crumbs = vec![home(), plan, sheet_link.clone()];
        let about = entry.findings_on(number).filter(|f| value.is_meant_by(f));
        let from = value.line.saturating_sub(AROUND).max(1);
        let lines = (from..=value.line.saturating_add(AROUND)).filter_map(|line| {
            let mark = (line == value.line).then_some(value.text.as_str());
            source_line(entry, line, mark)
        });
        Self {
            layout: Layout::new(format!("値の出典：{}", value.label), crumbs, address)
                .called("値の出典")
                .described(format!(
                    "「{}」の{}の値「{}」の、原文の行と確定の方法です。",
                    whole::name(&sheet.label),
                    whole::name(&value.label),
                    whole::name(&value.text)
                ))
                .noticed(edition::old_sheet(library, entry, number)),
            label: value.label.clone(),
            text: value.text.clone(),
            document: entry.paper_name(),
            line: value.line,
            line_href: urls::line(entry, value.line.max(1)),
            settled: value.settled.key(),
            settled_label: value.settled.label(),
            settled_why: why(value.settled),
            lines: lines.collect(),
            findings: about
                .map(|finding| FindingView::new(entry, finding))
                .collect(),
            sheet: sheet_link,
            history: history(place, &value.id),
        }
    }
}

/// What was published of a value in each edition of its sheet.
fn history(place: &Place<'_>, id: &str) -> Vec<PublishedValue> {
    let Some(sheet) = place.entry.sheet_id(place.number) else {
        return Vec::new();
    };
    let editions = place.library.editions_of(sheet.id);
    let of_edition = |(entry, number, sheet): (&Entry, usize, &Sheet)| {
        let own = entry.sheet_id(number)?;
        let first = place.library.first_with(own.id, own.edition?)?;
        let edition = first.published.as_ref()?;
        let values = values::of_sheet(entry, sheet);
        let words = format!("第{}版", edition.number);
        Some(PublishedValue {
            link: Link::new(urls::sheet(entry, number), words),
            date: edition.date(),
            text: values
                .by_id(id)
                .map_or_else(String::new, |value| value.text.clone()),
            note: edition.note.clone(),
        })
    };
    editions.into_iter().filter_map(of_edition).collect()
}

/// How a value was settled, in a sentence.
const fn why(settled: Settled) -> &'static str {
    match settled {
        Settled::Printed => "原文で、項目名と同じ行や欄に印字されていた値です。",
        Settled::Layout => {
            "原文の文字の並びが崩れていたため、並び順や前後の行の配置から推定した値です。原文との照合をお勧めします。"
        }
        Settled::Proven => {
            "崩れた原文から組み立て、印字された合計・件数・率と計算が合うことを確かめた値です。"
        }
        Settled::Confirmed => "職員が入力した、または確認した値です。",
    }
}

impl Page for ValuePage {
    const NAME: &'static str = "value";

    fn samples() -> Vec<(&'static str, Self)> {
        let line = |number: u32, before: &str, mark: &str| SourceLine {
            number,
            before: before.to_owned(),
            mark: mark.to_owned(),
            after: String::new(),
            here: !mark.is_empty(),
            findings: Vec::new(),
            unread: Vec::new(),
        };
        let of = |settled: Settled, lines, findings| {
            let sheet = Link::new("/sheets/1", "テーマ1「見本」");
            let label = "指標「見本の指標」＞実績（令和6年度）";
            let address = "/sheets/1/values/indicator-1-actual-2024";
            let layout = Layout::new(format!("値の出典：{label}"), vec![home()], address);
            Self {
                layout,
                label: label.to_owned(),
                text: "46".to_owned(),
                document: "evaluation.txt".to_owned(),
                line: 12,
                line_href: "/documents/1/lines?from=1#L12".to_owned(),
                settled: settled.key(),
                settled_label: settled.label(),
                settled_why: why(settled),
                lines,
                findings,
                sheet,
                history: Vec::new(),
            }
        };
        let typical = vec![
            line(11, "目標 か所 - 61", ""),
            line(12, "実績 か所 40 ", "46"),
        ];
        let long = vec![line(12, &"長い行".repeat(600), "46")];
        let findings = FindingView::samples();
        let published = |number: i64, text: &str, note: &str| PublishedValue {
            link: Link::new(format!("/sheets/1/v{number}"), format!("第{number}版")),
            date: "令和8年4月1日".to_owned(),
            text: text.to_owned(),
            note: note.to_owned(),
        };
        let history = vec![
            published(2, "46", "実績の誤りを訂正"),
            published(1, "64", ""),
        ];
        let published = Self {
            history,
            ..of(Settled::Confirmed, typical.clone(), vec![])
        };
        vec![
            ("empty", of(Settled::Printed, vec![], vec![])),
            ("layout", of(Settled::Layout, typical.clone(), findings)),
            ("proven", of(Settled::Proven, typical.clone(), vec![])),
            ("confirmed", of(Settled::Confirmed, typical, vec![])),
            ("longest", of(Settled::Printed, long, vec![])),
            ("published", published),
        ]
    }
}
