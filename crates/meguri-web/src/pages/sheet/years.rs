//! The same sheet in other years, and the way to the comparison.

use crate::page::Link;
use meguri_app::read::{Entry, Library, urls};

/// The sheets of the same node in the other documents of the plan, then the comparison.
pub(super) fn links(library: &Library, entry: &Entry, number: usize) -> Vec<Link> {
    let others = library.same_elsewhere(entry, number).into_iter();
    let mut links: Vec<Link> = others
        .map(|(other, there, sheet)| {
            let words = sheet
                .year
                .map_or_else(|| other.paper_name(), |year| year.to_string());
            Link::new(urls::sheet(other, there), format!("{words}のシート"))
        })
        .collect();
    if let Some((from, to)) = library.latest_years(entry) {
        let href = urls::compare(&entry.document.plan.key, from, to, Some(number));
        links.push(Link::new(href, format!("{from}と{to}の比較")));
    }
    links
}
