//! Lines that stand at the end of most pages: running feet and titles, whatever they say.

use super::rows::Row;
use crate::text::bullets::is_bullet;
use std::collections::{HashMap, HashSet};

/// How many rows above the end of a page may belong to its foot.
const FOOT_ROWS: usize = 3;

/// The running lines of a paper, digits aside.
#[derive(Debug, Default)]
pub(super) struct Feet(HashSet<String>);

impl Feet {
    /// Learns them from the rows above each of some places where pages end.
    ///
    /// A line counts where it ends three pages and most pages, or both of two; its figures are those
    /// of pages then: the same on all, or one more on each.
    pub(super) fn of(rows: &[Row<'_>], ends: &[usize]) -> Self {
        let mut found: HashMap<String, Vec<u32>> = HashMap::new();
        for end in ends {
            let above = rows
                .get(end.saturating_sub(FOOT_ROWS)..*end)
                .unwrap_or_default();
            let mut keys: Vec<(String, u32)> = above
                .iter()
                .filter_map(|row| Some((key(row.text)?, figures(row.text))))
                .collect();
            keys.sort_unstable();
            keys.dedup_by(|a, b| a.0 == b.0);
            for (key, figures) in keys {
                found.entry(key).or_default().push(figures);
            }
        }
        let most = |count: usize| count * 2 > ends.len() && count > 2;
        let often = |count: usize| most(count) || (count == 2 && ends.len() == 2);
        let running = found
            .into_iter()
            .filter(|(_, figures)| often(figures.len()) && are_of_pages(figures));
        Self(running.map(|(key, _)| key).collect())
    }

    /// Is a row one of the running lines?
    pub(super) fn contain(&self, text: &str) -> bool {
        !self.0.is_empty() && key(text).is_some_and(|key| self.0.contains(&key))
    }
}

/// All digits of a line as one number.
fn figures(text: &str) -> u32 {
    let digits = text
        .chars()
        .filter_map(|c| meguri_core::text::narrow_char(c).to_digit(10));
    digits.fold(0, |number, digit| {
        number.wrapping_mul(10).wrapping_add(digit)
    })
}

/// Do figures stay or count on from page to page, save a few?
fn are_of_pages(figures: &[u32]) -> bool {
    let counts = |pair: &&[u32]| matches!(pair, [a, b] if b == a || *b == a.wrapping_add(1));
    let fit = figures.windows(2).filter(counts).count();
    fit * 4 >= (figures.len() - 1) * 3
}

/// What a running line says on every page; `None` for items, sentences and bare figures.
fn key(text: &str) -> Option<String> {
    if text.len() > 300 || text.starts_with(is_bullet) || text.ends_with('。') {
        return None;
    }
    let kept = |c: &char| !c.is_numeric() && !c.is_whitespace();
    let key: String = text.chars().filter(kept).collect();
    let wordy = key.chars().filter(|c| c.is_alphabetic()).nth(3).is_some();
    wordy.then_some(key)
}
