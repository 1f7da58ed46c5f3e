//! A long list, shown a part at a time.

use crate::page::Link;
use serde::Serialize;

/// Rows of a list that a page shows.
pub(crate) const A_PAGE: usize = 30;

/// A part of a long list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pagination {
    /// How many there are in all.
    pub count: usize,
    /// The first shown, from 1.
    pub from: usize,
    /// The last shown.
    pub until: usize,
    /// Those before.
    pub previous: Option<Link>,
    /// Those after.
    pub next: Option<Link>,
}

impl Pagination {
    /// The part of a list from one on; `address` gives the address of the part from another one on.
    #[must_use]
    pub fn new(count: usize, from: usize, address: impl Fn(usize) -> String) -> Self {
        Self::of(count, from, A_PAGE, address)
    }

    /// The same with so many on a page.
    #[must_use]
    pub fn of(count: usize, from: usize, a_page: usize, address: impl Fn(usize) -> String) -> Self {
        let from = from.max(1);
        let until = from.saturating_add(a_page - 1).min(count);
        let before = from.saturating_sub(a_page).max(1);
        let link = |from: usize, words: &str| Link::new(address(from), words);
        Self {
            count,
            from,
            until,
            previous: (from > 1).then(|| link(before, &format!("{before}件目から"))),
            next: (until < count && until >= from)
                .then(|| link(until + 1, &format!("{}件目から", until + 1))),
        }
    }

    /// What it shows of the whole list, or of the first of several lists that it goes through.
    pub(crate) fn cut<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        all.get(self.from - 1..self.until.min(all.len()))
            .unwrap_or_default()
    }

    /// What it shows of the list behind another one of so many.
    pub(crate) fn cut_behind<'a, T>(&self, before: usize, all: &'a [T]) -> &'a [T] {
        let [from, until] = [self.from - 1, self.until].map(|end| end.saturating_sub(before));
        all.get(from..until).unwrap_or_default()
    }

    /// Does it leave anything out?
    #[must_use]
    pub const fn is_part(&self) -> bool {
        self.previous.is_some() || self.next.is_some()
    }

    /// What it shows in words.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.is_part(), self.until < self.from) {
            (false, _) => format!("{}件", self.count),
            (true, true) => format!("{}件のうち、ここに表示するものはありません。", self.count),
            (true, false) => {
                format!(
                    "{}件のうち{}件目から{}件目まで",
                    self.count, self.from, self.until
                )
            }
        }
    }
}
