//! All addresses that the public may see, for programs that read whole sites.

use crate::Site;
use crate::asked::{self, Asked};
use crate::error::PageError;
use crate::feeds;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, Library, branch, urls, whole};
use meguri_core::links::Kind;
use meguri_core::verify::RULES;
use std::cmp::Reverse;
use std::collections::HashMap;

/// The most addresses of one list; 50,000 are allowed.
const A_PART: usize = 45_000;

/// The list, or a list of lists.
#[derive(Debug, Template)]
#[template(path = "sitemap.xml")]
struct Sitemap {
    base: String,
    /// What is listed.
    places: Vec<Place>,
    /// How many parts there are, where it is a list of lists; else 0.
    parts: usize,
}

/// An address with the day of its last change, which may be empty.
type Place = (String, String);

/// `GET /sitemap.xml`
pub(crate) async fn show(State(site): State<Site>) -> Result<Response, PageError> {
    let (places, parts) = whole(addresses(&site.library), A_PART);
    answer(&site, places, parts)
}

/// `GET /sitemaps/{part}`, where the part is `1.xml` and so on.
pub(crate) async fn show_part(
    State(site): State<Site>,
    asked: Asked,
) -> Result<Response, PageError> {
    let number = asked
        .part("part")
        .strip_suffix(".xml")
        .and_then(asked::number);
    let number = number.and_then(|number| usize::try_from(number).ok());
    let places = number.map(|number| part(addresses(&site.library), number, A_PART));
    match places.filter(|places| !places.is_empty()) {
        Some(places) => answer(&site, places, 0),
        None => Err(PageError::NotFound(None)),
    }
}

/// All places, or none and the number of parts where one list cannot take them.
fn whole(all: Vec<Place>, a_part: usize) -> (Vec<Place>, usize) {
    if all.len() > a_part {
        (Vec::new(), all.len().div_ceil(a_part))
    } else {
        (all, 0)
    }
}

/// A part of the places, by its number from 1; empty where there are not so many.
fn part(all: Vec<Place>, number: usize, a_part: usize) -> Vec<Place> {
    let first = number
        .checked_sub(1)
        .and_then(|before| before.checked_mul(a_part));
    first.map_or_else(Vec::new, |first| {
        all.into_iter().skip(first).take(a_part).collect()
    })
}

fn answer(site: &Site, places: Vec<Place>, parts: usize) -> Result<Response, PageError> {
    let sitemap = Sitemap {
        base: site.about.full(""),
        places,
        parts,
    };
    feeds::xml("application/xml; charset=utf-8", &sitemap)
}

/// All addresses, each with the day of its last change, in order.
fn addresses(library: &Library) -> Vec<Place> {
    let mut all = needed(library);
    all.sort_unstable();
    all
}

/// All addresses, those first that are asked for most.
pub(crate) fn in_order_of_need(library: &Library) -> Vec<String> {
    needed(library)
        .into_iter()
        .map(|(address, _)| address)
        .collect()
}

/// Addresses in the order in which they are found, each with the latest day of what it shows.
#[derive(Default)]
struct Found {
    places: Vec<Place>,
    known: HashMap<String, usize>,
}

impl Found {
    fn add(&mut self, address: impl Into<String>, day: &str) {
        let address = address.into();
        let place = *self
            .known
            .entry(address.clone())
            .or_insert(self.places.len());
        match self.places.get_mut(place) {
            Some((_, known)) if day > known.as_str() => day.clone_into(known),
            Some(_) => {}
            None => self.places.push((address, day.to_owned())),
        }
    }
}

/// All addresses: the start and the plans with their views, the current sheets from the newest
/// document to the oldest, things, the documents with their older versions. A page that gets an
/// address of its own belongs here; those of single values, of comparisons, of searches and of
/// filtered lists do not.
fn needed(library: &Library) -> Vec<Place> {
    let mut newest: Vec<&Entry> = library.entries().iter().collect();
    newest.sort_by_key(|entry| Reverse((entry.years().last(), entry.id)));
    let latest = library.entries().iter().map(day).max().unwrap_or_default();
    let mut found = Found::default();
    found.add("/", &latest);
    for entry in &newest {
        views(entry, &mut found);
    }
    let offers = &library.notable().offers;
    let over_all = [
        (offers.late, urls::LATE),
        (offers.ending, urls::ENDING),
        (offers.compare, urls::COMPARE),
    ];
    for (_, address) in over_all.into_iter().filter(|(offered, _)| *offered) {
        found.add(address, &latest);
    }
    found.add(urls::FINDINGS, &latest);
    of_words(library, &mut found);
    for entry in &newest {
        sheets(entry, &mut found);
    }
    of_things(library, &mut found);
    for entry in newest {
        versions(library, entry, &mut found);
    }
    found.add(urls::OPEN_DATA, &latest);
    found.add(urls::ABOUT, &latest);
    found.add(urls::GLOSSARY, &latest);
    found.add(urls::ACCESSIBILITY, "");
    found.add(urls::RULES, "");
    for rule in RULES {
        found.add(urls::rule(rule.code), "");
    }
    found.places
}

/// The sheets of one version.
fn sheets(entry: &Entry, found: &mut Found) {
    let day = day(entry);
    for number in 1..=entry.document.sheets.len() {
        found.add(urls::sheet(entry, number), &day);
    }
}

/// The pages over a whole document, as far as it has something for them.
fn views(entry: &Entry, found: &mut Found) {
    let (whole, day) = (whole::of(entry), day(entry));
    found.add(urls::plan(entry), &day);
    found.add(urls::list(entry), &day);
    if whole::has_matrix(&whole) {
        found.add(urls::matrix(entry), &day);
    }
    if whole::has_money(&whole) {
        found.add(urls::money(entry), &day);
    }
    for node in branch::gathering(&whole) {
        found.add(urls::branch(entry, node), &day);
    }
}

/// A document with its source, what was published of it, and what changed.
fn versions(library: &Library, entry: &Entry, found: &mut Found) {
    let latest = day(entry);
    found.add(urls::current_document(entry.id), &latest);
    sources(entry, &latest, found);
    if entry.published.is_some() {
        found.add(urls::changes(entry.id), &latest);
    }
    for version in library.versions_of(entry.id) {
        let number = version
            .published
            .as_ref()
            .map_or(0, |edition| edition.number);
        found.add(urls::version(version.id, number), &day(version));
        sources(version, &day(version), found);
        sheets(version, found);
    }
}

/// The lines of a document, where they are published.
fn sources(entry: &Entry, day: &str, found: &mut Found) {
    let source = urls::shown_source(entry);
    if !source.is_empty() {
        found.add(source, day);
    }
}

/// Words of daily life: of the day of the latest paper with them.
fn of_words(library: &Library, found: &mut Found) {
    for word in &library.notable().words {
        let entries = word
            .sheets
            .iter()
            .filter_map(|(place, _)| library.entries().get(*place));
        let day = entries.map(day).max().unwrap_or_default();
        found.add(urls::WORDS, &day);
        found.add(urls::word(&word.word), &day);
    }
}

/// Projects, indicators and sections with their lists: of the day of the latest paper with them.
fn of_things(library: &Library, found: &mut Found) {
    let days: Vec<String> = library.entries().iter().map(day).collect();
    for kind in [Kind::Section, Kind::Project, Kind::Indicator] {
        let list = urls::things(kind);
        for thing in library.linked().all(kind) {
            let papers = thing.places.iter().filter_map(|at| days.get(at.entry));
            let day = papers.max().map_or("", String::as_str);
            found.add(list, day);
            found.add(urls::thing(kind, thing.id), day);
        }
    }
}

fn day(entry: &Entry) -> String {
    let moment = entry
        .published
        .as_ref()
        .map(|edition| edition.moment.as_str());
    moment
        .and_then(|moment| moment.split('T').next())
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_addresses_are_told_in_parts_each_once() {
        let all: Vec<Place> = (0..95)
            .map(|n| (format!("/sheets/{n}"), String::new()))
            .collect();
        assert_eq!(whole(all.clone(), 95), (all.clone(), 0));
        assert_eq!(whole(all.clone(), 94), (Vec::new(), 2));
        let (none, parts) = whole(all.clone(), 10);
        assert_eq!((none.len(), parts), (0, 10));
        let each = (1..=parts).flat_map(|number| part(all.clone(), number, 10));
        assert_eq!(each.collect::<Vec<_>>(), all);
        for number in [0, 11, usize::MAX] {
            assert!(part(all.clone(), number, 10).is_empty(), "{number}");
        }
    }

    #[test]
    fn a_list_of_lists_names_each_part() {
        let base = "https://hyoka.example.jp".to_owned();
        let sitemap = Sitemap {
            base,
            places: Vec::new(),
            parts: 2,
        };
        let text = sitemap.render().expect("it is made");
        assert!(
            text.contains("<loc>https://hyoka.example.jp/sitemaps/1.xml</loc>"),
            "{text}"
        );
        assert!(
            text.contains("/sitemaps/2.xml<") && !text.contains("/sitemaps/3.xml"),
            "{text}"
        );
    }
}
