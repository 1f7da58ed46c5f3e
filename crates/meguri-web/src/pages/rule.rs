//! One rule: what it looks at, why, and what it found.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Layout, Link, Page};
use crate::view::crumbs::home;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::Library;
use meguri_core::verify::{RULES, Rule};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "rule.html")]
pub struct RulePage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Its code.
    pub code: &'static str,
    /// What it finds.
    pub title: &'static str,
    /// Heading and text, in the order of the manual.
    pub parts: Vec<(&'static str, &'static str)>,
    /// How often it found something.
    pub count: usize,
}

/// `GET /rules/{rule}`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let rule = RULES.iter().find(|rule| rule.code == asked.part("rule"));
    let rule = rule.ok_or_else(|| PageError::not_found("/rules", "確認の項目の一覧を見る"))?;
    page::answer(&RulePage::new(&site.library, rule), asked.format)
}

impl RulePage {
    /// The page of a rule.
    #[must_use]
    pub fn new(library: &Library, rule: &'static Rule) -> Self {
        let crumbs = vec![home(), Link::new("/rules", "確認の項目")];
        let address = format!("/rules/{}", rule.code);
        Self {
            layout: Layout::new(format!("{} {}", rule.code, rule.title), crumbs, &address)
                .described(format!(
                    "確認の項目{}「{}」が何を見るか、その理由、例、直し方です。",
                    rule.code, rule.title
                )),
            code: rule.code,
            title: rule.title,
            parts: vec![
                ("何を見るか", rule.looks_at),
                ("なぜ", rule.why),
                ("例", rule.example),
                ("直し方", rule.remedy),
                ("根拠", rule.basis),
            ],
            count: library
                .findings()
                .filter(|(_, f)| f.code == rule.code)
                .count(),
        }
    }
}

impl Page for RulePage {
    const NAME: &'static str = "rule";

    fn samples() -> Vec<(&'static str, Self)> {
        let library = Library::default();
        RULES
            .iter()
            .map(|rule| (rule.code, Self::new(&library, rule)))
            .collect()
    }
}
