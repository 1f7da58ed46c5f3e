//! What the data of the site is, in the words of schema.org (JSON-LD): one data set a plan, with
//! its files.

use crate::Site;
use crate::error::PageError;
use crate::page::{self, Format};
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, Library, urls};
use meguri_app::site_info::SiteInfo;
use serde_json::{Value, json};

/// `GET /dataset.jsonld`
pub(crate) async fn show(State(site): State<Site>) -> Result<Response, PageError> {
    page::json_as(
        "application/ld+json; charset=utf-8",
        &of(&site.library, &site.about),
    )
}

fn of(library: &Library, about: &SiteInfo) -> Value {
    let city = about.name.as_str();
    let mut all = json!({
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": format!("{city}の行政評価・計画のデータ").trim_start_matches('の'),
        "description": "公表している行政評価シート、計画、指標、事業費を、計画ごとにCSVとJSONで提供しています。",
        "inLanguage": "ja",
        "isAccessibleForFree": true,
        "url": about.full("/"),
        "hasPart": library.plans().map(|entry| of_plan(library, entry, about)).collect::<Vec<_>>(),
    });
    if let (false, Some(all)) = (city.is_empty(), all.as_object_mut()) {
        let creator = json!({"@type": "GovernmentOrganization", "name": city});
        all.insert("creator".to_owned(), creator);
    }
    all
}

fn of_plan(library: &Library, plan: &Entry, about: &SiteInfo) -> Value {
    let documents = library.documents_of(&plan.key);
    let files = documents.iter().flat_map(|entry| {
        [
            (Format::Csv, "text/csv"),
            (Format::Json, "application/json"),
        ]
        .map(|(format, kind)| {
            let address = format!("{}{}", urls::current_document(entry.id), format.ending());
            json!({
                "@type": "DataDownload",
                "name": format!("{}（{}）", entry.plan_name(), entry.short_name()),
                "encodingFormat": kind,
                "contentUrl": about.full(&address),
            })
        })
    });
    let mut years: Vec<u16> = documents
        .iter()
        .flat_map(|entry| entry.years())
        .map(|year| year.calendar_year())
        .collect();
    years.sort_unstable();
    let mut set = json!({
        "@type": "Dataset",
        "name": plan.plan_name(),
        "description": format!("{}（{}）の内容と評価。", plan.plan_name(), plan.kind),
        "url": about.full(&urls::plan(plan)),
        "distribution": files.collect::<Vec<_>>(),
    });
    if let (Some(first), Some(last), Some(set)) = (years.first(), years.last(), set.as_object_mut())
    {
        // A fiscal year begins in April.
        let span = format!("{first}-04-01/{}-03-31", last + 1);
        set.insert("temporalCoverage".to_owned(), json!(span));
    }
    let days = documents
        .iter()
        .filter_map(|entry| entry.published.as_ref());
    let day = days.map(|edition| edition.moment.as_str()).max();
    if let (Some(day), Some(set)) = (day, set.as_object_mut()) {
        set.insert(
            "dateModified".to_owned(),
            json!(day.split('T').next().unwrap_or_default()),
        );
    }
    set
}
