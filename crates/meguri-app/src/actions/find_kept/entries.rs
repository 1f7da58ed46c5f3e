//! All that the program prints of each thing that is kept.

use super::wanted::folded;
use super::{Entry, Target};
use crate::actions::links_kept::LinksKept;
use meguri_core::links::{DocumentFact, Group, Kind, NodeFact, Place, SheetFact};
use meguri_core::scheme::{Scheme, Written};
use meguri_import::documents;
use std::collections::BTreeSet;

/// Every plan, document and linked thing, in this order.
pub(super) fn all(kept: &LinksKept) -> Vec<Entry> {
    let mut entries = plans(kept);
    let documents = kept.facts.documents.iter().enumerate();
    entries.extend(documents.map(|(at, about)| document(kept, at, about)));
    for kind in [Kind::Sheet, Kind::Indicator, Kind::Project, Kind::Section] {
        let groups = kept.links.groups(kind).iter().enumerate();
        entries.extend(groups.map(|(at, group)| thing(kept, kind, at, group)));
    }
    entries
}

fn written<'a>(kept: &'a LinksKept, plan: &str) -> Option<&'a Written> {
    let mut schemes = kept.schemes.iter().map(Scheme::written);
    schemes.find(|written| written.key == plan)
}

fn label<'a>(kept: &'a LinksKept, plan: &'a str) -> &'a str {
    written(kept, plan).map_or(plan, |written| written.label.as_str())
}

/// The plans that have documents, and those that these evaluate.
fn plans(kept: &LinksKept) -> Vec<Entry> {
    let documents = kept.facts.documents.iter();
    let keys: BTreeSet<&str> = documents
        .flat_map(|about| [about.plan_group.as_str(), about.plan.as_str()])
        .collect();
    keys.into_iter().map(|key| plan(kept, key)).collect()
}

fn plan(kept: &LinksKept, key: &str) -> Entry {
    let title = label(kept, key);
    let mut prints = vec![format!("{title}（{key}）")];
    let mut headings = Vec::new();
    let schemes = kept.schemes.iter().map(Scheme::written);
    for written in schemes.filter(|written| written.key == key) {
        let version = &written.version;
        prints.extend([format!("{version}{title}"), format!("{title}{version}")]);
        headings.push(version.clone());
        if let Some(evaluated) = &written.evaluates {
            prints.push(format!("{}（{title}）", label(kept, evaluated)));
        }
    }
    Entry {
        target: Target::Plan(key.to_owned()),
        id: None,
        title: title.to_owned(),
        place: key.to_owned(),
        keys: vec![key.to_owned()],
        codes: vec![folded(key)],
        names: vec![folded(title)],
        prints: each_folded(prints),
        headings: each_folded(headings),
    }
}

fn document(kept: &LinksKept, at: usize, about: &DocumentFact) -> Entry {
    let DocumentFact { id, name, plan, .. } = about;
    let sheets = kept.facts.sheets.iter();
    let years: BTreeSet<String> = sheets
        .filter(|sheet| sheet.document == at)
        .filter_map(|sheet| Some(sheet.year?.to_string()))
        .collect();
    let plan_label = label(kept, plan);
    let mut prints = vec![
        format!("文書{id}"),
        format!("{name}（文書{id}）"),
        format!("{name}（{plan_label}）"),
        format!("{name}（{plan}、番号{id}）"),
    ];
    prints.extend(years.iter().map(|year| format!("{plan}@{year}")));
    let mut headings: Vec<String> = years.into_iter().collect();
    headings.extend(documents::family(plan).map(|family| family.title.to_owned()));
    Entry {
        target: Target::Document(at),
        id: Some(*id),
        title: name.clone(),
        place: plan_label.to_owned(),
        keys: Vec::new(),
        codes: Vec::new(),
        names: vec![folded(name)],
        prints: each_folded(prints),
        headings: each_folded(headings),
    }
}

fn thing(kept: &LinksKept, kind: Kind, at: usize, group: &Group) -> Entry {
    let mut entry = Entry {
        target: Target::Thing(kind, at),
        id: kept.id(kind, group),
        title: group.name().to_owned(),
        place: group
            .places
            .first()
            .map_or_else(String::new, |place| place_of(kept, place)),
        keys: group.keys.clone(),
        codes: group.keys.iter().filter_map(|key| code(key)).collect(),
        names: each_folded(group.names.clone()),
        prints: Vec::new(),
        headings: Vec::new(),
    };
    if kind == Kind::Section {
        entry.place.clear();
        return entry;
    }
    let mut prints = Vec::new();
    for place in &group.places {
        let place = place_of(kept, place);
        prints.extend(group.names.iter().map(|name| format!("{name}（{place}）")));
    }
    let codes = entry.codes.iter().filter(|_| kind == Kind::Project);
    entry.headings = codes.map(|code| folded(&format!("コード{code}"))).collect();
    entry.prints = each_folded(prints);
    if kind == Kind::Sheet {
        for place in &group.places {
            add_sheet(kept, place.sheet, &mut entry);
        }
    }
    entry
}

/// The document and the sheet in which something stands.
fn place_of(kept: &LinksKept, place: &Place) -> String {
    let document = kept.facts.document_of(place.sheet);
    let document = document.map_or("", |document| document.name.as_str());
    let sheet = kept.facts.sheets.get(place.sheet);
    let sheet = sheet.map_or("", |sheet| sheet.label.as_str());
    format!("{document} {sheet}")
}

fn add_sheet(kept: &LinksKept, at: usize, entry: &mut Entry) {
    let Some((sheet, about)) = kept.facts.sheets.get(at).zip(kept.facts.document_of(at)) else {
        return;
    };
    let SheetFact { label, year, .. } = sheet;
    entry.names.push(folded(label));
    let mut prints = vec![format!("{} {label}", about.name)];
    if let Some(year) = year {
        prints.extend([
            format!("{label}（{year}）"),
            format!("{label}{}", year.short()),
        ]);
    }
    entry.prints.extend(each_folded(prints));
    let designation = outside_quotes(label);
    let mut headings: Vec<String> = designation
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .filter_map(|(end, _)| designation.get(..end).map(str::to_owned))
        .collect();
    headings.push(format!("{} {designation}", about.name));
    headings.push(designation);
    for node in &sheet.path {
        headings.extend(headings_of(written(kept, &about.plan), node));
    }
    entry.headings.extend(each_folded(headings));
}

/// What a node is called: its number, its name, both, and each with the word of its level.
fn headings_of(written: Option<&Written>, node: &NodeFact) -> Vec<String> {
    let (number, name) = (node.number.as_deref(), node.name.as_deref());
    let mut headings: Vec<String> = [number, name]
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .collect();
    let both = [number, name].map(Option::unwrap_or_default).concat();
    if both.is_empty() {
        return headings;
    }
    let level = written.and_then(|written| {
        let mut levels = written.levels.iter();
        levels.find(|level| level.key == node.level)
    });
    let words = level.map_or("", |level| level.label.as_str());
    for word in words.split(['（', '）', '(', ')']).chain([words, ""]) {
        headings.extend(number.map(|number| format!("{word}{number}")));
        headings.push(format!("{word}{both}"));
    }
    headings
}

/// A label without what it quotes: 「テーマ13「名称」」 is 「テーマ13」.
fn outside_quotes(label: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::new();
    for c in label.chars() {
        match c {
            '「' => depth = depth.saturating_add(1),
            '」' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

/// The code in the key of a project, or the number in that of a sheet.
fn code(key: &str) -> Option<String> {
    let mut words = key.split(' ');
    let code = match words.next()? {
        "code" => words.nth(1)?,
        "sheet" => words.nth(2)?.rsplit('/').next()?,
        _ => return None,
    };
    (!code.is_empty()).then(|| folded(code))
}

fn each_folded(texts: Vec<String>) -> Vec<String> {
    let mut folded: Vec<String> = texts.into_iter().map(|text| folded(&text)).collect();
    folded.retain(|text| !text.is_empty());
    folded.sort();
    folded.dedup();
    folded
}
