//! Links between all papers that are kept, with their permanent ids.

use crate::actions::link_documents::plan_group;
use crate::scheme_file::{self, SchemeSource};
use meguri_core::links::names::Shape;
use meguri_core::links::{self, Decision, Facts, Group, Kind, Links};
use meguri_core::scheme::Scheme;
use meguri_core::text::name_key;
use meguri_store::{By, Identified, Identities, Municipality, Result};

/// Names that are proposed for one that is not there.
const NEAREST: usize = 5;
/// Of less likeness than this (of 100) no name is proposed.
const NEAR: usize = 20;

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
pub async fn identify(city: &Municipality, by: &By) -> Result<(LinksKept, Identified)> {
    let mut kept = links_kept(city).await?;
    let identified = city.identify(&kept.links, by).await?;
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

    /// Finds a thing by its id, its code, its name or a part of its name. The first of these that
    /// fits anything decides.
    #[must_use]
    pub fn find(&self, kind: Kind, text: &str) -> Found {
        let groups = self.links.groups(kind);
        let wanted = name_key(text);
        let id = wanted.parse().ok().map(|id| self.identities.current(id));
        let named = |group: &Group, fits: &dyn Fn(&str) -> bool| {
            group.names.iter().any(|name| fits(&name_key(name)))
        };
        let tests: [&dyn Fn(&Group) -> bool; 5] = [
            &|group| id.is_some() && self.id(kind, group) == id,
            &|group| group.keys.contains(&text.to_owned()),
            &|group| group.keys.iter().any(|key| has_code(key, &wanted)),
            &|group| named(group, &|name| name == wanted),
            &|group| named(group, &|name| !wanted.is_empty() && name.contains(&wanted)),
        ];
        for test in tests {
            let fits: Vec<usize> = groups
                .iter()
                .enumerate()
                .filter(|(_, g)| test(g))
                .map(|(at, _)| at)
                .collect();
            match fits.as_slice() {
                [] => {}
                [only] => return Found::One(*only),
                _ => return Found::Several(fits),
            }
        }
        Found::None(nearest(groups, text))
    }
}

/// Is a key that of a code, or of a sheet with the number?
fn has_code(key: &str, wanted: &str) -> bool {
    let mut words = key.split(' ');
    match words.next() {
        Some("code") => words.nth(1) == Some(wanted),
        Some("sheet") => words.nth(2).and_then(|path| path.rsplit('/').next()) == Some(wanted),
        _ => false,
    }
}

fn nearest(groups: &[Group], text: &str) -> Vec<usize> {
    let wanted = Shape::new(text);
    let scored = groups.iter().enumerate().map(|(at, group)| {
        let each = group
            .names
            .iter()
            .map(|name| Shape::new(name).likeness(&wanted));
        (each.max().unwrap_or(0), at)
    });
    let mut scored: Vec<(usize, usize)> = scored.filter(|(score, _)| *score >= NEAR).collect();
    scored.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
    scored.into_iter().take(NEAREST).map(|(_, at)| at).collect()
}
