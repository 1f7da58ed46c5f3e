//! Lines that stand at the end of most pages: running feet and titles, whatever they say.

use super::rows::Row;
use crate::text::bullets::is_bullet;
use std::collections::HashMap;

/// How many rows above the end of a page may belong to its foot.
const FOOT_ROWS: usize = 3;

/// The running lines of a paper, digits aside.
#[derive(Debug, Default)]
pub(super) struct Feet(HashMap<String, usize>);

impl Feet {
    /// Learns them from the rows above each of some places where pages end.
    ///
    /// A line counts where it ends three pages and most pages, or both of two.
    pub(super) fn of(rows: &[Row<'_>], ends: &[usize]) -> Self {
        let mut found: HashMap<String, usize> = HashMap::new();
        for end in ends {
            let above = rows
                .get(end.saturating_sub(FOOT_ROWS)..*end)
                .unwrap_or_default();
            let mut keys: Vec<String> = above.iter().filter_map(|row| key(row.text)).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                *found.entry(key).or_default() += 1;
            }
        }
        let most = |count: usize| count * 2 > ends.len() && count > 2;
        found.retain(|_, count| most(*count) || (*count == 2 && ends.len() == 2));
        Self(found)
    }

    /// Is a row one of the running lines?
    pub(super) fn contain(&self, text: &str) -> bool {
        !self.0.is_empty() && key(text).is_some_and(|key| self.0.contains_key(&key))
    }
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
