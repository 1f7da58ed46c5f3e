//! The index as its users see it.

mod complete;
mod folder;
mod ranking;
mod robust;
mod snapshots;
mod suggestions;
mod widening;

use meguri_search::{Entry, Found, Index, Line, Plan, Query};

/// An entry with a title and a text.
fn entry(address: &str, title: &str, text: &str) -> Entry {
    Entry {
        address: address.to_owned(),
        kind: "評価シート".to_owned(),
        title: title.to_owned(),
        lines: vec![Line::new("", text)],
        ..Entry::default()
    }
}

fn index_of(entries: impl IntoIterator<Item = Entry>) -> Index {
    let index = Index::in_memory().expect("an index in memory");
    index.replace_all(entries).expect("entries are indexed");
    index
}

fn query(text: &str) -> Query {
    Query {
        text: text.to_owned(),
        most: 100,
        ..Query::default()
    }
}

fn search(index: &Index, text: &str) -> Found {
    index.search(&query(text)).expect("no query is an error")
}

/// The addresses that were found, in their order.
fn addresses(found: &Found) -> Vec<&str> {
    found.hits.iter().map(|hit| hit.address.as_str()).collect()
}

fn plan(key: &str, label: &str) -> Vec<Plan> {
    vec![Plan {
        key: key.to_owned(),
        label: label.to_owned(),
    }]
}
