//! The same sheet in other years, and the way to the comparison.

use crate::web::data::{Entry, Library, places, whole};
use crate::web::page::Link;
use crate::web::pages::compare;
use meguri_core::evaluation::Sheet;
use meguri_core::summary::compare::node_changes;

/// The sheets of the same node in the other documents of the plan, then the comparison.
pub(super) fn links(library: &Library, entry: &Entry, number: usize, sheet: &Sheet) -> Vec<Link> {
    let key = &entry.document.plan.key;
    let others = library
        .entries()
        .iter()
        .filter(|other| other.document.plan.key == *key && !std::ptr::eq(*other, entry));
    let own = whole::of(entry);
    let mut links: Vec<Link> = others
        .filter_map(|other| {
            let there = whole::of(other);
            let changes = node_changes(there.plan, own.plan);
            let change = changes.iter().find(|change| change.after == sheet.node)?;
            let place =
                there.sheets.iter().position(|s| s.node.is_some() && s.node == change.before)?;
            let year = there.sheets.get(place)?.year;
            let words = year.map_or_else(|| other.document.name.clone(), |year| year.to_string());
            Some(Link::new(places::sheet(other, place + 1), format!("{words}のシート")))
        })
        .collect();
    if let Some((from, to)) = compare::latest(library, entry) {
        let href = places::compare(key, from, to, Some(number));
        links.push(Link::new(href, format!("{from}と{to}の比較")));
    }
    links
}
