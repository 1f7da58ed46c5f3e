//! In which order the money of a plan is shown.

use crate::page::Link;
use meguri_app::read::{Entry, urls};

/// In which order the sheets stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As in the plan.
    #[default]
    Plan,
    /// By the amount of the shown year, the largest first.
    Amount,
    /// By how much it changed, the largest change first.
    Change,
}

impl Order {
    const ALL: [Self; 3] = [Self::Plan, Self::Amount, Self::Change];

    /// Its key in an address, and its words.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Plan => ("", "計画の順"),
            Self::Amount => ("amount", "金額の大きい順"),
            Self::Change => ("change", "増減の大きい順"),
        }
    }

    /// Its key in an address; empty for the plan's own.
    pub(super) const fn key(self) -> &'static str {
        self.names().0
    }

    /// The order of a key; the plan's own for any other.
    pub(super) fn of(key: &str) -> Self {
        let is = |order: &Self| order.names().0 == key;
        Self::ALL.into_iter().find(is).unwrap_or_default()
    }
}

/// The ways to all orders, and which of them is shown.
pub(super) fn links(entry: &Entry, chosen: Order) -> Vec<(Link, bool)> {
    let link = |order: Order| {
        let (key, words) = order.names();
        let href = urls::with_query(&urls::money(entry), &[("sort", key)]);
        (Link::new(href, words), order == chosen)
    };
    Order::ALL.map(link).into()
}
