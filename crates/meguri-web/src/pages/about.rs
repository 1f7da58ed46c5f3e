//! What the site is, and how its data is got: formats, addresses, terms, as a dataset in marks that
//! programs read (schema.org).

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Layout, Link, Page};
use crate::view::crumbs::home;
use crate::view::samples::ODD_NAME;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Library, urls, whole};
use meguri_app::site_info::SiteInfo;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "about.html")]
pub struct AboutPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Who publishes; empty where the settings do not say.
    pub publisher: String,
    /// Where to ask; empty where the settings do not say.
    pub contact: String,
    /// The terms of the data; empty where the settings do not say.
    pub licence: String,
    /// The documents: name, page and its data.
    pub datasets: Vec<DatasetView>,
}

/// One document as a dataset.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DatasetView {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub description: String,
    /// The years that it is about, as ISO 8601 spans of fiscal years: `2022-04-01/2023-03-31`.
    pub period: String,
    /// The same in words.
    pub years: String,
    /// Its page.
    pub href: String,
    /// Its data: words, address and media type.
    pub files: Vec<(Link, &'static str)>,
}

/// `GET /about`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    page::answer(&AboutPage::new(&site.library, &site.about), asked.format)
}

impl AboutPage {
    /// The page of a site.
    #[must_use]
    pub fn new(library: &Library, about: &SiteInfo) -> Self {
        let datasets = library.entries().iter().map(|entry| {
            let years = entry.years();
            let span = years.first().zip(years.last()).map(|(first, last)| {
                let (first, last) = (first.calendar_year(), last.calendar_year() + 1);
                format!("{first}-04-01/{last}-03-31")
            });
            let words: Vec<String> = years.iter().map(ToString::to_string).collect();
            let address = urls::plan(entry);
            let json = |address: &str, words: &str| {
                (
                    Link::new(format!("{address}.json"), words),
                    "application/json",
                )
            };
            DatasetView {
                name: entry.plan_name().to_owned(),
                description: format!("{}のシート{}枚", entry.kind, entry.document.sheets.len()),
                period: span.unwrap_or_default(),
                years: words.join("、"),
                files: {
                    let mut files = vec![
                        json(&address, "体系と件数（JSON）"),
                        json(&urls::list(entry), "一覧（JSON）"),
                    ];
                    if whole::has_money(&whole::of(entry)) {
                        files.push(json(&urls::money(entry), "年度ごとの事業費（JSON）"));
                    }
                    files
                },
                href: address,
            }
        });
        Self {
            layout: Layout::new("このサイトとデータについて", vec![home()], urls::ABOUT).described(
                "計画の評価の数値の見方、公開しているデータとその利用条件、問い合わせ先です。",
            ),
            publisher: about.name.clone(),
            contact: about.contact.clone(),
            licence: about.licence.clone(),
            datasets: datasets.collect(),
        }
    }
}

impl Page for AboutPage {
    const NAME: &'static str = "about";

    fn samples() -> Vec<(&'static str, Self)> {
        let layout = || Layout::new("このサイトとデータについて", vec![home()], urls::ABOUT);
        let empty = Self {
            layout: layout(),
            publisher: String::new(),
            contact: String::new(),
            licence: String::new(),
            datasets: Vec::new(),
        };
        let dataset = |name: &str| DatasetView {
            name: name.to_owned(),
            description: "施策評価シートのシート3枚".to_owned(),
            period: "2024-04-01/2025-03-31".to_owned(),
            years: "令和6年度".to_owned(),
            href: "/plans/evaluation".to_owned(),
            files: vec![(
                Link::new("/plans/evaluation.json", "体系と件数（JSON）"),
                "application/json",
            )],
        };
        let full = |name: &str, count| Self {
            layout: layout(),
            publisher: "みずほ野市".to_owned(),
            contact: "政策課 03-0000-0000".to_owned(),
            licence: "クリエイティブ・コモンズ 表示 4.0 国際".to_owned(),
            datasets: vec![dataset(name); count],
        };
        vec![
            ("empty", empty),
            ("typical", full("見本の計画", 2)),
            ("odd-names", full(ODD_NAME, 1)),
            ("longest", full(&"長い名前の計画".repeat(12), 40)),
        ]
    }
}
