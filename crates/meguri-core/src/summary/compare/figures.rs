//! Indicators of two years: how the actual moved, and how each year stands to its own target. The two are
//! different things: more may be worse, and a target moves too.

use super::changes::On;
use crate::calc::change::of_number;
use crate::calc::rate::Rate;
use crate::figure::{Figure, Meaning};
use crate::plan::{Indicator, indicator::figure_of};
use crate::source::Sourced;
use crate::summary::rates::{Reached, reached};
use crate::text::name_key;
use rust_decimal::Decimal;

/// An indicator of two years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorChange {
    /// Its name.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// The actuals as printed.
    pub actuals: (Option<Sourced<Figure>>, Option<Sourced<Figure>>),
    /// What the later actual is more than the earlier one; `None` where one of them is no number, or
    /// where their units differ.
    pub difference: Option<Decimal>,
    /// The rates as computed.
    pub rates: (Option<Rate>, Option<Rate>),
    /// Did each year reach its own target? `None` where that cannot be said.
    pub reached: (Option<bool>, Option<bool>),
}

/// How an actual moved, which is neither good nor bad by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It is more.
    Risen,
    /// It is the same.
    Level,
    /// It is less.
    Fallen,
    /// It cannot be said.
    Unknown,
}

impl Course {
    /// How a difference moved something.
    #[must_use]
    pub fn of(difference: Option<Decimal>) -> Self {
        match difference {
            None => Self::Unknown,
            Some(difference) if difference.is_zero() => Self::Level,
            Some(difference) if difference.is_sign_negative() => Self::Fallen,
            Some(_) => Self::Risen,
        }
    }

    /// The word and a sign for a person.
    #[must_use]
    pub const fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Risen => ("増加", "↑"),
            Self::Level => ("横ばい", "→"),
            Self::Fallen => ("減少", "↓"),
            Self::Unknown => ("比較なし", "－"),
        }
    }
}

impl IndicatorChange {
    /// How its actual moved.
    #[must_use]
    pub fn course(&self) -> Course {
        Course::of(self.difference)
    }
}

/// The difference of two figures of one indicator; `None` where one is no plain number.
#[must_use]
pub fn difference(before: &Figure, after: &Figure) -> Option<Decimal> {
    match (&before.meaning, &after.meaning) {
        (Meaning::Number(before), Meaning::Number(after)) => {
            of_number(*before, *after).outcome.ok()
        }
        _ => None,
    }
}

/// The indicators of both years that have an actual in either.
pub(super) fn indicators(before: On<'_>, after: On<'_>) -> Vec<IndicatorChange> {
    let key = |indicator: &Indicator| name_key(&indicator.label());
    let (old, new) = (all(before), all(after));
    let mut found = Vec::new();
    for indicator in &new {
        let other = old.iter().find(|other| key(other) == key(indicator));
        found.push(change((before, other.copied()), (after, Some(indicator))));
    }
    for indicator in &old {
        if !new.iter().any(|other| key(other) == key(indicator)) {
            found.push(change((before, Some(indicator)), (after, None)));
        }
    }
    let told = |change: &IndicatorChange| change.actuals.0.is_some() || change.actuals.1.is_some();
    found.into_iter().filter(told).collect()
}

fn all(on: On<'_>) -> Vec<&Indicator> {
    on.1.map_or_else(Vec::new, |sheet| sheet.indicators.iter().collect())
}

type Of<'a> = (On<'a>, Option<&'a Indicator>);

fn change(before: Of<'_>, after: Of<'_>) -> IndicatorChange {
    let actual = |((side, _), one): Of<'_>| figure_of(&one?.actuals, side.year).cloned();
    let said = |((side, _), one): Of<'_>| -> Option<Reached> {
        reached(one?, side.year, side.scheme).ok()
    };
    let unit = |(_, one): Of<'_>| Some(one?.unit.as_ref()?.value.clone());
    let actuals = (actual(before), actual(after));
    let both = actuals.0.as_ref().zip(actuals.1.as_ref());
    let both = both.filter(|_| unit(before) == unit(after));
    let (old, new) = (said(before), said(after));
    let named = after.1.or(before.1);
    IndicatorChange {
        label: named.map_or_else(String::new, Indicator::label),
        unit: unit(after).or_else(|| unit(before)).unwrap_or_default(),
        difference: both.and_then(|(old, new)| difference(&old.value, &new.value)),
        actuals,
        reached: (
            old.as_ref().map(|said| said.is_reached),
            new.as_ref().map(|said| said.is_reached),
        ),
        rates: (old.map(|said| said.rate), new.map(|said| said.rate)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_more_whether_it_is_better_or_not() {
        let of = |before: &str, after: &str| {
            let figure = |text: &str| Figure::parse(text).expect("a figure");
            Course::of(difference(&figure(before), &figure(after)))
        };
        for (before, after, course) in [
            ("47", "51", Course::Risen),
            ("73", "73.0", Course::Level),
            ("1,204", "998", Course::Fallen),
            ("－", "5", Course::Unknown),
            ("4以上", "5", Course::Unknown),
            ("△3", "△5", Course::Fallen),
        ] {
            assert_eq!(of(before, after), course, "{before} {after}");
        }
    }
}
