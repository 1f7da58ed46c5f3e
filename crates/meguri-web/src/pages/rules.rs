//! The list of rules, with what each found.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Layout, Page};
use crate::view::crumbs::home;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::Library;
use meguri_core::verify::RULES;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "rules.html")]
pub struct RulesPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// One line a rule.
    pub rules: Vec<RuleLine>,
}

/// One rule in short.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RuleLine {
    /// Its code.
    pub code: &'static str,
    /// What it finds.
    pub title: &'static str,
    /// How often it found something.
    pub count: usize,
}

/// `GET /rules`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    page::answer(&RulesPage::new(&site.library), asked.format)
}

impl RulesPage {
    /// All rules with what they found.
    #[must_use]
    pub fn new(library: &Library) -> Self {
        let count = |code: &str| library.findings().filter(|(_, f)| f.code == code).count();
        let rules = RULES.iter().map(|rule| RuleLine {
            code: rule.code,
            title: rule.title,
            count: count(rule.code),
        });
        let rules = rules.collect();
        let layout = Layout::new("確認の項目", vec![home()], "/rules")
            .described("計画と評価の文書を確認する項目の一覧です。");
        Self { layout, rules }
    }
}

impl Page for RulesPage {
    const NAME: &'static str = "rules";

    fn samples() -> Vec<(&'static str, Self)> {
        vec![("all", Self::new(&Library::default()))]
    }
}
