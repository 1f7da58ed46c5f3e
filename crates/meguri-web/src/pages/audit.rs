//! The audit: who did what and when, for those who may read it.

use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Format, Layout, Page};
use crate::staff::{SignedIn, unkept};
use crate::view::crumbs::home;
use askama::Template;
use axum::response::Response;
use meguri_app::read::audit::{AuditFilter, Told, audit, kinds};
use meguri_app::read::dates;
use meguri_core::calendar::Day;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

/// The page.
#[derive(Debug, Default, Serialize, Template)]
#[template(path = "audit.html")]
pub struct AuditPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Who is looked for.
    pub who: String,
    /// What was done, as it is written in the audit.
    pub action: String,
    /// From which day on, as typed.
    pub from: String,
    /// To which day, that day included, as typed.
    pub to: String,
    /// Words of the line.
    pub words: String,
    /// Every kind of write with its word.
    pub kinds: Vec<(&'static str, &'static str)>,
    /// The lines, the newest first.
    pub lines: Vec<AuditRow>,
    /// The address of older lines; empty where there are none.
    pub older: String,
    /// A day that cannot be read.
    pub unreadable: bool,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AuditRow {
    /// Its number.
    pub number: i64,
    /// When.
    pub when: String,
    /// Who.
    pub who: String,
    /// What was done.
    pub what: String,
    /// To what.
    pub subject: String,
    /// What was there before.
    pub before: String,
    /// What was there afterwards.
    pub after: String,
}

/// `GET /audit`
pub(crate) async fn show(signed_in: SignedIn, asked: Asked) -> Result<Response, PageError> {
    let field = |name: &str| asked.query(name).unwrap_or_default().trim().to_owned();
    let mut page = AuditPage {
        layout: layout(),
        who: field("who"),
        action: field("action"),
        from: field("from"),
        to: field("to"),
        words: field("words"),
        kinds: kinds(),
        ..AuditPage::default()
    };
    let (from, until) = (day(&page.from), day(&page.to));
    page.unreadable = from.is_none() || until.is_none();
    let next = |day: Day| day.plus_days(1).unwrap_or(day);
    let filter = AuditFilter {
        before: asked.query("before").and_then(|number| number.parse().ok()),
        who: page.who.clone(),
        action: page.action.clone(),
        from: from.flatten().map(Day::iso).unwrap_or_default(),
        until: until.flatten().map(next).map(Day::iso).unwrap_or_default(),
        words: page.words.clone(),
    };
    let (lines, older) = audit(&signed_in.staff().city(), &filter).await?;
    page.lines = lines.into_iter().map(AuditRow::of).collect();
    page.older = older.map(|number| page.address(number)).unwrap_or_default();
    unkept(page::answer(&page, Format::Html))
}

/// A typed day; `Some(None)` for none, `None` where it cannot be read.
fn day(text: &str) -> Option<Option<Day>> {
    if text.is_empty() {
        return Some(None);
    }
    Day::parse(text).map(Some)
}

impl AuditRow {
    fn of(told: Told) -> Self {
        Self {
            number: told.number,
            when: dates::japanese(&told.moment),
            who: told.who,
            what: told.what,
            subject: told.subject,
            before: told.before,
            after: told.after,
        }
    }
}

impl AuditPage {
    /// The address of the same question from a line on.
    fn address(&self, before: i64) -> String {
        let mut address = format!("/audit?before={before}");
        for (name, value) in [
            ("who", &self.who),
            ("action", &self.action),
            ("from", &self.from),
            ("to", &self.to),
            ("words", &self.words),
        ] {
            if !value.is_empty() {
                let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
                address.push_str(&format!("&{name}={value}"));
            }
        }
        address
    }
}

fn layout() -> Layout {
    Layout::new("監査記録", vec![home()], "")
        .described("だれが、いつ、何をしたかの記録を、人、操作、日、言葉で探す画面です。")
}

impl Page for AuditPage {
    const NAME: &'static str = "audit";

    fn samples() -> Vec<(&'static str, Self)> {
        let row = |number: i64| AuditRow {
            number,
            when: "令和6年6月14日 9時30分".to_owned(),
            who: "sato".to_owned(),
            what: "シートの操作".to_owned(),
            subject: "act 12".to_owned(),
            before: String::new(),
            after: "cycle 3\nsheet 40 submit section 障がい者支援課".to_owned(),
        };
        let changed = AuditRow {
            what: "利用者の登録・変更".to_owned(),
            before: "佐藤 花子\n閲覧".to_owned(),
            after: "佐藤 花子\n所管課".to_owned(),
            ..row(2)
        };
        let page = |lines| Self {
            layout: layout(),
            kinds: kinds(),
            lines,
            ..Self::default()
        };
        let mut asked = page((3..103).rev().map(row).collect());
        asked.who = "sato".to_owned();
        asked.older = "/audit?before=3&who=sato".to_owned();
        let mut wrong = page(vec![changed.clone()]);
        (wrong.from, wrong.unreadable) = ("昨日".to_owned(), true);
        vec![
            ("usual", page(vec![row(3), changed, row(1)])),
            ("asked", asked),
            ("wrong", wrong),
            ("none", page(Vec::new())),
        ]
    }
}
