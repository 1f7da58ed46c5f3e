//! Links (紐付け): what several papers say of the same project, indicator, theme or section.
//!
//! Works on light facts ([`Facts`]), so that papers in memory and papers in a database are linked
//! by the same rules. What is sure is joined to a [`Group`]; what a person has to decide is a
//! [`Doubt`] and joins nothing. Decisions of persons rule over everything.
//!
//! Every distinguishable way in which papers print a thing is a *key* (code, account and name of a
//! project; theme, name and unit of an indicator). A group is a set of keys. Keys never change
//! their meaning, so that a register of identities can hang permanent ids on them.

mod atoms;
pub mod costs;
pub mod facts;
pub mod history;
mod indicators;
pub mod names;
mod projects;
mod sections;
mod sheets;
pub mod twins;

pub use facts::{DocumentFact, Facts, IndicatorFact, ListingFact, NodeFact, SheetFact};

use crate::plan::SectionRegister;
use std::fmt;

/// What is linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 事務事業.
    Project,
    /// 成果指標.
    Indicator,
    /// What a sheet is about: a theme, a programme, an item.
    Sheet,
    /// 課.
    Section,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Project, Self::Indicator, Self::Sheet, Self::Section];

    /// The stable ASCII key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Indicator => "indicator",
            Self::Sheet => "sheet",
            Self::Section => "section",
        }
    }

    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Project => "事務事業",
            Self::Indicator => "指標",
            Self::Sheet => "シート",
            Self::Section => "課",
        }
    }

    /// The kind of a key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Where a thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The sheet: its place in [`Facts::sheets`].
    pub sheet: usize,
    /// The row or indicator on the sheet, from 0; `None` = the sheet itself.
    pub item: Option<u32>,
}

/// One thing, wherever papers print it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its keys in order; never empty.
    pub keys: Vec<String>,
    /// Its names as printed, that of the latest year first, each once.
    pub names: Vec<String>,
    /// Where it stands, in the order of the facts.
    pub places: Vec<Place>,
}

impl Group {
    /// Its name, for a person.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names.first().map_or("（名称不明）", String::as_str)
    }

    /// The plans that it stands in, each once, in the order of the facts.
    #[must_use]
    pub fn plans<'a>(&self, facts: &'a Facts) -> Vec<&'a str> {
        let mut plans: Vec<&str> = Vec::new();
        for place in &self.places {
            if let Some(document) = facts.document_of(place.sheet)
                && !plans.contains(&document.plan.as_str())
            {
                plans.push(&document.plan);
            }
        }
        plans
    }
}

/// A row or a sheet that is shown again (再掲), with the one where it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relisting {
    /// The one that is shown again.
    pub from: Place,
    /// The original.
    pub original: Place,
}

/// One side of a doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The key, to be named in a decision.
    pub key: String,
    /// The name as printed.
    pub name: String,
    /// Where it first stands.
    pub place: Place,
}

/// Why two things may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// One code, names that are unlike.
    SameCodeOtherName,
    /// One name, two codes that never stand in one document.
    SameNameOtherCode,
    /// A row without a code whose name stands for several codes.
    NameOfSeveral,
    /// The same section, and one name holds the other.
    NameWithin,
    /// The same section and much the same name.
    NameAlike,
    /// The same indicator but for its unit.
    OtherUnit,
    /// One name of an indicator in different plans and themes.
    OtherTheme,
    /// One number in one plan or its evaluation, names that are much the same.
    SameNumberOtherName,
    /// One name with different numbers, or in plans that have nothing to do with each other.
    SameNameElsewhere,
}

/// As a clause for a person.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SameCodeOtherName => "事業コードは同じですが、名称が大きく異なります。",
            Self::SameNameOtherCode => "名称は同じですが、事業コードが異なります。",
            Self::NameOfSeveral => "同じ名称の事業が複数あり、どれを指すかを決められません。",
            Self::NameWithin => "担当課が同じで、一方の名称がもう一方の名称を含みます。",
            Self::NameAlike => "担当課が同じで、名称がよく似ています。",
            Self::OtherUnit => "名称は同じですが、単位が異なります。",
            Self::OtherTheme => "名称は同じですが、別の計画の別の施策にあります。",
            Self::SameNumberOtherName => "番号は同じですが、名称が少し異なります。",
            Self::SameNameElsewhere => "名称は同じですが、番号又は計画が異なります。",
        })
    }
}

/// Two things that may be one: for a person to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// What they are.
    pub kind: Kind,
    /// One of them.
    pub one: Side,
    /// The other.
    pub other: Side,
    /// Why they may be one.
    pub why: Why,
}

/// What a person decided about two keys. Of several about the same two the last rules; where
/// decisions contradict each other over third keys, 「different」 rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What they are.
    pub kind: Kind,
    /// One key.
    pub one: String,
    /// The other.
    pub other: String,
    /// Are they the same thing?
    pub same: bool,
}

/// All links between the papers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// 事務事業, also those that stand in one place only.
    pub projects: Vec<Group>,
    /// 成果指標.
    pub indicators: Vec<Group>,
    /// What the sheets are about.
    pub sheets: Vec<Group>,
    /// 課.
    pub sections: Vec<Group>,
    /// Rows and sheets that are shown again, with their originals.
    pub relistings: Vec<Relisting>,
    /// What a person has to decide.
    pub doubts: Vec<Doubt>,
}

impl Links {
    /// The groups of a kind.
    #[must_use]
    pub fn groups(&self, kind: Kind) -> &[Group] {
        match kind {
            Kind::Project => &self.projects,
            Kind::Indicator => &self.indicators,
            Kind::Sheet => &self.sheets,
            Kind::Section => &self.sections,
        }
    }
}

/// Links what the papers say, by the city's list of sections and the decisions of persons.
#[must_use]
pub fn of(facts: &Facts, register: &SectionRegister, decisions: &[Decision]) -> Links {
    let mut links = linked(facts, register, decisions, true);
    sheets::link(facts, &of_kind(decisions, Kind::Sheet), &mut links);
    links.relistings.sort();
    links
}

/// The same projects, indicators and sections, without what a person has to decide and without
/// sheets: for who shows things, and asks nobody.
#[must_use]
pub fn of_things(facts: &Facts, register: &SectionRegister, decisions: &[Decision]) -> Links {
    let mut links = linked(facts, register, decisions, false);
    links.doubts.clear();
    links.relistings.sort();
    links
}

fn linked(facts: &Facts, register: &SectionRegister, decisions: &[Decision], asks: bool) -> Links {
    let mut links = Links::default();
    let sections = sections::link(facts, register, &of_kind(decisions, Kind::Section));
    projects::link(
        facts,
        &sections,
        &of_kind(decisions, Kind::Project),
        asks,
        &mut links,
    );
    indicators::link(facts, &of_kind(decisions, Kind::Indicator), &mut links);
    links.sections = sections.into_groups();
    links
}

fn of_kind(decisions: &[Decision], kind: Kind) -> Vec<&Decision> {
    decisions
        .iter()
        .filter(|decision| decision.kind == kind)
        .collect()
}

#[cfg(test)]
mod tests;
