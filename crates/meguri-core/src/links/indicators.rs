//! Indicators over years and plans: by theme, name, sub-name and unit.

use super::atoms::Atoms;
use super::twins::{Basis, IndicatorName, Twins};
use super::{Decision, Facts, IndicatorFact, Kind, Links, Place, Why};
use crate::text::{name_key, spelling_key};

/// What is known of a key.
struct Known<'a> {
    name: IndicatorName,
    theme: String,
    unit: Option<String>,
    group: &'a str,
    document: usize,
}

/// Joins indicators document by document: each looks for its twin among those before.
pub(super) fn link(facts: &Facts, decisions: &[&Decision], links: &mut Links) {
    let mut atoms = Atoms::new(Kind::Indicator);
    let mut known: Vec<Known<'_>> = Vec::new();
    for fact in &facts.indicators {
        if let Some((key, about)) = known_of(facts, fact) {
            let place = Place {
                sheet: fact.sheet,
                item: Some(fact.item),
            };
            let (_, is_new) = atoms.add(facts, key, &label(fact), place);
            known.extend(is_new.then_some(about));
        }
    }
    atoms.decide(decisions);
    let mut doubts = Vec::new();
    let mut twins: Twins<usize> = Twins::default();
    let mut start = 0;
    // Keys stand in the order of the documents in which they first came.
    while let Some(first) = known.get(start) {
        let of_document = known[start..]
            .iter()
            .take_while(|k| k.document == first.document);
        let end = start + of_document.count();
        let found: Vec<_> = known[start..end]
            .iter()
            .map(|about| twins.find(&about.name, Some(&about.theme)))
            .collect();
        for (at, found) in (start..end).zip(found) {
            if let Some((twin, basis)) = found {
                match judged(&known[twin], &known[at], basis) {
                    None => atoms.join(twin, at),
                    Some(why) => doubts.push((twin, at, why)),
                }
            }
            twins.add(&known[at].name, Some(&known[at].theme), at);
        }
        start = end;
    }
    links.doubts.extend(atoms.open(doubts));
    links.indicators.extend(atoms.into_groups());
}

/// Why two twins are not simply one.
fn judged(one: &Known<'_>, other: &Known<'_>, basis: Basis) -> Option<Why> {
    let units_differ = matches!((&one.unit, &other.unit), (Some(a), Some(b)) if a != b);
    match basis {
        Basis::Name if one.group != other.group => Some(Why::OtherTheme),
        _ if units_differ => Some(Why::OtherUnit),
        _ => None,
    }
}

fn known_of<'a>(facts: &'a Facts, fact: &IndicatorFact) -> Option<(String, Known<'a>)> {
    let sheet = facts.sheets.get(fact.sheet)?;
    let document = facts.documents.get(sheet.document)?;
    let name = IndicatorName::new(fact.name.as_deref(), fact.sub_name.as_deref());
    if name.is_blank() {
        return None;
    }
    let theme = sheet.path.last().and_then(|node| node.name.as_deref());
    let theme = name_key(theme.unwrap_or(&sheet.label));
    let unit = fact.unit.as_deref().map(name_key);
    let key = format!(
        "indicator {theme}|{}|{}",
        name.key(),
        unit.as_deref().unwrap_or_default()
    );
    let unit = fact.unit.as_deref().map(spelling_key);
    let (group, document) = (document.plan_group.as_str(), sheet.document);
    Some((
        key,
        Known {
            name,
            theme,
            unit,
            group,
            document,
        },
    ))
}

fn label(fact: &IndicatorFact) -> String {
    let name = fact.name.as_deref().unwrap_or("（名称不明の指標）");
    match &fact.sub_name {
        Some(sub) => format!("{name}（{sub}）"),
        None => name.to_owned(),
    }
}
