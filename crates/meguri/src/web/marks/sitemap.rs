//! All addresses that the public may see, for programs that read whole sites.

use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::data::{Entry, Library, places};
use crate::web::error::PageError;
use crate::web::marks;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_core::verify::RULES;
use std::collections::BTreeMap;

/// The most addresses of one list; 50,000 are allowed.
const A_PART: usize = 45_000;

/// The list, or a list of lists.
#[derive(Debug, Template)]
#[template(path = "sitemap.xml")]
struct Sitemap {
    base: String,
    /// Addresses with the day of their last change; may be empty.
    places: Vec<(String, String)>,
    /// How many parts there are, where it is a list of lists; else 0.
    parts: usize,
}

/// `GET /sitemap.xml`
pub(in crate::web) async fn show(State(site): State<Site>) -> Result<Response, PageError> {
    let all = addresses(&site.library);
    let parts = if all.len() > A_PART { all.len().div_ceil(A_PART) } else { 0 };
    let places = if parts == 0 { all } else { Vec::new() };
    answer(&site, places, parts)
}

/// `GET /sitemaps/{part}`, where the part is `1.xml` and so on.
pub(in crate::web) async fn show_part(
    State(site): State<Site>,
    asked: Asked,
) -> Result<Response, PageError> {
    let number = asked.part("part").strip_suffix(".xml").and_then(|n| n.parse::<usize>().ok());
    let first = number.and_then(|number| number.checked_sub(1)?.checked_mul(A_PART));
    let all = addresses(&site.library);
    let places: Vec<_> = match first {
        Some(first) => all.into_iter().skip(first).take(A_PART).collect(),
        None => Vec::new(),
    };
    if places.is_empty() {
        return Err(PageError::NotFound(None));
    }
    answer(&site, places, 0)
}

fn answer(site: &Site, places: Vec<(String, String)>, parts: usize) -> Result<Response, PageError> {
    let sitemap = Sitemap { base: site.about.full(""), places, parts };
    marks::xml("application/xml; charset=utf-8", &sitemap)
}

/// All addresses, each with the day of its last change. A page that gets an address of its own
/// belongs here; those of single values and of searches do not.
fn addresses(library: &Library) -> Vec<(String, String)> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for address in ["/", "/findings", "/rules"] {
        found.insert(address.to_owned(), String::new());
    }
    for rule in RULES {
        found.insert(places::rule(rule.code), String::new());
    }
    for entry in library.entries() {
        for version in library.versions_of(entry.id) {
            let number = version.published.as_ref().map_or(0, |edition| edition.number);
            found.insert(places::version(version.id, number), day(version));
            add(version, &mut found);
        }
        found.insert(places::plan(entry), day(entry));
        found.insert(places::current_document(entry.id), day(entry));
        if entry.published.is_some() {
            found.insert(places::changes(entry.id), day(entry));
        }
        add(entry, &mut found);
    }
    found.into_iter().collect()
}

/// The source and the sheets of one version.
fn add(entry: &Entry, found: &mut BTreeMap<String, String>) {
    found.insert(places::source(entry), day(entry));
    for number in 1..=entry.document.sheets.len() {
        found.insert(places::sheet(entry, number), day(entry));
    }
}

fn day(entry: &Entry) -> String {
    let moment = entry.published.as_ref().map(|edition| edition.moment.as_str());
    moment.and_then(|moment| moment.split('T').next()).unwrap_or_default().to_owned()
}
