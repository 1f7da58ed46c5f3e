//! The cycles of the city, and the form with which planning opens one.

use crate::error::PageError;
use crate::page::{self, Format, Layout, Page};
use crate::posted::Posted;
use crate::staff::{SignedIn, see_other, unkept};
use crate::view::crumbs::home;
use crate::view::fault::in_words;
use crate::view::form::{Wrong, wrong_all};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use meguri_app::actions::cycle::open::{OpenWish, open_cycle};
use meguri_app::context::Context;
use meguri_app::cycle::Cycle;
use meguri_app::read::work::lines;
use meguri_core::access::{Permission, Subject, permits};
use meguri_core::fiscal_year::FiscalYear;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "cycles.html")]
pub struct CyclesPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The cycles, the newest year first.
    pub cycles: Vec<CycleView>,
    /// May who looks open one?
    pub opens: bool,
    /// The documents that one can be opened from.
    pub papers: Vec<PaperView>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// A cycle.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CycleView {
    /// Its desk.
    pub href: String,
    /// Its name.
    pub label: String,
    /// How many sheets it has.
    pub sheets: usize,
    /// How many of them are accepted or closed.
    pub done: usize,
    /// How many were not begun.
    pub open: usize,
}

/// A document.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PaperView {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The year after it, in which a cycle would be.
    pub year: String,
    /// The same in words.
    pub year_label: String,
}

/// `GET /cycles`
pub(crate) async fn show(signed_in: SignedIn) -> Result<Response, PageError> {
    let page = CyclesPage::load(&signed_in, &signed_in.context()?).await?;
    unkept(page::answer(&page, Format::Html))
}

/// `POST /cycles`
pub(crate) async fn open(signed_in: SignedIn, form: Posted) -> Result<Response, PageError> {
    let context = signed_in.context()?;
    let city = signed_in.staff().city();
    let from = form.field("from").parse::<i64>().unwrap_or_default();
    let year = form.field("year").parse().ok().and_then(FiscalYear::new);
    let opened = match year {
        Some(year) => {
            let wish = OpenWish {
                from,
                ..OpenWish::default()
            };
            open_cycle(&city, year, &wish, &context).await
        }
        None => {
            let words = "年度を西暦の4桁（例：2024）で入力してください。".to_owned();
            Err(meguri_app::actions::cycle::CycleFault::Unfit(words))
        }
    };
    match opened {
        Ok(opened) => Ok(see_other(&format!("/cycles/{}", opened.id))),
        Err(fault) => {
            let words = in_words(fault)?;
            let mut page = CyclesPage::load(&signed_in, &context).await?;
            page.wrongs = wrong_all(words);
            page.layout = page.layout.wrong();
            let answer = unkept(page::answer(&page, Format::Html))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
    }
}

impl CyclesPage {
    async fn load(signed_in: &SignedIn, context: &Context) -> Result<Self, PageError> {
        let city = signed_in.staff().city();
        let mut cycles = Vec::new();
        for cycle in Cycle::all(&city).await? {
            let lines = lines(&city, &cycle, context.day()).await?;
            let own = lines.iter().filter(|line| {
                let subject = cycle.subject(&line.state, context.day());
                let reads = Permission::ReadProgress;
                permits(context.grants(), reads, &subject, context.day()).is_ok()
            });
            let (mut sheets, mut done, mut open) = (0, 0, 0);
            for line in own {
                sheets += 1;
                done += usize::from(line.standing.is_done());
                open += usize::from(line.standing == meguri_core::workflow::State::NotBegun);
            }
            cycles.push(CycleView {
                href: format!("/cycles/{}", cycle.kept.id),
                label: cycle.kept.label.clone(),
                sheets,
                done,
                open,
            });
        }
        let whole = Subject::default();
        let opens = permits(
            context.grants(),
            Permission::OpenCycle,
            &whole,
            context.day(),
        )
        .is_ok();
        let papers = if opens {
            papers(signed_in).await?
        } else {
            Vec::new()
        };
        Ok(Self {
            layout: layout(),
            cycles,
            opens,
            papers,
            wrongs: Vec::new(),
        })
    }
}

async fn papers(signed_in: &SignedIn) -> Result<Vec<PaperView>, PageError> {
    let found = meguri_app::read::work::papers(&signed_in.staff().city()).await?;
    let view = |(id, name, year): (i64, String, Option<FiscalYear>)| {
        let next = year.and_then(|year| year.plus(1));
        PaperView {
            id,
            name,
            year: next
                .map(|year| year.calendar_year().to_string())
                .unwrap_or_default(),
            year_label: next.map(|year| year.to_string()).unwrap_or_default(),
        }
    };
    Ok(found.into_iter().map(view).collect())
}

fn layout() -> Layout {
    let layout = Layout::new("照会の一覧", vec![home()], "");
    layout.described("年度ごとの評価シートの照会（記入・確認・承認）の一覧です。")
}

impl Page for CyclesPage {
    const NAME: &'static str = "cycles";

    fn samples() -> Vec<(&'static str, Self)> {
        let cycle = CycleView {
            href: "/cycles/1".to_owned(),
            label: "令和5年度 施策評価".to_owned(),
            sheets: 24,
            done: 3,
            open: 12,
        };
        let paper = PaperView {
            id: 3,
            name: "evaluation_r4.txt".to_owned(),
            year: "2023".to_owned(),
            year_label: "令和5年度".to_owned(),
        };
        let page = |cycles, opens, papers| Self {
            layout: layout(),
            cycles,
            opens,
            papers,
            wrongs: Vec::new(),
        };
        let mut wrong = page(Vec::new(), true, vec![paper.clone()]);
        wrong.wrongs = wrong_all("令和5年度のこの計画の照会は、すでに始まっています。");
        vec![
            ("empty", page(Vec::new(), false, Vec::new())),
            ("usual", page(vec![cycle], true, vec![paper])),
            ("wrong", wrong),
        ]
    }
}
