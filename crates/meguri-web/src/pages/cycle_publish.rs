//! Publishing the document of a cycle: what differs, what is not accepted yet, the note; withdrawing.

use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::posted::Posted;
use crate::staff::{SignedIn, see_other, unkept};
use crate::view::crumbs::home;
use crate::view::form::{Wrong, wrong_all};
use crate::view::work_line::{WorkLine, address};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use meguri_app::actions::publish::{PublishFault, Wish, publish};
use meguri_app::actions::withdraw::withdraw;
use meguri_app::cycle::Cycle;
use meguri_app::read::dates;
use meguri_app::read::work::{ToPublish, to_publish};
use serde::Serialize;

/// The page.
#[derive(Debug, Default, Serialize, Template)]
#[template(path = "cycle_publish.html")]
pub struct CyclePublishPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Its own address.
    pub address: String,
    /// How many sheets there are.
    pub sheets: usize,
    /// Those that are not accepted yet.
    pub open: Vec<WorkLine>,
    /// The number of the publication in force; 0 = none.
    pub number: i64,
    /// When it was made.
    pub when: String,
    /// The sheets that differ from it.
    pub changed: Vec<ChangedView>,
    /// What was done.
    pub told: String,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// The note, as typed.
    pub note: String,
}

/// A sheet that differs.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChangedView {
    /// Its page.
    pub href: String,
    /// Its name.
    pub label: String,
    /// What is asked, what is public, what would be.
    pub answers: Vec<[String; 3]>,
}

/// `GET /cycles/{cycle}/publish`
pub(crate) async fn show(signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, PageError> {
    let page = load(&signed_in, id).await?;
    unkept(page::answer(&page, Format::Html))
}

async fn load(signed_in: &SignedIn, id: i64) -> Result<CyclePublishPage, PageError> {
    let city = signed_in.staff().city();
    let cycle = Cycle::load(&city, id)
        .await?
        .ok_or(PageError::NotFound(None))?;
    let found = to_publish(&city, &cycle, &signed_in.context()?).await?;
    Ok(CyclePublishPage::of(&cycle, &found))
}

/// `POST /cycles/{cycle}/publish`
pub(crate) async fn show_to_all(
    signed_in: SignedIn,
    Path(id): Path<i64>,
    form: Posted,
) -> Result<Response, PageError> {
    let city = signed_in.staff().city();
    let cycle = Cycle::load(&city, id)
        .await?
        .ok_or(PageError::NotFound(None))?;
    let wish = Wish {
        documents: vec![cycle.kept.document.to_string()],
        note: form.field("note").trim().to_owned(),
        ..Wish::default()
    };
    let outcome = publish(&city, &wish, &signed_in.context()?).await;
    let outcome = outcome.and_then(|outcomes| {
        let mut outcomes = outcomes.into_iter();
        outcomes.next().ok_or(PublishFault::Nothing)?.published
    });
    match outcome {
        Ok(_) => Ok(see_other(&format!("/cycles/{id}/publish"))),
        Err(fault) => refused(&signed_in, id, fault, form.field("note")).await,
    }
}

/// `POST /cycles/{cycle}/withdraw`
pub(crate) async fn take_back(
    signed_in: SignedIn,
    Path(id): Path<i64>,
    form: Posted,
) -> Result<Response, PageError> {
    let city = signed_in.staff().city();
    let cycle = Cycle::load(&city, id)
        .await?
        .ok_or(PageError::NotFound(None))?;
    let document = cycle.kept.document.to_string();
    let reason = form.field("reason");
    let context = signed_in.context()?;
    match withdraw(&city, &document, None, reason, &context).await {
        Ok(_) => Ok(see_other(&format!("/cycles/{id}/publish"))),
        Err(fault) => refused(&signed_in, id, fault, "").await,
    }
}

async fn refused(
    signed_in: &SignedIn,
    id: i64,
    fault: PublishFault,
    note: &str,
) -> Result<Response, PageError> {
    let words = match fault {
        PublishFault::Refused(refused) => return Err(refused.into()),
        fault => fault.to_string(),
    };
    let mut page = load(signed_in, id).await?;
    note.clone_into(&mut page.note);
    page.wrongs = wrong_all(words);
    page.layout = page.layout.wrong();
    let answer = unkept(page::answer(&page, Format::Html))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

impl CyclePublishPage {
    fn of(cycle: &Cycle, found: &ToPublish) -> Self {
        let id = cycle.kept.id;
        let last = found.last.clone().unwrap_or_default();
        let changed = found.changed.iter().map(|sheet| ChangedView {
            href: address(id, sheet.id),
            label: sheet.label.clone(),
            answers: sheet.answers.clone(),
        });
        Self {
            layout: layout(id, &cycle.kept.label),
            address: format!("/cycles/{id}"),
            sheets: found.sheets,
            open: found
                .open
                .iter()
                .map(|line| WorkLine::on_desk(cycle, line))
                .collect(),
            number: last.0,
            when: dates::japanese(&last.1),
            changed: changed.collect(),
            ..Self::default()
        }
    }
}

fn layout(id: i64, label: &str) -> Layout {
    let crumbs = vec![
        home(),
        Link::new("/cycles", "照会の一覧"),
        Link::new(format!("/cycles/{id}"), label),
    ];
    let layout = Layout::new("公表", crumbs, "");
    layout.described("受理されたシートを公表し、訂正し、取り下げる画面です。")
}

impl Page for CyclePublishPage {
    const NAME: &'static str = "cycle_publish";

    fn samples() -> Vec<(&'static str, Self)> {
        let page = |open: Vec<WorkLine>, number: i64, changed: Vec<ChangedView>| Self {
            layout: layout(1, "令和5年度 施策評価"),
            address: "/cycles/1".to_owned(),
            sheets: 15,
            open,
            number,
            when: "令和6年9月1日".to_owned(),
            changed,
            ..Self::default()
        };
        let changed = ChangedView {
            href: address(1, 2),
            label: "施策「地域福祉」".to_owned(),
            answers: vec![["参加者数の実績（令和5年度）", "1,234", "1,243"].map(str::to_owned)],
        };
        let mut wrong = page(Vec::new(), 1, vec![changed.clone()]);
        wrong.wrongs = wrong_all("2回目からの公表には、何を訂正したか（正誤）が必要です。");
        wrong.layout = wrong.layout.wrong();
        vec![
            ("open", page(WorkLine::samples(), 0, Vec::new())),
            ("first", page(Vec::new(), 0, Vec::new())),
            ("again", page(Vec::new(), 1, vec![changed])),
            ("wrong", wrong),
        ]
    }
}
