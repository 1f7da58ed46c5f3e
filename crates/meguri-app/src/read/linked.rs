//! What the documents of a picture say of the same project, indicator or section.
//!
//! Linked are only the documents that the picture shows, so that nothing else shines through; the
//! ids are those that the municipality keeps, for ever. Everything is looked up in maps: the links
//! are counted once, when a picture is made.

use crate::read::Entry;
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::costs::{self, CostRow};
use meguri_core::links::{self, Decision, DocumentFact, Facts, Group, Kind, Links};
use meguri_core::money::Money;
use meguri_core::plan::{Indicator, Listing, Section, SectionRegister};
use meguri_core::text::name_key;
use meguri_store::Identities;
use std::collections::{BTreeMap, BTreeSet};

/// What the municipality keeps about things that papers name.
#[derive(Clone, Debug, Default)]
pub struct Naming {
    /// The code of the municipality (団体コード); empty for papers in memory.
    pub code: String,
    /// The permanent ids; `None` where none are kept and things are counted.
    pub identities: Option<Identities>,
    /// The list of sections.
    pub register: SectionRegister,
    /// What persons decided about links.
    pub decisions: Vec<Decision>,
}

/// Where a thing stands in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The document: its place among the entries.
    pub entry: usize,
    /// The sheet, by its number from 1.
    pub number: usize,
    /// The row or indicator, from 0; `None` = the sheet itself.
    pub item: Option<usize>,
}

/// One project, indicator or section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thing {
    /// Its permanent id.
    pub id: i64,
    /// Its names as printed, the latest first; never empty.
    pub names: Vec<String>,
    /// Where it stands, older documents first.
    pub places: Vec<At>,
    /// What a project cost, by year: as the newest document says that tells it.
    pub costs: Vec<(FiscalYear, Money)>,
    /// Its place among all of its kind by name.
    pub rank: usize,
}

impl Thing {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names.first().map_or("（名称不明）", String::as_str)
    }

    /// What it cost in a year, or in the latest year of which that is known.
    #[must_use]
    pub fn cost(&self, year: Option<FiscalYear>) -> Option<(FiscalYear, Money)> {
        match year {
            Some(year) => self.costs.iter().find(|(of, _)| *of == year).copied(),
            None => self.costs.last().copied(),
        }
    }
}

/// A place with what stands there.
#[derive(Clone, Copy, Debug)]
pub struct Stand<'a> {
    /// Where it is.
    pub at: At,
    /// Its document.
    pub entry: &'a Entry,
    /// Its sheet.
    pub sheet: &'a Sheet,
}

impl<'a> Stand<'a> {
    /// Where a thing stands, with what is there.
    #[must_use]
    pub fn of(entries: &'a [Entry], at: At) -> Option<Self> {
        let entry = entries.get(at.entry)?;
        Some(Self {
            at,
            entry,
            sheet: entry.sheet(at.number)?,
        })
    }

    /// The row of a project.
    #[must_use]
    pub fn listing(&self) -> Option<&'a Listing> {
        self.sheet.listings.get(self.at.item?)
    }

    /// The indicator.
    #[must_use]
    pub fn indicator(&self) -> Option<&'a Indicator> {
        self.sheet.indicators.get(self.at.item?)
    }

    /// Is it shown again here, and counted elsewhere?
    #[must_use]
    pub fn is_again(&self) -> bool {
        let listing = self.listing().is_some_and(|listing| listing.relisted);
        listing || self.sheet.relisted_from.is_some()
    }
}

/// All things that the documents of a picture name.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// By kind and id.
    things: BTreeMap<(Kind, i64), Thing>,
    /// Projects and indicators by sheet and item.
    rows: BTreeMap<(Kind, i64, usize), i64>,
    /// Sections by the key of their name.
    sections: BTreeMap<String, i64>,
    /// Rows that are shown again, with their originals.
    originals: BTreeMap<At, At>,
    /// Ids that were joined to others.
    redirects: BTreeMap<i64, i64>,
    register: SectionRegister,
}

impl Linked {
    /// Links the sheets of the current documents that are what their address shows.
    #[must_use]
    pub(super) fn of(
        entries: &[Entry],
        shows: impl Fn(usize, usize) -> bool,
        naming: &Naming,
    ) -> Self {
        let (facts, sheets) = facts(entries, shows);
        let links = links::of_things(&facts, &naming.register, &naming.decisions);
        let mut linked = Self {
            register: naming.register.clone(),
            ..Self::default()
        };
        if let Some(identities) = &naming.identities {
            linked.redirects.clone_from(identities.redirects());
        }
        let at = |place: &links::Place| {
            let (entry, number) = sheets.get(place.sheet).copied()?;
            let item = place.item.and_then(|item| usize::try_from(item).ok());
            Some(At {
                entry,
                number,
                item,
            })
        };
        for kind in [Kind::Project, Kind::Indicator, Kind::Section] {
            for (place, group) in (1..).zip(links.groups(kind)) {
                if let Some(id) = linked.name(kind, group, naming, place) {
                    linked.add(kind, id, group, group.places.iter().filter_map(at));
                }
            }
        }
        linked.settle(entries);
        linked.rank();
        linked.originals = originals(&links, at);
        linked
    }

    /// The id of a group. What was joined since the ids were given is known by the lowest of them;
    /// a thing without any is not linked until it gets one.
    fn name(&mut self, kind: Kind, group: &Group, naming: &Naming, place: i64) -> Option<i64> {
        let Some(identities) = &naming.identities else {
            return Some(place);
        };
        let ids = group.keys.iter().filter_map(|key| identities.id(kind, key));
        let ids: BTreeSet<i64> = ids.collect();
        let lowest = *ids.first()?;
        for other in ids.into_iter().filter(|id| *id != lowest) {
            // Only where nothing else of the picture has the id.
            self.redirects.entry(other).or_insert(lowest);
        }
        Some(lowest)
    }

    fn add(&mut self, kind: Kind, id: i64, group: &Group, places: impl Iterator<Item = At>) {
        let thing = self.things.entry((kind, id)).or_insert_with(|| Thing {
            id,
            ..Thing::default()
        });
        for name in &group.names {
            if !thing.names.contains(name) {
                thing.names.push(name.clone());
            }
        }
        thing.places.extend(places);
        if kind == Kind::Section {
            let keys = group
                .keys
                .iter()
                .filter_map(|key| key.strip_prefix("section "));
            self.sections.extend(keys.map(|key| (key.to_owned(), id)));
        }
    }

    /// Puts all places in order, finds things by their places, and counts what projects cost.
    fn settle(&mut self, entries: &[Entry]) {
        let ages: Vec<_> = entries.iter().map(super::newness).collect();
        for ((kind, id), thing) in &mut self.things {
            thing.places.sort_by_key(|at| (ages.get(at.entry), *at));
            thing.places.dedup();
            for at in &thing.places {
                let sheet = entries
                    .get(at.entry)
                    .and_then(|entry| entry.sheet_id(at.number));
                if let (Some(sheet), Some(item), true) = (sheet, at.item, *kind != Kind::Section) {
                    self.rows.insert((*kind, sheet.id, item), *id);
                }
            }
            if *kind == Kind::Project {
                let stands = thing.places.iter().filter_map(|at| Stand::of(entries, *at));
                let stands: Vec<Stand<'_>> = stands.collect();
                let years = costs::of(&cost_rows(&stands));
                let known = years
                    .iter()
                    .filter_map(|year| Some((year.year, year.last()?)));
                thing.costs = known.collect();
            }
        }
    }

    /// Puts the things of each kind in the order of their names, once for all lists.
    fn rank(&mut self) {
        let mut all: Vec<((Kind, i64), &mut Thing)> = self
            .things
            .iter_mut()
            .map(|(key, thing)| (*key, thing))
            .collect();
        all.sort_by(|((kind, id), one), ((other_kind, other_id), other)| {
            (kind, one.name(), id).cmp(&(other_kind, other.name(), other_id))
        });
        for (rank, (_, thing)) in all.into_iter().enumerate() {
            thing.rank = rank;
        }
    }

    /// A thing by its id.
    #[must_use]
    pub fn thing(&self, kind: Kind, id: i64) -> Option<&Thing> {
        self.things.get(&(kind, id))
    }

    /// The thing that an id was joined to, where it was.
    #[must_use]
    pub fn moved(&self, kind: Kind, id: i64) -> Option<&Thing> {
        self.thing(kind, *self.redirects.get(&id)?)
    }

    /// All things of a kind, by their ids.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = &Thing> {
        self.things
            .range((kind, i64::MIN)..=(kind, i64::MAX))
            .map(|(_, thing)| thing)
    }

    /// The project or indicator at a place of what the address of a sheet shows.
    #[must_use]
    pub fn on_sheet(&self, kind: Kind, entry: &Entry, number: usize, item: usize) -> Option<i64> {
        let sheet = entry.sheet_id(number).filter(|sheet| sheet.current)?;
        self.rows.get(&(kind, sheet.id, item)).copied()
    }

    /// The section of a printed name.
    #[must_use]
    pub fn section(&self, name: &str) -> Option<i64> {
        self.sections.get(&name_key(name)).copied()
    }

    /// The row that a row repeats.
    #[must_use]
    pub fn original(&self, at: At) -> Option<At> {
        self.originals.get(&at).copied()
    }

    /// What the city's list has about a section, under each of its names, older names first.
    #[must_use]
    pub fn registered(&self, id: i64) -> Vec<&Section> {
        let own = |section: &&Section| self.section(&section.name) == Some(id);
        let mut found: Vec<&Section> = self.register.sections.iter().filter(own).collect();
        found.sort_by_key(|section| section.from);
        found
    }

    /// The sections whose work came to a section, and those that took it over: only those that the
    /// picture names.
    #[must_use]
    pub fn neighbours(&self, id: i64) -> (Vec<&Thing>, Vec<&Thing>) {
        let keys: BTreeSet<&str> = self.registered(id).iter().map(|s| s.key.as_str()).collect();
        let thing = |section: &Section| self.section(&section.name).filter(|other| *other != id);
        let (mut before, mut after) = (BTreeSet::new(), BTreeSet::new());
        for section in &self.register.sections {
            let leads = section
                .successors
                .iter()
                .any(|key| keys.contains(key.as_str()));
            before.extend(thing(section).filter(|_| leads));
            let own = keys.contains(section.key.as_str());
            let next = |key: &String| {
                self.register
                    .sections
                    .iter()
                    .find(|other| other.key == *key)
            };
            let next = section.successors.iter().filter(|_| own).filter_map(next);
            after.extend(next.filter_map(thing));
        }
        let things = |ids: BTreeSet<i64>| {
            ids.into_iter()
                .filter_map(|id| self.thing(Kind::Section, id))
                .collect()
        };
        (things(before), things(after))
    }
}

/// The rows of a project as the arithmetic wants them; papers are counted by their entries' order
/// among the places.
#[must_use]
pub fn cost_rows<'a>(stands: &[Stand<'a>]) -> Vec<CostRow<'a>> {
    let mut papers: Vec<usize> = Vec::new();
    stands
        .iter()
        .filter_map(|stand| {
            let known = papers.iter().rposition(|entry| *entry == stand.at.entry);
            let paper = known.unwrap_or_else(|| {
                papers.push(stand.at.entry);
                papers.len() - 1
            });
            let again = stand.sheet.relisted_from.is_some();
            Some(CostRow {
                paper,
                listing: stand.listing()?,
                again,
            })
        })
        .collect()
}

/// By what the things of one document are known, whatever they are linked with: kinds and keys.
pub(super) fn keys(entry: &Entry, naming: &Naming) -> Vec<(Kind, String)> {
    let (facts, _) = facts(std::slice::from_ref(entry), |_, _| true);
    let links = links::of(&facts, &naming.register, &naming.decisions);
    [Kind::Project, Kind::Indicator, Kind::Section]
        .into_iter()
        .flat_map(|kind| {
            links
                .groups(kind)
                .iter()
                .flat_map(move |g| g.keys.iter().map(move |k| (kind, k.clone())))
        })
        .collect()
}

/// The facts of what is shown, with entry and number of each sheet.
fn facts(entries: &[Entry], shows: impl Fn(usize, usize) -> bool) -> (Facts, Vec<(usize, usize)>) {
    let mut facts = Facts::default();
    let mut sheets = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        let paper = &entry.document;
        let group = entry
            .scheme
            .as_ref()
            .map(|scheme| scheme.plan_group().to_owned());
        let document = DocumentFact {
            id: entry.id,
            name: paper.name.clone(),
            plan: paper.plan.key.clone(),
            plan_group: group.unwrap_or_else(|| paper.plan.key.clone()),
        };
        let shown = (1..)
            .zip(paper.sheets())
            .filter(|(number, _)| shows(place, *number));
        let shown: Vec<(usize, &Sheet)> = shown.collect();
        sheets.extend(shown.iter().map(|(number, _)| (place, *number)));
        facts.add(
            document,
            &paper.plan,
            shown.into_iter().map(|(_, sheet)| sheet),
        );
    }
    (facts, sheets)
}

fn originals(links: &Links, at: impl Fn(&links::Place) -> Option<At>) -> BTreeMap<At, At> {
    let rows = links
        .relistings
        .iter()
        .filter(|relisting| relisting.from.item.is_some());
    rows.filter_map(|relisting| Some((at(&relisting.from)?, at(&relisting.original)?)))
        .collect()
}
