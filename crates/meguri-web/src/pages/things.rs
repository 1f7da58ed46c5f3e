//! What the pages of projects, indicators and sections share.

use crate::asked::Asked;
use crate::error::PageError;
use crate::page::Link;
use crate::pages::shown::Shown;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use meguri_app::read::linked::At;
use meguri_app::read::quantity::YearView;
use meguri_app::read::values::{Printed, Value};
use meguri_app::read::{Library, Linked, Stand, Thing, places};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::Kind;
use meguri_core::source::Sourced;
use serde::Serialize;
use std::collections::BTreeSet;

/// Rows of a list that a page shows.
pub(super) const A_PAGE: usize = 30;

/// What an id of an address leads to.
pub(super) enum Sought<'a> {
    /// The thing.
    Thing(&'a Thing),
    /// Another address: the id was joined to another one.
    Moved(Response),
}

/// The thing that an address names.
///
/// # Errors
/// Why it is not shown, where the picture has none of the id.
pub(super) fn find<'a>(
    library: &'a Library,
    asked: &Asked,
    kind: Kind,
) -> Result<Sought<'a>, PageError> {
    let id = asked.id("id").unwrap_or_default();
    let linked = library.linked();
    if let Some(thing) = linked.thing(kind, id) {
        return Ok(Sought::Thing(thing));
    }
    if let Some(thing) = linked.moved(kind, id) {
        let address = format!("{}{}", address_of(kind, thing.id), asked.format.ending());
        let moved = (StatusCode::MOVED_PERMANENTLY, [(LOCATION, address)]);
        return Ok(Sought::Moved(moved.into_response()));
    }
    let (list, words) = list_of(kind);
    Err(PageError::absent(
        library.absent_thing(kind, id),
        list,
        words,
    ))
}

/// The page of a project, an indicator or a section.
pub(crate) fn address_of(kind: Kind, id: i64) -> String {
    match kind {
        Kind::Project => places::project(id),
        Kind::Indicator => places::indicator(id),
        _ => places::section(id),
    }
}

/// The list of all of a kind, and words for the way to it.
pub(crate) fn list_of(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Project => (places::PROJECTS, "事業の一覧を見る"),
        Kind::Indicator => (places::INDICATORS, "指標の一覧を見る"),
        _ => (places::SECTIONS, "課の一覧を見る"),
    }
}

/// Does a place stand in a document of a plan? An empty key is of all plans.
pub(super) fn of_plan(library: &Library, plan: &str) -> impl Fn(&At) -> bool + use<> {
    let entries = library.entries().iter();
    let wanted: Vec<bool> = entries.map(|e| plan.is_empty() || e.key == plan).collect();
    move |at| wanted.get(at.entry).is_some_and(|wanted| *wanted)
}

/// A part of a long list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Leaf {
    /// How many there are in all.
    pub count: usize,
    /// The first shown, from 1.
    pub from: usize,
    /// The last shown.
    pub until: usize,
    /// Those before.
    pub previous: Option<Link>,
    /// Those after.
    pub next: Option<Link>,
}

impl Leaf {
    /// The part of a list from one on; `address` gives the address of the part from another one on.
    #[must_use]
    pub fn new(count: usize, from: usize, address: impl Fn(usize) -> String) -> Self {
        Self::of(count, from, A_PAGE, address)
    }

    /// The same with so many on a page.
    #[must_use]
    pub fn of(count: usize, from: usize, a_page: usize, address: impl Fn(usize) -> String) -> Self {
        let from = from.max(1);
        let until = from.saturating_add(a_page - 1).min(count);
        let before = from.saturating_sub(a_page).max(1);
        let link = |from: usize, words: &str| Link::new(address(from), words);
        Self {
            count,
            from,
            until,
            previous: (from > 1).then(|| link(before, &format!("{before}件目から"))),
            next: (until < count && until >= from)
                .then(|| link(until + 1, &format!("{}件目から", until + 1))),
        }
    }

    /// What it shows of the whole list, or of the first of several lists that it goes through.
    pub(super) fn cut<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        all.get(self.from - 1..self.until.min(all.len()))
            .unwrap_or_default()
    }

    /// What it shows of the list behind another one of so many.
    pub(super) fn cut_behind<'a, T>(&self, before: usize, all: &'a [T]) -> &'a [T] {
        let [from, until] = [self.from - 1, self.until].map(|end| end.saturating_sub(before));
        all.get(from..until).unwrap_or_default()
    }

    /// Does it leave anything out?
    #[must_use]
    pub const fn is_part(&self) -> bool {
        self.previous.is_some() || self.next.is_some()
    }

    /// What it shows in words.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.is_part(), self.until < self.from) {
            (false, _) => format!("{}件", self.count),
            (true, true) => format!("{}件のうち、ここに表示するものはありません。", self.count),
            (true, false) => {
                format!(
                    "{}件のうち{}件目から{}件目まで",
                    self.count, self.from, self.until
                )
            }
        }
    }
}

/// A value as a page shows it, with the way to its place. The ids are those of
/// [`meguri_app::read::values`].
pub(super) fn shown<T: Printed>(stand: &Stand<'_>, id: &str, value: &Sourced<T>) -> Shown {
    let href = places::value(stand.entry, stand.at.number, id);
    Shown::new(&Value::new(String::new(), value), href)
}

/// The sheet that says something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SheetLink {
    /// The name of its plan.
    pub plan: String,
    /// The evaluated year.
    pub year: YearView,
    /// Its name, with its page.
    pub link: Link,
}

impl SheetLink {
    /// The sheet of a place.
    #[must_use]
    pub fn new(stand: &Stand<'_>) -> Self {
        Self {
            plan: stand.entry.plan_name().to_owned(),
            year: stand.sheet.year.into(),
            link: Link::new(
                places::sheet(stand.entry, stand.at.number),
                stand.sheet.label.clone(),
            ),
        }
    }

    /// A sheet made up for a sample.
    #[must_use]
    pub fn sample(plan: &str) -> Self {
        let link = Link::new("/sheets/1", "テーマ1「見本のまちづくり」");
        Self {
            plan: plan.to_owned(),
            year: YearView::sample(),
            link,
        }
    }

    /// Plan and year in words.
    #[must_use]
    pub fn paper(&self) -> String {
        if self.year.is_empty() {
            self.plan.clone()
        } else {
            format!("{} {}", self.plan, self.year)
        }
    }
}

/// A name with where it is used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NameShown {
    /// As printed.
    pub name: String,
    /// In which years, or in which plans.
    pub when: String,
}

/// The names of a thing, the latest first, each with where it is printed.
pub(super) fn names(
    thing: &Thing,
    stands: &[Stand<'_>],
    is: impl Fn(&Stand<'_>, &str) -> bool,
) -> Vec<NameShown> {
    thing
        .names
        .iter()
        .map(|name| {
            let used = || stands.iter().filter(|stand| is(stand, name));
            let years: BTreeSet<FiscalYear> = used().filter_map(|stand| stand.sheet.year).collect();
            let mut when = plans(used().filter(|stand| stand.sheet.year.is_none()));
            when.extend(span(&years));
            NameShown {
                name: name.clone(),
                when: when.join("、"),
            }
        })
        .collect()
}

/// Years in words, as short as can be: `令和4年度から令和6年度まで`.
pub(super) fn span(years: &BTreeSet<FiscalYear>) -> Option<String> {
    let (first, last) = (years.first()?, years.last()?);
    let whole = usize::from(last.calendar_year() - first.calendar_year()) + 1 == years.len();
    Some(match years.len() {
        1 => first.to_string(),
        _ if whole => format!("{first}から{last}まで"),
        _ => years
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("・"),
    })
}

/// Names of sections, each with its page where it has one.
pub(super) fn sections<'a>(linked: &Linked, names: impl Iterator<Item = &'a str>) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    for name in names {
        let href = linked
            .section(name)
            .map_or_else(String::new, places::section);
        let known = |link: &Link| {
            if href.is_empty() {
                link.text == name
            } else {
                link.href == href
            }
        };
        if !found.iter().any(known) {
            found.push(Link::new(href, name));
        }
    }
    found
}

/// The names of the plans of some places, each once, in order.
pub(super) fn plans<'a>(stands: impl Iterator<Item = &'a Stand<'a>>) -> Vec<String> {
    let plans: BTreeSet<&str> = stands.map(|stand| stand.entry.plan_name()).collect();
    plans.into_iter().map(str::to_owned).collect()
}

/// The id of a thing by the way to its page.
pub(super) fn id_of(link: &Link) -> String {
    link.href.rsplit('/').next().unwrap_or_default().to_owned()
}
