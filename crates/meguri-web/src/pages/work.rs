//! What waits for who is signed in: sheets to write, sheets to look at.

use crate::error::PageError;
use crate::page::{self, Format, Layout, Page};
use crate::staff::{SignedIn, unkept};
use crate::view::crumbs::home;
use crate::view::work_line::WorkLine;
use askama::Template;
use axum::response::Response;
use meguri_app::read::work::mine;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "work.html")]
pub struct WorkPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// To write, by deadline.
    pub to_write: Vec<WorkLine>,
    /// To look at, by deadline.
    pub to_check: Vec<WorkLine>,
}

/// `GET /work`
pub(crate) async fn show(signed_in: SignedIn) -> Result<Response, PageError> {
    let context = signed_in.context()?;
    let found = mine(&signed_in.staff().city(), &context).await?;
    let (write, check): (Vec<_>, Vec<_>) = found.iter().partition(|mine| mine.writes);
    let page = WorkPage {
        layout: layout(),
        to_write: write.into_iter().map(WorkLine::of).collect(),
        to_check: check.into_iter().map(WorkLine::of).collect(),
    };
    unkept(page::answer(&page, Format::Html))
}

fn layout() -> Layout {
    let layout = Layout::new("自分の仕事", vec![home()], "");
    layout.described("自分が書くシートと、確認・承認するシートの一覧です。")
}

impl Page for WorkPage {
    const NAME: &'static str = "work";

    fn samples() -> Vec<(&'static str, Self)> {
        let page = |to_write, to_check| Self {
            layout: layout(),
            to_write,
            to_check,
        };
        vec![
            ("empty", page(Vec::new(), Vec::new())),
            ("usual", page(WorkLine::samples(), WorkLine::samples())),
        ]
    }
}
