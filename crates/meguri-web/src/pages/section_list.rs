//! The city's own list of sections: departments, years, successors, as a table to be pasted.

use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Format, Layout, Page};
use crate::posted::Posted;
use crate::staff::{SignedIn, see_other, unkept};
use crate::view::crumbs::home;
use crate::view::form::Wrong;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use meguri_app::actions::save_sections::save_sections;
use meguri_app::context::WriteFault;
use meguri_app::section_file;
use meguri_core::plan::SectionRegister;
use serde::Serialize;

/// The page.
#[derive(Debug, Default, Serialize, Template)]
#[template(path = "section_list.html")]
pub struct SectionListPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The list as a table parted by tabs, as typed.
    pub text: String,
    /// The list that the page was made from.
    pub was: String,
    /// How many sections there are.
    pub count: usize,
    /// What was done.
    pub told: &'static str,
    /// What is wrong, by line.
    pub wrongs: Vec<Wrong>,
}

/// `GET /section-list`
pub(crate) async fn show(signed_in: SignedIn, asked: Asked) -> Result<Response, PageError> {
    let register = signed_in.staff().city().sections().await?;
    let mut page = SectionListPage::of(&register);
    if asked.query("done").is_some() {
        page.told = "課の一覧を保存しました。";
    }
    unkept(page::answer(&page, Format::Html))
}

/// `POST /section-list`
pub(crate) async fn save(signed_in: SignedIn, form: Posted<1024>) -> Result<Response, PageError> {
    let city = signed_in.staff().city();
    let mut page = SectionListPage::of(&city.sections().await?);
    // Browsers send the ends of lines in their own way.
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let (typed, was) = (plain(form.field("text")), plain(form.field("was")));
    let moved = was != plain(&page.was);
    page.text.clone_from(&typed);
    if moved {
        let words = "この画面を開いたあとに、ほかの人が一覧を変えました。入力した内容はこのまま残しています。新しい一覧と見比べて、もう一度保存してください。";
        return page.refused(StatusCode::CONFLICT, vec![words.to_owned()]);
    }
    match section_file::read(&typed) {
        Ok(register) => match save_sections(&city, &register, &signed_in.context()?).await {
            Ok(_) => Ok(see_other("/section-list?done=1")),
            Err(WriteFault::Refused(refused)) => Err(refused.into()),
            Err(WriteFault::Store(error)) => Err(error.into()),
            Err(WriteFault::Words(fault)) => {
                page.refused(StatusCode::UNPROCESSABLE_ENTITY, vec![fault.to_string()])
            }
        },
        Err(faults) => {
            let faults = faults.iter().take(MOST_TOLD).map(ToString::to_string);
            page.refused(StatusCode::UNPROCESSABLE_ENTITY, faults.collect())
        }
    }
}

/// Faults that are told at once.
const MOST_TOLD: usize = 50;

impl SectionListPage {
    fn of(register: &SectionRegister) -> Self {
        let text = section_file::write(register);
        Self {
            layout: layout(),
            was: text.clone(),
            count: register.sections.len(),
            text,
            ..Self::default()
        }
    }

    fn refused(mut self, status: StatusCode, words: Vec<String>) -> Result<Response, PageError> {
        let wrong = |text| Wrong {
            field: "text".to_owned(),
            text,
        };
        self.wrongs = words.into_iter().map(wrong).collect();
        self.layout = self.layout.wrong();
        let answer = unkept(page::answer(&self, Format::Html))?;
        Ok((status, answer).into_response())
    }
}

fn layout() -> Layout {
    Layout::new("課の一覧を直す", vec![home()], "")
        .described("課の名称、部、年度、引き継いだ課の一覧を直す画面です。")
}

impl Page for SectionListPage {
    const NAME: &'static str = "section_list";

    fn samples() -> Vec<(&'static str, Self)> {
        let text = "課\t部\t識別名\t最初の年度\t最後の年度\t引き継いだ課\n環境課\t市民部\t\t\t\t\n障がい者支援課\t健康福祉部\t\t\t\t";
        let some = || Self {
            layout: layout(),
            text: text.to_owned(),
            was: text.to_owned(),
            count: 2,
            ..Self::default()
        };
        let done = Self {
            told: "課の一覧を保存しました。",
            ..some()
        };
        let wrong = Self {
            layout: layout().wrong(),
            wrongs: vec![Wrong {
                field: "text".to_owned(),
                text: "3行目：課の名称がありません。".to_owned(),
            }],
            ..some()
        };
        vec![
            ("empty", Self::of(&SectionRegister::default())),
            ("some", some()),
            ("done", done),
            ("wrong", wrong),
        ]
    }
}
