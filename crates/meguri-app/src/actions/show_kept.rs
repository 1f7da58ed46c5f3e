//! What is kept of one thing, as a page of facts and tables: for a terminal or as data.

mod lists;
mod pages;
mod sheet_page;

use crate::actions::find_kept::{Entry, Names, Sort, Target};
use crate::actions::links_kept::{LinksKept, links_kept};
use meguri_core::links::Kind;
use meguri_store::{KeptSheet, Municipality, Result};
use serde::Serialize;
use std::collections::BTreeMap;

/// All that is shown of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    /// What kind of thing: `project`, `plan` …
    pub kind: &'static str,
    /// Its permanent id, where it has one.
    pub id: Option<i64>,
    /// Its name.
    pub title: String,
    /// Single facts: word and value.
    pub facts: Vec<(String, String)>,
    /// Tables.
    pub tables: Vec<Table>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// The heads of its columns; none for a plain list.
    pub heads: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The page.
    Page(Page),
    /// Several things fit.
    Several(Vec<Candidate>),
    /// Nothing of this kind fits; things of other kinds that do, else the nearest names.
    Nothing {
        /// Of other kinds, by the very text.
        elsewhere: Vec<Candidate>,
        /// Those with the nearest names.
        near: Vec<Candidate>,
    },
}

/// A thing that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What kind of thing it is.
    pub sort: Sort,
    /// Its number.
    pub id: Option<i64>,
    /// Its name.
    pub name: String,
    /// Where it first stands; empty where that says nothing.
    pub place: String,
    /// What follows `meguri show` to see it.
    pub typed: String,
}

impl Candidate {
    fn of(entry: &&Entry) -> Self {
        let sort = entry.sort();
        let name = match (&entry.target, entry.id) {
            (Target::Plan(key), _) => key.clone(),
            (_, Some(id)) => id.to_string(),
            (_, None) => entry.title.clone(),
        };
        Self {
            sort,
            id: entry.id,
            name: entry.title.clone(),
            place: entry.place.clone(),
            typed: format!("{} {name}", sort.key()),
        }
    }
}

/// All that a page is made of: the links, and the sheets that it tells of.
struct Material {
    kept: LinksKept,
    sheets: BTreeMap<usize, KeptSheet>,
}

impl Page {
    fn fact(&mut self, word: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.facts.push((word.to_owned(), value));
        }
    }

    fn table(&mut self, title: &str, heads: &[&'static str], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            self.tables.push(Table {
                title: title.to_owned(),
                heads: heads.to_vec(),
                rows,
            });
        }
    }
}

/// Looks a thing up in what is kept and in force: of one kind, or of any. Without a text, all of
/// the kind are listed.
///
/// # Errors
/// Those of the database.
pub async fn show_kept(city: &Municipality, sort: Option<Sort>, text: &str) -> Result<Shown> {
    let kept = links_kept(city).await?;
    let names = Names::of(&kept);
    if let (Some(sort), "") = (sort, text.trim()) {
        return Ok(Shown::Page(match sort {
            Sort::Document => lists::documents(&kept, &city.documents().await?),
            Sort::Plan | Sort::Thing(_) => lists::all(&kept, sort, &names.all(sort)),
        }));
    }
    let candidates = |all: &[&Entry]| all.iter().map(Candidate::of).collect::<Vec<_>>();
    let target = match names.find(sort, text).as_slice() {
        [only] => only.target.clone(),
        [] => {
            let elsewhere = match sort {
                Some(_) => candidates(&names.find(None, text)),
                None => Vec::new(),
            };
            let mut near = candidates(&names.nearest(sort, text));
            // There are few plans, so that all of them can be proposed.
            if let (Some(Sort::Plan), true) = (sort, near.is_empty()) {
                near = candidates(&names.all(Sort::Plan));
            }
            return Ok(Shown::Nothing { elsewhere, near });
        }
        several => return Ok(Shown::Several(candidates(several))),
    };
    page(city, kept, target).await.map(Shown::Page)
}

async fn page(city: &Municipality, kept: LinksKept, target: Target) -> Result<Page> {
    match target {
        Target::Plan(key) => {
            let of_plan = |place: &usize| {
                let document = kept.facts.document_of(*place);
                document.is_some_and(|about| about.plan_group == key || about.plan == key)
            };
            let places: Vec<usize> = (0..kept.facts.sheets.len()).filter(of_plan).collect();
            let sheets = load(city, &kept, places.iter().copied()).await?;
            Ok(pages::plan(&Material { kept, sheets }, &key, &places))
        }
        Target::Document(at) => {
            let all = kept.facts.sheets.iter().enumerate();
            let own = all.filter(|(_, sheet)| sheet.document == at);
            let places: Vec<usize> = own.map(|(place, _)| place).collect();
            let rows = city.documents().await?;
            let sheets = load(city, &kept, places.iter().copied()).await?;
            let material = Material { kept, sheets };
            Ok(lists::document(&material, at, &places, &rows))
        }
        Target::Thing(kind, at) => {
            let Some(group) = kept.links.groups(kind).get(at).cloned() else {
                return Ok(Page::default());
            };
            let sheets = load(city, &kept, group.places.iter().map(|place| place.sheet)).await?;
            let material = Material { kept, sheets };
            Ok(match kind {
                Kind::Project => pages::project(&material, &group),
                Kind::Indicator => pages::indicator(&material, &group),
                Kind::Section => pages::section(&material, &group),
                Kind::Sheet => sheet_page::sheet(&material, &group),
            })
        }
    }
}

async fn load(
    city: &Municipality,
    kept: &LinksKept,
    places: impl Iterator<Item = usize>,
) -> Result<BTreeMap<usize, KeptSheet>> {
    let mut sheets = BTreeMap::new();
    for place in places {
        if sheets.contains_key(&place) {
            continue;
        }
        if let Some(fact) = kept.facts.sheets.get(place)
            && let Some(sheet) = city.sheet(fact.id).await?
        {
            sheets.insert(place, sheet);
        }
    }
    Ok(sheets)
}
