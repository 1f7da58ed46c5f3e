//! What the pages of projects, indicators and sections share.

use crate::page::Link;
use crate::view::value::ValueView;
use meguri_app::read::quantity::YearView;
use meguri_app::read::values::{self, Printed, Value};
use meguri_app::read::{Linked, Stand, Thing, urls};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::source::Sourced;
use serde::Serialize;
use std::collections::BTreeSet;

/// A value at a place of its sheet as a page shows it, with its address.
pub(crate) fn shown<T: Printed>(stand: &Stand<'_>, place: &str, value: &Sourced<T>) -> ValueView {
    let id = values::id(stand.sheet, place);
    let href = urls::value(stand.entry, stand.at.number, &id);
    ValueView::new(&Value::new(String::new(), value), href)
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
                urls::sheet(stand.entry, stand.at.number),
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
pub struct NameView {
    /// As printed.
    pub name: String,
    /// In which years, or in which plans.
    pub when: String,
}

/// The names of a thing, the latest first, each with where it is printed.
pub(crate) fn names(
    thing: &Thing,
    stands: &[Stand<'_>],
    is: impl Fn(&Stand<'_>, &str) -> bool,
) -> Vec<NameView> {
    thing
        .names
        .iter()
        .map(|name| {
            let used = || stands.iter().filter(|stand| is(stand, name));
            let years: BTreeSet<FiscalYear> = used().filter_map(|stand| stand.sheet.year).collect();
            let mut when = plans(used().filter(|stand| stand.sheet.year.is_none()));
            when.extend(span(&years));
            NameView {
                name: name.clone(),
                when: when.join("、"),
            }
        })
        .collect()
}

/// Years in words, as short as can be: `令和4年度から令和6年度まで`.
pub(crate) fn span(years: &BTreeSet<FiscalYear>) -> Option<String> {
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
pub(crate) fn sections<'a>(linked: &Linked, names: impl Iterator<Item = &'a str>) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    for name in names {
        let href = linked.section(name).map_or_else(String::new, urls::section);
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
pub(crate) fn plans<'a>(stands: impl Iterator<Item = &'a Stand<'a>>) -> Vec<String> {
    let plans: BTreeSet<&str> = stands.map(|stand| stand.entry.plan_name()).collect();
    plans.into_iter().map(str::to_owned).collect()
}

/// The id of a thing by the way to its page.
pub(crate) fn id_of(link: &Link) -> String {
    link.href.rsplit('/').next().unwrap_or_default().to_owned()
}
