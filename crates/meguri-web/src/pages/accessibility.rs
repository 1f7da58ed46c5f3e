//! The policy of accessibility and its test (ウェブアクセシビリティ方針・試験): what is aimed at, what is
//! tested by machine on every change, what a person must test, and where to tell of barriers.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Layout, Page};
use crate::view::crumbs::home;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::urls;
use meguri_app::site_info::SiteInfo;
use serde::Serialize;

/// What a machine tests on every change of the program: what, and how.
const TESTED: [(&str, &str); 7] = [
    (
        "達成基準との適合",
        "axe-core（WCAG 2.1 A・AAの規則）で、全種類のページを明るい配色と暗い配色、幅360ピクセルと1280ピクセルで検査",
    ),
    (
        "見出しの順序",
        "見出しの段階が飛ばず、大見出しが1つであることを全ページで検査",
    ),
    (
        "表の見出し",
        "すべての表に表題と見出しの欄があることを全ページで検査",
    ),
    (
        "入力欄の名前",
        "すべての入力欄に名前が付いていることを全ページで検査",
    ),
    (
        "言語",
        "ページの言語が日本語と示されていることを全ページで検査",
    ),
    (
        "拡大",
        "画面の幅が360ピクセルでも、ページ全体が横にはみ出さないことを検査",
    ),
    (
        "スクリプトなし",
        "すべての機能がJavaScriptなしで動くことを検査",
    ),
];

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "accessibility.html")]
pub struct AccessibilityPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Whose policy it is; empty where the settings do not say.
    pub publisher: String,
    /// Where to tell of barriers; empty where the settings do not say.
    pub contact: String,
    /// The day of the last test by a person; empty where there was none.
    pub tested: String,
    /// What is tested by machine, and how.
    pub tests: Vec<(&'static str, &'static str)>,
}

/// `GET /accessibility`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    page::answer(&AccessibilityPage::new(&site.about), asked.format)
}

impl AccessibilityPage {
    /// The page of a site.
    #[must_use]
    pub fn new(about: &SiteInfo) -> Self {
        Self {
            layout: Layout::new(
                "ウェブアクセシビリティ方針",
                vec![home()],
                urls::ACCESSIBILITY,
            )
            .described(
                "このサイトのウェブアクセシビリティの目標、工夫していること、試験の内容です。",
            ),
            publisher: about.name.clone(),
            contact: about.contact.clone(),
            tested: about.tested.clone(),
            tests: TESTED.to_vec(),
        }
    }
}

impl Page for AccessibilityPage {
    const NAME: &'static str = "accessibility";

    fn samples() -> Vec<(&'static str, Self)> {
        let about = SiteInfo {
            name: "みずほ野市".to_owned(),
            contact: "広報課 03-0000-0000".to_owned(),
            tested: "令和8年4月1日".to_owned(),
            ..SiteInfo::default()
        };
        vec![
            ("empty", Self::new(&SiteInfo::default())),
            ("typical", Self::new(&about)),
        ]
    }
}
