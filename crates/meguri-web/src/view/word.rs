//! A word of daily life as a link to what it leads to.

use crate::page::Link;
use meguri_app::read::urls;
use meguri_app::read::words::Word;

/// The way to the page of a word, with the number of all that it leads to.
#[must_use]
pub fn link(word: &Word) -> Link {
    let count = word.count();
    Link::new(
        urls::word(&word.word),
        format!("{}（{count}件）", word.word),
    )
}
