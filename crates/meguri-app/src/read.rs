//! What the pages show: documents with their findings, and plain functions over them.
//!
//! A [`Library`] is one consistent picture, in memory, of what a door may show. It changes nothing
//! and knows no page; when something is published it is made anew and exchanged whole. A page asks
//! it for exactly what it shows.

pub mod amounts;
pub mod audit;
pub mod branch;
pub mod concern;
pub mod dates;
pub mod differences;
pub mod entry;
mod facets;
pub mod found;
pub mod linked;
pub mod notable;
pub mod paper;
pub mod picture;
pub mod pictures;
pub mod published;
pub mod quantity;
mod related;
mod rulings;
pub mod urls;
pub mod values;
pub mod whole;
pub mod words;
pub mod work;

pub use entry::{Edition, Entry, SheetId};
pub use found::{FindingCounts, Found, Said};
pub use linked::{At, Linked, Naming, Stand, Thing};
pub use notable::{Notable, Offers};
pub use paper::Paper;

use crate::actions::check_documents::CheckedDocuments;
use crate::scheme_file::{self, PRESETS};
pub use facets::Facets;
use meguri_core::evaluation::Sheet;
use meguri_core::links::Kind;
use meguri_core::scheme::Scheme;
use meguri_core::verify::scheme_of;
use related::Related;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// What a door shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Only what is published.
    Published,
    /// All that is kept, as in force: for the house.
    InForce,
    /// Papers in memory, to look at.
    #[default]
    Preview,
}

/// One picture of what a door may show.
#[derive(Debug, Default)]
pub struct Library {
    view: View,
    /// The code of the municipality; empty for papers in memory.
    code: String,
    /// One entry a document, then the older versions.
    all: Vec<Entry>,
    /// How many of them are current.
    current: usize,
    /// Where the sheets are: entry and number from 1, the current one first, then newer ones first.
    sheets: BTreeMap<i64, Vec<(usize, usize)>>,
    withdrawn: Withdrawn,
    linked: Linked,
    /// One for each entry.
    related: Vec<Related>,
    facets: OnceLock<Facets>,
    notable: OnceLock<Notable>,
}

/// What was public once and is not any more, with the words of its withdrawal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withdrawn {
    /// By document and number of the publication.
    pub publications: BTreeMap<(i64, i64), Withdrawal>,
    /// By sheet and edition.
    pub sheets: BTreeMap<(i64, i64), Withdrawal>,
    /// The last withdrawal of each plan, by its key in addresses.
    pub plans: BTreeMap<String, Withdrawal>,
    /// The last withdrawal of what names a project, an indicator or a section, by its id.
    pub things: BTreeMap<(Kind, i64), Withdrawal>,
}

impl Withdrawn {
    /// Notes the withdrawal of a paper about a plan that named some things; the last one counts.
    fn note(&mut self, plan: &str, things: impl Iterator<Item = (Kind, i64)>, words: &Withdrawal) {
        let last = |known: &mut Withdrawal| {
            if known.moment <= words.moment {
                known.clone_from(words);
            }
        };
        last(self.plans.entry(plan.to_owned()).or_default());
        for thing in things {
            last(self.things.entry(thing).or_default());
        }
    }
}

/// A withdrawal (公表の取下げ).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withdrawal {
    /// When, as an ISO 8601 moment.
    pub moment: String,
    /// Why, for the public.
    pub reason: String,
}

/// Why something is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Nothing of the kind is known here.
    Unknown,
    /// It was public once.
    Withdrawn(Withdrawal),
}

/// A sheet with its document and its number in it, from 1.
pub type Place<'a> = (&'a Entry, usize, &'a Sheet);

impl Library {
    /// Shows checked papers from memory, with the schemes given and, for plans without one, the
    /// presets. Ids are counted in their order.
    #[must_use]
    pub fn new(checked: CheckedDocuments, mut schemes: Vec<Scheme>) -> Self {
        schemes.extend(
            PRESETS
                .iter()
                .filter_map(|preset| scheme_file::preset(preset.key)),
        );
        let mut findings: BTreeMap<String, Vec<Found>> = BTreeMap::new();
        for finding in checked.findings {
            findings
                .entry(finding.place.document.clone())
                .or_default()
                .push(finding.into());
        }
        let mut next_sheet = 1..;
        let entries = (1..).zip(checked.documents).map(|(id, document)| {
            let scheme = scheme_of(&schemes, &document).cloned().map(Arc::new);
            let found = findings.remove(&document.name).unwrap_or_default();
            let ids = next_sheet.by_ref().take(document.sheets.len());
            let ids = ids
                .map(|id| SheetId {
                    id,
                    edition: None,
                    current: true,
                })
                .collect();
            let mut entry = Entry::new(id, Arc::new(document.into()), scheme, ids, found);
            entry.publishing.clone_from(&entry.scheme);
            entry
        });
        Self::of(
            View::Preview,
            entries.collect(),
            Withdrawn::default(),
            &Naming::default(),
        )
    }

    /// A picture of entries, of which those that are not current are older versions.
    #[must_use]
    pub(crate) fn of(
        view: View,
        entries: Vec<Entry>,
        withdrawn: Withdrawn,
        naming: &Naming,
    ) -> Self {
        let (mut all, older): (Vec<_>, Vec<_>) = entries.into_iter().partition(Entry::is_current);
        let current = all.len();
        all.extend(older);
        name_plans(&mut all);
        lead(&mut all, current);
        let sheets = place_sheets(&mut all, current);
        let shows = |place: usize, number: usize| {
            let id = all
                .get(place)
                .and_then(|entry: &Entry| entry.sheet_id(number));
            let first = id.and_then(|sheet| sheets.get(&sheet.id)?.first());
            first == Some(&(place, number))
        };
        let linked = Linked::of(all.get(..current).unwrap_or_default(), shows, naming);
        let related = all.iter().map(|_| Related::default()).collect();
        let (facets, notable) = (OnceLock::new(), OnceLock::new());
        Self {
            view,
            code: naming.code.clone(),
            all,
            current,
            sheets,
            withdrawn,
            linked,
            related,
            facets,
            notable,
        }
    }

    /// Of two pictures of the same entries: do they name and link them alike?
    #[must_use]
    pub(crate) fn names_alike(&self, other: &Self) -> bool {
        self.linked == other.linked && self.withdrawn == other.withdrawn
    }

    /// The projects, indicators and sections that the current documents name.
    #[must_use]
    pub const fn linked(&self) -> &Linked {
        &self.linked
    }

    /// Where a thing stands, older documents first.
    pub fn stands<'a>(&'a self, thing: &'a Thing) -> impl Iterator<Item = Stand<'a>> {
        thing
            .places
            .iter()
            .filter_map(|at| Stand::of(self.entries(), *at))
    }

    /// Does a place stand in a document of a plan? An empty key is of all plans.
    pub fn in_plan(&self, plan: &str) -> impl Fn(&At) -> bool + use<> {
        let entries = self.entries().iter();
        let wanted: Vec<bool> = entries.map(|e| plan.is_empty() || e.key == plan).collect();
        move |at| wanted.get(at.entry).is_some_and(|wanted| *wanted)
    }

    /// The code of the municipality (団体コード); empty for papers in memory.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What it is a picture of.
    #[must_use]
    pub const fn view(&self) -> View {
        self.view
    }

    /// What was public once and is not any more.
    #[must_use]
    pub const fn withdrawn(&self) -> &Withdrawn {
        &self.withdrawn
    }

    /// The current version of each document, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        self.all.get(..self.current).unwrap_or_default()
    }

    /// The plans, each as its newest document.
    pub fn plans(&self) -> impl Iterator<Item = &Entry> {
        self.entries().iter().filter(|entry| entry.leads)
    }

    /// The newest document of a plan.
    #[must_use]
    pub fn plan(&self, key: &str) -> Option<&Entry> {
        self.plans().find(|entry| entry.key == key)
    }

    /// Why a plan is not shown.
    #[must_use]
    pub fn absent_plan(&self, key: &str) -> Absent {
        absent(self.withdrawn.plans.get_key_value(key))
    }

    /// Why a project, an indicator or a section is not shown.
    #[must_use]
    pub fn absent_thing(&self, kind: Kind, id: i64) -> Absent {
        absent(self.withdrawn.things.get_key_value(&(kind, id)))
    }

    /// The current documents of a plan, the newest first.
    #[must_use]
    pub fn documents_of(&self, key: &str) -> Vec<&Entry> {
        let mut found: Vec<&Entry> = self
            .entries()
            .iter()
            .filter(|entry| entry.key == key)
            .collect();
        found.sort_by_key(|entry| std::cmp::Reverse(newness(entry)));
        found
    }

    /// The current version of a document.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn document(&self, id: i64) -> Result<&Entry, Absent> {
        let found = self.entries().iter().find(|entry| entry.id == id);
        found.ok_or_else(|| {
            let of_document = (id, i64::MIN)..=(id, i64::MAX);
            absent(self.withdrawn.publications.range(of_document).next_back())
        })
    }

    /// A document as it was published under a number.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn version(&self, id: i64, number: i64) -> Result<&Entry, Absent> {
        let is = |entry: &&Entry| {
            let published = entry.published.as_ref();
            entry.id == id && published.is_some_and(|edition| edition.number == number)
        };
        let withdrawn = || self.withdrawn.publications.get_key_value(&(id, number));
        self.all.iter().find(is).ok_or_else(|| absent(withdrawn()))
    }

    /// The versions of a document that can be seen, the newest first.
    #[must_use]
    pub fn versions_of(&self, id: i64) -> Vec<&Entry> {
        let published = |entry: &&Entry| entry.id == id && entry.published.is_some();
        let mut found: Vec<&Entry> = self.all.iter().filter(published).collect();
        let number = |entry: &Entry| entry.published.as_ref().map(|edition| edition.number);
        found.sort_by_key(|entry| std::cmp::Reverse(number(entry)));
        found
    }

    /// The versions of all documents that can be seen.
    pub fn versions(&self) -> impl Iterator<Item = &Entry> {
        self.entries()
            .iter()
            .flat_map(|entry| self.versions_of(entry.id))
    }

    /// The current version of a sheet.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn sheet(&self, id: i64) -> Result<Place<'_>, Absent> {
        let place = self.sheets.get(&id).and_then(|places| places.first());
        let place = place.and_then(|place| self.place(*place));
        place
            .filter(|(entry, ..)| entry.is_current())
            .ok_or_else(|| {
                let of_sheet = (id, i64::MIN)..=(id, i64::MAX);
                absent(self.withdrawn.sheets.range(of_sheet).next_back())
            })
    }

    /// A sheet as it was published, by the number of its own edition.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn sheet_edition(&self, id: i64, edition: i64) -> Result<Place<'_>, Absent> {
        let found = self.editions_of(id).into_iter().find(|(entry, number, _)| {
            entry
                .sheet_id(*number)
                .is_some_and(|sheet| sheet.edition == Some(edition))
        });
        let withdrawn = || self.withdrawn.sheets.get_key_value(&(id, edition));
        found.ok_or_else(|| absent(withdrawn()))
    }

    /// Everything that can be seen of a sheet: the current version, then the older ones, one an
    /// edition.
    #[must_use]
    pub fn editions_of(&self, id: i64) -> Vec<Place<'_>> {
        let mut found: Vec<Place<'_>> = Vec::new();
        for place in self.sheets.get(&id).into_iter().flatten() {
            let Some((entry, number, sheet)) = self.place(*place) else {
                continue;
            };
            let edition = |entry: &Entry, number| entry.sheet_id(number).and_then(|s| s.edition);
            let own = edition(entry, number);
            if !found
                .iter()
                .any(|(entry, number, _)| edition(entry, *number) == own)
            {
                found.push((entry, number, sheet));
            }
        }
        found
    }

    /// The first publication that can be seen with an edition of a sheet.
    #[must_use]
    pub fn first_with(&self, id: i64, edition: i64) -> Option<&Entry> {
        let has = |place: &&(usize, usize)| {
            let sheet = self
                .place(**place)
                .and_then(|(entry, number, _)| entry.sheet_id(number));
            sheet.is_some_and(|sheet| sheet.edition == Some(edition))
        };
        let with = self.sheets.get(&id).into_iter().flatten().filter(has);
        let entries = with.filter_map(|(entry, _)| self.all.get(*entry));
        entries.min_by_key(|entry| entry.published.as_ref().map(|edition| edition.number))
    }

    fn place(&self, (entry, number): (usize, usize)) -> Option<Place<'_>> {
        let entry = self.all.get(entry)?;
        Some((entry, number, entry.sheet(number)?))
    }

    /// All findings in the current documents, each with its document.
    pub fn findings(&self) -> impl Iterator<Item = (&Entry, &Found)> {
        let entries = self.entries().iter();
        entries.flat_map(|entry| entry.findings.iter().map(move |found| (entry, found)))
    }
}

fn absent<K>(withdrawn: Option<(K, &Withdrawal)>) -> Absent {
    withdrawn.map_or(Absent::Unknown, |(_, words)| {
        Absent::Withdrawn(words.clone())
    })
}

/// Plans whose keys would be the same in an address are told apart by a number behind it.
fn name_plans(entries: &mut [Entry]) {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for entry in entries {
        let plan = entry.document.plan.key.clone();
        let taken = |name: &String| names.values().any(|known| known == name);
        let name = names.get(&plan).cloned().unwrap_or_else(|| {
            let numbered = (2..).map(|number| format!("{}-{number}", entry.key));
            let mut wanted = std::iter::once(entry.key.clone()).chain(numbered);
            wanted.find(|name| !taken(name)).unwrap_or_default()
        });
        entry.key.clone_from(&name);
        names.insert(plan, name);
    }
}

/// What makes a document of a plan newer than another: its last year, then its id.
fn newness(entry: &Entry) -> (Option<u16>, i64) {
    (
        entry.years().last().map(|year| year.calendar_year()),
        entry.id,
    )
}

/// Marks the newest document of each plan.
fn lead(all: &mut [Entry], current: usize) {
    let mut newest: BTreeMap<String, (Option<u16>, i64)> = BTreeMap::new();
    for entry in all.iter().take(current) {
        let of_plan = newest.entry(entry.key.clone()).or_default();
        *of_plan = newness(entry).max(*of_plan);
    }
    for (place, entry) in all.iter_mut().enumerate() {
        entry.leads = place < current && newest.get(&entry.key) == Some(&newness(entry));
    }
}

/// Finds all sheets, and marks those that stand for their address without a version.
fn place_sheets(all: &mut [Entry], current: usize) -> BTreeMap<i64, Vec<(usize, usize)>> {
    let mut sheets: BTreeMap<i64, Vec<(usize, usize)>> = BTreeMap::new();
    for (place, entry) in all.iter().enumerate() {
        for (number, sheet) in (1..).zip(&entry.sheet_ids) {
            sheets.entry(sheet.id).or_default().push((place, number));
        }
    }
    let rank = |all: &[Entry], place: usize| {
        let number = |entry: &Entry| entry.published.as_ref().map(|edition| edition.number);
        (
            place < current,
            all.get(place).map(|entry| (entry.id, number(entry))),
        )
    };
    for places in sheets.values_mut() {
        places.sort_by_key(|(place, _)| std::cmp::Reverse(rank(all, *place)));
        let id = |all: &[Entry], (place, number): (usize, usize)| {
            all.get(place).and_then(|entry| entry.sheet_id(number))
        };
        let first = places
            .first()
            .copied()
            .filter(|(place, _)| *place < current);
        let shown = first.and_then(|place| id(all, place));
        for (place, number) in places {
            let entry = all.get_mut(*place).map(|entry| &mut entry.sheet_ids);
            if let Some(sheet) = entry.and_then(|sheets| sheets.get_mut(*number - 1)) {
                sheet.current = shown.is_some_and(|shown| shown.edition == sheet.edition);
            }
        }
    }
    sheets
}
