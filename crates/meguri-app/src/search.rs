//! Finding words in what a door shows: the entries of a picture, the index of each door in step
//! with it, and how a request asks.
//!
//! One promise: what is found is always in the picture of the request. A door exchanges its picture
//! together with the state of the index that was made of it ([`finder::Finder`]); while there is no
//! such state, a search is refused.

pub mod entries;
pub mod finder;
pub mod keeper;
pub mod words;

pub use finder::{Finder, NoSearch};
pub use keeper::Keeper;
pub use meguri_search::{
    Facet, Facets, Filters, Found, Hit, Piece, Query, Result, Snapshot, Snippet, Sort, Widened,
    WordList, query,
};
