//! What a search gives back.

use crate::entry::Plan;

/// The answer to a [`crate::Query`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// How many entries fit, on all pages.
    pub total: usize,
    /// The entries of the page that was asked for.
    pub hits: Vec<Hit>,
    /// How the entries on all pages spread.
    pub facets: Facets,
    /// The words that were searched, in their normal form.
    pub words: Vec<String>,
    /// Words that were looked for beside typed ones, other than their spellings.
    pub widened: Vec<Widened>,
    /// Typed words that were taken apart, each with its parts, since hardly anything held the whole.
    pub parted: Vec<Widened>,
    /// Did nothing hold all words, so that what holds some of them was given?
    pub some: bool,
    /// Was the query too long, and the rest of it left out?
    pub cut: bool,
}

/// A typed word with the words that were looked for beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Widened {
    /// The word as it was typed.
    pub typed: String,
    /// The others, in the order of their weight.
    pub also: Vec<String>,
}

/// One entry that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hit {
    /// The address of the entry.
    pub address: String,
    /// What it is.
    pub kind: String,
    /// Its title, with the places that were searched for.
    pub title: Vec<Piece>,
    /// Up to two pieces of its text.
    pub snippets: Vec<Snippet>,
    /// Its plans.
    pub plans: Vec<Plan>,
    /// Its fiscal years.
    pub years: Vec<u16>,
    /// Its sections.
    pub sections: Vec<String>,
    /// Its states.
    pub states: Vec<String>,
    /// Its amount in yen.
    pub yen: Option<i64>,
}

/// A piece of a line of the entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The label of the line; may be empty.
    pub label: String,
    /// The text, as it is spelt in the entry.
    pub pieces: Vec<Piece>,
    /// Is there text of the line before the piece?
    pub more_before: bool,
    /// Is there text of the line after the piece?
    pub more_after: bool,
}

/// A part of a text: plain text, nothing in it is escaped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Is this what was searched for?
    pub marked: bool,
}

/// How the entries that fit the query spread, most first, equal numbers by their keys.
///
/// The values of a list that filters are counted as if that list did not, so that a further value
/// can be chosen beside the first: each count tells how many entries with the value fit the text
/// and all other filters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// By what they are.
    pub kinds: Vec<Facet>,
    /// By plan.
    pub plans: Vec<Facet>,
    /// By fiscal year, newest first.
    pub years: Vec<Facet>,
    /// By section.
    pub sections: Vec<Facet>,
    /// By state.
    pub states: Vec<Facet>,
}

/// A value to filter by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facet {
    /// The value for the filter.
    pub key: String,
    /// The value to show.
    pub label: String,
    /// How many entries have it.
    pub count: u64,
}
