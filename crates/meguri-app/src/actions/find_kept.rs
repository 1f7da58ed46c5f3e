//! Finds what is kept by everything that the program prints of it: number, code, name, heading,
//! file name, kind of document, or the place that a finding names.

mod entries;
mod wanted;

use crate::actions::links_kept::LinksKept;
use meguri_core::links::Kind;
use meguri_core::links::names::Shape;
use std::cmp::Reverse;
use wanted::Wanted;

/// Names that are proposed for one that is not there.
const NEAREST: usize = 5;
/// Of less likeness than this (of 100) no name is proposed.
const NEAR: usize = 20;

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// 計画.
    Plan,
    /// 文書.
    Document,
    /// What is linked.
    Thing(Kind),
}

impl Sort {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 6] = [
        Self::Plan,
        Self::Document,
        Self::Thing(Kind::Sheet),
        Self::Thing(Kind::Indicator),
        Self::Thing(Kind::Project),
        Self::Thing(Kind::Section),
    ];

    /// The stable ASCII key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Document => "document",
            Self::Thing(kind) => kind.key(),
        }
    }

    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Plan => "計画",
            Self::Document => "文書",
            Self::Thing(kind) => kind.label(),
        }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A plan, by its key.
    Plan(String),
    /// A document, by its place among the facts.
    Document(usize),
    /// A thing, by its place among the groups of its kind.
    Thing(Kind, usize),
}

/// One thing with all that the program prints of it. Texts other than `keys` and `title` are folded.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The thing.
    pub target: Target,
    /// Its number.
    pub id: Option<i64>,
    /// Its name, for a person.
    pub title: String,
    /// Where it first stands, for a person; empty where that says nothing.
    pub place: String,
    /// Its keys as they are kept.
    keys: Vec<String>,
    /// Its codes, and the number of a sheet in its paper.
    codes: Vec<String>,
    /// Its names; also a part of one finds it.
    names: Vec<String>,
    /// Other prints of exactly this thing.
    prints: Vec<String>,
    /// What it shares with others: the headings above it, its kind.
    headings: Vec<String>,
}

impl Entry {
    /// What kind of thing it is.
    #[must_use]
    pub const fn sort(&self) -> Sort {
        match self.target {
            Target::Plan(_) => Sort::Plan,
            Target::Document(_) => Sort::Document,
            Target::Thing(kind, _) => Sort::Thing(kind),
        }
    }
}

/// By what a thing can be found, the surest first.
#[derive(Clone, Copy)]
enum By {
    Number,
    Code,
    Name,
    Heading,
    Part,
}

/// Everything that can be found.
#[derive(Debug)]
pub struct Names<'a> {
    kept: &'a LinksKept,
    entries: Vec<Entry>,
}

impl<'a> Names<'a> {
    /// All names of what is kept.
    #[must_use]
    pub fn of(kept: &'a LinksKept) -> Self {
        let entries = entries::all(kept);
        Self { kept, entries }
    }

    /// All things of a kind.
    #[must_use]
    pub fn all(&self, sort: Sort) -> Vec<&Entry> {
        let of_sort = |entry: &&Entry| entry.sort() == sort;
        self.entries.iter().filter(of_sort).collect()
    }

    /// Everything that a text means; empty where it means nothing.
    ///
    /// Within one kind a number goes before a code, a code before a name, and so on, so that a
    /// number always says which one is meant. Over all kinds only a part of a name goes behind.
    #[must_use]
    pub fn find(&self, sort: Option<Sort>, text: &str) -> Vec<&Entry> {
        let exact: &[&[By]] = match sort {
            Some(_) => &[&[By::Number], &[By::Code], &[By::Name], &[By::Heading]],
            None => &[&[By::Number, By::Code, By::Name, By::Heading]],
        };
        let readings = wanted::readings(text);
        for (levels, wanted) in readings
            .iter()
            .flat_map(|wanted| exact.iter().map(move |levels| (*levels, wanted)))
            .chain(readings.iter().map(|wanted| (&[By::Part][..], wanted)))
        {
            let found = self.at(sort, levels, wanted);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn at(&self, sort: Option<Sort>, levels: &[By], wanted: &Wanted) -> Vec<&Entry> {
        let entries = self.entries.iter();
        let entries = entries.filter(|entry| sort.is_none_or(|sort| entry.sort() == sort));
        let fits = |entry: &&Entry| levels.iter().any(|by| self.fits(entry, *by, wanted));
        entries.filter(fits).collect()
    }

    fn fits(&self, entry: &Entry, by: By, wanted: &Wanted) -> bool {
        let folded = &wanted.folded;
        match by {
            By::Number => wanted.number.is_some_and(|number| {
                let current = match entry.target {
                    Target::Thing(..) => self.kept.identities.current(number),
                    Target::Plan(_) | Target::Document(_) => number,
                };
                entry.id == Some(current)
            }),
            By::Code => entry.keys.contains(&wanted.text) || entry.codes.contains(folded),
            By::Name => entry.names.contains(folded) || entry.prints.contains(folded),
            By::Heading => entry.headings.contains(folded),
            By::Part => {
                !folded.is_empty()
                    && entry
                        .names
                        .iter()
                        .any(|name| name.contains(folded.as_str()))
            }
        }
    }

    /// The names that are most like a text, those most like it first.
    #[must_use]
    pub fn nearest(&self, sort: Option<Sort>, text: &str) -> Vec<&Entry> {
        let wanted = Shape::new(&wanted::folded(text));
        let likeness = |entry: &Entry| {
            let all = entry
                .names
                .iter()
                .chain(&entry.headings)
                .chain(&entry.codes);
            let each = all.map(|name| Shape::new(name).likeness(&wanted));
            each.max().unwrap_or(0)
        };
        let entries = self.entries.iter().enumerate();
        let entries = entries.filter(|(_, entry)| sort.is_none_or(|sort| entry.sort() == sort));
        let mut scored: Vec<(Reverse<usize>, usize, &Entry)> = entries
            .map(|(at, entry)| (Reverse(likeness(entry)), at, entry))
            .filter(|(score, ..)| score.0 >= NEAR)
            .collect();
        scored.sort_by_key(|(score, at, _)| (*score, *at));
        let nearest = scored.into_iter().take(NEAREST);
        nearest.map(|(.., entry)| entry).collect()
    }
}
