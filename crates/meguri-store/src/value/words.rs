//! The stable ASCII words by which the database knows the choices of the core.

use meguri_core::figure::{AgainstLastYear, Limit, Sign};
use meguri_core::money::MoneyUnit;
use meguri_core::plan::{Accumulation, Better};
use meguri_core::source::Settled;

/// The choice of a word.
pub(super) fn of_word<T: Copy>(table: &[(&'static str, T)], word: &str) -> Option<T> {
    let found = table.iter().find(|(known, _)| *known == word);
    found.map(|(_, choice)| *choice)
}

/// The word of a choice.
pub(super) fn word_of<T: Copy + PartialEq>(table: &[(&'static str, T)], choice: T) -> &'static str {
    let found = table.iter().find(|(_, known)| *known == choice);
    found.map_or("", |(word, _)| *word)
}

pub(super) const SETTLED: &[(&str, Settled)] = &[
    ("printed", Settled::Printed),
    ("layout", Settled::Layout),
    ("proven", Settled::Proven),
    ("confirmed", Settled::Confirmed),
];

pub(super) const LIMITS: &[(&str, Limit)] = &[
    ("at_least", Limit::AtLeast),
    ("at_most", Limit::AtMost),
    ("above", Limit::Above),
    ("below", Limit::Below),
];

pub(super) const SIGNS: &[(&str, Sign)] = &[
    ("sign_unknown", Sign::Unknown),
    ("sign_withheld", Sign::Withheld),
    ("sign_not_applicable", Sign::NotApplicable),
];

pub(super) const AGAINST: &[(&str, AgainstLastYear)] = &[
    ("not_above_last_year", AgainstLastYear::NotAbove),
    ("like_last_year", AgainstLastYear::Like),
    ("not_below_last_year", AgainstLastYear::NotBelow),
];

pub(super) const UNITS: &[(&str, MoneyUnit)] = &[
    ("yen", MoneyUnit::Yen),
    ("thousand_yen", MoneyUnit::ThousandYen),
    ("million_yen", MoneyUnit::MillionYen),
    ("hundred_million_yen", MoneyUnit::HundredMillionYen),
];

pub(super) const BETTER: &[(&str, Better)] = &[
    ("higher", Better::Higher),
    ("lower", Better::Lower),
    ("keep", Better::Keep),
];

pub(super) const ACCUMULATION: &[(&str, Accumulation)] = &[
    ("yearly", Accumulation::Yearly),
    ("cumulative", Accumulation::Cumulative),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_has_a_word_and_comes_back_from_it() {
        for settled in [
            Settled::Printed,
            Settled::Layout,
            Settled::Proven,
            Settled::Confirmed,
        ] {
            assert_eq!(word_of(SETTLED, settled), settled.key());
            assert_eq!(of_word(SETTLED, settled.key()), Some(settled));
        }
        assert_eq!(
            of_word(UNITS, word_of(UNITS, MoneyUnit::MillionYen)),
            Some(MoneyUnit::MillionYen)
        );
        assert_eq!(of_word(LIMITS, "nonsense"), None);
    }
}
