//! All addresses that the public may see, for programs that read whole sites.

use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::data::{Entry, Library, places, whole};
use crate::web::error::PageError;
use crate::web::marks;
use crate::web::pages::{matrix, money};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_core::links::Kind;
use meguri_core::verify::RULES;
use std::cmp::Reverse;
use std::collections::HashSet;

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

/// All addresses, each with the day of its last change, in order.
fn addresses(library: &Library) -> Vec<(String, String)> {
    let mut all = needed(library);
    all.sort();
    all
}

/// All addresses, those first that are asked for most.
pub(in crate::web) fn in_order_of_need(library: &Library) -> Vec<String> {
    needed(library).into_iter().map(|(address, _)| address).collect()
}

/// All addresses, each once with the day of its last change: the start and the plans, the current
/// sheets from the newest document to the oldest, things, the documents with their older versions.
/// A page that gets an address of its own belongs here; those of single values, of comparisons and
/// of searches do not.
fn needed(library: &Library) -> Vec<(String, String)> {
    let mut found = Found::default();
    found.add("/".to_owned(), String::new());
    for entry in library.plans() {
        found.add(places::plan(entry), day(entry));
    }
    for address in [places::PROJECTS, places::INDICATORS, places::SECTIONS, "/words", "/findings"] {
        found.add(address.to_owned(), String::new());
    }
    let mut newest: Vec<&Entry> = library.entries().iter().collect();
    newest.sort_by_key(|entry| Reverse((entry.years().last(), entry.id)));
    for entry in &newest {
        found.add(places::list(entry), day(entry));
        let whole = whole::of(entry);
        if matrix::has(&whole) {
            found.add(places::matrix(entry), day(entry));
        }
        if money::has(&whole) {
            found.add(places::money(entry), day(entry));
        }
    }
    for entry in &newest {
        found.add_sheets(entry);
    }
    for (kind, address) in THINGS {
        for thing in library.linked().all(kind) {
            found.add(address(thing.id), String::new());
        }
    }
    for entry in newest {
        found.add_versions(library, entry);
    }
    for address in [places::ABOUT, places::ACCESSIBILITY, "/rules"] {
        found.add(address.to_owned(), String::new());
    }
    for rule in RULES {
        found.add(places::rule(rule.code), String::new());
    }
    found.places
}

/// What has pages beside documents and sheets.
const THINGS: [(Kind, fn(i64) -> String); 3] = [
    (Kind::Section, places::section),
    (Kind::Project, places::project),
    (Kind::Indicator, places::indicator),
];

/// Addresses, each once.
#[derive(Default)]
struct Found {
    places: Vec<(String, String)>,
    known: HashSet<String>,
}

impl Found {
    fn add(&mut self, address: String, day: String) {
        if self.known.insert(address.clone()) {
            self.places.push((address, day));
        }
    }

    fn add_sheets(&mut self, entry: &Entry) {
        for number in 1..=entry.document.sheets.len() {
            self.add(places::sheet(entry, number), day(entry));
        }
    }

    /// A document, its publications, and what they say.
    fn add_versions(&mut self, library: &Library, entry: &Entry) {
        self.add(places::current_document(entry.id), day(entry));
        self.add(places::source(entry), day(entry));
        if entry.published.is_some() {
            self.add(places::changes(entry.id), day(entry));
        }
        for version in library.versions_of(entry.id) {
            let number = version.published.as_ref().map_or(0, |edition| edition.number);
            self.add(places::version(version.id, number), day(version));
            self.add(places::source(version), day(version));
            self.add_sheets(version);
        }
    }
}

fn day(entry: &Entry) -> String {
    let moment = entry.published.as_ref().map(|edition| edition.moment.as_str());
    moment.and_then(|moment| moment.split('T').next()).unwrap_or_default().to_owned()
}
