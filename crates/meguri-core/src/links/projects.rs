//! Projects: by account and code, else by a name that stands for one project only.
//!
//! Proposals are few on purpose: a list that cries wolf is read by nobody. What a paper itself
//! tells apart (two codes, two rows of one document) is never proposed as one.

use super::atoms::Atoms;
use super::names::Shape;
use super::sections::Sections;
use super::{Decision, Facts, Kind, Links, ListingFact, Place, Relisting, Why};
use crate::text::name_key;
use std::collections::{BTreeMap, BTreeSet};

/// From this likeness on, two names under one code are spellings of one name.
const ALIKE_UNDER_ONE_CODE: usize = 40;
/// From this likeness on, two names of one section may mean one project.
const ALIKE: usize = 70;
/// A name or a code that stands for more projects than this names none.
const SEVERAL_MOST: usize = 3;
/// Names of one section that are compared with each other at most.
const SECTION_MOST: usize = 2_000;

/// What is known of a key.
#[derive(Default)]
struct Known {
    /// 会計 (empty where the row does not tell) and code.
    code: Option<(String, String)>,
    /// The name; empty where the row lost it.
    name: Shape,
    documents: BTreeSet<usize>,
    sections: BTreeSet<usize>,
}

/// Keys with what is known of them, in the same order.
struct Projects {
    atoms: Atoms,
    known: Vec<Known>,
    doubts: Vec<(usize, usize, Why)>,
}

/// Joins the rows of all sheets to projects; proposes what is alike where somebody `asks` for it.
pub(super) fn link(
    facts: &Facts,
    sections: &Sections,
    decisions: &[&Decision],
    asks: bool,
    links: &mut Links,
) {
    let (atoms, known) = (Atoms::new(Kind::Project), Vec::new());
    let mut projects = Projects {
        atoms,
        known,
        doubts: Vec::new(),
    };
    let rows: Vec<_> = facts
        .listings
        .iter()
        .map(|row| projects.add(facts, row, sections))
        .collect();
    projects.atoms.decide(decisions);
    projects.join_codes();
    projects.join_names();
    if asks {
        projects.propose_alike();
    }
    links
        .relistings
        .extend(relistings(facts, &projects.atoms, &rows));
    links
        .doubts
        .extend(projects.atoms.open(std::mem::take(&mut projects.doubts)));
    links.projects.extend(projects.atoms.into_groups());
}

/// 一般会計 and 一般 are one account.
fn account_key(account: Option<&str>) -> String {
    let key = name_key(account.unwrap_or_default());
    key.strip_suffix("会計").map_or(key.clone(), str::to_owned)
}

/// A dash in the column of codes names no project.
fn code_of(row: &ListingFact) -> Option<(String, String)> {
    let code = row.code.as_deref().map(name_key)?;
    let account = || account_key(row.account.as_deref());
    code.chars()
        .any(char::is_alphanumeric)
        .then(|| (account(), code))
}

impl Projects {
    /// The key of a row; `None` for a row that tells neither code nor name.
    fn add(&mut self, facts: &Facts, row: &ListingFact, sections: &Sections) -> Option<usize> {
        let name = row.name.as_deref().unwrap_or_default();
        let (code, name_key) = (code_of(row), name_key(name));
        let key = match &code {
            Some((account, code)) => format!("code {account} {code} {name_key}"),
            None if name_key.is_empty() => return None,
            None => format!("name {name_key}"),
        };
        let place = Place {
            sheet: row.sheet,
            item: Some(row.item),
        };
        let (at, is_new) = self.atoms.add(facts, key, name, place);
        if is_new {
            let name = Shape::new(&name_key);
            self.known.push(Known {
                code,
                name,
                ..Known::default()
            });
        }
        let known = self.known.get_mut(at)?;
        known
            .documents
            .extend(facts.sheets.get(row.sheet).map(|sheet| sheet.document));
        known
            .sections
            .extend(row.sections.iter().filter_map(|name| sections.group(name)));
        Some(at)
    }

    /// One code of one account is one project, unless the names are unlike.
    fn join_codes(&mut self) {
        let mut by_code: BTreeMap<&str, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
        for (at, known) in self.known.iter().enumerate() {
            if let Some((account, code)) = &known.code {
                by_code
                    .entry(code)
                    .or_default()
                    .entry(account)
                    .or_default()
                    .push(at);
            }
        }
        let mut buckets: Vec<Vec<usize>> = Vec::new();
        for mut accounts in by_code.into_values() {
            // A row that does not tell its account is of the only account that there is.
            if accounts.len() == 2
                && let Some(untold) = accounts.remove("")
            {
                accounts.values_mut().for_each(|keys| keys.extend(&untold));
            }
            buckets.extend(accounts.into_values());
        }
        for bucket in buckets {
            self.join_bucket(&bucket);
        }
    }

    fn join_bucket(&mut self, bucket: &[usize]) {
        let mut heads: Vec<usize> = Vec::new();
        for &at in bucket {
            let fits = |head: &&usize| self.is_spelling(**head, at);
            match heads.iter().find(fits) {
                Some(&head) => self.atoms.join(head, at),
                // More projects under one code than can be: the column holds something else.
                None if heads.len() > SEVERAL_MOST => {}
                None => heads.push(at),
            }
        }
        if let [first, others @ ..] = heads.as_slice()
            && heads.len() <= SEVERAL_MOST
        {
            let all = others
                .iter()
                .map(|other| (*first, *other, Why::SameCodeOtherName));
            self.doubts.extend(all);
        }
    }

    fn is_spelling(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.known[one].name, &self.known[other].name);
        let lost = one.spelling().is_empty() || other.spelling().is_empty();
        lost || one == other || one.is_within(other) || one.likeness(other) >= ALIKE_UNDER_ONE_CODE
    }

    /// A name without a code joins the only project of that name.
    fn join_names(&mut self) {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, known) in self
            .known
            .iter()
            .enumerate()
            .filter(|(_, k)| !k.name.spelling().is_empty())
        {
            by_name.entry(known.name.spelling()).or_default().push(at);
        }
        let mut joins = Vec::new();
        for keys in by_name.into_values() {
            let (coded, bare): (Vec<usize>, Vec<usize>) = keys
                .into_iter()
                .partition(|at| self.known[*at].code.is_some());
            let coded = self.atoms.distinct(coded);
            match (coded.as_slice(), bare.first()) {
                ([only], Some(bare)) => joins.push((*only, *bare)),
                (several, bare) if several.len() <= SEVERAL_MOST => {
                    let bare = bare.into_iter();
                    let all = bare.flat_map(|b| several.iter().map(|s| (*s, *b)));
                    self.doubts
                        .extend(all.map(|(a, b)| (a, b, Why::NameOfSeveral)));
                    let moved = moved_codes(&self.known, several);
                    self.doubts
                        .extend(moved.map(|(a, b)| (a, b, Why::SameNameOtherCode)));
                }
                _ => {}
            }
        }
        for (one, other) in joins {
            self.atoms.join(one, other);
        }
    }

    /// A name without a code that found no project: the most alike of its section is proposed.
    fn propose_alike(&mut self) {
        let mut documents: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let mut coded: BTreeSet<usize> = BTreeSet::new();
        let mut by_section: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, known) in self.known.iter().enumerate() {
            let root = self.atoms.root(at);
            documents.entry(root).or_default().extend(&known.documents);
            coded.extend(known.code.is_some().then_some(root));
            for section in &known.sections {
                by_section.entry(*section).or_default().push(at);
            }
        }
        let lonely = |at: &usize| !coded.contains(&self.atoms.root(*at));
        let mut proposals = Vec::new();
        for at in (0..self.atoms.len()).filter(lonely) {
            let mut best: Option<(usize, usize, Why)> = None;
            let neighbours = self.known[at]
                .sections
                .iter()
                .filter_map(|s| by_section.get(s));
            for &other in neighbours.flat_map(|all| all.iter().take(SECTION_MOST)) {
                let root = self.atoms.root(other);
                let own = &documents[&self.atoms.root(at)];
                if root == self.atoms.root(at) || !own.is_disjoint(&documents[&root]) {
                    continue;
                }
                let found = alike(&self.known[at].name, &self.known[other].name);
                if let Some((score, why)) = found
                    && best.is_none_or(|(most, _, _)| score > most)
                {
                    best = Some((score, other, why));
                }
            }
            proposals.extend(best.map(|(_, other, why)| (other, at, why)));
        }
        self.doubts.extend(proposals);
    }
}

/// Projects of one name whose codes never stand in one document: the code may have changed.
fn moved_codes<'a>(
    known: &'a [Known],
    several: &'a [usize],
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let neighbours = several.iter().zip(several.iter().skip(1));
    let apart = |(one, other): &(&usize, &usize)| {
        let (one, other) = (&known[**one], &known[**other]);
        let accounts = [one, other].map(|k| k.code.as_ref().map(|(account, _)| account));
        one.documents.is_disjoint(&other.documents) && accounts[0] == accounts[1]
    };
    neighbours.filter(apart).map(|(one, other)| (*one, *other))
}

fn alike(one: &Shape, other: &Shape) -> Option<(usize, Why)> {
    let score = one.likeness(other);
    if one.is_within(other) {
        return Some((score.max(ALIKE), Why::NameWithin));
    }
    (score >= ALIKE).then_some((score, Why::NameAlike))
}

/// Rows that are 再掲 with the row of the same document and project that is not.
fn relistings(facts: &Facts, atoms: &Atoms, rows: &[Option<usize>]) -> Vec<Relisting> {
    let place = |row: &ListingFact| Place {
        sheet: row.sheet,
        item: Some(row.item),
    };
    let document = |row: &ListingFact| facts.sheets.get(row.sheet).map(|sheet| sheet.document);
    let known = || {
        let rows = facts.listings.iter().zip(rows);
        rows.filter_map(|(row, at)| Some((row, (document(row)?, atoms.root((*at)?)))))
    };
    let mut originals = BTreeMap::new();
    for (row, project) in known().filter(|(row, _)| !row.relisted) {
        originals.entry(project).or_insert(place(row));
    }
    let again = known().filter(|(row, _)| row.relisted);
    again
        .filter_map(|(row, project)| {
            Some(Relisting {
                from: place(row),
                original: *originals.get(&project)?,
            })
        })
        .collect()
}
