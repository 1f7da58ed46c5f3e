//! The days of the stages of a cycle: the deadline that is shown, and the two that hold.

use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::posted::Posted;
use crate::staff::{SignedIn, see_other, unkept};
use crate::view::crumbs::home;
use crate::view::fault::in_words;
use crate::view::form::{Wrong, wrong_all};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use meguri_app::actions::cycle::set_days::set_days;
use meguri_app::cycle::Cycle;
use meguri_core::calendar::Day;
use meguri_core::workflow::StageDates;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "cycle_days.html")]
pub struct CycleDaysPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Its own address.
    pub address: String,
    /// The stages.
    pub stages: Vec<StageDays>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// One stage with its days, as typed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StageDays {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// The deadline that is shown.
    pub shown: String,
    /// From when nobody begins any more.
    pub no_new_from: String,
    /// From when nothing is changed any more.
    pub no_change_from: String,
}

/// `GET /cycles/{cycle}/days`
pub(crate) async fn show(signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, PageError> {
    let cycle = Cycle::load(&signed_in.staff().city(), id).await?;
    let cycle = cycle.ok_or(PageError::NotFound(None))?;
    unkept(page::answer(&CycleDaysPage::of(&cycle), Format::Html))
}

/// `POST /cycles/{cycle}/days`
pub(crate) async fn set(
    signed_in: SignedIn,
    Path(id): Path<i64>,
    form: Posted,
) -> Result<Response, PageError> {
    let city = signed_in.staff().city();
    let cycle = Cycle::load(&city, id)
        .await?
        .ok_or(PageError::NotFound(None))?;
    let mut page = CycleDaysPage::of(&cycle);
    let mut days = Vec::new();
    for stage in &mut page.stages {
        stage.fill(&form);
        match stage.days() {
            Ok(dates) => days.push((stage.key.clone(), dates)),
            Err(wrong) => page.wrongs.push(wrong),
        }
    }
    if page.wrongs.is_empty() {
        match set_days(&city, &cycle, &days, &signed_in.context()?).await {
            Ok(()) => return Ok(see_other(&format!("/cycles/{id}"))),
            Err(fault) => page.wrongs = wrong_all(in_words(fault)?),
        }
    }
    page.layout = page.layout.wrong();
    let answer = unkept(page::answer(&page, Format::Html))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

impl StageDays {
    fn fill(&mut self, form: &Posted) {
        let key = self.key.clone();
        let field = |name: &str| form.field(&format!("{name}.{key}")).trim().to_owned();
        self.shown = field("shown");
        self.no_new_from = field("no-new");
        self.no_change_from = field("no-change");
    }

    /// The days; `None` where all three are empty.
    fn days(&self) -> Result<Option<StageDates>, Wrong> {
        let day = |name: &str, label: &str, text: &str| {
            if text.is_empty() {
                return Ok(None);
            }
            Day::parse(text).map(Some).ok_or_else(|| Wrong {
                field: format!("{name}.{}", self.key),
                text: format!(
                    "「{}」の{label}を読めません。2024-05-31 の形で入力してください。",
                    self.label
                ),
            })
        };
        let shown = day("shown", "提出の期限", &self.shown)?;
        let no_new_from = day("no-new", "新たな記入を終える日", &self.no_new_from)?;
        let no_change_from = day("no-change", "修正を終える日", &self.no_change_from)?;
        match shown {
            Some(shown) => Ok(Some(StageDates {
                shown,
                no_new_from,
                no_change_from,
            })),
            None if no_new_from.is_none() && no_change_from.is_none() => Ok(None),
            None => Err(Wrong {
                field: format!("shown.{}", self.key),
                text: format!("「{}」の提出の期限を入力してください。", self.label),
            }),
        }
    }
}

impl CycleDaysPage {
    fn of(cycle: &Cycle) -> Self {
        let iso = |day: Option<Day>| day.map(Day::iso).unwrap_or_default();
        let stage = |stage: &meguri_core::workflow::RouteStage| StageDays {
            key: stage.key.clone(),
            label: stage.label.clone(),
            shown: iso(stage.dates.map(|dates| dates.shown)),
            no_new_from: iso(stage.dates.and_then(|dates| dates.no_new_from)),
            no_change_from: iso(stage.dates.and_then(|dates| dates.no_change_from)),
        };
        Self {
            layout: layout(cycle.kept.id, &cycle.kept.label),
            address: format!("/cycles/{}/days", cycle.kept.id),
            stages: cycle.route.stages.iter().map(stage).collect(),
            wrongs: Vec::new(),
        }
    }
}

fn layout(id: i64, label: &str) -> Layout {
    let crumbs = vec![
        home(),
        Link::new("/cycles", "照会の一覧"),
        Link::new(format!("/cycles/{id}"), label),
    ];
    let layout = Layout::new("照会の期限", crumbs, "");
    layout.described("照会の段階ごとの期限を決める画面です。")
}

impl Page for CycleDaysPage {
    const NAME: &'static str = "cycle_days";

    fn samples() -> Vec<(&'static str, Self)> {
        let stage = StageDays {
            key: "section".to_owned(),
            label: "自己評価".to_owned(),
            shown: "2024-05-31".to_owned(),
            no_new_from: "2024-06-08".to_owned(),
            no_change_from: String::new(),
        };
        let page = |wrongs: Vec<Wrong>| {
            let layout = layout(1, "令和5年度 施策評価");
            Self {
                layout: if wrongs.is_empty() {
                    layout
                } else {
                    layout.wrong()
                },
                address: "/cycles/1/days".to_owned(),
                stages: vec![stage.clone()],
                wrongs,
            }
        };
        let wrong = Wrong {
            field: "shown.section".to_owned(),
            text: "「自己評価」の提出の期限を読めません。2024-05-31 の形で入力してください。"
                .to_owned(),
        };
        vec![("usual", page(Vec::new())), ("wrong", page(vec![wrong]))]
    }
}
