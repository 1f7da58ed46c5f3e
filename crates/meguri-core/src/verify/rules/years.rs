//! The same indicator in the papers of two years: what several rules compare.

use super::pairs::{Standing, name, theme};
use crate::figure::Figure;
use crate::fiscal_year::FiscalYear;
use crate::links::twins::Twins;
use crate::source::Sourced;
use crate::text::spelling_key;
use crate::verify::rule::Subject;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// The indicators of one plan in one evaluated year, by name.
pub(super) type ByYear<'a> = BTreeMap<(&'a str, FiscalYear), Twins<Standing<'a>>>;

/// The indicators of all sheets whose evaluated year is known.
pub(super) fn by_year<'a>(subject: &Subject<'a>) -> ByYear<'a> {
    let mut years: ByYear<'a> = BTreeMap::new();
    for (year, standing) in dated(subject) {
        let key = (standing.document.plan.key.as_str(), year);
        let name = name(standing.indicator);
        let theme = theme(&standing);
        let twins = years.entry(key).or_default();
        twins.add(&name, theme.as_deref(), standing);
    }
    years
}

/// Every indicator of a sheet whose evaluated year is known.
pub(super) fn dated<'a>(
    subject: &Subject<'a>,
) -> impl Iterator<Item = (FiscalYear, Standing<'a>)> + use<'a> {
    let sheets = subject
        .sheets()
        .filter_map(|(document, sheet)| Some((sheet.year?, document, sheet)));
    sheets.flat_map(|(year, document, sheet)| {
        sheet.indicators.iter().map(move |indicator| {
            let standing = Standing {
                document,
                sheet,
                indicator,
            };
            (year, standing)
        })
    })
}

/// Each indicator with the year before it in which a paper has it, and the indicator there.
pub(super) fn earlier_and_later<'a>(
    subject: &Subject<'a>,
) -> Vec<(FiscalYear, Standing<'a>, Standing<'a>)> {
    let years = by_year(subject);
    let earlier = |(year, later): (FiscalYear, Standing<'a>)| {
        let name = name(later.indicator);
        let theme = theme(&later);
        let plan = later.document.plan.key.as_str();
        let first = FiscalYear::new(1868)?;
        let before = years.range((plan, first)..(plan, year)).rev();
        let mut found = before.filter_map(|((_, year), twins)| {
            let (earlier, _) = twins.find(&name, theme.as_deref())?;
            Some((*year, earlier))
        });
        found
            .next()
            .map(|(before, earlier)| (before, earlier, later))
    };
    dated(subject).filter_map(earlier).collect()
}

/// Do two papers print one unit, as far as both print one? Else their figures are not compared.
pub(super) fn same_unit(one: &Standing<'_>, other: &Standing<'_>) -> bool {
    match (&one.indicator.unit, &other.indicator.unit) {
        (Some(one), Some(other)) => spelling_key(&one.value) == spelling_key(&other.value),
        _ => true,
    }
}

/// Do two figures differ only in the decimals that are printed?
pub(super) fn is_rounding(one: &Figure, other: &Figure) -> bool {
    let (Some(one), Some(other)) = (one.number(), other.number()) else {
        return false;
    };
    let at = |value: Decimal, scale: u32| {
        [
            RoundingStrategy::MidpointAwayFromZero,
            RoundingStrategy::ToZero,
        ]
        .map(|how| value.round_dp_with_strategy(scale, how))
    };
    match one.scale().cmp(&other.scale()) {
        std::cmp::Ordering::Equal => false,
        std::cmp::Ordering::Less => at(other, one.scale()).contains(&one),
        std::cmp::Ordering::Greater => at(one, other.scale()).contains(&other),
    }
}

/// Does the later paper say that its figure was changed: a mark at the figure, or a footnote that
/// speaks of a correction?
pub(super) fn is_explained(later: &Standing<'_>, figure: &Sourced<Figure>) -> bool {
    const WORDS: [&str; 9] = [
        "訂正",
        "修正",
        "補正",
        "確定",
        "遡及",
        "改定",
        "改訂",
        "変更",
        "見直し",
    ];
    let notes = &later.indicator.notes;
    let speaks = |word: &str| notes.iter().any(|note| note.value.contains(word));
    figure.value.mark.is_some() || WORDS.iter().any(|word| speaks(word))
}

/// The place of the earlier figure in words: document, year and line.
pub(super) fn place_before(before: FiscalYear, earlier: &Standing<'_>, line: u32) -> String {
    format!("{before}の評価（{}、{line}行目）", earlier.document.name)
}
