//! Links between all papers that are kept, with their permanent ids.

use crate::actions::Doing;
use crate::actions::find_kept::{Entry, Names, Sort, Target};
use crate::actions::link_documents::plan_group;
use crate::context::{Context, Leave, WriteFault};
use crate::scheme_file::{self, SchemeSource};
use meguri_core::links::{self, Decision, Facts, Group, Kind, Links};
use meguri_core::scheme::Scheme;
use meguri_store::{Identified, Identities, Municipality, Result};

/// The links of all sheets in force.
#[derive(Debug)]
pub struct LinksKept {
    /// What the papers say, in short.
    pub facts: Facts,
    /// What belongs together.
    pub links: Links,
    /// The permanent ids.
    pub identities: Identities,
    /// The schemes: those that are kept, then the presets.
    pub schemes: Vec<Scheme>,
}

/// What a search for a thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One: its place among the groups of its kind.
    One(usize),
    /// Several that fit.
    Several(Vec<usize>),
    /// None; the nearest names.
    None(Vec<usize>),
}

/// The links of all sheets in force, with the ids that are kept.
///
/// # Errors
/// Those of the database.
pub async fn links_kept(city: &Municipality) -> Result<LinksKept> {
    let kept = schemes_kept(city)
        .await?
        .into_iter()
        .map(|source| source.scheme);
    let mut schemes: Vec<Scheme> = kept.collect();
    schemes.extend(scheme_file::presets());
    let facts = city.facts(|plan| plan_group(&schemes, plan)).await?;
    let register = city.sections().await?;
    let decisions = city
        .decisions()
        .await?
        .into_iter()
        .map(|kept| kept.decision);
    let decisions: Vec<Decision> = decisions.collect();
    let links = links::of(&facts, &register, &decisions);
    let identities = city.identities().await?;
    Ok(LinksKept {
        facts,
        links,
        identities,
        schemes,
    })
}

/// As [`links_kept`], and every thing gets its permanent id.
///
/// # Errors
/// Those of the database.
pub async fn identify(
    city: &Municipality,
    context: &Context,
) -> std::result::Result<(LinksKept, Identified), WriteFault> {
    Ok(identify_by(city, context.may_here(Doing::Identify)?).await?)
}

/// The same, as a part of what there is leave for.
pub(crate) async fn identify_by(
    city: &Municipality,
    leave: Leave<'_>,
) -> Result<(LinksKept, Identified)> {
    let mut kept = links_kept(city).await?;
    let identified = city.identify(&kept.links, leave.by()).await?;
    kept.identities = identified.identities.clone();
    Ok((kept, identified))
}

/// The schemes that are kept and still read, later editions first.
///
/// # Errors
/// Those of the database.
pub async fn schemes_kept(city: &Municipality) -> Result<Vec<SchemeSource>> {
    let kept = city.schemes().await?.into_iter().rev();
    let source = |text: String| {
        Some(SchemeSource {
            scheme: scheme_file::parse(&text).ok()?,
            text,
        })
    };
    Ok(kept
        .filter_map(|kept| source(kept.scheme.written))
        .collect())
}

impl LinksKept {
    /// The permanent id of a group.
    #[must_use]
    pub fn id(&self, kind: Kind, group: &Group) -> Option<i64> {
        group
            .keys
            .iter()
            .find_map(|key| self.identities.id(kind, key))
    }

    /// The group that holds a key.
    #[must_use]
    pub fn group_of(&self, kind: Kind, key: &str) -> Option<&Group> {
        self.links
            .groups(kind)
            .iter()
            .find(|group| group.keys.iter().any(|own| own == key))
    }

    /// Finds a thing by its id, its code, its name, whatever else the program prints of it, or a
    /// part of its name. The first of these that fits anything decides.
    #[must_use]
    pub fn find(&self, kind: Kind, text: &str) -> Found {
        let names = Names::of(self);
        let places = |all: Vec<&Entry>| {
            let place = |entry: &Entry| match entry.target {
                Target::Thing(_, place) => Some(place),
                Target::Plan(_) | Target::Document(_) => None,
            };
            all.into_iter().filter_map(place).collect::<Vec<_>>()
        };
        let sort = Some(Sort::Thing(kind));
        let fits = places(names.find(sort, text));
        match fits.as_slice() {
            [] => Found::None(places(names.nearest(sort, text))),
            [only] => Found::One(*only),
            _ => Found::Several(fits),
        }
    }
}
