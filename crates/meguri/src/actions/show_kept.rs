//! What is kept of one thing, as a page of facts and tables: for a terminal or as data.

mod pages;
mod sheet_page;

use crate::actions::links_kept::{Found, LinksKept, links_kept};
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

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A plan, by its key or name.
    Plan,
    /// A thing that is linked.
    Thing(Kind),
    /// The list of documents.
    Documents,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The page.
    Page(Page),
    /// Several things fit: id and name of each.
    Several(Vec<(Option<i64>, String)>),
    /// Nothing fits; the nearest names with their ids.
    Nothing(Vec<(Option<i64>, String)>),
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

/// Looks a thing up in what is kept and in force.
///
/// # Errors
/// Those of the database.
pub async fn show_kept(city: &Municipality, subject: Subject, text: &str) -> Result<Shown> {
    let kept = links_kept(city).await?;
    match subject {
        Subject::Documents => Ok(Shown::Page(pages::documents(
            &kept,
            &city.documents().await?,
        ))),
        Subject::Plan => plan(city, kept, text).await,
        Subject::Thing(kind) => thing(city, kept, kind, text).await,
    }
}

async fn thing(city: &Municipality, kept: LinksKept, kind: Kind, text: &str) -> Result<Shown> {
    let place = match kept.find(kind, text) {
        Found::One(place) => place,
        Found::Several(all) => return Ok(Shown::Several(named(&kept, kind, &all))),
        Found::None(near) => return Ok(Shown::Nothing(named(&kept, kind, &near))),
    };
    let Some(group) = kept.links.groups(kind).get(place).cloned() else {
        return Ok(Shown::Nothing(Vec::new()));
    };
    let sheets = load(city, &kept, group.places.iter().map(|place| place.sheet)).await?;
    let material = Material { kept, sheets };
    Ok(Shown::Page(match kind {
        Kind::Project => pages::project(&material, &group),
        Kind::Indicator => pages::indicator(&material, &group),
        Kind::Section => pages::section(&material, &group),
        Kind::Sheet => sheet_page::sheet(&material, &group),
    }))
}

async fn plan(city: &Municipality, kept: LinksKept, text: &str) -> Result<Shown> {
    let all = pages::plans(&kept);
    let wanted = meguri_core::text::name_key(text);
    let exact = |(key, label): &&(String, String)| {
        *key == wanted || meguri_core::text::name_key(label) == wanted
    };
    let part =
        |(_, label): &&(String, String)| meguri_core::text::name_key(label).contains(&wanted);
    let mut fits: Vec<_> = all.iter().filter(exact).collect();
    if fits.is_empty() {
        fits = all.iter().filter(part).collect();
    }
    let name = |(key, label): &(String, String)| (None, format!("{label}（{key}）"));
    let [(key, label)] = fits.as_slice() else {
        return Ok(match fits.as_slice() {
            [] => Shown::Nothing(all.iter().map(name).collect()),
            several => Shown::Several(several.iter().map(|one| name(one)).collect()),
        });
    };
    let of_plan = kept.facts.sheets.iter().enumerate().filter(|(at, _)| {
        kept.facts
            .document_of(*at)
            .is_some_and(|document| document.plan_group == *key)
    });
    let places: Vec<usize> = of_plan.map(|(at, _)| at).collect();
    let (key, label) = (key.clone(), label.clone());
    let sheets = load(city, &kept, places.iter().copied()).await?;
    Ok(Shown::Page(pages::plan(
        &Material { kept, sheets },
        &key,
        &label,
        &places,
    )))
}

fn named(kept: &LinksKept, kind: Kind, all: &[usize]) -> Vec<(Option<i64>, String)> {
    let groups = all.iter().filter_map(|at| kept.links.groups(kind).get(*at));
    groups
        .map(|group| (kept.id(kind, group), group.name().to_owned()))
        .collect()
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
