//! Ways on from a search: names that may be meant, other searches, filters taken away.

use crate::page::Link;
use crate::pages::search::wanted::LISTS;
use crate::pages::search::{FieldShown, Wanted};
use meguri_app::read::urls;
use meguri_app::search::{Found, Hit, Snapshot};
use meguri_core::money::{Money, MoneyUnit};
use serde::Serialize;

/// The most names that are offered.
const MOST: usize = 8;

/// Names that what was typed may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Suggested {
    /// Are they only like what was typed, which itself was not found?
    pub instead: bool,
    /// A search for each.
    pub names: Vec<Link>,
}

impl Suggested {
    /// Names that hold what was typed, other than the titles of what was found; where not all of it
    /// was found, those that are much like it.
    pub(super) fn of(
        snapshot: &Snapshot,
        text: &str,
        found: &Found,
    ) -> meguri_app::search::Result<Self> {
        let instead = found.total == 0 || found.some;
        let mut names = snapshot.suggest(text, MOST)?;
        if instead && names.is_empty() {
            names = snapshot.near(text, MOST)?;
        }
        let titles: Vec<String> = found.hits.iter().map(title).collect();
        names.retain(|name| name != text && !titles.contains(name));
        Ok(Self {
            instead,
            names: names.iter().map(|name| search(name)).collect(),
        })
    }
}

fn title(hit: &Hit) -> String {
    hit.title.iter().map(|piece| piece.text.as_str()).collect()
}

/// Searches without a word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    /// By what.
    pub label: &'static str,
    /// One for each value.
    pub links: Vec<Link>,
}

/// Ways in: by plan, by year, by kind.
pub(super) fn browse(fields: &[FieldShown]) -> Vec<Group> {
    let offered = fields
        .iter()
        .filter(|field| ["kind", "plan", "year"].contains(&field.name));
    let groups = offered.map(|field| {
        let links = field.choices.iter().chain(&field.further).map(|choice| {
            let query = [(field.name, choice.value.as_str())];
            Link::new(urls::with_query(urls::SEARCH, &query), &choice.text)
        });
        Group {
            label: field.label,
            links: links.collect(),
        }
    });
    groups.filter(|group| !group.links.is_empty()).collect()
}

fn search(text: &str) -> Link {
    let wanted = Wanted {
        text: text.to_owned(),
        page: 1,
        ..Wanted::default()
    };
    Link::new(wanted.address(), text)
}

/// Each value that filters, with the address without it.
pub(super) fn without(wanted: &Wanted) -> Vec<Link> {
    let mut found = Vec::new();
    for list in LISTS {
        found.extend(wanted.values(list).iter().map(|value| {
            let words = format!("{}：{}", list.label(), wanted.words(list, value));
            Link::new(wanted.without(list, value).address(), words)
        }));
    }
    let (from, to) = (wanted.filters.yen_from, wanted.filters.yen_to);
    if from.is_some() || to.is_some() {
        let bound = |yen: Option<i64>, word: &str| {
            let money = yen.and_then(|yen| Money::of(yen, MoneyUnit::Yen));
            money.map_or_else(String::new, |money| format!("{money}{word}"))
        };
        let mut without = wanted.at_page(1);
        (without.filters.yen_from, without.filters.yen_to) = (None, None);
        let words = format!("事業費：{}{}", bound(from, "から"), bound(to, "まで"));
        found.push(Link::new(without.address(), words));
    }
    found
}

/// Other searches, where nothing was found: without filters, and each word alone.
pub(super) fn out(wanted: &Wanted, words: &[String]) -> Vec<Link> {
    let mut found = Vec::new();
    if wanted.has_filters() && !wanted.text.is_empty() {
        let without = wanted.without_filters();
        found.push(Link::new(without.address(), "条件をすべて外して検索する"));
    }
    let typed: Vec<&str> = wanted.text.split_whitespace().collect();
    if words.len() > 1 && typed.len() > 1 {
        let each = typed
            .iter()
            .filter(|word| !word.starts_with(['-', '－', '−', '"', '「']))
            .take(4);
        found.extend(each.map(|word| {
            let link = search(word);
            Link::new(link.href, format!("「{word}」だけで検索する"))
        }));
    }
    found.push(Link::new(urls::SEARCH, "条件から探す"));
    found
}
